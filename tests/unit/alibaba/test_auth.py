"""The signature ACS3-HMAC-SHA256, and the credentials."""

from __future__ import annotations

import hashlib
from urllib.parse import parse_qsl

import httpx
import pytest
from pydantic import ValidationError

from pulumi_smssign.alibaba.auth import AccountCredentials
from pulumi_smssign.alibaba.signing import Acs3Auth
from pulumi_smssign.contract.signing import canonical_query
from tests.alibaba_applications import NAME, application
from tests.vendors.calls import answered

NONCE = "0123456789abcdef0123456789abcdef"
MOMENT = 1735787045.0  # 2025-01-02T03:04:05Z


def credentials(**changes: str) -> AccountCredentials:
    settings = {"accessKeyId": "LTAIexample", "accessKeySecret": "an-invented-secret", **changes}
    return AccountCredentials.model_validate(settings)


def signed() -> httpx.Request:
    """The reference's worked request (its values are the official SDK's own output)."""
    account = credentials(accessKeyId="TESTAK", accessKeySecret="local-secret-for-tests")
    parameters = {
        "MoreData": '["1/a.png"]',
        "QualificationId": "1234567890123",
        "Remark": "登录 & 测",
        "SignName": "示例 A*~(b)",
        "SignSource": "0",
        "ThirdParty": "False",
    }
    request = httpx.Request(
        "POST",
        "http://127.0.0.1:8080/",
        params=parameters,
        headers={"x-acs-action": "CreateSmsSign", "x-acs-version": "2017-05-25"},
    )
    return next(Acs3Auth(account, lambda: MOMENT, lambda: NONCE).auth_flow(request))


def test_query_is_signed_as_in_the_reference() -> None:
    assert canonical_query(parse_qsl(signed().url.query.decode())) == (
        "MoreData=%5B%221%2Fa.png%22%5D&QualificationId=1234567890123"
        "&Remark=%E7%99%BB%E5%BD%95%20%26%20%E6%B5%8B"
        "&SignName=%E7%A4%BA%E4%BE%8B%20A%2A~%28b%29&SignSource=0&ThirdParty=False"
    )


def test_time_nonce_and_digest_are_sent_and_signed() -> None:
    headers = signed().headers
    assert headers["x-acs-date"] == "2025-01-02T03:04:05Z"
    assert headers["x-acs-signature-nonce"] == NONCE
    assert headers["x-acs-content-sha256"] == hashlib.sha256(b"").hexdigest()
    assert headers["Authorization"].startswith(
        "ACS3-HMAC-SHA256 Credential=TESTAK,SignedHeaders=host;x-acs-action;x-acs-content-sha256;"
        "x-acs-date;x-acs-signature-nonce;x-acs-version,Signature="
    )


def test_signature_of_the_worked_request() -> None:
    """The canonical request by the reference's steps, put together here once more by hand."""
    import hmac

    names = "host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version"
    empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    canonical = (
        "POST\n/\nMoreData=%5B%221%2Fa.png%22%5D&QualificationId=1234567890123"
        "&Remark=%E7%99%BB%E5%BD%95%20%26%20%E6%B5%8B&SignName=%E7%A4%BA%E4%BE%8B%20A%2A~%28b%29"
        "&SignSource=0&ThirdParty=False\n"
        "host:127.0.0.1:8080\nx-acs-action:CreateSmsSign\n"
        f"x-acs-content-sha256:{empty}\nx-acs-date:2025-01-02T03:04:05Z\n"
        f"x-acs-signature-nonce:{NONCE}\nx-acs-version:2017-05-25\n\n{names}\n{empty}"
    )
    digest = hashlib.sha256(canonical.encode()).hexdigest()
    expected = hmac.new(
        b"local-secret-for-tests", f"ACS3-HMAC-SHA256\n{digest}".encode(), "sha256"
    ).hexdigest()
    assert signed().headers["Authorization"].endswith(f",Signature={expected}")


def test_every_attempt_has_a_nonce_of_its_own() -> None:
    throttled = {"Code": "Throttling.User", "Message": "no", "RequestId": "r-9"}
    taken = {"Code": "OK", "Message": "OK", "RequestId": "r-1", "SignName": NAME}
    api, side = answered("alibaba", throttled, throttled, taken)
    api.submit(application())
    nonces = {request.headers["x-acs-signature-nonce"] for request in side.requests}
    assert (len(side.requests), len(nonces)) == (3, 3)


def test_key_is_whole_or_refused_and_never_shown() -> None:
    with pytest.raises(ValidationError):
        credentials(endpoint="http://sms.example")
    account = credentials(securityToken="a-token")
    assert set(account.secrets()) == {"LTAIexample", "an-invented-secret", "a-token"}
    assert "an-invented-secret" not in repr(account)
