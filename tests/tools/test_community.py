"""Workflows, forms and hooks: they name targets, options and programs that exist."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped] # no stubs among the pinned packages
from click import Context
from click.testing import CliRunner

from pulumi_smssign.cli import main
from pulumi_smssign.version import __version__
from tests.tools.test_makefile import CHECKOUT, targets
from tools.release import PLACEHOLDER, obstacles

GITHUB = CHECKOUT / ".github"
WORKFLOWS = sorted((GITHUB / "workflows").glob("*.yml"))
FORMS = sorted((GITHUB / "ISSUE_TEMPLATE").glob("[!c]*.yml"))
PROJECT = (CHECKOUT / "pyproject.toml").read_text("utf-8")
FACTS = tomllib.loads(PROJECT)["project"]
PYTHON = "Programming Language :: Python :: 3."
HOOKS = ".pre-commit-config.yaml"


def read(path: Path) -> dict[Any, Any]:
    """The content of a file of YAML; `on:` is a True there, as YAML has it."""
    return dict(yaml.safe_load(path.read_text("utf-8")))


def steps(workflow: Path) -> list[dict[str, Any]]:
    """The steps of all its jobs."""
    return [step for job in read(workflow)["jobs"].values() for step in job["steps"]]


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.name)
def test_workflow_runs_targets_and_modules_that_exist(workflow: Path) -> None:
    lines = [step["run"] for step in steps(workflow) if "run" in step]
    assert len(lines) > 1
    for line in lines:
        if target := re.fullmatch(r'make (\S+)(?: ARGS="([\w/ ]+)")?', line):
            assert target[1] in targets(), line
            assert all((CHECKOUT / path).exists() for path in (target[2] or "").split()), line
        else:
            module = re.fullmatch(r"\.venv/bin/python -m (\S+)( .*)?", line)
            assert module is not None, line
            assert module[1] in ("hatchling", "tools.release")


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.name)
def test_action_is_pinned_to_its_major_version(workflow: Path) -> None:
    used = [step["uses"] for step in steps(workflow) if "uses" in step]
    assert used
    assert [
        action for action in used if not re.fullmatch(r"[\w./-]+@(release/)?v\d+", action)
    ] == []


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.name)
def test_workflow_may_only_read_and_one_job_of_a_release_proves_its_identity(
    workflow: Path,
) -> None:
    file = read(workflow)
    assert file["permissions"] == {"contents": "read"}
    more = {name: job["permissions"] for name, job in file["jobs"].items() if "permissions" in job}
    publishes = workflow.name == "release.yml"
    assert more == ({"publish": {"id-token": "write"}} if publishes else {})


def test_each_python_that_is_promised_is_tested() -> None:
    tested = read(GITHUB / "workflows" / "checks.yml")["jobs"]["fast"]["strategy"]["matrix"]
    classifiers = [each for each in FACTS["classifiers"] if each.startswith(PYTHON)]
    promised = [classifier.rpartition(" ")[2] for classifier in classifiers]
    assert set(promised) <= set(tested["python"])  # a version may be tried before it is promised
    assert FACTS["requires-python"] == f">={promised[0]}"


def test_bug_form_asks_for_the_output_of_doctor() -> None:
    (doctor,) = (
        field["attributes"]
        for field in read(GITHUB / "ISSUE_TEMPLATE" / "bug.yml")["body"]
        if field.get("id") == "doctor"
    )
    _, name, option = doctor["label"].split()
    command = main.get_command(Context(main), name)
    assert command is not None
    assert [each for each in command.params if option in each.opts], option
    version = CliRunner().invoke(main, ["--version"])
    assert version.output == f"smssign, version {__version__}\n"


@pytest.mark.parametrize("form", FORMS, ids=lambda path: path.name)
def test_form_has_the_keys_that_the_forge_needs(form: Path) -> None:
    file = read(form)
    assert {"name", "description", "body"} <= file.keys()
    fields = [field for field in file["body"] if field["type"] != "markdown"]
    names = [field["id"] for field in fields]
    assert len(names) == len(set(names)) > 2
    assert all(field["attributes"]["label"] for field in fields)


def test_address_of_the_project_is_said_once() -> None:
    address = FACTS["urls"]["Repository"]
    assert all(url.startswith(address) for url in FACTS["urls"].values())
    tracked = subprocess.run(
        ("git", "grep", "-l", "-F", address),
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert set(tracked.stdout.split()) <= {"pyproject.toml"}


def test_hook_runs_a_program_of_the_environment() -> None:
    installed = {path.name for path in Path(sys.executable).parent.iterdir()}
    for hook in read(CHECKOUT / HOOKS)["repos"][0]["hooks"]:
        program = hook["entry"].split()[0]
        if hook["language"] == "system":
            assert program == "make" or program.removeprefix(".venv/bin/") in installed


@pytest.mark.parametrize(
    ("message", "is_taken"),
    [
        ("Say where to report\n\nNobody could tell.\n", True),
        (f"{'x' * 72}\n\nWhy.\n", True),
        (f"{'x' * 73}\n\nWhy.\n", False),
        ("No body\n", False),
        ("No body\n\n# Please enter the commit message\n", False),
        ("No empty line\nWhy.\n", False),
        ("Merge branch 'other'\n", True),
    ],
)
def test_hook_holds_a_commit_message_to_the_rules(message: str, *, is_taken: bool) -> None:
    hooks = read(CHECKOUT / HOOKS)["repos"][0]["hooks"]
    (hook,) = (hook for hook in hooks if hook["id"] == "message")
    assert bool(re.search(hook["entry"], message, re.MULTILINE | re.DOTALL)) is is_taken


CHANGES = f"# Changes\n\n## [{__version__}] - 2027-01-31\n"


def placed(text: str) -> str:
    """A project's file with a real address in it."""
    return text.replace(PLACEHOLDER, ".example/")


def test_tag_of_the_version_is_a_release() -> None:
    assert list(obstacles(f"v{__version__}", placed(PROJECT), CHANGES)) == []


def test_each_obstacle_of_a_release_is_named() -> None:
    reasons = "\n".join(obstacles("v9.9.9", PROJECT, "# Changes\n\n## [Unreleased]\n"))
    assert f"the tag is v9.9.9, and the package has the version {__version__}" in reasons
    assert f"CHANGELOG.md has no heading `## [{__version__}] - YYYY-MM-DD`" in reasons
    assert ("is a placeholder" in reasons) is (PLACEHOLDER in FACTS["urls"]["Repository"])
