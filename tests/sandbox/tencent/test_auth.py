"""The verifier against signatures that the official SDK made with a frozen clock."""

from __future__ import annotations

import dataclasses

import pytest

from pulumi_smssign.sandbox.gateway import Refusal
from pulumi_smssign.sandbox.http_messages import HttpRequest
from pulumi_smssign.sandbox.tencent import auth

EXAMPLE_KEY = "ExampleSecretKeyForTests00000000"
TIMESTAMP = "1700000000"
NOW = 1_700_000_000.0
DAY = "2023-11-14"

VECTORS = [
    (
        "sms.tencentcloudapi.com",
        b'{"International": 0, "SignIdSet": [1110]}',
        "e6293f443d0993a9264a3efebc71e52db63563a4302df5afbd65cf78e40f8eda",
    ),
    (
        "127.0.0.1:8080",
        b'{"SignId": 1110}',
        "585cdd401d056a5a0c9b511555464704c11d89ed8a17f7207f7495b764c6871f",
    ),
    (
        "sms.intl.tencentcloudapi.com",
        rb'{"SignName": "\u817e\u8baf\u4e91"}',
        "ff16d4106741e960bfbc22c4723fc94b8d955a6de6de4609041df2b557c135c4",
    ),
]


def unsigned(
    body: bytes = b'{"SignId": 1110}', host: str = "127.0.0.1:8080", **headers: str
) -> HttpRequest:
    return HttpRequest(
        method="POST",
        path="/",
        query="",
        headers={
            "content-type": "application/json",
            "host": host,
            "x-tc-timestamp": TIMESTAMP,
            **{name.replace("_", "-"): value for name, value in headers.items()},
        },
        body=body,
    )


def with_authorization(request: HttpRequest, authorization: str) -> HttpRequest:
    return dataclasses.replace(request, headers={**request.headers, "authorization": authorization})


def signed(
    request: HttpRequest,
    *,
    secret_id: str = auth.SECRET_ID,
    names: str = "content-type;host",
    day: str = DAY,
    service: str = "sms",
    lower_values: bool = False,
) -> HttpRequest:
    signature = auth.signature(
        request, tuple(names.split(";")), TIMESTAMP, lower_values=lower_values
    )
    return with_authorization(
        request,
        f"TC3-HMAC-SHA256 Credential={secret_id}/{day}/{service}/tc3_request, "
        f"SignedHeaders={names}, Signature={signature}",
    )


def refusal(request: HttpRequest, now: float = NOW) -> str:
    with pytest.raises(Refusal) as caught:
        auth.authenticate(request, now)
    return caught.value.code


@pytest.mark.parametrize(("host", "body", "expected"), VECTORS)
def test_the_signature_is_the_official_sdks(host: str, body: bytes, expected: str) -> None:
    request = unsigned(body, host)

    assert (
        auth.signature(request, ("content-type", "host"), TIMESTAMP, secret_key=EXAMPLE_KEY)
        == expected
    )


def test_the_account_follows_from_the_key() -> None:
    request = unsigned()

    assert auth.authenticate(signed(request), NOW) == "default"
    marketing = signed(request, secret_id=f"{auth.SECRET_ID}.marketing")
    assert auth.authenticate(marketing, NOW) == "marketing"


def test_more_headers_may_be_signed() -> None:
    request = signed(unsigned(x_tc_action="DeleteSmsSign"), names="content-type;host;x-tc-action")

    assert auth.authenticate(request, NOW) == "default"


def test_header_values_may_be_signed_in_lower_case_as_the_documentation_has_it() -> None:
    request = signed(
        unsigned(x_tc_action="DeleteSmsSign"),
        names="content-type;host;x-tc-action",
        lower_values=True,
    )

    assert auth.authenticate(request, NOW) == "default"


def test_an_unsigned_payload_is_not_hashed() -> None:
    request = signed(unsigned(x_tc_content_sha256="UNSIGNED-PAYLOAD"))
    other_body = dataclasses.replace(request, body=b"{}")

    assert auth.authenticate(other_body, NOW) == "default"


def test_a_changed_body_is_noticed() -> None:
    request = dataclasses.replace(signed(unsigned()), body=b'{"SignId": 1111}')

    assert refusal(request) == "AuthFailure.SignatureFailure"


def test_a_changed_signed_header_is_noticed() -> None:
    request = signed(unsigned())
    other_host = dataclasses.replace(request, headers={**request.headers, "host": "elsewhere"})

    assert refusal(other_host) == "AuthFailure.SignatureFailure"


