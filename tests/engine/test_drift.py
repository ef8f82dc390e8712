"""What the vendor has by now: attached in a console, submitted by a run that was cut, or gone."""

from __future__ import annotations

import pytest
from pydantic import JsonValue

from pulumi_smssign.sandbox.review import Status
from tests.engine.cases import ALIBABA, HUAWEI, TENCENT, UCLOUD, YUNPIAN, at, crossed, together
from tests.engine.scene import NEW, OLD, Scene, Scenes
from tests.images import png

FAILS = {"timeout": 0}
ATTACHED: dict[str, tuple[str, JsonValue]] = {
    "tencent": ("QualificationId", 2000418),
    "huawei": ("qualification_id", "Q-77"),
}


READS = """\
import pulumi, pulumi_smssign
found = pulumi_smssign.{vendor}.Signature.get("x", "{identifier}")
pulumi_smssign.Approval("approval", signatures=[found], timeout=0)
"""

ATTACHES = together(TENCENT, HUAWEI)
"""The vendors whose consoles attach a qualification to an approved signature, and tell so."""


def attach(scene: Scene) -> object:
    name, value = ATTACHED[scene.case.vendor]
    scene.sandbox.change(scene.case.vendor, scene.only().id, fields={name: value})
    return value


@ATTACHES
@pytest.mark.parametrize(
    ("policy", "behind"),
    [("retain", None), ("delete", FAILS)],
    ids=["retain, alone, refreshed", "delete, approval, unrefreshed"],
)
def test_an_attachment_by_the_console_is_no_change(
    scenes: Scenes, policy: str, behind: dict[str, object] | None
) -> None:
    scenes.project.policy(policy)
    old = scenes.approved(wait=behind)
    for scene in scenes:
        value = attach(scene)
        scene.project.edit(scene.name, qualification_id=value)
    if behind is None:
        scenes.project.refresh()
    scenes.forget_calls()
    run = scenes.project.up()
    assert run.succeeded, run.output
    assert "DELETED" not in run.output
    for scene in scenes:
        assert scene.writes() == []
        assert scene.only().id == old[scene.case.vendor].id
        assert scene.outputs["qualification_id"] == ATTACHED[scene.case.vendor][1]
    scenes.forget_calls()
    assert scenes.project.up("--skip-preview", "--expect-no-changes").succeeded
    assert scenes.sandbox.calls() == []


@ATTACHES
def test_a_refresh_learns_what_the_program_leaves_out_and_asks_for_no_change(
    scenes: Scenes,
) -> None:
    scenes.declare()
    for scene in scenes:
        scene.project.edit(scene.name, qualification_id=None)
    scenes.project.edit("tencent", international=True)
    scenes.sandbox.review_policy = "immediate"
    scenes.project.apply()
    scenes.each(Scene.approve_all)
    values = scenes.each(attach)
    scenes.project.refresh()
    assert scenes.each(lambda scene: scene.outputs["qualification_id"]) == values
    scenes.forget_calls()
    preview = scenes.project.preview("--expect-no-changes")
    assert preview.succeeded, preview.output
    assert scenes.sandbox.calls() == []


@at(TENCENT)
def test_a_missing_attachment_is_refused_with_the_way(scene: Scene) -> None:
    old = scene.approved()
    _, value = ATTACHED[scene.case.vendor]
    scene.project.edit("brand", qualification_id=value)
    refused = scene.project.up()
    assert not refused.succeeded
    assert "attach it in the vendor's console" in refused.diagnostics("brand")
    assert scene.only().id == old.id

    attach(scene)
    run = scene.project.up()
    assert run.succeeded, run.output
    assert scene.only().id == old.id


@at(UCLOUD)
def test_an_unreported_attachment_of_ucloud_is_recorded_as_advised(scene: Scene) -> None:
    old = scene.approved()
    scene.project.edit("brand", qualification_id="qual-417")
    refused = scene.project.preview()
    assert not refused.succeeded
    assert f'add adopt="{old.id}"' in refused.diagnostics("brand")
    scene.project.edit("brand", adopt=old.id)
    scene.project.apply()
    assert scene.only() == old
    assert scene.writes() == ["CreateUSMSSignature"]
    assert "2 unchanged" in scene.project.up("--skip-preview").output


