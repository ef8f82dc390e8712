"""Waiting on the real engine: progress, time-outs, Ctrl-C, and what the program is told."""

from __future__ import annotations

import pytest

from tests.engine.cases import ALIBABA, HUAWEI, TENCENT, UCLOUD, YUNPIAN, Case, at
from tests.engine.scene import NEW, OLD, Scene, Scenes


@at(TENCENT)
def test_ctrl_c_ends_the_waiting_at_once_and_the_next_up_goes_on(scene: Scene) -> None:
    scene.declare()
    scene.project.wait(timeout="10m")
    run = scene.project.interrupt_up(when="is PENDING")
    assert not run.succeeded
    assert not scene.project.has("approval")
    scene.approve()
    scene.project.apply()
    assert scene.project.outputs_of("approval")["approved"] is True
    assert scene.writes() == [scene.case.names.submit]


@at(TENCENT)
def test_on_pending_continue_ends_the_run_green_and_asks_again_next_time(scene: Scene) -> None:
    scene.declare()
    scene.project.wait(timeout=0, on_pending="continue")
    run = scene.project.up()
    assert run.succeeded, run.output
    assert scene.project.outputs_of("approval")["approved"] is False
    scene.approve()
    run = scene.project.up()
    assert run.succeeded, run.output
    assert run.plans("update", "approval"), run.output
    assert scene.project.outputs_of("approval")["approved"] is True
    scene.forget_calls()
    assert "3 unchanged" in scene.project.up("--skip-preview").output
    assert scene.calls() == []


def test_a_rejection_fails_even_when_pending_would_not(tencent: Scene) -> None:
    tencent.declare()
    tencent.project.apply()
    tencent.reject("unreadable")
    tencent.project.wait(timeout=0, on_pending="continue")
    run = tencent.project.up("--skip-preview")
    assert not run.succeeded
    assert "is REJECTED: unreadable" in run.diagnostics("approval")


def test_a_time_out_of_nothing_asks_once(tencent: Scene) -> None:
    tencent.declare()
    tencent.project.apply()
    tencent.forget_calls()
    tencent.project.wait(timeout=0, on_pending="fail")
    run = tencent.project.up("--skip-preview")
    assert not run.succeeded
    assert len(tencent.calls()) == 1
    assert "run `pulumi up` again to go on waiting" in run.diagnostics("approval")


@pytest.mark.parametrize(
    "scenes",
    [(TENCENT, HUAWEI, UCLOUD, YUNPIAN), (ALIBABA,)],
    indirect=True,
    ids=["listed", "one by one"],
)
def test_one_question_serves_all_signatures_of_an_account(scenes: Scenes) -> None:
    scenes.sandbox.review_policy = "immediate"
    for scene in scenes:
        scene.declare()
        scene.declare(f"{scene.name}-2", **{scene.case.text: NEW})
    scenes.project.apply()
    scenes.forget_calls()
    scenes.project.wait(timeout="60s")
    scenes.project.apply()
    asked = scenes.each(lambda scene: len(scene.calls()))
    assert asked == scenes.each(lambda scene: scene.case.looks_for_two)
    reviews = scenes.project.outputs_of("approval")["reviews"]
    assert {(one["name"], one["text"]) for one in reviews} == {
        (name, text)
        for scene in scenes
        for name, text in ((scene.name, OLD), (f"{scene.name}-2", NEW))
    }


def test_a_failure_names_each_signature_that_is_not_approved(tencent: Scene) -> None:
    tencent.declare("good")
    tencent.declare("bad", **{tencent.case.text: NEW})
    tencent.project.apply()
    for held in tencent.held():
        if held.text == OLD:
            tencent.sandbox.approve(tencent.case.vendor, held.id)
        else:
            tencent.sandbox.reject(tencent.case.vendor, held.id, "not a trademark")
    tencent.project.wait(timeout="60s")
    run = tencent.project.up("--skip-preview")
    assert not run.succeeded
    said = run.diagnostics("approval")
    assert "1 of 2 signatures is not approved" in said
    assert f"bad 【{NEW}】" in said
    assert "REJECTED: not a trademark" in said


def test_a_time_that_is_none_is_named_in_the_preview(tencent: Scene) -> None:
    tencent.declare()
    tencent.project.wait(timeout="soon", on_pending="hope")
    run = tencent.project.preview()
    assert not run.succeeded
    said = run.diagnostics("approval")
    assert "timeout" in said
    assert '"30m"' in said
    assert "on_pending" in said


def test_a_refresh_asks_once_and_tells_what_each_is_now(tencent: Scene) -> None:
    tencent.sandbox.review_policy = "immediate"
    tencent.declare()
    tencent.project.wait(timeout="60s")
    tencent.project.apply()
    tencent.reject("withdrawn by the carrier")
    tencent.project.refresh()
    outputs = tencent.project.outputs_of("approval")
    assert outputs["approved"] is False
    assert outputs["reviews"][0]["reason"] == "withdrawn by the carrier"


def of(scenes: Scenes, case: Case) -> Scene:
    """The stage of one of several vendors."""
    (scene,) = (scene for scene in scenes if scene.case is case)
    return scene


