from __future__ import annotations

import pytest

from pulumi_smssign.model.decide import Known, Refuse, Replace, decide
from pulumi_smssign.model.review import Review
from pulumi_smssign.model.vocabulary import DELETION_POLICIES, DeletionPolicy
from pulumi_smssign.yunpian.rules import RULES


def review(vendor_status: str) -> Review:
    return Review("极客科技", "极客科技", RULES.status(vendor_status), vendor_status)


@pytest.mark.parametrize("policy", DELETION_POLICIES)
def test_what_stays_behind_is_said_in_the_preview(policy: DeletionPolicy) -> None:
    decision = decide(RULES, review("SUCCESS"), frozenset({"sign"}), Known(policy=policy))
    assert isinstance(decision, Replace)
    assert decision.warning.startswith("yunpian can't delete signatures: 【极客科技】")
    assert "stays in the account" in decision.warning


@pytest.mark.parametrize("policy", DELETION_POLICIES)
def test_the_refusal_of_an_approved_signature_names_the_field_and_the_way_out(
    policy: DeletionPolicy,
) -> None:
    decision = decide(RULES, review("SUCCESS"), frozenset({"website"}), Known(policy=policy))
    assert isinstance(decision, Refuse)
    assert "APPROVED" in decision.why
    assert "website" in decision.why
    assert "another text" in decision.what_to_do
