"""Succession: what is approved stays until its successor is, and with "retain" for good."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest

from pulumi_smssign.sandbox.review import Status
from tests.engine.cases import ALIBABA, HUAWEI, TENCENT, UCLOUD, YUNPIAN, together
from tests.engine.scene import NEW, NEXT, OLD, Scene, Scenes

FAILS = {"timeout": 0}
APPROVED = {OLD: Status.APPROVED}
BOTH = {OLD: Status.APPROVED, NEW: Status.APPROVED}


def test_with_delete_the_old_one_goes_when_the_new_one_is_approved(scenes: Scenes) -> None:
    """A run that ends red at the Approval deletes nothing, though the engine comes to its end."""
    old = scenes.approved(wait=FAILS)
    scenes.rename(NEW)
    run = scenes.project.up()
    assert not run.succeeded
    again = scenes.project.up("--skip-preview", "--continue-on-error")
    assert not again.succeeded
    for scene in scenes:
        assert run.plans("replace", scene.name), run.output
        said = run.diagnostics(scene.name)
        assert ("stays until its successor is approved" in said) is scene.case.deletes
        assert ("can't delete signatures" in said) is not scene.case.deletes
        assert scene.texts() == {OLD: Status.APPROVED, NEW: Status.PENDING}
        assert scene.bearing(OLD) == old[scene.case.vendor]

    scenes.approve()
    done = scenes.project.up()
    assert done.succeeded, done.output
    for scene in scenes:
        said = done.diagnostics(scene.name)
        assert scene.id == scene.identifier(scene.bearing(NEW))
        assert scene.writes().count(scene.case.names.submit) == 2
        assert ("will be deleted: its successor is approved" in said) is scene.case.deletes
        assert ("is deleted: its successor is approved" in said) is scene.case.deletes
        assert scene.texts() == ({NEW: Status.APPROVED} if scene.case.deletes else BOTH)
    scenes.project.apply()  # it sees that they have gone
    must_be_settled(scenes)


def test_with_retain_the_old_one_stays_in_use_and_then_in_the_account(scenes: Scenes) -> None:
    scenes.project.policy("retain")
    old = scenes.approved()
    scenes.rename(NEW)
    run = scenes.project.up()
    assert run.succeeded, run.output
    for scene in scenes:
        assert run.plans("replace", scene.name), run.output
        said = run.diagnostics(scene.name)
        assert ("stays in the account, as deletion_policy says" in said) is scene.case.deletes
        assert scene.texts() == {OLD: Status.APPROVED, NEW: Status.PENDING}
    scenes.approve()
    scenes.project.apply()
    for scene in scenes:
        assert scene.texts() == BOTH
        assert scene.bearing(OLD) == old[scene.case.vendor]
        assert scene.id == scene.identifier(scene.bearing(NEW))
        assert scene.case.names.withdraw not in scene.writes()
    must_be_settled(scenes)


def must_be_settled(scenes: Scenes) -> None:
    """The next run changes nothing, and asks nobody: no predecessor is remembered any more."""
    scenes.forget_calls()
    again = scenes.project.up("--skip-preview")
    assert again.succeeded, again.output
    assert not re.search(r"[-+~] \d", again.output), again.output
    assert scenes.sandbox.calls() == []


def test_the_run_that_sees_the_verdict_deletes_the_old_one_and_tells_it(scenes: Scenes) -> None:
    scenes.approved(wait={"timeout": "60s"})
    scenes.rename(NEW)
    scenes.sandbox.review_policy = "after:2"
    run = scenes.project.apply()
    for scene in scenes:
        assert set(scene.texts()) == ({NEW} if scene.case.deletes else {OLD, NEW})
        said = run.diagnostics(scene.name)
        assert ("is deleted: its successor is approved" in said) is scene.case.deletes
    drift = scenes.project.preview("--expect-no-changes")
    assert drift.succeeded, drift.output


@pytest.mark.parametrize(
    ("policy", "behind"), [("retain", FAILS), ("delete", None)], ids=["retain", "delete"]
)
def test_a_text_can_be_taken_back(
    scenes: Scenes, policy: str, behind: Mapping[str, object] | None
) -> None:
    scenes.project.policy(policy)
    old = scenes.approved(wait=behind)
    scenes.rename(NEW)
    scenes.project.up("--skip-preview")
    assert {len(held) for held in scenes.each(Scene.held).values()} == {2}
    scenes.rename(OLD)
    run = scenes.project.up()
    assert run.succeeded, run.output
    for scene in scenes:
        assert "the change is taken back" in run.diagnostics(scene.name)
        assert scene.bearing(OLD) == old[scene.case.vendor]
        assert scene.id == scene.identifier(scene.bearing(OLD))
        assert scene.outputs["status"] == "APPROVED"
        assert scene.writes().count(scene.case.names.submit) == 2
        if scene.case in (TENCENT, UCLOUD):  # they delete what is in review
            assert scene.texts() == APPROVED
    scenes.forget_calls()
    again = scenes.project.up("--skip-preview")
    assert again.succeeded, again.output
    assert {tuple(writes) for writes in scenes.each(Scene.writes).values()} == {()}


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
    assert tencent.texts() == APPROVED
    assert tencent.only().id == old.id


@pytest.mark.parametrize(
    ("policy", "how"), [("retain", "dropped"), ("retain", "destroyed"), ("delete", "destroyed")]
)
def test_who_leaves_takes_the_waiting_ones_along_as_its_policy_says(
    tencent: Scene, policy: str, how: str
) -> None:
    tencent.project.policy(policy)
    old = tencent.approved()
    tencent.rename(NEW)
    tencent.project.apply()
    new = tencent.bearing(NEW)
    if how == "dropped":
        tencent.project.drop("brand")
    run = tencent.project.destroy() if how == "destroyed" else tencent.project.apply()
    assert run.succeeded, run.output
    assert f"【{NEW}】 ({new.id}) is deleted" in run.diagnostics("brand")
    assert tencent.held() == ([] if policy == "delete" else [old])
    stays = f"【{OLD}】 ({old.id}) stays in the account"
    assert (stays in run.diagnostics("brand")) is (policy == "retain")


@together(TENCENT, HUAWEI, YUNPIAN)
def test_a_rename_that_comes_while_an_earlier_one_waits_keeps_the_approved_one(
    scenes: Scenes,
) -> None:
    """Where an open application can't be changed the middle one is a signature of its own."""
    old = scenes.approved()
    for text in (NEW, NEXT):
        scenes.rename(text)
        scenes.project.apply()
    assert scenes.each(lambda scene: scene.bearing(OLD)) == old
    scenes.each(Scene.approve_all)
    for _ in range(2):
        scenes.project.apply()
    for scene in scenes:
        left = {NEXT} if scene.case.deletes else {OLD, NEXT}
        assert set(scene.texts()) == left


@together(HUAWEI, UCLOUD, ALIBABA)
def test_an_open_application_whose_text_can_not_be_changed_is_replaced(scenes: Scenes) -> None:
    """A typo seen after a minute is mended at once, also where the vendor deletes nothing open."""
    scenes.declare()
    scenes.project.apply()
    (ucloud,) = (scene for scene in scenes if scene.case is UCLOUD)
    scenes.sandbox.set_status("ucloud", ucloud.only().id, "1")
    scenes.project.edit(ucloud.name, qualification_id="qual-417")
    scenes.rename(NEW)
    run = scenes.project.up()
    assert run.succeeded, run.output
    assert scenes.each(lambda scene: scene.bearing(NEW).status) == scenes.each(
        lambda _: Status.PENDING
    )
    scenes.each(Scene.approve_all)
    for _ in range(2):
        scenes.project.apply()
    assert scenes.each(lambda scene: set(scene.texts())) == scenes.each(lambda _: {NEW})
