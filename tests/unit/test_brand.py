"""A brand's facts in each vendor's words, and what is said of those that are wrong or missing."""

from __future__ import annotations

import asyncio
import importlib
import inspect
from pathlib import Path
from typing import Any, NoReturn, cast, get_args

import pulumi
import pytest
from pulumi.runtime import mocks

from pulumi_smssign import Approval, Brand, Facts, tencent
from pulumi_smssign.brand import Vendor, _desk
from pulumi_smssign.contract.application import examine
from pulumi_smssign.core.registry import OURS, VENDORS, named
from pulumi_smssign.facts import Fact, Form, NameOf
from pulumi_smssign.signature import Arguments as Common
from pulumi_smssign.signature import _described
from tests.engine.cases import CASES, Case
from tests.images import png
from tests.unit.program.declared import inputs_of

KINDS = cast("tuple[NameOf, ...]", get_args(NameOf))


FEW = {"text": "云杉示例", "licence": "licence.png"}


def facts(**more: object) -> Facts:
    return cast(
        "Facts",
        {
            "text": "云杉示例",
            "licence": "licence.png",
            "proof": "proof.png",
            "power_of_attorney": "letter.png",
            "owner": "云杉示例有限公司",
            "purpose": "order notices",
            "website": "https://spruce.example",
            "trademark_number": "TM-0042",
            "icp_number": "ICP-0042",
            **more,
        },
    )


def brand(vendors: object = ("tencent",), given_facts: object = None, **arguments: object) -> Brand:
    """A brand that is refused before the engine is needed."""
    given = facts() if given_facts is None else given_facts
    return Brand("geek", vendors=vendors, facts=given, **arguments)  # type: ignore[arg-type] # tested


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_vendor_has_a_word_for_every_kind_but_those_of_its_page(case: Case) -> None:
    assert set(KINDS) - set(_desk(cast("Vendor", case.vendor)).form.kinds) == case.wordless


