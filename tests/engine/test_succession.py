"""When the old one goes: a signature that is approved stays until its successor is."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest

from pulumi_smssign.sandbox.review import Status
from tests.engine.cases import (
    ALIBABA,
    CASES,
    DELETES_OR_NOT,
    HUAWEI,
    TENCENT,
    UCLOUD,
    YUNPIAN,
    at,
    crossed,
)
from tests.engine.scene import NEW, OLD, Scene

FAILS = {"timeout": 0}
CONTINUES = {"timeout": 0, "on_pending": "continue"}


@crossed(
    "behind",
    (TENCENT, FAILS, "approval"),
    (ALIBABA, FAILS, "approval"),
    *((case, None, "alone") for case in CASES),
)
def test_approved_content_can_be_changed(scene: Scene, behind: Mapping[str, object]) -> None:
    """For a deletion first the engine asks the dependents with unknown inputs."""
    scene.approved(wait=behind)
    scene.change_the_proof()
    scene.forget_calls()
    scene.sandbox.review_policy = "immediate"
    run = scene.project.up()
    assert "a bug" not in run.output
    if not scene.case.deletes:
        assert "no way to delete it" in run.diagnostics("brand")
        assert "another text" in run.diagnostics("brand")
        assert scene.writes() == []
        return
    assert run.succeeded, run.output
    said = run.output.partition("Updating")[0]
    if scene.case.editable:
        assert "WILL BE OUT OF USE" in said
        assert scene.writes() == [scene.case.words.resubmit]
    else:
        assert "WILL BE DELETED FIRST" in said
        assert run.plans("replace", "brand"), run.output
        assert scene.writes() == [scene.case.words.withdraw, scene.case.words.submit]
    assert scene.project.state("brand")["id"] == scene.identifier(scene.only())
    if behind:
        assert scene.project.outputs_of("approval")["approved"] is True


@crossed(
    "behind",
    (TENCENT, None, "alone"),
    (TENCENT, CONTINUES, "continuing approval"),
    *((case, FAILS, "approval") for case in CASES),
)
def test_the_old_one_stays_until_the_new_one_is_approved(
    scene: Scene, behind: Mapping[str, object] | None
) -> None:
    old = scene.approved(wait=behind)
    scene.rename(NEW)
    run = scene.project.up()
    assert run.succeeded is (behind is not FAILS), run.output
    assert run.plans("replace", "brand"), run.output
    if not scene.case.deletes:
        assert f"can't delete signatures: 【{OLD}】 stays" in run.diagnostics("brand")
    assert scene.texts() == {OLD: Status.APPROVED, NEW: Status.PENDING}
    assert scene.case.words.withdraw not in scene.writes()
    if run.succeeded and scene.case.deletes:
        assert f"【{OLD}】 ({old.id}) stays" in run.diagnostics("brand")
    if behind is FAILS:
        assert "is PENDING" in run.diagnostics("approval")
        assert not scene.project.up("--skip-preview").succeeded
        assert set(scene.texts()) == {OLD, NEW}

    scene.approve()
    done = scene.project.up()
    assert done.succeeded, done.output
    new = scene.identifier(scene.bearing(NEW))
    assert scene.project.state("brand")["id"] == new != scene.identifier(old)
    assert scene.writes().count(scene.case.words.submit) == 2
    if scene.case.deletes:
        assert "will be deleted: its successor is approved" in done.diagnostics("brand")
        assert scene.texts() == {NEW: Status.APPROVED}
    else:
        assert scene.texts() == {OLD: Status.APPROVED, NEW: Status.APPROVED}
    scene.project.apply()
    scene.forget_calls()
    again = scene.project.up("--skip-preview")
    assert "unchanged" in again.output
    assert not re.search(r"[-+~] \d", again.output), again.output
    assert scene.calls() == []


@DELETES_OR_NOT
def test_an_approval_that_sees_the_verdict_has_the_old_one_deleted_in_its_own_run(
    scene: Scene,
) -> None:
    scene.approved(wait={"timeout": "60s"})
    scene.rename(NEW)
    scene.sandbox.review_policy = "after:2"
    run = scene.project.up("--skip-preview")
    assert run.succeeded, run.output
    left = {NEW} if scene.case.deletes else {OLD, NEW}
    assert set(scene.texts()) == left
    drift = scene.project.preview("--expect-no-changes")
    assert drift.succeeded, drift.output


@pytest.mark.parametrize("arguments", [("--target",), ("--continue-on-error",)], ids=" ".join)
def test_no_way_to_run_it_deletes_the_old_one_early(
    tencent: Scene, arguments: tuple[str, ...]
) -> None:
    tencent.approved(wait=FAILS)
    tencent.rename(NEW)
    if arguments == ("--target",):
        arguments = ("--target", tencent.project.urn("brand"))
    tencent.project.up(*arguments)
    tencent.project.up("--skip-preview", *arguments)
    assert tencent.texts() == {OLD: Status.APPROVED, NEW: Status.PENDING}
    tencent.approve()
    run = tencent.project.up("--skip-preview")
    assert run.succeeded, run.output
    assert tencent.texts() == {NEW: Status.APPROVED}


def test_what_is_rejected_goes_at_once(tencent: Scene) -> None:
    """Nobody's approval is lost: it need not wait."""
    tencent.applied_and_rejected()
    tencent.project.edit("brand", international=True)
    run = tencent.project.up()
    assert run.succeeded, run.output
    assert [one.status for one in tencent.held()] == [Status.PENDING]


