"""Rules of a vendor, as data: what may be changed or deleted in which status."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from pulumi_smssign.model.filing import NO_QUALIFICATION, NOT_TOLD, Filing, Qualification
from pulumi_smssign.model.review import Handle, Review, SignatureRef
from pulumi_smssign.model.vocabulary import Status

ACCOUNT = "account"
"""The one field that every vendor's signature is fixed in: it lives in the account it is in."""

_APPROVED = (Status.APPROVED, Status.SUSPENDED, Status.UNKNOWN)


@dataclass(frozen=True)
class Rules:
    """A vendor's rules, as data: what may be changed when; statuses are the vendor's own."""

    vendor: str
    """The vendor's name."""
    fields: tuple[str, ...]
    """The fields of its application, in the order of its model."""
    text_field: str
    """The one that holds the signature's text."""
    statuses: Mapping[str, Status]
    """The common status of each of the vendor's."""
    submitted: str
    """The status of what was submitted a moment ago."""
    modifiable: frozenset[str]
    """Statuses in which what no person has approved can be changed in place."""
    fixed: frozenset[str]
    """Fields that no change in place can touch."""
    unique: frozenset[str]
    """Fields that together exist once in an account."""
    deletable: frozenset[str] | None
    """Statuses in which the vendor deletes a signature; None where it has no deletion at all."""
    personal: frozenset[str] = frozenset()
    """Fields that are secrets wherever they come back."""
    lost_with_it: str = ""
    """The vendor's things that go with a deleted signature, for a warning; "" for none."""
    editable_when_approved: frozenset[str] = frozenset()
    """Statuses in which an approved one can be changed in place; it is out of use until the change
    is approved."""
    approved_not_effective: frozenset[str] = frozenset()
    """Statuses of what a person has approved and that can't be used (yet)."""
    unreviewed: frozenset[str] = frozenset()
    """Fields that travel with a submission; a change of them alone is no reason for one."""
    reviewer_notes: frozenset[str] = frozenset()
    """Fields for the reviewer; a change of them alone is submitted only after a rejection."""
    console_only: frozenset[str] = frozenset()
    """Fields that the vendor changes outside a review, in its console and not by this API."""
    requests: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Fields that ask for something else than a review, each with the statuses in which the vendor
    takes it."""
    request_notes: Mapping[str, str] = field(default_factory=dict)
    """The other effects of a request, for a message."""
    inferred: frozenset[str] = frozenset()
    """Rules that no source states: "unique", "deletable"."""
    identity: Literal["id", "text"] = "id"
    """The key that the vendor knows a signature by."""
    tells_qualification: bool = False
    """Whether its reviews say which papers a signature is filed with."""
    tells_filing: bool = False
    """Whether its reviews tell of the carriers' filing of what is approved."""
    shows_previous_version: bool = False
    """Whether it may go on showing a signature as it was before a change until that is approved."""
    duplicate_hint: str = ""
    """Advice beside a text that is taken; "" for none."""
    usual_review: str = ""
    """The usual time of a review, as the vendor says it; "" where it says none."""

    def status(self, vendor_status: str) -> Status:
        """The common status of a raw one; `UNKNOWN` for one that no source describes."""
        return self.statuses.get(vendor_status, Status.UNKNOWN)

    def accepted(
        self, id_: str, text: str, *, papers: object = None, filing: Filing = NOT_TOLD
    ) -> Review:
        """The review of what was accepted a moment ago, and that the vendor has not shown yet.

        Args:
            id_: the id that the vendor gave it.
            text: its text.
            papers: the id of the qualification that it was submitted with.
            filing: `NOT_BEGUN` where the vendor tells of the filing.
        """
        return Review(
            id_,
            text,
            Status.PENDING,
            vendor_status=self.submitted,
            is_assumed=True,
            filing=filing,
            qualification=Qualification(str(papers)) if papers else NO_QUALIFICATION,
        )

    def ref(self, origin: str, handle: Handle) -> SignatureRef:
        """The identity of a signature of this vendor in an account."""
        identity = (handle.text or handle.id) if self.identity == "text" else handle.id
        return SignatureRef(self.vendor, origin, identity, handle)

    def is_approved(self, review: Review) -> bool:
        """Whether a person's approval would be lost with the signature, in use or not.

        That is APPROVED, SUSPENDED, approved and not effective yet, and where nobody can tell: an
        unknown status, or one with a remark.
        """
        is_passed = review.vendor_status in self.approved_not_effective
        return is_passed or review.status in _APPROVED or bool(review.remark)

    def may_delete(self, review: Review) -> bool:
        """Whether the vendor deletes a signature in this status, as far as is known."""
        return self.deletable is not None and review.vendor_status in self.deletable

    def wanted(self, inputs: Mapping[str, object], vendor_status: str) -> frozenset[str]:
        """The requests that the program makes and the vendor takes in this status."""
        return frozenset(
            name
            for name, statuses in self.requests.items()
            if inputs.get(name) is True and vendor_status in statuses
        )
