"""A vendor in memory for tests of the neutral code: it does what it is told, and counts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from typing import ClassVar

from pulumi_smssign.contract.application import Application, Evidence, SignatureText
from pulumi_smssign.contract.evidence import is_description
from pulumi_smssign.contract.pages import ListPage
from pulumi_smssign.contract.vendor import Api, Capabilities
from pulumi_smssign.model.errors import NotFoundError, OutcomeUnknownError, SmsSignError
from pulumi_smssign.model.review import Handle, Review
from pulumi_smssign.model.rules import Rules
from pulumi_smssign.model.vocabulary import Status

RULES = Rules(
    vendor="example",
    fields=("name", "proof"),
    text_field="name",
    statuses={"wait": Status.PENDING, "good": Status.APPROVED, "bad": Status.REJECTED},
    submitted="wait",
    modifiable=frozenset({"wait", "bad"}),
    fixed=frozenset(),
    unique=frozenset({"name"}),
    deletable=frozenset({"wait", "good", "bad"}),
)


class Form(Application):
    """The smallest application."""

    text_field: ClassVar[str] = "name"
    name: SignatureText
    proof: Evidence | None = None


@dataclass(eq=False)
class FakeApi(Api[Application]):
    """The account's calls; `lost` says of an action whether the vendor acts before it is lost.

    `tokens` are those of the submissions, in their order. With `capabilities.takes_token` one that
    comes again is answered and submits nothing anew; without `capabilities.finds` no question by a
    text may come. `hidden` are signatures that no list shows (yet); no question by an id does
    either. `blind_looks` are the searches after a submission that find nothing yet.
    """

    held: dict[str, Review] = field(default_factory=dict)
    lost: dict[str, bool] = field(default_factory=dict)
    blind_looks: int = 0
    trouble: SmsSignError | None = None
    refusal: SmsSignError | None = None
    on_review: Callable[[], object] = lambda: None
    calls: list[str] = field(default_factory=list)
    capabilities: Capabilities = field(default_factory=Capabilities)
    tokens: list[str] = field(default_factory=list)
    largest_page: int = 100
    rules: Rules = RULES
    hidden: set[str] = field(default_factory=set)
    _submitted: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._ids = (str(number) for number in count(1))

    @property
    def writes(self) -> int:
        return sum(call in ("submit", "resubmit", "withdraw") for call in self.calls)

    def identity(self, handle: Handle) -> str:
        return (handle.text or handle.id) if self.rules.identity == "text" else handle.id

    def shown(self, handle: Handle) -> Review | None:
        identity = self.identity(handle)
        return None if identity in self.hidden else self.held.get(identity)

    def submit(self, application: Application, token: str = "") -> Review:
        self.calls.append("submit")
        self.tokens.append(token)
        if self.capabilities.takes_token and token in self._submitted:
            return self.rules.accepted(self._submitted[token], application.text)
        by_text = self.rules.identity == "text"
        free = (number for number in self._ids if number not in self.held)
        identifier = application.text if by_text else next(free)

        def take() -> None:
            self.held[identifier] = Review(
                identifier,
                application.text,
                Status.PENDING,
                self.rules.submitted,
                reported=reported_of(application),
            )
            if token:
                self._submitted[token] = identifier

        self._act("submit", take)
        return self.rules.accepted(identifier, application.text)

    def resubmit(self, handle: Handle, application: Application) -> None:
        self.calls.append("resubmit")
        identity = self.identity(handle)
        by_text = self.rules.identity == "text"
        new = replace(
            self.held[identity],
            id=application.text if by_text else handle.id,
            text=application.text,
            status=Status.PENDING,
            vendor_status=self.rules.submitted,
            reported=reported_of(application),
            submitted_at="2026-11-22T10:00:00Z",
        )

        def take() -> None:
            del self.held[identity]
            self.held[new.id] = new

        self._act("resubmit", take)

    def reviews(self, handles: Sequence[Handle]) -> Mapping[Handle, Review]:
        self.calls.append("reviews")
        self.on_review()
        if self.trouble is not None:
            raise self.trouble
        found = ((handle, self.shown(handle)) for handle in handles)
        return {handle: review for handle, review in found if review is not None}

    def verdicts(self, handles: Sequence[Handle]) -> Mapping[Handle, Review]:
        self.calls.append("verdicts")
        found = ((handle, self.shown(handle)) for handle in handles)
        return {handle: replace(one, outputs={}) for handle, one in found if one is not None}

    def catalogue(self, scope: str) -> Iterator[ListPage]:
        del scope
        listed = [one for key, one in self.held.items() if key not in self.hidden]
        for start in range(0, max(len(listed), 1), self.largest_page):
            self.calls.append("page")
            if self.trouble is not None:
                raise self.trouble
            rest = listed[start:]
            page = rest[: self.largest_page]
            yield ListPage(page, is_last=len(page) == len(rest))

    def find(self, application: Application) -> Sequence[Review]:
        assert self.capabilities.finds, "this account can't be asked which signatures bear a text"
        self.calls.append("find")
        if self.trouble is not None:
            raise self.trouble
        if "submit" in self.calls and self.blind_looks:
            self.blind_looks -= 1
            return []
        shown = [one for key, one in self.held.items() if key not in self.hidden]
        return [one for one in shown if one.text == application.text]

    def withdraw(self, handle: Handle) -> None:
        self.calls.append("withdraw")
        assert self.rules.deletable is not None, "this vendor has no deletion"
        identity = self.identity(handle)
        if identity not in self.held:
            raise NotFoundError("gone")
        self._act("withdraw", lambda: self.held.pop(identity))

    def request(self, name: str, handle: Handle) -> None:
        self.calls.append(f"{name} {handle.id}")

    def listed(self, text: str = "") -> Sequence[Review]:
        self.calls.append("listed")
        if self.trouble is not None:
            raise self.trouble
        return [one for one in self.held.values() if text in one.text]

    def decide(self, identity: str, vendor_status: str) -> None:
        """The reviewer's verdict."""
        review = self.held[identity]
        status = self.rules.status(vendor_status)
        self.held[identity] = replace(review, status=status, vendor_status=vendor_status)

    def _act(self, action: str, act: Callable[[], object]) -> None:
        if self.refusal is not None:
            raise self.refusal
        if self.lost.get(action, True):
            act()
        if action in self.lost:
            raise OutcomeUnknownError("the answer was lost", action=action)


def reported_of(application: Application) -> dict[str, object]:
    """What a vendor that tells everything but the files tells of an application."""
    fields = application.model_dump()
    return {
        name: value for name, value in fields.items() if value is not None and not _files(value)
    }


def _files(value: object) -> bool:
    listed = value if isinstance(value, list | tuple) else (value,)
    return any(is_description(one) for one in listed)
