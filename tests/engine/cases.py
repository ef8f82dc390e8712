"""The vendors for the tests, by the registry; what is known of each: `tests/vendors`."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from pulumi_smssign.core.registry import OURS
from tests.vendors import of_vendor
from tests.vendors.case import Case, Keys

__all__ = [
    "ALIBABA", "CASES", "HUAWEI", "OTHER_KEYS", "TENCENT", "UCLOUD", "YUNPIAN", "Case", "Keys",
    "at", "crossed", "together",
]  # fmt: skip


_FIRST = ("tencent", "huawei", "ucloud", "yunpian", "alibaba")
_NAMES = (*_FIRST, *(name for name in OURS if name not in _FIRST))
CASES: tuple[Case, ...] = tuple(of_vendor(name, "CASE") for name in _NAMES)
TENCENT, HUAWEI, UCLOUD, YUNPIAN, ALIBABA = CASES[: len(_FIRST)]

OTHER_KEYS: Mapping[str, Mapping[str, str]] = {case.vendor: case.other_keys for case in CASES}
"""What leads to another of the sandbox's accounts."""


def at(*cases: Case) -> pytest.MarkDecorator:
    """A test's stages: these vendors."""
    return pytest.mark.parametrize("scene", cases, indirect=True, ids=str)


def together(*cases: Case) -> pytest.MarkDecorator:
    """A test's stages in one stack: these vendors, where it isn't all."""
    ids = ["-".join(map(str, cases))]
    return pytest.mark.parametrize("scenes", [cases], indirect=True, ids=ids)


def crossed(name: str, *rows: tuple[Case, object, str]) -> pytest.MarkDecorator:
    """A test's stages with a value each, and what that value is called.

    Each value meets a vendor, and each vendor a value; what more their product would show is
    the decision's alone, which the model's tests search without an engine.
    """
    return pytest.mark.parametrize(
        ("scene", name),
        [(case, value) for case, value, _ in rows],
        indirect=["scene"],
        ids=[f"{case}-{called}" for case, _, called in rows],
    )


DELETES_OR_NOT = at(TENCENT, YUNPIAN)
"""For what is the same at all vendors that delete: one of them, and the one that can't."""
