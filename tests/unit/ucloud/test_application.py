"""What UCloud's pages say of an application, and what is found before any call is made."""

from __future__ import annotations

from pathlib import Path

import pytest

from pulumi_smssign.contract import evidence
from pulumi_smssign.contract.application import MIB, examine
from pulumi_smssign.ucloud import CertificateType, SigPurpose, SigType
from pulumi_smssign.ucloud.application import SignatureApplication
from tests.ucloud_applications import Inputs
from tests.unit.ucloud.conftest import Apply


def problems(inputs: Inputs, *unknown: str) -> dict[str, str]:
    findings = examine(SignatureApplication, inputs, frozenset(unknown))
    return {found.property: found.reason for found in findings.problems}


def doubts(inputs: Inputs, *unknown: str) -> dict[str, str]:
    findings = examine(SignatureApplication, inputs, frozenset(unknown))
    assert findings.problems == ()
    return {found.property: found.reason for found in findings.doubts}


def test_a_complete_application_has_neither_problems_nor_doubts(inputs: Inputs) -> None:
    assert problems(inputs) == {}
    assert doubts(inputs) == {}


def test_every_problem_is_found_at_once() -> None:
    assert problems({}) == dict.fromkeys(
        ("sig_content", "sig_type", "certificate_type", "sig_purpose", "description"), "is missing"
    )


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("极", "has 1 characters; a name has 2 to 12"),
        ("一二三四五六七八九十一二三", "has 13 characters; a name has 2 to 12"),
        ("【极客科技】", "write the name without"),
        ("[Geek]", "write the name without"),
        ("  ", "must not be empty"),
        (" 极客", "must not begin or end with a space"),
    ],
)
def test_a_text_that_the_page_rules_out_is_refused(inputs: Inputs, text: str, reason: str) -> None:
    assert problems({**inputs, "sig_content": text})["sig_content"].startswith(reason)


@pytest.mark.parametrize("text", ["极客", "一二三四五六七八九十一二", "UCloud_2", "𠮷野家"])
def test_a_text_within_both_sources_is_taken_without_doubt(inputs: Inputs, text: str) -> None:
    assert doubts({**inputs, "sig_content": text}) == {}


@pytest.mark.parametrize("text", ["极客-科技", "A&B", "极客 科技", "café"])
def test_a_symbol_is_taken_with_a_warning_that_never_repeats_the_text(
    inputs: Inputs, text: str
) -> None:
    reason = doubts({**inputs, "sig_content": text})["sig_content"]
    assert "audit standard does not" in reason
    assert text not in reason


def test_the_choices_have_the_pages_numbers() -> None:
    assert [kind.value for kind in SigType] == [0, 1, 2, 3, 4, 5]
    assert [kind.value for kind in CertificateType] == [0, 1, 2, 3, 4, 5]
    assert [kind.value for kind in SigPurpose] == [0, 1]


@pytest.mark.parametrize("field", ["sig_type", "certificate_type", "sig_purpose"])
@pytest.mark.parametrize("value", [-1.0, 6.0, 0.5, "company"])
def test_a_number_that_the_page_does_not_have_is_refused(
    inputs: Inputs, field: str, value: object
) -> None:
    assert field in problems({**inputs, field: value})


def test_a_certificate_of_another_number_is_refused_with_the_one_that_is_taken(
    inputs: Inputs,
) -> None:
    found = problems({**inputs, "sig_type": 4.0, "certificate_type": 0.0})
    assert "which takes 4 (" in found["certificate_type"]


def test_a_name_of_another_asks_for_the_power_of_attorney(inputs: Inputs) -> None:
    assert "power of attorney" in problems({**inputs, "proxy_file": None})["proxy_file"]


def test_a_power_of_attorney_that_is_not_known_yet_is_not_missing(inputs: Inputs) -> None:
    assert problems({**inputs, "proxy_file": None}, "proxy_file") == {}
    assert problems({**inputs, "proxy_file": None}, "proxy_doc") == {}


def test_the_url_of_a_power_of_attorney_stands_for_it(inputs: Inputs) -> None:
    url = "https://files.example/letter.jpg"
    assert problems({**inputs, "proxy_file": None, "proxy_doc": url}) == {}


def test_a_new_application_asks_for_the_power_of_attorney_as_a_file(inputs: Inputs) -> None:
    url_only = {**inputs, "proxy_file": None, "proxy_doc": "https://files.example/letter.jpg"}
    (found,) = examine(SignatureApplication, url_only, frozenset(), new=True).problems
    assert found.property == "proxy_file"
    assert "has no field for proxy_doc" in found.reason


def test_a_new_application_is_told_once_that_the_power_of_attorney_is_missing(
    inputs: Inputs,
) -> None:
    neither = {**inputs, "proxy_file": None}
    assert len(examine(SignatureApplication, neither, frozenset(), new=True).problems) == 1


