"""The official SDK, unchanged, drives the sandbox: what it can't read, we play wrongly."""

from __future__ import annotations

import base64

import pytest
from pydantic import JsonValue
from tencentcloud.common.common_client import CommonClient
from tencentcloud.common.credential import Credential
from tencentcloud.common.exception.tencent_cloud_sdk_exception import TencentCloudSDKException
from tencentcloud.sms.v20210111 import models
from tencentcloud.sms.v20210111.sms_client import SmsClient

from pulumi_smssign.sandbox import ManualClock, RunningSandbox, Sandbox
from tests.contract.tencent_sdk import (
    PROOF,
    SECRET_ID,
    SECRET_KEY,
    Signing,
    filled,
    profile,
    refused,
    sms,
)
from tests.images import jpeg

# The SDK asks for the time in a way that Python 3.12 calls deprecated.
pytestmark = pytest.mark.filterwarnings("ignore:.*utcfromtimestamp:DeprecationWarning")

IN_REVIEW, APPROVED, PASSED, REJECTED = 1, 0, 2, -1


@pytest.fixture
def client(served: RunningSandbox) -> SmsClient:
    return sms(served)


@pytest.fixture
def signing(client: SmsClient, clock: ManualClock) -> Signing:
    return Signing(client, clock)


# The life of a signature


def test_an_application_is_submitted_and_shown(
    signing: Signing, clock: ManualClock, sandbox: Sandbox
) -> None:
    number = signing.add(Remark="login codes")
    (item,) = signing.describe(SignIdSet=[number])

    assert (item.SignId, item.SignName, item.International) == (number, "极客科技", 0)
    assert (item.StatusCode, item.ReviewReply) == (IN_REVIEW, "")
    assert item.CreateTime == int(clock.now())
    assert (item.QualificationId, item.QualificationStatusCode) == (2000417, 1)
    assert sandbox.signature("tencent", str(number)).fields["Remark"] == "login codes"


def test_an_approval_is_shown(signing: Signing, sandbox: Sandbox) -> None:
    number = signing.add()
    sandbox.approve("tencent", str(number))

    assert signing.describe(SignIdSet=[number])[0].StatusCode == APPROVED


def test_a_rejection_is_mended_under_the_same_id(signing: Signing, sandbox: Sandbox) -> None:
    number = signing.add()
    sandbox.reject("tencent", str(number), "资质不清晰")
    rejected = signing.describe(SignIdSet=[number])[0]
    modified = signing.modify(
        number,
        SignName="极客网络",
        SignPurpose=1,
        CommissionImage=base64.b64encode(jpeg()).decode(),
    )
    mended = signing.describe(SignIdSet=[number])[0]

    assert (rejected.StatusCode, rejected.ReviewReply) == (REJECTED, "资质不清晰")
    assert modified == number
    assert (mended.SignName, mended.StatusCode, mended.ReviewReply) == ("极客网络", IN_REVIEW, "")
    assert mended.CreateTime > rejected.CreateTime


def test_a_signature_is_deleted(signing: Signing, clock: ManualClock) -> None:
    number = signing.add()
    status = signing.delete(number)

    assert status.DeleteStatus == "return successfully!"
    assert status.DeleteTime == int(clock.now())
    assert signing.describe(SignIdSet=[number]) == []


def test_signatures_are_walked_by_pages(signing: Signing) -> None:
    numbers = [signing.add(SignName=f"签名{letter}") for letter in "甲乙丙"]
    pages = [signing.describe(Limit=2, Offset=offset) for offset in (0, 2, 4)]

    assert [[item.SignId for item in page] for page in pages] == [numbers[:0:-1], numbers[:1], []]


def test_a_global_signature_is_apart(signing: Signing) -> None:
    signing.add()
    number = signing.add(International=1, QualificationId=None)

    assert [item.SignId for item in signing.describe(International=1)] == [number]


def test_a_temporary_key_is_taken_with_its_token(served: RunningSandbox) -> None:
    client = sms(served, "AKIDsmssign-temporary", token="smssign-sandbox-token")
    request = models.DescribeSmsSignListRequest()
    request.International = 0

    assert client.DescribeSmsSignList(request).DescribeSignListStatusSet == []


def test_accounts_see_only_their_own(served: RunningSandbox, signing: Signing) -> None:
    number = signing.add()
    request = models.DescribeSmsSignListRequest()
    request.International = 0
    request.SignIdSet = [number]
    other = sms(served, f"{SECRET_ID}.marketing")

    assert other.DescribeSmsSignList(request).DescribeSignListStatusSet == []


