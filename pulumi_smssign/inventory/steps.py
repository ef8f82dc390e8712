"""What to do next about a signature: one short line, by a table that is read from the top.

Pure: what the vendor says now, what state has, and what the name is the name of come in. What is
on its way out has its `fate` for a next step.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from pulumi_smssign.core.waiting import Until
from pulumi_smssign.model.fate import Delete, Fate, Keep
from pulumi_smssign.model.filing import LOST, FilingState, QualificationState
from pulumi_smssign.model.names import FILED_NO_MORE, NameKind
from pulumi_smssign.model.review import Review
from pulumi_smssign.model.vocabulary import Status

LONGEST_WHY = 60
"""Characters of a reviewer's words within a line."""


class Move(StrEnum):
    """Whose move it is, in a word that scripts may hold on to."""

    NOTHING = "nothing"
    WAIT = "wait"
    """Somebody else decides: the reviewer or the carriers."""
    MEND = "mend"
    """Change what was refused, and run `pulumi up`."""
    RENAME = "change the name"
    ATTACH = "attach the 资质"
    ACTIVATE = "activate"
    SUBMIT = "submit again"
    ASK = "ask the vendor"
    LOOK = "look"
    """It couldn't be asked for, or is in a status that this version doesn't know."""


@dataclass(frozen=True)
class Step:
    """What to do: the move, and the rest of the line or ""."""

    move: Move
    how: str = ""

    def __str__(self) -> str:
        return f"{self.move}{self.how}"


@dataclass(frozen=True)
class Situation:
    """All that the next step depends on.

    `review` is None when the vendor doesn't have it; `is_too_new` whether it need not show it yet.
    `why` are the reviewer's words, shortened for one line. `kind` is what the name is the name of,
    None where nobody tells or the mainland's carriers have no part in it. `lacks_qualification` is
    whether the vendor says that it has none of the papers that it wants. `requests` are what the
    vendor takes in this status. `is_managed` is whether the stack submits it. `until` is what is
    waited for.
    """

    review: Review | None
    is_too_new: bool = False
    why: str = ""
    kind: NameKind | None = None
    lacks_qualification: bool = False
    requests: frozenset[str] = field(default=frozenset())
    is_managed: bool = True
    until: Until = "approved"

    @property
    def status(self) -> Status | None:
        """What the vendor says; None where it has nothing."""
        return self.review.status if self.review else None

    @property
    def filing(self) -> FilingState:
        """Where the filing with the carriers stands."""
        return self.review.filing.state if self.review else FilingState.UNKNOWN

    @property
    def must_be_renamed(self) -> bool:
        """Whether the carriers file no names of this kind any more."""
        return self.kind in FILED_NO_MORE

    @property
    def papers(self) -> QualificationState:
        """Where the company's papers stand."""
        return self.review.qualification.state if self.review else QualificationState.UNKNOWN


_BAD_PAPERS = {
    QualificationState.REFUSED: "is refused",
    QualificationState.SUPPLEMENT: "is to be supplemented",
    QualificationState.CHANGE_REFUSED: "has a change that is refused",
}


def _expelled(now: Situation) -> str:
    since = FILED_NO_MORE.get(now.kind) if now.kind else None
    return f"names of {now.kind} are filed no more since {since}"


def _filing_lost(now: Situation) -> str:
    reason = f": {now.why}" if now.why else ""
    return f" the filing with the carriers in the console, it {_words(now.filing)}{reason}"


def _words(state: FilingState) -> str:
    return {FilingState.FAILED: "failed", FilingState.LAPSED: "lapsed"}.get(state, str(state))


@dataclass(frozen=True)
class Row:
    """One line of the table: its name for tests, when it applies, and what is to be done then."""

    name: str
    applies: Callable[[Situation], bool]
    step: Callable[[Situation], Step]


