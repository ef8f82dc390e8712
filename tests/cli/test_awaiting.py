"""`smssign status` of a stack whose Approval awaits, by the state that Pulumi 3.276 leaves then.

`awaiting` holds exports of such runs: of the first one, after which state has no Approval yet, and
of one that renames an approved signature, after which state has the Approval's earlier outputs and
the old signature twice. Without what Pulumi keeps of the machine: positions in files, the pickled
provider.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from pulumi_smssign.cli import main
from pulumi_smssign.sandbox.server import RunningSandbox, running

EXPORTS = Path(__file__).parent / "awaiting"
OLD, NEW = ("730001", "云杉示例"), ("730002", "云杉新名")


@pytest.fixture
def served() -> Iterator[RunningSandbox]:
    with running() as served:
        yield served


class Command:
    """The command in the project's folder, with a `pulumi` that prints an export."""

    def __init__(self, folder: Path, export: str, sandbox_url: str) -> None:
        config = {"smssign:sandbox": {"value": sandbox_url, "secret": False}}
        (folder / "Pulumi.yaml").write_text("name: shop\nruntime: python\n", "utf-8")
        (folder / "config.json").write_text(json.dumps(config), "utf-8")
        pulumi = folder / "pulumi"
        pulumi.write_text(
            "#!/bin/sh\n"
            f'[ "$1" = config ] && exec cat {folder}/config.json\n'
            f"exec cat {EXPORTS / export}.json\n",
            "utf-8",
        )
        pulumi.chmod(0o755)
        self._folder = folder

    def run(self, command: str, *arguments: str) -> Result:
        """The result of a command of `smssign`."""
        path = f"{self._folder}{os.pathsep}{os.environ['PATH']}"
        arguments = (command, "--cwd", str(self._folder), *arguments)
        return CliRunner().invoke(main, arguments, env={"PATH": path})

    def status(self, *arguments: str) -> Result:
        """The result of `smssign status`."""
        return self.run("status", *arguments)

    def signatures(self, *arguments: str) -> list[dict[str, Any]]:
        """The signatures of its JSON."""
        return list(json.loads(self.status("--json", *arguments).stdout)["signatures"])


def submit(served: RunningSandbox, *signatures: tuple[str, str]) -> None:
    """The vendor has signatures with these ids and texts, and a reviewer is to decide."""
    for id_, text in signatures:
        served.sandbox.desk.submit(
            "tencent", "default", signature_id=id_, text=text, fields={}, evidence={}
        )


@pytest.fixture
def first(served: RunningSandbox, tmp_path: Path) -> Command:
    """A stack whose first run has ended awaiting."""
    submit(served, OLD)
    return Command(tmp_path, "first", served.url)


@pytest.fixture
def renamed(served: RunningSandbox, tmp_path: Path) -> Command:
    """A stack whose run awaits the new name of an approved signature."""
    submit(served, OLD, NEW)
    served.sandbox.approve("tencent", OLD[0])
    return Command(tmp_path, "renamed", served.url)


def test_first_awaited_signature_is_pending_and_ends_with_3(first: Command) -> None:
    assert first.status().exit_code == 3
    (signature,) = first.signatures()
    assert (signature["name"], signature["role"], signature["id"]) == ("brand", "managed", OLD[0])
    assert (signature["status"], signature["next"]) == ("PENDING", "wait: a reviewer decides")
    assert signature["waiting_since"] == "2026-11-29T15:36:59.197147Z"


def test_verdict_shows_before_the_next_run_and_state_beside_it_where_it_is_no_good_one(
    first: Command, served: RunningSandbox
) -> None:
    served.sandbox.approve("tencent", OLD[0])
    result = first.status()
    assert result.exit_code == 0
    assert "  APPROVED  " in result.stdout
    served.sandbox.reject("tencent", OLD[0], "licence unreadable")
    result = first.status()
    assert result.exit_code == 4
    assert "REJECTED (state: PENDING)" in result.stdout


def test_awaited_replacement_is_pending_and_the_old_one_is_listed_once(renamed: Command) -> None:
    result = renamed.status()
    assert result.exit_code == 3
    assert "1 approved, 1 pending." in result.stderr
    new, old = renamed.signatures()
    assert (new["role"], new["id"], new["status"]) == ("managed", NEW[0], "PENDING")
    assert (old["role"], old["id"], old["status"]) == ("predecessor", OLD[0], "APPROVED")
    assert old["next"] == "nothing: in use until its successor is approved, then it is deleted"


def test_old_one_is_deleted_by_the_next_run_once_the_replacement_is_approved(
    renamed: Command, served: RunningSandbox
) -> None:
    served.sandbox.approve("tencent", NEW[0])
    assert renamed.status().exit_code == 0
    _, old = renamed.signatures()
    line = "nothing: the next pulumi up deletes it (its successor is approved)"
    assert old["next"] == line


@pytest.mark.parametrize("command", ["status", "watch"])
def test_stack_without_signatures_ends_with_5_and_a_sentence(
    tmp_path: Path, served: RunningSandbox, command: str
) -> None:
    result = Command(tmp_path, "empty", served.url).run(command)
    assert (result.exit_code, result.stdout) == (5, "")
    assert result.stderr == "The stack has no signatures: there is nothing to show.\n"


def test_document_of_a_stack_without_signatures_calls_it_empty(
    tmp_path: Path, served: RunningSandbox
) -> None:
    result = Command(tmp_path, "empty", served.url).run("status", "--json")
    document = json.loads(result.stdout)
    assert (document["outcome"], document["exit_code"]) == ("empty", result.exit_code)
    assert (result.exit_code, document["signatures"]) == (5, [])
