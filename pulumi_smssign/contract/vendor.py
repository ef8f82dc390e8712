"""The contract that a vendor's package fulfils: `Api`, `Capabilities`, `BaseApi`, `Vendor`."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from pulumi_smssign.contract.pages import ListPage, each, looked_up
from pulumi_smssign.model.errors import InputError, NotFoundError, RefusedError, SmsSignError
from pulumi_smssign.model.language import _
from pulumi_smssign.model.review import Handle, Review
from pulumi_smssign.model.rules import Rules

if TYPE_CHECKING:
    import httpx
    from pyrate_limiter import Rate

    from pulumi_smssign.contract.application import Application
    from pulumi_smssign.contract.credentials import Credentials

_T = TypeVar("_T")
_C = TypeVar("_C", bound="Credentials")
_A_contra = TypeVar("_A_contra", bound="Application", contravariant=True)


@dataclass(frozen=True)
class Capabilities:
    """Capabilities of a vendor's calls; neutral code asks these, never for a vendor's name."""

    batches: bool = True
    """Whether one call tells of many signatures."""
    lists_all: bool = True
    """Whether the list tells of each signature all that a question for it alone would."""
    searches: bool = True
    """Whether a text can be found without reading the whole list."""
    lists_apart: bool = False
    """Whether listing needs a permission of its own, which a key that may ask for one may lack."""
    finds: bool = True
    """Whether the account can be asked which signatures bear a text, by a search or by the list."""
    takes_token: bool = False
    """Whether the vendor takes an idempotency token: a repeated submission with the same one is
    harmless."""


class Api(ABC, Generic[_A_contra]):
    """The calls on a vendor's account: each makes its requests when it is called.

    Every method raises the errors of `errors.py`, with the vendor's code, message and request id.
    """

    vendor: str
    """The vendor's name."""
    capabilities = Capabilities()
    """The capabilities of this vendor's calls."""
    key_proofs: frozenset[str] = frozenset()
    """Codes of refusals that prove that the vendor knows the key.

    They come of looking at the question (there is no such signature, its id is none), after the key
    was accepted. A code that may come before, or of which no source says, is none of them.
    """

    @property
    @abstractmethod
    def writes(self) -> int:
        """The write generation: a counter that grows when a write begins and when it ends.

        A list that was read under another generation may lack or still have what was written.
        """

    @abstractmethod
    def submit(self, application: _A_contra, token: str = "") -> Review:
        """Submit for review, and make a review of what the answer tells (`Rules.accepted`).

        It is not repeated when its answer is lost.

        `token` is an idempotency token, the same for each try of one submission; a vendor without
        one (`Capabilities.takes_token`) ignores it.
        """

    @abstractmethod
    def resubmit(self, handle: Handle, application: _A_contra) -> None:
        """Change a signature in place and have it reviewed again."""

    @abstractmethod
    def reviews(self, handles: Sequence[Handle]) -> Mapping[Handle, Review]:
        """Reviews by handle; a signature that the vendor says it doesn't have is absent."""

    # Optional: a vendor overrides what it does otherwise.

    def withdraw(self, handle: Handle) -> None:
        """Delete the signature; raises `NotFoundError` when it is gone already.

        As it stands, for a vendor without a deletion (`Rules.deletable`): `RefusedError`.
        """
        raise RefusedError(
            _(
                "{vendor} can't delete signatures: 【{text}】 stays in the account",
                vendor=self.vendor,
                text=handle.text or handle.id,
            ),
            vendor=self.vendor,
            advice=_("ask the vendor's support to remove it."),
        )

    def catalogue(self, scope: str) -> Iterator[ListPage] | None:
        """The signatures of a scope, a call a page, as far as somebody goes on.

        As it stands None: the vendor has no list. A list may be late, so a signature that it lacks
        is to be asked for by itself.
        """
        del scope
        return None

    def find(self, application: _A_contra) -> Sequence[Review]:
        """The signatures that bear the application's unique key; as it stands, by the list.

        Never called at a vendor that can't be asked for them (`Capabilities.finds`).
        """
        pages = self.catalogue(application.scope) or ()
        return [review for review in each(pages) if self.bears(review, application)]

    def listed(self, text: str = "") -> Sequence[Review]:
        """The account's signatures whose text has `text` in it; all of them for "".

        A vendor that lists nothing has to be asked for a whole text: `InputError` without one.
        """
        pages = self.catalogue("")
        if pages is None:
            raise InputError(
                _("{vendor} has no list of an account's signatures", vendor=self.vendor),
                vendor=self.vendor,
                advice=_("look in the vendor's console."),
            )
        return [review for review in each(pages) if text in review.text]

    def verdicts(self, handles: Sequence[Handle]) -> Mapping[Handle, Review]:
        """Reviews with status and reason at least, where that takes fewer calls than `reviews`."""
        return self.reviews(handles)

    def details(self, handle: Handle) -> Review | None:
        """A review with all that the vendor reports, by further calls too; None when it is gone."""
        return self.reviews([handle]).get(handle)

    def identity(self, handle: Handle) -> str:
        """The id in a signature's review: the vendor's id, or the text where it has none."""
        return handle.id

    def full_scope(self, scope: str) -> str:
        """A new signature's scope, completed from the account's settings."""
        return scope

    def bears(self, review: Review, application: _A_contra) -> bool:
        """Whether a signature of the application's scope has its unique key: the exact text."""
        return review.text == application.text

    def is_unmoved(self, listed: Review, known: Mapping[str, Any]) -> bool:
        """Whether a list that tells less of each shows that an open signature is as it was.

        Asked of what is not approved and not filed; as it stands False: it is asked for by itself.

        Args:
            listed: the signature in the list.
            known: its outputs in state.
        """
        del listed, known
        return False

    def request(self, name: str, handle: Handle) -> None:
        """Make a request of `Rules.requests`, such as an activation."""
        raise RefusedError(
            _(
                "{vendor} knows no request {name} for {id}",
                vendor=self.vendor,
                name=repr(name),
                id=handle.id,
            )
        )


