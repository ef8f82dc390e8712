"""The tour's links: each leads to a file, which has what the link is called."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.docs.pages import CHECKOUT, DOCS, text_of

TOUR = DOCS / "tour.md"
LINKS = sorted(set(re.findall(r"\[`([\w./]+)`\]\(\.\./([\w/]+\.py)\)", text_of(TOUR))))
PACKAGE = CHECKOUT / "pulumi_smssign"
ROOMS = ("cli", "sandbox", "tencent", "program", "engine", "core", "contract", "model")


def defined(body: list[ast.stmt], of: str = "") -> Iterator[str]:
    """The names that a module defines, those of a class with its own before them."""
    for each in body:
        match each:
            case ast.ClassDef(name=name):
                yield f"{of}{name}"
                yield from defined(each.body, f"{of}{name}.")
            case ast.FunctionDef(name=name):
                yield f"{of}{name}"
            case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
                yield f"{of}{name}"
            case _:
                pass


def is_there(name: str, file: Path) -> bool:
    """Whether a file defines a name, or has it itself: `core/journal`, or `journal`."""
    of_file = str(file.relative_to(CHECKOUT).with_suffix(""))
    if of_file.endswith(f"/{name}"):
        return True
    return name in defined(ast.parse(file.read_text("utf-8")).body)


@pytest.mark.parametrize(("name", "path"), LINKS, ids=lambda part: part)
def test_link_of_the_tour_leads_to_the_file_that_has_the_name(name: str, path: str) -> None:
    assert is_there(name, CHECKOUT / path), f"{path} has no {name}"


def test_the_tour_leads_into_each_room() -> None:
    led_to = {Path(path).parts[1] for _, path in LINKS if path.startswith("pulumi_smssign/")}
    assert set(ROOMS) <= led_to
    assert len(LINKS) > 60


def test_the_tour_is_short_and_names_no_file_without_a_link() -> None:
    text = text_of(TOUR)
    assert len(text.splitlines()) <= 200
    named = re.findall(r"(?<!\[)`([a-z_]+(?:/[a-z_]+)+)`", text)
    assert named == []
    assert text.count("](../") >= len(LINKS)
