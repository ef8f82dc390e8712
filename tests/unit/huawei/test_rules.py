"""Huawei's law, walked cell by cell: every raw status and every kind of change."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain, combinations

import pytest

from pulumi_smssign.huawei.application import SignatureApplication
from pulumi_smssign.huawei.rules import RULES
from pulumi_smssign.lifecycle import (
    Decision,
    Refuse,
    Replace,
    Request,
    Resubmit,
    Review,
    decide,
)

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
EVERY_STATUS = (*PENDING, *APPROVED, *SUSPENDED, REJECTED, UNKNOWN)

# One field of each kind; the others are of the kind of apply_desc.
KINDS = ("app_id", "signature_name", "signature_type", "apply_desc", "activate", "account")
EVERY_CHANGE = [
    frozenset(fields)
    for fields in chain.from_iterable(
        combinations(KINDS, count) for count in range(1, len(KINDS) + 1)
    )
]
MAKES_ROOM = {"signature_name", "signature_type", "account"}
FIXED = {"app_id", "account"}


def review(vendor_status: str) -> Review:
    return Review("11111111", "云杉示例", RULES.status(vendor_status), vendor_status)


def expected(vendor_status: str, changed: frozenset[str]) -> Decision | type[Refuse]:
    if vendor_status == UNKNOWN:
        return Refuse
    if changed == {"activate"}:
        return Request(changed if vendor_status == "TO_BE_ACTIVATED" else frozenset())
    if vendor_status == REJECTED and not changed & FIXED:
        return Resubmit()
    if vendor_status in PENDING:
        return Refuse
    return Replace(delete_first=not changed & MAKES_ROOM)


@pytest.mark.parametrize("vendor_status", EVERY_STATUS)
def test_every_kind_of_change_in_every_status(vendor_status: str) -> None:
    for changed in EVERY_CHANGE:
        decision: Decision | type[Refuse] = decide(RULES, review(vendor_status), changed)
        if isinstance(decision, Replace):
            decision = replace(decision, warning="")
        if isinstance(decision, Refuse):
            decision = Refuse
        assert decision == expected(vendor_status, changed), changed


@pytest.mark.parametrize("vendor_status", EVERY_STATUS)
def test_every_other_field_is_decided_like_apply_desc(vendor_status: str) -> None:
    others = SignatureApplication.model_fields.keys() - set(KINDS) - RULES.riders
    model = decide(RULES, review(vendor_status), frozenset({"apply_desc"}))
    for name in others:
        assert type(decide(RULES, review(vendor_status), frozenset({name}))) is type(model), name


def test_raw_statuses_in_the_common_words() -> None:
    assert {raw: str(RULES.status(raw)) for raw in EVERY_STATUS} == {
        **dict.fromkeys(PENDING, "PENDING"),
        **dict.fromkeys(APPROVED, "APPROVED"),
        **dict.fromkeys(SUSPENDED, "SUSPENDED"),
        REJECTED: "REJECTED",
        UNKNOWN: "UNKNOWN",
    }


@pytest.mark.parametrize("vendor_status", [*APPROVED, *SUSPENDED, REJECTED])
def test_a_replacement_says_what_the_vendor_deletes_too(vendor_status: str) -> None:
    decision = decide(RULES, review(vendor_status), frozenset({"app_id"}))
    assert isinstance(decision, Replace)
    assert "its templates and its channel number" in decision.warning


def test_a_replacement_under_another_name_says_it_too() -> None:
    decision = decide(RULES, review("REVIEW_PASSED"), frozenset({"signature_name"}))
    assert decision == Replace(
        delete_first=False,
        warning="With the old signature go its templates and its channel number.",
    )


def test_an_approved_signature_in_another_app_is_deleted_first_and_loudly() -> None:
    decision = decide(RULES, review("REVIEW_PASSED"), frozenset({"app_id"}))
    assert isinstance(decision, Replace)
    assert decision.delete_first
    assert "WILL BE DELETED FIRST" in decision.warning


def test_a_pending_signature_waits_for_its_verdict() -> None:
    decision = decide(RULES, review("PROCESSING"), frozenset({"apply_desc"}))
    assert isinstance(decision, Refuse)
    assert "PROCESSING" in decision.why
    assert "wait for the verdict" in decision.what_to_do


def test_activation_is_wanted_only_where_the_vendor_takes_it() -> None:
    for vendor_status in EVERY_STATUS:
        wanted = RULES.wanted({"activate": True}, vendor_status)
        assert wanted == ({"activate"} if vendor_status == "TO_BE_ACTIVATED" else set())
    assert not RULES.wanted({"activate": False}, "TO_BE_ACTIVATED")


def test_what_the_vendor_discards_is_no_reason_to_submit_again() -> None:
    assert "source_title_content" in RULES.riders


def test_what_a_rule_names_is_a_field_of_the_application() -> None:
    named = RULES.fixed | RULES.unique | RULES.riders | RULES.requests.keys()
    assert named <= SignatureApplication.model_fields.keys()
