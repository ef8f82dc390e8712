"""The findings of an application's check, as a vendor's tests write them in tables."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import pytest

from pulumi_smssign.contract.application import MIB, Application, examine
from pulumi_smssign.contract.evidence import Description

Row = tuple[Mapping[str, Any], str]
"""Changes of an application, and "property: part of the reason; ..." that they come to."""


def rows(*table: Row) -> pytest.MarkDecorator:
    ids = [f"{number} {reasons.partition(':')[0]}" for number, (_, reasons) in enumerate(table)]
    return pytest.mark.parametrize(("changes", "reasons"), table, ids=ids)


def problems(
    model: type[Application], fields: Mapping[str, object], *unknown: str, new: bool = False
) -> dict[str, str]:
    """The reason of each property's problem; a field that is None is left out."""
    given = {name: value for name, value in fields.items() if value is not None}
    findings = examine(model, given, frozenset(unknown), new=new)
    return {problem.property: problem.reason for problem in findings.problems}


def doubts(
    model: type[Application], fields: Mapping[str, object], *unknown: str, new: bool = False
) -> dict[str, str]:
    """The reason of each property's doubt, of an application without a problem."""
    given = {name: value for name, value in fields.items() if value is not None}
    findings = examine(model, given, frozenset(unknown), new=new)
    assert findings.problems == ()
    return {doubt.property: doubt.reason for doubt in findings.doubts}


def assert_says(findings: Mapping[str, str], reasons: str) -> None:
    """These properties have a reason and no others; each has its part, and no place unfilled."""
    expected = dict(reason.split(": ", 1) for reason in reasons.split("; ") if reason)
    assert findings.keys() == expected.keys()
    for name, part in expected.items():
        assert part in findings[name]
        assert not re.search(r"\{[a-z_]+\}", findings[name])


def file(size: float = 0.1, media_type: str = "image/png", path: str = "a.png") -> Description:
    """A description of a proof file of so many MiB; each path has another content."""
    digest = path.encode().hex().ljust(64, "0")[:64]
    return {"path": path, "sha256": digest, "media_type": media_type, "size": int(size * MIB)}
