"""The vendors that the sandbox plays, in the order in which a request is offered to them."""

from __future__ import annotations

from pulumi_smssign.sandbox.huawei import Huawei
from pulumi_smssign.sandbox.tencent import Tencent
from pulumi_smssign.sandbox.ucloud import UCloud
from pulumi_smssign.sandbox.vendor import Vendor
from pulumi_smssign.sandbox.yunpian import Yunpian

VENDORS: tuple[type[Vendor], ...] = (Tencent, Huawei, UCloud, Yunpian)
