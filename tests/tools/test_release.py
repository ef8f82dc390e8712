"""The files of a release, and that it works where nothing else of ours is installed."""

from __future__ import annotations

import re
import subprocess
import tarfile
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest

from pulumi_smssign.core.registry import VENDORS
from pulumi_smssign.version import __version__
from tests.built import CHECKOUT, Built, Environment, build, install

NAME = f"pulumi_smssign-{__version__}"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return build(tmp_path_factory.mktemp("built"))


@pytest.fixture(scope="module")
def environment(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Environment:
    return install(built.wheel, tmp_path_factory.mktemp("environment"))


def in_wheel(built: Built) -> dict[str, bytes]:
    with zipfile.ZipFile(built.wheel) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def in_sdist(built: Built) -> dict[str, bytes]:
    with tarfile.open(built.sdist) as archive:
        return {
            member.name.removeprefix(f"{NAME}/"): content.read()
            for member in archive
            if (content := archive.extractfile(member))
        }


def modules(names: Sequence[str]) -> set[str]:
    return {name for name in names if name.startswith("pulumi_smssign/")}


def test_the_wheel_has_the_package_whole_and_nothing_else(built: Built) -> None:
    names = list(in_wheel(built))
    ours = {
        str(path.relative_to(CHECKOUT))
        for path in (CHECKOUT / "pulumi_smssign").rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    }
    assert modules(names) == ours
    assert {"pulumi_smssign/py.typed", "pulumi_smssign/pulumi-plugin.json"} <= ours
    assert {f"pulumi_smssign/sandbox/{vendor}/gateway.py" for vendor in VENDORS} <= ours
    assert {name.partition("/")[0] for name in names} == {
        "pulumi_smssign",
        f"{NAME}.dist-info",
    }
    assert len(names) == len(set(names))


def test_the_wheel_says_what_it_is(built: Built) -> None:
    files = in_wheel(built)
    metadata = files[f"{NAME}.dist-info/METADATA"].decode()
    assert f"\nVersion: {__version__}\n" in metadata
    assert "\nRequires-Python: >=3.11\n" in metadata
    assert f"{NAME}.dist-info/licenses/LICENSE" in files
    assert b"smssign = pulumi_smssign.cli:main" in files[f"{NAME}.dist-info/entry_points.txt"]


def test_the_sdist_has_what_a_build_and_the_tests_need(built: Built) -> None:
    files = in_sdist(built)
    assert modules(list(files)) == modules(list(in_wheel(built)))
    assert {"pyproject.toml", "LICENSE", "README.md", "Makefile"} <= set(files)
    assert "requirements/constraints.txt" in files
    assert any(name.startswith("tests/golden/v") for name in files)
    assert not any(re.search(r"(^|/)(\.venv|\.hypothesis|__pycache__)/", name) for name in files)


def test_neither_file_names_the_machine_that_built_it(built: Built) -> None:
    for files in (in_wheel(built), in_sdist(built)):
        named = [name for name, content in files.items() if str(CHECKOUT).encode() in content]
        assert named == []


def test_the_command_works_with_what_the_wheel_requires(environment: Environment) -> None:
    command = (environment.programs / "smssign", "--help")
    output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert "sandbox" in output


@pytest.mark.parametrize(
    "name",
    [
        "pulumi_smssign",
        "pulumi_smssign.engine.signature_hooks",
        "pulumi_smssign.engine.approval_hooks",
        "pulumi_smssign.sandbox.server",
        *(f"pulumi_smssign.{vendor}.api" for vendor in VENDORS),
    ],
)
def test_the_package_imports_with_what_the_wheel_requires(
    environment: Environment, name: str, tmp_path: Path
) -> None:
    command = (environment.programs / "python", "-c", f"import {name} as it; print(it.__file__)")
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(str(environment.packages))


def test_environment_has_nothing_else_installed(environment: Environment) -> None:
    command = (environment.programs / "python", "-c", "import hypothesis")
    assert subprocess.run(command, capture_output=True, check=False).returncode != 0
