"""What reaches Tencent's gateway, in which form, and how it answers."""

from __future__ import annotations

import json
import re
import time

import httpx
import pytest

from pulumi_smssign.sandbox import ManualClock, RunningSandbox, Sandbox
from pulumi_smssign.sandbox.http_messages import Document, HttpRequest
from pulumi_smssign.sandbox.tencent import auth
from tests.sandbox.applications import PROOF, application
from tests.sandbox.conftest import Tencent


class Gateway:
    """Sends requests that no SDK would; they are well signed unless a test says otherwise."""

    def __init__(self, served: RunningSandbox, http: httpx.Client) -> None:
        self._host = served.address
        self._http = http

    def post(self, body: bytes, **headers: str | None) -> httpx.Response:
        content_type = headers.get("Content_Type", "application/json")
        timestamp = str(int(time.time()))
        sent = {
            "Content-Type": content_type,
            "X-TC-Action": "DescribeSmsSignList",
            "X-TC-Version": "2021-01-11",
            "X-TC-Region": "ap-guangzhou",
            "X-TC-Timestamp": timestamp,
            "Authorization": self._authorization("POST", "", body, content_type or "", timestamp),
            **{name.replace("_", "-"): value for name, value in headers.items()},
        }
        return self._http.post(
            "/", content=body, headers={name: value for name, value in sent.items() if value}
        )

    def code(self, body: bytes, **headers: str | None) -> str:
        code = self.post(body, **headers).json()["Response"]["Error"]["Code"]
        assert isinstance(code, str)
        return code

    def get(self, query: str) -> httpx.Response:
        timestamp = str(int(time.time()))
        form = "application/x-www-form-urlencoded"
        headers = {
            "Content-Type": form,
            "X-TC-Action": "DescribeSmsSignList",
            "X-TC-Version": "2021-01-11",
            "X-TC-Region": "ap-guangzhou",
            "X-TC-Timestamp": timestamp,
            "Authorization": self._authorization("GET", query, b"", form, timestamp),
        }
        return self._http.get(f"/?{query}", headers=headers)

    def _authorization(
        self, method: str, query: str, body: bytes, content_type: str, timestamp: str
    ) -> str:
        headers = {"content-type": content_type, "host": self._host}
        request = HttpRequest(method, "/", query, headers, body)
        signature = auth.signature(request, ("content-type", "host"), timestamp)
        day = time.strftime("%Y-%m-%d", time.gmtime(int(timestamp)))
        return (
            f"TC3-HMAC-SHA256 Credential={auth.SECRET_ID}/{day}/sms/tc3_request, "
            f"SignedHeaders=content-type;host, Signature={signature}"
        )


LIST = b'{"International": 0}'


@pytest.fixture
def gateway(served: RunningSandbox, http: httpx.Client) -> Gateway:
    return Gateway(served, http)


@pytest.mark.parametrize("headers", [{}, {"X_TC_Action": "NoSuchAction"}, {"Authorization": "x"}])
def test_every_answer_is_200_with_a_bare_json_type_and_a_request_id(
    gateway: Gateway, headers: dict[str, str]
) -> None:
    answer = gateway.post(LIST, **headers)

    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"
    request_id = answer.json()["Response"]["RequestId"]
    assert re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", request_id)


def test_two_answers_have_different_request_ids(gateway: Gateway) -> None:
    ids = {gateway.post(LIST).json()["Response"]["RequestId"] for _ in range(2)}

    assert len(ids) == 2


def test_an_error_has_no_keys_of_the_action(gateway: Gateway) -> None:
    response = gateway.post(b"{}").json()["Response"]

    assert set(response) == {"Error", "RequestId"}
    assert set(response["Error"]) == {"Code", "Message"}


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "FailedOperation.JsonParseFail"),
        (b'{"International": 0', "FailedOperation.JsonParseFail"),
        (b"\xff\xfe\xfd", "FailedOperation.JsonParseFail"),
        (b'{"International": "\\ud800"}', "FailedOperation.JsonParseFail"),
        (b'{"International": "\xed\xa0\x80"}', "FailedOperation.JsonParseFail"),
        (b'{"International": NaN}', "FailedOperation.JsonParseFail"),
        (b"[" * 100_000, "FailedOperation.JsonParseFail"),
        (b"[]", "FailedOperation.FailResolvePacket"),
        (b'{"International": null}', "MissingParameter"),
        (b" " * (10 * 1024 * 1024 + 1), "RequestSizeLimitExceeded"),
    ],
)
def test_a_body_that_is_none_is_refused(gateway: Gateway, body: bytes, code: str) -> None:
    assert gateway.code(body) == code


@pytest.mark.parametrize(
    ("headers", "code"),
    [
        ({"X_TC_Action": "NoSuchAction"}, "InvalidAction"),
        ({"X_TC_Action": None}, "MissingParameter"),
        ({"X_TC_Version": "2019-07-11"}, "NoSuchVersion"),
        ({"X_TC_Version": None}, "MissingParameter"),
        ({"X_TC_Timestamp": None}, "MissingParameter"),
        ({"X_TC_Region": None}, "MissingParameter"),
        ({"Content_Type": "text/plain"}, "UnsupportedProtocol"),
        ({"Authorization": None}, "AuthFailure.InvalidAuthorization"),
    ],
)
def test_a_wrong_header_is_refused(
    gateway: Gateway, headers: dict[str, str | None], code: str
) -> None:
    assert gateway.code(LIST, **headers) == code


def test_a_charset_in_the_requests_type_is_taken(gateway: Gateway) -> None:
    answer = gateway.post(LIST, Content_Type="application/json; charset=utf-8")

    assert "Error" not in answer.json()["Response"]


