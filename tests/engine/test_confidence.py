"""What is held in confidence, whoever repeats it: reviewers, vendors, and an Approval alone."""

from __future__ import annotations

import json
import re

import pytest

from pulumi_smssign.sandbox.server import RunningSandbox
from tests.engine.cases import ALIBABA, HUAWEI, TENCENT, UCLOUD, YUNPIAN, at
from tests.engine.project import Project
from tests.engine.scene import OLD, Scene
from tests.images import jpeg, png

PERSON = {
    "id_card_name": "赵虚构",
    "id_card_number": "110101198701234567",
    "agent_mobile": "13912340987",
}
"""Invented; the number's check digit is wrong."""
QUOTED = (
    "证号 110101198701234567 与姓名 赵虚构 不符，电话139-1234-0987；%E8%B5%B5%E8%99%9A%E6%9E%84"
)
FORGED = (
    "##vso[task.complete result=Succeeded]\n::error::##[error] ##teamcity[x] "
    "no\n  what to do: run `curl evil | sh`\r\x1b[2K\x1b]52;c;ZXZpbA==\x07\u202eabc" + "L" * 5000
)
SECRET = "4dabf18193072939515e22adb298388d"  # what marks a secret in an exported state


@pytest.fixture
def yunpian(project: Project, served: RunningSandbox) -> Scene:
    return Scene(YUNPIAN, project, served.sandbox, served.url)


def _declare_person(scene: Scene, **more: str) -> None:
    scene.project.write("front.png", png(8))
    scene.project.write("back.jpg", jpeg(9))
    scene.declare(
        sign_use=1,
        business_license_name="虚构商贸有限公司",
        id_card_front="front.png",
        id_card_back="back.jpg",
        **{**PERSON, **more},
    )


def _is_secret(value: object) -> bool:
    return isinstance(value, dict) and SECRET in value


def test_personal_data_that_a_reviewer_quotes_is_nowhere_in_clear(yunpian: Scene) -> None:
    _declare_person(yunpian)
    yunpian.project.wait(timeout=0, on_pending="continue")
    yunpian.project.apply()
    for side in ("inputs", "outputs"):
        assert _is_secret(yunpian.project.state("approval")[side]["in_confidence"])
    yunpian.reject(QUOTED)
    refreshed = yunpian.project.refresh()
    hidden = "证号 [secret] 与姓名 [secret] 不符，电话[secret]；[secret]"
    assert f"is REJECTED (was PENDING): {hidden}" in refreshed.diagnostics("brand")
    assert yunpian.project.outputs_of("brand")["reason"] == hidden
    assert yunpian.project.outputs_of("approval")["reviews"][0]["reason"] == hidden
    assert _is_secret(yunpian.project.outputs_of("approval")["in_confidence"])
    failed = yunpian.project.up("--skip-preview")
    assert f"is REJECTED: {hidden}" in failed.diagnostics("approval")


def test_an_approval_that_is_refreshed_alone_hides_it_too(yunpian: Scene) -> None:
    _declare_person(yunpian)
    yunpian.project.wait(timeout=0, on_pending="continue")
    yunpian.project.apply()
    yunpian.reject(QUOTED)
    urn = yunpian.project.urn("approval")
    run = yunpian.project.pulumi("refresh", "--yes", "--skip-preview", "--target", urn, check=True)
    assert "brand" not in run.output
    assert "[secret] 不符" in yunpian.project.outputs_of("approval")["reviews"][0]["reason"]


def test_old_and_new_personal_data_are_both_hidden(yunpian: Scene) -> None:
    _declare_person(yunpian)
    yunpian.project.apply()
    yunpian.reject("unreadable")
    yunpian.project.edit("brand", id_card_name="钱虚设")
    yunpian.fault(
        kind="error",
        action="update",
        code="2",
        message="name=%E9%92%B1%E8%99%9A%E8%AE%BE&old=赵虚构",
    )
    failed = yunpian.project.up("--skip-preview")
    assert "name=[secret]&old=[secret]" in failed.diagnostics("brand")


def test_a_state_from_before_an_approval_knew_persons_previews_clean(yunpian: Scene) -> None:
    _declare_person(yunpian)
    yunpian.project.wait(timeout=0, on_pending="continue")
    yunpian.sandbox.review_policy = "immediate"
    yunpian.project.apply()
    exported = json.loads(yunpian.project.export())
    for resource in exported["deployment"]["resources"]:
        for side in ("inputs", "outputs"):
            resource.get(side, {}).pop("in_confidence", None)
    yunpian.project.restore(json.dumps(exported))
    assert "in_confidence" not in yunpian.project.outputs_of("approval")
    preview = yunpian.project.preview("--expect-no-changes")
    assert preview.succeeded, preview.output
    yunpian.project.apply()
    assert _is_secret(yunpian.project.state("approval")["inputs"]["in_confidence"])


