"""The lines that adopt a signature: they run, and no vendor's text becomes code."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping
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


def call_of(lines: str) -> tuple[str, dict[str, ast.expr]]:
    """The variable that lines assign, and the arguments of their call."""
    (statement,) = ast.parse(lines).body
    assert isinstance(statement, ast.Assign)
    assert isinstance(statement.value, ast.Call)
    (variable,) = statement.targets
    assert isinstance(variable, ast.Name)
    arguments = {str(keyword.arg): keyword.value for keyword in statement.value.keywords}
    return variable.id, arguments


def placeholders(arguments: Mapping[str, ast.expr]) -> set[str]:
    """The arguments that a person has still to write."""
    return {
        name
        for name, value in arguments.items()
        if isinstance(value, ast.Name) and value.id == "TODO"
    }


@pytest.mark.parametrize("vendor", VENDORS)
def test_lines_are_python_with_a_placeholder_for_what_the_vendor_does_not_report(
    vendor: str,
) -> None:
    lines = adoption.lines(unmanaged(vendor, account="shop"), f"{vendor}-geek")
    variable, arguments = call_of(lines)
    assert variable == f"{vendor}_geek"
    assert ast.literal_eval(arguments["adopt"]) == "730001"
    assert ast.literal_eval(arguments["account"]) == "shop"
    assert max(map(len, lines.splitlines())) <= 100
    rules, fields = named(vendor).rules, named(vendor).application.model_fields
    assert placeholders(arguments) == {
        name
        for name, field in fields.items()
        if name not in reported_by(vendor)
        and (
            field.is_required()
            or (field.default is not None and name not in {*rules.unreviewed, *rules.requests})
        )
    }
    assert adoption.objections(unmanaged(vendor)) == ()


@pytest.mark.parametrize("vendor", VENDORS)
def test_lines_have_no_value_that_neither_vendor_nor_user_has_told(vendor: str) -> None:
    """What is recorded by an adoption is held against every later change."""
    _, arguments = call_of(adoption.lines(unmanaged(vendor), "brand"))
    known = {*reported_by(vendor), "adopt"}
    assert arguments.keys() - placeholders(arguments) <= known


def test_proof_file_is_a_placeholder_unless_the_user_names_it() -> None:
    _, arguments = call_of(adoption.lines(unmanaged("tencent"), "brand"))
    assert "proof_image" in placeholders(arguments)
    _, arguments = call_of(adoption.lines(unmanaged("tencent"), "brand", "papers/a.png"))
    assert ast.literal_eval(arguments["proof_image"]) == "papers/a.png"


def test_placeholder_is_imported_where_a_line_has_one() -> None:
    found = [unmanaged("tencent")]
    blocks = adoption.program(found, [])
    imports, note = adoption.head(found, blocks)
    assert imports == "from pulumi_smssign import TODO, tencent"
    assert all(line.startswith("# ") for line in note.splitlines())
    assert adoption.head(found, ["brand = 1"])[0] == "from pulumi_smssign import tencent"


@pytest.mark.parametrize("vendor", ["tencent", "yunpian"])
def test_text_with_a_character_that_nobody_sees_gets_no_lines(vendor: str) -> None:
    """`pulumi up` refuses such a text, and such an `adopt=`."""
    text = "极客\u200b科技"
    field = named(vendor).application.text_field
    standing = unmanaged(vendor, text, text, **{field: text})
    (block,) = adoption.program([standing], [])
    assert ast.parse(block).body == []
    assert "Signature(" not in block
    assert "it has U+200B (ZERO WIDTH SPACE) as character 3" in " ".join(block.split("\n# "))
    assert "\u200b" not in block


@pytest.mark.parametrize(
    "hostile", ["'); import os\n#", '"); import os\n#', "\\", "'\"", "\u202e\r\x85"]
)
def test_no_text_of_a_vendor_becomes_code(hostile: str) -> None:
    standing = unmanaged("tencent", hostile, hostile, sign_name=hostile)
    (name,) = adoption.resource_names([standing])
    lines = adoption.lines(standing, name)
    _, arguments = call_of(lines)
    assert ast.literal_eval(arguments["adopt"]) == hostile
    plan = adoption.gapless_plan(standing, name)
    assert all(line.startswith("#") for line in plan.splitlines())


def test_field_that_a_program_can_no_longer_declare_is_an_objection() -> None:
    (problem,) = adoption.objections(unmanaged("huawei", signature_source=1))
    assert problem.property == "signature_source"


def test_resource_names_are_unique_at_their_vendor() -> None:
    first, second = unmanaged("huawei", "Geek"), unmanaged("huawei", "Geek", id_="730002")
    other = unmanaged("tencent", "Geek & Co.")
    names = adoption.resource_names([first, second, other])
    assert names == ["huawei-geek-730001", "huawei-geek-730002", "tencent-geek-co"]
    taken = replace(first.signature, name="huawei-geek")
    assert adoption.resource_names([first], [taken]) == ["huawei-geek-730001"]
    with_id = replace(taken, name="huawei-geek-730001")
    assert adoption.resource_names([first], [taken, with_id]) == ["huawei-geek-730001-2"]


@pytest.mark.parametrize(
    ("text", "id_", "pattern"),
    [
        ("极客科技", "730001", "tencent-730001"),
        ("极客科技", "a95eefab-044b-42fb-8534-539fc9fe077d", "tencent-a95eefab-044"),
        ("极客科技", "极客科技", "tencent-[0-9a-f]{6}"),
        ("Ａ", "--", "tencent-[0-9a-f]{6}"),
    ],
)
def test_resource_name_of_a_chinese_text_is_ascii(text: str, id_: str, pattern: str) -> None:
    """The engine's live display counts columns, and repeats frames of wider names."""
    (name,) = adoption.resource_names([unmanaged("tencent", text, id_)])
    assert re.fullmatch(pattern, name)


def test_resource_name_is_the_same_in_an_audit_of_fewer_signatures() -> None:
    one, other = unmanaged("yunpian", "极客", "极客"), unmanaged("yunpian", "云杉", "云杉")
    assert adoption.resource_names([one, other])[1:] == adoption.resource_names([other])


def test_plan_leaves_out_the_kind_of_the_refused_name() -> None:
    standing = unmanaged("huawei", signature_source=2)
    signature = replace(standing.signature, name="brand", role="managed")
    plan = adoption.gapless_plan(replace(standing, signature=signature), "brand-new")
    program = "\n".join(
        line.removeprefix("#    ") for line in plan.splitlines() if line.startswith("#    ")
    )
    ast.parse(program)
    assert "    signature_source=TODO,  # a member of huawei.SignatureSource" in program
    assert "    signature_name=TODO,  # the company's name" in program
    assert "the resource 'brand'" in plan
    assert 'new = huawei.Signature(\n    "brand-new",' in program
    assert "carriers have filed no names of apps since 2026-05-01" in plan