class BaseApi(Api[_A_contra], Generic[_A_contra, _C]):
    """Base class of the vendors' clients over HTTP: connection, limits, retries.

    httpx and what needs it are imported where calls are made: most runs make none.

    Args:
        credentials: the account's key, and where its calls go.
        auth: how to sign, if not as the credentials say.
    """

    limits: ClassVar[Mapping[str, Rate]]
    """The rate limit of each action: calls per milliseconds."""

    def __init__(
        self,
        credentials: _C,
        auth: httpx.Auth | None = None,
    ) -> None:
        from pulumi_smssign.contract.transport import Transport

        self.vendor = credentials.vendor
        self._credentials = credentials
        self._transport = Transport(
            self.vendor,
            credentials.endpoint,
            auth=auth or self._auth(),
            limits=self.limits,
            account=credentials.fingerprint,
        )

    @property
    def writes(self) -> int:
        """The write generation of this account in this process."""
        return self._transport.writes

    def close(self) -> None:
        """Close the connections; the plugin keeps them until it ends."""
        self._transport.close()

    def _auth(self) -> httpx.Auth | None:
        """The auth flow that signs calls; None where the request itself holds the key."""
        return None

    def _each(
        self, handles: Sequence[Handle], ask: Callable[[Handle], Review | None]
    ) -> Mapping[Handle, Review]:
        """Reviews by a question for each signature, several at a time; a missing one is absent.

        `ask` returns None, or raises `NotFoundError`, for a signature that there isn't.
        """
        from pulumi_smssign.contract.together import together

        def asked(handle: Handle) -> Review | None:
            try:
                return ask(handle)
            except NotFoundError:
                return None

        answers = zip(handles, together(asked, handles), strict=True)
        return {handle: review for handle, review in answers if review is not None}

    def _looked_up(
        self, handles: Sequence[Handle], ask: Callable[[Handle], Review | None]
    ) -> Mapping[Handle, Review]:
        """Reviews of several signatures: from the list, and for the others by `ask`."""
        wanted = {self.identity(handle): handle for handle in handles}
        pages = self.catalogue("") or iter(())
        listed = looked_up(pages, wanted, lists_apart=self.capabilities.lists_apart)
        reviews = {name: listed.get(name) or ask(handle) for name, handle in wanted.items()}
        return {handle: review for handle in handles if (review := reviews[self.identity(handle)])}

    def _exchange(
        self,
        action: str,
        request: httpx.Request,
        answer: Callable[[httpx.Response], object],
        read: Callable[[Any], _T],
        *,
        part: str = "",
        write: bool = False,
    ) -> _T:
        """Make a call and read its answer, both inside the retry.

        Args:
            action: the call, as the vendor names it.
            request: what is sent.
            answer: makes of a response what the vendor answers, or raises the `Fault` that it
                reports.
            read: makes the result of that.
            part: the name of the part that is read, for the error of an unreadable one.
            write: whether it changes something at the vendor.
        """
        from pulumi_smssign.contract.answers import read_as
        from pulumi_smssign.contract.transport import Call

        def result(response: httpx.Response) -> _T:
            return read_as(self.vendor, action, response, lambda: read(answer(response)), part=part)

        try:
            return self._transport.exchange(Call(action, request, write), result)
        except SmsSignError as error:
            error.advice = self._credentials.located(error.advice)
            raise


@dataclass(frozen=True)
class Vendor:
    """A vendor: its rules, application, credentials and calls, as the registry finds them.

    `part` is a part of its package by its place, such as "rules.RULES", which is imported when it
    is first asked for: a run that changes nothing needs the rules alone. `connect` makes the calls
    of an account and opens no connection yet. A type checker holds each vendor's calls, with its
    application and credentials, against the contract where they are made, in the package's `api`.
    """

    rules: Rules
    part: Callable[[str], Any]
    connect: Callable[[Any], Api[Any]]

    @property
    def name(self) -> str:
        """The vendor's name, such as "tencent"."""
        return self.rules.vendor

    @property
    def title(self) -> str:
        """What people call the vendor."""
        return self.credentials.title

    @cached_property
    def application(self) -> type[Application]:
        """Its form."""
        model: type[Application] = self.part("application.SignatureApplication")
        return model

    @cached_property
    def credentials(self) -> type[Credentials]:
        """The keys of its accounts."""
        model: type[Credentials] = self.part("auth.AccountCredentials")
        return model
