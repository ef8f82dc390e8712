"""Signatures at Tencent Cloud (腾讯云短信, API version 2021-01-11).

Arguments are named after the pages AddSmsSign (2024-03-07) and ModifySmsSign (2024-09-10).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pulumi_smssign.lazy import lazy
from pulumi_smssign.tencent.choices import DocumentType, SignPurpose, SignType

if TYPE_CHECKING:
    from pulumi_smssign.tencent.resource import Arguments, Signature
else:
    __getattr__, __dir__ = lazy(__name__, {"resource": ["Arguments", "Signature"]})

__all__ = ["Arguments", "DocumentType", "SignPurpose", "SignType", "Signature"]
