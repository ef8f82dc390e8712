"""Waiting, with a clock that only moves when somebody sleeps."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field, replace
from functools import partial

import pytest

from pulumi_smssign.contract import lifeline
from pulumi_smssign.contract.vendor import Capabilities
from pulumi_smssign.core.conclusion import Conclusion, conclusion
from pulumi_smssign.core.verdicts import Target, Until, Verdict
from pulumi_smssign.core.waiting import Patience, wait
from pulumi_smssign.model.errors import (
    AccountError,
    InterruptedRunError,
    SmsSignError,
    UnavailableError,
)
from pulumi_smssign.model.filing import Filing, FilingState
from pulumi_smssign.model.review import Handle, Review
from tests.unit.desk import RULES, FakeApi


class Clock(threading.Event):
    """Time that passes while one waits for the event; `then` is done at a moment."""

    def __init__(self) -> None:
        super().__init__()
        self.now = 0.0
        self.then: list[tuple[float, object]] = []

    def __call__(self) -> float:
        return self.now

    def wait(self, timeout: float | None = None) -> bool:
        self.now += timeout or 0
        for moment, act in list(self.then):
            if self.now >= moment and callable(act):
                self.then.remove((moment, act))
                act()
        return self.is_set()


@dataclass
class Lines:
    """The lines and live texts of a wait."""

    stayed: list[str] = field(default_factory=list)
    live: list[str] = field(default_factory=list)

    def info(self, text: str) -> None:
        self.stayed.append(text)

    def progress(self, text: str) -> None:
        self.live.append(text)


@dataclass
class Stage:
    api: FakeApi = field(default_factory=FakeApi)
    clock: Clock = field(default_factory=Clock)
    lines: Lines = field(default_factory=Lines)

    def target(self, identifier: str, vendor_status: str) -> Target:
        self.decide(identifier, vendor_status)
        return Target(f"brand{identifier}", "example", "default", Handle(identifier, "极客"))

    def decide(self, identifier: str, vendor_status: str, reason: str = "") -> None:
        status = RULES.status(vendor_status)
        self.api.held[identifier] = Review(identifier, "极客", status, vendor_status, reason)

    def wait(self, *targets: Target, timeout: float = 600, interval: float = 10) -> list[Verdict]:
        return wait(
            lambda *_: self.api,
            targets,
            Patience(timeout, interval),
            self.lines,
            cancelled=self.clock,
            clock=self.clock,
        )


@pytest.fixture
def stage() -> Stage:
    return Stage()


@dataclass
class Vendor:
    """One of two vendors, and why its account can't be opened."""

    name: str
    api: FakeApi = field(default_factory=FakeApi)
    fault: SmsSignError | None = None

    def decide(self, identifier: str, vendor_status: str, reason: str = "") -> None:
        status = RULES.status(vendor_status)
        self.api.held[identifier] = Review(identifier, "极客", status, vendor_status, reason)


@dataclass
class TwoVendors:
    """A signature in review at each of two vendors."""

    up: Vendor = field(default_factory=lambda: Vendor("up"))
    down: Vendor = field(default_factory=lambda: Vendor("down"))
    account: str = "default"
    clock: Clock = field(default_factory=Clock)
    lines: Lines = field(default_factory=Lines)

    def __post_init__(self) -> None:
        self.up.decide("1", "wait")
        self.down.decide("2", "wait")

    def open(self, vendor: str, _account: str) -> FakeApi:
        side = self.up if vendor == "up" else self.down
        if side.fault is not None:
            raise side.fault
        return side.api

    def wait(self, *, timeout: float = 600, order: tuple[int, int] = (0, 1)) -> list[Verdict]:
        targets = [
            Target("brand1", "up", self.account, Handle("1", "极客")),
            Target("brand2", "down", self.account, Handle("2", "极客")),
        ]
        return wait(
            self.open,
            [targets[place] for place in order],
            Patience(timeout, 10),
            self.lines,
            cancelled=self.clock,
            clock=self.clock,
        )


def test_it_ends_as_soon_as_all_are_approved(stage: Stage) -> None:
    first, second = stage.target("1", "good"), stage.target("2", "wait")
    stage.clock.then = [(25, lambda: stage.decide("2", "good"))]
    verdicts = stage.wait(first, second)
    assert all(verdict.is_approved for verdict in verdicts)
    assert 25 <= stage.clock.now < 40


def test_a_rejection_ends_it_at_once(stage: Stage) -> None:
    first, second = stage.target("1", "wait"), stage.target("2", "wait")
    stage.clock.then = [(5, lambda: stage.decide("1", "bad", "unreadable"))]
    verdicts = stage.wait(first, second)
    assert str(verdicts[0]) == "brand1 【极客】 (example 1) is REJECTED: unreadable"
    assert stage.clock.now < 20


