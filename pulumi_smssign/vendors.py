"""The registry of vendors: a line for each, and its package is imported when it is first asked for.

A program that only declares resources never comes here, so it stays light.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import TYPE_CHECKING

from pulumi_smssign.errors import BugError

if TYPE_CHECKING:
    from pulumi_smssign.contract.vendor import Vendor


def _tencent() -> Vendor:
    from pulumi_smssign.tencent.vendor import TENCENT

    return TENCENT


def _alibaba() -> Vendor:
    from pulumi_smssign.alibaba.vendor import ALIBABA

    return ALIBABA


def _huawei() -> Vendor:
    from pulumi_smssign.huawei.vendor import HUAWEI

    return HUAWEI


def _ucloud() -> Vendor:
    from pulumi_smssign.ucloud.vendor import UCLOUD

    return UCLOUD


def _yunpian() -> Vendor:
    from pulumi_smssign.yunpian.vendor import YUNPIAN

    return YUNPIAN


_PACKAGES: Mapping[str, Callable[[], Vendor]] = {
    "alibaba": _alibaba,
    "tencent": _tencent,
    "huawei": _huawei,
    "ucloud": _ucloud,
    "yunpian": _yunpian,
}

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
    return _PACKAGES[name]()
