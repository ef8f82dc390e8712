"""Proof files: examined where the program runs, verified and read where they are sent.

The resource's constructor turns a path into a `Description`: plain properties that the engine can
keep and compare (assets break Python's dynamic providers). State holds no byte of a file.
This module is imported by programs, so it imports nothing heavy.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO, TypedDict

from pulumi_smssign.contract.file_types import HEAD, media_type
from pulumi_smssign.contract.files import NotRegularError, opened
from pulumi_smssign.model.language import _

LARGEST = 12 << 20
"""Bytes of the largest file that any vendor takes; of a larger one no more than that is read."""


class Description(TypedDict, total=False):
    """The description of a proof file in state: `size` in bytes, or the `problem` with reading it.

    `sha256` is "" of a file that is larger than any vendor takes.
    """

    path: str
    sha256: str
    media_type: str
    size: int
    problem: str


def describe(file: str | os.PathLike[str]) -> Description:
    """The description of a proof file.

    Never raises: a file that can't be read is described with its problem, and reported under its
    property with all other problems.
    """
    path = os.fsdecode(file)
    try:
        path.encode()
        with opened(path) as stream:
            return {"path": path, **_examined(stream)}
    except (OSError, ValueError) as error:
        readable = path.encode(errors="replace").decode()
        return {"path": readable, "problem": _why_unreadable(path, error)}


_examined_before: dict[tuple[int, ...], Description] = {}
"""Descriptions by a file's identity: a licence behind many signatures is examined once."""
_flaws_of: dict[str, tuple[str, ...]] = {}
"""Flaws of examined files by SHA-256; no part of a description, which is in state."""


def _examined(stream: BinaryIO) -> Description:
    """The description of an open file, without its path."""
    file = os.fstat(stream.fileno())
    # Its size and times too: a file that was written to meanwhile is examined again.
    identity = (file.st_dev, file.st_ino, file.st_size, file.st_mtime_ns, file.st_ctime_ns)
    if identity not in _examined_before:
        # A byte more than the largest: the file may grow while it is read.
        content = stream.read(HEAD if file.st_size > LARGEST else LARGEST + 1)
        size = max(file.st_size, len(content))
        is_taken = size <= LARGEST
        described: Description = {
            "sha256": hashlib.sha256(content).hexdigest() if is_taken else "",
            "media_type": media_type(content[:HEAD]),
            "size": len(content) if is_taken else size,
        }
        if is_taken:
            from pulumi_smssign.contract.scans import flaws  # a plugin examines no file

            _flaws_of[described["sha256"]] = flaws(content, described["media_type"])
        _examined_before[identity] = described
    return _examined_before[identity]


def flaws_of(description: Mapping[str, object]) -> tuple[str, ...]:
    """The flaws of a file that this process has described, as a picture of a paper."""
    return _flaws_of.get(str(description.get("sha256")), ())


def read(path: str, sha256: str, size: int) -> bytes:
    """The bytes of a proof file, if it is still the one described.

    Raises:
        EvidenceError: it can't be read, or its content is another one now.
    """
    from pulumi_smssign.model.errors import EvidenceError

    try:
        with opened(path) as stream:
            has_size = os.fstat(stream.fileno()).st_size == size
            content = stream.read(size + 1) if has_size else b""
    except (OSError, ValueError) as error:
        raise EvidenceError(
            _(
                "the proof file {path} {problem}",
                path=path,
                problem=_why_unreadable(path, error),
            ),
            advice=_("put the file back, or name another one, and run `pulumi up` again."),
        ) from None
    if not has_size or hashlib.sha256(content).hexdigest() != sha256:
        raise EvidenceError(
            _(
                "the proof file {path} has changed since the preview examined it; nothing was sent",
                path=path,
            ),
            advice=_("run `pulumi up` again, so that the preview shows what will be submitted."),
        )
    return content


def is_description(value: object) -> bool:
    """Whether a property's value describes a proof file."""
    return (
        isinstance(value, Mapping) and "path" in value and ("sha256" in value or "problem" in value)
    )


def _why_unreadable(path: str, error: OSError | ValueError) -> str:
    if isinstance(error, UnicodeError):
        return _("has a name that is no text in UTF-8")
    if isinstance(error, ValueError):
        return _("can't be a file: its path has a NUL character")
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        if Path(path).is_absolute():
            return _("does not exist")
        return _("does not exist in {folder}", folder=_folder())
    if isinstance(error, IsADirectoryError):
        return _("is a directory")
    if isinstance(error, NotRegularError):
        return _("is not a regular file")
    if isinstance(error, PermissionError):
        return _("may not be read")
    return _("can't be read ({why})", why=error.strerror or type(error).__name__)


def _folder() -> str:
    """The working directory, for a message about a relative path."""
    try:
        return os.getcwd().encode(errors="replace").decode()  # noqa: PTH109
    except OSError:
        return _("a folder that is gone")