@pytest.mark.parametrize("own_use", [True, False], ids=["own", "another's"])
@pytest.mark.parametrize(
    ("case", "kind"),
    [(case, kind) for case in CASES for kind in KINDS if kind not in case.wordless],
    ids=str,
)
def test_a_vendor_takes_the_facts_of_every_kind_that_it_has_a_word_for(
    case: Case,
    kind: NameOf,
    own_use: bool,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    for number, name in enumerate(("licence", "proof", "letter", "front", "back")):
        (tmp_path / f"{name}.png").write_bytes(png(number))
    desk = _desk(cast("Vendor", case.vendor))
    arguments = desk.form.arguments(facts(name_of=kind, own_use=own_use))
    given = {
        name: _described(name, value) if name in desk.resource._interface().evidence else value
        for name, value in {**arguments, **case.beside_facts}.items()
    }
    findings = examine(named(case.vendor).application, given, frozenset(), new=True)
    assert findings.problems == ()


@pytest.mark.parametrize("vendor", VENDORS)
def test_a_form_names_arguments_and_facts_that_there_are(vendor: Vendor) -> None:
    desk = _desk(vendor)
    for kind in KINDS:
        for own_use in (True, False):
            arguments = desk.form.arguments(facts(name_of=kind, own_use=own_use))
            assert arguments.keys() <= desk.arguments.keys()
            assert arguments.keys() == desk.form.row(facts(name_of=kind, own_use=own_use)).keys()


@pytest.mark.parametrize("vendor", VENDORS)
def test_the_typed_arguments_are_those_of_the_signature(vendor: Vendor) -> None:
    module = importlib.import_module(f"pulumi_smssign.{vendor}")
    parameters = inspect.signature(module.Signature.__init__).parameters.values()
    own = {each.name: each.annotation for each in parameters if each.kind is each.KEYWORD_ONLY}
    common = {name: each.__forward_arg__ for name, each in Common.__annotations__.items()}
    typed = {name: each.__forward_arg__ for name, each in module.Arguments.__annotations__.items()}
    assert typed == {**own, **common}


def test_every_vendor_has_a_desk_and_a_word() -> None:
    assert set(OURS) == set(get_args(Vendor))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            {"vendors": "tencent"},
            (
                'vendors= takes a list of vendors, such as ["tencent"]: choose from '
                "alibaba, huawei, tencent, ucloud, yunpian"
            ),
        ),
        (
            {"vendors": None},
            (
                'vendors= takes a list of vendors, such as ["tencent"]: choose from '
                "alibaba, huawei, tencent, ucloud, yunpian"
            ),
        ),
        (
            {"vendors": []},
            "vendors= names no vendor: choose from alibaba, huawei, tencent, ucloud, yunpian",
        ),
        (
            {"vendors": ["twilio"]},
            "'twilio' is not a vendor: choose from alibaba, huawei, tencent, ucloud, yunpian",
        ),
        (
            {"vendors": [tencent]},
            "<module> is not a vendor: choose from alibaba, huawei, tencent, ucloud, yunpian",
        ),
        (
            {"vendors": ["tencent", "tencent"]},
            "vendors= names tencent more than once: a second signature is a second Brand",
        ),
        (
            {"given_facts": facts(nmae="x", colour="red")},
            (
                "'nmae', 'colour' is not a fact: choose from text, name_of, own_use, "
                "licence, proof, power_of_attorney, owner, purpose, website, "
                "trademark_number, icp_number"
            ),
        ),
        (
            {"given_facts": {"licence": "x.png"}},
            "the fact 'text' is missing: it is the name, without 【】",
        ),
        (
            {"given_facts": "云杉示例"},
            'facts= takes Facts, such as {"text": "云杉示例", "licence": "evidence/licence.png"}',
        ),
        (
            {"given_facts": facts(name_of="firm")},
            (
                "name_of takes one of 'company', 'institution', 'trademark', 'app', "
                "'website', 'official_account', 'mini_program', and not 'firm'"
            ),
        ),
        ({"given_facts": facts(own_use="Yes")}, "own_use takes True or False, and not 'Yes'"),
        (
            {"given_facts": {"text": "云杉"}},
            "tencent asks for the fact 'licence' (its proof_image)",
        ),
        (
            {"vendors": ["huawei"]},
            "huawei asks for app_id, signature_type, given as huawei={'app_id': ...}",
        ),
        (
            {"vendors": ["yunpian", "ucloud"], "given_facts": {"text": "云杉"}},
            (
                "yunpian asks for the fact 'website' (its website); ucloud asks for the "
                "fact 'purpose' (its description)"
            ),
        ),
        (
            {"vendors": ["alibaba"], "given_facts": facts(name_of="website")},
            (
                "alibaba asks for sign_source, qualification_id, given as "
                "alibaba={'sign_source': ...} (it has no word for a name_of 'website')"
            ),
        ),
        ({"tencent": {"remarks": 1}}, "'remarks' is not an argument of tencent.Signature"),
        (
            {"tencent": ["x"]},
            "tencent= takes arguments of tencent.Signature, such as {'account': 'shop'}",
        ),
        (
            {"approval": {"timeuot": "1m"}},
            (
                "'timeuot' is not an argument of its Approval: choose from timeout, "
                "poll_interval, until, on_pending, opts"
            ),
        ),
        (
            {"approval": {"signatures": []}},
            (
                "'signatures' is not an argument of its Approval: choose from timeout, "
                "poll_interval, until, on_pending, opts"
            ),
        ),
        (
            {"approval": True},
            (
                "approval= takes an Approval's arguments, such as {}: choose from timeout, "
                "poll_interval, until, on_pending, opts"
            ),
        ),
        ({"deletion_policy": "keep"}, 'deletion_policy= takes "retain" or "delete", not \'keep\''),
    ],
)
def test_wrong_argument_is_told_in_a_sentence(arguments: dict[str, Any], message: str) -> None:
    with pytest.raises(TypeError) as caught:
        brand(**arguments)
    said = str(caught.value).replace(f'"{tencent!r}"', "<module>")
    assert said == f"Brand('geek'): {message}"


def test_an_output_that_should_choose_is_refused() -> None:
    async def choose() -> None:
        brand(given_facts=facts(own_use=pulumi.Output.from_input(True)))

    with pytest.raises(TypeError, match=r"own_use takes True or False, and not an output$"):
        asyncio.run(choose())


