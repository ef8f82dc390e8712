"""Each printed advice, followed literally: it ends green within two runs, and nothing is lost."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pyrate_limiter import Limiter

from pulumi_smssign.contract import lifeline
from pulumi_smssign.engine.approval_hooks import ApprovalHooks
from pulumi_smssign.model.errors import NotApprovedError
from pulumi_smssign.sandbox import Status
from pulumi_smssign.sandbox.server import RunningSandbox
from pulumi_smssign.ucloud.scope import Scope
from tests.engine.advice import printed
from tests.engine.cases import ALIBABA, HUAWEI, TENCENT, UCLOUD, YUNPIAN, Case
from tests.engine.in_process import Impatient, InProcess, adopted, written
from tests.engine.scene import NEW, NEXT, OLD
from tests.model.engine import Command, Cut, How, Machine

FACT = "(a fact: nothing is advised)"
CONSOLE = "(what is to be done is the console's, and no run's)"
OTHERS = "(it puts the others together)"
CONFIGURATION = "test_a_configuration_is_mended_by_the_printed_commands"
BOUND = "test_keys_and_the_host_that_they_go_to_are_brought_together"
THREE_WAYS = "test_a_change_that_costs_an_approval_has_three_ways"
FOLLOWED: Mapping[str, tuple[str, ...]] = {
    "core.accounts._checked_url": (CONFIGURATION,),
    "core.accounts._incomplete": (CONFIGURATION, CONFIGURATION),
    "core.accounts._malformed": (CONFIGURATION, "test_a_variable_with_quotes_is_set_anew"),
    "core.accounts._must_be_bound": (
        "(then the vendor itself is asked)",
        BOUND,
        BOUND,
        "(each vendor's host has a variable)",
    ),
    "core.accounts._must_be_own_sandbox": (
        "test_an_account_gets_a_name_that_can_be_one",
        "(another user's program is another process)",
    ),
    "core.accounts._unnamed": ("test_an_account_gets_a_name_that_can_be_one",),
    "core.accounts._settings": (CONFIGURATION,),
    "core.accounts.adopts_existing": (CONFIGURATION,),
    "core.accounts.deletion_policy": (CONFIGURATION,),
    "core.resubmission": ("test_a_refusal_while_the_carriers_file_is_waited_out",),
    "core.resubmission._raise_if_moved": (
        OTHERS,
        "test_a_change_that_comes_after_the_verdict_is_another_one",
    ),
    "core.resubmission.must_be_possible": ("test_a_text_that_another_bears_is_no_new_name",),
    "core.resubmission.resubmit_once": ("test_a_lost_change_is_sent_once_more",),
    "core.submission._lost": (
        "test_a_lost_submission_is_looked_for_by_the_next_run",
        "(no vendor of today lacks a look-up)",
    ),
    "core.submission._unknown": ("test_a_doubtful_submission_is_adopted_or_its_entry_cleared",),
    "core.submission.adopt": ("test_a_missing_signature_is_looked_up_or_not_adopted",),
    "core.submission.must_be_all_as_declared": (
        "test_differences_of_a_twin_are_written_or_the_text_is_another",
    ),
    "core.submission.must_be_as_declared": (
        "test_differences_of_an_adoption_are_written_and_changed_after",
    ),
    "core.submission.taken": (
        "test_a_resource_that_had_another_name_gets_the_alias",
        "test_a_twin_is_adopted",
        "test_a_tainted_resource_is_untainted_and_replace_left_out",
        "test_a_signature_of_another_stack_is_read",
        "test_with_retain_a_twin_is_taken_over_by_itself",
        "test_a_text_that_is_taken_gives_way_to_another",
        "test_a_twin_of_the_other_kind_at_ucloud_is_read_first",
        OTHERS,
    ),
    "core.messages.goes_on": (
        "test_a_deletion_that_fails_after_something_was_sent_is_tried_by_the_next_run",
    ),
    "core.messages.has_other_content": ("test_a_text_that_comes_back_with_other_content_is_kept",),
    "core.messages.held_already": ("test_a_signature_that_is_read_is_not_taken_over",),
    "core.messages.incomplete": ("test_inputs_are_mended_before_anything_is_deleted",),
    "core.messages.made_elsewhere": (
        "test_signatures_of_the_other_side_get_their_configuration_back",
    ),
    "core.messages.moved": ("test_an_approval_before_the_edit_is_replaced_by_the_next_run",),
    "core.messages.nothing_to_read": (
        "test_a_missing_signature_that_is_read_is_looked_up_or_declared",
    ),
    "core.messages.old_keys": ("test_accounts.py::test_a_key_that_was_rotated_is_told_apart",),
    "core.messages.recovered": ("test_an_interrupted_submission_of_other_content_is_edited_later",),
    "core.messages.spent_adoption": (
        "test_an_adoption_that_is_done_with_gives_way_to_a_replacement",
        FACT,
    ),
    "core.messages.takes_up_again": (
        "test_a_retained_signature_is_taken_up_again_when_declared_or_adopted",
        "test_a_retained_signature_is_taken_up_again_when_declared_or_adopted",
    ),
    "core.pickled._refuse": ("(a person finds out who wrote the state)",),
    "core.registry._announced": ("(another package is another process)",),
    "core.registry.package_of": ("(another package is another process)",),
    "core.registry.part": (FACT,),
    "core.waiting.sleep": ("test_approval.py::test_ctrl_c_ends_the_waiting_at_once",),
    "core.verdicts.standing": (
        "test_a_signature_gone_from_an_approval_is_refreshed_and_submitted",
    ),
    "core.conclusion.awaits": ("test_an_awaited_review_goes_on_with_the_next_run",),
    "core.conclusion.not_approved": (
        "test_a_filing_that_failed_is_mended_or_not_waited_for",
        "test_a_rejected_signature_is_mended_and_waited_for",
        "test_an_awaited_review_goes_on_with_the_next_run",
        "test_an_approval_goes_on_waiting_with_the_next_run",
        OTHERS,
        OTHERS,
    ),
    "core.conclusion.still_open": (
        "test_an_approval_that_does_not_fail_asks_again_with_the_next_run",
    ),
    "engine.boundary.__init__": (
        "test_a_deletion_that_fails_after_something_was_sent_is_tried_by_the_next_run",
    ),
    "engine.boundary.guarded": (OTHERS,),
    "core.submission.begun_elsewhere": (
        "test_two_stacks_with_one_lost_text_have_one_that_manages_it",
    ),
    "core.submission.still_there": (
        "test_a_predecessor_that_is_gone_is_submitted_anew_when_taken_back",
    ),
    "core.journal.begin": (
        "test_where_the_journal_can_not_be_written_room_is_made_or_another_home_chosen",
    ),
    "core.ownership._owned": ("test_one_of_two_owners_lets_go", FACT),
    "core.ownership._replaced": (
        "test_ownership.py::test_a_predecessor_of_another_is_taken_over_when_that_one_retains_it",
    ),
    "core.ownership.check": ("test_one_of_two_resources_with_one_text_declares_it",),
    "engine.plan._settings": (FACT,),
    "core.news._of_papers": (CONSOLE, CONSOLE),
    "engine.sdk_patches._request": ("(another SDK is another process)",),
    "model.decide": (FACT,),
    "model.decide._console_only": (
        FACT,
        "test_console_only_fields_are_attached_or_written_as_they_are",
        "test_console_only_fields_that_are_not_reported_are_recorded",
    ),
    "model.decide._both_ways": (
        THREE_WAYS,
        "test_a_shared_signature_is_adopted_to_be_changed",
    ),
    "model.decide._gap": ("test_a_signature_that_a_preview_warns_of_can_be_kept",),
    "model.decide._out_of_use": ("test_a_signature_that_a_preview_warns_of_can_be_kept",),
    "model.decide._under_another_key": (FACT,),
    "model.decide._correction": ("test_what_was_only_recorded_is_corrected_by_an_adoption",),
    "model.decide._in_doubt": ("test_a_doubt_is_settled_by_an_adoption_or_a_refresh",),
    "model.decide._under_the_same_key": (
        "test_while_adopt_stands_a_change_is_recorded_and_is_one_of_the_vendor_without_it",
        THREE_WAYS,
        "test_a_fixed_signature_has_two_ways",
        "test_a_change_that_a_review_forbids_waits_for_the_verdict",
        THREE_WAYS,
    ),
    "model.decide.decide": ("test_a_status_that_nobody_knows_is_looked_at_in_the_console",),
    "model.errors.__init__": (
        "(a mistake of ours is reported)",
        "(a mistake of ours is reported)",
    ),
    "model.errors.of": ("test_an_accepted_signature_is_changed_once_it_is_shown",),
}
"""For each advice of a function, in its order there: the test that follows it, or why none does.

