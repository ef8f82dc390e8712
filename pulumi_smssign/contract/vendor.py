"""The contract that a vendor's package fulfils: all that the neutral code knows of a vendor."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Generic, Protocol, TypeAlias, TypeVar

from pulumi_smssign.model.errors import RefusedError
from pulumi_smssign.model.review import Handle, Review
from pulumi_smssign.model.rules import Rules

if TYPE_CHECKING:
    from pulumi_smssign.contract.application import Application
    from pulumi_smssign.contract.credentials import Credentials
    from pulumi_smssign.contract.pages import ListPage
    from pulumi_smssign.contract.transport import Transport

_A = TypeVar("_A", bound="Application")
_C = TypeVar("_C", bound="Credentials")
_A_contra = TypeVar("_A_contra", bound="Application", contravariant=True)


@dataclass(frozen=True)
class Capabilities:
    """What a vendor's calls can do; the neutral code asks this and never for a vendor's name."""

    batches: bool = True
    """Whether one call tells of many signatures."""
    lists_all: bool = True
    """Whether the list tells of each signature all that a question for it alone would."""
    searches: bool = True
    """Whether there is a way to a text without going through the list."""
    lists_apart: bool = False
    """Whether the list is an action of its own, which a key may be denied that may ask for one."""
    finds: bool = True
    """Whether the account can be asked which signatures bear a text, by a search or by the list."""
    takes_token: bool = False
    """Whether the vendor takes an idempotency token: a repeated submission with the same one is
    harmless."""


class Api(Protocol[_A_contra]):
    """The calls that a vendor's account takes, each one real and at once.

    Every method raises the errors of `errors.py`, with the vendor's code, words and request id.
    """

    capabilities: Capabilities
    """What this vendor's calls can do."""

    @property
    def writes(self) -> int:
        """A number that grows with every write that is begun, and with every one that has ended."""
        ...

    def full_scope(self, scope: str) -> str:
        """A new signature's scope, with what only the account's settings tell of it."""
        ...

    def submit(self, application: _A_contra, token: str = "") -> str:
        """Submit for review; the new signature's id. Never repeated when its answer is lost.

        `token` is an idempotency token, the same for each try of one submission; a vendor without
        one (`Capabilities.takes_token`) ignores it.
        """
        ...

    def resubmit(self, handle: Handle, application: _A_contra) -> None:
        """Change a signature in place and have it reviewed again."""
        ...

    def reviews(self, handles: Sequence[Handle]) -> Mapping[Handle, Review]:
        """A review for each signature; one that the vendor says it doesn't have is absent."""
        ...

    def verdicts(self, handles: Sequence[Handle]) -> Mapping[Handle, Review]:
        """The same with no more than status and reason, where that takes fewer calls."""
        ...

    def details(self, handle: Handle) -> Review | None:
        """A review with all that the vendor tells, also by further calls; None when it is gone."""
        ...

    def catalogue(self, scope: str) -> Iterator[ListPage[Review]] | None:
        """The signatures of a scope, a call a page, as far as somebody goes on.

        None where the vendor has no list. One that it lacks is to be asked for by itself: a list
        may be late.
        """
        ...

    def identity(self, handle: Handle) -> str:
        """What a signature's review has as its id."""
        ...

    def bears(self, review: Review, application: _A_contra) -> bool:
        """Whether a signature of the application's scope has its unique key."""
        ...

    def find(self, application: _A_contra) -> Sequence[Review]:
        """The signatures that bear the application's unique key.

        Not for a vendor that can't be asked for them (`Capabilities.finds`).
        """
        ...

    def withdraw(self, handle: Handle) -> None:
        """Delete the signature; raises `NotFoundError` when it is gone already."""
        ...

    def request(self, name: str, handle: Handle) -> None:
        """Make one of the rules' requests."""
        ...

    def listed(self, text: str = "") -> Sequence[Review]:
        """The account's signatures whose text has `text` in it; all of them for "".

        A vendor that lists nothing has to be asked for a whole text: `InputError` without one.
        """
        ...


class _Reviewing(Protocol):
    """What the common calls build on, each vendor's own."""

    def reviews(self, handles: Sequence[Handle]) -> Mapping[Handle, Review]: ...


class BaseApi:
    """What most vendors' accounts have in common."""

    vendor: ClassVar[str]
    capabilities = Capabilities()
    _transport: Transport

    @property
    def writes(self) -> int:
        """The writes of these calls that were begun and that have ended, in this process."""
        return self._transport.writes

    def close(self) -> None:
        """Close the connections; the plugin keeps them until it ends."""
        self._transport.close()

    def full_scope(self, scope: str) -> str:
        """A new signature's scope; nothing in the account's settings adds to it."""
        return scope

    def verdicts(self: _Reviewing, handles: Sequence[Handle]) -> Mapping[Handle, Review]:
        """The reviews; nothing takes fewer calls."""
        return self.reviews(handles)

    def identity(self, handle: Handle) -> str:
        """The vendor's id."""
        return handle.id

    def details(self: _Reviewing, handle: Handle) -> Review | None:
        """One review; nothing that takes further calls adds to it."""
        return self.reviews([handle]).get(handle)

    def request(self, name: str, handle: Handle) -> None:
        """Make one of the rules' requests; this vendor has none."""
        raise RefusedError(f"{self.vendor} knows no request {name!r} for {handle.id}")


@dataclass(frozen=True)
class VendorPackage(Generic[_A, _C]):
    """What a vendor's package gives to the rest: its law, its words, and its calls.

    `title` is what people call the vendor. `connect` makes the calls of an account and opens no
    connection yet; it imports what calls need, since most runs make none. A type checker holds each
    vendor's value against the contract where it is made, in the package's room `vendor`.
    """

    title: str
    rules: Rules
    application: type[_A]
    credentials: type[_C]
    connect: Callable[[_C], Api[_A]]

    @property
    def name(self) -> str:
        """The vendor's name, such as "tencent"."""
        return self.rules.vendor


Vendor: TypeAlias = VendorPackage[Any, Any]
"""Any vendor, for code that knows of none."""
