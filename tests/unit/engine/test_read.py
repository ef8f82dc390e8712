"""Read: what the vendor says now, for a refresh and for `Signature.get`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from types import SimpleNamespace

import pytest
from pulumi.runtime.proto import engine_pb2

from pulumi_smssign.contract.vendor import Capabilities
from pulumi_smssign.engine import row
from pulumi_smssign.model.errors import AccountError, NotFoundError, UnavailableError
from pulumi_smssign.model.filing import Filing, FilingState
from tests.engine.cases import ALIBABA, TENCENT
from tests.model.engine import wired
from tests.told import told
from tests.unit.engine.stage import OTHER, Held, Plugin, Stage, at

Lines = Callable[[], list[str]]


def refreshed(stage: Stage, held: Held, plugin: Plugin | None = None) -> Held:
    """The resource after a refresh."""
    result = (plugin or stage.plugin()).read(held)
    assert (result.id, type(result.inputs), type(result.outs)) == (held.id, dict, dict)
    return Held(held.urn, held.id, wired(result.inputs or {}), wired(result.outs or {}))


@pytest.mark.parametrize(
    ("hidden", "reason"), [([], "unreadable"), (["reason"], "[secret]")], ids=["", "a secret"]
)
def test_a_refresh_tells_what_has_moved_since(
    stage: Stage, lines: Lines, hidden: list[str], reason: str
) -> None:
    held = stage.declared(hides=hidden)
    stage.api.held[held.id] = replace(stage.api.held[held.id], reason="unreadable")
    stage.decide(held, "-1")
    lines()
    after = refreshed(stage, held)
    assert (after.outputs["status"], after.outputs["reason"]) == ("REJECTED", "unreadable")
    assert lines() == [f"brand: 【极客科技】 (1) is REJECTED (was PENDING): {reason}"]
    refreshed(stage, after)
    assert lines() == []


@pytest.mark.parametrize(
    ("filing", "severity"),
    [("lapsed", engine_pb2.WARNING), ("filed", engine_pb2.INFO)],
)
def test_news_that_a_person_has_to_act_on_is_a_warning(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, filing: str, severity: int
) -> None:
    heard: list[int] = []
    held = stage.approved().with_outputs(status="APPROVED", filing={"state": "filing"})
    review = replace(stage.api.held[held.id], filing=Filing(FilingState(filing)))
    stage.api.held[held.id] = review
    listening = SimpleNamespace(Log=lambda request, timeout: heard.append(request.severity))
    monkeypatch.setattr(row, "_engine", lambda: listening)
    stage.plugin().read(held)
    assert heard == [severity]


@pytest.mark.parametrize("is_moved", [False, True])
def test_an_open_one_that_a_list_shows_as_state_has_it_is_not_asked_for(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, is_moved: bool
) -> None:
    """At a vendor whose lists tell less than a question for each."""
    held = stage.declared()
    stage.api.capabilities = Capabilities(lists_all=False)
    monkeypatch.setattr(stage.api, "is_unmoved", lambda *_: not is_moved, raising=False)
    stage.api.calls.clear()
    after = refreshed(stage, held)
    assert stage.api.calls == ["page", *["reviews"] * is_moved]
    assert after.outputs["status"] == "PENDING"
    assert after.record == {"origin": "account-default"}
    assert after.inputs == {k: v for k, v in held.inputs.items() if k != "__provider"}


def test_a_refresh_is_no_change_of_the_program(stage: Stage) -> None:
    held = stage.approved()
    stage.api.calls.clear()
    after = refreshed(stage, held)
    assert stage.api.calls == ["page"]
    assert after.inputs == {k: v for k, v in held.inputs.items() if k != "__provider"}
    assert not stage.plugin().look(stage.arguments(), after).changes


def test_field_left_out_is_learned_and_no_input(stage: Stage) -> None:
    held = stage.approved()
    review = stage.api.held[held.id]
    stage.api.held[held.id] = replace(review, reported={**review.reported, "remark": "codes"})
    after = refreshed(stage, held)
    assert after.outputs["remark"] == "codes"
    assert after.record["learned"] == ["remark"]
    assert "remark" not in after.inputs
    assert not stage.plugin().look(stage.arguments(), after).changes
    assert refreshed(stage, after).record["learned"] == ["remark"]


def test_drift_shows_as_a_change(stage: Stage) -> None:
    held = stage.declared()
    review = stage.api.held[held.id]
    stage.api.held[held.id] = replace(review, reported={**review.reported, "document_type": 0})
    after = refreshed(stage, held)
    assert (after.inputs["document_type"], after.outputs["document_type"]) == (0, 0)
    assert stage.plugin().look(stage.arguments(), after).changes


def test_the_policy_and_what_may_be_another_stacks_stay_in_state(stage: Stage) -> None:
    held = stage.approved(deletion_policy="delete").with_outputs(shared=True)
    after = refreshed(stage, held)
    assert (after.outputs["deletion_policy"], after.record["shared"]) == ("delete", True)


def test_one_that_the_vendor_says_it_has_not_is_gone(stage: Stage) -> None:
    held = stage.shown()
    stage.api.held.clear()
    assert stage.plugin().read(held).id is None
    assert "withdraw" not in stage.api.calls


def test_one_that_is_not_shown_yet_is_left_as_it_is(stage: Stage, lines: Lines) -> None:
    held = stage.declared().with_outputs(unseen=True)
    stage.api.hidden.add(held.id)
    after = refreshed(stage, held)
    assert after.outputs["status"] == "PENDING"
    assert after.record["unseen"] is True
    assert "does not show it yet: state is left as it is" in lines()[-1]


def test_nothing_is_taken_for_gone_where_the_vendor_can_not_be_asked(stage: Stage) -> None:
    held = stage.declared()
    stage.api.trouble = UnavailableError("no answer")
    with pytest.raises(UnavailableError):
        stage.plugin().read(held)


def test_one_of_the_other_side_or_of_other_keys_is_not_taken_for_gone(stage: Stage) -> None:
    """With the advice for a refresh, which has the configuration of the last `up`."""
    held = stage.shown()
    stage.api.held.clear()
    with pytest.raises(AccountError, match="made in account rotated") as caught:
        stage.plugin().read(held.with_outputs(origin="account-rotated"))
    assert "add --run-program" in caught.value.advice
    stage.api.calls.clear()
    with pytest.raises(AccountError, match="and it is not read; nothing was sent"):
        stage.plugin().read(held.with_outputs(origin="sandbox-default"))
    assert stage.api.calls == []


@pytest.mark.parametrize(
    ("stage", "origin"),
    [(TENCENT, "account-default"), (ALIBABA, "account-rotated")],
    indirect=["stage"],
    ids=str,
)
def test_other_keys_are_written_into_state_only_where_an_id_proves_that_it_is_the_same(
    stage: Stage, origin: str
) -> None:
    held = stage.declared().with_outputs(origin="account-rotated")
    assert refreshed(stage, held).record["origin"] == origin


# --- predecessors


def test_a_refresh_forgets_a_predecessor_that_has_gone_and_no_other(stage: Stage) -> None:
    old = stage.approved()
    new = stage.plugin().up(stage.arguments("新名"), old)
    assert [
        predecessor["id"] for predecessor in refreshed(stage, new).inputs["__predecessors"]
    ] == [old.id]
    stage.api.hidden.add(old.id)
    assert "__predecessors" not in refreshed(stage, new).inputs


def test_a_refresh_remembers_a_predecessor_that_nobody_can_ask_for(stage: Stage) -> None:
    stage.office.keys["second"] = "second"
    old = stage.approved(account="second")
    new = stage.plugin().up(stage.arguments(), old)
    stage.office.api("tencent", "second").trouble = UnavailableError("no answer")
    assert [
        predecessor["id"] for predecessor in refreshed(stage, new).inputs["__predecessors"]
    ] == [old.id]


# --- get


def test_a_signature_that_a_program_reads_is_held_by_who_reads_it(stage: Stage) -> None:
    held = stage.approved()
    plugin = stage.plugin()
    result = plugin.get(held.id, scope="mainland", international=False)
    assert result.outs is not None
    outputs = told(result.outs)
    assert (result.id, outputs["status"], outputs["text"]) == (held.id, "APPROVED", "极客科技")
    assert "learned" not in outputs["__record"]
    assert plugin.run.owners.owner(plugin.ref(held)) == OTHER


def test_missing_signature_can_not_be_read(stage: Stage) -> None:
    with pytest.raises(NotFoundError, match="tencent has no signature 7 to read") as caught:
        stage.plugin().get("7", scope="mainland", international=False)
    assert caught.value.resource == "other"


@at(ALIBABA)
def test_an_edit_in_review_is_told_when_its_verdict_comes(stage: Stage, lines: Lines) -> None:
    """The vendor goes on showing what was approved before."""
    held = stage.approved().with_outputs(status="APPROVED")
    before = stage.api.held[stage.identity(held)]
    stage.api.on_review = lambda: stage.api.held.update({stage.identity(held): before})
    news = stage.arguments(qualification_id=7, deletion_policy="delete")
    edited = stage.plugin().up(news, held)
    assert (edited.outputs["status"], edited.outputs["edit_status"]) == ("APPROVED", "PENDING")
    assert edited.record["shown_before"]
    again = refreshed(stage, edited)
    assert again.outputs["qualification_id"] == 7
    assert again.record["shown_before"] == edited.record["shown_before"]
    changed = replace(before, reported={**before.reported, "qualification_id": 7})
    stage.api.held[stage.identity(held)] = changed
    lines()
    done = refreshed(stage, again)
    assert done.outputs["edit_status"] == ""
    assert "shown_before" not in done.record
    assert lines()[-1] == "brand: the edit of 【极客科技】 (极客科技) is APPROVED"
