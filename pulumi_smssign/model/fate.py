"""The fate of a signature that is on its way out: dropped, replaced, or remembered as predecessor.

Pure, as `decide` is. Whoever deletes has asked the vendor directly before, and asks `fate`: the
delete hook, an update that finds a successor approved, and the preview that tells of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from pulumi_smssign.model.language import _
from pulumi_smssign.model.review import Review
from pulumi_smssign.model.rules import Rules
from pulumi_smssign.model.vocabulary import DeletionPolicy


class Leaves(Enum):
    """The reason why a signature is on its way out."""

    DROPPED = auto()
    """No resource stands in its place: the program dropped it, or the stack is destroyed."""
    FIRST = auto()
    """The engine deletes it before its successor is made."""
    SUPERSEDED = auto()
    """Its successor is approved."""
    WAITING = auto()
    """Its successor is there or on its way, and is not approved."""


@dataclass(frozen=True)
class Delete:
    """Fate: it is deleted at the vendor now."""

    why: str


@dataclass(frozen=True)
class Keep:
    """Fate: it stays for now, and a successor that remembers it asks again."""

    why: str


@dataclass(frozen=True)
class Forget:
    """Fate: it stays for good, or has gone; nobody need remember it."""

    why: str


Fate = Delete | Keep | Forget


def fate(
    rules: Rules,
    review: Review | None,
    leaves: Leaves,
    policy: DeletionPolicy,
    keep_reason: str = "",
) -> Fate:
    """The fate of a signature whose live review is `review`.

    Args:
        rules: the vendor's rules.
        review: what the vendor says now; None when it no longer has the signature.
        leaves: why it is on its way out.
        policy: its `deletion_policy`, the strictest of what is known.
        keep_reason: why this package never deletes it, whatever its policy, or ""; in English, as
            state has it.
    """
    if review is None:
        return Forget(_("{vendor} no longer has it", vendor=rules.vendor))
    if rules.deletable is None:
        why = _("{vendor} can't delete signatures", vendor=rules.vendor)
        return Keep(why) if leaves is Leaves.WAITING else Forget(why)
    if keep_reason:
        if leaves is Leaves.WAITING:
            return Keep(
                _(
                    "it stays also after its successor is approved, since {why}",
                    why=_(keep_reason),
                )
            )
        return Forget(
            _("it is {status}, and {why}", status=review.status.label, why=_(keep_reason))
        )
    if not rules.is_approved(review):
        # What is only inferred the vendor decides, unless a successor remembers it: it can wait.
        is_tried = "deletable" in rules.inferred and leaves in (Leaves.DROPPED, Leaves.FIRST)
        if not is_tried and not rules.may_delete(review):
            return Keep(_("{vendor} deletes it after the verdict only", vendor=rules.vendor))
        return Delete(_("it is {status}", status=review.status.label))
    return _of_what_is_approved(review, leaves, policy)


def _of_what_is_approved(review: Review, leaves: Leaves, policy: DeletionPolicy) -> Fate:
    if policy == "retain":
        if leaves is Leaves.WAITING:
            return Keep(_("it is in use until its successor is approved, and stays after that"))
        return Forget(
            _('it is {status}, and its deletion_policy is "retain"', status=review.status.label)
        )
    if leaves is Leaves.WAITING:
        return Keep(_("its successor is not approved yet"))
    if leaves is Leaves.SUPERSEDED:
        return Delete(_("its successor is approved"))
    return Delete(_('its deletion_policy is "delete"'))
