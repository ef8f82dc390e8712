"""Read: what the vendor says now, for `pulumi refresh` and `Signature.get`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pulumi.dynamic import ReadResult

from pulumi_smssign.contract.application import doubts_of_the_name
from pulumi_smssign.core.outputs import as_edited
from pulumi_smssign.core.secrets import words_of
from pulumi_smssign.engine.row import Row
from pulumi_smssign.model.errors import NotFoundError, NotShownYetError, SmsSignError
from pulumi_smssign.model.filing import QualificationState
from pulumi_smssign.model.redaction import quote, short

if TYPE_CHECKING:
    from pulumi_smssign.core.predecessors import Predecessor
    from pulumi_smssign.engine.resource import Resource
    from pulumi_smssign.engine.run import Run
    from pulumi_smssign.model.review import Review


def read(run: Run, resource: Resource) -> ReadResult:
    """The state with what the vendor says now; gone only when the vendor said so.

    Raises:
        NotFoundError: what a program reads with `get` is not there.
        AccountError: it was made on the other side, or is not there and was made elsewhere.
        SmsSignError: the vendor can't be asked.
    """
    vendor, state, row = resource.vendor, resource.held, Row(resource.urn)
    is_managed = bool(state.status)
    run.must_be_this_side(resource, "it is not read")
    review = run.cache(vendor, state.account).recent(state.handle)
    if review is None and not is_managed:
        raise NotFoundError(
            f"{vendor.name} has no signature {state.id} to read in this account",
            vendor=vendor.name,
            advice="look up its id in the vendor's console, or declare the signature.",
        )
    if review is None:
        try:
            run.must_be_gone(resource)
        except NotShownYetError as error:
            row.info(f"{error.summary}: state is left as it is.")
            outputs, inputs = resource.as_unseen()
            return ReadResult(state.id, outputs, inputs)
        return ReadResult(None, {})
    if not is_managed:
        run.owners.take(resource.urn, run.own_ref(resource), state.account)
    _tell(row, resource, review)
    outputs, inputs = resource.refreshed(
        review, run.origin_of(resource), _still_there(run, resource)
    )
    return ReadResult(state.id, outputs, inputs)


def _still_there(run: Run, resource: Resource) -> tuple[Predecessor, ...]:
    """The predecessors that the vendor still has; all where it can't be asked."""
    kept = []
    for old in resource.predecessors:
        try:
            is_gone = run.review_of(resource.vendor, old) is None
        except SmsSignError:
            is_gone = False
        if not is_gone or not run.is_surely_gone(resource.vendor, old):
            kept.append(old)
    return tuple(kept)


def _tell(row: Row, resource: Resource, review: Review) -> None:
    """Say what has moved since the stack last looked."""
    state, known = resource.held, resource.held.outputs
    if state.status not in ("", str(review.status)):
        said = words_of(quote(review.reason), "reason", of=known)
        reason = f": {said}" if said else ""
        name = f"【{review.text}】 ({review.id})"
        row.info(f"{name} is {review.status} (was {state.status}){reason}")
    _tell_of_papers(row, resource, review)
    for doubt in doubts_of_the_name(resource.vendor.application, resource.fields):
        row.warn(f"{doubt.property}: {doubt.reason}")
    edited = as_edited(resource.vendor, resource.fields, review, state.shown_before)
    if not edited.is_earlier and state.edit_status and review.usable:
        row.info(f"the edit of 【{review.text}】 ({review.id}) is {review.status}")


def _tell_of_papers(row: Row, resource: Resource, review: Review) -> None:
    """News of the filing and of the qualification since the stack last looked.

    An approval stays when the one is lost or the other withdrawn, and texts arrive no more.
    """
    known = resource.held.outputs
    name, filing, papers = f"【{review.text}】 ({review.id})", review.filing, review.qualification
    before = (known.get("filing") or {}).get("state")
    if before not in (None, str(filing.state)):
        reasons = words_of(quote(", ".join(filing.reasons)), "filing", "reason", of=known)
        why = f": {reasons}" if reasons else ""
        news = f"the filing of {name} with the carriers is {filing} (was {before}){why}"
        if filing.is_lost:
            row.warn(f"{news}. Texts may not arrive any more; mend it in the vendor's console.")
        else:
            row.info(news)
    was = (known.get("qualification") or {}).get("state")
    called = words_of(quote(papers.name) or short(papers.id), "qualification", of=known)
    if was == QualificationState.APPROVED and papers.state is not QualificationState.APPROVED:
        row.warn(
            f"the qualification {called} of {name} is {papers.state} (was {was})."
            " Its filing may be lost with it; mend it in the vendor's console."
        )
