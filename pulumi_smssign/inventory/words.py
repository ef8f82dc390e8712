"""Vendors' words as they may be shown where a stack's personal data isn't known.

The plugin knows what a program gave in confidence and hides it. Here state is read with its secrets
encrypted, so what looks like an identity card's or a mobile number is hidden by its form.
"""

from __future__ import annotations

import re

from pulumi_smssign.redaction import HIDDEN, quote

_PERSONAL = re.compile(r"(?<![0-9A-Za-z])(?:[0-9]{17}[0-9Xx]|1[3-9][0-9]{9})(?![0-9A-Za-z])")
_SHORT = 60


def told(text: str) -> str:
    """A vendor's words on one line, without what is or looks confidential or steers a terminal."""
    printable = "".join(each if each.isprintable() else " " for each in quote(text))
    return _PERSONAL.sub(HIDDEN, " ".join(printable.split()))


def short(text: str) -> str:
    """The beginning of a vendor's words, 60 characters at most."""
    words = told(text)
    return words if len(words) <= _SHORT else words[: _SHORT - 2].rstrip() + " …"
