"""What a released version left in users' state goes on working, whatever the code is now."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Protocol

import pytest

from pulumi_smssign.sandbox import RunningSandbox, Status
from pulumi_smssign.sandbox.state import StateFile
from pulumi_smssign.version import __version__
from tests.engine.project import Project
from tests.golden.record import GOLDEN, SANDBOX_URL, folder_of
from tests.told import told

VERSIONS = sorted(path for path in GOLDEN.glob("v*") if path.is_dir())
NEWEST = folder_of(__version__)

each_version = pytest.mark.parametrize("version", VERSIONS, ids=lambda path: path.name)


class Bring(Protocol):
    """Imports a golden stack; `without` is a property that its state shall not have."""

    def __call__(self, stack: Path, *, without: str = "") -> Project: ...


@pytest.fixture
def imported(project: Project, served: RunningSandbox) -> Bring:
    """Imports a golden stack, with the vendors' side of it in the test's own sandbox."""

    def bring(stack: Path, *, without: str = "") -> Project:
        kept = StateFile(stack / "sandbox.json").load()
        assert kept is not None
        served.sandbox.desk.restore(kept.desk)
        served.sandbox.switches.set(dict(kept.switches))
        shutil.copy(stack / "licence.png", project.folder)
        project.write_program((stack / "program.py").read_text("utf-8"))
        project.program = json.loads((stack / "program.json").read_text("utf-8"))
        export = json.loads(
            (stack / "export.json").read_text("utf-8").replace(SANDBOX_URL, served.url)
        )
        for resource in export["deployment"]["resources"]:
            for side in ("inputs", "outputs"):
                resource.get(side, {}).pop(without, None)
                resource.get(side, {}).get("review", {}).pop(without, None)
        project.restore(json.dumps(export))
        return project

    return bring


def approve_all(served: RunningSandbox) -> None:
    """Every open application is approved: what is in review can't be deleted everywhere."""
    for one in served.sandbox.signatures():
        if one.status in (Status.PENDING, Status.OTHER):
            served.sandbox.approve(one.vendor, one.id)


@each_version
def test_a_stack_in_every_status_needs_no_change_is_refreshed_and_destroyed(
    version: Path, imported: Bring, served: RunningSandbox
) -> None:
    project = imported(version / "statuses")
    before = {one["urn"]: told(one["outputs"]).get("vendor_status") for one in project.resources()}

    preview = project.preview("--expect-no-changes")
    assert preview.succeeded, preview.output
    refresh = project.pulumi("refresh", "--yes", "--skip-preview", "--expect-no-changes")
    assert refresh.succeeded, refresh.output
    up = project.up("--skip-preview", "--expect-no-changes")
    assert up.succeeded, up.output
    after = {one["urn"]: told(one["outputs"]).get("vendor_status") for one in project.resources()}
    assert after == before

    approve_all(served)
    destroyed = project.destroy()
    assert destroyed.succeeded, destroyed.output
    assert project.resources() == []
    left = [one for one in served.sandbox.signatures() if one.vendor != "yunpian"]
    assert {one.text for one in left} == {"极客旧名"}  # what was only read


@each_version
def test_a_change_that_waited_for_its_approval_goes_on_to_its_end(
    version: Path, imported: Bring, served: RunningSandbox
) -> None:
    project = imported(version / "changing")
    preview = project.preview()
    assert preview.succeeded, preview.output
    assert preview.plans("update", "approval"), preview.output

    approve_all(served)
    up = project.up("--skip-preview")
    assert up.succeeded, up.output
    assert project.outputs_of("approval")["approved"] is True
    assert not any(one.get("delete") for one in project.resources())
    held = {(one.vendor, one.text) for one in served.sandbox.signatures()}
    assert held == {
        ("tencent", "极客新名"),
        ("ucloud", "极客新名"),
        ("ucloud", "极客余新"),
        ("yunpian", "极客新名"),
        ("yunpian", "极客旧名"),  # which deletes nothing
    }
    destroyed = project.destroy()
    assert destroyed.succeeded, destroyed.output


def test_a_state_that_says_no_policy_keeps_what_is_approved_until_the_program_says_one(
    imported: Bring, served: RunningSandbox
) -> None:
    """The sandbox's default is "delete": only the state can keep them from a `destroy`."""
    project = imported(NEWEST / "statuses", without="deletion_policy")
    before = {one.id: one.status for one in served.sandbox.signatures()}
    destroyed = project.destroy()
    assert destroyed.succeeded, destroyed.output
    assert project.resources() == []
    left = {one.id for one in served.sandbox.signatures()}
    assert {id_ for id_, status in before.items() if status is Status.APPROVED} <= left
    deleted = {before[id_] for id_ in before.keys() - left}
    assert Status.REJECTED in deleted


def test_a_state_that_says_no_policy_takes_the_programs_and_sends_nothing_for_it(
    imported: Bring, served: RunningSandbox
) -> None:
    project = imported(NEWEST / "statuses", without="deletion_policy")
    served.sandbox.log.clear()
    preview = project.preview()
    assert preview.plans("update", "tencent-0"), preview.output
    up = project.up("--skip-preview")
    assert up.succeeded, up.output
    assert project.outputs_of("tencent-0")["deletion_policy"] == "delete"
    assert served.sandbox.calls("tencent") == []
