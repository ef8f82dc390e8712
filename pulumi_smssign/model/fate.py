"""The fate of a signature that is on its way out: dropped, replaced, or remembered as predecessor.

Pure, as `decide` is. Whoever deletes has asked the vendor directly before, and asks `fate`: the
delete hook, an update that finds a successor approved, and the preview that tells of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

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
        keep_reason: why this package never deletes it, whatever its policy, or "".
    """
    if review is None:
        return Forget(f"{rules.vendor} no longer has it")
    if rules.deletable is None:
        why = f"{rules.vendor} can't delete signatures"
        return Keep(why) if leaves is Leaves.WAITING else Forget(why)
    if keep_reason:
        if leaves is Leaves.WAITING:
            return Keep(f"it stays also after its successor is approved, since {keep_reason}")
        return Forget(f"it is {review.status}, and {keep_reason}")
    if not rules.is_approved(review):
        # What is only inferred the vendor decides, unless a successor remembers it: it can wait.
        is_tried = "deletable" in rules.inferred and leaves in (Leaves.DROPPED, Leaves.FIRST)
        if not is_tried and not rules.may_delete(review):
            return Keep(f"{rules.vendor} deletes it after the verdict only")
        return Delete(f"it is {review.status}")
    return _of_what_is_approved(review, leaves, policy)


def _of_what_is_approved(review: Review, leaves: Leaves, policy: DeletionPolicy) -> Fate:
    if policy == "retain":
        if leaves is Leaves.WAITING:
            return Keep("it is in use until its successor is approved, and stays after that")
        return Forget(f'it is {review.status}, and its deletion_policy is "retain"')
    if leaves is Leaves.WAITING:
        return Keep("its successor is not approved yet")
    if leaves is Leaves.SUPERSEDED:
        return Delete("its successor is approved")
    return Delete('its deletion_policy is "delete"')
