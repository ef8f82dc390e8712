"""Redaction of credentials, personal data and control characters in every text that is shown.

Credentials and personal data are registered when they are first held. Every text that a user may
read passes through `readable`; before it gets into one, a vendor's text passes through `sanitized`,
`quote` or `short`: vendors echo what they were sent, and reviewers quote ID cards.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    # It is loaded where there is something to look for: not for each --help.
    from pulumi_smssign.model.decoding import Place, View

HIDDEN = "[secret]"
ENCODED = "[encoded data]"
LONGEST_OUTPUT, LONGEST_QUOTE, LONGEST_NAME = 2000, 600, 100
"""Characters that are kept of what others say: in outputs, in messages, and of a code or an id."""
LONGEST_TEXT = 20_000
"""Characters of any text that is shown."""

_SHORTEST = 2
_SHORTEST_LOOSE, _SHORTEST_LOOSE_NUMBER = 4, 8
"""Characters from which on a value of ASCII, or of digits, is hidden within a word too."""
_SHORTEST_GROUPED = 8
"""Digits of a number that may be written in groups."""
_SHORTEST_DATA = 6
"""Bytes of a value that is looked for in decoded data; what is shorter turns up by chance."""
_SHORTEST_JOINED = 8
"""Bytes of a value that may be divided by blanks and breaks."""
_LONGEST_SPELLING = 8192
_LINE = 200
"""Characters of a text whose places are kept for a while."""
_BEYOND = " …"

_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891"
    "\u08e2\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\ud800-\udfff\U000110bd\U000110cd\U00013430-\U0001345f"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
"""Controls, marks of direction, what has no width and hides in a word, lone surrogates."""
_OTHER_BREAKS = re.compile("[\t\x0b\x0c\r\x1c-\x1f\x85\u2028\u2029]")
_LINE_BREAKS = re.compile("[\n\x0b\x0c\r\x1c-\x1f\x85\u2028\u2029]+")
_FILE = re.compile(r"[A-Za-z0-9+/_-]{64,}={0,2}")
_LARGE_FILE = re.compile(r"[A-Za-z0-9+/_-]{2048,}={0,2}")
_PLACEHOLDERS = re.compile("|".join(map(re.escape, (HIDDEN, ENCODED))))
_COMMANDS = re.compile(r"##+|(?<!\S)::+")
"""The beginnings of commands in a pipeline's log: of Azure and TeamCity anywhere, of GitHub."""
_APART = r"[^0-9a-z]{0,3}?"
"""What may stand between the groups of a number."""
_IDENTITY_CARD = re.compile(
    # Region, day of birth, order and check digit; until 1999 without the century and the check.
    rf"(?<![0-9])(?<![0-9][.:])[1-9](?:{_APART}[0-9]){{16}}{_APART}[0-9x](?![0-9])"
    r"|(?<![0-9a-z])(?<![0-9][.:])[1-9][0-9]{14}(?![0-9a-z])"
)
_GROUPS = re.compile("[0-9]+x?|x")
_DAY = r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])"
_IDENTITY = re.compile(
    rf"[0-9]{{6}}(?:18|19|20)[0-9]{{2}}{_DAY}[0-9]{{3}}[0-9x]|[0-9]{{17}}x"
    rf"|(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3])[0-9]{{6}}{_DAY}[0-9]{{3}}"
)
_MOBILE_IN_GROUPS = re.compile(
    # A mobile's, on the mainland.
    rf"(?<![0-9])(?<![0-9][.:])(?:(?:00)?86{_APART})?(?:"
    + "|".join(
        _APART.join(rf"[0-9]{{{size}}}" for size in sizes)
        for sizes in ((11,), (3, 4, 4), (3, 3, 5), (4, 3, 4), (4, 4, 3), (3, 8), (5, 6), (7, 4))
    )
    + r")(?![0-9]|\.[0-9])"
)
_TOKEN = re.compile(
    r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?<![0-9a-z])[0-9a-f]{22,}(?![0-9a-z])"
)
"""A UUID, or a hash: digits in it are no number of a person, if it has letters too."""
_MOBILE = re.compile(r"1[3-9][0-9]{9}$")
_NUMBER = re.compile(r"[0-9]+x?")
_IN_A_WORD = re.compile(r"[0-9a-z]|[-_.:/](?=[0-9a-z])")
_IN_A_WORD_BEFORE = re.compile(r"(?:[0-9a-z][-_.:/]|[0-9a-z])$")


