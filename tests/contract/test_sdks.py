"""The vendors' official SDKs, unchanged, drive the sandbox: what they can't read, we play wrongly.

One story for five SDKs; the specials of one stand in its `test_NAME_sdk`.
"""

from __future__ import annotations

import base64
from typing import Any

import pytest
from alibabacloud_tea_openapi.exceptions import ClientException, ServerException
from darabonba.exceptions import UnretryableException
from huaweicloudsdkcore.exceptions.exceptions import ConnectionException, ServerResponseException
from requests.exceptions import ConnectionError as LostConnectionError
from tencentcloud.common.exception.tencent_cloud_sdk_exception import TencentCloudSDKException
from ucloud.core.exc import HTTPStatusException, InvalidResponseException, RetCodeException

from pulumi_smssign.sandbox import ManualClock, RunningSandbox, Sandbox
from tests.contract.alibaba_sdk import AlibabaSdk
from tests.contract.huawei_sdk import HuaweiSdk
from tests.contract.sdk import TEXT, Sdk, Shown
from tests.contract.tencent_sdk import PROOF, TencentSdk
from tests.contract.ucloud_sdk import UCloudSdk
from tests.contract.yunpian_sdk import FOR_OTHERS, YunpianSdk, licence
from tests.engine.cases import ALIBABA, CASES, HUAWEI, TENCENT, UCLOUD, YUNPIAN, Case
from tests.images import png

pytestmark = [
    # Two SDKs ask for the time in a way that Python 3.12 calls deprecated.
    pytest.mark.filterwarnings("ignore:.*utcnow:DeprecationWarning"),
    pytest.mark.filterwarnings("ignore:.*utcfromtimestamp:DeprecationWarning"),
    pytest.mark.filterwarnings("ignore:.*fileds are useless"),
]

SDKS: dict[str, type[Sdk]] = {
    "alibaba": AlibabaSdk,
    "huawei": HuaweiSdk,
    "tencent": TencentSdk,
    "ucloud": UCloudSdk,
    "yunpian": YunpianSdk,
}

Fields = dict[str, Any]


@pytest.fixture(params=CASES, ids=str)
def case(request: pytest.FixtureRequest) -> Case:
    """The vendor."""
    vendor: Case = request.param
    return vendor


@pytest.fixture
def sdk(case: Case, served: RunningSandbox) -> Sdk:
    served.sandbox.switches.set({"tencent.enforce_rate": False})
    return SDKS[case.vendor](served)


def rows(names: str, *cells: tuple[Any, ...]) -> pytest.MarkDecorator:
    """A table whose first column is the vendor."""
    ids = [f"{vendor}-{number}" for number, (vendor, *_) in enumerate(cells)]
    return pytest.mark.parametrize(f"case, {names}", cells, indirect=["case"], ids=ids)


# The life of a signature


def test_application_is_submitted_and_shown(sdk: Sdk, case: Case) -> None:
    assert sdk.show(sdk.submit()) == Shown(TEXT, case.statuses.pending)


def test_approval_is_shown(sdk: Sdk, case: Case, sandbox: Sandbox) -> None:
    signature = sdk.submit()
    sandbox.approve(case.vendor, signature)
    statuses = {case.statuses.approved, "REVIEW_PROCESSING_COMPLETED"}
    assert sdk.show(signature).status in statuses


def test_rejection_is_mended_under_the_same_id(sdk: Sdk, case: Case, sandbox: Sandbox) -> None:
    signature = sdk.submit()
    sandbox.reject(case.vendor, signature, "资质不清晰")
    assert sdk.show(signature) == Shown(TEXT, case.statuses.rejected, "资质不清晰")
    sdk.change(signature)
    assert sdk.show(signature) == Shown(TEXT, case.statuses.pending)


@pytest.mark.parametrize("case", [case for case in CASES if case.deletes], indirect=True, ids=str)
def test_deleted_signature_is_gone_and_its_text_free(
    sdk: Sdk, case: Case, sandbox: Sandbox
) -> None:
    signature = sdk.submit()
    sandbox.approve(case.vendor, signature)
    sdk.delete(signature)
    with pytest.raises((sdk.error, ValueError)):
        sdk.show(signature)
    assert sandbox.signatures(case.vendor) == []
    assert sdk.submit()


