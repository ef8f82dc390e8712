"""Each vendor's gateway: limits, records, ordered codes, unreadable requests, and credentials."""

from __future__ import annotations

import importlib

import pytest

from pulumi_smssign.sandbox import ManualClock, RunningSandbox, Sandbox
from pulumi_smssign.sandbox.evidence import Evidence
from pulumi_smssign.sandbox.gateway import SlidingWindow
from pulumi_smssign.sandbox.http_messages import Document
from tests.images import jpeg, png
from tests.sandbox.alibaba.caller import Alibaba
from tests.sandbox.caller import TEXT, Caller
from tests.sandbox.huawei.caller import SERVICE, SIGNATURES, Huawei
from tests.sandbox.tencent.caller import Tencent, error_of
from tests.sandbox.yunpian.caller import APIKEY, Yunpian

# ---------------------------------------------------------------- records


def summary(content: bytes) -> Document:
    return Evidence.of(content).summary()


RECORDED: dict[str, tuple[Document, str, Document]] = {
    "alibaba": (
        {"Surplus": "x", "MoreData": '["1/a.png?Signature=x", "1/b.png"]'},
        "CreateSmsSign",
        {
            "SignName": TEXT,
            "SignSource": "0",
            "QualificationId": "1000000417",
            "Surplus": True,
            "MoreData": ["1/a.png", "1/b.png"],
        },
    ),
    "huawei": (
        {"legal_person": "张三", "apply_desc": {"nested": "张三"}},
        "CreateSignature",
        {**Huawei.usual, "legal_person": True, "apply_desc": True},
    ),
    "tencent": (
        {"IdCardNumber": "11010119900307451X", "Remark": "x"},
        "AddSmsSign",
        {**Tencent.usual, "ProofImage": summary(png()), "IdCardNumber": True, "Remark": "x"},
    ),
    "ucloud": (
        {"Region": "cn-bj2", "International": False},
        "CreateUSMSSignature",
        {
            "ProjectId": "org-sandbox",
            "SigContent": TEXT,
            "SigType": "0",
            "SigPurpose": "0",
            "CertificateType": "0",
            "Description": "login codes",
            "International": "false",
            "Region": True,
            "File": summary(png()),
        },
    ),
    "yunpian": (
        {"callback": "x", "sign_use": None},
        "add",
        {
            **{name: value for name, value in Yunpian.usual.items() if name != "sign_use"},
            "apikey": True,
            "callback": True,
            "license_base64": [summary(jpeg())],
        },
    ),
}
"""By vendor, changes to an application, its action, and the fields that are remembered of it."""


@pytest.mark.parametrize("caller", RECORDED, indirect=True)
def test_a_record_has_plain_fields_and_digests_but_no_file_and_no_unknown_value(
    caller: Caller, sandbox: Sandbox
) -> None:
    changes, action, fields = RECORDED[caller.vendor]
    caller.refused(**changes)

    assert [call.fields for call in sandbox.calls(caller.vendor, action)] == [fields]


REFUSED = {
    "alibaba": ("SignName.Exists", 400),
    "huawei": ("MSGSMS.0006", 400),
    "tencent": ("InvalidParameterValue.SignExistAndUnapproved", 200),
    "ucloud": ("18003", 200),
    "yunpian": ("-54", 400),
}


@pytest.mark.parametrize("caller", REFUSED, indirect=True)
def test_calls_are_recorded_with_their_outcome(caller: Caller, sandbox: Sandbox) -> None:
    code, status = REFUSED[caller.vendor]
    other = caller.of("marketing")
    other.submit()
    other.refused()

    first, second = sandbox.calls(caller.vendor)
    assert (first.account, first.code, first.http_status) == ("marketing", "", 200)
    assert (second.account, second.code, second.http_status) == ("marketing", code, status)
    assert {first.action, second.action} == {RECORDED[caller.vendor][1]}
    assert second.n == first.n + 1
    assert [each.account for each in sandbox.signatures(caller.vendor)] == ["marketing"]


# ---------------------------------------------------------------- limits


def test_alibaba_limits_reads_of_one(alibaba: Alibaba) -> None:
    alibaba.submit()
    codes = [alibaba.code("GetSmsSign", SignName=TEXT) for _ in range(151)]
    alibaba.sandbox.switches.set({"alibaba.enforce_looks": False})
    lifted = alibaba.code("GetSmsSign", SignName=TEXT)
    alibaba.sandbox.switches.set({"alibaba.enforce_looks": True})
    alibaba.clock.advance(1)

    assert codes == [""] * 150 + ["Throttling.User"]
    assert (lifted, alibaba.code("GetSmsSign", SignName=TEXT)) == ("", "")


