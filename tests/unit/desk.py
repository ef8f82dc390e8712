"""A vendor in memory for tests of the neutral code: it does what it is told, and counts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import ClassVar

from pulumi_smssign.contract.application import Application, Evidence, SignatureText
from pulumi_smssign.contract.pages import ListPage
from pulumi_smssign.contract.vendor import Capabilities
from pulumi_smssign.model.errors import NotFoundError, OutcomeUnknownError, SmsSignError
from pulumi_smssign.model.review import Handle, Review
from pulumi_smssign.model.rules import Rules
from pulumi_smssign.model.vocabulary import Status

RULES = Rules(
    vendor="example",
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


@dataclass
class FakeApi:
    """The account's calls; `lost` says of an action whether the vendor acts before it is lost.

    `tokens` are those of the submissions, in their order. With `capabilities.takes_token` one that
    comes again is answered and submits nothing anew; without `capabilities.finds` no question by a
    text may come.
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
    _submitted: dict[str, str] = field(default_factory=dict)

    @property
    def writes(self) -> int:
        return sum(call in ("submit", "resubmit", "withdraw") for call in self.calls)

    def full_scope(self, scope: str) -> str:
        return scope

    def submit(self, application: Application, token: str = "") -> str:
        self.calls.append("submit")
        self.tokens.append(token)
        if self.capabilities.takes_token and token in self._submitted:
            return self._submitted[token]
        identifier = str(len(self.held) + 1)
        review = Review(
            identifier,
            application.text,
            Status.PENDING,
            "wait",
            reported={"name": application.text},
        )

        def take() -> None:
            self.held[identifier] = review
            if token:
                self._submitted[token] = identifier

        self._act("submit", take)
        return identifier

    def resubmit(self, handle: Handle, application: Application) -> None:
        self.calls.append("resubmit")
        old = self.held[handle.id]
        new = replace(
            old, text=application.text, status=Status.PENDING, vendor_status="wait",
            submitted_at="2026-11-22T10:00:00Z",
        )  # fmt: skip
        self._act("resubmit", lambda: self.held.update({handle.id: new}))

    def reviews(self, handles: Sequence[Handle]) -> Mapping[Handle, Review]:
        self.calls.append("reviews")
        self.on_review()
        if self.trouble is not None:
            raise self.trouble
        return {handle: self.held[handle.id] for handle in handles if handle.id in self.held}

    def details(self, handle: Handle) -> Review | None:
        return self.reviews([handle]).get(handle)

    def verdicts(self, handles: Sequence[Handle]) -> Mapping[Handle, Review]:
        self.calls.append("verdicts")
        return {
            handle: replace(self.held[handle.id], outputs={})
            for handle in handles
            if handle.id in self.held
        }

    def catalogue(self, scope: str) -> Iterator[ListPage[Review]]:
        del scope
        listed = list(self.held.values())
        for start in range(0, max(len(listed), 1), self.largest_page):
            self.calls.append("page")
            if self.trouble is not None:
                raise self.trouble
            rest = listed[start:]
            page = rest[: self.largest_page]
            yield ListPage(page, is_last=len(page) == len(rest))

    def identity(self, handle: Handle) -> str:
        return handle.id

    def bears(self, review: Review, application: Application) -> bool:
        return review.text == application.text

    def find(self, application: Application) -> Sequence[Review]:
        assert self.capabilities.finds, "this account can't be asked which signatures bear a text"
        self.calls.append("find")
        if "submit" in self.calls and self.blind_looks:
            self.blind_looks -= 1
            return []
        return [one for one in self.held.values() if one.text == application.text]

    def withdraw(self, handle: Handle) -> None:
        self.calls.append("withdraw")
        if handle.id not in self.held:
            raise NotFoundError("gone")
        self._act("withdraw", lambda: self.held.pop(handle.id))

    def request(self, name: str, handle: Handle) -> None:
        self.calls.append(f"{name} {handle.id}")

    def listed(self, text: str = "") -> Sequence[Review]:
        self.calls.append("listed")
        if self.trouble is not None:
            raise self.trouble
        return [one for one in self.held.values() if text in one.text]

    def _act(self, action: str, act: Callable[[], object]) -> None:
        if self.refusal is not None:
            raise self.refusal
        if self.lost.get(action, True):
            act()
        if action in self.lost:
            raise OutcomeUnknownError("the answer was lost", action=action)
