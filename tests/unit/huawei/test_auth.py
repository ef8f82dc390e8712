"""Huawei's signature, held to vectors that the SDK made, and its account's credentials."""

from __future__ import annotations

import threading
from typing import Any

import httpx
import pytest
from pydantic import SecretStr, ValidationError

from pulumi_smssign.contract.signing import canonical_query
from pulumi_smssign.core.accounts import Accounts
from pulumi_smssign.core.registry import named
from pulumi_smssign.huawei.auth import AccountCredentials
from pulumi_smssign.huawei.signing import KeyAuth, authorization
from pulumi_smssign.model.errors import AccountError, BugError
from pulumi_smssign.model.review import Handle
from tests.huawei_applications import application
from tests.unit.huawei.answers import ID, ITEM, error, iam_error
from tests.vendors.calls import NOWHERE, answer_with, answered, connected

NOON = 1744372800.0
"""2025-04-11 12:00:00 UTC."""
PROJECT = "845ada5bc7444f1295cd517af0123da1"
SIGNATURES = f"/v2/{PROJECT}/msgsms/signatures"
BODY = (
    b'{"app_id":"9e61f59c-1a6b-4ee5-9651-5bca450694b3","is_involved_third":"No",'
    b'"signature_name":"CloudTest","signature_source":0,"signature_type":"NOTIFY_TYPE"}'
)
HANDLE = Handle(ID)
KEY = {"ak": "a-key", "sk": "its-secret", "projectId": PROJECT}
USER = {
    "userName": "reviewer",
    "password": "an-invented-password",
    "domainName": "cloudtest",
    "projectId": PROJECT,
}


def signed(method: str, path: str, content: bytes = b"", kind: str = "") -> httpx.Headers:
    """The headers with which a request goes out at noon."""
    headers = {"Content-Type": kind or "application/json", "X-Project-Id": PROJECT}
    url = f"http://127.0.0.1:18977{path}"
    request = httpx.Request(method, url, headers=headers, content=content)
    auth = KeyAuth("AKEXAMPLE", SecretStr("SKEXAMPLE"), clock=lambda: NOON)
    return next(auth.sync_auth_flow(request)).headers


def test_creation_is_signed_as_in_the_reference() -> None:
    headers = signed("POST", SIGNATURES, BODY)
    assert headers["X-Sdk-Date"] == "20250411T120000Z"
    assert headers["Authorization"] == (
        "SDK-HMAC-SHA256 Access=AKEXAMPLE, "
        "SignedHeaders=content-type;host;x-project-id;x-sdk-date, "
        "Signature=7b5862ac0d46bc8696ebe2c0313a911b5bfb2c55ccb06bb2af83f559180c6b70"
    )


def test_list_is_signed_as_in_the_reference() -> None:
    query = canonical_query({"signature_name": "云 测试", "offset": "0", "limit": "10"}.items())
    assert query == "limit=10&offset=0&signature_name=%E4%BA%91%20%E6%B5%8B%E8%AF%95"
    assert signed("GET", f"{SIGNATURES}?{query}")["Authorization"].endswith(
        "Signature=f047fb6b7136c42648bd84f4b753b287a0d376841fcd702289b4592301d8140e"
    )


def test_upload_is_signed_as_in_the_reference() -> None:
    path = f"/v2/{PROJECT}/msgsms/upload-files?file_desc=lic"
    headers = signed("POST", path, b"any", "multipart/form-data; boundary=BOUNDARY")
    assert headers["X-Sdk-Content-Sha256"] == "UNSIGNED-PAYLOAD"
    assert headers["Authorization"].endswith(
        "SignedHeaders=content-type;host;x-project-id;x-sdk-content-sha256;x-sdk-date, "
        "Signature=733bfb11e5c1811eb533a79b3729eed68eb4736a4c6bbb41dc30b7172a3d24f0"
    )


def test_request_is_signed_anew_at_each_attempt() -> None:
    clock = iter((NOON, NOON + 60))
    auth = KeyAuth("AKEXAMPLE", SecretStr("SKEXAMPLE"), clock=lambda: next(clock))
    api, side = answered("huawei", error("MSGSMS.0001", 500), ITEM, auth=auth)
    api.reviews([HANDLE])
    dates = [request.headers["X-Sdk-Date"] for request in side.requests]
    assert dates == ["20250411T120000Z", "20250411T120100Z"]
    for request in side.requests:
        expected = authorization("AKEXAMPLE", "SKEXAMPLE", request)
        assert request.headers["Authorization"] == expected


@pytest.mark.parametrize(
    "answer",
    [
        error("APIG.0307", 401, "The token must be updated."),
        httpx.Response(401, text="<html>Unauthorized</html>"),
        iam_error(401, 401, "Unauthorized"),
    ],
    ids=["a token's", "a proxy's", "IAM's"],
)
def test_failed_authentication_is_never_repeated(answer: httpx.Response) -> None:
    api, side = answered("huawei", answer)
    with pytest.raises(AccountError) as first:
        api.find(application())
    with pytest.raises(AccountError, match="not asked again") as second:
        api.withdraw(HANDLE)
    assert len(side.requests) == 1
    assert "five minutes" in first.value.advice
    assert second.value.code == first.value.code


def test_missing_permission_locks_no_key_and_is_asked_again() -> None:
    api, _ = answered("huawei", error("MSGSMS.0003", 401), error("APIGW.0302", 403), ITEM)
    for _ in range(2):
        with pytest.raises(AccountError):
            api.reviews([HANDLE])
    assert HANDLE in api.reviews([HANDLE])