def test_an_unsigned_payload_works_too(client: SmsClient, signing: Signing) -> None:
    client.profile.unsignedPayload = True

    assert signing.add()


def test_the_get_form_works_too(client: SmsClient, signing: Signing) -> None:
    number = signing.add()
    client.profile.httpProfile.reqMethod = "GET"

    assert signing.describe(SignIdSet=[number])[0].SignId == number


# Errors of the gateway


@pytest.mark.parametrize(
    ("secret_id", "secret_key", "token", "code"),
    [
        (SECRET_ID, "another-key", None, "AuthFailure.SignatureFailure"),
        ("AKIDnobody", SECRET_KEY, None, "AuthFailure.SecretIdNotFound"),
        ("nobody", SECRET_KEY, None, "AuthFailure.InvalidSecretId"),
        ("no body", SECRET_KEY, None, "AuthFailure.InvalidAuthorization"),
        ("AKIDsmssign-temporary", SECRET_KEY, None, "AuthFailure.TokenFailure"),
        ("AKIDsmssign-temporary", SECRET_KEY, "expired", "AuthFailure.TokenFailure"),
    ],
)
def test_a_wrong_key_is_refused(
    served: RunningSandbox, secret_id: str, secret_key: str, token: str | None, code: str
) -> None:
    client = sms(served, secret_id, secret_key, token)

    assert refused(client.AddSmsSign, filled(models.AddSmsSignRequest())) == code


@pytest.mark.parametrize("off", [-310, 310])
def test_a_wrong_clock_is_refused(signing: Signing, clock: ManualClock, off: int) -> None:
    clock.advance(off)

    assert refused(signing.describe) == "AuthFailure.SignatureExpire"


@pytest.mark.parametrize(
    ("version", "action", "code"),
    [
        ("2019-07-11", "AddSmsSign", "NoSuchVersion"),
        ("2021-01-11", "ListSmsSign", "InvalidAction"),
    ],
)
def test_a_wrong_version_or_action_is_refused(
    served: RunningSandbox, version: str, action: str, code: str
) -> None:
    credential = Credential(SECRET_ID, SECRET_KEY)
    client = CommonClient("sms", version, credential, "ap-guangzhou", profile(served))

    assert refused(client.call_json, action, {}) == code


def test_a_missing_region_is_refused(served: RunningSandbox, clock: ManualClock) -> None:
    signing = Signing(sms(served, region=""), clock)

    assert refused(signing.describe) == "MissingParameter"


def test_a_signature_of_version_1_is_refused(client: SmsClient, signing: Signing) -> None:
    client.profile.signMethod = "HmacSHA256"

    assert refused(signing.describe) == "UnsupportedOperation"


def test_a_second_write_within_a_second_is_refused(client: SmsClient, clock: ManualClock) -> None:
    client.AddSmsSign(filled(models.AddSmsSignRequest()))
    second = filled(models.AddSmsSignRequest(), SignName="别的")

    assert refused(client.AddSmsSign, second) == "RequestLimitExceeded"
    clock.advance(1)
    assert client.AddSmsSign(second).AddSignStatus.SignId


def test_the_twenty_first_list_within_a_second_is_refused(signing: Signing) -> None:
    for _ in range(20):
        signing.describe()

    assert refused(signing.describe) == "RequestLimitExceeded"


