"""Where a signature was made: another key, another side, and lists that show it late."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping

import pytest

from pulumi_smssign.sandbox.review import Status
from tests.engine.cases import (
    ALIBABA,
    OTHER_KEYS,
    TENCENT,
    YUNPIAN,
    at,
    crossed,
)
from tests.engine.project import STACK
from tests.engine.scene import NEW, OLD, Scene
from tests.engine.test_safety import use_keys

ROTATED: Mapping[str, Mapping[str, str]] = {
    vendor: {name: key.replace(".other", ".default") for name, key in keys.items()}
    for vendor, keys in OTHER_KEYS.items()
}
"""Other keys of the same account."""


def use_other_keys(scene: Scene, keys: Mapping[str, Mapping[str, str]]) -> None:
    """Give the stack these keys in the place of its own."""
    use_keys(scene, {**scene.case.keys.settings, **keys[scene.case.vendor]})


def name_an_account(scene: Scene, **keys: str) -> None:
    """Configure "shop", an account that has these keys beside the usual ones."""
    section = f"smssign:{scene.case.vendor}-shop"
    scene.project.configure(
        {f"{section}.{name}": scene.url for name in scene.case.keys.endpoints},
        {f"{section}.{name}": key for name, key in {**scene.case.keys.settings, **keys}.items()},
    )


@crossed("behind", (TENCENT, {"timeout": 0}, "approval"), (YUNPIAN, None, "alone"))
def test_another_account_is_never_taken_for_gone(
    scene: Scene, behind: dict[str, object] | None
) -> None:
    use_keys(scene, scene.case.keys.settings)
    old = scene.approved(wait=behind)
    scene.project.refresh()
    use_other_keys(scene, OTHER_KEYS)
    scene.forget_calls()
    refused = scene.project.pulumi("refresh", "--yes", "--skip-preview", "--run-program")
    assert not refused.succeeded
    assert "was made in account" in refused.output
    assert scene.project.has("brand")

    scene.rename(NEW)
    refused = scene.project.up()
    assert not refused.succeeded
    assert "was made in account" in refused.diagnostics("brand")
    assert scene.writes() == []

    use_keys(scene, scene.case.keys.settings)
    scene.rename(OLD)
    scene.project.apply()
    assert scene.only() == old


@crossed("is_forgotten", (TENCENT, False, "by id"), (ALIBABA, True, "by text"))
def test_a_destroy_in_another_account_deletes_nothing_there_and_nothing_here(
    scene: Scene, is_forgotten: bool
) -> None:
    """Both have a rejected one of this text, which nothing else would keep."""
    use_keys(scene, scene.case.keys.settings)
    name_an_account(scene, **OTHER_KEYS[scene.case.vendor])
    scene.declare()
    scene.declare("theirs", account="shop")
    scene.project.apply()
    scene.project.refresh()
    scene.project.pulumi("state", "delete", scene.project.urn("theirs"), "--yes", check=True)
    for one in scene.held():
        scene.sandbox.reject(scene.case.vendor, one.id, "unreadable")
    use_other_keys(scene, OTHER_KEYS)
    run = scene.project.pulumi("destroy", "--yes", "--skip-preview", "--run-program")
    assert run.succeeded is is_forgotten, run.output
    assert "made in account" in run.diagnostics("brand")
    assert len(scene.held()) == 2
    assert scene.project.has("brand") is not is_forgotten
    assert scene.case.names.withdraw not in scene.writes()


@crossed("is_deleted", (TENCENT, True, "by id"), (ALIBABA, False, "by text"))
def test_with_new_keys_of_the_account_the_live_look_decides(scene: Scene, is_deleted: bool) -> None:
    """What is known by its text may be another account's, so that is not deleted."""
    use_keys(scene, scene.case.keys.settings)
    scene.applied_and_rejected()
    use_other_keys(scene, ROTATED)
    assert "2 unchanged" in scene.project.up("--skip-preview").output
    scene.change_the_proof()
    scene.project.apply()
    assert scene.writes() == [scene.case.names.submit, scene.case.names.resubmit]
    scene.reject("still unreadable")
    scene.project.drop("brand")
    run = scene.project.up()
    assert run.succeeded, run.output
    assert ("these keys know it by text only" in run.diagnostics("brand")) is not is_deleted
    assert len(scene.held()) == (not is_deleted)


