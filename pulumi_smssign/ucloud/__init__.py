"""Signatures at UCloud (短信服务 USMS).

Arguments are named as on the vendor's pages UpdateUSMSSignature (global site) and, for those of a
new application alone, CreateUSMSSignature (August 2026).
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
