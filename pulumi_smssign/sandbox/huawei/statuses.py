"""The statuses of a signature and what they mean.

Source: official SDK 3.1.219 (ListSignatureDetailsRequest) for the values; vendor page "Querying
signatures" (China site, 2025-12-02, and international, 2025-12-09) for which site shows which.
"""

from __future__ import annotations

from collections.abc import Mapping

from pulumi_smssign.sandbox.clock import Clock
from pulumi_smssign.sandbox.console import SOURCES, Attachable, Console, Deed, Reason, Shown
from pulumi_smssign.sandbox.desk import Signature
from pulumi_smssign.sandbox.huawei.switches import CHINA
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
FILING_FAILED = "REVIEW_PASSED_REAL_NAME_REGISTRATE_FAIL"

MEANINGS: Mapping[str, Status] = {
    PENDING_REVIEW: Status.PENDING,
    "PENDING_QUALIFICATION_REVIEW": Status.PENDING,
    PROCESSING: Status.PENDING,
    REGISTRATING: Status.PENDING,
    COMPLETED: Status.APPROVED,
    PASSED: Status.APPROVED,
    "REVIEW_PASSED_QUALIFICATION_PROCESSING": Status.APPROVED,
    "REVIEW_PASSED_REAL_NAME_REGISTRATING": Status.APPROVED,
    FILING_FAILED: Status.APPROVED,
    REJECTED: Status.REJECTED,
    TO_BE_ACTIVATED: Status.OTHER,
    PENDING_ACTIVATE: Status.OTHER,
}
"""All twelve. The three long ones are of old signatures that send, though a carrier may block; so
is REVIEW_PASSED in China's contract, by the desk alone: papers are to be supplemented."""


CONSOLE = Console(
    title="华为云",
    title_en="Huawei Cloud",
    reasons=(
        Reason.LICENCE,
        Reason.NAME,
        Reason.LETTER,
        Reason.QUALIFICATION,
        Reason.TRADEMARK,
        Reason.WITHDRAWN_KIND,
    ),
    statuses=MEANINGS,
    meanings={
        "status": {
            "PENDING_QUALIFICATION_REVIEW": "qualification_in_review",
            PROCESSING: "processing",
            REGISTRATING: "filing",
            "REVIEW_PASSED_REAL_NAME_REGISTRATING": "approved_filing",
            FILING_FAILED: "filing_failed",
            TO_BE_ACTIVATED: "to_be_activated",
            PENDING_ACTIVATE: "activating",
        },
        "signature_source": SOURCES,
        "signature_type": {
            "VERIFY_CODE_TYPE": "verification",
            "NOTIFY_TYPE": "notification",
            "PROMOTION_TYPE": "promotion",
        },
        "is_involved_third": {"No": "own_use", "Yes": "for_others"},
    },
    deeds={
        Deed.SUSPEND: Shown(TO_BE_ACTIVATED, "账号欠费超过保留期"),
        Deed.FILING: Shown(REGISTRATING),
        Deed.FILED: Shown(COMPLETED),
        Deed.FILING_FAILED: Shown(FILING_FAILED, "运营商实名报备未通过"),
        Deed.EXPELLED: Shown(REJECTED, "不再支持APP应用的全称，该签名已被清退"),
    },
    qualification=Attachable("qualification_id"),
)


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
    return MEANINGS.get(status) is Status.PENDING


def is_approved(status: str) -> bool:
    """Tell whether a signature in `status` has been approved, and so has a channel number."""
    return MEANINGS.get(status) is Status.APPROVED
