"""The table `prose.md`: what the seed pages say beside their tables, and the tests of it."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from pulumi_smssign.tencent.api import LIMITS
from tests.seeds.mentions import spoken

RULES = {
    "tencent-add": 6,
    "tencent-modify": 2,
    "huawei-create": 6,
    "ucloud-update": 6,
    "yunpian-add": 8,
}
"""How many rules were read on each page."""


def rows() -> list[tuple[str, list[str]]]:
    """Each rule's page and its tests."""
    lines = (Path(__file__).parent / "prose.md").read_text("utf-8").splitlines()
    cells = [line.strip("|").split("|") for line in lines if line.startswith("| ")]
    return [
        (page.strip(), [test.strip(" `") for test in tests.split("<br>")])
        for page, _, tests in cells[2:]
    ]


def test_no_page_has_lost_a_rule() -> None:
    assert Counter(page for page, _ in rows()) == RULES


@pytest.mark.parametrize("page", RULES)
def test_every_rule_has_tests_that_exist(page: str) -> None:
    named = {test for each, tests in rows() if each == page for test in tests}
    assert named
    assert [test for test in sorted(named) if spoken(test) is None] == []


@pytest.mark.parametrize("action", ["AddSmsSign", "ModifySmsSign", "DeleteSmsSign"])
def test_tencents_writes_go_once_a_second_at_the_most(action: str) -> None:
    rate = LIMITS[action]
    assert rate.limit / rate.interval <= 1 / 1000
