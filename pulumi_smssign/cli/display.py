"""The one place where the commands print: tables, lines, JSON, Markdown, a table drawn anew.

State, vendors, files, other servers and arguments are others' words: a terminal would obey some, a
pipeline's log too. So every text passes `printable` here on its way out, and no other module of
`cli` prints.
"""

from __future__ import annotations

import json
import os
import re
import sys
import traceback
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from io import TextIOWrapper
from types import TracebackType
from typing import TYPE_CHECKING, Any

import click

from pulumi_smssign.model.language import _, mark
from pulumi_smssign.model.redaction import HIDDEN, LONGEST_TEXT, hide, readable

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.live import Live

Rows = Sequence[Sequence[str]]
Table = tuple[Sequence[str], Rows]
"""The heads of a table, which are messages, and its rows."""

_ERASED = "\r\x1b[K"
"""What erases the line in which a terminal stands."""
HINT = mark("For tables that fit the terminal: pip install 'pulumi-smssign[cli]'")
_LONGEST = 2 * LONGEST_TEXT
"""Characters of a text that are looked at; fewer are printed."""
_WIDE = frozenset("WF")
_MARKDOWN = re.compile(r"([\\`*_\[\]()<>#|~!@$]|(?<=:)/|(?<=www)\.)", re.IGNORECASE)
"""The characters of Markdown's marks, and those that make a plain address a link."""
_PIECES = re.compile(
    r"""(\s*)                     # the blank before a piece
    ([（【《“‘]*                   # opening marks, which stand at no line's end
    (?:\[[^\s\]]{1,30}\]          # what stands in brackets behind an option's help
    |[^\s\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\uff60（【《“‘”’]+|[^\s（【《“‘])
    [，。：；、？！）】》”’]*)       # closing marks, which stand at no line's beginning
    """,
    re.VERBOSE,
)
"""The pieces of a text that no line's end divides: a word, or one Chinese character."""
_COMMANDS = re.compile("#(?=#)")
"""What makes a command of Azure's or TeamCity's log, anywhere in a line."""
_FIRST_WORD = re.compile("[ ,，（]")
"""What ends the word of a cell that says its colour: a status, or a check's health."""
_COLOURS: Mapping[str, str] = {
    **dict.fromkeys(("APPROVED", "ok"), "green"),
    **dict.fromkeys(("PENDING", "UNKNOWN", "warning"), "yellow"),
    **dict.fromkeys(("REJECTED", "SUSPENDED", "GONE", "?", "failed"), "red"),
}


def printable(text: str) -> str:
    """A text on one line as it is printed: nothing confidential, and nothing that steers.

    Controls, marks of direction and what has no width are written out by their code points.
    """
    text = text[:_LONGEST]
    written = "".join(map(_written, text))
    cleaned = readable(written)
    if written != text:
        # A value that such characters divide is found only without them.
        joined = readable(text.replace("\n", " "))
        cleaned = joined if joined.count(HIDDEN) > cleaned.count(HIDDEN) else cleaned
    return cleaned


@cache
def _written(character: str) -> str:
    """A character as it is printed: itself, or written out."""
    is_shown = character != "\n" and readable(character) == character
    return character if is_shown else _escape(character)


def _escape(character: str) -> str:
    return f"\\u{{{ord(character):04x}}}"


def is_shown(character: str) -> bool:
    """Whether a character is printed as itself."""
    return _written(character) == character


def print_line(text: str = "", *, err: bool = False) -> None:
    """Print one line."""
    click.echo(printable(text), err=err)


def print_lines(text: str, *, err: bool = False) -> None:
    """Print a text of ours that has several lines; others' words in it have none."""
    for line in text.split("\n"):
        print_line(line, err=err)


def print_json(document: object) -> None:
    """Print a document with indents, and with Chinese as it is."""
    click.echo(json_text(document))


def json_text(document: object) -> str:
    """A document as JSON with the same values, in which no character steers a terminal or a log."""
    text = json.dumps(hidden_in(document), ensure_ascii=False, indent=2)
    steering = {each for each in set(text) - {"\n"} if not is_shown(each)}
    escapes = {ord(each): json.dumps(each)[1:-1] for each in steering}
    # A line begins with a quote, so GitHub reads no command in it.
    return _COMMANDS.sub(r"\\u0023", text.translate(escapes))


def hidden_in(document: object) -> Any:  # noqa: ANN401 - of the same form
    """A document of the same form, in whose texts nothing is confidential."""
    # Once for each text: many signatures share most of theirs.
    return _without_confidential(document, cache(hide))


def _without_confidential(value: object, hidden: Callable[[str], str]) -> object:
    """A part of a document without what is confidential."""
    if isinstance(value, str):
        return hidden(value)
    if isinstance(value, Mapping):
        # Keys stay: scripts read them, and a short key of an account may be one of them.
        return {name: _without_confidential(item, hidden) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_without_confidential(item, hidden) for item in value]
    return value


def print_fitting(wide: Callable[[], Table], narrow: Callable[[], Table]) -> None:
    """Print a table: in a terminal the narrow form, and into a pipe the wide one.

    Another program reads all columns there, whatever the terminal's width.
    """
    print_table(*(narrow() if is_terminal() else wide()))


def print_table(heads: Sequence[str], rows: Rows, *, err: bool = False) -> None:
    """Print a table; in a terminal with rich it fits and has colours, unless NO_COLOR is set.

    With `err` it is plain: lines to copy follow on stdout.
    """
    if err or not is_terminal():
        click.echo(plain_table(heads, rows), err=err)
        return
    try:
        from rich.console import Console
    except ImportError:
        click.echo(plain_table(heads, rows))
        print_line(_(HINT), err=True)
    else:
        Console(highlight=False).print(_rich_table(heads, rows))


