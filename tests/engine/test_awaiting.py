"""A review that is not over is no failure: the run ends awaiting, and the next one goes on."""

from __future__ import annotations

import json

import pytest

from pulumi_smssign.sandbox.review import Status
from tests.engine.cases import HUAWEI, TENCENT, UCLOUD, at, together
from tests.engine.project import Project, Run
from tests.engine.scene import NEW, NEXT, OLD, Scene, Scenes


def must_await(run: Run) -> None:
    """It ended amber, and nothing in it is called a failure."""
    assert run.awaits, run.output
    assert "awaiting" in run.output
    assert "failed" not in run.output
    assert "error:" not in run.output


def awaiting(scene: Scene) -> Project:
    """The project of a signature whose first run has ended so."""
    scene.declare()
    scene.project.wait(timeout=0)
    must_await(scene.project.up())
    return scene.project


def test_a_review_is_awaited_over_runs_until_the_verdict(scenes: Scenes) -> None:
    """Submitted, awaited, rejected, mended, awaited, approved; one submission and one edit each."""
    project = scenes.project
    scenes.declare()
    project.wait(timeout=0)
    first = project.up()
    must_await(first)
    assert "1 awaiting" in first.output
    assert not project.has("approval")
    assert first.plans("create", "approval")
    said = first.diagnostics("approval")
    for scene in scenes:
        assert f"- {scene.name} 【{OLD}】 ({scene.case.vendor} " in said
    assert "the next `pulumi up` goes on, and nothing went wrong" in said
    must_await(project.up("--skip-preview"))

    scenes.each(lambda scene: scene.reject("unreadable"))
    red = project.up()
    assert red.code == 1, red.output
    assert "is REJECTED: unreadable" in red.diagnostics("approval")

    scenes.each(Scene.change_the_proof)
    must_await(project.up("--skip-preview"))
    scenes.approve()
    green = project.up()
    assert green.succeeded, green.output
    assert project.outputs_of("approval")["approved"] is True
    for scene in scenes:
        assert scene.writes() == [scene.case.names.submit, scene.case.names.resubmit]
    scenes.forget_calls()
    project.apply()
    assert not any(scenes.each(Scene.calls).values())


@pytest.mark.parametrize("policy", ["retain", "delete"])
@together(TENCENT, HUAWEI, UCLOUD)
def test_a_replacement_is_gapless_over_awaiting_runs(scenes: Scenes, policy: str) -> None:
    """The old one is in use until the new one is approved, however many runs that takes."""
    project = scenes.project
    project.policy(policy)
    scenes.approved(wait={"timeout": 0, "on_pending": "await"})
    scenes.rename(NEW)
    for arguments in ((), ("--skip-preview",), ("--skip-preview",)):
        must_await(project.up(*arguments))
        for texts in scenes.each(Scene.texts).values():
            assert texts == {OLD: Status.APPROVED, NEW: Status.PENDING}
        assert project.outputs_of("approval")["approved"] is True  # that of the old one
    scenes.approve()
    for _ in range(2):
        project.apply()
    kept = {OLD: Status.APPROVED} if policy == "retain" else {}
    for scene in scenes:
        assert scene.texts() == {**kept, NEW: Status.APPROVED}
        assert scene.writes().count(scene.case.names.submit) == 2
    scenes.forget_calls()
    project.apply()
    assert not any(scenes.each(Scene.calls).values())


@at(TENCENT)
def test_a_text_that_is_taken_back_while_it_awaits_is_the_old_one_again(scene: Scene) -> None:
    project = scene.project
    project.policy("delete")
    scene.approved(wait={"timeout": 0, "on_pending": "await"})
    scene.rename(NEW)
    must_await(project.up("--skip-preview"))
    scene.rename(OLD)
    run = project.up()
    assert run.succeeded, run.output
    assert scene.texts() == {OLD: Status.APPROVED}


@at(TENCENT)
def test_without_a_word_what_was_approved_once_fails(scene: Scene) -> None:
    """Then something may hang on it that an awaiting run would delete."""
    project = scene.project
    scene.approved(wait={"timeout": 0})
    scene.rename(NEW)
    for _ in range(2):
        run = project.up()
        assert run.code == 1, run.output
        assert "run `pulumi up` again to go on waiting" in run.diagnostics("approval")
    assert scene.texts() == {OLD: Status.APPROVED, NEW: Status.PENDING}
    scene.approve()
    project.apply()


