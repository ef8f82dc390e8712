"""The six hooks of a signature, the same for every vendor."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from pulumi.dynamic import (
    CheckFailure,
    CheckResult,
    CreateResult,
    DiffResult,
    ReadResult,
    UpdateResult,
)

from pulumi_smssign.core import messages
from pulumi_smssign.core.journal import Entry
from pulumi_smssign.core.lint import doubts_of, findings_of, policy_problems
from pulumi_smssign.core.outputs import POLICY
from pulumi_smssign.core.ownership import NOTHING, Plan, ProgramFacts
from pulumi_smssign.core.predecessors import Predecessor, predecessors_of
from pulumi_smssign.engine.boundary import hook
from pulumi_smssign.engine.create import announce_takeover, create
from pulumi_smssign.engine.delete import delete
from pulumi_smssign.engine.plan import fates_of, is_settings_only, plan_of
from pulumi_smssign.engine.read import read
from pulumi_smssign.engine.resource import Properties, Resource
from pulumi_smssign.engine.row import Row
from pulumi_smssign.engine.update import update
from pulumi_smssign.model.durations import seconds_since
from pulumi_smssign.model.errors import SmsSignError
from pulumi_smssign.model.fate import Forget
from pulumi_smssign.model.findings import Problem
from pulumi_smssign.model.language import _, labelled
from pulumi_smssign.model.redaction import readable
from pulumi_smssign.model.review import Handle

if TYPE_CHECKING:
    from pulumi_smssign.engine.run import Run


class SignatureHooks:
    """The hooks of a signature at any vendor; which one is in the resource's properties.

    Args:
        run: the run that this plugin works for.
    """

    def __init__(self, run: Run) -> None:
        self._run = run

    @hook
    def check(self, urn: str, olds: Properties, news: Properties) -> CheckResult:
        """Every problem of the inputs at once, warnings, the policy, and a claim on the text."""
        run, inputs = self._run, dict(news)
        facts = ProgramFacts.of(news) or ProgramFacts()
        failures = [_failure(problem) for problem in policy_problems(news.get(POLICY))]
        if news.get(POLICY) is None:
            inputs[POLICY] = run.accounts.deletion_policy
        if not olds and not failures and (diffed := run.owners.seen(urn).diffed_policy):
            # A replacement's second Check has the raw inputs, before `ignore_changes`.
            inputs[POLICY] = diffed
        resource = Resource.of_program(
            urn, inputs, olds=olds or None, facts=facts, predecessors=predecessors_of(olds)
        )
        doubts: tuple[Problem, ...] = ()
        # What has passed is not examined by each run, unless a run may go on with it.
        if resource.predecessors or not resource.is_as_checked(olds):
            known = (resource.fields, resource.unknown)
            findings = findings_of(resource.vendor, *known, resource.adopts, managed=bool(olds))
            failures += [_failure(problem) for problem in findings.problems]
            doubts = findings.doubts
        if failures:
            return CheckResult(dict(resource.inputs), failures)
        _claim(run, resource)
        if not olds or resource.changed:  # said once, and not again by each run
            _warn(Row(urn), (*doubts, *doubts_of(resource.vendor, news)))
        if facts.preview and not resource.unknown:
            announce_takeover(run, resource)
        predecessors = _remembered(run, resource)
        return CheckResult(resource.with_predecessors(predecessors), [])

    @hook
    def diff(self, urn: str, id_: str, olds: Properties, news: Properties) -> DiffResult:
        """The meaning of a change; the vendor is asked only when there is one."""
        run = self._run
        facts = run.owners.seen(urn).facts
        resource = Resource.of_program(urn, news, id_=id_, olds=olds, facts=facts)
        if facts is None or resource.changed & resource.unknown:
            # A refresh shows the drift, and a question about dependents knows no values: there is
            # nothing to decide, and nothing may be deleted for it.
            return DiffResult(changes=bool(resource.changed))
        if run.journal.may_have(urn):
            _settle_journal(run, resource)
        plan = NOTHING
        if resource.changes_settings or not is_settings_only(run, resource):
            plan = plan_of(run, resource, live=not facts.preview)
        ref = run.own_ref(resource)
        run.owners.diff(urn, ref, plan, resource.policy, shared=resource.is_shared)
        if not plan.replaces:
            run.owners.hold(urn, ref, resource.account)
        if facts.preview:
            _tell(Row(urn), plan)
        if plan.replaces:
            return DiffResult(
                changes=True,
                replaces=sorted(resource.changed) or ["adopt"],  # an adoption alone is a reason too
                delete_before_replace=plan.deletes_first,
            )
        return DiffResult(changes=plan.decision is not None or bool(plan.leaving))

    @hook
    def create(self, urn: str, props: Properties) -> CreateResult:
        """Submit for review, adopt or take back; returns as soon as the vendor has accepted."""
        facts = self._run.owners.seen(urn).facts
        return create(self._run, Resource.of_program(urn, props, facts=facts))

    @hook
    def update(self, urn: str, id_: str, olds: Properties, news: Properties) -> UpdateResult:
        """Resubmit in place, make a request, record, or delete predecessors after the approval."""
        facts = self._run.owners.seen(urn).facts
        return update(self._run, Resource.of_program(urn, news, id_=id_, olds=olds, facts=facts))

    @hook
    def read(
        self, urn: str, id_: str, props: Properties, inputs: Properties | None = None
    ) -> ReadResult:
        """The state as the vendor tells it; gone only where the vendor that made it says so."""
        return read(self._run, Resource.of_state(urn, id_, props, inputs or {}))

    @hook
    def delete(
        self, urn: str, id_: str, props: Properties, inputs: Properties | None = None
    ) -> None:
        """Delete it at the vendor, where nothing holds it and its fate is that."""
        delete(self._run, Resource.of_state(urn, id_, props, inputs or {}))


def _claim(run: Run, resource: Resource) -> None:
    """Claim a resource's text, and what it adopts.

    Raises:
        InputError: another resource of this run has the text or the signature.
        AccountError: the configuration lacks what the vendor needs.
    """
    vendor, facts = resource.vendor, resource.facts
    origin = run.origin(vendor, resource.account)
    label = _("【{text}】 at {vendor}", text=resource.text, vendor=vendor.name)
    run.owners.check(
        resource.urn, facts or ProgramFacts(), resource.policy, (origin, resource.key), label
    )
    # An adoption that state has is done with, and claims nothing any more.
    if resource.adopts and (resource.state is None or resource.new_adoption):
        handle = Handle(resource.adopts)
        run.owners.adopt(resource.urn, run.ref(vendor, resource.account, handle))
    alike = run.owners.alike(resource.urn, resource.text)
    for warning in (*alike, *run.warnings(vendor, resource.account)):
        Row(resource.urn).warn(warning)


def _remembered(run: Run, resource: Resource) -> tuple[Predecessor, ...]:
    """The predecessors that a resource's inputs are to have, as far as they need be remembered."""
    seen = run.owners.seen(resource.urn)
    if resource.state is None:  # new, or in another's place: then that one's Diff has found them
        predecessors = seen.plan.predecessors if seen.plan else ()
    else:
        predecessors = _waiting(run, resource)
    # What is forgotten now is known to this run as it was remembered until now.
    known = {*predecessors, *resource.predecessors}
    refs = {run.ref(resource.vendor, old.account, old.handle): old for old in known}
    run.owners.remember(resource.urn, refs)
    return predecessors


