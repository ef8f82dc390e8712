"""The shelf: the files that were handed in lately, for a person to look at; in memory only."""

from __future__ import annotations

import threading
from collections import OrderedDict

from pulumi_smssign.sandbox.evidence import Evidence

CAPACITY = 50 * 1024 * 1024
"""Bytes on the shelf; the files that were handed in first have to go."""


class Shelf:
    """Keeps contents by their SHA-256, none twice; safe to use from several threads.

    It is no part of the desk's state: a file is gone with the process, or when others need its
    place, and its application is as good as before.
    """

    def __init__(self, capacity: int = CAPACITY) -> None:
        self._capacity = capacity
        self._files: OrderedDict[str, tuple[Evidence, bytes]] = OrderedDict()
        self._size = 0
        self._lock = threading.Lock()

    def take(self, content: bytes) -> Evidence:
        """Describe a file, and keep it."""
        evidence = Evidence.of(content)
        self.keep(evidence, content)
        return evidence

    def keep(self, evidence: Evidence, content: bytes) -> None:
        """Keep a file that is described already, unless it is empty or larger than the shelf."""
        if not 1 <= len(content) <= self._capacity:
            return
        with self._lock:
            if self._files.pop(evidence.sha256, None) is None:
                self._size += evidence.size
            self._files[evidence.sha256] = (evidence, content)
            while self._size > self._capacity:
                _, (oldest, _) = self._files.popitem(last=False)
                self._size -= oldest.size

    def list(self) -> list[Evidence]:
        """List what is there, the oldest first."""
        with self._lock:
            return [evidence for evidence, _ in self._files.values()]

    def get(self, sha256: str) -> tuple[Evidence, bytes] | None:
        """Give a file and what it is; None where it is not there, or no more."""
        with self._lock:
            return self._files.get(sha256)

    def clear(self) -> None:
        """Throw all files away."""
        with self._lock:
            self._files.clear()
            self._size = 0
