"""A signature's identity, and what its vendor says of it at one moment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pulumi_smssign.model.filing import (
    NO_QUALIFICATION,
    NOT_TOLD,
    Deliverable,
    Filing,
    Qualification,
)
from pulumi_smssign.model.filing import deliverable as _deliverable
from pulumi_smssign.model.vocabulary import Status

SHOWN_AFTER = 600.0
"""Seconds within which a vendor need not show yet what it has accepted and never shown."""


@dataclass(frozen=True)
class Handle:
    """The handle of a signature at its vendor: id, text and scope.

    Most vendors ask by `id`; one that has no ids asks by the present `text`. `scope` is where
    the vendor keeps it within the account (a project, mainland or international), or "".
    """

    id: str
    text: str = ""
    scope: str = ""


@dataclass(frozen=True)
class SignatureRef:
    """The identity of one signature among all vendors and accounts.

    `origin` is the side and the account by its fingerprint (`Accounts.origin`). Two refs are equal
    when vendor, origin and what the vendor knows a signature by are equal: `identity`, which is the
    text at a vendor without ids.
    """

    vendor: str
    origin: str
    identity: str
    handle: Handle = field(compare=False)


@dataclass(frozen=True)
class Review:
    """The review of a signature: what its vendor says of it at one moment.

    `reported` holds the application's own fields as far as the vendor tells them (for drift),
    `outputs` what this vendor alone tells. `submitted_at` is ISO 8601 in UTC, or "". `trace` is
    what each submission leaves and no verdict moves (a time, an order's number), or "". `edit` is
    the status of an edit that is in review while what was approved stays in use; None for none.
    `is_assumed` is whether the vendor has not shown it yet, and has only said that it took the
    application; `is_earlier` whether what it shows is from before the last change.
    `filing` is the second life with the carriers, `qualification` the papers that it is filed with.
    `remark` is what the status leaves open, or "": it may then be approved already.
    """

    id: str
    text: str
    status: Status
    vendor_status: str
    reason: str = ""
    submitted_at: str = ""
    reported: Mapping[str, object] = field(default_factory=dict)
    outputs: Mapping[str, object] = field(default_factory=dict)
    trace: str = ""
    edit: Status | None = None
    is_assumed: bool = False
    is_earlier: bool = False
    filing: Filing = NOT_TOLD
    qualification: Qualification = NO_QUALIFICATION
    remark: str = ""

    @property
    def usable(self) -> bool:
        """Whether texts may be sent under the signature now."""
        return self.status is Status.APPROVED

    @property
    def deliverable(self) -> Deliverable:
        """Whether texts under it arrive, as far as the vendor tells."""
        return _deliverable(self.filing, usable=self.usable)
