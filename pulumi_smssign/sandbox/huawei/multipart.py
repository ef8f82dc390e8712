"""Reading `multipart/form-data` (RFC 7578), as far as an upload of raw bytes needs it."""

from __future__ import annotations

import re
import urllib.parse
from dataclasses import dataclass

_BOUNDARY = re.compile(r'boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))', re.IGNORECASE)
_NAME = re.compile(rb'[;\s]name="([^"]*)"')
_FILE_NAME = re.compile(rb'[;\s]filename="([^"]*)"')
_EXTENDED_FILE_NAME = re.compile(rb"[;\s]filename\*=utf-8''([^;\s]*)", re.IGNORECASE)


@dataclass(frozen=True)
class Part:
    """One part; `file_name` is None where the part doesn't give one."""

    name: str
    file_name: str | None
    content: bytes


def parts_of(content_type: str, body: bytes) -> list[Part]:
    """Give the parts of a form.

    Raises:
        ValueError: if it isn't one, or has no end, or a name in it is not UTF-8.
    """
    match = _BOUNDARY.search(content_type)
    if match is None or not content_type.lower().startswith("multipart/form-data"):
        raise ValueError("no multipart/form-data with a boundary")
    boundary = re.escape((match[1] or match[2]).encode("latin-1"))
    _, *pieces = re.split(rb"\r\n--" + boundary + rb"(?=--|[ \t]*\r\n)", b"\r\n" + body)
    if not pieces or not pieces.pop().startswith(b"--"):
        raise ValueError("no closing boundary")
    return [_part(piece) for piece in pieces]


def _part(piece: bytes) -> Part:
    head, separator, content = piece.lstrip(b" \t").partition(b"\r\n\r\n")
    if not separator or not head.startswith(b"\r\n"):
        raise ValueError("a part without headers")
    disposition = next(
        (line for line in head.split(b"\r\n") if line.lower().startswith(b"content-disposition:")),
        b"",
    )
    name = _NAME.search(disposition)
    if name is None:
        raise ValueError("a part without a name")
    return Part(_text(name[1]), _file_name(disposition), content)


def _file_name(disposition: bytes) -> str | None:
    extended = _EXTENDED_FILE_NAME.search(disposition)
    if extended is not None:
        return _text(urllib.parse.unquote_to_bytes(extended[1]))
    plain = _FILE_NAME.search(disposition)
    return None if plain is None else _text(plain[1])


def _text(content: bytes) -> str:
    return content.decode()
