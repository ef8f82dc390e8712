"""Update: plan again by a live look, do what the plan says, delete the predecessors that go."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pulumi.dynamic import UpdateResult

from pulumi_smssign.core import messages
from pulumi_smssign.core.outputs import reported_digest
from pulumi_smssign.core.resubmission import must_be_possible, resubmit_once, review_after
from pulumi_smssign.engine.boundary import AcceptedError
from pulumi_smssign.engine.delete import withdraw
from pulumi_smssign.engine.plan import plan_of
from pulumi_smssign.engine.row import Row
from pulumi_smssign.model.decide import Replace, Request, Resubmit
from pulumi_smssign.model.durations import now
from pulumi_smssign.model.errors import BugError, SmsSignError
from pulumi_smssign.model.review import Handle

if TYPE_CHECKING:
    from pulumi_smssign.core.predecessors import Predecessor
    from pulumi_smssign.engine.resource import Resource
    from pulumi_smssign.engine.run import Run
    from pulumi_smssign.model.fate import Delete
    from pulumi_smssign.model.review import Review


def update(run: Run, resource: Resource) -> UpdateResult:
    """The outputs after a change in place.

    Raises:
        ReviewMovedError: the review is not where the Diff saw it: the change is another one now.
        AcceptedError: the vendor has taken the change, and what was to follow went wrong.
        SmsSignError: the vendor can't be asked, or refused.
    """
    vendor, state = resource.vendor, resource.held
    # Planned anew: what was approved since the Diff is under the rules of what is approved.
    plan = plan_of(run, resource, live=True)
    decision = plan.decision
    if isinstance(decision, Replace):
        raise messages.is_replacement(vendor.name, state.id, plan.review)
    if plan.review is None:
        return UpdateResult(resource.as_recorded())
    review, handle = plan.review, state.handle
    trouble: SmsSignError | None = None
    revision, accepted_at, shown_before = state.revision, state.accepted_at, state.shown_before
    look = run.cache(vendor, state.account).review
    if isinstance(decision, Request):
        for name in sorted(decision.names):
            run.api(vendor, state.account).request(name, handle)
        review, trouble = review_after(vendor.rules, look, handle)
    elif isinstance(decision, Resubmit):
        if decision.warning:  # the preview may have seen another review, or was skipped
            Row(resource.urn).warn(decision.warning)
        shown_before, revision = reported_digest(plan.review), state.revision + 1
        handle = Handle(state.id, resource.application.text, state.scope)
        (review, trouble), accepted_at = _resubmit(run, resource, plan.review, handle)
    else:
        handle = Handle(state.id, plan.review.text, state.scope)
        # State has what an earlier run sent, if any was cut off.
        run.journal.clear(run.resubmission_of(resource))
    run.owners.take(resource.urn, run.ref(vendor, resource.account, handle), resource.account)
    trouble = _delete(run, resource, plan.leaving) or trouble
    # Nothing was sent, so the state that there is says all.
    if trouble and not isinstance(decision, Request | Resubmit):
        raise trouble
    outputs = resource.as_state(
        review,
        scope=state.scope,
        origin=run.origin_of(resource),
        revision=revision,
        accepted_at=accepted_at,
        shown_before=shown_before,
        shared=resource.is_shared,
        uploads=resource.application.uploads,
    )
    if trouble:
        raise AcceptedError(trouble, UpdateResult(outputs))
    return UpdateResult(outputs)


def _resubmit(
    run: Run, resource: Resource, before: Review, after: Handle
) -> tuple[tuple[Review, BugError | None], str]:
    """Send a change in place, with the journal around it; the review after it and its time."""
    vendor, state = resource.vendor, resource.held
    api, application = run.api(vendor, state.account), resource.application
    must_be_possible(vendor.rules, api, state.handle, application)
    entry = replace(run.resubmission_of(resource), before=str(before.status))
    with run.journal.writing(entry):
        resubmit_once(vendor.rules, api, state.handle, application, before)
        look = run.cache(vendor, state.account).review
        return review_after(vendor.rules, look, after), now()


def _delete(
    run: Run, resource: Resource, leaving: tuple[tuple[Predecessor, Delete], ...]
) -> SmsSignError | None:
    """Delete the predecessors that go with the change; the last failure, if any."""
    trouble: SmsSignError | None = None
    for old, why in leaving:
        ref = run.ref(resource.vendor, old.account, old.handle)
        if run.owners.has_deleted(ref):
            continue
        try:
            withdraw(run, resource, old, ref)
        except SmsSignError as failed:
            failed.summary = messages.not_deleted(old, failed.summary)
            trouble = failed
            continue
        Row(resource.urn).info(messages.deleted(old, why.why))
    return trouble