A test of another file stands with that, by how its name begins.
"""

Make = Callable[[Case, str], InProcess]


@pytest.fixture
def make(served: RunningSandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Make:
    """A stack at a vendor, with a deletion policy; nothing in it waits."""
    monkeypatch.setattr(Limiter, "try_acquire", lambda *_, **_how: True)
    monkeypatch.setattr(lifeline, "cancelled", Impatient())
    return lambda case, policy: InProcess(case, served, tmp_path, policy)


def test_each_printed_advice_is_followed_by_a_test() -> None:
    """Who writes another one says here what follows it."""
    there = {where: len(advice) for where, advice in printed().items()}
    assert there == {where: len(tests) for where, tests in FOLLOWED.items()}
    for test in {test for tests in FOLLOWED.values() for test in tests}:
        file, _, name = test.rpartition("::")
        source = Path(__file__).with_name(file or Path(__file__).name).read_text("utf-8")
        assert test.startswith("(") or f"\ndef {name}" in source, test


def _stop() -> None:
    """The user says no to what the preview has told."""
    raise Declined


class Declined(Exception):  # noqa: N818 - what happens
    """The run is not to be."""


# --- a text that the account has already


def twin(make: Make, policy: str = "delete", case: Case = TENCENT) -> tuple[InProcess, str]:
    """A signature that another stack has, approved, and what is advised to this one."""
    stack = make(case, policy)
    with stack.of(stack.stack("other")):
        stack.approved()
    stack.declare()
    return stack, stack.advice()


def test_a_resource_that_had_another_name_gets_the_alias(make: Make) -> None:
    stack = make(TENCENT, "delete")
    stack.approved()
    urn = stack.engine.urn("brand")
    stack.move("brand", "marke")
    assert "aliases=[pulumi.Alias(name=" in stack.advice("marke")
    stack.engine.program["marke"].options.aliases = (urn,)
    stack.must_settle_with(OLD)


@pytest.mark.parametrize("which", ["id", "existing"])
def test_a_twin_is_adopted(make: Make, which: str) -> None:
    stack, said = twin(make)
    assert 'adopt="existing"' in said
    stack.edit(adopt=adopted(said) if which == "id" else "existing")
    stack.must_settle_with(OLD)


@pytest.mark.parametrize("is_tainted", [True, False])
def test_a_tainted_resource_is_untainted_and_replace_left_out(make: Make, is_tainted: bool) -> None:
    stack = make(TENCENT, "delete")
    stack.approved()
    (entry,) = stack.engine.state
    entry.is_tainted = is_tainted
    command = None if is_tainted else Command(replaced=frozenset({entry.urn}))
    said = stack.advice(command=command)
    assert "leave --replace out" in said
    assert "`pulumi state untaint URN`" in said
    entry.is_tainted = False
    stack.must_settle_with(OLD)


def test_a_signature_of_another_stack_is_read(make: Make) -> None:
    stack, said = twin(make)
    assert "read it here with Signature.get" in said
    stack.read("brand", adopted(said))
    stack.must_settle_with(OLD)


def test_with_retain_a_twin_is_taken_over_by_itself(make: Make) -> None:
    stack, said = twin(make)
    assert 'With deletion_policy="retain" an approved one is taken over by itself.' in said
    stack.edit(deletion_policy="retain")
    stack.must_settle_with(OLD)


def test_a_text_that_is_taken_gives_way_to_another(make: Make) -> None:
    stack, said = twin(make)
    assert "choose another text" in said
    stack.reword(NEW)
    stack.must_settle_with(OLD, NEW)


def test_a_twin_of_the_other_kind_at_ucloud_is_read_first(make: Make) -> None:
    stack = make(UCLOUD, "delete")
    with stack.of(stack.stack("other")):
        stack.declare(international=True)
        stack.green()
    abroad = stack.id()
    stack.declare()
    said = stack.advice()
    assert "read it with ucloud.Signature.get(..., international=...)" in said
    declared = stack.engine.program.pop("brand")
    stack.read("abroad", abroad, international=True, scope=str(Scope("", international=True)))
    stack.engine.program["brand"] = declared
    stack.must_settle_with(OLD, OLD)


# --- what is to be adopted


def test_a_missing_signature_is_looked_up_or_not_adopted(make: Make) -> None:
    stack = make(TENCENT, "retain")
    with stack.of(stack.stack("other")):
        there = stack.approved()
    stack.declare(adopt="999999")
    said = stack.advice()
    assert "look up its id in the vendor's console, or take adopt= out" in said
    stack.edit(adopt=None)
    stack.green()
    assert stack.engine.state[0].id == there
    stack.edit(adopt=there)
    stack.must_settle_with(OLD)


def test_differences_of_an_adoption_are_written_and_changed_after(make: Make) -> None:
    stack = make(TENCENT, "retain")
    with stack.of(stack.stack("other")):
        there = stack.approved()
    stack.declare(text=NEW, adopt=there)
    said = stack.advice()
    assert "to adopt it; change it after" in said
    stack.edit(**written(said))
    stack.green()
    stack.edit(adopt=None)
    stack.reword(NEW)
    stack.must_settle_with(OLD, NEW)


@pytest.mark.parametrize("is_written", [True, False], ids=["written", "another text"])
def test_differences_of_a_twin_are_written_or_the_text_is_another(
    make: Make, is_written: bool
) -> None:
    stack = make(TENCENT, "retain")
    with stack.of(stack.stack("other")):
        stack.approved(qualification_id=2000418)
    stack.declare()
    said = stack.advice()
    assert "and it is taken over; or choose another text" in said
    if is_written:
        stack.edit(**written(said))
        stack.must_settle_with(OLD)
    else:
        stack.reword(NEW)
        stack.must_settle_with(OLD, NEW)


def test_an_adoption_that_is_done_with_gives_way_to_a_replacement(make: Make) -> None:
    stack = make(TENCENT, "delete")
    there = stack.approved()
    stack.edit(adopt=there)
    stack.green()
    stack.reword(NEW)
    said = stack.advice()
    assert "take the line adopt= out of the resource" in said
    stack.edit(adopt=None)
    stack.must_settle_with(NEW)


@pytest.mark.parametrize("is_taken_out", [True, False], ids=["adopt=", "the holder"])
def test_one_of_two_owners_lets_go(make: Make, is_taken_out: bool) -> None:
    stack = make(TENCENT, "delete")
    there = stack.approved()
    stack.declare("marke", NEW, adopt=there)
    said = stack.advice("marke")
    assert "take adopt= out of `marke`, or take `brand` out of the program" in said
    if is_taken_out:
        stack.edit("marke", adopt=None)
        stack.must_settle_with(OLD, NEW)
        return
    del stack.engine.program["brand"]
    stack.edit("marke", **written(stack.advice("marke")))
    stack.must_settle_with(OLD)
    assert stack.id() == there


def test_one_of_two_resources_with_one_text_declares_it(make: Make) -> None:
    stack = make(TENCENT, "delete")
    stack.declare()
    stack.declare("marke")
    assert "let one resource declare it, and use that one's outputs" in stack.advice("marke")
    del stack.engine.program["marke"]
    stack.must_settle_with(OLD)


@pytest.mark.parametrize("is_one", [True, False], ids=["one declares it", "another text"])
def test_a_signature_that_is_read_is_not_taken_over(make: Make, is_one: bool) -> None:
    stack = make(TENCENT, "retain")
    with stack.of(stack.stack("other")):
        there = stack.approved()
    stack.read("seen", there)
    stack.declare()
    said = stack.advice()
    assert "let one resource declare it, and use that one's outputs; or choose another" in said
    if is_one:
        del stack.engine.program["seen"]
        stack.must_settle_with(OLD)
    else:
        stack.reword(NEW)
        stack.must_settle_with(OLD, NEW)


@pytest.mark.parametrize("is_read", [True, False], ids=["looked up", "declared"])
def test_a_missing_signature_that_is_read_is_looked_up_or_declared(
    make: Make, is_read: bool
) -> None:
    stack = make(TENCENT, "retain")
    with stack.of(stack.stack("other")):
        there = stack.approved()
    stack.read("brand", "999999")
    assert "look up its id in the vendor's console, or declare" in stack.advice()
    if is_read:
        stack.read("brand", there)
    else:
        stack.declare()
    stack.must_settle_with(OLD)


@pytest.mark.parametrize("is_kept_as_it_is", [False, True])
def test_a_text_that_comes_back_with_other_content_is_kept(
    make: Make, is_kept_as_it_is: bool
) -> None:
    stack = make(TENCENT, "retain")
    there = stack.approved()
    stack.reword(NEW)
    stack.green()
    stack.reword(OLD)
    stack.change_the_proof()
    said = stack.advice()
    assert "take those changes back too, and it is simply kept" in said
    if is_kept_as_it_is:
        stack.edit(adopt=adopted(said))
    else:
        stack.change_the_proof(0)
    stack.must_settle_with(OLD)
    assert stack.engine.state[0].id == there


@pytest.mark.parametrize("is_adopted", [False, True])
def test_a_retained_signature_is_taken_up_again_when_declared_or_adopted(
    make: Make, is_adopted: bool
) -> None:
    stack = make(TENCENT, "retain")
    there = stack.approved()
    declared = stack.engine.program.pop("brand")
    stack.green()
    assert "declared again it is taken up by itself" in stack.said
    stack.engine.program["brand"] = declared
    if is_adopted:
        stack.edit(adopt=adopted(stack.said))
    stack.must_settle_with(OLD)
    assert stack.engine.state[0].id == there


# --- what would cost an approval


@pytest.mark.parametrize("way", ["taken back", "another text", "delete"])
@pytest.mark.parametrize("case", [TENCENT, ALIBABA], ids=str)
def test_a_change_that_costs_an_approval_has_three_ways(make: Make, case: Case, way: str) -> None:
    stack = make(case, "retain")
    there = stack.approved()
    stack.change_the_proof()
    said = stack.advice()
    assert "take the change back, or give the signature another text" in said
    assert 'give it deletion_policy="delete"' in said
    if way == "delete":
        stack.policy = "delete"
        stack.edit(deletion_policy="delete")
        stack.must_settle_with(OLD)
        return
    stack.change_the_proof(0 if way == "taken back" else 1)
    if way == "another text":
        stack.reword(NEW)
    stack.must_settle_with(*((OLD, NEW) if way == "another text" else (OLD,)))
    assert stack.texts()[OLD] is Status.APPROVED
    assert stack.id() == there


@pytest.mark.parametrize("case", [TENCENT, ALIBABA], ids=str)
def test_a_shared_signature_is_adopted_to_be_changed(make: Make, case: Case) -> None:
    """What it is adopted for is done in the same run: both lines stand in one advice."""
    stack = make(case, "retain")
    with stack.of(stack.stack("other")):
        stack.approved()
    stack.declare()
    stack.green()
    stack.change_the_proof()
    said = stack.advice()
    assert 'deletion_policy="delete" and adopt="' in said
    stack.policy = "delete"
    stack.edit(deletion_policy="delete", adopt=adopted(said))
    stack.watch.sent.clear()
    stack.must_settle_with(OLD)
    edited = ["resubmit!"] if case.editable else ["withdraw!", "submit"]
    assert [kind for _, kind in stack.watch.sent] == edited


@pytest.mark.parametrize("way", ["taken back", "another text"])
def test_a_fixed_signature_has_two_ways(make: Make, way: str) -> None:
    stack = make(YUNPIAN, "delete")
    stack.approved()
    stack.change_the_proof()
    assert "take the change back, or give the signature another text." in stack.advice()
    if way == "taken back":
        stack.change_the_proof(0)
    else:
        stack.reword(NEW)
    stack.must_settle_with(*((OLD, NEW) if way == "another text" else (OLD,)))
    assert stack.texts()[OLD] is Status.APPROVED


@pytest.mark.parametrize("way", ["verdict", "taken back"])
def test_a_change_that_a_review_forbids_waits_for_the_verdict(make: Make, way: str) -> None:
    stack = make(HUAWEI, "delete")
    stack.declare()
    stack.green()
    stack.change_the_proof()
    assert "wait for the verdict and run `pulumi up` again, or take the change" in stack.advice()
    if way == "verdict":
        stack.reject()
    else:
        stack.change_the_proof(0)
    stack.must_settle_with(OLD)


@pytest.mark.parametrize("way", ["taken back", "another text", "retain"])
@pytest.mark.parametrize("case", [TENCENT, ALIBABA], ids=str)
def test_a_signature_that_a_preview_warns_of_can_be_kept(make: Make, case: Case, way: str) -> None:
    """With "retain" the next run says the two other ways."""
    stack = make(case, "delete")
    there = stack.approved()
    stack.change_the_proof()
    told = re.escape("WILL BE OUT OF USE" if case.editable else "WILL BE DELETED FIRST")
    with pytest.raises(Declined):
        stack.up(Command(between=_stop))
    assert re.search(told, stack.said)
    assert 'or write deletion_policy="retain"' in stack.said
    if way == "retain":
        stack.policy = "retain"
        stack.edit(deletion_policy="retain")
        assert "take the change back" in stack.advice()
    if way == "another text":
        stack.reword(NEW)
    else:
        stack.change_the_proof(0)
    stack.policy = "retain"
    stack.green()
    assert stack.id() == there


def test_a_status_that_nobody_knows_is_looked_at_in_the_console(make: Make) -> None:
    stack = make(TENCENT, "delete")
    there = stack.approved()
    stack.sandbox.set_status("tencent", there, "7")
    stack.change_the_proof()
    assert "look at the signature in the vendor's console" in stack.advice()
    stack.sandbox.approve("tencent", there)
    stack.must_settle_with(OLD)


@pytest.mark.parametrize("is_adopted", [True, False], ids=["adopted", "refreshed"])
def test_a_doubt_is_settled_by_an_adoption_or_a_refresh(make: Make, is_adopted: bool) -> None:
    """Rejected in state, approved at the vendor: perhaps it was this very change."""
    stack = make(UCLOUD, "retain")
    stack.declare()
    stack.green()
    stack.reject()
    assert stack.engine.refresh().succeeded
    stack.sandbox.approve("ucloud", stack.id())
    there = stack.id()
    stack.change_the_proof()
    said = stack.advice()
    if is_adopted:
        stack.edit(adopt=adopted(said))
    else:
        assert "run `pulumi refresh`" in said
        assert stack.engine.refresh().succeeded
        assert "take the change back" in stack.advice()
        stack.change_the_proof(0)
    stack.must_settle_with(OLD)
    assert stack.id() == there


def wrongly_recorded(make: Make, case: Case, policy: str) -> InProcess:
    """A stack that has adopted an approved signature with another proof than was submitted."""
    stack = make(case, policy)
    with stack.of(stack.stack("other")):
        there = stack.approved()
    stack.declare(adopt=there)
    stack.change_the_proof()
    stack.green()
    assert stack.id() == there
    return stack


@pytest.mark.parametrize("policy", ["retain", "delete"])
@pytest.mark.parametrize("case", [TENCENT, UCLOUD], ids=str)
def test_what_was_only_recorded_is_corrected_by_an_adoption(
    make: Make, case: Case, policy: str
) -> None:
    stack = wrongly_recorded(make, case, policy)
    there = stack.id()
    stack.edit(adopt=None)
    stack.green()
    stack.change_the_proof(0)
    if policy == "retain":
        said = stack.advice()
    else:
        with pytest.raises(Declined):
            stack.up(Command(between=_stop))
        said = stack.said
    line = "If what was submitted is as the program says now, "
    assert line in said
    stack.edit(adopt=adopted(said.partition(line)[2]))
    stack.must_settle_with(OLD)
    assert stack.texts()[OLD] is Status.APPROVED
    assert stack.id() == there


@pytest.mark.parametrize("policy", ["retain", "delete"])
@pytest.mark.parametrize("case", [TENCENT, UCLOUD], ids=str)
def test_while_adopt_stands_a_change_is_recorded_and_is_one_of_the_vendor_without_it(
    make: Make, case: Case, policy: str
) -> None:
    stack = wrongly_recorded(make, case, policy)
    sent = list(stack.watch.sent)
    stack.change_the_proof(0)
    with pytest.raises(Declined):
        stack.up(Command(between=_stop))
    assert "is only corrected in the record, nothing is sent" in stack.said
    assert "For a change at the vendor take adopt= out first." in stack.said
    stack.must_settle_with(OLD)
    assert (stack.watch.sent, stack.texts()) == (sent, {OLD: Status.APPROVED})
    stack.edit(adopt=None)
    stack.change_the_proof()
    if policy == "retain":
        assert "take the change back" in stack.advice()
    else:
        stack.must_settle_with(OLD)
        assert stack.watch.sent != sent


@pytest.mark.parametrize("is_approved", [True, False], ids=["approved", "in review"])
@pytest.mark.parametrize("policy", ["retain", "delete"])
def test_record_is_made_anew_under_another_name_with_an_adoption(
    make: Make, policy: str, is_approved: bool
) -> None:
    """The way of settings.md for what UCloud tells signatures apart by, and doesn't report."""
    stack = make(UCLOUD, policy)
    with stack.of(stack.stack("other")):
        stack.declare()
        stack.green()
        if is_approved:
            stack.approve()
    there = stack.id()
    stack.declare(adopt=there, international=True)
    stack.green()
    sent = list(stack.watch.sent)
    stack.move("brand", "marke")
    stack.edit("marke", international=False)
    stack.green()
    assert (stack.watch.sent, stack.id()) == (sent, there)
    (held,) = stack.engine.state
    assert held.outputs["international"] is False