_APPLIED = """
import json
import pulumi
import pulumi_smssign
from pulumi.dynamic import CreateResult, Resource, ResourceProvider
from pulumi_smssign import tencent

class Nothing(ResourceProvider):
    def create(self, props):
        return CreateResult("x", props)

class Sender(Resource):
    def __init__(self, name, opts=None):
        super().__init__(Nothing(), name, {}, opts)

said = json.load(open("program.json"))
arguments = said["signatures"]["brand"]["arguments"]
brand = tencent.Signature("brand", **arguments)
approval = pulumi_smssign.Approval("approval", signatures=[brand], **said["approval"])
approval.approved.apply(lambda _: Sender("inside"))
Sender("behind", pulumi.ResourceOptions(depends_on=[approval]))
Sender("beside")
pulumi.export("approved", approval.approved)
"""


@at(TENCENT)
def test_resources_inside_an_apply_go_with_an_awaiting_update_and_are_warned_of(
    scene: Scene,
) -> None:
    """The engine deletes what an awaiting run does not register; what depends on it stays."""
    project = scene.project
    project.write_program(_APPLIED)
    scene.declare()
    project.wait(timeout=0)
    first = project.up()
    must_await(first)
    assert [project.has(name) for name in ("inside", "behind", "beside")] == [False, False, True]
    scene.approve()
    project.apply()
    assert all(project.has(name) for name in ("inside", "behind", "beside"))

    scene.rename(NEW)
    assert "the engine deletes" not in project.preview().output
    project.wait(timeout=0, on_pending="await")
    preview = project.preview()
    said = preview.diagnostics("approval")
    assert "the engine deletes what the program makes inside approval" in said
    assert "depends_on=[approval]" in said
    must_await(project.up("--skip-preview"))
    assert [project.has(name) for name in ("inside", "behind", "beside")] == [False, True, True]
    scene.approve()
    project.apply()
    assert project.has("inside")


def _outcome(project: Project) -> str:
    return str(project.pulumi("stack", "output", "--json").output)


@at(TENCENT)
def test_an_exported_output_of_what_awaits_is_not_known(scene: Scene) -> None:
    """Pulumi's own sentinel of an unknown value stands in its place."""
    project = awaiting(scene)
    assert json.loads(_outcome(project))["approved"] == "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
    scene.approve()
    project.apply()
    assert json.loads(_outcome(project))["approved"] is True


def _target(scene: Scene) -> list[str]:
    return ["--target", scene.project.urn("brand")]


@at(TENCENT)
def test_it_awaits_whatever_the_flags(scene: Scene) -> None:
    project = awaiting(scene)
    project.policy("delete")
    for text, arguments in (
        (OLD, ["--refresh"]),
        (NEW, ["--continue-on-error"]),
        (NEXT, ["--skip-preview", "--parallel", "1"]),
        (OLD, [*_target(scene), "--target-dependents"]),
    ):
        scene.rename(text)
        project.wait(timeout=0, on_pending="await")
        must_await(project.up(*arguments))
        scene.approve()
        run = project.up(*arguments)
        assert run.succeeded, run.output
        project.apply()
        assert project.outputs_of("approval")["approved"] is True
        assert scene.texts() == {text: Status.APPROVED}
    assert scene.writes().count(scene.case.names.submit) == 4


@at(TENCENT)
def test_only_the_signature_can_be_targeted_while_it_awaits(scene: Scene) -> None:
    project = awaiting(scene)
    run = project.up(*_target(scene))
    assert run.succeeded, run.output
    assert not project.has("approval")


@pytest.mark.parametrize("state", ["never approved", "replaced"])
@at(TENCENT)
def test_it_can_be_destroyed_while_it_awaits(scene: Scene, state: str) -> None:
    project = scene.project
    project.policy("delete")
    wait = {"timeout": 0, "on_pending": "await"}
    if state == "replaced":
        scene.approved(wait=wait)
        scene.rename(NEW)
    else:
        scene.declare()
        project.wait(**wait)
    must_await(project.up("--skip-preview"))
    run = project.destroy()
    assert run.succeeded, run.output
    assert scene.texts() == {}


