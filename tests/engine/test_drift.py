"""What the vendor has by now: attached in a console, submitted by a run that was cut, or gone."""

from __future__ import annotations

import pytest
from pydantic import JsonValue

from pulumi_smssign.sandbox.review import Status
from tests.engine.cases import (
    ALIBABA,
    DELETES_OR_NOT,
    HUAWEI,
    TENCENT,
    UCLOUD,
    YUNPIAN,
    at,
    crossed,
)
from tests.engine.scene import OLD, Scene
from tests.images import png

FAILS = {"timeout": 0}
ATTACHED: dict[str, tuple[str, JsonValue]] = {
    "tencent": ("QualificationId", 2000418),
    "huawei": ("qualification_id", "Q-77"),
}


ATTACHES = at(TENCENT, HUAWEI)
"""The vendors whose consoles attach a qualification to an approved signature, and tell so."""


def attach(scene: Scene) -> object:
    name, value = ATTACHED[scene.case.vendor]
    scene.sandbox.change(scene.case.vendor, scene.only().id, fields={name: value})
    return value


@crossed(
    "seen",
    (TENCENT, (None, False), "alone, unrefreshed"),
    (TENCENT, (FAILS, True), "approval, refreshed"),
    (HUAWEI, (None, True), "alone, refreshed"),
    (HUAWEI, (FAILS, False), "approval, unrefreshed"),
)
def test_what_the_console_has_attached_is_no_change(
    scene: Scene, seen: tuple[dict[str, object] | None, bool]
) -> None:
    behind, refreshed = seen
    old = scene.approved(wait=behind)
    value = attach(scene)
    if refreshed:
        scene.project.refresh()
    scene.project.edit("brand", qualification_id=value)
    scene.forget_calls()
    run = scene.project.up()
    assert run.succeeded, run.output
    assert "DELETED" not in run.output
    assert scene.writes() == []
    assert scene.only().id == old.id
    assert scene.project.outputs_of("brand")["qualification_id"] == value
    scene.forget_calls()
    assert "unchanged" in scene.project.up("--skip-preview").output
    assert scene.calls() == []


@ATTACHES
def test_a_refresh_learns_what_the_program_leaves_out_and_asks_for_no_change(
    scene: Scene,
) -> None:
    scene.declare()
    scene.project.edit("brand", qualification_id=None)
    if scene.case.vendor == "tencent":
        scene.project.edit("brand", international=True)
    scene.sandbox.review_policy = "immediate"
    scene.project.apply()
    scene.sandbox.switches.reset()
    scene.sandbox.approve(scene.case.vendor, scene.only().id)
    value = attach(scene)
    scene.project.refresh()
    assert scene.project.outputs_of("brand")["qualification_id"] == value
    scene.forget_calls()
    preview = scene.project.preview("--expect-no-changes")
    assert preview.succeeded, preview.output
    assert scene.calls() == []


@ATTACHES
def test_what_the_console_has_not_attached_yet_is_refused_with_the_way(scene: Scene) -> None:
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


def test_what_ucloud_attaches_and_does_not_report_is_recorded_as_advised(tencent: Scene) -> None:
    ucloud = Scene(UCLOUD, tencent.project, tencent.sandbox, tencent.url)
    old = ucloud.approved()
    ucloud.project.edit("brand", qualification_id="qual-417")
    refused = ucloud.project.up()
    assert not refused.succeeded
    assert f'add adopt="{old.id}"' in refused.diagnostics("brand")
    ucloud.project.edit("brand", adopt=old.id)
    run = ucloud.project.up()
    assert run.succeeded, run.output
    assert ucloud.only().id == old.id
    assert ucloud.writes() == ["CreateUSMSSignature"]
    assert "2 unchanged" in ucloud.project.up("--skip-preview").output


@crossed("behind", (TENCENT, FAILS, "approval"), (ALIBABA, None, "alone"), (YUNPIAN, None, "alone"))
def test_words_to_the_reviewer_alone_are_no_reason_for_a_submission(
    scene: Scene, behind: dict[str, object] | None
) -> None:
    old = scene.approved(wait=behind)
    argument, value = scene.case.to_the_reviewer or ("notify", False)
    scene.project.edit("brand", **{argument: value})
    scene.forget_calls()
    run = scene.project.up()
    assert run.succeeded, run.output
    assert "DELETED" not in run.output
    assert scene.writes() == []
    assert scene.only().id == old.id
    scene.forget_calls()
    assert "unchanged" in scene.project.up("--skip-preview").output
    assert scene.calls() == []


@at(TENCENT)
def test_words_to_the_reviewer_mend_a_rejected_one(scene: Scene) -> None:
    scene.applied_and_rejected()
    assert scene.case.to_the_reviewer
    argument, value = scene.case.to_the_reviewer
    scene.project.edit("brand", **{argument: value})
    run = scene.project.up()
    assert run.succeeded, run.output
    assert scene.writes() == [scene.case.words.submit, scene.case.words.resubmit]


def cut_off_while_resubmitting(scene: Scene) -> None:
    """The vendor takes the change; nothing of it is written; the reviewer approves it."""
    scene.applied_and_rejected()
    scene.project.refresh()
    scene.change_the_proof()
    scene.fault(kind="slow", action=scene.case.words.resubmit, seconds=4)
    scene.project.kill_up(lambda: scene.only().status is Status.PENDING)
    scene.approve()
    scene.forget_calls()


