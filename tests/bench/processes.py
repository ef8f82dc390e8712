"""Commands with the CPU time of all their processes, and how busy others keep the machine."""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import psutil

from tests.bench.measure import Cost, others_share

_LONGEST = 900
_LAST_WORDS = 2.0
"""Seconds in which what a command has left behind, such as its plugins, ends."""
_SUBREAPER = 36  # PR_SET_CHILD_SUBREAPER of Linux's prctl


def adopt_orphans() -> None:
    """Become the parent of what a command leaves behind, or its CPU time is nobody's (Linux)."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_SUBREAPER, 1, 0, 0, 0)


def cpu_of_children() -> float:
    """CPU seconds of all processes below this one that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def cpu_of_this() -> float:
    """CPU seconds of this process: of the bench, and of the sandbox in its thread."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def reap() -> None:
    """Wait for what a command has left behind."""
    until = time.monotonic() + _LAST_WORDS
    while time.monotonic() < until:
        try:
            pid, _ = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if not pid:
            time.sleep(0.005)


def run(
    command: Sequence[str], *, folder: Path | None = None, environment: Mapping[str, str] | None
) -> tuple[subprocess.CompletedProcess[str], Cost]:
    """Run a command to its end; what it printed, and its cost."""
    before, begun = cpu_of_children(), time.monotonic()
    done = subprocess.run(
        command,
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=_LONGEST,
        check=False,
    )
    seconds = time.monotonic() - begun
    reap()
    return done, Cost(seconds, cpu_of_children() - before)


class Machine:
    """A machine, from now on: how much of it others take."""

    def __init__(self) -> None:
        self._begun = time.monotonic()
        self._busy = _busy()
        self._own = cpu_of_children() + cpu_of_this()

    @property
    def busy(self) -> float:
        """The share of the machine that all programs took since."""
        return self._share(0.0)

    @property
    def others(self) -> float:
        """The share of the machine that other programs took since."""
        return self._share(cpu_of_children() + cpu_of_this() - self._own)

    def _share(self, own: float) -> float:
        return others_share(
            busy=_busy() - self._busy,
            own=own,
            seconds=time.monotonic() - self._begun,
            cores=psutil.cpu_count() or 1,
        )


def _busy() -> float:
    times = psutil.cpu_times()
    return float(sum(times) - times.idle - getattr(times, "iowait", 0.0) - _guests(times))


def _guests(times: object) -> float:
    # Linux counts a guest's time as user's too.
    return float(getattr(times, "guest", 0.0) + getattr(times, "guest_nice", 0.0))
