"""Tables: rich ones in a terminal that has rich, plain ones everywhere else; JSON; Markdown."""

from __future__ import annotations

import json
import re
import sys
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

Rows = Sequence[Sequence[str]]

HINT = "For tables that fit the terminal: pip install 'pulumi-smssign[cli]'"
_WIDE = frozenset("WF")
_MARKDOWN = re.compile(r"([\\`*_\[\]()<>#|~!@$]|(?<=:)/|(?<=www)\.)", re.IGNORECASE)
"""What means something to Markdown, and what makes a link of a plain address."""
_COLOURS: Mapping[str, str] = {
    "APPROVED": "green",
    "PENDING": "yellow",
    "UNKNOWN": "yellow",
    "REJECTED": "red",
    "SUSPENDED": "red",
    "GONE": "red",
    "?": "red",
    "ok": "green",
    "warning": "yellow",
    "failed": "red",
}


def print_json(document: object) -> None:
    """A document, readable and with Chinese as it is."""
    click.echo(json.dumps(document, ensure_ascii=False, indent=2))


def print_table(
    heads: Sequence[str], rows: Rows, narrow: tuple[Sequence[str], Rows] | None = None
) -> None:
    """A table; in a terminal with rich it fits and has colours.

    `narrow` is the same in fewer columns, for a terminal.
    """
    if not sys.stdout.isatty():
        click.echo(plain_table(heads, rows))
        return
    console = rich_console()
    if console is None:
        click.echo(plain_table(*(narrow or (heads, rows))))
        click.echo(HINT, err=True)
        return
    console.print(rich_table(*(narrow or (heads, rows))))


def rich_console() -> Console | None:
    """A terminal as rich sees it; None where it is not installed. NO_COLOR is rich's to heed."""
    try:
        from rich.console import Console
    except ImportError:
        return None
    return Console(highlight=False)


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
    return sum(
        0
        if unicodedata.combining(each)
        else 2
        if unicodedata.east_asian_width(each) in _WIDE
        else 1
        for each in text
    )


def markdown_table(heads: Sequence[str], rows: Rows) -> str:
    """A table of a pipeline's step summary; nothing in it is taken for Markdown, HTML or a name."""
    lines = [heads, ["---"] * len(heads), *([escaped(cell) for cell in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def escaped(text: str) -> str:
    """A text that Markdown shows as it is, on one line."""
    plain = " ".join(text.split()).replace("&", "&amp;")
    return _MARKDOWN.sub(lambda found: f"&#{ord(found[1])};", plain)


def paragraphs(blocks: Iterable[str]) -> str:
    """Blocks with an empty line between them."""
    return "\n\n".join(filter(None, blocks))
