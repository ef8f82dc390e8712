"""The conclusion of a wait, in every word: a run that goes on, one that awaits, one that fails."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from pulumi_smssign.core.approval_state import ApprovalState
from pulumi_smssign.core.conclusion import awaits, not_approved, still_open
from pulumi_smssign.core.verdicts import Target, Until, Verdict
from pulumi_smssign.model.errors import (
    AccountError,
    AwaitingError,
    NotApprovedError,
    SmsSignError,
    UnavailableError,
)
from pulumi_smssign.model.filing import Filing, FilingState
from pulumi_smssign.model.review import Handle, Review
from pulumi_smssign.model.vocabulary import Status

OUTAGE = UnavailableError("tencent can't be reached", code="503", advice="look at the network.")
BARRED = AccountError("the key is wrong", advice="set another key.")
NOTHING_IS_LOST = "  nothing is lost: every application stays with its vendor"
GO_ON = "run `pulumi up` again to go on waiting, or give a longer timeout."
MEND = "mend what was refused and run `pulumi up` again: it goes on from here."
AWAITS = (
    "run `pulumi up` again to go on waiting. Pulumi 3.274 or newer ends such a run as *awaiting* "
    "(exit code 10), which is no failure."
)
FILING_FAILED = (
    "ask the vendor why the filing failed, mend the qualification in its console, and run "
    '`pulumi up` again; or wait until="approved" only.'
)


def verdict(
    number: int,
    status: str = "",
    failure: SmsSignError | None = None,
    *,
    filing: str = "unknown",
    until: Until = "approved",
    account: str = "default",
) -> Verdict:
    """The verdict on a signature of this status; "" for none that was seen."""
    target = Target(f"brand{number}", "tencent", account, Handle(f"{number}", "极客"), until=until)
    filed = Filing(FilingState(filing))
    review = Review(f"{number}", "极客", Status(status), "x", filing=filed) if status else None
    return Verdict(target, review, failure=failure)


def state(until: Until = "approved", deliverable: str = "no", *, approved: bool) -> ApprovalState:
    return ApprovalState(until, approved, approved, deliverable, (), {})


WAITING = verdict(1, "PENDING")


@pytest.mark.parametrize(
    ("verdicts", "timeout", "told", "expected"),
    [
        (
            [WAITING, verdict(2, "APPROVED"), verdict(3, "PENDING")],
            90,
            state(approved=False),
            (
                "no verdict on brand1, brand3 within 1m 30s: `approved` is false",
                "up",
            ),
        ),
        (
            [WAITING],
            0,
            state(approved=False),
            ("no verdict on brand1 yet: `approved` is false", "up"),
        ),
        (
            [verdict(1, "APPROVED", filing="filing", until="filed")],
            90,
            state("filed", approved=True),
            ('no filing of brand1 within 1m 30s: `deliverable` is "no"', "up"),
        ),
        (
            [verdict(1, "APPROVED", filing="filing", until="filed")],
            0,
            state("filed", approved=True),
            ('no filing of brand1 yet: `deliverable` is "no"', "up"),
        ),
        (
            [WAITING, verdict(2, "PENDING", OUTAGE), verdict(3, "", OUTAGE)],
            0,
            state(approved=False),
            (
                (
                    "no verdict on brand1 yet; brand2, brand3 couldn't be asked, since tencent "
                    "can't be reached (503): `approved` is false"
                ),
                "up",
            ),
        ),
        (
            [verdict(1, "APPROVED", OUTAGE)],
            90,
            state(approved=True),
            (
                (
                    "brand1 couldn't be asked, since tencent can't be reached (503): `approved` "
                    "stays true"
                ),
                "refresh",
            ),
        ),
        (
            [verdict(1, "APPROVED", OUTAGE, until="filed")],
            0,
            state("filed", "unknown", approved=True),
            (
                (
                    "brand1 couldn't be asked, since tencent can't be reached (503): `deliverable` "
                    'is "unknown"'
                ),
                "refresh",
            ),
        ),
    ],
)
def test_a_run_that_goes_on_says_what_is_lacking_what_it_tells_and_who_asks_again(
    verdicts: list[Verdict], timeout: float, told: ApprovalState, expected: tuple[str, str]
) -> None:
    lacks, command = expected
    assert still_open(verdicts, timeout, told) == (
        f'{lacks}, as on_pending="continue" says.\nThe next `pulumi {command}` asks again.'
    )


def test_a_run_that_awaits_lists_what_is_open_and_for_how_long() -> None:
    accepted = (datetime.now(UTC) - timedelta(days=2, hours=4)).isoformat()
    late = replace(WAITING, target=replace(WAITING.target, accepted_at=accepted))
    assert awaits([late, verdict(2, "APPROVED"), verdict(3, "", OUTAGE)]) == (
        "awaiting brand1, brand3: the next `pulumi up` goes on, and nothing went wrong.\n"
        "  - brand1 【极客】 (tencent 1) is PENDING (for 2d 4h now, usually about 2 hours on "
        "working days)\n"
        "  - brand3 【极客】 (tencent 3) couldn't be asked, since tencent can't be reached (503); "
        "nothing is known of it yet (usually about 2 hours on working days)"
    )


def line(number: int, standing: str) -> str:
    return f"  - brand{number} 【极客】 (tencent {number}) {standing}"


DOWN = "couldn't be asked, since tencent can't be reached (503); nothing is known of it yet"
WRONG = "couldn't be asked, since the key is wrong; nothing is known of it yet"


@pytest.mark.parametrize(
    ("verdicts", "lines", "advice"),
    [
        (
            [WAITING],
            ["1 of 1 signature is not approved:", line(1, "is PENDING"), NOTHING_IS_LOST],
            GO_ON,
        ),
        (
            [WAITING, verdict(2, "APPROVED")],
            ["1 of 2 signatures is not approved:", line(1, "is PENDING"), NOTHING_IS_LOST],
            GO_ON,
        ),
        (
            [WAITING, verdict(2, "REJECTED"), verdict(3, "APPROVED")],
            [
                "2 of 3 signatures are not approved:",
                line(1, "is PENDING"),
                line(2, "is REJECTED"),
                NOTHING_IS_LOST,
            ],
            MEND,
        ),
        (
            [verdict(1), verdict(2, "APPROVED")],
            [
                "1 of 2 signatures is not approved:",
                line(
                    1,
                    "is GONE: the vendor no longer has it; `pulumi refresh` and `up` submit it "
                    "anew",
                ),
            ],
            MEND,
        ),
        (
            [WAITING, verdict(2, "", OUTAGE)],
            [
                "2 of 2 signatures are not approved, or couldn't be asked:",
                line(1, "is PENDING"),
                line(2, DOWN),
                NOTHING_IS_LOST,
            ],
            f"{GO_ON}\n    tencent: look at the network.",
        ),
        (
            [verdict(1, "", OUTAGE), verdict(2, "", BARRED, account="shop")],
            [
                "2 of 2 signatures are not approved, or couldn't be asked:",
                line(1, DOWN),
                line(2, WRONG),
                NOTHING_IS_LOST,
            ],
            f"{GO_ON}\n    tencent: look at the network.\n    tencent: set another key.",
        ),
        (
            [verdict(1, "APPROVED", filing="failed", until="filed")],
            [
                "1 of 1 signature is not filed:",
                line(1, "is APPROVED, and its filing with the carriers failed"),
                NOTHING_IS_LOST,
            ],
            FILING_FAILED,
        ),
        (
            [
                verdict(1, "APPROVED", filing="failed", until="filed"),
                verdict(2, "REJECTED", until="filed"),
                verdict(3, "", OUTAGE, until="filed"),
            ],
            [
                "3 of 3 signatures are not filed, or couldn't be asked:",
                line(1, "is APPROVED, and its filing with the carriers failed"),
                line(2, "is REJECTED"),
                line(3, DOWN),
                NOTHING_IS_LOST,
            ],
            f"{MEND}\n    tencent: look at the network.",
        ),
    ],
)
def test_a_failure_counts_what_lacks_tells_each_and_says_what_to_do(
    verdicts: list[Verdict], lines: list[str], advice: str
) -> None:
    error = not_approved(verdicts)
    assert type(error) is NotApprovedError
    assert error.summary.split("\n") == lines
    assert error.advice == advice


@pytest.mark.parametrize(
    ("verdicts", "kind", "advice"),
    [
        ([WAITING], AwaitingError, AWAITS),
        (
            [WAITING, verdict(2, "", OUTAGE)],
            AwaitingError,
            f"{AWAITS}\n    tencent: look at the network.",
        ),
        # The outage came later than the last review: a vendor was heard.
        (
            [verdict(1, "PENDING", OUTAGE)],
            AwaitingError,
            f"{AWAITS}\n    tencent: look at the network.",
        ),
        ([WAITING, verdict(2, "REJECTED")], NotApprovedError, MEND),
        (
            [WAITING, verdict(2, "", BARRED)],
            NotApprovedError,
            f"{GO_ON}\n    tencent: set another key.",
        ),
        (
            [verdict(1, "", OUTAGE), verdict(2, "", OUTAGE, account="shop")],
            NotApprovedError,
            f"{GO_ON}\n    tencent: look at the network.\n    tencent: look at the network.",
        ),
    ],
)
def test_only_what_is_open_and_was_heard_is_awaited(
    verdicts: list[Verdict], kind: type[SmsSignError], advice: str
) -> None:
    error = not_approved(verdicts, may_await=True)
    assert type(error) is kind
    assert error.advice == advice


def test_one_accounts_failure_alone_says_more_of_itself() -> None:
    assert not_approved([verdict(1, "", OUTAGE), verdict(2, "", OUTAGE)]) is OUTAGE
    assert not_approved([verdict(1, "", BARRED)], may_await=True) is BARRED
