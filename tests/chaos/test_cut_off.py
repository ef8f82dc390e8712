"""A submission that was cut off, and a program that says something else by then."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pulumi_smssign.engine import claims, marks
from pulumi_smssign.model.review import SHOWN_AFTER
from tests.chaos.bench import NEW, OLD, Bench, Operation
from tests.model.engine import Command

WAS_CUT_OFF = "was submitted by an earlier run of this resource"
LATER = "极客网络"


def settle(bench: Bench) -> None:
    """All is approved; what then waits for that goes, and nothing moves any more."""
    for _ in range(2):
        bench.approve()
        assert bench.engine.up(Command()).succeeded
    calls = bench.calls()
    assert bench.engine.up(Command()).succeeded
    assert bench.calls() == calls


def stays(bench: Bench, *texts: str) -> bool:
    """Whether the vendor has these, and what it can't delete."""
    held = {one.text for one in bench.held()}
    return held == set(texts) if bench.case.deletes else set(texts) <= held


def test_what_was_created_under_another_text_goes_when_its_successor_is_approved(
    bench: Bench,
) -> None:
    bench.begin(Operation.SUBMIT)
    assert not bench.engine.up(Command(preview=False, cut_off=("brand", "create"))).succeeded
    bench.engine.program["brand"].arguments[bench.case.text] = NEW
    told = bench.engine.up(Command())
    assert told.succeeded, told.errors
    assert WAS_CUT_OFF in told.announced("brand")
    assert bench.owned() == {bench.identifier(one) for one in bench.held()}
    settle(bench)
    assert stays(bench, NEW)


def test_what_would_have_replaced_it_goes_when_the_change_is_taken_back(bench: Bench) -> None:
    beginning = bench.begin(Operation.NEW_FIRST)
    bench.start_over(beginning)
    (old,) = bench.held()
    assert not bench.engine.up(Command(cut_off=("brand", "create"))).succeeded
    assert len(bench.held()) == 2
    bench.engine.program["brand"].arguments[bench.case.text] = OLD
    told = bench.engine.up(Command())
    assert told.succeeded, told.errors
    settle(bench)
    assert stays(bench, OLD)
    entry = bench.engine.entry("brand")
    assert entry is not None
    assert entry.id == bench.identifier(old)


def test_a_third_text_replaces_both(bench: Bench) -> None:
    bench.start_over(bench.begin(Operation.NEW_FIRST))
    assert not bench.engine.up(Command(cut_off=("brand", "create"))).succeeded
    bench.engine.program["brand"].arguments[bench.case.text] = LATER
    assert bench.engine.up(Command()).succeeded
    settle(bench)
    assert stays(bench, LATER)


def test_what_is_in_state_by_then_is_no_news(bench: Bench) -> None:
    """A resubmission that was cut off leaves a mark too, of a signature that state has."""
    bench.begin(Operation.RESUBMIT)
    assert not bench.engine.up(Command(cut_off=("brand", "update"))).succeeded
    bench.approve()
    bench.engine.program["brand"].arguments[bench.case.text] = NEW
    outcome = bench.engine.up(Command())
    assert outcome.succeeded
    assert not any(WAS_CUT_OFF in said for _, _, said in outcome.said)


def test_what_has_not_arrived_is_looked_for_only_as_long_as_a_list_may_be_late(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.begin(Operation.SUBMIT)
    words = bench.case.words
    bench.sandbox.faults.add(
        vendor=bench.case.vendor, action=words.submit, kind="drop_before", times=None
    )
    assert not bench.engine.up(Command(preview=False)).succeeded
    bench.sandbox.faults.clear()
    bench.engine.program["brand"].arguments[bench.case.text] = NEW
    assert bench.engine.up(Command()).succeeded
    monkeypatch.setattr(claims, "seconds_since", lambda _: SHOWN_AFTER + 1)
    assert bench.engine.up(Command()).succeeded
    calls = bench.calls()
    assert bench.engine.up(Command()).succeeded
    assert bench.calls() == calls


def test_after_a_day_it_is_no_longer_taken_for_the_resources_own(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.begin(Operation.SUBMIT)
    assert not bench.engine.up(Command(preview=False, cut_off=("brand", "create"))).succeeded
    bench.engine.program["brand"].arguments[bench.case.text] = NEW
    monkeypatch.setattr(marks, "seconds_since", lambda _: marks.LEFT_BEHIND + 1)
    assert bench.engine.up(Command()).succeeded
    assert len(bench.owned()) == 1
    assert stays(bench, OLD, NEW)


@pytest.mark.parametrize("drops", [False, True], ids=["to replace it", "for good"])
def test_what_was_being_deleted_is_submitted_anew_when_that_is_taken_back(
    bench: Bench, drops: bool
) -> None:
    """State still has it, and nothing differs: only the mark tells that somebody must look."""
    if not bench.case.deletes:
        return
    beginning = bench.begin(Operation.WITHDRAW)
    bench.start_over(beginning)
    wanted = bench.engine.program["brand"]
    if drops:
        del bench.engine.program["brand"]
    else:
        bench.engine.program["brand"] = replace(wanted, consents=True)
        bench.engine.program["brand"].arguments = {**wanted.arguments, bench.case.text: NEW}
    assert not bench.engine.up(Command(cut_off=("brand", "delete"))).succeeded
    assert bench.held() == []
    bench.engine.program["brand"] = wanted
    told = bench.engine.up(Command())
    assert told.succeeded, told.errors
    assert "no longer has this signature" in told.announced("brand")
    assert bench.only().text == OLD
    settle(bench)


def test_what_is_still_there_though_it_was_being_deleted_is_kept(bench: Bench) -> None:
    if not bench.case.deletes:
        return
    bench.start_over(bench.begin(Operation.WITHDRAW))
    wanted = bench.engine.program.pop("brand")
    (old,) = bench.held()
    bench.sandbox.faults.add(
        vendor=bench.case.vendor, action=bench.case.words.withdraw, kind="drop_before", times=None
    )
    assert not bench.engine.up(Command()).succeeded
    bench.sandbox.faults.clear()
    bench.engine.program["brand"] = wanted
    again = bench.engine.up(Command())
    assert again.succeeded
    assert again.said == []
    assert bench.only().id == old.id
