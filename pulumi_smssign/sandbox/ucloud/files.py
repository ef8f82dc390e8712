"""Files as parameters: Base64 with a prefix before it that names the type, or without.

The page of UpdateUSMSSignature (seed 003) says `[file type];[code type],[base64]` and has bare
Base64 in its example; the vendor's acceptance scenario (2025-05) sends data URIs.
"""

from __future__ import annotations

import base64
import binascii
import re

from pydantic import JsonValue

from pulumi_smssign.sandbox.evidence import Evidence

_PREFIX = re.compile(r"(?P<scheme>data:)?[a-z]+/[a-z0-9.+-]+;base64,", re.IGNORECASE)
_LENIENT = str.maketrans({"-": "+", "_": "/", "\r": None, "\n": None, " ": None, "\t": None})


def decoded(text: str, *, documented: bool, lenient: bool) -> tuple[bytes, int]:
    """Give a file's content and the length of its Base64; `documented` takes one form only.

    Raises:
        ValueError: if it is written otherwise; the message goes after the parameter's name.
    """
    prefix = _PREFIX.match(text)
    if documented and (prefix is None or prefix["scheme"]):
        raise ValueError("is not in the form [file type];[code type],[base64]")
    encoded = text[prefix.end() :] if prefix else text
    try:
        content = base64.b64decode(
            (encoded.translate(_LENIENT) if lenient else encoded).encode("ascii"), validate=True
        )
    except (UnicodeEncodeError, binascii.Error) as error:
        raise ValueError("is not Base64") from error
    return content, len(encoded)


def digest(value: JsonValue) -> JsonValue:
    """Give what is remembered of a file that was sent, in whatever form."""
    if not isinstance(value, str):
        return True
    try:
        content, _ = decoded(value, documented=False, lenient=True)
    except ValueError:
        content = value.encode()
    return Evidence.of(content).summary()