@rows(
    "key",
    (ALIBABA, {"access_key_id": "LTAIsmssign-sandbox.marketing"}),
    (HUAWEI, {"ak": "smssign-sandbox.marketing"}),
    (TENCENT, {"secret_id": "AKIDsmssign-sandbox.marketing"}),
    (UCLOUD, {"public_key": "smssign-sandbox.marketing"}),
    (UCLOUD, {"project_id": "org-marketing"}),
    (YUNPIAN, {"apikey": "5a1d00000000000000000000005b0c00.marketing"}),
)
def test_accounts_see_only_their_own(
    sdk: Sdk, case: Case, served: RunningSandbox, key: Fields
) -> None:
    signature = sdk.submit()
    other = SDKS[case.vendor](served, **key)
    with pytest.raises((sdk.error, ValueError)):
        other.show(signature)
    assert other.submit()


def test_unknown_fields_of_an_answer_are_tolerated(sdk: Sdk, sandbox: Sandbox) -> None:
    sandbox.faults.add(kind="unknown_fields", times=2)
    assert sdk.show(sdk.submit()).text == TEXT


# Who calls


TEMPORARY: Fields = {"access_key_id": "STS.smssign-temporary"}


@rows(
    "key",
    (ALIBABA, {**TEMPORARY, "security_token": "smssign-sandbox-token"}),
    (HUAWEI, {"ak": "smssign-temporary", "token": "smssign-sandbox-token"}),
    (TENCENT, {"secret_id": "AKIDsmssign-temporary", "token": "smssign-sandbox-token"}),
)
def test_temporary_key_is_taken_with_its_token(
    case: Case, served: RunningSandbox, key: Fields
) -> None:
    assert SDKS[case.vendor](served, **key).submit()


@rows(
    "key, code",
    (ALIBABA, {"access_key_secret": "another-secret"}, "SignatureDoesNotMatch"),
    (ALIBABA, {"access_key_id": "LTAInobody"}, "InvalidAccessKeyId.NotFound"),
    (ALIBABA, TEMPORARY, "MissingSecurityToken"),
    (ALIBABA, {**TEMPORARY, "security_token": "x"}, "InvalidSecurityToken.Expired"),
    (HUAWEI, {"sk": "another-key"}, "APIGW.0301"),
    (HUAWEI, {"ak": "nobody"}, "APIGW.0301"),
    (HUAWEI, {"ak": "no body"}, "APIGW.0301"),
    (HUAWEI, {"ak": "smssign-temporary"}, "APIGW.0301"),
    (HUAWEI, {"ak": "smssign-temporary", "token": "expired"}, "APIGW.0301"),
    (HUAWEI, {"project": "0" * 32}, "MSGSMS.0003"),
    (HUAWEI, {"project": None}, "MSGSMS.0003"),
    (TENCENT, {"secret_key": "another-key"}, "AuthFailure.SignatureFailure"),
    (TENCENT, {"secret_id": "AKIDnobody"}, "AuthFailure.SecretIdNotFound"),
    (TENCENT, {"secret_id": "nobody"}, "AuthFailure.InvalidSecretId"),
    (TENCENT, {"secret_id": "no body"}, "AuthFailure.InvalidAuthorization"),
    (TENCENT, {"secret_id": "AKIDsmssign-temporary"}, "AuthFailure.TokenFailure"),
    (TENCENT, {"secret_id": "AKIDsmssign-temporary", "token": "x"}, "AuthFailure.TokenFailure"),
    (TENCENT, {"region": ""}, "MissingParameter"),
    (UCLOUD, {"private_key": "another-key"}, "171"),
    (UCLOUD, {"public_key": "nobody"}, "172"),
    (UCLOUD, {"project_id": "nowhere"}, "292"),
    (UCLOUD, {"project_id": "org-404"}, "292"),
    (UCLOUD, {"project_id": "org-403"}, "290"),
    (YUNPIAN, {"apikey": "nobody"}, "-1"),
)
def test_stranger_is_refused(case: Case, served: RunningSandbox, key: Fields, code: str) -> None:
    stranger = SDKS[case.vendor](served, **key)
    assert stranger.refused(stranger.submit) == code


@rows(
    "seconds, code",
    (ALIBABA, 1000, "InvalidTimeStamp.Expired"),
    (HUAWEI, 910, "APIGW.0301"),
    (TENCENT, 310, "AuthFailure.SignatureExpire"),
)
@pytest.mark.parametrize("sign", [-1, 1])
def test_wrong_clock_is_refused(
    sdk: Sdk, clock: ManualClock, seconds: int, code: str, sign: int
) -> None:
    clock.advance(sign * seconds)
    assert sdk.refused(sdk.submit) == code


def test_keys_are_those_that_the_sandbox_names(case: Case, served: RunningSandbox) -> None:
    named = served.sandbox.credentials(served.address)[case.vendor]
    assert {named[variable] for variable in case.keys.variables} == {*case.keys.variables.values()}
    hosts = named.keys() - case.keys.variables.keys()
    assert {named[host] for host in hosts} <= {served.url, served.address, "true"}