def test_a_date_other_than_the_timestamps_is_refused() -> None:
    assert refusal(signed(unsigned(), day="2023-11-15")) == "AuthFailure.SignatureFailure"


@pytest.mark.parametrize("off", [-300, 300])
def test_a_clock_off_by_five_minutes_is_tolerated(off: int) -> None:
    assert auth.authenticate(signed(unsigned()), NOW + off) == "default"


@pytest.mark.parametrize("off", [-301, 301])
def test_a_clock_off_by_more_is_not(off: int) -> None:
    assert refusal(signed(unsigned()), NOW + off) == "AuthFailure.SignatureExpire"


@pytest.mark.parametrize(
    ("secret_id", "code"),
    [
        ("AKIDsomebodyelse", "AuthFailure.SecretIdNotFound"),
        ("AKIDsmssign-sandboxed", "AuthFailure.SecretIdNotFound"),
        ("AKIDsmssign-sandbox.", "AuthFailure.SecretIdNotFound"),
        ("somebody", "AuthFailure.InvalidSecretId"),
    ],
)
def test_an_unknown_key_is_refused(secret_id: str, code: str) -> None:
    assert refusal(signed(unsigned(), secret_id=secret_id)) == code


@pytest.mark.parametrize(
    "authorization",
    [
        "",
        "TC3-HMAC-SHA256",
        "Bearer token",
        "TC3-HMAC-SHA256 Credential=AKIDsmssign-sandbox, SignedHeaders=host, Signature=0",
    ],
)
def test_an_authorization_of_another_form_is_refused(authorization: str) -> None:
    request = with_authorization(unsigned(), authorization)

    assert refusal(request) == "AuthFailure.InvalidAuthorization"


@pytest.mark.parametrize("names", ["host", "content-type", "content-type;host;x-tc-action"])
def test_signed_headers_are_the_minimum_and_present(names: str) -> None:
    signature = "TC3-HMAC-SHA256 Credential={}/{}/sms/tc3_request, SignedHeaders={}, Signature=0"
    request = with_authorization(unsigned(), signature.format(auth.SECRET_ID, DAY, names))

    assert refusal(request) == "AuthFailure.InvalidAuthorization"


def test_a_service_of_the_scope_is_taken_as_it_was_signed_and_no_other() -> None:
    """The official SDK for Node names the first label of its endpoint."""
    assert refusal(signed(unsigned(), service="cvm")) == "AuthFailure.SignatureFailure"
    signature = auth.signature(unsigned(), ("content-type", "host"), TIMESTAMP, service="127")
    scope = f"{auth.SECRET_ID}/{DAY}/127/tc3_request"
    authorization = (
        f"TC3-HMAC-SHA256 Credential={scope}, SignedHeaders=content-type;host, "
        f"Signature={signature}"
    )
    assert auth.authenticate(with_authorization(unsigned(), authorization), NOW) == "default"


def test_a_host_is_taken_that_was_signed_without_its_port() -> None:
    """As the official SDK for Node does it."""
    request = signed(unsigned(host="127.0.0.1"))
    sent = dataclasses.replace(request, headers={**request.headers, "host": "127.0.0.1:8080"})
    assert auth.authenticate(sent, NOW) == "default"
    elsewhere = dataclasses.replace(request, headers={**request.headers, "host": "elsewhere:8080"})
    assert refusal(elsewhere) == "AuthFailure.SignatureFailure"


def test_a_timestamp_that_is_none_is_refused() -> None:
    request = unsigned()
    request = dataclasses.replace(
        signed(request), headers={**signed(request).headers, "x-tc-timestamp": "now"}
    )

    assert refusal(request) == "InvalidParameter"


def test_a_temporary_key_needs_its_token() -> None:
    temporary = f"{auth.TEMPORARY_SECRET_ID}.marketing"

    good = signed(unsigned(x_tc_token=auth.TOKEN), secret_id=temporary)
    assert auth.authenticate(good, NOW) == "marketing"
    assert refusal(signed(unsigned(), secret_id=temporary)) == "AuthFailure.TokenFailure"
    wrong = signed(unsigned(x_tc_token="other"), secret_id=temporary)
    assert refusal(wrong) == "AuthFailure.TokenFailure"


def test_a_claimed_account_is_told_without_verifying() -> None:
    request = dataclasses.replace(signed(unsigned(), secret_id=f"{auth.SECRET_ID}.x"), body=b"")

    assert auth.claimed_account(request) == "x"
    assert auth.claimed_account(unsigned()) == ""
