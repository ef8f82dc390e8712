"""Digests of properties: equal for an equal meaning, and frozen, since states have them."""

from __future__ import annotations

import pytest

from pulumi_smssign.model.digests import canonical, different, digest
from pulumi_smssign.model.vocabulary import Status

FILE = {"path": "a.png", "sha256": "0" * 64, "size": 9}


@pytest.mark.parametrize(
    ("value", "form"),
    [
        (None, None),
        ("极客", "极客"),
        (1, 1.0),
        (True, 1.0),
        (2.5, 2.5),
        ([1, "a", None], (1.0, "a", None)),
        ((1, ["a"]), (1.0, ("a",))),
        ({"b": 1, "a": [2]}, (("a", (2.0,)), ("b", 1.0))),
        (FILE, ("file", "0" * 64)),
        ([FILE], (("file", "0" * 64),)),
        (Status.APPROVED, "APPROVED"),
    ],
)
def test_a_value_has_one_form_for_one_meaning(value: object, form: object) -> None:
    assert canonical(value) == form
    assert type(canonical(value)) is not int


@pytest.mark.parametrize(
    ("value", "digits"),
    [
        ("极客", "2395db031b4280595b36d080"),
        (["tencent", "7"], "68d9ac357bb5c51e5ae6bc8f"),
        (("tencent", "7"), "68d9ac357bb5c51e5ae6bc8f"),
        (1, "d0ff5974b6aa52cf562bea59"),
        (1.0, "d0ff5974b6aa52cf562bea59"),
        ({"b": 1, "a": [2]}, "0bc3fb27b7f420cecca4c6e8"),
        ({"a": (2.0,), "b": True}, "0bc3fb27b7f420cecca4c6e8"),
        (FILE, "7420917897bce2c8431189ec"),
        ({**FILE, "path": "elsewhere.png"}, "7420917897bce2c8431189ec"),
        (None, "74234e98afe7498fb5daf1f3"),
        ("\ud800", "ee4a76500d4d714ca691afe5"),
    ],
)
def test_a_digest_is_as_states_and_journals_have_it(value: object, digits: str) -> None:
    assert digest(value) == digits
    assert len(digits) == 24
    assert digest(value, length=12) == digits[:12]


def test_fields_that_a_vendor_reports_otherwise_are_named_in_order() -> None:
    reported = {"size": 2, "kind": 1.0, "place": None, "name": "极客", "extra": "x"}
    assert different(reported, {"name": "极客", "kind": 1, "size": 3, "other": 7}) == [
        "extra",
        "size",
    ]
    assert different({}, {"name": "极客"}) == []
