"""Each fault as a client meets it, and what the vendor did meanwhile."""

from __future__ import annotations

import json

import httpx
import pytest
from pydantic import JsonValue
from tencentcloud.common.exception.tencent_cloud_sdk_exception import TencentCloudSDKException

from pulumi_smssign.sandbox import ConnectionCut, ManualClock, RunningSandbox, Sandbox, Status
from pulumi_smssign.sandbox import application as web_application
from pulumi_smssign.sandbox.faults import Faults
from pulumi_smssign.sandbox.http_messages import HttpRequest
from pulumi_smssign.sandbox.tencent import auth
from tests.sandbox.applications import application
from tests.sandbox.conftest import Tencent


class Wire:
    """AddSmsSign by a bare HTTP client, to see exactly what comes back."""

    def __init__(self, client: httpx.Client, host: str, clock: ManualClock) -> None:
        self._client = client
        self._host = host
        self._clock = clock

    def request(self, body: bytes) -> httpx.Request:
        timestamp = str(int(self._clock.now()))
        signed = HttpRequest(
            "POST", "/", "", {"content-type": "application/json", "host": self._host}, body
        )
        signature = auth.signature(signed, ("content-type", "host"), timestamp)
        scope = f"{auth.SECRET_ID}/{auth.utc_day(timestamp)}/sms/tc3_request"
        headers = {
            "Content-Type": "application/json",
            "X-TC-Action": "AddSmsSign",
            "X-TC-Version": "2021-01-11",
            "X-TC-Region": "ap-guangzhou",
            "X-TC-Timestamp": timestamp,
            "Authorization": f"TC3-HMAC-SHA256 Credential={scope}, "
            f"SignedHeaders=content-type;host, Signature={signature}",
        }
        return self._client.build_request("POST", "/", content=body, headers=headers)

    def add(self, timeout: float = 10) -> httpx.Response:
        request = self.request(json.dumps(application()).encode())
        request.extensions["timeout"] = httpx.Timeout(timeout).as_dict()
        return self._client.send(request)


@pytest.fixture
def wire(http: httpx.Client, served: RunningSandbox, clock: ManualClock) -> Wire:
    return Wire(http, served.address, clock)


def acted(sandbox: Sandbox) -> bool:
    return bool(sandbox.signatures())


def test_an_error_comes_in_the_vendors_envelope(tencent: Tencent, sandbox: Sandbox) -> None:
    code = "UnauthorizedOperation.ServiceSuspendDueToArrears"
    sandbox.faults.add(vendor="tencent", action="AddSmsSign", kind="error", code=code)

    assert tencent.code("AddSmsSign", application()) == code
    assert not acted(sandbox)


def test_an_error_may_come_after_the_vendor_acted(wire: Wire, sandbox: Sandbox) -> None:
    sandbox.faults.add(
        kind="error", code="InternalError.Timeout", message="late", http_status=500, acts=True
    )
    answer = wire.add()

    assert answer.status_code == 500
    assert answer.json()["Response"]["Error"] == {
        "Code": "InternalError.Timeout",
        "Message": "late",
    }
    assert acted(sandbox)


def test_a_bare_status_comes_without_the_vendor(wire: Wire, sandbox: Sandbox) -> None:
    sandbox.faults.add(kind="status", http_status=503, body="busy")
    answer = wire.add()

    assert (answer.status_code, answer.text) == (503, "busy")
    assert answer.headers["content-type"] == "text/plain"
    assert not acted(sandbox)


def test_a_web_page_comes_without_the_vendor(wire: Wire, sandbox: Sandbox) -> None:
    sandbox.faults.add(kind="html")
    answer = wire.add()

    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html"
    assert "<html>" in answer.text
    assert not acted(sandbox)


@pytest.mark.parametrize(
    ("body", "sent"), [("{not json", b"{not json"), ({"Response": {}}, b'{"Response":{}}')]
)
def test_a_body_is_sent_as_ordered(
    wire: Wire, sandbox: Sandbox, body: JsonValue, sent: bytes
) -> None:
    sandbox.faults.add(kind="body", body=body, http_status=201, content_type="text/x")
    answer = wire.add()

    assert answer.content == sent
    assert (answer.status_code, answer.headers["content-type"]) == (201, "text/x")
    assert not acted(sandbox)


@pytest.mark.parametrize(("kind", "has_acted"), [("drop_before", False), ("drop_after", True)])
def test_a_cut_connection_gives_no_answer(
    wire: Wire, sandbox: Sandbox, kind: str, has_acted: bool
) -> None:
    sandbox.faults.add(kind=kind)

    with pytest.raises((httpx.RemoteProtocolError, httpx.ReadError)):
        wire.add()
    assert acted(sandbox) is has_acted


