"""Signatures for other countries: each vendor says them by a field, by the scope, or not at all."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from pulumi_smssign.core.registry import named
from pulumi_smssign.tencent.answers import Item


@pytest.mark.parametrize(
    ("vendor", "reported", "scope", "is_abroad"),
    [
        ("tencent", {"international": True}, "", True),
        ("tencent", {}, "international", True),
        ("tencent", {"international": False}, "mainland", False),
        ("ucloud", {}, "org-1/international", True),
        ("ucloud", {}, "org-1/mainland", False),
        ("yunpian", {"is_only_global": True}, "", True),
        ("yunpian", {}, "", False),
        ("huawei", {"international": True}, "", False),
        ("alibaba", {}, "", False),
    ],
)
def test_signature_is_abroad_by_its_review_or_its_scope(
    vendor: str, reported: Mapping[str, object], scope: str, is_abroad: bool
) -> None:
    assert named(vendor).application.is_abroad(reported, scope) is is_abroad


@pytest.mark.parametrize(("international", "scope"), [(1, "international"), (0, "")])
def test_tencent_review_has_the_scope_of_the_international_list(
    international: int, scope: str
) -> None:
    item = {"SignId": 7, "SignName": "极客", "International": international, "StatusCode": 0}
    assert Item.model_validate(item).review().scope == scope
