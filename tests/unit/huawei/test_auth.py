"""The account's credentials, and the signing of its calls."""

from __future__ import annotations

import threading

import httpx
import pytest
from pydantic import SecretStr, ValidationError

from pulumi_smssign.contract.signing import canonical_query
from pulumi_smssign.core.accounts import Accounts
from pulumi_smssign.core.registry import named
from pulumi_smssign.huawei.auth import AccountCredentials
from pulumi_smssign.huawei.signing import KeyAuth, authorization
from pulumi_smssign.model.errors import AccountError
from pulumi_smssign.model.review import Handle
from tests.huawei_applications import application
from tests.unit.huawei.desk import (
    ENDPOINT,
    ID,
    PROJECT,
    SIGNATURES,
    Desk,
    api_at,
    credentials,
    error,
    iam_error,
    in_threads,
    shown,
)

NOON = 1744372800.0
"""2025-04-11 12:00:00 UTC."""
BODY = (
    b'{"app_id":"9e61f59c-1a6b-4ee5-9651-5bca450694b3","is_involved_third":"No",'
    b'"signature_name":"CloudTest","signature_source":0,"signature_type":"NOTIFY_TYPE"}'
)
HANDLE = Handle(ID)
USER = {"userName": "reviewer", "password": "an-invented-password", "domainName": "cloudtest"}


def signed(request: httpx.Request) -> httpx.Headers:
    """The headers with which a request goes out at noon."""
    auth = KeyAuth("AKEXAMPLE", SecretStr("SKEXAMPLE"), clock=lambda: NOON)
    return next(auth.sync_auth_flow(request)).headers


def request(
    method: str, path: str, content: bytes = b"", content_type: str = "application/json"
) -> httpx.Request:
    headers = {"Content-Type": content_type, "X-Project-Id": PROJECT}
    return httpx.Request(method, f"{ENDPOINT}{path}", headers=headers, content=content)


def test_the_reference_s_vector_of_a_create() -> None:
    headers = signed(request("POST", SIGNATURES, content=BODY))
    assert headers["X-Sdk-Date"] == "20250411T120000Z"
    assert headers["Authorization"] == (
        "SDK-HMAC-SHA256 Access=AKEXAMPLE, "
        "SignedHeaders=content-type;host;x-project-id;x-sdk-date, "
        "Signature=7b5862ac0d46bc8696ebe2c0313a911b5bfb2c55ccb06bb2af83f559180c6b70"
    )


def test_the_reference_s_vector_of_a_list() -> None:
    query = canonical_query({"signature_name": "云 测试", "offset": "0", "limit": "10"}.items())
    headers = signed(request("GET", f"{SIGNATURES}?{query}"))
    assert query == "limit=10&offset=0&signature_name=%E4%BA%91%20%E6%B5%8B%E8%AF%95"
    assert headers["Authorization"].endswith(
        "Signature=f047fb6b7136c42648bd84f4b753b287a0d376841fcd702289b4592301d8140e"
    )


def test_the_reference_s_vector_of_an_upload() -> None:
    upload = request(
        "POST",
        f"/v2/{PROJECT}/msgsms/upload-files?file_desc=lic",
        content=b"any",
        content_type="multipart/form-data; boundary=BOUNDARY",
    )
    headers = signed(upload)
    assert headers["X-Sdk-Content-Sha256"] == "UNSIGNED-PAYLOAD"
    assert headers["Authorization"].endswith(
        "SignedHeaders=content-type;host;x-project-id;x-sdk-content-sha256;x-sdk-date, "
        "Signature=733bfb11e5c1811eb533a79b3729eed68eb4736a4c6bbb41dc30b7172a3d24f0"
    )


def test_a_request_is_signed_anew_at_each_attempt() -> None:
    clock = iter((NOON, NOON + 60))
    auth = KeyAuth("AKEXAMPLE", SecretStr("SKEXAMPLE"), clock=lambda: next(clock))
    desk = Desk(error("MSGSMS.0001", 500), shown())
    api_at(desk, auth=auth).reviews([HANDLE])
    dates = [asked.headers["X-Sdk-Date"] for asked in desk.asked]
    assert dates == ["20250411T120000Z", "20250411T120100Z"]
    for asked in desk.asked:
        signature = authorization("AKEXAMPLE", "SKEXAMPLE", asked)
        assert asked.headers["Authorization"] == signature


@pytest.mark.parametrize(
    "answer",
    [
        error("APIG.0307", 401, "The token must be updated."),
        httpx.Response(401, text="<html>Unauthorized</html>"),
        iam_error(401, 401, "Unauthorized"),
    ],
    ids=["a token's", "a proxy's", "IAM's"],
)
def test_a_failed_authentication_is_the_account_s_error_and_never_repeated(
    answer: httpx.Response,
) -> None:
    desk = Desk(answer)
    api = api_at(desk)
    with pytest.raises(AccountError) as first:
        api.find(application())
    with pytest.raises(AccountError) as second:
        api.withdraw(HANDLE)
    assert len(desk.asked) == 1
    assert "five minutes" in first.value.advice
    assert "not asked again" in second.value.summary
    assert second.value.code == first.value.code


def test_a_missing_permission_is_asked_again_since_it_locks_no_key() -> None:
    desk = Desk(error("MSGSMS.0003", 401), error("APIGW.0302", 403), shown())
    api = api_at(desk)
    for _ in range(2):
        with pytest.raises(AccountError):
            api.reviews([HANDLE])
    assert HANDLE in api.reviews([HANDLE])


