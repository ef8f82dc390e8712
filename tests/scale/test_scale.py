"""The simulation of a company: who declares what, the vendors' limits, and the ledger."""

from __future__ import annotations

import json
import time
from collections import Counter
from pathlib import Path

import pytest

from pulumi_smssign.sandbox.app import Sandbox
from pulumi_smssign.sandbox.server import running
from tests.docs.pages import DOCS
from tests.scale.company import VENDORS, Company, beginning
from tests.scale.ledger import Ledger
from tests.scale.limits import api_of, per_second
from tests.scale.page import with_tables
from tests.scale.phases import Simulation
from tests.scale.runners import kind_of

SMALL = Company(stacks=2, accounts=5, signatures=10)


def test_no_text_is_declared_twice() -> None:
    company = Company()
    texts = [one.text for stack in range(company.stacks) for one in company.declared(stack, 10)]
    assert len(texts) == len(set(texts)) == company.signatures + 10 * company.stacks


def test_signatures_are_spread_over_all_accounts() -> None:
    company = Company(stacks=50, accounts=20, signatures=5000)
    accounts = Counter(
        (one.vendor, one.account) for stack in range(50) for one in company.declared(stack)
    )
    assert len(accounts) == 20
    assert sum(accounts.values()) == 5000
    assert max(accounts.values()) == company.largest_account() == 260


def test_stack_is_told_by_the_beginning_of_its_texts() -> None:
    beginnings = [beginning(stack) for stack in range(50)]
    assert len(set(beginnings)) == 50
    assert all(one.text.startswith(beginnings[7]) for one in Company().declared(7, 10))


@pytest.mark.parametrize("vendor", VENDORS)
def test_limits_name_actions_of_the_sandbox(vendor: str) -> None:
    assert per_second(vendor).keys() <= Sandbox().vendors[vendor].actions | {"ListAppDetails"}
    assert api_of(vendor).limits


def test_ledger_finds_what_is_doubled_lost_and_in_no_state() -> None:
    held = [("tencent", "g0", "甲"), ("tencent", "g0", "甲"), ("huawei", "g0", "乙")]
    in_state = [("tencent", "g0", "甲"), ("yunpian", "g0", "丙")]
    assert Ledger.of(held, in_state) == Ledger(held=3, in_state=2, doubled=1, lost=1, orphans=1)


def test_kind_of_an_error_has_no_texts_and_numbers() -> None:
    one = kind_of("DuplicateError: the account has already: 【云〇一九〇〇三】 (730001)")
    assert one == kind_of("DuplicateError: the account has already: 【云〇二九〇〇四】 (730002)")


def test_tables_of_the_page_are_those_of_the_last_run() -> None:
    page = (DOCS / "scale.md").read_text("utf-8")
    assert with_tables(page, json.loads((DOCS / "scale.json").read_text("utf-8"))) == page


def test_company_of_two_stacks_doubles_and_loses_nothing(tmp_path: Path) -> None:
    with running() as served:
        simulation = Simulation(SMALL, served, tmp_path, speed=50, at_a_time=2, seed=1)

        def until(_share: float) -> float:
            return time.monotonic() + 60

        results = [*simulation.firsts(until), *simulation.later(until)]

    for result in results[:6]:
        assert (result.done, result.cut_off) == (2, 0), result
    assert [result.created for result in results[:6]] == [10, 10, 10, 10, 0, 0]
    assert results[4].calls == 0
    assert max(result.doubled + result.lost for result in results) == 0
    assert results[-1].done == 2
    assert results[-1].orphans == 0
