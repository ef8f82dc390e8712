"""Delete: the fate of each signature by its owner, its origin and the vendor's live review."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pulumi_smssign.core import messages, submission
from pulumi_smssign.core.journal import Entry
from pulumi_smssign.engine.row import Row
from pulumi_smssign.model.errors import InputError, RefusedError
from pulumi_smssign.model.fate import Delete, Fate, Forget, Keep, Leaves, fate
from pulumi_smssign.model.language import _

if TYPE_CHECKING:
    from pulumi_smssign.core.predecessors import Predecessor
    from pulumi_smssign.engine.resource import Resource
    from pulumi_smssign.engine.run import Run
    from pulumi_smssign.model.review import SignatureRef

_SILENT = Forget("")


@dataclass(frozen=True)
class _Departure:
    """A signature on its way out: the resource's own, or one that its state remembers."""

    old: Predecessor
    ref: SignatureRef
    is_own: bool


def delete(run: Run, resource: Resource) -> None:
    """Delete a resource's signature and predecessors, where that is their fate; say why not.

    Raises:
        ReviewMovedError: a replacement was to delete it first, and it has been approved since.
        SmsSignError: the vendor can't be asked, or refused; state stays.
    """
    olds = (resource.as_predecessor(), *resource.predecessors)
    refs = (run.ref(resource.vendor, old.account, old.handle) for old in olds)
    leaving = [_Departure(old, ref, old is olds[0]) for old, ref in zip(olds, refs, strict=True)]
    # All fates before the first deletion, so that an error leaves everything in place.
    fates = [_fate(run, resource, signature) for signature in leaving]
    for signature, its_fate in zip(leaving, fates, strict=True):
        if isinstance(its_fate, Delete):
            _carry_out(run, resource, signature, its_fate)
        elif its_fate.why:
            Row(resource.urn).info(messages.stays(signature.old, its_fate.why))


def _fate(run: Run, resource: Resource, signature: _Departure) -> Fate:
    """The fate of one signature; silent where another resource's state goes on with it.

    Raises:
        SmsSignError: the vendor can't be asked.
    """
    vendor, owners = resource.vendor, run.owners
    old, ref, is_own = signature.old, signature.ref, signature.is_own
    if owners.has_deleted(ref) or (not is_own and owners.successor(ref)):
        return _SILENT
    leaves = _why_it_leaves(run, resource, signature)
    owner = _owner(run, resource, signature, leaves)
    if owner and run.is_of_another_account(vendor, old.origin, old.account):
        return _made_elsewhere(run, resource, old) if is_own else _SILENT
    if owner:
        return Forget(messages.managed_by(owner)) if is_own else _SILENT
    if run.is_elsewhere(vendor, old.origin, old.account):
        return _made_elsewhere(run, resource, old)
    if run.is_known_by_text_only(vendor, old):
        return Forget(messages.known_by_text_only(old.origin))
    review = run.review_of(vendor, old)
    if review is None:
        return _fate_unless_shown(run, resource, signature, leaves)
    policy = owners.policy(ref, resource.urn, resource.held.policy, is_own=is_own)
    keep_reason = owners.keep_reason(ref, old.keep_reason, is_own=is_own)
    its_fate = fate(vendor.rules, review, leaves, policy, keep_reason)
    if (
        leaves is Leaves.FIRST
        and owners.plans_to_delete_first(ref)
        and not isinstance(its_fate, Delete)
    ):
        raise messages.moved_before_deletion(vendor.name, old, review, its_fate.why)
    if isinstance(its_fate, Forget) and leaves is Leaves.DROPPED and review.usable:
        by_itself = policy == "retain"
        return Forget(messages.takes_up_again(its_fate.why, old.id, by_itself=by_itself))
    if isinstance(its_fate, Keep) and leaves is Leaves.WAITING and not owners.successor(ref):
        return Keep(_("{why}; no state remembers it after this run", why=its_fate.why))
    return its_fate


def _made_elsewhere(run: Run, resource: Resource, old: Predecessor) -> Forget:
    here = run.origin(resource.vendor, old.account)
    return Forget(messages.made_there(old.origin, here))


