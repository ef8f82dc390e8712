"""The decision, walked cell by cell for Tencent and by its shape for laws that Tencent lacks."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain, combinations

import pytest

from pulumi_smssign.lifecycle import (
    Decision,
    Refuse,
    Replace,
    Request,
    Resubmit,
    Review,
    Rules,
    Status,
    decide,
)
from pulumi_smssign.tencent.application import SignatureApplication
from pulumi_smssign.tencent.rules import RULES

FIELDS = (*SignatureApplication.model_fields, "account")
EVERY_CHANGE = [
    frozenset(fields)
    for fields in chain.from_iterable(
        combinations(FIELDS, count) for count in range(1, len(FIELDS) + 1)
    )
]
UNIQUE = {"sign_name", "international", "account"}
FIXED = {"international", "account"}


def review(vendor_status: str, rules: Rules = RULES) -> Review:
    return Review("730021", "极客科技", rules.status(vendor_status), vendor_status)


def expected_at_tencent(vendor_status: str, changed: frozenset[str]) -> Decision | type[Refuse]:
    if vendor_status == "7":
        return Refuse
    if vendor_status in {"1", "-1"} and not changed & FIXED:
        return Resubmit()
    return Replace(delete_first=not changed & UNIQUE)


@pytest.mark.parametrize("vendor_status", ["0", "1", "2", "-1", "7"])
def test_every_change_in_every_status_of_tencent(vendor_status: str) -> None:
    for changed in EVERY_CHANGE:
        decision = decide(RULES, review(vendor_status), changed)
        expected = expected_at_tencent(vendor_status, changed)
        if isinstance(decision, Replace):
            decision = replace(decision, warning="")
        if isinstance(decision, Refuse):
            assert expected is Refuse, changed
        else:
            assert decision == expected, changed


def test_every_subset_of_the_fields_but_the_empty_one_is_walked() -> None:
    assert len(EVERY_CHANGE) == 2 ** len(FIELDS) - 1 == 1023


def test_a_signature_that_the_vendor_no_longer_has_is_created_anew() -> None:
    for changed in EVERY_CHANGE:
        decision = decide(RULES, None, changed)
        assert isinstance(decision, Replace)
        assert not decision.delete_first
        assert "no longer has" in decision.warning


def test_an_approved_signature_that_must_be_deleted_first_is_warned_of_loudly() -> None:
    decision = decide(RULES, review("0"), frozenset({"proof_image"}))
    assert isinstance(decision, Replace)
    assert "WILL BE DELETED FIRST" in decision.warning
    assert "【极客科技】 (730021)" in decision.warning
    assert "protect=True" in decision.warning


def test_an_approved_signature_with_a_new_name_is_replaced_without_a_gap_or_a_warning() -> None:
    decision = decide(RULES, review("0"), frozenset({"sign_name", "proof_image"}))
    assert decision == Replace(delete_first=False, warning="")


def test_a_status_that_no_source_describes_is_never_taken_for_approved() -> None:
    unknown = review("42")
    assert unknown.status is Status.UNKNOWN
    assert not unknown.usable


def test_an_unknown_status_refuses_changes_and_names_the_way_out() -> None:
    decision = decide(RULES, review("42"), frozenset({"remark"}))
    assert isinstance(decision, Refuse)
    assert "'42'" in decision.why
    assert "console" in decision.what_to_do


def test_raw_statuses_of_tencent_in_the_common_words() -> None:
    assert {raw: str(RULES.status(raw)) for raw in ("0", "1", "2", "-1", "3")} == {
        "0": "APPROVED",
        "1": "PENDING",
        "2": "PENDING",
        "-1": "REJECTED",
        "3": "UNKNOWN",
    }


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
    decision = decide(LAW, review("wait", LAW), frozenset({"name"}))
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


def test_a_change_of_account_is_always_a_replacement_that_creates_first() -> None:
    for vendor_status in RULES.statuses:
        decision = decide(RULES, review(vendor_status), frozenset({"account"}))
        assert decision == Replace(delete_first=False)
