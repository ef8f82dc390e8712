"""What to do next, for each row of the table."""

from __future__ import annotations

import pytest

from pulumi_smssign.inventory.steps import (
    TABLE,
    Move,
    Situation,
    next_step,
    step_of_leaving,
    step_of_predecessor,
)
from pulumi_smssign.model.fate import Delete, Fate, Forget, Keep
from pulumi_smssign.model.filing import Filing, FilingState, Qualification, QualificationState
from pulumi_smssign.model.names import NameKind
from pulumi_smssign.model.review import Review
from pulumi_smssign.model.vocabulary import Status

FILED = Filing(FilingState.FILED)


def review(
    status: Status = Status.APPROVED,
    filing: FilingState = FilingState.UNKNOWN,
    papers: QualificationState = QualificationState.APPROVED,
    **more: object,
) -> Review:
    plain = Review("1", "极客科技", status, "raw", filing=Filing(filing))
    fields = {**vars(plain), "qualification": Qualification("7", "", papers), **more}
    return Review(**fields)


ROWS: dict[str, tuple[Situation, str]] = {
    "not shown yet": (
        Situation(None, is_too_new=True),
        "wait: accepted a moment ago, the vendor does not show it yet",
    ),
    "gone, of another": (
        Situation(None, is_managed=False),
        "look for it in the console: the vendor no longer has it",
    ),
    "gone": (Situation(None), "submit again: pulumi up --refresh"),
    "unknown status": (
        Situation(review(Status.UNKNOWN)),
        "look in the console: this version doesn't know the status",
    ),
    "rejected for its name": (
        Situation(review(Status.REJECTED), why="no", kind=NameKind.APP),
        "change the name: names of apps are filed no more since 2026-05-01 (no)",
    ),
    "rejected with a reason": (
        Situation(review(Status.REJECTED), why="licence unreadable", kind=NameKind.COMPANY),
        "mend: licence unreadable",
    ),
    "rejected": (
        Situation(review(Status.REJECTED)),
        "mend: the vendor gives no reason here, its console may",
    ),
    "suspended, may be activated": (
        Situation(review(Status.SUSPENDED), requests=frozenset({"activate"})),
        "activate: activate=True and pulumi up",
    ),
    "suspended while it is filed again": (
        Situation(review(Status.SUSPENDED, FilingState.FILING)),
        "wait: the carriers file it again",
    ),
    "suspended": (
        Situation(review(Status.SUSPENDED), why="complaints"),
        "ask the vendor why it is out of use: complaints",
    ),
    "bad papers": (
        Situation(review(papers=QualificationState.SUPPLEMENT), lacks_qualification=False),
        "mend the 资质 in the console: it is to be supplemented",
    ),
    "pending under a bad name": (
        Situation(review(Status.PENDING), kind=NameKind.WEBSITE),
        (
            "change the name: names of websites are filed no more since 2026-05-01, a reviewer may "
            "refuse it"
        ),
    ),
    "pending, passed and being filed": (
        Situation(review(Status.PENDING, FilingState.FILING)),
        "wait: passed, the carriers file it",
    ),
    "pending, open whether refused": (
        Situation(review(Status.PENDING, remark="open")),
        "wait: refused or being filed, the vendor doesn't tell which",
    ),
    "pending": (Situation(review(Status.PENDING)), "wait: a reviewer decides"),
    "filing lost for its name": (
        Situation(review(filing=FilingState.LAPSED), kind=NameKind.MINI_PROGRAM),
        (
            "change the name: names of mini-programs are filed no more since 2026-05-01, its "
            "filing lapsed"
        ),
    ),
    "filing lost": (
        Situation(review(filing=FilingState.FAILED), why="telecom: NO_SEND_RECORD"),
        "mend the filing with the carriers in the console, it failed: telecom: NO_SEND_RECORD",
    ),
    "approved under a bad name": (
        Situation(review(filing=FilingState.FILED), kind=NameKind.APP, lacks_qualification=True),
        "change the name before it is expelled: names of apps are filed no more since 2026-05-01",
    ),
    "approved without papers": (
        Situation(review(papers=QualificationState.NONE), lacks_qualification=True),
        "attach the 资质 in the console: the carriers file none without",
    ),
    "approved, its edit in review": (
        Situation(review(edit=Status.PENDING)),
        "wait: in use, its edit is in review",
    ),
    "approved and being filed": (
        Situation(review(filing=FilingState.FILING)),
        "wait: approved, the carriers file it",
    ),
    "approved and not filed, which is waited for": (
        Situation(review(filing=FilingState.NONE), until="filed"),
        "wait: approved, its filing has not begun",
    ),
}


@pytest.mark.parametrize("name", [row.name for row in TABLE])
def test_each_row_is_the_first_that_applies_to_its_case(name: str) -> None:
    situation, line = ROWS[name]
    first = next(row.name for row in TABLE if row.applies(situation))
    assert (first, str(next_step(situation))) == (name, line)


@pytest.mark.parametrize("filing", [FilingState.FILED, FilingState.UNKNOWN, FilingState.NONE])
def test_nothing_is_to_be_done_about_what_is_approved(filing: FilingState) -> None:
    step = next_step(Situation(review(filing=filing), kind=NameKind.TRADEMARK))
    assert (step.move, str(step)) == (Move.NOTHING, "nothing")


def test_every_line_begins_with_its_move() -> None:
    for situation, line in ROWS.values():
        assert line.startswith(str(next_step(situation).move))


GOES = Delete("its successor is approved")
STAYS = Forget('it is approved, and its deletion_policy is "retain"')
WAITS = Keep("it waits for a reason of its own")
IN_USE = ": in use until its successor is approved, then "


@pytest.mark.parametrize(
    ("now", "later", "is_approved", "line"),
    [
        (WAITS, GOES, True, f"{IN_USE}it is deleted"),
        (WAITS, STAYS, True, f"{IN_USE}it stays in the account"),
        (WAITS, WAITS, True, f"{IN_USE}it stays in the account"),
        (WAITS, GOES, False, ": it stays for now (it waits for a reason of its own)"),
        (GOES, GOES, True, ": the next pulumi up deletes it (its successor is approved)"),
        (STAYS, STAYS, True, f": it stays in the account ({STAYS.why})"),
    ],
)
def test_a_predecessor_is_nobodys_move_and_its_fate_is_said(
    now: Fate, later: Fate, is_approved: bool, line: str
) -> None:
    step = step_of_predecessor(now, later, is_approved=is_approved)
    assert (step.move, step.how) == (Move.NOTHING, line)


@pytest.mark.parametrize(
    ("now", "line"),
    [
        (GOES, ": the next pulumi up deletes it (its successor is approved)"),
        (WAITS, ": it stays in the account (it waits for a reason of its own)"),
    ],
)
def test_what_a_run_is_still_to_delete_is_nobodys_move_and_its_fate_is_said(
    now: Fate, line: str
) -> None:
    assert step_of_leaving(now).how == line
    assert step_of_leaving(now).move is Move.NOTHING
