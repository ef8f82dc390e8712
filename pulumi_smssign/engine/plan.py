"""The plan of a change: the live review, the decision, and the fates of the predecessors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from pulumi_smssign.core import messages
from pulumi_smssign.core.journal import Entry
from pulumi_smssign.core.lint import findings_of
from pulumi_smssign.core.ownership import NOTHING, Plan
from pulumi_smssign.core.predecessors import differences, without
from pulumi_smssign.core.submission import must_be_as_declared
from pulumi_smssign.engine.create import look_for_twins
from pulumi_smssign.model.decide import (
    Decision,
    Known,
    Record,
    Refuse,
    Replace,
    Resubmit,
    decide,
)
from pulumi_smssign.model.digests import differ
from pulumi_smssign.model.durations import is_recent
from pulumi_smssign.model.errors import InputError
from pulumi_smssign.model.fate import Delete, Fate, Forget, Keep, Leaves, fate
from pulumi_smssign.model.language import _
from pulumi_smssign.model.review import SHOWN_AFTER, Handle, Review
from pulumi_smssign.model.rules import ACCOUNT
from pulumi_smssign.model.vocabulary import Status

if TYPE_CHECKING:
    from pulumi_smssign.core.predecessors import Predecessor
    from pulumi_smssign.engine.resource import Resource
    from pulumi_smssign.engine.run import Run


def plan_of(run: Run, resource: Resource, *, live: bool) -> Plan:
    """The plan of a change, by what the vendor says.

    Args:
        run: the run.
        resource: the resource, with its state.
        live: whether a deed may follow; else a list of a moment ago will do.

    Raises:
        InputError: there is no way to do it, with the way out.
        AccountError: the signature was made on the other side; nothing was sent.
        SmsSignError: the vendor can't be asked.
    """
    if is_settings_only(run, resource):
        # The policy's default is this side's: it is none of what was made on the other one.
        state = resource.held
        elsewhere = run.is_elsewhere(resource.vendor, state.origin, state.account)
        return NOTHING if elsewhere else Plan(_settings(resource))
    run.must_be_this_side(resource, _("and it is not changed; nothing was sent"))
    review = _review(run, resource, live=live)
    if review is None:
        run.must_be_gone(resource)
    back = _taken_back(run, resource)
    decision = _back_to(back) if back else _decision(run, resource, review)
    if isinstance(decision, Refuse):
        raise InputError(decision.why, vendor=resource.vendor.name, advice=decision.what_to_do)
    if isinstance(decision, Replace):
        # What is taken back or adopted isn't submitted, so it need not be complete.
        if not back and (not resource.new_adoption or _adopts_own(run, resource)):
            _examine_replacement(resource)
        predecessors = _inherited(run, resource, review, decision, back)
        return Plan(decision, review, predecessors=predecessors, takes_back=back)
    stays_approved = review is not None and review.usable and not _loses(decision)
    fates = fates_of(run, resource, is_approved=stays_approved, live=live)
    leaving = tuple((old, its_fate) for old, its_fate in fates if isinstance(its_fate, Delete))
    return Plan(decision, review, leaving=leaving)


def is_settings_only(run: Run, resource: Resource) -> bool:
    """Whether nothing differs that a vendor would have to be asked for."""
    return not (
        resource.changed
        or resource.new_adoption
        or resource.predecessors
        or (run.journal.may_have(resource.urn) and run.deletion_in_flight(resource))
    )


def fates_of(
    run: Run, resource: Resource, *, is_approved: bool, live: bool
) -> Sequence[tuple[Predecessor, Fate]]:
    """The fate of each predecessor that a resource remembers.

    Args:
        run: the run.
        resource: their successor.
        is_approved: whether it is approved, and stays so.
        live: whether a deed may follow.

    Raises:
        SmsSignError: the vendor can't be asked.
    """
    return [(old, _fate(run, resource, old, is_approved, live)) for old in resource.predecessors]


def _fate(run: Run, resource: Resource, old: Predecessor, is_approved: bool, live: bool) -> Fate:  # noqa: FBT001
    vendor = resource.vendor
    if run.is_elsewhere(vendor, old.origin, old.account):
        return Keep(_("it was made on the other side (sandbox, vendor)"))
    ref = run.ref(vendor, old.account, old.handle)
    owner = run.owners.owner(ref, (ref.origin, old.key), besides=resource.urn)
    if owner:
        return Forget(messages.managed_by(owner))
    cache = run.cache(vendor, old.account)
    review = cache.review(old.handle) if live else cache.recent(old.handle)
    if review is None and run.is_of_another_account(vendor, old.origin, old.account):
        return Keep(_("{vendor} does not show it (yet)", vendor=vendor.name))
    if run.is_known_by_text_only(vendor, old):
        why = _("it was made in another account, and these keys know it by its text only")
        return Forget(why)
    leaves = Leaves.SUPERSEDED if is_approved else Leaves.WAITING
    return fate(vendor.rules, review, leaves, resource.policy, old.keep_reason or resource.retains)


def _loses(decision: Decision | None) -> bool:
    return isinstance(decision, Resubmit) and decision.loses


def _review(run: Run, resource: Resource, *, live: bool) -> Review | None:
    """The review of the signature, also under the text of a change that was sent."""
    state = resource.held
    cache = run.cache(resource.vendor, state.account)
    review = cache.review(state.handle) if live else cache.recent(state.handle)
    # Where the text is the id, a change that arrived is found under its new text.
    if review is None and sent(run, resource):
        review = cache.review(replace(state.handle, text=resource.text))
    deletion = run.deletion_in_flight(resource)
    # Still shown ten minutes later: the deletion has not arrived.
    if review is not None and deletion and not is_recent(deletion.at, SHOWN_AFTER):
        run.journal.clear(deletion)
    return review


def sent(run: Run, resource: Resource) -> Entry | None:
    """The entry of a run that was cut off while it sent this very change to this signature."""
    wanted = run.resubmission_of(resource)
    entry = run.journal.find(wanted)
    return entry if entry is not None and entry.fields == wanted.fields else None


def _decision(run: Run, resource: Resource, review: Review | None) -> Decision | None:
    vendor, changed = resource.vendor, resource.changed
    if review and _adopts_own(run, resource) and not _is_consent(resource):
        must_be_as_declared(vendor.rules, review, resource.fields)
        note = _("{id} is taken as it is: only recorded, nothing is sent.", id=resource.held.id)
        return Record(note)
    if ACCOUNT in changed and _is_same_account(run, resource):
        changed -= {ACCOUNT}
        if not changed and not resource.new_adoption:
            return Record(_("the account has another name in the configuration: only recorded."))
    settled = _reported_as_wanted(changed, resource, review) if review else frozenset()
    if review and changed and changed == settled and not resource.new_adoption:
        return Record(messages.has_it(vendor.name, changed))
    if review and not changed and not resource.new_adoption:
        return _settings(resource)
    decision = decide(vendor.rules, review, changed - settled, _known(run, resource, review))
    if isinstance(decision, Replace):
        _refuse_spent_adoption(resource)
    return decision


def _is_same_account(run: Run, resource: Resource) -> bool:
    """Whether program and state lead to one account, be it by two names."""
    accounts = (resource.account, resource.held.account)
    return len({run.origin(resource.vendor, account) for account in accounts}) == 1


def _adopts_own(run: Run, resource: Resource) -> bool:
    """Whether `adopt=` newly names the signature in state; an id may be another account's too."""
    return resource.new_adoption == resource.held.id and _is_same_account(run, resource)


