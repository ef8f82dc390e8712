"""What only one vendor has, and all of them in one program, on the real engine."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from pulumi_smssign.core.registry import VENDORS
from pulumi_smssign.sandbox.server import RunningSandbox
from tests.engine.cases import HUAWEI, UCLOUD, YUNPIAN, together
from tests.engine.project import Project
from tests.engine.scene import NEW, OLD, Scene, Scenes
from tests.images import jpeg, png

ROOT = Path(__file__).resolve().parents[2]
PERSONAL = {
    "id_card_name": "赵虚构",
    "id_card_number": "11010519491231002X",
    "agent_mobile": "13800000000",
}
"""Invented; the number has the form that the page asks for."""


@pytest.fixture
def huawei(project: Project, served: RunningSandbox) -> Scene:
    return Scene(HUAWEI, project, served.sandbox, served.url)


@pytest.fixture
def ucloud(project: Project, served: RunningSandbox) -> Scene:
    return Scene(UCLOUD, project, served.sandbox, served.url)


@pytest.fixture
def yunpian(project: Project, served: RunningSandbox) -> Scene:
    return Scene(YUNPIAN, project, served.sandbox, served.url)


def test_one_program_holds_a_brand_at_every_vendor(
    project: Project, served: RunningSandbox
) -> None:
    shutil.copytree(ROOT / "examples" / "quickstart" / "evidence", project.folder / "evidence")
    shutil.copy(ROOT / "examples" / "quickstart" / "__main__.py", project.folder)
    served.sandbox.review_policy = "after:1"
    run = project.up()
    assert run.succeeded, run.output
    outputs = project.outputs_of("approved")
    assert outputs["approved"] is True
    assert {one["vendor"] for one in outputs["reviews"]} == set(VENDORS)
    assert {one.vendor for one in served.sandbox.signatures()} == set(VENDORS)
    served.sandbox.log.clear()
    assert "7 unchanged" in project.up("--skip-preview").output
    assert served.sandbox.calls() == []
    assert project.destroy().succeeded
    assert [one.vendor for one in served.sandbox.signatures()] == ["yunpian"]


def test_a_suspended_huawei_signature_is_activated_when_the_program_asks(huawei: Scene) -> None:
    huawei.sandbox.review_policy = "immediate"
    huawei.declare(activate=True)
    huawei.project.apply()
    huawei.sandbox.review_policy = "manual"
    huawei.sandbox.set_status("huawei", huawei.only().id, "TO_BE_ACTIVATED")
    assert "2 unchanged" in huawei.project.up("--skip-preview").output
    huawei.project.refresh()
    assert huawei.project.outputs_of("brand")["status"] == "SUSPENDED"
    preview = huawei.project.preview()
    assert "the carriers file the signature again" in preview.diagnostics("brand")
    huawei.project.apply()
    assert [call.action for call in huawei.calls("EnableSignature")] == ["EnableSignature"]
    outputs = huawei.project.outputs_of("brand")
    assert (outputs["vendor_status"], outputs["revision"]) == ("PENDING_ACTIVATE", 1)
    assert "2 unchanged" in huawei.project.up("--skip-preview").output


def test_huawei_tells_its_own_outputs_and_keeps_what_it_has_uploaded(huawei: Scene) -> None:
    huawei.sandbox.review_policy = "immediate"
    huawei.declare()
    huawei.project.apply()
    huawei.project.refresh()
    outputs = huawei.project.outputs_of("brand")
    assert outputs["signature_id"] != huawei.project.state("brand")["id"]
    assert outputs["channel_num"]
    assert len(outputs["__record"]["uploads"]) == 1


def test_huawei_uploads_a_content_once(huawei: Scene) -> None:
    huawei.applied_and_rejected()
    huawei.change_a_little()
    huawei.project.apply()
    huawei.reject("unreadable")
    huawei.project.write("licence.png", png(1))
    huawei.project.apply()
    assert len(huawei.calls("UploadSignatureFile")) == 2
    assert huawei.writes() == ["CreateSignature", "UpdateSignature", "UpdateSignature"]


def test_huawei_warns_of_what_goes_with_a_deleted_signature(huawei: Scene) -> None:
    huawei.sandbox.review_policy = "immediate"
    huawei.declare()
    huawei.project.apply()
    huawei.rename(NEW)
    assert "templates" in huawei.project.preview().diagnostics("brand")


def test_huawei_takes_a_user_and_a_password_too(huawei: Scene) -> None:
    huawei.project.use_no_sandbox()
    settings = {
        "userName": "smssign-sandbox",
        "password": "smssign-sandbox-password",
        "domainName": "smssign-sandbox",
        "projectId": "5b0c00000000000000000000000d35c0",
        "endpoint": huawei.url,
        "iamEndpoint": huawei.url,
    }
    huawei.project.configure(
        {}, {f"smssign:huawei.{name}": value for name, value in settings.items()}
    )
    huawei.declare()
    huawei.project.apply()
    assert huawei.only().text == OLD
    assert len(huawei.calls("KeystoneCreateUserTokenByPassword")) == 1
    assert "smssign-sandbox-password" not in huawei.project.everything_written()


def test_a_signature_in_ucloud_review_can_neither_be_replaced_nor_deleted(ucloud: Scene) -> None:
    ucloud.declare()
    ucloud.project.apply()
    ucloud.sandbox.set_status("ucloud", ucloud.only().id, "1")
    ucloud.project.edit("brand", qualification_id="qual-417")
    preview = ucloud.project.preview()
    assert not preview.succeeded
    assert "wait for the verdict" in preview.diagnostics("brand")
    assert ucloud.writes() == ["CreateUSMSSignature"]


def test_a_fixed_field_of_a_rejected_one_at_ucloud_deletes_first(ucloud: Scene) -> None:
    ucloud.applied_and_rejected()
    ucloud.project.edit("brand", qualification_id="qual-417")
    ucloud.forget_calls()
    run = ucloud.project.up()
    assert run.succeeded, run.output
    assert "as far as is known" in run.diagnostics("brand")
    assert ucloud.writes() == ["DeleteUSMSSignature", "CreateUSMSSignature"]


def _for_others(scene: Scene, **more: str) -> None:
    scene.project.write("front.png", png(8))
    scene.project.write("back.jpg", jpeg(9))
    scene.declare(
        sign_use=1,
        business_license_name="虚构商贸有限公司",
        id_card_front="front.png",
        id_card_back="back.jpg",
        **{**PERSONAL, **more},
    )


def test_personal_data_is_secret_in_state_whether_or_not_it_is_marked(yunpian: Scene) -> None:
    _for_others(yunpian)
    run = yunpian.project.up("--diff")
    assert run.succeeded, run.output
    yunpian.reject("unreadable")
    yunpian.project.edit("brand", website="https://geek.example/new")
    refused = {"kind": "error", "action": "update", "code": "2"}
    yunpian.fault(
        **refused, message=f"参数 id_card_number 格式不正确，{'，'.join(PERSONAL.values())}"
    )
    failed = yunpian.project.up("--debug")
    assert not failed.succeeded
    assert "[secret]" in failed.diagnostics("brand")
    yunpian.project.apply()
    yunpian.project.refresh()
    exported = json.dumps(yunpian.project.resources(), ensure_ascii=False)
    written = yunpian.project.everything_written() + exported
    for value in PERSONAL.values():
        assert value not in written
        assert json.dumps(value)[1:-1] not in written


def test_personal_data_that_is_not_fit_is_named_without_its_value(yunpian: Scene) -> None:
    _for_others(yunpian, id_card_number="1101051949123100")
    preview = yunpian.project.preview()
    assert not preview.succeeded
    assert "id_card_number" in preview.diagnostics("brand")
    assert "1101051949123100" not in preview.output
    assert yunpian.calls() == []


@together(HUAWEI, UCLOUD, YUNPIAN)
def test_accounts_of_a_vendor_are_apart_and_one_that_is_misspelt_is_none(scenes: Scenes) -> None:
    project = scenes.project
    for scene in scenes:
        scene.declare()
        scene.declare(f"{scene.name}-2", account="marketing")
    refused = project.preview()  # the engine ends with the first resource that is refused
    assert not refused.succeeded
    (key,) = set(re.findall(r"has no (smssign:\w+-marketing), so there is no acc", refused.output))
    assert f"pulumi config set '{key}' '{{}}'" in refused.output
    for scene in scenes:
        project.name_account(scene.case.vendor, "marketing")
    project.apply()
    for scene in scenes:
        assert {one.account for one in scene.held()} == {"default", "marketing"}
        assert scene.project.outputs_of(f"{scene.name}-2")["account"] == "marketing"
