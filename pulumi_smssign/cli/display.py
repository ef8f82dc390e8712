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
"""What means something to Markdown, and what makes a link of a plain address."""
_COLOURS: Mapping[str, str] = {
    **dict.fromkeys(("APPROVED", "ok"), "green"),
    **dict.fromkeys(("PENDING", "UNKNOWN", "warning"), "yellow"),
    **dict.fromkeys(("REJECTED", "SUSPENDED", "GONE", "?", "failed"), "red"),
}


def print_json(document: object) -> None:
    """A document, readable and with Chinese as it is."""
    click.echo(json.dumps(document, ensure_ascii=False, indent=2))


def print_table(heads: Sequence[str], rows: Rows, narrow: Table | None = None) -> None:
    """A table; in a terminal with rich it fits and has colours, unless NO_COLOR is set.

    `narrow` is the same in fewer columns, for a terminal.
    """
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
    """A table in colours; no text of a vendor is taken for markup."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for head in heads:
        table.add_column(head, overflow="fold")
    for row in rows:
        table.add_row(
            *(Text(cell, style=_COLOURS.get(re.split("[ ,]", cell)[0], "")) for cell in row)
        )
    return table


def plain_table(heads: Sequence[str], rows: Rows) -> str:
    """Columns of equal width, in which a Chinese character takes two places."""
    table = [list(heads), *(list(row) for row in rows)]
    widths = [max(width(row[place]) for row in table) for place in range(len(heads))]
    return "\n".join(
        "  ".join(
            cell + " " * (wanted - width(cell)) for cell, wanted in zip(row, widths, strict=True)
        ).rstrip()
        for row in table
    )


def width(text: str) -> int:
    """How many places of a terminal a text takes."""
    shown = [each for each in text if not unicodedata.combining(each)]
    return len(shown) + sum(unicodedata.east_asian_width(each) in _WIDE for each in shown)


def markdown_table(heads: Sequence[str], rows: Rows) -> str:
    """A table of a pipeline's step summary; nothing in it is taken for Markdown, HTML or a name."""
    lines = [heads, ["---"] * len(heads), *([escaped(cell) for cell in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def escaped(text: str) -> str:
    """A text that Markdown shows as it is, on one line."""
    plain = " ".join(text.split()).replace("&", "&amp;")
    return _MARKDOWN.sub(lambda found: f"&#{ord(found[1])};", plain)


def counted(number: int, noun: str, plural: str = "") -> str:
    """A number of things, such as "1 account" and "2 accounts"."""
    return f"{number} {noun if number == 1 else plural or f'{noun}s'}"