@pytest.mark.parametrize("way", ["attached", "written"])
def test_console_only_fields_are_attached_or_written_as_they_are(make: Make, way: str) -> None:
    stack = make(TENCENT, "delete")
    there = stack.approved()
    stack.edit(qualification_id=2000418)
    said = stack.advice()
    assert "attach it in the vendor's console" in said
    assert "run `pulumi up` again: what the vendor then reports is no change. Or write" in said
    if way == "attached":
        stack.sandbox.change("tencent", there, fields={"QualificationId": 2000418})
    else:
        stack.edit(**written(said.replace("Or write", "write")))
    stack.must_settle_with(OLD)
    assert stack.id() == there


@pytest.mark.parametrize("is_adopted", [True, False], ids=["adopted", "taken back"])
def test_console_only_fields_that_are_not_reported_are_recorded(
    make: Make, is_adopted: bool
) -> None:
    stack = make(UCLOUD, "delete")
    there = stack.approved()
    stack.edit(qualification_id="qual-417")
    said = stack.advice()
    stack.edit(**({"adopt": adopted(said)} if is_adopted else {"qualification_id": None}))
    stack.must_settle_with(OLD)
    assert stack.id() == there


# --- what was lost, cut off, late, or reviewed meanwhile

AGAIN = "run `pulumi up` again"


