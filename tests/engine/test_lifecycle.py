"""The life of a signature on the real engine: at every vendor, in one stack where it is green."""

from __future__ import annotations

import pytest

from pulumi_smssign.sandbox.review import Status
from tests.engine.cases import (
    ALIBABA,
    CASES,
    HUAWEI,
    TENCENT,
    UCLOUD,
    YUNPIAN,
    at,
    together,
)
from tests.engine.scene import NEW, OLD, Scene, Scenes, digest
from tests.images import jpeg, png


def test_create_returns_as_soon_as_the_vendor_has_accepted(scenes: Scenes) -> None:
    scenes.declare()
    run = scenes.project.up()
    assert run.succeeded, run.output
    for scene in scenes:
        outputs, names = scene.outputs, scene.case.names
        assert outputs["status"] == "PENDING"
        assert outputs["vendor_status"] == scene.case.statuses.pending
        assert outputs["text"] == OLD
        assert outputs["usable"] is False
        assert outputs["revision"] == 1
        assert outputs["deletion_policy"] == "delete"
        assert scene.id == scene.only().id
        assert scene.writes() == [names.submit]

        (call,) = scene.calls(names.submit)
        assert call.fields[names.text] == OLD
        (call,) = scene.calls(names.evidence_action)
        sent = digest(png()) if scene.case.takes_files else "papers/licence.png"
        assert sent in str(call.fields[names.evidence])


def test_state_after_a_submission_is_what_the_answer_told_and_the_rest_is_no_news(
    scenes: Scenes,
) -> None:
    scenes.declare()
    run = scenes.project.apply()
    before = scenes.each(lambda scene: scene.outputs)
    for scene in scenes:
        assert scene.calls()[-1].action == scene.case.names.submit, "nothing is asked after it"
        assert scenes.project.outputs_of(scene.name)["__record"]["unseen"] is True
    run = scenes.project.refresh()
    for scene in scenes:
        assert run.diagnostics(scene.name) == ""
        assert "unseen" not in scenes.project.outputs_of(scene.name)["__record"]
        after = scene.outputs
        for name in ("id", "status", "vendor_status", "filing", "deliverable", "accepted_at"):
            assert after.get(name) == before[scene.case.vendor].get(name), (scene.name, name)
    scenes.forget_calls()
    scenes.project.apply()
    assert not any(scenes.each(Scene.calls).values())


@at(TENCENT)
def test_an_approval_waits_for_the_verdict(scene: Scene) -> None:
    scene.sandbox.review_policy = "after:2"
    scene.declare()
    scene.project.wait(timeout="60s")
    run = scene.project.apply()
    assert "brand 【极客科技】" in run.diagnostics("approval")
    assert "is PENDING" in run.diagnostics("approval")
    assert "is APPROVED" in run.diagnostics("approval")
    outputs = scene.project.outputs_of("approval")
    assert outputs["approved"] is True
    assert [(one["text"], one["status"]) for one in outputs["reviews"]] == [(OLD, "APPROVED")]


def test_a_rejected_signature_is_mended_under_the_same_id(scenes: Scenes) -> None:
    scenes.applied_and_rejected()
    scenes.project.wait(timeout=0)
    failed = scenes.project.up("--skip-preview")
    assert not failed.succeeded
    said = failed.diagnostics("approval")
    assert "5 of 5 signatures are not approved" in said
    for scene in scenes:
        assert f"{scene.name} 【{OLD}】" in said
    assert "is REJECTED: unreadable" in said
    assert "nothing is lost" in said
    assert "mend" in said

    before = scenes.each(lambda scene: scene.id)
    for scene in scenes:
        scene.change_the_proof()
    scenes.project.write("licence.png", jpeg())
    scenes.forget_calls()
    scenes.project.wait(timeout="60s")
    scenes.sandbox.review_policy = "immediate"
    run = scenes.project.up()
    assert run.succeeded, run.output
    for scene in scenes:
        assert run.plans("update", scene.name), run.output
        assert scene.outputs["revision"] == 2
        assert scene.writes() == [scene.case.names.resubmit]
        assert scene.received(jpeg()) is scene.case.takes_files
        assert not scene.received(png())
    assert scenes.each(lambda scene: scene.id) == before
    assert scenes.project.outputs_of("approval")["approved"] is True
    scenes.forget_calls()
    assert "7 unchanged" in scenes.project.up("--skip-preview").output
    assert scenes.sandbox.calls() == []