def test_calls_of_an_accepted_key_run_beside_each_other() -> None:
    both_are_in = threading.Barrier(2, timeout=20)
    api, _ = answered("huawei", ITEM)
    api.reviews([HANDLE])

    def answer(_request: httpx.Request) -> httpx.Response:
        both_are_in.wait()
        return httpx.Response(200, json=ITEM)

    answer_with(api, answer)
    threads = [threading.Thread(target=api.reviews, args=([HANDLE],)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not both_are_in.broken


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("projectId", "not-hexadecimal"),
        ("projectId", "0" * 33),
        ("region", "cn-north-4.evil.example/"),
        ("endpoint", "http://msgsms.example"),
        ("iamEndpoint", "ftp://iam.example"),
        ("accessKey", "AKEXAMPLE"),
    ],
)
def test_setting_that_can_not_be_is_refused_by_its_name(setting: str, value: str) -> None:
    with pytest.raises(ValidationError) as refused:
        AccountCredentials.model_validate({**KEY, setting: value})
    assert refused.value.errors()[0]["loc"] == (setting,)
    assert value not in str(refused.value)


def test_hosts_are_set_beside_the_region() -> None:
    hosts = {"endpoint": "https://sms.example/", "iamEndpoint": "https://iam.example"}
    made = AccountCredentials.model_validate({**USER, **hosts})
    assert (made.endpoint, made.iam_endpoint) == ("https://sms.example", "https://iam.example")


def test_key_and_iam_user_are_not_mixed() -> None:
    with pytest.raises(ValidationError, match="give one of the two") as refused:
        AccountCredentials.model_validate({**KEY, **USER})
    places = {place for finding in refused.value.errors() for place in finding["loc"]}
    assert places == {"userName", "password", "domainName"}


def test_either_identity_has_its_secrets() -> None:
    key = AccountCredentials.model_validate({**KEY, "securityToken": "t-1"})
    assert set(key.secrets()) == {"a-key", "its-secret", "t-1"}
    user = AccountCredentials.model_validate(USER)
    assert set(user.secrets()) == {"an-invented-password"}


@pytest.mark.parametrize(
    ("setting", "expected"),
    [
        (
            '{"region": "cn-south-1"}',
            {"ak": "an-ak", "security_token": SecretStr("a-token"), "region": "cn-south-1"},
        ),
        (
            '{"userName": "u-1", "password": "an-invented-password", "domainName": "d-1"}',
            {"ak": None, "user_name": "u-1"},
        ),
    ],
    ids=["a region beside the environment's key", "a password instead of it"],
)
def test_environment_completes_one_identity(
    setting: str, expected: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HUAWEICLOUD_SDK_AK", "an-ak")
    monkeypatch.setenv("HUAWEICLOUD_SDK_SK", "an-sk")
    monkeypatch.setenv("HUAWEICLOUD_SDK_SECURITY_TOKEN", "a-token")
    monkeypatch.setenv("HUAWEICLOUD_SDK_PROJECT_ID", PROJECT)
    configuration = {"smssign:huawei": setting}
    made = Accounts(configuration).credentials(named("huawei"), "default")
    assert {name: getattr(made, name) for name in expected} == expected


@pytest.mark.parametrize(("status", "is_accepted"), [(404, True), (499, True), (500, False)])
def test_key_counts_as_accepted_once_the_service_itself_has_answered(
    status: int, is_accepted: bool
) -> None:
    auth = KeyAuth("AKEXAMPLE", SecretStr("SKEXAMPLE"), clock=lambda: NOON)
    flow = auth.sync_auth_flow(httpx.Request("GET", f"http://127.0.0.1:9{SIGNATURES}"))
    next(flow)
    with pytest.raises(StopIteration):
        flow.send(httpx.Response(status, json={}))
    assert auth._accepted is is_accepted


def test_temporary_keys_token_is_sent_and_signed() -> None:
    auth = KeyAuth("AKEXAMPLE", SecretStr("SKEXAMPLE"), SecretStr("t-1"), clock=lambda: NOON)
    request = httpx.Request("GET", f"http://127.0.0.1:9{SIGNATURES}")
    headers = next(auth.sync_auth_flow(request)).headers
    assert headers["X-Security-Token"] == "t-1"
    assert "SignedHeaders=host;x-sdk-date;x-security-token, " in headers["Authorization"]


def test_second_refusal_repeats_the_first_ones_advice() -> None:
    api, _ = answered("huawei", error("APIGW.0301", 401, "Incorrect IAM."))
    with pytest.raises(AccountError) as first:
        api.withdraw(HANDLE)
    with pytest.raises(AccountError) as second:
        api.withdraw(HANDLE)
    assert second.value.summary == (
        "huawei refused the account's keys earlier in this run, and was not asked again"
    )
    assert second.value.advice == first.value.advice
    assert (second.value.code, second.value.vendor) == ("APIGW.0301", "huawei")
    assert second.value.vendor_message == "Incorrect IAM."


@pytest.mark.parametrize("settings", [KEY, USER], ids=["a key", "an IAM user"])
def test_half_an_identity_signs_nothing(settings: dict[str, str]) -> None:
    nobody: dict[str, str | None] = dict.fromkeys(AccountCredentials.test_keys)
    for missing in settings.keys() - {"projectId"}:
        half = {**nobody, **settings, missing: None}
        with pytest.raises(BugError, match="neither a key nor an IAM user"):
            connected("huawei", NOWHERE, None, **half)
