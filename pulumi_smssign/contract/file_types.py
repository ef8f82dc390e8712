"""Types of files by their first bytes: those that a vendor takes, and those that it gets instead.

A table of our own, and no library of file types: one of those calls JPEG 2000 a JPEG and knows no
pointer of Git LFS, and what is decided here is which handful of types a vendor's people can open.
"""

from __future__ import annotations

import re
from functools import cache

from pulumi_smssign.model.language import _, mark

UNRECOGNISED = "application/octet-stream"
HEAD = 1 << 16
"""Bytes at a file's beginning that tell what it is."""

_TYPES: tuple[tuple[bytes, str, str], ...] = (
    # what vendors take
    (rb"\x89PNG\r\n\x1a\n", "image/png", mark("a PNG picture")),
    (rb"\xff\xd8\xff(?!\xf7)", "image/jpeg", mark("a JPEG picture")),
    (rb"GIF8[79]a", "image/gif", mark("a GIF picture")),
    (rb"%PDF-", "application/pdf", mark("a PDF document")),
    # pictures that they don't
    (rb"\xff\xd8\xff", "image/jls", mark("a JPEG-LS picture: save it as PNG or JPEG")),
    (
        rb"\0\0\0\x0cjP(  |\x1a\x1a)\r\n\x87\n|\xff\x4f\xff\x51",
        "image/jp2",
        mark("a JPEG 2000 picture, which is no JPEG: save it as PNG or JPEG"),
    ),
    (
        rb"\xff\x0a|\0\0\0\x0cJXL \r\n\x87\n",
        "image/jxl",
        mark("a JPEG XL picture, which is no JPEG: save it as PNG or JPEG"),
    ),
    (rb"II\xbc", "image/jxr", mark("a JPEG XR picture, which is no JPEG: save it as PNG or JPEG")),
    (
        rb".{4}ftyp(.{4}){0,12}?avi[fs]",
        "image/avif",
        mark("an AVIF picture: save it as PNG or JPEG"),
    ),
    (
        rb".{4}ftyp(.{4}){0,12}?(hei[cmsx]|hev[cmsx]|mif1|msf1)",
        "image/heic",
        mark("a HEIC picture, as phones take them: save it as PNG or JPEG"),
    ),
    (rb".{4}ftyp", "video/mp4", mark("a video: take a picture")),
    (rb"RIFF.{4}WEBP", "image/webp", mark("a WebP picture: save it as PNG or JPEG")),
    (rb"II[*+]\0|MM\0[*+]", "image/tiff", mark("a TIFF picture: save it as PNG or JPEG")),
    (rb"BM.{4}\0{4}", "image/bmp", mark("a BMP picture: save it as PNG or JPEG")),
    (rb"\0\0\x01\0[^\0]\0", "image/x-icon", mark("an icon: save it as PNG or JPEG")),
    (
        rb"8BPS\0",
        "image/vnd.adobe.photoshop",
        mark("a Photoshop document: save it as PNG or JPEG"),
    ),
    # documents
    (
        rb"PK\x03\x04.*?OFD\.xml",
        "application/ofd",
        mark("an OFD document: save its page as a picture"),
    ),
    (
        rb"PK\x03\x04.*?(word|xl|ppt)/",
        "application/vnd.openxmlformats-officedocument",
        mark("a Word, Excel or PowerPoint document: save its page as a picture"),
    ),
    (rb"PK\x03\x04", "application/zip", mark("a ZIP archive: unpack it")),
    (rb"Rar!\x1a\x07", "application/vnd.rar", mark("a RAR archive: unpack it")),
    (
        rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "application/x-ole-storage",
        mark("an Office document: save its page as a picture"),
    ),
    (rb"%!PS", "application/postscript", mark("PostScript: save it as a picture")),
    # what stands where the file should be
    (
        rb"(\xef\xbb\xbf)?version https?://(git-lfs|hawser)\.github\.com/spec/",
        "text/x-git-lfs-pointer",
        mark("a pointer of Git LFS, which stands for the file: run `git lfs pull`"),
    ),
    (
        rb"\S*annex/objects/\S",
        "text/x-git-annex-pointer",
        mark("a pointer of git-annex, which stands for the file: run `git annex get`"),
    ),
    (
        rb"\0GITCRYPT\0",
        "application/x-git-crypt",
        mark("locked by git-crypt: run `git-crypt unlock`"),
    ),
    (
        rb"\$ANSIBLE_VAULT;|age-encryption\.org/|-----BEGIN (PGP MESSAGE|AGE ENCRYPTED FILE)-----",
        "application/x-encrypted",
        mark("an encrypted file: decrypt it before the run"),
    ),
    (
        rb"\0\x05\x16\x07",
        "application/applefile",
        mark("a Mac's ._ file, beside the file that is meant"),
    ),
    (rb"L\0\0\0\x01\x14\x02\0", "application/x-ms-shortcut", mark("a shortcut to another file")),
    (
        rb"(\x89|\xef\xbf\xbd)PNG[\r\n]+\x1a",
        "image/x-damaged-png",
        mark("a damaged PNG: something on its way took it for text, such as Git's autocrlf"),
    ),
    (
        rb"(\xef\xbf\xbd){3}",
        "image/x-damaged",
        mark("a damaged picture: something on its way took it for text"),
    ),
    (
        rb"\s*(data:[\w/+.-]+;base64,|iVBORw0KGgo|/9j/|R0lGOD|JVBERi0)",
        "text/x-base64",
        mark("the file in Base64: write the file itself"),
    ),
    # last: a PDF may have anything before it, and a drawing a declaration
    (
        rb"(?i:\s*(<!doctype html|<html))",
        "text/html",
        mark("an HTML page: was a download refused?"),
    ),
    (
        rb"\s*(<\?xml[^>]*>\s*)?(<!--.{0,999}?-->\s*){0,2}<svg",
        "image/svg+xml",
        mark("an SVG drawing: save it as PNG"),
    ),
    (rb".{1,1019}?%PDF-", "application/pdf", mark("a PDF document")),
)
"""Pattern of the beginning, media type, and how a message calls it and what to do; first match.

Sources: the formats' own descriptions; a PDF's header may stand anywhere in its first 1024 bytes,
as readers take it (appendix H of Adobe's PDF reference 1.7).
"""


STAND_INS = frozenset(
    {"text/x-git-lfs-pointer", "text/x-git-annex-pointer", "application/x-git-crypt"}
)
"""What a version control leaves in a file's place."""


def media_type(head: bytes) -> str:
    """The media type of a file that begins so."""
    return next((kind for pattern, kind in _patterns() if pattern.match(head)), UNRECOGNISED)


def named(media_type: str) -> str:
    """The name of a file type in a message; "" where nobody knows it."""
    names = {kind: name for _pattern, kind, name in _TYPES}
    if media_type in names:
        return _(names[media_type])
    return "" if media_type == UNRECOGNISED else media_type


@cache
def _patterns() -> tuple[tuple[re.Pattern[bytes], str], ...]:
    return tuple((re.compile(pattern, re.DOTALL), kind) for pattern, kind, _name in _TYPES)