def test_a_fixed_field_replaces_a_rejected_signature(scenes: Scenes) -> None:
    """Nobody's approval is lost, so the old one goes in the same run."""
    scenes.applied_and_rejected()
    for scene in scenes:
        argument, value = scene.case.fixed_change
        scene.project.edit(scene.name, **{argument: value})
        if argument == "account":
            scene.project.name_account(scene.case.vendor, str(value))
    run = scenes.project.up()
    assert run.succeeded, run.output
    for scene in scenes:
        assert run.plans("replace", scene.name), run.output
        assert scene.case.names.resubmit not in scene.writes()
        assert scene.writes().count(scene.case.names.submit) == 2
        assert scene.id == scene.identifier(scene.held()[-1])
        assert len(scene.held()) == (1 if scene.case.deletes else 2)


@together(HUAWEI, TENCENT, UCLOUD, YUNPIAN)
def test_an_open_application_is_changed_where_the_vendor_takes_it(scenes: Scenes) -> None:
    scenes.declare()
    scenes.project.apply()
    taking = [scene for scene in scenes if scene.case.modifiable_while_pending]
    (huawei,) = (scene for scene in scenes if scene.case is HUAWEI)
    for scene in taking:
        scene.change_a_little()
    run = scenes.project.up()
    assert run.succeeded, run.output
    for scene in taking:
        assert "goes into review under the same id" in run.diagnostics(scene.name)
        assert scene.writes() == [scene.case.names.submit, scene.case.names.resubmit]
        assert scene.outputs["revision"] == 2

    huawei.change_a_little()
    refused = scenes.project.preview()
    assert not refused.succeeded
    assert "wait for the verdict" in refused.diagnostics(huawei.name)
    assert huawei.writes() == [huawei.case.names.submit]


@together(*(case for case in CASES if case.renames_in_place))
def test_a_rejected_signature_is_renamed_in_place(scenes: Scenes) -> None:
    scenes.applied_and_rejected()
    before = scenes.each(lambda scene: scene.id)
    scenes.rename(NEW)
    scenes.project.apply()
    assert set(scenes.each(lambda scene: scene.only().text).values()) == {NEW}
    assert scenes.each(lambda scene: scene.id) == before
    scenes.forget_calls()
    assert "5 unchanged" in scenes.project.up("--skip-preview").output
    scenes.project.refresh()
    assert set(scenes.each(lambda scene: scene.outputs["text"]).values()) == {NEW}


@pytest.mark.parametrize(
    "options", [(), ("--continue-on-error", "--skip-preview")], ids=["plain", "continued"]
)
@together(*(case for case in CASES if case.renames_in_place))
def test_a_rename_to_what_the_account_has_approved_takes_that_over(
    scenes: Scenes, options: tuple[str, ...]
) -> None:
    """The vendor would refuse it in place, and the next preview would say the same again."""
    scenes.project.policy("retain")
    scenes.approved()
    for scene in scenes:
        scene.project.drop(scene.name)
    scenes.project.apply()
    for scene in scenes:
        scene.declare(**{scene.case.text: NEW})
    scenes.project.apply()
    for scene in scenes:
        scene.sandbox.reject(scene.case.vendor, scene.bearing(NEW).id, "unreadable")
    scenes.forget_calls()

    scenes.rename(OLD)
    if options:
        scenes.project.wait(timeout=0)
    run = scenes.project.up(*options)
    assert run.succeeded, run.output
    assert not options or scenes.project.outputs_of("approval")["approved"] is True
    for scene in scenes:
        said = run.diagnostics(scene.name)
        assert options or f"takes over 【{OLD}】" in said  # the preview's words
        assert "is taken over: the account had it as declared" in said
        assert scene.id == scene.identifier(scene.bearing(OLD))
        withdrawn = [scene.case.names.withdraw] if scene.case.deletes else []
        assert scene.writes() == withdrawn
        assert scene.bearing(OLD).status is Status.APPROVED


