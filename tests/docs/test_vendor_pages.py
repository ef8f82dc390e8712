"""A page for each vendor, its tables as the code has them."""

from __future__ import annotations

import ast
import inspect

import pytest

from pulumi_smssign.core.registry import VENDORS, named
from pulumi_smssign.signature import Arguments
from tests.docs.pages import blocks, text_of
from tools import pages
from tools.fields import signature_class


@pytest.mark.parametrize("vendor", VENDORS)
def test_the_tables_are_those_that_the_code_makes(vendor: str) -> None:
    text = text_of(pages.page(vendor))
    assert pages.written(vendor, text) == text, "run `python -m tools.pages --write`"


def test_the_settings_have_the_keys_of_every_vendor() -> None:
    text = text_of(pages.SETTINGS)
    assert pages.places(text) == ["keys"]
    assert pages.written("", text) == text, "run `python -m tools.pages --write`"


@pytest.mark.parametrize("vendor", VENDORS)
def test_every_table_has_its_place(vendor: str) -> None:
    wanted = {table for table, make in pages.TABLES.items() if make(vendor)}
    assert set(pages.places(text_of(pages.page(vendor)))) == wanted


@pytest.mark.parametrize("vendor", VENDORS)
def test_every_argument_is_in_the_page(vendor: str) -> None:
    text = text_of(pages.page(vendor))
    parameters = inspect.signature(signature_class(vendor).__init__).parameters.values()
    own = [each.name for each in parameters if each.kind is each.KEYWORD_ONLY]
    assert len(own) > 2
    for argument in (*own, *Arguments.__annotations__):
        assert argument == "opts" or f"\n| `{argument}` | " in text


@pytest.mark.parametrize("vendor", VENDORS)
def test_every_status_and_every_key_is_in_the_page(vendor: str) -> None:
    text = text_of(pages.page(vendor))
    for status in (*named(vendor).rules.statuses, "any other"):
        assert status in text
    for key in (key for keys in named(vendor).credentials.needed for key in keys):
        assert key in text


@pytest.mark.parametrize("vendor", VENDORS)
def test_the_program_has_every_argument_that_is_required_and_no_other_name(vendor: str) -> None:
    (program,) = blocks(pages.page(vendor), "python")
    (call,) = [node for node in ast.walk(ast.parse(program)) if isinstance(node, ast.Call)]
    given = {keyword.arg for keyword in call.keywords}
    parameters = inspect.signature(signature_class(vendor).__init__).parameters
    required = {
        each.name
        for each in parameters.values()
        if each.kind is each.KEYWORD_ONLY and each.default is each.empty
    }
    assert required <= given <= {*parameters, *Arguments.__annotations__}
