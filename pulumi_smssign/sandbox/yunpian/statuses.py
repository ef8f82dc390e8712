"""The states of a signature and what they mean.

Sources: the vendor page 添加签名, and for the dedicated channel the official Python SDK 1.0.0.
"""

from __future__ import annotations

from collections.abc import Mapping

from pulumi_smssign.sandbox.clock import Clock
from pulumi_smssign.sandbox.desk import Signature
from pulumi_smssign.sandbox.review import Status
from pulumi_smssign.sandbox.switches import Switches

CHECKING, SUCCESS, FAIL = "CHECKING", "SUCCESS", "FAIL"
APPLYING_VIP = "APLLYING_VIP"
"""Approved on the ordinary channel, not yet on the dedicated one; the spelling is the vendor's."""

DISABLED = "SUCCESS (disabled)"
"""The control's name for a signature that get shows as SUCCESS with `enabled` false."""

USABLE = frozenset({SUCCESS, APPLYING_VIP, DISABLED})

MEANINGS: Mapping[str, Status] = {
    CHECKING: Status.PENDING,
    SUCCESS: Status.APPROVED,
    APPLYING_VIP: Status.APPROVED,
    FAIL: Status.REJECTED,
    DISABLED: Status.OTHER,
}


def shown(signature: Signature, switches: Switches, clock: Clock) -> str:
    """Give the state that sign/get shows now, or `SUCCESS (disabled)`."""
    if signature.vendor_status is not None:
        return signature.vendor_status
    if signature.status is Status.REJECTED:
        return FAIL
    if signature.status is not Status.APPROVED or signature.reviewed_at is None:
        return CHECKING
    dedicated_at = signature.reviewed_at + switches.number("yunpian.vip_delay")
    if signature.fields.get("apply_vip") is True and clock.now() < dedicated_at:
        return APPLYING_VIP
    return SUCCESS


def check_status(status: str) -> str:
    """Give the state itself: whether it is disabled is told elsewhere in an answer."""
    return SUCCESS if status == DISABLED else status
