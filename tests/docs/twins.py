"""The Chinese pages beside the English ones: what both must have in common.

A translation is free in its sentences. Its facts are not: code, names, rows and links are those of
the English page, section by section, so that an edit of one page alone is a difference.
"""

from __future__ import annotations

import re
import textwrap
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

from tests.docs.pages import CHECKOUT, CHINESE, DOCS, README, anchors_in_order, text_of

_FENCE = re.compile(r"(?ms)^( *)```(\w*)\n(.*?)^ *```$")
_HEADING = re.compile(r"(?m)^(#+) (.*)$")
_COMMENT = re.compile(r"(?s)<!--.*?-->\n?")
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_NUMBER = re.compile(r"\d(?:[\d.,]*\d)?")
_CELL = re.compile(r"(?<!\\)\|")
_HAN = re.compile(r"[\u4e00-\u9fff]")


@dataclass(frozen=True)
class Row:
    """A row of a table: its number of cells, and the code in it."""

    cells: int
    code: Counter[str]


@dataclass(frozen=True)
class Section:
    """A part of a page from one heading to the next: what a translation leaves as it is."""

    heading: str
    level: int
    blocks: tuple[tuple[str, str], ...]
    """The fenced blocks, each as its kind and its text."""
    tables: tuple[tuple[Row, ...], ...]
    code: frozenset[str]
    """What stands in backticks, in prose and tables."""
    text: str
    """The section without its fenced blocks."""


def english_of(chinese: Path) -> Path:
    """The English page of which this is the Chinese one: `docs/zh/x.md` of `docs/x.md`."""
    return README if chinese == CHINESE else DOCS / chinese.relative_to(DOCS / "zh")


def sections(text: str) -> list[Section]:
    """The sections of a page; the first is what stands before any heading, and often empty."""
    blocks: list[tuple[str, str]] = []

    def put_aside(fence: re.Match[str]) -> str:
        blocks.append((fence[2], textwrap.dedent(fence[3])))
        return f"\0{len(blocks) - 1}\0"

    begin, *rest = _HEADING.split(_COMMENT.sub("", _FENCE.sub(put_aside, text)))
    parts = [("", "", begin), *zip(rest[0::3], rest[1::3], rest[2::3], strict=True)]
    return [
        Section(
            heading=heading,
            level=len(marks),
            blocks=tuple(blocks[int(number)] for number in re.findall("\0(\\d+)\0", body)),
            tables=tuple(_tables(body)),
            code=frozenset(_code(heading) + _code(body)),
            text=re.sub("\0\\d+\0", "", body),
        )
        for marks, heading, body in parts
    ]


def differences(english: str, chinese: str) -> list[str]:
    """What a Chinese page lacks of the English one, or has beside it, a line each."""
    ours, theirs = sections(english), sections(chinese)
    if [each.level for each in ours] != [each.level for each in theirs]:
        pairs = zip_longest(_outline(ours), _outline(theirs), fillvalue="(none)")
        return ["headings: " + "; ".join(f"{one} | {other}" for one, other in pairs)]
    found: list[str] = []
    for one, other in zip(ours, theirs, strict=True):
        where = f"{one.heading} | {other.heading}"
        if _alike(one) != _alike(other):
            found.append(f"{where}: other fenced blocks")
        found += [f"{where}: {difference}" for difference in _in_tables(one, other)]
        found += [f"{where}: lacks `{code}`" for code in sorted(one.code - other.code)]
        found += [f"{where}: has `{code}` beside" for code in sorted(other.code - one.code)]
    return found


def _alike(section: Section) -> list[tuple[str, str]]:
    """A section's fenced blocks, of messages only how many lines: a Chinese run writes its own."""
    return [
        (kind, str(text.count("\n")) if kind == "text" else text) for kind, text in section.blocks
    ]


def missing_numbers(english: str, chinese: str) -> list[str]:
    """The numbers of the English page that a Chinese one lacks in the same section.

    Others may come in beside them: a month's name is a number in Chinese.
    """
    pairs = zip(sections(english), sections(chinese), strict=True)
    return [
        f"{ours.heading}: lacks {number}"
        for ours, theirs in pairs
        for number in sorted(_numbers(ours) - _numbers(theirs))
    ]


def untranslated(chinese: str) -> list[str]:
    """The paragraphs, items and headings of a Chinese page in which there is no Chinese."""
    prose = [re.sub("`[^`]*`", "", section.text) for section in sections(chinese)]
    return [
        " ".join(paragraph.split())
        for text in prose
        for paragraph in re.split(r"\n *\n|\n *(?:[*|]|\d+\.) ", text)
        if len(re.findall(r"[A-Za-z]{3,}", _LINK.sub("]", paragraph))) >= 3
        and not _HAN.search(paragraph)
    ]


def destinations(page: Path) -> list[Counter[str]]:
    """The links of each section, in the English page's words: its path, and the heading's number.

    A link to a Chinese page counts as one to its English page, for a reader there finds the same.
    """
    here = page.parent
    return [
        Counter(_destination(page, here, link) for link in _LINK.findall(section.text))
        - Counter({_destination(page, here, link): 1 for link in _to_the_other(section)})
        for section in sections(text_of(page))
    ]


def _to_the_other(section: Section) -> list[str]:
    """The link that a page has to itself in the other language."""
    return re.findall(r"(?m)^\[(?:English|中文)\]\(([^)\s]+)\)$", section.text)


def _destination(page: Path, here: Path, link: str) -> str:
    if link.startswith(("http://", "https://")):
        return link
    path, _, anchor = link.partition("#")
    target = (here / path).resolve() if path else page
    number = f"#{anchors_in_order(target).index(anchor)}" if anchor else ""
    if target == CHINESE or target.is_relative_to(DOCS / "zh"):
        target = english_of(target)
    return f"{target.relative_to(CHECKOUT)}{number}"


def _tables(body: str) -> Iterator[tuple[Row, ...]]:
    for table in re.findall(r"(?m)(?:^\|.*\|$\n?)+", body):
        yield tuple(
            Row(len(_CELL.findall(row)) - 1, Counter(_code(row))) for row in table.splitlines()
        )


def _code(text: str) -> list[str]:
    return [" ".join(code.split()) for code in re.findall(r"`([^`]+)`", text)]


def _numbers(section: Section) -> set[str]:
    return set(_NUMBER.findall(_LINK.sub("]", section.text)))


def _outline(parts: list[Section]) -> list[str]:
    return [f"{'#' * part.level} {part.heading}" for part in parts if part.level]


def _in_tables(english: Section, chinese: Section) -> Iterator[str]:
    ours, theirs = ([len(each) for each in part.tables] for part in (english, chinese))
    if ours != theirs:
        yield f"tables of {ours} rows | {theirs} rows"
        return
    for one, other in zip(english.tables, chinese.tables, strict=True):
        for number, (row, twin) in enumerate(zip(one, other, strict=True)):
            if row.cells != twin.cells:
                yield f"row {number} has {row.cells} | {twin.cells} cells"
            if row.code != twin.code:
                beside = sorted(((row.code - twin.code) + (twin.code - row.code)).elements())
                yield f"row {number} differs in {beside}"
