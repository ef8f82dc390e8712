"""Delete: a signature that leaves a stack is deleted only where its fate is that."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pulumi_smssign.model.errors import (
    AccountError,
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
Sees = Callable[[Plugin, Stage, Held], object]
BY_ID_AND_BY_TEXT = at(TENCENT, ALIBABA)
STAYS = "stays in the account"


def must_say(lines: Lines, *parts: str) -> None:
    """One line was said, with these parts in their order."""
    (line,) = lines()
    place = 0
    for part in parts:
        assert part in line[place:], line
        place = line.index(part, place) + len(part)


# --- dropped, or destroyed


@pytest.mark.parametrize(
    ("stage", "raw", "policy", "line"),
    [
        (TENCENT, "0", "retain", (STAYS, "APPROVED", '"retain"', "declared again", "adopt=")),
        (ALIBABA, "1", "retain", (STAYS, "APPROVED", '"retain"', "declared again", "adopt=")),
        (UCLOUD, "4", "retain", (STAYS, "SUSPENDED", '"retain"')),
        (UCLOUD, "7", "retain", (STAYS, "UNKNOWN", '"retain"')),
        (UCLOUD, "1", "retain", (STAYS, "after the verdict only")),
        (YUNPIAN, "SUCCESS", "delete", (STAYS, "can't delete signatures")),
        (TENCENT, "0", "delete", ("is deleted", 'deletion_policy is "delete"')),
        (ALIBABA, "1", "delete", ("is deleted", 'deletion_policy is "delete"')),
    ],
    indirect=["stage"],
    ids=str,
)
def test_deletion_follows_status_and_policy_and_is_said(
    stage: Stage, lines: Lines, raw: str, policy: str, line: tuple[str, ...]
) -> None:
    held = stage.declared(deletion_policy=policy)
    stage.decide(held, raw)
    lines()
    stage.plugin().delete(held)
    assert stage.has(held) is (STAYS in line)
    assert ("withdraw" in stage.api.calls) is (STAYS not in line)
    assert stage.journal.entries() == ()
    must_say(lines, *line)


@at(TENCENT, UCLOUD)
@pytest.mark.parametrize("policy", ["retain", "delete"])
def test_an_open_one_is_deleted_whatever_its_policy(stage: Stage, policy: str) -> None:
    held = stage.declared(deletion_policy=policy)
    stage.plugin().delete(held)
    assert not stage.has(held)


def test_a_state_without_a_policy_says_retain(stage: Stage) -> None:
    held = stage.approved(deletion_policy="delete")
    bags = [
        {name: value for name, value in bag.items() if name != "deletion_policy"}
        for bag in (held.inputs, held.outputs)
    ]
    stage.plugin().delete(Held(held.urn, held.id, *bags))
    assert stage.has(held)


@at(HUAWEI)
def test_where_no_source_says_whether_it_deletes_the_vendor_is_asked_to(
    stage: Stage, lines: Lines
) -> None:
    held = stage.declared()
    stage.api.refusal = RefusedError("no", code="7", vendor_message="it is in review")
    stage.plugin().delete(held)
    must_say(lines, STAYS, "does not delete it while it is PENDING", "in review")
    stage.api.refusal = None
    stage.plugin().delete(held)
    assert not stage.has(held)


@pytest.mark.parametrize(
    ("stage", "raw"),
    [
        (TENCENT, "1"),
        (HUAWEI, HUAWEI.statuses.approved),
        (HUAWEI, HUAWEI.statuses.rejected),
    ],
    indirect=["stage"],
    ids=["open, which a source says", "approved, which consent is for", "rejected"],
)
def test_a_refusal_that_a_source_speaks_against_is_an_error(stage: Stage, raw: str) -> None:
    held = stage.declared(deletion_policy="delete")
    stage.decide(held, raw)
    stage.api.refusal = RefusedError("no", code="7")
    with pytest.raises(RefusedError, match="no"):
        stage.plugin().delete(held)


@at(HUAWEI)
def test_a_refusal_where_an_older_one_is_taken_back_in_its_place_is_none(
    stage: Stage, lines: Lines
) -> None:
    """With delete_before_replace the engine puts the deletion first, but nothing waits for it."""
    old = stage.approved()
    new = stage.plugin().up(stage.arguments("新名"), old)
    plugin = stage.plugin()
    assert plugin.look(stage.arguments(), new).replaces
    stage.api.refusal = RefusedError("no", code="7", vendor_message="it is in review")
    lines()
    plugin.delete(new)
    must_say(lines, STAYS, "does not delete it while it is PENDING", "in review")
    taken_back = plugin.create(plugin.check(stage.arguments()))
    assert taken_back.id == old.id


@at(HUAWEI)
def test_a_refusal_to_make_room_for_a_replacement_is_an_error(stage: Stage) -> None:
    held = stage.declared()
    plugin = stage.plugin()
    plugin.check(stage.arguments())
    stage.api.refusal = RefusedError("no", code="7")
    with pytest.raises(RefusedError, match="no"):
        plugin.delete(held)


def test_one_that_has_gone_is_gone_and_that_is_said(stage: Stage, lines: Lines) -> None:
    held = stage.shown()
    stage.api.held.clear()
    stage.plugin().delete(held)
    assert "withdraw" not in stage.api.calls
    assert lines() == ["brand: tencent no longer had it: 【极客科技】 (1)."]


def test_one_that_was_accepted_a_moment_ago_is_not_taken_for_gone(stage: Stage) -> None:
    held = stage.declared().with_outputs(unseen=True)
    stage.api.held.clear()
    with pytest.raises(NotShownYetError):
        stage.plugin().delete(held)


def test_nothing_is_deleted_where_the_vendor_can_not_be_asked(stage: Stage) -> None:
    held = stage.approved(deletion_policy="delete")
    stage.api.trouble = UnavailableError("no answer")
    with pytest.raises(UnavailableError):
        stage.plugin().delete(held)
    assert stage.has(held)


def test_signature_deleted_by_this_run_is_not_deleted_again(stage: Stage, lines: Lines) -> None:
    held = stage.declared()
    plugin = stage.plugin()
    plugin.delete(held)
    lines()
    plugin.delete(held)
    assert stage.api.calls.count("withdraw") == 1
    assert lines() == []


# --- who holds it, and which policy counts: what the run saw before the deletion


def checks(text: str = "极客科技", urn: str = URN, **changes: object) -> Sees:
    """A Check alone: of another resource, or of one that the engine is forced to replace."""
    return lambda plugin, stage, _: plugin.check(stage.arguments(text, 0, **changes), urn=urn)


def looks(text: str = "极客科技", picture: int = 0, **changes: object) -> Sees:
    """Check and Diff of the resource itself."""
    return lambda plugin, stage, held: plugin.look(stage.arguments(text, picture, **changes), held)


def gets(plugin: Plugin, _stage: Stage, held: Held) -> object:
    return plugin.get(held.id, scope="mainland", international=False)


def takes_over(plugin: Plugin, stage: Stage, _held: Held) -> object:
    return plugin.up(stage.arguments(adopt="existing"))


@pytest.mark.parametrize(
    ("sees", "owner"),
    [
        (checks(urn=OTHER), "other"),
        (checks(urn=OTHER, account="twin"), "other"),
        (checks(urn=OTHER, adopt="1"), "other"),
        (gets, "other"),
        (takes_over, "brand"),
    ],
    ids=["a Check", "a Check by another name of the account", "an adoption", "a get", "a Create"],
)
def test_nothing_that_a_resource_of_this_run_was_seen_to_hold_is_deleted(
    stage: Stage, lines: Lines, sees: Sees, owner: str
) -> None:
    stage.office.keys["twin"] = "default"
    held = stage.approved(deletion_policy="delete")
    plugin = stage.plugin()
    sees(plugin, stage, held)
    lines()
    plugin.delete(held)
    assert stage.has(held)
    must_say(lines, f"{STAYS}: `{owner}` manages it now")


KEEP: Bag = {"deletion_policy": "retain"}
GIVE: Bag = {"deletion_policy": "delete"}


@pytest.mark.parametrize(
    ("policy", "sees", "goes"),
    [
        ("delete", lambda plugin, _, held: plugin.read(held), True),
        ("delete", checks("别的", OTHER), True),
        ("retain", looks(picture=1, **GIVE), True),
        ("delete", looks("新名", **KEEP), False),
        ("delete", looks("新名", **GIVE), True),
        ("retain", looks("新名", **KEEP), False),
        ("retain", checks(**GIVE), False),
        ("delete", checks(**KEEP), False),
        ("delete", checks(**GIVE), True),
    ],
    ids=[
        "the read of a refresh, which reads the dropped ones too",
        "another text is another signature",
        "consent is given in the very edit that needs it",
        "consent is taken back in the very edit that needs it",
        "delete_before_replace with delete",
        "delete_before_replace with retain",
        "a Check alone is no consent",
        "a Check alone can take it back",
        "a forced deletion that the engine puts first",
    ],
)
def test_policy_that_counts_is_the_stricter_one_of_state_and_run(
    stage: Stage, policy: str, sees: Sees, goes: bool
) -> None:
    """`--replace` and taint have no Diff, and no old inputs in Check."""
    held = stage.approved(deletion_policy=policy)
    plugin = stage.plugin()
    sees(plugin, stage, held)
    plugin.delete(held)
    assert stage.has(held) is not goes


def test_consent_for_a_dropped_one_takes_an_up_before(stage: Stage) -> None:
    """Nothing but its state tells of it then."""
    held = stage.plugin().up(stage.arguments(**GIVE), stage.approved())
    assert held.outputs["deletion_policy"] == "delete"
    stage.plugin().delete(held)
    assert not stage.has(held)


# --- sides and accounts


def test_nothing_is_sent_for_what_was_made_on_the_other_side(stage: Stage, lines: Lines) -> None:
    held = stage.approved(deletion_policy="delete")
    stage.office.settings.values["smssign:sandbox"] = "http://127.0.0.1:9"
    stage.plugin().delete(held)
    assert stage.api.calls == []
    must_say(lines, STAYS, "in account default", "in the sandbox (default)")


def test_one_with_other_keys_that_another_resource_names_is_not_looked_for(
    stage: Stage, lines: Lines
) -> None:
    """It may be that very signature, or one of the same text in another account."""
    held = stage.approved(deletion_policy="delete").with_outputs(origin="account-rotated")
    plugin = stage.plugin()
    plugin.check(stage.arguments(), urn=OTHER)
    stage.api.calls.clear()
    plugin.delete(held)
    assert stage.api.calls == []
    must_say(lines, STAYS, "in account rotated", "in account default")


@pytest.mark.parametrize(
    ("stage", "goes"), [(TENCENT, True), (ALIBABA, False)], indirect=["stage"], ids=str
)
def test_with_other_keys_the_live_look_decides_unless_the_text_is_all_there_is(
    stage: Stage, goes: bool
) -> None:
    held = stage.approved(deletion_policy="delete").with_outputs(origin="account-rotated")
    stage.plugin().delete(held)
    assert stage.has(held) is not goes


def test_one_that_other_keys_do_not_show_is_red_where_it_is_dropped_and_left_where_it_is_replaced(
    stage: Stage, lines: Lines
) -> None:
    """A dropped one is in no other state, so its own must not be lost."""
    held = stage.shown(deletion_policy="delete").with_outputs(origin="account-rotated")
    stage.api.held.clear()
    with pytest.raises(AccountError, match="was made in account rotated"):
        stage.plugin().delete(held)
    plugin = stage.plugin()
    plugin.check(stage.arguments("新名"))
    lines()
    plugin.delete(held)
    must_say(lines, STAYS, "in account rotated", "in account default")
    assert "withdraw" not in stage.api.calls


def test_one_that_its_own_replacement_adopts_is_left_to_that(stage: Stage, lines: Lines) -> None:
    """A forced replacement, which the engine puts first, of a line with adopt=."""
    held = stage.approved(deletion_policy="delete")
    plugin = stage.plugin()
    plugin.check(stage.arguments(adopt=held.id, deletion_policy="delete"))
    lines()
    plugin.delete(held)
    assert stage.has(held)
    must_say(lines, f"{STAYS}: `brand` manages it now")


# --- its successor


def replaced(stage: Stage, policy: str) -> tuple[Held, Held, Plugin]:
    """An approved one that another text has replaced, its successor, and the run that did so."""
    old = stage.approved(deletion_policy=policy)
    plugin = stage.plugin()
    new = plugin.up(stage.arguments("新名", deletion_policy=policy), old)
    assert [predecessor["id"] for predecessor in new.inputs["__predecessors"]] == [old.id]
    return old, new, plugin


@BY_ID_AND_BY_TEXT
@pytest.mark.parametrize(
    ("successor", "policy", "line"),
    [
        ("pending", "retain", (STAYS, "its successor")),
        ("pending", "delete", (STAYS, "its successor")),
        ("approved", "retain", (STAYS, '"retain"')),
        ("approved", "delete", ("is deleted: its successor is approved",)),
    ],
)
def test_replaced_signature_goes_with_delete_once_its_successor_is_approved(
    stage: Stage, lines: Lines, successor: str, policy: str, line: tuple[str, ...]
) -> None:
    old, new, plugin = replaced(stage, policy)
    stage.decide(new, getattr(stage.case.statuses, successor))
    lines()
    plugin.delete(old)
    assert stage.has(old) is (STAYS in line)
    must_say(lines, *line)


def test_an_open_one_goes_in_the_run_that_replaces_it(stage: Stage) -> None:
    old = stage.declared(international=False)
    plugin = stage.plugin()
    new = plugin.up(stage.arguments("新名", international=True), old)
    plugin.delete(old)
    assert not stage.has(old)
    assert "__predecessors" not in new.inputs


@pytest.mark.parametrize("urn", [URN, OTHER], ids=["the same URN", "renamed by an alias"])
def test_a_leftover_falls_under_the_stricter_policy_of_who_remembered_it_until_this_run(
    stage: Stage, urn: str
) -> None:
    """A pending delete of an earlier run, its state's policy "delete"; by now it is "retain"."""
    old, new, _ = replaced(stage, "delete")
    stage.decide(new, "0")
    later = stage.plugin()
    later.up(stage.arguments("新名", deletion_policy="retain"), new, urn=urn)
    later.delete(old)
    assert stage.has(old)


