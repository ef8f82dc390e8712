"""The statuses of a signature and what they mean (page of QueryUSMSSignature, 2026-08)."""

from __future__ import annotations

from pulumi_smssign.sandbox.desk import Signature
from pulumi_smssign.sandbox.review import Status

WAITING, UNDER_AUDIT, APPROVED, REJECTED, DISABLED = range(5)
"""Status, as QueryUSMSSignature shows it."""


def shown_status(signature: Signature) -> int:
    """Give the Status that QueryUSMSSignature shows now."""
    reviewed = {Status.APPROVED: APPROVED, Status.REJECTED: REJECTED}
    return int(signature.vendor_status or reviewed.get(signature.status, WAITING))
