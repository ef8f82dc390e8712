"""A submission that was cut off, and a program that says something else by then."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pulumi_smssign.model.errors import DuplicateError
from tests.chaos.bench import NEW, OLD, Bench, Operation
from tests.model.engine import Command, Cut, Hook, How

TAKEN_OVER = "was submitted by an earlier run of this resource"
LATER = "极客网络"


def cut_off(bench: Bench, hook: Hook, how: How = "answered", *, preview: bool = True) -> None:
    """A run is killed when the vendor has answered a hook's write."""
    cut = Cut(bench.engine.urn("brand"), hook, how)
    assert not bench.engine.up(Command(preview=preview, cut=cut)).succeeded


def say(bench: Bench, text: str) -> None:
    """Have the program say another text."""
    bench.engine.program["brand"].arguments[bench.case.text] = text


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


def test_it_is_taken_over_under_its_text_open_or_approved(bench: Bench) -> None:
    for is_approved in (False, True):
        bench.start_over(bench.begin(Operation.SUBMIT))
        cut_off(bench, "create", preview=False)
        if is_approved:
            bench.approve()
        told = bench.engine.up(Command())
        assert told.succeeded, told.errors
        assert TAKEN_OVER in bench.heard.told("run")
        assert bench.owned() == {bench.identifier(bench.only())}
        assert bench.engine.machine.written() == ""


def test_what_is_killed_between_the_sign_of_life_and_the_state_is_a_twin(bench: Bench) -> None:
    bench.begin(Operation.SUBMIT)
    cut_off(bench, "create", "unwritten", preview=False)
    twin = bench.identifier(bench.only())
    refused = bench.engine.up(Command()).errors["brand"]
    assert isinstance(refused, DuplicateError)
    assert f'adopt="{twin}"' in refused.advice
    bench.approve()
    bench.engine.program["brand"].arguments["deletion_policy"] = "retain"
    told = bench.engine.up(Command())
    assert told.succeeded, told.errors
    assert bench.owned() == {twin}


def test_under_another_text_it_stays_in_the_account_and_nothing_deletes_it(bench: Bench) -> None:
    bench.begin(Operation.SUBMIT)
    cut_off(bench, "create", preview=False)
    say(bench, NEW)
    told = bench.engine.up(Command())
    assert told.succeeded, told.errors
    assert len(bench.owned()) == 1
    settle(bench)
    assert bench.engine.destroy().succeeded
    assert stays(bench, OLD)


def test_what_would_have_replaced_it_stays_when_the_change_is_taken_back(bench: Bench) -> None:
    bench.start_over(bench.begin(Operation.NEW_FIRST))
    (old,) = bench.held()
    cut_off(bench, "create")
    assert len(bench.held()) == 2
    say(bench, OLD)
    settle(bench)
    assert {one.text for one in bench.held()} == {OLD, NEW}
    assert bench.owned() == {bench.identifier(old)}


def test_a_third_text_replaces_what_is_in_state_alone(bench: Bench) -> None:
    bench.start_over(bench.begin(Operation.NEW_FIRST))
    cut_off(bench, "create")
    say(bench, LATER)
    assert bench.engine.up(Command()).succeeded
    settle(bench)
    assert stays(bench, NEW, LATER)
    assert len(bench.owned()) == 1


def test_what_is_in_state_by_then_is_no_news(bench: Bench) -> None:
    """A resubmission that was cut off leaves an entry too, of a signature that state has."""
    bench.begin(Operation.RESUBMIT)
    cut_off(bench, "update")
    bench.approve()
    say(bench, NEW)
    assert bench.engine.up(Command()).succeeded
    assert TAKEN_OVER not in bench.heard.told("run")


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
        bench.engine.program["brand"] = replace(
            wanted,
            arguments={**wanted.arguments, bench.case.text: NEW},
            options=replace(wanted.options, deletes_first=True),
        )
    cut_off(bench, "delete")
    assert bench.held() == []
    bench.engine.program["brand"] = wanted
    told = bench.engine.up(Command())
    assert told.succeeded, told.errors
    assert "no longer has this signature" in bench.heard.told("preview")
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
    bench.heard.said.clear()
    assert bench.engine.up(Command()).succeeded
    assert bench.heard.said == []
    assert bench.only().id == old.id