ELEVEN_MINUTES_AGO = (datetime.now(UTC) - timedelta(minutes=11)).isoformat()


def cut(stack: InProcess, how: How) -> Command:
    """The engine and its plugin are killed in the submission."""
    return Command(preview=False, cut=Cut(stack.engine.urn("brand"), "create", how))


def test_a_lost_submission_is_looked_for_by_the_next_run(make: Make) -> None:
    stack = make(TENCENT, "delete")
    stack.declare()
    stack.fault(kind="drop_after", action="AddSmsSign")
    stack.fault(kind="error", action="DescribeSmsSignList", skip=1, times=3, code="FailedOperation")
    said = stack.advice(command=Command(preview=False))
    assert said.startswith(f"{AGAIN}: it looks before it submits")
    stack.sandbox.faults.clear()
    stack.must_settle_with(OLD)
    assert stack.watch.sent == [(OLD, "submit")]


def test_the_machine_that_knows_of_no_lost_submission_is_told_what_to_adopt(make: Make) -> None:
    stack = make(TENCENT, "delete")
    stack.declare()
    stack.fault(kind="drop_after", action="AddSmsSign")
    stack.fault(kind="error", action="DescribeSmsSignList", skip=1, times=3, code="FailedOperation")
    assert "add the adopt= that it names" in stack.advice(command=Command(preview=False))
    stack.sandbox.faults.clear()
    stack.engine.machine = Machine(stack.folder / "another machine")
    stack.engine.machine.folder.mkdir()
    stack.edit(adopt=adopted(stack.advice()))
    stack.must_settle_with(OLD)


