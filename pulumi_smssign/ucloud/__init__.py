"""Signatures at UCloud (短信服务 USMS).

The words are those of the vendor's pages UpdateUSMSSignature (global site) and, for what only a
new application has, CreateUSMSSignature (August 2026).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pulumi_smssign.lazy import lazy
from pulumi_smssign.ucloud.choices import CertificateType, SigPurpose, SigType

if TYPE_CHECKING:
    from pulumi_smssign.ucloud.resource import Arguments, Signature
else:
    __getattr__, __dir__ = lazy(__name__, {"resource": ["Arguments", "Signature"]})

__all__ = ["Arguments", "CertificateType", "SigPurpose", "SigType", "Signature"]
