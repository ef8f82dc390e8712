"""The verbs that a test has for every vendor; a vendor's `caller` says them in its own calls."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import ClassVar, Self

import httpx
from pydantic import JsonValue

from pulumi_smssign.sandbox import ManualClock, RunningSandbox, Sandbox
from pulumi_smssign.sandbox.http_messages import Document

TEXT = "极客科技"


@dataclass(frozen=True)
class Review:
    """A signature as a vendor's read shows it: its status raw, as the control names it."""

    text: str
    status: str
    reason: str


@dataclass
class Caller(ABC):
    """A client of one vendor's side: it sends whatever it is given, well signed."""

    served: RunningSandbox
    http: httpx.Client
    clock: ManualClock
    account: str = "default"
    own_key: str = ""
    """A key in place of the account's test key."""
    token: str | None = None
    """A token beside the key."""
    off: float = 0
    """Seconds that the client's clock is ahead of the sandbox's."""

    vendor: ClassVar[str]
    text: ClassVar[str]
    """The parameter that has the signature's text."""
    usual: ClassVar[Document]
    """A company's application without a flaw."""

    def of(self, account: str) -> Self:
        """The client of another account."""
        return type(self)(self.served, self.http, self.clock, account)

    def key(self, key: str) -> str:
        """A test key as this account has it."""
        return self.own_key or (key if self.account == "default" else f"{key}.{self.account}")

    @property
    def sandbox(self) -> Sandbox:
        return self.served.sandbox

    @property
    def now(self) -> float:
        """The time by which the client signs (Unix seconds)."""
        return self.clock.now() + self.off

    def application(self, **changes: JsonValue) -> Document:
        """The usual application with some changes; None leaves a field out."""
        fields = {**self.usual, **changes}
        return {name: value for name, value in fields.items() if value is not None}

    def named(self, text: str, **changes: JsonValue) -> Document:
        """The changes that give an application another text, and some more."""
        return {self.text: text, **changes}

    @abstractmethod
    def apply(self, fields: Document) -> tuple[str, str]:
        """The code that a submission meets, empty if it is taken, and the desk's id then."""

    @abstractmethod
    def change(self, signature_id: str, **changes: JsonValue) -> str:
        """The code that a change to the usual application meets, empty if it is taken."""

    @abstractmethod
    def review(self, signature_id: str) -> Review | None:
        """The signature as it is read; None where it is not there."""

    @abstractmethod
    def withdraw(self, signature_id: str) -> str:
        """The code that a deletion meets, empty if it is done."""

    def refused(self, **changes: JsonValue) -> str:
        """The code that a submission meets, empty if it is taken."""
        return self.apply(self.application(**changes))[0]

    def submit(self, **changes: JsonValue) -> str:
        """Apply for a signature and give the desk's id of it."""
        code, signature_id = self.apply(self.application(**changes))
        assert not code
        return signature_id

    def rejected(self, **changes: JsonValue) -> str:
        """Apply for a signature, have it rejected, and give the desk's id of it."""
        signature_id = self.submit(**changes)
        self.sandbox.reject(self.vendor, signature_id, "blurred")
        return signature_id

    def approved(self, **changes: JsonValue) -> str:
        """Apply for a signature, have it approved, and give the desk's id of it."""
        signature_id = self.submit(**changes)
        self.sandbox.approve(self.vendor, signature_id)
        return signature_id

    @abstractmethod
    def ping(self) -> str:
        """The code that a read meets, empty if it is answered."""

    def lists(self) -> list[str]:
        """The texts that the list has, of a vendor that has one."""
        raise NotImplementedError
