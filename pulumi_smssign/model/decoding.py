r"""Decoding: the readings of a text, each with its characters' places in the original.

Vendors echo what they were sent in the encoding that it travelled in, and gateways wrap that in
one of their own. So a text is decoded, layer by layer, and what is found in a reading is a place in
the text itself. Decoded are escapes (percent, JSON, HTML, C's and Python's, quoted-printable) and
the runs that may be data (base64, base32, hex, punycode; gzip and zlib inside), in UTF-8, UTF-16
and GB18030.

Out of reach: encryption and hashes, a text spelt backwards or in pieces with words between, other
bases (32 of Crockford, 58, 85), numbers written out in words, what lies deeper than `_DEEPEST`
layers, or behind more decoded text than `_MOST`.
"""

from __future__ import annotations

import base64
import html
import re
import unicodedata
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial

Place = tuple[int, int]
"""A place in a text: from the first character to behind the last."""

_DEEPEST = 5
"""Layers that are decoded; repeated escapes of one kind (`%252541`, `\\\\u0041`) are one layer."""
_MOST = 300_000
"""Characters of decoded text that are looked at, of one text."""
_LINE = 1000
"""Characters of a text whose readings are kept for a while."""
_LONGEST_DATA = 20_000
"""Bytes of a run that are looked at, and characters that it may unpack to."""


def _escapes(unless: str = "") -> re.Pattern[str]:
    """The escapes, but for those of digits behind whose sign this stands."""
    return re.compile(
        rf"(?P<percent>(?:%{unless}(?:25)*[0-9a-f]{{2}})+)"
        r"|(?P<code>(?:(?:%(?:25)*|\\+)(?-i:u)[0-9a-f]{4})+)"
        r"|(?P<point>\\+(?:(?-i:U)(?P<long>000[0-9a-f]{5}|0010[0-9a-f]{4})|u\{(?P<braced>[0-9a-f]{1,6})\}))"
        rf"|(?P<bytes>(?:\\+x[0-9a-f]{{2}})+|(?:\\+{unless}[0-3][0-7]{{2}})+)"
        r"|(?P<slash>\\+[\"'\\/ntr])"
        r"|(?P<html>&(?:amp;)*(?P<entity>#[0-9]{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,8}[0-9]{0,2});)",
        re.IGNORECASE,
    )


_ESCAPES = _escapes()
# "%11010119870123456%58" is a number behind a percent sign, or one behind a control character.
_SIGN_OF_A_NUMBER = re.compile(r"[%\\]\d{6}")
_ESCAPES_IN_FRONT_OF_NO_NUMBER = _escapes(r"(?!\d{6})")
_QUOTED_PRINTABLE = re.compile(r"(?P<bytes>(?:=[0-9a-f]{2})+)|(?P<soft>=\s)", re.IGNORECASE)
_HEX_DIGITS = re.compile("[0-9a-f]{2}", re.IGNORECASE)
_OCTAL_DIGITS = re.compile("[0-3][0-7]{2}")
_CHARSETS = ("utf-8", "gb18030")
"""The charsets of bytes: Chinese servers still have both."""

BETWEEN_DIGITS = re.compile(r"(?<=[0-9])[^0-9a-z]{1,3}(?=[0-9x])|(?<=[0-9])<br */?>(?=[0-9x])")
DIVIDES = re.compile(r"</?[a-z]{1,5} */?>|\s+")
"""What divides a value that is broken into lines: blanks, breaks and their tags."""

_BASE64 = re.compile(
    r"[A-Za-z0-9+/_-]{8,}(?:\s+[A-Za-z0-9+/_-]{8,})*(?:\s+[A-Za-z0-9+/_-]+)?={0,2}"
)
_LINE_OF_BASE64 = re.compile(r"[A-Za-z0-9+/_-]{8,}")
_BASE32 = re.compile(r"[A-Za-z2-7]{8,}={0,6}")
_HEX = re.compile(
    r"(?:0x|\\x)?[0-9a-f]{2}(?:[ :,;.-]{0,2}(?:0x|\\x)?[0-9a-f]{2}){5,}", re.IGNORECASE
)
_PUNYCODE = re.compile(r"xn--([a-z0-9-]+)", re.IGNORECASE)
_URL_SAFE = str.maketrans("-_", "+/")
_PACKED = (b"\x1f\x8b\x08", b"\x78\x01", b"\x78\x5e", b"\x78\x9c", b"\x78\xda")
"""The first bytes of what gzip and zlib pack."""