@contextmanager
def asking() -> Iterator[None]:
    """Say on a terminal that stack and accounts are asked, until they have answered."""
    # A terminal that can't erase a line would keep it above the table.
    if not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield
        return
    waits = _("Reading the stack and asking its accounts …")
    click.echo(printable(waits), nl=False, err=True)
    try:
        yield
    finally:
        click.echo(_ERASED, nl=False, err=True)


def is_terminal() -> bool:
    """Whether the output is a terminal."""
    return sys.stdout.isatty()


def ask(question: str) -> bool:
    """The user's answer to a question, which is printed to stderr."""
    return click.confirm(printable(question), err=True)


class Screen:
    """A part of a terminal that is drawn anew."""

    def __init__(self, live: Live) -> None:
        self._live = live

    def draw(self, table: Table | None, lines: Sequence[str]) -> None:
        """Draw a table, and the lines below it, in place of what was drawn before."""
        from rich.console import Group
        from rich.text import Text

        parts = [_rich_table(*table)] if table else []
        texts = [Text(printable(line)) for line in lines]
        self._live.update(Group(*parts, *texts), refresh=True)


@contextmanager
def screen() -> Iterator[Screen | None]:
    """A part of the terminal to draw on; None where the output is none, or rich is missing."""
    if not is_terminal():
        yield None
        return
    try:
        from rich.live import Live
    except ImportError:
        print_line(_(HINT), err=True)
        yield None
    else:
        # Drawn at each call: a thread of rich's that redraws in between has nothing new.
        with Live(auto_refresh=False) as live:
            yield Screen(live)


def _rich_table(heads: Sequence[str], rows: Rows) -> RenderableType:
    """A table of rich's in colours; no text of a vendor is taken for markup."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for head in _said(heads):
        # Folded: the end of a URN or of a reason is what one looks for.
        table.add_column(head, overflow="fold")
    for row in rows:
        # As Text: a string of a vendor's would be read as rich's markup.
        cells = map(printable, row)
        table.add_row(
            *(Text(cell, style=_COLOURS.get(_FIRST_WORD.split(cell)[0], "")) for cell in cells)
        )
    return table


def plain_table(heads: Sequence[str], rows: Rows) -> str:
    """A table of equally wide columns, in which a Chinese character takes two places."""
    cleaned = cache(printable)  # once for each text: many rows share some of theirs
    table = [_said(heads), *(list(map(cleaned, row)) for row in rows)]
    widths = [max(width(row[column]) for row in table) for column in range(len(heads))]
    # str.ljust counts characters, and so would put Chinese columns out of line.
    return "\n".join(
        "  ".join(
            cell + " " * (column_width - width(cell))
            for cell, column_width in zip(row, widths, strict=True)
        ).rstrip()
        for row in table
    )


def _said(heads: Sequence[str]) -> list[str]:
    """The heads of a table in the language.

    A head has a blank at its end where its word alone means something else in a sentence: "filing"
    is also a state.
    """
    return [_(head).strip() for head in heads]


def width(text: str) -> int:
    """The places of a terminal that a text takes."""
    if text.isascii():
        return len(text)
    characters = [each for each in text if not unicodedata.combining(each)]
    return len(characters) + sum(unicodedata.east_asian_width(each) in _WIDE for each in characters)


def wrapped(text: str, columns: int) -> list[str]:
    """The lines of a paragraph in so many columns, in which a Chinese character takes two.

    A line ends at a blank, or beside a Chinese character; no line begins with a closing mark.
    """
    lines, line = [], ""
    for blank, piece in _PIECES.findall(text):
        if line and width(line) + len(blank) + width(piece) > columns:
            lines.append(line)
            line = piece
        else:
            line += f"{blank if line else ''}{piece}"
    return [*lines, line] if line else lines


def print_markdown(text: str) -> None:
    """Print Markdown whose parts are `escaped`."""
    click.echo(text, nl=False)


def markdown_table(heads: Sequence[str], rows: Rows) -> str:
    """A table in Markdown, for a pipeline's step summary; its texts are no Markdown or HTML."""
    lines = [_said(heads), ["---"] * len(heads), *([escaped(cell) for cell in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def escaped(text: str) -> str:
    """A text that Markdown shows as it is, on one line."""
    plain = printable(" ".join(text.split())).replace("&", "&amp;")
    return _MARKDOWN.sub(lambda mark: f"&#{ord(mark[1])};", plain)


def counted(number: int, one: str, many: str) -> str:
    """A number of things, such as "1 account" and "2 accounts".

    Args:
        number: the number.
        one: the message for one, in which `{number}` stands.
        many: the message for any other number.
    """
    return _(one if number == 1 else many, number=number)


@contextmanager
def printable_errors() -> Iterator[None]:
    """A block whose errors of click's have a printable message: it may quote others' words."""
    try:
        yield
    except click.ClickException as error:
        message = "\n".join(map(printable, error.message.split("\n")))
        error.message = message  # type: ignore[misc] # final, and nobody has read it yet
        raise


def prepare() -> None:
    """Have the streams take every character, and a bug's traceback printed like all the rest."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal or pipe may have no Chinese: an escape is better than a traceback.
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    sys.excepthook = _print_traceback


def _print_traceback(
    kind: type[BaseException], error: BaseException, frames: TracebackType | None
) -> None:
    print_lines("".join(traceback.format_exception(kind, error, frames)).rstrip("\n"), err=True)
