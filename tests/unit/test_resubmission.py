"""Changing in place once: refused in the common words, and found when the answer was lost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from pulumi_smssign.contract import evidence
from pulumi_smssign.contract.codes import NEW_PREVIEW
from pulumi_smssign.contract.vendor import Capabilities
from pulumi_smssign.core.resubmission import must_be_possible, resubmit_once, review_after
from pulumi_smssign.model.errors import (
    AccountError,
    DuplicateError,
    EvidenceError,
    OutcomeUnknownError,
    RefusedError,
    ReviewMovedError,
    SmsSignError,
    UnavailableError,
)
from pulumi_smssign.model.review import Handle, Review
from pulumi_smssign.model.rules import Rules
from pulumi_smssign.model.vocabulary import Status
from tests.images import png
from tests.unit.desk import RULES, FakeApi, Form

TEXT = "极客"
OURS = Handle("1", TEXT)
OLD, LATER = "2026-11-20T10:00:00Z", "2026-11-22T10:00:00Z"
TEXTS = replace(RULES, identity="text")


def holding(vendor_status: str, rules: Rules = RULES) -> FakeApi:
    id_ = TEXT if rules.identity == "text" else "1"
    review = Review(id_, TEXT, rules.status(vendor_status), vendor_status)
    return FakeApi({id_: review}, rules=rules)


def again(api: FakeApi, text: str = TEXT, rules: Rules = RULES) -> list[float]:
    """Resubmit; the seconds that it waited."""
    slept: list[float] = []
    before = next(iter(api.held.values()))
    resubmit_once(rules, api, OURS, Form(name=text), before, sleep=slept.append)
    return slept


def test_accepted_change_is_sent_once_and_looked_for_nowhere() -> None:
    api = holding("bad")
    assert again(api) == []
    assert api.calls == ["resubmit"]


def seen(vendor_status: str, submitted_at: str = "", trace: str = "") -> Review:
    review = Review("1", TEXT, RULES.status(vendor_status), vendor_status)
    return replace(review, submitted_at=submitted_at, trace=trace)


def losing(before: Review, after: Review | None) -> FakeApi:
    """An account that loses the answer to a change, and then shows the signature like this."""
    api = FakeApi({"1": before}, lost={"resubmit": False})
    shown = {} if after is None else {"1": after}
    api.on_review = lambda: setattr(api, "held", shown)
    return api


PROOFS = {
    "it has left the rejection": (seen("bad"), seen("wait")),
    "it was submitted later": (seen("wait", OLD), seen("wait", LATER)),
    "it has another trace": (seen("wait", trace="order 1"), seen("wait", trace="order 2")),
}
NO_PROOFS = {
    "it is still pending": (seen("wait"), seen("wait")),
    "it is still rejected": (seen("bad"), seen("bad")),
    "its status is as unknown as before": (seen("odd"), seen("odd")),
    "its status is unknown": (seen("bad"), seen("odd")),
    "its time is the same": (seen("wait", OLD), seen("wait", OLD)),
    "time and trace are new": (seen("wait"), seen("wait", OLD, "order 1")),
    "time and trace are told no more": (seen("wait", OLD, "order 1"), seen("wait")),
    "it was submitted earlier": (seen("wait", LATER), seen("wait", OLD)),
    "it was approved": (seen("wait"), seen("good")),
    "it has gone": (seen("bad"), None),
}


@pytest.mark.parametrize(("before", "after"), PROOFS.values(), ids=PROOFS)
def test_a_lost_answer_is_found_in_the_review(before: Review, after: Review) -> None:
    api = losing(before, after)
    assert again(api) == [0.0]
    assert api.calls == ["resubmit", "reviews"]


@pytest.mark.parametrize(("before", "after"), NO_PROOFS.values(), ids=NO_PROOFS)
def test_a_lost_answer_that_nothing_proves_is_said_and_safe_to_repeat(
    before: Review, after: Review | None
) -> None:
    api = losing(before, after)
    with pytest.raises(OutcomeUnknownError) as caught:
        again(api)
    assert api.calls == ["resubmit", "reviews", "reviews", "reviews"]
    assert caught.value.advice == (
        "run `pulumi up` again: the change will be sent once more to the same signature, 1, unless "
        "it is seen to have arrived."
    )


def test_a_new_text_proves_it_where_the_text_is_the_identity() -> None:
    api = holding("wait", rules=TEXTS)
    api.lost = {"resubmit": True}
    again(api, "新名", TEXTS)
    assert api.calls == ["resubmit", "reviews"]


def test_the_same_text_proves_nothing_where_the_text_is_the_identity() -> None:
    api = holding("wait", rules=TEXTS)
    api.lost = {"resubmit": False}
    with pytest.raises(OutcomeUnknownError):
        again(api, TEXT, TEXTS)


def test_a_new_text_that_another_one_has_is_refused_before_anything_is_sent() -> None:
    api = holding("wait", rules=TEXTS)
    api.held["新名"] = Review("新名", "新名", Status.APPROVED, "good")
    with pytest.raises(DuplicateError) as caught:
        must_be_possible(TEXTS, api, OURS, Form(name="新名"))
    error = caught.value
    assert error.summary == (
        "the account has 【新名】 already (APPROVED), so 【极客】 can't become it; nothing was sent"
    )
    assert error.vendor == "example"
    assert error.advice == (
        "choose another text; or take this change back and manage that signature with a resource "
        'of its own that has adopt="新名".'
    )
    assert api.calls == ["find"]


@pytest.mark.parametrize(
    ("rules", "text", "finds"),
    [(RULES, "新名", True), (TEXTS, TEXT, True), (TEXTS, "新名", False)],
    ids=["known by its id", "the same text", "no look-up"],
)
def test_a_change_that_can_take_nobodys_text_is_looked_up_nowhere(
    rules: Rules, text: str, finds: bool
) -> None:
    api = holding("wait", rules=rules)
    api.held["2"] = Review("2", text, Status.APPROVED, "good")
    api.capabilities = Capabilities(finds=finds)
    must_be_possible(rules, api, OURS, Form(name=text))
    assert api.calls == []


def test_a_changed_proof_file_stops_a_change_before_any_call(tmp_path: Path) -> None:
    file = tmp_path / "proof.png"
    file.write_bytes(png())
    form = Form.of({"name": "新名", "proof": evidence.describe(file)}, "")
    api = holding("wait", rules=TEXTS)
    must_be_possible(TEXTS, api, OURS, form)
    file.write_bytes(png(1))
    api.calls.clear()
    with pytest.raises(EvidenceError):
        must_be_possible(TEXTS, api, OURS, form)
    assert api.calls == []


@pytest.mark.parametrize("refusal", [RefusedError, AccountError])
def test_a_refusal_of_what_has_moved_says_that_it_moved(refusal: type[SmsSignError]) -> None:
    api = holding("good")
    api.refusal = refusal(
        "no", code="7", vendor_message="not now", request_id="r-1", action="Modify"
    )
    with pytest.raises(ReviewMovedError) as caught:
        again(api)
    error = caught.value
    assert error.summary == (
        "example refused Modify: 【极客】 is APPROVED by now, and can't be changed any more"
    )
    assert (error.vendor, error.action, error.code) == ("example", "Modify", "7")
    assert (error.vendor_message, error.request_id, error.advice) == ("not now", "r-1", NEW_PREVIEW)


@pytest.mark.parametrize("vendor_status", ["wait", "bad"])
def test_a_refusal_of_what_may_be_changed_is_just_that(vendor_status: str) -> None:
    api = holding(vendor_status)
    api.refusal = RefusedError("no", code="7", advice="mend it.")
    with pytest.raises(RefusedError) as caught:
        again(api)
    assert not isinstance(caught.value, ReviewMovedError)
    assert caught.value.advice == "mend it." + (
        "\n    If nothing is wrong with it: an open application may be locked while the carriers "
        "file it; wait for the verdict and run `pulumi up` again. Nothing is lost."
    ) * (vendor_status == "wait")


def test_a_refusal_for_the_accounts_sake_is_not_said_to_be_the_carriers() -> None:
    api = holding("wait")
    api.refusal = AccountError("no money", code="7", advice="pay.")
    with pytest.raises(AccountError) as caught:
        again(api)
    assert caught.value.advice == "pay."


def test_a_refusal_of_what_may_be_edited_though_approved_is_just_that() -> None:
    api = holding("good")
    api.refusal = RefusedError("no", code="7")
    with pytest.raises(RefusedError) as caught:
        again(api, rules=replace(RULES, editable_when_approved=frozenset({"good"})))
    assert not isinstance(caught.value, ReviewMovedError)


@pytest.mark.parametrize("refusal", [RefusedError("no"), UnavailableError("busy", code="7")])
def test_refusal_of_our_own_asks_for_no_review(refusal: SmsSignError) -> None:
    api = holding("good")
    api.refusal = refusal
    with pytest.raises(type(refusal)):
        again(api)
    assert api.calls == ["resubmit"]


def test_a_refusal_stays_that_when_nobody_can_be_asked_and_when_it_has_gone() -> None:
    api = holding("good")
    api.refusal = RefusedError("no", code="7")
    api.trouble = AccountError("the key is wrong")
    with pytest.raises(RefusedError, match="no"):
        again(api)
    api.trouble, api.on_review = None, api.held.clear
    with pytest.raises(RefusedError, match="no") as caught:
        again(api)
    assert not isinstance(caught.value, ReviewMovedError)


def test_a_new_text_is_no_matter_where_an_id_is_the_identity() -> None:
    api = holding("bad")
    again(api, "新名")
    assert api.calls == ["resubmit"]


def test_lost_change_is_looked_for_under_its_new_text() -> None:
    api = holding("bad")
    api.lost = {"resubmit": True}
    asked: list[Handle] = []
    original = api.reviews

    def reviews(handles: Sequence[Handle]) -> Mapping[Handle, Review]:
        asked.extend(handles)
        return original(handles)

    api.reviews = reviews  # type: ignore[method-assign]
    handle = Handle("1", TEXT, "a project")
    before = api.held["1"]
    resubmit_once(RULES, api, handle, Form(name="新名"), before, sleep=lambda _: None)
    assert asked == [Handle("1", "新名", "a project")]


def test_trouble_at_one_look_is_no_reason_not_to_look_again() -> None:
    api = holding("bad")
    api.lost = {"resubmit": True}
    looks = iter([UnavailableError("busy"), None])

    def next_look() -> None:
        api.trouble = next(looks)

    api.on_review = next_look
    assert again(api) == [0.0, 1.0]


@pytest.mark.parametrize(
    ("odd", "is_bug"),
    [(ValueError, True), (RecursionError, True), (MemoryError, True), (UnavailableError, False)],
)
def test_nothing_that_the_vendor_may_answer_makes_the_look_after_a_change_fail(
    odd: type[Exception], is_bug: bool
) -> None:
    def answer() -> None:
        raise odd("no answer")

    review, bug = review_after(RULES, FakeApi(on_review=answer).details, OURS)
    assert review == Review("1", "极客", Status.PENDING, "wait", is_assumed=True)
    assert (bug is not None) is is_bug
    assert bug is None or "no answer" in bug.summary


def test_a_signature_that_is_not_shown_yet_is_assumed_to_be_in_review() -> None:
    assert review_after(RULES, FakeApi().details, OURS)[0].is_assumed
    review, bug = review_after(RULES, holding("good").details, OURS)
    assert (review.status, review.is_assumed, bug) == (Status.APPROVED, False, None)