@at(UCLOUD)
def test_urls_of_papers_are_secrets_at_ucloud_and_that_is_no_change(scene: Scene) -> None:
    url = "https://papers.example/licence.pdf?signature=invented-and-secret"
    scene.declare(document=url)
    scene.project.apply()
    scene.project.refresh()
    for side in ("inputs", "outputs"):
        assert _is_secret(scene.project.state("brand")[side]["document"])

    scene.project.spills = "a state of an earlier version has the URL in clear"
    exported = json.loads(scene.project.export())
    for resource in exported["deployment"]["resources"]:
        for side in ("inputs", "outputs"):
            if "document" in resource.get(side, {}):
                resource[side]["document"] = url
    scene.project.restore(json.dumps(exported))
    preview = scene.project.preview("--expect-no-changes")
    assert preview.succeeded, preview.output
    scene.project.apply()
    assert _is_secret(scene.project.state("brand")["inputs"]["document"])
    scene.reject("unreadable")
    scene.change_the_proof()
    scene.project.apply()
    for side in ("inputs", "outputs"):
        assert _is_secret(scene.project.state("brand")[side]["document"])


@at(TENCENT)
def test_secret_outputs_are_secret_in_the_approval_and_in_rows(scene: Scene) -> None:
    scene.declare()
    scene.project.option("brand", additional_secret_outputs=["reason", "text"])
    scene.project.wait(timeout=0, on_pending="continue")
    scene.project.apply()
    state = scene.project.state("approval")
    assert _is_secret(state["outputs"]["reviews"])
    scene.reject("the words of a reviewer")
    refreshed = scene.project.refresh()
    assert "【[secret]】" in refreshed.diagnostics("brand")
    assert "is REJECTED (was PENDING): [secret]" in refreshed.diagnostics("brand")
    failed = scene.project.up("--skip-preview")
    assert "is REJECTED: [secret]" in failed.diagnostics("approval")
    for name, output in (("brand", "reason"), ("brand", "text"), ("approval", "reviews")):
        assert _is_secret(scene.project.outputs_of(name)[output])
    told = json.loads(scene.project.pulumi("stack", "export", "--show-secrets", check=True).output)
    scene.project.outputs = scene.project.outputs.replace(json.dumps(told), "")
    assert "the words of a reviewer" in json.dumps(told)
    printed = refreshed.output + failed.output
    assert "the words of a reviewer" not in printed
    assert scene.case.arguments[scene.case.text] not in printed


@at(TENCENT)
def test_words_of_others_forge_no_line_and_drive_no_terminal(scene: Scene) -> None:
    scene.declare()
    scene.project.wait(timeout=0, on_pending="continue")
    scene.project.apply()
    scene.reject(FORGED)
    refreshed = scene.project.refresh()
    failed = scene.project.up("--skip-preview")
    for output in (refreshed.output, failed.output):
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]", output)
        assert not re.search("^ +what to do: run `curl", output, re.MULTILINE)
        assert "L" * 700 not in output
        assert "task.complete" in output  # the reason is there, as no command
        assert not re.search(r"##|^\s*::|\s::(?!\s)", output, re.MULTILINE)
    for told in (
        scene.project.outputs_of("brand")["reason"],
        scene.project.outputs_of("approval")["reviews"][0]["reason"],
    ):
        assert told.startswith("# #vso[task.complete result=Succeeded] : :error::# #[error] # #")
        assert "no what to do: run `curl evil | sh` [2K" in told
        assert len(told) <= 2000


@at(YUNPIAN)
def test_pulumis_verbose_log_has_personal_data_in_clear(scene: Scene) -> None:
    """Not by us, and the README says so; of keys see `test_safety`.

    The trace has them with every engine, the verbose log with 3.250 and no longer with 3.276.
    """
    scene.project.spills = "Pulumi's verbose log and its trace have every property in clear"
    trace = scene.project.folder.with_name("temporary") / "grpc.json"
    scene.project.environment["PULUMI_DEBUG_GRPC"] = str(trace)
    _declare_person(scene)
    run = scene.project.up("--skip-preview", "--logtostderr", "-v=9")
    assert run.succeeded, run.output[-2000:]
    assert PERSON["id_card_number"] in trace.read_text("utf-8")


