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


ADOPTED = {
    "alibaba": """\
alibaba_geek = alibaba.Signature(
    "alibaba-geek",
    # The vendor doesn't report, so left out: authorization_letter_id, remark, more_data,
    # apply_scene_content, trademark_id, app_icp_record_id
    sign_name="极客科技",
    sign_source=TODO,  # a member of alibaba.SignSource, as it was submitted
    qualification_id=7,
    sign_type=TODO,  # a member of alibaba.SignType, as it was submitted
    account="shop",
    adopt="730001",
)
""",
    "tencent": """\
tencent_geek = tencent.Signature(
    "tencent-geek",
    # The vendor doesn't report, so left out: commission_image, remark
    sign_name="极客科技",
    sign_type=TODO,  # a member of tencent.SignType, as it was submitted
    document_type=TODO,  # a member of tencent.DocumentType, as it was submitted
    sign_purpose=TODO,  # a member of tencent.SignPurpose, as it was submitted
    proof_image="papers/a.png",  # the file that was submitted
    qualification_id=7,
    account="shop",
    adopt="730001",
)
""",
    "huawei": """\
huawei_geek = huawei.Signature(
    "huawei-geek",
    # The vendor doesn't report, so left out: licence, file_id, power_of_attorney,
    # power_attorney_fileid, related_file, signature_related_file_id, registration_number,
    # license_number, apply_desc
    app_id="5d0c",
    signature_name="极客科技",
    signature_type=huawei.SignatureType.NOTIFY_TYPE,
    signature_source=huawei.SignatureSource.ENTERPRISE,
    is_involved_third=False,
    qualification_id="Q-1",
    account="shop",
    adopt="730001",
)
""",
    "ucloud": """\
ucloud_geek = ucloud.Signature(
    "ucloud-geek",
    # The vendor doesn't report, so left out: file, proxy_file, qualification_id, scene_desc,
    # project_id
    sig_content="极客科技",
    sig_type=TODO,  # a member of ucloud.SigType, as it was submitted
    certificate_type=TODO,  # a member of ucloud.CertificateType, as it was submitted
    sig_purpose=TODO,  # a member of ucloud.SigPurpose, as it was submitted
    description=TODO,  # as it was submitted
    international=TODO,  # True or False, as it was submitted
    account="shop",
    adopt="730001",
)
""",
    "yunpian": """\
yunpian_geek = yunpian.Signature(
    "yunpian-geek",
    # The vendor doesn't report, so left out: prove_type, licences, licence_urls,
    # business_license_name, id_card_name, id_card_number, id_card_front, id_card_front_url,
    # id_card_back, id_card_back_url, agent_mobile
    sign="极客科技",
    website=TODO,  # as it was submitted
    sign_use=TODO,  # a member of yunpian.SignUse, as it was submitted
    apply_vip=TODO,  # True or False, as it was submitted
    account="shop",
    adopt="730001",
)
""",
}
"""The lines that adopt what a vendor reports (`REPORTED`)."""


@pytest.mark.parametrize(("vendor", "adopted"), ADOPTED.items(), ids=ADOPTED)
def test_lines_have_what_is_reported_and_say_what_is_to_be_written(
    vendor: str, adopted: str
) -> None:
    lines = adoption.lines(unmanaged(vendor, account="shop"), f"{vendor}-geek", "papers/a.png")
    assert f"{lines}\n" == adopted


PLAN = """\
# 【极客科技】 has to go: carriers have filed no names of apps since 2026-05-01.
# To change the name without a gap:
# 1. Submit the new name; the old one stays in use:
#    new = huawei.Signature(
#        "geek-new",
#        signature_name=TODO,  # the company's name or its registered trademark
#        app_id="5d0c",
#        signature_type=huawei.SignatureType.NOTIFY_TYPE,
#        signature_source=TODO,  # a member of huawei.SignatureSource, as it was submitted
#        is_involved_third=False,
#        qualification_id="Q-1",
#        account="shop",
#    )
#    approved = Approval("geek-new-approved", signatures=[new], until="filed")
# 2. When `smssign status` says APPROVED and filed, send under the new one.
# 3. Then remove the lines that adopt the old one from the program and run `pulumi up`.
# The old one stays in the account, unless a run before has recorded
# deletion_policy="delete" for it.
"""


