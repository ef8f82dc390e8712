"""Signatures that a program only reads: what the engine is told of which one is meant."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pulumi_smssign import tencent, ucloud
from tests.unit.program.declared import inputs_of


@pytest.mark.parametrize(
    ("program", "named"),
    [
        (
            lambda: ucloud.Signature.get("found", "7"),
            {"international": False, "scope": "/mainland"},
        ),
        (
            lambda: ucloud.Signature.get("found", "7", project_id="org-1", international=True),
            {"project_id": "org-1", "international": True, "scope": "org-1/international"},
        ),
        (
            lambda: ucloud.Signature.get("found", "7", account="shop"),
            {"international": False, "account": "shop"},
        ),
        (
            lambda: tencent.Signature.get("found", "7", international=True),
            {"international": True, "scope": "international"},
        ),
    ],
)
def test_read_signature_is_named_by_all_that_its_vendor_asks_for(
    program: Callable[[], object], named: dict[str, object]
) -> None:
    inputs = inputs_of(program)["found"]
    assert {name: inputs.get(name) for name in named} == named
