"""The words that programs share with the law; a program that only declares loads no more of it."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

EXISTING = "existing"
"""What `adopt` says where a signature with the resource's text is the resource's, if it exists."""

RUN = "__run"
"""The property with what only the program knows of its run; Check takes it out."""
HIDES = "hides"
"""The names of the outputs that the program calls secret; there where it does so."""
IN_CONFIDENCE = "in_confidence"
"""Of an Approval: the personal data of the signatures that it waits for; there where it is any."""

DeletionPolicy = Literal["retain", "delete"]
"""What this package may do with a signature that is approved: leave it, or delete it."""
DELETION_POLICIES: tuple[DeletionPolicy, ...] = ("retain", "delete")


class Status(StrEnum):
    """Where a signature stands, in words that mean the same at every vendor."""

    PENDING = "PENDING"
    """Submitted; a person has not decided yet, or the decision has not taken effect."""
    APPROVED = "APPROVED"
    """Texts may be sent under it."""
    REJECTED = "REJECTED"
    """Refused by the reviewer; the reason says why."""
    SUSPENDED = "SUSPENDED"
    """Approved once, and out of use now."""
    UNKNOWN = "UNKNOWN"
    """The vendor reports a status that no source describes; never taken for approved."""
