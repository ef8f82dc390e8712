"""Tencent's own gateway: TC3 signatures as several SDKs make them, headers, forms."""

from __future__ import annotations

import dataclasses
import re

import httpx
import pytest

from pulumi_smssign.sandbox import Sandbox
from pulumi_smssign.sandbox.gateway import Refusal
from pulumi_smssign.sandbox.http_messages import HttpRequest
from pulumi_smssign.sandbox.tencent import auth
from tests.sandbox.caller import TEXT
from tests.sandbox.tencent.caller import ADD, LIST, PROOF, Tencent, error_of

QUERY = b'{"International": 0}'

# Signatures, of a verifier whose clock stands still

NOW, TIMESTAMP, DAY = 1_700_000_000.0, "1700000000", "2023-11-14"
FAILURE, BAD_HEADER = "AuthFailure.SignatureFailure", "AuthFailure.InvalidAuthorization"


def unsigned(host: str = "127.0.0.1:8080", **headers: str) -> HttpRequest:
    own = {"content-type": "application/json", "host": host, "x-tc-timestamp": TIMESTAMP}
    more = {name.replace("_", "-"): value for name, value in headers.items()}
    return HttpRequest("POST", "/", "", {**own, **more}, b'{"SignId": 1110}')


def changed(request: HttpRequest, **headers: str) -> HttpRequest:
    more = {name.replace("_", "-"): value for name, value in headers.items()}
    return dataclasses.replace(request, headers={**request.headers, **more})


def signed(
    request: HttpRequest,
    *,
    names: str = "content-type;host",
    day: str = DAY,
    service: str = "sms",
    as_service: str = "sms",
    lower_values: bool = False,
) -> HttpRequest:
    signature = auth.signature(
        request, tuple(names.split(";")), TIMESTAMP, service=as_service, lower_values=lower_values
    )
    scope = f"{auth.SECRET_ID}/{day}/{service}/tc3_request"
    head = f"TC3-HMAC-SHA256 Credential={scope}, SignedHeaders={names}"
    return changed(request, authorization=f"{head}, Signature={signature}")


def met(request: HttpRequest) -> str:
    """The code that a request meets, empty if it is verified."""
    try:
        assert auth.authenticate(request, None, NOW) == "default"
    except Refusal as refusal:
        return refusal.code
    return ""


HEAD = f"TC3-HMAC-SHA256 Credential={auth.SECRET_ID}/{DAY}/sms/tc3_request"
WITH_ACTION = unsigned(x_tc_action="DeleteSmsSign")
THREE = "content-type;host;x-tc-action"


@pytest.mark.parametrize(
    ("request_", "code"),
    [
        (signed(WITH_ACTION, names=THREE), ""),
        (signed(WITH_ACTION, names=THREE, lower_values=True), ""),  # as the documentation has it
        (signed(unsigned(), service="127", as_service="127"), ""),  # as the SDK for Node names it
        (changed(signed(unsigned("127.0.0.1")), host="127.0.0.1:80"), ""),  # as it signs a host
        (signed(unsigned(), service="cvm"), FAILURE),
        (changed(signed(unsigned("127.0.0.1")), host="elsewhere:80"), FAILURE),
        (changed(signed(unsigned()), host="elsewhere"), FAILURE),
        (dataclasses.replace(signed(unsigned()), body=b'{"SignId": 1111}'), FAILURE),
        (signed(unsigned(), day="2023-11-15"), FAILURE),
        (changed(signed(unsigned()), x_tc_timestamp="now"), "InvalidParameter"),
        *((signed(unsigned(), names=names), BAD_HEADER) for names in ("host", "content-type")),
        (
            dataclasses.replace(
                signed(unsigned(x_tc_content_sha256="UNSIGNED-PAYLOAD")), body=b"{}"
            ),
            "",
        ),
    ],
)
def test_a_signature_is_verified(request_: HttpRequest, code: str) -> None:
    assert met(request_) == code


@pytest.mark.parametrize(
    "authorization",
    [
        *("", "TC3-HMAC-SHA256", "Bearer token"),
        "TC3-HMAC-SHA256 Credential=AKIDsmssign-sandbox, SignedHeaders=host, Signature=0",
        f"{HEAD}, SignedHeaders={THREE}, Signature=0",
    ],
)
def test_an_authorization_of_another_form_is_refused(authorization: str) -> None:
    assert met(changed(unsigned(), authorization=authorization)) == BAD_HEADER


# Requests


