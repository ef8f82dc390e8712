"""A vendor in memory for tests of the neutral code: it does what it is told, and counts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import ClassVar

from pulumi_smssign.contract.application import Application, Evidence, SignatureText
from pulumi_smssign.errors import NotFoundError, OutcomeUnknownError, SmsSignError
from pulumi_smssign.lifecycle import Handle, Review, Rules, Status

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
    """The account's calls; `lost` says of an action whether the vendor acts before it is lost."""

    held: dict[str, Review] = field(default_factory=dict)
    lost: dict[str, bool] = field(default_factory=dict)
    blind_looks: int = 0
    trouble: SmsSignError | None = None
    refusal: SmsSignError | None = None
    on_review: Callable[[], object] = lambda: None
    calls: list[str] = field(default_factory=list)

    def full_scope(self, scope: str) -> str:
        return scope

    def submit(self, application: Application) -> str:
        self.calls.append("submit")
        identifier = str(len(self.held) + 1)
        review = Review(
            identifier,
            application.text,
            Status.PENDING,
            "wait",
            reported={"name": application.text},
        )
        self._act("submit", lambda: self.held.update({identifier: review}))
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

    def find(self, application: Application) -> Sequence[Review]:
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

    def _act(self, action: str, act: object) -> None:
        if self.refusal is not None:
            raise self.refusal
        acts = self.lost.get(action, True)
        if acts and callable(act):
            act()
        if action in self.lost:
            raise OutcomeUnknownError("the answer was lost", action=action)
