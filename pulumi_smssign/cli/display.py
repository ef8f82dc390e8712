"""Tables: rich ones in a terminal that has rich, plain ones everywhere else; JSON; Markdown."""

from __future__ import annotations

import json
import re
import sys
import unicodedata
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from rich.console import RenderableType

Rows = Sequence[Sequence[str]]
Table = tuple[Sequence[str], Rows]
"""The heads of a table, and its rows."""

HINT = "For tables that fit the terminal: pip install 'pulumi-smssign[cli]'"
_WIDE = frozenset("WF")
_MARKDOWN = re.compile(r"([\\`*_\[\]()<>#|~!@$]|(?<=:)/|(?<=www)\.)", re.IGNORECASE)
"""The characters of Markdown's marks, and those that make a plain address a link."""
_COLOURS: Mapping[str, str] = {
    **dict.fromkeys(("APPROVED", "ok"), "green"),
    **dict.fromkeys(("PENDING", "UNKNOWN", "warning"), "yellow"),
    **dict.fromkeys(("REJECTED", "SUSPENDED", "GONE", "?", "failed"), "red"),
}


def print_json(document: object) -> None:
    """Print a document with indents, and with Chinese as it is."""
    click.echo(json.dumps(document, ensure_ascii=False, indent=2))


def print_table(heads: Sequence[str], rows: Rows, narrow: Table | None = None) -> None:
    """Print a table; in a terminal with rich it fits and has colours, unless NO_COLOR is set.

    `narrow` is the same table in fewer columns, for a terminal.
    """
    # Into a pipe all columns, whatever the terminal's width: another program reads them.
    if not sys.stdout.isatty():
        click.echo(plain_table(heads, rows))
        return
    table = narrow or (heads, rows)
    try:
        from rich.console import Console
    except ImportError:
        click.echo(plain_table(*table))
        click.echo(HINT, err=True)
    else:
        Console(highlight=False).print(rich_table(*table))


def rich_table(heads: Sequence[str], rows: Rows) -> RenderableType:
    """A table of rich's in colours; no text of a vendor is taken for markup."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for head in heads:
        # Folded: the end of a URN or of a reason is what one looks for.
        table.add_column(head, overflow="fold")
    for row in rows:
        # As Text: a string of a vendor's would be read as rich's markup.
        table.add_row(
            *(Text(cell, style=_COLOURS.get(re.split("[ ,]", cell)[0], "")) for cell in row)
        )
    return table


def plain_table(heads: Sequence[str], rows: Rows) -> str:
    """A table of equally wide columns, in which a Chinese character takes two places."""
    table = [list(heads), *(list(row) for row in rows)]
    widths = [max(width(row[column]) for row in table) for column in range(len(heads))]
    # str.ljust counts characters, and so would put Chinese columns out of line.
    return "\n".join(
        "  ".join(
            cell + " " * (column_width - width(cell))
            for cell, column_width in zip(row, widths, strict=True)
        ).rstrip()
        for row in table
    )


def width(text: str) -> int:
    """The places of a terminal that a text takes."""
    characters = [each for each in text if not unicodedata.combining(each)]
    return len(characters) + sum(unicodedata.east_asian_width(each) in _WIDE for each in characters)


def markdown_table(heads: Sequence[str], rows: Rows) -> str:
    """A table in Markdown, for a pipeline's step summary; its texts are no Markdown or HTML."""
    lines = [heads, ["---"] * len(heads), *([escaped(cell) for cell in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def escaped(text: str) -> str:
    """A text that Markdown shows as it is, on one line."""
    plain = " ".join(text.split()).replace("&", "&amp;")
    return _MARKDOWN.sub(lambda mark: f"&#{ord(mark[1])};", plain)


def counted(number: int, noun: str, plural: str = "") -> str:
    """A number of things, such as "1 account" and "2 accounts"."""
    return f"{number} {noun if number == 1 else plural or f'{noun}s'}"