def test_one_that_is_gone_ends_it_at_once(stage: Stage) -> None:
    target = stage.target("1", "wait")
    stage.api.held.clear()
    (verdict,) = stage.wait(target)
    assert "GONE" in str(verdict)
    assert verdict.report()["status"] == "GONE"
    assert stage.clock.now == 0


def test_an_unknown_status_is_waited_for_and_never_taken_for_approved(stage: Stage) -> None:
    (verdict,) = stage.wait(stage.target("1", "strange"), timeout=30)
    assert not verdict.is_approved
    assert "UNKNOWN (strange)" in str(verdict)
    assert stage.clock.now == 30


@pytest.mark.parametrize(("timeout", "interval"), [(95, 50), (10.25, 10)])
def test_the_time_is_never_overrun(stage: Stage, timeout: float, interval: float) -> None:
    stage.wait(stage.target("1", "wait"), timeout=timeout, interval=interval)
    assert stage.clock.now == timeout


def test_no_time_asks_once(stage: Stage) -> None:
    stage.wait(stage.target("1", "wait"), timeout=0)
    assert stage.api.calls == ["reviews"]


def test_the_looks_grow_apart(stage: Stage) -> None:
    stage.wait(stage.target("1", "wait"), timeout=3600)
    assert 20 < len(stage.api.calls) < 50


def test_a_line_tells_what_is_new_and_only_that(stage: Stage) -> None:
    first, second = stage.target("1", "wait"), stage.target("2", "wait")
    stage.clock.then = [
        (20, lambda: stage.decide("1", "good")),
        (50, lambda: stage.decide("2", "good")),
    ]
    stage.wait(first, second)
    assert stage.lines.stayed == [
        "brand1 【极客】 (example 1) is PENDING",
        "brand2 【极客】 (example 2) is PENDING",
        "brand1 【极客】 (example 1) is APPROVED",
        "brand2 【极客】 (example 2) is APPROVED",
    ]


def test_news_of_more_than_ten_are_one_line_and_ten_names(stage: Stage) -> None:
    targets = [stage.target(f"{number:02}", "wait") for number in range(30)]

    def decide(status: str, first: int) -> None:
        for number in range(first, first + 12):
            stage.decide(f"{number:02}", status)

    stage.clock.then = [(5, partial(decide, "good", 0)), (50, partial(decide, "bad", 12))]
    stage.wait(*targets, timeout=300)
    refused = ", ".join(f"brand{number}" for number in range(12, 22))
    assert stage.lines.stayed == [
        "30 of 30 have news: 30 PENDING",
        "12 of 30 have news: 12 APPROVED",
        f"12 of 30 have news: 12 REJECTED: {refused} and 2 more",
    ]
    assert stage.lines.live[0].endswith("brand08, brand09 and 20 more")


def test_a_heartbeat_tells_that_it_goes_on_and_a_live_text_the_time(stage: Stage) -> None:
    stage.wait(stage.target("1", "wait"), timeout=300)
    heartbeats = stage.lines.stayed[1:]
    assert len(heartbeats) >= 3
    assert all(line.startswith("0/1 approved, ") for line in heartbeats)
    assert all(line.endswith(" of 5m: waiting for brand1") for line in heartbeats)
    assert len(stage.lines.live) > 250
    assert stage.lines.live[9].startswith("0/1 approved, 9s of 5m: ")


def test_a_heartbeat_comes_every_minute(stage: Stage) -> None:
    stage.wait(stage.target("1", "wait"), timeout=300, interval=60)
    assert stage.lines.stayed[1].startswith("0/1 approved, 1m of 5m: waiting")


def test_ctrl_c_ends_it_within_a_tick(stage: Stage) -> None:
    stage.clock.then = [(7, stage.clock.set)]
    with pytest.raises(InterruptedRunError) as caught:
        stage.wait(stage.target("1", "wait"), interval=60)
    assert stage.clock.now == 7
    assert caught.value.summary == (
        "the waiting was ended; nothing is lost: every application stays with its vendor"
    )
    assert caught.value.advice == "run `pulumi up` again to go on waiting."


# --- accounts that can't be asked


@pytest.fixture
def two() -> TwoVendors:
    return TwoVendors()


