"""Chinese runs: rows and errors are Chinese where that is asked for, and state is the same."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from pulumi_smssign.model.language import CHINESE, ENGLISH, LANG_VARIABLE
from pulumi_smssign.sandbox.app import Sandbox
from pulumi_smssign.sandbox.review import Status
from pulumi_smssign.sandbox.server import running
from tests.engine.cases import TENCENT
from tests.engine.project import Project, Run
from tests.engine.scene import NEW, OLD, Scene
from tests.images import png

REASON = "营业执照不清晰"
_ENGLISH = re.compile("[A-Za-z]{2,} [a-z]{2,} [a-z]{2,}")
_QUOTED = re.compile('`[^`]*`|"[^"]*"')
_OF_THE_ENGINE = re.compile(
    r"^(error: pulumi-python:\S+ resource '\w+' has a problem: |warning: resource is awaiting$)"
)
_DIFFERS = re.compile(
    r"\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)"  # times
    r"|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"  # an Approval's id
    r"|http://127.0.0.1:\d+"  # the sandbox
)


@pytest.fixture
def chinese(tencent: Scene) -> Scene:
    tencent.project.environment[LANG_VARIABLE] = CHINESE
    return tencent


def said_of(run: Run, resource: str) -> list[str]:
    """The lines on a resource's row; none of ours is English, commands and quotations apart."""
    lines = run.diagnostics(resource).splitlines()
    assert "\u200b" not in "".join(lines)  # what widens a live row is no part of what stays
    ours = (_QUOTED.sub("", _OF_THE_ENGINE.sub("", line)) for line in lines)
    assert [line for line in ours if _ENGLISH.search(line)] == [], run.output
    return lines


def test_two_problems_of_the_inputs_are_said_in_chinese(chinese: Scene) -> None:
    chinese.declare(sign_name="", sign_type=77)
    run = chinese.project.preview()
    assert run.code == 1, run.output
    lines = said_of(run, chinese.name)
    first, second = sorted(lines)
    assert "sign_name：" in first
    assert "sign_type：" in second


def test_a_review_is_told_in_chinese_until_its_verdict(chinese: Scene) -> None:
    chinese.declare()
    chinese.project.wait(timeout=0)
    first = chinese.project.up()
    assert first.awaits, first.output
    one = f"{chinese.name} 【{OLD}】 (tencent {chinese.only().id})"
    lines = said_of(first, "approval")
    assert f"{one} 审核中" in lines
    assert f"等待 {chinese.name}：下次 `pulumi up` 接着走，这不是失败。" in lines

    chinese.reject(REASON)
    red = chinese.project.up()
    assert red.code == 1, red.output
    lines = said_of(red, "approval")
    assert lines[-5:] == [
        "error: 这个签名还没有通过：",
        f"- {one} 已驳回：{REASON}",
        "什么都没有丢：所有申请都还在厂商那里",
        "资源：approval",
        "处理办法：按驳回原因修改，再运行 `pulumi up`：会从这里接着走。",
    ]


def test_a_preview_warns_in_chinese_of_a_loss_and_of_a_name(chinese: Scene) -> None:
    chinese.project.policy("delete")
    approved = chinese.approved()
    chinese.project.edit(chinese.name, owner="别的公司")
    chinese.change_the_proof()
    preview = chinese.project.preview()
    assert preview.plans("replace", chinese.name), preview.output
    lines = said_of(preview, chinese.name)
    assert (
        "warning: sign_name：不是 owner 的一部分：UCloud 的审核标准（2026-05-09）要求用公司全称，"
        "或者全称中连续的一部分"
    ) in lines
    assert f"warning: 注意：【{OLD}】 ({approved.id}) 已通过，但会先被删除。" in lines


