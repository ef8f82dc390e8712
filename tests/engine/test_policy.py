"""The `deletion_policy`: what an approved signature may be lost for, and which value counts."""

from __future__ import annotations

import pytest

from pulumi_smssign.sandbox.review import Status
from tests.engine.cases import ALIBABA, HUAWEI, TENCENT, UCLOUD, YUNPIAN, at, together
from tests.engine.project import Run
from tests.engine.scene import NEW, NEXT, OLD, Scene, Scenes

FAILS = {"timeout": 0}
OTHER = "极客天地"
CONSENT = 'deletion_policy="delete"'


def recorded(run: Run, scene: Scene, policy: str) -> bool:
    """Whether a run was green, and told and recorded the signature's policy."""
    told = f'deletion_policy is "{policy}" from now on: only recorded.'
    assert run.succeeded, run.output
    return told in run.diagnostics("brand") and scene.outputs["deletion_policy"] == policy


@at(TENCENT)
def test_a_change_of_the_policy_alone_is_recorded_and_asks_nobody(scene: Scene) -> None:
    scene.approved()
    assert scene.outputs["deletion_policy"] == "delete"
    scene.forget_calls()
    scene.project.edit("brand", deletion_policy="retain")
    run = scene.project.up()
    assert run.plans("update", "brand"), run.output
    assert recorded(run, scene, "retain")
    scene.project.edit("brand", deletion_policy=None)
    assert recorded(scene.project.up(), scene, "delete")
    scene.project.policy("retain")
    assert recorded(scene.project.up(), scene, "retain")
    assert "2 unchanged" in scene.project.up("--skip-preview").output
    assert scene.calls() == []


@together(ALIBABA, HUAWEI, TENCENT, UCLOUD)
def test_with_delete_approved_content_can_be_changed(scenes: Scenes) -> None:
    """For a deletion first the engine asks the Approval with unknown inputs."""
    scenes.approved(wait=FAILS)
    for scene in scenes:
        scene.change_the_proof()
    scenes.forget_calls()
    scenes.sandbox.review_policy = "immediate"
    run = scenes.project.up()
    assert run.succeeded, run.output
    previewed = Run(run.output.partition("Updating")[0], code=0)
    for scene in scenes:
        said, names = previewed.diagnostics(scene.name), scene.case.names
        if scene.case.editable:
            assert "WILL BE OUT OF USE" in said
            assert scene.writes() == [names.resubmit]
        else:
            assert "WILL BE DELETED FIRST" in said
            assert run.plans("replace", scene.name), run.output
            assert scene.writes() == [names.withdraw, names.submit]
        assert run.diagnostics(scene.name).count("which takes a person hours or days") == (
            2 if scene.case.editable else 1
        )
        assert scene.id == scene.identifier(scene.only())
    assert scenes.project.outputs_of("approval")["approved"] is True


def test_with_retain_a_change_of_approved_content_is_refused_in_the_preview_with_both_ways(
    scenes: Scenes,
) -> None:
    scenes.project.policy("retain")
    old = scenes.approved()
    for scene in scenes:
        scene.change_the_proof()
    for scene in scenes:
        refused = scenes.project.preview("--target", scenes.project.urn(scene.name))
        assert not refused.succeeded
        said = refused.diagnostics(scene.name)
        assert "give the signature another text" in said
        assert (CONSENT in said) is scene.case.deletes
        assert ("no way to delete it" in said) is not scene.case.deletes
    assert not scenes.project.up("--skip-preview").succeeded
    assert scenes.each(Scene.only) == old
    assert scenes.each(Scene.writes) == scenes.each(lambda scene: [scene.case.names.submit])


@at(TENCENT, ALIBABA)
def test_consent_counts_in_the_very_edit_that_needs_it(scene: Scene) -> None:
    scene.project.policy("retain")
    scene.approved()
    scene.change_the_proof()
    scene.project.edit("brand", deletion_policy="delete")
    scene.forget_calls()
    run = scene.project.up()
    assert run.succeeded, run.output
    names = scene.case.names
    in_place, anew = [names.resubmit], [names.withdraw, names.submit]
    assert scene.writes() == (in_place if scene.case.editable else anew)
    assert scene.outputs["deletion_policy"] == "delete"


