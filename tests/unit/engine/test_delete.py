"""Delete: what leaves a stack is deleted only where the law of what is approved lets it go."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from pulumi_smssign.model.errors import (
    JournalError,
    NotShownYetError,
    OutcomeUnknownError,
    RefusedError,
    ReviewMovedError,
    UnavailableError,
)
from tests.engine.cases import ALIBABA, HUAWEI, TENCENT, UCLOUD, YUNPIAN
from tests.unit.engine.stage import OTHER, URN, Bag, Held, Plugin, Stage, at

Lines = Callable[[], list[str]]
BY_ID_AND_BY_TEXT = at(TENCENT, ALIBABA)


def said(lines: Lines, *parts: str) -> None:
    """That one line was said, with these parts in their order."""
    (line,) = lines()
    place = 0
    for part in parts:
        assert part in line[place:], line
        place = line.index(part, place) + len(part)


# --- dropped, or destroyed


@BY_ID_AND_BY_TEXT
def test_an_approved_signature_that_is_retained_is_never_deleted(
    stage: Stage, lines: Lines
) -> None:
    """One line says that it stays and how to take it up again."""
    held = stage.approved()
    lines()
    stage.plugin().delete(held)
    assert stage.has(held)
    said(lines, "stays in the account", "APPROVED", '"retain"', "declared again", "adopt=")


@BY_ID_AND_BY_TEXT
def test_an_approved_signature_whose_policy_is_delete_is_deleted_and_that_is_said(
    stage: Stage, lines: Lines
) -> None:
    held = stage.approved(deletion_policy="delete")
    lines()
    stage.plugin().delete(held)
    assert not stage.has(held)
    said(lines, "is deleted", 'deletion_policy is "delete"')


@at(UCLOUD)
@pytest.mark.parametrize("raw", ["4", "7"], ids=["suspended", "unknown"])
def test_a_suspended_one_and_one_of_unknown_status_are_approved(stage: Stage, raw: str) -> None:
    held = stage.declared()
    stage.decide(held, raw)
    stage.plugin().delete(held)
    assert stage.has(held)


def test_a_state_without_a_policy_says_retain(stage: Stage) -> None:
    held = stage.approved(deletion_policy="delete")
    old = replace(
        held,
        inputs={k: v for k, v in held.inputs.items() if k != "deletion_policy"},
        outputs={k: v for k, v in held.outputs.items() if k != "deletion_policy"},
    )
    stage.plugin().delete(old)
    assert stage.has(held)


@at(TENCENT, UCLOUD)
@pytest.mark.parametrize("policy", ["retain", "delete"])
def test_an_open_one_is_deleted_whatever_its_policy(stage: Stage, policy: str) -> None:
    held = stage.declared(deletion_policy=policy)
    stage.plugin().delete(held)
    assert not stage.has(held)


@at(UCLOUD)
def test_what_the_vendor_can_not_delete_before_the_verdict_stays_and_that_is_said(
    stage: Stage, lines: Lines
) -> None:
    held = stage.declared()
    stage.decide(held, "1")
    stage.plugin().delete(held)
    assert stage.has(held)
    assert "withdraw" not in stage.api.calls
    said(lines, "stays in the account", "after the verdict only")


@at(HUAWEI)
def test_where_no_source_says_whether_it_deletes_the_vendor_is_asked_to(
    stage: Stage, lines: Lines
) -> None:
    held = stage.declared()
    stage.api.refusal = RefusedError("no", code="7", vendor_message="it is in review")
    stage.plugin().delete(held)
    said(lines, "stays in the account", "does not delete it while it is PENDING", "in review")
    stage.api.refusal = None
    stage.plugin().delete(held)
    assert not stage.has(held)


def test_a_refusal_that_a_source_speaks_against_is_an_error(stage: Stage) -> None:
    held = stage.declared()
    stage.api.refusal = RefusedError("no", code="7")
    with pytest.raises(RefusedError, match="no"):
        stage.plugin().delete(held)


@at(YUNPIAN)
def test_a_vendor_without_a_deletion_keeps_it_and_that_is_said(stage: Stage, lines: Lines) -> None:
    held = stage.approved(deletion_policy="delete")
    stage.plugin().delete(held)
    assert "withdraw" not in stage.api.calls
    said(lines, "stays in the account", "can't delete signatures")


def test_one_that_has_gone_is_gone_and_that_is_said(stage: Stage, lines: Lines) -> None:
    held = stage.declared()
    stage.api.held.clear()
    stage.plugin().delete(held)
    assert "withdraw" not in stage.api.calls
    said(lines, "tencent no longer had it")


def test_one_that_was_accepted_a_moment_ago_is_not_taken_for_gone(stage: Stage) -> None:
    held = stage.declared().said(unseen=True)
    stage.api.held.clear()
    with pytest.raises(NotShownYetError):
        stage.plugin().delete(held)


def test_nothing_is_deleted_where_the_vendor_can_not_be_asked(stage: Stage) -> None:
    held = stage.approved(deletion_policy="delete")
    stage.api.trouble = UnavailableError("no answer")
    with pytest.raises(UnavailableError):
        stage.plugin().delete(held)
    assert stage.has(held)


# --- who holds it


def checks(plugin: Plugin, news: Bag) -> None:
    plugin.check(news, urn=OTHER)


def checks_the_same_urn(plugin: Plugin, news: Bag) -> None:
    plugin.up(news)


def adopts(plugin: Plugin, news: Bag) -> None:
    plugin.check({**news, "adopt": "1"}, urn=OTHER)


def reads(plugin: Plugin, news: Bag) -> None:
    plugin.get("1", scope="mainland", international=False)


@pytest.mark.parametrize(
    ("sees", "name"),
    [(checks, "other"), (checks_the_same_urn, "brand"), (adopts, "other"), (reads, "other")],
    ids=["by a Check", "by a Check of the same URN", "by an adoption", "by a get"],
)
def test_nothing_that_a_resource_of_this_run_was_seen_to_hold_is_deleted(
    stage: Stage, lines: Lines, sees: Callable[[Plugin, Bag], None], name: str
) -> None:
    held = stage.approved(deletion_policy="delete")
    plugin = stage.plugin()
    sees(plugin, stage.arguments(adopt="existing" if name == "brand" else None))
    lines()
    plugin.delete(held)
    assert stage.has(held)
    said(lines, f"stays in the account: `{name}` manages it now")


def test_two_names_of_one_key_are_one_account(stage: Stage) -> None:
    stage.office.keys["twin"] = "default"
    held = stage.approved(deletion_policy="delete")
    plugin = stage.plugin()
    plugin.check(stage.arguments(account="twin"), urn=OTHER)
    plugin.delete(held)
    assert stage.has(held)


def test_the_read_of_a_refresh_holds_nothing(stage: Stage) -> None:
    """It reads the dropped ones too."""
    held = stage.approved(deletion_policy="delete")
    plugin = stage.plugin()
    plugin.read(held)
    plugin.delete(held)
    assert not stage.has(held)


def test_another_text_is_another_signature(stage: Stage) -> None:
    held = stage.approved(deletion_policy="delete")
    plugin = stage.plugin()
    plugin.check(stage.arguments("别的"), urn=OTHER)
    plugin.delete(held)
    assert not stage.has(held)


# --- sides and accounts


def test_nothing_is_sent_for_what_was_made_on_the_other_side(stage: Stage, lines: Lines) -> None:
    held = stage.approved(deletion_policy="delete")
    stage.office.settings.values["smssign:sandbox"] = "http://127.0.0.1:9"
    stage.plugin().delete(held)
    assert stage.api.calls == []
    said(lines, "stays in the account", "in account default", "in the sandbox (default)")


@pytest.mark.parametrize(
    ("stage", "goes"), [(TENCENT, True), (ALIBABA, False)], indirect=["stage"], ids=str
)
def test_with_other_keys_the_live_look_decides_unless_the_text_is_all_there_is(
    stage: Stage, goes: bool
) -> None:
    held = stage.approved(deletion_policy="delete").said(origin="account-rotated")
    stage.plugin().delete(held)
    assert stage.has(held) is not goes


# --- which policy counts


def test_consent_can_be_given_in_the_very_edit_that_needs_it(stage: Stage) -> None:
    held = stage.approved()
    plugin = stage.plugin()
    assert plugin.look(stage.arguments(picture=1, deletion_policy="delete"), held).replaces
    plugin.delete(held)
    assert not stage.has(held)


def test_consent_can_be_taken_back_in_the_very_edit_that_needs_it(stage: Stage) -> None:
    """With `delete_before_replace`: the engine deletes first."""
    held = stage.approved(deletion_policy="delete")
    plugin = stage.plugin()
    plugin.look(stage.arguments("新名", deletion_policy="retain"), held)
    plugin.delete(held)
    assert stage.has(held)


@pytest.mark.parametrize(("state", "program"), [("retain", "delete"), ("delete", "retain")])
def test_a_check_alone_is_no_consent_and_can_take_it_back(
    stage: Stage, state: str, program: str
) -> None:
    """As with `--replace` and taint, which get no Diff, and no old inputs in Check."""
    held = stage.approved(deletion_policy=state)
    plugin = stage.plugin()
    plugin.check(stage.arguments(deletion_policy=program))
    plugin.delete(held)
    assert stage.has(held)


def test_a_forced_deletion_that_the_engine_puts_first_deletes_with_delete(stage: Stage) -> None:
    held = stage.approved(deletion_policy="delete")
    plugin = stage.plugin()
    plugin.check(stage.arguments(deletion_policy="delete"))
    plugin.delete(held)
    assert not stage.has(held)


@pytest.mark.parametrize("policy", ["retain", "delete"])
def test_delete_before_replace_deletes_with_delete_and_leaves_with_retain(
    stage: Stage, policy: str
) -> None:
    held = stage.approved(deletion_policy=policy)
    plugin = stage.plugin()
    plugin.look(stage.arguments("新名", deletion_policy=policy), held)
    plugin.delete(held)
    assert stage.has(held) is (policy == "retain")


def test_a_dropped_one_has_only_its_state(stage: Stage) -> None:
    """Consent for it takes an `up` before."""
    held = stage.approved()
    told = stage.plugin().up(stage.arguments(deletion_policy="delete"), held)
    assert told.outputs["deletion_policy"] == "delete"
    stage.plugin().delete(told)
    assert not stage.has(held)


# --- its successor


def replaced(stage: Stage, policy: str) -> tuple[Held, Held, Plugin]:
    """An approved one that another text has replaced, its successor, and the run that did so."""
    old = stage.approved(deletion_policy=policy)
    plugin = stage.plugin()
    new = plugin.up(stage.arguments("新名", deletion_policy=policy), old)
    return old, new, plugin


@BY_ID_AND_BY_TEXT
@pytest.mark.parametrize("policy", ["retain", "delete"])
def test_nothing_goes_while_its_successor_is_not_approved(
    stage: Stage, lines: Lines, policy: str
) -> None:
    old, new, plugin = replaced(stage, policy)
    lines()
    plugin.delete(old)
    assert stage.has(old)
    said(lines, "stays in the account", "its successor")
    assert [one["id"] for one in new.inputs["predecessors"]] == [old.id]


@pytest.mark.parametrize("policy", ["retain", "delete"])
def test_once_its_successor_is_approved_it_goes_with_delete_and_stays_with_retain(
    stage: Stage, policy: str
) -> None:
    old, new, plugin = replaced(stage, policy)
    stage.decide(new, "0")
    plugin.delete(old)
    assert stage.has(old) is (policy == "retain")


def test_an_open_one_goes_in_the_run_that_replaces_it(stage: Stage) -> None:
    old = stage.declared(international=False)
    plugin = stage.plugin()
    new = plugin.up(stage.arguments("新名", international=True), old)
    plugin.delete(old)
    assert not stage.has(old)
    assert "predecessors" not in new.inputs


def test_a_leftover_falls_under_the_stricter_policy_of_who_remembers_it(stage: Stage) -> None:
    """A pending delete of an earlier run, its state's policy "delete"; by now it is "retain"."""
    old, new, _ = replaced(stage, "delete")
    stage.decide(new, "0")
    news = stage.arguments("新名", deletion_policy="retain")
    later = stage.plugin()
    later.up(news, new)
    later.delete(old)
    assert stage.has(old)