def _is_consent(resource: Resource) -> bool:
    """Whether `adopt=` says of one taken over unasked that it is this resource's, to change it."""
    return resource.held.shared and resource.policy == "delete" and bool(resource.changed)


def _settings(resource: Resource) -> Record | None:
    """The change of settings alone: the policy, and an adoption that is done with."""
    old = resource.held
    if resource.policy != old.policy:
        note = _(
            'deletion_policy is "{policy}" from now on: only recorded.', policy=resource.policy
        )
        return Record(note)
    if resource.changes_settings:
        return Record(_("what adopt= says is done: only recorded."))
    return None


def _reported_as_wanted(
    changed: frozenset[str], resource: Resource, review: Review
) -> frozenset[str]:
    """Changed fields that the vendor reports as the program wants them already."""
    return frozenset(
        name
        for name in changed & review.reported.keys()
        if not differ(review.reported[name], resource.fields.get(name))
    )


def _known(run: Run, resource: Resource, review: Review | None) -> Known:
    old, cut_off = resource.held, sent(run, resource)
    # A refresh may have moved the status in state since; the entry has that before the change.
    status = (cut_off.before if cut_off else "") or old.status
    return Known(
        policy=resource.policy,
        is_shared=resource.is_shared,
        status=Status(status) if status in Status.__members__ else None,
        # Of one that was never seen nobody knows: no other clock stands in for the vendor's.
        is_overtaken=bool(review and old.submitted_at and review.submitted_at > old.submitted_at),
        adopts="" if _adopts_own(run, resource) else resource.new_adoption,
        is_adopted=resource.adopts == old.id,
        is_only_recorded=not old.accepted_at and not _is_consent(resource),
        was_sent=cut_off is not None,
        has_twin=review is not None and _has_twin(run, resource, review),
    )


