"""The control API over HTTP."""

from __future__ import annotations

import httpx
import pytest
from pydantic import JsonValue

from pulumi_smssign import __version__
from pulumi_smssign.sandbox import ManualClock, RunningSandbox, Sandbox
from pulumi_smssign.sandbox.bodies import CONTROL_LIMIT
from pulumi_smssign.sandbox.evidence import Evidence
from pulumi_smssign.sandbox.http_messages import Document
from pulumi_smssign.sandbox.registry import VENDORS
from tests.images import png
from tests.sandbox.caller import TEXT
from tests.sandbox.tencent.caller import ADD, LIST, Tencent

JSON = {"Content-Type": "application/json"}


@pytest.fixture
def path(tencent: Tencent) -> str:
    """The path of a signature."""
    return f"/_desk/signatures/tencent/{tencent.submit()}"


def test_the_root_says_what_this_is(http: httpx.Client) -> None:
    about = http.get("/_desk/").json()

    assert len(about.pop("proof")) == 64
    assert about == {
        "name": "pulumi-smssign sandbox",
        "version": __version__,
        "vendors": [vendor.name for vendor in VENDORS],
        "review": "manual",
        "magic_texts": {
            **dict.fromkeys(("REJECT", "驳回"), "rejected"),
            **dict.fromkeys(("HOLD", "待审"), "pending"),
            **dict.fromkeys(("APPROVE", "通过"), "approved"),
        },
    }


def test_a_signature_is_listed_with_all_that_is_known(
    http: httpx.Client, path: str, clock: ManualClock
) -> None:
    (signature,) = http.get("/_desk/signatures").json()

    assert http.get(path).json() == signature
    assert signature == {
        "vendor": "tencent",
        "account": "default",
        "id": path.rpartition("/")[2],
        "text": TEXT,
        "status": "pending",
        "vendor_status": "1",
        "reason": "",
        "submissions": 1,
        "created_at": clock.now(),
        "submitted_at": clock.now(),
        "reviewed_at": None,
        "due_at": None,
        "fields": {
            "SignType": 0,
            "DocumentType": 1,
            "International": 0,
            "SignPurpose": 0,
            "Remark": "",
            "QualificationId": 2000417,
        },
        "evidence": {"ProofImage": Evidence.of(png()).summary()},
        "history": [{"at": clock.now(), "what": "submitted", "reason": ""}],
    }


@pytest.mark.parametrize(
    ("query", "count"),
    [
        *(({}, 2), ({"vendor": "tencent"}, 2), ({"vendor": "huawei"}, 0)),
        *(({"account": "marketing"}, 1), ({"text": TEXT}, 2), ({"text": "极客"}, 0)),
        ({"vendor": "tencent", "account": "default"}, 1),
    ],
)
def test_signatures_are_filtered(tencent: Tencent, query: dict[str, str], count: int) -> None:
    tencent.submit()
    tencent.of("marketing").submit()

    assert len(tencent.http.get("/_desk/signatures", params=query).json()) == count


@pytest.mark.parametrize(
    ("call", "body", "outcome"),
    [
        ("POST {}/approve", None, ("approved", "0", "")),
        ("POST {}/reject", {"reason": "资质不清晰"}, ("rejected", "-1", "资质不清晰")),
        ("POST {}/reject", None, ("rejected", "-1", "Rejected at the sandbox's desk.")),
        ("POST {}/status", {"vendor_status": "2", "reason": "why"}, ("pending", "2", "why")),
        ("POST {}/status", {"vendor_status": 9}, ("other", "9", "")),
        ("PATCH {}", {"text": "别的", "fields": {"QualificationId": 7}}, ("pending", "1", "")),
    ],
)
def test_a_review_is_decided_and_a_signature_changed(
    path: str, tencent: Tencent, call: str, body: JsonValue, outcome: object
) -> None:
    method, target = call.format(path).split()
    sent = {"json": body} if body else {}
    answer = tencent.http.request(method, target, **sent)  # type: ignore[arg-type] # its option
    view = answer.json()
    review = tencent.review(view["id"])

    assert (view["status"], view["vendor_status"], view["reason"]) == outcome
    assert review is not None
    assert (review.text, review.status) == (view["text"], view["vendor_status"])
    if method == "PATCH":
        assert (view["text"], view["fields"]["QualificationId"]) == ("别的", 7)


def test_several_reviews_are_decided_alike_or_none_if_one_is_not_there(
    http: httpx.Client, tencent: Tencent, sandbox: Sandbox
) -> None:
    numbers = [tencent.of(account).submit() for account in ("default", "marketing")]
    keys: list[JsonValue] = [{"vendor": "tencent", "id": number} for number in numbers]
    absent = http.post(
        "/_desk/signatures/approve", json={"signatures": [*keys, {"vendor": "tencent", "id": "1"}]}
    )

    assert absent.status_code == 404
    assert "no tencent signature with the id '1'" in absent.json()["error"]
    assert {each.status for each in sandbox.signatures()} == {"pending"}

    answer = http.post("/_desk/signatures/approve", json={"signatures": keys[:1]})
    assert [(each["id"], each["status"]) for each in answer.json()] == [(numbers[0], "approved")]
    body = {"signatures": keys, "reason": "资质不清晰"}
    answer = http.post("/_desk/signatures/reject", json=body)
    assert answer.json() == http.get("/_desk/signatures").json()
    assert {(each.status, each.reason) for each in sandbox.signatures()} == {
        ("rejected", "资质不清晰")
    }


