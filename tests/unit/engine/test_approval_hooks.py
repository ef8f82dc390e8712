"""The hooks of an `Approval`: what is waited for, when it is waited for again, and how it ends."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import pulumi
import pytest

from pulumi_smssign.engine import row
from pulumi_smssign.engine.approval_hooks import ApprovalHooks
from pulumi_smssign.model.errors import (
    AccountError,
    AwaitingError,
    NotApprovedError,
    SmsSignError,
    UnavailableError,
)
from pulumi_smssign.model.filing import Filing, FilingState
from pulumi_smssign.model.review import Review
from tests.unit.desk import FakeApi
from tests.unit.engine.stage import Bag, Office

URN = "urn:pulumi:dev::shop::x::approval"
Lines = Callable[[], list[str]]


class Stage:
    """Two signatures at one vendor, and an Approval of both that asks once."""

    def __init__(self) -> None:
        self.office = Office({})
        self.hooks = ApprovalHooks(self.office)
        self.api: FakeApi = self.office.api("tencent", "default")
        self.decide("1", "1")
        self.decide("2", "0")

    def decide(self, id_: str, raw: str, *, filing: str = "unknown", reason: str = "") -> None:
        filed = Filing(FilingState(filing), reasons=["no licence"] if filing == "failed" else ())
        status = self.api.rules.status(raw)
        self.api.held[id_] = Review(id_, f"极客{id_}", status, raw, reason, filing=filed)

    def props(self, **changes: object) -> Bag:
        targets = [
            {
                "name": f"brand{id_}",
                "vendor": "tencent",
                "account": "default",
                "id": id_,
                "text": f"极客{id_}",
                "scope": "mainland",
                "revision": 1.0,
                "accepted_at": "2026-11-22T10:00:00Z",
            }
            for id_ in ("1", "2")
        ]
        usual = {"timeout": 0.0, "poll_interval": "10s", "until": "approved", "on_pending": "fail"}
        return {**usual, "signatures": targets, **changes}

    def wait(self, **changes: object) -> Bag:
        """A Create; its outputs."""
        return dict(self.hooks.create(URN, self.props(**changes)).outs or {})

    def wait_again(self, state: Bag, **changes: object) -> Bag:
        """An Update; its outputs."""
        return dict(self.hooks.update(URN, "x", state, self.props(**changes)).outs or {})

    def read(self, state: Bag) -> Bag:
        """A Read; its outputs."""
        result = self.hooks.read(URN, "x", state)
        assert result.id == "x"
        return dict(result.outs or {})


@pytest.fixture
def two() -> Stage:
    return Stage()


# --- check


def test_usable_inputs_are_taken_without_what_the_program_tells_of_its_run(two: Stage) -> None:
    result = two.hooks.check(URN, {}, two.props(__run={"preview": True}))
    assert result.failures == []
    assert result.inputs == two.props()


A_TIME = 'must be a time such as "30m", "1h30m", "90s" or a number of seconds'


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("timeout", "soon", A_TIME),
        ("poll_interval", -1.0, A_TIME),
        ("poll_interval", None, A_TIME),
        ("on_pending", "wait", 'must be "await", "fail" or "continue"'),
        ("until", "sent", 'must be "approved" or "filed"'),
        ("signatures", [], "names no signature to wait for"),
        ("signatures", None, "names no signature to wait for"),
    ],
)
def test_each_input_that_is_not_usable_is_named(
    two: Stage, name: str, value: object, reason: str
) -> None:
    (failure,) = two.hooks.check(URN, {}, two.props(**{name: value})).failures
    assert (failure.property, failure.reason) == (name, reason)


def waiting_for_filing(two: Stage, *vendors: str) -> Bag:
    """Inputs that wait for the filing at these vendors."""
    props = two.props(until="filed")
    for target, vendor in zip(props["signatures"], vendors, strict=True):
        target["vendor"] = vendor
    return props


@pytest.mark.parametrize("on_pending", ["await", "fail", "continue", None])
@pytest.mark.parametrize("until", ["approved", "filed"])
def test_each_choice_is_taken(two: Stage, on_pending: str | None, until: str) -> None:
    news = {**waiting_for_filing(two, "alibaba", "huawei"), "until": until}
    result = two.hooks.check(URN, {}, {**news, "on_pending": on_pending})
    assert result.failures == []
    unsaid = {name: value for name, value in news.items() if name not in ("until", "on_pending")}
    assert two.hooks.check(URN, {}, unsaid).failures == []


def test_a_filing_at_a_vendor_that_nobody_knows_is_not_judged(two: Stage, lines: Lines) -> None:
    """Nor one whose signature is not known in this preview."""
    news = waiting_for_filing(two, "nobody", "tencent")
    news["signatures"].append(pulumi.UNKNOWN)
    assert two.hooks.check(URN, {}, news).failures == []
    (warning,) = lines()
    assert warning == (
        'approval: tencent tells nothing of the carriers\' filing, so until="filed" waits only '
        "for the approval of brand2."
    )


@pytest.mark.parametrize(
    ("vendors", "reason"),
    [
        (("tencent", "tencent"), "tencent tells nothing of the carriers' filing, so "),
        (("ucloud", "tencent"), "tencent, ucloud tell nothing of the carriers' filing, so "),
    ],
)
def test_a_filing_that_no_vendor_tells_of_is_not_waited_for(
    two: Stage, vendors: tuple[str, str], reason: str
) -> None:
    (failure,) = two.hooks.check(URN, {}, waiting_for_filing(two, *vendors)).failures
    assert failure.property == "until"
    assert failure.reason == f'{reason}"filed" would wait for no more than "approved"'


def test_of_a_filing_that_some_vendors_tell_of_the_others_are_warned_of(
    two: Stage, lines: Lines
) -> None:
    assert two.hooks.check(URN, {}, waiting_for_filing(two, "alibaba", "huawei")).failures == []
    assert lines() == []
    assert two.hooks.check(URN, {}, waiting_for_filing(two, "huawei", "yunpian")).failures == []
    (warning,) = lines()
    assert warning.endswith("waits only for the approval of brand2.")


def called(value: object) -> str:
    """What a case is called: the same in each process, whatever an object's address is."""
    return str(value).replace(repr(pulumi.UNKNOWN), "unknown")


