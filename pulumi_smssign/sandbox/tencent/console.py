"""What may befall a signature at Tencent Cloud beside a plain verdict."""

from __future__ import annotations

from pulumi_smssign.sandbox.console import Attachable, Console, Deed, Reason, Shown
from pulumi_smssign.sandbox.tencent import statuses

CONSOLE = Console(
    title="腾讯云",
    title_en="Tencent Cloud",
    reasons=(
        Reason.LICENCE,
        Reason.NAME,
        Reason.NEUTRAL,
        Reason.LETTER,
        Reason.QUALIFICATION,
        Reason.WITHDRAWN_KIND,
    ),
    statuses={str(number): meaning for number, meaning in statuses.MEANINGS.items()},
    deeds={
        Deed.FILING: Shown(str(statuses.PASSED_NOT_EFFECTIVE)),
        Deed.FILED: Shown(str(statuses.APPROVED)),
        Deed.FILING_FAILED: Shown(str(statuses.REJECTED)),
        Deed.EXPELLED: Shown(str(statuses.REJECTED), "该类签名已被运营商清退，请更换为企业名称"),
    },
    qualification=Attachable(
        "QualificationId",
        is_number=True,
        state_field="QualificationStatusCode",
        states={
            "pending": 0,
            "approved": 1,
            "refused": 2,
            "supplement": 3,
            "changing": 4,
            "change_refused": 5,
        },
    ),
)
