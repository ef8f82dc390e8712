"""The rate limit of an account's action, shared by all processes of this user on this machine.

Two stacks of one account are two plugins, and the vendor counts their calls together. So the times
of the last calls are in a small file beside Pulumi's own, and each process goes by it. Where the
file can't be had (a folder that can't be written, a process that was stopped while it had the
lock), a process goes by its own calls, as if it were alone.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from pyrate_limiter import InMemoryBucket, Rate

from pulumi_smssign.contract.files import read_text

if TYPE_CHECKING:
    from filelock import BaseFileLock
    from pyrate_limiter import RateItem

_TURN = 0.3
"""Seconds in which each process that is alive gives the lock back many times over."""
_LARGEST = 1 << 16
"""Bytes of a file: the times of a few hundred calls are far less."""


class SharedBucket(InMemoryBucket):
    """Bucket of the calls that all processes have made; the library's algorithm, on a file's times.

    Args:
        rate: how many calls are taken in how many milliseconds.
        file: where the times of the calls are kept.
    """

    def __init__(self, rate: Rate, file: Path) -> None:
        super().__init__([rate])
        self._file: Path | None = file
        self._lock_of_file: BaseFileLock | None = None

    def now(self) -> int:
        """Milliseconds by a clock that all processes read alike."""
        return time.time_ns() // 1_000_000

    def put(self, item: RateItem) -> bool:
        """Take a call, if all processes together have room for it."""
        with self._turn() as file:
            if file is None:
                return super().put(item)
            item.timestamp = self.now()  # it was asked for before the lock was had
            with suppress(OSError, ValueError):  # nothing readable: this process's own calls
                self.items = self._calls(file, item)
            is_taken = super().put(item)
            if is_taken:
                try:
                    _write(file, " ".join(str(call.timestamp) for call in self.items))
                except OSError:
                    self._file = None
            return is_taken

    def _calls(self, file: Path, item: RateItem) -> list[RateItem]:
        """The calls in the file that still count; a time to come is from a clock set back since.

        Raises:
            OSError, ValueError: the file can't be read, or holds something else.
        """
        times = sorted(map(int, read_text(file, _LARGEST).split()))
        oldest = item.timestamp - self.rates[-1].interval
        return [type(item)(item.name, each) for each in times if oldest <= each <= item.timestamp]

    @contextmanager
    def _turn(self) -> Iterator[Path | None]:
        """The file, locked; None from the first time on that it can't be had."""
        lock = self._locked()
        try:
            yield self._file
        finally:
            if lock is not None:
                lock.release()

    def _locked(self) -> BaseFileLock | None:
        if self._file is None:
            return None
        from filelock import FileLock, Timeout  # most runs make no call

        try:
            for folder in (self._file.parent.parent, self._file.parent):
                folder.mkdir(mode=0o700, exist_ok=True)
            lock = self._lock_of_file or FileLock(
                f"{self._file}.lock", mode=0o600, thread_local=False, fallback_to_soft=False
            )
            self._lock_of_file = lock
            lock.acquire(timeout=_TURN, poll_interval=0.005)
        except (OSError, NotImplementedError, Timeout):
            self._file = None
            return None
        return lock


def _write(file: Path, text: str) -> None:
    """Write a text in place, for the user alone: half of one counts as none."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_NOFOLLOW", 0)
    handle = os.open(file, flags, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as stream:
        stream.write(text)