@together(TENCENT, YUNPIAN)
def test_the_same_picture_under_another_path_is_no_change(scenes: Scenes) -> None:
    scenes.declare()
    scenes.project.apply()
    for scene in scenes:
        moved = scene.case.evidence_from(scene.project.write("moved/scan.png", png()))
        scene.project.edit(scene.name, **{scene.case.evidence: moved})
    scenes.forget_calls()
    assert "3 unchanged" in scenes.project.up().output
    assert scenes.sandbox.calls() == []


def test_up_twice_is_no_change_and_no_call_in_every_status(scenes: Scenes) -> None:
    standings = [
        (scene, vendor_status, status)
        for scene in scenes
        for vendor_status, status in {
            scene.case.statuses.pending: "PENDING",
            scene.case.statuses.approved: "APPROVED",
            scene.case.statuses.rejected: "REJECTED",
            **scene.case.statuses.others,
        }.items()
    ]
    for number, (scene, _, _) in enumerate(standings):
        scene.declare(f"brand{number}", **{scene.case.text: f"{OLD}{number}"})
    scenes.project.apply()
    for number, (scene, vendor_status, _) in enumerate(standings):
        held = scene.bearing(f"{OLD}{number}")
        scenes.sandbox.set_status(scene.case.vendor, held.id, vendor_status, "words")
    scenes.project.refresh()
    for number, (_, _, status) in enumerate(standings):
        assert scenes.project.outputs_of(f"brand{number}")["status"] == status
    scenes.forget_calls()
    run = scenes.project.up("--skip-preview")
    assert f"{len(standings) + 1} unchanged" in run.output, run.output
    assert scenes.sandbox.calls() == []


def test_a_refresh_tells_the_verdict_and_the_drift_which_the_next_preview_shows(
    scenes: Scenes,
) -> None:
    scenes.applied_and_rejected()
    for scene in scenes:
        scenes.sandbox.change(scene.case.vendor, scene.only().id, **scene.case.drift[0])
    run = scenes.project.refresh()
    preview = scenes.project.preview("--diff")
    assert preview.succeeded, preview.output
    for scene in scenes:
        said = run.diagnostics(scene.name)
        assert f"({scene.identifier(scene.only())}) is REJECTED (was PENDING): unreadable" in said
        assert (scene.outputs["status"], scene.outputs["reason"]) == ("REJECTED", "unreadable")
        _, argument, value = scene.case.drift
        assert scene.outputs[argument] == value
        assert f"{argument}" in preview.output
        assert str(value) in preview.output


@at(TENCENT)
def test_a_refresh_succeeds_when_the_drift_could_not_be_taken_back(scene: Scene) -> None:
    scene.declare()
    scene.project.apply()
    scene.sandbox.change(scene.case.vendor, scene.only().id, **scene.case.drift[0])
    scene.sandbox.set_status(scene.case.vendor, scene.only().id, scene.case.statuses.unknown)
    scene.project.refresh()
    assert scene.outputs["status"] == "UNKNOWN"
    refused = scene.project.preview()
    assert not refused.succeeded
    assert "which this version does not know" in refused.diagnostics("brand")


@together(TENCENT, YUNPIAN)
def test_a_vanished_signature_is_created_anew(scenes: Scenes) -> None:
    scenes.declare()
    scenes.project.apply()
    scenes.project.refresh()
    gone = scenes.each(lambda scene: scene.only().id)
    for scene in scenes:
        scenes.sandbox.remove(scene.case.vendor, scene.only().id)
    scenes.project.refresh()
    assert not any(scenes.project.has(scene.name) for scene in scenes)
    scenes.project.apply()
    for scene in scenes:
        assert scene.id == scene.only().id
        assert scene.writes() == [scene.case.names.submit] * 2
        assert (scene.id != gone[scene.case.vendor]) is not scene.case.knows_by_text


