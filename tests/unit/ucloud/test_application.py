"""Rules of UCloud's pages for an application, checked before any call."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from pulumi_smssign.ucloud import CertificateType, SigPurpose, SigType
from pulumi_smssign.ucloud.application import SignatureApplication
from pulumi_smssign.ucloud.scope import Scope
from tests.unit.findings import assert_says, doubts, file, problems, rows

PDF, GIF = "application/pdf", "image/gif"
URL = "https://files.example/a.png"
FIELDS: dict[str, Any] = {
    "sig_content": "极客科技",
    "sig_type": 0.0,  # a number comes from the engine as a float
    "certificate_type": 0.0,
    "sig_purpose": 1.0,
    "description": "login codes",
    "file": file(path="licence.png"),
    "proxy_file": file(path="letter.jpg", media_type="image/jpeg"),
}
OF_OWN = {"sig_purpose": 0.0, "proxy_file": None}
NO_LETTER = {"proxy_file": None}
NO_PROOF = {"file": None}
REQUIRED = ("sig_content", "sig_type", "certificate_type", "sig_purpose", "description")
CHOICES = ("sig_type", "certificate_type", "sig_purpose")
TEXTS = ("description", "document", "proxy_doc", "qualification_id", "scene_desc", "project_id")
PROOFS = ("file", "proxy_file")
SYMBOLS = ("极客-科技", "A&B&C", "极客 科技", "café")


@pytest.mark.parametrize(
    "changes",
    [
        {},
        OF_OWN,
        *(
            {"sig_content": text}
            for text in ("极客科技", "一二三四五六七八九十一二", "UCloud_2", "𠮷野家店")
        ),
        *({name: file(4, PDF)} for name in PROOFS),
        {**NO_PROOF, "qualification_id": "qual-example"},
        {"sig_type": 1, "certificate_type": 1, "international": True},
        {"sig_type": 4, "certificate_type": 4, "sig_content": "极客"},
        {"sig_content": "极客", "international": True},
    ],
)
def test_complete_application_is_taken_without_a_doubt(changes: Mapping[str, Any]) -> None:
    assert doubts(SignatureApplication, {**FIELDS, **changes}, new=True) == {}


@rows(
    (dict.fromkeys(REQUIRED), "; ".join(f"{name}: is missing" for name in REQUIRED)),
    ({"sig_content": "极"}, "sig_content: a name has 2 to 12"),
    ({"sig_content": "极" * 13}, "sig_content: has 13 characters"),
    *(({"sig_content": text}, "sig_content: without 【】") for text in ("【极客科技】", "[Geek]")),
    ({"sig_content": "  "}, "sig_content: must not be empty"),
    ({"sig_content": " 极客"}, "sig_content: must not begin or end with a space"),
    *(({name: -1.0}, f"{name}: '-1' is not a") for name in CHOICES),
    *(({name: value}, f"{name}: choose") for name in CHOICES for value in (6.0, 0.5, "company")),
    ({"sig_type": 4.0}, "certificate_type: which takes 4 ("),
    (NO_LETTER, "proxy_file: power of attorney"),
    *(({name: text}, f"{name}: must not be empty") for name in TEXTS for text in ("", " ")),
    ({"international": "perhaps"}, "international: "),
    ({"remark": "x"}, "remark: is not a property of this resource"),
    *(({name: file(media_type=GIF)}, f"{name}: not a PNG or JPEG or PDF file") for name in PROOFS),
    *(({name: file(4.0001)}, f"{name}: at most 4 MiB") for name in PROOFS),
    ({"file": {"path": "gone.png", "problem": "does not exist"}}, "file: gone.png does not exist"),
)
def test_problem_names_its_property(changes: Mapping[str, Any], reasons: str) -> None:
    assert_says(problems(SignatureApplication, {**FIELDS, **changes}), reasons)


@rows(
    (NO_LETTER, "proxy_file: power of attorney"),
    ({**NO_LETTER, "proxy_doc": URL}, "proxy_file: has no field for proxy_doc"),
)
def test_new_application_wants_the_power_of_attorney_as_a_file(
    changes: Mapping[str, Any], reasons: str
) -> None:
    assert_says(problems(SignatureApplication, {**FIELDS, **changes}, new=True), reasons)


def test_new_application_may_name_its_power_of_attorney_by_url_beside_the_file() -> None:
    assert problems(SignatureApplication, {**FIELDS, "proxy_doc": URL}, new=True) == {}


@rows(
    *(({"sig_content": text}, "sig_content: audit standard does not") for text in SYMBOLS),
    *(({"sig_content": text}, "sig_content: only with more than 3") for text in ("极客", "优刻得")),
    ({"sig_purpose": 0.0}, "proxy_file: meant for sig_purpose 1"),
    *(({"sig_type": kind, "certificate_type": kind}, "sig_type: 2026-05-01") for kind in (1, 2, 3)),
    (NO_PROOF, "file: without proof"),
    ({**NO_PROOF, "document": URL}, "file: only when a signature is changed"),
    ({"document": URL}, "document: beside file when the signature is changed, and UCloud does not"),
    ({"proxy_doc": URL}, "proxy_doc: beside proxy_file"),
)
def test_doubt_names_its_property(changes: Mapping[str, Any], reasons: str) -> None:
    assert_says(doubts(SignatureApplication, {**FIELDS, **changes}), reasons)


@pytest.mark.parametrize("sig_type", range(6))
def test_name_is_proven_by_the_certificate_of_its_number(sig_type: int) -> None:
    pairs = ({"sig_type": sig_type, "certificate_type": number} for number in range(6))
    found = [problems(SignatureApplication, {**FIELDS, **pair}) for pair in pairs]
    assert [number for number, each in enumerate(found) if not each] == [sig_type]
    wanted = f"{sig_type} ({CertificateType(sig_type).name})"
    assert {each["certificate_type"] for each in found if each} == {
        f"does not prove a sig_type {sig_type} ({SigType(sig_type).name}), which takes {wanted}"
    }


def test_short_name_of_a_company_is_told_with_the_limit() -> None:
    assert doubts(SignatureApplication, {**FIELDS, "sig_content": "优刻得"}) == {
        "sig_content": "has 3 characters: UCloud's audit standard (2026-05-09) takes a short name "
        "of a company only with more than 3"
    }


@pytest.mark.parametrize(("file", "url"), [("file", "document"), ("proxy_file", "proxy_doc")])
def test_file_beside_its_url_is_told_with_both_names(file: str, url: str) -> None:
    assert doubts(SignatureApplication, {**FIELDS, url: URL}) == {
        url: f"is sent beside {file} when the signature is changed, and UCloud does not say which "
        f"one it takes: leave {url} out when {file} is a new one"
    }


@pytest.mark.parametrize(
    ("reported", "scope", "is_abroad"),
    [
        ({}, "org-1/international", True),
        ({}, "/mainland", False),
        ({}, "", False),
        ({"international": True}, "/mainland", True),
    ],
)
def test_signature_is_abroad_by_its_review_or_its_scope(
    reported: Mapping[str, object], scope: str, is_abroad: bool
) -> None:
    assert SignatureApplication.is_abroad(reported, scope) is is_abroad


@pytest.mark.parametrize("text", SYMBOLS)
def test_doubt_of_a_symbol_never_repeats_the_text(text: str) -> None:
    assert text not in str(doubts(SignatureApplication, {**FIELDS, "sig_content": text}))


@pytest.mark.parametrize(
    ("changes", "unknown"),
    [
        (NO_LETTER, "proxy_file"),
        (NO_LETTER, "proxy_doc"),
        ({**NO_LETTER, "proxy_doc": URL}, ""),
        (NO_PROOF, "qualification_id"),
    ],
)
def test_paper_that_is_not_known_yet_or_there_as_a_url_is_not_missing(
    changes: Mapping[str, Any], unknown: str
) -> None:
    assert doubts(SignatureApplication, {**FIELDS, **changes}, unknown) == {}


def test_choices_have_the_pages_numbers() -> None:
    assert [kind.value for kind in SigType] == [0, 1, 2, 3, 4, 5]
    assert [kind.value for kind in CertificateType] == [0, 1, 2, 3, 4, 5]
    assert [kind.value for kind in SigPurpose] == [0, 1]


@pytest.mark.parametrize(
    ("changes", "scope"),
    [
        ({}, "/mainland"),
        ({"international": True}, "/international"),
        ({"project_id": "org-other"}, "org-other/mainland"),
        ({"project_id": "org-other", "international": True}, "org-other/international"),
    ],
)
def test_scope_is_the_project_and_the_kind(changes: Mapping[str, Any], scope: str) -> None:
    application = SignatureApplication.of({**FIELDS, **changes}, "/srv")
    assert application.scope == scope
    place = Scope(changes.get("project_id", ""), international="international" in changes)
    assert (Scope.of(scope), str(place)) == (place, scope)
    assert Scope.of("").project == ""
    assert application.text == "极客科技"
    assert [file.path for file in application.evidence] == ["/srv/licence.png", "/srv/letter.jpg"]