TABLE = (
    Row(
        "not shown yet",
        lambda now: now.review is None and now.is_too_new,
        lambda _: Step(Move.WAIT, ": accepted a moment ago, the vendor does not show it yet"),
    ),
    Row(
        "gone, of another",
        lambda now: now.review is None and not now.is_managed,
        lambda _: Step(Move.LOOK, " for it in the console: the vendor no longer has it"),
    ),
    Row(
        "gone",
        lambda now: now.review is None,
        lambda _: Step(Move.SUBMIT, ": pulumi up --refresh"),
    ),
    Row(
        "unknown status",
        lambda now: now.status is Status.UNKNOWN,
        lambda _: Step(Move.LOOK, " in the console: this version doesn't know the status"),
    ),
    Row(
        "rejected for its name",
        lambda now: now.status is Status.REJECTED and now.must_be_renamed,
        lambda now: Step(Move.RENAME, f": {_expelled(now)}" + (f" ({now.why})" if now.why else "")),
    ),
    Row(
        "rejected with a reason",
        lambda now: now.status is Status.REJECTED and bool(now.why),
        lambda now: Step(Move.MEND, f": {now.why}"),
    ),
    Row(
        "rejected",
        lambda now: now.status is Status.REJECTED,
        lambda _: Step(Move.MEND, ": the vendor gives no reason here, its console may"),
    ),
    Row(
        "suspended, may be activated",
        lambda now: now.status is Status.SUSPENDED and bool(now.requests),
        lambda now: Step(Move.ACTIVATE, f": {next(iter(sorted(now.requests)))}=True and pulumi up"),
    ),
    Row(
        "suspended while it is filed again",
        lambda now: now.status is Status.SUSPENDED and now.filing is FilingState.FILING,
        lambda _: Step(Move.WAIT, ": the carriers file it again"),
    ),
    Row(
        "suspended",
        lambda now: now.status is Status.SUSPENDED,
        lambda now: Step(Move.ASK, " why it is out of use" + (f": {now.why}" if now.why else "")),
    ),
    Row(
        "bad papers",
        lambda now: now.papers in _BAD_PAPERS,
        lambda now: Step(Move.MEND, f" the 资质 in the console: it {_BAD_PAPERS[now.papers]}"),
    ),
    Row(
        "pending under a bad name",
        lambda now: now.status is Status.PENDING and now.must_be_renamed,
        lambda now: Step(Move.RENAME, f": {_expelled(now)}, a reviewer may refuse it"),
    ),
    Row(
        "pending, passed and being filed",
        lambda now: now.status is Status.PENDING and now.filing is FilingState.FILING,
        lambda _: Step(Move.WAIT, ": passed, the carriers file it"),
    ),
    Row(
        "pending, open whether refused",
        lambda now: (
            now.review is not None and now.status is Status.PENDING and bool(now.review.remark)
        ),
        lambda _: Step(Move.WAIT, ": refused or being filed, the vendor doesn't tell which"),
    ),
    Row(
        "pending",
        lambda now: now.status is Status.PENDING,
        lambda _: Step(Move.WAIT, ": a reviewer decides"),
    ),
    Row(
        "filing lost for its name",
        lambda now: now.filing in LOST and now.must_be_renamed,
        lambda now: Step(Move.RENAME, f": {_expelled(now)}, its filing {_words(now.filing)}"),
    ),
    Row(
        "filing lost",
        lambda now: now.filing in LOST,
        lambda now: Step(Move.MEND, _filing_lost(now)),
    ),
    Row(
        "approved under a bad name",
        lambda now: now.must_be_renamed,
        lambda now: Step(Move.RENAME, f" before it is expelled: {_expelled(now)}"),
    ),
    Row(
        "approved without papers",
        lambda now: now.lacks_qualification,
        lambda _: Step(Move.ATTACH, " in the console: the carriers file none without"),
    ),
    Row(
        "approved, its edit in review",
        lambda now: now.review is not None and now.review.edit is Status.PENDING,
        lambda _: Step(Move.WAIT, ": in use, its edit is in review"),
    ),
    Row(
        "approved and being filed",
        lambda now: now.filing is FilingState.FILING,
        lambda _: Step(Move.WAIT, ": approved, the carriers file it"),
    ),
    Row(
        "approved and not filed, which is waited for",
        lambda now: now.until == "filed" and now.filing is FilingState.NONE,
        lambda _: Step(Move.WAIT, ": approved, its filing has not begun"),
    ),
)
"""The first row that applies is what to do; where none does, nothing is."""


def next_step(now: Situation) -> Step:
    """What to do about a signature."""
    return next((row.step(now) for row in TABLE if row.applies(now)), Step(Move.NOTHING))


def step_of_predecessor(now: Fate, later: Fate, *, is_approved: bool) -> Step:
    """What becomes of a replaced signature, which is nobody's move.

    Args:
        now: its fate at the next `pulumi up`, as the reviews stand.
        later: its fate once its successor is approved.
        is_approved: whether a person's approval would be lost with it.
    """
    if not isinstance(now, Keep):
        return step_of_leaving(now)
    if not is_approved:
        return Step(Move.NOTHING, f": it stays for now ({now.why})")
    then = "it is deleted" if isinstance(later, Delete) else "it stays in the account"
    return Step(Move.NOTHING, f": in use until its successor is approved, then {then}")


def step_of_leaving(now: Fate) -> Step:
    """What becomes of a signature that a run is still to delete, which is nobody's move.

    Args:
        now: its fate at the next `pulumi up`.
    """
    if isinstance(now, Delete):
        return Step(Move.NOTHING, f": the next pulumi up deletes it ({now.why})")
    return Step(Move.NOTHING, f": it stays in the account ({now.why})")
