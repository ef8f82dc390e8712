"""Who calls: test keys, tokens and clocks at each vendor, and what its official signer signs."""

from __future__ import annotations

from urllib.parse import quote, quote_plus

import pytest

from pulumi_smssign.sandbox import ManualClock, Sandbox
from pulumi_smssign.sandbox.alibaba import auth as alibaba_auth
from pulumi_smssign.sandbox.http_messages import Document, HttpRequest
from pulumi_smssign.sandbox.huawei import auth as huawei_auth
from pulumi_smssign.sandbox.tencent import auth as tencent_auth
from pulumi_smssign.sandbox.ucloud import auth as ucloud_auth
from tests.sandbox.alibaba.caller import KEY
from tests.sandbox.caller import Caller
from tests.sandbox.huawei.caller import AK
from tests.sandbox.yunpian.caller import APIKEY

SECRET_ID, PUBLIC_KEY = tencent_auth.SECRET_ID, ucloud_auth.PUBLIC_KEY
SUFFIXES = (".", "x", ".a b")
"""After a test key, those that name no account."""
STRANGERS = [
    *(("alibaba", key, "InvalidAccessKeyId.NotFound") for key in ("LTAInobody", f"{KEY}.a/b")),
    *(("alibaba", KEY + suffix, "InvalidAccessKeyId.NotFound") for suffix in SUFFIXES[:2]),
    *(("huawei", key, "APIGW.0301") for key in ("nobody", f"{AK}x", f"{AK}.")),
    ("tencent", "nobody", "AuthFailure.InvalidSecretId"),
    ("tencent", "AKIDnobody", "AuthFailure.SecretIdNotFound"),
    *(("tencent", SECRET_ID + suffix, "AuthFailure.SecretIdNotFound") for suffix in SUFFIXES[:2]),
    *(("ucloud", key, "172") for key in ("nobody", *(PUBLIC_KEY + end for end in SUFFIXES))),
    *(("yunpian", key, "-1") for key in (APIKEY[:-1] + "1", f"{APIKEY}.", APIKEY.upper())),
]


@pytest.mark.parametrize(("caller", "key", "code"), STRANGERS, indirect=["caller"])
def test_an_unknown_key_is_refused_and_has_no_account(caller: Caller, key: str, code: str) -> None:
    caller.own_key = key

    assert caller.ping() == code
    assert (caller.sandbox.calls()[0].account, caller.sandbox.calls()[0].code) == ("", code)


TEMPORARY = [
    ("alibaba", "STS.smssign-temporary", ["MissingSecurityToken", "InvalidSecurityToken.Expired"]),
    ("huawei", "smssign-temporary", ["APIGW.0301"] * 2),
    ("tencent", "AKIDsmssign-temporary", ["AuthFailure.TokenFailure"] * 2),
]


@pytest.mark.parametrize(("caller", "key", "codes"), TEMPORARY, indirect=["caller"])
@pytest.mark.parametrize("account", ["default", "marketing"])
def test_a_temporary_key_needs_its_token(
    caller: Caller, sandbox: Sandbox, key: str, codes: list[str], account: str
) -> None:
    caller.own_key = key if account == "default" else f"{key}.{account}"
    met = []
    for token in (None, "another", "smssign-sandbox-token"):
        caller.token = token
        met.append(caller.ping())

    assert met == [*codes, ""]
    assert {call.account for call in sandbox.calls()} == {account}


@pytest.mark.parametrize(
    ("caller", "tolerance", "code"),
    [
        ("alibaba", 900, "InvalidTimeStamp.Expired"),
        ("huawei", 900, "APIGW.0301"),
        ("tencent", 300, "AuthFailure.SignatureExpire"),
    ],
    indirect=["caller"],
)
@pytest.mark.parametrize("sign", [-1, 1])
def test_a_clock_may_be_off_by_so_much(
    caller: Caller, clock: ManualClock, tolerance: int, code: str, sign: int
) -> None:
    clock.advance(1_800_000_000 - clock.now())
    codes = []
    for seconds in (tolerance, tolerance + 1):
        caller.off = sign * seconds
        codes.append(caller.ping())

    assert codes == ["", code]


# ---------------------------------------------------------------- signatures of the official SDKs

EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
QUERY = {
    "MoreData": '["1/a.png"]',
    "QualificationId": "1234567890123",
    "Remark": "登录 & 测",
    "SignName": "示例 A*~(b)",
    "SignSource": "0",
    "ThirdParty": "False",
}
ACS3_HEADERS = {
    "accept": "application/json",
    "host": "127.0.0.1:8080",
    "user-agent": "vector-test",
    "x-acs-action": "CreateSmsSign",
    "x-acs-content-sha256": EMPTY,
    "x-acs-credentials-provider": "static_ak",
    "x-acs-date": "2025-01-02T03:04:05Z",
    "x-acs-signature-nonce": "0123456789abcdef0123456789abcdef",
    "x-acs-version": "2017-05-25",
}


