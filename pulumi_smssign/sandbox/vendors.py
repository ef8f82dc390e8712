"""The vendors that the sandbox plays, in the order in which a request is offered to them."""

from __future__ import annotations

from pulumi_smssign.sandbox.tencent import Tencent
from pulumi_smssign.sandbox.vendor import Vendor

VENDORS: tuple[type[Vendor], ...] = (Tencent,)
