"""The sandbox and the clients share no code, else one would repeat the other's mistakes."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import pulumi_smssign

PACKAGE = Path(pulumi_smssign.__file__).parent
OURS = "pulumi_smssign"
SANDBOX = f"{OURS}.sandbox"
CLI = f"{OURS}.cli"


def modules() -> Iterator[Path]:
    return PACKAGE.rglob("*.py")


def imports(module: Path) -> Iterator[str]:
    """Every name of ours that a module imports, wherever it does."""
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.startswith(OURS))
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith(OURS):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def is_of(part: str) -> list[Path]:
    return [module for module in modules() if part in module.relative_to(PACKAGE).parts]


@pytest.mark.parametrize(
    "module", is_of("sandbox"), ids=lambda path: str(path.relative_to(PACKAGE))
)
def test_the_sandbox_imports_nothing_of_the_clients(module: Path) -> None:
    foreign = {
        name
        for name in imports(module)
        if not name.startswith((f"{SANDBOX}.", CLI)) and name != f"{OURS}.__version__"
    }
    assert foreign == set()


def test_the_clients_import_nothing_of_the_sandbox() -> None:
    apart = set(is_of("sandbox")) | set(is_of("cli"))
    foreign = {
        (module.name, name)
        for module in modules()
        if module not in apart
        for name in imports(module)
        if name.startswith((SANDBOX, CLI))
    }
    assert foreign == set()


@pytest.mark.parametrize("vendor", ["tencent", "huawei", "ucloud", "yunpian"])
def test_a_vendors_words_stay_in_its_package(vendor: str) -> None:
    """Only the package's face names the vendors; no vendor knows another."""
    elsewhere = {
        module.relative_to(PACKAGE).as_posix()
        for module in modules()
        if vendor not in module.relative_to(PACKAGE).parts
        for name in imports(module)
        if f"{OURS}.{vendor}" in (name, name.rpartition(".")[0])
    }
    assert elsewhere <= {"__init__.py"}
