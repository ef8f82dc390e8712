"""The check of an invented vendor's application: each finding, with its property and its words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import IntEnum, StrEnum
from pathlib import Path
from typing import Annotated, Any, ClassVar

import pytest
from pydantic import Field, ValidationError

from pulumi_smssign.contract.application import (
    MIB,
    Application,
    Evidence,
    SignatureText,
    are_missing,
    choices,
    examine,
    proof,
    sized,
)
from pulumi_smssign.contract.evidence import describe
from pulumi_smssign.contract.file_types import UNRECOGNISED
from pulumi_smssign.model.errors import BugError, EvidenceError
from pulumi_smssign.model.findings import Findings, Problem
from pulumi_smssign.model.names import NameKind
from pulumi_smssign.model.vocabulary import TODO
from tests.images import png
from tests.unit.findings import file


class Kind(IntEnum):
    COMPANY = 0
    BRAND = 3


class Purpose(StrEnum):
    OWN = "own"


Scan = Annotated[Evidence, proof("image/png", "image/jpeg", max_bytes=MIB * 5 // 2)]


class Form(Application):
    """A form with a field of each sort, two of which belong together."""

    text_field: ClassVar[str] = "sign"
    personal: ClassVar[frozenset[str]] = frozenset({"person", "mobiles"})
    name_kinds: ClassVar[tuple[str, Mapping[object, NameKind]]] = (
        "kind",
        {0: NameKind.COMPANY, 3: NameKind.APP},
    )
    abroad_field: ClassVar[str] = "abroad"

    sign: Annotated[SignatureText, sized(2, 4, "from {shortest} to {longest} are taken")]
    kind: Kind | None = None
    purposes: tuple[Purpose, ...] = ()
    licence: Scan | None = None
    scans: list[Scan] = Field(default=[], max_length=2)
    person: str | None = None
    mobiles: tuple[str, ...] = ()
    abroad: bool = False

    @classmethod
    def conflicts(cls, known: Mapping[str, object]) -> Iterator[Problem]:
        if are_missing(known, "licence", "person"):
            yield Problem("licence", "or a person")

    @classmethod
    def conflicts_when_new(cls, known: Mapping[str, object]) -> Iterator[Problem]:
        if known.get("abroad"):
            yield Problem("abroad", "none is taken any more")

    @classmethod
    def doubts(cls, known: Mapping[str, object]) -> Iterator[Problem]:
        if known.get("abroad"):
            yield Problem("abroad", "takes long")


def found(
    *unknown: str, new: bool = False, managed: bool = False, **inputs: object
) -> dict[str, str]:
    """The reason of each problem, of an application that is right but for these inputs."""
    given = {"sign": "云杉", "licence": file(), **inputs}
    findings = examine(Form, given, frozenset(unknown), new=new, managed=managed)
    assert len({each.property for each in findings.problems}) == len(findings.problems)
    return {each.property: each.reason for each in findings.problems}


ZERO_WIDTH = "U+200B (ZERO WIDTH SPACE)"
OPEN = "is still TODO: write what was submitted, or is to be"
PROOFS: list[tuple[dict[str, object], str]] = [
    ({"problem": "does not exist"}, "the file a.png does not exist"),
    ({"size": 0}, "the file a.png is empty"),
    ({"size": 1}, ""),
    ({"size": MIB * 5 // 2}, ""),
    ({"media_type": "image/jpeg"}, ""),
    ({"size": MIB * 5 // 2 + 1}, "the file a.png has 2.5 MiB; at most 2.5 MiB are taken"),
    ({"size": 1 << 30}, "the file a.png has 1024.0 MiB; at most 2.5 MiB are taken"),
    ({"media_type": "image/gif"}, "the file a.png is not a PNG or JPEG file but a GIF picture"),
    ({"media_type": UNRECOGNISED}, "the file a.png is not a PNG or JPEG file"),
    ({"media_type": "font/otf"}, "the file a.png is not a PNG or JPEG file but font/otf"),
]


@pytest.mark.parametrize(("changes", "reason"), PROOFS)
def test_a_proof_file_is_one_that_the_vendor_takes(changes: Mapping[str, Any], reason: str) -> None:
    changed = {**file(), **changes}
    expected = {"licence": reason} if reason else {}
    assert found(licence=changed) == expected
    in_a_list = {"scans[1]": reason} if reason else {}
    assert found(scans=[file(), changed]) == in_a_list


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("云杉", ""),
        ("云杉示例", ""),
        ("云", "has 1 characters; from 2 to 4 are taken"),
        ("云杉示例甲", "has 5 characters; from 2 to 4 are taken"),
        ("", "must not be empty"),
        (" \u3000", "must not be empty"),
        (" 云杉", "must not begin or end with a space"),
        ("云杉 ", "must not begin or end with a space"),
        *(
            (f"云{b}", "write the name without 【】 or []: the vendor adds the brackets")
            for b in "【】[]"
        ),
        (
            "云\u200b",
            f"has {ZERO_WIDTH} as character 2, which nobody sees: write the name without it",
        ),
        (7, "Input should be a valid string"),
        (None, "is missing"),
        (TODO, OPEN),
        ("TODO", ""),
    ],
)
def test_a_text_is_held_against_its_rules(text: object, reason: str) -> None:
    assert found(sign=text) == ({"sign": reason} if reason else {})


@pytest.mark.parametrize(
    ("inputs", "problems"),
    [
        ({"kind": 3.0}, {}),
        ({"kind": 99}, {"kind": "'99' is not a Kind; choose 0 (COMPANY), 3 (BRAND)"}),
        ({"kind": 99.0}, {"kind": "'99' is not a Kind; choose 0 (COMPANY), 3 (BRAND)"}),
        ({"kind": 0.5}, {"kind": "'0.5' is not a Kind; choose 0 (COMPANY), 3 (BRAND)"}),
        (
            {"kind": TODO},
            {"kind": f"{OPEN}; choose 0 (COMPANY), 3 (BRAND)"},
        ),
        (
            {"kind": "x" * 41},
            {"kind": f"'{'x' * 40}' is not a Kind; choose 0 (COMPANY), 3 (BRAND)"},
        ),
        (
            {"purposes": ["own", TODO]},
            {"purposes": f"{OPEN}; choose 'own' (OWN)"},
        ),
        (
            {"purposes": (TODO,)},
            {"purposes": f"{OPEN}; choose 'own' (OWN)"},
        ),
        ({"mobiles": [f"not {TODO}"]}, {}),
        ({"mobiles": TODO}, {"mobiles": OPEN}),
        ({"person": "TODO"}, {}),
        (
            {"other": 1, "an_other": 2},
            dict.fromkeys(("an_other", "other"), "is not a property of this resource"),
        ),
        ({"licence": None}, {"licence": "or a person"}),
        ({"licence": None, "person": "An"}, {}),
        ({"licence": None, "person": 1}, {"person": "Input should be a valid string"}),
    ],
)
def test_each_problem_has_its_property_and_its_words(
    inputs: Mapping[str, Any], problems: dict[str, str]
) -> None:
    assert found(**inputs) == problems


def test_what_is_not_known_yet_is_passed_over() -> None:
    assert found("sign", sign=None) == {}
    assert found("kind", kind=99) == {}
    assert found("licence", licence=None) == {}
    assert found("person", licence=None) == {}


def test_a_new_signature_has_more_conflicts_and_doubts_stop_nothing() -> None:
    inputs = {"sign": "云\u00a0杉", "licence": file(), "kind": 3}
    spaces = Problem(
        "sign",
        "has U+00A0 (NO-BREAK SPACE), which looks like a space and is another character: a text "
        "with it is another text",
    )
    findings = examine(Form, inputs, frozenset())
    assert findings.problems == ()
    assert [each.property for each in findings.doubts] == ["kind", "sign"]
    assert findings.doubts[1] == spaces
    abroad = {**inputs, "abroad": True}
    late = Problem("abroad", "takes long")
    assert examine(Form, abroad, frozenset()) == Findings((), (spaces, late))
    gone = Problem("abroad", "none is taken any more")
    assert examine(Form, abroad, frozenset(), new=True) == Findings((gone,), (spaces, late))
    assert examine(Form, {**inputs, "sign": 7}, frozenset()).doubts == findings.doubts[:1]
    company = {**inputs, "sign": "云杉", "kind": 0}
    assert examine(Form, company, frozenset()) == Findings((), ())


WITHOUT = (
    ". A run that changes nothing of it goes without the file by "
    'opts=pulumi.ResourceOptions(ignore_changes=["{}"])'
)


@pytest.mark.parametrize(
    ("changes", "is_absent"),
    [
        ({"problem": "does not exist", "size": 0}, True),
        ({"media_type": "text/x-git-lfs-pointer"}, True),
        ({"media_type": "image/gif"}, False),
        ({"size": 0}, False),
        ({"size": 1 << 30}, False),
    ],
)
def test_a_signature_in_state_can_go_without_a_file_that_is_absent(
    changes: Mapping[str, Any], is_absent: bool
) -> None:
    changed = {**file(), **changes}
    for inputs, at, name in (
        ({"licence": changed}, "licence", "licence"),
        ({"scans": [file(), changed]}, "scans[1]", "scans"),
    ):
        plain = found(**inputs)
        assert plain.keys() == {at}
        more = WITHOUT.format(name) if is_absent else ""
        assert found(managed=True, **inputs) == {at: plain[at] + more}


@pytest.mark.parametrize("value", ["licence.png", 7, [7], {"path": "a.png"}, {"problem": "none"}])
def test_what_is_no_file_is_none_to_go_without(value: object) -> None:
    for inputs in ({"licence": value}, {"scans": value}, {"scans": [value]}):
        assert found(managed=True, **inputs) == found(**inputs)


def test_a_field_is_missing_where_it_is_known_to_be_left_out() -> None:
    known = {"a": None, "b": None, "c": ""}
    assert are_missing(known, "a", "b") is True
    assert are_missing(known, "a", "c") is False
    assert are_missing(known, "a", "d") is False


def test_choices_are_found_inside_of_other_types() -> None:
    assert choices(Form) == {"kind": Kind, "purposes": Purpose}


INPUTS: dict[str, object] = {"sign": "云杉", "person": "Ann Example", "mobiles": ("13912345678",)}


def test_an_application_has_its_files_where_the_program_is(tmp_path: Path) -> None:
    for name in ("a.png", "b.png", "c.png"):
        (tmp_path / name).write_bytes(png(len(name)))
    a, b, c = ({**describe(tmp_path / name), "path": name} for name in ("a.png", "b.png", "c.png"))
    c["path"] = str(tmp_path / "c.png")
    inputs = {**INPUTS, "licence": a, "scans": [b, c], "other": 1}
    form = Form.of(inputs, str(tmp_path), {"digest": "an-id"})
    assert [each.path for each in form.evidence] == [str(tmp_path / f"{n}.png") for n in "abc"]
    assert (form.text, form.scope, form.uploads) == ("云杉", "", {"digest": "an-id"})
    form.verify_evidence()
    (tmp_path / "c.png").write_bytes(b"")
    with pytest.raises(EvidenceError, match="has changed since the preview"):
        form.verify_evidence()
    assert Form.of(INPUTS, "").evidence == ()
    assert Form.of(INPUTS, "").uploads == {}


def test_an_application_of_unchecked_inputs_is_a_bug() -> None:
    with pytest.raises(BugError, match="unchecked inputs reached the vendor: 1 validation error"):
        Form.of({**INPUTS, "kind": 99}, "")


def test_personal_data_are_in_no_representation() -> None:
    form = Form.of(INPUTS, "")
    assert "Ann Example" not in repr(form)
    assert "13912345678" not in repr(form)
    assert "云杉" in repr(form)


def test_an_application_is_frozen_and_has_no_other_field() -> None:
    form = Form.of(INPUTS, "")
    with pytest.raises(ValidationError, match="frozen"):
        form.abroad = True  # type: ignore[misc]
    with pytest.raises(ValidationError) as caught:
        Form.model_validate({**INPUTS, "another": "Ann Example"})
    assert "Ann Example" not in str(caught.value)
    licence = Evidence(path="a.png")
    assert licence.model_dump() == {
        "path": "a.png",
        "sha256": "",
        "media_type": UNRECOGNISED,
        "size": 0,
        "problem": "",
    }
    with pytest.raises(ValidationError, match="frozen"):
        licence.size = 1  # type: ignore[misc]


@pytest.mark.parametrize(
    ("known", "kind"),
    [
        ({"kind": 3, "abroad": False}, ("kind", NameKind.APP)),
        ({"kind": 3.0, "abroad": False}, ("kind", NameKind.APP)),
        ({"kind": 3, "abroad": True}, None),
        ({"kind": 3}, None),
        ({"kind": 7, "abroad": False}, None),
        ({"abroad": False}, None),
    ],
)
def test_a_name_has_a_kind_on_the_mainland(
    known: Mapping[str, object], kind: tuple[str, NameKind] | None
) -> None:
    assert Form.name_kind(known) == kind
    assert Form.is_abroad(known, "") is (known.get("abroad") is True)


def test_a_form_without_such_fields_says_nothing_of_them() -> None:
    assert Application.name_kind({"kind": 3}) is None
    assert Application.is_mainland({}) is True
    assert Application.is_abroad({"": False}, "") is False
    assert [*Application.conflicts({}), *Application.conflicts_when_new({})] == []
    assert [*Application.doubts({})] == []
    assert (Application.personal, Application.owner_field) == (frozenset(), "")
    assert Application.judges_digits is False
