"""Names that the carriers file no more: one table, and what each vendor's kinds are in it."""

from __future__ import annotations

import pytest

from pulumi_smssign.contract.application import doubts_of_the_name
from pulumi_smssign.core.registry import named
from pulumi_smssign.model.names import FILED_NO_MORE, NameKind, objection

ABROAD = {"tencent": "international", "ucloud": "international", "yunpian": "is_only_global"}
FIELDS = {
    "alibaba": ("sign_source", {0: "", 2: "apps", 5: ""}),
    "tencent": (
        "sign_type",
        {0: "", 1: "apps", 2: "websites", 3: "official accounts", 4: "", 5: "", 6: "mini-programs"},
    ),
    "huawei": ("signature_source", {0: "", 2: "apps", 5: ""}),
    "ucloud": (
        "sig_type",
        {0: "", 1: "apps", 2: "websites", 3: "official accounts", 4: "", 5: ""},
    ),
    "yunpian": ("prove_type", {1: "", 2: "apps", 3: "websites", 6: ""}),
}
"""By hand, from the pages: what each value is the name of, where that is filed no more."""
CASES = [
    (vendor, field, value, kind)
    for vendor, (field, kinds) in FIELDS.items()
    for value, kind in kinds.items()
]


@pytest.mark.parametrize("number", [int, float], ids=["a program's", "a state's"])
@pytest.mark.parametrize(("vendor", "field", "value", "kind"), CASES)
def test_each_vendors_kinds_are_in_the_table(
    vendor: str, field: str, value: int, kind: str, number: type
) -> None:
    model = named(vendor).application
    known = {field: number(value), **({ABROAD[vendor]: False} if vendor in ABROAD else {})}
    found = list(doubts_of_the_name(model, known))
    assert [doubt.property for doubt in found] == ([field] if kind else [])
    assert all(f"file no names of {kind} since 2026-05-01" in doubt.reason for doubt in found)


@pytest.mark.parametrize(("vendor", "field", "value", "kind"), CASES)
def test_abroad_they_are_nobodys_business(vendor: str, field: str, value: int, kind: str) -> None:
    del kind
    if vendor in ABROAD:
        known = {field: value, ABROAD[vendor]: True}
        assert list(doubts_of_the_name(named(vendor).application, known)) == []


@pytest.mark.parametrize("kind", NameKind)
def test_a_name_is_objected_to_since_the_day_of_the_table(kind: NameKind) -> None:
    assert (FILED_NO_MORE.get(kind, "for ever") in objection(kind)) is (kind in FILED_NO_MORE)
    assert bool(objection(kind)) is (kind not in (NameKind.COMPANY, NameKind.TRADEMARK))