@pytest.mark.parametrize(
    ("action", "limit"),
    [("AddSmsSign", 1), ("ModifySmsSign", 1), ("DeleteSmsSign", 1), ("DescribeSmsSignList", 20)],
)
def test_tencent_limits_each_action_over_a_second(
    tencent: Tencent, sandbox: Sandbox, clock: ManualClock, action: str, limit: int
) -> None:
    sandbox.switches.set({"tencent.enforce_rate": True})
    forged = tencent.post(b"{}", X_TC_Action=action, Authorization="TC3-HMAC-SHA256 x")
    codes = [error_of(tencent.post(b"{}", X_TC_Action=action)) for _ in range(limit + 1)]
    others = error_of(tencent.of("marketing").post(b"{}", X_TC_Action=action))
    clock.advance(1)

    assert error_of(forged) == "AuthFailure.InvalidAuthorization"  # uses up no limit
    assert codes == ["MissingParameter"] * limit + ["RequestLimitExceeded"]
    assert others == error_of(tencent.post(b"{}", X_TC_Action=action)) == "MissingParameter"


def test_huawei_limits_calls_by_account_and_api(huawei: Huawei) -> None:
    assert huawei.sandbox.switches.number("huawei.rate_limit") == 200
    huawei.sandbox.switches.set({"huawei.rate_limit": 2})
    Huawei(huawei.served, huawei.http, huawei.clock, secret_key="wrong").ping()  # uses up no limit
    answers = [huawei.send("GET", SIGNATURES) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[2].json()["error_code"] == "APIGW.0308"
    assert answers[2].json()["error_msg"].endswith("limit:2,time:1 second")
    assert huawei.send("GET", f"{SERVICE}/apps").is_success
    assert huawei.of("marketing").ping() == ""
    huawei.sandbox.switches.set({"huawei.rate_limit": 0})
    assert huawei.ping() == ""


@pytest.mark.parametrize(
    ("caller", "limit", "code"),
    [
        ("huawei", 12 * 1024 * 1024, "APIGW.0201"),
        ("tencent", 10 * 1024 * 1024, "RequestSizeLimitExceeded"),
        ("ucloud", 32 * 1024 * 1024, "240"),
    ],
    indirect=["caller"],
)
def test_a_request_beyond_the_limit_is_refused(
    caller: Caller, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch, limit: int, code: str
) -> None:
    gateway = importlib.import_module(f"pulumi_smssign.sandbox.{caller.vendor}.gateway")
    assert limit == gateway.BODY_LIMIT
    monkeypatch.setattr(gateway, "BODY_LIMIT", 100)

    assert caller.refused() == code
    assert sandbox.signatures() == []


def test_the_window_slides() -> None:
    clock = ManualClock(100.0)
    window = SlidingWindow(clock)

    admitted = []
    for _ in range(6):
        admitted.append(window.admit("key", 2))
        clock.advance(0.4)

    assert admitted == [True, True, False, True, True, False]


def test_keys_are_counted_apart() -> None:
    window = SlidingWindow(ManualClock(100.0))

    assert [window.admit(key, 1) for key in ("a", "b", "a")] == [True, True, False]


def test_a_clock_that_is_put_back_blocks_nobody() -> None:
    clock = ManualClock(100.0)
    window = SlidingWindow(clock)
    window.admit("key", 1)
    clock.advance(-50)

    assert window.admit("key", 1)


# ---------------------------------------------------------------- codes that are ordered

ORDERED = [
    *(("alibaba", code, 400) for code in ("Throttling.User", "Throttling.Api", "InvalidSignName")),
    *(("alibaba", f"{code}.Expired", 400) for code in ("InvalidSecurityToken", "InvalidTimeStamp")),
    ("alibaba", "SignatureDoesNotMatch", 400),
    *(("alibaba", f"{code}NotFound", 404) for code in ("InvalidAccessKeyId.", "Qualification")),
    *(("alibaba", f"{code}NotFound", 404) for code in ("InvalidAction.", "Signature")),
    *(("alibaba", code, 404) for code in ("InvalidAccessKeyId", "InvalidProduct.NotFound")),
    *(("alibaba", code, 403) for code in ("Forbidden", "Forbidden.RAM")),
    *(("alibaba", "UnsupportedHTTPMethod", 405), ("alibaba", "RequestEntityTooLarge", 413)),
    *(("alibaba", "ServiceUnavailable", 503), ("alibaba", "InternalError", 500)),
    *(("alibaba", f"isp.{code}", 200) for code in ("SYSTEM_ERROR", "RAM_PERMISSION_DENY")),
    *(("alibaba", code, 200) for code in ("isv.SMS_OVER_LIMIT", "SIGNATURE_BLACKLIST")),
    *(("huawei", code, 500) for code in ("MSGSMS.0001",)),
    *(("huawei", code, 404) for code in ("MSGSMS.0014", "MSGSMS.0033", "APIGW.0103")),
    *(("huawei", code, 400) for code in ("MSGSMS.0188", "APIG.0308")),
    *(("tencent", code, 200) for code in ("UnsupportedRegion", "InternalError.UnknownError")),
    *(("ucloud", code, 200) for code in ("110", "130", "18004", "18013")),
    *(("yunpian", code, 400) for code in ("-5", "-999", "E1")),
]


@pytest.mark.parametrize(("caller", "code", "status"), ORDERED, indirect=["caller"])
def test_any_code_can_be_ordered_in_its_envelope(caller: Caller, code: str, status: int) -> None:
    _, action, _ = RECORDED[caller.vendor]
    caller.sandbox.faults.add(vendor=caller.vendor, action=action, kind="error", code=code)

    assert caller.refused() == code
    assert caller.sandbox.calls()[0].http_status == status
    assert caller.refused() == ""


# ---------------------------------------------------------------- requests that can't be read

DEEP = b"[" * 100_000
BROKEN = [
    *(("huawei", body, "MSGSMS.0002") for body in (b"", b"{", b"[]", b"\xff\xfe", DEEP)),
    ("huawei", b'{"app_id": "\\ud800"}', "MSGSMS.0002"),
    *(("tencent", body, "FailedOperation.JsonParseFail") for body in (b"", b'{"x": 0', DEEP)),
    *(("tencent", body, "FailedOperation.JsonParseFail") for body in (b"\xff\xfe\xfd", b"[NaN]")),
    ("tencent", b'{"x": "\\ud800"}', "FailedOperation.JsonParseFail"),
    ("tencent", b'{"x": "\xed\xa0\x80"}', "FailedOperation.JsonParseFail"),
    ("tencent", b"[]", "FailedOperation.FailResolvePacket"),
    ("tencent", b'{"International": null}', "MissingParameter"),
    *(("ucloud", b'{"Action": ' + rest, "18000") for rest in (b"", b'"\\ud800"}', DEEP)),
    *(("ucloud", body, "18000") for body in (b'["Action"]', b'"Action"')),
]


@pytest.mark.parametrize(
    ("caller", "body", "code"),
    BROKEN,
    indirect=["caller"],
    ids=[f"{vendor} {body[:20]!r}" for vendor, body, _ in BROKEN],
)
def test_a_body_that_is_none_is_refused_and_has_no_fields(
    caller: Caller, sandbox: Sandbox, body: bytes, code: str
) -> None:
    if isinstance(caller, Huawei):
        met = caller.code("POST", SIGNATURES, body)
    elif isinstance(caller, Tencent):
        met = error_of(caller.post(body))
    else:
        headers = {"Content-Type": "application/json"}
        met = str(caller.http.post("/", content=body, headers=headers).json()["RetCode"])

    assert met == code
    assert sandbox.calls()[0].fields == ({"International": None} if b"null" in body else {})


# ---------------------------------------------------------------- credentials


def test_credentials_are_the_environment_of_each_vendors_clients(
    served: RunningSandbox, sandbox: Sandbox
) -> None:
    url, address = served.url, served.address
    sk, project = "smssign-sandbox-sk-0000000000000000", "5b0c00000000000000000000000d35c0"

    assert sandbox.credentials(address) == {
        "tencent": {
            "TENCENTCLOUD_ENDPOINT": address,
            "TENCENTCLOUD_SECRET_ID": "AKIDsmssign-sandbox",
            "TENCENTCLOUD_SECRET_KEY": "smssign-sandbox-secret-key-0000000",
        },
        "huawei": {
            "HUAWEICLOUD_MSGSMS_ENDPOINT": url,
            "HUAWEICLOUD_IAM_ENDPOINT": url,
            "HUAWEICLOUD_SDK_AK": "smssign-sandbox",
            "HUAWEICLOUD_SDK_SK": sk,
            "HUAWEICLOUD_SDK_PROJECT_ID": project,
        },
        "ucloud": {
            "UCLOUD_BASE_URL": url,
            "UCLOUD_PUBLIC_KEY": "smssign-sandbox",
            "UCLOUD_PRIVATE_KEY": "smssign-sandbox-private-key-0000",
            "UCLOUD_PROJECT_ID": "org-sandbox",
        },
        "yunpian": {"YUNPIAN_BASE_URL": url, "YUNPIAN_APIKEY": APIKEY},
        "alibaba": {
            "ALIBABA_CLOUD_ENDPOINT": address,
            "ALIBABA_CLOUD_ACCESS_KEY_ID": "LTAIsmssign-sandbox",
            "ALIBABA_CLOUD_ACCESS_KEY_SECRET": "smssign-sandbox-access-secret-0000",
        },
    }