def test_a_signature_vanishes(http: httpx.Client, path: str, tencent: Tencent) -> None:
    assert http.delete(path).status_code == 200
    assert tencent.item(path.rpartition("/")[2]) is None


@pytest.mark.parametrize(
    ("method", "tail"),
    [
        *(("GET", ""), ("PATCH", ""), ("DELETE", "")),
        *(("POST", "/approve"), ("POST", "/reject"), ("POST", "/status")),
    ],
)
def test_a_signature_that_is_not_there_is_not_found(
    http: httpx.Client, method: str, tail: str
) -> None:
    body = {"vendor_status": "0"} if tail == "/status" else {}
    answer = http.request(method, f"/_desk/signatures/tencent/1{tail}", json=body)

    assert answer.status_code == 404
    assert answer.json()["error"] == (
        "the desk has no tencent signature with the id '1'; GET /_desk/signatures lists what it has"
    )


def test_calls_are_listed_and_cleared(
    http: httpx.Client, tencent: Tencent, clock: ManualClock
) -> None:
    signature_id = tencent.submit()
    tencent.item(signature_id)
    calls = http.get("/_desk/calls").json()

    assert [call["action"] for call in calls] == [ADD, LIST]
    assert calls[1] == {
        "n": calls[0]["n"] + 1,
        "at": clock.now(),
        "vendor": "tencent",
        "action": LIST,
        "account": "default",
        "code": "",
        "http_status": 200,
        "fault": "",
        "fields": {"International": 0, "SignIdSet": [int(signature_id)]},
    }
    for filters, count in (({"action": ADD}, 1), ({"vendor": "huawei"}, 0), ({"last": 1}, 1)):
        assert len(http.get("/_desk/calls", params=filters).json()) == count
    assert http.delete("/_desk/calls").json() == http.get("/_desk/calls").json() == []


def test_faults_are_queued_listed_taken_out_and_cleared(
    http: httpx.Client, tencent: Tencent
) -> None:
    order: Document = {"vendor": "tencent", "action": ADD, "kind": "slow", "seconds": 0, "times": 3}
    (queued,) = http.post("/_desk/faults", json=order).json()
    first = queued.pop("n")
    second = http.post("/_desk/faults", json={"kind": "empty", "skip": 9}).json()[1]["n"]

    assert queued == {**order, "skip": 0, "probability": 1, "acts": True}
    tencent.submit()
    assert http.get("/_desk/faults").json()[0]["times"] == 2
    assert [each["n"] for each in http.delete(f"/_desk/faults/{first}").json()] == [second]
    answer = http.delete(f"/_desk/faults/{first}")
    assert answer.status_code == 400
    assert "no fault with the number" in answer.json()["error"]
    assert http.delete("/_desk/faults").json() == http.get("/_desk/faults").json() == []


def test_switches_are_listed_and_set(http: httpx.Client, sandbox: Sandbox) -> None:
    answer = http.post("/_desk/switches", json={"tencent.unfiled_status": "-1"})

    assert sandbox.switches.text("tencent.unfiled_status") == "-1"
    assert answer.json() == http.get("/_desk/switches").json()
    switch = next(each for each in answer.json() if each["name"] == "tencent.unfiled_status")
    assert (switch["value"], switch["default"]) == ("-1", "2")


def test_the_policy_is_shown_and_set(http: httpx.Client, tencent: Tencent) -> None:
    answer = http.post("/_desk/review", json={"policy": "immediate"})
    review = tencent.review(tencent.submit())

    assert answer.json() == http.get("/_desk/review").json() == {"policy": "immediate"}
    assert review is not None
    assert review.status == "0"


def test_a_reset_goes_back_to_the_start(http: httpx.Client, sandbox: Sandbox, path: str) -> None:
    assert http.get(path).status_code == 200
    sandbox.faults.add(kind="html")
    sandbox.switches.set({"tencent.unfiled_status": "-1", "tencent.enforce_rate": True})
    sandbox.review_policy = "immediate"

    assert http.post("/_desk/reset").json() == {"reset": True}
    assert (sandbox.signatures(), sandbox.calls(), sandbox.faults.list()) == ([], [], [])
    assert sandbox.switches.changed() == {"tencent.enforce_rate": False}
    assert sandbox.review_policy == "manual"


def test_credentials_name_the_address_that_was_asked(
    http: httpx.Client, served: RunningSandbox, sandbox: Sandbox
) -> None:
    assert http.get("/_desk/credentials").json() == sandbox.credentials(served.address)


