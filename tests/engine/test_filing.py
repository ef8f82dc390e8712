"""The second life after the approval: filed with the carriers, not filed, or not any more."""

from __future__ import annotations

from pydantic import JsonValue

from tests.engine.cases import ALIBABA, HUAWEI, TENCENT, UCLOUD, YUNPIAN, at, together
from tests.engine.scene import Scene, Scenes

ALL, FILED, FAILED, LAPSED = ("mobile", "unicom", "telecom"), 3, 0, 2


def file(scene: Scene, **others: int) -> None:
    """Have Alibaba's carriers file the signature, or some of them do something else."""
    by_carrier: dict[str, JsonValue] = {**dict.fromkeys(ALL, FILED), **others}
    scene.sandbox.change("alibaba", scene.only().id, fields={"RegisterStatus": by_carrier})


@at(ALIBABA)
def test_an_approval_waits_until_the_carriers_have_filed(scene: Scene) -> None:
    scene.approved(wait={"timeout": 0})
    assert scene.project.outputs_of("approval")["approved"] is True
    assert scene.project.outputs_of("approval")["deliverable"] == "no"
    scene.project.refresh()
    brand = scene.project.outputs_of("brand")
    assert (brand["usable"], brand["deliverable"], brand["filing"]["state"]) == (
        True,
        "no",
        "filing",
    )

    scene.project.wait(timeout=0, until="filed")
    waits = scene.project.up("--skip-preview")
    assert not waits.succeeded
    said = waits.diagnostics("approval")
    assert "APPROVED, filing with the carriers: filing (usually 5 to 10 working days" in said
    assert "run `pulumi up` again to go on waiting" in said

    file(scene, unicom=FAILED)
    failed = scene.project.up("--skip-preview")
    assert not failed.succeeded
    said = failed.diagnostics("approval")
    assert "carriers failed (mobile filed, unicom failed, telecom filed)" in said
    assert 'wait until="approved" only' in said

    file(scene)
    scene.project.apply()
    assert scene.project.outputs_of("approval")["deliverable"] == "yes"
    scene.forget_calls()
    assert "3 unchanged" in scene.project.up("--skip-preview").output
    assert scene.calls() == []

    file(scene, mobile=LAPSED)
    scene.project.refresh()
    expelled = scene.project.up("--skip-preview")
    assert not expelled.succeeded
    assert "lapsed (mobile lapsed" in expelled.diagnostics("approval")


@at(ALIBABA)
def test_a_refresh_warns_of_a_filing_that_has_lapsed(scene: Scene) -> None:
    scene.declare()
    scene.sandbox.review_policy = "immediate"
    scene.sandbox.switches.set({"alibaba.filing_delay": 0})
    scene.project.apply()
    scene.project.refresh()
    assert scene.project.outputs_of("brand")["deliverable"] == "yes"
    file(scene, telecom=LAPSED)
    said = scene.project.refresh().diagnostics("brand")
    assert "lapsed (mobile filed, unicom filed, telecom lapsed) (was filed)" in said
    assert "telecom: NO_SEND_RECORD" in said
    brand = scene.project.outputs_of("brand")
    assert (brand["usable"], brand["deliverable"]) == (True, "no")
    assert "2 unchanged" in scene.project.up("--skip-preview").output


@at(TENCENT)
def test_without_a_reason_a_refusal_may_be_an_unfinished_filing_and_is_waited_for(
    scene: Scene,
) -> None:
    scene.sandbox.switches.set({"tencent.effective_delay": 6, "tencent.unfiled_status": "-1"})
    scene.sandbox.review_policy = "immediate"
    scene.declare()
    scene.project.wait(timeout="60s")
    run = scene.project.apply()
    said = run.diagnostics("approval")
    assert "is PENDING: -1 without a reason: refused, or its first filing" in said
    assert "is APPROVED" in said


@at(TENCENT)
def test_a_refresh_warns_of_a_qualification_that_is_approved_no_more(scene: Scene) -> None:
    scene.approved()
    scene.project.refresh()
    qualification = scene.project.outputs_of("brand")["qualification"]
    assert (qualification["id"], qualification["state"]) == ("2000417", "approved")
    scene.sandbox.change("tencent", scene.only().id, fields={"QualificationStatusCode": 3})
    said = scene.project.refresh().diagnostics("brand")
    assert "is supplement (was approved)" in said
    assert scene.project.outputs_of("brand")["usable"] is True


@at(HUAWEI)
def test_a_failed_filing_at_huawei_is_not_promised_to_arrive(scene: Scene) -> None:
    scene.declare()
    scene.project.apply()
    scene.sandbox.set_status(
        "huawei", scene.only().id, "REVIEW_PASSED_REAL_NAME_REGISTRATE_FAIL", "no such company"
    )
    said = scene.project.refresh().diagnostics("brand")
    assert "failed (was none): no such company" in said
    brand = scene.project.outputs_of("brand")
    assert (brand["usable"], brand["deliverable"]) == (True, "no")
    assert brand["qualification"]["name"]


@at(HUAWEI)
def test_one_at_huawei_whose_papers_are_to_be_supplemented_does_not_arrive(scene: Scene) -> None:
    there = scene.approved(wait={"timeout": 0, "until": "filed"})
    scene.project.refresh()
    assert scene.outputs["deliverable"] == "yes"
    scene.sandbox.set_status("huawei", there.id, "REVIEW_PASSED")
    scene.project.refresh()
    assert (scene.outputs["usable"], scene.outputs["deliverable"]) == (True, "no")
    assert scene.project.outputs_of("brand")["qualification"]["state"] == "supplement"
    waits = scene.project.up("--skip-preview")
    assert not waits.succeeded
    said = waits.diagnostics("approval")
    assert "is APPROVED, filing with the carriers: none" in said
    assert "its qualification is to be supplemented" in said


@together(TENCENT, UCLOUD, YUNPIAN)
def test_where_no_vendor_tells_of_the_filing_it_is_not_offered(scenes: Scenes) -> None:
    scenes.approved(wait={"timeout": 0})
    scenes.project.refresh()
    for scene in scenes:
        assert scene.outputs["deliverable"] == "unknown"
    assert scenes.project.outputs_of("approval")["deliverable"] == "unknown"
    scenes.project.wait(timeout=0, until="filed")
    refused = scenes.project.preview()
    assert not refused.succeeded
    assert (
        "tencent, ucloud, yunpian tell nothing of the carriers' filing, so "
        '"filed" would wait for no more than "approved"'
    ) in refused.diagnostics("approval")


@together(HUAWEI, TENCENT)
def test_where_some_vendors_tell_of_the_filing_the_others_are_named(scenes: Scenes) -> None:
    scenes.declare()
    scenes.project.wait(timeout="60s", until="filed")
    named = (
        'warning: tencent tells nothing of the carriers\' filing, so until="filed" waits only for '
        "the approval of tencent."
    )
    assert named in scenes.project.preview().diagnostics("approval")
    scenes.sandbox.review_policy = "immediate"
    assert named in scenes.project.apply().diagnostics("approval")
    assert scenes.project.outputs_of("approval")["deliverable"] == "unknown"


@at(UCLOUD)
def test_a_refresh_warns_of_a_managed_name_that_the_carriers_clear_out(scene: Scene) -> None:
    scene.declare(sig_type=1, certificate_type=1)
    created = scene.project.apply()
    assert "file no names of apps since 2026-05-01" in created.diagnostics("brand")
    said = scene.project.refresh().diagnostics("brand")
    assert "clear out those filed before: change to the company's name" in said