@pytest.mark.parametrize(
    ("headers", "code"),
    [
        ({"X_TC_Action": "NoSuchAction"}, "InvalidAction"),
        ({"X_TC_Version": "2019-07-11"}, "NoSuchVersion"),
        *(
            ({f"X_TC_{name}": None}, "MissingParameter")
            for name in ("Action", "Version", "Timestamp", "Region")
        ),
        ({"Content_Type": "text/plain"}, "UnsupportedProtocol"),
        ({"Content_Type": "application/json; charset=utf-8"}, ""),
        ({"Authorization": None}, BAD_HEADER),
    ],
)
def test_a_wrong_header_is_refused(
    tencent: Tencent, headers: dict[str, str | None], code: str
) -> None:
    assert error_of(tencent.post(QUERY, **headers)) == code


def test_another_method_is_refused(http: httpx.Client) -> None:
    answer = http.put("/", headers={"X-TC-Action": ADD}, json={})
    assert error_of(answer) == "UnsupportedProtocol"


def test_the_sdks_other_forms_are_understood(tencent: Tencent, sandbox: Sandbox) -> None:
    signature_id = tencent.submit()
    for form in ({"method": "GET"}, {"unsigned_payload": True}):
        client = dataclasses.replace(tencent, **form)
        assert (client.item(signature_id) or {})["SignName"] == TEXT

    fields = {"International": "0", "SignIdSet": [signature_id]}
    assert sandbox.calls("tencent", LIST)[0].fields == fields


@pytest.mark.parametrize(
    ("length", "code"),
    [(32 * 1024, "UnknownParameter"), (32 * 1024 + 1, "RequestSizeLimitExceeded")],
)
def test_a_query_has_32_kilobytes_at_most(
    tencent: Tencent, http: httpx.Client, length: int, code: str
) -> None:
    form = {"Content_Type": "application/x-www-form-urlencoded"}
    query = "International=0&Surplus=".ljust(length, "x")

    assert error_of(http.send(tencent.request(b"", form, query, "GET"))) == code


def test_a_name_with_a_dot_and_no_number_is_no_array(tencent: Tencent, http: httpx.Client) -> None:
    form = {"Content_Type": "application/x-www-form-urlencoded"}
    request = tencent.request(b"", form, "International=0&SignIdSet.x=1", "GET")

    assert error_of(http.send(request)) == "UnknownParameter"


def test_a_query_that_is_no_utf_8_is_refused(tencent: Tencent, http: httpx.Client) -> None:
    form = {"Content_Type": "application/x-www-form-urlencoded"}
    request = tencent.request(b"", form, "International=0&SignName=%ED%A0%80", "GET")

    assert error_of(http.send(request)) == "FailedOperation.FailResolvePacket"


@pytest.mark.parametrize(
    ("action", "fields"),
    [("ModifySmsSign", Tencent.usual), ("DeleteSmsSign", {}), (LIST, {"SignIdSet": [1]})],
)
def test_every_action_misses_its_own_parameters_and_knows_no_others(
    tencent: Tencent, action: str, fields: dict[str, str]
) -> None:
    assert tencent.code(action, **fields) == "MissingParameter"
    assert tencent.code(action, Sign=1) == "UnknownParameter"


# Answers and records


@pytest.mark.parametrize("headers", [{}, {"X_TC_Action": "NoSuchAction"}, {"Authorization": "x"}])
def test_every_answer_is_200_with_a_bare_json_type_and_a_request_id_of_its_own(
    tencent: Tencent, headers: dict[str, str]
) -> None:
    answers = [tencent.post(QUERY, **headers) for _ in range(2)]
    ids = [answer.json()["Response"]["RequestId"] for answer in answers]

    assert {answer.status_code for answer in answers} == {200}
    assert {answer.headers["content-type"] for answer in answers} == {"application/json"}
    assert ids[0] != ids[1]
    assert re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", ids[0])


def test_an_error_has_no_keys_of_the_action(tencent: Tencent) -> None:
    response = tencent.post(b"{}").json()["Response"]

    assert set(response) == {"Error", "RequestId"}
    assert set(response["Error"]) == {"Code", "Message"}


@pytest.mark.parametrize("image", ["data:image/png;base64," + PROOF, ["a"]])
def test_an_image_that_is_none_is_not_recorded_as_it_was_sent(tencent: Tencent, image: str) -> None:
    tencent.refused(ProofImage=image)

    record = tencent.sandbox.calls()[0].fields["ProofImage"]
    assert record is True or isinstance(record, dict)
    assert PROOF[20:60] not in repr(record)
