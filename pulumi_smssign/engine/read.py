"""Read: the vendor's review, for `pulumi refresh` and `Signature.get`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pulumi.dynamic import ReadResult

from pulumi_smssign.core import messages
from pulumi_smssign.core.news import news_of
from pulumi_smssign.core.outputs import as_edited
from pulumi_smssign.engine.row import Row
from pulumi_smssign.model.errors import NotShownYetError, SmsSignError
from pulumi_smssign.model.language import _

if TYPE_CHECKING:
    from pulumi_smssign.core.predecessors import Predecessor
    from pulumi_smssign.engine.resource import Resource
    from pulumi_smssign.engine.run import Run


def read(run: Run, resource: Resource) -> ReadResult:
    """The state with the vendor's review; gone only when the vendor said so.

    Raises:
        NotFoundError: what a program reads with `get` is not there.
        AccountError: it was made on the other side, or is not there and was made elsewhere.
        SmsSignError: the vendor can't be asked.
    """
    vendor, state, row = resource.vendor, resource.held, Row(resource.urn)
    is_managed = bool(state.status)
    run.must_be_this_side(resource, _("and it is not read; nothing was sent"))
    for warning in run.warnings(vendor, state.account):
        row.warn(warning)
    from pulumi_smssign.contract.application import name_doubts  # it loads pydantic

    for doubt in name_doubts(vendor.application, resource.fields):
        row.warn(messages.of_property(doubt))
    # A list of a moment ago will do: no deed follows, and many resources share it.
    cache = run.cache(vendor, state.account)
    if not resource.predecessors and cache.unmoved(state):
        return ReadResult(state.id, *resource.as_before(unseen=False))
    review = cache.recent(state.handle)
    if review is None and not is_managed:
        raise messages.nothing_to_read(vendor.name, state.id)
    if review is None:
        try:
            run.must_be_gone(resource)
        except NotShownYetError as error:
            row.info(_("{why}: state is left as it is.", why=error.summary))
            return ReadResult(state.id, *resource.as_before(unseen=True))
        return ReadResult(None, {})
    if not is_managed:
        # Of a `get` only: a refresh reads what the program has dropped too.
        run.owners.take(resource.urn, run.own_ref(resource), state.account)
    edited = as_edited(vendor, resource.fields, review, state.shown_before)
    for news in news_of(state, review, is_earlier=edited.is_earlier):
        (row.warn if news.is_warning else row.info)(news.text)
    predecessors = _still_there(run, resource)
    return ReadResult(state.id, *resource.refreshed(review, run.origin_of(resource), predecessors))


def _still_there(run: Run, resource: Resource) -> tuple[Predecessor, ...]:
    """The predecessors that the vendor still has; all where it can't be asked."""
    remaining = []
    for old in resource.predecessors:
        try:
            is_gone = run.review_of(resource.vendor, old) is None
        except SmsSignError:
            is_gone = False
        if not is_gone or run.is_of_another_account(resource.vendor, old.origin, old.account):
            remaining.append(old)
    return tuple(remaining)