def test_an_outage_is_told_once_and_its_end(two: TwoVendors) -> None:
    two.up.decide("1", "good")
    two.down.decide("2", "good")
    two.down.api.trouble = UnavailableError("down can't be reached", code="503")
    two.clock.then = [(200, lambda: setattr(two.down.api, "trouble", None))]
    verdicts = two.wait()
    assert [verdict.is_approved for verdict in verdicts] == [True, True]
    assert [line for line in two.lines.stayed if ":" not in line] == [
        "brand1 【极客】 (up 1) is APPROVED",
        "still waiting for brand2, though down can't be reached (503)",
        "brand2 【极客】 (down 2) is APPROVED",
    ]


def test_another_outage_of_the_same_account_is_told_and_that_it_answers_again(
    two: TwoVendors,
) -> None:
    two.down.api.trouble = UnavailableError("down can't be reached")
    two.clock.then = [
        (50, lambda: setattr(two.down.api, "trouble", UnavailableError("down broke off"))),
        (150, lambda: setattr(two.down.api, "trouble", None)),
    ]
    two.wait(timeout=400)
    assert [line for line in two.lines.stayed if "down" in line and ":" not in line] == [
        "still waiting for brand2, though down can't be reached",
        "still waiting for brand2, though down broke off",
        "brand2 【极客】 (down 2) is PENDING",
        "down answers again",
    ]


def test_unchanged_verdict_is_not_told_again_after_an_outage(two: TwoVendors) -> None:
    two.clock.then = [
        (20, lambda: setattr(two.down.api, "trouble", UnavailableError("down can't be reached"))),
        (100, lambda: setattr(two.down.api, "trouble", None)),
    ]
    two.wait(timeout=400)
    assert two.lines.stayed.count("brand2 【极客】 (down 2) is PENDING") == 1
    assert "down answers again" in two.lines.stayed


def test_an_account_other_than_the_default_is_named_when_it_answers_again(
    two: TwoVendors,
) -> None:
    two.account = "shop"
    two.down.api.trouble = UnavailableError("down can't be reached")
    two.clock.then = [(50, lambda: setattr(two.down.api, "trouble", None))]
    two.wait(timeout=300)
    assert "down (account shop) answers again" in two.lines.stayed


def test_the_progress_names_who_can_not_be_asked(two: TwoVendors) -> None:
    two.down.api.trouble = UnavailableError("down can't be reached")
    two.wait(timeout=30)
    assert two.lines.live[0].startswith(
        "0/2 approved, 0s of 30s: waiting for brand1, brand2 (can't be asked)"
    )


@pytest.mark.parametrize("order", [(0, 1), (1, 0)], ids=["first", "last"])
def test_a_refusal_ends_it_at_once_though_another_vendor_is_down(
    two: TwoVendors, order: tuple[int, int]
) -> None:
    two.down.api.trouble = UnavailableError("down can't be reached")
    two.clock.then = [(5, lambda: two.up.decide("1", "bad", "unreadable"))]
    verdicts = two.wait(order=order)
    lines = sorted(map(str, verdicts))
    assert two.clock.now < 20
    assert lines[0] == "brand1 【极客】 (up 1) is REJECTED: unreadable"
    assert lines[1].startswith(
        "brand2 【极客】 (down 2) couldn't be asked, since down can't be reach"
    )