def test_all_that_is_wrong_is_said_at_once() -> None:
    with pytest.raises(TypeError) as caught:
        brand(["tencent", "twilio"], facts(nmae="x"), tencent={"remarks": 1})
    for message in (
        "'twilio' is not a vendor",
        "'nmae' is not a fact",
        "'remarks' is not an argument",
    ):
        assert message in str(caught.value)


def test_its_deletion_policy_is_that_of_each_signature_that_has_none_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "licence.png").write_bytes(png())
    monkeypatch.chdir(tmp_path)
    further: dict[str, Any] = {
        "tencent": {"deletion_policy": "retain"},
        "deletion_policy": "delete",
    }
    inputs = inputs_of(
        lambda: brand(
            ["tencent", "yunpian"], {**FEW, "website": "https://spruce.example"}, **further
        )
    )
    assert inputs["geek-tencent"]["deletion_policy"] == "retain"
    assert inputs["geek-yunpian"]["deletion_policy"] == "delete"


def test_without_one_its_signatures_have_none_either(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "licence.png").write_bytes(png())
    monkeypatch.chdir(tmp_path)
    assert "deletion_policy" not in inputs_of(lambda: brand(given_facts=FEW))["geek-tencent"]


class Seen(mocks.Mocks):
    """An engine whose Approvals have seen every signature approved."""

    def new_resource(self, args: mocks.MockResourceArgs) -> tuple[str, dict[str, Any]]:
        review = {"status": "APPROVED", "reason": "", "deliverable": "unknown"}
        reviews = [review for _ in args.inputs.get("signatures", ())]
        return f"{args.name}-id", {**args.inputs, "reviews": reviews}

    def call(self, args: mocks.MockCallArgs) -> NoReturn:
        raise AssertionError(args.token)


def test_a_brand_declares_its_parts_and_tells_their_ids(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "licence.png").write_bytes(png())
    monkeypatch.chdir(tmp_path)
    outputs: list[dict[str, Any]] = []
    parts: list[object] = []
    monkeypatch.setattr(Brand, "register_outputs", lambda _, told: outputs.append(told))
    sites = {**FEW, "website": "https://spruce.example"}

    def program() -> None:
        waiting = brand(["tencent", "yunpian"], sites, approval={"timeout": "1h"})
        parts.extend((dict(waiting.signatures), waiting.approval))

    inputs = inputs_of(program, engine=Seen())
    assert inputs.keys() >= {"geek", "geek-tencent", "geek-yunpian", "geek-approval"}
    approval = inputs["geek-approval"]
    assert approval["timeout"] == "1h"
    assert [each["name"] for each in approval["signatures"]] == ["geek-tencent", "geek-yunpian"]
    assert inputs["geek-tencent"]["sign_name"] == "云杉示例"
    signatures, awaited = parts
    assert isinstance(signatures, dict)
    assert isinstance(awaited, Approval)
    assert outputs == [{"ids": {name: each.id for name, each in signatures.items()}}]


def test_a_brand_without_an_approval_waits_for_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "licence.png").write_bytes(png())
    monkeypatch.chdir(tmp_path)
    waits: list[object] = []
    inputs = inputs_of(lambda: waits.append(brand(given_facts=FEW).approval))
    assert waits == [None]
    assert "geek-approval" not in inputs


def test_a_form_leaves_out_what_is_not_told_and_reads_lists_of_facts() -> None:
    form = Form(
        always={"text": Fact("text"), "plain": 7, "papers": [Fact("licence"), Fact("proof")]},
        kinds={"app": {"number": Fact("icp_number"), "more": [Fact("proof")]}},
        own_use={True: {"whose": "own"}, False: {"whose": "other"}},
    )
    few = cast("Facts", FEW)
    usual = {"text": "云杉示例", "plain": 7, "papers": ["licence.png"]}
    assert form.arguments(few) == {**usual, "whose": "own"}
    app = cast("Facts", {**FEW, "name_of": "app", "own_use": False, "proof": "p.png"})
    assert form.arguments(app) == {
        **usual,
        "papers": ["licence.png", "p.png"],
        "more": ["p.png"],
        "whose": "other",
    }
