"""The Makefile: its list of targets, and the engine and the Python that they take."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from tools.engine.makers import BUILDABLE

CHECKOUT = Path(__file__).resolve().parents[2]
MAKEFILE = (CHECKOUT / "Makefile").read_text("utf-8")


def make(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Runs make in the checkout."""
    command = ("make", "--no-print-directory", *arguments)
    return subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=False)


def targets() -> set[str]:
    """The targets that are no files."""
    phony = re.search(r"(?m)^\.PHONY: ((?:.*\\\n)*.*)$", MAKEFILE)
    assert phony is not None
    return set(phony[1].replace("\\\n", " ").split())


def test_help_lists_every_target() -> None:
    listed = re.findall(r"(?m)^make (\S+) +\S", make("help").stdout)
    assert len(listed) > 10
    assert set(listed) == targets()


def test_old_engine_can_be_built() -> None:
    assert f"OLD_ENGINE := {min(BUILDABLE)}\n" in MAKEFILE


def test_files_of_the_old_engines_sample_exist() -> None:
    commands = make("--dry-run", "test-old-engine").stdout
    named = re.findall(r"tests/[\w/]+\.py", commands)
    assert len(named) > 3
    assert [path for path in named if not (CHECKOUT / path).exists()] == []


def test_run_of_all_tests_prints_its_duration_first() -> None:
    first = "about 8 minutes on two cores"
    assert first in make("--dry-run", "test").stdout.partition("-m tools.engine")[0]
    assert first not in make("--dry-run", "test", "ARGS=tests/unit").stdout


def test_each_test_is_run_by_one_of_two_commands() -> None:
    rest = re.findall(r"tests/[\w/.]+", make("--dry-run", "test-rest").stdout)
    left_out = re.findall(r"--ignore=(\S+)", make("--dry-run", "test").stdout)
    assert rest == left_out
    assert [path for path in rest if not (CHECKOUT / path).exists()] == []
    assert "--ignore" not in make("--dry-run", "test", "ARGS=tests/browser").stdout
    assert (CHECKOUT / ".ci/run").read_text("utf-8").endswith("make test\nmake test-rest\n")


def test_files_of_the_fast_tests_exist_and_start_no_engine() -> None:
    commands = make("--dry-run", "test-fast").stdout
    named = re.findall(r"tests/[\w/.]+", commands)
    assert len(named) > 3
    assert [path for path in named if not (CHECKOUT / path).exists()] == []
    assert "tools.engine" not in commands
    assert "tests/engine" not in named


def test_named_files_are_run_in_place_of_the_fast_ones() -> None:
    commands = make("--dry-run", "test-fast", "ARGS=tests/unit/test_fate.py -k kept").stdout
    assert re.findall(r"tests/\S+", commands) == ["tests/unit/test_fate.py"]


@pytest.mark.parametrize(
    ("given", "first"), [("/elsewhere/env", "/elsewhere/env"), (".venv-x", f"{CHECKOUT}/.venv-x")]
)
def test_python_of_the_environment_comes_first(given: str, first: str) -> None:
    commands = make("--dry-run", "test", f"VENV={given}").stdout
    assert f'PATH="{first}/bin:$engine:$PATH"' in commands


def test_missing_python_is_an_error() -> None:
    run = make("test-python", "PY=3.99")
    assert run.returncode != 0
    assert run.stderr.startswith("There is no Python 3.99 on PATH, at pyenv or uv: ")
