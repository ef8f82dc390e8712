"""What is UCloud's own law; the walk over all of it is in `tests/unit/test_rules.py`."""

from __future__ import annotations

from pulumi_smssign.model.decide import Known, Refuse, Replace, Resubmit, decide
from pulumi_smssign.model.review import Review
from pulumi_smssign.ucloud.rules import RULES

MAY_GO = Known(policy="delete")


def review(vendor_status: str) -> Review:
    return Review("SIG1", "极客科技", RULES.status(vendor_status), vendor_status)


def test_another_qualification_of_one_under_review_has_to_wait() -> None:
    decision = decide(RULES, review("1"), frozenset({"qualification_id"}), MAY_GO)
    assert isinstance(decision, Refuse)
    assert "wait for the verdict" in decision.what_to_do


def test_the_approved_one_with_another_licence_is_refused_unless_it_may_go() -> None:
    decision = decide(RULES, review("2"), frozenset({"file"}), Known())
    assert isinstance(decision, Refuse)
    assert "file would delete it first" in decision.why


def test_the_approved_one_with_another_licence_is_deleted_first_and_loudly() -> None:
    decision = decide(RULES, review("2"), frozenset({"file"}), MAY_GO)
    assert isinstance(decision, Replace)
    assert "WILL BE DELETED FIRST" in decision.warning


def test_a_waiting_one_takes_another_licence_in_place() -> None:
    assert decide(RULES, review("0"), frozenset({"file"}), Known()) == Resubmit()


def test_that_a_text_exists_only_once_is_told_as_inferred() -> None:
    decision = decide(RULES, review("2"), frozenset({"file"}), MAY_GO)
    assert isinstance(decision, Replace)
    assert "as far as is known: no source says" in decision.warning