_MAY_BE_ENCODED = re.compile(r"[%\\&=]|[A-Za-z0-9+/_-]{8}|[0-9A-Fa-f]{2}[ :,;.]")
"""What a text has if anything in it may be encoded: an escape, or a run of data."""
_MAY_SAY_MORE = re.compile(r"\d{4}|[ -~]{4}")
"""What a decoded run has if it is a text with a number in it, or with an encoding of its own."""

_SPACES = frozenset(
    map(chr, (*range(9, 14), *range(0x1C, 0x20), 0x85, 0xA0, *range(0x2000, 0x200B), 0x2028))
) | {"\u2029", "\u3000", "+", "\uff0b"}
_DASHES = frozenset(map(chr, (*range(0x2010, 0x2016), 0x2212)))


def folded(text: str) -> str:
    """The text of the same length in which what looks or is meant the same is the same.

    Letters of ASCII are small, forms of full width and of mathematics are plain, digits of all
    scripts are ASCII's; a space may be a plus sign, as in forms.
    """
    return text.translate(_FOLDED)


class _Folded(dict[int, str]):
    """The folded character of each code point, found when it is first met."""

    def __missing__(self, code: int) -> str:
        """Fold a character."""
        self[code] = _folded(chr(code))
        return self[code]


_FOLDED = _Folded()


def _folded(character: str) -> str:
    if character in _SPACES:
        return " "
    if character in _DASHES:
        return "-"
    if character.isdecimal():
        return str(unicodedata.decimal(character))
    plain = unicodedata.normalize("NFKC", character)
    plain = plain if len(plain) == 1 else character
    return plain.lower() if plain.isascii() else character


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

    def without(self, left_out: re.Pattern[str]) -> View:
        """The text without what is left out of the folded one; itself where that has nothing."""
        return self._replaced(left_out.finditer(self.folded), _nothing)

    def place(self, start: int, end: int) -> Place:
        """The place, in the text, of a part of the view."""
        return self.places[start][0], self.places[end - 1][1]

    def unescaped(self, charset: str) -> Iterator[View]:
        """The text with its escapes read, in each way in which they may be meant."""
        read = partial(_characters, charset=charset)
        yield self._replaced(_ESCAPES.finditer(self.text), read)
        if _SIGN_OF_A_NUMBER.search(self.text):
            yield self._replaced(_ESCAPES_IN_FRONT_OF_NO_NUMBER.finditer(self.text), read)

    def printable(self, charset: str) -> View:
        """The text with the escapes of quoted-printable read."""
        read = partial(_characters_of_mail, charset=charset)
        return self._replaced(_QUOTED_PRINTABLE.finditer(self.text), read)

    def _replaced(self, matches: Iterable[re.Match[str]], characters: _Characters) -> View:
        """The text in which other characters stand for these matches; itself without any."""
        parts: list[str] = []
        places: list[Place] = []
        behind = 0
        for match in matches:
            parts.append(self.text[behind : match.start()])
            places += self.places[behind : match.start()]
            for character, start, end in characters(match):
                parts.append(character)
                places.append(self.place(start, end))
            behind = match.end()
        if not behind:
            return self
        return View("".join((*parts, self.text[behind:])), (*places, *self.places[behind:]))

    def data(self) -> tuple[View, View]:
        """The runs that may be data, decoded: all of them, and those that make a text."""
        every: list[tuple[str, Place]] = []
        texts: list[tuple[str, Place]] = []
        for content, start, end in _runs(self.text):
            place = self.place(start, end)
            for text, is_text in _decoded(content):
                every.append((text, place))
                texts += [(text, place)] * is_text
        return _joined(every), _joined(texts)


