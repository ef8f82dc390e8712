"""Departures: the predecessors, and what a run is still to delete, as the delete hook treats them.

Pure. The hook goes by what it observes in its run, and these functions by the state: so they say
what the next run does of a program that declares what the stack has.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from pulumi_smssign.cli.inventory.step import Move, Step
from pulumi_smssign.core.registry import named
from pulumi_smssign.model.digests import digest
from pulumi_smssign.model.fate import Delete, Fate, Forget, Leaves, fate
from pulumi_smssign.model.language import _
from pulumi_smssign.model.redaction import HIDDEN
from pulumi_smssign.model.review import SignatureRef

if TYPE_CHECKING:
    from pulumi_smssign.cli.inventory.signatures import StackSignature
    from pulumi_smssign.cli.inventory.standing import Standing

Origins = Mapping[tuple[str, str], str]
"""The origins of accounts, by vendor and name; "" of one that the configuration lacks."""


def holder_of(
    signature: StackSignature, signatures: Sequence[StackSignature], origins: Origins
) -> str:
    """The name of another resource that has a departing signature, or "".

    Args:
        signature: the signature.
        signatures: all of the stack.
        origins: where each account's signatures are.
    """
    if signature.role not in ("predecessor", "leaving"):
        return ""
    ref, key = _ref(signature, origins), _key(signature, origins)
    for other in signatures:
        is_held = other.role in ("managed", "read") and _ref(other, origins) == ref
        # A Check claims its text, whatever id the vendor gave the signature.
        is_claimed = other.role == "managed" and key and _key(other, origins) == key
        if is_held or is_claimed:
            return other.name
    return ""


def has_left(standing: Standing, own: Mapping[str, Standing]) -> bool:
    """Whether a departure is done: the vendor no longer has it, and nobody need know.

    A predecessor that is gone before its successor is approved is no such one: it was in use.
    """
    verdict, successor = standing.verdict, own.get(standing.signature.urn)
    if standing.is_counted or verdict is None or verdict.review or verdict.is_too_new:
        return False
    return successor is None or (successor.verdict is not None and successor.verdict.is_approved)


def _ref(signature: StackSignature, origins: Origins) -> SignatureRef:
    account = (signature.vendor, signature.account)
    # Two names that lead to one account have one origin.
    origin = origins.get(account) or signature.account
    return named(signature.vendor).rules.ref(origin, signature.handle)


def _key(signature: StackSignature, origins: Origins) -> str:
    """A digest of origin and unique key; "" where state doesn't tell the text, or hides it."""
    vendor, fields = named(signature.vendor), signature.state.fields
    values = [fields.get(name) for name in sorted(vendor.rules.unique)]
    if fields.get(vendor.rules.text_field) in (None, "", HIDDEN):
        return ""
    return digest([vendor.name, _ref(signature, origins).origin, *values])


def departure_step(
    standing: Standing, own: Mapping[str, Standing], holder: str = ""
) -> Step | None:
    """The step of a predecessor, or of what a run is still to delete: the engine acts, nobody else.

    None for every other signature, for one that couldn't be asked for and for one that the vendor
    doesn't show yet. `own` are the resources' own signatures, by URN; `holder` is the name
    of another resource that has it, or "".
    """
    if standing.is_counted or standing.verdict is None or standing.verdict.is_too_new:
        return None
    rules, signature, review = standing.vendor.rules, standing.signature, standing.review
    if review is None:
        return Step(Move.NOTHING, _("nothing: the vendor no longer has it"))
    if holder and signature.role == "leaving":
        return Step(
            Move.NOTHING,
            _("nothing: it stays in the account (`{holder}` has it)", holder=holder),
        )
    leaves, policy, keep_reason = Leaves.DROPPED, signature.state.policy, signature.keep_reason
    if successor := own.get(signature.urn):
        is_superseded = successor.verdict is not None and successor.verdict.is_approved
        leaves = Leaves.SUPERSEDED if is_superseded else Leaves.WAITING
        # The stricter of the two holds, as in the delete hook: state may be older than the program.
        policy = "retain" if successor.signature.state.policy == "retain" else policy
    now = fate(rules, review, leaves, policy, keep_reason)
    if isinstance(now, Delete) and holder:
        # An Update deletes a predecessor, and may come before the run has seen the other resource.
        return Step(
            Move.LOOK,
            _(
                "look at `{holder}`, which has it too: the next pulumi up may delete it ({why})",
                holder=holder,
                why=now.why,
            ),
        )
    if isinstance(now, Delete):
        return Step(Move.NOTHING, _("nothing: the next pulumi up deletes it ({why})", why=now.why))
    is_approved = rules.is_approved(review)
    later = fate(rules, review, Leaves.SUPERSEDED, policy, keep_reason)
    # What stays even once its successor is approved, and is not approved itself, stays for good.
    settled = later if isinstance(later, Forget) and not is_approved else now
    if signature.role == "leaving" or isinstance(settled, Forget):
        return Step(Move.NOTHING, _("nothing: it stays in the account ({why})", why=settled.why))
    if not is_approved:
        return Step(Move.NOTHING, _("nothing: it stays for now ({why})", why=now.why))
    return Step(Move.NOTHING, _in_use(later, holder))


def _in_use(later: Fate, holder: str) -> str:
    """The line of a predecessor that is approved and waits for its successor."""
    if not isinstance(later, Delete):
        return _("nothing: in use until its successor is approved, then it stays in the account")
    if holder:
        return _("nothing: in use until its successor is approved, then it may be deleted")
    return _("nothing: in use until its successor is approved, then it is deleted")
