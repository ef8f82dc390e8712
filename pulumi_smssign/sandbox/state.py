"""The state file: what a sandbox remembers over a restart, without files and personal values.

It has a JSON document, whose last line is `}`, and after that a line for each change since. So a
change costs the same however much is held, and a save that was killed is known by its missing end.
"""

from __future__ import annotations

import contextlib
import errno
import glob
import os
import stat
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from filelock import FileLock, Timeout
from pydantic import TypeAdapter, ValidationError

from pulumi_smssign.sandbox.desk import DeskState, Key, Signature
from pulumi_smssign.sandbox.evidence import Upload
from pulumi_smssign.sandbox.messages import MessageError
from pulumi_smssign.sandbox.switches import Setting


class StateFileError(MessageError):
    """The state file can't be read or written; the message names it and says what to do."""


@dataclass(frozen=True)
class SandboxState:
    """The desk and the switches that were set."""

    desk: DeskState = field(default_factory=DeskState)
    switches: Mapping[str, Setting] = field(default_factory=dict)
    version: Literal[1] = 1


LONGEST = 64 * 1024 * 1024
"""Bytes of the changes in a file; with one more it is replaced by a document without any."""

_DRAFT = ".draft"
_END = b"\n}\n"
_STATE = TypeAdapter(SandboxState)


class StateFile:
    """The file, readable by its owner only.

    It is replaced as a whole at the start and at the end, and where it isn't as it was left. A link
    to it stays a link; only a regular file is ever replaced.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._left = (0, 0)
        self._most = 0

    def load(self) -> SandboxState | None:
        """Read the file; None if there is none yet, or an empty one.

        Raises:
            StateFileError: if it can't be read or holds something else.
        """
        try:
            if not stat.S_ISREG(self.path.stat().st_mode):
                raise StateFileError(
                    "can't read the state file {path}: it is not a regular file",
                    path=self.path,
                )
            content = self.path.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise StateFileError(
                "can't read the state file {path}: {reason}",
                path=self.path,
                reason=error.strerror,
            ) from error
        if not content.strip():
            return None
        document, end, changes = content.partition(_END)
        try:
            state = _STATE.validate_json(document + end)
            # After the last line's end there is nothing, or a save that was killed unanswered.
            lines = changes.split(b"\n")[:-1]
            return _changed(state, [_STATE.validate_json(line) for line in lines])
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(str(step) for step in first["loc"]) or "the document"
            raise self.damaged(f"{where}: {first['msg']}") from error

    @contextlib.contextmanager
    def held(self, state: Callable[[], SandboxState]) -> Iterator[None]:
        """Hold the file against another sandbox, and clear what a killed one has left beside it.

        In the end it is one document with the `state` then, as older versions read it.

        Raises:
            StateFileError: another one holds it.
        """
        target = Path(os.path.realpath(self.path))
        lock = FileLock(target.with_name(f".{target.name}.lock"), mode=0o600, timeout=0)
        try:
            lock.acquire()
        except Timeout:
            raise StateFileError(
                "another sandbox uses the state file {path}: end that one, or give this one a "
                "file of its own with --state",
                path=self.path,
            ) from None
        except OSError as error:
            raise StateFileError(
                "can't lock the state file {path}: {reason}",
                path=self.path,
                reason=error.strerror,
            ) from error
        try:
            for draft in target.parent.glob(f".{glob.escape(target.name)}.*{_DRAFT}"):
                draft.unlink(missing_ok=True)
            yield
            with contextlib.suppress(StateFileError):  # then the changes stay as they are
                self.save(state())
        finally:
            lock.release()

    def damaged(self, flaw: str) -> StateFileError:
        """The error about a damaged file: how it is damaged, and what to do."""
        return StateFileError(
            "the state file {path} is damaged ({flaw}); restore it, or move it away to begin "
            "with an empty desk",
            path=self.path,
            flaw=flaw,
        )

    def save(self, state: SandboxState) -> None:
        """Replace the file by `state`; a reader sees the old one or the new one, never a part.

        Raises:
            StateFileError: if it can't be written.
        """
        with self._writing():
            target = Path(os.path.realpath(self.path))
            descriptor, name = tempfile.mkstemp(_DRAFT, f".{target.name}.", target.parent)
            temporary = Path(name)
            try:
                with os.fdopen(descriptor, "wb") as file:
                    file.write(_STATE.dump_json(state, indent=1) + b"\n")
                temporary.replace(target)
            except BaseException:
                temporary.unlink(missing_ok=True)
                raise
            self._left = _mark(target)
            self._most = self._left[1] + LONGEST

    def add(self, change: SandboxState, state: Callable[[], SandboxState]) -> None:
        """Add a line with a `change`, or save all of the `state` if it can't be added.

        Raises:
            StateFileError: if it can't be written; then it is not in the file.
        """
        line = _STATE.dump_json(change) + b"\n"
        with self._writing():
            if self._left[1] + len(line) > self._most or _mark(self.path) != self._left:
                self.save(state())
                return
            number, size = self._left
            with self.path.open("r+b", buffering=0) as file:
                file.seek(size)
                try:
                    if file.write(line) < len(line):
                        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
                except OSError:
                    file.truncate(size)
                    raise
            self._left = (number, size + len(line))

    @contextlib.contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise StateFileError(
                "can't write the state file {path}: {reason}",
                path=self.path,
                reason=error.strerror,
            ) from error


def _mark(path: Path) -> tuple[int, int]:
    """Give what tells a file from another and from its own past; zeros where there is none."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return 0, 0
    return found.st_ino, found.st_size


def _changed(state: SandboxState, changes: list[SandboxState]) -> SandboxState:
    """Give what a state has become by changes."""
    if not changes:
        return state
    signatures: dict[Key, Signature] = {}
    uploads: dict[Key, Upload] = {}
    for each in (state, *changes):
        for key in each.desk.removed:
            signatures.pop(key, None)
            uploads.pop(key, None)
        signatures.update({(item.vendor, item.id): item for item in each.desk.signatures})
        uploads.update({(item.vendor, item.id): item for item in each.desk.uploads})
    desk = DeskState(
        # One that has changed its id has the place that it had before.
        tuple(sorted(signatures.values(), key=lambda each: each.created_at)),
        tuple(uploads.values()),
        changes[-1].desk.numbers,
        changes[-1].desk.review,
    )
    return SandboxState(desk, changes[-1].switches)