def test_a_new_application_of_the_own_name_asks_for_none(inputs: Inputs) -> None:
    own = {**inputs, "sig_purpose": 0.0, "proxy_file": None}
    assert examine(SignatureApplication, own, frozenset(), new=True).problems == ()


def test_the_own_name_asks_for_no_power_of_attorney(inputs: Inputs) -> None:
    assert problems({**inputs, "sig_purpose": 0.0, "proxy_file": None}) == {}


def test_a_power_of_attorney_for_the_own_name_is_doubted(inputs: Inputs) -> None:
    assert "meant for sig_purpose 1" in doubts({**inputs, "sig_purpose": 0.0})["proxy_file"]


@pytest.mark.parametrize("sig_type", [SigType.APP, SigType.WEBSITE, SigType.OFFICIAL_ACCOUNT])
def test_a_type_that_the_mainland_has_withdrawn_is_doubted_there_only(
    inputs: Inputs, sig_type: SigType
) -> None:
    withdrawn = {**inputs, "sig_type": sig_type, "certificate_type": sig_type}
    assert "2026-05-01" in doubts(withdrawn)["sig_type"]
    assert doubts({**withdrawn, "international": True}) == {}


def test_an_application_without_any_proof_is_doubted(inputs: Inputs) -> None:
    assert "without proof" in doubts({**inputs, "file": None})["file"]
    assert doubts({**inputs, "file": None, "qualification_id": "qual-example"}) == {}
    assert doubts({**inputs, "file": None}, "qualification_id") == {}


def test_a_proof_that_is_there_as_a_url_only_is_doubted_for_a_new_application(
    inputs: Inputs,
) -> None:
    reason = doubts({**inputs, "file": None, "document": "https://files.example/a.png"})["file"]
    assert "only when a signature is changed" in reason


@pytest.mark.parametrize(("file", "url"), [("file", "document"), ("proxy_file", "proxy_doc")])
def test_a_file_beside_its_url_is_doubted(inputs: Inputs, file: str, url: str) -> None:
    reason = doubts({**inputs, url: "https://files.example/a.png"})[url]
    assert f"beside {file}" in reason
    assert "does not say which" in reason


@pytest.mark.parametrize(
    "field",
    ["description", "document", "proxy_doc", "qualification_id", "scene_desc", "project_id"],
)
def test_a_field_that_says_nothing_is_refused(inputs: Inputs, field: str) -> None:
    assert problems({**inputs, field: ""})[field] == "must not be empty"
    assert problems({**inputs, field: " "})[field] == "must not be empty"


def test_international_is_yes_or_no(inputs: Inputs) -> None:
    assert "international" in problems({**inputs, "international": "perhaps"})


def test_a_property_that_ucloud_does_not_have_is_refused(inputs: Inputs) -> None:
    assert problems({**inputs, "remark": "x"}) == {"remark": "is not a property of this resource"}


@pytest.mark.parametrize("field", ["file", "proxy_file"])
def test_a_pdf_is_taken(inputs: Inputs, tmp_path: Path, field: str) -> None:
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n%%EOF\n")
    assert problems({**inputs, field: evidence.describe(scan)}) == {}


@pytest.mark.parametrize("field", ["file", "proxy_file"])
def test_a_file_of_another_kind_is_refused(inputs: Inputs, tmp_path: Path, field: str) -> None:
    scan = tmp_path / "scan.png"
    scan.write_bytes(b"GIF89a" + bytes(20))
    reason = problems({**inputs, field: evidence.describe(scan)})[field]
    assert "is not a PNG or JPEG or PDF file" in reason


@pytest.mark.parametrize("field", ["file", "proxy_file"])
def test_a_file_has_at_most_4_mib_before_it_is_encoded(inputs: Inputs, field: str) -> None:
    largest = {**inputs[field], "size": 4 * MIB}
    assert problems({**inputs, field: largest}) == {}
    reason = problems({**inputs, field: {**largest, "size": 4 * MIB + 1}})[field]
    assert "at most 4 MiB" in reason


def test_a_file_that_is_not_there_is_reported_under_its_property(
    inputs: Inputs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    missing = evidence.describe("nowhere/licence.png")
    assert problems({**inputs, "file": missing}) == {
        "file": f"the file nowhere/licence.png does not exist in {tmp_path}"
    }


def test_the_scope_is_the_projects_part_and_the_kind(apply: Apply) -> None:
    assert apply().scope == "/mainland"
    assert apply(international=True).scope == "/international"
    assert apply(project_id="org-other").scope == "org-other/mainland"


def test_the_text_is_the_content(apply: Apply) -> None:
    assert apply().text == "极客科技"


def test_both_files_are_evidence(apply: Apply) -> None:
    assert [Path(file.path).name for file in apply().evidence] == ["licence.png", "letter.jpg"]