_Characters = Callable[[re.Match[str]], Iterable[tuple[str, int, int]]]
"""The characters that a match stands for, each with its place."""


@dataclass(frozen=True)
class Readings:
    """The readings of a text.

    `exact` have a place of each character, `texts` are what runs of data decode to, and `data` is
    all that these could be, most of it by chance.
    """

    exact: list[View]
    texts: list[View]
    data: list[View]


def readings(text: str) -> Readings:
    """The readings of a text: as it stands, and decoded layer by layer, within the bounds."""
    return (_readings_of_a_line if len(text) <= _LINE else _readings)(text)


def _readings(text: str) -> Readings:
    if not _MAY_BE_ENCODED.search(text):
        return Readings([View.of(text)], [], [])
    found = Readings(unescaped(text), [], [])
    seen = {view.text for view in found.exact} | {""}
    layer, most = found.exact, _MOST
    for _ in range(_DEEPEST):
        deeper: list[View] = []
        for view in layer:
            every, texts = view.data()
            found.data.extend([every] if every.text else [])
            for inner in (texts, *(reading for c in _CHARSETS for reading in _inner(view, c))):
                if inner.text not in seen and len(inner.text) <= most:
                    seen.add(inner.text)
                    deeper.append(inner)
                    most -= len(inner.text)
        found.texts.extend(deeper)
        layer = deeper
    return found


# One line is often looked through several times on its way: as an error, a row, an output.
_readings_of_a_line = lru_cache(32)(_readings)


def _inner(view: View, charset: str) -> Iterator[View]:
    yield from view.unescaped(charset)
    yield view.printable(charset)


def unescaped(text: str) -> list[View]:
    """The text as it stands, and with its escapes read, layer by layer."""
    layer = [View.of(text)]
    by_text = {text: layer[0]}
    for _ in range(_DEEPEST):
        deeper = {
            view.text: view
            for outer in layer
            for charset in _CHARSETS
            for view in outer.unescaped(charset)
            if view.text not in by_text
        }
        layer = list(deeper.values())
        by_text.update(deeper)
    return list(by_text.values())


def _nothing(_match: re.Match[str]) -> Iterable[tuple[str, int, int]]:
    """No character: what divides a value is left out."""
    return ()


def _characters(escape: re.Match[str], charset: str) -> Iterator[tuple[str, int, int]]:
    """The characters that escapes in a row stand for, each with its place."""
    start, end, token = *escape.span(), escape[0]
    if escape["percent"]:
        units = list(re.finditer(r"%(?:25)*([0-9a-f]{2})", token, re.IGNORECASE))
        read = bytes(int(unit[1], 16) for unit in units)
        yield from _of_bytes(read, charset, [start + unit.start() for unit in units], end)
    elif escape["bytes"]:
        hexadecimal = "x" in token or "X" in token
        digits = _HEX_DIGITS if hexadecimal else _OCTAL_DIGITS
        units = list(digits.finditer(token))
        read = bytes(int(unit[0], 16 if hexadecimal else 8) for unit in units)
        starts = [start, *(start + unit.end() for unit in units[:-1])]
        yield from _of_bytes(read, charset, starts, end)
    elif escape["code"]:
        units = list(re.finditer("u([0-9a-fA-F]{4})", token))
        read = b"".join(int(unit[1], 16).to_bytes(2, "big") for unit in units)
        starts = [start, *(start + unit.end() for unit in units[:-1])]
        at = 0
        for character in read.decode("utf-16-be", "replace"):
            size = 2 if ord(character) > 0xFFFF else 1  # noqa: PLR2004 - a pair of surrogates
            behind = starts[at + size] if at + size < len(starts) else end
            yield character, starts[min(at, len(starts) - 1)], behind
            at += size
    elif escape["point"]:
        yield chr(min(int(escape["long"] or escape["braced"], 16), 0x10FFFF)), start, end
    elif escape["slash"]:
        yield {"n": "\n", "t": " ", "r": " "}.get(token[-1], token[-1]), start, end
    else:
        for character in html.unescape(f"&{escape['entity']};"):
            yield character, start, end


