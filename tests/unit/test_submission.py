"""Writing once, whatever is lost on the way."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from pulumi_smssign.contract import evidence
from pulumi_smssign.contract import lifeline
from pulumi_smssign.core import submission
from pulumi_smssign.contract.application import Application
from pulumi_smssign.model.errors import (
    AccountError,
    DuplicateError,
    EvidenceError,
    InputError,
    InterruptedRunError,
    NotFoundError,
    OutcomeUnknownError,
    RefusedError,
    SmsSignError,
    UnavailableError,
)
from pulumi_smssign.model.review import Handle, Review
from pulumi_smssign.model.vocabulary import Status
from pulumi_smssign.core.resubmission import resubmit_once
from tests.images import png
from tests.unit.desk import RULES, FakeApi, Form

WANTED = Form(name="极客")
OURS = Handle("1", "极客")


class Mine(submission.Claim):
    """A claim that is told what is another's, what is its own and what was cut off, and counts."""

    def __init__(self, *others: str, cut_off: bool = False, existing: bool = False) -> None:
        self.others = others
        self.cut_off = cut_off
        self.existing = existing
        self.marks: list[str] = []
        self.marks_when_alone: list[str] = []

    def is_anothers(self, review: Review) -> bool:
        return review.id in self.others

    def was_cut_off(self) -> bool:
        return self.cut_off

    def takes_existing(self) -> bool:
        return self.existing

    @contextlib.contextmanager
    def alone(self) -> Iterator[None]:
        before = len(self.marks)
        yield
        self.marks_when_alone = self.marks[before:]

    def begin(self) -> None:
        self.marks.append("begin")

    def forget(self) -> None:
        self.marks.append("forget")


def submit(api: FakeApi, form: Form = WANTED, claim: submission.Claim | None = None) -> str:
    claim = claim or submission.NO_CLAIM
    return submission.submit_once(RULES, api, form, claim, sleep=lambda _: None).id


def that_takes_no_question(refused: SmsSignError, monkeypatch: pytest.MonkeyPatch) -> FakeApi:
    api = FakeApi()

    def find(application: Application) -> Sequence[Review]:
        del application
        api.calls.append("find")
        raise refused

    monkeypatch.setattr(api, "find", find)
    return api


@pytest.mark.parametrize("kind", [InputError, RefusedError], ids=lambda kind: kind.__name__)
def test_what_can_not_be_looked_up_is_submitted_and_said_to_be_unchecked(
    kind: type[SmsSignError], monkeypatch: pytest.MonkeyPatch
) -> None:
    api = that_takes_no_question(kind("example refused Find: what is that"), monkeypatch)
    submitted = submission.submit_once(RULES, api, WANTED)
    assert submitted.id in api.held
    assert submitted.unchecked == "example refused Find: what is that"
    assert api.calls == ["find", "submit"]


