"""The life of a signature on the real engine: one suite, run for every vendor."""

from __future__ import annotations

from pulumi_smssign.sandbox.review import Status
from tests.engine.cases import ALIBABA, CASES, DELETES_OR_NOT, RENAMES_IN_PLACE, TENCENT, crossed
from tests.engine.scene import NEW, OLD, Scene, digest
from tests.images import jpeg, png


def test_create_returns_as_soon_as_the_vendor_has_accepted(scene: Scene) -> None:
    scene.declare()
    run = scene.project.up()
    assert run.succeeded, run.output
    outputs = scene.project.outputs_of("brand")
    assert outputs["status"] == "PENDING"
    assert outputs["vendor_status"] == scene.case.statuses.pending
    assert outputs["text"] == OLD
    assert outputs["usable"] is False
    assert outputs["revision"] == 1
    assert scene.project.state("brand")["id"] == scene.only().id
    assert scene.writes() == [scene.case.words.submit]

    (call,) = scene.calls(scene.case.words.submit)
    assert call.fields[scene.case.words.text] == OLD
    (call,) = scene.calls(scene.case.words.evidence_action)
    sent = digest(png()) if scene.case.takes_files else "papers/licence.png"
    assert sent in str(call.fields[scene.case.words.evidence])


@DELETES_OR_NOT
def test_an_approval_waits_for_the_verdict(scene: Scene) -> None:
    scene.sandbox.review_policy = "after:2"
    scene.declare()
    scene.project.wait(timeout="60s")
    run = scene.project.up("--skip-preview")
    assert run.succeeded, run.output
    assert "brand 【极客科技】" in run.diagnostics("approval")
    assert "is PENDING" in run.diagnostics("approval")
    assert "is APPROVED" in run.diagnostics("approval")
    outputs = scene.project.outputs_of("approval")
    assert outputs["approved"] is True
    assert [(one["text"], one["status"]) for one in outputs["reviews"]] == [(OLD, "APPROVED")]


def test_a_rejected_signature_is_mended_under_the_same_id(scene: Scene) -> None:
    scene.declare()
    scene.project.apply()
    scene.reject("the licence can't be read")
    scene.project.wait(timeout=0)
    failed = scene.project.up("--skip-preview")
    assert not failed.succeeded
    said = failed.diagnostics("approval")
    assert "is REJECTED: the licence can't be read" in said
    assert "nothing is lost" in said
    assert "mend" in said

    before = scene.project.state("brand")["id"]
    if scene.case.takes_files:
        scene.project.write("licence.png", jpeg())
    else:
        scene.change_the_proof()
    scene.forget_calls()
    scene.project.wait(timeout="60s")
    scene.sandbox.review_policy = "immediate"
    run = scene.project.up()
    assert run.succeeded, run.output
    assert run.plans("update", "brand"), run.output
    assert scene.project.state("brand")["id"] == before
    assert scene.project.outputs_of("brand")["revision"] == 2
    assert scene.project.outputs_of("approval")["approved"] is True
    assert scene.writes() == [scene.case.words.resubmit]
    if scene.case.takes_files:
        assert scene.received(jpeg())
        assert not scene.received(png())
    scene.forget_calls()
    assert "3 unchanged" in scene.project.up("--skip-preview").output
    assert scene.calls() == []


def test_a_fixed_field_replaces_the_signature(scene: Scene) -> None:
    scene.applied_and_rejected()
    argument, value = scene.case.fixed_change
    scene.project.edit("brand", **{argument: value})
    run = scene.project.up()
    assert run.succeeded, run.output
    assert run.plans("replace", "brand"), run.output
    assert scene.case.words.resubmit not in scene.writes()
    assert scene.writes().count(scene.case.words.submit) == 2
    newest = scene.held()[-1]
    assert scene.project.state("brand")["id"] == scene.identifier(newest)
    assert len(scene.held()) == (1 if scene.case.deletes else 2)


