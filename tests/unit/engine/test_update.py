"""Update: the plan is made anew by a live look, and done; predecessors go when it is their time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from pulumi_smssign.contract import lifeline
from pulumi_smssign.model.errors import (
    AccountError,
    EvidenceError,
    InputError,
    JournalError,
    OutcomeUnknownError,
    RefusedError,
    ReviewMovedError,
    UnavailableError,
)
from tests.engine.cases import ALIBABA, HUAWEI, TENCENT, UCLOUD, YUNPIAN
from tests.images import png
from tests.unit.engine.stage import OTHER, Bag, Held, Plugin, Stage, at

Lines = Callable[[], list[str]]


def begun(stage: Stage, news: Bag, old: Held, **options: object) -> tuple[Plugin, Bag]:
    """A run that has come as far as its Update, and the inputs of that."""
    plugin = stage.plugin(**options)
    inputs = plugin.check(news, old)
    assert plugin.diff(inputs, old).changes
    return plugin, inputs


# --- a change in place


@at(TENCENT, UCLOUD, YUNPIAN)
def test_an_open_signature_is_changed_in_place_once(stage: Stage) -> None:
    old = stage.declared()
    new = stage.plugin().up(stage.arguments(picture=1), old)
    assert stage.api.calls.count("resubmit") == 1
    assert (new.id, new.outputs["revision"], new.outputs["status"]) == (old.id, 2, "PENDING")
    assert new.outputs["accepted_at"] > old.outputs["accepted_at"]
    assert stage.journal.entries() == ()


@at(YUNPIAN)
def test_a_new_text_is_found_where_a_signature_is_known_by_its_text(stage: Stage) -> None:
    old = stage.declared()
    new = stage.plugin().up(stage.arguments("新名"), old)
    assert (new.id, new.outputs["text"]) == (old.id, "新名")
    assert list(stage.api.held) == ["新名"]
    plugin = stage.plugin()
    assert not plugin.look(stage.arguments("新名"), new).changes
    assert plugin.run.owners.owner(plugin.ref(new)) == new.urn


def test_a_change_that_the_vendor_has_already_is_only_recorded(stage: Stage) -> None:
    old = stage.approved()
    review = stage.api.held[old.id]
    stage.api.held[old.id] = replace(review, reported={**review.reported, "document_type": 0})
    new = stage.plugin().up(stage.arguments(document_type=0), old)
    assert (new.outputs["document_type"], new.outputs["revision"]) == (0, 1)
    assert stage.api.writes == 1


@at(HUAWEI)
def test_a_request_is_made_and_nothing_is_submitted(stage: Stage) -> None:
    old = stage.declared()
    stage.decide(old, "TO_BE_ACTIVATED")
    seen = stage.plugin().read(old)
    assert seen.outs is not None
    old = Held(old.urn, old.id, seen.inputs or {}, seen.outs)
    new = stage.plugin().up(stage.arguments(activate=True), old)
    assert f"activate {old.id}" in stage.api.calls
    assert stage.api.calls.count("submit") == 1
    assert new.outputs["revision"] == old.outputs["revision"]


@at(HUAWEI)
def test_bug_after_a_request_is_told_and_its_state_written(stage: Stage, lines: Lines) -> None:
    old = stage.declared()
    stage.decide(old, "TO_BE_ACTIVATED")
    old = old.with_outputs(vendor_status="TO_BE_ACTIVATED")
    stage.api.on_review = lambda: 1 // (f"activate {old.id}" not in stage.api.calls)
    lines()
    new = stage.plugin().up(stage.arguments(activate=True), old)
    assert new.outputs["activate"] is True
    assert any("ZeroDivisionError" in line for line in lines())


def test_bug_after_a_change_is_told_and_its_state_written(stage: Stage, lines: Lines) -> None:
    old = stage.declared()
    stage.api.on_review = lambda: 1 // ("resubmit" not in stage.api.calls)
    lines()
    new = stage.plugin().up(stage.arguments(picture=1), old)
    assert new.outputs["revision"] == 2
    assert any("ZeroDivisionError" in line for line in lines())


@pytest.mark.parametrize("policy", ["delete", None])
def test_a_change_of_the_policy_alone_is_no_call(stage: Stage, policy: str | None) -> None:
    old = stage.approved(deletion_policy="delete" if policy is None else None)
    stage.api.calls.clear()
    new = stage.plugin().up(stage.arguments(deletion_policy=policy), old)
    assert new.outputs["deletion_policy"] == (policy or "retain")
    assert stage.api.calls == []


def test_an_adoption_that_is_done_with_is_recorded_without_a_call(stage: Stage) -> None:
    old = stage.declared()
    held = stage.plugin().up(stage.arguments(adopt=old.id), urn=OTHER)
    stage.api.calls.clear()
    new = stage.plugin().up(stage.arguments(), held, urn=OTHER)
    assert "adopt" not in new.outputs
    assert stage.api.calls == []


# --- what is approved


@at(ALIBABA)
def test_an_approved_one_that_is_retained_is_never_put_out_of_use(stage: Stage) -> None:
    """Also where it has been approved between the Diff and the Update."""
    old = stage.declared()
    stage.decide(old, "2")
    plugin, inputs = begun(stage, stage.arguments(qualification_id=7), old)
    stage.decide(old, "1")
    with pytest.raises(InputError):
        plugin.update(inputs, old)
    assert "resubmit" not in stage.api.calls
    with pytest.raises(InputError, match="would take it out of use"):
        stage.plugin().look(
            stage.arguments(qualification_id=7), old.with_outputs(status="APPROVED")
        )


@at(ALIBABA)
def test_an_approved_one_is_put_out_of_use_with_delete_and_that_is_said(
    stage: Stage, lines: Lines
) -> None:
    """By the deed too: the preview may have seen another review, or was skipped."""
    old = stage.approved().with_outputs(status="APPROVED")
    news = stage.arguments(qualification_id=7, deletion_policy="delete")
    lines()
    new = stage.plugin().up(news, old)
    assert any("OUT OF USE" in line for line in lines())
    assert stage.api.calls.count("resubmit") == 1
    assert new.outputs["status"] == "PENDING"


@at(ALIBABA)
def test_one_that_may_be_another_stacks_is_not_put_out_of_use(stage: Stage) -> None:
    old = stage.approved().with_outputs(status="APPROVED", shared=True)
    with pytest.raises(InputError, match="would take it out of use"):
        stage.plugin().up(stage.arguments(qualification_id=7, deletion_policy="delete"), old)
    assert "resubmit" not in stage.api.calls


def test_a_change_that_has_become_a_replacement_is_not_done(stage: Stage) -> None:
    old = stage.declared()
    news = stage.arguments(picture=1, deletion_policy="delete")
    plugin, inputs = begun(stage, news, old)
    stage.decide(old, "0")
    with pytest.raises(ReviewMovedError, match=r"【极客科技】 \(1\) is APPROVED by now"):
        plugin.update(inputs, old)
    assert stage.api.writes == 1


def test_a_change_of_what_has_gone_is_not_done(stage: Stage) -> None:
    old = stage.shown()
    plugin, inputs = begun(stage, stage.arguments(picture=1), old)
    stage.api.held.clear()
    with pytest.raises(ReviewMovedError, match="tencent no longer has 1 by now") as caught:
        plugin.update(inputs, old)
    assert caught.value.advice == "run `pulumi up` again: it tells what the change means now."


# --- sides, evidence, the journal


def test_nothing_is_sent_for_what_was_made_on_the_other_side(stage: Stage) -> None:
    old = stage.declared()
    stage.office.settings.values["smssign:sandbox"] = "http://127.0.0.1:9"
    with pytest.raises(AccountError, match="and it is not changed; nothing was sent") as caught:
        stage.plugin().up(stage.arguments(picture=1), old)
    assert f"pulumi state delete '{old.urn}'" in caught.value.advice
    assert stage.api.calls == []


def test_a_proof_file_that_has_changed_since_stops_a_change(stage: Stage, tmp_path: Path) -> None:
    old = stage.declared()
    plugin, inputs = begun(stage, stage.arguments(picture=1), old)
    (tmp_path / "p1.png").write_bytes(png(9))
    with pytest.raises(EvidenceError):
        plugin.update(inputs, old)
    assert "resubmit" not in stage.api.calls


def test_nothing_is_changed_where_the_journal_can_not_be_written(
    stage: Stage, tmp_path: Path
) -> None:
    old = stage.declared()
    (tmp_path / "full").touch()
    plugin, inputs = begun(stage, stage.arguments(picture=1), old, journal=tmp_path / "full")
    with pytest.raises(JournalError, match="nothing was sent"):
        plugin.update(inputs, old)
    assert "resubmit" not in stage.api.calls


def test_a_change_that_a_run_was_cut_off_from_sending_is_not_sent_twice(stage: Stage) -> None:
    old = stage.declared()
    stage.decide(old, "-1")
    old = old.with_outputs(status="REJECTED", vendor_status="-1")
    news = stage.arguments(picture=1)
    plugin, inputs = begun(stage, news, old, is_alive=lambda: False)
    plugin.update(inputs, old)
    (entry,) = stage.journal.entries()
    assert (entry.kind, entry.state, entry.id) == ("resubmit", "answered", old.id)
    new = stage.plugin().up(news, old)
    assert stage.api.calls.count("resubmit") == 1
    assert new.outputs["status"] == "PENDING"
    assert stage.journal.entries() == ()


def test_a_lost_change_leaves_its_entry_and_another_change_is_sent_all_the_same(
    stage: Stage,
) -> None:
    old = stage.declared()
    stage.api.lost = {"resubmit": False}
    plugin, inputs = begun(stage, stage.arguments(picture=1), old)
    with pytest.raises(OutcomeUnknownError), lifeline.within(0):  # its looks don't wait
        plugin.update(inputs, old)
    assert [entry.state for entry in stage.journal.entries()] == ["begun"]
    stage.api.lost = {}
    stage.plugin().up(stage.arguments(picture=2), old)
    assert stage.api.calls.count("resubmit") == 2
    assert stage.journal.entries() == ()


# --- predecessors


def succeeded(stage: Stage, policy: str, raw: str = "0", **state: object) -> tuple[Held, Held]:
    """An approved one, and its successor, which the vendor has given this status."""
    old = stage.approved(deletion_policy=policy).with_outputs(**state)
    plugin = stage.plugin()
    new = plugin.up(stage.arguments("新名", deletion_policy=policy), old)
    plugin.delete(old)
    assert stage.has(old)
    stage.decide(new, raw)
    return old, new


def again(stage: Stage, new: Held, policy: str, **options: object) -> Held:
    """One more `pulumi up` of the same program."""
    return stage.plugin(**options).up(stage.arguments("新名", deletion_policy=policy), new)


def test_the_run_that_finds_the_successor_approved_deletes_the_old_one_with_delete(
    stage: Stage, lines: Lines
) -> None:
    old, new = succeeded(stage, "delete")
    lines()
    after = again(stage, new, "delete")
    assert not stage.has(old)
    assert lines() == ["brand: 【极客科技】 (1) is deleted: its successor is approved."]
    assert "__predecessors" not in again(stage, after, "delete").inputs


def test_one_that_this_run_has_deleted_is_not_deleted_again_though_a_list_shows_it(
    stage: Stage,
) -> None:
    old, new = succeeded(stage, "delete")
    plugin = stage.plugin()
    plugin.run.owners.delete(plugin.ref(old))
    plugin.up(stage.arguments("新名", deletion_policy="delete"), new)
    assert "withdraw" not in stage.api.calls


@pytest.mark.parametrize("raw", ["1", "2", "-1", "7"])
def test_no_run_deletes_it_before(stage: Stage, raw: str) -> None:
    """Passed and not effective yet, and a status that nobody knows, are no approval in use."""
    old, new = succeeded(stage, "delete", raw)
    remembered = again(stage, new, "delete")
    assert stage.has(old)
    assert [predecessor["id"] for predecessor in remembered.inputs["__predecessors"]] == [old.id]


def test_a_retained_one_stays_after_its_successor_is_approved_and_is_forgotten(
    stage: Stage,
) -> None:
    old, new = succeeded(stage, "retain")
    after = again(stage, new, "retain")
    assert stage.has(old)
    assert "__predecessors" not in after.inputs
    later = again(stage, after, "delete")
    again(stage, later, "delete")
    assert stage.has(old)


def test_consent_given_while_it_waits_lets_it_go_and_taken_back_keeps_it(stage: Stage) -> None:
    old, new = succeeded(stage, "retain", "1")
    consented = again(stage, new, "delete")
    retained = again(stage, consented, "retain")
    stage.decide(new, "0")
    assert stage.has(old)
    again(stage, retained, "delete")
    assert not stage.has(old)


@pytest.mark.parametrize(
    ("state", "retains"),
    [({}, True), ({}, None), ({"shared": True}, False)],
    ids=["retained", "perhaps retained", "taken over unasked"],
)
def test_one_that_is_not_ours_to_delete_stays_after_its_successors_approval(
    stage: Stage, state: Bag, retains: bool | None
) -> None:
    old, new = succeeded(stage, "delete", **state)
    again(stage, new, "delete", retains=retains)
    assert stage.has(old)


@at(UCLOUD)
def test_an_open_one_that_the_program_retains_is_not_deleted_by_us(stage: Stage) -> None:
    """It could not be deleted at once, since it was under review; by now it is rejected."""
    old = stage.declared()
    stage.decide(old, "1")
    retaining = stage.plugin(retains=True)
    new = retaining.up(stage.arguments("新名", qualification_id="q-2"), old)
    assert [predecessor["id"] for predecessor in new.inputs["__predecessors"]] == [old.id]
    stage.decide(old, "3")
    stage.plugin(retains=True).up(stage.arguments("新名", qualification_id="q-2"), new)
    assert stage.has(old)


def test_one_that_another_resource_of_this_run_holds_is_not_deleted(stage: Stage) -> None:
    old, new = succeeded(stage, "delete")
    plugin = stage.plugin()
    plugin.get(old.id, scope="mainland", international=False)
    plugin.up(stage.arguments("新名", deletion_policy="delete"), new)
    assert stage.has(old)


@at(UCLOUD)
def test_an_open_predecessor_goes_as_soon_as_the_vendor_lets_it(stage: Stage) -> None:
    old = stage.declared()
    stage.decide(old, "1")
    news = stage.arguments("新名", qualification_id="q-2")
    plugin = stage.plugin()
    new = plugin.up(news, old)
    plugin.delete(old)
    assert stage.has(old)
    stage.decide(old, "3")
    stage.plugin().up(news, new)
    assert not stage.has(old)


def test_a_deletion_that_fails_is_red_and_the_next_run_tries_it_again(stage: Stage) -> None:
    old, new = succeeded(stage, "delete")
    stage.api.refusal = RefusedError("not now")
    with pytest.raises(RefusedError, match="not now"):
        again(stage, new, "delete")
    assert stage.has(old)
    stage.api.refusal = None
    again(stage, new, "delete")
    assert not stage.has(old)


@at(HUAWEI)
def test_change_sent_before_a_failed_deletion_is_recorded(stage: Stage, lines: Lines) -> None:
    """Then the deletion is for the next run."""
    old, new = succeeded(stage, "delete", "REVIEW_PASSED")
    stage.api.refusal = RefusedError("not now")
    news = stage.arguments("新名", deletion_policy="delete", activate=True)
    lines()
    after = stage.plugin().up(news, new.with_outputs(vendor_status="TO_BE_ACTIVATED"))
    assert (stage.has(old), after.outputs["status"]) == (True, "APPROVED")
    assert [predecessor["id"] for predecessor in after.inputs["__predecessors"]] == [old.id]
    text = "\n".join(lines())
    assert "is not deleted yet: not now" in text
    assert "run `pulumi up` again: what was accepted before is in state" in text


def test_where_the_vendor_can_not_be_asked_every_predecessor_is_remembered(stage: Stage) -> None:
    old, new = succeeded(stage, "delete")
    plugin = stage.plugin()
    stage.api.trouble = UnavailableError("no answer")
    inputs = plugin.check(stage.arguments("新名", deletion_policy="delete"), new)
    assert [predecessor["id"] for predecessor in inputs["__predecessors"]] == [old.id]
    with pytest.raises(UnavailableError):
        plugin.diff(inputs, new)
    assert stage.has(old)


def test_a_chain_of_three_edits_leaves_one_approved_at_last(stage: Stage) -> None:
    """The intermediate ones go; the approved one stays until the last one is approved."""
    old = held = stage.approved(deletion_policy="delete")
    for text in ("新名一", "新名二", "新名三"):
        plugin = stage.plugin()
        before, held = held, plugin.up(stage.arguments(text, deletion_policy="delete"), held)
        plugin.delete(before)
    assert set(stage.api.held) == {old.id, held.id}
    stage.decide(held, "0")
    stage.plugin().up(stage.arguments("新名三", deletion_policy="delete"), held)
    assert set(stage.api.held) == {held.id}
