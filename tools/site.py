"""Hooks of mkdocs: the READMEs are the site's first pages, and links out of docs/ lead on.

Documents link each other, examples and code as files of a checkout, so that links work there and on
a forge. On the site a link to a README or a document leads to its page, and any other one to the
file in the repository, whose address `[project.urls]` in pyproject.toml has.
"""

from __future__ import annotations

import posixpath
import re
import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.structure.files import File

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

CHECKOUT = Path(__file__).resolve().parents[1]
FIRST_PAGES = {"README.md": "index.md", "README.zh-CN.md": "zh/index.md"}
"""Files of the checkout that are pages of the site, and their places there."""
_SOURCES = {page: file for file, page in FIRST_PAGES.items()}

_FENCED = re.compile(r"(?ms)(^ *```.*?^ *```$)")
_LINK = re.compile(r"(\]\()([^)\s#:]+)((?:#[^)\s]*)?\))")
"""A link to a file, its anchor apart; an address with a scheme is none."""


def on_files(files: Files, *, config: MkDocsConfig) -> Files:
    """Add the READMEs, which mkdocs would not look for outside docs/."""
    for file, page in FIRST_PAGES.items():
        text = (CHECKOUT / file).read_text(encoding="utf-8")
        files.append(File.generated(config, page, content=text))
    return files


def on_page_markdown(markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
    """A document with the links of the site."""
    del config, files
    uri = page.file.src_uri
    pieces = _FENCED.split(markdown)
    return "".join(piece if _FENCED.match(piece) else linked(piece, uri) for piece in pieces)


def linked(prose: str, page: str) -> str:
    """The prose of a page, every link to a file of the checkout as one of the site."""

    def link(match: re.Match[str]) -> str:
        return match[1] + _address(match[2], page) + match[3]

    return _LINK.sub(link, prose)


def _address(target: str, page: str) -> str:
    """Where a link of a page leads on the site, or in the repository."""
    source = _SOURCES.get(page, f"docs/{page}")
    file = posixpath.normpath(posixpath.join(posixpath.dirname(source), target))
    place = FIRST_PAGES.get(file, file.removeprefix("docs/") if file.startswith("docs/") else "")
    if place:
        return posixpath.relpath(place, posixpath.dirname(page) or ".")
    return f"{_repository()}/blob/main/{file}"


@cache
def _repository() -> str:
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return str(project["urls"]["Repository"])