@pytest.mark.parametrize(
    "scenes", [(YUNPIAN, TENCENT), (TENCENT, YUNPIAN)], indirect=True, ids=["first", "last"]
)
@pytest.mark.parametrize("fault", ["status", "hang"])
def test_a_rejection_is_told_while_another_vendor_is_down(scenes: Scenes, fault: str) -> None:
    scenes.declare()
    scenes.project.apply()
    tencent, yunpian = of(scenes, TENCENT), of(scenes, YUNPIAN)
    yunpian.fault(kind=fault, action=yunpian.case.names.look, times=None)
    tencent.reject("unreadable")
    scenes.project.wait(timeout="30m")
    run = scenes.project.up("--skip-preview")
    assert not run.succeeded
    said = run.diagnostics("approval")
    assert "2 of 2 signatures are not approved, or couldn't be asked" in said
    assert "is REJECTED: unreadable" in said
    assert "(yunpian 极客科技) couldn't be asked, since" in said
    assert "mend what was refused" in said


@pytest.mark.parametrize("scenes", [(YUNPIAN, TENCENT)], indirect=True, ids=["both"])
def test_an_account_with_a_wrong_key_hides_nothing_of_the_others(scenes: Scenes) -> None:
    scenes.declare()
    scenes.project.apply()
    tencent, yunpian = of(scenes, TENCENT), of(scenes, YUNPIAN)
    yunpian.fault(
        kind="error", code=yunpian.case.keys.wrong_code, action=yunpian.case.names.look, times=None
    )
    tencent.approve()
    scenes.project.wait(timeout="30m")
    run = scenes.project.up("--skip-preview")
    assert not run.succeeded
    said = run.diagnostics("approval")
    assert "(tencent " in said
    assert "is APPROVED" in said
    assert f"({yunpian.case.keys.wrong_code})" in said
    assert "1 of 2 signatures is not approved, or couldn't be asked" in said


@pytest.mark.parametrize("scenes", [(YUNPIAN, TENCENT)], indirect=True, ids=["both"])
def test_at_the_end_of_the_time_each_line_says_what_is_known(scenes: Scenes) -> None:
    scenes.declare()
    scenes.project.apply()
    tencent, yunpian = of(scenes, TENCENT), of(scenes, YUNPIAN)
    tencent.approve()
    yunpian.fault(kind="status", action=yunpian.case.names.look, times=None, skip=1)
    scenes.project.wait(timeout="8s", poll_interval=1)
    run = scenes.project.up("--skip-preview")
    assert not run.succeeded
    said = run.diagnostics("approval")
    assert "couldn't be asked, since" in said
    assert "PENDING when last asked" in said


@pytest.mark.parametrize("scenes", [(YUNPIAN, TENCENT)], indirect=True, ids=["both"])
def test_a_refresh_keeps_what_was_told_of_a_vendor_that_is_down(scenes: Scenes) -> None:
    scenes.approved(wait={"timeout": 0})
    tencent, yunpian = of(scenes, TENCENT), of(scenes, YUNPIAN)
    tencent.reject("withdrawn")
    yunpian.fault(kind="status", action=yunpian.case.names.look, times=None)
    urn = scenes.project.urn("approval")
    run = scenes.project.pulumi("refresh", "--yes", "--skip-preview", "--target", urn)
    assert run.succeeded, run.output
    assert "warning: yunpian couldn't be asked, since" in run.diagnostics("approval")
    outputs = scenes.project.outputs_of("approval")
    assert outputs["approved"] is False
    assert {one["name"]: one["status"] for one in outputs["reviews"]} == {
        "tencent": "REJECTED",
        "yunpian": "APPROVED",
    }


@pytest.mark.parametrize("scenes", [(YUNPIAN, TENCENT)], indirect=True, ids=["both"])
def test_an_approval_stays_while_its_vendor_is_down(scenes: Scenes) -> None:
    scenes.approved(wait={"timeout": 0, "on_pending": "continue"})
    tencent, yunpian = of(scenes, TENCENT), of(scenes, YUNPIAN)
    yunpian.fault(kind="status", action=yunpian.case.names.look, times=None)
    tencent.declare("another", **{TENCENT.text: NEW})
    scenes.sandbox.review_policy = "immediate"
    said = scenes.project.apply().diagnostics("approval")
    assert "`approved` stays true" in said
    assert "`pulumi refresh` asks again." in said
    assert scenes.project.outputs_of("approval")["approved"] is True

    scenes.sandbox.faults.clear()
    yunpian.reject("withdrawn")
    scenes.project.refresh()
    assert scenes.project.outputs_of("approval")["approved"] is False


def test_waiting_outlasts_a_vendor_that_can_not_answer(tencent: Scene) -> None:
    tencent.declare()
    tencent.project.apply()
    tencent.approve()
    tencent.fault(kind="html", action=tencent.case.names.look, times=7)
    tencent.project.wait(timeout="2m")
    run = tencent.project.up("--skip-preview")
    assert run.succeeded, run.output
    assert "still waiting for brand, though" in run.diagnostics("approval")