@pytest.mark.parametrize(
    "news",
    [{"signatures": pulumi.UNKNOWN, "until": "filed"}, {"timeout": pulumi.UNKNOWN}],
    ids=called,
)
def test_an_input_that_is_not_known_yet_is_passed_over(two: Stage, news: Bag) -> None:
    assert two.hooks.check(URN, {}, two.props(**news)).failures == []


# --- diff


def differs(two: Stage, olds: Bag, **news: object) -> bool | None:
    return two.hooks.diff(URN, "x", olds, two.props(**news)).changes


@pytest.mark.parametrize(
    ("state", "news", "waits"),
    [
        ({"approved": True}, {}, False),
        ({"approved": True}, {"timeout": 99.0, "on_pending": "continue"}, False),
        ({"approved": True}, {"signatures": pulumi.UNKNOWN}, True),
        ({"approved": False}, {}, True),
        ({}, {}, True),
        *(
            ({"approved": True, "deliverable": deliverable}, {"until": "filed"}, waits)
            for deliverable, waits in (("yes", False), ("unknown", False), ("no", True))
        ),
        ({"approved": True}, {"until": "filed"}, True),
        ({"approved": True, "deliverable": "no"}, {}, False),
    ],
    ids=called,
)
def test_it_waits_again_only_for_what_the_last_wait_did_not_see(
    two: Stage, state: Bag, news: Bag, waits: bool
) -> None:
    assert differs(two, two.props(**state), **news) is waits


@pytest.mark.parametrize(
    "name", ["vendor", "account", "id", "text", "scope", "revision", "accepted_at"]
)
def test_a_signature_has_moved_when_it_was_submitted_anew(two: Stage, name: str) -> None:
    (first, second) = two.props()["signatures"]
    moved = [{**first, name: "else"}, second]
    assert differs(two, two.props(approved=True), signatures=moved) is True
    renamed = [{**first, "name": "else"}, second]
    assert differs(two, two.props(approved=True), signatures=renamed) is False


# --- the wait


def test_it_is_approved_when_every_signature_is(two: Stage) -> None:
    two.decide("1", "0", filing="filed")
    outs = two.wait()
    assert (outs["approved"], outs["deliverable"]) == (True, "unknown")
    assert [report["status"] for report in outs["reviews"]] == ["APPROVED", "APPROVED"]
    assert outs.items() >= two.props().items(), "and the inputs are among its outputs"
    assert two.wait_again(outs).items() >= two.props().items()
    assert two.read(two.props(extra="stays"))["extra"] == "stays"