@pytest.mark.parametrize("encode", [quote, quote_plus])
@pytest.mark.parametrize("names", [list(QUERY), list(reversed(QUERY))])
def test_alibabas_sdk_signs_alike(encode: object, names: list[str]) -> None:
    assert callable(encode)
    query = "&".join(f"{name}={encode(QUERY[name])}" for name in names)
    request = HttpRequest("POST", "/", query, ACS3_HEADERS, b"")
    signature = alibaba_auth.signature(
        request, tuple(sorted(ACS3_HEADERS)), secret="local-secret-for-tests"
    )

    assert signature == "62477be32083de791e1e5dad1b4a688ba60be18b760f3275fffb3a841e171d23"


PROJECT = "845ada5bc7444f1295cd517af0123da1"
JSON = "application/json"
BODY = (
    b'{"app_id":"9e61f59c-1a6b-4ee5-9651-5bca450694b3","is_involved_third":"No",'
    b'"signature_name":"CloudTest","signature_source":0,"signature_type":"NOTIFY_TYPE"}'
)
NAME = "%E4%BA%91%20%E6%B5%8B%E8%AF%95"
FORM: dict[str, str] = {
    "content-type": "multipart/form-data; boundary=BOUNDARY",
    "x-sdk-content-sha256": "UNSIGNED-PAYLOAD",
}


CALLS: list[tuple[str, dict[str, str], bytes, str]] = [
    (
        *("POST signatures", {"content-type": JSON}, BODY),
        "7b5862ac0d46bc8696ebe2c0313a911b5bfb2c55ccb06bb2af83f559180c6b70",
    ),
    (
        *(f"GET signatures?limit=10&offset=0&signature_name={NAME}", {"content-type": JSON}, b""),
        "f047fb6b7136c42648bd84f4b753b287a0d376841fcd702289b4592301d8140e",
    ),
    (
        *("POST upload-files?file_desc=lic", FORM, b"any body"),
        "733bfb11e5c1811eb533a79b3729eed68eb4736a4c6bbb41dc30b7172a3d24f0",
    ),
]


@pytest.mark.parametrize(("call", "headers", "body", "signature"), CALLS)
def test_huaweis_sdk_signs_alike(
    call: str, headers: dict[str, str], body: bytes, signature: str
) -> None:
    method, target = call.split()
    path, _, query = f"/v2/{PROJECT}/msgsms/{target}".partition("?")
    own = {"host": "127.0.0.1:18977", "x-project-id": PROJECT, "x-sdk-date": "20250411T120000Z"}
    request = HttpRequest(method, path, query, {**own, **headers}, body)

    names = tuple(sorted(request.headers))
    assert huawei_auth.signature(request, names, sk="SKEXAMPLE") == signature


@pytest.mark.parametrize(
    ("host", "body", "signature"),
    [
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
    ],
)
def test_tencents_sdk_signs_alike(host: str, body: bytes, signature: str) -> None:
    request = HttpRequest("POST", "/", "", {"content-type": JSON, "host": host}, body)
    key = "ExampleSecretKeyForTests00000000"

    assert signature == tencent_auth.signature(
        request, ("content-type", "host"), "1700000000", secret_key=key
    )


USMS: list[tuple[Document, str]] = [
    (
        {
            "Action": "CreateUSMSSignature",
            "CertificateType": "0",
            "SigType": "0",
            "Description": "login code",
            "International": "false",
            "ProjectId": "org-example",
            "File": "image/png;base64,iVBO+/w==",
            "ProxyFile": "image/png;base64,iVBORw==",
            "SigContent": "测试签名",
            "SigPurpose": "1",
        },
        "c8d048e96d9fd9653ff732dbc77ed929c2743d11",
    ),
    (
        {
            "Action": "DeleteUSMSSignature",
            "ProjectId": "org-example",
            "SigIds.0": "SIG20260101AAAAAA",
            "SigIds.1": "SIG20260101BBBBBB",
        },
        "a77fada33bb4403a1eec9d680719f05fe1168496",
    ),
    (
        {"Action": "QueryUSMSSignature", "ProjectId": "org-example", "SigContent": "测试签名"},
        "a3ace992678d6fe2c73ad581bc2f09a064b02743",
    ),
    (
        {"Action": "DescribeUHostInstance", "Region": "cn-bj2", "Limit": "10"},
        "cba5cf5ec4d4233d206b1b54951e3787350a642f",
    ),
]


@pytest.mark.parametrize(("parameters", "signature"), USMS)
def test_uclouds_sdk_and_page_sign_alike(parameters: Document, signature: str) -> None:
    key = "ucloudsomeone@example.com1296235120854146120"
    signed = {**parameters, "PublicKey": key, "Signature": "not signed itself"}

    assert ucloud_auth.signature(signed, "46f09bb9fab4f12dfc160dae12273d5332b5debe") == signature
