"""The next step about a signature, in one short line: a function for each status.

Pure. The next step of a predecessor, or of what a run is still to delete, is in `departures`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from pulumi_smssign.cli.inventory.step import Move, Step
from pulumi_smssign.model.filing import BAD_PAPERS, LOST, TO_VERIFY, FilingState
from pulumi_smssign.model.review import Review
from pulumi_smssign.model.vocabulary import Status

if TYPE_CHECKING:
    from pulumi_smssign.cli.inventory.standing import Standing


def next_step(standing: Standing) -> Step:
    """The next step about a signature; where its account couldn't be asked, to see why."""
    verdict, review = standing.verdict, standing.review
    if standing.preset_step is not None:
        return standing.preset_step
    if verdict is None:
        return Step(Move.LOOK, " at the error: the account couldn't be asked")
    if review is None and verdict.is_too_new:
        return Step(Move.WAIT, ": accepted a moment ago, the vendor does not show it yet")
    if review is None and standing.signature.role != "managed":
        return Step(Move.LOOK, " for it in the console: the vendor no longer has it")
    if review is None:
        return Step(Move.SUBMIT, ": pulumi up --refresh")
    if review.status is Status.UNKNOWN:
        return Step(Move.LOOK, " in the console: this version doesn't know the status")
    return _OF_STATUS[review.status](standing, review)


def _of_rejected(standing: Standing, _review: Review) -> Step:
    reason, refused = standing.short_reason, standing.refused_name
    if refused:
        more = f" ({reason})" if reason else ""
        return Step(Move.RENAME, f"{_where(standing)}: {refused}{more}")
    reason = reason or "the vendor gives no reason here, its console may"
    return Step(Move.MEND, f"{_where(standing, ' it')}: {reason}")


def _where(standing: Standing, it: str = "") -> str:
    """The place of a change in a program, for what this stack only reads; else ""."""
    return f"{it} where it is managed" if standing.signature.role == "read" else ""


def _of_suspended(standing: Standing, review: Review) -> Step:
    requests = standing.vendor.rules.requests
    taken = sorted(name for name, when in requests.items() if review.vendor_status in when)
    if taken:
        where = _where(standing, " it")
        return Step(Move.ACTIVATE, f"{where}: set {taken[0]}=True and run pulumi up")
    if review.filing.state is FilingState.FILING:
        return Step(Move.WAIT, ": the carriers file it again")
    reason = f": {standing.short_reason}" if standing.short_reason else ""
    return Step(Move.ASK, f" why it is out of use{reason}")


def _of_pending(standing: Standing, review: Review) -> Step:
    if papers := BAD_PAPERS.get(review.qualification.state):
        return Step(Move.MEND, f" the 资质 in the console: it {papers}")
    if standing.refused_name:
        why = f"{standing.refused_name}, a reviewer may refuse it"
        return Step(Move.RENAME, f"{_where(standing)}: {why}")
    if review.filing.state is FilingState.FILING:
        return Step(Move.WAIT, ": passed, the carriers file it")
    if review.remark:
        return Step(Move.WAIT, ": refused or being filed, the vendor doesn't tell which")
    return Step(Move.WAIT, ": a reviewer decides")


def _of_approved(standing: Standing, review: Review) -> Step:
    filing, refused = review.filing.state, standing.refused_name
    # Papers first: no filing succeeds before they are in order.
    if papers := BAD_PAPERS.get(review.qualification.state):
        return Step(Move.MEND, f" the 资质 in the console: it {papers}")
    if filing in LOST and refused:
        return Step(Move.RENAME, f"{_where(standing)}: {refused}, its filing {filing}")
    if filing in LOST:
        reason = f": {standing.short_reason}" if standing.short_reason else ""
        return Step(Move.MEND, f" the filing with the carriers in the console, it {filing}{reason}")
    if refused:
        where = _where(standing) or " before the carriers remove it"
        return Step(Move.RENAME, f"{where}: {refused}")
    if standing.lacks_qualification:
        return Step(Move.ATTACH, " in the console: without one the carriers file nothing")
    if review.edit is Status.PENDING:
        return Step(Move.WAIT, ": in use, its edit is in review")
    if filing is FilingState.FILING:
        return Step(Move.WAIT, ": approved, the carriers file it")
    if filing is FilingState.UNVERIFIED:
        return Step(Move.WAIT, f": approved and filed, {TO_VERIFY}")
    is_awaited = standing.verdict is not None and standing.verdict.target.until == "filed"
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