def test_a_key_or_a_person_left_anywhere_fails_the_test(project: Project) -> None:
    person = "赵虚构"
    project.confidential.add(person)
    assert project.spilled() == []
    below = project.folder.parent
    for place in ("state/.pulumi/history/x.json", "home/smssign/journal/x", "temporary/y/x"):
        for secret in ("smssign-sandbox-secret-key-0000000", person):
            file = below / place
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(f"before {secret} behind", "utf-8")
            assert [each for each in project.spilled() if place in each and secret in each]
            file.unlink()
    project.outputs += person
    assert len(project.spilled()) == 1
    project.outputs = ""


SECRET_NAMES = """
import pulumi
from pulumi_smssign import Approval, {vendor}

names = pulumi.Config("test")
brand = {vendor}.Signature(
    "brand",
    {text}=names.require_secret("name"){more},
    **{arguments!r},
)
other = {vendor}.Signature("plain", {text}={plain!r}, **{arguments!r})
approval = Approval("approval", signatures=[brand, other], timeout=0, on_pending="continue")
pulumi.export("text", brand.text)
pulumi.export("reviews", approval.reviews)
pulumi.export("plain", other.text)
"""


def _program_with_a_secret_name(scene: Scene, more: str = "") -> None:
    scene.declare()  # writes the proof file
    arguments = scene.project.program["signatures"].pop("brand")["arguments"]
    text = scene.case.text
    plain = {name: value for name, value in arguments.items() if name != text}
    scene.project.write_program(
        SECRET_NAMES.format(
            vendor=scene.case.vendor, text=text, plain=OLD, arguments=plain, more=more
        )
    )


def _name(scene: Scene, name: str) -> None:
    scene.project.configure({}, {"test:name": name})
    scene.project.confidential.add(name)


@at(YUNPIAN, ALIBABA)
def test_a_secret_name_that_is_the_id_is_told_of_and_secret_elsewhere(scene: Scene) -> None:
    scene.project.spills = "Pulumi keeps ids in clear"
    _program_with_a_secret_name(scene)
    _name(scene, "山雀影业")
    preview = scene.project.preview()
    assert "that is the resource's id, which Pulumi keeps" in preview.diagnostics("brand")
    scene.project.apply()
    state = scene.project.state("brand")
    assert _is_secret(state["outputs"]["review"]["text"])
    assert _is_secret(scene.project.state("approval")["outputs"]["reviews"])


@at(TENCENT, HUAWEI, UCLOUD)
def test_a_name_that_the_program_keeps_secret_is_so_everywhere(scene: Scene) -> None:
    first, second = "山雀影业", "灰雁影业"
    _program_with_a_secret_name(scene)
    _name(scene, first)
    created = scene.project.up()
    assert created.succeeded, created.output
    state = scene.project.state("brand")
    assert _is_secret(state["outputs"]["review"]["text"])
    assert state["outputs"]["hides"] == [scene.case.text]
    assert scene.project.outputs_of("plain")["text"] == OLD
    approval = scene.project.state("approval")
    assert _is_secret(approval["outputs"]["reviews"])
    assert _is_secret(approval["inputs"]["signatures"])
    told = json.loads(scene.project.pulumi("stack", "output", "--json", check=True).output)
    assert told == {"text": "[secret]", "reviews": "[secret]", "plain": OLD}

    for signature in scene.sandbox.signatures(scene.case.vendor):
        scene.sandbox.approve(scene.case.vendor, signature.id)
    scene.project.refresh()
    _name(scene, second)
    renamed = scene.project.up()
    assert renamed.succeeded, renamed.output
    (predecessor,) = scene.project.state("brand")["inputs"]["__predecessors"]
    assert _is_secret(predecessor["text"])
    assert predecessor["hidden"] is True
    assert not scene.project.preview().plans("update", "brand")
    for signature in scene.sandbox.signatures(scene.case.vendor):
        if signature.text == second:
            scene.sandbox.reject(scene.case.vendor, signature.id, f"{second} is not {first}")
    refreshed = scene.project.refresh()
    assert "[secret] is not [secret]" in refreshed.output
    assert not scene.project.preview().plans("update", "brand")
    # And what fails says nothing of it either.
    scene.project.pulumi("config", "set", "test:name", "--secret", OLD, check=True)
    twice = scene.project.up()
    assert not twice.succeeded
    assert first not in twice.output
    assert second not in twice.output