def test_each_approval_has_an_id_of_its_own(two: Stage) -> None:
    two.decide("1", "0")
    first, second = (two.hooks.create(URN, two.props()).id for _ in range(2))
    assert uuid.UUID(first) != uuid.UUID(second)


def test_an_open_one_fails_it_and_says_how_to_go_on(two: Stage) -> None:
    with pytest.raises(NotApprovedError) as caught:
        two.wait()
    error = caught.value
    assert error.summary == (
        "1 of 2 signatures is not approved:\n  - brand1 【极客1】 (tencent 1) is PENDING\n"
        "  nothing is lost: every application stays with its vendor"
    )
    assert error.advice == "run `pulumi up` again to go on waiting, or give a longer timeout."


def test_continue_goes_on_with_an_open_one_and_says_so(two: Stage, lines: Lines) -> None:
    outs = two.wait(on_pending="continue")
    assert (outs["approved"], outs["deliverable"]) == (False, "no")
    text = "\n".join(lines())
    assert "no verdict on brand1 yet: `approved` is false, as on_pending=" in text
    assert "The next `pulumi up` asks again." in text


@pytest.mark.parametrize("on_pending", ["fail", "continue", "await"])
def test_a_rejection_ends_it_whatever_is_said_of_open_ones(two: Stage, on_pending: str) -> None:
    two.decide("1", "-1", reason="unreadable")
    with pytest.raises(NotApprovedError, match="is REJECTED: unreadable") as caught:
        two.wait(on_pending=on_pending)
    assert not isinstance(caught.value, AwaitingError)
    assert caught.value.advice.startswith("mend what was refused")


def test_a_failed_filing_ends_a_wait_for_it(two: Stage) -> None:
    two.decide("1", "0", filing="failed")
    with pytest.raises(NotApprovedError, match="1 of 2 signatures is not filed") as caught:
        two.wait(until="filed")
    assert caught.value.advice.startswith("ask the vendor why the filing failed")


def test_a_filing_under_way_does_not_end_a_wait_for_it(two: Stage) -> None:
    two.decide("1", "0", filing="filing")
    two.decide("2", "0", filing="filed")
    outs = two.wait(until="filed", on_pending="continue")
    assert (outs["approved"], outs["deliverable"]) == (True, "no")


def test_one_that_has_gone_is_not_said_to_be_lost_nowhere(two: Stage) -> None:
    del two.api.held["1"]
    with pytest.raises(NotApprovedError, match="is GONE") as caught:
        two.wait()
    assert "nothing is lost" not in caught.value.summary


def test_an_update_waits_again_and_a_read_asks_once(two: Stage) -> None:
    two.decide("1", "0")
    assert two.wait_again({})["approved"] is True
    assert two.read(two.props(approved=False))["approved"] is True
    two.decide("1", "-1")
    assert two.read(two.props())["approved"] is False


def test_an_account_that_can_not_be_asked_fails_it(two: Stage) -> None:
    two.api.trouble = AccountError("the key is wrong")
    with pytest.raises(AccountError):
        two.wait()


def test_words_that_the_program_calls_secret_are_in_no_line(two: Stage, lines: Lines) -> None:
    two.decide("1", "-1", reason="unreadable")
    targets: list[Any] = two.props()["signatures"]
    hidden = [{**target, "hides": ["reason"]} for target in targets]
    with pytest.raises(NotApprovedError, match=r"is REJECTED: \[secret\]"):
        two.wait(signatures=hidden)
    assert "unreadable" not in "\n".join(lines())


# --- awaiting


@pytest.mark.parametrize("on_pending", [None, "await"])
def test_signatures_never_approved_are_awaited(
    two: Stage, on_pending: str | None, lines: Lines
) -> None:
    two.decide("2", "1")
    with pytest.raises(AwaitingError) as caught:
        two.wait(on_pending=on_pending)
    assert caught.value.summary.startswith("2 of 2 signatures are not approved:\n  - brand1")
    assert "ends such a run as *awaiting* (exit code 10)" in caught.value.advice
    text = "\n".join(lines())
    assert (
        "awaiting brand1, brand2: the next `pulumi up` goes on, and nothing went wrong.\n"
        "  - brand1 【极客1】 (tencent 1) is PENDING (for "
    ) in text
    assert "usually about 2 hours on working days)" in text


