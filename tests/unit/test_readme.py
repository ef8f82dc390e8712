"""What the README says is what the code does."""

from __future__ import annotations

import ast
import re

import pytest

from pulumi_smssign.vendors import VENDORS, named
from tools.decisions import BEGIN, END, README, table

TEXT = README.read_text(encoding="utf-8")


def test_the_table_of_decisions_is_the_one_that_the_rules_make() -> None:
    assert TEXT.partition(BEGIN)[2].partition(END)[0].strip() == table()


def test_the_table_has_every_status_of_every_vendor() -> None:
    for vendor in map(named, VENDORS):
        for status in (*vendor.rules.statuses, "any other"):
            assert status in table()


@pytest.mark.parametrize("vendor", VENDORS)
def test_every_setting_is_named(vendor: str) -> None:
    (row,) = re.findall(rf"(?m)^\| `{vendor}` \|.*$", TEXT)
    model = named(vendor).credentials
    assert {f"`{key}`" for key in model.config_keys()} <= set(re.findall(r"`\w+`", row))
    assert {f"`{name}`" for name in model.environment.values()} <= set(re.findall(r"`\w+`", row))


def test_the_program_is_python_and_short() -> None:
    (program,) = re.findall(r"(?s)```python\n(.*?)```", TEXT)
    ast.parse(program)
    assert len([line for line in program.splitlines() if line]) <= 10
