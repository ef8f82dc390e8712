"""The record of a file that was handed in: enough to compare it, nothing to look at."""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import JsonValue

from pulumi_smssign.sandbox.http_messages import Document

_MAGIC_BYTES: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"%PDF-", "application/pdf"),
)
_PDF_WITHIN = 1024
"""Bytes in which readers look for a PDF's header: it need not be the first thing in the file."""
_UNKNOWN = "application/octet-stream"


@dataclass(frozen=True)
class Evidence:
    """One received file: hex SHA-256 and size (bytes) of its content, and its type by content."""

    sha256: str
    size: int
    media_type: str

    @classmethod
    def of(cls, content: bytes) -> Evidence:
        """Describe `content`, which is not kept."""
        unknown = "application/pdf" if b"%PDF-" in content[:_PDF_WITHIN] else _UNKNOWN
        media_type = next(
            (name for start, name in _MAGIC_BYTES if content.startswith(start)), unknown
        )
        return cls(hashlib.sha256(content).hexdigest(), len(content), media_type)

    def summary(self) -> Document:
        """Give it as the record of a call has it."""
        return {"sha256": self.sha256, "size": self.size, "media_type": self.media_type}


@dataclass(frozen=True)
class Upload:
    """A file that was handed in by itself: when (Unix seconds), and what the vendor tells of it."""

    vendor: str
    account: str
    id: str
    at: float
    evidence: Evidence
    fields: Mapping[str, JsonValue]


def from_base64(text: str) -> bytes:
    """Decode Base64 of the standard alphabet, without white space and without a prefix.

    Raises:
        ValueError: if it is none.
    """
    try:
        return base64.b64decode(text.encode("ascii"), validate=True)
    except (UnicodeEncodeError, binascii.Error) as error:
        raise ValueError("no Base64") from error


def digest(text: str) -> Document:
    """Give what is remembered of a file that was sent as Base64, also of what is none."""
    try:
        content = from_base64(text)
    except ValueError:
        content = text.encode()
    return Evidence.of(content).summary()