@pytest.mark.parametrize("order", [(0, 1), (1, 0)], ids=["first", "last"])
def test_a_refusal_is_not_held_up_by_an_account_that_hangs(
    two: TwoVendors, order: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pulumi_smssign.core.verdicts.GRACE", 0.1)
    hangs = threading.Event()
    two.up.decide("1", "bad")
    two.down.api.on_review = hangs.wait
    refused, unanswered = sorted(two.wait(order=order), key=lambda verdict: verdict.target.name)
    hangs.set()
    assert refused.is_refused
    assert unanswered.standing == (
        "couldn't be asked, since down had not answered yet; nothing is known of it yet"
    )


class Grace(float):
    """A minute's grace; `has_begun` is set when it is added to the time."""

    has_begun = threading.Event()

    def __radd__(self, now: float) -> float:
        self.has_begun.set()
        return now + float(self)


def test_a_refusal_leaves_the_others_a_moment_to_answer(
    two: TwoVendors, monkeypatch: pytest.MonkeyPatch
) -> None:
    grace = Grace(60)
    grace.has_begun.clear()
    monkeypatch.setattr("pulumi_smssign.core.verdicts.GRACE", grace)
    two.up.decide("1", "bad")
    two.down.api.on_review = lambda: grace.has_begun.wait(60)
    _, pending = two.wait()
    assert str(pending) == "brand2 【极客】 (down 2) is PENDING"


def test_why_an_account_could_not_be_asked_before_is_said_of_one_that_hangs_in_the_end(
    two: TwoVendors, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pulumi_smssign.core.verdicts.GRACE", 0.0)
    hangs = threading.Event()
    two.down.api.trouble = UnavailableError("down can't be reached")

    def then() -> None:
        two.up.decide("1", "bad")
        two.down.api.on_review = hangs.wait

    two.clock.then = [(5, then)]
    _, down = two.wait()
    hangs.set()
    assert str(down.failure) == "down can't be reached"


def test_the_end_of_the_time_says_what_is_known_of_each(two: TwoVendors) -> None:
    trouble = UnavailableError("down can't be reached")
    two.clock.then = [(29, lambda: setattr(two.down.api, "trouble", trouble))]
    up, down = two.wait(timeout=100)
    assert str(up) == "brand1 【极客】 (up 1) is PENDING"
    assert str(down) == (
        "brand2 【极客】 (down 2) couldn't be asked, since down can't be reached, for 52s now; "
        "PENDING when last asked"
    )
    assert conclusion([up, down]) is Conclusion.OPEN
    assert two.clock.now == 100


def test_how_long_nobody_answers_begins_anew_with_each_outage(two: TwoVendors) -> None:
    trouble = UnavailableError("down can't be reached")
    two.clock.then = [
        (5, lambda: setattr(two.down.api, "trouble", trouble)),
        (40, lambda: setattr(two.down.api, "trouble", None)),
        (299, lambda: setattr(two.down.api, "trouble", trouble)),
    ]
    _, down = two.wait(timeout=300)
    assert down.unasked_for == 0


def test_approval_before_an_outage_is_not_done_until_it_can_be_asked(
    two: TwoVendors,
) -> None:
    two.down.decide("2", "good")
    trouble = UnavailableError("down can't be reached")
    two.clock.then = [
        (15, lambda: setattr(two.down.api, "trouble", trouble)),
        (30, lambda: two.up.decide("1", "good")),
        (100, lambda: setattr(two.down.api, "trouble", None)),
    ]
    verdicts = two.wait()
    assert conclusion(verdicts) is Conclusion.DONE
    assert two.clock.now > 100


def test_trouble_that_waiting_does_not_mend_ends_it_once_all_are_asked(two: TwoVendors) -> None:
    two.down.api.trouble = AccountError(
        "down refused List: the key is wrong", code="Auth.Failed", request_id="r-1"
    )
    up, down = two.wait()
    assert two.clock.now == 0
    assert str(up) == "brand1 【极客】 (up 1) is PENDING"
    assert str(down) == (
        "brand2 【极客】 (down 2) couldn't be asked, since down refused List: the key is wrong "
        "(Auth.Failed, request id r-1); nothing is known of it yet"
    )
    assert conclusion([up, down]) is Conclusion.LOST
    assert not down.is_refused


def test_an_account_that_can_not_be_opened_hides_nothing_of_the_others(two: TwoVendors) -> None:
    two.up.api.capabilities = Capabilities(lists_all=False)
    two.down.fault = AccountError("the configuration lacks a key")
    up, down = two.wait()
    assert str(up) == "brand1 【极客】 (up 1) is PENDING"
    assert down.failure is two.down.fault


def test_a_run_that_is_ended_while_an_account_is_asked_is_ended(two: TwoVendors) -> None:
    two.down.api.trouble = InterruptedRunError("the run was ended during List")
    with pytest.raises(InterruptedRunError):
        two.wait()


def test_a_bug_in_one_accounts_calls_is_a_bug(two: TwoVendors) -> None:
    del two.down.api.held  # whatever: the code asks for what is not there
    with pytest.raises(AttributeError):
        two.wait()


def test_a_look_has_the_time_that_is_left_and_the_last_one_a_little(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    time_left: list[float] = []
    stage.api.on_review = lambda: time_left.append(lifeline.time_left())
    stage.wait(stage.target("1", "wait"), timeout=30, interval=10)
    assert 29 < time_left[0] <= 30
    assert 2 < time_left[-1] <= 2.25
    stage.wait(*(stage.target(str(number), "wait") for number in range(8)), timeout=0)
    assert 3.9 < time_left[-1] <= 4
    assert lifeline.time_left() == float("inf")


def test_of_several_a_vendor_that_lists_less_is_asked_in_full_once_it_is_over(stage: Stage) -> None:
    stage.api.capabilities = Capabilities(lists_all=False)
    first, second = stage.target("1", "good"), stage.target("2", "wait")
    stage.clock.then = [(25, lambda: stage.decide("2", "good"))]
    stage.wait(first, second)
    *before, last = stage.api.calls
    assert len(before) > 1
    assert set(before) == {"verdicts"}
    assert last == "reviews"


def test_refused_signature_is_not_asked_in_full_once_more(stage: Stage) -> None:
    stage.api.capabilities = Capabilities(lists_all=False)
    stage.wait(stage.target("1", "bad"), stage.target("2", "wait"))
    assert stage.api.calls == ["verdicts"]


@pytest.mark.parametrize(
    ("lists_all", "count", "until"),
    [(True, 2, "approved"), (False, 1, "approved"), (False, 2, "filed")],
    ids=["the list tells all", "there is one", "the filing is waited for"],
)
def test_a_vendor_is_asked_in_full_all_along(
    stage: Stage, lists_all: bool, count: int, until: Until
) -> None:
    stage.api.capabilities = Capabilities(lists_all=lists_all)
    targets = [replace(stage.target(str(number), "wait"), until=until) for number in range(count)]
    stage.wait(*targets, timeout=30)
    assert set(stage.api.calls) == {"reviews"}


def test_a_wait_for_the_filing_shows_how_many_are_filed_and_what_is_usual(stage: Stage) -> None:
    targets = [replace(stage.target(str(number), "good"), until="filed") for number in (1, 2)]
    for id_, filing in (("1", FilingState.FILED), ("2", FilingState.FILING)):
        stage.api.held[id_] = replace(stage.api.held[id_], filing=Filing(filing))
    stage.wait(*targets, timeout=90)
    assert stage.lines.live[0] == (
        "1/2 filed, 0s of 1m 30s: waiting for brand2 (filing: usually 5 to 10 working days, and "
        "carriers pause over Spring Festival)"
    )


@pytest.mark.parametrize(
    ("count", "shown"),
    [(10, "brand09"), (11, "brand09 and 1 more")],
)
def test_ten_lines_and_names_are_told_one_by_one(stage: Stage, count: int, shown: str) -> None:
    stage.wait(*(stage.target(f"{number:02}", "wait") for number in range(count)), timeout=30)
    lines = [f"brand{number:02} 【极客】 (example {number:02}) is PENDING" for number in range(10)]
    assert stage.lines.stayed == (lines if count == 10 else ["11 of 11 have news: 11 PENDING"])
    first = ", ".join(f"brand{number:02}" for number in range(9))
    assert stage.lines.live[0] == f"0/{count} approved, 0s of 30s: waiting for {first}, {shown}"


def test_a_summary_counts_each_status_and_names_who_is_refused(stage: Stage) -> None:
    targets = [stage.target(f"{number:02}", "wait") for number in range(12)]

    def decide() -> None:
        for number in range(11):
            stage.decide(f"{number:02}", "bad" if number == 4 else "good")

    stage.clock.then = [(5, decide)]
    stage.wait(*targets)
    assert stage.lines.stayed == [
        "12 of 12 have news: 12 PENDING",
        "11 of 12 have news: 10 APPROVED, 1 REJECTED: brand04",
    ]


def looks(stage: Stage, **times: float) -> list[float]:
    """The moments of the looks of a wait that is not answered."""
    seen: list[float] = []
    stage.api.on_review = lambda: seen.append(stage.clock.now)
    stage.wait(stage.target("1", "wait"), **times)
    return seen


def test_the_looks_grow_apart_by_half_and_to_two_minutes(stage: Stage) -> None:
    assert looks(stage, timeout=700, interval=40) == [0, 40, 100, 190, 310, 430, 550, 670, 700]


@pytest.mark.parametrize(
    ("interval", "moments"),
    [(0, [0, 1, 2.5, 4]), (0.5, [0, 1, 2.5, 4]), (1, [0, 1, 2.5, 4]), (2, [0, 2, 4])],
)
def test_the_looks_are_a_second_apart_at_the_least(
    stage: Stage, interval: float, moments: list[float]
) -> None:
    assert looks(stage, timeout=4, interval=interval) == moments


def test_an_interval_of_the_program_may_be_longer_than_two_minutes(stage: Stage) -> None:
    assert looks(stage, timeout=1000, interval=300) == [0, 300, 600, 900, 1000]


def test_after_news_the_looks_are_close_again(stage: Stage) -> None:
    stage.clock.then = [(99, lambda: stage.decide("2", "good"))]
    second = stage.target("2", "wait")
    seen: list[float] = []
    stage.api.on_review = lambda: seen.append(stage.clock.now)
    stage.wait(stage.target("1", "wait"), second, timeout=200, interval=40)
    assert seen == [0, 40, 100, 140, 200]
