"""UCloud's law, walked cell by cell: raw status by kind of change."""

from __future__ import annotations

from itertools import chain, combinations

import pytest

from pulumi_smssign.lifecycle import (
    Decision,
    Refuse,
    Replace,
    Resubmit,
    Review,
    Status,
    decide,
)
from pulumi_smssign.ucloud.application import SignatureApplication
from pulumi_smssign.ucloud.rules import RULES

FIELDS = (*(SignatureApplication.model_fields.keys() - RULES.riders), "account")
EVERY_CHANGE = [
    frozenset(fields)
    for fields in chain.from_iterable(
        combinations(sorted(FIELDS), count) for count in range(1, len(FIELDS) + 1)
    )
]
FIXED = {"description", "international", "qualification_id", "project_id", "account"}
UNIQUE = {"sig_content", "international", "project_id", "account"}


def review(vendor_status: str) -> Review:
    return Review("SIG1", "极客科技", RULES.status(vendor_status), vendor_status)


def outcome(decision: Decision) -> str:
    if isinstance(decision, Replace):
        return "delete first" if decision.delete_first else "create first"
    return type(decision).__name__


def expected(vendor_status: str, changed: frozenset[str]) -> str:
    if vendor_status == "5":
        return "Refuse"
    if vendor_status in {"0", "1", "3"} and not changed & FIXED:
        return "Resubmit"
    if vendor_status == "1":
        return "Refuse"
    return "create first" if changed & UNIQUE else "delete first"


@pytest.mark.parametrize("vendor_status", ["0", "1", "2", "3", "4", "5"])
def test_every_change_in_every_status(vendor_status: str) -> None:
    for changed in EVERY_CHANGE:
        decision = decide(RULES, review(vendor_status), changed)
        assert outcome(decision) == expected(vendor_status, changed), changed


def test_every_subset_of_the_fields_but_the_empty_one_is_walked() -> None:
    assert len(FIELDS) == 12
    assert len(EVERY_CHANGE) == 2**12 - 1


def test_the_raw_statuses_mean_what_the_sdk_says() -> None:
    meanings = [RULES.status(str(number)) for number in range(6)]
    assert meanings == [
        Status.PENDING,
        Status.PENDING,
        Status.APPROVED,
        Status.REJECTED,
        Status.SUSPENDED,
        Status.UNKNOWN,
    ]


def test_the_urls_of_what_is_there_are_no_reason_to_submit_again() -> None:
    assert {"document", "proxy_doc"} == RULES.riders


def test_what_is_gone_is_submitted_anew() -> None:
    decision = decide(RULES, None, frozenset({"scene_desc"}))
    assert isinstance(decision, Replace)
    assert "no longer has this signature" in decision.warning


def test_another_description_of_one_under_review_has_to_wait() -> None:
    decision = decide(RULES, review("1"), frozenset({"description"}))
    assert isinstance(decision, Refuse)
    assert "wait for the verdict" in decision.what_to_do


def test_the_approved_one_with_another_licence_is_deleted_first_and_loudly() -> None:
    decision = decide(RULES, review("2"), frozenset({"file"}))
    assert isinstance(decision, Replace)
    assert "WILL BE DELETED FIRST" in decision.warning


def test_a_waiting_one_takes_another_licence_in_place() -> None:
    assert decide(RULES, review("0"), frozenset({"file"})) == Resubmit()
