"""Writes the tables of the vendors' pages and of `docs/settings.md` from what is in the code.

`python -m tools.pages` says which pages are not as the code has them; with `--write` it puts each
table between its marks. Of the Chinese pages it writes what a change does; their other tables are
written by hand.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from pulumi_smssign.core.registry import VENDORS, named
from tools import chinese, decisions, fields

DOCS = Path(__file__).resolve().parent.parent / "docs"
FOLDER = DOCS / "vendors"
CHINESE_FOLDER = DOCS / "zh" / "vendors"
SETTINGS = DOCS / "settings.md"
TABLES: Mapping[str, Callable[[str], str]] = {
    "arguments": fields.arguments,
    "choices": fields.choices,
    "outputs": fields.outputs,
    "decisions": lambda vendor: decisions.table(named(vendor)),
}
CHINESE_TABLES: Mapping[str, Callable[[str], str]] = {
    "decisions": lambda vendor: chinese.table(decisions.table(named(vendor))),
}
_PLACE = re.compile(
    r"(?s)<!-- (\w+): written by `python -m tools.pages --write` -->\n.*?<!-- end of \1 -->"
)


def page(vendor: str) -> Path:
    """The page of a vendor."""
    return FOLDER / f"{vendor}.md"


def chinese_page(vendor: str) -> Path:
    """The Chinese page of a vendor."""
    return CHINESE_FOLDER / f"{vendor}.md"


def places(text: str) -> list[str]:
    """The names of the tables that a page has marks for."""
    return _PLACE.findall(text)


def written(vendor: str, text: str, tables: Mapping[str, Callable[[str], str]] = TABLES) -> str:
    """A vendor's page, or for "" that of the settings, with its tables as the code has them."""

    def table(match: re.Match[str]) -> str:
        name = match[1]
        begin = f"<!-- {name}: written by `python -m tools.pages --write` -->"
        made = tables[name](vendor) if vendor else keys()
        return f"{begin}\n{made}\n<!-- end of {name} -->"

    return _PLACE.sub(table, text)


def keys() -> str:
    """The keys of every vendor's account, the variables that hold them, and whom they ask."""
    lines = [
        decisions.row(("vendor", "keys, of which the first are needed", "variables", "asked at")),
        decisions.row(["---"] * 4),
    ]
    for vendor in VENDORS:
        model = named(vendor).credentials
        needed = ", or ".join(", ".join(map("`{}`".format, each)) for each in model.needed)
        first = {key for each in model.needed for key in each}
        fields = (info.validation_alias or name for name, info in model.model_fields.items())
        others = ", ".join(f"`{key}`" for key in map(str, fields) if key not in first)
        variables = ", ".join(f"`{name}`" for name in model.environment.values())
        endpoint = model.model_validate(model.test_keys).endpoint
        lines.append(
            decisions.row((f"`{vendor}`", f"{needed}; {others}", variables, f"`{endpoint}`"))
        )
    return "\n".join(lines)


def main(arguments: list[str]) -> int:
    """Say which pages are behind, or write them."""
    if arguments not in ([], ["--write"]):
        print(__doc__)
        return 2
    behind = False
    for vendor, file, tables in [
        ("", SETTINGS, TABLES),
        *((vendor, page(vendor), TABLES) for vendor in VENDORS),
        *((vendor, chinese_page(vendor), CHINESE_TABLES) for vendor in VENDORS),
    ]:
        text = file.read_text(encoding="utf-8")
        new = written(vendor, text, tables)
        if new != text:
            behind = True
            print(file.relative_to(DOCS))
            if arguments:
                file.write_text(new, encoding="utf-8")
    return int(behind and not arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
