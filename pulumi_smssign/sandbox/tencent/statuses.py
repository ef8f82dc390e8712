"""The statuses of a signature and what they mean (official SDK 3.1.153)."""

from __future__ import annotations

from collections.abc import Mapping

from pulumi_smssign.sandbox.clock import Clock
from pulumi_smssign.sandbox.desk import Signature
from pulumi_smssign.sandbox.review import Status
from pulumi_smssign.sandbox.switches import Switches
from pulumi_smssign.sandbox.tencent.switches import plays_today

PENDING, APPROVED, PASSED_NOT_EFFECTIVE, REJECTED = 1, 0, 2, -1
"""StatusCode; 2 exists in mainland-2026 only."""

MEANINGS: Mapping[int, Status] = {
    PENDING: Status.PENDING,
    APPROVED: Status.APPROVED,
    PASSED_NOT_EFFECTIVE: Status.PENDING,
    REJECTED: Status.REJECTED,
}


def shown(signature: Signature, switches: Switches, clock: Clock) -> int:
    """Give the StatusCode that DescribeSmsSignList shows now."""
    if signature.vendor_status is not None:
        return int(signature.vendor_status)
    if signature.status is Status.REJECTED:
        return REJECTED
    if signature.status is not Status.APPROVED or signature.reviewed_at is None:
        return PENDING
    effective_at = signature.reviewed_at + switches.number("tencent.effective_delay")
    if plays_today(switches) and clock.now() < effective_at:
        return int(switches.text("tencent.unfiled_status"))
    return APPROVED
