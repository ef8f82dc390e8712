"""The site of the documents: strictly built, searched in both languages, without a network."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.docs.pages import CHECKOUT, DOCS
from tools.site import FIRST_PAGES, linked

FACTS = tomllib.loads((CHECKOUT / "pyproject.toml").read_text("utf-8"))["project"]
IN_REPOSITORY = f"{FACTS['urls']['Repository']}/blob/main/"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the site; strict mkdocs ends with a warning's exit code."""
    folder = tmp_path_factory.mktemp("site")
    build = (sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", folder)
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(
        build, cwd=CHECKOUT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="module")
def html(site: Path) -> Mapping[str, str]:
    """The text of each page by its path."""
    pages = [page for page in site.rglob("*.html") if page.name != "404.html"]
    return {str(page.relative_to(site)): page.read_text("utf-8") for page in pages}


def test_every_document_is_a_page(html: Mapping[str, str]) -> None:
    documents = {str(page.relative_to(DOCS)) for page in DOCS.rglob("*.md")}
    sources = {*documents, *FIRST_PAGES.values()}
    assert html.keys() == {source.replace(".md", ".html") for source in sources}


@pytest.mark.parametrize(
    ("word", "pages"), [("predecessor", r"[a-z-]+\.html"), ("审核", r"zh/[a-z-]+\.html")]
)
def test_search_finds_a_word(site: Path, word: str, pages: str) -> None:
    """Chinese is cut into words, or only whole clauses would be found."""
    index = json.loads((site / "search" / "search_index.json").read_text("utf-8"))
    separator = re.compile(index["config"]["separator"])
    found = {
        entry["location"].partition("#")[0]
        for entry in index["docs"]
        if word in separator.split(re.sub("<[^>]+>", " ", entry["text"]))
    }
    assert index["config"]["lang"] == ["en", "zh"]
    assert any(re.fullmatch(pages, page) for page in found)


def test_nothing_is_loaded_from_elsewhere(site: Path, html: Mapping[str, str]) -> None:
    loaded = re.compile(r'<(?:script|link|img|iframe)[^>]*(?:src|href)="(?:https?:)?//')
    assert [path for path, text in html.items() if loaded.search(text)] == []
    styles = "".join(path.read_text("utf-8") for path in site.rglob("*.css"))
    assert re.findall(r"(?:url\(|@import )[\"']?(?:https?:)?//", styles) == []


def test_links_out_of_the_documents_lead_to_files_of_the_repository(
    html: Mapping[str, str],
) -> None:
    links = [link for text in html.values() for link in re.findall(r'href="([^"]+)"', text)]
    files = {link.removeprefix(IN_REPOSITORY) for link in links if link.startswith(IN_REPOSITORY)}
    assert len(files) > 30
    for file in files:
        assert (CHECKOUT / file.partition("#")[0]).exists(), file


@pytest.mark.parametrize(
    ("page", "link", "address"),
    [
        ("index.md", "docs/settings.md#hosts", "settings.md#hosts"),
        ("index.md", "README.zh-CN.md", "zh/index.md"),
        ("zh/index.md", "docs/zh/settings.md", "settings.md"),
        ("settings.md", "../examples/pipeline", f"{IN_REPOSITORY}examples/pipeline"),
        ("vendors/tencent.md", "../../README.md", "../index.md"),
        ("zh/settings.md", "../settings.md", "../settings.md"),
        ("settings.md", "https://www.pulumi.com/docs/", "https://www.pulumi.com/docs/"),
        ("settings.md", "#hosts", "#hosts"),
    ],
)
def test_link_of_a_checkout_is_one_of_the_site(page: str, link: str, address: str) -> None:
    assert linked(f"see [this]({link}).", page) == f"see [this]({address})."
