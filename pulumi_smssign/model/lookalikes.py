"""Characters of a text that nobody sees, and texts that look alike.

They come along when a name is copied out of a chat, a web page or a PDF. Vendors take most of them,
so that two signatures of an account look the same, and texts are sent under one of them only.
"""

from __future__ import annotations

import re
import unicodedata

from pulumi_smssign.model import language
from pulumi_smssign.model.language import _

_IGNORABLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e0fff]"
)
"""What is drawn as nothing unless a font knows better: `Default_Ignorable_Code_Point` of Unicode 16
(DerivedCoreProperties.txt), which `unicodedata` does not have."""
_BLANK = "\u2800\ufffc\U0001d159"
"""Characters of other properties that show nothing: a blank of braille, the place of an object that
was not copied, a note without a head."""
_DRAWN = re.compile("[\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd]")
"""Format characters that are drawn: signs around Arabic, Syriac and Kaithi numbers."""
_SPACES = " \u3000"
"""Spaces that a keyboard makes."""
_LISTED = 3
"""Characters that a message lists."""


def invisible(text: str) -> list[str]:
    """The characters of a text that nobody sees: code point, name and place of each."""
    return [
        _("{character} as character {place}", character=named(character), place=place)
        for place, character in enumerate(text, start=1)
        if _is_invisible(character)
    ]


def odd_spaces(text: str) -> list[str]:
    """The characters of a text that look like a space and are another character."""
    return [
        named(character)
        for character in dict.fromkeys(text)
        if unicodedata.category(character) == "Zs" and character not in _SPACES
    ]


def look(text: str) -> str:
    """The look of a text: equal for texts that differ in compatibility characters only (NFKC)."""
    return unicodedata.normalize("NFKC", text)


def unusual(text: str) -> list[str]:
    """The characters of a text that its look has others for."""
    return [
        named(character)
        for character in dict.fromkeys(text)
        if look(character) != character or unicodedata.combining(character)
    ]


def listed(characters: list[str]) -> str:
    """Some characters for a message, and how many more there are."""
    more = len(characters) - _LISTED
    names = language.listed(characters[:_LISTED])
    return _("{names} and {count} more", names=names, count=more) if more > 0 else names


def named(character: str) -> str:
    """A character by code point and name."""
    name = unicodedata.name(character, "")
    if unicodedata.category(character) == "Cc":
        name = _("control character")
    return f"U+{ord(character):04X}" + (f" ({name})" if name else "")


def _is_invisible(character: str) -> bool:
    if _IGNORABLE.match(character) or character in _BLANK:
        return True
    is_format = unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp")
    return _is_noncharacter(ord(character)) or (is_format and not _DRAWN.match(character))


def _is_noncharacter(code: int) -> bool:
    """Whether a code point is never a character, such as a byte order mark turned round."""
    return code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF  # noqa: PLR2004 - Unicode's own
