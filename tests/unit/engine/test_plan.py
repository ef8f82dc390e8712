"""The plan of a change: what the vendor says, the decision, and who is remembered."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from pulumi_smssign.core.journal import Entry
from pulumi_smssign.core.ownership import NOTHING, Plan
from pulumi_smssign.engine.plan import plan_of
from pulumi_smssign.model.decide import Record, Replace, Resubmit
from pulumi_smssign.model.digests import digest
from pulumi_smssign.model.errors import (
    AccountError,
    EvidenceError,
    InputError,
    NotShownYetError,
    UnavailableError,
)
from pulumi_smssign.model.review import SHOWN_AFTER
from tests.engine.cases import ALIBABA, TENCENT, UCLOUD, YUNPIAN
from tests.images import png
from tests.unit.engine.stage import OTHER, Bag, Held, Plugin, Stage, at


def planned(
    stage: Stage, news: Bag, old: Held, *, live: bool = True, plugin: Plugin | None = None
) -> Plan:
    """The plan of what a program says now."""
    plugin = plugin or stage.plugin()
    inputs = plugin.check(news, old)
    stage.api.calls.clear()
    return plan_of(plugin.run, plugin.resource(inputs, old), live=live)


def test_nothing_is_asked_where_nothing_has_changed(stage: Stage) -> None:
    old = stage.declared()
    assert planned(stage, stage.arguments(), old) == NOTHING
    assert stage.api.calls == []


@pytest.mark.parametrize(("live", "call"), [(True, "reviews"), (False, "page")])
def test_a_deed_follows_a_live_look_only(stage: Stage, live: bool, call: str) -> None:
    old = stage.declared()
    assert planned(stage, stage.arguments(picture=1), old, live=live).decision == Resubmit()
    assert stage.api.calls == [call]


def test_nothing_is_planned_where_the_vendor_can_not_be_asked(stage: Stage) -> None:
    old = stage.declared()
    stage.api.trouble = UnavailableError("no answer")
    plugin = stage.plugin()
    with pytest.raises(UnavailableError):
        plan_of(plugin.run, plugin.resource(stage.arguments(picture=1), old), live=True)


@pytest.mark.parametrize("text", ["极客科技", "新名"], ids=["the same text", "another text"])
def test_a_replacement_is_verified_before_anything_is_deleted_or_sent(
    stage: Stage, text: str
) -> None:
    old = stage.approved(deletion_policy="delete")
    news = stage.arguments(text, 1, deletion_policy="delete")
    (stage.folder / "p1.png").write_bytes(png(9))
    with pytest.raises(EvidenceError):
        planned(stage, news, old)
    assert "withdraw" not in stage.api.calls


@pytest.mark.parametrize("adopt", [None, "9"], ids=["taken back", "adopted"])
def test_signature_that_is_not_submitted_anew_needs_no_proof_file(
    stage: Stage, adopt: str | None
) -> None:
    old, new = replaced(stage)
    stage.api.held["9"] = replace(stage.api.held[old.id], id="9")
    plugin = stage.plugin()
    inputs = plugin.check(stage.arguments(adopt=adopt), new)
    (stage.folder / "p0.png").unlink()
    plan = plan_of(plugin.run, plugin.resource(inputs, new), live=True)
    assert plan.replaces
    assert (plan.takes_back is not None) is (adopt is None)


@at(UCLOUD)
def test_a_replacement_that_is_not_complete_is_refused_naming_what_is_missing(
    stage: Stage,
) -> None:
    """A signature that the vendor has may be changed without it, a new application not."""
    old = stage.approved()
    for_others = {"sig_purpose": 1, "proxy_doc": "https://papers.example/1"}
    with pytest.raises(InputError, match="could not be submitted:\n  - proxy_file: is missing"):
        planned(stage, stage.arguments("新名", 0, **for_others), old)


def test_an_approved_one_waits_for_its_successor_and_an_open_one_is_left_to_the_engine(
    stage: Stage,
) -> None:
    old = stage.approved()
    plan = planned(stage, stage.arguments("新名"), old)
    assert (plan.replaces, plan.deletes_first) == (True, False)
    assert [predecessor.id for predecessor in plan.predecessors] == [old.id]
    stage.decide(old, "1")
    news = stage.arguments("新名", international=True)
    assert planned(stage, news, old).predecessors == ()


@pytest.mark.parametrize("in_use", [True, False], ids=["approved", "in review"])
def test_text_of_an_approved_one_is_taken_over_and_not_asked_for_in_place(
    stage: Stage, in_use: bool
) -> None:
    twin = stage.declared("新名", urn=OTHER)
    if in_use:
        stage.decide(twin, stage.case.statuses.approved)
    old = stage.declared()
    plan = planned(stage, stage.arguments("新名"), old)
    assert plan.decision == (Replace(delete_first=False) if in_use else Resubmit())


def test_signature_deleted_first_becomes_no_predecessor(stage: Stage) -> None:
    old = stage.approved(deletion_policy="delete")
    plan = planned(stage, stage.arguments(picture=1, deletion_policy="delete"), old)
    assert plan.deletes_first
    assert plan.predecessors == ()


def test_one_that_another_resource_holds_is_not_remembered(stage: Stage) -> None:
    old = stage.approved()
    plugin = stage.plugin()
    plugin.get(old.id, scope="mainland", international=False)
    assert planned(stage, stage.arguments("新名"), old, plugin=plugin).predecessors == ()


@pytest.mark.parametrize(
    ("retains", "state", "adopt", "reason"),
    [
        (True, {}, None, "retain_on_delete=True says so"),
        (None, {}, None, "transforms or a component of the program's own may say retain_on_del"),
        (False, {"shared": True}, None, "it was taken over unasked"),
        (False, {"shared": True}, "existing", ""),
        (False, {"shared": True}, "2", "it was taken over unasked"),
        (False, {}, None, ""),
    ],
    ids=[
        "retained",
        "perhaps retained",
        "taken over unasked",
        "adopted since",
        "another one is adopted",
        "its own",
    ],
)
def test_a_predecessor_remembers_why_it_is_never_deleted_by_us(
    stage: Stage, retains: bool | None, state: Bag, adopt: str | None, reason: str
) -> None:
    old = stage.approved(deletion_policy="delete").with_outputs(**state)
    news = stage.arguments("新名", deletion_policy="delete", adopt=adopt)
    (predecessor,) = planned(stage, news, old, plugin=stage.plugin(retains=retains)).predecessors
    assert predecessor.keep_reason.startswith(reason)
    assert bool(predecessor.keep_reason) is bool(reason)


# --- gone, and elsewhere


def test_one_that_has_gone_is_replaced(stage: Stage) -> None:
    old = stage.shown()
    stage.api.held.clear()
    plan = planned(stage, stage.arguments(picture=1), old)
    assert isinstance(plan.decision, Replace)
    assert (plan.review, plan.predecessors) == (None, ())


def test_one_that_is_not_shown_yet_is_not_taken_for_gone(stage: Stage) -> None:
    old = stage.declared().with_outputs(unseen=True)
    stage.api.hidden.add(old.id)
    with pytest.raises(NotShownYetError, match="accepted 1 a moment ago") as caught:
        planned(stage, stage.arguments(picture=1), old)
    until = datetime.fromisoformat(old.outputs["accepted_at"]) + timedelta(seconds=SHOWN_AFTER + 59)
    assert f"not shown by {until:%H:%M} UTC" in caught.value.advice
    long_ago = datetime.now(UTC) - timedelta(seconds=SHOWN_AFTER + 1)
    later = old.with_outputs(accepted_at=long_ago.isoformat())
    assert planned(stage, stage.arguments(picture=1), later).replaces


def test_one_that_was_shown_and_deleted_is_gone_though_it_is_new(stage: Stage) -> None:
    # A run is cut off behind the deletion, and state still says that no look has shown it.
    old = stage.declared().with_outputs(unseen=True)
    plugin = stage.plugin()
    ref = plugin.ref(old)
    stage.api.held.clear()
    stage.journal.begin(Entry.of_deletion(old.urn, ref))
    assert planned(stage, stage.arguments("新名"), old, plugin=plugin).replaces


def test_one_that_other_keys_do_not_have_is_not_taken_for_gone(stage: Stage) -> None:
    old = stage.shown().with_outputs(origin="account-rotated")
    stage.api.held.clear()
    with pytest.raises(AccountError, match="was made in account rotated; this stack now asks"):
        planned(stage, stage.arguments(picture=1), old)


def test_with_other_keys_the_live_look_decides(stage: Stage) -> None:
    old = stage.declared().with_outputs(origin="account-rotated")
    assert planned(stage, stage.arguments(picture=1), old).decision == Resubmit()


def test_the_default_policy_of_this_side_is_none_of_what_was_made_on_the_other(
    stage: Stage,
) -> None:
    old = stage.approved()
    stage.office.settings.values["smssign:sandbox"] = "http://127.0.0.1:9"
    assert planned(stage, stage.arguments(), old) == NOTHING


def test_another_name_of_the_same_account_is_only_recorded(stage: Stage) -> None:
    stage.office.keys["twin"] = "default"
    old = stage.approved()
    plan = planned(stage, stage.arguments(account="twin"), old)
    assert plan.decision == Record()
    both = planned(stage, stage.arguments("新名", account="twin"), old)
    assert both.replaces


def test_another_account_has_a_signature_of_its_own(stage: Stage) -> None:
    old = stage.approved()
    plan = planned(stage, stage.arguments(account="other"), old)
    assert (plan.replaces, plan.deletes_first) == (True, False)
    assert [predecessor.account for predecessor in plan.predecessors] == ["default"]


# --- what was sent, or deleted, by a run that was cut off


def test_a_change_was_sent_only_where_the_journal_has_this_very_one(stage: Stage) -> None:
    old = stage.declared()
    stage.decide(old, "-1")
    old = old.with_outputs(status="REJECTED", vendor_status="-1")
    plugin = stage.plugin()
    sent = plugin.resource(plugin.check(stage.arguments(picture=1), old), old)
    stage.journal.begin(Entry.of_resubmission(sent.urn, plugin.ref(old), sent.digests()))
    stage.decide(old, "1")
    assert planned(stage, stage.arguments(picture=1), old).decision == Record()
    assert planned(stage, stage.arguments(picture=2), old).decision == Resubmit()


@at(ALIBABA)
def test_a_change_of_the_text_that_was_sent_is_found_under_its_new_text(stage: Stage) -> None:
    """At a vendor that knows a signature by its text."""
    old = stage.declared()
    stage.decide(old, "2")
    old = old.with_outputs(status="REJECTED", vendor_status="2")
    plugin = stage.plugin()
    news = stage.arguments("新名")
    sent = plugin.resource(plugin.check(news, old), old)
    stage.journal.begin(Entry.of_resubmission(sent.urn, plugin.ref(old), sent.digests()))
    stage.api.resubmit(sent.held.handle, sent.application)
    plan = planned(stage, news, old)
    assert plan.review is not None
    assert plan.review.text == "新名"


def test_an_unchanged_one_whose_deletion_was_cut_off_is_looked_up(stage: Stage) -> None:
    old = stage.declared()
    key = digest(["tencent", old.id])
    entry = Entry("delete", old.urn, "account-default", key, id=old.id)
    stage.journal.begin(entry)
    assert planned(stage, stage.arguments(), old).decision is None
    assert stage.api.calls == ["reviews"]
    assert stage.journal.entries() != ()
    stage.api.held.clear()
    assert planned(stage, stage.arguments(), old).replaces


def test_a_deletion_of_ten_minutes_ago_did_not_arrive_where_the_signature_is_there(
    stage: Stage,
) -> None:
    old = stage.declared()
    key = digest(["tencent", old.id])
    stage.journal.begin(Entry("delete", old.urn, "account-default", key, id=old.id))
    (file,) = (stage.folder / "journal").iterdir()
    (entry,) = stage.journal.entries()
    before = (datetime.now(UTC) - timedelta(seconds=SHOWN_AFTER + 1)).isoformat()
    file.write_text(file.read_text("utf-8").replace(entry.at, before), "utf-8")
    assert planned(stage, stage.arguments(), old).decision is None
    assert stage.journal.entries() == ()


# --- adoption


def test_the_signature_that_it_has_is_taken_as_it_is(stage: Stage) -> None:
    old = stage.approved()
    plan = planned(stage, stage.arguments(picture=1, adopt=old.id), old)
    assert plan.decision == Record()
    with pytest.raises(InputError, match="to adopt has sign_name='极客科技'"):
        planned(stage, stage.arguments("新名", adopt=old.id), old)


def test_another_signature_takes_its_place(stage: Stage) -> None:
    old = stage.approved()
    other = stage.declared("别的", urn=OTHER)
    plan = planned(stage, stage.arguments("别的", adopt=other.id), old)
    assert plan.replaces
    assert [predecessor.id for predecessor in plan.predecessors] == [old.id]


def test_an_adoption_that_has_done_its_work_stands_in_the_way_of_a_replacement(
    stage: Stage,
) -> None:
    """It would take over the very signature that is replaced."""
    first = stage.approved()
    old = stage.plugin().up(stage.arguments(adopt=first.id), urn=OTHER)
    with pytest.raises(InputError, match="is to be replaced, and adopt= says to take over 1"):
        planned(stage, stage.arguments("新名", adopt=first.id), old)


def test_what_this_stack_has_submitted_is_no_record_to_correct(stage: Stage) -> None:
    old = stage.approved()
    held = stage.plugin().up(stage.arguments(adopt=old.id), old)
    with pytest.raises(InputError, match="would delete it first"):
        planned(stage, stage.arguments(picture=1, adopt=old.id), held)


def test_what_it_has_adopted_is_a_record_to_correct(stage: Stage) -> None:
    first = stage.approved()
    held = stage.plugin().up(stage.arguments(adopt=first.id), urn=OTHER)
    plan = planned(stage, stage.arguments(picture=1, adopt=first.id), held)
    assert isinstance(plan.decision, Record)
    assert "only corrected in the record" in plan.decision.note


# --- predecessors


def replaced(stage: Stage, **changes: object) -> tuple[Held, Held]:
    old = stage.approved(**changes)  # type: ignore[arg-type]
    news = stage.arguments("新名", **changes)  # type: ignore[arg-type]
    return old, stage.plugin().up(news, old)


def test_a_text_that_is_taken_back_takes_its_predecessor_back(stage: Stage) -> None:
    old, new = replaced(stage)
    plan = planned(stage, stage.arguments(), new)
    assert plan.takes_back is not None
    assert plan.takes_back.id == old.id
    assert plan.predecessors == ()
    del stage.api.held[old.id]
    gone = planned(stage, stage.arguments(remark="x"), new)
    assert gone.takes_back is None


@at(TENCENT, ALIBABA, YUNPIAN)
def test_an_account_that_is_taken_back_takes_its_predecessor_back(stage: Stage) -> None:
    old = stage.approved()
    new = stage.plugin().up(stage.arguments(account="other"), old)
    plan = planned(stage, stage.arguments(), new)
    assert plan.takes_back is not None
    assert (plan.takes_back.id, plan.takes_back.account) == (old.id, "default")
    waits = [each.account for each in plan.predecessors]
    assert waits == (["other"] if stage.case is not TENCENT else [])  # it can't be deleted yet


@at(ALIBABA, YUNPIAN)
def test_an_id_that_is_a_text_is_another_one_in_another_account(stage: Stage) -> None:
    """`adopt=` names the other account's, and what this one has is no more the resource's."""
    old = stage.approved()
    new = stage.plugin().up(stage.arguments(account="other"), old)
    assert new.id == old.id
    plan = planned(stage, stage.arguments(adopt=old.id), new)
    assert plan.replaces
    assert plan.predecessors == ()  # the approved one is taken at once, and this one may go


@at(ALIBABA, YUNPIAN)
def test_an_adoption_is_done_with_in_its_own_account_only(stage: Stage) -> None:
    old = stage.approved()
    new = stage.plugin().up(stage.arguments(account="other", adopt=None), old)
    adopted = new.with_outputs(adopt=old.id)
    plan = planned(stage, stage.arguments(adopt=old.id), adopted)
    assert plan.replaces  # and not refused, as one whose adoption is spent
    moved = planned(stage, stage.arguments(account="third", adopt=old.id), adopted)
    assert [each.account for each in moved.predecessors] == ["default", "other"]


@at(ALIBABA)
def test_text_that_is_gone_and_comes_back_is_no_predecessor_of_itself(stage: Stage) -> None:
    """Where the text is the id, the run after would delete the new signature as the old one."""
    old, new = replaced(stage)
    del stage.api.held[old.id]
    plan = planned(stage, stage.arguments(), new)
    assert (plan.replaces, plan.takes_back) == (True, None)
    assert old.id not in {predecessor.id for predecessor in plan.predecessors}


def test_predecessor_stays_one_while_another_of_its_text_is_adopted(stage: Stage) -> None:
    old, new = replaced(stage)
    stage.api.held["9"] = replace(stage.api.held[old.id], id="9")
    plan = planned(stage, stage.arguments(adopt="9"), new)
    assert old.id in {predecessor.id for predecessor in plan.predecessors}


def test_predecessor_that_the_program_adopts_is_adopted_and_not_taken_back(stage: Stage) -> None:
    old, new = replaced(stage)
    plan = planned(stage, stage.arguments(adopt=old.id), new)
    assert plan.replaces
    assert plan.takes_back is None


def test_words_to_the_reviewer_and_what_is_attached_are_no_other_content(stage: Stage) -> None:
    _, new = replaced(stage)
    plan = planned(stage, stage.arguments(remark="codes", qualification_id=9), new)
    assert plan.takes_back is not None


def test_predecessors_go_when_their_successor_is_approved_and_stays_so(stage: Stage) -> None:
    old, new = replaced(stage, deletion_policy="delete")
    news = stage.arguments("新名", deletion_policy="delete")
    assert planned(stage, news, new).leaving == ()
    stage.decide(new, "0")
    assert [predecessor.id for predecessor, _ in planned(stage, news, new).leaving] == [old.id]


@at(ALIBABA)
def test_no_predecessor_goes_for_a_change_that_puts_its_successor_out_of_use(
    stage: Stage,
) -> None:
    _, new = replaced(stage, deletion_policy="delete")
    stage.decide(new, "1")
    news = stage.arguments("新名", deletion_policy="delete", qualification_id=7)
    plan = planned(stage, news, new.with_outputs(status="APPROVED"))
    assert plan.decision == Resubmit(loses=True)
    assert plan.leaving == ()


@at(ALIBABA)
def test_a_predecessor_of_another_account_is_left_where_the_text_is_all_there_is(
    stage: Stage,
) -> None:
    old, new = replaced(stage, deletion_policy="delete")
    stage.decide(new, "1")
    news = stage.arguments("新名", deletion_policy="delete")
    (predecessor,) = new.inputs["__predecessors"]
    predecessor["origin"] = "account-rotated"
    assert planned(stage, news, new).leaving == ()
    assert stage.has(old)
    inputs = stage.plugin().check(news, new)
    assert "__predecessors" not in inputs, "no run of these keys could ever delete it"


@at(TENCENT, UCLOUD)
def test_a_predecessor_that_has_gone_is_forgotten_and_one_of_other_keys_is_not(
    stage: Stage,
) -> None:
    old, new = replaced(stage)
    (predecessor,) = new.inputs["__predecessors"]
    stage.api.hidden.add(old.id)
    assert "__predecessors" not in stage.plugin().check(stage.arguments("新名"), new)
    predecessor["origin"] = "account-rotated"
    inputs = stage.plugin().check(stage.arguments("新名"), new)
    assert [each["id"] for each in inputs["__predecessors"]] == [old.id]


def test_a_predecessor_of_the_other_side_is_kept_in_mind_and_nothing_is_asked(
    stage: Stage,
) -> None:
    old, new = replaced(stage, deletion_policy="delete")
    (predecessor,) = new.inputs["__predecessors"]
    predecessor["origin"] = "sandbox-default"
    stage.decide(new, "0")
    news = stage.arguments("新名", deletion_policy="delete")
    plan = planned(stage, news, new)
    assert plan.leaving == ()
    assert stage.has(old)
    (kept,) = stage.plugin().check(news, new)["__predecessors"]
    assert (kept["id"], kept["origin"]) == (old.id, "sandbox-default")
