"""The gateway base: the contract of each vendor's gateway, and what passes between it and us."""

from __future__ import annotations

import re
import threading
from abc import ABC, abstractmethod
from collections import defaultdict, deque
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from typing import ClassVar

from pulumi_smssign.sandbox.clock import Clock
from pulumi_smssign.sandbox.console import Console, console_of
from pulumi_smssign.sandbox.desk import Desk, Signature
from pulumi_smssign.sandbox.http_messages import Document, HttpAnswer, HttpRequest
from pulumi_smssign.sandbox.review import Status
from pulumi_smssign.sandbox.switches import Switch, Switches, declared
from pulumi_smssign.sandbox.text_ids import renamed_id

_INTEGER = re.compile(r"0|-?[1-9][0-9]{0,8}")
_WINDOW = 1.0
"""Seconds over which calls are counted."""
_WORD = re.compile(r"[A-Z][A-Z0-9_]{0,63}")


class Refusal(Exception):  # noqa: N818 - a refusal is an answer, not a failure of ours
    """The vendor refuses: its error code and words; None leaves the HTTP status to the vendor."""

    def __init__(self, code: str, message: str, http_status: int | None = None) -> None:
        super().__init__(f"{code}: {message}")
        self.code = code
        self.message = message
        self.http_status = http_status


@dataclass(frozen=True)
class Received:
    """A request as its vendor reads it, nothing checked yet.

    `account` is the one that the request claims to come from. `fields` go into the record: no file
    content, no personal value, no unknown value in them. `act` has the vendor deal with it, and
    raises Refusal.
    """

    action: str
    account: str
    fields: Document
    act: Callable[[], HttpAnswer]


class SlidingWindow:
    """Counts admitted calls by key; a refused call doesn't count."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._admitted: defaultdict[Hashable, deque[float]] = defaultdict(deque)
        self._lock = threading.Lock()

    def admit(self, key: Hashable, limit: int) -> bool:
        """Tell whether one more call fits into `limit` within the last second, and count it."""
        now = self._clock.now()
        with self._lock:
            admitted = self._admitted[key]
            while admitted and not now - _WINDOW < admitted[0] <= now:
                admitted.popleft()
            if len(admitted) >= limit:
                return False
            admitted.append(now)
            return True

    def reset(self) -> None:
        """Forget all calls."""
        with self._lock:
            self._admitted.clear()


class Gateway(ABC):
    """One vendor's side: parses requests, verifies their signatures, answers as the vendor does."""

    name: ClassVar[str]
    switches: ClassVar[tuple[Switch, ...]]
    actions: ClassVar[frozenset[str]]
    envelope_key: ClassVar[str]
    """The key of a successful answer that the fault `missing` takes away unless it names one."""
    console: ClassVar[Console]
    environment: ClassVar[Mapping[str, str]]
    """A client's environment, with `{}` in place of the address."""
    gives_ids: ClassVar[bool] = True
    """Whether the vendor gives a signature an id; at the desk its text stands for it if not."""

    def __init_subclass__(cls) -> None:
        """Read the vendor's tables."""
        cls.switches, cls.console = declared(cls.name), console_of(cls.name)

    def __init__(self, desk: Desk, switches: Switches, clock: Clock) -> None:
        self.desk = desk
        self.settings = switches
        self.clock = clock
        self._window = SlidingWindow(clock)

    @abstractmethod
    def claims(self, request: HttpRequest) -> bool:
        """Tell whether `request` is meant for this vendor, by what it bears and nothing else.

        No request of another vendor's clients is claimed: the registry's order decides nothing.
        """

    @abstractmethod
    def receive(self, request: HttpRequest) -> Received:
        """Read `request`; never fails, whatever was sent."""

    @abstractmethod
    def refuse(self, received: Received, refusal: Refusal) -> HttpAnswer:
        """Put an error into this vendor's envelope."""

    @abstractmethod
    def vendor_status(self, signature: Signature) -> str:
        """Give the status that this vendor's API shows for `signature` now."""

    def status_of(self, vendor_status: str) -> Status:
        """Tell what one of this vendor's statuses means: integers, or words in capitals.

        Raises:
            ValueError: if this vendor's API can't show such a status; the message says what it can.
        """
        known = self.console.statuses
        is_integer = all(_INTEGER.fullmatch(status) for status in known)
        form = _INTEGER if is_integer else _WORD
        if vendor_status not in known and not form.fullmatch(vendor_status):
            kind = "an integer" if is_integer else "in capitals"
            raise ValueError(
                f"a status of {self.console.title_en} is {kind} ({', '.join(known)}, or one that "
                f"clients don't know yet), not {vendor_status!r}"
            )
        return known.get(vendor_status, Status.OTHER)

    def renamed(self, signature: Signature, text: str) -> str:
        """Give the id that `signature` has with another text: the same, unless the text is the id.

        Raises:
            ValueError: if it can't have that text; the message says why.
        """
        if self.gives_ids:
            return signature.id
        return renamed_id(self.console.title_en, signature.account, text)

    def reset(self) -> None:
        """Forget what this vendor remembers beside the desk, such as recent calls."""
        self._window.reset()

    @classmethod
    def credentials(cls, address: str) -> dict[str, str]:
        """Give the environment for a client of this vendor at `address` (`host:port`)."""
        return {name: value.format(address) for name, value in cls.environment.items()}

    def _check_rate(self, account: str, action: str, limit: float, refusal: Refusal) -> None:
        """Raise `refusal` for a call beyond `limit` a second; 0 is no limit."""
        if limit and not self._window.admit((account, action), int(limit)):
            raise refusal
