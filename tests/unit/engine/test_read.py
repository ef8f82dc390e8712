"""Read: what the vendor says now, for a refresh and for `Signature.get`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from pulumi_smssign.model.errors import AccountError, NotFoundError, UnavailableError
from pulumi_smssign.model.filing import Filing, FilingState, Qualification, QualificationState
from tests.engine.cases import ALIBABA, TENCENT
from tests.unit.engine.stage import OTHER, Held, Plugin, Stage, at

Lines = Callable[[], list[str]]


def refreshed(stage: Stage, held: Held, plugin: Plugin | None = None) -> Held:
    """The resource after a refresh."""
    found = (plugin or stage.plugin()).read(held)
    assert (found.id, type(found.inputs), type(found.outs)) == (held.id, dict, dict)
    return Held(held.urn, held.id, dict(found.inputs or {}), dict(found.outs or {}))


def test_a_refresh_tells_what_has_moved_since(stage: Stage, lines: Lines) -> None:
    held = stage.declared()
    stage.api.held[held.id] = replace(stage.api.held[held.id], reason="unreadable")
    stage.decide(held, "-1")
    lines()
    after = refreshed(stage, held)
    assert (after.outputs["status"], after.outputs["reason"]) == ("REJECTED", "unreadable")
    assert lines() == ["brand: 【极客科技】 (1) is REJECTED (was PENDING): unreadable"]
    refreshed(stage, after)
    assert lines() == []


def test_a_refresh_is_no_change_of_the_program(stage: Stage) -> None:
    held = stage.approved()
    stage.api.calls.clear()
    after = refreshed(stage, held)
    assert stage.api.calls == ["page"]
    assert after.inputs == {k: v for k, v in held.inputs.items() if k != "__provider"}
    assert not stage.plugin().look(stage.arguments(), after).changes


def test_field_left_out_is_learned_and_no_input(stage: Stage) -> None:
    held = stage.approved()
    shown = stage.api.held[held.id]
    stage.api.held[held.id] = replace(shown, reported={**shown.reported, "remark": "codes"})
    after = refreshed(stage, held)
    assert after.outputs["remark"] == "codes"
    assert after.outputs["learned"] == ["remark"]
    assert "remark" not in after.inputs
    assert not stage.plugin().look(stage.arguments(), after).changes
    assert refreshed(stage, after).outputs["learned"] == ["remark"]


def test_drift_shows_as_a_change(stage: Stage) -> None:
    held = stage.declared()
    shown = stage.api.held[held.id]
    stage.api.held[held.id] = replace(shown, reported={**shown.reported, "document_type": 0})
    after = refreshed(stage, held)
    assert (after.inputs["document_type"], after.outputs["document_type"]) == (0, 0)
    assert stage.plugin().look(stage.arguments(), after).changes


def test_the_policy_and_what_may_be_another_stacks_stay_in_state(stage: Stage) -> None:
    held = stage.approved(deletion_policy="delete").said(shared=True)
    after = refreshed(stage, held)
    assert (after.outputs["deletion_policy"], after.outputs["shared"]) == ("delete", True)


def test_one_that_the_vendor_says_it_has_not_is_gone(stage: Stage) -> None:
    held = stage.declared()
    stage.api.held.clear()
    assert stage.plugin().read(held).id is None
    assert "withdraw" not in stage.api.calls


def test_one_that_is_not_shown_yet_is_left_as_it_is(stage: Stage, lines: Lines) -> None:
    held = stage.declared().said(unseen=True)
    stage.api.hidden.add(held.id)
    after = refreshed(stage, held)
    assert after.outputs["status"] == "PENDING"
    assert after.outputs["unseen"] is True
    assert "does not show it yet: state is left as it is" in lines()[-1]


def test_nothing_is_taken_for_gone_where_the_vendor_can_not_be_asked(stage: Stage) -> None:
    held = stage.declared()
    stage.api.trouble = UnavailableError("no answer")
    with pytest.raises(UnavailableError):
        stage.plugin().read(held)


def test_one_of_the_other_side_or_of_other_keys_is_not_taken_for_gone(stage: Stage) -> None:
    """With the advice for a refresh, which has the configuration of the last `up`."""
    held = stage.declared()
    stage.api.held.clear()
    with pytest.raises(AccountError, match="made in account rotated") as caught:
        stage.plugin().read(held.said(origin="account-rotated"))
    assert "add --run-program" in caught.value.advice
    stage.api.calls.clear()
    with pytest.raises(AccountError, match="and it is not read; nothing was sent"):
        stage.plugin().read(held.said(origin="sandbox-default"))
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
    held = stage.declared().said(origin="account-rotated")
    assert refreshed(stage, held).outputs["origin"] == origin


# --- predecessors


def test_a_refresh_forgets_a_predecessor_that_has_gone_and_no_other(stage: Stage) -> None:
    old = stage.approved()
    new = stage.plugin().up(stage.arguments("新名"), old)
    assert [one["id"] for one in refreshed(stage, new).inputs["predecessors"]] == [old.id]
    stage.api.hidden.add(old.id)
    assert "predecessors" not in refreshed(stage, new).inputs


def test_a_refresh_remembers_a_predecessor_that_nobody_can_ask_for(stage: Stage) -> None:
    stage.office.keys["second"] = "second"
    old = stage.approved(account="second")
    new = stage.plugin().up(stage.arguments(), old)
    stage.office.api("tencent", "second").trouble = UnavailableError("no answer")
    assert [one["id"] for one in refreshed(stage, new).inputs["predecessors"]] == [old.id]


# --- the filing, and the papers


def with_papers(stage: Stage, held: Held, filing: str, papers: str) -> None:
    stage.api.held[held.id] = replace(
        stage.api.held[held.id],
        filing=Filing(FilingState(filing), reasons=["no licence"]),
        qualification=Qualification("7", "某公司", QualificationState(papers)),
    )


def test_a_filing_that_moves_is_said_and_one_that_is_lost_is_warned_of(
    stage: Stage, lines: Lines
) -> None:
    held = stage.approved()
    with_papers(stage, held, "filing", "approved")
    held = refreshed(stage, held)
    lines()
    with_papers(stage, held, "filed", "approved")
    held = refreshed(stage, held)
    (said,) = lines()
    assert "the filing of 【极客科技】 (1) with the carriers is filed (was filing)" in said
    with_papers(stage, held, "lapsed", "refused")
    refreshed(stage, held)
    filing, papers = lines()
    assert "is lapsed (was filed): no licence. Texts may not arrive any more" in filing
    assert "the qualification 某公司 of 【极客科技】 (1) is refused (was approved)" in papers


# --- get


def test_a_signature_that_a_program_reads_is_held_by_who_reads_it(stage: Stage) -> None:
    held = stage.approved()
    plugin = stage.plugin()
    found = plugin.get(held.id, scope="mainland", international=False)
    assert found.outs is not None
    assert (found.id, found.outs["status"], found.outs["text"]) == (held.id, "APPROVED", "极客科技")
    assert "learned" not in found.outs
    assert plugin.run.owners.owner(plugin.ref(held)) == OTHER


def test_missing_signature_can_not_be_read(stage: Stage) -> None:
    with pytest.raises(NotFoundError, match="tencent has no signature 7 to read") as caught:
        stage.plugin().get("7", scope="mainland", international=False)
    assert caught.value.resource == "other"


# --- words that the program calls secret


def test_a_reviewers_words_that_the_program_calls_secret_are_in_no_line(
    stage: Stage, lines: Lines
) -> None:
    held = stage.declared(hides=["reason"])
    stage.api.held[held.id] = replace(stage.api.held[held.id], reason="unreadable")
    stage.decide(held, "-1")
    lines()
    refreshed(stage, held)
    assert lines() == ["brand: 【极客科技】 (1) is REJECTED (was PENDING): [secret]"]


@at(ALIBABA)
def test_an_edit_in_review_is_told_when_its_verdict_comes(stage: Stage, lines: Lines) -> None:
    """The vendor goes on showing what was approved before."""
    held = stage.approved().said(status="APPROVED")
    before = stage.api.held[stage.identity(held)]
    stage.api.on_review = lambda: stage.api.held.update({stage.identity(held): before})
    news = stage.arguments(qualification_id=7, deletion_policy="delete")
    edited = stage.plugin().up(news, held)
    assert (edited.outputs["status"], edited.outputs["edit_status"]) == ("APPROVED", "PENDING")
    assert edited.outputs["shown_before"]
    again = refreshed(stage, edited)
    assert again.outputs["qualification_id"] == 7
    changed = replace(before, reported={**before.reported, "qualification_id": 7})
    stage.api.held[stage.identity(held)] = changed
    lines()
    done = refreshed(stage, again)
    assert done.outputs["edit_status"] == ""
    assert lines()[-1] == "brand: the edit of 【极客科技】 (极客科技) is APPROVED"
