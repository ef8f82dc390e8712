"""Tencent's rules: what may be changed or deleted in which status.

Sources: the page ModifySmsSign (2024-09-10) for what a modification may touch and in which
states; the SDK 3.1.153 for the status codes. That a passed signature which is not yet effective
(2) can't be modified, and that any signature may be deleted, is inferred: no page forbids it. That
an approved one's qualification is attached in the console: the vendor's page on the real-name
filing of existing signatures (2025-04-11). That it does not tell of the filing: the SDK's statuses
keep a signature out of use until the first filing is over (2, or -1), and say of one in use (0) no
carrier's filing, nor whether it lapses; what "usable, to be seen to" is in the console (notice of
2024-11-25, 382/112640) is 0 too.
"""

from __future__ import annotations

from pulumi_smssign.model.language import mark
from pulumi_smssign.model.rules import Rules
from pulumi_smssign.model.vocabulary import Status

RULES = Rules(
    vendor="tencent",
    fields=(
        "sign_name",
        "sign_type",
        "document_type",
        "sign_purpose",
        "proof_image",
        "commission_image",
        "international",
        "remark",
        "qualification_id",
    ),
    text_field="sign_name",
    statuses={
        "0": Status.APPROVED,
        "1": Status.PENDING,
        "2": Status.PENDING,
        "-1": Status.REJECTED,
    },
    submitted="1",
    modifiable=frozenset({"1", "-1"}),
    fixed=frozenset({"international"}),
    unique=frozenset({"sign_name", "international"}),
    deletable=frozenset({"0", "1", "2", "-1"}),
    approved_not_effective=frozenset({"2"}),
    reviewer_notes=frozenset({"remark"}),
    console_only=frozenset({"qualification_id"}),
    tells_qualification=True,
    usual_review=mark("usually about 2 hours on working days"),
)
