"""The next step about a signature, in one short line: a function for each status.

Pure. The next step of a predecessor, or of what a run is still to delete, is in `departures`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from pulumi_smssign.cli.inventory.step import Move, Step
from pulumi_smssign.model.filing import BAD_PAPERS, LOST, TO_VERIFY, FilingState
from pulumi_smssign.model.language import _
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
        return Step(Move.LOOK, _("look at the error: the account couldn't be asked"))
    if review is None and verdict.is_too_new:
        return Step(Move.WAIT, _("wait: accepted a moment ago, the vendor does not show it yet"))
    if review is None and standing.signature.role != "managed":
        return Step(Move.LOOK, _("look for it in the console: the vendor no longer has it"))
    if review is None:
        return Step(Move.SUBMIT, _("submit again: pulumi up --refresh"))
    if review.status is Status.UNKNOWN:
        return Step(Move.LOOK, _("look in the console: this version doesn't know the status"))
    return _OF_STATUS[review.status](standing, review)


def _of_rejected(standing: Standing, _review: Review) -> Step:
    reason, refused = standing.short_reason, standing.refused_name
    if refused:
        why = _("{why} ({reason})", why=refused, reason=reason) if reason else refused
        return Step(Move.RENAME, _renaming(standing, why))
    reason = reason or _("the vendor gives no reason here, its console may")
    if _is_read(standing):
        return Step(Move.MEND, _("mend it where it is managed: {reason}", reason=reason))
    return Step(Move.MEND, _("mend: {reason}", reason=reason))


def _is_read(standing: Standing) -> bool:
    """Whether another stack manages it, so that a change belongs into another program."""
    return standing.signature.role == "read"


def _renaming(standing: Standing, why: str) -> str:
    if _is_read(standing):
        return _("change the name where it is managed: {why}", why=why)
    return _("change the name: {why}", why=why)


def _of_suspended(standing: Standing, review: Review) -> Step:
    requests = standing.vendor.rules.requests
    taken = sorted(name for name, when in requests.items() if review.vendor_status in when)
    if taken and _is_read(standing):
        return Step(
            Move.ACTIVATE,
            _(
                "activate it where it is managed: set {argument}=True and run pulumi up",
                argument=taken[0],
            ),
        )
    if taken:
        return Step(
            Move.ACTIVATE,
            _("activate: set {argument}=True and run pulumi up", argument=taken[0]),
        )
    if review.filing.state is FilingState.FILING:
        return Step(Move.WAIT, _("wait: the carriers file it again"))
    if reason := standing.short_reason:
        return Step(Move.ASK, _("ask the vendor why it is out of use: {reason}", reason=reason))
    return Step(Move.ASK, _("ask the vendor why it is out of use"))


def _of_pending(standing: Standing, review: Review) -> Step:
    if papers := BAD_PAPERS.get(review.qualification.state):
        return _mending_papers(papers)
    if refused := standing.refused_name:
        why = _("{why}, a reviewer may refuse it", why=refused)
        return Step(Move.RENAME, _renaming(standing, why))
    if review.filing.state is FilingState.FILING:
        return Step(Move.WAIT, _("wait: passed, the carriers file it"))
    if review.remark:
        return Step(Move.WAIT, _("wait: refused or being filed, the vendor doesn't tell which"))
    return Step(Move.WAIT, _("wait: a reviewer decides"))


def _mending_papers(papers: str) -> Step:
    return Step(Move.MEND, _("mend the 资质 in the console: it {papers}", papers=_(papers)))


def _of_approved(standing: Standing, review: Review) -> Step:
    filing, refused = review.filing.state, standing.refused_name
    # Papers first: no filing succeeds before they are in order.
    if papers := BAD_PAPERS.get(review.qualification.state):
        return _mending_papers(papers)
    lost = filing.label if filing in LOST else ""
    if refused:
        return Step(Move.RENAME, _renaming_approved(standing, refused, lost))
    if lost:
        return Step(Move.MEND, _mending_filing(lost, standing.short_reason))
    if standing.lacks_qualification:
        return Step(
            Move.ATTACH,
            _("attach the 资质 in the console: without one the carriers file nothing"),
        )
    if review.edit is Status.PENDING:
        return Step(Move.WAIT, _("wait: in use, its edit is in review"))
    if filing is FilingState.FILING:
        return Step(Move.WAIT, _("wait: approved, the carriers file it"))
    if filing is FilingState.UNVERIFIED:
        return Step(Move.WAIT, _("wait: approved and filed, {how}", how=_(TO_VERIFY)))
    is_awaited = standing.verdict is not None and standing.verdict.target.until == "filed"
    if is_awaited and filing is FilingState.NONE:
        return Step(Move.WAIT, _("wait: approved, its filing has not begun"))
    return Step(Move.NOTHING, _("nothing"))


def _renaming_approved(standing: Standing, refused: str, lost: str) -> str:
    if lost:
        why = _("{why}, its filing {state}", why=refused, state=lost)
        return _renaming(standing, why)
    if _is_read(standing):
        return _renaming(standing, refused)
    return _("change the name before the carriers remove it: {why}", why=refused)


def _mending_filing(state: str, reason: str) -> str:
    if not reason:
        return _("mend the filing with the carriers in the console, it {state}", state=state)
    return _(
        "mend the filing with the carriers in the console, it {state}: {reason}",
        state=state,
        reason=reason,
    )


_OF_STATUS: Mapping[Status, Callable[[Standing, Review], Step]] = {
    Status.PENDING: _of_pending,
    Status.APPROVED: _of_approved,
    Status.REJECTED: _of_rejected,
    Status.SUSPENDED: _of_suspended,
}
"""The next step of what the vendor has, by its common status; the first case that applies."""