def test_a_leftover_falls_under_the_policy_of_who_remembered_it_until_this_run(
    stage: Stage,
) -> None:
    """The same, and in the very edit the resource is renamed by an alias."""
    old, new, _ = replaced(stage, "delete")
    stage.decide(new, "0")
    later = stage.plugin()
    later.up(stage.arguments("新名", deletion_policy="retain"), new, urn=OTHER)
    later.delete(old)
    assert stage.has(old)


def test_a_leftover_of_a_resource_that_is_declared_no_more_has_its_states_policy(
    stage: Stage,
) -> None:
    old, _, _ = replaced(stage, "retain")
    stage.plugin().delete(old)
    assert stage.has(old)
    other, _, _ = replaced(Stage(stage.folder), "delete")
    fresh = Stage(stage.folder)
    fresh.api.held.update(stage.api.held)
    fresh.plugin().delete(other)
    assert not fresh.has(other)


def test_one_that_was_taken_over_unasked_is_not_deleted(stage: Stage) -> None:
    held = stage.approved(deletion_policy="delete").said(shared=True)
    stage.plugin().delete(held)
    assert stage.has(held)
    plugin = stage.plugin()
    plugin.look(stage.arguments("新名", deletion_policy="delete"), held)
    plugin.delete(held)
    assert stage.has(held)


