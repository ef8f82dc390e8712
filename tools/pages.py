"""Writes the tables of the vendors' pages, `docs/vendors`, from what is in the code.

`python -m tools.pages` says which pages are not as the code has them; with `--write` it puts each
table between its marks.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from pulumi_smssign.core.registry import VENDORS, named
from tools import decisions, fields

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "vendors"
TABLES: Mapping[str, Callable[[str], str]] = {
    "arguments": fields.arguments,
    "choices": fields.choices,
    "outputs": fields.outputs,
    "decisions": lambda vendor: decisions.table(named(vendor)),
}
_PLACE = re.compile(
    r"(?s)<!-- (\w+): written by `python -m tools.pages --write` -->\n.*?<!-- end of \1 -->"
)


def page(vendor: str) -> Path:
    """The page of a vendor."""
    return FOLDER / f"{vendor}.md"


def places(text: str) -> list[str]:
    """The names of the tables that a page has marks for."""
    return _PLACE.findall(text)


def written(vendor: str, text: str) -> str:
    """A vendor's page with its tables as the code has them."""

    def table(match: re.Match[str]) -> str:
        name = match[1]
        begin = f"<!-- {name}: written by `python -m tools.pages --write` -->"
        return f"{begin}\n{TABLES[name](vendor)}\n<!-- end of {name} -->"

    return _PLACE.sub(table, text)


def main(arguments: list[str]) -> int:
    """Say which pages are behind, or write them."""
    if arguments not in ([], ["--write"]):
        print(__doc__)
        return 2
    behind = False
    for vendor in VENDORS:
        text = page(vendor).read_text(encoding="utf-8")
        new = written(vendor, text)
        if new != text:
            behind = True
            print(page(vendor).name)
            if arguments:
                page(vendor).write_text(new, encoding="utf-8")
    return int(behind and not arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
