"""Between the engine's bags of properties and what they mean: a signature's inputs and outputs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pulumi_smssign.lifecycle import ACCOUNT, Handle, Review
from pulumi_smssign.redaction import hide

if TYPE_CHECKING:
    from pulumi_smssign.application import Application
    from pulumi_smssign.vendor import Vendor

Properties = dict[str, Any]

URN = "__urn"
RUN = "__run"
PROVIDER = "__provider"
COMMON = frozenset({"vendor", "account", "adopt", URN, RUN, PROVIDER})
"""Inputs that are not the application's."""


def urn_of(props: Mapping[str, Any]) -> str:
    """The resource's URN, or "": SDKs before 3.235 keep it from the plugin."""
    return str(props.get(URN) or "")


def fields_of(props: Mapping[str, Any]) -> dict[str, object]:
    """The application's own fields among a resource's inputs."""
    return {name: value for name, value in props.items() if name not in COMMON}


def handle_of(id_: str, props: Mapping[str, Any]) -> Handle:
    """What the vendor knows the signature by, as of state."""
    return Handle(id_, props.get("text") or "", props.get("scope") or "")


def state_of(
    inputs: Mapping[str, Any],
    application: Application,
    review: Review,
    scope: str,
    revision: int,
) -> Properties:
    """What is kept of a signature that has just been submitted or adopted."""
    return {
        **inputs,
        **outputs_of(review),
        "scope": scope,
        "revision": revision,
        **({"uploads": application.uploads} if application.uploads else {}),
    }


def outputs_of(review: Review) -> Properties:
    """What the vendor says, as outputs; the reviewer's words without confidential values."""
    return {
        "text": review.text,
        "status": str(review.status),
        "vendor_status": review.vendor_status,
        "usable": review.usable,
        "reason": hide(review.reason),
        "submitted_at": review.submitted_at,
        **review.outputs,
    }


def changed_fields(
    vendor: Vendor, olds: Mapping[str, Any], news: Mapping[str, Any]
) -> frozenset[str]:
    """The names of the fields that differ, and of the requests that the vendor would take now."""
    fields = (vendor.application.model_fields.keys() | {ACCOUNT}) - vendor.rules.riders
    different = {name for name in fields if canonical(olds.get(name)) != canonical(news.get(name))}
    return frozenset(different) | vendor.rules.wanted(news, olds.get("vendor_status") or "")


def canonical(value: object) -> object:
    """A property's value so that what means the same is the same.

    Numbers come back from the engine as floats; a proof file is its content, wherever it lies.
    """
    if isinstance(value, Mapping):
        if "sha256" in value:
            return ("file", value["sha256"])
        return tuple(sorted((name, canonical(item)) for name, item in value.items()))
    if isinstance(value, list | tuple):
        return tuple(canonical(item) for item in value)
    if isinstance(value, bool | int | float):
        return float(value)
    return value
