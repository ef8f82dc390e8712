"""Rate limits over a sliding second."""

from __future__ import annotations

import threading
from collections import defaultdict, deque
from collections.abc import Hashable

from pulumi_smssign.sandbox.clock import Clock

WINDOW = 1.0
"""Seconds over which calls are counted."""


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
            while admitted and not now - WINDOW < admitted[0] <= now:
                admitted.popleft()
            if len(admitted) >= limit:
                return False
            admitted.append(now)
            return True

    def reset(self) -> None:
        """Forget all calls."""
        with self._lock:
            self._admitted.clear()
