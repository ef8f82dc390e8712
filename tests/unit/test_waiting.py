"""Waiting, with a clock that only moves when somebody sleeps."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest

from pulumi_smssign.contract import lifeline
from pulumi_smssign.contract.vendor import Capabilities
from pulumi_smssign.core.waiting import Patience, Target, Until, Verdict, ask, wait
from pulumi_smssign.model.errors import AccountError, InterruptedRunError, UnavailableError
from pulumi_smssign.model.filing import Filing, FilingState
from pulumi_smssign.model.review import SHOWN_AFTER, Handle, Review
from pulumi_smssign.model.vocabulary import Status
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
    """What was told."""

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


def test_it_ends_as_soon_as_all_are_approved(stage: Stage) -> None:
    one, two = stage.target("1", "good"), stage.target("2", "wait")
    stage.clock.then = [(25, lambda: stage.decide("2", "good"))]
    verdicts = stage.wait(one, two)
    assert all(verdict.is_approved for verdict in verdicts)
    assert 25 <= stage.clock.now < 40


def test_a_rejection_ends_it_at_once(stage: Stage) -> None:
    one, two = stage.target("1", "wait"), stage.target("2", "wait")
    stage.clock.then = [(5, lambda: stage.decide("1", "bad", "unreadable"))]
    verdicts = stage.wait(one, two)
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
    one, two = stage.target("1", "wait"), stage.target("2", "wait")
    stage.clock.then = [
        (20, lambda: stage.decide("1", "good")),
        (50, lambda: stage.decide("2", "good")),
    ]
    stage.wait(one, two)
    assert stage.lines.stayed == [
        "brand1 【极客】 (example 1) is PENDING",
        "brand2 【极客】 (example 2) is PENDING",
        "brand1 【极客】 (example 1) is APPROVED",
        "brand2 【极客】 (example 2) is APPROVED",
    ]


def test_a_heartbeat_tells_that_it_goes_on_and_a_live_text_the_time(stage: Stage) -> None:
    stage.wait(stage.target("1", "wait"), timeout=300)
    heartbeats = stage.lines.stayed[1:]
    assert len(heartbeats) >= 3
    assert all("0 of 1 approved, waiting for brand1" in line for line in heartbeats)
    assert len(stage.lines.live) > 250
    assert stage.lines.live[9].endswith("9s of 5m")


def test_a_heartbeat_comes_every_minute(stage: Stage) -> None:
    stage.wait(stage.target("1", "wait"), timeout=300, interval=60)
    assert stage.lines.stayed[1].endswith("waiting for brand1: 1m of 5m")


def test_ctrl_c_ends_it_within_a_tick(stage: Stage) -> None:
    stage.clock.then = [(7, stage.clock.set)]
    with pytest.raises(InterruptedRunError) as caught:
        stage.wait(stage.target("1", "wait"), interval=60)
    assert stage.clock.now == 7
    assert caught.value.summary == (
        "the waiting was ended; nothing is lost: every application stays with its vendor"
    )
    assert caught.value.advice == "run `pulumi up` again to go on waiting."


def test_a_program_is_told_what_each_signature_is(stage: Stage) -> None:
    stage.target("1", "good")
    filed = replace(stage.api.held["1"], text="新名", filing=Filing(FilingState.FILED))
    target = Target("brand", "example", "marketing", Handle("1", "极客"))
    of_it = {"name": "brand", "vendor": "example", "account": "marketing", "id": "1"}
    assert Verdict(target, filed).report() == {
        **of_it, "text": "新名", "status": "APPROVED", "reason": "", "deliverable": "yes",
    }  # fmt: skip
    gone = {**of_it, "text": "极客", "status": "GONE", "reason": "", "deliverable": "no"}
    assert Verdict(target, None).report() == gone
    assert Verdict(target, None, is_too_new=True).report() == {**gone, "status": "PENDING"}


def test_a_vendor_that_can_not_answer_is_asked_again(stage: Stage) -> None:
    target = stage.target("1", "good")
    stage.api.trouble = UnavailableError("example can't be reached")
    stage.clock.then = [(15, lambda: setattr(stage.api, "trouble", None))]
    (verdict,) = stage.wait(target)
    assert verdict.is_approved
    assert "still waiting, though example can't be reached" in stage.lines.stayed


def test_a_vendor_that_can_not_answer_to_the_end_is_the_failure(stage: Stage) -> None:
    target = stage.target("1", "good")
    stage.api.trouble = UnavailableError("example can't be reached")
    with pytest.raises(UnavailableError):
        stage.wait(target, timeout=60)
    assert stage.clock.now == 60


def test_a_last_look_that_finds_no_answer_leaves_what_was_seen_before(stage: Stage) -> None:
    target = stage.target("1", "wait")
    trouble = UnavailableError("example did not answer within 2 seconds")
    stage.clock.then = [(59, lambda: setattr(stage.api, "trouble", trouble))]
    (verdict,) = stage.wait(target, timeout=60)
    assert "PENDING" in str(verdict)
    assert stage.clock.now == 60


def test_a_look_has_the_time_that_is_left_and_the_last_one_a_little(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    left: list[float] = []
    stage.api.on_review = lambda: left.append(lifeline.time_left())
    stage.wait(stage.target("1", "wait"), timeout=30, interval=10)
    assert 29 < left[0] <= 30
    assert 2 < left[-1] <= 2.25
    stage.wait(*(stage.target(str(number), "wait") for number in range(8)), timeout=0)
    assert 3.9 < left[-1] <= 4
    assert lifeline.time_left() == float("inf")


def test_trouble_that_waiting_does_not_mend_ends_it(stage: Stage) -> None:
    target = stage.target("1", "wait")
    stage.api.trouble = AccountError("the key is wrong")
    with pytest.raises(AccountError):
        stage.wait(target)
    assert stage.clock.now == 0


def test_each_account_is_asked_once_for_all_of_its_signatures() -> None:
    apis = {("a", "x"): FakeApi(), ("a", "y"): FakeApi(), ("b", "x"): FakeApi()}
    targets = [
        Target(f"{vendor}{account}{number}", vendor, account, Handle(str(number)))
        for vendor, account in apis
        for number in range(3)
    ]
    verdicts = ask(lambda vendor, account: apis[vendor, account], targets)
    assert [api.calls for api in apis.values()] == [["reviews"]] * 3
    assert [verdict.target for verdict in verdicts] == targets


@pytest.mark.parametrize(("age", "is_too_new"), [(0.5, True), (1.5, False)])
def test_what_was_accepted_a_moment_ago_need_not_be_shown_yet(age: float, is_too_new: bool) -> None:
    accepted = datetime.now(UTC) - timedelta(seconds=age * SHOWN_AFTER)
    target = Target("brand", "a", "x", Handle("1"), accepted.isoformat())
    (verdict,) = ask(lambda *_: FakeApi(), [target])
    assert verdict.is_too_new is is_too_new


def test_ten_minutes_after_it_was_accepted_it_is_not_too_new_any_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("pulumi_smssign.core.waiting.seconds_since", lambda _: SHOWN_AFTER)
    (verdict,) = ask(lambda *_: FakeApi(), [Target("brand", "a", "x", Handle("1"), "then")])
    assert not verdict.is_too_new


def test_what_was_shown_once_is_gone_when_it_is_shown_no_more() -> None:
    (verdict,) = ask(lambda *_: FakeApi(), [Target("brand", "a", "x", Handle("1"))])
    assert not verdict.is_too_new


def test_a_reviewers_words_have_an_end_in_a_line_and_not_in_what_the_program_is_told() -> None:
    review = Review("1", "极客", Status.REJECTED, "bad", reason="L" * 1900)
    verdict = Verdict(Target("brand", "example", "default", Handle("1")), review)
    assert len(str(verdict)) < 700
    assert verdict.report()["reason"] == review.reason


def test_words_that_the_program_calls_secret_are_in_no_line() -> None:
    lost = Filing(FilingState.FAILED, reasons=["no licence"])
    target = Target("brand", "example", "default", Handle("1", "极客"), hides_reason=True)
    rejected = Verdict(target, Review("1", "极客", Status.REJECTED, "bad", reason="no licence"))
    unfiled = Verdict(target, Review("1", "极客", Status.APPROVED, "good", filing=lost))
    silent = Verdict(target, Review("1", "极客", Status.REJECTED, "bad"))
    assert str(rejected).endswith("is REJECTED: [secret]")
    assert str(unfiled).endswith("its filing with the carriers failed: [secret]")
    assert str(silent).endswith("is REJECTED")


def test_of_several_a_vendor_that_lists_less_is_asked_in_full_once_it_is_over(stage: Stage) -> None:
    stage.api.capabilities = Capabilities(lists_all=False)
    one, two = stage.target("1", "good"), stage.target("2", "wait")
    stage.clock.then = [(25, lambda: stage.decide("2", "good"))]
    stage.wait(one, two)
    *before, last = stage.api.calls
    assert len(before) > 1
    assert set(before) == {"verdicts"}
    assert last == "reviews"


@pytest.mark.parametrize(
    ("lists_all", "count", "until"),
    [(True, 2, "approved"), (False, 1, "approved"), (False, 2, "filed")],
    ids=["the list tells all", "there is one", "the filing is waited for"],
)
def test_a_vendor_is_asked_in_full_all_along(
    stage: Stage, lists_all: bool, count: int, until: Until
) -> None:
    stage.api.capabilities = Capabilities(lists_all=lists_all)
    targets = [replace(stage.target(str(one), "wait"), until=until) for one in range(count)]
    stage.wait(*targets, timeout=30)
    assert set(stage.api.calls) == {"reviews"}
