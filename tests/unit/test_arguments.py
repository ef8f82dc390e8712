"""Wrong arguments of resources: a sentence says what was given and what is wanted."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pulumi
import pytest
from pulumi.runtime import rpc

import pulumi_smssign
from pulumi_smssign import TODO, Approval, tencent, yunpian
from pulumi_smssign.contract.evidence import describe
from tests.engine.cases import CASES, Case
from tests.images import png
from tests.unit.program.declared import inputs_of

ARGUMENTS: dict[str, Any] = {
    "sign_name": "云杉示例",
    "sign_type": tencent.SignType.COMPANY,
    "document_type": tencent.DocumentType.BUSINESS_LICENSE,
    "sign_purpose": tencent.SignPurpose.OWN_USE,
    "proof_image": "licence.png",
}
OUTPUT = pulumi.Output.from_input("730001")


def signature(**arguments: object) -> tencent.Signature:
    return tencent.Signature("brand", **{**ARGUMENTS, **arguments})


def approval(signatures: object) -> Approval:
    return Approval("approved", signatures=signatures)  # type: ignore[arg-type] # what is tested


def bare(resource: type[pulumi.Resource]) -> pulumi.Resource:
    """A resource that no engine was asked for."""
    return resource.__new__(resource)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (
            ["x"],
            (
                "signatures= takes signatures, such as a tencent.Signature itself: 'x' is "
                "a text: for a signature that exists, give Signature.get(...)"
            ),
        ),
        (
            "730001",
            (
                "signatures= takes a list of signatures: '730001' is a text: for a "
                "signature that exists, give Signature.get(...)"
            ),
        ),
        (None, "signatures= takes a list of signatures: None is no signature"),
        (
            [None, 3],
            (
                "signatures= takes signatures, such as a tencent.Signature itself: None is "
                "no signature; 3 is no signature"
            ),
        ),
        (
            [OUTPUT],
            (
                "signatures= takes signatures, such as a tencent.Signature itself: an "
                "output is no signature: give the resource itself, and not its .id"
            ),
        ),
        (
            OUTPUT,
            (
                "signatures= takes a list of signatures: an output is no signature: give "
                "the resource itself, and not its .id"
            ),
        ),
        (
            bare(tencent.Signature),
            "signatures= takes a list of signatures, even of one: put it in [ ]",
        ),
        (
            [bare(pulumi.ComponentResource)],
            (
                "signatures= takes signatures, such as a tencent.Signature itself: a "
                "component is no signature: give those in it, such as "
                "brand.signatures.values()"
            ),
        ),
        (
            {"tencent": bare(tencent.Signature)},
            "signatures= takes a list of signatures: of a mapping, give its .values()",
        ),
    ],
    ids=[
        "texts",
        "a text",
        "nothing",
        "nothing and a number",
        "outputs",
        "an output",
        "one signature",
        "a component",
        "a mapping",
    ],
)
def test_an_approval_of_no_signatures_says_what_it_takes(given: object, message: str) -> None:
    with pytest.raises(TypeError) as caught:
        approval(given)
    assert str(caught.value) == message


def test_status_of_another_signature_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "licence.png").write_bytes(png())
    monkeypatch.chdir(tmp_path)

    def program() -> None:
        approved = Approval("approved", signatures=[signature()])
        other = tencent.Signature("other", **ARGUMENTS)
        with pytest.raises(TypeError, match="own signatures: add 'other' to signatures="):
            approved.status_of(other)

    inputs_of(program)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"colour": "red"}, "tencent.Signature has no argument 'colour'"),
        (
            {"proof_image": b"\x89PNG"},
            (
                "proof_image= takes a file's path, relative to the program, or a "
                "pulumi.FileAsset, not a file's content: write it first"
            ),
        ),
        (
            {"proof_image": 7},
            (
                "proof_image= takes a file's path, relative to the program, or a "
                "pulumi.FileAsset, not a value of the type int"
            ),
        ),
        (
            {"proof_image": pulumi.StringAsset("x")},
            (
                "proof_image= takes a file's path, relative to the program, or a "
                "pulumi.FileAsset, not a value of the type StringAsset"
            ),
        ),
        (
            {"adopt": 730001},
            'adopt= takes plain text, not a value of the type int: write adopt="730001"',
        ),
        (
            {"adopt": OUTPUT},
            "adopt= takes plain text, not an output, which isn't known before the run",
        ),
        (
            {"account": OUTPUT, "adopt": 7},
            (
                "account= takes plain text, not an output, which isn't known before the "
                'run; adopt= takes plain text, not a value of the type int: write adopt="7"'
            ),
        ),
        (
            {"account": "shop\u200b", "adopt": "7"},
            "account= has U+200B (ZERO WIDTH SPACE) as character 5, which nobody sees",
        ),
        (
            {"deletion_policy": "keep"},
            'deletion_policy= takes "retain" or "delete", not \'keep\'',
        ),
        ({"deletion_policy": ""}, 'deletion_policy= takes "retain" or "delete", not \'\''),
        (
            {"deletion_policy": True},
            'deletion_policy= takes "retain" or "delete", not a value of the type bool',
        ),
        (
            {"deletion_policy": OUTPUT},
            (
                'deletion_policy= takes "retain" or "delete", not an output, which isn\'t '
                "known before the run"
            ),
        ),
        (
            {"account": 7, "deletion_policy": "keep"},
            (
                "account= takes plain text, not a value of the type int: write "
                'account="7"; deletion_policy= takes "retain" or "delete", not \'keep\''
            ),
        ),
    ],
    ids=range(13),
)
def test_a_wrong_argument_of_a_signature_is_named(arguments: dict[str, Any], message: str) -> None:
    with pytest.raises(TypeError) as caught:
        signature(**arguments)
    assert str(caught.value) == message


@pytest.mark.parametrize("given", ["retain", "delete"])
def test_a_deletion_policy_is_an_input(
    given: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "licence.png").write_bytes(png())
    monkeypatch.chdir(tmp_path)
    inputs = inputs_of(lambda: signature(deletion_policy=given))["brand"]
    assert inputs["deletion_policy"] == given


def test_a_deletion_policy_that_is_left_out_is_no_input(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Check resolves it, by the stack's configuration."""
    (tmp_path / "licence.png").write_bytes(png())
    monkeypatch.chdir(tmp_path)
    assert "deletion_policy" not in inputs_of(signature)["brand"]


