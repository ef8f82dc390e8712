"""The registry: the vendors that the sandbox plays."""

from __future__ import annotations

from collections.abc import Iterable

from pulumi_smssign.sandbox.gateway import Gateway
from pulumi_smssign.sandbox.http_messages import HttpRequest
from pulumi_smssign.sandbox.huawei import Huawei
from pulumi_smssign.sandbox.tencent import Tencent
from pulumi_smssign.sandbox.ucloud import UCloud
from pulumi_smssign.sandbox.yunpian import Yunpian

VENDORS: tuple[type[Gateway], ...] = (Tencent, Huawei, UCloud, Yunpian)


def claimant(vendors: Iterable[Gateway], request: HttpRequest) -> Gateway | None:
    """Give the one vendor that claims `request`; None where none does, or more than one."""
    claimants = [vendor for vendor in vendors if vendor.claims(request)]
    return claimants[0] if len(claimants) == 1 else None
