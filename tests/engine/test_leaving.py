"""Leaving the package: the commands of docs/leaving.md, run as they stand there."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

from pulumi_smssign.sandbox.review import Status
from tests.docs.pages import DOCS, text_of
from tests.engine.project import STACK, Project
from tests.engine.scene import NEW, OLD, Scene


def follow(project: Project, way: int) -> None:
    """Run each command of one way; each has to succeed."""
    section = text_of(DOCS / "leaving.md").partition(f"\n## {way}. ")[2].partition("\n## ")[0]
    (block,) = re.findall(r"(?ms)^```sh\n(.*?)^```$", section)
    for line in block.splitlines():
        program, *arguments = shlex.split(line)
        assert program == "pulumi", line
        project.pulumi(*arguments, check=True)


def declare_two(tencent: Scene, **options: object) -> None:
    """One approved and one in review, in a stack where "delete" is the default."""
    tencent.approved()
    tencent.declare("other", **{tencent.case.text: NEW})
    if options:
        tencent.project.option("other", **options)
    tencent.project.apply()
    assert tencent.texts() == {OLD: Status.APPROVED, NEW: Status.PENDING}
    assert tencent.outputs["deletion_policy"] == "delete"
    tencent.forget_calls()


def test_what_is_approved_stays_by_its_policy_and_is_taken_over_by_who_comes_back(
    tencent: Scene,
) -> None:
    declare_two(tencent)
    follow(tencent.project, 1)
    assert tencent.project.resources() == []
    stays = tencent.only()
    assert (stays.text, stays.status) == (OLD, Status.APPROVED)

    tencent.project.drop("other")
    tencent.forget_calls()
    tencent.project.apply()
    assert tencent.id == stays.id
    assert tencent.only() == stays
    assert tencent.writes() == []


def test_everything_stays_with_retain_on_delete_and_nobody_is_asked(tencent: Scene) -> None:
    declare_two(tencent)
    for name in ("brand", "other"):
        tencent.project.option(name, retain_on_delete=True)
    follow(tencent.project, 2)
    assert tencent.project.resources() == []
    assert tencent.texts() == {OLD: Status.APPROVED, NEW: Status.PENDING}
    assert tencent.calls() == []


def test_a_stack_is_forgotten_without_a_call_and_without_the_package(
    tencent: Scene, tmp_path: Path
) -> None:
    declare_two(tencent)
    for name in ("python", "python3"):
        program = tmp_path / "no-python" / name
        program.parent.mkdir(exist_ok=True)
        program.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
        program.chmod(0o755)
    tencent.project.use_python(tmp_path / "no-python")
    assert not tencent.project.preview().succeeded
    follow(tencent.project, 3)
    assert tencent.texts() == {OLD: Status.APPROVED, NEW: Status.PENDING}
    assert tencent.calls() == []

    backend = tencent.project.folder.with_name("state") / ".pulumi"
    copies = {str(file.relative_to(backend)) for file in backend.rglob(f"{STACK}*.json*")}
    places = ("backups/test/dev/dev.", "stacks/test/dev.json.bak")
    assert {each for each in copies if each.startswith(places)} == copies
    assert all(any(each.startswith(place) for each in copies) for place in places)
    assert not any(file.is_file() for file in (backend / "history").rglob("*"))


def test_what_is_protected_is_forgotten_only_with_force(tencent: Scene) -> None:
    declare_two(tencent, protect=True)
    forget = ("state", "delete", "--all", "--yes")
    refused = tencent.project.pulumi(*forget)
    assert not refused.succeeded
    assert tencent.project.has("other")
    tencent.project.pulumi(*forget, "--force", check=True)
    assert tencent.project.resources() == []
    assert tencent.texts() == {OLD: Status.APPROVED, NEW: Status.PENDING}
    assert tencent.calls() == []
