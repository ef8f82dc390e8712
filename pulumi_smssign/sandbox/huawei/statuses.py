"""The statuses of a signature and what they mean.

Source: official SDK 3.1.219 (ListSignatureDetailsRequest) for the values; vendor page "Querying
signatures" (China site, 2025-12-02, and international, 2025-12-09) for which site shows which.
"""

from __future__ import annotations

from pulumi_smssign.sandbox.clock import Clock
from pulumi_smssign.sandbox.console import console_of
from pulumi_smssign.sandbox.desk import Signature
from pulumi_smssign.sandbox.huawei.contracts import CHINA
from pulumi_smssign.sandbox.review import Status
from pulumi_smssign.sandbox.switches import Switches

PENDING_REVIEW = "PENDING_REVIEW"
PROCESSING = "PROCESSING"
REGISTRATING = "REAL_NAME_REGISTRATING"
COMPLETED = "REVIEW_PROCESSING_COMPLETED"
PASSED = "REVIEW_PASSED"
REJECTED = "REVIEW_NOT_PASS"
TO_BE_ACTIVATED = "TO_BE_ACTIVATED"
PENDING_ACTIVATE = "PENDING_ACTIVATE"

CONSOLE = console_of("huawei")


def shown_status(signature: Signature, switches: Switches, clock: Clock) -> str:
    """Give the status that the API shows for `signature` now."""
    if signature.vendor_status is not None:
        return signature.vendor_status
    if signature.status is Status.REJECTED:
        return REJECTED
    if signature.status is not Status.APPROVED or signature.reviewed_at is None:
        return PENDING_REVIEW
    china = switches.text("huawei.contract") == CHINA
    effective_at = signature.reviewed_at + switches.number("huawei.approval_delay")
    if clock.now() < effective_at:
        return REGISTRATING if china else PROCESSING
    return COMPLETED if china else PASSED


def is_pending(status: str) -> bool:
    """Tell whether a signature in `status` is on its way to an approval or a rejection."""
    return CONSOLE.statuses.get(status) is Status.PENDING


def is_approved(status: str) -> bool:
    """Tell whether a signature in `status` has been approved, and so has a channel number."""
    return CONSOLE.statuses.get(status) is Status.APPROVED
