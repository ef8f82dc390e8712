"""What Tencent's side does with signatures in every status."""

from __future__ import annotations

import base64

import pytest
from pydantic import JsonValue

from pulumi_smssign.sandbox import ManualClock, Sandbox, Status
from pulumi_smssign.sandbox.http_messages import Document
from tests.images import jpeg
from tests.sandbox.applications import application
from tests.sandbox.conftest import Tencent

ALREADY_PASSED = "InvalidParameterValue.SignAlreadyPassedCheck"
DUPLICATE = "InvalidParameterValue.SignExistAndUnapproved"
NOT_THERE = "FailedOperation.MissingSignatureToModify"
OTHER_ERROR = "FailedOperation.OtherError"


def status_code(tencent: Tencent, number: int) -> JsonValue:
    item = tencent.describe(number)
    assert item is not None
    return item["StatusCode"]


def listed(tencent: Tencent, **fields: JsonValue) -> list[JsonValue]:
    answer = tencent.call("DescribeSmsSignList", {"International": 0, **fields})
    items = answer["DescribeSignListStatusSet"]
    assert isinstance(items, list)
    return [item["SignName"] if isinstance(item, dict) else item for item in items]


# Modify


def test_a_modification_replaces_everything_and_is_reviewed_again(
    tencent: Tencent, sandbox: Sandbox, clock: ManualClock
) -> None:
    number = tencent.add(application(Remark="first"))
    sandbox.reject("tencent", str(number), "blurred")
    clock.advance(10)
    image = base64.b64encode(jpeg(1)).decode()
    tencent.call(
        "ModifySmsSign",
        application(SignId=number, SignName="极客网络", DocumentType=0, ProofImage=image),
    )

    signature = sandbox.signature("tencent", str(number))
    assert (signature.status, signature.reason) == (Status.PENDING, "")
    assert signature.text == "极客网络"
    assert signature.fields["DocumentType"] == 0
    assert signature.fields["Remark"] == ""
    assert signature.evidence["ProofImage"].media_type == "image/jpeg"
    assert signature.submissions == 2
    item = tencent.describe(number)
    assert item is not None
    assert item["CreateTime"] == int(clock.now())


@pytest.mark.parametrize(("status", "taken"), [(1, True), (-1, True), (0, False), (2, False)])
def test_a_modification_is_taken_in_review_and_when_rejected(
    tencent: Tencent, sandbox: Sandbox, status: int, taken: bool
) -> None:
    number = tencent.add(application())
    sandbox.set_status("tencent", str(number), str(status))

    if taken:
        assert tencent.call("ModifySmsSign", application(SignId=number))
    else:
        assert tencent.code("ModifySmsSign", application(SignId=number)) == ALREADY_PASSED


def test_a_modification_in_a_status_unknown_to_the_pages_is_refused(
    tencent: Tencent, sandbox: Sandbox
) -> None:
    number = tencent.add(application())
    sandbox.set_status("tencent", str(number), "7")

    assert tencent.code("ModifySmsSign", application(SignId=number)) == OTHER_ERROR


def test_what_is_not_there_is_not_modified(tencent: Tencent, other_account: Tencent) -> None:
    number = tencent.add(application())

    assert tencent.code("ModifySmsSign", application(SignId=number + 1)) == NOT_THERE
    assert other_account.code("ModifySmsSign", application(SignId=number)) == NOT_THERE


def test_a_modification_can_not_turn_mainland_into_global(tencent: Tencent) -> None:
    number = tencent.add(application())

    assert tencent.code("ModifySmsSign", application(SignId=number, International=1)) == (
        "InvalidParameterValue.InvalidInternational"
    )


def test_a_modification_can_not_take_a_name_in_review(tencent: Tencent) -> None:
    tencent.add(application(SignName="别的"))
    number = tencent.add(application())

    assert tencent.code("ModifySmsSign", application(SignId=number, SignName="别的")) == DUPLICATE


def test_an_empty_image_leaves_the_old_one(tencent: Tencent, sandbox: Sandbox) -> None:
    number = tencent.add(application())
    before = sandbox.signature("tencent", str(number)).evidence
    tencent.call("ModifySmsSign", application(SignId=number, ProofImage=""))

    assert sandbox.signature("tencent", str(number)).evidence == before


# Describe


def test_a_signature_is_shown_with_its_verdict(tencent: Tencent, sandbox: Sandbox) -> None:
    number = tencent.add(application())
    sandbox.reject("tencent", str(number), "资质不清晰")

    item = tencent.describe(number)
    assert item is not None
    assert (item["StatusCode"], item["ReviewReply"]) == (-1, "资质不清晰")


