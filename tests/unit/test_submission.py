"""Writing once, whatever is lost on the way."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from pulumi_smssign.contract import lifeline
from pulumi_smssign.contract.application import Application
from pulumi_smssign.contract.vendor import Capabilities
from pulumi_smssign.core import submission
from pulumi_smssign.core.submission import Twins
from pulumi_smssign.model.errors import (
    AccountError,
    DuplicateError,
    InputError,
    InterruptedRunError,
    NotFoundError,
    OutcomeUnknownError,
    RefusedError,
    SmsSignError,
    UnavailableError,
)
from pulumi_smssign.model.review import Handle, Review
from pulumi_smssign.model.rules import Rules
from pulumi_smssign.model.vocabulary import Status
from tests.unit.desk import RULES, FakeApi, Form

WANTED = Form(name="极客")
OURS = Handle("1", "极客")
NO_LOOK_UP = Capabilities(finds=False)
TAKES_TOKEN = Capabilities(finds=False, takes_token=True)


def holding(vendor_status: str = "wait", text: str = "极客") -> FakeApi:
    status = RULES.status(vendor_status)
    return FakeApi({"1": Review("1", text, status, vendor_status, reported={"name": text})})


def twins(api: FakeApi, *passed_over: str, was_cut_off: bool = False) -> Twins:
    return submission.twins_of(
        RULES, api, WANTED, lambda review: review.id in passed_over, was_cut_off=was_cut_off
    )


def submit(api: FakeApi, *passed_over: str, token: str = "") -> tuple[str, list[float]]:
    """The new signature's id, and the seconds that were waited."""
    slept: list[float] = []
    review = submission.submit_once(
        RULES, api, WANTED, lambda review: review.id in passed_over, token=token, sleep=slept.append
    )
    return review.id, slept


def refusing(refused: SmsSignError, monkeypatch: pytest.MonkeyPatch) -> FakeApi:
    """An account that answers no question by a text."""
    api = FakeApi()

    def find(application: Application) -> Sequence[Review]:
        del application
        raise refused

    monkeypatch.setattr(api, "find", find)
    return api


# --- the look before


def test_twins_are_what_bears_the_text_and_is_not_passed_over() -> None:
    api = holding("good")
    api.held["2"] = replace(api.held["1"], id="2")
    api.held["3"] = replace(api.held["1"], id="3", text="别的")
    assert twins(api) == Twins((api.held["1"], api.held["2"]))
    assert twins(api, "1") == Twins((api.held["2"],))
    assert api.calls == ["find", "find"]


REFUSED = RefusedError(
    "example refused Find", action="Find", code="7", request_id="r-1", vendor_message="no"
)


@pytest.mark.parametrize("refused", [REFUSED, InputError("what is that")], ids=["no", "what"])
def test_a_question_that_is_refused_says_nothing_of_the_application(
    refused: SmsSignError, monkeypatch: pytest.MonkeyPatch
) -> None:
    api = refusing(refused, monkeypatch)
    assert twins(api) == Twins(unchecked=refused.summary)


def test_after_a_run_that_was_cut_off_nothing_is_submitted_unchecked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with pytest.raises(OutcomeUnknownError) as caught:
        twins(refusing(REFUSED, monkeypatch), was_cut_off=True)
    error = caught.value
    assert error.summary == (
        "an earlier run was cut off while it submitted 【极客】, and whether it arrived can't be "
        "seen: example refused Find; nothing was sent"
    )
    assert (error.vendor, error.action, error.code) == ("example", "Find", "7")
    assert (error.vendor_message, error.request_id) == ("no", "r-1")
    assert error.advice == (
        "look in the vendor's console: if it is there, add adopt= with its id; if not, `smssign "
        "journal clear` forgets the earlier run, and the next `pulumi up` submits it."
    )


def test_a_wrong_key_stops_it_before_anything_is_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(AccountError):
        twins(refusing(AccountError("the key is wrong"), monkeypatch))


def test_a_vendor_without_a_look_up_is_submitted_to_unchecked() -> None:
    api = FakeApi(capabilities=NO_LOOK_UP)
    assert twins(api) == Twins(unchecked="example has no look-up by text")
    assert api.calls == []


def test_without_look_up_and_token_a_run_that_was_cut_off_is_followed_by_none() -> None:
    with pytest.raises(OutcomeUnknownError, match="example has no look-up by text") as caught:
        twins(FakeApi(capabilities=NO_LOOK_UP), was_cut_off=True)
    error = caught.value
    assert (error.action, error.code, error.vendor_message, error.request_id) == ("", "", "", "")
    assert "`smssign journal clear`" in error.advice


def test_with_a_token_the_submission_is_simply_tried_again() -> None:
    assert twins(FakeApi(capabilities=TAKES_TOKEN), was_cut_off=True) == Twins()


# --- the submission