@pytest.mark.parametrize("has_arrived", [True, False])
def test_a_doubtful_submission_is_adopted_or_its_entry_cleared(
    make: Make, has_arrived: bool
) -> None:
    stack = make(TENCENT, "delete")
    stack.declare()
    kind = "drop_after" if has_arrived else "drop_before"
    stack.fault(kind=kind, action="AddSmsSign")
    stack.fault(
        kind="error", action="DescribeSmsSignList", skip=1, times=None, code="FailedOperation"
    )
    stack.advice(command=Command(preview=False))
    said = stack.advice(command=Command(preview=False))
    assert "if it is there, add adopt= with its id; if not, `smssign journal clear`" in said
    stack.sandbox.faults.clear()
    if has_arrived:
        stack.edit(adopt=stack.id())
    else:
        journal = stack.machine.journal()
        for entry in journal.entries():
            journal.clear(entry)
    stack.must_settle_with(OLD)
    assert stack.watch.sent == [(OLD, "submit")]


def test_an_interrupted_submission_of_other_content_is_edited_later(
    make: Make,
) -> None:
    stack = make(TENCENT, "delete")
    stack.declare()
    assert not stack.up(cut(stack, "answered")).succeeded
    stack.change_the_proof()
    stack.green()
    assert f"{AGAIN}" in stack.said
    stack.must_settle_with(OLD)
    assert stack.watch.sent == [(OLD, "submit"), (OLD, "resubmit")]