@at(TENCENT, ALIBABA)
def test_consent_is_taken_back_in_the_very_edit_that_would_need_it(scene: Scene) -> None:
    old = scene.approved()
    scene.change_the_proof()
    scene.project.edit("brand", deletion_policy="retain")
    refused = scene.project.up()
    assert not refused.succeeded
    assert CONSENT in refused.diagnostics("brand")
    assert scene.only() == old
    assert scene.writes() == [scene.case.names.submit]


def two_approved(tencent: Scene, kept: str = "retain", gone: str = "delete") -> None:
    """Two signatures, each with a policy of its own, both approved."""
    tencent.declare("kept", deletion_policy=kept)
    tencent.declare("gone", deletion_policy=gone, **{tencent.case.text: OTHER})
    tencent.sandbox.review_policy = "immediate"
    tencent.project.apply()
    tencent.sandbox.review_policy = "manual"


def test_a_policy_given_with_another_text_is_that_of_the_one_which_it_replaces(
    tencent: Scene,
) -> None:
    two_approved(tencent, kept="delete", gone="retain")
    tencent.project.edit("kept", deletion_policy="retain")
    tencent.project.edit("gone", deletion_policy="delete")
    tencent.rename(NEW, "kept")
    tencent.rename(NEXT, "gone")
    run = tencent.project.up()
    assert run.succeeded, run.output
    assert tencent.texts() == {
        OLD: Status.APPROVED, OTHER: Status.APPROVED, NEW: Status.PENDING, NEXT: Status.PENDING
    }  # fmt: skip
    tencent.approve()
    tencent.project.apply()
    assert set(tencent.texts()) == {OLD, NEW, NEXT}


def test_a_dropped_line_has_the_policy_of_its_last_up(tencent: Scene) -> None:
    """Nothing else says what it is: the configuration's comes with an `up` of the resource."""
    two_approved(tencent)
    tencent.project.policy("delete")
    for name in ("kept", "gone"):
        tencent.project.drop(name)
    run = tencent.project.apply()
    assert set(tencent.texts()) == {OLD}
    assert "stays in the account" in run.diagnostics("kept")
    assert "declared again it is taken up by itself" in run.diagnostics("kept")
    assert 'is deleted: its deletion_policy is "delete"' in run.diagnostics("gone")


def test_a_dropped_one_that_is_approved_after_the_preview_goes_as_its_policy_says(
    tencent: Scene,
) -> None:
    tencent.declare("kept", deletion_policy="retain")
    tencent.declare("gone", deletion_policy="delete", **{tencent.case.text: OTHER})
    tencent.project.apply()
    for name in ("kept", "gone"):
        tencent.project.drop(name)
    preview = tencent.project.preview()
    assert preview.plans("delete", "kept")
    assert preview.plans("delete", "gone")
    tencent.approve()
    tencent.project.apply()
    assert tencent.texts() == {OLD: Status.APPROVED}


@pytest.mark.parametrize("policy", ["retain", "delete"])
@at(TENCENT, ALIBABA)
def test_an_approval_between_preview_and_run_changes_the_rules_of_an_edit(
    scene: Scene, policy: str
) -> None:
    scene.project.policy(policy)
    scene.declare()
    scene.project.apply()
    if not scene.case.modifiable_while_pending:
        scene.reject("unreadable")
    scene.change_the_proof()
    assert scene.project.preview().plans("update", "brand")
    scene.approve_all()
    old = scene.only()
    scene.forget_calls()
    run = scene.project.up("--skip-preview")
    said, names = run.diagnostics("brand"), scene.case.names
    assert run.succeeded is (policy == "delete"), run.output
    if policy == "retain":
        assert CONSENT in said
        assert scene.only() == old
        assert scene.writes() == []
    elif scene.case.editable:
        assert scene.writes() == [names.resubmit]
        assert "WILL BE OUT OF USE" in said
    else:
        assert scene.writes() == [names.withdraw, names.submit]
        assert f"【{OLD}】 ({old.id}) is deleted" in said


