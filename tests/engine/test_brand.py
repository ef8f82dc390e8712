"""A brand at several vendors: what holds for a signature holds for each of its own."""

from __future__ import annotations

import json
from typing import Any

import pytest

from pulumi_smssign.core.registry import VENDORS
from pulumi_smssign.sandbox.review import Status
from pulumi_smssign.sandbox.server import RunningSandbox
from tests.engine.project import Project
from tests.engine.scene import NEW, OLD, Scene
from tests.images import jpeg, png

PROGRAM = """\
import json, pathlib, pulumi
from pulumi_smssign import Brand
told = json.loads(pathlib.Path("brand.json").read_text(encoding="utf-8"))
brand = Brand("geek", **told)
pulumi.export("statuses", {vendor: one.status for vendor, one in brand.signatures.items()})
"""
TOLD: dict[str, Any] = {
    "vendors": list(VENDORS),
    "facts": {
        "text": OLD,
        "licence": "licence.png",
        "purpose": "order notices",
        "website": "https://geek.example",
    },
    "alibaba": {"qualification_id": 2000417},
    "huawei": {
        "app_id": "5d0c7a10-0001-4c6e-8f00-aaaaaaaaaaaa",
        "signature_type": "NOTIFY_TYPE",
        "qualification_id": "Q-0417",
    },
    "tencent": {"qualification_id": 2000417},
    "approval": {"timeout": 20, "poll_interval": 0.2},
}
STANDARD = "UCloud's audit standard (2026-05-09)"


@pytest.fixture
def told(project: Project) -> dict[str, Any]:
    """What the program's brand is told; `tell` writes it."""
    project.write("licence.png", png())
    project.write_program(PROGRAM)
    told: dict[str, Any] = json.loads(json.dumps(TOLD))
    tell(project, told)
    return told


def tell(project: Project, told: dict[str, Any]) -> None:
    project.write("brand.json", json.dumps(told, ensure_ascii=False).encode())


def held(served: RunningSandbox) -> set[tuple[str, str, Status]]:
    return {(one.vendor, one.text, one.status) for one in served.sandbox.signatures()}


def at(*vendors: str, text: str = OLD, status: Status = Status.APPROVED) -> set[object]:
    return {(vendor, text, status) for vendor in vendors}


def writes(served: RunningSandbox) -> list[str]:
    reading = ("Describe", "Query", "Show", "List", "Get", "get", "Upload")
    return [one.action for one in served.sandbox.calls() if not one.action.startswith(reading)]


def test_a_brand_lives_at_every_vendor_from_its_first_submission_to_its_next_name(
    project: Project, served: RunningSandbox, told: dict[str, Any]
) -> None:
    served.sandbox.review_policy = "immediate"
    run = project.up()
    assert run.succeeded, run.output
    assert held(served) == at(*VENDORS)
    names = {one["urn"].rpartition("::")[2] for one in project.resources()} - {"default"}
    parts = {f"geek-{vendor}" for vendor in VENDORS}
    assert names == {"test-dev", "geek", "geek-approval"} | parts
    nested = ":smssign:index:Brand$pulumi-python:dynamic/huaweiSms:HuaweiSms::"
    assert nested in project.urn("geek-huawei")
    ids = project.outputs_of("geek")["ids"]
    assert ids == {vendor: project.state(f"geek-{vendor}")["id"] for vendor in VENDORS}
    assert project.outputs_of("geek-approval")["approved"] is True

    served.sandbox.log.clear()
    assert "8 unchanged" in project.up("--skip-preview").output
    assert served.sandbox.calls() == []

    served.sandbox.review_policy = "manual"
    told["facts"]["text"] = NEW
    told["approval"] = {"timeout": 0, "on_pending": "continue"}
    tell(project, told)
    run = project.up()
    assert run.succeeded, run.output
    pending = at(*VENDORS, text=NEW, status=Status.PENDING)
    assert held(served) == at(*VENDORS) | pending

    for one in served.sandbox.signatures():
        if one.status is Status.PENDING:
            served.sandbox.approve(one.vendor, one.id)
    run = project.up("--skip-preview")
    assert run.succeeded, run.output
    assert held(served) == at(*VENDORS, text=NEW) | at("yunpian")
    assert project.outputs_of("geek-approval")["approved"] is True


def test_a_preview_warns_of_what_reviewers_refuse_and_no_state_has_it(
    project: Project, served: RunningSandbox, told: dict[str, Any]
) -> None:
    owner = "云杉示例有限公司"
    project.write("licence.png", jpeg())
    told["facts"]["owner"] = owner
    del told["approval"]
    tell(project, told)
    preview = project.preview()
    assert preview.succeeded, preview.output
    for vendor in VENDORS:
        warnings = preview.diagnostics(f"geek-{vendor}")
        assert f": is no part of owner: {STANDARD} takes a company's full name" in warnings
        assert warnings.count("has 1 x 1 pixels, and a licence can't be read") == (
            vendor != "alibaba"  # whose papers are in its console
        )
    assert owner not in preview.output

    run = project.up("--skip-preview")
    assert run.succeeded, run.output
    assert STANDARD not in run.output
    assert held(served) == at(*VENDORS, status=Status.PENDING)
    inputs = project.state("geek-tencent")["inputs"]
    assert "owner" not in inputs
    assert owner not in json.dumps(project.state("geek-tencent"), ensure_ascii=False)
    preview = project.preview()
    assert "unchanged" in preview.output
    assert STANDARD not in preview.output