@crossed(
    "behind",
    (TENCENT, None, "alone"),
    (TENCENT, CONTINUES, "continuing approval"),
    (YUNPIAN, FAILS, "approval"),
)
def test_a_text_can_be_taken_back(scene: Scene, behind: Mapping[str, object] | None) -> None:
    old = scene.approved(wait=behind)
    scene.rename(NEW)
    scene.project.up("--skip-preview")
    scene.rename(OLD)
    preview = scene.project.preview()
    assert "the change is taken back" in preview.diagnostics("brand"), preview.output
    scene.project.apply()
    assert scene.bearing(OLD).id == old.id
    assert scene.bearing(OLD).status is Status.APPROVED
    assert scene.project.state("brand")["id"] == scene.identifier(scene.bearing(OLD))
    assert scene.project.outputs_of("brand")["status"] == "APPROVED"
    assert scene.writes().count(scene.case.words.submit) == 2
    if scene.case.vendor in {"tencent", "ucloud"}:
        assert scene.texts() == {OLD: Status.APPROVED}
    scene.forget_calls()
    again = scene.project.up("--skip-preview")
    assert again.succeeded, again.output
    assert scene.writes() == []
    assert scene.bearing(OLD).id == old.id


def test_a_text_that_comes_back_with_other_content_is_kept_as_the_advice_says(
    tencent: Scene,
) -> None:
    old = tencent.approved()
    tencent.rename(NEW)
    tencent.project.apply()
    tencent.rename(OLD)
    tencent.change_the_proof()
    refused = tencent.project.up()
    assert not refused.succeeded
    said = refused.diagnostics("brand")
    assert "proof_image" in said
    assert f'adopt="{old.id}"' in said
    tencent.project.edit("brand", adopt=old.id)
    run = tencent.project.up()
    assert run.succeeded, run.output
    assert tencent.texts() == {OLD: Status.APPROVED}
    assert tencent.only().id == old.id


def test_a_destroy_takes_the_waiting_ones_along(tencent: Scene) -> None:
    tencent.approved()
    tencent.rename(NEW)
    tencent.project.apply()
    run = tencent.project.destroy()
    assert run.succeeded, run.output
    assert tencent.held() == []


def test_a_resource_that_leaves_the_program_takes_the_waiting_ones_along(tencent: Scene) -> None:
    tencent.approved()
    tencent.rename(NEW)
    tencent.project.apply()
    tencent.project.drop("brand")
    tencent.project.apply()
    assert tencent.held() == []


def test_what_the_user_retains_is_never_deleted(tencent: Scene) -> None:
    tencent.approved()
    tencent.project.option("brand", retain_on_delete=True)
    tencent.project.apply()
    tencent.rename(NEW)
    tencent.project.apply()
    tencent.approve()
    for _ in range(2):
        tencent.project.apply()
    assert tencent.texts() == {OLD: Status.APPROVED, NEW: Status.APPROVED}


@pytest.mark.parametrize("behind", [None, FAILS], ids=["alone", "approval"])
def test_a_program_that_wants_the_deletion_first_is_told_so(
    tencent: Scene, behind: Mapping[str, object] | None
) -> None:
    tencent.approved(wait=behind)
    tencent.project.option("brand", delete_before_replace=True)
    tencent.rename(NEW)
    preview = tencent.project.preview()
    assert "WILL BE DELETED FIRST" in preview.diagnostics("brand")
    assert "delete_before_replace=True" in preview.diagnostics("brand")
    tencent.forget_calls()
    tencent.project.up("--skip-preview")
    assert tencent.writes() == ["DeleteSmsSign", "AddSmsSign"]
    assert tencent.texts() == {NEW: Status.PENDING}


@DELETES_OR_NOT
def test_a_rename_that_comes_while_an_earlier_one_waits_keeps_the_approved_one(
    scene: Scene,
) -> None:
    """Where an open application can't be changed the middle one is a signature of its own."""
    old = scene.approved()
    scene.rename(NEW)
    scene.project.apply()
    scene.rename("极客网络")
    scene.project.apply()
    assert scene.bearing(OLD).id == old.id
    assert scene.bearing(OLD).status is Status.APPROVED
    scene.approve_all()
    for _ in range(2):
        scene.project.apply()
    if scene.case.deletes:
        assert set(scene.texts()) == {"极客网络"}


@at(HUAWEI, UCLOUD, ALIBABA)
def test_an_open_application_whose_text_can_not_be_changed_is_replaced(scene: Scene) -> None:
    """A typo seen after a minute is mended at once, also where the vendor deletes nothing open."""
    scene.declare()
    scene.project.apply()
    if scene.case.vendor == "ucloud":
        scene.sandbox.set_status("ucloud", scene.only().id, "1")
        scene.project.edit("brand", qualification_id="qual-417")
    scene.rename(NEW)
    run = scene.project.up()
    assert run.succeeded, run.output
    assert scene.bearing(NEW).status is Status.PENDING
    scene.approve_all()
    for _ in range(2):
        scene.project.apply()
    assert set(scene.texts()) == {NEW}


@pytest.mark.parametrize("scene", [case for case in CASES if case.deletes], ids=str, indirect=True)
def test_what_is_deleted_since_its_successor_is_approved_is_told(scene: Scene) -> None:
    scene.approved()
    scene.rename(NEW)
    scene.sandbox.review_policy = "immediate"
    run = scene.project.up("--skip-preview")
    assert run.succeeded, run.output
    assert list(scene.texts()) == [NEW]
    assert "is deleted: its successor is approved" in run.diagnostics("brand")
