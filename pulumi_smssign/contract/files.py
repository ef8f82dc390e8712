"""Regular files, opened without waiting: to open a pipe, or to read a device, may never end."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import BinaryIO

from pulumi_smssign.model.language import _


class NotRegularError(OSError):
    """The error of a path that is no regular file, such as a pipe."""

    def __init__(self) -> None:
        super().__init__(errno.EINVAL, _("it is not a regular file"))


def home() -> Path:
    """The folder where this package keeps files of the user's own, beside Pulumi's."""
    return Path(os.environ.get("PULUMI_HOME") or Path.home() / ".pulumi") / "smssign"


def opened(path: str | os.PathLike[str]) -> BinaryIO:
    """A regular file, opened to be read.

    Raises:
        OSError, ValueError: it can't be opened, or is none.
    """
    _must_be_regular(os.stat(path))  # noqa: PTH116 - Path("") is the folder, and no file
    return open(path, "rb", opener=_without_waiting)


def read_text(path: str | os.PathLike[str], longest: int) -> str:
    """The text of a regular file in UTF-8; of a longer one no more than `longest` bytes are read.

    Raises:
        OSError, ValueError: it can't be read, is longer, or is no text.
    """
    with opened(path) as stream:
        content = stream.read(longest + 1)
    if len(content) > longest:
        raise ValueError(_("it has more than {longest} bytes", longest=longest))
    return content.decode("utf-8")


def _without_waiting(path: str, flags: int) -> int:
    """Opener that doesn't wait for a pipe that has just taken a regular file's place."""
    descriptor = os.open(path, flags | getattr(os, "O_NONBLOCK", 0))
    try:
        _must_be_regular(os.fstat(descriptor))
    except OSError:
        os.close(descriptor)
        raise
    return descriptor


def _must_be_regular(status: os.stat_result) -> None:
    if stat.S_ISDIR(status.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if not stat.S_ISREG(status.st_mode):
        raise NotRegularError