# Refusals


@rows(
    "changes, code",
    (ALIBABA, {"sign_name": None}, "MissingSignName"),
    (ALIBABA, {"sign_name": ""}, "MissingSignName"),
    (ALIBABA, {"sign_name": "【极客】"}, "InvalidSignName"),
    (ALIBABA, {"sign_name": "12345"}, "InvalidSignName"),
    (ALIBABA, {"qualification_id": None}, "MissingQualificationId"),
    (ALIBABA, {"qualification_id": 1404}, "QualificationNotFound"),
    (ALIBABA, {"qualification_id": 1403}, "InvalidQualification"),
    (ALIBABA, {"qualification_id": 1402}, "ParameterMismatch.ThirdParty"),
    (ALIBABA, {"sign_source": 5}, "TrademarkNotExist"),
    (ALIBABA, {"third_party": True}, "SmsAuthorizationLetterNotExist"),
    (
        ALIBABA,
        {"third_party": True, "authorization_letter_id": 1403},
        "SmsAuthorizationLetterNotMatch",
    ),
    (ALIBABA, {"third_party": True, "authorization_letter_id": 1401}, "SmsSignNotAuthorized"),
    *((HUAWEI, {name: None}, "MSGSMS.0002") for name in ("app_id", "signature_name")),
    *((HUAWEI, {name: None}, "MSGSMS.0002") for name in ("signature_source", "signature_type")),
    *((HUAWEI, {"signature_source": value}, "MSGSMS.0002") for value in (6, "first", 1, 3, 4)),
    (HUAWEI, {"app_id": "x" * 65}, "MSGSMS.0002"),
    (HUAWEI, {"app_id": "0404"}, "MSGSMS.0014"),
    (HUAWEI, {"signature_name": " "}, "MSGSMS.0002"),
    (HUAWEI, {"signature_name": "名" * 33}, "MSGSMS.0002"),
    (HUAWEI, {"signature_type": "MARKETING"}, "MSGSMS.0032"),
    (HUAWEI, {"is_involved_third": None}, "MSGSMS.0002"),
    (HUAWEI, {"is_involved_third": "yes"}, "MSGSMS.0002"),
    (HUAWEI, {"apply_desc": "x" * 101}, "MSGSMS.0002"),
    (HUAWEI, {"source_title_content": "x" * 513}, "MSGSMS.0002"),
    (HUAWEI, {"qualification_id": "x" * 65}, "MSGSMS.0002"),
    (HUAWEI, {"qualification_id": "资质"}, "MSGSMS.0002"),
    (HUAWEI, {"file_id": "never-uploaded"}, "MSGSMS.0011"),
    (HUAWEI, {"power_attorney_fileid": "never-uploaded"}, "MSGSMS.0011"),
    (TENCENT, {"SignName": None}, "MissingParameter"),
    (TENCENT, {"ProofImage": None}, "MissingParameter"),
    (TENCENT, {"SignType": "0"}, "InvalidParameter"),
    (TENCENT, {"SignName": "极" * 21}, "InvalidParameterValue.SignNameLengthTooLong"),
    (TENCENT, {"SignType": 2, "DocumentType": 0}, "FailedOperation.OtherError"),
    (TENCENT, {"SignType": 9}, "FailedOperation.OtherError"),
    (TENCENT, {"DocumentType": 9}, "InvalidParameterValue.InvalidDocumentType"),
    (TENCENT, {"DocumentType": 7}, "InvalidParameterValue.InvalidDocumentType"),
    (TENCENT, {"International": 2}, "InvalidParameterValue.InvalidInternational"),
    (TENCENT, {"SignPurpose": 2}, "InvalidParameterValue.InvalidUsedMethod"),
    (
        TENCENT,
        {"ProofImage": f"data:image/png;base64,{PROOF}"},
        "InvalidParameterValue.ImageInvalid",
    ),
    (TENCENT, {"ProofImage": "xxxx"}, "InvalidParameterValue.ImageInvalid"),
    (TENCENT, {"QualificationId": 1404}, "InvalidParameterValue.QualificationIdNotFound"),
    (TENCENT, {"QualificationId": 1403}, "FailedOperation.QualificationIdNotApproved"),
    (UCLOUD, {"SigContent": ""}, "18001"),
    (UCLOUD, {"SigPurpose": 1}, "18001"),
    (UCLOUD, {"File": "no base64!"}, "18002"),
    (UCLOUD, {"SigType": 99}, "18003"),
    (UCLOUD, {"CertificateType": 4}, "18003"),
    (UCLOUD, {"QualificationId": "Q404"}, "18003"),
    (UCLOUD, {"File": base64.b64encode(png(padding=4 * 1024 * 1024)).decode()}, "18003"),
    (YUNPIAN, {"apikey": ""}, "1"),
    (YUNPIAN, {"sign": ""}, "1"),
    (YUNPIAN, {"website": None}, "1"),
    *((YUNPIAN, {"sign": text}, "2") for text in ("极", "一" * 21, "【极客】", "云片网")),
    (YUNPIAN, {"sign_use": 2}, "2"),
    (YUNPIAN, {"prove_type": 4}, "2"),
    (YUNPIAN, {"notify": "maybe"}, "2"),
    (YUNPIAN, {"license_base64": "xxxxx"}, "2"),
    (YUNPIAN, {"license_base64": [licence()] * 8}, "2"),
    (YUNPIAN, {"license_url": "no-url"}, "2"),
    (YUNPIAN, {**FOR_OTHERS, "license_base64": None}, "1"),
    *((YUNPIAN, {**FOR_OTHERS, name: None}, "1") for name in FOR_OTHERS if name != "sign_use"),
    (YUNPIAN, {**FOR_OTHERS, "id_card_number": "53010219200508011×"}, "2"),
    (YUNPIAN, {**FOR_OTHERS, "agent_mobile": "1300000000"}, "2"),
    (YUNPIAN, {**FOR_OTHERS, "id_card_front": "xxxxx"}, "2"),
)
def test_bad_application_is_refused(sdk: Sdk, sandbox: Sandbox, changes: Fields, code: str) -> None:
    assert sdk.refused(sdk.submit, **changes) == code
    assert sandbox.signatures() == []