def test_a_signature_of_version_1_is_refused(http: httpx.Client) -> None:
    code = "UnsupportedOperation"
    form = {"Action": "AddSmsSign", "SecretId": "AKIDsmssign-sandbox", "Signature": "x"}

    assert http.post("/", data=form).json()["Response"]["Error"]["Code"] == code
    assert http.get("/", params=form).json()["Response"]["Error"]["Code"] == code


def test_another_method_is_refused(http: httpx.Client) -> None:
    answer = http.put("/", headers={"X-TC-Action": "AddSmsSign"}, json={})

    assert answer.json()["Response"]["Error"]["Code"] == "UnsupportedProtocol"


@pytest.mark.parametrize(
    ("method", "path"),
    [("POST", "/"), ("GET", "/?Reaction=x"), ("GET", "/nowhere"), ("GET", "/_desk")],
)
def test_what_is_no_vendors_call_is_told_so(http: httpx.Client, method: str, path: str) -> None:
    answer = http.request(method, path)

    assert answer.status_code == 404
    assert "no call that a vendor" in answer.json()["error"]


@pytest.mark.parametrize(
    ("action", "limit"),
    [("AddSmsSign", 1), ("ModifySmsSign", 1), ("DeleteSmsSign", 1), ("DescribeSmsSignList", 20)],
)
def test_calls_are_limited_by_action_over_a_second(
    gateway: Gateway, sandbox: Sandbox, clock: ManualClock, action: str, limit: int
) -> None:
    sandbox.switches.set({"tencent.enforce_rate": True})
    clock.advance(2)
    codes = [gateway.code(b"{}", X_TC_Action=action) for _ in range(limit + 1)]
    clock.advance(1)

    assert codes == ["MissingParameter"] * limit + ["RequestLimitExceeded"]
    assert gateway.code(b"{}", X_TC_Action=action) == "MissingParameter"


def test_limits_are_each_accounts_own(
    tencent: Tencent, other_account: Tencent, sandbox: Sandbox, clock: ManualClock
) -> None:
    sandbox.switches.set({"tencent.enforce_rate": True})
    clock.advance(2)
    tencent.add(application())

    assert tencent.code("AddSmsSign", application()) == "RequestLimitExceeded"
    assert other_account.add(application())


def test_a_call_that_fails_to_authenticate_uses_up_no_limit(
    gateway: Gateway, tencent: Tencent, sandbox: Sandbox, clock: ManualClock
) -> None:
    sandbox.switches.set({"tencent.enforce_rate": True})
    clock.advance(2)
    gateway.post(LIST, X_TC_Action="AddSmsSign", Authorization="TC3-HMAC-SHA256 x")

    assert tencent.add(application())


def test_calls_are_recorded_with_their_outcome(tencent: Tencent, sandbox: Sandbox) -> None:
    tencent.add(application())
    tencent.code("AddSmsSign", application())

    assert [
        (call.n > 0, call.vendor, call.action, call.account, call.code, call.http_status)
        for call in sandbox.calls()
    ] == [
        (True, "tencent", "AddSmsSign", "default", "", 200),
        (
            True,
            "tencent",
            "AddSmsSign",
            "default",
            "InvalidParameterValue.SignExistAndUnapproved",
            200,
        ),
    ]


def test_the_record_has_fields_but_neither_images_nor_unknown_values(
    tencent: Tencent, sandbox: Sandbox
) -> None:
    tencent.code("AddSmsSign", application(IdCardNumber="11010119900307451X"))

    fields = sandbox.calls("tencent", "AddSmsSign")[0].fields
    assert fields["SignName"] == "极客科技"
    assert fields["IdCardNumber"] is True
    image = fields["ProofImage"]
    assert isinstance(image, dict)
    assert image["media_type"] == "image/png"
    assert PROOF[20:60] not in json.dumps(fields)


def test_an_image_that_is_no_base64_is_recorded_by_its_digest_too(
    tencent: Tencent, sandbox: Sandbox
) -> None:
    tencent.code("AddSmsSign", application(ProofImage="data:image/png;base64," + PROOF))

    assert PROOF[20:60] not in json.dumps(sandbox.calls()[0].fields)


def test_a_call_that_can_not_be_read_is_recorded_without_fields(
    gateway: Gateway, sandbox: Sandbox
) -> None:
    gateway.post(b"{")

    assert sandbox.calls()[0].fields == {}


def test_calls_are_listed_by_vendor_and_action(tencent: Tencent, sandbox: Sandbox) -> None:
    tencent.add(application())
    tencent.call("DescribeSmsSignList", {"International": 0})

    assert [call.action for call in sandbox.calls("tencent", "AddSmsSign")] == ["AddSmsSign"]
    assert sandbox.calls("huawei") == []


def test_the_sdks_get_form_is_understood(served: RunningSandbox, tencent: Tencent) -> None:
    number = tencent.add(application())
    by_get = Tencent(served.address, method="GET")

    assert (by_get.describe(number) or {})["SignName"] == "极客科技"


def test_a_query_that_is_no_utf_8_is_refused(gateway: Gateway) -> None:
    answer = gateway.get("International=0&SignName=%ED%A0%80")

    assert answer.json()["Response"]["Error"]["Code"] == "FailedOperation.FailResolvePacket"


def test_an_unsigned_payload_of_the_sdk_is_understood(served: RunningSandbox) -> None:
    answer: Document = Tencent(served.address, unsigned_payload=True).call(
        "DescribeSmsSignList", {"International": 0}
    )

    assert answer["DescribeSignListStatusSet"] == []
