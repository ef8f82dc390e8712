"""The control API over HTTP."""

from __future__ import annotations

import httpx
import pytest
from pydantic import JsonValue

from pulumi_smssign import __version__
from pulumi_smssign.sandbox import ManualClock, RunningSandbox, Sandbox
from pulumi_smssign.sandbox.bodies import CONTROL_LIMIT
from pulumi_smssign.sandbox.evidence import Evidence
from pulumi_smssign.sandbox.registry import VENDORS
from tests.images import png
from tests.sandbox.applications import application
from tests.sandbox.conftest import Tencent

JSON = {"Content-Type": "application/json"}


@pytest.fixture
def number(tencent: Tencent) -> int:
    return tencent.add(application())


@pytest.fixture
def path(number: int) -> str:
    return f"/_desk/signatures/tencent/{number}"


def test_the_root_says_what_this_is(http: httpx.Client) -> None:
    about = http.get("/_desk/").json()

    assert about["version"] == __version__
    assert about["vendors"] == [vendor.name for vendor in VENDORS]
    assert about["review"] == "manual"
    assert about["magic_texts"]["通过"] == "approved"


def test_a_signature_is_listed_with_all_that_is_known(
    http: httpx.Client, number: int, clock: ManualClock
) -> None:
    proof = Evidence.of(png())

    assert http.get("/_desk/signatures").json() == [
        {
            "vendor": "tencent",
            "account": "default",
            "id": str(number),
            "text": "极客科技",
            "status": "pending",
            "vendor_status": "1",
            "reason": "",
            "submissions": 1,
            "submitted_at": clock.now(),
            "fields": {
                "SignType": 0,
                "DocumentType": 1,
                "International": 0,
                "SignPurpose": 0,
                "Remark": "",
                "QualificationId": 2000417,
            },
            "evidence": {
                "ProofImage": {
                    "sha256": proof.sha256,
                    "size": proof.size,
                    "media_type": "image/png",
                }
            },
            "history": [{"at": clock.now(), "what": "submitted", "reason": ""}],
        }
    ]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, 2),
        ({"vendor": "tencent"}, 2),
        ({"vendor": "huawei"}, 0),
        ({"account": "marketing"}, 1),
        ({"vendor": "tencent", "account": "default"}, 1),
        ({"text": "极客科技"}, 2),
        ({"text": "极客"}, 0),
    ],
)
def test_signatures_are_filtered(
    http: httpx.Client,
    tencent: Tencent,
    other_account: Tencent,
    query: dict[str, str],
    found: int,
) -> None:
    tencent.add(application())
    other_account.add(application())

    assert len(http.get("/_desk/signatures", params=query).json()) == found


def test_a_signature_is_shown_alone(http: httpx.Client, path: str) -> None:
    assert http.get(path).json() == http.get("/_desk/signatures").json()[0]


def test_a_signature_is_approved(http: httpx.Client, path: str) -> None:
    answer = http.post(f"{path}/approve")

    assert answer.status_code == 200
    assert (answer.json()["status"], answer.json()["vendor_status"]) == ("approved", "0")


def test_a_signature_is_rejected_with_a_reason(
    http: httpx.Client, path: str, tencent: Tencent, number: int
) -> None:
    answer = http.post(f"{path}/reject", json={"reason": "资质不清晰"})

    assert (answer.json()["status"], answer.json()["reason"]) == ("rejected", "资质不清晰")
    assert (tencent.describe(number) or {})["ReviewReply"] == "资质不清晰"


def test_a_rejection_has_a_reason_in_any_case(http: httpx.Client, path: str) -> None:
    assert http.post(f"{path}/reject").json()["reason"]


@pytest.mark.parametrize(
    ("raw", "status"), [("2", "pending"), (0, "approved"), ("-1", "rejected"), (9, "other")]
)
def test_a_raw_status_is_set(
    http: httpx.Client, path: str, tencent: Tencent, raw: str | int, status: str
) -> None:
    answer = http.post(f"{path}/status", json={"vendor_status": raw, "reason": "why"}).json()

    assert (answer["status"], answer["vendor_status"]) == (status, str(raw))
    item = tencent.describe(int(answer["id"]))
    assert item is not None
    assert (item["StatusCode"], item["ReviewReply"]) == (int(raw), "why")


