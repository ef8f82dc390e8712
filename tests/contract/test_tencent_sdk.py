"""Specials of Tencent's official SDK; the story that all share is in `test_sdks`."""

from __future__ import annotations

import base64
from typing import Any

import pytest
from tencentcloud.common.common_client import CommonClient
from tencentcloud.common.credential import Credential

from pulumi_smssign.sandbox import ManualClock, RunningSandbox, Sandbox
from tests.contract.tencent_sdk import SECRET_ID, SECRET_KEY, TencentSdk, profile
from tests.images import jpeg

# The SDK asks for the time in a way that Python 3.12 calls deprecated.
pytestmark = pytest.mark.filterwarnings("ignore:.*utcfromtimestamp:DeprecationWarning")


@pytest.fixture
def sdk(served: RunningSandbox, sandbox: Sandbox) -> TencentSdk:
    sandbox.switches.set({"tencent.enforce_rate": False})
    return TencentSdk(served)


def test_every_field_is_shown(sdk: TencentSdk, clock: ManualClock) -> None:
    number = int(sdk.submit(Remark="login codes"))
    (item,) = sdk.describe(SignIdSet=[number])
    assert (item.SignId, item.International, item.CreateTime) == (number, 0, int(clock.now()))
    assert (item.QualificationId, item.QualificationStatusCode) == (2000417, 1)


def test_change_may_have_another_name_and_purpose(
    sdk: TencentSdk, sandbox: Sandbox, clock: ManualClock
) -> None:
    number = sdk.submit()
    sandbox.reject("tencent", number, "资质不清晰")
    (before,) = sdk.describe(SignIdSet=[int(number)])
    clock.advance(1)
    letter = base64.b64encode(jpeg()).decode()
    sdk.change(number, SignName="极客网络", SignPurpose=1, CommissionImage=letter)
    (after,) = sdk.describe(SignIdSet=[int(number)])
    assert after.SignName == "极客网络"
    assert after.CreateTime > before.CreateTime


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"SignPurpose": 2}, "InvalidParameterValue.InvalidSignPurpose"),
        ({"International": 1}, "InvalidParameterValue.InvalidInternational"),
        ({"SignName": "别的"}, "InvalidParameterValue.SignExistAndUnapproved"),
    ],
)
def test_bad_change_is_refused(sdk: TencentSdk, changes: dict[str, Any], code: str) -> None:
    number = sdk.submit()
    sdk.submit(SignName="别的")
    assert sdk.refused(sdk.change, number, **changes) == code


def test_deletion_has_words_and_a_time(sdk: TencentSdk, clock: ManualClock) -> None:
    number = sdk.submit()
    status = sdk.delete(number)
    assert (status.DeleteStatus, status.DeleteTime) == (
        "return successfully!",
        int(clock.now()),
    )
    assert sdk.describe(SignIdSet=[int(number)]) == []


def test_list_has_pages_and_kinds(sdk: TencentSdk) -> None:
    numbers = [int(sdk.submit(SignName=f"签名{letter}")) for letter in "甲乙丙"]
    pages = [sdk.describe(Limit=2, Offset=offset) for offset in (0, 2, 4)]
    ids = [[item.SignId for item in page] for page in pages]
    assert ids == [numbers[:0:-1], numbers[:1], []]
    abroad = int(sdk.submit(International=1, QualificationId=None))
    assert [item.SignId for item in sdk.describe(International=1)] == [abroad]


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"SignIdSet": list(range(101))}, "FailedOperation.OtherError"),
        ({"Limit": 101}, "InvalidParameterValue.LimitVerifyFail"),
        ({"Offset": -1}, "InvalidParameterValue.OffsetVerifyFail"),
    ],
)
def test_list_that_can_not_be_is_refused(
    sdk: TencentSdk, fields: dict[str, Any], code: str
) -> None:
    assert sdk.refused(sdk.describe, **fields) == code


def test_both_other_forms_of_a_request_are_taken(sdk: TencentSdk) -> None:
    sdk.client.profile.unsignedPayload = True
    number = int(sdk.submit())
    sdk.client.profile.unsignedPayload = False
    sdk.client.profile.httpProfile.reqMethod = "GET"
    assert [item.SignId for item in sdk.describe(SignIdSet=[number])] == [number]


@pytest.mark.parametrize("method", ["HmacSHA1", "HmacSHA256"])
def test_signature_of_version_1_is_taken(sdk: TencentSdk, method: str) -> None:
    sdk.client.profile.signMethod = method
    assert sdk.describe() == []


@pytest.mark.parametrize(
    ("version", "action", "code"),
    [
        ("2019-07-11", "AddSmsSign", "NoSuchVersion"),
        ("2021-01-11", "ListSmsSign", "InvalidAction"),
    ],
)
def test_wrong_version_or_action_is_refused(
    sdk: TencentSdk, served: RunningSandbox, version: str, action: str, code: str
) -> None:
    key = Credential(SECRET_ID, SECRET_KEY)
    client = CommonClient("sms", version, key, "ap-guangzhou", profile(served))
    assert sdk.refused(client.call_json, action, {}) == code


def test_calls_within_a_second_are_limited(
    sdk: TencentSdk, sandbox: Sandbox, clock: ManualClock
) -> None:
    sandbox.switches.set({"tencent.enforce_rate": True})
    sdk.submit()
    assert sdk.refused(sdk.submit, SignName="别的") == "RequestLimitExceeded"
    for _ in range(20):
        sdk.describe()
    assert sdk.refused(sdk.describe) == "RequestLimitExceeded"
    clock.advance(1)
    assert sdk.submit(SignName="别的")