@together(TENCENT, YUNPIAN)
def test_a_vanished_and_changed_signature_is_created_anew_without_a_refresh(scenes: Scenes) -> None:
    scenes.applied_and_rejected()
    scenes.project.refresh()
    for scene in scenes:
        scenes.sandbox.remove(scene.case.vendor, scene.only().id)
        scene.change_a_little()
    run = scenes.project.up()
    assert run.succeeded, run.output
    for scene in scenes:
        assert "no longer has this signature" in run.diagnostics(scene.name)
        assert scene.id == scene.only().id


def test_destroy_deletes_what_is_rejected_where_the_vendor_deletes(scenes: Scenes) -> None:
    scenes.applied_and_rejected()
    run = scenes.project.destroy()
    assert run.succeeded, run.output
    for scene in scenes:
        assert (scene.held() == []) is scene.case.deletes
        said = run.diagnostics(scene.name)
        assert ("is deleted: it is REJECTED" in said) is scene.case.deletes
        assert ("stays in the account" in said) is not scene.case.deletes
    assert scenes.project.resources() == []


@together(ALIBABA, HUAWEI, UCLOUD)
def test_destroy_leaves_what_the_vendor_deletes_after_the_verdict_only(scenes: Scenes) -> None:
    scenes.declare()
    scenes.project.apply()
    (ucloud,) = (scene for scene in scenes if scene.case is UCLOUD)
    scenes.sandbox.set_status("ucloud", ucloud.only().id, "1")
    run = scenes.project.destroy()
    assert run.succeeded, run.output
    for scene in scenes:
        assert scene.only().status is Status.PENDING
        assert f"【{OLD}】" in run.diagnostics(scene.name)
        assert "stays in the account" in run.diagnostics(scene.name)
    assert scenes.project.resources() == []


def test_destroy_leaves_what_is_approved_and_retained_and_the_next_up_takes_it_up(
    scenes: Scenes,
) -> None:
    scenes.project.policy("retain")
    old = scenes.approved()
    run = scenes.project.destroy()
    assert run.succeeded, run.output
    assert scenes.each(Scene.only) == old
    again = scenes.project.up()
    assert again.succeeded, again.output
    for scene in scenes:
        said = run.diagnostics(scene.name)
        assert "stays in the account" in said
        assert "declared again it is taken up by itself" in said or not scene.case.deletes
        assert "is taken over: the account had it as declared" in again.diagnostics(scene.name)
        assert scene.id == scene.identifier(scene.only())
        assert scene.writes() == [scene.case.names.submit]
    assert scenes.each(Scene.only) == old
    scenes.forget_calls()
    assert "6 unchanged" in scenes.project.up("--skip-preview").output
    assert scenes.sandbox.calls() == []


def test_destroy_with_delete_deletes_what_is_approved(scenes: Scenes) -> None:
    scenes.approved()
    run = scenes.project.destroy()
    assert run.succeeded, run.output
    for scene in scenes:
        said = run.diagnostics(scene.name)
        assert (scene.held() == []) is scene.case.deletes
        assert ('its deletion_policy is "delete"' in said) is scene.case.deletes


@together(TENCENT, YUNPIAN)
def test_destroy_of_what_is_gone_succeeds(scenes: Scenes) -> None:
    scenes.declare()
    scenes.project.apply()
    scenes.project.refresh()
    for scene in scenes:
        scenes.sandbox.remove(scene.case.vendor, scene.only().id)
    run = scenes.project.destroy()
    assert run.succeeded, run.output
    for scene in scenes:
        assert "no longer had it" in run.diagnostics(scene.name)
    assert scenes.project.resources() == []


def test_warnings_stand_on_the_resources_own_row_in_the_preview(scenes: Scenes) -> None:
    for scene in scenes:
        scene.declare(**scene.case.doubtful)
    preview = scenes.project.preview()
    for scene in scenes:
        assert "warning:" in preview.diagnostics(scene.name), preview.output
    assert preview.diagnostics("test-dev") == ""
