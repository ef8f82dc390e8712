"""What may befall a signature at Huawei Cloud beside a plain verdict."""

from __future__ import annotations

from pulumi_smssign.sandbox.console import Attachable, Console, Deed, Reason, Shown
from pulumi_smssign.sandbox.huawei import statuses

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
    statuses=statuses.MEANINGS,
    deeds={
        Deed.SUSPEND: Shown(statuses.TO_BE_ACTIVATED, "账号欠费超过保留期"),
        Deed.FILING: Shown(statuses.REGISTRATING),
        Deed.FILED: Shown(statuses.COMPLETED),
        Deed.FILING_FAILED: Shown(statuses.FILING_FAILED, "运营商实名报备未通过"),
        Deed.EXPELLED: Shown(statuses.REJECTED, "不再支持APP应用的全称，该签名已被清退"),
    },
    qualification=Attachable("qualification_id"),
)
