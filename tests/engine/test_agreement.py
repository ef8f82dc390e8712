"""What a run may lose: only what its own preview has announced, or what the program consents to."""

from __future__ import annotations

from pathlib import Path

import pytest

from pulumi_smssign.sandbox.review import Status
from tests.engine.cases import ALIBABA, TENCENT, UCLOUD
from tests.engine.project import Project
from tests.engine.scene import NEW, OLD, Scene

DELETING = pytest.mark.parametrize("behind", [None, {"timeout": 0}], ids=["alone", "approval"])


@DELETING
@pytest.mark.parametrize("scene", [TENCENT, ALIBABA], indirect=True, ids=str)
def test_without_a_preview_nothing_approved_is_deleted_first_or_out_of_use(
    scene: Scene, behind: dict[str, object] | None
) -> None:
    old = scene.approved(wait=behind)
    scene.change_the_proof()
    for _ in range(2):
        stopped = scene.project.up("--skip-preview")
        assert not stopped.succeeded
        said = stopped.diagnostics("brand")
        assert "without --skip-preview" in said
        assert "delete_before_replace=True" in said
        assert scene.only().id == old.id

    scene.project.option("brand", delete_before_replace=True)
    scene.forget_calls()
    scene.sandbox.review_policy = "immediate"
    run = scene.project.up("--skip-preview")
    assert run.succeeded, run.output
    words = scene.case.words
    in_place, anew = [words.resubmit], [words.withdraw, words.submit]
    assert scene.writes() == (in_place if scene.case.editable else anew)


def test_what_an_earlier_preview_said_is_no_agreement_to_another_run(tencent: Scene) -> None:
    old = tencent.approved()
    tencent.change_the_proof()
    assert "WILL BE DELETED FIRST" in tencent.project.preview().output
    stopped = tencent.project.up("--skip-preview")
    assert not stopped.succeeded
    assert tencent.only().id == old.id


def test_approved_between_two_commands_is_not_lost(tencent: Scene) -> None:
    """The preview of a pipeline said in place; the run is another command, another machine."""
    tencent.declare()
    tencent.project.apply()
    tencent.change_the_proof()
    assert tencent.project.preview().plans("update", "brand")
    tencent.approve()
    tencent.project.environment["PULUMI_HOME"] += "-of-another-machine"
    for _ in range(2):
        assert not tencent.project.up("--skip-preview").succeeded
        assert tencent.only().status is Status.APPROVED
    assert tencent.writes() == ["AddSmsSign"]
    run = tencent.project.up()
    assert run.succeeded, run.output


def test_a_saved_plan_is_announced_since_its_run_previews(tencent: Scene) -> None:
    tencent.approved()
    tencent.change_the_proof()
    tencent.project.environment["PULUMI_EXPERIMENTAL"] = "true"
    tencent.project.pulumi("preview", "--save-plan", "plan.json", check=True)
    run = tencent.project.up("--plan", "plan.json")
    assert run.succeeded, run.output
    assert tencent.writes() == ["AddSmsSign", "DeleteSmsSign", "AddSmsSign"]


def test_approved_between_preview_and_run_is_not_lost_though_both_would_delete_first(
    tencent: Scene,
) -> None:
    """The kind of decision is the same; the status that it was said of is not."""
    ucloud = Scene(UCLOUD, tencent.project, tencent.sandbox, tencent.url)
    ucloud.declare()
    ucloud.project.apply()
    ucloud.project.edit("brand", sig_type=4, certificate_type=4, qualification_id="qual-417")
    ucloud.fault(kind="verdict", action=ucloud.case.words.look, skip=1, verdict="approve",
                 id=ucloud.only().id)  # fmt: skip
    run = ucloud.project.up()
    assert not run.succeeded
    assert "something else now than the preview said" in run.diagnostics("brand")
    assert ucloud.only().status is Status.APPROVED
    assert ucloud.writes() == ["CreateUSMSSignature"]