@pytest.mark.parametrize(
    "given",
    [
        "licence.png",
        Path("licence.png"),
        pulumi.FileAsset("licence.png"),
        pulumi.Output.from_input("licence.png"),
    ],
    ids=["text", "path", "asset", "output"],
)
def test_a_proof_file_is_the_same_however_it_is_given(
    given: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "licence.png").write_bytes(png())
    monkeypatch.chdir(tmp_path)
    inputs = inputs_of(lambda: signature(proof_image=given))["brand"]
    assert inputs["proof_image"] == describe("licence.png")


def test_a_placeholder_stays_and_a_file_that_is_left_out_is_no_property() -> None:
    declared: list[tencent.Signature] = []
    inputs = inputs_of(lambda: declared.append(signature(proof_image=TODO)))["brand"]
    assert inputs["proof_image"] == TODO
    assert inputs.keys().isdisjoint({"commission_image", "adopt", "account", "deletion_policy"})
    assert vars(declared[0]).keys().isdisjoint({"commission_image", "adopt"})


@pytest.mark.parametrize("kind", [list, tuple])
def test_several_proof_files_are_a_list(
    kind: type[list[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "licence.png").write_bytes(png())
    monkeypatch.chdir(tmp_path)

    def program() -> None:
        yunpian.Signature(
            "brand",
            sign="云杉示例",
            website="https://spruce.example",
            licences=kind(["licence.png", "licence.png"]),
        )

    licences = inputs_of(program)["brand"]["licences"]
    assert licences["value"] == [describe("licence.png")] * 2
    assert licences[rpc._special_sig_key] == rpc._special_secret_sig, "papers of people are secret"


def test_a_choice_of_another_vendor_is_refused_with_those_that_there_are() -> None:
    choices = ", ".join(f"SignPurpose.{each.name}" for each in tencent.SignPurpose)
    with pytest.raises(TypeError) as caught:
        signature(sign_purpose=yunpian.SignUse.OWN_USE)
    assert str(caught.value) == (
        f"sign_purpose=SignUse.OWN_USE is of another kind: choose from {choices}"
    )


def test_a_programs_own_class_takes_what_it_likes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Ours(tencent.Signature):
        def __init__(self, name: str, text: str) -> None:
            super().__init__(name, **{**ARGUMENTS, "sign_name": text})

    (tmp_path / "licence.png").write_bytes(png())
    monkeypatch.chdir(tmp_path)
    inputs = inputs_of(lambda: (Ours("ours", "云杉示例"), signature()))
    assert inputs["ours"] == inputs["brand"]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_args_declare_what_the_keywords_do(
    case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "licence.png").write_bytes(png())
    monkeypatch.chdir(tmp_path)
    vendor = getattr(pulumi_smssign, case.vendor)
    given: dict[str, Any] = {**case.arguments, "deletion_policy": "retain", "account": "shop"}
    opts = pulumi.ResourceOptions(protect=True)

    def program() -> None:
        vendor.Signature("keywords", **given, opts=opts)
        vendor.Signature("second", given, opts)
        vendor.Signature("named", args=given, opts=opts)
        vendor.Signature("with_opts", {**given, "opts": opts})

    inputs = inputs_of(program)
    for name in ("second", "named", "with_opts"):
        assert inputs[name] == inputs["keywords"]
    assert case.text in given  # and nothing was taken out of it


@pytest.mark.parametrize(
    ("positional", "keywords", "message"),
    [
        (
            [ARGUMENTS],
            {"sign_name": "云杉", "account": "shop"},
            (
                "tencent.Signature takes args= or keywords, and not both: sign_name, "
                "account beside args="
            ),
        ),
        (
            [{**ARGUMENTS, "opts": pulumi.ResourceOptions()}],
            {"opts": pulumi.ResourceOptions()},
            "tencent.Signature has opts= twice: beside args=, and in it",
        ),
        (
            [pulumi.ResourceOptions()],
            {},
            (
                "tencent.Signature: args= takes tencent.Arguments(...), not a value of the "
                "type ResourceOptions"
            ),
        ),
        (
            [{"sign_name": "云杉"}],
            {},
            (
                "tencent.Signature lacks the arguments sign_type, document_type, "
                "sign_purpose, proof_image"
            ),
        ),
        (
            [],
            {**ARGUMENTS, "sign_name": "云杉", "colour": "red"},
            "tencent.Signature has no argument 'colour'",
        ),
        ([{**ARGUMENTS, "colour": "red"}], {}, "tencent.Signature has no argument 'colour'"),
        (
            [],
            {},
            (
                "tencent.Signature lacks the arguments sign_name, sign_type, "
                "document_type, sign_purpose, proof_image"
            ),
        ),
    ],
    ids=["both", "two opts", "opts for args", "some missing", "unknown", "unknown in args", "none"],
)
def test_unfit_args_are_refused(
    positional: list[Any], keywords: dict[str, Any], message: str
) -> None:
    with pytest.raises(TypeError) as caught:
        tencent.Signature("brand", *positional, **keywords)
    assert str(caught.value) == message


@pytest.mark.parametrize("nothing", [None, ""])
def test_nothing_can_be_read_by_no_id(nothing: str) -> None:
    with pytest.raises(TypeError) as caught:
        tencent.Signature.get("found", nothing)
    assert str(caught.value) == f"id= takes the signature's id at the vendor, not {nothing!r}"


@pytest.mark.parametrize("is_transformed", [False, True], ids=["plain", "a transform sets it"])
def test_an_argument_that_is_left_out_is_no_property(
    is_transformed: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A property costs the SDK five futures; what a vendor tells again is a part of the review."""
    (tmp_path / "licence.png").write_bytes(png())
    monkeypatch.chdir(tmp_path)
    asked: list[set[str]] = []
    told: list[object] = []

    def seen(
        args: pulumi.ResourceTransformationArgs,
    ) -> pulumi.ResourceTransformationResult | None:
        asked.append(set(args.props))
        changed = {**args.props, "remark": "as our lawyers want it"}
        return pulumi.ResourceTransformationResult(changed, args.opts) if is_transformed else None

    def program() -> None:
        brand = signature(opts=pulumi.ResourceOptions(transformations=[seen]))
        pulumi.Output.all(brand.remark, brand.qualification_id).apply(told.extend)

    inputs_of(program)
    assert not asked[0] & {"remark", "qualification_id"}
    assert told == ["as our lawyers want it" if is_transformed else None, None]
