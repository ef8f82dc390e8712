"""Images as parameters: bare Base64, without a prefix before it."""

from __future__ import annotations

import base64
import binascii

from pulumi_smssign.sandbox.evidence import Evidence
from pulumi_smssign.sandbox.http_messages import Document

_LENIENT = str.maketrans({"-": "+", "_": "/", "\r": None, "\n": None, " ": None, "\t": None})


def decoded(text: str, *, lenient: bool) -> bytes:
    """Decode Base64 without a data-URI prefix.

    Raises:
        ValueError: if it is none.
    """
    plain = text.translate(_LENIENT) if lenient else text
    try:
        return base64.b64decode(plain.encode("ascii"), validate=True)
    except (UnicodeEncodeError, binascii.Error) as error:
        raise ValueError("no Base64") from error


def digest(text: str) -> Document:
    """Give what is remembered of an image that was sent, also of what is none."""
    try:
        content = decoded(text, lenient=True)
    except ValueError:
        content = text.encode()
    return Evidence.of(content).summary()