@pytest.mark.parametrize("policy", ["retain", "delete"])
def test_a_leftover_of_a_resource_that_is_declared_no_more_has_its_states_policy(
    stage: Stage, policy: str
) -> None:
    old, _, _ = replaced(stage, policy)
    stage.plugin().delete(old)
    assert stage.has(old) is (policy == "retain")


@pytest.mark.parametrize("policy", ["retain", "delete"])
def test_a_destroyed_one_takes_its_predecessors_along_as_the_policy_says(
    stage: Stage, policy: str
) -> None:
    old, new, _ = replaced(stage, policy)
    stage.plugin().delete(new)
    assert not stage.has(new)
    assert stage.has(old) is (policy == "retain")


@pytest.mark.parametrize("why", ["gone", "held", "deleted", "remembered", "held elsewhere"])
def test_nothing_is_said_of_a_predecessor_that_is_not_this_resources_to_speak_of(
    stage: Stage, lines: Lines, why: str
) -> None:
    old, new, _ = replaced(stage, "delete")
    later = stage.plugin()
    if why == "gone":
        del stage.api.held[old.id]
    elif why in ("held", "held elsewhere"):
        later.get(old.id, scope="mainland", international=False)
    elif why == "deleted":
        later.run.owners.delete(later.ref(old))
    else:
        remembered = later.resource(new.inputs).predecessors
        later.run.owners.remember(OTHER, {later.ref(old): remembered[0]})
    if why == "held elsewhere":
        new.inputs["__predecessors"][0]["origin"] = "account-rotated"
    lines()
    later.delete(new)
    assert stage.has(old) is (why != "gone")
    assert not stage.has(new)
    must_say(lines, "【新名】 (2) is deleted: ")