def _waiting(run: Run, resource: Resource) -> tuple[Predecessor, ...]:
    """Predecessors that the vendor still has; on a vendor error, all of them."""
    if not resource.predecessors:
        return ()
    try:
        fates = fates_of(run, resource, is_approved=_has_approved(run, resource), live=False)
    except SmsSignError:
        return resource.predecessors
    wanted = (resource.key, resource.account)
    return tuple(
        old
        for old, its_fate in fates
        if not isinstance(its_fate, Forget) or (old.key, old.account) == wanted
    )


def _has_approved(run: Run, resource: Resource) -> bool:
    """Whether the text of a resource's state is approved; a Check isn't told the signature's id."""
    vendor, state = resource.vendor, resource.held
    if not run.api(vendor, state.account).capabilities.finds:
        return False
    directory = resource.facts.directory if resource.facts else ""
    fields = {name: value for name, value in state.fields.items() if value is not None}
    application = vendor.application.of(fields, directory)
    reviews = run.api(vendor, state.account).find(application)
    return any(review.usable for review in reviews)


def _settle_journal(run: Run, resource: Resource) -> None:
    """Clear the journal's entries of writes that state has by now."""
    state, origin = resource.held, run.origin(resource.vendor, resource.held.account)
    entry = run.journal.find(Entry("submit", resource.urn, origin, resource.state_key))
    if entry is not None:
        # A replacement that deletes first submits the same text again; while it is cut off, state
        # still has what was deleted, accepted before the entry began.
        is_later = seconds_since(entry.at) < seconds_since(state.accepted_at)
        if entry.id == state.id or not (state.accepted_at and is_later):
            run.journal.clear(entry)
    if not resource.changed:
        run.journal.clear(run.resubmission_of(resource))


def _failure(problem: Problem) -> CheckFailure:
    """A problem as the engine's failure."""
    # Without the property: the engine prints its value beside the reason, secrets too (3.250).
    return CheckFailure("", labelled(problem.property, readable(problem.reason)))


def _warn(row: Row, doubts: Iterable[Problem]) -> None:
    for doubt in doubts:
        row.warn(messages.of_property(doubt))


def _tell(row: Row, plan: Plan) -> None:
    """Print a change's meaning in the preview."""
    decision = plan.decision
    warning, note = getattr(decision, "warning", ""), getattr(decision, "note", "")
    if warning:
        row.warn(warning)
    if note:
        row.note(note)
    for old, why in plan.leaving:
        row.note(messages.will_be_deleted(old, why.why))