def test_a_run_that_was_stopped_stays_stopped(tencent: Scene) -> None:
    tencent.declare()
    tencent.project.apply()
    tencent.change_the_proof()
    tencent.fault(kind="verdict", action="DescribeSmsSignList", skip=1, verdict="approve",
                  id=tencent.only().id)  # fmt: skip
    assert not tencent.project.up().succeeded
    assert not tencent.project.up("--skip-preview").succeeded
    assert tencent.only().status is Status.APPROVED


def test_a_note_that_can_not_be_read_promises_nothing(tencent: Scene) -> None:
    """And one of another run is none of this one."""
    tencent.declare()
    assert tencent.project.preview().succeeded
    notes = Path(tencent.project.environment["PULUMI_HOME"]) / "smssign"
    for note in notes.rglob("*.json"):
        note.write_text('{"at":"x","decision":5,"files":{"proof_image":5}}', encoding="utf-8")
    tencent.change_the_proof()
    run = tencent.project.up("--skip-preview")
    assert run.succeeded, run.output


def test_notes_of_two_backends_do_not_meet(tencent: Scene, tmp_path: Path, template: Path) -> None:
    """One home, one URN, two states chosen by `pulumi login`."""
    other_project = Project(tmp_path / "other", template, tencent.url)
    other_project.environment["PULUMI_HOME"] = tencent.project.environment["PULUMI_HOME"]
    other = Scene(tencent.case, other_project, tencent.sandbox, tencent.url)
    tencent.declare()
    assert tencent.project.preview().succeeded
    other.declare(**{tencent.case.text: NEW})
    other.change_the_proof(7)
    run = other.project.up("--skip-preview")
    assert run.succeeded, run.output
    assert {one.text for one in tencent.held()} == {NEW}


def test_notes_do_not_outlive_their_run(tencent: Scene) -> None:
    tencent.declare()
    tencent.project.up()
    tencent.project.preview()
    runs = Path(tencent.project.environment["PULUMI_HOME"]) / "smssign" / "runs"
    assert len(list(runs.iterdir())) <= 1


@DELETING
def test_all_that_can_be_verified_is_verified_before_the_deletion(
    tencent: Scene, behind: dict[str, object] | None
) -> None:
    """The program removes its temporary file when its text has run."""
    old = tencent.approved(wait=behind)
    tencent.change_the_proof()
    source = (tencent.project.folder / "__main__.py").read_text(encoding="utf-8")
    tencent.project.write_program(
        f"{source}\nif not pulumi.runtime.is_dry_run():\n    Path('licence.png').unlink()\n"
    )
    run = tencent.project.up()
    assert not run.succeeded
    assert "licence.png does not exist" in run.diagnostics("brand")
    assert tencent.only().id == old.id
    assert tencent.writes() == ["AddSmsSign"]


def test_what_could_not_be_submitted_anew_is_not_deleted(tencent: Scene) -> None:
    """At UCloud a proof's URL goes with a change only: a new application has no such field."""
    ucloud = Scene(UCLOUD, tencent.project, tencent.sandbox, tencent.url)
    ucloud.declare(sig_purpose=1, proxy_file="licence.png")
    ucloud.sandbox.review_policy = "immediate"
    ucloud.project.apply()
    ucloud.project.edit("brand", proxy_file=None, proxy_doc="https://geek.example/proxy.png")
    run = ucloud.project.up()
    assert not run.succeeded
    assert "proxy_file" in run.diagnostics("brand")
    assert ucloud.only().text == OLD
    assert ucloud.writes() == ["CreateUSMSSignature"]


def test_a_long_warning_is_told_once_and_its_fact_on_the_row(tencent: Scene) -> None:
    tencent.approved()
    tencent.change_the_proof()
    run = tencent.project.up()
    assert run.output.count("protect=True forbids this") == 1, run.output
