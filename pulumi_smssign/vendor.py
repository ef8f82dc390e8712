"""The contract that a vendor's package fulfils, and the registry of those that do.

The neutral code knows of a vendor what stands here and no more. A vendor's modules are imported
on first use, in the plugin: a program that only declares resources never loads them.
"""

from __future__ import annotations

import importlib
from collections.abc import Mapping, Sequence
from functools import cache
from types import ModuleType
from typing import TYPE_CHECKING, ClassVar, Protocol, TypeVar, cast

from pulumi_smssign.errors import BugError, RefusedError
from pulumi_smssign.lifecycle import Handle, Review, Rules

if TYPE_CHECKING:
    from pulumi_smssign.application import Application
    from pulumi_smssign.credentials import Credentials
    from pulumi_smssign.transport import Transport

_A_contra = TypeVar("_A_contra", bound="Application", contravariant=True)

VENDORS = ("tencent", "huawei", "ucloud", "yunpian")
"""Every vendor there is; each is the name of a package beside this module."""


class Api(Protocol[_A_contra]):
    """The calls that a vendor's account takes, each one real and at once.

    Every method raises the errors of `errors.py`, with the vendor's code, words and request id.
    """

    def full_scope(self, scope: str) -> str:
        """A new signature's scope, with what only the account's settings tell of it."""
        ...

    def submit(self, application: _A_contra) -> str:
        """Submit for review; the new signature's id. Never repeated when its answer is lost."""
        ...

    def resubmit(self, handle: Handle, application: _A_contra) -> None:
        """Change a signature in place and have it reviewed again."""
        ...

    def reviews(self, handles: Sequence[Handle]) -> Mapping[Handle, Review]:
        """A review for each signature; one that the vendor says it doesn't have is absent."""
        ...

    def details(self, handle: Handle) -> Review | None:
        """A review with all that the vendor tells, also by further calls; None when it is gone."""
        ...

    def find(self, application: _A_contra) -> Sequence[Review]:
        """The signatures that bear the application's unique key."""
        ...

    def withdraw(self, handle: Handle) -> None:
        """Delete the signature; raises `NotFoundError` when it is gone already."""
        ...

    def request(self, name: str, handle: Handle) -> None:
        """Make one of the rules' requests."""
        ...


class BaseApi:
    """What most vendors' accounts have in common."""

    vendor: ClassVar[str]
    _transport: Transport

    def close(self) -> None:
        """Close the connections; the plugin keeps them until it ends."""
        self._transport.close()

    def full_scope(self, scope: str) -> str:
        """A new signature's scope; nothing in the account's settings adds to it."""
        return scope

    def reviews(self, handles: Sequence[Handle]) -> Mapping[Handle, Review]:
        """A review for each signature; each vendor's own."""
        raise NotImplementedError

    def details(self, handle: Handle) -> Review | None:
        """One review; nothing that takes further calls adds to it."""
        return self.reviews([handle]).get(handle)

    def request(self, name: str, handle: Handle) -> None:
        """Make one of the rules' requests; this vendor has none."""
        raise RefusedError(f"{self.vendor} knows no request {name!r} for {handle.id}")


class Vendor(Protocol):
    """The members of a vendor's package, as `named` gathers them."""

    name: str
    rules: Rules
    application: type[Application]
    credentials: type[Credentials]

    def connect(self, credentials: Credentials) -> Api[Application]:
        """The account's calls; opens no connection yet."""
        ...


class _Package:
    """A vendor's package behind the contract: each room is imported when it is first entered."""

    def __init__(self, name: str) -> None:
        self.name = name

    def _room(self, room: str) -> ModuleType:
        return importlib.import_module(f"pulumi_smssign.{self.name}.{room}")

    @property
    def rules(self) -> Rules:
        return cast("Rules", self._room("rules").RULES)

    @property
    def application(self) -> type[Application]:
        return cast("type[Application]", self._room("application").SignatureApplication)

    @property
    def credentials(self) -> type[Credentials]:
        return cast("type[Credentials]", self._room("auth").AccountCredentials)

    def connect(self, credentials: Credentials) -> Api[Application]:
        return cast("Api[Application]", self._room("api").SignatureApi(credentials))


@cache
def named(name: str) -> Vendor:
    """The vendor of that name.

    Raises:
        BugError: there is none; a program can't ask for one.
    """
    if name not in VENDORS:
        raise BugError(f"there is no vendor {name!r}")
    return cast("Vendor", _Package(name))