def test_calls_of_a_key_that_was_accepted_run_beside_each_other() -> None:
    both_are_in = threading.Barrier(2, timeout=20)
    api = api_at(Desk(shown()))
    api.reviews([HANDLE])

    def answer(_request: httpx.Request) -> httpx.Response:
        both_are_in.wait()
        return shown()

    api._transport._http._transport = httpx.MockTransport(answer)
    in_threads(2, lambda: api.reviews([HANDLE]))
    assert not both_are_in.broken


def test_credentials_of_a_key_know_their_region_s_hosts() -> None:
    made = AccountCredentials.model_validate({"ak": "a", "sk": "s", "projectId": PROJECT})
    assert made.endpoint == "https://msgsms.cn-north-4.myhuaweicloud.com"
    assert made.iam_endpoint == "https://iam.cn-north-4.myhuaweicloud.com"
    south = AccountCredentials.model_validate(
        {"ak": "a", "sk": "s", "projectId": PROJECT, "region": "cn-south-1"}
    )
    assert south.endpoint == "https://msgsms.cn-south-1.myhuaweicloud.com"
    assert south.iam_endpoint == "https://iam.cn-south-1.myhuaweicloud.com"


def test_other_hosts_are_set_beside_the_region() -> None:
    made = AccountCredentials.model_validate(
        {
            **USER,
            "projectId": PROJECT,
            "endpoint": "https://sms.example/",
            "iamEndpoint": "https://iam.example",
        }
    )
    assert (made.endpoint, made.iam_endpoint) == ("https://sms.example", "https://iam.example")


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
def test_a_setting_that_can_not_be_is_refused_by_its_name(setting: str, value: str) -> None:
    with pytest.raises(ValidationError) as refused:
        credentials(ak="a", sk="s", **{setting: value})
    assert refused.value.errors()[0]["loc"] == (setting,)
    assert value not in str(refused.value)


def test_a_key_and_an_iam_user_are_not_mixed() -> None:
    with pytest.raises(ValidationError, match="give one of the two") as refused:
        credentials(ak="a", sk="s", **USER)
    assert {one["loc"] for one in refused.value.errors()} == {
        ("userName",),
        ("password",),
        ("domainName",),
    }


def test_what_is_secret_of_either_identity() -> None:
    assert set(credentials(ak="a-key", sk="its-secret", securityToken="t-1").secrets()) == {
        "a-key",
        "its-secret",
        "t-1",
    }
    assert set(credentials(**USER).secrets()) == {"an-invented-password"}


class Settings(dict[str, str]):
    """A stack's configuration."""


@pytest.fixture
def _no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in AccountCredentials.environment.values():
        monkeypatch.delenv(variable, raising=False)


@pytest.mark.usefixtures("_no_environment")
@pytest.mark.parametrize(
    ("setting", "missing"),
    [
        ("{}", "lacks ak and sk and projectId"),
        ('{"ak": "an-ak", "projectId": "0417"}', "lacks sk"),
        ('{"userName": "u", "domainName": "d", "projectId": "0417"}', "lacks password"),
    ],
)
def test_what_an_identity_still_lacks_is_named(setting: str, missing: str) -> None:
    accounts = Accounts(Settings({"smssign:huawei": setting}))
    with pytest.raises(AccountError, match=missing):
        accounts.credentials(named("huawei"), "default")


@pytest.mark.usefixtures("_no_environment")
def test_a_key_of_the_environment_goes_with_a_region_of_the_configuration(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("HUAWEICLOUD_SDK_AK", "an-ak-of-the-environment")
    monkeypatch.setenv("HUAWEICLOUD_SDK_SK", "an-sk-of-the-environment")
    monkeypatch.setenv("HUAWEICLOUD_SDK_SECURITY_TOKEN", "a-token-of-the-environment")
    monkeypatch.setenv("HUAWEICLOUD_SDK_PROJECT_ID", PROJECT)
    accounts = Accounts(Settings({"smssign:huawei": '{"region": "cn-south-1"}'}))
    made = accounts.credentials(named("huawei"), "default")
    assert isinstance(made, AccountCredentials)
    assert made.ak == "an-ak-of-the-environment"
    assert made.security_token == SecretStr("a-token-of-the-environment")
    assert (made.project_id, made.region) == (PROJECT, "cn-south-1")


@pytest.mark.usefixtures("_no_environment")
def test_a_password_of_the_configuration_keeps_the_environment_s_key_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("HUAWEICLOUD_SDK_AK", "an-ak-of-the-environment")
    monkeypatch.setenv("HUAWEICLOUD_SDK_SK", "an-sk-of-the-environment")
    monkeypatch.setenv("HUAWEICLOUD_SDK_PROJECT_ID", PROJECT)
    setting = '{"userName": "u-1", "password": "an-invented-password", "domainName": "d-1"}'
    accounts = Accounts(Settings({"smssign:huawei": setting}))
    made = accounts.credentials(named("huawei"), "default")
    assert isinstance(made, AccountCredentials)
    assert (made.ak, made.user_name) == (None, "u-1")


@pytest.mark.parametrize(
    ("account", "key"),
    [("default", "smssign-sandbox"), ("marketing", "smssign-sandbox.marketing")],
)
def test_the_sandbox_s_account(account: str, key: str) -> None:
    made = AccountCredentials.sandbox(ENDPOINT, account)
    assert made.ak == key
    assert made.sk == SecretStr("smssign-sandbox-sk-0000000000000000")
    assert made.project_id == "5b0c00000000000000000000000d35c0"
    assert made.endpoint == made.iam_endpoint == ENDPOINT
