"""Every link of the documents leads somewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.docs.pages import CHECKOUT, DOCS, PAGES, anchors, links, name, text_of


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_relative_link_leads_to_a_file_and_every_anchor_to_a_heading(page: Path) -> None:
    for link in links(page):
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), link
        assert target.is_relative_to(CHECKOUT), link
        if anchor:
            assert anchor in anchors(target), link


def test_every_document_is_reached_from_the_readme() -> None:
    reached, waiting = set(), [CHECKOUT / "README.md"]
    while waiting:
        page = waiting.pop()
        if page in reached:
            continue
        reached.add(page)
        targets = [(page.parent / link.partition("#")[0]).resolve() for link in links(page)]
        waiting.extend(path for path in targets if path.suffix == ".md" and path.exists())
    assert set(DOCS.rglob("*.md")) <= reached


def test_every_test_that_a_promise_names_is_there() -> None:
    text = text_of(DOCS / "what-is-promised.md")
    named = re.findall(r"`((?:tests/)?[\w/]*(?:test_\w+|canaries)\.py|tests/[\w/]+)`", text)
    assert len(named) > 10
    files = [str(path.relative_to(CHECKOUT)) for path in (CHECKOUT / "tests").rglob("*")]
    for path in named:
        assert any(file == path or file.endswith(f"/{path}") for file in files), path
