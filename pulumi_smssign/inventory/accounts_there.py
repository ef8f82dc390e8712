"""Which accounts there are to ask: the configuration's, the environment's, the state's."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

from pulumi_smssign.core.accounts import DEFAULT
from pulumi_smssign.core.registry import VENDORS, named
from pulumi_smssign.inventory.held import Held
from pulumi_smssign.inventory.stack import Settings

Account = tuple[str, str]
"""A vendor's name and the account's name in the configuration."""
SANDBOX = "smssign:sandbox"
ADOPT = "smssign:adopt"
DELETION_POLICY = "smssign:deletionPolicy"
OWN_SETTINGS = frozenset({SANDBOX, ADOPT, DELETION_POLICY})
"""The keys that are no account."""


def account_of(key: str) -> Account | None:
    """The account that a configuration's key means; None for one that is nobody's."""
    name = key.removeprefix("smssign:")
    vendor, dash, account = name.partition("-")
    if vendor not in VENDORS or (dash and not account):
        return None
    return vendor, account or DEFAULT


def key_of(account: Account) -> str:
    """The configuration's key of an account."""
    vendor, name = account
    return f"smssign:{vendor}" + ("" if name == DEFAULT else f"-{name}")


def accounts_there(settings: Settings, held: Iterable[Held] = ()) -> list[Account]:
    """Every account that is named somewhere, in the vendors' order; in a sandbox all vendors'."""
    found = set(_configured(settings)) | {(one.vendor, one.account) for one in held}
    found |= {(vendor, DEFAULT) for vendor in VENDORS if settings.get(SANDBOX) or _set(vendor)}
    return sorted(found, key=lambda one: (VENDORS.index(one[0]), one[1] != DEFAULT, one[1]))


def _configured(settings: Settings) -> Iterator[Account]:
    for key in settings.own_keys():
        account = account_of(key)
        if account is not None:
            yield account


def _set(vendor: str) -> bool:
    """Whether the environment has a part of who asks."""
    model = named(vendor).credentials
    return any(
        os.environ.get(variable)
        for key, variable in model.environment.items()
        if key in model.identity
    )
