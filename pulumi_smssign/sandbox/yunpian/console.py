"""What may befall a signature at Yunpian beside a plain verdict."""

from __future__ import annotations

from pulumi_smssign.sandbox.console import Console, Deed, Reason, Shown
from pulumi_smssign.sandbox.yunpian import statuses

CONSOLE = Console(
    title="云片",
    title_en="Yunpian",
    reasons=(
        Reason.LICENCE,
        Reason.NAME,
        Reason.LETTER,
        Reason.TRADEMARK,
        Reason.NO_NAME,
    ),
    statuses=statuses.MEANINGS,
    deeds={Deed.SUSPEND: Shown(statuses.DISABLED, "签名已被禁用")},
)
