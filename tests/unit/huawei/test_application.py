"""Every field of the form, every rule about it, and every doubt."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from pulumi_smssign.contract.application import MIB, Findings, examine
from pulumi_smssign.huawei import SignatureSource, SignatureType
from pulumi_smssign.huawei.application import SignatureApplication
from tests.huawei_applications import FIELDS, application

FILE = {"path": "a.png", "sha256": "0" * 64, "media_type": "image/png", "size": 100}
SCREENSHOT = {**FILE, "path": "s.png", "sha256": "1" * 64}
OF_AN_APP = {
    "signature_source": 2,
    "related_file": SCREENSHOT,
    "license_number": "粤B2-00000417-2",
}
OF_A_TRADEMARK = {
    "signature_source": 5,
    "related_file": SCREENSHOT,
    "registration_number": "TM-0042",
}


def findings(*unknown: str, **fields: object) -> Findings:
    return examine(SignatureApplication, {**FIELDS, **fields}, frozenset(unknown))


def problems(*unknown: str, **fields: object) -> dict[str, str]:
    return {one.property: one.reason for one in findings(*unknown, **fields).problems}


def doubts(*unknown: str, **fields: object) -> dict[str, str]:
    found = findings(*unknown, **fields)
    assert not found.problems
    return {one.property: one.reason for one in found.doubts}


@pytest.mark.parametrize("extra", [{}, OF_A_TRADEMARK])
def test_a_whole_application_of_each_source_is_taken_without_a_doubt(
    extra: Mapping[str, object],
) -> None:
    found = findings(**extra)
    assert found == Findings((), ())


def test_the_name_of_an_app_is_one_that_the_carriers_file_no_more() -> None:
    found = doubts(**OF_AN_APP)
    assert found.keys() == {"signature_source"}
    assert "file no names of apps since 2026-05-01" in found["signature_source"]


def test_every_field_at_once() -> None:
    assert not problems(
        signature_type=SignatureType.VERIFY_CODE_TYPE,
        is_involved_third=True,
        licence=FILE,
        power_of_attorney=FILE,
        apply_desc="login codes",
        source_title_content="https://app.example",
        activate=True,
        **OF_A_TRADEMARK,
    )


@pytest.mark.parametrize(
    "name", ["app_id", "signature_name", "signature_type", "signature_source", "is_involved_third"]
)
def test_what_the_page_demands_is_missed(name: str) -> None:
    found = examine(
        SignatureApplication, {key: FIELDS[key] for key in FIELDS if key != name}, frozenset()
    )
    assert {one.property: one.reason for one in found.problems} == {name: "is missing"}


@pytest.mark.parametrize(
    ("name", "wrong", "reason"),
    [
        ("app_id", "", "must not be empty"),
        ("app_id", "x" * 65, "at most 64"),
        ("signature_name", "【云杉】", "without 【】"),
        ("signature_name", " 云杉", "begin or end with a space"),
        ("signature_name", "", "must not be empty"),
        ("signature_name", "云" * 33, "at most 32"),
        ("signature_type", "NOTIFY", "VERIFY_CODE_TYPE"),
        ("signature_source", 6, "'6' is not a SignatureSource; choose 0 (ENTERPRISE)"),
        ("signature_source", "0", "must be a number"),
        ("signature_source", True, "must be a number"),
        ("is_involved_third", "Yes", "boolean"),
        ("apply_desc", "x" * 101, "at most 100"),
        ("qualification_id", "Q 1", "pattern"),
        ("qualification_id", "Q" * 65, "pattern"),
        ("file_id", "", "must not be empty"),
        ("file_id", "f" * 65, "at most 64"),
        ("power_attorney_fileid", "f" * 129, "at most 128"),
        ("signature_related_file_id", " ", "must not be empty"),
        ("registration_number", "", "must not be empty"),
        ("license_number", "", "must not be empty"),
        ("source_title_content", "x" * 513, "at most 512"),
        ("activate", "yes", "boolean"),
        ("sign_name", "云杉", "is not a property of this resource"),
    ],
)
def test_a_wrong_value_is_a_problem_of_its_property(name: str, wrong: object, reason: str) -> None:
    found = problems(**{name: wrong})
    assert found.keys() == {name}
    assert reason in found[name]


@pytest.mark.parametrize(("value", "name"), [(1, "WEBSITE"), (3, "APPLET"), (4, "SHOP")])
def test_a_withdrawn_source_is_refused_with_those_that_are_taken(value: int, name: str) -> None:
    reason = problems(signature_source=value)["signature_source"]
    assert f"{value} ({name}) is withdrawn" in reason
    assert "0 (ENTERPRISE), 2 (APPLICATION), 5 (TRADEMARK)" in reason


def test_a_source_is_taken_as_the_engine_sends_it() -> None:
    assert application(signature_source=0.0).signature_source is SignatureSource.ENTERPRISE


@pytest.mark.parametrize(
    ("file", "file_id"),
    [
        ("licence", "file_id"),
        ("power_of_attorney", "power_attorney_fileid"),
        ("related_file", "signature_related_file_id"),
    ],
)
def test_a_proof_is_given_in_one_form_only(file: str, file_id: str) -> None:
    found = problems(**{file: FILE, file_id: "f-1"})
    assert found == {file_id: f"names a second file beside {file}: give one of the two"}


@pytest.mark.parametrize("form", ["related_file", "signature_related_file_id"])
@pytest.mark.parametrize("extra", [OF_AN_APP, OF_A_TRADEMARK])
def test_either_form_of_a_proof_satisfies_what_a_source_asks_for(
    form: str, extra: Mapping[str, object]
) -> None:
    proof = SCREENSHOT if form == "related_file" else "f-1"
    assert not problems(**{**extra, "related_file": None, form: proof})


def test_an_application_as_source_asks_for_its_filing() -> None:
    """The page's prose does; its table says that none is required: the vendor decides."""
    found = doubts(signature_source=2)
    assert found.keys() == {"signature_source", "related_file", "license_number"}
    assert "ICP filing" in found["related_file"]
    assert "signature_related_file_id" in found["related_file"]
    assert "2 (APPLICATION)" in found["license_number"]


