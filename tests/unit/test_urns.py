"""URNs: the engine's names of resources."""

from __future__ import annotations

import pytest

from pulumi_smssign.model.urns import name_of


@pytest.mark.parametrize(
    ("urn", "name"),
    [
        ("urn:pulumi:dev::shop::pulumi-python:dynamic/tencentSms:TencentSms::brand", "brand"),
        ("urn:pulumi:dev::shop::my:Brand$x:y:Z::a::b", "a::b"),
        ("brand", "brand"),
        ("", ""),
    ],
)
def test_a_name_is_what_follows_the_type(urn: str, name: str) -> None:
    assert name_of(urn) == name