# Errors of the service


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"SignName": None}, "MissingParameter"),
        ({"ProofImage": None}, "MissingParameter"),
        ({"SignType": "0"}, "InvalidParameter"),
        ({"SignName": "极" * 21}, "InvalidParameterValue.SignNameLengthTooLong"),
        ({"SignType": 2, "DocumentType": 0}, "FailedOperation.OtherError"),
        ({"SignType": 9}, "FailedOperation.OtherError"),
        ({"DocumentType": 9}, "InvalidParameterValue.InvalidDocumentType"),
        ({"DocumentType": 7}, "InvalidParameterValue.InvalidDocumentType"),
        ({"International": 2}, "InvalidParameterValue.InvalidInternational"),
        ({"SignPurpose": 2}, "InvalidParameterValue.InvalidUsedMethod"),
        ({"ProofImage": "data:image/png;base64," + PROOF}, "InvalidParameterValue.ImageInvalid"),
        ({"ProofImage": "xxxx"}, "InvalidParameterValue.ImageInvalid"),
        ({"QualificationId": 1404}, "InvalidParameterValue.QualificationIdNotFound"),
        ({"QualificationId": 1403}, "FailedOperation.QualificationIdNotApproved"),
    ],
)
def test_a_bad_application_is_refused(
    signing: Signing, sandbox: Sandbox, changes: dict[str, JsonValue], code: str
) -> None:
    assert refused(signing.add, **changes) == code
    assert sandbox.signatures() == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"SignPurpose": 2}, "InvalidParameterValue.InvalidSignPurpose"),
        ({"International": 1}, "InvalidParameterValue.InvalidInternational"),
        ({"SignName": "别的"}, "InvalidParameterValue.SignExistAndUnapproved"),
    ],
)
def test_a_bad_modification_is_refused(
    signing: Signing, changes: dict[str, JsonValue], code: str
) -> None:
    number = signing.add()
    signing.add(SignName="别的")

    assert refused(signing.modify, number, **changes) == code


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (IN_REVIEW, "InvalidParameterValue.SignExistAndUnapproved"),
        (APPROVED, "InvalidParameterValue.SignAlreadyPassedCheck"),
        (PASSED, "InvalidParameterValue.SignAlreadyPassedCheck"),
    ],
)
def test_a_twin_is_refused(signing: Signing, sandbox: Sandbox, status: int, code: str) -> None:
    sandbox.set_status("tencent", str(signing.add()), str(status))

    assert refused(signing.add) == code


@pytest.mark.parametrize("status", [APPROVED, PASSED])
def test_what_has_passed_is_not_modified(signing: Signing, sandbox: Sandbox, status: int) -> None:
    number = signing.add()
    sandbox.set_status("tencent", str(number), str(status))

    assert refused(signing.modify, number) == "InvalidParameterValue.SignAlreadyPassedCheck"


def test_an_unknown_id_is_not_modified(signing: Signing) -> None:
    assert refused(signing.modify, 1) == "FailedOperation.MissingSignatureToModify"


def test_an_unknown_id_is_not_deleted(signing: Signing) -> None:
    assert refused(signing.delete, 1) == "FailedOperation.SignIdNotExist"


def test_an_unknown_id_is_not_listed(signing: Signing) -> None:
    assert signing.describe(SignIdSet=[1]) == []


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"SignIdSet": list(range(101))}, "FailedOperation.OtherError"),
        ({"Limit": 101}, "InvalidParameterValue.LimitVerifyFail"),
        ({"Offset": -1}, "InvalidParameterValue.OffsetVerifyFail"),
    ],
)
def test_a_list_that_can_not_be_is_refused(
    signing: Signing, fields: dict[str, JsonValue], code: str
) -> None:
    assert refused(signing.describe, **fields) == code


# Errors that have to be ordered


@pytest.mark.parametrize(
    "code",
    [
        "UnsupportedRegion",
        "FailedOperation.SignNumberLimit",
        "FailedOperation.NotEnterpriseCertification",
        "UnauthorizedOperation.ServiceSuspendDueToArrears",
        "UnauthorizedOperation.RequestIpNotInWhitelist",
        "InternalError.UnknownError",
        "UnsupportedOperation.",
    ],
)
def test_any_code_can_be_ordered(signing: Signing, sandbox: Sandbox, code: str) -> None:
    sandbox.faults.add(vendor="tencent", action="AddSmsSign", kind="error", code=code)

    assert refused(signing.add) == code
    assert signing.add()


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        ({"kind": "drop_before"}, "ClientNetworkError"),
        ({"kind": "drop_after"}, "ClientNetworkError"),
        ({"kind": "status", "http_status": 502}, "ServerNetworkError"),
    ],
)
def test_a_lost_answer_is_a_network_error(
    signing: Signing, sandbox: Sandbox, fault: dict[str, JsonValue], code: str
) -> None:
    sandbox.faults.add({"action": "AddSmsSign", **fault})

    with pytest.raises(TencentCloudSDKException) as error:
        signing.add()
    assert error.value.get_code() == code


@pytest.mark.filterwarnings("ignore:.*fileds are useless")
def test_unknown_fields_of_an_answer_are_tolerated(signing: Signing, sandbox: Sandbox) -> None:
    sandbox.faults.add(kind="unknown_fields", times=2)
    number = signing.add()

    assert signing.describe(SignIdSet=[number])[0].SignName == "极客科技"
