from __future__ import annotations

from itertools import combinations

import pytest

from pulumi_smssign.lifecycle import Refuse, Replace, Resubmit, Review, decide
from pulumi_smssign.yunpian.application import SignatureApplication
from pulumi_smssign.yunpian.rules import RULES

OPEN = ["CHECKING", "FAIL"]
SETTLED = [
    "SUCCESS",
    "APLLYING_VIP",
    "APPLYING_VIP",
    "SUCCESS (disabled)",
    "APLLYING_VIP (disabled)",
    "APPLYING_VIP (disabled)",
]
FIELDS = sorted((SignatureApplication.model_fields.keys() | {"account"}) - RULES.riders)
CHANGES = [
    *(frozenset(names) for count in (1, 2) for names in combinations(FIELDS, count)),
    frozenset(FIELDS),
]


def review(vendor_status: str) -> Review:
    return Review("极客科技", "极客科技", RULES.status(vendor_status), vendor_status)


@pytest.mark.parametrize("vendor_status", OPEN)
def test_before_approval_every_change_is_taken_in_place_save_that_of_the_account(
    vendor_status: str,
) -> None:
    for changed in CHANGES:
        decision = decide(RULES, review(vendor_status), changed)
        if "account" in changed:
            assert isinstance(decision, Replace), changed
            assert not decision.delete_first
        else:
            assert decision == Resubmit(), changed


@pytest.mark.parametrize("vendor_status", SETTLED)
def test_after_approval_another_text_is_another_signature_and_anything_else_is_refused(
    vendor_status: str,
) -> None:
    for changed in CHANGES:
        decision = decide(RULES, review(vendor_status), changed)
        if changed & {"sign", "account"}:
            assert isinstance(decision, Replace), changed
            assert not decision.delete_first
        else:
            assert isinstance(decision, Refuse), changed


def test_what_stays_behind_is_said_in_the_preview() -> None:
    decision = decide(RULES, review("SUCCESS"), frozenset({"sign"}))
    assert isinstance(decision, Replace)
    assert decision.warning.startswith("yunpian can't delete signatures: 【极客科技】")
    assert "stays in the account" in decision.warning


def test_the_refusal_of_an_approved_signature_names_the_field_and_the_way_out() -> None:
    decision = decide(RULES, review("SUCCESS"), frozenset({"website"}))
    assert isinstance(decision, Refuse)
    assert "APPROVED" in decision.why
    assert "website" in decision.why
    assert "another text" in decision.what_to_do


def test_a_signature_that_is_gone_is_submitted_anew() -> None:
    for changed in CHANGES:
        decision = decide(RULES, None, changed)
        assert isinstance(decision, Replace)
        assert not decision.delete_first


def test_nothing_is_changed_in_a_status_that_no_source_describes() -> None:
    for changed in CHANGES:
        assert isinstance(decide(RULES, review("ARCHIVED"), changed), Refuse)


@pytest.mark.parametrize(
    ("vendor_status", "status"),
    [
        ("CHECKING", "PENDING"),
        ("FAIL", "REJECTED"),
        ("SUCCESS", "APPROVED"),
        ("APLLYING_VIP", "APPROVED"),
        ("APPLYING_VIP", "APPROVED"),
        ("SUCCESS (disabled)", "SUSPENDED"),
        ("APLLYING_VIP (disabled)", "SUSPENDED"),
        ("APPLYING_VIP (disabled)", "SUSPENDED"),
        ("success", "UNKNOWN"),
        ("ARCHIVED", "UNKNOWN"),
    ],
)
def test_each_raw_status_has_a_common_one(vendor_status: str, status: str) -> None:
    assert str(RULES.status(vendor_status)) == status


def test_every_raw_status_of_the_rules_is_walked_here() -> None:
    assert {*OPEN, *SETTLED} == RULES.statuses.keys()


def test_telling_the_verdict_by_sms_is_no_reason_to_submit_anew() -> None:
    assert RULES.riders == {"notify"}