SIGN_PASSED = "InvalidParameterValue.SignAlreadyPassedCheck"
SIGN_EXISTS = "InvalidParameterValue.SignExistAndUnapproved"


@rows(
    "raw, code",
    (ALIBABA, "0", "SignName.Exists"),
    (HUAWEI, "PENDING_REVIEW", "MSGSMS.0006"),
    (TENCENT, "1", SIGN_EXISTS),
    (TENCENT, "0", SIGN_PASSED),
    (TENCENT, "2", SIGN_PASSED),
    (UCLOUD, "0", "18003"),
    (YUNPIAN, "CHECKING", "-54"),
)
def test_twin_is_refused(sdk: Sdk, case: Case, sandbox: Sandbox, raw: str, code: str) -> None:
    sandbox.set_status(case.vendor, sdk.submit(), raw)
    assert sdk.refused(sdk.submit) == code


HUAWEI_STATUSES = (
    *("PENDING_REVIEW", "PENDING_QUALIFICATION_REVIEW", "PROCESSING", "REAL_NAME_REGISTRATING"),
    *("REVIEW_PROCESSING_COMPLETED", "REVIEW_PASSED", "REVIEW_PASSED_QUALIFICATION_PROCESSING"),
    *("REVIEW_PASSED_REAL_NAME_REGISTRATING", "REVIEW_PASSED_REAL_NAME_REGISTRATE_FAIL"),
    *("TO_BE_ACTIVATED", "PENDING_ACTIVATE"),
)
"""All but REVIEW_NOT_PASS."""


@rows(
    "raw, code",
    *((HUAWEI, raw, "MSGSMS.0007") for raw in HUAWEI_STATUSES),
    (TENCENT, "0", SIGN_PASSED),
    (TENCENT, "2", SIGN_PASSED),
    (UCLOUD, "2", "18003"),
    (UCLOUD, "4", "18003"),
    *((YUNPIAN, raw, "2") for raw in ("SUCCESS", "APLLYING_VIP", "SUCCESS (disabled)")),
)
def test_change_is_refused_in_some_statuses(
    sdk: Sdk, case: Case, sandbox: Sandbox, raw: str, code: str
) -> None:
    signature = sdk.submit()
    sandbox.set_status(case.vendor, signature, raw)
    assert sdk.refused(sdk.change, signature) == code
    assert sdk.show(signature).status == raw.partition(" ")[0]


@rows(
    "raw, code",
    *((HUAWEI, raw, "MSGSMS.0007") for raw in HUAWEI_STATUSES[:4]),
    (UCLOUD, "1", "18003"),
)
def test_deletion_is_refused_in_some_statuses(
    sdk: Sdk, case: Case, sandbox: Sandbox, raw: str, code: str
) -> None:
    signature = sdk.submit()
    sandbox.set_status(case.vendor, signature, raw)
    assert sdk.refused(sdk.delete, signature) == code
    assert sdk.show(signature).status == raw