def test_an_open_application_is_changed_where_the_vendor_takes_it(scene: Scene) -> None:
    scene.declare()
    scene.project.apply()
    scene.change_a_little()
    preview = scene.project.preview()
    if scene.case.modifiable_while_pending:
        assert preview.plans("update", "brand"), preview.output
        assert "goes into review under the same id" in preview.diagnostics("brand")
        scene.project.apply()
        assert scene.writes() == [scene.case.words.submit, scene.case.words.resubmit]
        assert scene.project.outputs_of("brand")["revision"] == 2
    else:
        assert not preview.succeeded
        assert "wait for the verdict" in preview.diagnostics("brand")
        assert scene.writes() == [scene.case.words.submit]


@RENAMES_IN_PLACE
def test_a_rejected_signature_is_renamed_in_place(scene: Scene) -> None:
    scene.applied_and_rejected()
    before = scene.project.state("brand")["id"]
    scene.rename(NEW)
    scene.project.apply()
    assert scene.only().text == NEW
    assert scene.project.state("brand")["id"] == before
    assert scene.project.outputs_of("brand")["text"] == NEW
    scene.forget_calls()
    assert "2 unchanged" in scene.project.up("--skip-preview").output
    scene.project.refresh()
    assert scene.project.outputs_of("brand")["text"] == NEW


@DELETES_OR_NOT
def test_the_same_picture_under_another_path_is_no_change(scene: Scene) -> None:
    scene.declare()
    scene.project.apply()
    moved = scene.case.evidence_from(scene.project.write("moved/scan.png", png()))
    scene.project.edit("brand", **{scene.case.evidence: moved})
    scene.forget_calls()
    run = scene.project.up()
    assert run.succeeded, run.output
    assert "2 unchanged" in run.output
    assert scene.calls() == []


def test_up_twice_is_no_change_and_no_call_in_every_status(scene: Scene) -> None:
    standings = {
        scene.case.statuses.pending: "PENDING",
        scene.case.statuses.approved: "APPROVED",
        scene.case.statuses.rejected: "REJECTED",
        **scene.case.statuses.others,
    }
    for number in range(len(standings)):
        scene.declare(f"brand{number}", **{scene.case.text: f"{OLD}{number}"})
    scene.project.apply()
    for number, vendor_status in enumerate(standings):
        held = scene.bearing(f"{OLD}{number}")
        scene.sandbox.set_status(scene.case.vendor, held.id, vendor_status, "words")
    scene.project.refresh()
    for number, status in enumerate(standings.values()):
        assert scene.project.outputs_of(f"brand{number}")["status"] == status
    scene.forget_calls()
    run = scene.project.up("--skip-preview")
    assert f"{len(standings) + 1} unchanged" in run.output, run.output
    assert scene.calls() == []


def test_drift_is_seen_by_a_refresh_and_shown_by_the_next_preview(scene: Scene) -> None:
    scene.applied_and_rejected()
    change, argument, value = scene.case.drift
    scene.sandbox.change(scene.case.vendor, scene.only().id, **change)
    scene.project.refresh()
    assert scene.project.outputs_of("brand")[argument] == value
    preview = scene.project.preview("--diff")
    assert str(value) in preview.output
    assert argument in preview.output


@DELETES_OR_NOT
def test_a_refresh_succeeds_when_the_drift_could_not_be_taken_back(scene: Scene) -> None:
    scene.declare()
    scene.project.apply()
    scene.sandbox.change(scene.case.vendor, scene.only().id, **scene.case.drift[0])
    scene.sandbox.set_status(scene.case.vendor, scene.only().id, scene.case.statuses.unknown)
    scene.project.refresh()
    assert scene.project.outputs_of("brand")["status"] == "UNKNOWN"
    refused = scene.project.preview()
    assert not refused.succeeded
    assert "which this version does not know" in refused.diagnostics("brand")


