"""A project, a sandbox and a vendor's case together: how a lifecycle test tells its story."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from pydantic import JsonValue

from pulumi_smssign.sandbox import ReceivedCall, Sandbox, SignatureView, Status
from tests.engine.cases import Case
from tests.engine.project import Project
from tests.images import png

OLD, NEW, NEXT = "极客科技", "极客云科", "极客网络"

_T = TypeVar("_T")


@dataclass(frozen=True)
class Scene:
    """One vendor's stage: `name` is the logical name of the signature that most tests are about."""

    case: Case
    project: Project
    sandbox: Sandbox
    url: str
    name: str = "brand"

    def declare(self, name: str = "", **arguments: object) -> None:
        """Have the program declare a signature of this vendor, with its evidence."""
        self.project.write("licence.png", png())
        self.project.declare(
            name or self.name, self.case.vendor, {**self.case.arguments, **arguments}
        )

    def rename(self, text: str, name: str = "") -> None:
        """Give a declared signature another text."""
        self.project.edit(name or self.name, **{self.case.text: text})

    def change_the_proof(self, number: int = 1) -> None:
        """Put another picture under the path of the evidence."""
        if self.case.takes_files:
            self.project.write("licence.png", png(number))
        else:
            self.project.edit(self.name, **{self.case.evidence: [f"papers/{number}.png"]})

    def change_a_little(self) -> None:
        """Change what the vendor takes in place."""
        argument, value = self.case.small_change
        self.project.edit(self.name, **{argument: value})

    @property
    def id(self) -> str:
        """The id that state has."""
        return str(self.project.state(self.name)["id"])

    @property
    def outputs(self) -> dict[str, object]:
        """The outputs that state has."""
        return self.project.outputs_of(self.name)

    def held(self) -> list[SignatureView]:
        """What the vendor has."""
        return self.sandbox.signatures(self.case.vendor)

    def identifier(self, one: SignatureView) -> str:
        """What Pulumi holds it by: where nothing has an id, its first text."""
        return one.text if self.case.knows_by_text else one.id

    def only(self) -> SignatureView:
        """The one signature that the vendor has."""
        (one,) = self.held()
        return one

    def approve(self) -> None:
        """The reviewer approves every open application."""
        for one in self.held():
            if one.status is Status.PENDING:
                self.sandbox.approve(self.case.vendor, one.id)

    def approved(self, *, wait: Mapping[str, object] | None = None) -> SignatureView:
        """One signature that the program declares and the vendor has approved.

        With `wait` an Approval stands behind it, with these arguments.
        """
        self.declare()
        if wait is not None:
            self.project.wait(**wait)
        self.sandbox.review_policy = "immediate"
        self.project.apply()
        self.sandbox.review_policy = "manual"
        return self.only()

    def texts(self) -> dict[str, Status]:
        """What the vendor has, by text."""
        return {one.text: one.status for one in self.held()}

    def bearing(self, text: str) -> SignatureView:
        """The one signature that bears a text."""
        (one,) = (one for one in self.held() if one.text == text)
        return one

    def approve_all(self) -> None:
        """The reviewer approves whatever isn't approved."""
        for one in self.held():
            self.sandbox.approve(self.case.vendor, one.id)

    def applied_and_rejected(self) -> None:
        """One signature that the program declares and the reviewer has rejected."""
        self.declare()
        self.project.apply()
        self.reject("unreadable")

    def reject(self, reason: str) -> None:
        """The reviewer rejects the one application."""
        self.sandbox.reject(self.case.vendor, self.only().id, reason)

    def calls(self, *actions: str) -> list[ReceivedCall]:
        """What the vendor was asked, of some actions or at all."""
        return [
            call
            for call in self.sandbox.calls(self.case.vendor)
            if not actions or call.action in actions
        ]

    def received(self, content: bytes) -> bool:
        """Whether the vendor was sent a file of this content."""
        return any(digest(content) in str(call.fields) for call in self.calls())

    def writes(self) -> list[str]:
        """The actions that were to change something, in their order."""
        wanted = (self.case.names.submit, self.case.names.resubmit, self.case.names.withdraw)
        return [call.action for call in self.calls(*wanted)]

    def forget_calls(self) -> None:
        """Count from here."""
        self.sandbox.log.clear()

    def fault(self, **order: JsonValue) -> None:
        """Have the vendor's side play a fault."""
        self.sandbox.faults.add({"vendor": self.case.vendor, **order})


@dataclass(frozen=True)
class Scenes:
    """A signature at each of several vendors in one stack: one run shows a law at all of them."""

    project: Project
    sandbox: Sandbox
    all: tuple[Scene, ...]

    def __iter__(self) -> Iterator[Scene]:
        return iter(self.all)

    def each(self, what: Callable[[Scene], _T]) -> dict[str, _T]:
        """What holds at each vendor, by its name."""
        return {scene.case.vendor: what(scene) for scene in self}

    def declare(self) -> None:
        """Have the program declare them all."""
        self.each(Scene.declare)

    def rename(self, text: str) -> None:
        """Give them all another text."""
        self.each(lambda scene: scene.rename(text))

    def approve(self) -> None:
        """The reviewers approve every open application."""
        self.each(Scene.approve)

    def approved(self, *, wait: Mapping[str, object] | None = None) -> dict[str, SignatureView]:
        """What the vendors have once all is declared, submitted and approved.

        With `wait` an Approval stands behind them, with these arguments.
        """
        self.declare()
        if wait is not None:
            self.project.wait(**wait)
        self.sandbox.review_policy = "immediate"
        self.project.apply()
        self.sandbox.review_policy = "manual"
        return self.each(Scene.only)

    def applied_and_rejected(self) -> None:
        """All are declared, submitted and rejected."""
        self.declare()
        self.project.apply()
        self.each(lambda scene: scene.reject("unreadable"))

    def forget_calls(self) -> None:
        """Count from here."""
        self.sandbox.log.clear()


def digest(content: bytes) -> str:
    """A file's SHA-256, as state and the sandbox name it."""
    return hashlib.sha256(content).hexdigest()
