"""Huawei's rules: what may be changed or deleted in which status.

Sources: the vendor's API pages for the statuses (ListSignatureDetails), for what an update takes
(REVIEW_NOT_PASS alone, UpdateSignature) and for the activation (TO_BE_ACTIVATED alone,
EnableSignature), read in the China-site edition of 2025-12-02; the official SDK 3.1.219 for the
status values. That a name exists once for each type, and what goes with a deleted signature, is
said by the vendor's FAQ. That a pending signature can't be deleted and a rejected one can is
inferred: no page says either.
"""

from __future__ import annotations

from pulumi_smssign.model.language import mark
from pulumi_smssign.model.rules import Rules
from pulumi_smssign.model.vocabulary import Status

_STATUSES = {
    "PENDING_REVIEW": Status.PENDING,
    "PENDING_QUALIFICATION_REVIEW": Status.PENDING,
    "PROCESSING": Status.PENDING,
    "REAL_NAME_REGISTRATING": Status.PENDING,
    "REVIEW_PASSED": Status.APPROVED,
    "REVIEW_PROCESSING_COMPLETED": Status.APPROVED,
    "REVIEW_PASSED_QUALIFICATION_PROCESSING": Status.APPROVED,
    "REVIEW_PASSED_REAL_NAME_REGISTRATING": Status.APPROVED,
    "REVIEW_PASSED_REAL_NAME_REGISTRATE_FAIL": Status.APPROVED,
    "REVIEW_NOT_PASS": Status.REJECTED,
    "TO_BE_ACTIVATED": Status.SUSPENDED,
    "PENDING_ACTIVATE": Status.SUSPENDED,
}

RULES = Rules(
    vendor="huawei",
    fields=(
        "app_id",
        "signature_name",
        "signature_type",
        "signature_source",
        "is_involved_third",
        "licence",
        "file_id",
        "power_of_attorney",
        "power_attorney_fileid",
        "related_file",
        "signature_related_file_id",
        "registration_number",
        "license_number",
        "apply_desc",
        "qualification_id",
        "source_title_content",
        "activate",
    ),
    text_field="signature_name",
    statuses=_STATUSES,
    submitted="PENDING_REVIEW",
    modifiable=frozenset({"REVIEW_NOT_PASS"}),
    fixed=frozenset({"app_id"}),
    unique=frozenset({"signature_name", "signature_type"}),
    deletable=frozenset(raw for raw, status in _STATUSES.items() if status is not Status.PENDING),
    lost_with_it=mark("its templates and its channel number"),
    approved_not_effective=frozenset({"REAL_NAME_REGISTRATING"}),
    reviewer_notes=frozenset({"apply_desc"}),
    console_only=frozenset({"qualification_id"}),
    tells_qualification=True,
    tells_filing=True,
    unreviewed=frozenset({"activate", "source_title_content"}),
    requests={"activate": frozenset({"TO_BE_ACTIVATED"})},
    request_notes={
        "activate": mark(
            "the activation is asked for: the carriers file the signature again, and it "
            "can't be used before."
        )
    },
    inferred=frozenset({"deletable"}),
    usual_review=mark("usually 3 to 5 working days"),
)