@pytest.mark.parametrize(
    ("call", "body", "error"),
    [
        ("GET /_desk/nothing", None, (404, "there is no /_desk/nothing")),
        ("PUT /_desk/reset", None, (405, "/_desk/reset doesn't take PUT")),
        ("POST /_desk/events", None, (405, "/_desk/events doesn't take POST")),
        ("GET /_desk/signatures?colour=red", None, (400, "can't filter by colour, only by vendor")),
        ("GET /_desk/calls?last=0", None, (400, "last: ")),
        ("POST /_desk/faults", [], (400, "JSON, but not an object")),
        ("POST /_desk/faults", {"kind": "error"}, (400, "error.code: Field required")),
        ("POST /_desk/switches", {"x": 1}, (400, "GET /_desk/switches lists them")),
        ("POST /_desk/review", {"policy": "soon"}, (400, "use manual, immediate or after")),
        ("POST /_desk/review", {}, (400, "policy: Field required")),
        ("POST {}/approve", {"reason": "x"}, (400, "reason: Extra inputs")),
        ("POST {}/reject", {"why": "x"}, (400, "why: Extra inputs")),
        ("POST /_desk/signatures/approve", {}, (400, "signatures: Field required")),
        ("POST {}/status", {"status": "0"}, (400, "vendor_status: Field required")),
        (
            "POST {}/status",
            {"vendor_status": "X"},
            (400, "a status of Tencent Cloud is an integer"),
        ),
    ],
)
def test_a_wrong_call_is_told_what_to_do(
    http: httpx.Client, path: str, call: str, body: JsonValue, error: tuple[int, str]
) -> None:
    method, target = call.format(path).split()
    answer = http.request(method, target, json=body)

    assert answer.status_code == error[0]
    assert error[1] in answer.json()["error"]
    assert answer.headers["cache-control"] == "no-store"


def test_an_order_that_can_not_be_met_is_told_with_its_facts(http: httpx.Client) -> None:
    answer = http.post("/_desk/faults", json={"kind": "html", "vendor": "tencnt"})

    known = ", ".join(vendor.name for vendor in VENDORS)
    assert answer.json() == {
        "error": f"there is no vendor 'tencnt', only {known}",
        "message": "there is no vendor {it!r}, only {all}",
        "facts": {"it": "tencnt", "all": known},
    }


@pytest.mark.parametrize(
    ("headers", "sent_as"),
    [
        ({}, "nothing"),
        *(
            ({"Content-Type": media_type}, media_type.partition(";")[0])
            for media_type in (
                *("text/plain", "application/x-www-form-urlencoded"),
                "multipart/form-data; boundary=x",
            )
        ),
    ],
)
@pytest.mark.parametrize("call", ["POST /_desk/review", "POST /_desk/reset", "DELETE /_desk/calls"])
def test_a_body_that_does_not_say_that_it_is_json_is_refused(
    http: httpx.Client, sandbox: Sandbox, call: str, headers: dict[str, str], sent_as: str
) -> None:
    body = b'{"policy": "immediate"}'
    answer = http.request(*call.split(), content=body, headers=headers)

    assert answer.status_code == 415
    assert f"as application/json, not as {sent_as} (with curl:" in answer.json()["error"]
    assert sandbox.review_policy == "manual"


def test_json_may_name_its_character_set(http: httpx.Client, sandbox: Sandbox) -> None:
    headers = {"Content-Type": "Application/JSON; charset=utf-8"}
    http.post("/_desk/review", content=b'{"policy": "immediate"}', headers=headers)

    assert sandbox.review_policy == "immediate"


@pytest.mark.parametrize("call", ["DELETE /_desk/faults", "POST /_desk/reset", "POST {}/approve"])
def test_a_call_that_needs_no_body_takes_an_empty_object_and_no_more(
    http: httpx.Client, path: str, call: str
) -> None:
    method, target = call.format(path).split()

    assert http.request(method, target, json={"x": 1}).status_code == 400
    assert http.request(method, target, json={}).status_code == 200


def test_a_body_above_the_limit_is_refused_though_nothing_tells_its_length(
    http: httpx.Client,
) -> None:
    chunks = (b" " * (1 << 20) for _ in range(CONTROL_LIMIT // (1 << 20) + 1))
    answer = http.post("/_desk/review", content=chunks, headers=JSON)

    assert answer.status_code == 413
    assert answer.json()["error"] == f"a body has {CONTROL_LIMIT} bytes at most"
    assert http.get("/_desk/").status_code == 200


@pytest.mark.parametrize(
    "value", [b'"\\ud800"', b'"\xff"', b"NaN", b"1e999", b"kind=html", b"[" * 100_000]
)
def test_a_value_that_could_not_be_written_again_never_gets_to_the_desk(
    http: httpx.Client, path: str, value: bytes
) -> None:
    before = http.get("/_desk/signatures").json()
    answer = http.patch(path, content=b'{"fields": {"x": %s}}' % value, headers=JSON)

    assert answer.status_code == 400
    assert answer.json()["error"].startswith("Invalid JSON: ")
    assert http.get("/_desk/signatures").json() == before
