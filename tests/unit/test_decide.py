"""The decision about a change, with every word that people read of it.

Which decision it is at each vendor is walked cell by cell in `test_rules`.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from pulumi_smssign.model.decide import (
    Decision,
    Known,
    Record,
    Refuse,
    Replace,
    Request,
    Resubmit,
    decide,
)
from pulumi_smssign.model.review import Review
from pulumi_smssign.model.rules import Rules
from pulumi_smssign.model.vocabulary import DeletionPolicy, Status
from tests.unit.desk import RULES

RULES = replace(
    RULES,
    statuses={**RULES.statuses, "out": Status.SUSPENDED, "held": Status.PENDING},
    fixed=frozenset({"kind", "essay"}),
    reviewer_notes=frozenset({"remark", "essay"}),
    console_only=frozenset({"paper", "stamp"}),
    approved_not_effective=frozenset({"held"}),
    deletable=frozenset({"wait", "good", "bad", "out", "held"}),
    unreviewed=frozenset({"activate", "knock"}),
    requests={"activate": frozenset({"out"}), "knock": frozenset({"out"})},
    request_notes={"activate": "the carriers file it again.", "knock": "they hear of it."},
)
CAN_NOT = replace(RULES, deletable=None)
EDITS = replace(RULES, modifiable=frozenset({"bad"}), editable_when_approved=frozenset({"good"}))
"""Takes a change of what is approved in place, and reviews it again."""
RIGID = replace(RULES, modifiable=frozenset(), deletable=frozenset({"good", "bad"}))
"""Changes nothing in place, and deletes nothing that is in review."""
LOSES = replace(RULES, lost_with_it="its number")
RETAIN, DELETE = Known(), Known(policy="delete")
SHARED = Known(policy="delete", is_shared=True)

KEEP_IT = "take the change back, or give the signature another text: it stays in use meanwhile"


def review(raw: str, rules: Rules = RULES, **reported: object) -> Review:
    return Review("1", "极客", rules.status(raw), raw, reported=reported)


def decided(
    changed: str, raw: str = "good", rules: Rules = RULES, known: Known = RETAIN, **reported: object
) -> Decision:
    """The decision about a change of these fields."""
    return decide(rules, review(raw, rules, **reported), frozenset(changed.split()), known)


def must_be(decision: Decision, expected: Decision) -> None:
    """A decision is this one, with these words."""
    assert (type(decision), vars(decision)) == (type(expected), vars(expected))


# --- what is approved


def test_an_approved_signature_that_is_retained_is_not_deleted_first_for_a_change() -> None:
    must_be(
        decided("form size"),
        Refuse(
            "【极客】 (1) is APPROVED: a change of form, size would delete it first, since example "
            "allows its text only once.",
            f'{KEEP_IT}. Or give it deletion_policy="delete": it is deleted first, and out of use '
            "until the new one is approved.",
        ),
    )


def test_an_approved_signature_that_is_retained_is_not_put_out_of_use_for_a_change() -> None:
    must_be(
        decided("form size", rules=EDITS),
        Refuse(
            "【极客】 (1) is APPROVED, and example would take it out of use until a change of "
            "form, size is approved.",
            f'{KEEP_IT}. Or give it deletion_policy="delete": it is out of use until the change is '
            "approved.",
        ),
    )


def test_with_delete_it_is_deleted_first_and_warned_of_loudly() -> None:
    """The fact stands in the first line."""
    must_be(
        decided("form", known=DELETE),
        Replace(
            delete_first=True,
            loses=True,
            warning="【极客】 (1) is APPROVED and WILL BE DELETED FIRST.\nExample allows its text "
            "only once, so no text can be sent under it until the new application is approved, "
            "which takes a person hours or days and may fail. To keep it, take the change back, "
            'give the signature another text, or write deletion_policy="retain".',
        ),
    )


def test_with_delete_it_is_put_out_of_use_and_warned_of_loudly() -> None:
    must_be(
        decided("form", rules=EDITS, known=DELETE),
        Resubmit(
            loses=True,
            warning="【极客】 (1) is APPROVED and WILL BE OUT OF USE until the change is "
            "approved.\n"
            "example takes the change in place and reviews it again, so no text can be sent under "
            "it meanwhile, which takes a person hours or days and may fail. To keep it in use, "
            "take the change back, give the signature another text, or write "
            'deletion_policy="retain".',
        ),
    )


@pytest.mark.parametrize("rules", [RULES, EDITS], ids=["deleted first", "out of use"])
def test_delete_does_not_hold_for_one_that_was_taken_over_unasked(rules: Rules) -> None:
    refused = decided("form", rules=rules, known=SHARED)
    assert isinstance(refused, Refuse)
    assert refused.what_to_do.startswith(
        f'{KEEP_IT}. Or give it deletion_policy="delete" and adopt="1" (it was taken over unasked, '
        "so another stack may have it too): "
    )


def test_another_text_leaves_a_retained_one_in_use_and_in_the_account() -> None:
    stays = Replace(
        delete_first=False,
        note="【极客】 (1) stays in the account, as deletion_policy says: a new one takes its "
        "place.\nIt is in use until the new one is approved, and taken up again when the change is "
        "taken back.",
    )
    must_be(decided("name form"), stays)
    must_be(decided("account"), stays)
    must_be(decided("name form", known=SHARED), stays)


def test_another_text_with_delete_leaves_it_until_its_successor_is_approved() -> None:
    must_be(
        decided("name", known=DELETE),
        Replace(
            delete_first=False,
            note="【极客】 (1) stays until its successor is approved: a new one takes its place.\n"
            "It is deleted by the run that finds the new one approved, as "
            'deletion_policy="delete" says, and kept when the change is taken back before.',
        ),
    )


def test_an_adoption_takes_its_place_without_touching_it() -> None:
    adopts = replace(RETAIN, adopts="9")
    adopted = decided("", known=adopts)
    assert isinstance(adopted, Replace)
    assert not adopted.delete_first
    assert adopted.note.startswith(
        "【极客】 (1) stays in the account, as deletion_policy says: 9 takes its place.\n"
    )
    for change in ("remark", "paper", "kind", "form"):
        assert decided(change, "bad", known=replace(adopts, was_sent=True)) == adopted, change


@pytest.mark.parametrize("raw", ["out", "held"])
def test_one_that_is_passed_or_suspended_is_approved(raw: str) -> None:
    assert isinstance(decided("form", raw), Refuse)
    assert decided("form", raw, known=DELETE) == Replace(delete_first=True, loses=True)


def test_review_with_a_remark_may_be_an_approval() -> None:
    """Also where the vendor takes a change in place."""
    perhaps = replace(review("bad"), remark="perhaps it is approved")
    form = frozenset({"form"})
    assert isinstance(decide(RULES, perhaps, form, RETAIN), Refuse)
    assert decide(RULES, perhaps, form, DELETE) == Resubmit(loses=True)


# --- what is open


@pytest.mark.parametrize(("raw", "status"), [("wait", "PENDING"), ("bad", "REJECTED")])
def test_an_open_one_is_changed_in_place(raw: str, status: str) -> None:
    must_be(
        decided("form name paper", raw),
        Resubmit(note=f"【极客】 (1) is {status}: the change goes into review under the same id."),
    )


def test_an_open_one_that_can_not_be_changed_is_deleted_and_submitted_again() -> None:
    must_be(
        decided("kind", "bad"),
        Replace(
            delete_first=True,
            warning="【极客】 (1) is deleted and submitted again: example allows its text only "
            "once.",
        ),
    )


def test_an_open_one_goes_when_another_text_takes_its_place() -> None:
    must_be(
        decided("name kind", "bad"),
        Replace(
            delete_first=False,
            note="【极客】 (1) is REJECTED: a new one takes its place, and it is deleted last.",
        ),
    )


def test_one_that_can_neither_be_changed_nor_deleted_is_refused_until_the_verdict() -> None:
    must_be(
        decided("form size", "wait", RIGID),
        Refuse(
            "【极客】 (1) is PENDING (wait): example can neither change form, size nor delete the "
            "signature before there is a verdict.",
            "wait for the verdict and run `pulumi up` again, or take the change back.",
        ),
    )


def test_replacement_says_what_is_lost_with_the_old_signature() -> None:
    also = "With the old signature go its number."
    for changed, raw in (("name", "good"), ("name", "wait"), ("form", "good"), ("kind", "bad")):
        decision = decided(changed, raw, replace(LOSES, modifiable=frozenset()), DELETE)
        assert isinstance(decision, Replace)
        assert decision.warning.endswith(also), (changed, raw)
    first = decided("kind", "bad", LOSES)
    assert isinstance(first, Replace)
    assert first.warning.endswith(f"its text only once. {also}")


def test_an_open_one_that_is_edited_as_approved_ones_are_loses_nothing() -> None:
    edits_all = replace(EDITS, editable_when_approved=frozenset({"wait", "good"}))
    must_be(decided("form", "wait", edits_all), Resubmit())


# --- vendors without a deletion, and what no source says


def test_without_any_deletion_another_text_leaves_the_old_one_and_says_so() -> None:
    must_be(
        decided("name form", rules=CAN_NOT),
        Replace(
            delete_first=False,
            warning="example can't delete signatures: 【极客】 (1) stays in the account beside the "
            "new one.",
        ),
    )


def test_without_any_deletion_the_same_text_is_refused() -> None:
    must_be(
        decided("form size", rules=CAN_NOT, known=DELETE),
        Refuse(
            "【极客】 (1) is APPROVED and can't be changed any more (form, size), and example has "
            "no way to delete it and submit it again.",
            "take the change back, or give the signature another text.",
        ),
    )


def test_inferred_rule_is_told_as_inferred() -> None:
    remark = " (as far as is known: no source says)"
    for changed, raw, rules, known in (
        ("name", "good", CAN_NOT, RETAIN),
        ("form", "good", CAN_NOT, RETAIN),
        ("form", "wait", RIGID, RETAIN),
        ("form", "good", RULES, RETAIN),
        ("form", "good", RULES, DELETE),
    ):
        guess = replace(rules, inferred=frozenset({"unique", "deletable"}))
        plain = str(decided(changed, raw, rules, known))
        guessed = str(decided(changed, raw, guess, known))
        assert remark in guessed
        assert guessed.replace(remark, "", 1) == plain


def test_a_status_that_nobody_knows_refuses_changes_and_names_the_way_out() -> None:
    must_be(
        decided("form", "odd"),
        Refuse(
            "example reports the status 'odd', which this version does not know, so it can't say "
            "what a change would do.",
            "look at the signature in the vendor's console; a newer pulumi-smssign may know it.",
        ),
    )


def test_one_that_is_gone_is_submitted_anew() -> None:
    must_be(
        decide(RULES, None, frozenset({"form"}), DELETE),
        Replace(
            delete_first=False,
            warning="example no longer has this signature: it will be submitted anew.",
        ),
    )


def test_a_signature_without_an_id_of_its_own_is_named_by_its_text() -> None:
    named = Review("极客", "极客", Status.REJECTED, "bad")
    decision = decide(RULES, named, frozenset({"kind"}), RETAIN)
    assert isinstance(decision, Replace)
    assert decision.warning.startswith("【极客】 is deleted")


# --- words, requests, and what is attached outside a review


def test_words_to_the_reviewer_alone_are_only_recorded() -> None:
    note = "words to the reviewer go with the next application; nothing is sent."
    for raw in ("wait", "good", "out", "odd"):
        must_be(decided("remark essay", raw), Record(note))
    assert decided("remark", "bad") == Resubmit()
    fixed = "the vendor takes these words with a new application only; nothing is sent."
    must_be(decided("essay", "bad"), Record(fixed))
    assert decided("remark essay", "bad") == Resubmit()
    assert decided("", "good", known=Known(adopts="9")) == Replace(delete_first=False)


def test_text_that_an_approved_one_has_is_not_given_in_place() -> None:
    assert decided("name", "wait") == Resubmit()
    assert decided("name", "wait", known=Known(has_twin=True)) == Replace(delete_first=False)


def test_a_request_is_made_only_where_the_vendor_takes_it() -> None:
    both = "the carriers file it again. they hear of it."
    must_be(decided("activate knock", "out"), Request(frozenset({"activate", "knock"}), note=both))
    must_be(
        decided("activate", "out"), Request(frozenset({"activate"}), "the carriers file it again.")
    )
    must_be(decided("activate", "good"), Request(frozenset()))
    silent = replace(RULES, request_notes={})
    must_be(decided("activate", "out", silent), Request(frozenset({"activate"})))
    assert isinstance(decided("activate form", "out"), Refuse)


def test_console_only_change_is_refused_with_the_vendors_value() -> None:
    must_be(
        decided("paper stamp", paper="P-1", stamp=7),
        Refuse(
            "【极客】 (1) is APPROVED, and example changes paper, stamp of an approved signature "
            "in its console only, not by this API.",
            "attach it in the vendor's console (or ask its support), and run `pulumi up` again: "
            "what the vendor then reports is no change. Or write paper='P-1', stamp=7, which is "
            "what it has.",
        ),
    )
    must_be(
        decided("paper remark"),
        Refuse(
            "【极客】 (1) is APPROVED, and example changes paper of an approved signature in its "
            "console only, not by this API.",
            'attach it in the vendor\'s console (or ask its support), and add adopt="1": example '
            "does not report it, so this records what the program says, and nothing is sent. Or "
            "take the change back.",
        ),
    )


def test_console_only_field_is_recorded_where_adopted_and_unreported() -> None:
    adopted = Known(is_adopted=True)
    as_it_is = "【极客】 (1) is taken as it is, as adopt= says: only recorded, nothing is sent."
    must_be(decided("paper", known=adopted), Record(as_it_is))
    assert isinstance(decided("paper", known=adopted, paper="P-1"), Refuse)
    assert isinstance(decided("paper form", known=DELETE), Replace)
    assert decided("paper", "bad") == Resubmit()


# --- runs that were cut off


SENT = Known(was_sent=True)


@pytest.mark.parametrize(
    ("raw", "known"),
    [
        ("wait", replace(SENT, status=Status.REJECTED)),
        ("good", replace(SENT, status=Status.REJECTED)),
        ("wait", replace(SENT, is_overtaken=True)),
        ("good", replace(SENT, is_overtaken=True, status=Status.APPROVED)),
    ],
)
def test_a_change_that_a_run_sent_and_that_has_arrived_is_only_recorded(
    raw: str, known: Known
) -> None:
    must_be(
        decided("form", raw, known=known),
        Record(
            f"【极客】 (1) is {RULES.status(raw)}: this change was sent by a run that was cut off, "
            "and has arrived; nothing is sent again."
        ),
    )


@pytest.mark.parametrize(
    ("raw", "known"),
    [
        ("bad", replace(SENT, status=Status.REJECTED)),
        ("wait", SENT),
        ("wait", Known(is_overtaken=True)),
        ("wait", Known(status=Status.REJECTED)),
    ],
)
def test_a_change_of_which_nothing_proves_that_it_arrived_is_sent(raw: str, known: Known) -> None:
    assert decided("form", raw, known=known) == Resubmit()


@pytest.mark.parametrize("status", [Status.PENDING, Status.REJECTED])
def test_an_approval_of_a_later_submission_is_taken_for_the_very_change(status: Status) -> None:
    must_be(
        decided("form size", known=Known(status=status, is_overtaken=True)),
        Record(
            "【极客】 (1) was submitted again since this stack last looked, and is APPROVED: taken "
            "for this very change (form, size); nothing is sent."
        ),
    )
    assert isinstance(decided("form", known=Known(is_overtaken=True)), Refuse)
    approved = Known(policy="delete", status=Status.APPROVED, is_overtaken=True)
    assert isinstance(decided("form", known=approved), Replace)
    another_text = Known(status=status, is_overtaken=True)
    assert isinstance(decided("name", known=another_text), Replace)
    assert decided("form", "wait", known=another_text) == Resubmit()


@pytest.mark.parametrize(
    ("known", "was"),
    [
        (Known(policy="delete", status=Status.REJECTED), "REJECTED"),
        (Known(policy="delete", was_sent=True), "submitted"),
        (Known(policy="delete", was_sent=True, status=Status.PENDING), "PENDING"),
    ],
)
def test_an_approval_that_may_be_of_this_very_change_is_in_doubt(known: Known, was: str) -> None:
    must_be(
        decided("form size", known=known),
        Refuse(
            f"【极客】 (1) was {was} when this stack last looked and is APPROVED now: a run that "
            "was cut off may have sent this very change (form, size), so it may be approved "
            "already.",
            'if it is what the program says, add adopt="1": that records it and sends nothing. If '
            "not, run `pulumi refresh`, and the next preview tells what the change means for the "
            "approved one.",
        ),
    )
    as_it_is = "【极客】 (1) is taken as it is, as adopt= says: only recorded, nothing is sent."
    must_be(decided("form", known=replace(known, is_adopted=True)), Record(as_it_is))


def test_an_adoption_is_no_reason_to_record_what_is_in_no_doubt() -> None:
    adopted = Known(policy="delete", is_adopted=True, status=Status.APPROVED)
    assert isinstance(decided("form", known=adopted), Replace)
    assert isinstance(
        decided("kind", "bad", known=replace(adopted, status=Status.REJECTED)), Replace
    )


RECORDED = Known(is_only_recorded=True, status=Status.APPROVED)
"""An approved signature that this stack has adopted and never submitted."""


@pytest.mark.parametrize("policy", ["retain", "delete"])
@pytest.mark.parametrize("field", ["form", "size", "kind"])
def test_while_adopt_stands_a_value_that_was_only_recorded_is_corrected(
    policy: DeletionPolicy, field: str
) -> None:
    known = replace(RECORDED, policy=policy, is_adopted=True)
    must_be(
        decided(field, known=known),
        Record(
            f"【极客】 (1) is taken as it is, as adopt= says: {field} is only corrected in the "
            "record, nothing is sent. For a change at the vendor take adopt= out first."
        ),
    )


def test_value_that_the_vendor_reports_is_no_record_to_correct() -> None:
    known = replace(RECORDED, is_adopted=True)
    assert isinstance(decided("form", known=known, form=1), Refuse)
    assert isinstance(decided("form size", known=known, form=1), Refuse)
    assert decided("size", known=known, form=1) == Record()


def test_text_is_corrected_by_no_record() -> None:
    assert isinstance(decided("name", known=replace(RECORDED, is_adopted=True)), Replace)


def test_rejected_signature_that_was_adopted_is_mended_as_any_other() -> None:
    known = replace(RECORDED, is_adopted=True, status=Status.REJECTED)
    assert decided("form", "bad", known=known) == Resubmit()


CORRECTION = (
    'If what was submitted is as the program says now, add adopt="1": then it is only recorded, '
    "and nothing is sent."
)


def test_refusal_of_what_was_only_recorded_names_the_adoption() -> None:
    refused = decided("form", known=RECORDED)
    assert isinstance(refused, Refuse)
    assert refused.what_to_do.endswith(CORRECTION)
    submitted = decided("form", known=replace(RECORDED, is_only_recorded=False))
    assert isinstance(submitted, Refuse)
    assert CORRECTION not in submitted.what_to_do


def test_warning_of_a_loss_for_what_was_only_recorded_names_the_adoption() -> None:
    lost = decided("form", known=replace(RECORDED, policy="delete"))
    assert isinstance(lost, Replace)
    assert CORRECTION in lost.warning
    reported = decided("form", known=replace(RECORDED, policy="delete"), form=1)
    assert isinstance(reported, Replace)
    assert CORRECTION not in reported.warning


def test_signature_of_perhaps_another_stack_is_not_corrected_by_what_consents_to_its_loss() -> None:
    """There `adopt=` beside "delete" says that it may go."""
    refused = decided("form", known=replace(RECORDED, policy="delete", is_shared=True))
    assert isinstance(refused, Refuse)
    assert CORRECTION not in refused.what_to_do