def test_a_raw_status_that_the_vendor_can_not_show_is_refused(
    http: httpx.Client, path: str
) -> None:
    answer = http.post(f"{path}/status", json={"vendor_status": "APPROVED"})

    assert answer.status_code == 400
    assert "a status of Tencent Cloud is an integer" in answer.json()["error"]


def test_a_signature_is_changed_behind_the_clients_back(
    http: httpx.Client, path: str, tencent: Tencent, number: int
) -> None:
    http.patch(path, json={"text": "别的", "fields": {"QualificationId": 7}})

    item = tencent.describe(number)
    assert item is not None
    assert (item["SignName"], item["QualificationId"]) == ("别的", 7)


def test_a_signature_vanishes(http: httpx.Client, path: str, tencent: Tencent, number: int) -> None:
    assert http.delete(path).status_code == 200

    assert tencent.describe(number) is None


@pytest.mark.parametrize(
    ("method", "tail"),
    [
        ("GET", ""),
        ("PATCH", ""),
        ("DELETE", ""),
        ("POST", "/approve"),
        ("POST", "/reject"),
        ("POST", "/status"),
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
    http: httpx.Client, tencent: Tencent, number: int, clock: ManualClock
) -> None:
    tencent.describe(number)
    listed = http.get("/_desk/calls").json()

    assert [call["action"] for call in listed] == ["AddSmsSign", "DescribeSmsSignList"]
    assert listed[1] == {
        "n": listed[0]["n"] + 1,
        "at": clock.now(),
        "vendor": "tencent",
        "action": "DescribeSmsSignList",
        "account": "default",
        "code": "",
        "http_status": 200,
        "fields": {"International": 0, "SignIdSet": [number]},
        "fault": "",
    }
    assert len(http.get("/_desk/calls", params={"action": "AddSmsSign"}).json()) == 1
    http.delete("/_desk/calls")
    assert http.get("/_desk/calls").json() == []


def test_faults_are_queued_listed_and_cleared(http: httpx.Client, tencent: Tencent) -> None:
    order = {"vendor": "tencent", "action": "AddSmsSign", "kind": "slow", "seconds": 0, "times": 3}
    queued = http.post("/_desk/faults", json=order).json()

    assert queued == http.get("/_desk/faults").json()
    given = {**order, "n": 0, "skip": 0, "probability": 1, "acts": True}
    assert {**queued[0], "n": 0} == given
    tencent.add(application())
    assert http.get("/_desk/faults").json()[0]["times"] == 2
    assert http.delete("/_desk/faults").json() == []
    assert http.get("/_desk/faults").json() == []


def test_switches_are_listed_and_set(http: httpx.Client, sandbox: Sandbox) -> None:
    answer = http.post("/_desk/switches", json={"tencent.unfiled_status": "-1"})

    assert sandbox.switches.text("tencent.unfiled_status") == "-1"
    assert answer.json() == http.get("/_desk/switches").json()
    switch = next(each for each in answer.json() if each["name"] == "tencent.unfiled_status")
    assert (switch["value"], switch["default"]) == ("-1", "2")


def test_the_policy_is_shown_and_set(http: httpx.Client, tencent: Tencent) -> None:
    answer = http.post("/_desk/review", json={"policy": "immediate"})

    assert answer.json() == http.get("/_desk/review").json() == {"policy": "immediate"}
    assert (tencent.describe(tencent.add(application())) or {})["StatusCode"] == 0


def test_a_reset_goes_back_to_the_start(http: httpx.Client, sandbox: Sandbox, number: int) -> None:
    sandbox.faults.add(kind="html")
    sandbox.switches.set({"tencent.unfiled_status": "-1", "tencent.enforce_rate": True})
    sandbox.review_policy = "immediate"
    http.post("/_desk/reset")

    assert sandbox.signatures() == []
    assert sandbox.calls() == []
    assert sandbox.faults.list() == []
    assert sandbox.switches.changed() == {"tencent.enforce_rate": False}
    assert sandbox.review_policy == "manual"


def test_credentials_name_the_address_that_was_asked(
    http: httpx.Client, served: RunningSandbox
) -> None:
    credentials = http.get("/_desk/credentials").json()

    assert set(credentials) == {vendor.name for vendor in VENDORS}
    assert credentials["tencent"] == {
        "TENCENTCLOUD_ENDPOINT": served.address,
        "TENCENTCLOUD_SECRET_ID": "AKIDsmssign-sandbox",
        "TENCENTCLOUD_SECRET_KEY": "smssign-sandbox-secret-key-0000000",
    }


@pytest.mark.parametrize(
    ("call", "body", "status", "message"),
    [
        ("GET /_desk/nothing", None, 404, "there is no /_desk/nothing"),
        ("PUT /_desk/reset", None, 405, "/_desk/reset doesn't take PUT"),
        ("GET /_desk/signatures?colour=red", None, 400, "can't filter by colour, only by vendor"),
        ("POST /_desk/faults", [], 400, "JSON, but not an object"),
        ("POST /_desk/faults", {"kind": "error"}, 400, "error.code: Field required"),
        ("POST /_desk/switches", {"x": 1}, 400, "GET /_desk/switches lists them"),
        ("POST /_desk/review", {"policy": "soon"}, 400, "use manual, immediate or after"),
        ("POST /_desk/review", {}, 400, "policy: Field required"),
    ],
)
def test_a_wrong_call_is_told_what_to_do(
    http: httpx.Client, call: str, body: JsonValue, status: int, message: str
) -> None:
    method, path = call.split()
    answer = http.request(method, path, json=body)

    assert answer.status_code == status
    assert message in answer.json()["error"]


def test_a_body_that_is_no_json_is_refused(http: httpx.Client) -> None:
    answer = http.post("/_desk/faults", content=b"kind=html", headers=JSON)

    assert answer.status_code == 400
    assert "Invalid JSON" in answer.json()["error"]


@pytest.mark.parametrize(
    ("headers", "sent_as"),
    [
        ({}, "nothing"),
        ({"Content-Type": "text/plain"}, "text/plain"),
        (
            {"Content-Type": "application/x-www-form-urlencoded"},
            "application/x-www-form-urlencoded",
        ),
        ({"Content-Type": "multipart/form-data; boundary=x"}, "multipart/form-data"),
    ],
)
@pytest.mark.parametrize("call", ["POST /_desk/review", "POST /_desk/reset", "DELETE /_desk/calls"])
def test_a_body_that_does_not_say_that_it_is_json_is_refused(
    http: httpx.Client, sandbox: Sandbox, call: str, headers: dict[str, str], sent_as: str
) -> None:
    method, path = call.split()
    body = b'{"policy": "immediate"}'
    answer = http.request(method, path, content=body, headers=headers)

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


UNWRITABLE = {
    "a lone surrogate": b'"\\ud800"',
    "one in its bytes": b'"\xed\xa0\x80"',
    "no UTF-8": b'"\xff"',
    "NaN": b"NaN",
    "-Infinity": b"-Infinity",
    "more than a float": b"1e999",
    "more than an integer": b"9" * 5000,
    "a nesting": b"[" * 100 + b"]" * 100,
    "a deep nesting": b"[" * 100_000 + b"]" * 100_000,
}


@pytest.mark.parametrize("value", UNWRITABLE.values(), ids=UNWRITABLE.keys())
def test_what_could_not_be_written_again_never_gets_to_the_desk(
    http: httpx.Client, path: str, value: bytes
) -> None:
    before = http.get("/_desk/signatures").json()
    answer = http.patch(path, content=b'{"fields": {"x": %s}}' % value, headers=JSON)

    assert answer.status_code == 400
    assert answer.json()["error"].startswith("Invalid JSON: ")
    assert http.get("/_desk/signatures").json() == before


@pytest.mark.parametrize(
    ("tail", "body"),
    [("/approve", {"reason": "x"}), ("/reject", {"why": "x"}), ("/status", {"status": "0"})],
)
def test_a_misspelt_key_is_refused(
    http: httpx.Client, path: str, tail: str, body: dict[str, str]
) -> None:
    assert http.post(path + tail, json=body).status_code == 400
