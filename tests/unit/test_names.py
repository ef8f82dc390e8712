"""Names that the carriers file no more: one table, and what each vendor's kinds are in it."""

from __future__ import annotations

import pytest

from pulumi_smssign.contract.application import name_doubts
from pulumi_smssign.core.registry import named
from pulumi_smssign.model.names import FILED_NO_MORE, NameKind, objection
from tests.engine.cases import CASES

KINDS = [
    (case.vendor, case.name_kinds[0], value, kind)
    for case in CASES
    for value, kind in case.name_kinds[1].items()
]


@pytest.mark.parametrize("number", [int, float], ids=["a program's", "a state's"])
@pytest.mark.parametrize(("vendor", "field", "value", "kind"), KINDS)
def test_each_vendors_kinds_are_in_the_table(
    vendor: str, field: str, value: int, kind: str, number: type
) -> None:
    model = named(vendor).application
    known = {field: number(value), **({model.abroad_field: False} if model.abroad_field else {})}
    doubts = list(name_doubts(model, known))
    assert [doubt.property for doubt in doubts] == ([field] if kind else [])
    assert all(f"file no names of {kind} since 2026-05-01" in doubt.reason for doubt in doubts)


@pytest.mark.parametrize(
    ("vendor", "field", "value"),
    [kind[:3] for kind in KINDS if named(kind[0]).application.abroad_field],
)
def test_abroad_they_are_nobodys_business(vendor: str, field: str, value: int) -> None:
    model = named(vendor).application
    assert list(name_doubts(model, {field: value, model.abroad_field: True})) == []


@pytest.mark.parametrize("kind", NameKind)
def test_a_name_is_objected_to_since_the_day_of_the_table(kind: NameKind) -> None:
    assert (FILED_NO_MORE.get(kind, "for ever") in objection(kind)) is (kind in FILED_NO_MORE)
    assert bool(objection(kind)) is (kind not in (NameKind.COMPANY, NameKind.TRADEMARK))
