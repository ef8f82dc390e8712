"""CONTRIBUTING.md: the rooms are those of the contracts, and the commands those of the Makefile."""

from __future__ import annotations

import re
import tomllib

from tests.docs.pages import CHECKOUT, text_of

PAGE = text_of(CHECKOUT / "CONTRIBUTING.md")
HEADS = ("Added", "Changed", "Deprecated", "Removed", "Fixed", "Security")
LAYERS = tomllib.loads((CHECKOUT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"][
    "contracts"
][0]["layers"]


def test_the_table_of_rooms_is_the_contract_of_layers() -> None:
    table = PAGE.partition("\n| rooms | ")[2].partition("\n\n")[0]
    rows = re.findall(r"(?m)^\| ((?:`\w+`(?:, )?)+) \|", table)
    assert [re.findall(r"\w+", row) for row in rows] == [layer.split(" | ") for layer in LAYERS]


def test_each_target_of_the_makefile_is_described() -> None:
    makefile = (CHECKOUT / "Makefile").read_text("utf-8")
    targets = set(re.findall(r"(?m)^([a-z-]+):.*## ", makefile)) - {"engine"}
    assert targets <= set(re.findall(r"make ([a-z-]+)", PAGE))


def test_changelog_has_the_heads_of_keep_a_changelog() -> None:
    _, first, *released = text_of(CHECKOUT / "CHANGELOG.md").split("\n## ")
    assert first.startswith("[Unreleased]\n")
    for version in (first, *released):
        heads = re.findall(r"(?m)^### (.*)$", version)
        assert heads == [head for head in HEADS if head in heads]
