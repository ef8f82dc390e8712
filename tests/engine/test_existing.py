"""`adopt="existing"`: what the account has is the resource's; for runners that are thrown away."""

from __future__ import annotations

from pulumi_smssign.sandbox.review import Status
from tests.engine.cases import ALIBABA, TENCENT, UCLOUD, YUNPIAN, crossed
from tests.engine.scene import NEW, OLD, Scene


def say_existing(scene: Scene, how: str) -> None:
    """Say it of the resource, or of the whole stack."""
    if how == "stack":
        scene.project.configure({"smssign:adopt": "existing"})
    else:
        scene.project.edit("brand", adopt="existing")


@crossed(
    "how",
    (TENCENT, ("resource", {"timeout": 0, "on_pending": "continue"}), "resource, approval"),
    (UCLOUD, ("stack", None), "stack, alone"),
    (YUNPIAN, ("resource", None), "resource, alone"),
    (ALIBABA, ("stack", {"timeout": 0, "on_pending": "continue"}), "stack, approval"),
)
def test_a_runner_that_was_killed_is_followed_by_one_that_knows_of_nothing(
    scene: Scene, how: tuple[str, dict[str, object] | None]
) -> None:
    said, behind = how
    scene.declare()
    if behind is not None:
        scene.project.wait(**behind)
    say_existing(scene, said)
    scene.fault(kind="slow", action=scene.case.names.submit, seconds=4)
    scene.project.kill_up(lambda: bool(scene.held()))
    scene.project.go_to_another_machine()
    run = scene.project.up()
    assert run.succeeded, run.output
    assert "takes over" in run.diagnostics("brand")
    assert scene.writes() == [scene.case.names.submit]
    assert scene.project.state("brand")["id"] == scene.identifier(scene.only())
    assert not scene.project.up().plans("update", "brand")

    scene.approve()
    scene.rename(NEW)
    scene.project.apply()
    assert scene.texts() == {OLD: Status.APPROVED, NEW: Status.PENDING}
    assert scene.writes().count(scene.case.names.submit) == 2


def test_one_of_the_stack_that_goes_passes_over_and_one_that_stays_is_kept(tencent: Scene) -> None:
    old = tencent.approved()
    tencent.project.move("brand", "marke")
    tencent.project.edit("marke", adopt="existing")
    partial = tencent.project.up("--skip-preview", "--target", "**marke")
    assert partial.succeeded, partial.output
    assert tencent.project.has("brand")
    whole = tencent.project.apply()
    assert "stays in the account: `marke` manages it now" in whole.diagnostics("brand")
    assert tencent.only() == old
    assert tencent.project.state("marke")["id"] == old.id
    assert not tencent.project.has("brand")

    replaced = tencent.project.up("--replace", "**marke")
    assert replaced.succeeded, replaced.output
    assert tencent.only() == old
    tencent.project.drop("marke")
    tencent.project.apply()
    assert tencent.held() == []


def test_a_change_of_an_approved_one_is_the_same_with_it(tencent: Scene) -> None:
    old = tencent.approved()
    tencent.project.edit("brand", adopt="existing")
    run = tencent.project.up()
    assert run.succeeded
    assert not run.plans("update", "brand")
    tencent.change_the_proof()
    changed = tencent.project.up()
    assert changed.succeeded, changed.output
    assert "DELETED FIRST" in changed.diagnostics("brand")
    assert tencent.only().id != old.id
    assert tencent.writes()[-2:] == ["DeleteSmsSign", "AddSmsSign"]


def test_an_impossible_configuration_is_said(tencent: Scene) -> None:
    tencent.declare()
    tencent.project.configure({"smssign:adopt": "730001"})
    run = tencent.project.up()
    assert not run.succeeded
    assert "smssign:adopt must be 'existing'" in run.diagnostics("brand")
    assert tencent.held() == []
