"""What must never be shown: values that were given in confidence, wherever they come back.

Credentials and personal data are registered when they are first held; every text that a user may
read passes through `hide`, and what a vendor says through `quote`, since vendors echo what they
were sent.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable

HIDDEN = "[secret]"
_SHORTEST = 2
_LONGEST_QUOTE = 600
_ENCODED = re.compile(r"[A-Za-z0-9+/_-]{64,}={0,2}")

_lock = threading.Lock()
_confidential: set[str] = set()


def keep_secret(values: Iterable[str]) -> None:
    """Never show these values again in this process; a single character can't be told apart."""
    with _lock:
        _confidential.update(value for value in values if len(value) >= _SHORTEST)


def hide(text: str) -> str:
    """The text without confidential values."""
    with _lock:
        values = sorted(_confidential, key=len, reverse=True)
    for value in values:
        text = text.replace(value, HIDDEN)
    return text


def quote(text: str) -> str:
    """A vendor's words without confidential values and encoded files, at most 600 characters."""
    text = _ENCODED.sub("[encoded data]", hide(text))
    return text if len(text) <= _LONGEST_QUOTE else text[:_LONGEST_QUOTE] + " …"
