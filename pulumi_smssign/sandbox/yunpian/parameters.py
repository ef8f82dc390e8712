"""The form in a request's body, with texts and files, the latter as Base64 behind a prefix."""

from __future__ import annotations

import re
import urllib.parse
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from pulumi_smssign.sandbox.evidence import Evidence, from_base64
from pulumi_smssign.sandbox.http_messages import HttpRequest

CONTENT_TYPE = "application/x-www-form-urlencoded"

_ESCAPES = ((b"%2B", b"+"), (b"%2F", b"/"), (b"%3D", b"="))
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,39}")
_PREFIX = re.compile(r"data:[^,]{0,59},")
UNNAMED = "?"
"""Stands for a field's name that looks like none: what is no form may be anything."""


@dataclass(frozen=True)
class SentFile:
    """A file that was sent as Base64; `evidence` is None if it was none.

    `prefix` is its beginning `data:...,`, empty where there is none.
    """

    prefix: str
    evidence: Evidence | None
    content: bytes = field(default=b"", repr=False)


@dataclass(frozen=True)
class Form:
    """The fields of a form by name, each with all its values in their order, but empty ones.

    `others` are the names of fields that nobody asked for, whose values weren't read. A form is not
    `well_formed` if a text in it is not UTF-8.
    """

    texts: Mapping[str, list[str]] = field(default_factory=dict)
    uploads: Mapping[str, list[SentFile]] = field(default_factory=dict)
    others: frozenset[str] = frozenset()
    well_formed: bool = True

    def text(self, name: str) -> str:
        """Give the first value of a field, empty where there is none."""
        return next(iter(self.values(name)), "")

    def values(self, name: str) -> list[str]:
        """Give the values of a repeatable field."""
        return self.texts.get(name, [])

    def files(self, name: str) -> list[SentFile]:
        """Give the files in a field."""
        return self.uploads.get(name, [])

    def has(self, name: str) -> bool:
        """Tell whether a field was sent with a value."""
        return bool(self.values(name) or self.files(name))


def read(request: HttpRequest, texts: frozenset[str], files: frozenset[str]) -> Form:
    """Read the form of a request: the fields named in `texts` and in `files`.

    Never fails: what is no form has no fields.
    """
    if request.media_type != CONTENT_TYPE:
        return Form()
    found_texts: defaultdict[str, list[str]] = defaultdict(list)
    found_files: defaultdict[str, list[SentFile]] = defaultdict(list)
    others: set[str] = set()
    well_formed = True
    for pair in filter(None, request.body.split(b"&")):
        encoded_name, _, encoded = pair.partition(b"=")
        name = _decoded(encoded_name[:256]).decode(errors="replace")
        if name not in texts and name not in files:
            others.add(name if _NAME.fullmatch(name) else UNNAMED)
            continue
        value = _decoded(encoded)
        text = value.decode(errors="replace")
        if text and name in files:
            found_files[name].append(_sent_file(text))
        elif text:
            well_formed = well_formed and text.encode() == value
            found_texts[name].append(text)
    return Form(dict(found_texts), dict(found_files), frozenset(others), well_formed)


def _decoded(encoded: bytes) -> bytes:
    """Decode a name or a value; what Base64 is full of is replaced first, since that is fast."""
    value = encoded.replace(b"+", b" ")
    for escaped, plain in _ESCAPES:
        value = value.replace(escaped, plain)
    return urllib.parse.unquote_to_bytes(value) if b"%" in value else value


def _sent_file(text: str) -> SentFile:
    match = _PREFIX.match(text)
    prefix = match[0] if match else ""
    try:
        content = from_base64(text.removeprefix(prefix))
    except ValueError:
        return SentFile(prefix, None)
    return SentFile(prefix, Evidence.of(content), content)


def url_digest(url: str) -> Evidence:
    """Describe a URL, which may be a secret in itself: the digest of its text."""
    digest = Evidence.of(url.encode())
    return Evidence(digest.sha256, digest.size, "text/uri-list")


def bare(text: str) -> str:
    """Take one pair of brackets off a text that is in them."""
    return text[1:-1] if text.startswith("【") and text.endswith("】") else text
