"""What a decision says; which one it is, is walked cell by cell in `test_rules`."""

from __future__ import annotations

from dataclasses import replace

from pulumi_smssign.model.decide import Refuse, Replace, Request, decide
from pulumi_smssign.model.review import Review
from pulumi_smssign.model.rules import Rules
from pulumi_smssign.model.vocabulary import Status
from pulumi_smssign.tencent.rules import RULES


def review(vendor_status: str, rules: Rules = RULES) -> Review:
    return Review("730021", "极客科技", rules.status(vendor_status), vendor_status)


def test_an_approved_signature_that_must_be_deleted_first_is_warned_of_loudly() -> None:
    decision = decide(RULES, review("0"), frozenset({"proof_image"}))
    assert isinstance(decision, Replace)
    assert "WILL BE DELETED FIRST" in decision.warning
    assert "【极客科技】 (730021)" in decision.warning
    assert "protect=True" in decision.warning


def test_a_new_name_says_that_the_old_one_stays_until_the_new_one_is_approved() -> None:
    decision = decide(RULES, review("0"), frozenset({"sign_name", "proof_image"}))
    assert decision == Replace(delete_first=False)
    assert isinstance(decision, Replace)
    assert decision.note.startswith("【极客科技】 (730021) stays until its successor is approved")
    assert decision.warning == ""


def test_the_fact_stands_in_the_first_line() -> None:
    decision = decide(RULES, review("0"), frozenset({"proof_image"}))
    assert isinstance(decision, Replace)
    first, _, whole = decision.warning.partition("\n")
    assert first == "【极客科技】 (730021) is APPROVED and WILL BE DELETED FIRST."
    assert len(whole) > 100


def test_what_no_source_says_is_told_as_such() -> None:
    inferred = replace(LAW, inferred=frozenset({"unique", "deletable"}))
    decision = decide(inferred, review("good", LAW), frozenset({"remark"}))
    assert isinstance(decision, Replace)
    assert "no source says" in decision.warning
    refusal = decide(inferred, review("wait", LAW), frozenset({"remark"}))
    assert isinstance(refusal, Refuse)
    assert "no source says" in refusal.why
    assert "no source says" not in str(decide(LAW, review("good", LAW), frozenset({"remark"})))


def test_a_status_that_no_source_describes_is_never_taken_for_approved() -> None:
    unknown = review("42")
    assert unknown.status is Status.UNKNOWN
    assert not unknown.usable


def test_an_unknown_status_refuses_changes_and_names_the_way_out() -> None:
    decision = decide(RULES, review("42"), frozenset({"proof_image"}))
    assert isinstance(decision, Refuse)
    assert "'42'" in decision.why
    assert "console" in decision.what_to_do


LAW = Rules(
    vendor="example",
    statuses={"wait": Status.PENDING, "good": Status.APPROVED, "off": Status.SUSPENDED},
    submitted="wait",
    modifiable=frozenset(),
    fixed=frozenset(),
    unique=frozenset({"name"}),
    deletable=frozenset({"good", "off"}),
    lost_with_it="its templates",
    riders=frozenset({"wake"}),
    requests={"wake": frozenset({"off"})},
)


def test_what_can_neither_be_changed_nor_deleted_is_refused_until_there_is_a_verdict() -> None:
    decision = decide(LAW, review("wait", LAW), frozenset({"remark"}))
    assert isinstance(decision, Refuse)
    assert "wait for the verdict" in decision.what_to_do


def test_what_goes_with_the_old_signature_is_said() -> None:
    for changed in ({"name"}, {"remark"}):
        decision = decide(LAW, review("good", LAW), frozenset(changed))
        assert isinstance(decision, Replace)
        assert "its templates" in decision.warning


def test_without_any_deletion_another_text_leaves_the_old_one_and_says_so() -> None:
    decision = decide(
        replace(LAW, deletable=None), review("good", LAW), frozenset({"name", "remark"})
    )
    assert isinstance(decision, Replace)
    assert not decision.delete_first
    assert "stays in the account" in decision.warning


def test_without_any_deletion_the_same_text_is_refused() -> None:
    decision = decide(replace(LAW, deletable=None), review("good", LAW), frozenset({"remark"}))
    assert isinstance(decision, Refuse)
    assert "another text" in decision.what_to_do


def test_a_request_is_made_only_where_the_vendor_takes_it() -> None:
    wake = frozenset({"wake"})
    assert decide(LAW, review("off", LAW), wake) == Request(wake)
    assert decide(LAW, review("good", LAW), wake) == Request(frozenset())
    assert LAW.wanted({"wake": True}, "off") == wake
    assert LAW.wanted({"wake": True}, "good") == frozenset()
    assert LAW.wanted({"wake": False}, "off") == frozenset()


def test_a_request_says_what_else_comes_of_it() -> None:
    law = replace(LAW, request_notes={"wake": "The carriers file it again."})
    decision = decide(law, review("off", LAW), frozenset({"wake"}))
    assert isinstance(decision, Request)
    assert decision.note == "The carriers file it again."
    silent = decide(LAW, review("off", LAW), frozenset({"wake"}))
    assert isinstance(silent, Request)
    assert silent.note == ""


def test_what_a_remark_leaves_open_may_be_an_approval() -> None:
    pending = review("wait", LAW)
    assert not LAW.is_approved(pending)
    assert LAW.is_approved(replace(pending, remark="perhaps the filing is not finished"))
