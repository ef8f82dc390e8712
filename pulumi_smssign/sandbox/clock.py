"""The one clock that reviews, rate limits and clock windows ask."""

from __future__ import annotations

import threading
import time
from typing import Protocol


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> float:
        """Give Unix seconds."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> float:
        """Give Unix seconds."""
        return time.time()


class ManualClock:
    """A clock that a test moves; it starts at the machine's time, so that real clients can sign."""

    def __init__(self, start: float | None = None) -> None:
        self._now = time.time() if start is None else start
        self._lock = threading.Lock()

    def now(self) -> float:
        """Give Unix seconds."""
        with self._lock:
            return self._now

    def advance(self, seconds: float) -> None:
        """Move the clock on (or back, with a negative number)."""
        with self._lock:
            self._now += seconds
