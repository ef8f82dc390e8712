"""The registry: the vendors that the sandbox plays."""

from __future__ import annotations

from pulumi_smssign.sandbox.gateway import Gateway
from pulumi_smssign.sandbox.huawei import Huawei
from pulumi_smssign.sandbox.tencent import Tencent
from pulumi_smssign.sandbox.ucloud import UCloud
from pulumi_smssign.sandbox.yunpian import Yunpian

VENDORS: tuple[type[Gateway], ...] = (Tencent, Huawei, UCloud, Yunpian)
