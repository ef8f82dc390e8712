"""The body of a call: a form of up to 120 MB, of which no more than one file is ever in memory.

The body can be gone through again and again: once to know its size, and once for every attempt to
send it. Texts are percent-encoded in UTF-8 as browsers and the official SDKs do it (a space is a
plus sign); several values of a field are the field several times.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import quote_plus

from pulumi_smssign.contract.application import Evidence

_AT_ONCE = 3 * (1 << 16)
"""Bytes of a file that are encoded at once; a multiple of 3, so that only the last are padded."""


@dataclass(frozen=True)
class EncodedFile:
    """A proof file as the value of a field: its prefix and then its bytes in Base64."""

    file: Evidence
    prefix: str = ""


Field = tuple[str, str | EncodedFile]


class Form:
    """A percent-encoded form as a stream of bytes that can be begun anew.

    Going through it raises `EvidenceError` when a file is no longer the one that was examined.
    """

    def __init__(self, fields: Sequence[Field]) -> None:
        self._fields = tuple(fields)

    def __iter__(self) -> Iterator[bytes]:
        separator = ""
        for name, value in self._fields:
            text = value.prefix if isinstance(value, EncodedFile) else value
            yield f"{separator}{name}={quote_plus(text)}".encode()
            if isinstance(value, EncodedFile):
                yield from _encoded(value.file)
            separator = "&"

    @property
    def size(self) -> int:
        """The bytes of the whole body; encodes all of it."""
        return sum(map(len, self))


def _encoded(file: Evidence) -> Iterator[bytes]:
    """A file's bytes in Base64, percent-encoded, piece by piece."""
    content = memoryview(file.read())
    for start in range(0, len(content), _AT_ONCE):
        encoded = base64.b64encode(content[start : start + _AT_ONCE])
        yield encoded.replace(b"+", b"%2B").replace(b"/", b"%2F").replace(b"=", b"%3D")