class _Confidential:
    """The confidential values, in the forms that are looked for.

    `texts` are folded, `numbers` have digits alone, `joined` have no blanks. The lists only grow,
    so they can be read while another thread adds to them. `generation` grows with each addition.
    """

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.numbers: list[str] = []
        self.joined: list[str] = []
        self.generation = 0
        self._known: set[str] = set()
        self._lock = threading.Lock()

    def add(self, value: str) -> None:
        """Register a value."""
        from pulumi_smssign.model.decoding import DIVIDES, View, unescaped

        with self._lock:
            if value not in self._known:
                self._known.add(value)
                plain = {
                    form for view in unescaped(value) for form in (view.folded, view.folded.strip())
                }
                self.texts += [form for form in plain if len(form) >= _SHORTEST]
                self.numbers += {number for form in plain for number in _numbers(form)}
                joined = {View.of(form).without(DIVIDES).folded for form in plain}
                self.joined += [form for form in joined if _size(form) >= _SHORTEST_JOINED]
                # Last: a look under this number has found the value.
                self.generation += 1


_confidential = _Confidential()


def keep_secret(values: Iterable[str]) -> None:
    """Never show these values again in this process, however they are spelled.

    A single character can't be told apart. A value of two or three ASCII characters, or of fewer
    than eight digits, is hidden where it stands as a word of its own, not within another.
    """
    for value in values:
        if len(value) >= _SHORTEST:
            _confidential.add(value)


def hide(text: str) -> str:
    """The text without confidential values; one pass, and what is hidden is not hidden again."""
    return _replaced(text, [(place, HIDDEN) for place in _places(text)])


def readable(text: str) -> str:
    """A text of ours as a user may read it: its lines stay, nothing confidential, no controls."""
    return _cut(_without_commands(_OTHER_BREAKS.sub(" ", _INVISIBLE.sub("", text))), LONGEST_TEXT)


def sanitized(text: str, longest: int = LONGEST_OUTPUT) -> str:
    """Others' text for an output: one line without controls, files and confidential values.

    Numbers of ID cards and mobiles are hidden whether or not they were ever given to us.

    Args:
        text: a vendor's or a reviewer's text.
        longest: the characters that are kept of it.
    """
    text = _LARGE_FILE.sub(ENCODED, one_line(text))
    return _cut(text, longest, personal_numbers=True)


def quote(text: str) -> str:
    """Others' text within a message of ours: at most 600 characters of it."""
    return sanitized(text, LONGEST_QUOTE)


def short(text: str) -> str:
    """A vendor's code or id within a message: it may look like a number of a person."""
    return _cut(one_line(text), LONGEST_NAME)


def one_line(text: str) -> str:
    """The text on one line, without controls, what has no width and a pipeline's commands."""
    return _without_commands(" ".join(_INVISIBLE.sub("", text).split()))


def _without_commands(text: str) -> str:
    """The text in which what begins a command in a pipeline's log is spaced out: `# #vso[`."""
    return _COMMANDS.sub(lambda command: " ".join(command[0]), text)


def unbroken(text: str) -> str:
    """A name as it is, but on one line: what breaks lines in it is a space."""
    return _LINE_BREAKS.sub(" ", text)


def _cut(text: str, longest: int, *, personal_numbers: bool = False) -> str:
    """The beginning of a text, redacted before it is cut: no half of a value stays."""
    window = text[: longest + _LONGEST_SPELLING]
    places = [(place, HIDDEN) for place in _places(window, personal_numbers=personal_numbers)]
    if personal_numbers:
        places += [(run.span(), ENCODED) for run in _FILE.finditer(window)]
    if len(text) <= longest:
        return _replaced(window, places)
    return _replaced(window, places, longest - len(_BEYOND)).rstrip() + _BEYOND


def _places(text: str, *, personal_numbers: bool = False) -> Sequence[Place]:
    """The places of confidential values in a text."""
    if not text:  # most of what a vendor may say of a signature it does not say
        return ()
    if len(text) > _LINE:
        return tuple(_found(text, personal_numbers=personal_numbers))
    return _found_in_a_line(text, _confidential.generation, personal_numbers=personal_numbers)