@DELETES_OR_NOT
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


def test_the_other_way_out_of_a_doubt_leads_to_an_announcement(tencent: Scene) -> None:
    ucloud = Scene(UCLOUD, tencent.project, tencent.sandbox, tencent.url)
    cut_off_while_resubmitting(ucloud)
    ucloud.project.go_to_another_machine()
    assert not ucloud.project.up().succeeded
    ucloud.project.refresh()
    preview = ucloud.project.preview()
    assert "WILL BE DELETED FIRST" in preview.diagnostics("brand")


@DELETES_OR_NOT
def test_the_approval_is_asked_again_when_a_vanished_one_comes_back_under_its_id(
    scene: Scene,
) -> None:
    """Always so where the text is the id."""
    scene.approved(wait={"timeout": 0, "on_pending": "continue"})
    assert scene.project.outputs_of("approval")["approved"] is True
    scene.sandbox.remove(scene.case.vendor, scene.only().id)
    scene.change_a_little()
    run = scene.project.up()
    assert run.succeeded, run.output
    assert scene.only().status is Status.PENDING
    assert scene.project.outputs_of("approval")["approved"] is False
    assert "no verdict on brand" in run.diagnostics("approval")


@DELETES_OR_NOT
def test_a_state_that_was_rolled_back_finds_its_way(scene: Scene) -> None:
    scene.approved()
    before = scene.project.export()
    scene.rename("极客云科")
    scene.project.apply()
    scene.approve()
    scene.project.apply()
    scene.project.restore(before)
    new = scene.bearing("极客云科")
    refused = scene.project.up("--skip-preview")
    assert not refused.succeeded
    if scene.case.deletes:
        assert f'adopt="{new.id}"' in refused.diagnostics("brand")
    scene.project.edit("brand", adopt=scene.identifier(new))
    run = scene.project.up()
    assert run.succeeded, run.output
    assert scene.bearing("极客云科").status is Status.APPROVED
    assert scene.project.state("brand")["id"] == scene.identifier(new)
    assert "2 unchanged" in scene.project.up("--skip-preview").output


@pytest.mark.parametrize("elsewhere", [False, True], ids=["this machine", "another machine"])
def test_a_rename_at_yunpian_that_was_cut_off_finds_its_way(
    tencent: Scene, elsewhere: bool
) -> None:
    scene = Scene(YUNPIAN, tencent.project, tencent.sandbox, tencent.url)
    scene.declare()
    scene.project.apply()
    scene.rename("极客云科")
    scene.fault(kind="slow", action="update", seconds=4)
    scene.project.kill_up(lambda: scene.only().text == "极客云科")
    if elsewhere:
        scene.project.go_to_another_machine()
        refused = scene.project.up()
        assert not refused.succeeded
        assert 'adopt="极客云科"' in refused.diagnostics("brand")
        scene.project.edit("brand", adopt="极客云科")
    run = scene.project.up()
    assert run.succeeded, run.output
    assert scene.only().text == "极客云科"
    assert "2 unchanged" in scene.project.up("--skip-preview").output


@DELETES_OR_NOT
def test_a_signature_that_is_read_must_exist(scene: Scene) -> None:
    scene.project.write_program(
        "import pulumi, pulumi_smssign\n"
        f"found = pulumi_smssign.{scene.case.vendor}.Signature.get('x', '999999')\n"
        "pulumi_smssign.Approval('approval', signatures=[found], timeout=0)\n"
    )
    run = scene.project.up()
    assert not run.succeeded
    assert "has no signature 999999" in run.output
    assert "a bug" not in run.output
    assert scene.project.refresh().succeeded


@DELETES_OR_NOT
def test_a_signature_that_was_read_and_is_gone_breaks_no_refresh(scene: Scene) -> None:
    scene.approved()
    identifier = scene.identifier(scene.only())
    scene.project.pulumi("state", "delete", scene.project.urn("brand"), "--yes", check=True)
    scene.project.write_program(
        "import pulumi, pulumi_smssign\n"
        f"found = pulumi_smssign.{scene.case.vendor}.Signature.get('x', {identifier!r})\n"
        "pulumi_smssign.Approval('approval', signatures=[found], timeout=0)\n"
    )
    scene.project.apply()
    scene.sandbox.remove(scene.case.vendor, scene.only().id)
    scene.project.refresh()
    assert scene.project.destroy().succeeded


def test_a_gone_one_is_told_as_gone_and_nothing_else_is_claimed(tencent: Scene) -> None:
    tencent.approved()
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


def test_a_refresh_names_the_signature_whose_verdict_it_tells(tencent: Scene) -> None:
    tencent.declare()
    tencent.project.apply()
    tencent.reject("unreadable")
    said = tencent.project.refresh().output
    assert f"【{OLD}】 ({tencent.only().id}) is REJECTED (was PENDING): unreadable" in said


@pytest.mark.parametrize("shows", ["earlier-material", "last-approved"])
def test_what_alibaba_goes_on_showing_of_before_an_edit_is_no_drift(
    tencent: Scene, shows: str
) -> None:
    scene = Scene(ALIBABA, tencent.project, tencent.sandbox, tencent.url)
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
