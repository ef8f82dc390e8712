"""What is Huawei's own law; the walk over all of it is in `tests/unit/test_rules.py`."""

from __future__ import annotations

import pytest

from pulumi_smssign.huawei.application import SignatureApplication
from pulumi_smssign.huawei.rules import RULES
from pulumi_smssign.model.decide import Known, Refuse, Replace, decide
from pulumi_smssign.model.review import Review

PENDING = (
    "PENDING_REVIEW",
    "PENDING_QUALIFICATION_REVIEW",
    "PROCESSING",
    "REAL_NAME_REGISTRATING",
)
APPROVED = (
    "REVIEW_PASSED",
    "REVIEW_PROCESSING_COMPLETED",
    "REVIEW_PASSED_QUALIFICATION_PROCESSING",
    "REVIEW_PASSED_REAL_NAME_REGISTRATING",
    "REVIEW_PASSED_REAL_NAME_REGISTRATE_FAIL",
)
SUSPENDED = ("TO_BE_ACTIVATED", "PENDING_ACTIVATE")
REJECTED = "REVIEW_NOT_PASS"
UNKNOWN = "SOMETHING_NEW"
MAY_GO = Known(policy="delete")
EVERY_STATUS = (*PENDING, *APPROVED, *SUSPENDED, REJECTED, UNKNOWN)


def review(vendor_status: str) -> Review:
    return Review("11111111", "云杉示例", RULES.status(vendor_status), vendor_status)


@pytest.mark.parametrize("vendor_status", [*APPROVED, *SUSPENDED, REJECTED])
def test_a_replacement_says_what_the_vendor_deletes_too(vendor_status: str) -> None:
    decision = decide(RULES, review(vendor_status), frozenset({"app_id"}), MAY_GO)
    assert isinstance(decision, Replace)
    assert "its templates and its channel number" in decision.warning


def test_a_replacement_under_another_name_says_it_too() -> None:
    decision = decide(RULES, review("REVIEW_PASSED"), frozenset({"signature_name"}), MAY_GO)
    assert isinstance(decision, Replace)
    assert decision.warning == "With the old signature go its templates and its channel number."


def test_what_stays_in_the_account_loses_nothing() -> None:
    decision = decide(RULES, review("REVIEW_PASSED"), frozenset({"signature_name"}), Known())
    assert isinstance(decision, Replace)
    assert decision.warning == ""


@pytest.mark.parametrize("vendor_status", [*APPROVED, *SUSPENDED])
def test_an_approved_signature_is_not_moved_to_another_app_unless_it_may_go(
    vendor_status: str,
) -> None:
    decision = decide(RULES, review(vendor_status), frozenset({"app_id"}), Known())
    assert isinstance(decision, Refuse)
    assert "app_id would delete it first" in decision.why


def test_an_approved_signature_in_another_app_is_deleted_first_and_loudly_where_it_may_go() -> None:
    decision = decide(RULES, review("REVIEW_PASSED"), frozenset({"app_id"}), MAY_GO)
    assert isinstance(decision, Replace)
    assert decision.delete_first
    assert "WILL BE DELETED FIRST" in decision.warning


def test_a_pending_signature_waits_for_its_verdict() -> None:
    decision = decide(RULES, review("PROCESSING"), frozenset({"licence"}), MAY_GO)
    assert isinstance(decision, Refuse)
    assert "PROCESSING" in decision.why
    assert "wait for the verdict" in decision.what_to_do


def test_activation_is_wanted_only_where_the_vendor_takes_it() -> None:
    for vendor_status in EVERY_STATUS:
        wanted = RULES.wanted({"activate": True}, vendor_status)
        assert wanted == ({"activate"} if vendor_status == "TO_BE_ACTIVATED" else set())
    assert not RULES.wanted({"activate": False}, "TO_BE_ACTIVATED")


def test_what_the_vendor_discards_is_no_reason_to_submit_again() -> None:
    assert "source_title_content" in RULES.unreviewed


def test_what_a_rule_names_is_a_field_of_the_application() -> None:
    named = RULES.fixed | RULES.unique | RULES.unreviewed | RULES.requests.keys()
    assert named <= SignatureApplication.model_fields.keys()