def test_after_a_cut_the_next_call_is_answered(wire: Wire, sandbox: Sandbox) -> None:
    sandbox.faults.add(kind="drop_before")
    with pytest.raises(httpx.TransportError):
        wire.add()

    assert wire.add().status_code == 200


def test_a_hanging_call_is_never_answered(wire: Wire, sandbox: Sandbox) -> None:
    sandbox.faults.add(kind="hang", seconds=30)

    with pytest.raises(httpx.ReadTimeout):
        wire.add(timeout=0.1)
    assert acted(sandbox)


def test_a_hanging_call_ends_in_a_cut(wire: Wire, sandbox: Sandbox) -> None:
    sandbox.faults.add(kind="hang", seconds=0.05, acts=False)

    with pytest.raises((httpx.RemoteProtocolError, httpx.ReadError)):
        wire.add()
    assert not acted(sandbox)


def test_a_slow_call_is_answered_late(wire: Wire, sandbox: Sandbox) -> None:
    sandbox.faults.add(kind="slow", seconds=0.2)
    answer = wire.add()

    assert answer.elapsed.total_seconds() >= 0.2
    assert "AddSignStatus" in answer.json()["Response"]


def test_an_empty_answer_has_no_body(wire: Wire, sandbox: Sandbox) -> None:
    sandbox.faults.add(kind="empty")
    answer = wire.add()

    assert (answer.status_code, answer.content) == (200, b"")
    assert acted(sandbox)


def test_a_truncated_answer_breaks_off(wire: Wire, sandbox: Sandbox) -> None:
    sandbox.faults.add(kind="truncated")
    answer = wire.add()

    assert answer.text.startswith('{"Response":')
    with pytest.raises(json.JSONDecodeError):
        answer.json()
    assert acted(sandbox)


@pytest.mark.parametrize(
    ("key", "left"),
    [
        ("", set()),
        ("Response", set()),
        ("Response.RequestId", {"AddSignStatus"}),
        ("Response.Nothing.There", {"AddSignStatus", "RequestId"}),
    ],
)
def test_a_key_is_missing(wire: Wire, sandbox: Sandbox, key: str, left: set[str]) -> None:
    sandbox.faults.add(kind="missing", key=key)
    answer = wire.add()

    assert set(answer.json().get("Response", {})) == left
    assert acted(sandbox)


def test_unknown_fields_are_in_every_object(tencent: Tencent, sandbox: Sandbox) -> None:
    number = tencent.add(application())
    sandbox.faults.add(kind="unknown_fields")
    item = tencent.describe(number)

    assert item is not None
    assert item["SignId"] == number
    assert "AddedByTheSandbox" in item


def test_a_review_may_be_decided_just_before_a_call(tencent: Tencent, sandbox: Sandbox) -> None:
    number = tencent.add(application())
    sandbox.faults.add(
        vendor="tencent", action="ModifySmsSign", kind="verdict", id=str(number), verdict="approve"
    )

    assert tencent.describe(number)
    assert sandbox.signature("tencent", str(number)).status is Status.PENDING
    assert tencent.code("ModifySmsSign", application(SignId=number)) == (
        "InvalidParameterValue.SignAlreadyPassedCheck"
    )


@pytest.mark.parametrize(
    ("order", "status"),
    [
        ({"verdict": "reject", "reason": "blurred"}, "-1"),
        ({"vendor": "tencent", "verdict": "status", "vendor_status": "2"}, "2"),
        ({"verdict": "remove"}, None),
    ],
)
def test_a_verdict_may_be_any(
    tencent: Tencent, sandbox: Sandbox, order: dict[str, JsonValue], status: str | None
) -> None:
    number = tencent.add(application())
    sandbox.faults.add({"kind": "verdict", "text": "极客科技", **order})
    tencent.describe(number)

    assert [each.vendor_status for each in sandbox.signatures()] == ([status] if status else [])


def test_a_verdict_and_a_spoilt_answer_go_together(wire: Wire, sandbox: Sandbox) -> None:
    wire.add()
    sandbox.faults.add(kind="verdict", text="极客科技", verdict="reject")
    sandbox.faults.add(kind="drop_after")

    with pytest.raises(httpx.TransportError):
        wire.add()
    assert [each.status for each in sandbox.signatures()] == [Status.REJECTED, Status.PENDING]