def test_a_destroyed_one_takes_its_predecessors_along_as_the_policy_says(stage: Stage) -> None:
    for policy in ("retain", "delete"):
        stage = Stage(stage.folder)
        old, new, _ = replaced(stage, policy)
        stage.plugin().delete(new)
        assert not stage.has(new)
        assert stage.has(old) is (policy == "retain"), policy


def test_all_fates_are_known_before_the_first_deletion(stage: Stage) -> None:
    stage.office.keys["second"] = "second"
    old = stage.approved(deletion_policy="delete", account="second")
    plugin = stage.plugin()
    new = plugin.up(stage.arguments(deletion_policy="delete"), old)
    stage.office.api("tencent", "second").trouble = UnavailableError("no answer")
    with pytest.raises(UnavailableError):
        stage.plugin().delete(new)
    assert stage.has(new)


def test_what_this_run_has_deleted_is_not_deleted_again(stage: Stage, lines: Lines) -> None:
    held = stage.declared()
    plugin = stage.plugin()
    plugin.delete(held)
    lines()
    plugin.delete(held)
    assert stage.api.calls.count("withdraw") == 1
    assert lines() == []


# --- a verdict between plan and deed


@at(UCLOUD)
def test_one_that_is_approved_by_now_is_not_deleted_first_for_its_replacement(
    stage: Stage,
) -> None:
    """The deed looks again: by now it is under the law of what is approved."""
    held = stage.declared()
    plugin = stage.plugin()
    assert plugin.look(stage.arguments(qualification_id="q-2"), held).delete_before_replace
    stage.decide(held, "2")
    with pytest.raises(ReviewMovedError, match="APPROVED by now, and is not deleted") as caught:
        plugin.delete(held)
    assert caught.value.advice == "run `pulumi up` again: it tells what the change means now."
    assert stage.has(held)


