"""Shapes of outputs that are dictionaries: a filing, a qualification, a review.

They are plain dictionaries in a program, in state and in an export; the types are for editors and
mypy.
"""

from __future__ import annotations

from typing import Literal, TypedDict

from pulumi_smssign.model.vocabulary import Deliverable, Status

__all__ = [
    "CarrierFiling",
    "Filing",
    "FilingState",
    "Qualification",
    "QualificationState",
    "Review",
]

FilingState = Literal["none", "filing", "unverified", "filed", "failed", "lapsed", "unknown"]
"""The state of a filing (报备): not begun, begun, filed but still to be verified by texts that
arrive, filed, failed, filed once and not any more, or not told."""
QualificationState = Literal[
    "none", "pending", "approved", "refused", "supplement", "changing", "change-refused", "unknown"
]
"""The state of a qualification (资质): "supplement" is to be supplemented and submitted again."""


class CarrierFiling(TypedDict):
    """The filing with one carrier."""

    state: FilingState
    """Its state."""
    since: str
    """When it came to that: ISO 8601 or as the vendor writes it, or ""."""
    reasons: list[str]
    """The vendor's words, where it failed or lapsed."""


class Filing(TypedDict):
    """The filing (报备) with the carriers: the output `filing` of a signature."""

    state: FilingState
    """The state with all carriers: the one that is furthest from filed."""
    carriers: dict[str, CarrierFiling]
    """Each carrier's by "mobile", "unicom" and "telecom"; empty where the vendor names none."""
    since: str
    """When it came to that: ISO 8601 or as the vendor writes it, or ""."""
    reasons: list[str]
    """The vendor's words, where it failed or lapsed."""


class Qualification(TypedDict):
    """The company's papers that a signature is filed with: its output `qualification`."""

    id: str
    """The vendor's id, or ""."""
    name: str
    """The name in the vendor's console, or ""."""
    state: QualificationState
    """The state of their own review."""


class Review(TypedDict):
    """The review of one signature as an `Approval` saw it last: an item of its `reviews`."""

    name: str
    """The resource's name in the program."""
    vendor: str
    """The vendor's name."""
    account: str
    """The account's name in the stack's configuration."""
    id: str
    """What the vendor knows it by."""
    text: str
    """What stands in 【】."""
    status: Status
    """The status; `GONE` where the vendor no longer has it."""
    reason: str
    """The reviewer's words, or ""."""
    deliverable: Deliverable
    """Whether messages under it arrive: "yes", "no", or "unknown" where nothing is told."""
