"""The registry of vendors: a line for each, and its package is imported when it is first asked for.

A program that only declares resources never comes here, so it stays light. The packages stand here
by name, since a vendor builds on the contract and the core below it knows none.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from pulumi_smssign.model.errors import BugError

if TYPE_CHECKING:
    from pulumi_smssign.contract.vendor import Vendor

_PACKAGES: Mapping[str, str] = {
    "alibaba": "pulumi_smssign.alibaba.vendor:ALIBABA",
    "tencent": "pulumi_smssign.tencent.vendor:TENCENT",
    "huawei": "pulumi_smssign.huawei.vendor:HUAWEI",
    "ucloud": "pulumi_smssign.ucloud.vendor:UCLOUD",
    "yunpian": "pulumi_smssign.yunpian.vendor:YUNPIAN",
}
"""The module and the name of each vendor's `VendorPackage`."""

VENDORS = tuple(_PACKAGES)
"""Every vendor there is, by the name of its package."""


@cache
def named(name: str) -> Vendor:
    """The vendor of that name.

    Raises:
        BugError: there is none; a program can't ask for one.
    """
    if name not in _PACKAGES:
        raise BugError(f"there is no vendor {name!r}")
    module, _, attribute = _PACKAGES[name].partition(":")
    vendor: Vendor = getattr(import_module(module), attribute)
    return vendor
