"""A signature's properties: between the engine's bags of values and what they mean."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pulumi.runtime import rpc

from pulumi_smssign.engine.keys import HIDES, RUN, URN, canonical, key_of
from pulumi_smssign.lifecycle import ACCOUNT, EXISTING, Handle, Review, Status
from pulumi_smssign.redaction import hide, told

if TYPE_CHECKING:
    from pulumi_smssign.contract.application import Application
    from pulumi_smssign.contract.vendor import Vendor

Properties = dict[str, Any]

PROVIDER = "__provider"
RETIRING = "retiring"
LEARNED = "learned"
ORIGIN = "origin"
ACCEPTED_AT = "accepted_at"
UNSEEN = "unseen"
SHOWN_BEFORE = "shown_before"
"""A digest of what the vendor showed before a change, while it goes on showing that."""
COMMON = frozenset({"vendor", "account", "adopt", HIDES, RETIRING, URN, RUN, PROVIDER})
"""Inputs that are not the application's."""


def urn_of(props: Mapping[str, Any]) -> str:
    """The resource's URN."""
    return str(props.get(URN) or "")


def name_of(urn: str) -> str:
    """The resource's name, the last part of its URN."""
    return urn.rpartition("::")[2]


def fields_of(props: Mapping[str, Any]) -> dict[str, object]:
    """The application's own fields among a resource's inputs."""
    return {name: value for name, value in props.items() if name not in COMMON}


def adopted(props: Mapping[str, Any]) -> str:
    """The signature that a resource is to take over by its id, or ""."""
    adopt = str(props.get("adopt") or "")
    return "" if adopt == EXISTING else adopt


def handle_of(id_: str, props: Mapping[str, Any]) -> Handle:
    """What the vendor knows the signature by, as of state."""
    return Handle(id_, props.get("text") or "", props.get("scope") or "")


def state_of(
    vendor: Vendor,
    inputs: Mapping[str, Any],
    application: Application,
    review: Review,
    *,
    scope: str,
    origin: str,
    revision: int,
    accepted_at: str,
    shown_before: str = "",
) -> Properties:
    """What is kept of a signature that has just been submitted, adopted or recorded."""
    review = as_edited(vendor, inputs, review, shown_before)
    return {
        **inputs,
        **outputs_of(review),
        "scope": scope,
        "revision": revision,
        ORIGIN: origin,
        ACCEPTED_AT: accepted_at,
        **({SHOWN_BEFORE: shown_before} if review.is_earlier else {}),
        **({"uploads": application.uploads} if application.uploads else {}),
    }


def outputs_of(review: Review) -> Properties:
    """What the vendor says, as outputs; the reviewer's words without confidential values."""
    return {
        "text": review.text,
        "status": str(review.status),
        "vendor_status": review.vendor_status,
        "usable": review.usable,
        "reason": told(review.reason),
        "edit_status": str(review.edit or ""),
        "deliverable": review.deliverable,
        "filing": _cleaned(review.filing.as_output()),
        "qualification": _cleaned(review.qualification.as_output()),
        "submitted_at": review.submitted_at,
        UNSEEN: review.is_assumed,
        **{name: _cleaned(value) for name, value in review.outputs.items()},
    }


def _cleaned(words: object) -> object:
    """The vendor's words in it without confidential values."""
    if isinstance(words, dict):
        return {name: _cleaned(value) for name, value in words.items()}
    if isinstance(words, list):
        return [_cleaned(value) for value in words]
    return hide(words) if isinstance(words, str) else words


def shown(review: Review) -> str:
    """A digest of the fields that the vendor shows."""
    return key_of([dict(review.reported)])


def as_edited(
    vendor: Vendor, submitted: Mapping[str, Any], review: Review, shown_before: str
) -> Review:
    """The review of what was changed in place, where the vendor may show what was before.

    What it shows is then no drift; and while that is approved and in use, the edit is in review.
    """
    if not vendor.rules.shows_earlier or not shown_before or shown(review) != shown_before:
        return review
    if all(canonical(told) == canonical(submitted.get(k)) for k, told in review.reported.items()):
        return review
    edit = Status.PENDING if review.usable else None
    return replace(review, reported={}, edit=edit, is_earlier=True)


def changed_fields(
    vendor: Vendor, olds: Mapping[str, Any], news: Mapping[str, Any]
) -> frozenset[str]:
    """The names of the fields that differ, and of the requests that the vendor would take now.

    A field that the program leaves out is no difference where the vendor changes it by itself, or
    where only a refresh has learned its value.
    """
    fields = (vendor.application.model_fields.keys() | {ACCOUNT}) - vendor.rules.riders
    unmanaged = vendor.rules.attached | set(olds.get(LEARNED) or ())
    different = {
        name
        for name in fields
        if canonical(olds.get(name)) != canonical(news.get(name))
        and not (name in unmanaged and news.get(name) is None)
    }
    return frozenset(different) | vendor.rules.wanted(news, olds.get("vendor_status") or "")


def different(reported: Mapping[str, object], props: Mapping[str, Any]) -> list[str]:
    """The names of the fields that the vendor reports otherwise than a program says, in order."""
    return sorted(
        name for name, value in reported.items() if canonical(value) != canonical(props.get(name))
    )


def reported_as_wanted(
    changed: Iterable[str], news: Mapping[str, Any], review: Review
) -> frozenset[str]:
    """Those of the changed fields that the vendor reports as the program wants them already."""
    return frozenset(
        name
        for name in changed
        if name in review.reported and canonical(review.reported[name]) == canonical(news.get(name))
    )


def unknown_fields(props: Mapping[str, Any]) -> frozenset[str]:
    """The application's fields whose value isn't known yet."""
    return frozenset(
        name for name, value in fields_of(props).items() if rpc.contains_unknowns(value)
    )


def unique_key(vendor: Vendor, props: Mapping[str, Any]) -> str:
    """A digest of a signature's unique key; "" where a part of it isn't known."""
    return key_of([props.get(name) for name in sorted(vendor.rules.unique)])
