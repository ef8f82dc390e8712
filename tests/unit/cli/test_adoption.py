"""The lines that adopt a signature: they run, and no vendor's text becomes code."""

from __future__ import annotations

import ast
from dataclasses import replace

import pytest

from pulumi_smssign.cli.inventory import adoption
from pulumi_smssign.cli.inventory.signatures import StackSignature
from pulumi_smssign.cli.inventory.standing import Standing
from pulumi_smssign.core.registry import VENDORS, named
from pulumi_smssign.core.verdicts import Target, Verdict
from pulumi_smssign.model.review import Handle, Review
from pulumi_smssign.model.vocabulary import Status

REPORTED: dict[str, dict[str, object]] = {
    "alibaba": {"sign_name": "极客科技", "qualification_id": 7, "third_party": False},
    "huawei": {
        "signature_name": "极客科技",
        "signature_type": "NOTIFY_TYPE",
        "signature_source": 0,
        "is_involved_third": False,
        "app_id": "5d0c",
        "qualification_id": "Q-1",
    },
    "tencent": {"sign_name": "极客科技", "international": False, "qualification_id": 7},
    "ucloud": {"sig_content": "极客科技"},
    "yunpian": {"sign": "极客科技", "is_only_global": False, "industry_type": "其它"},
}


def reported_by(vendor: str) -> dict[str, object]:
    """The fields that a vendor reports: the text, unless more is known of the vendor here."""
    return REPORTED.get(vendor, {named(vendor).application.text_field: "极客科技"})


def unmanaged(
    vendor: str,
    text: str = "极客科技",
    id_: str = "730001",
    account: str = "default",
    **changes: object,
) -> Standing:
    """A signature that the account has, and no resource of the stack."""
    reported = {**reported_by(vendor), **changes}
    handle = Handle(id_, text)
    review = Review(id_, text, Status.APPROVED, "0", reported=reported)
    verdict = Verdict(Target("", vendor, account, handle), review)
    return Standing(named(vendor), StackSignature.unmanaged(vendor, account, handle), verdict)


@pytest.mark.parametrize("vendor", VENDORS)
def test_lines_are_python_and_mark_what_is_to_be_checked(vendor: str) -> None:
    lines = adoption.lines(unmanaged(vendor, account="shop"), "brand")
    (call,) = ast.parse(lines).body
    assert isinstance(call, ast.Expr)
    assert 'adopt="730001"' in lines
    assert 'account="shop"' in lines
    assert max(map(len, lines.splitlines())) <= 100
    required = [
        name
        for name, field in named(vendor).application.model_fields.items()
        if field.is_required()
    ]
    for name in required:
        (line,) = (line for line in lines.splitlines() if line.strip().startswith(f"{name}="))
        assert ("# TODO" in line) is (name not in reported_by(vendor))
    assert adoption.objections(unmanaged(vendor)) == ()


@pytest.mark.parametrize(
    "hostile", ["'); import os\n#", '"); import os\n#', "\\", "'\"", "\u202e\r\x85"]
)
def test_no_text_of_a_vendor_becomes_code(hostile: str) -> None:
    standing = unmanaged("tencent", hostile, hostile, sign_name=hostile)
    (name,) = adoption.resource_names([standing])
    lines = adoption.lines(standing, name)
    (statement,) = ast.parse(lines).body
    assert isinstance(statement, ast.Expr)
    assert isinstance(statement.value, ast.Call)
    arguments = {keyword.arg: keyword.value for keyword in statement.value.keywords}
    assert ast.literal_eval(arguments["adopt"]) == hostile
    plan = adoption.gapless_plan(standing, name)
    assert all(line.startswith("#") for line in plan.splitlines())


def test_field_that_a_program_can_no_longer_declare_is_an_objection() -> None:
    (problem,) = adoption.objections(unmanaged("huawei", signature_source=1))
    assert problem.property == "signature_source"


def test_resource_names_are_unique_at_their_vendor() -> None:
    first, second = unmanaged("huawei"), unmanaged("huawei", id_="730002")
    other = unmanaged("tencent")
    names = adoption.resource_names([first, second, other])
    assert names == ["极客科技-730001", "极客科技-730002", "极客科技"]
    taken = replace(first.signature, name="极客科技")
    assert adoption.resource_names([first, other], [taken]) == ["极客科技-730001", "极客科技"]
    with_id = replace(taken, name="极客科技-730001")
    assert adoption.resource_names([first], [taken, with_id]) == ["极客科技-730001-2"]


def test_plan_leaves_out_the_kind_of_the_refused_name() -> None:
    standing = unmanaged("huawei", signature_source=2)
    signature = replace(standing.signature, name="brand", role="managed")
    plan = adoption.gapless_plan(replace(standing, signature=signature), "brand-new")
    program = "\n".join(
        line.removeprefix("#    ") for line in plan.splitlines() if line.startswith("#    ")
    )
    ast.parse(program)
    assert "SignatureSource.ENTERPRISE,  # TODO" in program
    assert "the resource 'brand'" in plan
    assert 'new = huawei.Signature(\n    "brand-new",' in program
    assert "carriers have filed no names of apps since 2026-05-01" in plan
