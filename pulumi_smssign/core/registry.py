"""The registry of vendors: a line for each, and its package is imported when it is first asked for.

A program that only declares resources never comes here, so it stays light. The packages stand here
by name, since a vendor builds on the contract and the core below it knows none.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import Any

from pulumi_smssign.contract.credentials import Credentials
from pulumi_smssign.contract.vendor import Api, Vendor
from pulumi_smssign.model.errors import BugError

_TITLES: Mapping[str, str] = {
    "alibaba": "Alibaba Cloud",
    "tencent": "Tencent Cloud",
    "huawei": "Huawei Cloud",
    "ucloud": "UCloud",
    "yunpian": "Yunpian",
}
"""What people call each vendor, by the name of its package."""

VENDORS = tuple(_TITLES)
"""Every vendor there is, by the name of its package."""


@cache
def named(name: str) -> Vendor:
    """The vendor of that name.

    Raises:
        BugError: there is none; a program can't ask for one.
    """
    if name not in _TITLES:
        raise BugError(f"there is no vendor {name!r}")
    return Vendor(
        title=_TITLES[name],
        rules=_room(name, "rules").RULES,
        application=_room(name, "application").SignatureApplication,
        credentials=_room(name, "auth").AccountCredentials,
        connect=_connect,
    )


def _connect(credentials: Credentials) -> Api[Any]:
    """The calls of an account; imported now, since most runs make none."""
    api: Api[Any] = _room(credentials.vendor, "api").SignatureApi(credentials)
    return api


def _room(vendor: str, room: str) -> ModuleType:
    return import_module(f"pulumi_smssign.{vendor}.{room}")