@DELETES_OR_NOT
def test_a_refresh_tells_a_new_verdict_on_the_signatures_own_row(scene: Scene) -> None:
    scene.declare()
    scene.project.apply()
    scene.reject("unreadable")
    run = scene.project.refresh()
    assert "REJECTED (was PENDING): unreadable" in run.diagnostics("brand")
    outputs = scene.project.outputs_of("brand")
    assert (outputs["status"], outputs["reason"]) == ("REJECTED", "unreadable")


@DELETES_OR_NOT
def test_what_is_gone_is_created_anew(scene: Scene) -> None:
    scene.declare()
    scene.project.apply()
    gone = scene.only().id
    scene.sandbox.remove(scene.case.vendor, gone)
    scene.project.refresh()
    assert not scene.project.has("brand")
    scene.project.apply()
    assert scene.project.state("brand")["id"] == scene.only().id
    assert scene.writes() == [scene.case.words.submit] * 2
    assert (scene.only().id != gone) is not scene.case.knows_by_text


@DELETES_OR_NOT
def test_what_is_gone_and_was_changed_is_created_anew_without_a_refresh(scene: Scene) -> None:
    scene.applied_and_rejected()
    scene.sandbox.remove(scene.case.vendor, scene.only().id)
    scene.change_a_little()
    run = scene.project.up()
    assert run.succeeded, run.output
    assert "no longer has this signature" in run.diagnostics("brand")
    assert scene.project.state("brand")["id"] == scene.only().id


@crossed(
    "moment",
    (TENCENT, "before", "before the update looks"),
    (ALIBABA, "before", "before the update looks"),
    *((case, "after", "after the update looked") for case in CASES if not case.editable),
)
def test_approved_between_preview_and_update_is_one_clear_message(
    scene: Scene, moment: str
) -> None:
    """Where an approved one can be edited nobody can tell what came after the look."""
    scene.applied_and_rejected()
    scene.change_a_little()
    words = scene.case.words
    action, skip = (words.look, 1) if moment == "before" else (words.resubmit, 0)
    scene.fault(kind="verdict", action=action, skip=skip, verdict="approve", id=scene.only().id)
    scene.forget_calls()
    run = scene.project.up()
    assert not run.succeeded
    said = run.diagnostics("brand")
    assert "what to do" in said
    assert "run `pulumi up` again" in said or "can't be changed any more" in said
    assert "Traceback" not in run.output
    assert scene.case.words.withdraw not in scene.writes()
    assert scene.only().status is Status.APPROVED

    again = scene.project.preview()
    if scene.case.editable:
        assert "WILL BE OUT OF USE" in again.diagnostics("brand")
    elif scene.case.deletes:
        assert again.plans("replace", "brand"), again.output
    else:
        assert "no way to delete it" in again.diagnostics("brand")


def test_destroy_deletes_at_the_vendor(scene: Scene) -> None:
    scene.applied_and_rejected()
    run = scene.project.destroy()
    assert run.succeeded, run.output
    if scene.case.deletes:
        assert scene.held() == []
    else:
        assert "stays in the account" in run.diagnostics("brand")
        assert scene.only().text == OLD
    assert not scene.project.has("brand")


@DELETES_OR_NOT
def test_destroy_of_what_is_gone_succeeds(scene: Scene) -> None:
    scene.declare()
    scene.project.apply()
    scene.sandbox.remove(scene.case.vendor, scene.only().id)
    run = scene.project.destroy()
    assert run.succeeded, run.output
    if scene.case.deletes:
        assert "no longer had it" in run.diagnostics("brand")
    assert not scene.project.has("brand")


def test_warnings_stand_on_the_resources_own_row_in_the_preview(scene: Scene) -> None:
    scene.declare(**scene.case.doubtful)
    preview = scene.project.preview()
    assert "warning:" in preview.diagnostics("brand"), preview.output
    assert preview.diagnostics("test-dev") == ""