def test_an_accepted_signature_is_taken_over_once_it_is_shown(make: Make) -> None:
    stack = make(TENCENT, "delete")
    stack.declare()
    assert not stack.up(cut(stack, "answered")).succeeded
    stack.sandbox.switches.set({"tencent.visibility_delay": 60})
    assert "run it again in a minute" in stack.advice(command=Command(preview=False))
    stack.sandbox.switches.set({"tencent.visibility_delay": 0})
    stack.must_settle_with(OLD)
    assert stack.watch.sent == [(OLD, "submit")]


def test_an_accepted_signature_is_changed_once_it_is_shown(make: Make) -> None:
    stack = make(TENCENT, "delete")
    stack.sandbox.switches.set({"tencent.visibility_delay": 60})
    stack.declare()
    stack.green()
    stack.change_the_proof()
    assert "run it again in a minute; nothing is lost" in stack.advice()
    stack.sandbox.switches.set({"tencent.visibility_delay": 0})
    stack.must_settle_with(OLD)
    assert stack.watch.sent == [(OLD, "submit"), (OLD, "resubmit")]


@pytest.mark.parametrize("is_read", [True, False], ids=["reads it", "ten minutes later"])
def test_two_stacks_with_one_lost_text_have_one_that_manages_it(make: Make, is_read: bool) -> None:
    stack = make(TENCENT, "delete")
    stack.declare()
    stack.fault(kind="drop_before", action="AddSmsSign")
    stack.advice(command=Command(preview=False))
    with stack.of(stack.stack("other")):
        stack.declare()
        said = stack.advice()
        assert "let one stack manage it, and read it in the other with Signature.get" in said
    if is_read:
        stack.green()
    else:
        (entry,) = (stack.machine.folder / "journal").iterdir()
        begun = entry.read_text("utf-8")
        entry.write_text(re.sub(r'"at": "[^"]*"', f'"at": "{ELEVEN_MINUTES_AGO}"', begun), "utf-8")
    with stack.of(stack.stack("other")):
        if is_read:
            stack.read("brand", stack.id())
        else:
            stack.declare()
        stack.must_settle_with(OLD)
    assert stack.watch.sent == [(OLD, "submit")]


def test_a_lost_change_is_sent_once_more(make: Make) -> None:
    stack = make(TENCENT, "delete")
    stack.declare()
    stack.green()
    stack.change_the_proof()
    stack.fault(kind="drop_before", action="ModifySmsSign")
    assert f"{AGAIN}: the change will be sent once more to the same" in stack.advice()
    stack.must_settle_with(OLD)
    assert stack.watch.sent == [(OLD, "submit"), (OLD, "resubmit")]


def test_a_change_that_comes_after_the_verdict_is_another_one(make: Make) -> None:
    """The vendor refuses it, and what is approved falls under the rules of that."""
    stack = make(TENCENT, "delete")
    stack.declare()
    stack.green()
    stack.change_the_proof()
    stack.fault(kind="verdict", action="ModifySmsSign", verdict="approve", id=stack.id())
    assert f"{AGAIN}: the preview will show" in stack.advice()
    stack.must_settle_with(OLD)
    assert [kind for _, kind in stack.watch.sent] == ["submit", "withdraw!", "submit"]


def test_a_refusal_while_the_carriers_file_is_waited_out(make: Make) -> None:
    stack = make(TENCENT, "delete")
    stack.declare()
    stack.green()
    stack.change_the_proof()
    stack.fault(kind="error", action="ModifySmsSign", code="FailedOperation.OtherError")
    assert f"wait for the verdict and {AGAIN}. Nothing is lost." in stack.advice()
    stack.reject()
    stack.must_settle_with(OLD)


@pytest.mark.parametrize("way", ["another text", "a resource of its own"])
def test_a_text_that_another_bears_is_no_new_name(make: Make, way: str) -> None:
    stack = make(YUNPIAN, "delete")
    with stack.of(stack.stack("other")):
        stack.declare(text=NEW)
        stack.green()
    stack.declare()
    stack.green()
    stack.reword(NEW)
    said = stack.advice()
    assert "choose another text; or take this change back" in said
    stack.reword(NEXT if way == "another text" else OLD)
    if way == "another text":
        stack.must_settle_with(NEXT, NEW)
        return
    stack.declare("own", NEW, adopt=adopted(said))
    stack.must_settle_with(OLD, NEW)


@pytest.mark.parametrize("policy", ["retain", "delete"])
def test_an_approval_before_the_deletion_makes_another_change(make: Make, policy: str) -> None:
    """With "retain" the next run says the ways out; with "delete" this one deletes it."""
    stack = make(UCLOUD, "retain")
    stack.declare()
    stack.green()
    stack.edit(sig_type=4, certificate_type=4, qualification_id="qual-417")
    stack.fault(
        kind="verdict", action="QueryUSMSSignature", skip=1, verdict="approve", id=stack.id()
    )
    said = stack.advice(command=Command(preview=False))
    assert said == f"{AGAIN}: it tells what the change means now."
    assert "take the change back" in stack.advice()
    if policy == "retain":
        stack.edit(sig_type=0, certificate_type=0, qualification_id=None)
    else:
        stack.policy = "delete"
        stack.edit(deletion_policy="delete")
    stack.must_settle_with(OLD)


def test_an_approval_before_the_edit_is_replaced_by_the_next_run(make: Make) -> None:
    stack = make(TENCENT, "delete")
    stack.declare()
    stack.green()
    stack.change_the_proof()
    stack.fault(
        kind="verdict", action="DescribeSmsSignList", skip=1, verdict="approve", id=stack.id()
    )
    said = stack.advice(command=Command(preview=False))
    assert said == f"{AGAIN}: it tells what the change means now."
    stack.must_settle_with(OLD)


