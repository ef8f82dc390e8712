"""Text that clients send, taken only if it can be written again: JSON and forms.

A lone surrogate, NaN or a nesting without end can be read and not written: once at the desk, no
answer that tells of it could be given any more, and the state file not be saved.
"""

from __future__ import annotations

import math
import urllib.parse

from pydantic import JsonValue
from pydantic_core import from_json

DEEPEST = 64
"""Arrays and objects within each other that are taken; no vendor's call has more than 6."""


def read_json(content: bytes | str) -> JsonValue:
    """Read JSON in UTF-8, nested up to `DEEPEST`, its numbers finite.

    Raises:
        ValueError: if it is anything else; the message says what.
    """
    document: JsonValue = from_json(content, allow_inf_nan=False)
    _check(document, DEEPEST)
    return document


def read_object(content: bytes) -> dict[str, JsonValue] | None:
    """Read a JSON object, as `read_json` does; None if it is none."""
    try:
        document = read_json(content)
    except ValueError:
        return None
    return document if isinstance(document, dict) else None


def read_form(form: str) -> list[tuple[str, str]]:
    """Read the pairs of a form or a query, blank values too.

    Raises:
        ValueError: if what was percent-encoded isn't UTF-8.
    """
    return urllib.parse.parse_qsl(form, keep_blank_values=True, errors="strict")


def _check(value: JsonValue, depth: int) -> None:
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError("a number is too large")
    if not isinstance(value, dict | list):
        return
    if not depth:
        raise ValueError(f"more than {DEEPEST} arrays and objects within each other")
    for each in value.values() if isinstance(value, dict) else value:
        _check(each, depth - 1)
