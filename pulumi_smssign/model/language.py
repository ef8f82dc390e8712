"""Language of what a person reads: English, or Chinese by a gettext catalogue.

`SMSSIGN_LANG` says it ("zh" or "en"), else `LC_ALL`, `LC_MESSAGES` and `LANG`, in the order that
gettext has: the first that is set counts, and `zh*` of any encoding is Chinese. It is read once a
process, since the environment of a process doesn't change.

A message is a whole sentence with named places, which a catalogue can turn around. What goes into
a place is no format: a vendor's words stay what they are.
"""

from __future__ import annotations

import gettext
import os
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

LANG_VARIABLE = "SMSSIGN_LANG"
CHINESE, ENGLISH = "zh", "en"
CATALOGUE = Path(__file__).with_name("locale") / "zh" / "smssign.mo"
"""The compiled catalogue; `make catalogue` makes it of the .po files beside it."""
_USUAL = ("LC_ALL", "LC_MESSAGES", "LANG")


def language_of(environment: Mapping[str, str]) -> str:
    """The language that an environment asks for: "zh" or "en".

    What `SMSSIGN_LANG` names and is neither counts as English, which each message has.
    """
    asked = next(filter(None, map(environment.get, (LANG_VARIABLE, *_USUAL))), "")
    return CHINESE if asked.lower().startswith(CHINESE) else ENGLISH


@cache
def language() -> str:
    """The language of this process: "zh" or "en"."""
    return language_of(os.environ)


@cache
def _catalogue() -> gettext.NullTranslations:
    if language() == ENGLISH:
        return gettext.NullTranslations()
    with CATALOGUE.open("rb") as file:
        return gettext.GNUTranslations(file)


def _(message: str, /, **facts: object) -> str:
    """The message in the language of this process, with its places filled.

    Args:
        message: a literal, so that the catalogue's tool finds it; or one that `mark` has marked.
        facts: what its places `{name}` stand for.
    """
    # A catalogue has its own header under "".
    said = _catalogue().gettext(message) if message else ""
    return said.format(**facts) if facts else said


def mark(message: str, /) -> str:
    """A message of a table, as it is; `_` gives it in the language when it is shown."""
    return message


AND, OR, CLAUSES = mark(" and "), mark(" or "), mark("; ")
"""What stands between the items of `listed`."""


def listed(items: Iterable[object], between: str = mark(", ")) -> str:
    """Names, values or phrases in a row, for a place of a message: "a, b" or "a、b"."""
    return _(between).join(map(str, items))


def labelled(label: str, text: str) -> str:
    """A text after what it is, or whose: "label: text"."""
    return _("{label}: {text}", label=label, text=text)


def remarked(text: str, remark: str) -> str:
    """A text with a remark behind it, in brackets; without any, the text alone."""
    return _("{text} ({remark})", text=text, remark=remark) if remark else text


def speak() -> None:
    """Have this process speak what its environment says by now: for tests."""
    language.cache_clear()
    _catalogue.cache_clear()