@pytest.mark.parametrize("has_diff", [True, False], ids=["a change", "--replace"])
def test_one_whose_successor_was_refused_stays(stage: Stage, lines: Lines, has_diff: bool) -> None:
    old = stage.approved(deletion_policy="delete")
    news = stage.arguments("新名", deletion_policy="delete")
    plugin = stage.plugin()
    if has_diff:
        plugin.look(news, old)
    stage.api.refusal = RefusedError("no")
    with pytest.raises(RefusedError):
        plugin.create(plugin.check(news))
    stage.api.refusal = None
    lines()
    plugin.delete(old)
    assert stage.has(old)
    forgotten = [] if has_diff else ["no state remembers it after this run"]
    must_say(lines, STAYS, "its successor", *forgotten)


def test_one_that_waits_and_that_nobody_will_remember_is_said_to_be_forgotten(
    stage: Stage, lines: Lines
) -> None:
    """A forced replacement has no Diff, so its new side has no predecessor."""
    held = stage.approved(deletion_policy="delete")
    plugin = stage.plugin()
    plugin.create(plugin.check(stage.arguments("新名", deletion_policy="delete")))
    lines()
    plugin.delete(held)
    assert stage.has(held)
    must_say(lines, STAYS, "its successor", "; no state remembers it after this run.")


