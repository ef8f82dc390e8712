"""Where a signature was made: another key, another side, and lists that show it late."""

from __future__ import annotations

import pytest

from pulumi_smssign.sandbox.review import Status
from tests.engine.cases import DELETES_OR_NOT, OTHER_KEYS, TENCENT, YUNPIAN, crossed
from tests.engine.scene import NEW, OLD, Scene
from tests.engine.test_safety import use_keys


def use_another_account(scene: Scene) -> None:
    use_keys(scene, {**scene.case.keys.settings, **OTHER_KEYS[scene.case.vendor]})


@crossed("behind", (TENCENT, {"timeout": 0}, "approval"), (YUNPIAN, None, "alone"))
def test_another_account_is_never_taken_for_gone(
    scene: Scene, behind: dict[str, object] | None
) -> None:
    use_keys(scene, scene.case.keys.settings)
    old = scene.approved(wait=behind)
    use_another_account(scene)
    scene.forget_calls()
    refused = scene.project.pulumi("refresh", "--yes", "--skip-preview", "--run-program")
    assert not refused.succeeded
    assert "it was made in account" in refused.output
    assert scene.project.has("brand")

    scene.rename(NEW)
    refused = scene.project.up()
    assert not refused.succeeded
    assert "it was made in account" in refused.diagnostics("brand")
    assert scene.writes() == []
    assert scene.texts() == {OLD: Status.APPROVED}

    use_keys(scene, scene.case.keys.settings)
    scene.rename(OLD)
    scene.project.apply()
    assert scene.only().id == old.id


@pytest.mark.parametrize("command", ["refresh", "destroy"])
def test_a_key_that_was_rotated_is_told_apart_from_a_wrong_one(
    tencent: Scene, command: str
) -> None:
    """The engine keeps the configuration of the last `up` in state, and uses that."""
    keys = tencent.case.keys.settings
    use_keys(tencent, keys)
    old = tencent.approved()
    use_keys(tencent, {**keys, "secretKey": "the-new-one"})
    tencent.fault(kind="error", code="AuthFailure.SecretIdNotFound")
    refused = tencent.project.pulumi(command, "--yes", "--skip-preview")
    assert not refused.succeeded
    assert "use the configuration, keys too, as of the last `pulumi up`" in refused.output

    use_keys(tencent, keys)
    tencent.sandbox.faults.clear()
    run = tencent.project.pulumi(command, "--yes", "--skip-preview", "--run-program")
    assert run.succeeded, run.output
    assert tencent.texts() == ({OLD: old.status} if command == "refresh" else {})


def test_a_destroy_in_another_account_forgets_nothing(tencent: Scene) -> None:
    use_keys(tencent, tencent.case.keys.settings)
    old = tencent.approved()
    use_another_account(tencent)
    refused = tencent.project.pulumi("destroy", "--yes", "--skip-preview", "--run-program")
    assert not refused.succeeded
    assert "it was made in account" in refused.output
    assert tencent.only().id == old.id
    assert tencent.project.has("brand")

    use_keys(tencent, tencent.case.keys.settings)
    run = tencent.project.pulumi("destroy", "--yes", "--skip-preview", "--run-program")
    assert run.succeeded, run.output
    assert tencent.held() == []


def test_a_sandbox_never_takes_the_place_of_the_vendor(tencent: Scene) -> None:
    use_keys(tencent, tencent.case.keys.settings)
    old = tencent.approved()
    tencent.project.use_sandbox(tencent.url)
    tencent.sandbox.remove("tencent", old.id)
    tencent.rename(NEW)
    refused = tencent.project.up()
    assert not refused.succeeded
    assert "this stack now asks in the sandbox" in refused.diagnostics("brand")
    assert tencent.held() == []


@DELETES_OR_NOT
def test_a_sandbox_beside_keys_is_said_once_a_run(scene: Scene) -> None:
    use_keys(scene, scene.case.keys.settings)
    scene.project.use_sandbox(scene.url)
    scene.declare("one")
    scene.declare("two", **{scene.case.text: NEW})
    run = scene.project.up()
    assert run.succeeded, run.output
    section = f"smssign:{scene.case.vendor}"
    said = "\n".join(run.diagnostics(name) for name in ("one", "two"))
    assert said.count(f"so the keys of {section} are not used") == 1
    quiet = scene.project.up("--skip-preview")
    assert quiet.output.count("are not used") >= 1


def test_a_forced_replacement_under_another_key_leaves_the_old_one_and_says_so(
    tencent: Scene,
) -> None:
    use_keys(tencent, tencent.case.keys.settings)
    old = tencent.approved()
    tencent.project.apply()
    use_another_account(tencent)
    run = tencent.project.up("--replace", tencent.project.urn("brand"))
    assert run.succeeded, run.output
    assert f"【{OLD}】 ({old.id}) is left: it was made in account" in run.diagnostics("brand")
    assert tencent.sandbox.signature("tencent", old.id).status is Status.APPROVED


@pytest.fixture(params=[TENCENT, YUNPIAN], ids=str)
def late(request: pytest.FixtureRequest, tencent: Scene) -> Scene:
    """A vendor that is asked by lists, in which a new signature may be missing at first."""
    return Scene(request.param, tencent.project, tencent.sandbox, tencent.url)


def test_a_signature_that_shows_up_late_is_waited_for(late: Scene) -> None:
    scene = late
    scene.sandbox.switches.set({f"{scene.case.vendor}.visibility_delay": 4})
    scene.declare()
    scene.project.wait(timeout="60s")
    scene.sandbox.review_policy = "after:5"
    run = scene.project.up("--skip-preview")
    assert run.succeeded, run.output
    assert "not shown by the vendor yet" in run.diagnostics("approval")
    assert "GONE" not in run.output


def test_a_refresh_keeps_what_is_not_shown_yet(late: Scene) -> None:
    scene, switch = late, f"{late.case.vendor}.visibility_delay"
    scene.sandbox.switches.set({switch: 60})
    scene.declare()
    scene.project.apply()
    refreshed = scene.project.refresh()
    assert "does not show it yet" in refreshed.diagnostics("brand")
    assert scene.project.has("brand")
    assert "2 unchanged" in scene.project.up("--skip-preview").output
    scene.sandbox.switches.set({switch: 0})
    scene.approve()
    scene.project.refresh()
    assert scene.project.outputs_of("brand")["status"] == "APPROVED"


def test_an_interval_of_nothing_does_not_storm_the_vendor(tencent: Scene) -> None:
    tencent.declare()
    tencent.project.wait(timeout=4, poll_interval=0)
    tencent.forget_calls()
    tencent.project.up("--skip-preview")
    assert len(tencent.calls("DescribeSmsSignList")) < 10


def test_giving_up_on_a_verdict_is_said(tencent: Scene) -> None:
    tencent.declare()
    tencent.project.wait(timeout=1, on_pending="continue")
    run = tencent.project.up("--skip-preview")
    assert run.succeeded, run.output
    said = run.diagnostics("approval")
    assert "no verdict on brand within 1" in said
    assert "`approved` is false" in said
