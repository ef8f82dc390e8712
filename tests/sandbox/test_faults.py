"""Each fault as a client meets it, and what the vendor did meanwhile."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import pairwise

import httpx
import pytest
from pydantic import JsonValue

from pulumi_smssign.sandbox import ConnectionCut, ManualClock, Sandbox, Status
from pulumi_smssign.sandbox import application as web_application
from pulumi_smssign.sandbox.faults import Faults
from pulumi_smssign.sandbox.http_messages import Document
from tests.sandbox.caller import TEXT
from tests.sandbox.tencent.caller import ADD, LIST, MODIFY, Tencent, error_of

CUT = (httpx.RemoteProtocolError, httpx.ReadError)
Add = Callable[..., httpx.Response]


@pytest.fixture
def add(tencent: Tencent) -> Add:
    """AddSmsSign by bare HTTP, to see exactly what comes back."""

    def send(timeout: float = 10) -> httpx.Response:
        body = json.dumps(Tencent.usual).encode()
        request = tencent.request(body, {"X_TC_Action": ADD})
        request.extensions["timeout"] = httpx.Timeout(timeout).as_dict()
        return tencent.http.send(request)

    return send


SUSPENDED = "UnauthorizedOperation.ServiceSuspendDueToArrears"
LATE: Document = {"code": "InternalError.Timeout", "message": "late", "http_status": 500}
HTML = "<html><head><title>502 Bad Gateway</title></head>"
Outcome = tuple[int, str, str, bool]
"""The HTTP status, the content type, a part of the body, and whether the vendor acted."""


@pytest.mark.parametrize(
    ("fault", "outcome"),
    [
        ({"kind": "error", "code": SUSPENDED}, (200, "application/json", SUSPENDED, False)),
        ({"kind": "error", **LATE, "acts": True}, (500, "application/json", '"late"', True)),
        ({"kind": "status", "body": "busy"}, (502, "text/plain", "busy", False)),
        ({"kind": "html"}, (200, "text/html", HTML, False)),
        (
            {"kind": "body", "body": "{x", "content_type": "text/x", "http_status": 201},
            (201, "text/x", "{x", False),
        ),
        ({"kind": "body", "body": {"R": ["签"]}}, (200, "application/json", '{"R":["签"]}', False)),
        ({"kind": "empty"}, (200, "application/json", "", True)),
        ({"kind": "empty", "http_status": 503}, (503, "application/json", "", True)),
        ({"kind": "status", "body": "x", "http_status": 304}, (304, "text/plain", "", False)),
        ({"kind": "truncated"}, (200, "application/json", '{"Response":', True)),
        ({"kind": "slow", "seconds": 0.05}, (200, "application/json", "AddSignStatus", True)),
        ({"kind": "unknown_fields"}, (200, "application/json", "AddedByTheSandbox", True)),
    ],
)
def test_an_answer_is_spoilt_as_ordered(
    add: Add, sandbox: Sandbox, fault: Document, outcome: Outcome
) -> None:
    sandbox.faults.add(fault)
    answer = add()

    status, content_type, part, acted = outcome
    assert (answer.status_code, answer.headers["content-type"]) == (status, content_type)
    assert part in answer.text
    assert bool(answer.text) is bool(part)
    assert bool(sandbox.signatures()) is acted
    assert answer.elapsed.total_seconds() >= float(str(fault.get("seconds", 0)))
    if fault["kind"] == "truncated":
        with pytest.raises(json.JSONDecodeError):
            answer.json()
    if fault["kind"] == "body":
        assert answer.text == part
    assert sandbox.calls()[0].fault == fault["kind"]


@pytest.mark.parametrize(
    ("fault", "acted"),
    [
        ({"kind": "drop_before"}, False),
        ({"kind": "drop_after"}, True),
        ({"kind": "hang", "seconds": 0.05, "acts": False}, False),
    ],
)
def test_a_cut_connection_gives_no_answer_and_the_next_call_has_one(
    add: Add, sandbox: Sandbox, fault: Document, acted: bool
) -> None:
    sandbox.faults.add(fault)

    with pytest.raises(CUT):
        add()
    assert bool(sandbox.signatures()) is acted
    assert add().status_code == 200


def test_a_hanging_call_is_never_answered(add: Add, sandbox: Sandbox) -> None:
    sandbox.faults.add(kind="hang", seconds=30)

    with pytest.raises(httpx.ReadTimeout):
        add(timeout=0.1)
    assert sandbox.signatures()


@pytest.mark.parametrize(
    ("key", "remaining"),
    [
        *(("", set()), ("Response", set())),
        ("Response.RequestId", {"AddSignStatus"}),
        ("Response.Nothing.There", {"AddSignStatus", "RequestId"}),
    ],
)
def test_a_key_is_missing(add: Add, sandbox: Sandbox, key: str, remaining: set[str]) -> None:
    sandbox.faults.add(kind="missing", key=key)

    assert set(add().json().get("Response", {})) == remaining
    assert sandbox.signatures()


def test_unknown_fields_are_in_every_object(tencent: Tencent, sandbox: Sandbox) -> None:
    signature_id = tencent.submit()
    sandbox.faults.add(kind="unknown_fields")
    item = tencent.item(signature_id)

    assert item is not None
    assert item["SignId"] == int(signature_id)
    assert item["AddedByTheSandbox"] == {"Since": 2099, "Kinds": ["new"]}


def test_half_of_a_truncated_answer_arrives(tencent: Tencent, sandbox: Sandbox) -> None:
    sandbox.faults.add(kind="truncated")
    half, whole = (tencent.post(b'{"International": 0}').content for _ in range(2))

    assert half[:12] == whole[:12] == b'{"Response":'
    assert len(half) == len(whole) // 2


# Verdicts


def test_a_review_may_be_decided_just_before_a_call_of_an_action(tencent: Tencent) -> None:
    signature_id = tencent.submit()
    verdict: Document = {"kind": "verdict", "id": signature_id, "verdict": "approve"}
    tencent.sandbox.faults.add({"vendor": "tencent", "action": MODIFY, **verdict})

    assert tencent.item(signature_id)
    assert tencent.sandbox.signature("tencent", signature_id).status is Status.PENDING
    assert tencent.change(signature_id) == "InvalidParameterValue.SignAlreadyPassedCheck"


def test_a_verdict_and_a_spoilt_answer_go_together(add: Add, sandbox: Sandbox) -> None:
    add()
    sandbox.faults.add(kind="verdict", text=TEXT, verdict="reject")
    sandbox.faults.add(kind="drop_after")

    with pytest.raises(CUT):
        add()
    assert [each.status for each in sandbox.signatures()] == [Status.REJECTED, Status.PENDING]


# The queue


def test_a_fault_skips_and_repeats_as_ordered(tencent: Tencent, sandbox: Sandbox) -> None:
    sandbox.faults.add(action=LIST, kind="error", code="InternalError", skip=1, times=2)
    codes = [tencent.withdraw("1"), *(tencent.ping() for _ in range(4))]

    assert codes[0] == "FailedOperation.SignIdNotExist"  # another action
    assert codes[1:] == ["", "InternalError", "InternalError", ""]
    assert sandbox.faults.list() == []


def test_a_fault_without_an_end_stays_until_it_is_cleared(tencent: Tencent) -> None:
    tencent.sandbox.faults.add(kind="error", code="InternalError", times=None)
    codes = [tencent.ping() for _ in range(3)]
    tencent.sandbox.faults.clear()

    assert [*codes, tencent.ping()] == [*["InternalError"] * 3, ""]


def test_a_spoilt_call_is_recorded_with_what_the_vendor_did(add: Add, sandbox: Sandbox) -> None:
    sandbox.faults.add(kind="drop_after")
    sandbox.faults.add(kind="error", code="InternalError")
    sandbox.faults.add(kind="status", http_status=502)
    with pytest.raises(CUT):
        add()
    codes = [error_of(add()), add().text]

    assert codes == ["InternalError", ""]
    assert [(call.fault, call.code, call.http_status) for call in sandbox.calls()] == [
        ("drop_after", "", 0),
        ("error", "InternalError", 200),
        ("status", "", 502),
    ]


@pytest.mark.parametrize(
    ("order", "message"),
    [
        ({"kind": "nonsense"}, "'error', 'status', 'html'"),
        ({"kind": "error"}, "code"),
        ({"kind": "slow", "acts": False}, "acts"),
        ({"kind": "html", "colour": "red"}, "colour"),
        ({"kind": "html", "times": 0}, "times"),
        *(({"kind": "html", "http_status": status}, "http_status") for status in (199, 600)),
        *(({"kind": "html", "probability": odd}, "probability") for odd in (0, -0.1, 1.1, "x")),
        ({"kind": "status", "content_type": "a\r\nX: y"}, "content_type"),
        ({"kind": "body", "body": "", "content_type": "文"}, "content_type"),
        *(
            ({"kind": "error", "code": code}, "at most 200 characters")
            for code in ("x" * 201, "9" * 5000)
        ),
        *(({"kind": "slow", "seconds": odd}, "seconds") for odd in (-0.1, 3600.1)),
        ({"kind": "html", "skip": -1}, "skip"),
        ({"kind": "html", "vendor": "tencnt"}, "there is no vendor 'tencnt', only tencent"),
        ({"kind": "html", "action": "AddSign"}, "there is no action 'AddSign', only AddSmsSign"),
        ({"kind": "verdict", "verdict": "approve"}, "by id or by text"),
        ({"kind": "verdict", "verdict": "status", "id": "1"}, "vendor_status goes with"),
        (
            {"kind": "verdict", "verdict": "status", "id": "1", "vendor_status": "OK"},
            "a status of Tencent Cloud is an integer",
        ),
    ],
)
def test_an_order_that_can_not_be_met_is_refused(
    sandbox: Sandbox, order: dict[str, JsonValue], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        sandbox.faults.add(order)


@pytest.mark.parametrize(
    "order",
    [
        *({"kind": "html", "http_status": status} for status in (200, 599)),
        *({"kind": "hang", "seconds": seconds} for seconds in (0, 3600)),
        {"kind": "error", "code": "x" * 200},
    ],
)
def test_an_order_may_go_to_its_limits(sandbox: Sandbox, order: Document) -> None:
    sandbox.faults.add(order)

    assert order.items() <= sandbox.faults.list()[0].items()


@pytest.mark.anyio
async def test_in_process_nobody_is_asked_who_calls(clock: ManualClock) -> None:
    transport = httpx.ASGITransport(app=web_application(Sandbox(clock=clock)))

    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
        assert (await client.get("/_desk/signatures")).json() == []


@pytest.mark.anyio
async def test_in_process_a_cut_is_an_exception(clock: ManualClock) -> None:
    sandbox = Sandbox(clock=clock)
    sandbox.faults.add(kind="drop_before")
    transport = httpx.ASGITransport(app=web_application(sandbox))

    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
        with pytest.raises(ConnectionCut):
            await client.post("/", headers={"X-TC-Action": ADD})


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


# Chance


def course(faults: Faults, count: int, **options: JsonValue) -> list[bool]:
    """Of so many calls, those that a fault meets."""
    faults.add(kind="html", **options)
    return [faults.take("tencent", ADD)[1] is not None for _ in range(count)]


def test_a_fault_with_a_probability_meets_some_calls_and_counts_only_those() -> None:
    faults = Faults(lambda _: None, seed=7)
    met = course(faults, 400, times=300, probability=0.25)

    assert 50 < sum(met) < 150
    assert faults.list()[0]["times"] == 300 - sum(met)


def test_chance_is_the_same_with_the_same_seed_and_after_each_clear() -> None:
    faults = Faults(lambda _: None, seed=7)
    courses = []
    for each in (faults, faults, Sandbox(seed=7).faults, Faults(lambda _: None, seed=8)):
        courses.append(course(each, 50, times=None, probability=0.5))
        each.clear()

    assert courses[0] == courses[1] == courses[2] != courses[3]


def test_a_fault_that_is_passed_by_leaves_the_call_to_the_next() -> None:
    faults = Faults(lambda _: None, seed=7)
    faults.add(kind="html", times=None, probability=1e-9)
    faults.add(kind="empty", times=None)
    _, met = faults.take("tencent", ADD)

    assert met is not None
    assert met.kind == "empty"


def test_each_use_of_a_fault_is_a_change_of_the_queue_that_is_told() -> None:
    faults = Faults(lambda _: None)
    faults.add(kind="drop_after", times=2)
    seen = [faults.changes]
    for _ in range(3):
        faults.take("tencent", ADD)
        seen.append(faults.changes)
    assert [after - before for before, after in pairwise(seen)] == [1, 1, 0]
