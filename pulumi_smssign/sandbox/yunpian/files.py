"""Files as fields of a form: Base64 behind a prefix, or the URL of one."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from pulumi_smssign.sandbox.evidence import Evidence

_QUAD = 4
LARGEST_SHOWN = 5 * 1024 * 1024
"""Bytes of a file whose content is kept while it is read."""

_PREFIX = re.compile(rb"data:[^,]{0,59},")


@dataclass(frozen=True)
class SentFile:
    """A file that was sent as Base64; `evidence` is None if it was none.

    `prefix` is its beginning `data:...,`, empty where there is none; `encoded_size` is the number
    of Base64 characters after it. `content` is empty where the file is larger than `LARGEST_SHOWN`.
    """

    prefix: str
    encoded_size: int
    evidence: Evidence | None
    content: bytes = field(default=b"", repr=False)


def sent_file(windows: Iterator[bytes]) -> SentFile:
    """Describe a file whose field comes decoded by windows."""
    first = next(windows, b"")
    match = _PREFIX.match(first)
    prefix = match[0] if match else b""
    digest = hashlib.sha256()
    head = b""
    kept: list[bytes] = []
    size = encoded_size = 0
    valid, padded = True, False
    for quads in _quads(first[len(prefix) :], windows):
        encoded_size += len(quads)
        valid = valid and not padded
        padded = quads.endswith(b"=")
        try:
            content = base64.b64decode(quads, validate=True) if valid else b""
        except binascii.Error:
            valid, content = False, b""
        head = head or content[:16]
        digest.update(content)
        size += len(content)
        if size <= LARGEST_SHOWN:
            kept.append(content)
        else:
            kept.clear()
    evidence = None
    if valid:
        evidence = Evidence(digest.hexdigest(), size, Evidence.of(head).media_type)
    shown = b"".join(kept) if evidence else b""
    return SentFile(prefix.decode(errors="replace"), encoded_size, evidence, shown)


def _quads(first: bytes, windows: Iterator[bytes]) -> Iterator[bytes]:
    """Cut windows anew, so that each piece but the last has a multiple of four characters."""
    rest = first
    for window in windows:
        whole = len(rest) - len(rest) % _QUAD
        if whole:
            yield rest[:whole]
        rest = rest[whole:] + window
    if rest:
        yield rest


def url_digest(url: str) -> Evidence:
    """Describe a URL, which may be a secret in itself: the digest of its text."""
    encoded = url.encode()
    return Evidence(hashlib.sha256(encoded).hexdigest(), len(encoded), "text/uri-list")