def test_a_fault_skips_and_repeats_as_ordered(tencent: Tencent, sandbox: Sandbox) -> None:
    sandbox.faults.add(kind="error", code="InternalError", skip=1, times=2)
    outcomes = []
    for _ in range(4):
        try:
            tencent.call("DescribeSmsSignList", {"International": 0})
            outcomes.append("")
        except TencentCloudSDKException as error:
            outcomes.append(str(error.get_code()))

    assert outcomes == ["", "InternalError", "InternalError", ""]
    assert sandbox.faults.list() == []


def test_a_fault_without_an_end_stays_until_it_is_cleared(
    tencent: Tencent, sandbox: Sandbox
) -> None:
    sandbox.faults.add(kind="error", code="InternalError", times=None)
    codes = [tencent.code("DescribeSmsSignList", {"International": 0}) for _ in range(3)]
    sandbox.faults.clear()

    assert codes == ["InternalError"] * 3
    assert tencent.call("DescribeSmsSignList", {"International": 0})


def test_a_fault_meets_only_its_action(tencent: Tencent, sandbox: Sandbox) -> None:
    sandbox.faults.add(action="DeleteSmsSign", kind="error", code="InternalError")

    assert tencent.add(application())
    assert tencent.code("DeleteSmsSign", {"SignId": 1}) == "InternalError"


def test_a_spoilt_call_is_recorded_with_what_the_vendor_did(wire: Wire, sandbox: Sandbox) -> None:
    sandbox.faults.add(kind="drop_after")
    sandbox.faults.add(kind="error", code="InternalError")
    sandbox.faults.add(kind="status", http_status=502)
    with pytest.raises(httpx.TransportError):
        wire.add()
    wire.add()
    wire.add()

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
        ({"kind": "status", "content_type": "a\r\nX: y"}, "content_type"),
        ({"kind": "body", "body": "", "content_type": "文"}, "content_type"),
        ({"kind": "error", "code": "9" * 5000}, "at most 200 characters"),
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


@pytest.mark.anyio
async def test_in_process_a_cut_is_an_exception(clock: ManualClock) -> None:
    sandbox = Sandbox(clock=clock)
    sandbox.faults.add(kind="drop_before")
    transport = httpx.ASGITransport(app=web_application(sandbox))

    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
        with pytest.raises(ConnectionCut):
            await client.post("/", headers={"X-TC-Action": "AddSmsSign"})


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


def test_a_fault_with_a_probability_meets_some_calls_and_counts_only_those() -> None:
    faults = Faults(lambda _: None, seed=7)
    faults.add(kind="html", times=300, probability=0.25)
    met = [faults.take("tencent", "AddSmsSign")[1] is not None for _ in range(400)]

    assert 50 < sum(met) < 150
    assert faults.list()[0]["times"] == 300 - sum(met)


def test_chance_is_the_same_with_the_same_seed_and_after_each_clear() -> None:
    def course(faults: Faults) -> list[bool]:
        faults.add(kind="html", times=None, probability=0.5)
        met = [faults.take("tencent", "AddSmsSign")[1] is not None for _ in range(50)]
        faults.clear()
        return met

    faults = Faults(lambda _: None, seed=7)

    assert course(faults) == course(faults) == course(Sandbox(seed=7).faults)
    assert course(faults) != course(Faults(lambda _: None, seed=8))


def test_a_fault_that_is_passed_by_leaves_the_call_to_the_next() -> None:
    faults = Faults(lambda _: None, seed=7)
    faults.add(kind="html", times=None, probability=1e-9)
    faults.add(kind="empty", times=None)
    _, met = faults.take("tencent", "AddSmsSign")

    assert met is not None
    assert met.kind == "empty"


@pytest.mark.parametrize("probability", [0, -0.1, 1.1, "often"])
def test_a_probability_is_above_0_and_at_most_1(http: httpx.Client, probability: JsonValue) -> None:
    answer = http.post("/_desk/faults", json={"kind": "html", "probability": probability})

    assert answer.status_code == 400
    assert "probability" in answer.json()["error"]


def test_one_fault_is_taken_out_by_its_number(http: httpx.Client, sandbox: Sandbox) -> None:
    one, two = sandbox.faults.add(kind="html"), sandbox.faults.add(kind="empty")

    assert [each["n"] for each in http.delete(f"/_desk/faults/{one}").json()] == [two]
    answer = http.delete(f"/_desk/faults/{one}")
    assert answer.status_code == 400
    assert "no fault with the number" in answer.json()["error"]
