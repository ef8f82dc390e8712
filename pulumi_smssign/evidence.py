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
from typing import TypedDict

import pulumi
import puremagic

from pulumi_smssign.errors import EvidenceError

EvidenceFile = str | os.PathLike[str] | pulumi.FileAsset
"""How a program names a proof file: a path, relative to the program, or a `pulumi.FileAsset`."""

UNRECOGNISED = "application/octet-stream"
_CHUNK = 1 << 20


class Description(TypedDict, total=False):
    """What state holds of a proof file: `size` in bytes, or the `problem` with reading it."""

    path: str
    sha256: str
    media_type: str
    size: int
    problem: str


def describe(file: EvidenceFile) -> Description:
    """The description of a proof file.

    Never raises: a file that can't be read is described with its problem, and reported under its
    property with all other problems.
    """
    path = os.fspath(file.path) if isinstance(file, pulumi.FileAsset) else os.fspath(file)
    try:
        with Path(path).open("rb") as stream:
            digest = hashlib.sha256()
            head = stream.read(_CHUNK)
            size = 0
            chunk = head
            while chunk:
                digest.update(chunk)
                size += len(chunk)
                chunk = stream.read(_CHUNK)
    except OSError as error:
        return {"path": path, "problem": _why_unreadable(error)}
    return {
        "path": path,
        "sha256": digest.hexdigest(),
        "media_type": _media_type(head),
        "size": size,
    }


def read(path: str, sha256: str) -> bytes:
    """The bytes of a proof file that is still the one described.

    Raises:
        EvidenceError: it can't be read, or its content is another one now.
    """
    try:
        content = Path(path).read_bytes()
    except OSError as error:
        raise EvidenceError(
            f"the proof file {path} {_why_unreadable(error)}",
            advice="put the file back, or name another one, and run `pulumi up` again.",
        ) from None
    if hashlib.sha256(content).hexdigest() != sha256:
        raise changed(path)
    return content


def changed(path: str) -> EvidenceError:
    """The error of a proof file that is not the one that was examined."""
    return EvidenceError(
        f"the proof file {path} has changed since the preview examined it; nothing was sent",
        advice="run `pulumi up` again, so that the preview shows what will be submitted.",
    )


def is_description(value: object) -> bool:
    """Whether a property's value describes a proof file."""
    return (
        isinstance(value, Mapping) and "path" in value and ("sha256" in value or "problem" in value)
    )


def _media_type(head: bytes) -> str:
    if not head:
        return UNRECOGNISED
    try:
        return str(puremagic.from_string(head, mime=True)) or UNRECOGNISED
    except (puremagic.PureError, ValueError):
        return UNRECOGNISED


def _why_unreadable(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "does not exist"
    if isinstance(error, IsADirectoryError):
        return "is a directory"
    if isinstance(error, PermissionError):
        return "may not be read"
    return f"can't be read ({error.strerror or type(error).__name__})"
