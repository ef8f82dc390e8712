"""The lists that guard who may import whom name every vendor and every module there is."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from pulumi_smssign.vendors import VENDORS

ROOT = Path(__file__).resolve().parents[2]
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"][
    "contracts"
]
APART = {"sandbox", "cli", "version"}
MODULES = {
    path.stem
    for path in (ROOT / "pulumi_smssign").iterdir()
    if path.suffix == ".py" or (path / "__init__.py").exists()
} - {"__init__"}


def listed(contract: dict[str, list[str]], key: str) -> set[str]:
    return {name.removeprefix("pulumi_smssign.") for name in contract.get(key, ())}


def test_every_module_of_the_clients_is_kept_from_the_sandbox() -> None:
    assert listed(CONTRACTS[0], "forbidden_modules") == MODULES - APART


@pytest.mark.parametrize("vendor", VENDORS)
def test_every_vendor_is_guarded(vendor: str) -> None:
    assert vendor in listed(CONTRACTS[1], "source_modules")
    assert vendor in listed(CONTRACTS[2], "modules")
    assert vendor in listed(CONTRACTS[3], "forbidden_modules")
