"""The answers of DescribeSmsSignList and DeleteSmsSign, and the images that the desk keeps."""

from __future__ import annotations

import base64

import pytest
from pydantic import JsonValue

from pulumi_smssign.sandbox import ManualClock, Sandbox
from tests.images import jpeg, png
from tests.sandbox.caller import TEXT
from tests.sandbox.tencent.caller import DELETE, LIST, Tencent

OTHER_ERROR = "FailedOperation.OtherError"


def test_an_item_has_its_times_and_its_qualification(tencent: Tencent, clock: ManualClock) -> None:
    mainland = tencent.item(tencent.rejected()) or {}
    clock.advance(10)
    tencent.change(str(mainland["SignId"]))
    changed = tencent.item(str(mainland["SignId"])) or {}
    is_global = tencent.item(tencent.submit(International=1, QualificationId=None)) or {}

    assert (mainland["QualificationId"], mainland["QualificationStatusCode"]) == (2000417, 1)
    assert mainland["QualificationName"]
    assert changed["CreateTime"] == int(clock.now())
    assert (is_global["QualificationId"], is_global["QualificationName"]) == (0, "")
    assert (is_global["International"], is_global["QualificationStatusCode"]) == (1, 0)


def test_ids_that_are_not_there_are_left_out(tencent: Tencent) -> None:
    own, foreign = tencent.submit(), tencent.of("marketing").submit()
    ids: list[JsonValue] = [int(own), int(foreign), 1, int(own)]

    assert tencent.lists(SignIdSet=ids) == [TEXT]


def test_pages_begin_with_the_newest_and_have_ten_unless_asked_otherwise(tencent: Tencent) -> None:
    names = [f"签名{number}" for number in range(11)]
    for name in names:
        tencent.submit(SignName=name)
    tencent.submit(SignName="国际", International=1)

    assert tencent.lists() == names[:0:-1]
    assert tencent.lists(Limit=100) == names[::-1]
    assert tencent.lists(Limit=1) == names[10:]
    assert tencent.lists(Limit=2, Offset=9, SignIdSet=[]) == ["签名1", "签名0"]
    assert tencent.lists(International=1) == ["国际"]


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"SignIdSet": list(range(101))}, OTHER_ERROR),
        ({"SignIdSet": list(range(100))}, ""),
        *(({"Limit": limit}, "InvalidParameterValue.LimitVerifyFail") for limit in (0, 101)),
        ({"Offset": -1}, "InvalidParameterValue.OffsetVerifyFail"),
        ({"International": 2}, "InvalidParameterValue.InvalidInternational"),
        ({"SignIdSet": ["x"]}, "InvalidParameter"),
    ],
)
def test_a_page_that_can_not_be_is_refused(
    tencent: Tencent, fields: dict[str, JsonValue], code: str
) -> None:
    assert tencent.code(LIST, **{"International": 0, **fields}) == code


def test_a_list_without_ids_is_refused_where_the_switch_says_so(tencent: Tencent) -> None:
    tencent.sandbox.switches.set({"tencent.missing_sign_id_set": "error"})

    assert tencent.code(LIST, International=0) == "MissingParameter"
    assert tencent.code(LIST, International=0, SignIdSet=[1]) == ""


@pytest.mark.parametrize("unfiled", ["2", "-1"])
def test_an_approval_takes_effect_only_after_the_delay(tencent: Tencent, unfiled: str) -> None:
    tencent.sandbox.switches.set({"tencent.effective_delay": 5, "tencent.unfiled_status": unfiled})
    signature_id = tencent.approved()
    before = tencent.review(signature_id)
    tencent.clock.advance(5)
    after = tencent.review(signature_id)

    assert [before and before.status, after and after.status] == [unfiled, "0"]


def test_a_deletion_is_confirmed_with_its_time(tencent: Tencent, clock: ManualClock) -> None:
    answer = tencent.call(DELETE, SignId=int(tencent.submit()))

    assert answer["DeleteSignStatus"] == {
        "DeleteStatus": "return successfully!",
        "DeleteTime": int(clock.now()),
    }


def test_the_desk_keeps_digest_size_and_type_of_images_and_an_empty_one_leaves_the_old(
    tencent: Tencent, sandbox: Sandbox
) -> None:
    commission = base64.b64encode(jpeg()).decode()
    signature_id = tencent.submit(SignPurpose=1, CommissionImage=commission)
    evidence = sandbox.signature("tencent", signature_id).evidence

    types = {name: (each.media_type, each.size) for name, each in evidence.items()}
    assert types == {
        "ProofImage": ("image/png", len(png())),
        "CommissionImage": ("image/jpeg", len(jpeg())),
    }
    assert tencent.change(signature_id, ProofImage="") == ""
    after = sandbox.signature("tencent", signature_id).evidence
    assert after == {"ProofImage": evidence["ProofImage"]}