def _fate_unless_shown(run: Run, resource: Resource, signature: _Departure, leaves: Leaves) -> Fate:
    """The fate of a signature that the vendor does not show here.

    Raises:
        AccountError: a dropped one was made with another key: its state stays.
        NotShownYetError: it was accepted a moment ago.
    """
    vendor, old = resource.vendor, signature.old
    another = run.is_of_another_account(vendor, old.origin, old.account)
    # A dropped one stays in state, and red: nothing else remembers it.
    if another and leaves is not Leaves.DROPPED:
        return _made_elsewhere(run, resource, old)
    if signature.is_own:
        run.must_be_gone(resource)
        gone = _("{vendor} no longer had it: {name}.", vendor=vendor.name, name=old)
        Row(resource.urn).info(gone)
        run.journal.clear(Entry.of_deletion(resource.urn, signature.ref))
    return _SILENT


def _owner(run: Run, resource: Resource, signature: _Departure, leaves: Leaves) -> str:
    """The resource of this run that was seen to hold it, the same one included."""
    owners, key = run.owners, (signature.ref.origin, signature.old.key)
    # What is deleted first is named by the Check of the very resource that submits it anew.
    if leaves is not Leaves.FIRST:
        return owners.owner(signature.ref, key)
    is_adopted = owners.seen(resource.urn).adopts == signature.ref
    if is_adopted and not owners.plans_to_delete_first(signature.ref):
        return resource.urn
    return owners.owner(signature.ref, key, besides=resource.urn)


def _why_it_leaves(run: Run, resource: Resource, signature: _Departure) -> Leaves:
    """The reason why a signature leaves, by this run's observations."""
    owners = run.owners
    here, diffed = owners.seen(resource.urn), owners.diff_of(signature.ref)
    if signature.is_own and diffed and diffed.plan and diffed.plan.replaces:
        if diffed.plan.deletes_first or not diffed.tries_to_create:
            return Leaves.FIRST  # the vendor's rules want it so, or delete_before_replace
        new = diffed
    elif successor := owners.successor(signature.ref):
        new = owners.seen(successor)
    elif here.facts is None:
        return Leaves.DROPPED
    elif signature.is_own and here.diffed is None and not here.tries_to_create:
        return Leaves.FIRST  # a forced replacement, which the engine puts first
    else:
        new = here
    if new.holds is None or new.holds == signature.ref:
        return Leaves.WAITING
    review = run.cache(resource.vendor, new.account).review(new.holds.handle)
    return Leaves.SUPERSEDED if review is not None and review.usable else Leaves.WAITING


def _carry_out(run: Run, resource: Resource, signature: _Departure, why: Delete) -> None:
    """Delete one signature; what nothing waits for stays where it can't be deleted yet."""
    vendor, row = resource.vendor, Row(resource.urn)
    try:
        withdraw(run, resource, signature.old, signature.ref)
    except (InputError, RefusedError) as refused:
        leaves, plan = _why_it_leaves(run, resource, signature), run.owners.seen(resource.urn).plan
        # An older one that is taken back in its place is there already.
        may_stay = leaves is Leaves.DROPPED or bool(plan and plan.takes_back)
        # Only a rule that no source states may be wrong about what the vendor deletes.
        if not may_stay or "deletable" not in vendor.rules.inferred:
            raise
        review = run.review_of(vendor, signature.old)
        if review is None or vendor.rules.is_approved(review) or vendor.rules.may_delete(review):
            raise
        words = refused.vendor_message
        row.info(messages.stays_while(vendor.name, signature.old, review, words))
        return
    row.info(messages.deleted(signature.old, why.why))


def withdraw(run: Run, resource: Resource, old: Predecessor, ref: SignatureRef) -> None:
    """Delete a signature at its vendor, with the journal around it.

    Raises:
        JournalError: that can't be written; nothing was sent.
        SmsSignError: the vendor refused, or its answer was lost.
    """
    with run.journal.writing(Entry.of_deletion(resource.urn, ref)):
        submission.withdraw(run.api(resource.vendor, old.account), old.handle)
    run.owners.delete(ref)
