"""What a change to a signature means: the review, the vendor's rules, and the one decision.

Everything here is pure: no I/O, no clock, no vendor. The provider asks `decide` what a change
of some fields amounts to, given what the vendor says of the signature at this moment.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

ACCOUNT = "account"
"""The one field that every vendor's signature is fixed in: it lives in the account it is in."""


class Status(str, Enum):
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

    def __str__(self) -> str:
        return self.value


@dataclass(frozen=True)
class Handle:
    """What identifies a signature at its vendor.

    Most vendors ask by `id`; one that has no ids asks by the present `text`. `scope` is where
    the vendor keeps it within the account (a project, mainland or international), or "".
    """

    id: str
    text: str = ""
    scope: str = ""


@dataclass(frozen=True)
class Review:
    """What a vendor says of one signature at one moment.

    `reported` holds the application's own fields as far as the vendor tells them (for drift),
    `outputs` what this vendor alone tells. `submitted_at` is ISO 8601 in UTC, or "".
    """

    id: str
    text: str
    status: Status
    vendor_status: str
    reason: str = ""
    submitted_at: str = ""
    reported: Mapping[str, object] = field(default_factory=dict)
    outputs: Mapping[str, object] = field(default_factory=dict)

    @property
    def usable(self) -> bool:
        """Whether texts may be sent under the signature now."""
        return self.status is Status.APPROVED


@dataclass(frozen=True)
class Rules:
    """One vendor's law about what may be changed when, as data; statuses are the vendor's own.

    `deletable` is None where the vendor has no deletion at all. `riders` travel with a
    submission and are no reason for one. `requests` are fields that ask for something else than
    a review, each with the statuses in which the vendor takes it.
    """

    vendor: str
    statuses: Mapping[str, Status]
    submitted: str
    modifiable: frozenset[str]
    fixed: frozenset[str]
    unique: frozenset[str]
    deletable: frozenset[str] | None
    lost_with_it: str = ""
    riders: frozenset[str] = frozenset()
    requests: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def status(self, vendor_status: str) -> Status:
        """The common status of a raw one; `UNKNOWN` for one that no source describes."""
        return self.statuses.get(vendor_status, Status.UNKNOWN)

    def wanted(self, inputs: Mapping[str, object], vendor_status: str) -> frozenset[str]:
        """The requests that the program makes and the vendor takes in this status."""
        return frozenset(
            name
            for name, statuses in self.requests.items()
            if inputs.get(name) is True and vendor_status in statuses
        )


@dataclass(frozen=True)
class Resubmit:
    """The vendor takes the change in place and reviews it again; the id stays."""

    note: str = field(default="", compare=False)


@dataclass(frozen=True)
class Request:
    """Nothing is submitted anew: the named requests are made of the vendor, if any is left."""

    names: frozenset[str]


@dataclass(frozen=True)
class Replace:
    """A new signature takes the place of the old one; the preview shows the warning or note."""

    delete_first: bool
    warning: str = ""
    note: str = field(default="", compare=False)


@dataclass(frozen=True)
class Refuse:
    """The vendor has no way to do it; said in the preview, with the way out."""

    why: str
    what_to_do: str


Decision = Resubmit | Request | Replace | Refuse


def decide(rules: Rules, review: Review | None, changed: frozenset[str]) -> Decision:
    """What a change of the fields `changed` means for a signature whose review is `review`.

    Args:
        rules: the vendor's law.
        review: what the vendor says now; None when it no longer has the signature.
        changed: names of the fields that differ, riders left out; never empty.
    """
    if review is None:
        return Replace(
            delete_first=False,
            warning=f"{rules.vendor} no longer has this signature: it will be submitted anew.",
        )
    if rules.status(review.vendor_status) is Status.UNKNOWN:
        return Refuse(
            f"{rules.vendor} reports the status {review.vendor_status!r}, which this version "
            "does not know, so it can't say what a change would do.",
            "look at the signature in the vendor's console; a newer pulumi-smssign may know it.",
        )
    if changed <= rules.requests.keys():
        return Request(
            frozenset(name for name in changed if review.vendor_status in rules.requests[name])
        )
    fixed = changed & (rules.fixed | {ACCOUNT})
    if review.vendor_status in rules.modifiable and not fixed:
        return Resubmit(
            f"{_name(review)} is {review.status}: the change goes into review under the same id."
        )
    return _replacement(rules, review, changed)


def _replacement(rules: Rules, review: Review, changed: frozenset[str]) -> Replace | Refuse:
    """How to replace a signature that can't be changed in place, if the vendor allows it."""
    fields = ", ".join(sorted(changed))
    makes_room = bool(changed & (rules.unique | {ACCOUNT}))
    if rules.deletable is None:
        if makes_room:
            return Replace(
                delete_first=False,
                warning=f"{rules.vendor} can't delete signatures: {_name(review)} stays in the "
                "account beside the new one.",
            )
        return Refuse(
            f"{_name(review)} is {review.status} and can't be changed any more ({fields}), and "
            f"{rules.vendor} has no way to delete it and submit it again.",
            "take the change back, or give the signature another text.",
        )
    if review.vendor_status not in rules.deletable:
        return Refuse(
            f"{_name(review)} is {review.status} ({review.vendor_status}): {rules.vendor} can "
            f"neither change {fields} nor delete the signature before there is a verdict.",
            "wait for the verdict and run `pulumi up` again, or take the change back.",
        )
    if makes_room:
        return Replace(delete_first=False, warning=_also_lost(rules), note=_handover(review))
    return Replace(delete_first=True, warning=_gap(rules, review))


def _handover(review: Review) -> str:
    """The note of a replacement that creates before it deletes."""
    return (
        f"{_name(review)} is {review.status}: a new signature will be submitted, and this one "
        "deleted last, when all that waits for the new one (an Approval) is through."
    )


def _gap(rules: Rules, review: Review) -> str:
    """The warning of a replacement that must delete before it can create."""
    if review.status is Status.REJECTED:
        text = (
            f"{_name(review)} will be deleted and submitted again: {rules.vendor} allows its "
            "text only once."
        )
    else:
        text = (
            f"{_name(review)} is {review.status} and WILL BE DELETED FIRST: {rules.vendor} allows "
            "its text only once, so no text can be sent under it until the new application is "
            "approved, which takes a person hours or days and may fail. To keep it, take the "
            "change back or give the signature another text; protect=True forbids this for good."
        )
    return " ".join(filter(None, (text, _also_lost(rules))))


def _also_lost(rules: Rules) -> str:
    return f"With the old signature go {rules.lost_with_it}." if rules.lost_with_it else ""


def _name(review: Review) -> str:
    return f"【{review.text}】" + (f" ({review.id})" if review.id != review.text else "")
