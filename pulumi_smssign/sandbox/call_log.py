"""The call log: what clients asked the vendors for, for a test's assertions and a person's eyes."""

from __future__ import annotations

import threading
from collections import deque
from dataclasses import dataclass, replace

from pulumi_smssign.sandbox.http_messages import Document, HttpAnswer, HttpRequest

KEPT = 10_000
"""How many calls are remembered; older ones are dropped."""

KEPT_RAW = 200
"""How many of them are remembered as they were on the wire."""

SHOWN = 32 * 1024
"""Bytes of a body that are remembered of such a call."""


@dataclass(frozen=True)
class Message:
    """A request or an answer on the wire: `start` is its first line, `size` the body's bytes.

    `body` is the first of them as a text. Nothing is left out: keys and personal values that were
    sent are in it.
    """

    start: str
    headers: Document
    body: str
    size: int

    @classmethod
    def of(cls, start: str, message: HttpRequest | HttpAnswer) -> Message:
        """Give what is remembered of `message`."""
        body = message.body[:SHOWN].decode(errors="replace")
        return cls(start, dict(message.headers), body, len(message.body))


@dataclass(frozen=True)
class RawCall:
    """A call as it was on the wire; `answer` is None where the connection was cut."""

    request: Message
    answer: Message | None

    @classmethod
    def of(cls, request: HttpRequest, answer: HttpAnswer | None) -> RawCall:
        """Give what is remembered of a request and of what was sent back."""
        query = f"?{request.query}" if request.query else ""
        start = f"{request.method} {request.path}{query}"[:SHOWN]
        sent = None if answer is None else Message.of(f"HTTP {answer.status}", answer)
        return cls(Message.of(start, request), sent)


@dataclass(frozen=True)
class ReceivedCall:
    """One vendor call and its outcome.

    `at` is in Unix seconds. `code` is the error code that the vendor answered, empty on success;
    `http_status` is 0 where the connection was cut. `fields` are the request's: files as sha256,
    size and media type, personal and unknown values as `true`. `fault` names the fault played.
    """

    at: float
    vendor: str
    action: str
    account: str
    code: str
    http_status: int
    fields: Document
    fault: str = ""
    n: int = 0


class CallLog:
    """The calls received so far; safe to use from several threads."""

    def __init__(self) -> None:
        self._calls: deque[ReceivedCall] = deque(maxlen=KEPT)
        self._raw: deque[tuple[int, RawCall]] = deque(maxlen=KEPT_RAW)
        self._count = 0
        self.changes = 0
        """How often the log changed; whoever looks on compares it with what it was."""
        self._lock = threading.Lock()

    def record(self, call: ReceivedCall, raw: RawCall | None = None) -> None:
        """Add a call; its number `n` counts from 1 and goes on after `clear`."""
        with self._lock:
            self._count += 1
            self.changes += 1
            if raw is not None:
                self._raw.append((self._count, raw))
            self._calls.append(replace(call, n=self._count))

    def list(self, vendor: str | None = None, action: str | None = None) -> list[ReceivedCall]:
        """List the calls in the order in which they were answered."""
        with self._lock:
            return [
                call
                for call in self._calls
                if vendor in {None, call.vendor} and action in {None, call.action}
            ]

    def raw(self, n: int) -> RawCall | None:
        """Give a call as it was on the wire; None where that is not remembered."""
        with self._lock:
            return next((raw for number, raw in self._raw if number == n), None)

    def clear(self) -> None:
        """Forget all calls."""
        with self._lock:
            self.changes += 1
            self._calls.clear()
            self._raw.clear()
