"""What may befall a signature at Alibaba Cloud beside a plain verdict."""

from __future__ import annotations

from pulumi_smssign.sandbox.alibaba import statuses
from pulumi_smssign.sandbox.alibaba.filing import (
    CARRIERS,
    DONE,
    FAILED,
    FILING,
    LAPSED,
    STATUS_FIELD,
)
from pulumi_smssign.sandbox.console import Attachable, Carriers, Console, Deed, Reason

CONSOLE = Console(
    title="阿里云",
    title_en="Alibaba Cloud",
    reasons=(
        Reason.LICENCE,
        Reason.NAME,
        Reason.NEUTRAL,
        Reason.LETTER,
        Reason.QUALIFICATION,
        Reason.TRADEMARK,
        Reason.NO_NAME,
    ),
    statuses={str(number): meaning for number, meaning in statuses.MEANINGS.items()},
    qualification=Attachable("QualificationId", is_number=True),
    carriers=Carriers(
        STATUS_FIELD,
        CARRIERS,
        {Deed.FILING: FILING, Deed.FILED: DONE, Deed.FILING_FAILED: FAILED, Deed.LAPSED: LAPSED},
    ),
)
