"""Changing in place once: refused in the common words, and found when the answer was lost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest

from pulumi_smssign.model.errors import (
    AccountError,
    DuplicateError,
    OutcomeUnknownError,
    RefusedError,
    ReviewMovedError,
    SmsSignError,
    UnavailableError,
)
from pulumi_smssign.model.review import Handle, Review
from pulumi_smssign.model.rules import Rules
from pulumi_smssign.model.vocabulary import Status
from pulumi_smssign.core.resubmission import resubmit_once
from tests.unit.desk import RULES, FakeApi, Form

TEXT = "极客"
OURS = Handle("1", TEXT)
OLD = "2026-11-20T10:00:00Z"
TEXTS = replace(RULES, identity="text")


def holding(vendor_status: str, *, submitted_at: str = "", trace: str = "") -> FakeApi:
    review = Review("1", TEXT, RULES.status(vendor_status), vendor_status)
    return FakeApi({"1": replace(review, submitted_at=submitted_at, trace=trace)})


def again(api: FakeApi, text: str = TEXT, rules: Rules = RULES) -> list[float]:
    """Resubmit; the seconds that it waited."""
    slept: list[float] = []
    before = next(iter(api.held.values()))
    resubmit_once(rules, api, OURS, Form(name=text), before, sleep=slept.append)
    return slept


def test_what_is_taken_is_sent_once_and_looked_for_nowhere() -> None:
    api = holding("bad")
    assert again(api) == []
    assert api.calls == ["resubmit"]


@pytest.mark.parametrize(
    ("vendor_status", "submitted_at"),
    [("bad", ""), ("wait", OLD)],
    ids=["it has left the rejection", "it was submitted later"],
)
def test_a_lost_answer_is_found_in_the_review(vendor_status: str, submitted_at: str) -> None:
    api = holding(vendor_status, submitted_at=submitted_at)
    api.lost = {"resubmit": True}
    assert again(api) == [0.0]
    assert api.calls == ["resubmit", "reviews"]


def test_a_lost_answer_is_found_by_the_trace_that_a_submission_leaves() -> None:
    api = holding("wait", trace="order 1")
    api.lost = {"resubmit": False}
    with pytest.raises(OutcomeUnknownError):
        again(api)
    moved = replace(api.held["1"], trace="order 2")
    api.on_review = lambda: api.held.update({"1": moved})
    again(api)


@pytest.mark.parametrize("vendor_status", ["wait", "bad", "odd"])
def test_a_lost_answer_that_nothing_proves_is_said_and_safe_to_repeat(vendor_status: str) -> None:
    api = holding(vendor_status)
    api.lost = {"resubmit": False}
    with pytest.raises(OutcomeUnknownError) as caught:
        again(api)
    assert api.calls == ["resubmit", "reviews", "reviews", "reviews"]
    assert "run `pulumi up` again" in caught.value.advice


def test_a_status_that_nobody_knows_proves_nothing() -> None:
    api = holding("bad")
    api.lost = {"resubmit": False}
    odd = replace(api.held["1"], status=Status.UNKNOWN, vendor_status="odd")
    api.on_review = lambda: api.held.update({"1": odd})
    with pytest.raises(OutcomeUnknownError):
        again(api)


def test_a_new_text_proves_it_where_the_text_is_the_identity() -> None:
    api = holding("wait")
    api.lost = {"resubmit": True}
    again(api, "新名", TEXTS)
    assert api.calls == ["find", "resubmit", "reviews"]


def test_a_new_text_that_another_one_has_is_refused_before_anything_is_sent() -> None:
    api = holding("wait")
    api.held["2"] = Review("新名", "新名", Status.APPROVED, "good")
    with pytest.raises(DuplicateError, match="nothing was sent") as caught:
        again(api, "新名", TEXTS)
    assert 'adopt="新名"' in caught.value.advice
    assert "resubmit" not in api.calls


@pytest.mark.parametrize("refusal", [RefusedError, AccountError])
def test_a_refusal_of_what_has_moved_says_that_it_moved(refusal: type[SmsSignError]) -> None:
    api = holding("good")
    api.refusal = refusal("no", code="7", words="not now", request_id="r-1", action="Modify")
    with pytest.raises(ReviewMovedError, match="refused Modify: 【极客】 is APPROVED") as caught:
        again(api)
    assert (caught.value.code, caught.value.words) == ("7", "not now")
    assert caught.value.request_id == "r-1"


@pytest.mark.parametrize("vendor_status", ["wait", "bad"])
def test_a_refusal_of_what_may_be_changed_is_just_that(vendor_status: str) -> None:
    api = holding(vendor_status)
    api.refusal = RefusedError("no", code="7")
    with pytest.raises(RefusedError) as caught:
        again(api)
    assert not isinstance(caught.value, ReviewMovedError)
    assert ("while the carriers file it" in caught.value.advice) is (vendor_status == "wait")


def test_a_refusal_of_what_may_be_edited_though_approved_is_just_that() -> None:
    api = holding("good")
    api.refusal = RefusedError("no", code="7")
    with pytest.raises(RefusedError) as caught:
        again(api, rules=replace(RULES, editable=frozenset({"good"})))
    assert not isinstance(caught.value, ReviewMovedError)


@pytest.mark.parametrize("refusal", [RefusedError("no"), UnavailableError("busy", code="7")])
def test_what_is_no_vendors_refusal_is_not_looked_into(refusal: SmsSignError) -> None:
    api = holding("good")
    api.refusal = refusal
    with pytest.raises(type(refusal)):
        again(api)
    assert api.calls == ["resubmit"]


def test_a_refusal_stays_that_when_nobody_can_be_asked() -> None:
    api = holding("good")
    api.refusal = RefusedError("no", code="7")
    api.trouble = AccountError("the key is wrong")
    with pytest.raises(RefusedError, match="no"):
        again(api)


def test_a_new_text_is_no_matter_where_an_id_is_the_identity() -> None:
    api = holding("bad")
    again(api, "新名")
    assert api.calls == ["resubmit"]


def test_what_is_looked_for_is_the_signature_under_its_new_text_where_it_is_kept() -> None:
    api = holding("bad")
    api.lost = {"resubmit": True}
    asked: list[Handle] = []
    original = api.reviews

    def reviews(handles: Sequence[Handle]) -> Mapping[Handle, Review]:
        asked.extend(handles)
        return original(handles)

    api.reviews = reviews  # type: ignore[method-assign]
    there = Handle("1", TEXT, "a project")
    before = api.held["1"]
    resubmit_once(RULES, api, there, Form(name="新名"), before, sleep=lambda _: None)
    assert asked == [Handle("1", "新名", "a project")]


def test_what_has_gone_meanwhile_proves_nothing() -> None:
    api = holding("bad")
    api.lost = {"resubmit": False}
    api.on_review = api.held.clear
    with pytest.raises(OutcomeUnknownError):
        again(api)


def test_the_same_time_and_a_time_where_none_was_prove_nothing() -> None:
    api = holding("wait", submitted_at=OLD)
    api.lost = {"resubmit": False}
    with pytest.raises(OutcomeUnknownError):
        again(api)
    api = holding("wait")
    api.lost = {"resubmit": False}
    dated = replace(api.held["1"], submitted_at=OLD, trace="order 1")
    api.on_review = lambda: api.held.update({"1": dated})
    with pytest.raises(OutcomeUnknownError):
        again(api)


def test_trouble_at_one_look_is_no_reason_not_to_look_again() -> None:
    api = holding("bad")
    api.lost = {"resubmit": True}
    looks = iter([UnavailableError("busy"), None])

    def next_look() -> None:
        api.trouble = next(looks)

    api.on_review = next_look
    assert again(api) == [0.0, 1.0]
