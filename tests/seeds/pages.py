"""Pages of vendors, as `pages.toml` has their tables: the specification that the tests read."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

_PAGES = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))


@dataclass(frozen=True)
class Page:
    """One page's tables; a row that is added to them fails the test that lists such rows."""

    title: str
    request: Sequence[str]
    response: Sequence[str]
    values: Mapping[str, Sequence[str | int]]
    errors: Sequence[str | int] = ()
    statuses: Sequence[int] = ()
    pairs: Sequence[Sequence[int]] = ()
    discarded: Mapping[str, Sequence[int]] = field(default_factory=dict)


def page(name: str) -> Page:
    """A page by its name in `pages.toml`."""
    return Page(**_PAGES[name])