def test_one_that_waits_and_is_remembered_is_not_said_to_be_forgotten(
    stage: Stage, lines: Lines
) -> None:
    old, _, plugin = replaced(stage, "delete")
    lines()
    plugin.delete(old)
    (line,) = lines()
    assert "no state remembers it" not in line


def test_one_that_was_taken_over_unasked_is_not_deleted(stage: Stage) -> None:
    held = stage.approved(deletion_policy="delete").with_outputs(shared=True)
    stage.plugin().delete(held)
    assert stage.has(held)
    plugin = stage.plugin()
    plugin.look(stage.arguments("新名", deletion_policy="delete"), held)
    plugin.delete(held)
    assert stage.has(held)


def test_all_fates_are_known_before_the_first_deletion(stage: Stage) -> None:
    stage.office.keys["second"] = "second"
    old = stage.approved(deletion_policy="delete", account="second")
    plugin = stage.plugin()
    new = plugin.up(stage.arguments(deletion_policy="delete"), old)
    stage.office.api("tencent", "second").trouble = UnavailableError("no answer")
    with pytest.raises(UnavailableError):
        stage.plugin().delete(new)
    assert stage.has(new)


# --- a verdict between plan and deed


@at(UCLOUD)
def test_one_that_is_approved_by_now_is_not_deleted_first_for_its_replacement(
    stage: Stage,
) -> None:
    """The deletion looks again: by now it is under the rules of what is approved."""
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