# A vendor says much of each signature alike, and each word of it passes here several times.
@lru_cache(maxsize=2048)
def _found_in_a_line(text: str, _generation: int, *, personal_numbers: bool) -> Sequence[Place]:
    return tuple(_found(text, personal_numbers=personal_numbers))


def _found(text: str, *, personal_numbers: bool) -> Iterator[Place]:
    if not (personal_numbers or _confidential.generation):
        return
    from pulumi_smssign.model.decoding import BETWEEN_DIGITS, DIVIDES, readings

    found = readings(text)
    views = [*found.exact, *found.texts, *found.data]
    known = _confidential
    for values, left_out in (
        (known.texts, None),
        (known.numbers, BETWEEN_DIGITS),
        (known.joined, DIVIDES),
    ):
        # Seldom any is there: a cheap first look.
        folded = [view.folded for view in views] if values else []
        everything = "\n".join(left_out.sub("", text) if left_out else text for text in folded)
        present = [value for value in values if value in everything]
        for number, view in enumerate(views if present else ()):
            shortest = _SHORTEST_DATA if number >= len(found.exact) else 0
            shown = view.without(left_out) if left_out else view
            for value in present:
                if _size(value) >= shortest:
                    yield from _occurrences(shown, value)
    if personal_numbers:
        for view in (*found.exact, *found.texts):
            yield from _personal_numbers(view)


def _occurrences(view: View, value: str) -> Iterator[Place]:
    at = view.folded.find(value)
    while at >= 0:
        end = at + len(value)
        if not _needs_a_word_of_its_own(value) or _is_word(view.folded, at, end):
            yield view.place(at, end)
        at = view.folded.find(value, at + 1)


def _personal_numbers(view: View) -> Iterator[Place]:
    """The numbers of ID cards and mobiles, in whichever groups and beside letters."""
    text = view.folded
    tokens = [token.span() for token in _TOKEN.finditer(text) if not token[0].isdecimal()]
    for pattern, is_one in ((_IDENTITY_CARD, _is_identity), (_MOBILE_IN_GROUPS, _is_mobile)):
        for number in pattern.finditer(text):
            start, end = number.span()
            inside = any(first <= start and end <= last for first, last in tokens)
            if not inside and is_one(_GROUPS.findall(number[0])):
                yield view.place(start, end)


def _is_identity(groups: list[str]) -> bool:
    alone = any(len(group) == 1 for group in groups[:-1])
    return not alone and _IDENTITY.fullmatch("".join(groups)) is not None


def _is_mobile(groups: list[str]) -> bool:
    return _MOBILE.search("".join(groups)) is not None


def _size(value: str) -> int:
    return len(value.encode("utf-8", "surrogatepass"))


def _numbers(form: str) -> Iterator[str]:
    """The digits of a value that is a number; a mobile's also without the country's prefix."""
    from pulumi_smssign.model.decoding import BETWEEN_DIGITS, View

    digits = View.of(form).without(BETWEEN_DIGITS).folded.strip(" ()")
    if _NUMBER.fullmatch(digits) and len(digits) >= _SHORTEST_GROUPED:
        yield digits
        if mobile := _MOBILE.search(digits):
            yield mobile[0]


def _needs_a_word_of_its_own(value: str) -> bool:
    if value.isdecimal():
        return len(value) < _SHORTEST_LOOSE_NUMBER
    return value.isascii() and len(value) < _SHORTEST_LOOSE


def _is_word(text: str, start: int, end: int) -> bool:
    before = _IN_A_WORD_BEFORE.search(text[max(0, start - 2) : start])
    return before is None and _IN_A_WORD.match(text, end) is None


def _replaced(text: str, places: Iterable[tuple[Place, str]], longest: int | None = None) -> str:
    """The text with these places replaced; a place within an earlier placeholder is left out."""
    taken = [placeholder.span() for placeholder in _PLACEHOLDERS.finditer(text)]
    wanted = sorted(
        (start, end, instead)
        for (start, end), instead in places
        if not any(first <= start and end <= last for first, last in taken)
    )
    longest = len(text) if longest is None else longest
    parts: list[str] = []
    behind = 0
    while wanted and wanted[0][0] < longest:
        start, end, instead = wanted.pop(0)
        while wanted and wanted[0][0] < end:
            _, further, other = wanted.pop(0)
            end, instead = max(end, further), HIDDEN if HIDDEN in (instead, other) else instead
        parts += (text[behind:start], instead)
        behind = end
    return "".join((*parts, text[behind:longest]))
