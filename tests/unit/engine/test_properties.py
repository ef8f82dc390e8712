"""A signature's properties: what the vendor shows of before a change."""

from __future__ import annotations

import pytest

from pulumi_smssign.engine.properties import as_edited, shown
from pulumi_smssign.model.review import Review
from pulumi_smssign.model.vocabulary import Status
from pulumi_smssign.core.registry import named

BEFORE = Review("极客", "极客", Status.APPROVED, "1", reported={"qualification_id": 1})
SUBMITTED = {"qualification_id": 2}


def test_what_was_before_a_change_is_no_drift_and_the_edit_is_in_review() -> None:
    review = as_edited(named("alibaba"), SUBMITTED, BEFORE, shown(BEFORE))
    assert (review.reported, review.edit) == ({}, Status.PENDING)
    assert review.usable


def test_what_is_not_in_use_has_no_edit_beside_it() -> None:
    rejected = Review("极客", "极客", Status.REJECTED, "2", reported=BEFORE.reported)
    review = as_edited(named("alibaba"), SUBMITTED, rejected, shown(BEFORE))
    assert (review.reported, review.edit) == ({}, None)


@pytest.mark.parametrize(
    ("vendor", "submitted", "told", "before"),
    [
        ("tencent", 2, 1, shown(BEFORE)),
        ("alibaba", 2, 2, shown(BEFORE)),
        ("alibaba", 2, 3, shown(BEFORE)),
        ("alibaba", 2, 1, ""),
        ("alibaba", 1, 1, shown(BEFORE)),
    ],
    ids=["at a vendor that shows all", "as submitted", "something else", "no change", "the same"],
)
def test_all_else_is_as_it_is_told(vendor: str, submitted: int, told: int, before: str) -> None:
    review = Review("极客", "极客", Status.APPROVED, "1", reported={"qualification_id": told})
    assert as_edited(named(vendor), {"qualification_id": submitted}, review, before) is review