@rows(
    "call, signature, code",
    *((ALIBABA, call, TEXT, "SignatureNotFound") for call in ("show", "change", "delete")),
    *((HUAWEI, call, "x", "MSGSMS.0005") for call in ("show", "change", "delete", "activate")),
    *((HUAWEI, call, "x" * 65, "MSGSMS.0012") for call in ("show", "change", "delete", "activate")),
    (TENCENT, "change", "1", "FailedOperation.MissingSignatureToModify"),
    (TENCENT, "delete", "1", "FailedOperation.SignIdNotExist"),
    *((UCLOUD, call, "SIG1", "18016") for call in ("show", "change", "delete")),
    (YUNPIAN, "change", TEXT, "-55"),
)
def test_missing_signature_is_refused_by_every_operation(
    sdk: Sdk, call: str, signature: str, code: str
) -> None:
    assert sdk.refused(getattr(sdk, call), signature) == code


# Errors that have to be ordered


@rows(
    "code",
    *((ALIBABA, code) for code in ("Throttling.User", "ServiceUnavailable", "NoPermission")),
    *((HUAWEI, code) for code in ("MSGSMS.0001", "MSGSMS.0188", "APIGW.0103", "APIG.0308")),
    (TENCENT, "UnsupportedRegion"),
    (TENCENT, "FailedOperation.SignNumberLimit"),
    (TENCENT, "UnauthorizedOperation.ServiceSuspendDueToArrears"),
    (TENCENT, "InternalError.UnknownError"),
    (TENCENT, "UnsupportedOperation."),
    *((UCLOUD, code) for code in (110, 130, 150, 153, 173, 291, 299, 18004, 18007, 18013)),
    *((YUNPIAN, code) for code in (-2, -3, -4, -5, -50, -51, -57, -62, 3, 53, 55)),
)
def test_any_code_can_be_ordered(sdk: Sdk, case: Case, sandbox: Sandbox, code: str | int) -> None:
    action = case.names.submit
    sandbox.faults.add(vendor=case.vendor, action=action, kind="error", code=code)
    with pytest.raises(Exception) as refused:  # noqa: PT011 - of the kind that the SDK has for it
        sdk.submit()
    assert sdk.code_of(refused.value) == str(code)
    assert sdk.submit()


@rows(
    "fault, error",
    *((ALIBABA, {"kind": kind}, UnretryableException) for kind in ("drop_before", "truncated")),
    (ALIBABA, {"kind": "html", "http_status": 502}, UnretryableException),
    (ALIBABA, {"kind": "error", "code": "ServiceUnavailable"}, ServerException),
    (ALIBABA, {"kind": "error", "code": "NoPermission", "http_status": 403}, ClientException),
    (HUAWEI, {"kind": "drop_before"}, ConnectionException),
    (HUAWEI, {"kind": "error", "code": "MSGSMS.0001"}, ServerResponseException),
    (TENCENT, {"kind": "drop_before"}, TencentCloudSDKException),
    (TENCENT, {"kind": "status", "http_status": 502}, TencentCloudSDKException),
    (UCLOUD, {"kind": "drop_before"}, LostConnectionError),
    (UCLOUD, {"kind": "status", "http_status": 502}, HTTPStatusException),
    (UCLOUD, {"kind": "error", "code": 130, "http_status": 500}, HTTPStatusException),
    *((UCLOUD, {"kind": kind}, InvalidResponseException) for kind in ("html", "truncated")),
    (UCLOUD, {"kind": "missing"}, RetCodeException),
    (YUNPIAN, {"kind": "drop_before"}, LostConnectionError),
)
def test_spoiled_answer_is_an_error(
    sdk: Sdk, case: Case, sandbox: Sandbox, fault: Fields, error: type[Exception]
) -> None:
    sandbox.faults.add({"vendor": case.vendor, "action": case.names.submit, **fault})
    with pytest.raises(error) as spoiled:
        sdk.submit()
    assert spoiled.type is error


def test_lost_submission_has_arrived(sdk: Sdk, case: Case, sandbox: Sandbox) -> None:
    sandbox.faults.add(vendor=case.vendor, action=case.names.submit, kind="drop_after")
    with pytest.raises(sdk.lost):
        sdk.submit()
    (signature,) = sandbox.signatures(case.vendor)
    assert sdk.show(signature.id).text == TEXT
    with pytest.raises(sdk.error):
        sdk.submit()