def _characters_of_mail(escape: re.Match[str], charset: str) -> Iterator[tuple[str, int, int]]:
    if escape["bytes"]:
        read = bytes.fromhex(escape[0].replace("=", ""))
        starts = list(range(escape.start(), escape.end(), 3))
        yield from _of_bytes(read, charset, starts, escape.end())


def _of_bytes(
    read: bytes, charset: str, starts: list[int], end: int
) -> Iterator[tuple[str, int, int]]:
    """The characters of bytes, each with its place; `starts` are those of the bytes."""
    at = 0
    for character in read.decode(charset, "surrogateescape"):
        behind = at + len(character.encode(charset, "surrogateescape"))
        first = starts[min(at, len(starts) - 1)]
        yield character, first, starts[behind] if behind < len(starts) else end
        at = behind


def _runs(text: str) -> Iterator[tuple[bytes, int, int]]:
    """The runs of a text that may be data: their bytes, and where they stand."""
    for run in _BASE64.finditer(text):
        lines = list(_LINE_OF_BASE64.finditer(run[0]))
        pieces = [(run[0], *run.span())]
        if len(lines) > 1:
            pieces += [
                (line[0], run.start() + line.start(), run.start() + line.end()) for line in lines
            ]
        for piece, start, end in pieces:
            digits = "".join(piece.split())[:_LONGEST_DATA].rstrip("=").translate(_URL_SAFE)
            for skipped in range(4):  # where a value may begin
                part = digits[skipped:]
                part = part[: len(part) - (len(part) % 4 == 1)]
                yield base64.b64decode(part + "=" * (-len(part) % 4)), start, end
    for run in _BASE32.finditer(text):
        digits = run[0][:_LONGEST_DATA].rstrip("=").upper()
        digits = digits[: len(digits) - (len(digits) % 8 in (1, 3, 6))]
        yield base64.b32decode(digits + "=" * (-len(digits) % 8)), run.start(), run.end()
    for run in _HEX.finditer(text):
        digits = re.sub(r"0x|[^0-9a-f]", "", run[0][:_LONGEST_DATA].lower())
        for skipped in range(2):
            part = digits[skipped:]
            yield bytes.fromhex(part[: len(part) // 2 * 2]), run.start(), run.end()
    for run in _PUNYCODE.finditer(text):
        try:
            name = run[1][:256].encode().decode("punycode")
        except UnicodeError:
            continue
        yield name.encode("utf-8", "surrogatepass"), run.start(), run.end()


def _decoded(content: bytes) -> Iterator[tuple[str, bool]]:
    """The texts that bytes may be, each with whether it is one: of printable characters only."""
    if content.startswith(_PACKED):
        content = _unpacked(content) or content
    yield _as_text(content, "utf-8")
    if not content.isascii():
        yield _as_text(content, "gb18030")
    if len(content) > 3 and (0 in content or not content.isascii()):  # noqa: PLR2004
        even = content[: len(content) // 2 * 2]
        yield _as_text(even, "utf-16-le")
        yield _as_text(even, "utf-16-be")
        yield _as_text(content[1 : 1 + (len(content) - 1) // 2 * 2], "utf-16-le")


def _as_text(content: bytes, charset: str) -> tuple[str, bool]:
    text = content.decode(charset, "replace")
    is_text = "\ufffd" not in text and _MAY_SAY_MORE.search(text) is not None
    return text, is_text and " ".join(text.split()).isprintable()


def _unpacked(content: bytes) -> bytes:
    for window in (zlib.MAX_WBITS | 32, -zlib.MAX_WBITS):
        try:
            return zlib.decompressobj(window).decompress(content, _LONGEST_DATA)
        except zlib.error:
            continue
    return b""


def _joined(parts: Iterable[tuple[str, Place]]) -> View:
    """One view of decoded runs, a line each: all of a run's characters are at the run's place."""
    texts: list[str] = []
    places: list[Place] = []
    for text, place in parts:
        texts.append(text)
        places += [place] * (len(text) + 1)
    return View("\n".join(texts), tuple(places))