def test_an_approved_signature_is_kept_from_a_change_in_chinese(chinese: Scene) -> None:
    chinese.project.policy("retain")
    approved = chinese.approved()
    chinese.change_the_proof()
    lines = said_of(chinese.project.preview(), chinese.name)
    assert (
        f"error: 【{OLD}】 ({approved.id}) 已通过：修改 proof_image 会先把它删除，"
        "因为 tencent 规定同一文本只能有一个签名。"
    ) in lines


_IN_A_SHOP = """
import json
import pulumi
import pulumi_smssign
from pulumi_smssign import tencent

said = json.load(open("program.json"))
wanted = said["signatures"]["brand"]

class Shop(pulumi.ComponentResource):
    def __init__(self, name):
        super().__init__("shop:index:Shop", name)
        inside = pulumi.ResourceOptions(parent=self, **wanted.get("options", {}), aliases=[
            pulumi.Alias(parent=pulumi.ROOT_STACK_RESOURCE, name="brand")])
        self.brand = tencent.Signature("shop-brand", args=wanted["arguments"], opts=inside)

shop = Shop("shop")
another = {"sign_name": "极客网络", "proof_image": "other.png"}
other = tencent.Signature("other", args={**wanted["arguments"], **another})
pulumi_smssign.Approval("approval", signatures=[shop.brand, other], **said["approval"])
"""


def test_a_component_of_typed_arguments_is_told_in_chinese(chinese: Scene) -> None:
    """Renamed into a component, mended for a `--target`, and replaced: `args=` all the way."""
    project = chinese.project
    chinese.declare()
    project.wait(timeout=0)
    assert project.up().awaits
    project.write_program(_IN_A_SHOP)
    project.write("other.png", png(7))
    moved = project.up()
    assert moved.awaits, moved.output
    assert f"shop-brand 【{OLD}】 (tencent {chinese.bearing(OLD).id}) 审核中" in said_of(
        moved, "approval"
    )

    chinese.sandbox.reject("tencent", chinese.bearing(OLD).id, REASON)
    chinese.change_the_proof()
    target = f"--target={project.urn('shop-brand')}"
    mended = project.up(target)
    assert mended.succeeded, mended.output
    resubmitted = f"【{OLD}】 ({chinese.bearing(OLD).id}) 已驳回：改动在原 ID 下重新送审。"
    assert said_of(mended, "shop-brand") == [resubmitted]
    assert chinese.bearing(OLD).status is Status.PENDING

    chinese.approve_all()
    project.apply()
    chinese.rename(NEW)
    preview = project.preview(target)
    assert preview.plans("replace", "shop-brand"), preview.output
    assert any(NEW in row or OLD in row for row in said_of(preview, "shop-brand")), preview.output
    chinese.sandbox.review_policy = "immediate"
    replaced = project.up(target)
    assert replaced.succeeded, replaced.output
    said_of(replaced, "shop-brand")
    assert chinese.bearing(NEW).status is Status.APPROVED


def in_state(scene: Scene) -> object:
    """What state has after a rejection, and a rename while the program retains what is replaced."""
    scene.project.policy("delete")
    scene.applied_and_rejected()
    scene.project.refresh()
    scene.approve_all()
    scene.project.option(scene.name, retain_on_delete=True)
    scene.project.wait(timeout=0, on_pending="continue")
    scene.rename(NEW)
    scene.project.apply()
    said = json.dumps(scene.project.resources(), ensure_ascii=False)
    assert "retain_on_delete=True says so" in said
    return json.loads(_DIFFERS.sub("-", said))


def test_state_is_the_same_in_both_languages(
    tencent: Scene, template: Path, python: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    tencent.project.environment[LANG_VARIABLE] = ENGLISH
    with running(Sandbox(switches={"tencent.enforce_rate": False})) as served:
        project = Project(tmp_path_factory.mktemp("chinese"), template, served.url)
        project.use_python(python)
        project.environment[LANG_VARIABLE] = CHINESE
        in_chinese = in_state(Scene(TENCENT, project, served.sandbox, served.url))
    assert "：" in project.outputs
    assert in_chinese == in_state(tencent)
