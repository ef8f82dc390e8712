"""The call log: what clients asked the vendors for, kept for a test's assertions."""

from __future__ import annotations

import threading
from collections import deque
from dataclasses import dataclass

from pulumi_smssign.sandbox.http_messages import Document

KEPT = 10_000
"""How many calls are remembered; older ones are dropped."""


@dataclass(frozen=True)
class ReceivedCall:
    """One vendor call and its outcome.

    `at` is in Unix seconds. `code` is the error code that the vendor answered, empty on success;
    `http_status` is 0 where the connection was cut. `fields` are the request's: files as sha256,
    size and media type, personal and unknown values as `true`. `fault` names the fault played.
    """

    n: int
    at: float
    vendor: str
    action: str
    account: str
    code: str
    http_status: int
    fields: Document
    fault: str = ""


class CallLog:
    """The calls received so far; safe to use from several threads."""

    def __init__(self) -> None:
        self._calls: deque[ReceivedCall] = deque(maxlen=KEPT)
        self._count = 0
        self._lock = threading.Lock()

    def record(
        self,
        *,
        at: float,
        vendor: str,
        action: str,
        account: str,
        code: str,
        http_status: int,
        fields: Document,
        fault: str = "",
    ) -> None:
        """Add a call; its number `n` counts from 1 and goes on after `clear`."""
        with self._lock:
            self._count += 1
            self._calls.append(
                ReceivedCall(
                    self._count, at, vendor, action, account, code, http_status, fields, fault
                )
            )

    def list(self, vendor: str | None = None, action: str | None = None) -> list[ReceivedCall]:
        """List the calls in the order in which they were answered."""
        with self._lock:
            return [
                call
                for call in self._calls
                if vendor in {None, call.vendor} and action in {None, call.action}
            ]

    def clear(self) -> None:
        """Forget all calls."""
        with self._lock:
            self._calls.clear()