def test_a_predecessor_that_is_gone_is_submitted_anew_when_taken_back(make: Make) -> None:
    stack = make(TENCENT, "delete")
    there = stack.approved()
    stack.reword(NEW)
    stack.green()
    stack.reword(OLD)
    stack.fault(kind="verdict", action="DescribeSmsSignList", skip=2, verdict="remove", id=there)
    assert stack.advice(command=Command(preview=False)).startswith(f"{AGAIN}: it will be submitted")
    stack.watch.sent.clear()
    stack.must_settle_with(OLD)


def test_a_deletion_that_fails_after_something_was_sent_is_tried_by_the_next_run(
    make: Make,
) -> None:
    """Of three texts the second is rejected and goes; the third is mended in the same run."""
    stack = make(HUAWEI, "delete")
    stack.approved()
    stack.reword(NEW)
    stack.green()
    stack.reword(NEXT)
    stack.green()
    for one in stack.held():
        if one.status is Status.PENDING:
            stack.sandbox.reject("huawei", one.id, "unreadable")
    stack.change_the_proof()
    stack.fault(kind="error", action="DeleteSignature", code="MSGSMS.0002")
    stack.green()
    assert "run `pulumi up` again: what was accepted before is in state" in stack.said
    assert NEW in stack.texts()
    stack.must_settle_with(NEXT)


def test_each_deletion_is_told_with_its_own_reason(make: Make) -> None:
    """The first text is approved, the second was rejected, the third is in review."""
    stack = make(HUAWEI, "delete")
    stack.approved()
    for text in (NEW, NEXT):
        stack.reword(text)
        stack.green()
    (second,) = (one for one in stack.held() if one.text == NEW)
    stack.sandbox.reject("huawei", second.id, "unreadable")
    stack.green()
    assert stack.texts() == {OLD: Status.APPROVED, NEXT: Status.PENDING}
    assert "is deleted: it is REJECTED" in stack.said
    assert "its successor is approved" not in stack.said


@pytest.mark.parametrize("is_room_made", [True, False], ids=["room", "another home"])
def test_where_the_journal_can_not_be_written_room_is_made_or_another_home_chosen(
    make: Make, is_room_made: bool
) -> None:
    stack = make(TENCENT, "delete")
    stack.approved()
    stack.change_the_proof()
    stack.machine.is_writable = False
    said = stack.advice()
    assert "and let this user write there; or set PULUMI_HOME to a folder" in said
    assert stack.texts() == {OLD: Status.APPROVED}
    stack.machine.is_writable = is_room_made
    if not is_room_made:
        stack.engine.machine = Machine(stack.folder / "another home")
        stack.engine.machine.folder.mkdir()
    stack.must_settle_with(OLD)


def test_inputs_are_mended_before_anything_is_deleted(make: Make) -> None:
    stack = make(UCLOUD, "delete")
    stack.approved(sig_purpose=0)
    stack.edit(sig_purpose=1, proxy_doc="https://geek.example/proxy.png")
    said = stack.advice()
    assert f"mend these properties in the program and {AGAIN}" in said
    assert stack.texts() == {OLD: Status.APPROVED}
    stack.edit(sig_purpose=0, proxy_doc=None)
    stack.must_settle_with(OLD)


# --- the configuration


@pytest.mark.parametrize("way", ["set back", "state delete"])
def test_signatures_of_the_other_side_get_their_configuration_back(make: Make, way: str) -> None:
    stack = make(TENCENT, "retain")
    stack.approved()
    before = dict(stack.engine.configuration)
    keys = {**TENCENT.keys.settings, "endpoint": stack.url}
    stack.engine.configuration = {"smssign:tencent": json.dumps(keys)}
    stack.reword(NEW)
    said = stack.advice()
    assert "set the configuration back to what it was" in said
    if way == "set back":
        stack.engine.configuration = before
    else:
        assert f"pulumi state delete '{stack.engine.urn('brand')}'" in said
        stack.engine.state.clear()
    stack.must_settle_with(OLD, NEW)


def settings(**changes: object) -> str:
    return json.dumps({**TENCENT.keys.settings, "endpoint": "URL", **changes})


CONFIGURATIONS = {
    "sandbox": (
        {"smssign:sandbox": "http://10.0.0.1:8725"},
        "pulumi config set smssign:sandbox http://127.0.0.1:",
        {"smssign:sandbox": "URL"},
    ),
    "policy set": (
        {"smssign:sandbox": "URL", "smssign:deletionPolicy": "keep"},
        "pulumi config set smssign:deletionPolicy retain",
        {"smssign:sandbox": "URL", "smssign:deletionPolicy": "retain"},
    ),
    "policy removed": (
        {"smssign:sandbox": "URL", "smssign:deletionPolicy": "keep"},
        "or pulumi config rm smssign:deletionPolicy",
        {"smssign:sandbox": "URL"},
    ),
    "adoption set": (
        {"smssign:sandbox": "URL", "smssign:adopt": "730001"},
        "pulumi config set smssign:adopt existing",
        {"smssign:sandbox": "URL", "smssign:adopt": "existing"},
    ),
    "adoption removed": (
        {"smssign:sandbox": "URL", "smssign:adopt": "730001"},
        "or pulumi config rm smssign:adopt",
        {"smssign:sandbox": "URL"},
    ),
    "no object": (
        {"smssign:tencent": "[]"},
        "pulumi config set --path 'smssign:tencent.KEY' VALUE for each of its keys",
        {"smssign:tencent": settings()},
    ),
    "no keys": (
        {},
        "set --path --secret 'smssign:tencent.secretId' VALUE && pulumi config set",
        {"smssign:tencent": settings()},
    ),
    "no keys, for development": (
        {},
        "pulumi config set smssign:sandbox http://127.0.0.1:",
        {"smssign:sandbox": "URL"},
    ),
    "strange key": (
        {"smssign:tencent": settings(secret="x")},
        "pulumi config rm",
        {"smssign:tencent": settings()},
    ),
}


@pytest.mark.parametrize(("wrong", "says", "right"), CONFIGURATIONS.values(), ids=CONFIGURATIONS)
def test_a_configuration_is_mended_by_the_printed_commands(
    make: Make, wrong: Mapping[str, str], says: str, right: Mapping[str, str]
) -> None:
    stack = make(TENCENT, "retain")
    stack.engine.configuration = {
        key: value.replace("URL", stack.url) for key, value in wrong.items()
    }
    stack.declare()
    assert says in stack.advice()
    stack.engine.configuration = {
        key: value.replace("URL", stack.url) for key, value in right.items()
    }
    stack.must_settle_with(OLD)


