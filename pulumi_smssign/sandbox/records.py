"""The desk's records: an application and its review as plain values, and what changes them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from pydantic import JsonValue

from pulumi_smssign.sandbox.evidence import Evidence, Upload
from pulumi_smssign.sandbox.review import Status, Verdict


@dataclass(frozen=True)
class Event:
    """One line of a signature's history: when (Unix seconds), what, and with which reason."""

    at: float
    what: str
    reason: str = ""


@dataclass(frozen=True)
class Signature:
    """One application and its review.

    `vendor_status` is set only where a verdict named the vendor's own status; `due_at` is when the
    policy approves it. Times are Unix seconds. `fields` hold no file and no personal value.
    """

    vendor: str
    account: str
    id: str
    text: str
    fields: Mapping[str, JsonValue]
    evidence: Mapping[str, Evidence]
    created_at: float
    submitted_at: float
    submissions: int = 1
    status: Status = Status.PENDING
    vendor_status: str | None = None
    reason: str = ""
    reviewed_at: float | None = None
    due_at: float | None = None
    history: tuple[Event, ...] = ()


@dataclass(frozen=True)
class DeskState:
    """All that a desk remembers, in the order of first submission, as the state file keeps it."""

    signatures: tuple[Signature, ...] = ()
    uploads: tuple[Upload, ...] = ()
    numbers: Mapping[str, int] = field(default_factory=dict)
    review: str = "manual"


def noted(signature: Signature, at: float, what: str, reason: str = "") -> Signature:
    """Give `signature` with one more line of history."""
    return replace(signature, history=(*signature.history, Event(at, what, reason)))


def decided(signature: Signature, verdict: Verdict, at: float) -> Signature:
    """Give `signature` as `verdict` leaves it."""
    what = verdict.status.value
    if verdict.vendor_status is not None:
        what = f"status {verdict.vendor_status}"
    reviewed = replace(
        signature,
        status=verdict.status,
        vendor_status=verdict.vendor_status,
        reason=verdict.reason,
        reviewed_at=at,
        due_at=None,
    )
    return noted(reviewed, at, what, verdict.reason)
