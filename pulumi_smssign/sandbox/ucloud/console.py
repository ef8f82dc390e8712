"""What may befall a signature at UCloud beside a plain verdict."""

from __future__ import annotations

from pulumi_smssign.sandbox.console import Attachable, Console, Deed, Reason, Shown
from pulumi_smssign.sandbox.ucloud import statuses

CONSOLE = Console(
    title="优刻得",
    title_en="UCloud",
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
        Deed.SUSPEND: Shown(str(statuses.DISABLED), "签名已被禁用"),
        Deed.EXPELLED: Shown(str(statuses.DISABLED), "ICP备案类签名已全面禁止使用，该签名已被清退"),
    },
    qualification=Attachable("QualificationId"),
)
