"""The verdicts on signatures: what is told of each, and what follows from all of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from pulumi_smssign.core.conclusion import Conclusion, conclusion, unasked
from pulumi_smssign.core.verdicts import Target, Verdict, ask, cause
from pulumi_smssign.model.errors import (
    AccountError,
    InputError,
    RateLimitedError,
    RefusedError,
    SmsSignError,
    UnavailableError,
    UnreachableError,
)
from pulumi_smssign.model.filing import Filing, FilingState
from pulumi_smssign.model.review import SHOWN_AFTER, Handle, Review
from pulumi_smssign.model.vocabulary import Status
from tests.unit.desk import FakeApi

TARGET = Target("brand", "example", "default", Handle("1", "极客"))
OUTAGE = UnavailableError("example can't be reached")


def review(status: str) -> Review:
    return Review("1", "极客", Status(status), status.lower())


def test_a_program_is_told_what_each_signature_is() -> None:
    filed = replace(review("APPROVED"), text="新名", filing=Filing(FilingState.FILED))
    target = Target("brand", "example", "marketing", Handle("1", "极客"))
    of_it = {"name": "brand", "vendor": "example", "account": "marketing", "id": "1"}
    assert Verdict(target, filed).report() == {
        **of_it, "text": "新名", "status": "APPROVED", "reason": "", "deliverable": "yes",
    }  # fmt: skip
    gone = {**of_it, "text": "极客", "status": "GONE", "reason": "", "deliverable": "no"}
    assert Verdict(target, None).report() == gone
    assert Verdict(target, None, is_too_new=True).report() == {**gone, "status": "PENDING"}


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
def test_signature_accepted_a_moment_ago_need_not_be_shown_yet(
    age: float, is_too_new: bool
) -> None:
    accepted = datetime.now(UTC) - timedelta(seconds=age * SHOWN_AFTER)
    target = Target("brand", "a", "x", Handle("1"), accepted.isoformat())
    (verdict,) = ask(lambda *_: FakeApi(), [target])
    assert verdict.is_too_new is is_too_new


def test_ten_minutes_after_it_was_accepted_it_is_not_too_new_any_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("pulumi_smssign.core.verdicts.seconds_since", lambda _: SHOWN_AFTER)
    (verdict,) = ask(lambda *_: FakeApi(), [Target("brand", "a", "x", Handle("1"), "then")])
    assert not verdict.is_too_new


def test_signature_shown_once_is_gone_when_shown_no_more() -> None:
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


# --- what follows from all of them

DONE, PENDING = Verdict(TARGET, review("APPROVED")), Verdict(TARGET, review("PENDING"))
NEW, GONE = Verdict(TARGET, None, is_too_new=True), Verdict(TARGET, None)
DOWN = Verdict(TARGET, review("APPROVED"), failure=OUTAGE)
BARRED = Verdict(TARGET, review("PENDING"), failure=AccountError("the key is wrong"))
UNFILED = Verdict(
    replace(TARGET, until="filed"),
    replace(review("APPROVED"), filing=Filing(FilingState.FAILED)),
)


@pytest.mark.parametrize(
    ("verdicts", "comes_to"),
    [
        ([DONE, DONE], "done"),
        ([DONE, PENDING], "open"),
        ([DONE, NEW], "open"),
        ([DONE, Verdict(TARGET, review("UNKNOWN"))], "open"),
        ([DONE, DOWN], "open"),
        ([DOWN, Verdict(TARGET, None, failure=OUTAGE)], "open"),
        ([DOWN, Verdict(TARGET, review("REJECTED"))], "lost"),
        ([PENDING, Verdict(TARGET, review("SUSPENDED"))], "lost"),
        ([DOWN, GONE], "lost"),
        ([DONE, UNFILED], "lost"),
        ([DONE, BARRED], "lost"),
    ],
)
def test_the_conclusion_is_what_is_lost_before_what_is_open(
    verdicts: list[Verdict], comes_to: str
) -> None:
    assert conclusion(verdicts) == Conclusion(comes_to)


@pytest.mark.parametrize(
    ("failure", "passes"),
    [
        (UnavailableError("x"), True),
        (UnreachableError("x"), True),
        (RateLimitedError("x"), True),
        (AccountError("x"), False),
        (InputError("x"), False),
        (RefusedError("x"), False),
    ],
)
def test_an_outage_is_waited_for_and_no_other_failure(failure: SmsSignError, passes: bool) -> None:
    verdict = Verdict(TARGET, None, failure=failure)
    assert verdict.is_open is passes
    assert not verdict.is_done
    assert not verdict.is_approved
    assert not verdict.is_refused
    assert not verdict.is_gone


# --- accounts that can't be asked


def test_each_account_that_can_not_be_asked_says_so_of_its_own_signatures() -> None:
    apis = {"up": FakeApi(), "down": FakeApi(trouble=OUTAGE)}
    apis["up"].held["1"] = review("REJECTED")
    targets = [Target(name, name[:-1], "x", Handle("1")) for name in ("down1", "up1", "down2")]
    first, second, third = ask(lambda vendor, _: apis[vendor], targets)
    assert (first.failure, second.failure, third.failure) == (OUTAGE, None, OUTAGE)
    assert second.is_refused
    (down,) = unasked([first, second, third])
    assert (down.failure, down.names) == (OUTAGE, "down1, down2")


def test_last_report_stands_where_the_account_can_not_be_asked() -> None:
    of_it = {"name": "brand", "vendor": "example", "account": "default", "id": "1"}
    known = {
        **of_it, "name": "before", "text": "旧名", "status": "APPROVED", "reason": "fine",
        "deliverable": "yes",
    }  # fmt: skip
    verdict = Verdict(replace(TARGET, known=known), None, failure=OUTAGE)
    assert verdict.report() == {**known, **of_it}
    assert verdict.standing.endswith("; APPROVED when last asked")
    seen = Verdict(replace(TARGET, known=known), review("PENDING"), failure=OUTAGE)
    assert (seen.report()["status"], seen.report()["text"]) == ("PENDING", "极客")
    assert seen.standing.endswith("; PENDING when last asked")


def test_of_what_was_never_told_no_approval_and_no_loss_is_reported() -> None:
    report = Verdict(TARGET, None, failure=OUTAGE).report()
    assert (report["status"], report["deliverable"], report["reason"]) == ("UNKNOWN", "unknown", "")
    assert report["text"] == "极客"


def test_a_moment_without_an_answer_has_no_length() -> None:
    now = Verdict(TARGET, None, failure=OUTAGE, unasked_for=0.4)
    assert now.standing == (
        "couldn't be asked, since example can't be reached; nothing is known of it yet"
    )
    later = replace(now, unasked_for=61)
    assert "can't be reached, for 1m 1s now; nothing" in later.standing


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, "no"),
        ({"code": "E1"}, "no (E1)"),
        ({"request_id": "r-1"}, "no (request id r-1)"),
        ({"code": "E1", "request_id": "r-1"}, "no (E1, request id r-1)"),
    ],
)
def test_a_cause_is_the_summary_and_what_the_vendors_support_finds_it_by(
    facts: dict[str, str], expected: str
) -> None:
    error = AccountError("no", code=facts.get("code", ""), request_id=facts.get("request_id", ""))
    assert cause(error) == expected


# --- what is told of each, in every word

SHOWN = Target("brand", "tencent", "default", Handle("1", "极客"))
FILED = replace(SHOWN, until="filed")


@pytest.mark.parametrize(
    ("verdict", "standing"),
    [
        (Verdict(SHOWN, review("PENDING")), "PENDING"),
        (Verdict(SHOWN, replace(review("REJECTED"), reason="no licence")), "REJECTED: no licence"),
        (
            Verdict(SHOWN, replace(review("PENDING"), remark="it may be approved")),
            "PENDING: it may be approved",
        ),
        (
            Verdict(SHOWN, replace(review("PENDING"), remark="it may be approved", reason="no")),
            "PENDING: no",
        ),
        (Verdict(SHOWN, review("UNKNOWN")), "UNKNOWN (unknown)"),
        (Verdict(SHOWN, replace(review("UNKNOWN"), vendor_status="")), "UNKNOWN"),
        (Verdict(SHOWN, None, is_too_new=True), "accepted, and not shown by the vendor yet"),
        (
            Verdict(SHOWN, None),
            "GONE: the vendor no longer has it; `pulumi refresh` and `up` submit it anew",
        ),
        (
            Verdict(SHOWN, None, failure=OUTAGE, unasked_for=1),
            (
                "couldn't be asked, since example can't be reached, for 1s now; nothing is known "
                "of it yet"
            ),
        ),
        (
            Verdict(SHOWN, review("PENDING"), failure=OUTAGE, unasked_for=0.9),
            "couldn't be asked, since example can't be reached; PENDING when last asked",
        ),
        (Verdict(SHOWN, review("APPROVED")), "APPROVED"),
        (
            Verdict(FILED, review("APPROVED")),
            "APPROVED; tencent does not tell of its filing, which is not waited for",
        ),
        (Verdict(FILED, replace(review("PENDING"), filing=Filing(FilingState.FAILED))), "PENDING"),
        (
            Verdict(
                SHOWN,
                replace(review("APPROVED"), filing=Filing(FilingState.LAPSED, reasons=["a", "b"])),
            ),
            "APPROVED, and its filing with the carriers lapsed: a, b",
        ),
        (
            Verdict(SHOWN, replace(review("APPROVED"), filing=Filing(FilingState.FAILED))),
            "APPROVED, and its filing with the carriers failed",
        ),
    ],
)
def test_the_standing_of_each_is_told_in_these_words(verdict: Verdict, standing: str) -> None:
    assert verdict.standing == standing
    between = " " if verdict.failure else " is "
    assert str(verdict) == f"brand 【极客】 (tencent 1){between}{standing}"


def hours_ago(hours: float) -> str:
    return (datetime.now(UTC) - timedelta(hours=hours)).isoformat()


USUAL = "usually about 2 hours on working days"
OF_FILING = "usually 5 to 10 working days, and carriers pause over Spring Festival"


@pytest.mark.parametrize(
    ("target", "seen", "waits"),
    [
        (SHOWN, None, USUAL),
        (replace(SHOWN, vendor="yunpian"), review("PENDING"), ""),
        (
            replace(SHOWN, vendor="yunpian", accepted_at=hours_ago(52)),
            review("PENDING"),
            "for 2d 4h now",
        ),
        (replace(SHOWN, accepted_at=hours_ago(52)), None, f"for 2d 4h now, {USUAL}"),
        (
            SHOWN,
            replace(review("PENDING"), submitted_at=hours_ago(75)),
            f"for 3d 3h now, {USUAL}",
        ),
        (
            replace(SHOWN, accepted_at=hours_ago(52)),
            replace(review("PENDING"), submitted_at=hours_ago(75)),
            f"for 2d 4h now, {USUAL}",
        ),
        (FILED, review("APPROVED"), OF_FILING),
        (FILED, review("PENDING"), USUAL),
        (SHOWN, review("APPROVED"), USUAL),
    ],
)
def test_a_wait_is_told_with_its_length_and_the_usual_one(
    target: Target, seen: Review | None, waits: str
) -> None:
    assert Verdict(target, seen).waits_since == waits


@pytest.mark.parametrize(
    ("verdict", "facts"),
    [
        (Verdict(SHOWN, review("APPROVED")), "approved done open"),
        (Verdict(SHOWN, review("PENDING")), "open"),
        (Verdict(SHOWN, review("UNKNOWN")), "open"),
        (Verdict(SHOWN, review("REJECTED")), "refused"),
        (Verdict(SHOWN, review("SUSPENDED")), "refused"),
        (Verdict(SHOWN, None), "refused gone"),
        (Verdict(SHOWN, None, is_too_new=True), "open"),
        (Verdict(SHOWN, review("APPROVED"), failure=OUTAGE), "open"),
        (Verdict(SHOWN, None, failure=AccountError("no")), ""),
        (Verdict(FILED, review("APPROVED")), "approved done open"),
        *(
            (Verdict(FILED, replace(review("APPROVED"), filing=Filing(state))), facts)
            for state, facts in (
                (FilingState.FILED, "approved done open"),
                (FilingState.UNVERIFIED, "approved open"),
                (FilingState.NONE, "approved open"),
                (FilingState.FAILED, "approved refused"),
                (FilingState.LAPSED, "approved refused"),
            )
        ),
        (
            Verdict(SHOWN, replace(review("APPROVED"), filing=Filing(FilingState.FAILED))),
            "approved done open",
        ),
    ],
)
def test_each_is_approved_done_open_refused_or_gone(verdict: Verdict, facts: str) -> None:
    every = ("approved", "done", "open", "refused", "gone")
    assert " ".join(name for name in every if getattr(verdict, f"is_{name}")) == facts
