"""Predecessors as properties: digests, and nothing personal."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pulumi_smssign.core.predecessors import (
    PREDECESSORS,
    Predecessor,
    differences,
    field_digests,
    predecessors_of,
    without,
)
from pulumi_smssign.core.registry import named
from pulumi_smssign.model.review import Handle

OLD = Predecessor(
    "730001",
    "极客",
    "mainland",
    "marketing",
    key="k",
    origin="account-1",
    revision=3,
    accepted_at="2026-11-22T10:00:00Z",
    retained="retain_on_delete=True says so",
    fields={"sign_type": "d"},
)


def test_a_predecessor_is_read_as_it_was_written() -> None:
    assert predecessors_of({PREDECESSORS: [OLD.as_property()]}) == (OLD,)
    assert OLD.handle == Handle("730001", "极客", "mainland")
    assert str(OLD) == "【极客】 (730001)"
    assert str(Predecessor("极客", "极客", "")) == "【极客】"


def test_one_that_is_retained_or_may_be_another_stacks_says_why_it_is_kept() -> None:
    assert OLD.keep_reason == "retain_on_delete=True says so"
    assert Predecessor("7", "极客", "", shared=True).keep_reason.startswith(
        "it was taken over unasked"
    )
    assert Predecessor("7", "极客", "").keep_reason == ""


def test_defaults_are_left_out_and_numbers_come_back_as_floats() -> None:
    plain = Predecessor("7", "极客", "")
    assert plain.as_property().keys() <= {"id", "text", "account", "revision"}
    assert predecessors_of({PREDECESSORS: ({**plain.as_property(), "revision": 1.0},)}) == (plain,)


@pytest.mark.parametrize(
    "odd", [None, "7", 7, {"id": "7"}, [None], [["id"]], [{"text": "极客"}], [{"id": ""}]], ids=repr
)
def test_odd_predecessors_property_has_none(odd: object) -> None:
    assert predecessors_of({PREDECESSORS: odd}) == ()


def test_odd_values_in_a_predecessor_are_none_of_its_own() -> None:
    (read,) = predecessors_of(
        {PREDECESSORS: [{"id": 7.0, "revision": "x", "fields": 3, "shared": "?"}]}
    )
    assert (read.shared, read.keep_reason) == (False, "")
    assert (read.account, read.fields) == ("default", {})


def test_digests_tell_nothing_personal_and_nothing_that_is_not_set() -> None:
    """Nor what travels with a submission and is no reason for one."""
    fields = {
        "sign": "极客", "website": "https://geek.example", "id_card_name": "虚构甲",
        "apply_vip": False, "is_only_global": True, "notify": True, "industry_type": None,
    }  # fmt: skip
    digests = field_digests(named("yunpian"), fields)
    assert digests.keys() == {"sign", "website", "is_only_global"}
    assert not any("极客" in value for value in digests.values())
    assert {len(value) for value in digests.values()} == {12}


def test_differences_are_what_a_reviewer_would_see_anew() -> None:
    fields: dict[str, object] = {"sign_name": "极客", "sign_type": 1, "remark": "codes"}
    vendor = named("tencent")
    old = Predecessor("7", "极客", "", fields=field_digests(vendor, fields))
    assert differences(vendor, old, {**fields, "sign_type": 1.0}) == frozenset()
    assert differences(vendor, old, {**fields, "remark": "x", "qualification_id": 7}) == frozenset()
    changed = {"sign_name": "极客", "document_type": 1}
    assert differences(vendor, old, changed) == {"sign_type", "document_type"}


def test_a_choice_whose_number_is_zero_is_set() -> None:
    """Alibaba Cloud's `sign_type` may be left out, and 0 is one of its values."""
    vendor = named("alibaba")
    old = Predecessor("极客", "极客", "", fields=field_digests(vendor, {"sign_name": "极客"}))
    assert differences(vendor, old, {"sign_name": "极客", "sign_type": 0.0}) == {"sign_type"}


@pytest.mark.parametrize(
    ("identity", "taken", "key", "origin", "stays"),
    [
        ("id", [], "", "account-1", True),
        ("id", ["730001"], "", "account-2", False),
        ("text", ["730001"], "", "account-1", False),
        ("text", ["730001"], "", "account-2", True),
        ("id", ["7"], "", "account-1", True),
        ("id", [], "k", "account-1", False),
        ("id", [], "k", "account-2", True),
        ("id", [], "k-2", "account-1", True),
    ],
)
def test_a_successor_remembers_neither_what_it_takes_over_nor_itself(
    identity: str, taken: list[str], key: str, origin: str, stays: bool
) -> None:
    rules = replace(named("tencent").rules, identity=identity)  # type: ignore[arg-type]
    left = without(rules, [OLD], taken, key, origin)
    assert left == ((OLD,) if stays else ())


def test_one_of_an_unknown_account_is_taken_over_by_its_text_too() -> None:
    rules = replace(named("tencent").rules, identity="text")
    assert without(rules, [replace(OLD, origin="")], ["730001"], "", "account-2") == ()
    nameless = replace(OLD, key="")
    assert without(rules, [nameless], [], "", "account-1") == (nameless,)


def test_predecessors_can_be_told_apart_in_a_set() -> None:
    assert len({OLD, replace(OLD), replace(OLD, id="7")}) == 2
