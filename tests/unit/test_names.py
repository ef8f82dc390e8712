"""Names that the carriers file no more: one table, and what each vendor's kinds are in it."""

from __future__ import annotations

import pytest

from pulumi_smssign.contract.application import name_doubts
from pulumi_smssign.core.registry import named
from pulumi_smssign.model.names import (
    FILED_NO_MORE,
    NameKind,
    is_neutral,
    is_part,
    objection,
)
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
    assert all(f"file no names of {kind} since 2026-05-01, and" in doubt.reason for doubt in doubts)


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


@pytest.mark.parametrize(
    "text",
    ["测试", "TEST", "ｔｅｓｔ", "test_2", "测试 01", "aabb", "客服通知", "客户您好", "温馨提示"],
)
def test_a_name_of_neutral_words_alone_is_neutral(text: str) -> None:
    assert is_neutral(text)


@pytest.mark.parametrize("text", ["云杉通知", "云杉测试", "testing", "2026", "", "云", "提示云杉"])
def test_a_name_with_a_word_of_its_own_is_not_neutral(text: str) -> None:
    assert not is_neutral(text)


@pytest.mark.parametrize(
    ("text", "owner", "expected"),
    [
        ("云杉示例", "北京云杉示例有限公司", True),
        ("GEEK tech", "Geek Tech Co., Ltd.", True),
        ("云杉(北京)", "云杉（北京）有限公司", True),
        ("云杉有限", "云杉示例有限公司", False),
        ("云杉示例有限公司北京", "云杉示例有限公司", False),
    ],
)
def test_a_part_of_a_name_skips_nothing(text: str, owner: str, expected: bool) -> None:
    assert is_part(text, owner) is expected


@pytest.mark.parametrize("kind", FILED_NO_MORE)
def test_an_objection_says_since_when_and_what_to_change_to(kind: NameKind) -> None:
    assert objection(kind) == (
        f"the carriers of the mainland file no names of {kind} since 2026-05-01, and clear out "
        "those filed before: change to the company's name or a registered trademark; the vendor "
        "may refuse this one"
    )
