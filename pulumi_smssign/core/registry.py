"""The registry of vendors: ours, and those that installed packages announce by an entry point.

A vendor's package is imported when its vendor is first asked for. It stands here by name, since a
vendor builds on the contract and the core below it knows none. What a package has to have:
docs/adding-a-vendor.md.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, partial
from importlib import import_module
from typing import TYPE_CHECKING, Any

from pulumi_smssign.model.language import _

if TYPE_CHECKING:
    from pulumi_smssign.contract.credentials import Credentials
    from pulumi_smssign.contract.vendor import Api, Vendor

OURS = ("alibaba", "tencent", "huawei", "ucloud", "yunpian")
"""The vendors of this package, by the names of their packages."""
GROUP = "pulumi_smssign.vendors"
"""The group of entry points by which an installed package announces a vendor: NAME = "PACKAGE"."""

_NAME = "[a-z][a-z0-9_]*"
"""The form of a name: without a dash, which parts it from the account in `smssign:NAME-ACCOUNT`."""
_NO_VENDORS = ("adopt", "sandbox")
"""Keys of the configuration that a vendor of that name would share."""


class _Vendors(Sequence[str]):
    """The vendors' names; installed packages are looked for when ours are not all that is asked."""

    def __contains__(self, name: object) -> bool:
        return name in OURS or (isinstance(name, str) and name in _announced())

    def __iter__(self) -> Iterator[str]:
        yield from (*OURS, *_announced())

    def __len__(self) -> int:
        return len(OURS) + len(_announced())

    def __getitem__(self, index: Any) -> Any:  # noqa: ANN401 - an index or a slice
        return tuple(self)[index]


VENDORS: Sequence[str] = _Vendors()
"""Every vendor there is, by its name."""


@cache
def named(name: str) -> Vendor:
    """The vendor of that name.

    Raises:
        InputError: its package is not installed, or lacks a part.
        BugError: one of ours lacks a part.
    """
    from pulumi_smssign.contract.vendor import Vendor

    vendor = Vendor(part(name, "rules.RULES"), partial(part, name), _connect)
    if name not in OURS:  # what is missing is missing from the start
        _parts = vendor.application, vendor.credentials
    return vendor


def package_of(vendor: str) -> str:
    """The package of a vendor, as programs import it.

    Raises:
        InputError: it is not installed.
    """
    package = f"pulumi_smssign.{vendor}" if vendor in OURS else _announced().get(vendor)
    if package is None:
        from pulumi_smssign.model.errors import InputError

        raise InputError(
            _("the vendor {vendor} is not installed", vendor=repr(vendor)),
            advice=_(
                "install the package that announces it as an entry point of {group}, in the "
                "environment that the program runs in.",
                group=GROUP,
            ),
        )
    return package


def part(vendor: str, where: str) -> Any:  # noqa: ANN401 - each part has a type of its own
    """A part of a vendor's package, such as "rules.RULES".

    Raises:
        InputError: the package is not installed, or lacks the part.
        BugError: one of ours lacks the part.
    """
    module, name = f"{package_of(vendor)}.{where}".rsplit(".", 1)
    try:
        return getattr(import_module(module), name)
    except (AttributeError, ModuleNotFoundError) as error:
        from pulumi_smssign.model.errors import BugError, InputError  # a program seldom needs them

        problem = _(
            "the vendor {vendor} has no {part}: {error}",
            vendor=repr(vendor),
            part=f"{module}.{name}",
            error=error,
        )
        if vendor in OURS:
            raise BugError(problem) from error
        raise InputError(problem, advice=_("see docs/adding-a-vendor.md.")) from error


@cache
def _announced() -> Mapping[str, str]:
    """The packages that other distributions announce, by the vendor's name.

    Raises:
        InputError: two claim one name, or a name can't be a vendor's.
    """
    from importlib.metadata import entry_points

    from pulumi_smssign.model.errors import InputError

    packages: dict[str, str] = {}
    # Sorted, so that every machine refuses the same one.
    for point in sorted(entry_points(group=GROUP), key=lambda point: point.value):
        taken = packages.get(
            point.name, f"pulumi_smssign.{point.name}" if point.name in OURS else ""
        )
        if not re.fullmatch(_NAME, point.name) or point.name in _NO_VENDORS:
            why = _(
                "a vendor's name has lower-case letters, digits and _, and is no key of smssign:"
            )
        elif taken and taken != point.value:
            why = _("{package} has that name already", package=taken)
        else:
            packages[point.name] = point.value
            continue
        raise InputError(
            _(
                "the entry point {point} of {group} names no vendor: {why}",
                point=f"{point.name} = {point.value}",
                group=GROUP,
                why=why,
            ),
            advice=_("rename it in the package that announces it, or remove that package."),
        )
    return packages


def load_client() -> None:
    """Import the HTTP client that all vendors' calls share."""
    # httpx loads its own command line with itself, and so rich and pygments where they are
    # installed. A module that is None counts as one that is not installed, which httpx allows for.
    sys.modules.setdefault("httpx._main", None)  # type: ignore[arg-type]
    import_module("pulumi_smssign.contract.transport")


def _connect(credentials: Credentials) -> Api[Any]:
    """The calls of an account; imported now, since most runs make none."""
    load_client()
    api: Api[Any] = part(credentials.vendor, "api.SignatureApi")(credentials)
    return api
