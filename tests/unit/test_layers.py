"""The lists that guard who may import whom name every vendor and every room there is."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from pulumi_smssign.core.registry import VENDORS

ROOT = Path(__file__).resolve().parents[2]
TOOLS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]
LAYERS, SANDBOX_APART, CLIENTS_APART, _ACYCLIC, _PURE = TOOLS["importlinter"]["contracts"]
NEITHER_SIDES = {"address", "cli", "lazy", "sandbox", "version"}
ROOMS = {
    path.stem
    for path in (ROOT / "pulumi_smssign").iterdir()
    if path.suffix == ".py" or (path / "__init__.py").exists()
} - {"__init__"}
CLIENTS = sorted({*ROOMS, "cli.inventory"} - NEITHER_SIDES)
MUTATED = [
    *TOOLS["mutmut"]["source_paths"],
    *TOOLS["mutmut"]["pytest_add_cli_args_test_selection"],
]


def listed(contract: dict[str, Any], key: str) -> list[str]:
    """The rooms that a contract lists, in alphabetical order."""
    return sorted(str(name).removeprefix("pulumi_smssign.") for name in contract[key])


def test_every_room_has_one_place_in_the_layers() -> None:
    placed = [name for layer in LAYERS["layers"] for name in re.findall("[a-z]+", layer)]
    assert sorted(placed) == sorted(ROOMS)
    assert LAYERS["exhaustive"]


def test_no_import_is_left_out_of_the_layers() -> None:
    assert LAYERS.keys() == {"name", "type", "containers", "exhaustive", "layers"}


def test_the_vendors_are_independent_of_each_other() -> None:
    assert " | ".join(sorted(VENDORS)) in LAYERS["layers"]


def test_every_room_of_the_clients_is_kept_from_the_sandbox() -> None:
    assert listed(SANDBOX_APART, "forbidden_modules") == CLIENTS


def test_only_what_cleans_and_translates_text_is_let_through_to_the_sandboxs_commands() -> None:
    saying = "pulumi_smssign.cli.* -> pulumi_smssign.model.language"
    cleaning = "pulumi_smssign.cli.display -> pulumi_smssign.model.redaction"
    assert SANDBOX_APART["ignore_imports"] == [saying, cleaning]
    assert "ignore_imports" not in CLIENTS_APART


def test_the_sandbox_is_kept_from_every_room_of_the_clients() -> None:
    assert listed(CLIENTS_APART, "source_modules") == CLIENTS
    sandbox = ["cli.reviewer", "cli.running_sandbox", "cli.sandbox", "sandbox"]
    assert listed(CLIENTS_APART, "forbidden_modules") == sandbox


@pytest.mark.parametrize("path", MUTATED)
def test_mutated_modules_and_their_tests_exist(path: str) -> None:
    assert (ROOT / path).is_file()
