"""Create: take back, adopt, take over what is approved as declared, or submit once."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal

import pytest

from pulumi_smssign.contract import lifeline
from pulumi_smssign.contract.application import Application
from pulumi_smssign.contract.pages import ListPage
from pulumi_smssign.contract.vendor import Capabilities
from pulumi_smssign.core.journal import Entry
from pulumi_smssign.model.errors import (
    AccountError,
    DuplicateError,
    EvidenceError,
    InputError,
    JournalError,
    NotFoundError,
    NotShownYetError,
    OutcomeUnknownError,
    RefusedError,
    SmsSignError,
    UnavailableError,
)
from pulumi_smssign.model.review import SHOWN_AFTER, SHOWN_IN_SANDBOX_AFTER, Handle, Review
from tests.engine.cases import ALIBABA, TENCENT, YUNPIAN
from tests.images import png
from tests.told import told
from tests.unit.engine.stage import OTHER, Bag, Held, Stage, at

Lines = Callable[[], list[str]]


def left_in_the_account(stage: Stage, raw: str = "", **changes: object) -> Held:
    """A signature that no run knows of any more."""
    held = stage.declared(**changes)  # type: ignore[arg-type]
    stage.decide(held, raw or stage.case.statuses.approved)
    stage.api.calls.clear()
    return held


def taken_over(stage: Stage) -> Held:
    """An approved one that a resource has taken over unasked."""
    left_in_the_account(stage)
    return stage.plugin().up(stage.arguments())


def must_be_refused(stage: Stage, error: type[SmsSignError], match: str, **changes: object) -> str:
    """A first run submits nothing, and fails so; its advice."""
    with pytest.raises(error, match=match) as caught:
        stage.plugin().up(stage.arguments(**changes))  # type: ignore[arg-type]
    assert "submit" not in stage.api.calls
    return caught.value.advice


# --- a submission


def test_a_submission_is_sent_once_and_leaves_nothing_in_the_journal(stage: Stage) -> None:
    held = stage.declared()
    assert stage.api.calls == ["page", "submit"]
    assert stage.journal.entries() == ()
    assert (held.id, held.outputs["status"], held.outputs["revision"]) == ("1", "PENDING", 1)
    assert held.record["origin"] == "account-default"
    assert held.outputs["scope"] == "mainland"
    assert held.outputs["deletion_policy"] == "retain"
    assert held.outputs["accepted_at"]
    assert "shared" not in held.record


def test_state_after_a_submission_is_what_the_answer_told(stage: Stage) -> None:
    """What comes of it is for the next refresh, which asks also for what was told."""
    held = stage.declared()
    assert stage.api.calls[-1] == "submit"
    assert (held.outputs["status"], held.record["unseen"]) == ("PENDING", True)
    stage.decide(held, stage.case.statuses.approved)
    after = told(stage.plugin().read(held).outs or {})
    assert (after["status"], "unseen" in after["__record"]) == ("APPROVED", False)


@pytest.mark.parametrize(
    ("origin", "seconds", "is_gone"),
    [
        ("sandbox-default", SHOWN_IN_SANDBOX_AFTER - 9, False),
        ("sandbox-default", SHOWN_IN_SANDBOX_AFTER + 1, True),
        ("account-default", SHOWN_IN_SANDBOX_AFTER + 1, False),
        ("account-default", SHOWN_AFTER + 1, True),
    ],
)
def test_what_was_never_shown_is_gone_sooner_in_the_sandbox(
    stage: Stage, origin: str, seconds: float, is_gone: bool
) -> None:
    """Started anew it has lost all that it had."""
    if origin.startswith("sandbox"):
        stage.office.settings.values["smssign:sandbox"] = "http://127.0.0.1:9"
    accepted_at = (datetime.now(UTC) - timedelta(seconds=seconds)).isoformat()
    held = stage.declared().with_outputs(accepted_at=accepted_at)
    assert held.record["origin"] == origin
    stage.api.held.clear()
    assert (stage.plugin().read(held).id is None) is is_gone


def test_what_a_run_was_cut_off_from_is_looked_for_once(stage: Stage) -> None:
    stage.plugin(is_alive=lambda: False).up(stage.arguments())
    stage.api.calls.clear()
    held = stage.declared()
    assert stage.api.calls == ["find"]
    assert "unseen" not in held.record


def test_file_ids_that_the_vendor_gave_are_kept_in_state_and_used_again(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    api, known = stage.api, list[dict[str, str]]()
    submit, resubmit = api.submit, api.resubmit

    def upload(application: Application) -> None:
        known.append(dict(application.uploads))
        application.uploads[f"digest-{len(known)}"] = f"file-{len(known)}"

    def submitting(application: Application, token: str = "") -> Review:
        upload(application)
        return submit(application, token)

    def resubmitting(handle: Handle, application: Application) -> None:
        upload(application)
        resubmit(handle, application)

    monkeypatch.setattr(api, "submit", submitting)
    monkeypatch.setattr(api, "resubmit", resubmitting)
    held = stage.declared()
    assert held.record["uploads"] == {"digest-1": "file-1"}
    after = stage.plugin().up(stage.arguments(picture=1), held)
    assert after.record["uploads"] == {"digest-1": "file-1", "digest-2": "file-2"}
    assert known == [{}, {"digest-1": "file-1"}]


def test_successor_of_one_whose_deletion_was_cut_off_settles_that(
    stage: Stage,
) -> None:
    held = stage.declared()
    plugin = stage.plugin()
    news = stage.arguments("新名", international=True)
    plugin.look(news, held)
    stage.journal.begin(Entry.of_deletion(held.urn, plugin.ref(held)))
    plugin.create(plugin.check(news))
    assert stage.journal.entries() == ()


def test_a_proof_file_that_has_changed_since_stops_it_before_any_call(
    stage: Stage, tmp_path: Path
) -> None:
    plugin = stage.plugin()
    inputs = plugin.check(stage.arguments())
    stage.api.calls.clear()
    (tmp_path / "p0.png").write_bytes(png(9))
    with pytest.raises(EvidenceError, match="nothing was sent"):
        plugin.create(inputs)
    assert stage.api.calls == []


def test_nothing_is_submitted_where_the_journal_can_not_be_written(
    stage: Stage, tmp_path: Path
) -> None:
    (tmp_path / "full").touch()
    with pytest.raises(JournalError, match="nothing was sent") as caught:
        stage.plugin(journal=tmp_path / "full").up(stage.arguments())
    assert "PULUMI_HOME" in caught.value.advice
    assert "submit" not in stage.api.calls


def test_a_refusal_leaves_nothing_behind(stage: Stage) -> None:
    stage.api.refusal = RefusedError("no")
    with pytest.raises(RefusedError):
        stage.declared()
    assert stage.journal.entries() == ()


def test_submission_that_no_account_can_be_asked_for_is_said_to_be_unchecked(
    stage: Stage, lines: Lines
) -> None:
    stage.api.capabilities = Capabilities(finds=False)
    assert stage.declared().id == "1"
    (warning, why) = lines()
    assert "'极客科技' was submitted unchecked" in warning
    assert why == "tencent has no look-up by text"


# --- an approved twin, unasked


@at(TENCENT, ALIBABA, YUNPIAN)
def test_an_approved_twin_as_declared_is_taken_over_with_retain_and_nothing_is_submitted(
    stage: Stage, lines: Lines
) -> None:
    """So a renamed, moved, dropped or destroyed one is taken up again, green."""
    existing = left_in_the_account(stage)
    lines()
    held = stage.plugin().up(stage.arguments(), urn=OTHER)
    assert stage.identity(held) == stage.identity(existing)
    assert "submit" not in stage.api.calls
    (line,) = lines()
    assert "is APPROVED and is taken over" in line
    assert "nothing is submitted" in line
    assert held.record["shared"] is True


@pytest.mark.parametrize(
    ("existing", "wanted", "match", "advice"),
    [
        ({"document_type": 0}, {}, "It has document_type=DocumentType.THREE_IN_ONE", "write "),
        ({}, {"deletion_policy": "delete"}, "already: 1 ", 'deletion_policy="retain"'),
        ({"raw": "1"}, {}, "already: 1 ", 'adopt="1"'),
        ({"raw": "-1"}, {}, "already: 1 ", "aliases="),
    ],
    ids=["not as declared", "with delete", "pending", "rejected"],
)
def test_twin_is_refused_with_the_ways_out(
    stage: Stage, existing: Bag, wanted: Bag, match: str, advice: str
) -> None:
    left_in_the_account(stage, **existing)
    assert advice in must_be_refused(stage, DuplicateError, match, **wanted)


def test_unreported_field_is_recorded_as_declared(stage: Stage) -> None:
    existing = left_in_the_account(stage)
    stage.api.held[existing.id] = replace(stage.api.held[existing.id], reported={})
    held = stage.plugin().up(stage.arguments(document_type=0))
    assert (held.id, held.outputs["document_type"]) == (existing.id, 0)


def test_a_twin_that_a_resource_of_this_run_holds_is_refused_naming_it(stage: Stage) -> None:
    left_in_the_account(stage)
    plugin = stage.plugin()
    plugin.get("1", scope="mainland", international=False)
    with pytest.raises(
        DuplicateError, match=r"`other` of this program holds 【极客科技】 \(1\)"
    ) as caught:
        plugin.up(stage.arguments())
    assert caught.value.vendor == "tencent"


@pytest.mark.parametrize("goes", [False, True], ids=["rejected", "gone"])
def test_one_that_loses_its_approval_before_it_is_taken_over_is_not(
    stage: Stage, goes: bool
) -> None:
    existing = left_in_the_account(stage)

    def move() -> None:
        if goes:
            stage.api.held.clear()
        else:
            stage.decide(existing, "-1")

    stage.api.on_review = move
    must_be_refused(stage, DuplicateError, "already: 1 ")


def test_one_that_this_run_has_deleted_is_no_twin_though_a_list_shows_it(stage: Stage) -> None:
    held = stage.declared()
    plugin = stage.plugin()
    plugin.check(stage.arguments("别的"), held)
    review = stage.api.held[held.id]
    plugin.delete(held)
    stage.api.held[held.id] = review
    again = plugin.up(stage.arguments(), urn=OTHER)
    assert again.id != held.id


@pytest.mark.parametrize("adopt", [None, "1", "existing"])
def test_delete_holds_for_one_taken_over_only_once_the_program_adopts_it(
    stage: Stage, adopt: str | None
) -> None:
    held = taken_over(stage)
    updated = stage.plugin().up(stage.arguments(deletion_policy="delete", adopt=adopt), held)
    assert ("shared" in updated.record) is (adopt is None)
    stage.plugin().delete(updated)
    assert stage.has(held) is (adopt is None)


@pytest.mark.parametrize("adopt", ["1", "existing"])
def test_the_way_out_that_is_said_of_one_taken_over_is_followed_in_one_edit(
    stage: Stage, adopt: str
) -> None:
    """Both words of consent together with the edit that needs them; and it is carried out."""
    held = taken_over(stage)
    with pytest.raises(InputError) as caught:
        stage.plugin().look(stage.arguments(picture=1), held)
    assert 'Or give it deletion_policy="delete" and adopt="1"' in caught.value.advice
    news = stage.arguments(picture=1, deletion_policy="delete", adopt=adopt)
    for _ in range(2):
        held = stage.plugin().up(news, held)
    assert stage.api.calls.count("submit") == 1, "the changed application was never sent"


def test_a_new_text_with_both_words_of_consent_lets_the_old_one_go_in_time(stage: Stage) -> None:
    held = taken_over(stage)
    news = stage.arguments("新名", deletion_policy="delete", adopt="existing")
    new = stage.plugin().up(news, held)
    stage.decide(new, "0")
    stage.plugin().up(news, new)
    assert not stage.has(held)


def test_an_adoption_by_id_with_another_text_is_refused_in_the_preview_already(
    stage: Stage,
) -> None:
    held = taken_over(stage)
    news = stage.arguments("新名", deletion_policy="delete", adopt=held.id)
    with pytest.raises(InputError, match="to adopt has sign_name='极客科技'"):
        stage.plugin(preview=True).look(news, held)


@pytest.mark.parametrize("has_diff", [True, False], ids=["replacement_trigger", "--replace"])
def test_a_forced_replacement_takes_the_same_signature_over_again(
    stage: Stage, has_diff: bool
) -> None:
    """Diff sees no change, or there is none, as with taint; nothing is deleted with "retain"."""
    held = stage.approved()
    plugin = stage.plugin()
    if has_diff:
        assert not plugin.look(stage.arguments(), held).changes
    again = plugin.create(plugin.check(stage.arguments()))
    plugin.delete(held)
    assert (again.id, stage.has(held)) == (held.id, True)
    assert ("shared" in again.record) is not has_diff
    assert stage.api.calls.count("submit") == 1


@pytest.mark.parametrize("has_diff", [True, False], ids=["replacement_trigger", "--replace"])
def test_a_forced_replacement_with_delete_is_refused_and_loses_nothing(
    stage: Stage, has_diff: bool
) -> None:
    held = stage.approved(deletion_policy="delete")
    plugin = stage.plugin()
    if has_diff:
        assert not plugin.look(stage.arguments(deletion_policy="delete"), held).changes
    with pytest.raises(DuplicateError) as caught:
        plugin.create(plugin.check(stage.arguments(deletion_policy="delete")))
    assert "leave --replace out" in caught.value.advice
    assert stage.has(held)


def test_a_change_that_is_taken_back_after_its_deletion_first_is_submitted_as_it_was(
    stage: Stage,
) -> None:
    """The engine calls Create, whatever Diff says, for what was deleted first."""
    held = stage.approved(deletion_policy="delete")
    plugin = stage.plugin()
    news = stage.arguments(picture=1, deletion_policy="delete")
    assert plugin.look(news, held).delete_before_replace
    plugin.delete(held)
    stage.api.refusal = RefusedError("no")
    with pytest.raises(RefusedError):
        plugin.create(plugin.check(news))
    stage.api.refusal = None
    plugin = stage.plugin()
    back = stage.arguments(deletion_policy="delete")
    plugin.look(back, held)
    again = plugin.create(plugin.check(back))
    assert set(stage.api.held) == {again.id} != {held.id}
    assert stage.journal.entries() == ()


def test_one_that_may_be_another_stacks_stays_that_when_it_is_taken_over_again(
    stage: Stage,
) -> None:
    held = taken_over(stage)
    plugin = stage.plugin()
    plugin.look(stage.arguments(), held)
    again = plugin.create(plugin.check(stage.arguments()))
    assert again.record.get("shared") is True


# --- adoption


def test_an_adoption_by_id_takes_over_what_it_names_whatever_its_status(stage: Stage) -> None:
    existing = left_in_the_account(stage, "-1")
    held = stage.plugin().up(stage.arguments(adopt=existing.id, deletion_policy="delete"))
    assert (held.id, held.outputs["status"]) == (existing.id, "REJECTED")
    wanted = {"scope": "mainland", "revision": 1, "accepted_at": "", "deletion_policy": "delete"}
    assert {name: held.outputs[name] for name in wanted} == wanted
    assert held.record == {"origin": "account-default"}
    assert "submit" not in stage.api.calls


def test_one_that_this_run_has_deleted_first_is_not_adopted_but_submitted_anew(
    stage: Stage,
) -> None:
    held = stage.approved(deletion_policy="delete")
    plugin = stage.plugin()
    news = stage.arguments(adopt=held.id, deletion_policy="delete")
    plugin.run.owners.delete(plugin.ref(held))
    del stage.api.held[held.id]
    assert plugin.create(plugin.check(news)).id == "2"


def test_an_adoption_of_what_is_not_there_is_refused(stage: Stage) -> None:
    with pytest.raises(NotFoundError, match="there is no signature 7 to adopt"):
        stage.plugin().up(stage.arguments(adopt="7"))


def test_one_resource_adopts_a_signature_and_no_second_one(stage: Stage) -> None:
    existing = left_in_the_account(stage)
    plugin = stage.plugin()
    plugin.check(stage.arguments("别的", adopt=existing.id), urn=OTHER)
    with pytest.raises(InputError, match="a signature has one owner"):
        plugin.check(stage.arguments(adopt=existing.id))


@pytest.mark.parametrize("by", ["the resource", "the stack"])
def test_existing_takes_over_the_one_that_there_is_whatever_its_status(
    stage: Stage, lines: Lines, by: str
) -> None:
    existing = left_in_the_account(stage, "-1", document_type=0)
    if by == "the stack":
        stage.office.settings.values["smssign:adopt"] = "existing"
    adopt = "existing" if by == "the resource" else None
    lines()
    held = stage.plugin().up(stage.arguments(adopt=adopt, deletion_policy="delete"))
    assert held.id == existing.id
    assert "shared" not in held.record
    (line,) = lines()
    assert line.endswith("taken over; it differs from the program in document_type")


def test_of_several_that_exist_none_is_guessed(stage: Stage) -> None:
    existing = left_in_the_account(stage, "-1")
    stage.api.held["2"] = replace(stage.api.held[existing.id], id="2")
    with pytest.raises(DuplicateError, match=r"1 .*2 "):
        stage.plugin().up(stage.arguments(adopt="existing"))


def test_where_nothing_exists_it_is_submitted(stage: Stage) -> None:
    held = stage.declared(adopt="existing")
    assert "submit" in stage.api.calls
    assert "shared" not in held.record


def test_existing_takes_over_nothing_that_another_resource_holds(stage: Stage) -> None:
    left_in_the_account(stage)
    plugin = stage.plugin()
    plugin.get("1", scope="mainland", international=False)
    with pytest.raises(InputError, match="a signature has one owner"):
        plugin.up(stage.arguments(adopt="existing"))


# --- a run that was cut off


def test_a_run_without_a_sign_of_life_is_recovered_by_the_next_one(
    stage: Stage, lines: Lines
) -> None:
    """Open or approved, also with "delete"."""
    stage.plugin(is_alive=lambda: False).up(stage.arguments(deletion_policy="delete"))
    (entry,) = stage.journal.entries()
    assert (entry.kind, entry.state, entry.id) == ("submit", "answered", "1")
    lines()
    held = stage.plugin().up(stage.arguments(deletion_policy="delete"))
    assert held.id == "1"
    assert "shared" not in held.record
    assert held.outputs["accepted_at"] == entry.at
    assert stage.api.calls.count("submit") == 1
    assert stage.journal.entries() == ()
    (line,) = lines()
    assert "was submitted by an earlier run of this resource; it is taken over" in line


def test_a_lost_answer_is_looked_for_by_the_next_run(stage: Stage) -> None:
    stage.api.lost = {"submit": True}
    stage.api.blind_looks = 3
    with pytest.raises(OutcomeUnknownError), lifeline.within(0):  # its looks don't wait
        stage.plugin().up(stage.arguments())
    assert [entry.state for entry in stage.journal.entries()] == ["begun"]
    stage.api.lost = {}
    assert stage.plugin().up(stage.arguments()).id == "1"
    assert stage.api.calls.count("submit") == 1


def test_recovered_submission_leaves_changed_fields_to_the_next_run(
    stage: Stage, lines: Lines
) -> None:
    stage.plugin(is_alive=lambda: False).up(stage.arguments())
    lines()
    held = stage.plugin().up(stage.arguments(document_type=0, remark="codes"))
    assert lines()[1:] == ["It has other document_type, remark: run `pulumi up` again."]
    assert held.outputs.keys().isdisjoint({"document_type", "remark"})
    later = stage.plugin()
    assert later.look(stage.arguments(document_type=0, remark="codes"), held).changes


def test_an_entry_is_of_one_resource_and_one_account(stage: Stage) -> None:
    stage.plugin(is_alive=lambda: False).up(stage.arguments())
    with pytest.raises(DuplicateError):
        stage.plugin().up(stage.arguments(), urn=OTHER)
    stage.office.keys["default"] = "rotated"
    stage.plugin().up(stage.arguments())
    assert stage.api.calls.count("submit") == 1, "it is submitted in the other account"
    assert [entry.origin for entry in stage.journal.entries()] == ["account-default"]


def cut_off(stage: Stage, *, id_: str = "1", ago: float = 0) -> None:
    """A run that was cut off behind its submission, so many seconds ago; "" where no id came."""
    stage.plugin(is_alive=lambda: False).up(stage.arguments())
    (entry,) = stage.journal.entries()
    stage.journal.clear(entry)
    at_ = (datetime.now(UTC) - timedelta(seconds=ago)).isoformat()
    state: Literal["begun", "answered"] = "answered" if id_ else "begun"
    stage.journal._keep(replace(entry, id=id_, state=state, at=at_))


def test_an_accepted_submission_is_not_sent_again_while_nothing_shows_it(stage: Stage) -> None:
    """One submission for one wish: the entry has the id that the vendor gave a moment ago."""
    cut_off(stage)
    stage.api.hidden.add("1")
    with pytest.raises(NotShownYetError, match="accepted 【极客科技】 a moment ago"):
        stage.plugin().up(stage.arguments())
    assert stage.api.calls.count("submit") == 1


def test_an_accepted_submission_that_nothing_shows_long_after_is_sent_anew(stage: Stage) -> None:
    cut_off(stage, ago=SHOWN_AFTER + 60)
    stage.api.hidden.add("1")
    assert stage.plugin().up(stage.arguments()).id == "2"
    assert stage.api.calls.count("submit") == 2


def test_an_accepted_submission_that_no_list_shows_is_found_by_its_id(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    cut_off(stage)
    monkeypatch.setattr(stage.api, "find", lambda _: [])
    assert stage.plugin().up(stage.arguments()).id == "1"
    assert stage.api.calls.count("submit") == 1


@pytest.mark.parametrize("id_", ["1", ""], ids=["answered", "begun"])
def test_after_a_cut_off_run_a_list_without_it_is_not_believed(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, id_: str
) -> None:
    cut_off(stage, id_=id_)
    monkeypatch.setattr(stage.api, "catalogue", lambda _: iter([ListPage([], is_last=True)]))
    assert stage.plugin().up(stage.arguments()).id == "1"
    assert stage.api.calls.count("submit") == 1


@pytest.mark.parametrize(
    ("id_", "taken"), [("1", "1"), ("", "0")], ids=["by its id", "without one the first"]
)
def test_of_several_the_one_that_was_answered_is_recovered(
    stage: Stage, id_: str, taken: str
) -> None:
    cut_off(stage, id_=id_)
    mine = stage.api.held.pop("1")
    stage.api.held.update({"0": replace(mine, id="0"), "1": mine, "2": replace(mine, id="2")})
    assert stage.plugin().up(stage.arguments()).id == taken


def test_a_refusal_of_a_second_try_does_not_forget_the_first(stage: Stage) -> None:
    """The vendor lists late, and knows that the text is taken."""
    stage.plugin(is_alive=lambda: False).up(stage.arguments())
    stage.api.hidden.add("1")
    stage.api.refusal = DuplicateError("the text is taken", code="7")
    with contextlib.suppress(SmsSignError):
        stage.plugin().up(stage.arguments())
    stage.api.hidden.clear()
    stage.api.refusal = None
    assert stage.plugin().up(stage.arguments()).id == "1"


def test_text_begun_by_another_stack_is_not_submitted(stage: Stage) -> None:
    other = "urn:pulumi:prod::shop::x::brand"
    key = stage.plugin().resource(stage.arguments()).key
    stage.journal.begin(Entry("submit", other, "account-default", key))
    with pytest.raises(DuplicateError, match="ago by another stack, urn:pulumi:prod") as caught:
        stage.plugin().up(stage.arguments())
    assert "Signature.get" in caught.value.advice
    assert "submit" not in stage.api.calls


# --- the tokens of a sixth vendor


def example(**more: object) -> Bag:
    return {"vendor": "example", "account": "default", "name": "极客", "__provider": "x", **more}


def lost_at(stage: Stage, capabilities: Capabilities) -> str:
    """A submission whose answer is lost; its token."""
    api = stage.office.api("example", "default")
    api.capabilities, api.lost = capabilities, {"submit": True}
    with pytest.raises(OutcomeUnknownError) as caught:
        stage.plugin().up(example())
    assert "run `pulumi up` again on this machine" in caught.value.advice
    api.lost = {}
    return api.tokens[0]


@pytest.mark.usefixtures("sixth")
def test_with_a_token_and_no_look_up_the_next_run_tries_again_with_the_same_one(
    stage: Stage,
) -> None:
    token = lost_at(stage, Capabilities(finds=False, takes_token=True))
    held = stage.plugin().up(example())
    api = stage.office.api("example", "default")
    assert token
    assert api.tokens == [token, token]
    assert (held.id, len(api.held)) == ("1", 1)
    assert stage.journal.entries() == ()


@pytest.mark.usefixtures("sixth")
def test_without_a_token_and_a_look_up_the_next_run_stops_and_says_how_to_go_on(
    stage: Stage,
) -> None:
    lost_at(stage, Capabilities(finds=False))
    with pytest.raises(OutcomeUnknownError, match="nothing was sent") as caught:
        stage.plugin().up(example())
    assert "`smssign journal clear` forgets the earlier run" in caught.value.advice
    api = stage.office.api("example", "default")
    assert api.calls.count("submit") == 1
    for entry in stage.journal.entries():
        stage.journal.clear(entry)
    assert stage.plugin().up(example()).id == "2"


@pytest.mark.usefixtures("sixth")
def test_a_token_is_of_one_content(stage: Stage) -> None:
    first = lost_at(stage, Capabilities(finds=False, takes_token=True))
    stage.plugin().up(example())
    stage.plugin().up(example(name="别的"), urn=OTHER)
    api = stage.office.api("example", "default")
    assert api.tokens[-1] != first


# --- a predecessor taken back


def taken_back(stage: Stage, **state: object) -> tuple[Held, Held, Held]:
    """An approved one, its successor, and what became when the text was taken back."""
    old = stage.approved().with_outputs(**state)
    new = stage.plugin().up(stage.arguments("新名"), old)
    stage.decide(new, stage.case.statuses.rejected)
    stage.api.calls.clear()
    plugin = stage.plugin()
    back = plugin.up(stage.arguments(), new)
    plugin.delete(new)
    return old, new, back


@at(TENCENT, ALIBABA)
def test_a_text_that_is_taken_back_is_the_old_signature_again(stage: Stage) -> None:
    """Its unfinished successor goes."""
    old, new, back = taken_back(stage)
    assert (back.id, back.outputs["status"]) == (old.id, "APPROVED")
    assert "submit" not in stage.api.calls
    assert not stage.has(new)
    assert "__predecessors" not in back.inputs


def test_one_that_may_be_another_stacks_stays_that_when_it_is_taken_back(stage: Stage) -> None:
    old, _, back = taken_back(stage, shared=True, revision=3.0)
    assert back.record.get("shared") is True
    wanted = ("revision", "accepted_at", "scope")
    assert {n: back.outputs[n] for n in wanted} == {n: old.outputs[n] for n in wanted}


def test_a_text_that_is_wanted_back_with_other_content_is_refused(stage: Stage) -> None:
    old = stage.approved()
    new = stage.plugin().up(stage.arguments("新名"), old)
    with pytest.raises(InputError, match=r"with other content \(document_type\)") as caught:
        stage.plugin().up(stage.arguments(document_type=0), new)
    assert f'adopt="{old.id}"' in caught.value.advice
    adopted = stage.plugin().up(stage.arguments(document_type=0, adopt=old.id), new)
    assert adopted.id == old.id


def test_one_that_goes_between_the_diff_and_the_create_is_not_taken_back(stage: Stage) -> None:
    old = stage.approved()
    new = stage.plugin().up(stage.arguments("新名"), old)
    plugin = stage.plugin()
    plugin.look(stage.arguments(), new)
    inputs = plugin.check(stage.arguments())
    del stage.api.held[old.id]
    with pytest.raises(NotFoundError, match="no longer has 1") as caught:
        plugin.create(inputs)
    assert "submitted anew" in caught.value.advice


# --- the preview


def previewed(stage: Stage, lines: Lines, **changes: object) -> list[str]:
    lines()
    stage.plugin(preview=True).check(stage.arguments(**changes))  # type: ignore[arg-type]
    return lines()


def test_a_preview_says_what_is_taken_over(stage: Stage, lines: Lines) -> None:
    existing = left_in_the_account(stage)
    takes = "brand: takes over 【极客科技】 (1), which is APPROVED: nothing is submitted."
    assert previewed(stage, lines) == [takes]
    assert previewed(stage, lines, adopt=existing.id) == [takes]
    assert previewed(stage, lines, adopt="existing", document_type=0) == [
        takes,
        "document_type is DocumentType.BUSINESS_LICENSE there, and the program says otherwise.",
    ]
    assert previewed(stage, lines, deletion_policy="delete") == []


def test_a_preview_announces_a_new_adoption_and_no_other_of_what_there_is(
    stage: Stage, lines: Lines
) -> None:
    existing = left_in_the_account(stage)
    held = stage.plugin().up(stage.arguments(adopt=existing.id))
    stage.api.held["7"] = replace(stage.api.held[existing.id], id="7")
    lines()
    stage.api.calls.clear()
    for adopt in (existing.id, "existing", None):
        stage.plugin(preview=True).check(stage.arguments(adopt=adopt), held)
    assert (lines(), stage.api.calls) == ([], [])
    stage.plugin(preview=True).check(stage.arguments(adopt="7"), held)
    assert lines() == [
        "brand: takes over 【极客科技】 (7), which is APPROVED: nothing is submitted."
    ]


def test_a_preview_says_of_a_text_that_is_taken_back_that_it_is_kept(
    stage: Stage, lines: Lines
) -> None:
    new = stage.plugin().up(stage.arguments("新名"), stage.approved())
    lines()
    assert stage.plugin(preview=True).look(stage.arguments(), new).replaces == ["sign_name"]
    assert lines() == [
        (
            "brand: 【极客科技】 (1) is still there and is kept: the change is taken back, and its "
            "unfinished successor withdrawn."
        )
    ]


def test_a_preview_says_that_there_is_nothing_to_take_over(stage: Stage, lines: Lines) -> None:
    assert previewed(stage, lines) == []
    (line,) = previewed(stage, lines, adopt="existing")
    assert "is not in the account: it is submitted" in line


def test_a_preview_refuses_an_approved_one_that_is_not_as_declared(stage: Stage) -> None:
    left_in_the_account(stage)
    with pytest.raises(DuplicateError, match="and the program says otherwise"):
        stage.plugin(preview=True).check(stage.arguments(document_type=0))
    with pytest.raises(NotFoundError):
        stage.plugin(preview=True).check(stage.arguments(adopt="9"))


@pytest.mark.parametrize("trouble", [UnavailableError("no answer"), AccountError("no key")])
def test_that_the_account_can_not_be_asked_stops_no_preview(
    stage: Stage, lines: Lines, trouble: UnavailableError | AccountError
) -> None:
    stage.api.trouble = trouble
    assert previewed(stage, lines) == []
