from __future__ import annotations

import httpx
import pytest

from pulumi_smssign.errors import (
    AccountError,
    DuplicateError,
    InputError,
    NotFoundError,
    OutcomeUnknownError,
    ReviewMovedError,
)
from pulumi_smssign.lifecycle import Handle, Review, Status
from pulumi_smssign.resubmission import resubmit_once
from pulumi_smssign.yunpian.api import SignatureApi
from pulumi_smssign.yunpian.rules import RULES
from tests.unit.yunpian.applications import SIGN, WEBSITE, application
from tests.unit.yunpian.desk import (
    HANDLE,
    KEY,
    Desk,
    connected,
    found,
    neutral,
    refused,
    signature,
    taken,
)

RENAMED = "极客云科"
LOST = httpx.ReadTimeout("the answer did not come")
REFUSED = Review(SIGN, SIGN, Status.REJECTED, "FAIL")
IN_REVIEW = Review(SIGN, SIGN, Status.PENDING, "CHECKING")


def again(api: SignatureApi, desk: Desk, before: Review = IN_REVIEW, **fields: str | bool) -> None:
    wanted = application(None, **fields)
    resubmit_once(RULES, neutral(api), HANDLE, wanted, before, sleep=desk.slept.append)


def test_an_update_sends_every_field_and_the_text_as_it_was() -> None:
    api, desk = connected(taken())
    again(api, desk, apply_vip=True)
    assert desk.paths == ["update"]
    assert desk.forms[0] == (
        "/v2/sign/update.json",
        [
            ("old_sign", SIGN),
            ("sign", SIGN),
            ("sign_use", "0"),
            ("website", WEBSITE),
            ("notify", "true"),
            ("apply_vip", "true"),
            ("is_only_global", "false"),
            ("industry_type", "其它"),
            ("apikey", KEY),
        ],
    )


def test_a_rename_is_an_update_of_the_present_text() -> None:
    api, desk = connected(taken(RENAMED))
    api.resubmit(Handle("极客", SIGN), application(sign=RENAMED))
    assert (desk.sent(0)["old_sign"], desk.sent(0)["sign"]) == (SIGN, RENAMED)


def test_a_rename_to_a_text_that_is_taken_is_refused_before_anything_is_sent() -> None:
    api, desk = connected(found(signature(RENAMED, "SUCCESS")))
    with pytest.raises(DuplicateError) as caught:
        again(api, desk, sign=RENAMED)
    assert desk.paths == ["get"]
    assert f'adopt="{RENAMED}"' in str(caught.value)


@pytest.mark.parametrize("status", ["SUCCESS", "APLLYING_VIP", "ARCHIVED"])
@pytest.mark.parametrize("code", [2, -54, 4711])
def test_an_update_that_is_refused_since_the_review_moved_says_so(status: str, code: int) -> None:
    api, desk = connected(refused(code), found(signature(status=status)))
    with pytest.raises(ReviewMovedError) as caught:
        again(api, desk)
    assert desk.paths == ["update", "get"]
    assert caught.value.code == str(code)
    assert "run `pulumi up` again" in str(caught.value)


@pytest.mark.parametrize("answer", [found(signature(status="FAIL")), found(), refused(-1)])
def test_an_update_that_is_refused_for_another_reason_says_that_one(
    answer: dict[str, object],
) -> None:
    api, desk = connected(refused(2, "website"), answer)
    with pytest.raises(InputError, match="sign/update"):
        again(api, desk)


def test_an_update_of_what_is_gone_says_so() -> None:
    api, desk = connected(refused(-55), found())
    with pytest.raises(NotFoundError):
        again(api, desk)


def test_a_refused_key_stays_that_when_the_review_can_not_be_asked_for() -> None:
    api, desk = connected(refused(-1), refused(-1))
    with pytest.raises(AccountError):
        again(api, desk)
    assert desk.paths == ["update", "get"]


def test_a_rename_whose_answer_was_lost_is_done_when_the_new_text_is_there() -> None:
    api, desk = connected(found(), LOST, found(), found(signature(RENAMED)))
    again(api, desk, sign=RENAMED)
    assert desk.paths == ["get", "update", "get", "get"]
    assert {desk.sent(index)["sign"] for index in (0, 2, 3)} == {f"【{RENAMED}】"}


def test_a_rename_whose_answer_was_lost_is_never_sent_again() -> None:
    api, desk = connected(found(), LOST, *[found()] * 4)
    with pytest.raises(OutcomeUnknownError) as caught:
        again(api, desk, sign=RENAMED)
    assert desk.paths.count("update") == 1
    assert desk.slept == [0.0, 1.0, 3.0]
    assert "run `pulumi up` again" in caught.value.advice


def test_a_refused_signature_that_is_in_review_again_has_got_the_update() -> None:
    api, desk = connected(LOST, found(signature(status="FAIL")), refused(-2), found(signature()))
    again(api, desk, REFUSED)


def test_a_signature_in_review_does_not_tell_whether_it_got_the_update() -> None:
    api, desk = connected(LOST, *[found(signature())] * 3)
    with pytest.raises(OutcomeUnknownError):
        again(api, desk)
    assert desk.paths == ["update", "get", "get", "get"]