def test_a_submission_is_sent_once_with_its_token_and_looked_for_nowhere() -> None:
    api = FakeApi()
    assert submit(api, token="t-1") == ("1", [])
    assert (api.calls, api.tokens) == (["submit"], ["t-1"])
    submission.submit_once(RULES, api, Form(name="别的"))
    assert api.tokens == ["t-1", ""]


def test_an_answer_lost_after_the_vendor_acted_is_found() -> None:
    api = FakeApi(lost={"submit": True})
    assert submit(api) == ("1", [0.0])
    assert api.calls == ["submit", "find"]


def test_a_new_signature_may_show_up_late() -> None:
    api = FakeApi(lost={"submit": True}, blind_looks=2)
    assert submit(api) == ("1", [0.0, 1.0, 3.0])
    assert api.calls.count("submit") == 1


def test_trouble_at_one_look_is_no_reason_not_to_look_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    api = FakeApi(lost={"submit": True})
    find = api.find

    def first_in_trouble(application: Application) -> Sequence[Review]:
        reviews = find(application)
        if api.calls.count("find") == 1:
            raise UnavailableError("busy")
        return reviews

    monkeypatch.setattr(api, "find", first_in_trouble)
    assert submit(api) == ("1", [0.0, 1.0])


LOST = OutcomeUnknownError(
    "lost", action="Add", code="8", vendor_message="theirs", request_id="r-2"
)


@pytest.mark.parametrize(
    ("finds", "summary", "advice"),
    [
        (
            True,
            "example does not show it (yet)",
            (
                "run `pulumi up` again: it looks before it submits, so there will be one "
                "signature, and on this machine it takes over what arrived. Where another machine "
                "then says that the account has it already, add the adopt= that it names."
            ),
        ),
        (
            False,
            "example has no look-up",
            "run `pulumi up` again on this machine: its journal knows of this submission.",
        ),
    ],
    ids=["looked for", "no look-up"],
)
def test_an_application_lost_on_the_way_is_never_sent_again(
    finds: bool, summary: str, advice: str
) -> None:
    api = FakeApi(refusal=LOST, capabilities=Capabilities(finds=finds))
    with pytest.raises(OutcomeUnknownError) as caught:
        submit(api)
    error = caught.value
    assert error.summary == (
        f"lost. Whether the application arrived is not known, and {summary}; it was not sent again"
    )
    assert (error.vendor, error.action, error.code) == ("example", "Add", "8")
    assert (error.vendor_message, error.request_id, error.advice) == ("theirs", "r-2", advice)
    assert api.calls == ["submit", *["find"] * 3 * finds]


def test_a_passed_over_signature_is_never_taken_for_a_lost_answer() -> None:
    api = holding("good")
    api.lost = {"submit": False}
    with pytest.raises(OutcomeUnknownError):
        submit(api, "1")
    api.lost = {"submit": True}
    assert submit(api, "1")[0] not in ("", "1")