@together(TENCENT, ALIBABA, YUNPIAN)
def test_words_to_the_reviewer_alone_are_no_reason_for_a_submission(scenes: Scenes) -> None:
    old = scenes.approved(wait=FAILS)
    for scene in scenes:
        argument, value = scene.case.to_the_reviewer or ("notify", False)
        scene.project.edit(scene.name, **{argument: value})
    scenes.forget_calls()
    run = scenes.project.up()
    assert run.succeeded, run.output
    assert "DELETED" not in run.output
    assert {tuple(writes) for writes in scenes.each(Scene.writes).values()} == {()}
    assert scenes.each(Scene.only) == old
    scenes.forget_calls()
    assert "5 unchanged" in scenes.project.up("--skip-preview").output
    assert scenes.sandbox.calls() == []


@at(TENCENT)
def test_words_to_the_reviewer_mend_a_rejected_one(scene: Scene) -> None:
    scene.applied_and_rejected()
    assert scene.case.to_the_reviewer
    argument, value = scene.case.to_the_reviewer
    scene.project.edit("brand", **{argument: value})
    run = scene.project.up()
    assert run.succeeded, run.output
    assert scene.writes() == [scene.case.names.submit, scene.case.names.resubmit]


def cut_off_while_resubmitting(scene: Scene) -> None:
    """The vendor takes the change; nothing of it is written; the reviewer approves it."""
    scene.applied_and_rejected()
    scene.project.refresh()
    scene.change_the_proof()
    scene.fault(kind="slow", action=scene.case.names.resubmit, seconds=4)
    scene.project.kill_up(lambda: scene.only().status is Status.PENDING)
    scene.approve()
    scene.forget_calls()


@at(TENCENT)
def test_a_resubmission_that_was_cut_off_and_approved_is_taken_for_what_it_is(
    scene: Scene,
) -> None:
    cut_off_while_resubmitting(scene)
    old = scene.only().id
    run = scene.project.up()
    assert run.succeeded, run.output
    assert scene.only().id == old
    assert scene.only().status is Status.APPROVED
    assert scene.writes() == []
    assert "2 unchanged" in scene.project.up("--skip-preview").output


@at(TENCENT, UCLOUD, ALIBABA)
def test_a_resubmission_that_was_cut_off_is_seen_or_advised_upon_on_another_machine(
    scene: Scene,
) -> None:
    cut_off_while_resubmitting(scene)
    scene.project.go_to_another_machine()
    old = scene.only().id
    run = scene.project.up()
    seen = {"tencent": "was submitted again", "alibaba": "has it as the program says"}
    if scene.case.vendor in seen:  # it tells when it was submitted, or what
        assert run.succeeded, run.output
        assert seen[scene.case.vendor] in run.diagnostics("brand")
    else:
        assert not run.succeeded
        said = run.diagnostics("brand")
        assert f'add adopt="{scene.identifier(scene.only())}"' in said
        scene.project.edit("brand", adopt=scene.identifier(scene.only()))
        run = scene.project.up()
        assert run.succeeded, run.output
    assert scene.only().id == old
    assert scene.only().status is Status.APPROVED
    assert scene.writes() == []
    assert "2 unchanged" in scene.project.up("--skip-preview").output


@together(TENCENT, YUNPIAN)
def test_the_approval_is_asked_again_when_a_vanished_one_comes_back_under_its_id(
    scenes: Scenes,
) -> None:
    """Always so where the text is the id."""
    scenes.approved(wait={"timeout": 0, "on_pending": "continue"})
    assert scenes.project.outputs_of("approval")["approved"] is True
    scenes.project.refresh()
    for scene in scenes:
        scenes.sandbox.remove(scene.case.vendor, scene.only().id)
        scene.change_a_little()
    run = scenes.project.up()
    assert run.succeeded, run.output
    assert {one.status for one in scenes.each(Scene.only).values()} == {Status.PENDING}
    assert scenes.project.outputs_of("approval")["approved"] is False
    assert "no verdict on tencent, yunpian" in run.diagnostics("approval")