def test_once_approved_an_open_review_fails_unless_the_program_says_await(two: Stage) -> None:
    two.decide("1", "0")
    state = two.wait()
    two.decide("1", "1")
    for olds in (state, {**state, "approved": False}):
        with pytest.raises(NotApprovedError) as caught:
            two.wait_again(olds, on_pending=None)
        assert not isinstance(caught.value, AwaitingError)
    with pytest.raises(AwaitingError):
        two.wait_again(state, on_pending="await")
    with pytest.raises(AwaitingError):
        two.wait_again(two.props(approved=False), on_pending=None)


def test_that_it_was_approved_once_is_kept_by_a_refresh(two: Stage) -> None:
    two.decide("1", "0")
    state = two.wait()
    two.decide("1", "-1")
    outs = two.read(state)
    assert (outs["approved"], outs["was_approved"]) == (False, True)
    assert "was_approved" not in two.read(two.props())


@pytest.mark.parametrize(
    ("on_pending", "state", "is_warned"),
    [
        ("await", {"approved": True}, True),
        ("await", {"approved": False, "was_approved": True}, True),
        ("await", {"approved": False}, False),
        (None, {"approved": True}, False),
        ("fail", {"approved": True}, False),
    ],
)
def test_a_preview_warns_of_what_an_awaiting_run_deletes(
    two: Stage, lines: Lines, on_pending: str | None, state: Bag, is_warned: bool
) -> None:
    news, moved = two.props(on_pending=on_pending), {**two.props(**state), "signatures": []}
    for preview in (True, False):
        row._shown_once.clear()
        two.hooks.check(URN, {}, {**news, "__run": {"preview": preview}})
        assert two.hooks.diff(URN, "x", moved, news).changes
        assert ("the engine deletes" in "\n".join(lines())) is (is_warned and preview)


# --- accounts that can't be asked


class Apart(Stage):
    """The same with the second signature at a vendor of its own, which may be down."""

    @property
    def other(self) -> FakeApi:
        return self.office.api("yunpian", "default")

    def __init__(self) -> None:
        super().__init__()
        self.other.held["2"] = self.api.held.pop("2")

    def props(self, **changes: object) -> Bag:
        props = super().props(**changes)
        if "signatures" not in changes:
            props["signatures"][1]["vendor"] = "yunpian"
            props["signatures"][1]["text"] = "2"
        return props

    def down(self, failure: SmsSignError | None = None) -> None:
        self.other.trouble = failure or UnavailableError(
            "yunpian can't be reached", advice="look at the network."
        )


@pytest.fixture
def apart() -> Apart:
    return Apart()


def test_a_rejection_is_told_while_another_vendor_is_down(apart: Apart) -> None:
    apart.down()
    apart.decide("1", "-1", reason="unreadable")
    with pytest.raises(NotApprovedError) as caught:
        apart.wait(on_pending="continue")
    assert caught.value.summary == (
        "2 of 2 signatures are not approved, or couldn't be asked:\n"
        "  - brand1 【极客1】 (tencent 1) is REJECTED: unreadable\n"
        "  - brand2 【2】 (yunpian 2) couldn't be asked, since yunpian can't be reached; "
        "nothing is known of it yet\n"
        "  nothing is lost: every application stays with its vendor"
    )
    assert caught.value.advice == (
        "mend what was refused and run `pulumi up` again: it goes on from here.\n"
        "    yunpian: look at the network."
    )


def test_an_account_that_asking_again_does_not_mend_ends_it_red_with_all_that_is_known(
    apart: Apart,
) -> None:
    apart.down(AccountError("the key is wrong", code="-1", advice="set another key."))
    with pytest.raises(NotApprovedError) as caught:
        apart.wait(on_pending="continue")
    assert "brand1 【极客1】 (tencent 1) is PENDING" in caught.value.summary
    assert "couldn't be asked, since the key is wrong (-1); nothing" in caught.value.summary
    assert caught.value.advice.endswith("\n    yunpian: set another key.")


