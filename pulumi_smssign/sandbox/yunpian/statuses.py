"""The states of a signature and what they mean.

Sources: the vendor page 添加签名, and for the dedicated channel the official Python SDK 1.0.0.
"""

from __future__ import annotations

from pulumi_smssign.sandbox.desk import Signature
from pulumi_smssign.sandbox.review import Status

CHECKING, SUCCESS, FAIL = "CHECKING", "SUCCESS", "FAIL"
APPLYING_VIP = "APLLYING_VIP"
"""Approved on the ordinary channel, not yet on the dedicated one; the spelling is the vendor's."""

DISABLED = "SUCCESS (disabled)"
"""The control's name for a signature that get shows as SUCCESS with `enabled` false."""

USABLE = frozenset({SUCCESS, APPLYING_VIP, DISABLED})


def shown_status(signature: Signature) -> str:
    """Give the state that sign/get shows now, or `SUCCESS (disabled)`."""
    reviewed = {Status.APPROVED: SUCCESS, Status.REJECTED: FAIL}
    return signature.vendor_status or reviewed.get(signature.status, CHECKING)


def check_status(status: str) -> str:
    """Give the state itself: whether it is disabled is told elsewhere in an answer."""
    return SUCCESS if status == DISABLED else status
