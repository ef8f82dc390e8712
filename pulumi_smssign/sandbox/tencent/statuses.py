"""The statuses of a signature and what they mean (official SDK 3.1.153)."""

from __future__ import annotations

from collections.abc import Mapping

from pulumi_smssign.sandbox.clock import Clock
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
from pulumi_smssign.sandbox.switches import Switches

PENDING, APPROVED, PASSED_NOT_EFFECTIVE, REJECTED = 1, 0, 2, -1
"""StatusCode; the pages of 2024 don't have 2."""

MEANINGS: Mapping[int, Status] = {
    PENDING: Status.PENDING,
    APPROVED: Status.APPROVED,
    PASSED_NOT_EFFECTIVE: Status.PENDING,
    REJECTED: Status.REJECTED,
}


CONSOLE = Console(
    title="腾讯云",
    title_en="Tencent Cloud",
    reasons=(*USUAL_REASONS, Reason.WITHDRAWN_KIND),
    statuses={str(number): meaning for number, meaning in MEANINGS.items()},
    meanings={
        "status": {str(PASSED_NOT_EFFECTIVE): "not_in_effect"},
        "SignType": (
            *("company", "app", "website", "official_account", "trademark", "organization"),
            "mini_program",
        ),
        "DocumentType": (
            *("three_in_one", "business_licence", "organization_code", "credit_code"),
            *("app_backend", "icp_filing", "mini_program_settings", "trademark_certificate"),
            "account_settings",
        ),
        "International": ("mainland", "global"),
        "SignPurpose": OWNERS,
        "QualificationStatusCode": (
            *("pending", "approved", "rejected", "supplement", "changing", "change_refused"),
        ),
    },
    deeds={
        Deed.FILING: Shown(str(PASSED_NOT_EFFECTIVE)),
        Deed.FILED: Shown(str(APPROVED)),
        Deed.FILING_FAILED: Shown(str(REJECTED)),
        Deed.EXPELLED: Shown(str(REJECTED), "该类签名已被运营商清退，请更换为企业名称"),
    },
    qualification=Attachable(
        "QualificationId", is_number=True, state_field="QualificationStatusCode"
    ),
)


def shown_status(signature: Signature, switches: Switches, clock: Clock) -> int:
    """Give the StatusCode that DescribeSmsSignList shows now."""
    if signature.vendor_status is not None:
        return int(signature.vendor_status)
    if signature.status is Status.REJECTED:
        return REJECTED
    if signature.status is not Status.APPROVED or signature.reviewed_at is None:
        return PENDING
    effective_at = signature.reviewed_at + switches.number("tencent.effective_delay")
    if clock.now() < effective_at:
        return int(switches.text("tencent.unfiled_status"))
    return APPROVED