def test_ctrl_c_in_a_submission_ends_its_looks_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A look that waits for its time would take an hour here."""
    cancelled, api = threading.Event(), FakeApi(lost={"submit": True})
    monkeypatch.setattr(lifeline, "cancelled", cancelled)
    monkeypatch.setattr(submission, "LOOKS", (0.0, 3600.0))

    def find_while_it_goes_on(application: Application) -> Sequence[Review]:
        del application
        cancelled.set()
        lifeline.must_go_on("Find")
        return ()

    monkeypatch.setattr(api, "find", find_while_it_goes_on)
    with pytest.raises(OutcomeUnknownError, match="it was not sent again"):
        submission.submit_once(RULES, api, WANTED)


# --- adoption


def test_an_adoption_asks_for_the_very_signature() -> None:
    assert submission.adopt(RULES, holding(), OURS, WANTED.model_dump()).id == "1"
    with pytest.raises(NotFoundError) as caught:
        submission.adopt(RULES, FakeApi(), OURS, WANTED.model_dump())
    assert caught.value.summary == "there is no signature 1 to adopt in this account"
    assert caught.value.vendor == "example"
    assert caught.value.advice == (
        "look up its id in the vendor's console, or take adopt= out to submit it."
    )


def reporting(**reported: object) -> Review:
    return Review("1", "极客", Status.APPROVED, "good", reported=reported)


KEYED = replace(
    RULES, unique=frozenset({"name", "kind"}), fixed=frozenset({"place", "paper"}),
    console_only=frozenset({"paper"}),
)  # fmt: skip


def test_an_adopted_one_has_the_text_and_the_fixed_fields_of_the_program() -> None:
    wanted = {"name": "极客", "kind": 1.0, "place": "here", "paper": 7, "colour": "red"}
    submission.must_be_as_declared(KEYED, reporting(**wanted), wanted)
    attached_and_free = reporting(name="极客", kind=1, place="here", paper=8, colour="blue")
    submission.must_be_as_declared(KEYED, attached_and_free, wanted)
    with pytest.raises(InputError) as caught:
        submission.must_be_as_declared(KEYED, reporting(name="别的", kind=2, place="here"), wanted)
    assert caught.value.summary == (
        "the signature 1 to adopt has kind=2, name='别的', and the program says otherwise"
    )
    assert caught.value.vendor == "example"
    assert caught.value.advice == "write kind=2, name='别的' to adopt it; change it after."


def test_a_choice_is_written_by_its_name() -> None:
    assert submission.written(Status.APPROVED) == "Status.APPROVED"
    assert submission.written("极客") == "'极客'"


def test_an_approved_twin_is_taken_over_unasked_only_as_declared() -> None:
    wanted: dict[str, object] = {"name": "极客", "kind": 1, "remark": None}
    same = reporting(name="极客", kind=1.0, remark="what the program leaves out", paper=7)
    submission.must_be_all_as_declared(RULES, same, wanted)
    with pytest.raises(DuplicateError) as caught:
        submission.must_be_all_as_declared(RULES, reporting(name="极客", kind=2), wanted)
    assert caught.value.summary == (
        "the account has 【极客】 already: 1 (APPROVED). It has kind=2, and the program says "
        "otherwise; nothing was submitted"
    )
    assert caught.value.vendor == "example"
    assert caught.value.advice == "write kind=2, and it is taken over; or choose another text."


def test_the_refusal_of_a_twin_names_it_and_every_way_out() -> None:
    api = holding("wait")
    api.held["2"] = replace(api.held["1"], id="2", status=Status.REJECTED)
    rules = replace(RULES, duplicate_hint="A twin may be of the other kind.")
    error = refusal(rules, api)
    assert error.summary == (
        "the account has 【极客】 already: 1 (PENDING), 2 (REJECTED); nothing was submitted"
    )
    assert error.vendor == "example"
    assert error.advice.split("\n    - ") == [
        "what fits:",
        (
            "A resource of this stack had it under another name: give this one "
            'opts=pulumi.ResourceOptions(aliases=[pulumi.Alias(name="that name")]).'
        ),
        (
            'It is to be taken over as it is: add adopt="1"; where runs begin on machines that are '
            'thrown away, adopt="existing" says so beforehand.'
        ),
        (
            "This very resource has it, after --replace or a taint: leave --replace out, or run "
            "`pulumi state untaint URN`."
        ),
        "Another stack manages it: read it here with Signature.get.",
        "None of these: choose another text.",
        "A twin may be of the other kind.",
    ]


def test_the_refusal_of_an_approved_twin_says_what_takes_it_over_by_itself() -> None:
    retain = 'With deletion_policy="retain" an approved one is taken over by itself.'
    assert retain in refusal(RULES, holding("good")).advice.split("\n    - ")
    assert refusal(RULES, holding("wait")).advice.endswith("choose another text.")


def refusal(rules: Rules, api: FakeApi) -> DuplicateError:
    return submission.taken(rules, WANTED, list(api.held.values()))


# --- the deletion, and the first review


def test_a_deletion_tells_whether_the_signature_was_still_there() -> None:
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


def test_a_lost_deletion_that_nobody_can_look_up_is_told_as_lost() -> None:
    api = holding()
    api.lost = {"withdraw": False}
    api.trouble = InterruptedRunError("the run was ended before Get: nothing was sent")
    with pytest.raises(OutcomeUnknownError, match="the answer was lost"):
        submission.withdraw(api, OURS)


# --- what was there, and what another has begun


def test_a_signature_that_is_still_there_is_told_as_it_is() -> None:
    review = submission.still_there(RULES, holding("good"), OURS)
    assert (review.id, review.status) == ("1", Status.APPROVED)


def test_one_that_has_gone_is_submitted_anew_by_the_next_run() -> None:
    with pytest.raises(NotFoundError) as caught:
        submission.still_there(RULES, FakeApi(), OURS)
    error = caught.value
    assert (error.summary, error.vendor) == ("example no longer has 1", "example")
    assert error.advice == "run `pulumi up` again: it will be submitted anew."


def test_refusal_names_the_stack_that_has_begun_and_the_ways_out() -> None:
    began = (datetime.now(UTC) - timedelta(seconds=90)).isoformat()
    error = submission.begun_elsewhere(RULES, WANTED, "urn:other", began)
    assert error.summary == (
        f"【{WANTED.text}】 was submitted 1m 30s ago by another stack, urn:other, and example "
        "does not show it (yet); nothing was submitted"
    )
    assert error.vendor == "example"
    assert error.advice == (
        "let one stack manage it, and read it in the other with Signature.get; or run "
        "`pulumi up` again in ten minutes, when the vendor shows what there is."
    )
