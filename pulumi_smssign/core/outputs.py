"""The outputs of a signature: our names for them, and their values from a review."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pulumi_smssign.model.digests import different, digest
from pulumi_smssign.model.redaction import hide, sanitized
from pulumi_smssign.model.review import Review
from pulumi_smssign.model.vocabulary import RECORD, REVIEW, UNSEEN, Status

if TYPE_CHECKING:
    from pulumi_smssign.contract.vendor import Vendor

POLICY = "deletion_policy"
SHARED = "shared"
LEARNED = "learned"
ORIGIN = "origin"
ACCEPTED_AT = "accepted_at"
SHOWN_BEFORE = "shown_before"
"""A digest of what the vendor showed before a change, while it goes on showing that."""
_RECORDED = (SHARED, LEARNED, ORIGIN, UNSEEN, SHOWN_BEFORE, "uploads")


def folded(properties: Mapping[str, Any], said: Collection[str]) -> dict[str, Any]:
    """Properties in which all that the program has not said are one: the review.

    With it is the policy, as it came to, and not what says nothing (""). Each property, and each
    part of one, costs the SDK, the engine and every message its share of each run.
    """
    inputs: dict[str, Any] = {}
    review: dict[str, Any] = {}
    record: dict[str, Any] = {}
    for name, value in properties.items():
        if name in _RECORDED:
            if value:
                record[name] = value
        elif name in said and name != POLICY:
            inputs[name] = value
        elif value not in ("", None) and not name.startswith("__"):
            review[name] = value
    return {**inputs, REVIEW: {**review, RECORD: record}}


def unfolded(properties: Mapping[str, Any]) -> dict[str, Any]:
    """The properties that `folded` has made one, each by its name again."""
    inputs = {name: value for name, value in properties.items() if name != REVIEW}
    told = _object(properties.get(REVIEW))
    record = _object(told.pop(RECORD, None))
    return {**told, **record, **inputs}


def _object(value: object) -> dict[str, Any]:
    return dict(value) if isinstance(value, Mapping) else {}


def outputs_of(review: Review) -> dict[str, Any]:
    """A review as outputs; confidential values are hidden in the reviewer's reason."""
    return {
        "text": review.text,
        "status": str(review.status),
        "vendor_status": review.vendor_status,
        "usable": review.usable,
        "reason": sanitized(review.reason),
        "edit_status": str(review.edit or ""),
        "deliverable": review.deliverable,
        "filing": _cleaned(review.filing.as_output()),
        "qualification": _cleaned(review.qualification.as_output()),
        "submitted_at": review.submitted_at,
        UNSEEN: review.is_assumed,
        **{name: _cleaned(value) for name, value in review.outputs.items()},
    }


def _cleaned(value: object) -> object:
    """A value of the vendor's, with confidential text hidden wherever it stands in it."""
    if isinstance(value, dict):
        return {name: _cleaned(item) for name, item in value.items()}
    if isinstance(value, list):
        return [_cleaned(item) for item in value]
    return hide(value) if isinstance(value, str) else value


def reported_digest(review: Review) -> str:
    """A digest of the fields that the vendor shows."""
    return digest([dict(review.reported)])


def as_edited(
    vendor: Vendor, submitted: Mapping[str, Any], review: Review, shown_before: str
) -> Review:
    """The review after a change in place, where the vendor may show the earlier version.

    What it shows is then no drift; and while that is approved and in use, the edit is in review.
    """
    if (
        not vendor.rules.shows_previous_version
        or not shown_before
        or reported_digest(review) != shown_before
    ):
        return review
    # It shows what was submitted: the change has not moved what is shown.
    if not different(review.reported, submitted):
        return review
    # What is not in use has no edit beside it.
    edit = Status.PENDING if review.usable else None
    return replace(review, reported={}, edit=edit, is_earlier=True)
