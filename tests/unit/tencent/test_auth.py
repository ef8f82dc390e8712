"""TC3-HMAC-SHA256 against vectors that the official SDK (common 3.1.195) made."""

from __future__ import annotations

import time

import httpx
import pytest

from pulumi_smssign.tencent.auth import AccountCredentials
from pulumi_smssign.tencent.signing import TC3Auth

AT = 1_700_000_000
KEY = {
    "secretId": "AKIDEXAMPLEEXAMPLEEXAMPLE0000000000",
    "secretKey": "ExampleSecretKeyForTests00000000",
}


def signed(url: str, body: bytes, **more: str) -> httpx.Request:
    credentials = AccountCredentials.model_validate({**KEY, **more})
    request = httpx.Request("POST", url, content=body, headers={"Content-Type": "application/json"})
    return next(TC3Auth(credentials, clock=lambda: AT).auth_flow(request))


@pytest.mark.parametrize(
    ("url", "body", "signature"),
    [
        (
            "https://sms.tencentcloudapi.com/",
            b'{"International": 0, "SignIdSet": [1110]}',
            "e6293f443d0993a9264a3efebc71e52db63563a4302df5afbd65cf78e40f8eda",
        ),
        (
            "http://127.0.0.1:8080/",
            b'{"SignId": 1110}',
            "585cdd401d056a5a0c9b511555464704c11d89ed8a17f7207f7495b764c6871f",
        ),
        (
            "https://sms.intl.tencentcloudapi.com/",
            b'{"SignName": "\\u817e\\u8baf\\u4e91"}',
            "ff16d4106741e960bfbc22c4723fc94b8d955a6de6de4609041df2b557c135c4",
        ),
    ],
    ids=["describe", "port and token", "escaped name"],
)
def test_signature_is_the_official_sdks(url: str, body: bytes, signature: str) -> None:
    authorization = signed(url, body, token="tok").headers["Authorization"]
    assert authorization == (
        f"TC3-HMAC-SHA256 Credential={KEY['secretId']}/2023-11-14/sms/tc3_request, "
        f"SignedHeaders=content-type;host, Signature={signature}"
    )


def test_day_of_a_signature_is_that_of_utc(monkeypatch: pytest.MonkeyPatch) -> None:
    """In China it is the next day already; the vendor refuses a signature of another day."""
    in_utc = signed("https://sms.tencentcloudapi.com/", b"{}").headers["Authorization"]
    with monkeypatch.context() as china:
        china.setenv("TZ", "CST-8")
        time.tzset()
        assert signed("https://sms.tencentcloudapi.com/", b"{}").headers["Authorization"] == in_utc
    time.tzset()
    assert "/2023-11-14/sms/" in in_utc


def test_temporary_keys_token_goes_along_unsigned() -> None:
    with_token = signed("https://sms.tencentcloudapi.com/", b"{}", token="tok")
    without = signed("https://sms.tencentcloudapi.com/", b"{}")
    assert with_token.headers["X-TC-Token"] == "tok"
    assert "X-TC-Token" not in without.headers
    assert with_token.headers["Authorization"] == without.headers["Authorization"]


def test_credentials_never_show_their_secrets() -> None:
    credentials = AccountCredentials.model_validate({**KEY, "token": "tok-invented"})
    assert KEY["secretKey"] not in repr(credentials)
    assert "tok-invented" not in str(credentials)
    assert set(credentials.secrets()) == {*KEY.values(), "tok-invented"}
