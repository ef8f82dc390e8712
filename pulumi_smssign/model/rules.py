"""A vendor's rules about what may be changed when, as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from pulumi_smssign.model.review import Handle, Review, SignatureRef
from pulumi_smssign.model.vocabulary import Status

ACCOUNT = "account"
"""The one field that every vendor's signature is fixed in: it lives in the account it is in."""

_APPROVED = (Status.APPROVED, Status.SUSPENDED, Status.UNKNOWN)


@dataclass(frozen=True)
class Rules:
    """One vendor's law about what may be changed when, as data; statuses are the vendor's own.

    `editable` are statuses in which what is approved can be changed in place, and is out of use
    until that is approved. `passed` are statuses of what a person has approved and that can't be
    used (yet). `deletable` is None where the vendor has no deletion at all. `riders` travel with a
    submission and are no reason for one; `words` are told to the reviewer, and are one only for
    what was rejected.
    `attached` are fields that the vendor changes outside a review, and not by this API. `requests`
    are fields that ask for something else than a review, each with the statuses in which the
    vendor takes it; `request_notes` says what else comes of one. `inferred` names what no source
    says: "unique", "deletable". `identity` is what the vendor knows a signature by.
    `tells_qualification` is whether its reviews say which papers a signature is filed with,
    `tells_filing` whether they tell of the carriers' filing of what is approved.
    `shows_earlier` is whether it may go on showing a signature as it was before a change until
    that is approved. `twins` is what to say beside a text that is taken. `usual_review` is
    how long a review usually takes, as the vendor says, or "".
    """

    vendor: str
    statuses: Mapping[str, Status]
    submitted: str
    modifiable: frozenset[str]
    fixed: frozenset[str]
    unique: frozenset[str]
    deletable: frozenset[str] | None
    lost_with_it: str = ""
    editable: frozenset[str] = frozenset()
    passed: frozenset[str] = frozenset()
    riders: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    attached: frozenset[str] = frozenset()
    requests: Mapping[str, frozenset[str]] = field(default_factory=dict)
    request_notes: Mapping[str, str] = field(default_factory=dict)
    inferred: frozenset[str] = frozenset()
    identity: Literal["id", "text"] = "id"
    tells_qualification: bool = False
    tells_filing: bool = False
    shows_earlier: bool = False
    twins: str = ""
    usual_review: str = ""

    def status(self, vendor_status: str) -> Status:
        """The common status of a raw one; `UNKNOWN` for one that no source describes."""
        return self.statuses.get(vendor_status, Status.UNKNOWN)

    def ref(self, origin: str, handle: Handle) -> SignatureRef:
        """The identity of a signature of this vendor in an account."""
        identity = (handle.text or handle.id) if self.identity == "text" else handle.id
        return SignatureRef(self.vendor, origin, identity, handle)

    def is_approved(self, review: Review) -> bool:
        """Whether a person's approval would be lost with the signature, in use or not.

        APPROVED and SUSPENDED, passed and not effective yet, a status that nobody knows, and one
        that leaves an approval open.
        """
        is_told = review.vendor_status in self.passed or review.status in _APPROVED
        return is_told or bool(review.remark)

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