def test_at_the_end_of_the_time_an_outage_fails_it_with_all_that_is_known(apart: Apart) -> None:
    apart.down()
    apart.decide("1", "0")
    with pytest.raises(NotApprovedError, match="1 of 2 signatures is not approved, or couldn't"):
        apart.wait()


def test_a_vendor_that_is_down_is_awaited_beside_a_review(apart: Apart, lines: Lines) -> None:
    apart.down()
    with pytest.raises(AwaitingError):
        apart.wait(on_pending="await")
    text = "\n".join(lines())
    assert "awaiting brand1, brand2" in text
    assert "couldn't be asked, since yunpian can't be reached" in text


def test_an_outage_of_all_is_no_review_to_wait_for(apart: Apart) -> None:
    apart.down()
    apart.api.trouble = UnavailableError("tencent can't be reached")
    with pytest.raises(NotApprovedError) as caught:
        apart.wait(on_pending="await")
    assert not isinstance(caught.value, AwaitingError)


def test_where_nobody_can_be_asked_for_different_reasons_each_is_told(apart: Apart) -> None:
    apart.down()
    apart.api.trouble = AccountError("the key is wrong")
    with pytest.raises(NotApprovedError) as caught:
        apart.wait()
    assert "the key is wrong" in caught.value.summary
    assert "yunpian can't be reached" in caught.value.summary


def test_continue_goes_on_while_a_vendor_is_down_and_says_so(apart: Apart, lines: Lines) -> None:
    apart.down()
    outs = apart.wait(on_pending="continue")
    assert (outs["approved"], outs["deliverable"]) == (False, "no")
    assert [report["status"] for report in outs["reviews"]] == ["PENDING", "UNKNOWN"]
    text = "\n".join(lines())
    assert (
        "no verdict on brand1 yet; brand2 couldn't be asked, since yunpian can't be reached: "
        "`approved` is false, as on_pending="
    ) in text
    assert "The next `pulumi up` asks again." in text


def approved(apart: Apart) -> Bag:
    """The state once both are approved."""
    apart.decide("1", "0", filing="filed")
    return apart.wait()


def test_an_approval_that_state_tells_of_is_not_lost_by_an_outage(
    apart: Apart, lines: Lines
) -> None:
    state = approved(apart)
    apart.down()
    outs = apart.wait_again(state, on_pending="continue")
    assert outs["approved"] is True
    assert outs["reviews"] == state["reviews"]
    text = "\n".join(lines())
    assert "`approved` stays true, as on_pending=" in text
    assert text.endswith("`pulumi refresh` asks again.")


def test_the_report_of_an_earlier_submission_is_none_of_the_next(apart: Apart) -> None:
    state = approved(apart)
    apart.down()
    news = apart.props(on_pending="continue")
    news["signatures"][1]["revision"] = 2.0
    outs = apart.hooks.update(URN, "x", state, news).outs or {}
    assert (outs["approved"], outs["reviews"][1]["status"]) == (False, "UNKNOWN")


def test_a_refresh_keeps_what_state_says_of_an_account_that_is_down(
    apart: Apart, lines: Lines
) -> None:
    state = approved(apart)
    apart.down()
    result = apart.read(state)
    assert (result["approved"], result["reviews"]) == (True, state["reviews"])
    apart.decide("1", "-1", reason="withdrawn")
    result = apart.read(state)
    assert (result["approved"], result["deliverable"]) == (False, "no")
    assert [report["status"] for report in result["reviews"]] == ["REJECTED", "APPROVED"]
    assert (
        "brand2 couldn't be asked, since yunpian can't be reached: "
        "`reviews` keeps what was told last."
    ) in "\n".join(lines())


def test_a_refresh_for_which_nobody_can_be_asked_fails(apart: Apart) -> None:
    state = approved(apart)
    apart.down()
    apart.api.trouble = UnavailableError("tencent can't be reached")
    with pytest.raises(UnavailableError, match="tencent can't be reached"):
        apart.read(state)


def test_a_filing_that_can_not_be_asked_after_is_as_it_was_told_last(
    apart: Apart, lines: Lines
) -> None:
    state = approved(apart)
    apart.down()
    outs = apart.wait_again(state, on_pending="continue", until="filed")
    assert (outs["approved"], outs["deliverable"]) == (True, "unknown")
    assert '`deliverable` is "unknown", as on_pending=' in "\n".join(lines())
