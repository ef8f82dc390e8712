"""Files of this package on this machine: written as a whole, read with suspicion, and locks."""

from __future__ import annotations

import contextlib
import json
import os
import stat
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pulumi_smssign.contract import files as contract_files
from pulumi_smssign.contract import lifeline
from pulumi_smssign.contract.files import read_text
from pulumi_smssign.model.language import _

_OTHERS_WRITE = stat.S_IWGRP | stat.S_IWOTH
_TURN = 0.5
_LARGEST = 1 << 20
"""Bytes of a file of ours; a pipe or a device in its place is not read at all."""


def home() -> Path:
    """The folder where this package keeps files of the user's own, beside Pulumi's."""
    return contract_files.home()


def write(file: Path, content: Mapping[str, object]) -> None:
    """Write a JSON file as a whole, for the user alone; it is on the disk when this returns.

    Raises:
        OSError: that can't be done; a file that was there before is as it was.
    """
    _make_private(file.parent)
    # Beside the file: only within one file system is a rename a single step.
    handle, draft = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            json.dump(content, stream, ensure_ascii=False)
            stream.flush()
            os.fsync(stream.fileno())
        Path(draft).replace(file)
        # Else the content may be on the disk, and its name not.
        _sync(file.parent)
    except BaseException:
        remove(Path(draft))
        raise


def read(file: Path) -> dict[str, Any]:
    """The object in a JSON file; empty when it can't be read or is no object."""
    try:
        content = json.loads(read_text(file, _LARGEST))
    except (OSError, ValueError, RecursionError):
        return {}
    return content if isinstance(content, dict) else {}


def remove(file: Path) -> None:
    """Remove a file, if it is there and can be removed."""
    with contextlib.suppress(OSError):
        file.unlink()


def files(folder: Path) -> tuple[Path, ...]:
    """The files of a folder in the order of their names; none where it can't be read."""
    try:
        return tuple(sorted(each for each in folder.iterdir() if not each.name.startswith(".")))
    except OSError:
        return ()


@contextlib.contextmanager
def lock(folder: Path, key: str) -> Iterator[None]:
    """A lock among this user's processes and threads on this machine, for one key.

    Without effect where no lock can be had. Keys with the same first two digits share one, so that
    the files stay few.

    Raises:
        InterruptedRunError: the run was ended while it waited for its turn.
    """
    from filelock import FileLock, Timeout

    file = folder / f"{key[:2]}.lock"
    # No soft lock: that is a file, which a killed process would leave locked.
    held = FileLock(file, mode=0o600, thread_local=False, fallback_to_soft=False)
    with contextlib.ExitStack() as stack:
        try:
            _make_private(folder)
            # In short turns, so that Ctrl-C ends it.
            while not held.is_locked:
                lifeline.must_go_on(_("its turn to submit"))
                with contextlib.suppress(Timeout):
                    stack.enter_context(held.acquire(timeout=_TURN, poll_interval=_TURN / 5))
        # The lock is one guard of several; without it twins and the journal still are.
        except (OSError, NotImplementedError):
            pass
        yield


def _make_private(folder: Path) -> None:
    """Make a folder and those above it that are missing, for the user alone whatever the umask."""
    # `parents=True` gives those above the umask's mode; who can write there can swap what is below.
    for each in (*reversed(folder.parents), folder):
        if not each.is_dir():
            each.mkdir(mode=0o700, exist_ok=True)
    for each in (folder.parent, folder):
        if each.name and each.stat().st_mode & _OTHERS_WRITE and each.is_relative_to(home()):
            each.chmod(0o700)  # made by a version that left it to the umask


def _sync(folder: Path) -> None:
    """Have a folder's list of names on the disk, where the system can do that."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
