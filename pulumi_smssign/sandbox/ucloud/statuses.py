"""The statuses of a signature and what they mean (page of QueryUSMSSignature, 2026-08)."""

from __future__ import annotations

from collections.abc import Mapping

from pulumi_smssign.sandbox.desk import Signature
from pulumi_smssign.sandbox.review import Status
from pulumi_smssign.sandbox.switches import Switches

WAITING, UNDER_AUDIT, APPROVED, REJECTED, DISABLED = range(5)
"""Status, as QueryUSMSSignature shows it."""

MEANINGS: Mapping[int, Status] = {
    WAITING: Status.PENDING,
    UNDER_AUDIT: Status.PENDING,
    APPROVED: Status.APPROVED,
    REJECTED: Status.REJECTED,
    DISABLED: Status.OTHER,
}


def shown(signature: Signature, switches: Switches) -> int:
    """Give the Status that QueryUSMSSignature shows now."""
    if signature.vendor_status is not None:
        return int(signature.vendor_status)
    if signature.status is Status.APPROVED:
        return APPROVED
    if signature.status is Status.REJECTED:
        return REJECTED
    if signature.submissions > 1:
        return int(switches.text("ucloud.status_after_update"))
    return WAITING
