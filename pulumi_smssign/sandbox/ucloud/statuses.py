"""The statuses of a signature and what they mean (page of QueryUSMSSignature, 2026-08)."""

from __future__ import annotations

from collections.abc import Mapping

from pulumi_smssign.sandbox.console import (
    OWNERS,
    USUAL_REASONS,
    Attachable,
    Console,
    Deed,
    Reason,
    Shown,
)
from pulumi_smssign.sandbox.desk import Signature
from pulumi_smssign.sandbox.review import Status

WAITING, UNDER_AUDIT, APPROVED, REJECTED, DISABLED = range(5)
"""Status, as QueryUSMSSignature shows it."""

MEANINGS: Mapping[int, Status] = {
    WAITING: Status.PENDING,
    UNDER_AUDIT: Status.PENDING,
    APPROVED: Status.APPROVED,
    REJECTED: Status.REJECTED,
    DISABLED: Status.OTHER,
}


CONSOLE = Console(
    title="优刻得",
    title_en="UCloud",
    reasons=(*USUAL_REASONS, Reason.WITHDRAWN_KIND),
    statuses={str(number): meaning for number, meaning in MEANINGS.items()},
    meanings={
        "status": {str(WAITING): "queued", str(DISABLED): "disabled"},
        "SigType": (
            *("company", "app", "website", "account_or_mini_program", "trademark", "organization"),
        ),
        "CertificateType": (
            *("business_licence", "app_backend", "icp_filing", "account_settings"),
            *("trademark_certificate", "organization_code"),
        ),
        "SigPurpose": OWNERS,
        "International": {"false": "mainland", "true": "global"},
    },
    deeds={
        Deed.SUSPEND: Shown(str(DISABLED), "签名已被禁用"),
        Deed.EXPELLED: Shown(str(DISABLED), "ICP备案类签名已全面禁止使用，该签名已被清退"),
    },
    qualification=Attachable("QualificationId"),
)


def shown_status(signature: Signature) -> int:
    """Give the Status that QueryUSMSSignature shows now."""
    reviewed = {Status.APPROVED: APPROVED, Status.REJECTED: REJECTED}
    return int(signature.vendor_status or reviewed.get(signature.status, WAITING))