def test_a_trademark_as_source_asks_for_its_registration() -> None:
    found = doubts(signature_source=5)
    assert found.keys() == {"related_file", "registration_number"}
    assert "trademark certificate" in found["related_file"]


def test_all_problems_are_found_at_once() -> None:
    found = problems(
        app_id="",
        signature_name="",
        signature_source=5,
        is_involved_third="No",
        licence={"path": "gone.png", "problem": "does not exist"},
        power_of_attorney=FILE,
        power_attorney_fileid="f-1",
    )
    assert found.keys() == {
        "app_id",
        "signature_name",
        "is_involved_third",
        "licence",
        "power_attorney_fileid",
    }


def test_what_the_preview_does_not_know_yet_is_no_problem_and_no_doubt() -> None:
    unknown = ("registration_number", "signature_related_file_id", "qualification_id", "file_id")
    assert findings(*unknown, signature_source=5) == Findings((), ())


@pytest.mark.parametrize(
    ("file", "reason"),
    [
        ({"path": "gone.png", "problem": "does not exist"}, "the file gone.png does not exist"),
        ({**FILE, "size": 0}, "is empty"),
        ({**FILE, "media_type": "application/octet-stream"}, "is not a PNG or JPEG or GIF or PDF"),
        ({**FILE, "media_type": "text/plain"}, "but text/plain"),
        ({**FILE, "size": 12 * MIB + 1}, "at most 12 MiB"),
    ],
)
@pytest.mark.parametrize("name", ["licence", "power_of_attorney", "related_file"])
def test_a_file_that_can_not_be_sent_is_a_problem(name: str, file: object, reason: str) -> None:
    assert reason in problems(**{name: file})[name]


@pytest.mark.parametrize(
    ("file", "reason"),
    [
        ({**FILE, "media_type": "application/pdf"}, "is no picture"),
        ({**FILE, "size": 2 * MIB + 1}, "at most 2 MiB"),
    ],
)
def test_a_file_that_the_console_would_not_take_is_a_doubt(file: object, reason: str) -> None:
    assert reason in doubts(licence=file)["licence"]


@pytest.mark.parametrize(
    ("name", "reason"),
    [("云", "one character"), ("auto_test789", "other characters"), ("12345", "all digits")],
)
def test_a_name_against_the_faq_is_a_doubt(name: str, reason: str) -> None:
    assert reason in doubts(signature_name=name)["signature_name"]


def test_a_promotion_is_a_doubt_since_the_international_page_does_not_know_it() -> None:
    assert "China site" in doubts(signature_type="PROMOTION_TYPE")["signature_type"]


def test_what_the_vendor_discards_is_a_doubt() -> None:
    found = doubts(source_title_content="https://app.example", **OF_AN_APP)
    assert "discards" in found["source_title_content"]


def test_without_a_qualification_reviewers_ask_for_the_proofs() -> None:
    found = doubts(qualification_id=None, is_involved_third=True)
    assert found.keys() == {"qualification_id", "licence", "power_of_attorney"}
    assert "power_attorney_fileid" in found["power_of_attorney"]


def test_proofs_by_their_file_ids_leave_only_the_doubt_of_the_qualification() -> None:
    found = doubts(
        qualification_id=None, is_involved_third=True, file_id="f-1", power_attorney_fileid="f-2"
    )
    assert found.keys() == {"qualification_id"}


def test_the_owner_needs_no_power_of_attorney() -> None:
    assert doubts(power_of_attorney=FILE).keys() == {"power_of_attorney"}
    assert doubts(power_attorney_fileid="f-1").keys() == {"power_attorney_fileid"}
    assert "power_of_attorney" not in doubts(qualification_id=None)


@pytest.mark.parametrize(
    ("fields", "useless"),
    [
        ({"related_file": SCREENSHOT}, "related_file"),
        ({"signature_related_file_id": "f-1"}, "signature_related_file_id"),
        ({"license_number": "粤B2-00000417"}, "license_number"),
        ({**OF_AN_APP, "registration_number": "TM-0042"}, "registration_number"),
        ({**OF_A_TRADEMARK, "license_number": "粤B2-00000417"}, "license_number"),
    ],
)
def test_what_a_source_does_not_ask_for_is_a_doubt(
    fields: Mapping[str, object], useless: str
) -> None:
    found = doubts(**fields)
    assert found.keys() - {"signature_source"} == {useless}
    assert "has no effect with signature_source" in found[useless]


def test_proof_files_are_found_from_where_the_program_is() -> None:
    made = SignatureApplication.of({**FIELDS, "licence": FILE}, "/srv/program")
    assert [Path(file.path) for file in made.evidence] == [Path("/srv/program/a.png")]


def test_text_is_the_name() -> None:
    assert application().text == "极客科技"
    assert application().scope == ""


def test_the_choices_are_the_values_of_the_vendor_s_page() -> None:
    assert [source.value for source in SignatureSource] == [0, 1, 2, 3, 4, 5]
    assert f"{SignatureType.NOTIFY_TYPE}" == "NOTIFY_TYPE"
