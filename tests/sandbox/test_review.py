from __future__ import annotations

import pytest

from pulumi_smssign.sandbox.review import ReviewPolicy, Status, magic_verdict


@pytest.mark.parametrize("text", ["manual", "immediate", "after:90", "after:0.5"])
def test_a_policy_is_written_as_it_is_read(text: str) -> None:
    assert str(ReviewPolicy.parse(text)) == text


@pytest.mark.parametrize(
    "text", ["", "soon", "after", "after:", "after:-1", "after:inf", "after:x"]
)
def test_a_text_that_is_no_policy_is_refused_with_the_three_that_are(text: str) -> None:
    with pytest.raises(ValueError, match="use manual, immediate or after:SECONDS"):
        ReviewPolicy.parse(text)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("ACME REJECT", Status.REJECTED),
        ("极客驳回", Status.REJECTED),
        ("ACME HOLD", Status.PENDING),
        ("极客待审", Status.PENDING),
        ("ACME APPROVE", Status.APPROVED),
        ("极客通过", Status.APPROVED),
        ("APPROVE or REJECT", Status.REJECTED),
    ],
)
def test_a_magic_text_carries_its_verdict(text: str, status: Status) -> None:
    verdict = magic_verdict(text)

    assert verdict is not None
    assert verdict.status is status


@pytest.mark.parametrize("text", ["极客科技", "approve", "Rejected"])
def test_any_other_text_carries_none(text: str) -> None:
    assert magic_verdict(text) is None


def test_a_magic_rejection_has_a_reason() -> None:
    verdict = magic_verdict("REJECT")

    assert verdict is not None
    assert verdict.reason
