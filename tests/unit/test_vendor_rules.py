"""What the rules of each vendor say beside its table of decisions, written down once more."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from pulumi_smssign.core.registry import OURS, named

USUAL = {
    "approved_not_effective": set(),
    "duplicate_hint": "",
    "editable_when_approved": set(),
    "identity": "id",
    "inferred": set(),
    "lost_with_it": "",
    "request_notes": {},
    "requests": {},
    "shows_previous_version": False,
    "tells_filing": False,
    "tells_qualification": False,
    "usual_review": "",
}
SAID: Mapping[str, Mapping[str, Any]] = {
    "alibaba": {
        "submitted": "0",
        "editable_when_approved": {"1"},
        "identity": "text",
        "tells_qualification": True,
        "tells_filing": True,
        "shows_previous_version": True,
        "usual_review": "usually about 2 hours, 9:00 to 21:00, not on holidays",
    },
    "huawei": {
        "submitted": "PENDING_REVIEW",
        "approved_not_effective": {"REAL_NAME_REGISTRATING"},
        "inferred": {"deletable"},
        "lost_with_it": "its templates and its channel number",
        "request_notes": {
            "activate": "the activation is asked for: the carriers file the signature again, and "
            "it can't be used before."
        },
        "requests": {"activate": {"TO_BE_ACTIVATED"}},
        "tells_qualification": True,
        "tells_filing": True,
        "usual_review": "usually 3 to 5 working days",
    },
    "tencent": {
        "submitted": "1",
        "approved_not_effective": {"2"},
        "tells_qualification": True,
        "usual_review": "usually about 2 hours on working days",
    },
    "ucloud": {
        "submitted": "0",
        "duplicate_hint": "UCloud does not say whether it is a mainland or an international "
        "signature: if it is of the other kind, read it with ucloud.Signature.get(..., "
        "international=...), let this resource depend on that, and run it again.",
        "inferred": {"unique"},
        "usual_review": "usually within a working day, 9:00 to 18:00",
    },
    "yunpian": {
        "submitted": "CHECKING",
        "inferred": {"deletable", "unique"},
        "identity": "text",
    },
}


@pytest.mark.parametrize("vendor", OURS)
def test_rules_beside_the_table_are_those_of_the_vendors_page(vendor: str) -> None:
    rules = named(vendor).rules
    expected = {**USUAL, **SAID[vendor]}
    assert rules.vendor == vendor
    assert {name: getattr(rules, name) for name in expected} == expected