@crossed("policy", (TENCENT, "retain", "retain"), (YUNPIAN, "delete", "delete"))
def test_a_state_that_was_rolled_back_finds_its_way(scene: Scene, policy: str) -> None:
    scene.project.policy(policy)
    scene.approved()
    before = scene.project.export()
    scene.rename(NEW)
    scene.sandbox.review_policy = "immediate"
    scene.project.apply()
    scene.project.restore(before)
    new = scene.bearing(NEW)
    run = scene.project.up("--skip-preview")
    if policy == "delete":
        assert not run.succeeded
        assert f'adopt="{scene.identifier(new)}"' in run.diagnostics("brand")
        scene.project.edit("brand", adopt=scene.identifier(new))
        run = scene.project.up()
    assert run.succeeded, run.output
    assert scene.bearing(NEW) == new
    assert scene.id == scene.identifier(new)
    assert scene.writes().count(scene.case.names.submit) == 2
    assert "2 unchanged" in scene.project.up("--skip-preview").output


@at(YUNPIAN)
@pytest.mark.parametrize("elsewhere", [False, True], ids=["this machine", "another machine"])
def test_a_rename_at_yunpian_that_was_cut_off_finds_its_way(scene: Scene, elsewhere: bool) -> None:
    scene.declare()
    scene.project.apply()
    scene.project.refresh()
    scene.rename(NEW)
    scene.fault(kind="slow", action="update", seconds=4)
    scene.project.kill_up(lambda: scene.only().text == NEW)
    if elsewhere:
        scene.project.go_to_another_machine()
        refused = scene.project.up()
        assert not refused.succeeded
        assert 'adopt="极客云科"' in refused.diagnostics("brand")
        scene.project.edit("brand", adopt=NEW)
    run = scene.project.up()
    assert run.succeeded, run.output
    assert scene.only().text == NEW
    assert "2 unchanged" in scene.project.up("--skip-preview").output


@at(TENCENT)
def test_a_signature_that_is_read_must_exist(scene: Scene) -> None:
    scene.project.write_program(READS.format(vendor="tencent", identifier="999999"))
    run = scene.project.up("--skip-preview")
    assert not run.succeeded
    assert "has no signature 999999" in run.output
    assert "a bug" not in run.output
    assert scene.project.refresh().succeeded


@at(TENCENT)
def test_a_signature_that_was_read_and_is_gone_breaks_no_refresh(scene: Scene) -> None:
    scene.approved()
    identifier = scene.identifier(scene.only())
    scene.project.pulumi("state", "delete", scene.project.urn("brand"), "--yes", check=True)
    scene.project.write_program(READS.format(vendor=scene.case.vendor, identifier=identifier))
    scene.project.apply()
    scene.sandbox.remove(scene.case.vendor, scene.only().id)
    scene.project.refresh()
    assert scene.project.destroy().succeeded


def test_a_gone_one_is_told_as_gone_and_nothing_else_is_claimed(tencent: Scene) -> None:
    tencent.approved()
    tencent.project.refresh()
    tencent.sandbox.remove("tencent", tencent.only().id)
    tencent.project.wait(timeout=0)
    run = tencent.project.up()
    said = run.diagnostics("approval")
    assert "GONE" in said
    assert "nothing is lost" not in said
    assert tencent.received(png())
    tencent.project.refresh()
    tencent.sandbox.review_policy = "immediate"
    run = tencent.project.up()
    assert run.succeeded, run.output
    assert tencent.texts() == {OLD: Status.APPROVED}


@at(ALIBABA)
@pytest.mark.parametrize("shows", ["earlier-material", "last-approved"])
def test_alibabas_previous_version_is_no_drift(scene: Scene, shows: str) -> None:
    scene.approved()
    scene.sandbox.switches.set({"alibaba.reads_show": shows})
    scene.project.edit("brand", qualification_id=2000418)
    run = scene.project.up()
    assert run.succeeded, run.output
    for _ in range(2):
        outputs = scene.project.outputs_of("brand")
        stays = shows == "last-approved"
        assert (outputs["usable"], outputs["edit_status"]) == (stays, "PENDING" if stays else "")
        assert outputs["qualification_id"] == 2000418
        scene.project.refresh()
    scene.forget_calls()
    assert "2 unchanged" in scene.project.up("--skip-preview").output
    assert scene.calls() == []

    scene.approve()
    said = scene.project.refresh().diagnostics("brand")
    assert "is APPROVED" in said
    outputs = scene.project.outputs_of("brand")
    assert (outputs["usable"], outputs["edit_status"]) == (True, "")
    assert "2 unchanged" in scene.project.up("--skip-preview").output
