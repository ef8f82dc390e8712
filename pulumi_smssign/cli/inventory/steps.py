"""The next step about a signature, in one short line: a function for each status.

Pure. What is on its way out has its `fate` for a next step.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from pulumi_smssign.model.fate import Delete, Forget, Leaves, fate
from pulumi_smssign.model.filing import BAD_PAPERS, LOST, TO_VERIFY, FilingState
from pulumi_smssign.model.review import Review
from pulumi_smssign.model.vocabulary import Status

if TYPE_CHECKING:
    from pulumi_smssign.cli.inventory.standing import Standing


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
    """A step: the move, and the rest of the line or ""."""

    move: Move
    how: str = ""

    def __str__(self) -> str:
        return f"{self.move}{self.how}"


def next_step(now: Standing) -> Step:
    """The next step about a signature; of what couldn't be asked for, the trouble stands below."""
    if now.verdict is None:
        return Step(Move.LOOK, " below")
    if now.review is None and now.verdict.is_too_new:
        return Step(Move.WAIT, ": accepted a moment ago, the vendor does not show it yet")
    if now.review is None and now.held.role != "managed":
        return Step(Move.LOOK, " for it in the console: the vendor no longer has it")
    if now.review is None:
        return Step(Move.SUBMIT, ": pulumi up --refresh")
    if now.review.status is Status.UNKNOWN:
        return Step(Move.LOOK, " in the console: this version doesn't know the status")
    return _OF_STATUS[now.review.status](now, now.review)


def _of_rejected(now: Standing, _review: Review) -> Step:
    if now.expelled:
        return Step(Move.RENAME, f": {now.expelled}" + (f" ({now.why})" if now.why else ""))
    return Step(Move.MEND, f": {now.why or 'the vendor gives no reason here, its console may'}")


def _of_suspended(now: Standing, review: Review) -> Step:
    requests = now.vendor.rules.requests
    taken = sorted(name for name, when in requests.items() if review.vendor_status in when)
    if taken:
        return Step(Move.ACTIVATE, f": {taken[0]}=True and pulumi up")
    if review.filing.state is FilingState.FILING:
        return Step(Move.WAIT, ": the carriers file it again")
    return Step(Move.ASK, " why it is out of use" + (f": {now.why}" if now.why else ""))


def _of_pending(now: Standing, review: Review) -> Step:
    if papers := BAD_PAPERS.get(review.qualification.state):
        return Step(Move.MEND, f" the 资质 in the console: it {papers}")
    if now.expelled:
        return Step(Move.RENAME, f": {now.expelled}, a reviewer may refuse it")
    if review.filing.state is FilingState.FILING:
        return Step(Move.WAIT, ": passed, the carriers file it")
    if review.remark:
        return Step(Move.WAIT, ": refused or being filed, the vendor doesn't tell which")
    return Step(Move.WAIT, ": a reviewer decides")


def _of_approved(now: Standing, review: Review) -> Step:
    filing = review.filing.state
    if papers := BAD_PAPERS.get(review.qualification.state):
        return Step(Move.MEND, f" the 资质 in the console: it {papers}")
    if filing in LOST and now.expelled:
        return Step(Move.RENAME, f": {now.expelled}, its filing {filing}")
    if filing in LOST:
        why = f": {now.why}" if now.why else ""
        return Step(Move.MEND, f" the filing with the carriers in the console, it {filing}{why}")
    if now.expelled:
        return Step(Move.RENAME, f" before it is expelled: {now.expelled}")
    if now.lacks_qualification:
        return Step(Move.ATTACH, " in the console: the carriers file none without")
    if review.edit is Status.PENDING:
        return Step(Move.WAIT, ": in use, its edit is in review")
    if filing is FilingState.FILING:
        return Step(Move.WAIT, ": approved, the carriers file it")
    if filing is FilingState.UNVERIFIED:
        return Step(Move.WAIT, f": approved and filed, {TO_VERIFY}")
    is_awaited = now.verdict is not None and now.verdict.target.until == "filed"
    if is_awaited and filing is FilingState.NONE:
        return Step(Move.WAIT, ": approved, its filing has not begun")
    return Step(Move.NOTHING)


_OF_STATUS: Mapping[Status, Callable[[Standing, Review], Step]] = {
    Status.PENDING: _of_pending,
    Status.APPROVED: _of_approved,
    Status.REJECTED: _of_rejected,
    Status.SUSPENDED: _of_suspended,
}
"""The next step of what the vendor has, by its common status; the first case that applies."""


def step_out(one: Standing, own: Mapping[str, Standing]) -> Step | None:
    """The step of a predecessor, or of what a run is still to delete: nobody's move.

    None for what is neither, and for what couldn't be asked for or isn't shown yet. `own` are the
    resources' own signatures, by URN.
    """
    if one.is_counted or one.verdict is None or one.verdict.is_too_new:
        return None
    rules, held, review, successor = one.vendor.rules, one.held, one.review, own.get(one.held.urn)
    if review is None:
        return Step(Move.NOTHING, ": the vendor no longer has it")
    leaves, policy = Leaves.DROPPED, held.deletion_policy
    if successor:
        is_superseded = successor.verdict is not None and successor.verdict.is_approved
        leaves = Leaves.SUPERSEDED if is_superseded else Leaves.WAITING
        policy = "retain" if successor.held.deletion_policy == "retain" else policy
    now = fate(rules, review, leaves, policy, held.kept)
    if isinstance(now, Delete):
        return Step(Move.NOTHING, f": the next pulumi up deletes it ({now.why})")
    is_approved = rules.is_approved(review)
    later = fate(rules, review, Leaves.SUPERSEDED, policy, held.kept)
    settled = later if isinstance(later, Forget) and not is_approved else now
    if held.role == "leaving" or isinstance(settled, Forget):
        return Step(Move.NOTHING, f": it stays in the account ({settled.why})")
    if not is_approved:
        return Step(Move.NOTHING, f": it stays for now ({now.why})")
    then = "it is deleted" if isinstance(later, Delete) else "it stays in the account"
    return Step(Move.NOTHING, f": in use until its successor is approved, then {then}")
