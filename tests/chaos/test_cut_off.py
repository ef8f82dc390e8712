"""A submission that was cut off, and a program that says something else by then."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pulumi_smssign.model.errors import DuplicateError
from tests.chaos.bench import NEW, OLD, Bench, Operation
from tests.engine.cases import CASES
from tests.model.engine import Command, Cut, Hook, How

TAKEN_OVER = "was submitted by an earlier run of this resource"
LATER = "极客网络"
deleting = pytest.mark.parametrize(
    "bench", [case for case in CASES if case.deletes], indirect=True, ids=str
)


def cut_off(bench: Bench, hook: Hook, how: How = "answered", *, preview: bool = True) -> None:
    """A run is killed when the vendor has answered a hook's write."""
    cut = Cut(bench.engine.urn("brand"), hook, how)
    assert not bench.engine.up(Command(preview=preview, cut=cut)).succeeded


def say(bench: Bench, text: str) -> None:
    """Have the program say another text."""
    bench.engine.program["brand"].arguments[bench.case.text] = text


def must_go_up(bench: Bench) -> None:
    """One more `pulumi up`, and it is green."""
    outcome = bench.engine.up(Command())
    assert outcome.succeeded, outcome.errors


def settle(bench: Bench) -> None:
    """All is approved; what then waits for that goes, and nothing moves any more."""
    for _ in range(2):
        bench.approve()
        must_go_up(bench)
    calls = bench.calls()
    must_go_up(bench)
    assert bench.calls() == calls


def texts(bench: Bench, *undeletable: str) -> set[str]:
    """The texts that the vendor has, without those that a vendor without a deletion keeps."""
    undeleted = set() if bench.case.deletes else set(undeletable)
    held = {signature.text for signature in bench.held()}
    assert undeleted <= held
    return held - undeleted


@pytest.mark.parametrize("is_approved", [False, True], ids=["open", "approved"])
def test_submission_is_taken_over_under_its_text(bench: Bench, is_approved: bool) -> None:
    bench.begin(Operation.SUBMIT)
    cut_off(bench, "create", preview=False)
    if is_approved:
        bench.approve()
    must_go_up(bench)
    assert TAKEN_OVER in bench.printed.text("run")
    assert bench.owned() == {bench.identifier(bench.only())}
    assert bench.engine.machine.written() == ""


def test_submission_killed_between_sign_of_life_and_state_is_a_twin(bench: Bench) -> None:
    bench.begin(Operation.SUBMIT)
    cut_off(bench, "create", "unwritten", preview=False)
    twin = bench.identifier(bench.only())
    refused = bench.engine.up(Command()).errors["brand"]
    assert isinstance(refused, DuplicateError)
    assert f'adopt="{twin}"' in refused.advice
    bench.approve()
    bench.engine.program["brand"].arguments["deletion_policy"] = "retain"
    must_go_up(bench)
    assert bench.owned() == {twin}


def test_submission_under_another_text_stays_and_nothing_deletes_it(bench: Bench) -> None:
    bench.begin(Operation.SUBMIT)
    cut_off(bench, "create", preview=False)
    say(bench, NEW)
    must_go_up(bench)
    assert len(bench.owned()) == 1
    settle(bench)
    assert bench.engine.destroy().succeeded
    assert texts(bench, NEW) == {OLD}


def test_successor_stays_when_the_change_is_taken_back(bench: Bench) -> None:
    bench.start_over(bench.begin(Operation.NEW_FIRST))
    (old,) = bench.held()
    cut_off(bench, "create")
    assert len(bench.held()) == 2
    say(bench, OLD)
    settle(bench)
    assert {signature.text for signature in bench.held()} == {OLD, NEW}
    assert bench.owned() == {bench.identifier(old)}


def test_a_third_text_replaces_what_is_in_state_alone(bench: Bench) -> None:
    bench.start_over(bench.begin(Operation.NEW_FIRST))
    cut_off(bench, "create")
    say(bench, LATER)
    must_go_up(bench)
    settle(bench)
    assert texts(bench, OLD) == {NEW, LATER}
    assert len(bench.owned()) == 1


def test_resubmission_that_was_cut_off_is_no_news(bench: Bench) -> None:
    """Its entry is of a signature that state has."""
    bench.begin(Operation.RESUBMIT)
    cut_off(bench, "update")
    bench.approve()
    say(bench, NEW)
    must_go_up(bench)
    assert TAKEN_OVER not in bench.printed.text("run")


@deleting
@pytest.mark.parametrize("drops", [False, True], ids=["to replace it", "for good"])
def test_deleted_signature_is_submitted_anew_when_its_deletion_is_taken_back(
    bench: Bench, drops: bool
) -> None:
    """State still has it, and nothing differs: only the journal tells that somebody must look."""
    bench.start_over(bench.begin(Operation.WITHDRAW))
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
    must_go_up(bench)
    assert "no longer has this signature" in bench.printed.text("preview")
    assert bench.only().text == OLD
    settle(bench)


@deleting
def test_signature_that_outlived_its_deletion_is_kept(bench: Bench) -> None:
    bench.start_over(bench.begin(Operation.WITHDRAW))
    wanted = bench.engine.program.pop("brand")
    (old,) = bench.held()
    bench.sandbox.faults.add(
        vendor=bench.case.vendor, action=bench.case.names.withdraw, kind="drop_before", times=None
    )
    assert not bench.engine.up(Command()).succeeded
    bench.sandbox.faults.clear()
    bench.engine.program["brand"] = wanted
    bench.printed.lines.clear()
    must_go_up(bench)
    # But that the bench's keys go to a host that is not the vendor's.
    assert [text for _, _, text in bench.printed.lines if "is asked at" not in text] == []
    assert bench.only().id == old.id
