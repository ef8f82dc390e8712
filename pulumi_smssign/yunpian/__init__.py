"""Signatures at Yunpian (云片, API v2).

Arguments are named as on the vendor's page sign/add (seed 004), in its spelling; but the page's
`license_base64` and `license_url` are `licences` and `licence_urls` here, as both are lists.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pulumi_smssign.lazy import lazy
from pulumi_smssign.yunpian.choices import IndustryType, ProveType, SignUse

if TYPE_CHECKING:
    from pulumi_smssign.yunpian.resource import Arguments, Signature
else:
    __getattr__, __dir__ = lazy(__name__, {"resource": ["Arguments", "Signature"]})

__all__ = ["Arguments", "IndustryType", "ProveType", "SignUse", "Signature"]
