"""Runs the programs that make an engine: signs of life while they run, no trace of them later."""

from __future__ import annotations

import math
import os
import re
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tools.engine.programs import NotThisWayError

Say = Callable[[str], None]

HEARTBEAT = 15.0  # seconds between two signs of life
_TICK = 1.0  # seconds between two looks at the program
_GRACE = 5.0  # seconds that an interrupted program has to tidy up
_TAIL = 2000  # bytes
_ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b\(B")


@contextmanager
def timed(say: Say, what: str) -> Iterator[None]:
    """Says how long `what` took, once it is through."""
    started = time.monotonic()
    yield
    say(f"{what}: done in {time.monotonic() - started:.0f} s")


def last_line(text: str) -> str:
    """The last line of a program's output that says something, without its colours."""
    lines = [line.strip() for line in _ESCAPES.sub("", text).splitlines()]
    return next((line for line in reversed(lines) if line), "")


def run(
    command: Sequence[str | Path],
    *,
    workshop: Path,
    what: str,
    say: Say,
    folder: Path | None = None,
    environment: Mapping[str, str] | None = None,
    patience: float = math.inf,
    limit: float = math.inf,
    heartbeat: float = HEARTBEAT,
    usual: float | None = None,
) -> None:
    """Runs a program to its end, with its temporary files in `workshop`.

    Raises `NotThisWayError` with what the program said last when it fails, when it has no byte in a
    temporary file after `patience` seconds, and when it takes longer than `limit` seconds. However
    this ends, the program and all its children have ended too. `usual` is how many seconds it takes
    on a machine like those it was measured on.
    """
    temporary = workshop / "tmp"
    temporary.mkdir(exist_ok=True)
    log = workshop / "log"
    pulse = _Pulse(what, log, say, heartbeat, usual)
    with (
        log.open("wb") as output,
        subprocess.Popen(
            command,
            cwd=folder,
            env={**os.environ, **(environment or {}), "TMPDIR": str(temporary)},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        ) as process,
    ):
        try:
            for elapsed in _while_running(process, every=min(_TICK, heartbeat)):
                if elapsed >= patience and not _holds_bytes(temporary):
                    raise NotThisWayError(f"{what} failed (nothing came in {patience:.0f} s)")
                if elapsed >= limit:
                    raise NotThisWayError(f"{what} failed (not through in {limit:.0f} s)")
                pulse.tell(elapsed)
        except BaseException:
            _end(process)
            raise
    if process.returncode:
        tail = _tail(log)
        if "\n" in tail.strip():
            say(tail.strip())
        last_words = last_line(tail) or f"exit status {process.returncode}"
        raise NotThisWayError(f"{what} failed ({last_words})")


@dataclass
class _Pulse:
    """Says now and then that a program is at work, and its last words where they are new."""

    what: str
    log: Path
    say: Say
    every: float
    usual: float | None
    told: float = 0.0
    heard: str = ""

    def tell(self, elapsed: float) -> None:
        if elapsed - self.told < self.every:
            return
        words = last_line(_tail(self.log))
        news = f" ({words})" if words != self.heard else ""
        usual = "" if self.usual is None else f", of usually {self.usual:.0f}"
        self.say(f"{self.what}: {elapsed:.0f} s so far{usual}{news}")
        self.told, self.heard = elapsed, words


def _while_running(process: subprocess.Popen[bytes], every: float) -> Iterator[float]:
    """The seconds that have passed, said anew `every` so many until the process has ended."""
    started = time.monotonic()
    while True:
        try:
            process.wait(every)
        except subprocess.TimeoutExpired:
            yield time.monotonic() - started
        else:
            return


def _end(process: subprocess.Popen[bytes]) -> None:
    for number in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, number)
            process.wait(_GRACE)
        except ProcessLookupError:
            return
        except subprocess.TimeoutExpired:
            continue


def _holds_bytes(folder: Path) -> bool:
    with os.scandir(folder) as entries:
        return any(entry.stat().st_size for entry in entries if entry.is_file())


def _tail(log: Path) -> str:
    with log.open("rb") as output:
        output.seek(max(0, log.stat().st_size - _TAIL))
        return output.read().decode(errors="replace")
