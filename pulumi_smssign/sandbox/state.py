"""The state file: what a sandbox remembers over a restart, without files and personal values."""

from __future__ import annotations

import contextlib
import glob
import os
import stat
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from filelock import FileLock, Timeout
from pydantic import TypeAdapter, ValidationError

from pulumi_smssign.sandbox.desk import DeskState
from pulumi_smssign.sandbox.messages import MessageError, mark
from pulumi_smssign.sandbox.switches import Setting


class StateFileError(MessageError):
    """The state file can't be read or written; the message names it and says what to do."""


@dataclass(frozen=True)
class SandboxState:
    """The desk and the switches that were set."""

    desk: DeskState = field(default_factory=DeskState)
    switches: Mapping[str, Setting] = field(default_factory=dict)
    version: Literal[1] = 1


_DRAFT = ".draft"
_STATE = TypeAdapter(SandboxState)


class StateFile:
    """A JSON file, replaced as a whole at every change, and then readable by its owner only.

    A link to it stays a link; only a regular file is ever replaced.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def load(self) -> SandboxState | None:
        """Read the file; None if there is none yet, or an empty one.

        Raises:
            StateFileError: if it can't be read or holds something else.
        """
        try:
            if not stat.S_ISREG(self.path.stat().st_mode):
                raise StateFileError(
                    mark("can't read the state file {path}: it is not a regular file"),
                    path=self.path,
                )
            content = self.path.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise StateFileError(
                mark("can't read the state file {path}: {reason}"),
                path=self.path,
                reason=error.strerror,
            ) from error
        if not content.strip():
            return None
        try:
            return _STATE.validate_json(content)
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(str(step) for step in first["loc"]) or "the document"
            raise self.damaged(f"{where}: {first['msg']}") from error

    @contextlib.contextmanager
    def held(self) -> Iterator[None]:
        """Hold the file against another sandbox, and clear what a killed one has left beside it.

        Raises:
            StateFileError: another one holds it.
        """
        target = Path(os.path.realpath(self.path))
        lock = FileLock(target.with_name(f".{target.name}.lock"), mode=0o600, timeout=0)
        try:
            lock.acquire()
        except Timeout:
            raise StateFileError(
                mark(
                    "another sandbox uses the state file {path}: end that one, or give this one a "
                    "file of its own with --state"
                ),
                path=self.path,
            ) from None
        except OSError as error:
            raise StateFileError(
                mark("can't lock the state file {path}: {reason}"),
                path=self.path,
                reason=error.strerror,
            ) from error
        try:
            for draft in target.parent.glob(f".{glob.escape(target.name)}.*{_DRAFT}"):
                draft.unlink(missing_ok=True)
            yield
        finally:
            lock.release()

    def damaged(self, flaw: str) -> StateFileError:
        """The error about a damaged file: how it is damaged, and what to do."""
        return StateFileError(
            mark(
                "the state file {path} is damaged ({flaw}); restore it, or move it away to begin "
                "with an empty desk"
            ),
            path=self.path,
            flaw=flaw,
        )

    def save(self, state: SandboxState) -> None:
        """Replace the file by `state`; a reader sees the old one or the new one, never a part.

        Raises:
            StateFileError: if it can't be written.
        """
        try:
            target = Path(os.path.realpath(self.path))
            descriptor, name = tempfile.mkstemp(_DRAFT, f".{target.name}.", target.parent)
            temporary = Path(name)
            try:
                with os.fdopen(descriptor, "wb") as file:
                    file.write(_STATE.dump_json(state, indent=1))
                temporary.replace(target)
            except BaseException:
                temporary.unlink(missing_ok=True)
                raise
        except OSError as error:
            raise StateFileError(
                mark("can't write the state file {path}: {reason}"),
                path=self.path,
                reason=error.strerror,
            ) from error