def test_plan_submits_the_new_name_first_and_removes_the_old_one_last() -> None:
    standing = unmanaged("huawei", account="shop", signature_source=2)
    assert f"{adoption.gapless_plan(standing, 'geek-new')}\n" == PLAN
    signature = replace(standing.signature, name="brand", role="managed")
    managed = replace(standing, signature=signature)
    of_resource = PLAN.replace("geek-new", "brand-new").replace(
        "remove the lines that adopt the old one from", "remove the resource 'brand' from"
    )
    assert [f"{block}\n" for block in adoption.program([managed], [signature])] == [of_resource]
    (block,) = adoption.program([standing], [])
    lines = adoption.lines(standing, "huawei-730001")
    assert f"{block}\n" == f"{lines}\n{PLAN.replace('geek-new', 'huawei-730001-new')}"


def test_signature_that_can_not_be_declared_is_a_comment_with_the_reason() -> None:
    standing = unmanaged("huawei", signature_source=1)
    (block,) = adoption.program([standing], [])
    why, *lines = block.splitlines()
    assert why == (
        "# It can't be declared as it is (signature_source: 1 (WEBSITE) is withdrawn by the "
        "vendor, which takes 0 (ENTERPRISE), 2 (APPLICATION), 5 (TRADEMARK)):"
    )
    declared = adoption.lines(standing, "huawei-730001").splitlines()
    assert lines == [f"# {line}" for line in declared]


def test_signature_that_needs_nothing_has_no_lines() -> None:
    standing = unmanaged("tencent")
    managed = replace(standing, signature=replace(standing.signature, name="brand", role="managed"))
    assert adoption.program([managed], []) == [""]


def test_text_that_nobody_can_declare_is_named_with_the_way_out() -> None:
    for text, id_ in (("极\u200b客", "730001"), ("", "极\u200b客")):
        standing = unmanaged("tencent", text, id_, sign_name=text)
        block = "\n".join(adoption.program([standing], []))
        assert " ".join(block.replace("\n# ", " ").split()) == (
            f"# 【{text}】 at tencent can't be adopted: it has U+200B (ZERO WIDTH SPACE) as "
            "character 2, which nobody sees, and `pulumi up` refuses that. Declare the name "
            "without it, which submits a new signature; delete this one in the vendor's console "
            "once that is approved."
        ).replace("\u200b", "\\u200b")
        assert max(map(len, block.splitlines())) <= 96


def test_head_imports_what_the_lines_need_and_explains_what_is_adopted() -> None:
    yunpian, refused = unmanaged("yunpian"), unmanaged("huawei", signature_source=2)
    signature = replace(refused.signature, name="brand", role="managed")
    managed = replace(refused, signature=signature)
    assert adoption.head([managed], [""]) == ("from pulumi_smssign import Approval, huawei", "")
    imports, note = adoption.head([yunpian, managed], ["", "a(\n    b=TODO,\n)"])
    assert imports == "from pulumi_smssign import TODO, Approval, huawei, yunpian"
    assert adoption.head([]) == ("", "")
    assert adoption.head([yunpian]) == ("from pulumi_smssign import yunpian", note)
    assert " ".join(line.removeprefix("# ") for line in note.splitlines()) == adoption.NOTE
    assert max(map(len, note.splitlines())) == 100
    assert adoption.file_head() == (
        '"""The signatures that `smssign audit` found, to be imported by `__main__.py`."""'
    )


def test_names_count_on_from_two_and_a_taken_one_of_another_vendor_is_free() -> None:
    geek = [unmanaged("huawei", "Geek") for _ in range(3)]
    assert adoption.resource_names(geek) == [
        "huawei-geek-730001",
        "huawei-geek-730001-2",
        "huawei-geek-730001-3",
    ]
    taken = replace(unmanaged("tencent", "Geek").signature, name="huawei-geek")
    assert adoption.resource_names(geek[:1], [taken]) == ["huawei-geek"]
    assert adoption.resource_names([unmanaged("huawei", " --Ge__EK!"), geek[0]]) == [
        "huawei-ge-ek",
        "huawei-geek",
    ]


@pytest.mark.parametrize(
    ("value", "literal"),
    [
        ("it's", '"it\'s"'),
        ('say "x"', "'say \"x\"'"),
        (["a", 1], '["a", 1]'),
        (("a",), '["a"]'),
        (None, "None"),
        (True, "True"),
        (1.5, "1.5"),
        ("a\u3164b! c÷", '"a\\U00003164b\\x21 c\\xf7"'),
    ],
)
def test_value_is_written_as_python_writes_it(value: object, literal: str) -> None:
    assert adoption._literal(value) == literal
    assert ast.literal_eval(literal) == (list(value) if isinstance(value, tuple) else value)
