"""One run of Pulumi's command, and the folder in which its processes leave notes for each other.

`pulumi up` previews in one plugin process and acts in another; both are children of the command,
so the command's process names the run. The program is a third process, which can tell the plugin
only what it puts into properties; it shares with it the address of the engine. Folders of runs
that are over are removed by whoever comes next. Nothing secret is kept here, and what can't be
written or read is as if it had never been.
"""

from __future__ import annotations

import contextlib
import functools
import json
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import psutil


_NO_COMMAND = ("pulumi-language-", "pulumi-resource-", "pulumi-analyzer-")
_STALE = 24 * 3600.0
MARKS_LAST = 14 * 24 * 3600.0
"""Seconds for which the mark of a write is kept."""
_TURN = 0.5


def home() -> Path:
    """Where this package keeps files of the user's own, beside Pulumi's."""
    return Path(os.environ.get("PULUMI_HOME") or Path.home() / ".pulumi") / "smssign"


@functools.cache
def command() -> psutil.Process | None:
    """The process of the `pulumi` command that this process works for, or None."""
    import psutil

    with contextlib.suppress(psutil.Error):
        ancestors = psutil.Process().parents()
        return next(filter(_is_command, ancestors), None)
    return None


_PARTIAL = frozenset({"--target", "-t", "--exclude", "-x"})
_WITHOUT_PROGRAM = frozenset({"refresh", "destroy", "down", "dn"})
_WITH_PROGRAM = frozenset({"--run-program"})


def is_partial() -> bool:
    """Whether the command leaves out resources of the program; False where nobody can tell."""
    return not _PARTIAL.isdisjoint(_words())


def has_old_configuration() -> bool:
    """Whether the engine takes the configuration as of the last `up` from state.

    It does for a refresh and a destroy that don't run the program (seen with 3.250). False where
    nobody can tell.
    """
    words = _words()
    return not _WITHOUT_PROGRAM.isdisjoint(words) and _WITH_PROGRAM.isdisjoint(words)


def _words() -> frozenset[str]:
    """The command's words and flags, without the flags' values."""
    import psutil

    process = command()
    with contextlib.suppress(psutil.Error):
        if process is not None:
            return frozenset(one.partition("=")[0] for one in process.cmdline())
    return frozenset()


@contextlib.contextmanager
def alone(what: str) -> Iterator[None]:
    """Be the only one who does something, of all this user's processes and threads here.

    Without effect where no lock can be had.

    Args:
        what: a digest of what is done; those with the same first two digits share a lock.

    Raises:
        InterruptedRunError: the run was ended while another one did it.
    """
    from filelock import FileLock, Timeout

    from pulumi_smssign import lifeline

    file = home() / "locks" / f"{what[:2]}.lock"
    lock = FileLock(file, mode=0o600, thread_local=False, fallback_to_soft=False)
    with contextlib.ExitStack() as held:
        try:
            file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            while not lock.is_locked:
                lifeline.must_go_on("it was this run's turn")
                with contextlib.suppress(Timeout):
                    held.enter_context(lock.acquire(timeout=_TURN, poll_interval=_TURN / 5))
        except (OSError, NotImplementedError):
            pass
        yield


@functools.cache
def folder() -> Path | None:
    """The folder of this run; None where the command's process can't be told."""
    process = command()
    if process is None:
        return None
    return home() / "runs" / f"{process.pid}-{process.create_time():.2f}"


def declared_by(engine: str) -> Path:
    """The file in which the program that talks to this engine says what it declares."""
    return home() / "declared" / f"{engine.rpartition(':')[2]}.json"


def write(file: Path, content: object, *, durable: bool = False) -> None:
    """Write a file as a whole, for the user alone; without effect where that can't be done.

    With `durable` it is on the disk when this returns.
    """
    with contextlib.suppress(OSError):
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        replace(file, json.dumps(content, ensure_ascii=False), durable=durable)


def replace(file: Path, text: str, *, durable: bool = False) -> None:
    """Put a file with this text in the place of another in one step, for the user alone.

    Raises:
        OSError: that can't be done; the other is as it was.
    """
    handle, draft = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            stream.write(text)
            stream.flush()
            if durable:
                os.fsync(stream.fileno())
        Path(draft).replace(file)
        if durable:
            _sync(file.parent)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(draft).unlink()
        raise


def _sync(folder: Path) -> None:
    """Have a folder's list of names on the disk, where the system can do that."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def read(file: Path) -> dict[str, Any]:
    """What a file of `write` says; empty when it can't be read or is no object."""
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return content if isinstance(content, dict) else {}


def tidy() -> None:
    """Remove what runs that are over have left behind."""
    import psutil

    for each in _entries(home() / "runs"):
        pid, _, created = each.name.partition("-")
        try:
            alive = f"{psutil.Process(int(pid)).create_time():.2f}" == created
        except (psutil.Error, ValueError):
            alive = False
        if not alive:
            shutil.rmtree(each, ignore_errors=True)
    for folder, lasts in (("declared", _STALE), ("marks", MARKS_LAST)):
        for each in _entries(home() / folder):
            with contextlib.suppress(OSError):
                if time.time() - each.stat().st_mtime > lasts:
                    each.unlink()


def _entries(parent: Path) -> list[Path]:
    try:
        return list(parent.iterdir())
    except OSError:
        return []


def _is_command(process: psutil.Process) -> bool:
    import psutil

    try:
        name = Path(process.exe()).name
    except psutil.Error:
        return False
    return name.startswith("pulumi") and not name.startswith(_NO_COMMAND)
