"""Signatures at Huawei Cloud (华为云消息&短信, MSGSMS v2).

Arguments are named as on the vendor's page "Creating an SMS Signature" (2025-04-11). Terraform's
`huaweicloud_sms_*` is another product, the Server Migration Service.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pulumi_smssign.huawei.choices import SignatureSource, SignatureType
from pulumi_smssign.lazy import lazy

if TYPE_CHECKING:
    from pulumi_smssign.huawei.resource import Arguments, Signature
else:
    __getattr__, __dir__ = lazy(__name__, {"resource": ["Arguments", "Signature"]})

__all__ = ["Arguments", "Signature", "SignatureSource", "SignatureType"]
