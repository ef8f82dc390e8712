"""Handle, identity and review of a signature: what its vendor says of it at one moment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pulumi_smssign.model.filing import (
    NO_QUALIFICATION,
    NOT_TOLD,
    Filing,
    Qualification,
)
from pulumi_smssign.model.filing import deliverable as _deliverable
from pulumi_smssign.model.vocabulary import Deliverable, Status

SHOWN_AFTER = 600.0
"""Seconds within which a vendor need not show yet what it has accepted and never shown."""
SHOWN_IN_SANDBOX_AFTER = 30.0
"""Seconds of the same in the sandbox, which has lost all that it had when it is started anew."""


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
    """The review of a signature: what its vendor says of it at one moment."""

    id: str
    text: str
    status: Status
    vendor_status: str
    reason: str = ""
    submitted_at: str = ""
    """ISO 8601 in UTC, or ""."""
    reported: Mapping[str, object] = field(default_factory=dict)
    """The application's own fields as far as the vendor reports them, for drift."""
    outputs: Mapping[str, object] = field(default_factory=dict)
    """Outputs that this vendor alone has."""
    trace: str = ""
    """A mark of the submission that no verdict moves (a time, an order's number), or ""."""
    edit: Status | None = None
    """The status of an edit in review while what was approved stays in use; None for none."""
    is_assumed: bool = False
    """Whether the vendor has accepted the application and not shown it yet."""
    is_earlier: bool = False
    """Whether the vendor still shows the signature as it was before the last change."""
    filing: Filing = NOT_TOLD
    """The filing with the carriers."""
    qualification: Qualification = NO_QUALIFICATION
    """The papers that it is filed with."""
    remark: str = ""
    """The doubt that the status leaves, or "": it may then be approved already."""
    scope: str = ""
    """Its scope, for a later question; "" where the vendor has one scope or a list does not say."""

    @property
    def usable(self) -> bool:
        """Whether texts may be sent under the signature now."""
        return self.status is Status.APPROVED

    @property
    def deliverable(self) -> Deliverable:
        """Whether texts under it arrive, as far as the vendor tells."""
        return _deliverable(self.filing, usable=self.usable)