def _has_twin(run: Run, resource: Resource, review: Review) -> bool:
    """Whether a text that could be changed in place is an approved one's already.

    The vendor would refuse it; a replacement takes that one over, or says what is in the way.
    """
    rules, key = resource.vendor.rules, resource.key
    if key in ("", resource.state_key) or review.vendor_status not in rules.modifiable:
        return False
    twins = look_for_twins(run, resource).reviews
    return any(rules.is_approved(twin) and twin.id != review.id for twin in twins)


def _taken_back(run: Run, resource: Resource) -> Predecessor | None:
    """The predecessor whose text the program wants back, if the vendor still has it.

    Raises:
        InputError: the program wants its text with other content.
    """
    vendor, key = resource.vendor, resource.key
    is_the_same = key == resource.state_key and _is_same_account(run, resource)
    if resource.new_adoption or is_the_same:
        return None
    for old in resource.predecessors:
        if (old.key, old.account) != (key, resource.account):
            continue
        if run.cache(vendor, old.account).recent(old.handle) is None:
            continue
        differing = differences(vendor, old, resource.fields)
        if differing:
            raise messages.has_other_content(vendor.name, old, differing)
        return old
    return None


def _back_to(old: Predecessor) -> Replace:
    """The replacement that takes a predecessor back."""
    return Replace(delete_first=False, note=messages.taken_back(old))


def _refuse_spent_adoption(resource: Resource) -> None:
    """Refuse a replacement that would adopt the very signature that it replaces."""
    spent = resource.adopts
    if spent and not resource.new_adoption:
        raise messages.spent_adoption(resource.vendor.name, resource.held.id, spent)


def _examine_replacement(resource: Resource) -> None:
    """Verify all that can be verified before the first write of a replacement.

    Raises:
        InputError: what would be submitted is not complete; names everything.
    """
    findings = findings_of(resource.vendor, resource.fields, frozenset(), "", managed=False)
    if findings.problems:
        raise messages.incomplete(findings.problems)
    resource.application.verify_evidence()


def _inherited(
    run: Run,
    resource: Resource,
    review: Review | None,
    decision: Replace,
    back: Predecessor | None,
) -> tuple[Predecessor, ...]:
    """The predecessors of the signature that takes the place of this one."""
    taken = {back.id if back else "", resource.adopts}
    key, origin = resource.key, run.origin(resource.vendor, resource.account)
    others = without(
        resource.vendor.rules,
        resource.predecessors,
        taken,
        "" if resource.new_adoption else key,
        origin,
    )
    own = resource.as_predecessor()
    # Where the text is the id, what another account has under it is another signature.
    is_taken = own.id in taken and _is_same_account(run, resource)
    if review is None or decision.delete_first or is_taken:
        return others
    # One that may go at once, here and below, is left to the engine: it deletes it at the end of
    # this very run, when all owners have been seen.
    if resource.new_adoption and _is_adopted_approved(run, resource):
        return others
    ref = run.own_ref(resource)
    if run.owners.owner(ref, (ref.origin, own.key), besides=resource.urn):
        return others
    its_fate = fate(resource.vendor.rules, review, Leaves.WAITING, resource.policy, own.keep_reason)
    return (*others, own) if isinstance(its_fate, Keep) else others


def _is_adopted_approved(run: Run, resource: Resource) -> bool:
    """Whether what `adopt=` names is approved; one that is not there is Create's to refuse."""
    api = run.api(resource.vendor, resource.account)
    scope = api.full_scope(resource.application.scope)
    review = api.details(Handle(resource.new_adoption, scope=scope))
    return review is not None and review.usable