def test_a_key_that_is_wrong_stops_it_before_anything_is_sent(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    api = that_takes_no_question(AccountError("the key is wrong"), monkeypatch)
    with pytest.raises(AccountError):
        submit(api)
    assert api.calls == ["find"]


def test_what_was_unchecked_is_said_also_where_the_answer_was_lost(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    api = FakeApi(lost={"submit": True})
    ask = api.find

    def find(application: Application) -> Sequence[Review]:
        if not api.calls:
            api.calls.append("find")
            raise RefusedError("example refused Find: what is that")
        return ask(application)

    monkeypatch.setattr(api, "find", find)
    submitted = submission.submit_once(RULES, api, WANTED, sleep=lambda _: None)
    assert submitted == submission.Submission("1", unchecked="example refused Find: what is that")


def test_what_was_checked_is_not_said_to_be_unchecked() -> None:
    assert submission.submit_once(RULES, FakeApi(), WANTED) == submission.Submission("1")


def test_after_a_run_that_was_cut_off_nothing_is_submitted_unchecked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    refused = RefusedError(
        "example refused Find", action="Find", code="7", request_id="r-1", words="no"
    )
    api = that_takes_no_question(refused, monkeypatch)
    with pytest.raises(OutcomeUnknownError, match="nothing was sent") as caught:
        submit(api, claim=Mine(cut_off=True))
    assert api.calls == ["find"]
    told = caught.value
    assert (told.code, told.request_id, told.words) == ("7", "r-1", "no")
    assert (told.vendor, told.action) == (RULES.vendor, "Find")
    assert "adopt=" in caught.value.advice


def holding(vendor_status: str = "wait", text: str = "极客") -> FakeApi:
    status = RULES.status(vendor_status)
    return FakeApi({"1": Review("1", text, status, vendor_status, reported={"name": text})})


def test_it_looks_before_it_submits() -> None:
    api = FakeApi()
    assert submit(api) == "1"
    assert api.calls == ["find", "submit"]


@pytest.mark.parametrize("vendor_status", ["wait", "good", "bad"])
def test_what_is_found_before_is_not_ours(vendor_status: str) -> None:
    api = holding(vendor_status)
    with pytest.raises(DuplicateError) as caught:
        submit(api)
    advice = caught.value.advice
    assert 'adopt="1"' in advice
    assert advice.index("aliases=") < advice.index("adopt=")
    assert "submit" not in api.calls


def test_an_answer_lost_after_the_vendor_acted_is_found() -> None:
    api = FakeApi(lost={"submit": True})
    assert submit(api) == "1"
    assert api.calls.count("submit") == 1


def test_a_new_signature_may_show_up_late() -> None:
    api = FakeApi(lost={"submit": True}, blind_looks=2)
    assert submit(api) == "1"
    assert api.calls.count("submit") == 1


def test_trouble_at_one_look_is_no_reason_not_to_look_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    api = FakeApi(lost={"submit": True})
    find, slept = api.find, list[float]()

    def first_in_trouble(application: Application) -> Sequence[Review]:
        found = find(application)
        if api.calls.count("find") == 2:  # the first one is the look before
            raise UnavailableError("busy")
        return found

    monkeypatch.setattr(api, "find", first_in_trouble)
    submitted = submission.submit_once(RULES, api, WANTED, submission.NO_CLAIM, sleep=slept.append)
    assert submitted.id == "1"
    assert api.calls == ["find", "submit", "find", "find"]
    assert slept == list(submission.LOOKS[:2])


def test_an_application_lost_on_the_way_is_never_sent_again() -> None:
    api = FakeApi(lost={"submit": False})
    with pytest.raises(OutcomeUnknownError, match="not sent again"):
        submit(api)
    assert api.calls.count("submit") == 1


def test_what_is_another_ones_is_no_twin() -> None:
    """Such as one that this run has just deleted and a list still shows."""
    api = holding("good")
    assert submit(api, claim=Mine("1")) == "2"


def test_what_is_another_ones_is_never_taken_for_a_lost_answer() -> None:
    api = holding("good")
    api.lost = {"submit": False}
    with pytest.raises(OutcomeUnknownError):
        submit(api, claim=Mine("1"))


def test_what_a_run_that_was_cut_off_has_submitted_is_taken_over() -> None:
    api = holding("good")
    found = submission.submit_once(RULES, api, WANTED, Mine(cut_off=True))
    assert found == submission.Submission("1", was_cut_off=True)
    assert "submit" not in api.calls


def test_a_mark_is_set_before_the_submission_and_left_where_it_may_have_arrived() -> None:
    for lost in ({}, {"submit": True}, {"submit": False}):
        mine = Mine()
        api = FakeApi(lost=dict(lost))
        with contextlib.suppress(OutcomeUnknownError):
            submit(api, claim=mine)
        assert mine.marks == ["begin"], lost


def test_a_mark_is_cleared_when_the_vendor_refused() -> None:
    mine = Mine()
    api = FakeApi(refusal=RefusedError("no"))
    with pytest.raises(RefusedError):
        submit(api, claim=mine)
    assert mine.marks == ["begin", "forget"]
    api = holding("bad")
    api.refusal = RefusedError("no")
    with pytest.raises(RefusedError):
        resubmit_once(RULES, api, OURS, WANTED, api.held["1"], claim=mine)
    assert mine.marks == ["begin", "forget"] * 2


def test_nothing_is_marked_that_is_not_sent() -> None:
    mine = Mine()
    with pytest.raises(DuplicateError):
        submit(holding("good"), claim=mine)
    assert mine.marks == []


def test_a_changed_proof_file_stops_it_before_any_call(tmp_path: Path) -> None:
    file = tmp_path / "proof.png"
    file.write_bytes(png())
    form = Form.of({"name": "极客", "proof": evidence.describe(file)}, "")
    file.write_bytes(png(1))
    api = FakeApi()
    with pytest.raises(EvidenceError):
        submit(api, form)
    assert api.calls == []


def test_deleting_tells_whether_it_was_still_there() -> None:
    api = holding()
    assert submission.withdraw(api, OURS) is True
    assert submission.withdraw(api, OURS) is False


def test_a_lost_answer_to_a_deletion_is_looked_up() -> None:
    api = holding()
    api.lost = {"withdraw": True}
    assert submission.withdraw(api, OURS) is True
    api = holding()
    api.lost = {"withdraw": False}
    with pytest.raises(OutcomeUnknownError):
        submission.withdraw(api, OURS)


def test_adopting_asks_for_the_very_text() -> None:
    assert submission.adopt(RULES, holding(), OURS, WANTED.model_dump()).id == "1"
    with pytest.raises(InputError, match="name='别的'"):
        submission.adopt(RULES, holding(text="别的"), OURS, WANTED.model_dump())
    with pytest.raises(NotFoundError):
        submission.adopt(RULES, FakeApi(), OURS, WANTED.model_dump())


@pytest.mark.parametrize("odd", [ValueError, OverflowError, RecursionError, KeyError, MemoryError])
def test_nothing_that_the_vendor_may_answer_makes_the_first_review_fail(
    odd: type[Exception],
) -> None:
    def answer() -> None:
        raise odd

    review = submission.first_review(RULES, FakeApi(on_review=answer).details, OURS)
    assert (review.id, review.is_assumed) == ("1", True)


def test_a_lost_deletion_that_nobody_can_look_up_is_told_as_lost() -> None:
    api = holding()
    api.lost = {"withdraw": False}
    api.trouble = InterruptedRunError("the run was ended before Get: nothing was sent")
    with pytest.raises(OutcomeUnknownError, match="the answer was lost"):
        submission.withdraw(api, OURS)


def test_ctrl_c_in_a_submission_leaves_its_mark_and_ends_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    cancelled, api, claim = threading.Event(), FakeApi(lost={"submit": True}), Mine()
    monkeypatch.setattr(lifeline, "cancelled", cancelled)
    find = api.find

    def find_while_it_goes_on(application: Application) -> Sequence[Review]:
        if "submit" in api.calls:
            cancelled.set()
        lifeline.must_go_on("Find")
        return find(application)

    monkeypatch.setattr(api, "find", find_while_it_goes_on)
    began = time.monotonic()
    with pytest.raises(OutcomeUnknownError, match="it was not sent again"):
        submission.submit_once(RULES, api, WANTED, claim)
    assert time.monotonic() - began < 2
    assert claim.marks == ["begin"]


def test_the_first_review_never_fails() -> None:
    api = FakeApi(trouble=UnavailableError("no answer"))
    review = submission.first_review(RULES, api.details, OURS)
    assert (review.id, review.text, review.status) == ("1", "极客", Status.PENDING)
    assert submission.first_review(RULES, FakeApi().details, OURS).vendor_status == "wait"


def test_what_exists_is_taken_over_where_the_program_says_that_it_is_its_own() -> None:
    api = FakeApi()
    submit(api)
    api.calls.clear()
    claim = Mine(existing=True)
    submitted = submission.submit_once(RULES, api, WANTED, claim)
    assert submitted == submission.Submission("1", existed=True)
    assert api.calls == ["find"]
    assert claim.marks == []


def test_where_nothing_exists_it_is_submitted() -> None:
    api = FakeApi()
    claim = Mine(existing=True)
    submitted = submission.submit_once(RULES, api, WANTED, claim)
    assert not submitted.existed
    assert submitted.id in api.held
    assert claim.marks_when_alone == ["begin"]


def test_of_several_that_exist_none_is_guessed() -> None:
    api = FakeApi()
    submit(api)
    api.held["2"] = replace(api.held["1"], id="2")
    api.calls.clear()
    with pytest.raises(DuplicateError, match=r"1 .*2 "):
        submit(api, claim=Mine(existing=True))
    assert api.calls == ["find"]


def test_what_another_resource_holds_is_not_taken_over() -> None:
    api = FakeApi()
    submit(api)
    api.calls.clear()
    submitted = submission.submit_once(RULES, api, WANTED, Mine("1", existing=True))
    assert not submitted.existed


def test_who_is_not_the_first_sends_nothing() -> None:
    class Second(submission.Claim):
        def must_be_first(self) -> None:
            raise DuplicateError("another stack has submitted it a moment ago")

    api = FakeApi()
    with pytest.raises(DuplicateError, match="a moment ago"):
        submit(api, claim=Second())
    assert api.calls == ["find"]
