"""What the pages AddSmsSign and ModifySmsSign state, checked before any call."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pulumi_smssign.contract import evidence
from pulumi_smssign.contract.application import MIB, Findings, examine
from pulumi_smssign.tencent.application import SignatureApplication
from tests.images import jpeg, png

NOTHING: frozenset[str] = frozenset()


@pytest.fixture
def inputs(tmp_path: Path) -> dict[str, Any]:
    (tmp_path / "licence.png").write_bytes(png())
    return {
        "sign_name": "极客科技",
        "sign_type": 0.0,
        "document_type": 1.0,
        "sign_purpose": 0.0,
        "proof_image": dict(evidence.describe(tmp_path / "licence.png")),
        "international": False,
        "qualification_id": 2000417.0,
    }


def found(inputs: dict[str, Any], unknown: frozenset[str] = NOTHING) -> Findings:
    return examine(SignatureApplication, inputs, unknown)


def reasons(findings: Findings) -> dict[str, str]:
    return {problem.property: problem.reason for problem in findings.problems}


def test_a_complete_application_has_no_problem_and_no_doubt(inputs: dict[str, Any]) -> None:
    assert found(inputs) == Findings((), ())


def test_all_problems_are_reported_at_once_each_under_its_property(
    inputs: dict[str, Any], tmp_path: Path
) -> None:
    inputs.update(
        sign_name="【极客】",
        document_type=7,
        sign_purpose=1,
        proof_image=dict(evidence.describe(tmp_path / "gone.png")),
        qualification_id=0,
        colour="red",
    )
    said = reasons(found(inputs))
    assert set(said) == {
        "sign_name",
        "document_type",
        "commission_image",
        "proof_image",
        "qualification_id",
        "colour",
    }
    assert "without 【】" in said["sign_name"]
    assert "0 (THREE_IN_ONE_LICENSE), 1 (BUSINESS_LICENSE)" in said["document_type"]
    assert "power of attorney" in said["commission_image"]
    assert "does not exist" in said["proof_image"]


@pytest.mark.parametrize("name", ["【极客科技】", "[极客科技]", "极客】"])
def test_brackets_are_the_vendors_to_add(inputs: dict[str, Any], name: str) -> None:
    assert "brackets" in reasons(found({**inputs, "sign_name": name}))["sign_name"]


@pytest.mark.parametrize("name", ["", " ", "极", "极" * 21, " 极客科技"])
def test_a_name_has_a_sane_length(inputs: dict[str, Any], name: str) -> None:
    assert "sign_name" in reasons(found({**inputs, "sign_name": name}))


@pytest.mark.parametrize("name", ["极客", "极" * 12, "Geek2026"])
def test_a_name_of_two_to_twelve_characters_is_fine(inputs: dict[str, Any], name: str) -> None:
    assert found({**inputs, "sign_name": name}) == Findings((), ())


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "is empty"),
        (b"hello, this is text", "is not a PNG or JPEG file"),
        (b"%PDF-1.4\n" + b"0" * 64, "application/pdf"),
        (b"GIF89a" + b"0" * 64, "image/gif"),
        (png(padding=5 * MIB), "at most 5 MiB"),
    ],
    ids=["empty", "text", "pdf", "gif", "too large"],
)
def test_a_proof_image_is_a_png_or_jpeg_of_at_most_5_mib(
    inputs: dict[str, Any], tmp_path: Path, content: bytes, reason: str
) -> None:
    (tmp_path / "proof").write_bytes(content)
    inputs["proof_image"] = dict(evidence.describe(tmp_path / "proof"))
    assert reason in reasons(found(inputs))["proof_image"]


def test_a_jpeg_and_a_power_of_attorney_are_fine(inputs: dict[str, Any], tmp_path: Path) -> None:
    (tmp_path / "commission.jpg").write_bytes(jpeg())
    inputs.update(
        sign_purpose=1,
        commission_image=dict(evidence.describe(tmp_path / "commission.jpg")),
    )
    assert found(inputs) == Findings((), ())


def test_what_is_missing_is_named(inputs: dict[str, Any]) -> None:
    said = reasons(found({}))
    assert said == dict.fromkeys(
        ("sign_name", "sign_type", "document_type", "sign_purpose", "proof_image"), "is missing"
    )


def test_unknown_values_are_passed_over(inputs: dict[str, Any]) -> None:
    everything = frozenset(SignatureApplication.model_fields)
    assert found({}, unknown=everything) == Findings((), ())
    inputs.update(document_type=7, sign_purpose=1)
    unknown = frozenset({"sign_type", "commission_image", "qualification_id"})
    assert found(inputs, unknown=unknown) == Findings((), ())


@pytest.mark.parametrize(
    ("change", "doubted"),
    [
        ({"sign_type": 2}, ["sign_type"]),
        ({"sign_type": 3}, ["sign_type"]),
        ({"sign_type": 6}, ["sign_type"]),
        ({"sign_type": 1}, ["sign_type"]),
        ({"sign_type": 1, "international": True}, []),
        ({"sign_type": 1, "document_type": 4}, ["sign_type", "document_type"]),
        ({"sign_type": 2, "document_type": 5}, ["sign_type", "document_type"]),
        ({"qualification_id": None}, ["qualification_id"]),
        ({"qualification_id": None, "international": True}, []),
        ({"sign_name": "极" * 13}, ["sign_name"]),
        ({"sign_name": "极" * 13, "international": True}, []),
        ({"sign_name": "极" * 16, "international": True}, ["sign_name"]),
    ],
    ids=str,
)
def test_what_todays_contract_withdrew_is_a_doubt_and_no_problem(
    inputs: dict[str, Any], change: dict[str, Any], doubted: list[str]
) -> None:
    findings = found({**inputs, **change})
    assert findings.problems == ()
    assert [doubt.property for doubt in findings.doubts] == doubted


def test_a_power_of_attorney_without_need_is_doubted(
    inputs: dict[str, Any], tmp_path: Path
) -> None:
    inputs["commission_image"] = dict(evidence.describe(tmp_path / "licence.png"))
    assert [doubt.property for doubt in found(inputs).doubts] == ["commission_image"]


def test_proof_files_are_found_from_where_the_program_runs(
    inputs: dict[str, Any], tmp_path: Path
) -> None:
    inputs["proof_image"]["path"] = "licence.png"
    application = SignatureApplication.of(inputs, str(tmp_path))
    assert application.proof_image.read() == png()
    assert application.scope == "mainland"
    assert application.text == "极客科技"
