"""The form in a request's body, read without a copy of the files in it.

A body of Yunpian's largest application is some 120 MB of percent-encoded Base64: each file is
decoded by windows, digested and forgotten.
"""

from __future__ import annotations

import re
import urllib.parse
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from pulumi_smssign.sandbox.http_messages import HttpRequest
from pulumi_smssign.sandbox.yunpian.files import SentFile, sent_file

CONTENT_TYPE = "application/x-www-form-urlencoded"

_WINDOW = 1 << 18
_ESCAPES = ((b"%2B", b"+"), (b"%2F", b"/"), (b"%3D", b"="))
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,39}")
UNNAMED = "?"
"""Stands for a field's name that looks like none: what is no form may be anything."""


@dataclass(frozen=True)
class Form:
    """The fields of a form by name, each with all its values in their order.

    `others` are the names of fields that nobody asked for, whose values weren't read. A form is not
    `well_formed` if a text in it is not UTF-8.
    """

    texts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    uploads: Mapping[str, tuple[SentFile, ...]] = field(default_factory=dict)
    others: frozenset[str] = frozenset()
    well_formed: bool = True

    def text(self, name: str) -> str:
        """Give the first value of a field, empty where there is none."""
        return next(iter(self.texts.get(name, ())), "")

    def list(self, name: str) -> tuple[str, ...]:
        """Give the values of a repeatable field; empty ones count as not sent."""
        return tuple(text for text in self.texts.get(name, ()) if text)

    def files(self, name: str) -> tuple[SentFile, ...]:
        """Give the files in a field; empty ones count as not sent."""
        return tuple(
            upload
            for upload in self.uploads.get(name, ())
            if upload.prefix or upload.encoded_size or upload.evidence is None
        )

    def has(self, name: str) -> bool:
        """Tell whether a field was sent with a value."""
        return bool(self.list(name) or self.files(name))

    def without(self, names: frozenset[str]) -> Form:
        """Give the form without some of its fields."""
        return Form(
            {name: values for name, values in self.texts.items() if name not in names},
            {name: values for name, values in self.uploads.items() if name not in names},
            self.others,
            self.well_formed,
        )


def read(request: HttpRequest, texts: frozenset[str], files: frozenset[str]) -> Form:
    """Read the form of a request: the fields named in `texts`, and the digests of those in `files`.

    Never fails: what is no form has no fields.
    """
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type != CONTENT_TYPE:
        return Form()
    found_texts: defaultdict[str, list[str]] = defaultdict(list)
    found_files: defaultdict[str, list[SentFile]] = defaultdict(list)
    others: set[str] = set()
    well_formed = True
    for name, start, end in _fields(request.body):
        if name in files:
            found_files[name].append(sent_file(_windows(request.body, start, end)))
        elif name in texts:
            value = b"".join(_windows(request.body, start, end))
            text = value.decode(errors="replace")
            well_formed = well_formed and text.encode() == value
            found_texts[name].append(text)
        else:
            others.add(name if _NAME.fullmatch(name) else UNNAMED)
    return Form(
        {name: tuple(values) for name, values in found_texts.items()},
        {name: tuple(values) for name, values in found_files.items()},
        frozenset(others),
        well_formed,
    )


def _fields(body: bytes) -> Iterator[tuple[str, int, int]]:
    """Give the name of each field, and where its encoded value begins and ends."""
    start = 0
    while start < len(body):
        end = body.find(b"&", start)
        if end < 0:
            end = len(body)
        equals = body.find(b"=", start, end)
        name_end = end if equals < 0 else equals
        if end > start:
            name = urllib.parse.unquote_to_bytes(body[start : min(name_end, start + 256)])
            yield name.decode(errors="replace"), min(name_end + 1, end), end
        start = end + 1


def _windows(body: bytes, start: int, end: int) -> Iterator[bytes]:
    """Give `body[start:end]` decoded, by windows; no escape sequence is torn apart."""
    while start < end:
        stop = min(start + _WINDOW, end)
        if stop < end and (escape := body.rfind(b"%", stop - 2, stop)) > start:
            stop = escape
        window = body[start:stop].replace(b"+", b" ")
        for escaped, plain in _ESCAPES:
            window = window.replace(escaped, plain)
        yield urllib.parse.unquote_to_bytes(window) if b"%" in window else window
        start = stop


def bare(text: str) -> str:
    """Take one pair of brackets off a text that is in them."""
    return text[1:-1] if text.startswith("【") and text.endswith("】") else text
