"""Faults: what can be ordered to go wrong with the calls to come.

A fault waits in a queue for calls of its vendor and action (`*`, the default, is any). It lets
`skip` (0) of them pass, spoils the next `times` (1; `null` is all until it is cleared), and leaves
the queue. With a `probability` below 1 each call is spoilt by chance, and only those that were
count. A call meets one fault, the first that matches and has nothing left to skip; verdicts come
on top of that.

| kind | options (default) | what the client sees | the vendor acts (default) |
| --- | --- | --- | --- |
| `error` | `code`, `message`, `http_status`, `acts` | the vendor's envelope with that code | no |
| `status` | `http_status` (502), `body`, `content_type`, `acts` | a bare HTTP status | no |
| `html` | `http_status` (200), `acts` | a web page, as from a load balancer | no |
| `body` | `body`, `content_type`, `http_status`, `acts` | exactly this, as JSON if no text | no |
| `drop_before` | | the connection cut, no answer | never |
| `drop_after` | | the connection cut, no answer | always |
| `hang` | `seconds` (60), `acts` | nothing for so long, then the connection cut | yes |
| `slow` | `seconds` (1) | the right answer, late | always |
| `empty` | `http_status` (200), `acts` | no body | yes |
| `truncated` | | the first half of the right answer | always |
| `missing` | `key` (the envelope's; dots go deeper) | the right answer without that key | always |
| `unknown_fields` | | the right answer, a field more in each object | always |
| `verdict` | `verdict`, `id` or `text`, `reason`, `vendor_status` | a verdict just before | - |

`verdict` is `approve`, `reject`, `status` (with `vendor_status`) or `remove` (gone, no call).
"""

from __future__ import annotations

import builtins
import random
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from pydantic import JsonValue, TypeAdapter

from pulumi_smssign.sandbox.fault_kinds import AnswerFault, Fault, VerdictFault
from pulumi_smssign.sandbox.http_messages import Document
from pulumi_smssign.sandbox.messages import OrderError

_FAULT: TypeAdapter[Fault] = TypeAdapter(Fault)


@dataclass
class _Waiting:
    """A fault in the queue and how much of it is left."""

    n: int
    fault: Fault
    skip: int
    times: int | None


class Faults:
    """The queue; safe to use from several threads."""

    def __init__(self, check: Callable[[Fault], None], seed: int | None = None) -> None:
        """Take `check`, which raises ValueError for a fault that could never be met.

        With a `seed` chance is the same each time, from the start and from each `clear` on.
        """
        self._check = check
        self._seed = seed
        self._chance = random.Random(seed)  # noqa: S311 - chance, no secret
        self.changes = 0
        """How often the queue changed; whoever looks on compares it with what it was."""
        self._queue: builtins.list[_Waiting] = []
        self._count = 0
        self._lock = threading.Lock()

    def add(self, order: Mapping[str, JsonValue] | None = None, /, **options: JsonValue) -> int:
        """Queue a fault, e.g. `add(vendor="tencent", action="AddSmsSign", kind="drop_after")`.

        Returns:
            the fault's number in the listing.

        Raises:
            ValueError: if there is no such kind, option, vendor or action.
        """
        fault = _FAULT.validate_python({**(order or {}), **options})
        self._check(fault)
        with self._lock:
            self._count += 1
            self.changes += 1
            self._queue.append(_Waiting(self._count, fault, fault.skip, fault.times))
            return self._count

    def list(self) -> builtins.list[Document]:
        """List what is queued: each fault with its number `n` and what is left of it."""
        with self._lock:
            return [
                {
                    "n": waiting.n,
                    **waiting.fault.model_dump(mode="json"),
                    "skip": waiting.skip,
                    "times": waiting.times,
                }
                for waiting in self._queue
            ]

    def clear(self) -> None:
        """Empty the queue."""
        with self._lock:
            self.changes += 1
            self._queue.clear()
            self._chance.seed(self._seed)

    def remove(self, n: int) -> None:
        """Take one fault out of the queue, by its number in the listing.

        Raises:
            ValueError: if no such fault waits.
        """
        with self._lock:
            remaining = [waiting for waiting in self._queue if waiting.n != n]
            if len(remaining) == len(self._queue):
                raise OrderError("no fault with the number {n} waits", n=n)
            self.changes += 1
            self._queue[:] = remaining

    def take(
        self, vendor: str, action: str
    ) -> tuple[builtins.list[VerdictFault], AnswerFault | None]:
        """Take what a call meets: the verdicts that go before it, and the fault that spoils it."""
        verdicts: builtins.list[VerdictFault] = []
        with self._lock:
            for waiting in tuple(self._queue):
                fault = waiting.fault
                if not fault.meets(vendor, action):
                    continue
                if waiting.skip:
                    self.changes += 1
                    waiting.skip -= 1
                    continue
                if self._chance.random() >= fault.probability:
                    continue
                self._use(waiting)
                if not isinstance(fault, VerdictFault):
                    return verdicts, fault
                verdicts.append(fault)
        return verdicts, None

    def _use(self, waiting: _Waiting) -> None:
        if waiting.times is None:
            return
        self.changes += 1
        waiting.times -= 1
        if not waiting.times:
            self._queue.remove(waiting)
