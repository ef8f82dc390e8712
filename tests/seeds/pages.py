"""What the five seed pages list, as `pages/*.json` have it: names and codes, no prose.

Kinds of items:

| kind | name | value |
| --- | --- | --- |
| `request` | a field, header or path parameter of the request | |
| `response` | a field of the answer, with dots for one within another | |
| `enum` | the field | a value that the page enumerates or fixes for it |
| `pair` | a field with its value | another field with a value that goes with it |
| `error` | where the code stands | the code; empty where it is any other than that of success |
| `status` | `HTTP` | a status |

`discarded` marks what the page lists and calls discarded.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "pages"


@dataclass(frozen=True)
class Item:
    """One thing that a page lists."""

    kind: str
    name: str
    value: str = ""
    discarded: bool = False

    def __str__(self) -> str:
        return " ".join(filter(None, (self.kind, self.name, self.value)))


def items(page: str) -> tuple[Item, ...]:
    """What a page lists, in its order."""
    listed = json.loads((FOLDER / f"{page}.json").read_text("utf-8"))
    return tuple(Item(**item) for item in listed)


def written(listed: tuple[Item, ...]) -> str:
    """A page's file; `items` reads it."""
    lines = (
        json.dumps(
            {name: value for name, value in asdict(item).items() if value}, ensure_ascii=False
        )
        for item in listed
    )
    return "[\n  " + ",\n  ".join(lines) + "\n]\n"