@pytest.mark.parametrize("policy", ["retain", "delete"])
@at(UCLOUD)
def test_an_approval_between_preview_and_run_changes_the_rules_of_a_replacement(
    scene: Scene, policy: str
) -> None:
    """The verdict comes between the Diff of the run and its Delete."""
    scene.project.policy(policy)
    scene.declare()
    scene.project.apply()
    scene.project.edit("brand", sig_type=4, certificate_type=4, qualification_id="qual-417")
    look = scene.case.names.look
    scene.fault(kind="verdict", action=look, skip=1, verdict="approve", id=scene.only().id)
    scene.forget_calls()
    run = scene.project.up("--skip-preview")
    if policy == "delete":
        assert run.succeeded, run.output
        assert scene.writes() == [scene.case.names.withdraw, scene.case.names.submit]
        return
    assert not run.succeeded
    said = run.diagnostics("brand")
    assert "is APPROVED by now, and is not deleted for its replacement" in said
    assert scene.only().status is Status.APPROVED
    assert scene.writes() == []
    refused = scene.project.up()
    assert not refused.succeeded
    assert CONSENT in refused.diagnostics("brand")


@together(HUAWEI, TENCENT, UCLOUD, YUNPIAN)
def test_the_vendor_refuses_an_edit_that_arrives_after_the_approval(
    scenes: Scenes,
) -> None:
    scenes.applied_and_rejected()
    for scene in scenes:
        scene.change_a_little()
        action = scene.case.names.resubmit
        scene.fault(kind="verdict", action=action, verdict="approve", id=scene.only().id)
    scenes.forget_calls()
    run = scenes.project.up("--continue-on-error")
    assert not run.succeeded
    for scene in scenes:
        said = run.diagnostics(scene.name)
        assert "Traceback" not in said
        assert "is APPROVED by now, and can't be changed any more" in said
        assert "run `pulumi up` again: the preview will show" in said
        assert scene.only().status is Status.APPROVED
        assert scene.writes() == [scene.case.names.resubmit]


@at(UCLOUD)
def test_the_other_way_out_of_a_doubt_is_a_refresh(scene: Scene) -> None:
    """Rejected in state, approved at the vendor: perhaps a run was cut off that sent the change."""
    scene.applied_and_rejected()
    scene.project.refresh()
    scene.change_the_proof()
    scene.approve_all()
    refused = scene.project.preview()
    assert not refused.succeeded
    assert "run `pulumi refresh`" in refused.diagnostics("brand")
    scene.project.refresh()
    assert "WILL BE DELETED FIRST" in scene.project.preview().diagnostics("brand")
    scene.project.policy("retain")
    refused = scene.project.preview()
    assert not refused.succeeded
    assert CONSENT in refused.diagnostics("brand")


def test_all_that_can_be_verified_is_verified_before_a_deletion(tencent: Scene) -> None:
    """The program removes its temporary file when its text has run."""
    old = tencent.approved(wait=FAILS)
    tencent.change_the_proof()
    source = (tencent.project.folder / "__main__.py").read_text(encoding="utf-8")
    tencent.project.write_program(
        f"{source}\nif not pulumi.runtime.is_dry_run():\n    Path('licence.png').unlink()\n"
    )
    run = tencent.project.up()
    assert not run.succeeded
    assert "licence.png does not exist" in run.diagnostics("brand")
    assert tencent.only() == old
    assert tencent.writes() == ["AddSmsSign"]


@at(UCLOUD)
def test_a_signature_that_could_not_be_submitted_anew_is_not_deleted(scene: Scene) -> None:
    """At UCloud a proof's URL goes with a change only: a new application has no such field."""
    scene.declare(sig_purpose=1, proxy_file="licence.png")
    scene.sandbox.review_policy = "immediate"
    scene.project.apply()
    old = scene.only()
    scene.project.edit("brand", proxy_file=None, proxy_doc="https://geek.example/proxy.png")
    refused = scene.project.preview()
    assert not refused.succeeded
    assert "proxy_file" in refused.diagnostics("brand")
    assert scene.only() == old


@at(TENCENT)
def test_where_the_vendor_can_not_be_asked_nothing_is_deleted_and_state_stays(
    scene: Scene,
) -> None:
    old = scene.approved()
    scene.fault(kind="error", action=scene.case.names.look, code="AuthFailure", times=None)
    refused = scene.project.destroy()
    assert not refused.succeeded
    assert "what to do" in refused.diagnostics("brand")
    assert scene.only() == old
    scene.sandbox.faults.clear()
    assert scene.project.destroy().succeeded
    assert scene.held() == []
