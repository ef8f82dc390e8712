"""The documents that a user reads, and what stands in them."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
README = CHECKOUT / "README.md"
CHINESE = CHECKOUT / "README.zh-CN.md"
DOCS = CHECKOUT / "docs"
PAGES = sorted(
    {README, CHINESE}
    | {CHECKOUT / f"{title}.md" for title in ("CONTRIBUTING", "CHANGELOG", "SECURITY")}
    | set(DOCS.rglob("*.md"))
    | set((CHECKOUT / "examples").rglob("README.md"))
    | set((CHECKOUT / ".github").rglob("*.md"))
)


def name(page: Path) -> str:
    """A page by its path in the checkout."""
    return str(page.relative_to(CHECKOUT))


def text_of(page: Path) -> str:
    """The text of a page."""
    return page.read_text(encoding="utf-8")


def blocks(page: Path, *kinds: str) -> list[str]:
    """The fenced blocks of these kinds (`sh`, `console`, `python`), however far indented."""
    fenced = re.findall(r"(?ms)^ *```(\w+)\n(.*?)^ *```$", text_of(page))
    return [block for kind, block in fenced if kind in kinds]


def lines_of_shell(page: Path) -> list[str]:
    """Every command that a page shows: in shell blocks, after `$` in console blocks, indented."""
    lines = [line for block in blocks(page, "sh") for line in block.splitlines()]
    lines += [
        line.removeprefix("$ ")
        for block in blocks(page, "console")
        for line in block.splitlines()
        if line.startswith("$ ")
    ]
    prose = re.sub(r"(?ms)^ *```.*?^ *```$", "", text_of(page))
    lines += re.findall(r"(?m)^    ((?:make|pulumi|smssign|export|pip|cd) .*)$", prose)
    return [line for each in lines if (line := each.partition(" # ")[0].strip())]


def commands_in_prose(page: Path, program: str) -> list[str]:
    """Every command of this program that stands in the prose as code."""
    prose = re.sub(r"(?ms)^ *```.*?^ *```$", "", text_of(page))
    return [code for code in re.findall(r"`([^`]+)`", prose) if code.startswith(f"{program} ")]


def links(page: Path) -> list[str]:
    """The targets of its links and pictures, but those that lead out into the web."""
    prose = re.sub(r"(?ms)^ *```.*?^ *```$", "", text_of(page))
    prose = re.sub(r"`[^`]*`", "", prose)
    targets: list[str] = re.findall(r"\]\(([^)\s]+)\)", prose)
    return [target for target in targets if not target.startswith(("http://", "https://"))]


def anchors(page: Path) -> set[str]:
    """The anchors of a page: its headings, as GitHub writes them in a link."""
    return set(anchors_in_order(page))


def anchors_in_order(page: Path) -> list[str]:
    """The anchors of a page, from its first heading to the last."""
    headings = re.findall(r"(?m)^#+ (.*)$", re.sub(r"(?ms)^ *```.*?^ *```$", "", text_of(page)))
    return [_anchor(heading) for heading in headings]


def _anchor(heading: str) -> str:
    characters = (
        character
        for character in heading.lower()
        if character in " -_" or unicodedata.category(character)[0] in "LNM"
    )
    return "".join(characters).replace(" ", "-")
