"""What goes wrong after a vendor's yes: red, and state has what the vendor accepted."""

from __future__ import annotations

import pytest

from pulumi_smssign.sandbox.review import Status
from tests.engine.cases import CASES, HUAWEI, TENCENT, at
from tests.engine.project import Project
from tests.engine.scene import NEW, NEXT, OLD, Scene

_BROKEN = """
import pathlib

from pulumi_smssign.engine import update

review_after = update.review_after

def broken(rules, look, handle):
    def fails(handle):
        raise ZeroDivisionError("an answer that we can't read")

    return review_after(rules, fails if pathlib.Path("broken").exists() else look, handle)

update.review_after = broken
"""
"""A bug of ours in the look that follows a change in place, while there is a file `broken`."""


def break_the_look(project: Project) -> None:
    """From now on the plugin can't read what a vendor says of a changed signature."""
    patch = project.folder.with_name("patch.py")
    patch.write_text(_BROKEN)
    project.environment["PYTHON_PATCH"] = str(patch)
    project.write("broken", b"")


def mend_the_look(project: Project) -> None:
    (project.folder / "broken").unlink()


def rejected_and_mended(scene: Scene) -> Project:
    """A project whose edit of a rejected signature the vendor takes, and then we fail."""
    scene.declare()
    scene.project.wait(timeout=0, on_pending="continue")
    scene.applied_and_rejected()
    scene.change_the_proof()
    break_the_look(scene.project)
    return scene.project


@at(*CASES)
def test_an_accepted_change_is_in_state_and_the_next_up_goes_on(scene: Scene) -> None:
    project = rejected_and_mended(scene)
    run = project.up("--skip-preview", "--continue-on-error")
    assert run.code == 1, run.output
    held = project.state(scene.name)
    assert held["id"] == scene.identifier(scene.only())
    review = held["outputs"]["review"]
    assert (review["status"], review["revision"]) == ("PENDING", 2)
    assert review["__record"]["unseen"] is True
    assert held["initErrors"]
    said = run.diagnostics(scene.name)
    assert "an answer that we can't read" in said
    assert "what was accepted before is in state" in said
    mend_the_look(project)
    scene.approve()
    again = project.up()
    assert again.succeeded, again.output
    assert project.outputs_of("approval")["approved"] is True
    assert scene.writes() == [scene.case.names.submit, scene.case.names.resubmit]
    assert not project.state(scene.name).get("initErrors")
    scene.forget_calls()
    project.apply()
    assert not scene.calls()


@pytest.mark.parametrize("then", ["refresh", "destroy", "drop", "edit"])
@at(TENCENT)
def test_it_can_be_refreshed_destroyed_dropped_or_edited_before(scene: Scene, then: str) -> None:
    project = rejected_and_mended(scene)
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
        project.program["approval"] = None
        project.drop("brand")
        project.apply()
        assert scene.texts() == {}
    else:
        scene.reject("unreadable")
        scene.change_the_proof(2)
        run = project.up()
        assert run.succeeded, run.output
        assert scene.texts() == {OLD: Status.PENDING}
        names = scene.case.names
        assert scene.writes() == [names.submit, names.resubmit, names.resubmit]


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


@at(TENCENT)
def test_a_secret_text_stays_one(scene: Scene) -> None:
    """The state that comes with an error is encrypted like any other."""
    project = rejected_and_mended(scene)
    project.option("brand", additional_secret_outputs=["sign_name", "text"])
    assert project.up("--skip-preview").code == 1
    outputs = scene.outputs
    for name in ("sign_name", "text"):
        value = outputs[name]
        assert isinstance(value, dict), name
        assert "ciphertext" in value, name
