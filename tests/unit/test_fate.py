"""The fate of a signature on its way out: by rules, status, why it leaves, and the policy."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pulumi_smssign.core.registry import VENDORS, named
from pulumi_smssign.model.fate import Delete, Fate, Forget, Keep, Leaves, fate
from pulumi_smssign.model.review import Review
from pulumi_smssign.model.rules import Rules
from pulumi_smssign.model.vocabulary import DELETION_POLICIES, DeletionPolicy, Status
from tests.unit.desk import RULES

RULES = replace(
    RULES,
    statuses={**RULES.statuses, "out": Status.SUSPENDED, "held": Status.PENDING},
    approved_not_effective=frozenset({"held"}),
    deletable=frozenset({"good", "bad", "out", "held"}),
)
CAN_NOT = replace(RULES, deletable=None)
PERHAPS = replace(RULES, inferred=frozenset({"deletable"}))
"""Nobody knows whether it deletes what is in review."""
DROPPED, FIRST, SUPERSEDED, WAITING = Leaves
APPROVED = ("good", "out", "held", "odd")


def becomes(
    raw: str, leaves: Leaves, policy: DeletionPolicy, rules: Rules = RULES, keep_reason: str = ""
) -> Fate:
    return fate(rules, Review("1", "极客", rules.status(raw), raw), leaves, policy, keep_reason)


@pytest.mark.parametrize("leaves", Leaves)
@pytest.mark.parametrize("raw", APPROVED)
def test_an_approved_signature_that_is_retained_is_never_deleted(raw: str, leaves: Leaves) -> None:
    assert not isinstance(becomes(raw, leaves, "retain"), Delete)


@pytest.mark.parametrize("leaves", Leaves)
@pytest.mark.parametrize("vendor", VENDORS)
def test_no_vendors_approved_signature_that_is_retained_is_ever_deleted(
    vendor: str, leaves: Leaves
) -> None:
    rules = named(vendor).rules
    for raw in (*rules.statuses, "ARCHIVED"):
        for remark in ("", "perhaps it is approved"):
            review = Review("1", "极客", rules.status(raw), raw, remark=remark)
            for policy, keep_reason in (("retain", ""), ("delete", "the program says so")):
                its_fate = fate(rules, review, leaves, policy, keep_reason)  # type: ignore[arg-type]
                if rules.is_approved(review):
                    assert not isinstance(its_fate, Delete), raw


@pytest.mark.parametrize("policy", DELETION_POLICIES)
@pytest.mark.parametrize("leaves", Leaves)
def test_an_open_signature_goes_whatever_the_policy(leaves: Leaves, policy: DeletionPolicy) -> None:
    assert becomes("bad", leaves, policy) == Delete("it is REJECTED")


@pytest.mark.parametrize("raw", APPROVED)
def test_with_delete_an_approved_signature_goes_when_nothing_waits_for_it(raw: str) -> None:
    assert becomes(raw, DROPPED, "delete") == Delete('its deletion_policy is "delete"')
    assert becomes(raw, FIRST, "delete") == Delete('its deletion_policy is "delete"')
    assert becomes(raw, SUPERSEDED, "delete") == Delete("its successor is approved")


@pytest.mark.parametrize("raw", APPROVED)
def test_nothing_approved_goes_while_its_successor_is_not_approved(raw: str) -> None:
    assert becomes(raw, WAITING, "delete") == Keep("its successor is not approved yet")


@pytest.mark.parametrize(("raw", "status"), [("good", "APPROVED"), ("out", "SUSPENDED")])
def test_a_retained_one_stays_for_good_and_that_is_said(raw: str, status: str) -> None:
    stays = Forget(f'it is {status}, and its deletion_policy is "retain"')
    assert [becomes(raw, leaves, "retain") for leaves in (DROPPED, FIRST, SUPERSEDED)] == [
        stays,
        stays,
        stays,
    ]
    in_use = Keep("it is in use until its successor is approved, and stays after that")
    assert becomes(raw, WAITING, "retain") == in_use


def test_a_reason_to_keep_it_is_stronger_than_delete() -> None:
    approved = Review("1", "极客", Status.APPROVED, "good")
    assert isinstance(fate(RULES, approved, SUPERSEDED, "delete"), Delete)
    why = "retain_on_delete=True says so"
    for raw, status in (("good", "APPROVED"), ("bad", "REJECTED"), ("wait", "PENDING")):
        stays = Forget(f"it is {status}, and {why}")
        for leaves in (DROPPED, FIRST, SUPERSEDED):
            assert becomes(raw, leaves, "delete", keep_reason=why) == stays
        waits = Keep(f"it stays also after its successor is approved, since {why}")
        assert becomes(raw, WAITING, "delete", keep_reason=why) == waits


@pytest.mark.parametrize("leaves", Leaves)
def test_a_vendor_that_deletes_after_the_verdict_only_is_waited_for(leaves: Leaves) -> None:
    assert becomes("wait", leaves, "delete") == Keep("example deletes it after the verdict only")


def test_where_nobody_knows_the_vendor_is_asked_to_delete_what_can_not_wait() -> None:
    """A predecessor can wait: its successor asks again."""
    tried = {leaves: becomes("wait", leaves, "retain", PERHAPS) for leaves in Leaves}
    later = Keep("example deletes it after the verdict only")
    now = Delete("it is PENDING")
    assert tried == {DROPPED: now, FIRST: now, SUPERSEDED: later, WAITING: later}
    assert (
        becomes("wait", WAITING, "retain", replace(RULES, inferred=frozenset({"unique"}))) == later
    )
    assert (
        becomes("wait", DROPPED, "retain", replace(RULES, inferred=frozenset({"unique"}))) == later
    )


@pytest.mark.parametrize("raw", ["wait", "good", "odd"])
def test_without_any_deletion_nothing_is_deleted(raw: str) -> None:
    fates = {leaves: becomes(raw, leaves, "delete", CAN_NOT) for leaves in Leaves}
    why = "example can't delete signatures"
    assert fates == {
        DROPPED: Forget(why),
        FIRST: Forget(why),
        SUPERSEDED: Forget(why),
        WAITING: Keep(why),
    }


@pytest.mark.parametrize("leaves", Leaves)
def test_nobody_need_remember_what_has_gone(leaves: Leaves) -> None:
    assert fate(RULES, None, leaves, "delete") == Forget("example no longer has it")


def test_an_open_remark_may_be_an_approval() -> None:
    review = Review("1", "极客", Status.PENDING, "bad", remark="perhaps the filing is not finished")
    assert isinstance(fate(RULES, review, DROPPED, "retain"), Forget)