def test_a_vendor_that_rejects_is_given_another_argument_and_the_others_are_left_alone(
    project: Project, served: RunningSandbox, told: dict[str, Any]
) -> None:
    told["vendors"] = ["tencent", "huawei"]
    told["approval"] = {"timeout": 0, "on_pending": "continue"}
    tell(project, told)
    project.apply()
    for one in served.sandbox.signatures():
        if one.vendor == "tencent":
            served.sandbox.approve(one.vendor, one.id)
        else:
            served.sandbox.reject(one.vendor, one.id, "the licence can't be read")
    red = project.up("--skip-preview")
    assert not red.succeeded
    assert "is REJECTED: the licence can't be read" in red.diagnostics("geek-approval")

    told["huawei"]["licence"] = project.write("scan.png", png(1))
    tell(project, told)
    served.sandbox.log.clear()
    served.sandbox.review_policy = "immediate"
    run = project.up()
    assert run.succeeded, run.output
    assert writes(served) == ["UpdateSignature"]
    assert held(served) == at("tencent", "huawei")
    assert project.outputs_of("geek-approval")["approved"] is True


def test_a_vendor_is_added_and_taken_out_by_its_name_in_the_list(
    project: Project, served: RunningSandbox, told: dict[str, Any]
) -> None:
    """Its signature goes as its policy says: the brand's, or one of its own."""
    served.sandbox.review_policy = "immediate"
    told["vendors"] = ["tencent", "huawei"]
    told["deletion_policy"] = "retain"
    told["huawei"]["deletion_policy"] = "delete"
    tell(project, told)
    project.apply()
    assert held(served) == at("tencent", "huawei")

    told["vendors"] = ["ucloud", "tencent", "huawei"]
    tell(project, told)
    served.sandbox.log.clear()
    project.apply()
    assert held(served) == at("tencent", "huawei", "ucloud")
    assert writes(served) == ["CreateUSMSSignature"]

    told["vendors"] = ["ucloud"]
    tell(project, told)
    run = project.apply()
    assert held(served) == at("ucloud", "tencent")
    assert "stays in the account" in run.diagnostics("geek-tencent")
    assert "is deleted" in run.diagnostics("geek-huawei")


def test_an_approved_signature_moves_into_a_brand_with_nothing_sent(
    tencent: Scene, served: RunningSandbox
) -> None:
    tencent.approved(wait={})
    project = tencent.project
    brand, arguments = tencent.only(), dict(project.program["signatures"]["brand"]["arguments"])
    tencent.forget_calls()
    project.write_program(
        f"""\
import pulumi
from pulumi_smssign import Brand
was = pulumi.ResourceOptions(
    aliases=[pulumi.Alias(name="brand", parent=pulumi.ROOT_STACK_RESOURCE)]
)
Brand(
    "geek",
    vendors=["tencent"],
    facts={{"text": {OLD!r}, "licence": "licence.png"}},
    tencent={{"qualification_id": {arguments["qualification_id"]}, "opts": was}},
    approval={{"poll_interval": 0.2, "opts": pulumi.ResourceOptions(
        aliases=[pulumi.Alias(name="approval", parent=pulumi.ROOT_STACK_RESOURCE)]
    )}},
)
"""
    )
    run = project.up()
    assert run.succeeded, run.output
    assert tencent.writes() == []
    assert tencent.only() == brand
    assert project.state("geek-tencent")["id"] == brand.id
    assert not project.has("brand")
    assert "4 unchanged" in project.up("--skip-preview").output


def test_protection_of_a_brand_is_that_of_its_signatures(
    project: Project, served: RunningSandbox, told: dict[str, Any]
) -> None:
    told["vendors"] = ["tencent"]
    tell(project, told)
    project.write_program(
        PROGRAM.replace("**told)", "**told, opts=pulumi.ResourceOptions(protect=True))")
    )
    served.sandbox.review_policy = "immediate"
    project.apply()
    refused = project.destroy()
    assert not refused.succeeded
    assert held(served) == at("tencent")


def test_wrong_facts_stop_the_program_in_a_sentence(
    project: Project, served: RunningSandbox, told: dict[str, Any]
) -> None:
    told["facts"]["licnce"] = told["facts"].pop("licence")
    tell(project, told)
    refused = project.preview()
    assert not refused.succeeded
    assert "TypeError: Brand('geek'): 'licnce' is not a fact: choose from text, " in refused.output
    assert served.sandbox.calls() == []