def test_ids_that_are_not_there_are_left_out(tencent: Tencent, other_account: Tencent) -> None:
    number = tencent.add(application())
    foreign = other_account.add(application())

    assert listed(tencent, SignIdSet=[number, foreign, 1, number]) == ["极客科技"]


def test_an_id_is_shown_whatever_its_international_is(tencent: Tencent) -> None:
    assert tencent.describe(tencent.add(application(International=1))) is not None


def test_more_than_a_hundred_ids_are_refused(tencent: Tencent) -> None:
    ids: list[JsonValue] = list(range(101))
    fields: Document = {"International": 0, "SignIdSet": ids}

    assert tencent.code("DescribeSmsSignList", fields) == OTHER_ERROR
    assert listed(tencent, SignIdSet=ids[:100]) == []


def test_pages_begin_with_the_newest(tencent: Tencent) -> None:
    for name in ("一号", "二号", "三号"):
        tencent.add(application(SignName=name))
    tencent.add(application(SignName="四号", International=1))

    assert listed(tencent) == ["三号", "二号", "一号"]
    assert listed(tencent, Limit=2) == ["三号", "二号"]
    assert listed(tencent, Limit=2, Offset=2, SignIdSet=[]) == ["一号"]
    assert listed(tencent, International=1) == ["四号"]


def test_a_page_has_ten_unless_asked_otherwise(tencent: Tencent) -> None:
    for number in range(11):
        tencent.add(application(SignName=f"签名{number}"))

    assert len(listed(tencent)) == 10
    assert len(listed(tencent, Limit=100)) == 11


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"Limit": 101}, "InvalidParameterValue.LimitVerifyFail"),
        ({"Limit": 0}, "InvalidParameterValue.LimitVerifyFail"),
        ({"Offset": -1}, "InvalidParameterValue.OffsetVerifyFail"),
        ({"International": 2}, "InvalidParameterValue.InvalidInternational"),
        ({"SignIdSet": ["x"]}, "InvalidParameter"),
    ],
)
def test_a_page_that_can_not_be_is_refused(
    tencent: Tencent, fields: dict[str, JsonValue], code: str
) -> None:
    assert tencent.code("DescribeSmsSignList", {"International": 0, **fields}) == code


def test_a_list_without_ids_is_refused_where_the_switch_says_so(
    tencent: Tencent, sandbox: Sandbox
) -> None:
    sandbox.switches.set({"tencent.missing_sign_id_set": "error"})

    assert tencent.code("DescribeSmsSignList", {"International": 0}) == "MissingParameter"


def test_a_new_signature_is_shown_only_after_the_delay(
    tencent: Tencent, sandbox: Sandbox, clock: ManualClock
) -> None:
    sandbox.switches.set({"tencent.visibility_delay": 5})
    number = tencent.add(application())

    before = (tencent.describe(number), listed(tencent))
    clock.advance(5)

    assert before == (None, [])
    assert tencent.describe(number) is not None
    assert listed(tencent) == ["极客科技"]


def test_an_approval_takes_effect_only_after_the_delay(
    tencent: Tencent, sandbox: Sandbox, clock: ManualClock
) -> None:
    sandbox.switches.set({"tencent.effective_delay": 5})
    number = tencent.add(application())
    sandbox.approve("tencent", str(number))

    before = status_code(tencent, number)
    clock.advance(5)

    assert (before, status_code(tencent, number)) == (2, 0)


# Delete


@pytest.mark.parametrize("status", ["1", "0", "-1", "2"])
def test_a_signature_is_deleted_in_any_status(
    tencent: Tencent, sandbox: Sandbox, clock: ManualClock, status: str
) -> None:
    number = tencent.add(application())
    sandbox.set_status("tencent", str(number), status)
    answer = tencent.call("DeleteSmsSign", {"SignId": number})

    assert answer["DeleteSignStatus"] == {
        "DeleteStatus": "return successfully!",
        "DeleteTime": int(clock.now()),
    }
    assert tencent.describe(number) is None


def test_what_is_not_there_is_not_deleted(tencent: Tencent, other_account: Tencent) -> None:
    number = tencent.add(application())

    for client, missing in ((tencent, 1), (other_account, number)):
        code = client.code("DeleteSmsSign", {"SignId": missing})
        assert code == "FailedOperation.SignIdNotExist"
