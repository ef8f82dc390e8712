"""Rules of Tencent's pages AddSmsSign and ModifySmsSign, checked before any call."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from pulumi_smssign.contract.evidence import describe
from pulumi_smssign.tencent import DocumentType, SignType
from pulumi_smssign.tencent.application import SignatureApplication
from tests.images import png
from tests.unit.findings import assert_says, doubts, file, problems, rows

PDF = "application/pdf"
FIELDS: dict[str, Any] = {
    "sign_name": "极客科技",
    "sign_type": 0.0,  # a number comes from the engine as a float
    "document_type": 1.0,
    "sign_purpose": 0.0,
    "proof_image": file(),
    "international": False,
    "qualification_id": 2000417.0,
}
REQUIRED = ("sign_name", "sign_type", "document_type", "sign_purpose", "proof_image")
ABROAD = {"international": True}


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"sign_purpose": 1, "commission_image": file(media_type="image/jpeg")},
        *({"sign_name": name} for name in ("极客", "极" * 12, "Geek2026")),
        {**ABROAD, "sign_type": 1},
        {**ABROAD, "qualification_id": None},
        {**ABROAD, "sign_name": "极" * 13},
        {**ABROAD, "sign_name": "极" * 15},
        {**ABROAD, "sign_type": 1, "document_type": 4},
        *({"qualification_id": number} for number in (1, 2**64 - 1)),
        {"proof_image": file(5)},
    ],
)
def test_complete_application_is_taken_without_a_doubt(changes: Mapping[str, Any]) -> None:
    assert doubts(SignatureApplication, {**FIELDS, **changes}) == {}


@rows(
    *(({"sign_name": name}, "sign_name: brackets") for name in ("【极客】", "[极客]", "极客】")),
    *(({"sign_name": name}, "sign_name: must not") for name in (" ", "", " 极客科技")),
    ({"sign_name": "极"}, "sign_name: has 1 characters"),
    ({"sign_name": "极" * 21}, "sign_name: has 21 characters"),
    ({"document_type": 7}, "document_type: 0 (THREE_IN_ONE_LICENSE), 1 (BUSINESS_LICENSE)"),
    ({"sign_purpose": 1}, "commission_image: power of attorney"),
    *(({"qualification_id": number}, "qualification_id: ") for number in (0, 2**64)),
    ({"colour": "red"}, "colour: is not a property"),
    ({"proof_image": {"path": "gone", "problem": "does not exist"}}, "proof_image: does not exist"),
    ({"proof_image": file(0)}, "proof_image: is empty"),
    ({"proof_image": file(5.001)}, "proof_image: at most 5 MiB"),
    ({"proof_image": file(media_type=PDF)}, "proof_image: not a PNG or JPEG file but a PDF"),
    (
        {"sign_name": "【极客】", "document_type": 7, "sign_purpose": 1, "qualification_id": 0},
        "sign_name: 【】; document_type: 0; commission_image: power; qualification_id: ",
    ),
    (dict.fromkeys(REQUIRED), "; ".join(f"{name}: is missing" for name in REQUIRED)),
)
def test_problem_names_its_property(changes: Mapping[str, Any], reasons: str) -> None:
    assert_says(problems(SignatureApplication, {**FIELDS, **changes}), reasons)


@rows(
    *(({"sign_type": kind}, "sign_type: since 2026-05-01") for kind in (1, 2, 3, 6)),
    ({"sign_type": 1, "document_type": 4}, "sign_type: apps; document_type: "),
    ({"sign_type": 2, "document_type": 5}, "sign_type: websites; document_type: "),
    ({"qualification_id": None}, "qualification_id: is missing"),
    ({"sign_name": "极" * 13}, "sign_name: has 13"),
    ({"sign_name": "极" * 20}, "sign_name: review standard allows 12"),
    ({**ABROAD, "sign_name": "极" * 16}, "sign_name: review standard allows 15"),
    *(
        (
            {**ABROAD, "sign_type": number, "document_type": 1},
            f"sign_type: withdrawn {name} and may",
        )
        for number, name in ((2, "WEBSITE"), (3, "OFFICIAL_ACCOUNT"), (6, "MINI_PROGRAM"))
    ),
    *(
        (
            {**ABROAD, "sign_type": kind, "document_type": document},
            "sign_type: Tencent has withdrawn ; document_type: Tencent has withdrawn it and may",
        )
        for kind, document in ((2, 5), (3, 8), (6, 6))
    ),
    ({"commission_image": file()}, "commission_image: "),
)
def test_doubt_names_its_property(changes: Mapping[str, Any], reasons: str) -> None:
    assert_says(doubts(SignatureApplication, {**FIELDS, **changes}), reasons)


@pytest.mark.parametrize(
    ("sign_type", "documents"),
    [
        (0, {0, 1}),
        (1, {0, 1, 2, 3, 4}),
        (2, {0, 1, 2, 3, 5}),
        (3, {0, 1, 2, 3, 8}),
        (4, {7}),
        (5, {2, 3}),
        (6, {0, 1, 2, 3, 6}),
    ],
)
def test_name_is_proven_by_the_documents_of_its_page(sign_type: int, documents: set[int]) -> None:
    pairs = ({"sign_type": sign_type, "document_type": number} for number in range(9))
    found = [problems(SignatureApplication, {**FIELDS, **pair}) for pair in pairs]
    assert {number for number, each in enumerate(found) if not each} == documents
    names = ", ".join(f"{number} ({DocumentType(number).name})" for number in sorted(documents))
    assert {each["document_type"] for each in found if each} == {
        f"does not prove a sign_type {sign_type} ({SignType(sign_type).name}), which takes {names}"
    }


def test_value_that_is_not_known_yet_is_neither_problem_nor_doubt() -> None:
    assert doubts(SignatureApplication, {}, *SignatureApplication.model_fields) == {}
    changes = {**FIELDS, "document_type": 7, "sign_purpose": 1}
    unknown = ("sign_type", "commission_image", "qualification_id")
    assert doubts(SignatureApplication, changes, *unknown) == {}


def test_proof_file_is_found_from_where_the_program_runs(tmp_path: Path) -> None:
    (tmp_path / "licence.png").write_bytes(png())
    described = {**describe(tmp_path / "licence.png"), "path": "licence.png"}
    application = SignatureApplication.of({**FIELDS, "proof_image": described}, str(tmp_path))
    assert application.proof_image.read() == png()
    assert (application.scope, application.text) == ("mainland", "极客科技")