@at(UCLOUD)
def test_one_that_is_approved_by_now_is_not_deleted_after_its_replacement(stage: Stage) -> None:
    held = stage.declared()
    plugin = stage.plugin()
    plugin.up(stage.arguments("新名", qualification_id="q-2"), held)
    stage.decide(held, "2")
    plugin.delete(held)
    assert stage.has(held)


# --- the journal


def test_the_journal_is_empty_after_a_deletion(stage: Stage) -> None:
    held = stage.declared()
    stage.plugin().delete(held)
    assert stage.journal.entries() == ()


def test_a_lost_deletion_is_red_and_leaves_its_entry(stage: Stage) -> None:
    held = stage.declared()
    stage.api.lost = {"withdraw": False}
    with pytest.raises(OutcomeUnknownError):
        stage.plugin().delete(held)
    (entry,) = stage.journal.entries()
    assert (entry.kind, entry.state, entry.id, entry.urn) == ("delete", "begun", held.id, URN)
    stage.api.lost = {}
    stage.plugin().delete(held)
    assert stage.journal.entries() == ()


def test_an_entry_of_a_deletion_ends_with_what_has_gone(stage: Stage) -> None:
    held = stage.declared()
    stage.plugin(is_alive=lambda: False).delete(held)
    assert [entry.state for entry in stage.journal.entries()] == ["answered"]
    stage.plugin().delete(held)
    assert stage.journal.entries() == ()


def test_nothing_is_deleted_where_the_journal_can_not_be_written(
    stage: Stage, tmp_path: Path
) -> None:
    held = stage.declared()
    (tmp_path / "full").touch()
    with pytest.raises(JournalError, match="nothing was sent"):
        stage.plugin(journal=tmp_path / "full").delete(held)
    assert stage.has(held)