@at(TENCENT)
def test_a_refresh_sees_what_awaits(scene: Scene) -> None:
    project = awaiting(scene)
    scene.approve()
    project.refresh()
    assert scene.outputs["status"] == "APPROVED"
    project.apply()


@at(TENCENT)
def test_a_real_error_beside_it_is_a_failure(scene: Scene) -> None:
    project = scene.project
    scene.declare()
    scene.declare("other", **{scene.case.text: NEXT})
    project.wait(timeout=0, signatures=["brand"])
    scene.fault(kind="error", action=scene.case.names.submit, code="FailedOperation", skip=1)
    run = project.up("--skip-preview", "--continue-on-error")
    assert run.code == 1, run.output
    scene.sandbox.faults.clear()
    must_await(project.up("--skip-preview"))
    scene.approve()
    project.apply()


@at(TENCENT)
def test_a_kill_in_the_wait_loses_nothing(scene: Scene) -> None:
    project = scene.project
    scene.declare()
    project.wait(timeout="2m")
    project.kill_up(lambda: len(scene.calls(scene.case.names.look)) > 2)  # the create has two
    project.wait(timeout=0)
    must_await(project.up("--skip-preview"))
    scene.approve()
    project.apply()
    assert scene.writes() == [scene.case.names.submit]


_TWO = """
import json
import pulumi_smssign
from pulumi_smssign import tencent

said = json.load(open("program.json"))
brand = tencent.Signature("brand", **said["signatures"]["brand"]["arguments"])
pulumi_smssign.Approval("approval", signatures=[brand], timeout=0)
pulumi_smssign.Approval("relaxed", signatures=[brand], timeout=0, on_pending="continue")
"""


@at(TENCENT)
def test_two_approvals_of_one_signature_end_each_in_its_way(scene: Scene) -> None:
    project = scene.project
    project.write_program(_TWO)
    scene.declare()
    run = project.up()
    must_await(run)
    assert [project.has(name) for name in ("approval", "relaxed")] == [False, True]
    assert "`approved` is false" in run.diagnostics("relaxed")
    scene.approve()
    project.apply()
    assert [project.outputs_of(name)["approved"] for name in ("approval", "relaxed")] == [True] * 2


_MOVED = """
import json
import pulumi
import pulumi_smssign
from pulumi_smssign import tencent

said = json.load(open("program.json"))
arguments = said["signatures"]["brand"]["arguments"]

class Shop(pulumi.ComponentResource):
    def __init__(self, name):
        super().__init__("shop:index:Shop", name)
        inside = pulumi.ResourceOptions(parent=self, aliases=[
            pulumi.Alias(parent=pulumi.ROOT_STACK_RESOURCE, name="brand")])
        brand = tencent.Signature("shop-brand", **arguments, opts=inside)
        pulumi_smssign.Approval("approval", signatures=[brand], **said["approval"],
            opts=pulumi.ResourceOptions(parent=self))

Shop("shop")
"""


@at(TENCENT)
def test_it_is_awaited_under_another_name_and_in_a_component(scene: Scene) -> None:
    project = awaiting(scene)
    project.write_program(_MOVED)
    must_await(project.up("--skip-preview"))
    scene.approve()
    project.apply()
    assert project.outputs_of("approval")["approved"] is True
    assert scene.writes() == [scene.case.names.submit]


_BRAND = """
import json
import pulumi_smssign

said = json.load(open("program.json"))
brand = pulumi_smssign.Brand("geek", vendors=["yunpian"], facts={"text": "极客科技", "website": "https://geek.example"},
    approval={"timeout": 0})
"""


def test_an_approval_inside_a_brand_awaits(tencent: Scene) -> None:
    project = tencent.project
    project.write_program(_BRAND)
    must_await(project.up("--skip-preview"))
    (one,) = tencent.sandbox.signatures("yunpian")
    tencent.sandbox.approve("yunpian", one.id)
    project.apply()
    assert project.outputs_of("geek-approval")["approved"] is True
