"""Every field of Huawei's form, every rule about it, and every doubt."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from pulumi_smssign.huawei import SignatureSource, SignatureType
from pulumi_smssign.huawei.application import SignatureApplication
from tests.huawei_applications import FIELDS, application
from tests.unit.findings import assert_says, doubts, file, problems, rows

PDF = "application/pdf"
SHOT = file(path="s.png")
GONE = {"path": "gone.png", "problem": "does not exist"}
AN_APP = {"signature_source": 2, "related_file": SHOT, "license_number": "粤B2-00000417-2"}
A_TRADEMARK = {"signature_source": 5, "related_file": SHOT, "registration_number": "TM-0042"}
OF_OTHERS = {"is_involved_third": True}
UNQUALIFIED = {"qualification_id": None}
FILE_IDS = {
    "licence": "file_id",
    "power_of_attorney": "power_attorney_fileid",
    "related_file": "signature_related_file_id",
}


@pytest.mark.parametrize(
    "changes",
    [
        {},
        A_TRADEMARK,
        {**A_TRADEMARK, "related_file": None, "signature_related_file_id": "f-1"},
        {**OF_OTHERS, "power_of_attorney": file()},
        {"signature_name": "云杉"},
        {"signature_name": "㐀Az09鿿"},
        {"signature_name": "云" * 32, "licence": file(2)},
        *({"licence": file(media_type=f"image/{kind}")} for kind in ("jpeg", "gif")),
        {"app_id": "x" * 64, "apply_desc": "x" * 100, "file_id": "f" * 64},
        {**OF_OTHERS, "power_attorney_fileid": "f" * 128},
        {"qualification_id": "Q_-" + "9" * 61},
    ],
)
def test_whole_application_is_taken_without_a_doubt(changes: Mapping[str, object]) -> None:
    assert doubts(SignatureApplication, {**FIELDS, **changes}) == {}


def test_every_field_at_once_is_taken() -> None:
    every_field = {
        **FIELDS,
        **A_TRADEMARK,
        **OF_OTHERS,
        "signature_type": SignatureType.VERIFY_CODE_TYPE,
        "activate": True,
        "licence": file(),
        "power_of_attorney": file(),
        "apply_desc": "login codes",
        "source_title_content": "https://app.example",
    }
    assert problems(SignatureApplication, every_field) == {}


@rows(
    *(({name: None}, f"{name}: is missing") for name in ("app_id", "signature_name")),
    *(({name: None}, f"{name}: is missing") for name in ("signature_type", "signature_source")),
    ({"is_involved_third": None}, "is_involved_third: is missing"),
    ({"app_id": ""}, "app_id: must not be empty"),
    ({"app_id": "x" * 65}, "app_id: at most 64"),
    ({"signature_name": "【云杉】"}, "signature_name: without 【】"),
    ({"signature_name": " 云杉"}, "signature_name: begin or end with a space"),
    ({"signature_name": ""}, "signature_name: must not be empty"),
    ({"signature_name": "云" * 33}, "signature_name: at most 32"),
    ({"signature_type": "NOTIFY"}, "signature_type: VERIFY_CODE_TYPE"),
    ({"signature_source": 6}, "signature_source: '6' is not a SignatureSource"),
    ({"signature_source": "0"}, "signature_source: must be a number"),
    ({"signature_source": True}, "signature_source: must be a number"),
    ({"signature_source": 1}, "signature_source: 1 (WEBSITE) is withdrawn"),
    ({"signature_source": 3}, "signature_source: 3 (APPLET) is withdrawn"),
    ({"signature_source": 4}, "signature_source: 0 (ENTERPRISE), 2 (APPLICATION), 5 (TRADEMARK)"),
    ({"is_involved_third": "Yes"}, "is_involved_third: boolean"),
    ({"apply_desc": "x" * 101}, "apply_desc: at most 100"),
    ({"qualification_id": "Q 1"}, "qualification_id: pattern"),
    ({"qualification_id": "Q" * 65}, "qualification_id: pattern"),
    ({"file_id": ""}, "file_id: must not be empty"),
    ({"file_id": "f" * 65}, "file_id: at most 64"),
    ({"power_attorney_fileid": "f" * 129}, "power_attorney_fileid: at most 128"),
    ({"signature_related_file_id": " "}, "signature_related_file_id: must not be empty"),
    ({"registration_number": ""}, "registration_number: must not be empty"),
    ({"license_number": ""}, "license_number: must not be empty"),
    ({"source_title_content": "x" * 513}, "source_title_content: at most 512"),
    ({"activate": "yes"}, "activate: boolean"),
    ({"sign_name": "云杉"}, "sign_name: is not a property of this resource"),
    *(({name: GONE}, f"{name}: the file gone.png does not exist") for name in FILE_IDS),
    *(({name: file(0)}, f"{name}: is empty") for name in FILE_IDS),
    *(({name: file(12.001)}, f"{name}: at most 12 MiB") for name in FILE_IDS),
    *(
        ({name: file(media_type="text/plain")}, f"{name}: GIF or PDF file but text/plain")
        for name in FILE_IDS
    ),
    *(
        ({name: file(), file_id: "f-1"}, f"{file_id}: names a second file beside {name}")
        for name, file_id in FILE_IDS.items()
    ),
    (
        {"app_id": "", "signature_name": "", "signature_source": 5, "licence": GONE},
        "app_id: empty; signature_name: empty; licence: gone.png",
    ),
)
def test_problem_names_its_property(changes: Mapping[str, Any], reasons: str) -> None:
    assert_says(problems(SignatureApplication, {**FIELDS, **changes}), reasons)


@rows(
    (AN_APP, "signature_source: file no names of apps since 2026-05-01"),
    (
        {"signature_source": 2},
        "signature_source: apps; related_file: signature_related_file_id; license_number: 2 (AP",
    ),
    ({"signature_source": 5}, "related_file: trademark certificate; registration_number: missing"),
    ({"licence": file(media_type=PDF)}, "licence: is no picture"),
    ({"licence": file(2.001)}, "licence: at most 2 MiB"),
    ({"signature_name": "云"}, "signature_name: one character"),
    ({"signature_name": "auto_test789"}, "signature_name: other characters"),
    ({"signature_name": "12345"}, "signature_name: all digits"),
    ({"signature_type": "PROMOTION_TYPE"}, "signature_type: China site"),
    ({"source_title_content": "https://app.example"}, "source_title_content: discards"),
    (UNQUALIFIED, "qualification_id: is missing; licence: or as file_id"),
    (
        {**UNQUALIFIED, **OF_OTHERS},
        "qualification_id: missing; licence: missing; power_of_attorney: power_attorney_fileid",
    ),
    (
        {**UNQUALIFIED, **OF_OTHERS, "file_id": "f-1", "power_attorney_fileid": "f-2"},
        "qualification_id: is missing",
    ),
    ({"power_of_attorney": file()}, "power_of_attorney: no effect when is_involved_third is False"),
    ({"power_attorney_fileid": "f-1"}, "power_attorney_fileid: has no effect"),
    ({"related_file": SHOT}, "related_file: has no effect with signature_source 0"),
    ({"signature_related_file_id": "f-1"}, "signature_related_file_id: has no effect"),
    ({"license_number": "粤B2-00000417"}, "license_number: has no effect"),
    (
        {**AN_APP, "registration_number": "TM-0042"},
        "signature_source: apps; registration_number: has no effect with signature_source 2",
    ),
    ({**A_TRADEMARK, "license_number": "粤B2-00000417"}, "license_number: has no effect"),
)
def test_doubt_names_its_property(changes: Mapping[str, Any], reasons: str) -> None:
    assert_says(doubts(SignatureApplication, {**FIELDS, **changes}), reasons)


def test_largest_file_and_longest_address_are_taken() -> None:
    largest = {"licence": file(12), "source_title_content": "x" * 512}
    assert problems(SignatureApplication, {**FIELDS, **largest}) == {}


@pytest.mark.parametrize(
    ("changes", "name", "doubt"),
    [
        (
            {"signature_source": 2, "related_file": SHOT},
            "license_number",
            (
                "is missing: the page's prose asks for the number of the ICP filing or licence "
                "with signature_source 2 (APPLICATION); its table says it isn't required, so the "
                "vendor decides"
            ),
        ),
        (
            {"signature_source": 5, "registration_number": "TM-0042"},
            "related_file",
            (
                "is missing: the page's prose asks for a screenshot of the trademark certificate "
                "with signature_source 5 (TRADEMARK), as a file or as signature_related_file_id; "
                "its table says it isn't required, so the vendor decides"
            ),
        ),
        (
            {"licence": file(2.5, path="l.png")},
            "licence",
            "the file l.png has 2.5 MiB; the console takes at most 2 MiB",
        ),
        (
            {"licence": file(media_type=PDF, path="l.pdf")},
            "licence",
            "the file l.pdf is no picture, and the console takes pictures only",
        ),
        (
            {"license_number": "ICP-0042"},
            "license_number",
            "has no effect with signature_source 0 (ENTERPRISE)",
        ),
    ],
)
def test_doubt_says_all_that_it_knows(changes: Mapping[str, Any], name: str, doubt: str) -> None:
    assert doubts(SignatureApplication, {**FIELDS, **changes})[name] == doubt


@pytest.mark.parametrize("source", [1, 3, 4])
def test_withdrawn_source_is_told_with_those_that_are_taken(source: int) -> None:
    problem = problems(SignatureApplication, {**FIELDS, "signature_source": source})
    assert problem["signature_source"] == (
        f"{source} ({SignatureSource(source).name}) is withdrawn by the vendor, which takes "
        "0 (ENTERPRISE), 2 (APPLICATION), 5 (TRADEMARK)"
    )


def test_value_that_is_not_known_yet_is_neither_problem_nor_doubt() -> None:
    unknown = ("registration_number", "signature_related_file_id", "qualification_id", "file_id")
    assert doubts(SignatureApplication, {**FIELDS, "signature_source": 5}, *unknown) == {}


def test_choices_are_the_values_of_the_vendors_page() -> None:
    assert [source.value for source in SignatureSource] == [0, 1, 2, 3, 4, 5]
    assert f"{SignatureType.NOTIFY_TYPE}" == "NOTIFY_TYPE"
    assert application(signature_source=0.0).signature_source is SignatureSource.ENTERPRISE
    assert (application().text, application().scope) == ("极客科技", "")
