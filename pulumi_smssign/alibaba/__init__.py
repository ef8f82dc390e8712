"""Signatures at Alibaba Cloud (阿里云短信, Dysmsapi 2017-05-25).

Arguments are named as in the operations CreateSmsSign and UpdateSmsSign of the vendor's OpenAPI
description (December 2025) and its official SDK 4.6.0.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pulumi_smssign.alibaba.choices import SignSource, SignType
from pulumi_smssign.lazy import lazy

if TYPE_CHECKING:
    from pulumi_smssign.alibaba.resource import Arguments, Signature
else:
    __getattr__, __dir__ = lazy(__name__, {"resource": ["Arguments", "Signature"]})

__all__ = ["Arguments", "SignSource", "SignType", "Signature"]