def test_a_key_that_was_rotated_is_told_apart_from_a_wrong_one(tencent: Scene) -> None:
    """The engine keeps the configuration of the last `up` in state, and uses that."""
    keys = tencent.case.keys.settings
    use_keys(tencent, keys)
    old = tencent.approved()
    use_keys(tencent, {**keys, "secretKey": "the-new-one"})
    tencent.fault(kind="error", code="AuthFailure.SecretIdNotFound", times=None)
    for command in ("refresh", "destroy"):
        refused = tencent.project.pulumi(command, "--yes", "--skip-preview")
        assert not refused.succeeded
        assert "use the configuration, keys too, as of the last `pulumi up`" in refused.output
        assert tencent.project.has("brand")

    use_keys(tencent, keys)
    tencent.sandbox.faults.clear()
    run = tencent.project.pulumi("destroy", "--yes", "--skip-preview", "--run-program")
    assert run.succeeded, run.output
    assert 'its deletion_policy is "retain"' in run.diagnostics("brand")
    assert tencent.only() == old


@at(YUNPIAN)
def test_keys_of_the_environment_do_not_follow_a_stacks_file(scene: Scene) -> None:
    """The key of Yunpian travels in each form, so the host that gets one has it."""
    scene.project.use_no_sandbox()
    scene.project.configure({"smssign:yunpian.endpoint": scene.url})
    scene.project.environment.update(scene.case.keys.variables)
    scene.declare()
    runs = [scene.project.preview(), scene.project.up("--skip-preview")]
    assert not any(run.succeeded for run in runs)
    address = scene.url.removeprefix("http://")
    for said in (run.diagnostics("brand") for run in runs):
        assert f"smssign:yunpian leads them to {address} (endpoint), none of Yunpian's own" in said
    for command in ("doctor", "find"):
        result = subprocess.run(
            (sys.executable, "-m", "pulumi_smssign.cli", command, "--json", "--stack", STACK),
            cwd=scene.project.folder,
            env=scene.project.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert result.returncode == 1
        assert f"leads them to {address} (endpoint)" in result.stdout, command
    assert scene.calls() == []

    scene.project.environment["SMSSIGN_YUNPIAN_ENDPOINT"] = scene.url
    scene.project.pulumi("config", "rm", "--path", "smssign:yunpian.endpoint", check=True)
    run = scene.project.up()
    assert run.succeeded, run.output
    assert f"Yunpian is asked at {address}, not at a host of its own" in run.diagnostics("brand")


@crossed("is_real", (TENCENT, True, "made with keys"), (ALIBABA, False, "made in the sandbox"))
def test_nothing_is_sent_for_what_was_made_on_the_other_side(scene: Scene, is_real: bool) -> None:
    """Both sides lead to one account here, so it would be found."""
    if is_real:
        use_keys(scene, scene.case.keys.settings)
    scene.declare(deletion_policy="delete")
    scene.sandbox.review_policy = "immediate"
    scene.project.apply()
    old = scene.only()
    if is_real:
        scene.project.use_sandbox(scene.url)
    else:
        use_keys(scene, scene.case.keys.settings)
    made, asked = "in account ", "in the sandbox (default)"
    if not is_real:
        made, asked = asked, made
    scene.forget_calls()
    scene.rename(NEW)
    refused = scene.project.up()
    assert not refused.succeeded
    assert f"was made {made}" in refused.diagnostics("brand")
    assert f"this stack now asks {asked}" in refused.diagnostics("brand")
    scene.rename(OLD)
    assert "2 unchanged" in scene.project.up("--skip-preview").output

    scene.project.drop("brand")
    run = scene.project.up()
    assert run.succeeded, run.output
    assert f"stays in the account: it was made {made}" in run.diagnostics("brand")
    assert not scene.project.has("brand")
    assert scene.writes() == []
    assert scene.only() == old


@crossed("policy", (TENCENT, "delete", "delete"), (ALIBABA, "retain", "retain"))
def test_a_signature_moves_between_two_names_of_one_account(scene: Scene, policy: str) -> None:
    use_keys(scene, scene.case.keys.settings)
    name_an_account(scene)
    scene.declare(deletion_policy=policy)
    scene.sandbox.review_policy = "immediate"
    scene.project.apply()
    old = scene.only()
    scene.forget_calls()
    scene.project.edit("brand", account="shop")
    run = scene.project.up()
    assert run.succeeded, run.output
    assert "only recorded" in run.diagnostics("brand")
    assert scene.project.outputs_of("brand")["account"] == "shop"
    assert "2 unchanged" in scene.project.up("--skip-preview").output

    scene.project.edit("brand", account="default")
    scene.project.move("brand", "marke")
    run = scene.project.up()
    if policy == "delete":
        assert not run.succeeded
        assert 'aliases=[pulumi.Alias(name="that name")]' in run.diagnostics("marke")
        scene.project.option("marke", aliases=["brand"])
        run = scene.project.up()
    assert run.succeeded, run.output
    assert not scene.project.has("brand")
    assert scene.project.outputs_of("marke")["account"] == "default"
    assert scene.writes() == []
    assert scene.only() == old


@pytest.mark.parametrize("waits", [False, True], ids=["alone", "before an Approval"])
@at(TENCENT, ALIBABA)
def test_an_account_that_is_taken_back_keeps_its_signature(scene: Scene, waits: bool) -> None:
    """Alibaba Cloud's have one id in both accounts, the text, and none in review is deleted."""
    use_keys(scene, scene.case.keys.settings)
    name_an_account(scene, **OTHER_KEYS[scene.case.vendor])
    old = scene.approved(wait={"timeout": 0, "on_pending": "continue"} if waits else None)
    scene.project.edit("brand", account="shop")
    scene.project.apply()
    assert len(scene.held()) == 2
    scene.project.edit("brand", account=None)
    run = scene.project.up()
    assert run.succeeded, run.output
    for one in scene.held():
        if one.status is Status.PENDING:
            scene.sandbox.reject(scene.case.vendor, one.id, "unreadable")
    scene.project.apply()
    assert scene.only() == old
    scene.project.apply()
    scene.forget_calls()
    assert f"{2 + waits} unchanged" in scene.project.up().output
    assert scene.calls() == []


@at(TENCENT)
def test_a_sandbox_beside_keys_is_said_once_a_run(scene: Scene) -> None:
    use_keys(scene, scene.case.keys.settings)
    scene.project.use_sandbox(scene.url)
    scene.declare("one")
    scene.declare("two", **{scene.case.text: NEW})
    run = scene.project.up("--skip-preview")
    assert run.succeeded, run.output
    said = "\n".join(run.diagnostics(name) for name in ("one", "two"))
    assert said.count("so the keys of smssign:tencent are not used") == 1


def test_a_forced_replacement_under_another_key_leaves_the_old_one_and_says_where(
    tencent: Scene,
) -> None:
    use_keys(tencent, tencent.case.keys.settings)
    old = tencent.approved()
    use_other_keys(tencent, OTHER_KEYS)
    run = tencent.project.up("--replace", tencent.project.urn("brand"))
    assert run.succeeded, run.output
    said = run.diagnostics("brand")
    assert f"【{OLD}】 ({old.id}) stays in the account: it was made in account" in said
    assert tencent.sandbox.signature("tencent", old.id) == old
    assert len(tencent.held()) == 2


@at(YUNPIAN)
def test_a_signature_that_a_list_shows_late_is_waited_for(scene: Scene) -> None:
    scene.sandbox.switches.set({f"{scene.case.vendor}.visibility_delay": 4})
    scene.declare()
    scene.project.wait(timeout="60s")
    scene.sandbox.review_policy = "after:5"
    run = scene.project.up("--skip-preview")
    assert run.succeeded, run.output
    assert "not shown by the vendor yet" in run.diagnostics("approval")
    assert "GONE" not in run.output


@at(TENCENT)
def test_a_refresh_keeps_what_is_not_shown_yet(scene: Scene) -> None:
    switch = "tencent.visibility_delay"
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
