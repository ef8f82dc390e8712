"""Escape decoding: the readings of a text, with each character's place in the original.

Vendors echo what they were sent in the spelling that it travelled in: percent-encoded, escaped for
JSON or HTML, in base64, its digits in groups. So a text is read in all of these ways, and what is
found in one is a place in the text itself.
"""

from __future__ import annotations

import base64
import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

Place = tuple[int, int]
"""A place in a text: from the first character to behind the last."""

_DEEPEST = 3
"""Layers of escapes that are decoded."""
_ESCAPES = re.compile(
    r"(?P<percent>(?:%[0-9a-f]{2})+)|(?P<code>(?:\\u[0-9a-f]{4})+)|(?P<slash>\\[\"'\\/])"
    r"|(?P<html>&(?:#[0-9]{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,8}[0-9]{0,2});)",
    re.IGNORECASE,
)
_CHARSETS = ("utf-8", "gb18030")
"""The charsets of percent-escapes: Chinese servers still have both."""
_BETWEEN_DIGITS = re.compile(r"(?<=[0-9])[ ().,/_-]{1,3}(?=[0-9x])")
_BASE64 = re.compile(r"[A-Za-z0-9+/_-]{8,}={0,2}")
_URL_SAFE = str.maketrans("-_", "+/")
_SPACES = (*range(9, 14), *range(0x1C, 0x20), 0x85, 0xA0, *range(0x2000, 0x200B), 0x3000)
_FOLDED = {
    **{ord(letter): letter.lower() for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"},
    **{wide: chr(wide - 0xFEE0).lower() for wide in range(0xFF01, 0xFF5F)},
    **dict.fromkeys(map(ord, "+\uff0b"), " "),
    **dict.fromkeys((*_SPACES, 0x2028, 0x2029), " "),
    **dict.fromkeys((*range(0x2010, 0x2016), 0x2212), "-"),
}


def folded(text: str) -> str:
    """The text of the same length in which what looks or is meant the same is the same.

    Letters are small, forms of full width are narrow; a space may be a plus sign, as in forms.
    """
    return text.translate(_FOLDED)


@dataclass(frozen=True)
class View:
    """One reading of a text; `places` has each character's place in the original."""

    text: str
    places: tuple[Place, ...]

    @classmethod
    def of(cls, text: str) -> View:
        """The text as it stands."""
        return cls(text, tuple((at, at + 1) for at in range(len(text))))

    @cached_property
    def folded(self) -> str:
        """Its text, folded."""
        return folded(self.text)

    def place(self, start: int, end: int) -> Place:
        """The place, in the text, of a part of the view."""
        return self.places[start][0], self.places[end - 1][1]

    def unescaped(self, charset: str) -> View:
        """The text with one layer of escapes read; the view itself where there are none."""
        if not _ESCAPES.search(self.text):
            return self
        characters: list[str] = []
        places: list[Place] = []
        behind = 0
        for escape in _ESCAPES.finditer(self.text):
            characters += self.text[behind : escape.start()]
            places += self.places[behind : escape.start()]
            for character, start, end in _read(escape, charset):
                characters.append(character)
                places.append(self.place(start, end))
            behind = escape.end()
        characters += self.text[behind:]
        places += self.places[behind:]
        return View("".join(characters), tuple(places))

    def ungrouped(self) -> View:
        """The text without what stands between digits; the view itself where nothing does."""
        gaps = [gap.span() for gap in _BETWEEN_DIGITS.finditer(self.folded)]
        if not gaps:
            return self
        dropped = {at for start, end in gaps for at in range(start, end)}
        rest = [at for at in range(len(self.text)) if at not in dropped]
        return View("".join(self.text[at] for at in rest), tuple(self.places[at] for at in rest))

    def decoded(self) -> Iterator[tuple[bytes, Place]]:
        """Decodings of possible base64 in a text, from each of four places where it may begin."""
        for run in _BASE64.finditer(self.text):
            digits = run[0].rstrip("=").translate(_URL_SAFE)
            place = self.place(*run.span())
            for skipped in range(4):
                part = digits[skipped:]
                yield base64.b64decode(part + "A" * (-len(part) % 4)), place


def views(text: str) -> list[View]:
    """The readings of a text: as it stands, and with its escapes decoded, layer by layer."""
    layer = [View.of(text)]
    by_text = {text: layer[0]}
    for _ in range(_DEEPEST):
        deeper = {
            view.text: view
            for outer in layer
            for view in (outer.unescaped(charset) for charset in _CHARSETS)
            if view.text not in by_text
        }
        layer = list(deeper.values())
        by_text.update(deeper)
    return list(by_text.values())


def unescaped_variants(text: str) -> set[str]:
    """The text as it stands, and with its escapes read."""
    return {view.text for view in views(text)}


def _read(escape: re.Match[str], charset: str) -> Iterator[tuple[str, int, int]]:
    """The characters that an escape stands for, each with its place."""
    start, token = escape.start(), escape[0]
    if escape["percent"]:
        read = bytes.fromhex(token.replace("%", ""))
        for character in read.decode(charset, "surrogateescape"):
            end = start + 3 * len(character.encode(charset, "surrogateescape"))
            yield character, start, min(end, escape.end())
            start = min(end, escape.end() - 1)
    elif escape["code"]:
        read = bytes.fromhex(re.sub(r"\\u", "", token, flags=re.IGNORECASE))
        for character in read.decode("utf-16-be", "replace"):
            end = min(start + (12 if ord(character) > 0xFFFF else 6), escape.end())  # noqa: PLR2004
            yield character, min(start, end - 1), end
            start = end
    elif escape["slash"]:
        yield token[1], start, escape.end()
    else:
        for character in html.unescape(token):
            yield character, start, escape.end()
