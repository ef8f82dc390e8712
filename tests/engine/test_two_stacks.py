"""Two stacks on one account want one text: one signature, which none can cost the other."""

from __future__ import annotations

import re
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from pulumi_smssign.sandbox.review import Status
from tests.engine.cases import ALIBABA, TENCENT, UCLOUD, YUNPIAN, at
from tests.engine.project import Project, Run
from tests.engine.scene import NEW, OLD, Scene
from tests.images import png


@pytest.fixture
def other(scene: Scene, tmp_path: Path, python: Path) -> Scene:
    """The same vendor's stage for a second stack: another project, the same account and user."""
    project = Project(tmp_path / "other", sandbox=scene.url, name="other")
    project.use_python(python)
    project.environment["PULUMI_HOME"] = scene.project.environment["PULUMI_HOME"]
    return replace(scene, project=project)


def both(scene: Scene, other: Scene) -> tuple[Run, Run]:
    """`pulumi up` of the two at once."""
    runs: dict[int, Run] = {}

    def run(number: int, one: Scene) -> None:
        runs[number] = one.project.up("--skip-preview")

    threads = [
        threading.Thread(target=run, args=(number, one))
        for number, one in enumerate((scene, other))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return runs[0], runs[1]


def reads_only(other: Scene, run: Run) -> None:
    """Do what the message says to whom another stack's signature is in the way: read it."""
    said = run.diagnostics("brand")
    assert "Another stack manages it: read it here with Signature.get." in said
    found = re.search(r"already: (\S+) \(", said)
    assert found, said
    other.project.write_program(
        f"import pulumi\nfrom pulumi_smssign import {other.case.vendor} as vendor\n"
        f"brand = vendor.Signature.get('brand', {found[1]!r})\n"
        "pulumi.export('status', brand.status)\n"
    )
    other.project.apply()


@at(TENCENT, YUNPIAN)
def test_with_delete_the_second_stack_is_told_reads_it_and_goes_again(
    scene: Scene, other: Scene
) -> None:
    old = scene.approved()
    other.declare()
    refused = other.project.up()
    assert not refused.succeeded
    assert "nothing was submitted" in refused.diagnostics("brand")
    reads_only(other, refused)
    assert other.project.outputs_of("brand")["status"] == "APPROVED"

    assert other.project.destroy().succeeded
    assert scene.only() == old
    again = scene.project.up("--skip-preview")
    assert "2 unchanged" in again.output, again.output


@at(TENCENT, ALIBABA)
def test_with_retain_two_stacks_share_an_approved_one_and_neither_costs_the_other_its_approval(
    scene: Scene, other: Scene
) -> None:
    scene.declare(deletion_policy="retain")
    scene.sandbox.review_policy = "immediate"
    scene.project.apply()
    old = scene.only()
    other.declare(deletion_policy="retain")
    taken = other.project.up()
    assert taken.succeeded, taken.output
    assert "is taken over" in taken.diagnostics("brand")
    assert scene.writes() == [scene.case.names.submit]

    other.project.edit("brand", deletion_policy="delete")
    other.rename(NEW)
    other.project.apply()
    assert scene.bearing(OLD) == old
    other.rename(OLD)
    other.project.edit("brand", deletion_policy="retain")
    other.project.apply()
    assert other.project.destroy().succeeded
    assert scene.bearing(OLD) == old
    assert scene.project.destroy().succeeded
    assert scene.bearing(OLD) == old


def test_a_shared_signature_goes_only_when_the_program_names_it(
    tencent: Scene, tmp_path: Path, template: Path, python: Path
) -> None:
    tencent.declare(deletion_policy="retain")
    tencent.sandbox.review_policy = "immediate"
    tencent.project.apply()
    old = tencent.only()
    other = replace(tencent, project=Project(tmp_path / "other", template, tencent.url))
    other.project.use_python(python)
    other.declare(deletion_policy="retain")
    other.project.apply()
    other.project.edit("brand", deletion_policy="delete")
    other.change_the_proof()
    refused = other.project.preview()
    assert not refused.succeeded
    way = f'deletion_policy="delete" and adopt="{old.id}"'
    assert way in refused.diagnostics("brand")
    other.project.write("licence.png", png())
    other.project.apply()
    kept = other.project.destroy()
    assert kept.succeeded, kept.output
    assert tencent.only() == old

    other.project.edit("brand", adopt=old.id)
    other.project.apply()
    assert other.project.destroy().succeeded
    assert tencent.held() == []


@at(TENCENT, UCLOUD)
def test_two_stacks_at_once_submit_one_signature(scene: Scene, other: Scene) -> None:
    """Both look before either has submitted, as far as nothing keeps them from it."""
    if scene.case is UCLOUD:
        scene.sandbox.switches.set({"ucloud.duplicates": "accepted"})
    scene.declare()
    other.declare()
    scene.fault(kind="slow", action=scene.case.names.find, seconds=2, times=2)
    runs = both(scene, other)
    assert [run.succeeded for run in runs].count(True) == 1, [run.output for run in runs]
    owner, told = (scene, other) if runs[0].succeeded else (other, scene)
    refused = runs[1] if runs[0].succeeded else runs[0]
    assert owner.project.state("brand")["id"] == scene.identifier(scene.only())
    assert not told.project.has("brand")

    assert "Signature.get" in refused.diagnostics("brand"), refused.output
    reads_only(told, told.project.up())
    assert told.project.destroy().succeeded
    assert scene.only().status is Status.PENDING
    assert owner.project.apply().succeeded


@at(TENCENT, YUNPIAN)
def test_a_lost_submission_keeps_its_text_until_it_is_known_what_became_of_it(
    scene: Scene, other: Scene
) -> None:
    """Else what the second stack submits would be taken for what the first one has lost."""
    scene.declare()
    other.declare()
    scene.fault(kind="hang", action=scene.case.names.submit, seconds=4, acts=False)
    runs: list[Run] = []
    first = threading.Thread(target=lambda: runs.append(scene.project.up("--skip-preview")))
    first.start()
    while not scene.calls(scene.case.names.submit) and first.is_alive():
        first.join(0.05)
    runs.insert(0, other.project.up("--skip-preview"))
    first.join()
    assert not any(run.succeeded for run in runs), [run.output for run in runs]
    assert "by another stack" in runs[0].diagnostics("brand")
    assert scene.held() == []
    assert scene.project.up("--skip-preview").succeeded
    assert scene.project.state("brand")["id"] == scene.identifier(scene.only())
    assert not other.project.has("brand")