@pytest.mark.parametrize("is_with_keys", [True, False], ids=["the host moves", "the keys move"])
def test_keys_and_the_host_that_they_go_to_are_brought_together(
    make: Make, is_with_keys: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    stack = make(TENCENT, "retain")
    for name, value in TENCENT.keys.variables.items():
        monkeypatch.setenv(name, value)
    stack.engine.configuration = {"smssign:tencent": json.dumps({"endpoint": stack.url})}
    stack.declare()
    said = stack.advice()
    assert said.startswith("pulumi config rm --path 'smssign:tencent.endpoint'; and if that host")
    if is_with_keys:
        assert "name it where the keys are, as SMSSIGN_TENCENT_ENDPOINT" in said
        monkeypatch.setenv("SMSSIGN_TENCENT_ENDPOINT", stack.url)
        stack.engine.configuration = {}
    else:
        assert "--secret 'smssign:tencent.secretId' VALUE && pulumi config set" in said
        stack.engine.configuration = {"smssign:tencent": settings().replace("URL", stack.url)}
    stack.must_settle_with(OLD)


def test_a_variable_with_quotes_is_set_anew(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    stack = make(TENCENT, "retain")
    stack.engine.configuration = {}
    monkeypatch.setenv("SMSSIGN_TENCENT_ENDPOINT", stack.url)
    for name, value in TENCENT.keys.variables.items():
        monkeypatch.setenv(name, f'"{value}"')
    stack.declare()
    assert stack.advice() == "set the variable anew."
    for name, value in TENCENT.keys.variables.items():
        monkeypatch.setenv(name, value)
    stack.must_settle_with(OLD)


def test_an_account_gets_a_name_that_can_be_one(make: Make) -> None:
    stack = make(TENCENT, "retain")
    stack.declare(account="a:b c")
    assert 'write a name such as account="marketing"' in stack.advice()
    stack.edit(account="marketing")
    assert stack.advice().endswith("pulumi config set 'smssign:tencent-marketing' '{}'")
    stack.engine.configuration["smssign:tencent-marketing"] = "{}"
    stack.must_settle_with(OLD)


# --- an Approval


def waited(stack: InProcess, **arguments: object) -> Mapping[str, object]:
    """What an Approval that asks once says of the stack's signatures.

    Raises:
        NotApprovedError: one is not what it waits for.
    """
    names = ("vendor", "account", "text", "scope", "revision", "accepted_at")
    signatures = [
        {"name": one.name, "id": one.id, **{name: one.outputs[name] for name in names}}
        for one in stack.engine.state
    ]
    asks = {"timeout": 0, "poll_interval": 1, "on_pending": "fail", "until": "approved"}
    hooks = ApprovalHooks(stack.engine.accounts())
    urn = "urn:pulumi:dev::model::pulumi-python:dynamic/smsApproval:SmsApproval::approval"
    outs = hooks.create(urn, {"signatures": signatures, **asks, **arguments}).outs
    assert outs is not None
    return dict(outs)


def not_approved(stack: InProcess, **arguments: object) -> str:
    """What it says and advises."""
    with pytest.raises(NotApprovedError) as caught:
        waited(stack, **arguments)
    return str(caught.value)


def test_an_approval_goes_on_waiting_with_the_next_run(make: Make) -> None:
    stack = make(TENCENT, "retain")
    stack.declare()
    stack.green()
    assert f"{AGAIN} to go on waiting" in not_approved(stack)
    stack.approve()
    assert waited(stack)["approved"] is True


def test_an_awaited_review_goes_on_with_the_next_run(
    make: Make, capsys: pytest.CaptureFixture[str]
) -> None:
    stack = make(TENCENT, "retain")
    stack.declare()
    stack.green()
    assert f"{AGAIN} to go on waiting" in not_approved(stack, on_pending="await")
    assert "awaiting brand: the next `pulumi up` goes on" in capsys.readouterr().out
    stack.approve()
    assert waited(stack, on_pending="await")["approved"] is True


def test_an_approval_that_does_not_fail_asks_again_with_the_next_run(
    make: Make, capsys: pytest.CaptureFixture[str]
) -> None:
    stack = make(TENCENT, "retain")
    stack.declare()
    stack.green()
    assert waited(stack, on_pending="continue")["approved"] is False
    assert "The next `pulumi up` asks again." in capsys.readouterr().out
    stack.approve()
    assert waited(stack, on_pending="continue")["approved"] is True


def test_a_rejected_signature_is_mended_and_waited_for(make: Make) -> None:
    stack = make(TENCENT, "retain")
    stack.declare()
    stack.green()
    stack.reject()
    assert f"mend what was refused and {AGAIN}" in not_approved(stack)
    stack.change_the_proof()
    stack.green()
    stack.approve()
    assert waited(stack)["approved"] is True


def test_a_signature_gone_from_an_approval_is_refreshed_and_submitted(make: Make) -> None:
    stack = make(TENCENT, "retain")
    there = stack.approved()
    stack.engine.refresh()
    stack.sandbox.remove("tencent", there)
    stack.watch.sent.clear()
    assert "GONE: the vendor no longer has it; `pulumi refresh` and `up`" in not_approved(stack)
    assert stack.engine.refresh().succeeded
    stack.must_settle_with(OLD)
    assert waited(stack)["approved"] is True


@pytest.mark.parametrize("is_mended", [True, False], ids=["mended", "until approved"])
def test_a_filing_that_failed_is_mended_or_not_waited_for(make: Make, is_mended: bool) -> None:
    stack = make(HUAWEI, "retain")
    there = stack.approved()
    stack.sandbox.set_status("huawei", there, "REVIEW_PASSED_REAL_NAME_REGISTRATE_FAIL")
    said = not_approved(stack, until="filed")
    assert "mend the qualification in its console" in said
    assert 'or wait until="approved" only' in said
    if is_mended:
        stack.sandbox.approve("huawei", there)
    assert waited(stack, until="filed" if is_mended else "approved")["approved"] is True
