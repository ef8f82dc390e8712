"""Statuses, policies, a placeholder and internal names: shared by programs and rules, not heavy."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, Final, Literal

from pulumi_smssign.model.language import _, mark

TODO: Final[Any] = "<TODO>"
"""The placeholder for an argument's value that a person has still to write: no run takes it."""

EXISTING = "existing"
"""The value of `adopt` that takes over the signature with the resource's text, if there is one."""

REVIEW = "review"
"""The output with all that the program has not said: what the vendor tells, and the record."""
RECORD = "__record"
"""Its part that only this package needs; Pulumi shows none in a diff that begins so."""
UNSEEN = "unseen"
"""Its entry that the vendor accepted the application and has not shown it yet."""
RUN = "__run"
"""The property with the facts that only the program knows of its run; Check takes it out."""
HIDES = "hides"
"""The names of the outputs that the program calls secret; there where it does so."""
IN_CONFIDENCE = "in_confidence"
"""Of an Approval: the personal data of the signatures that it waits for; there where it is any."""

DeletionPolicy = Literal["retain", "delete"]
"""The policy for a signature that is approved: leave it, or delete it."""
DELETION_POLICIES: tuple[DeletionPolicy, ...] = ("retain", "delete")

Deliverable = Literal["yes", "no", "unknown"]
"""Whether texts arrive: "yes" only where the vendor tells that every carrier has filed."""


class Labelled(StrEnum):
    """An enumeration whose values are marked messages: each has a label in the user's language."""

    @property
    def label(self) -> str:
        """The value as a person reads it."""
        return _(self.value)


class Status(Labelled):
    """The status of a signature, with the same meaning at every vendor."""

    PENDING = mark("PENDING")
    """Submitted; a person has not decided yet, or the decision has not taken effect."""
    APPROVED = mark("APPROVED")
    """Texts may be sent under it."""
    REJECTED = mark("REJECTED")
    """Refused by the reviewer; the reason says why."""
    SUSPENDED = mark("SUSPENDED")
    """Approved once, and out of use now."""
    UNKNOWN = mark("UNKNOWN")
    """The vendor reports a status that no source describes; never taken for approved."""
    GONE = mark("GONE")
    """The vendor no longer has it: in an Approval's `reviews`, and of no signature's `status`."""

    @classmethod
    def _missing_(cls, value: object) -> Status:
        """UNKNOWN, for the word of a newer version's state: the SDK would end the program."""
        del value
        return cls.UNKNOWN
