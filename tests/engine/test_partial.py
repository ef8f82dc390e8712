"""What goes wrong after a vendor's yes: red, and state has what the vendor accepted."""

from __future__ import annotations

import pytest

from pulumi_smssign.sandbox.review import Status
from tests.engine.cases import CASES, HUAWEI, TENCENT, at
from tests.engine.project import Project
from tests.engine.scene import NEW, NEXT, OLD, Scene, Scenes

_BROKEN = """
import pathlib

from pulumi_smssign.core.account_cache import AccountCache

look = AccountCache.first_review

def broken(self, handle):
    if pathlib.Path("broken").exists():
        raise ZeroDivisionError("an answer that we can't read")
    return look(self, handle)

AccountCache.first_review = broken
"""
"""A bug of ours in the look that follows a submission, while there is a file `broken`."""


def break_the_look(project: Project) -> None:
    """From now on the plugin can't read what a vendor says of a signature."""
    patch = project.folder.with_name("patch.py")
    patch.write_text(_BROKEN)
    project.environment["PYTHON_PATCH"] = str(patch)
    project.write("broken", b"")


def mend_the_look(project: Project) -> None:
    (project.folder / "broken").unlink()


def test_an_accepted_signature_is_in_state_and_the_next_up_goes_on(scenes: Scenes) -> None:
    project = scenes.project
    scenes.declare()
    project.wait(timeout=0)
    break_the_look(project)
    run = project.up("--skip-preview", "--continue-on-error")
    assert run.code == 1, run.output
    assert not project.has("approval")
    for scene in scenes:
        held = project.state(scene.name)
        assert held["id"] == scene.identifier(scene.only())
        review = held["outputs"]["review"]
        assert review["status"] == "PENDING"
        assert review["__record"]["unseen"] is True
        assert held["initErrors"]
        said = run.diagnostics(scene.name)
        assert "an answer that we can't read" in said
        assert "what was accepted before is in state" in said
    mend_the_look(project)
    scenes.approve()
    again = project.up()
    assert again.succeeded, again.output
    assert project.outputs_of("approval")["approved"] is True
    assert scenes.each(lambda scene: len(scene.held())) == dict.fromkeys(
        (case.vendor for case in CASES), 1
    )
    for scene in scenes:
        assert scene.writes() == [scene.case.names.submit]
        assert not project.state(scene.name).get("initErrors")
    scenes.forget_calls()
    project.apply()
    assert not any(scenes.each(Scene.calls).values())


@pytest.mark.parametrize("then", ["refresh", "destroy", "drop", "edit"])
@at(TENCENT)
def test_it_can_be_refreshed_destroyed_dropped_or_edited_before(scene: Scene, then: str) -> None:
    project = scene.project
    scene.declare()
    break_the_look(project)
    assert project.up("--skip-preview").code == 1
    mend_the_look(project)
    if then == "refresh":
        project.refresh()
        assert "unseen" not in project.outputs_of(scene.name)["__record"]
        project.apply()
        assert scene.texts() == {OLD: Status.PENDING}
    elif then == "destroy":
        assert project.destroy().succeeded
        assert scene.texts() == {}
    elif then == "drop":
        project.drop("brand")
        project.apply()
        assert scene.texts() == {}
    else:
        scene.reject("unreadable")
        scene.change_the_proof()
        run = project.up()
        assert run.succeeded, run.output
        assert scene.texts() == {OLD: Status.PENDING}
        assert scene.writes() == [scene.case.names.submit, scene.case.names.resubmit]


@pytest.mark.parametrize("policy", ["retain", "delete"])
@at(HUAWEI)
def test_a_replacement_that_ends_so_goes_on_like_any_other(scene: Scene, policy: str) -> None:
    project = scene.project
    project.policy(policy)
    scene.approved(wait={"timeout": 0, "on_pending": "continue"})
    scene.rename(NEW)
    break_the_look(project)
    assert project.up("--skip-preview").code == 1
    assert scene.texts() == {OLD: Status.APPROVED, NEW: Status.PENDING}
    mend_the_look(project)
    scene.approve()
    for _ in range(2):
        run = project.up()
        assert run.succeeded, run.output
    there = {NEW: Status.APPROVED}
    assert scene.texts() == (there if policy == "delete" else {OLD: Status.APPROVED, **there})
    assert project.outputs_of("approval")["approved"] is True


@at(HUAWEI)
def test_an_edit_is_in_state_though_a_predecessor_can_not_be_deleted(scene: Scene) -> None:
    """Of three texts the second is rejected and goes; the third is mended in the same run."""
    project = scene.project
    project.policy("delete")
    scene.approved()
    for text in (NEW, NEXT):
        scene.rename(text)
        project.apply()
    for one in scene.held():
        if one.status is Status.PENDING:
            scene.sandbox.reject("huawei", one.id, "unreadable")
    scene.change_the_proof()
    scene.fault(kind="error", action="DeleteSignature", code="MSGSMS.0002")
    run = project.up("--skip-preview")
    assert run.code == 1, run.output
    said = run.diagnostics("brand")
    assert f"【{NEW}】" in said
    assert "is not deleted yet" in said
    assert scene.outputs["revision"] == 2
    assert scene.bearing(NEXT).status is Status.PENDING
    again = project.up()
    assert again.succeeded, again.output
    assert scene.texts() == {OLD: Status.APPROVED, NEXT: Status.PENDING}
    assert scene.writes().count(scene.case.names.resubmit) == 1


def test_a_secret_text_stays_one(tencent: Scene) -> None:
    """The state that comes with an error is encrypted like any other."""
    project = tencent.project
    tencent.declare()
    project.option("brand", additional_secret_outputs=["sign_name", "text"])
    break_the_look(project)
    assert project.up("--skip-preview").code == 1
    outputs = tencent.outputs
    for name in ("sign_name", "text"):
        value = outputs[name]
        assert isinstance(value, dict), name
        assert "ciphertext" in value, name
