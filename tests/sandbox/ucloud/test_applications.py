"""Which applications UCloud's side takes, and what a flaw meets under every switch."""

from __future__ import annotations

import base64
import re

import pytest
from pydantic import JsonValue

from pulumi_smssign.sandbox import ManualClock, Sandbox, Status
from pulumi_smssign.sandbox.evidence import Evidence
from pulumi_smssign.sandbox.ucloud.contracts import LARGEST_FILE
from tests.images import jpeg, png
from tests.sandbox.ucloud.conftest import PROOF, UCloud

pytestmark = pytest.mark.usefixtures("screened")

BARE = base64.b64encode(png()).decode()
MISSING, MALFORMED, INVALID = 18001, 18002, 18003


def file(content: bytes) -> str:
    return "image/png;base64," + base64.b64encode(content).decode()


def verdict(sandbox: Sandbox, signature_id: str) -> tuple[Status, str]:
    signature = sandbox.signature("ucloud", signature_id)
    return signature.status, signature.reason


def test_an_application_is_filed(ucloud: UCloud, sandbox: Sandbox, clock: ManualClock) -> None:
    signature_id = ucloud.create(
        SigType=4, CertificateType=4, QualificationId="Q-7", SceneDesc="logins", International=True
    )
    signature = sandbox.signature("ucloud", signature_id)

    assert re.fullmatch(r"SIG[0-9]{8}[0-9A-F]{6}", signature_id)
    assert (signature.account, signature.text) == ("default", "极客科技")
    assert (signature.status, signature.vendor_status) == (Status.PENDING, "0")
    assert signature.submitted_at == clock.now()
    assert signature.fields == {
        "ProjectId": "org-sandbox",
        "SigType": 4,
        "SigPurpose": 0,
        "CertificateType": 4,
        "International": True,
        "Description": "login codes",
        "QualificationId": "Q-7",
        "SceneDesc": "logins",
    }
    assert signature.evidence == {"File": Evidence.of(png())}


def test_an_id_is_not_given_twice(ucloud: UCloud) -> None:
    ids = {ucloud.create(SigContent=f"签名{number}") for number in range(3)}

    assert len(ids) == 3


def test_an_id_has_the_day_of_its_submission(ucloud: UCloud, clock: ManualClock) -> None:
    clock.advance(1_700_000_000 - clock.now())

    assert ucloud.create().startswith("SIG20231114")


# Parameters


@pytest.mark.parametrize(
    "name", ["SigContent", "SigType", "SigPurpose", "CertificateType", "Description"]
)
@pytest.mark.parametrize("value", [None, ""])
def test_a_required_parameter_is_missed(ucloud: UCloud, name: str, value: JsonValue) -> None:
    assert ucloud.refused(**{name: value}) == MISSING


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SigType", "abc"),
        ("SigType", 0.5),
        ("SigPurpose", "true"),
        ("International", 1),
        ("File", "no base64!"),
        ("File", "image/png;base64,####"),
        ("File", "签"),
        ("File", "text:base64," + BARE),
        ("ProxyFile", "data:;base64," + BARE),
    ],
)
def test_a_malformed_value_is_refused(ucloud: UCloud, name: str, value: JsonValue) -> None:
    assert ucloud.refused(**{name: value}) == MALFORMED


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SigType", 6),
        ("SigType", -1),
        ("CertificateType", 6),
        ("SigPurpose", 2),
        ("QualificationId", "Q404"),
        ("File", "image/png;base64,"),
    ],
)
def test_a_bad_value_is_refused(ucloud: UCloud, name: str, value: JsonValue) -> None:
    assert ucloud.refused(**{name: value}) == INVALID


@pytest.mark.parametrize(
    ("change", "code"),
    [({"Description": None}, 220), ({"SigType": "abc"}, 230), ({"SigPurpose": 2}, 230)],
)
def test_the_codes_may_be_those_of_other_services(
    ucloud: UCloud, sandbox: Sandbox, change: dict[str, JsonValue], code: int
) -> None:
    sandbox.switches.set({"ucloud.parameter_codes": "common"})

    assert ucloud.refused(**change) == code


def test_parameters_that_create_does_not_have_are_ignored(ucloud: UCloud, sandbox: Sandbox) -> None:
    signature_id = ucloud.create(Document="x", Region="cn-bj2", SigId="SIG1", Unknown="")

    assert "Document" not in sandbox.signature("ucloud", signature_id).fields


@pytest.mark.parametrize("text", ["false", "true"])
def test_international_is_true_or_false(ucloud: UCloud, sandbox: Sandbox, text: str) -> None:
    signature_id = ucloud.create(International=text)

    assert sandbox.signature("ucloud", signature_id).fields["International"] is (text == "true")


# Flaws that are refused at once, in review, or not at all

FLAWS: list[tuple[str, dict[str, JsonValue], int]] = [
    ("ucloud.bad_content", {"SigContent": "极客-科技"}, INVALID),
    ("ucloud.bad_content", {"SigContent": "极客 科技"}, INVALID),
    ("ucloud.withdrawn_types", {"SigType": 1, "CertificateType": 1}, INVALID),
    ("ucloud.withdrawn_types", {"SigType": 3, "CertificateType": 3}, INVALID),
    ("ucloud.missing_proof", {"File": None}, MISSING),
]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"CertificateType": 5}, INVALID),
        ({"SigPurpose": 1}, MISSING),
        ({"File": file(png(padding=4 * 1024 * 1024))}, INVALID),
    ],
)
def test_what_has_a_code_is_refused_at_once(
    ucloud: UCloud, change: dict[str, JsonValue], code: int
) -> None:
    assert ucloud.refused(**change) == code


@pytest.mark.parametrize(
    "change",
    [
        {"File": file(b"GIF89a")},
        {"File": None},
        {"SigType": 1, "CertificateType": 1},
        {"SigContent": "短"},
        {"SigContent": "一二三四五六七八九十一二三"},
        {"SigContent": "【极客科技】"},
        {"SigContent": "[极客科技]"},
    ],
)
def test_other_flaws_are_the_reviewers_to_find(
    ucloud: UCloud, sandbox: Sandbox, change: dict[str, JsonValue]
) -> None:
    assert verdict(sandbox, ucloud.create(**change))[0] is Status.REJECTED


@pytest.mark.parametrize(("switch", "change", "code"), FLAWS)
def test_a_flaw_is_refused_at_once_in_review_or_not_at_all(
    ucloud: UCloud, sandbox: Sandbox, switch: str, change: dict[str, JsonValue], code: int
) -> None:
    sandbox.switches.set({switch: "error"})
    assert ucloud.refused(**change) == code
    sandbox.switches.set({switch: "review"})
    rejected = ucloud.create(**change)
    sandbox.switches.set({switch: "accepted", "ucloud.duplicates": "accepted"})
    accepted = ucloud.create(**change)

    status, reason = verdict(sandbox, rejected)
    assert status is Status.REJECTED
    assert reason
    assert ucloud.query(SigId=rejected)["ErrDesc"] == reason
    assert verdict(sandbox, accepted) == (Status.PENDING, "")


def test_all_objections_of_the_reviewers_are_in_one_reason(
    ucloud: UCloud, sandbox: Sandbox
) -> None:
    signature_id = ucloud.create(SigContent="短", File=None)

    _, reason = verdict(sandbox, signature_id)
    assert "SigContent has 1 characters" in reason
    assert "neither a proof document (File) nor a QualificationId" in reason


def test_an_objection_goes_before_the_policy(ucloud: UCloud, sandbox: Sandbox) -> None:
    sandbox.review_policy = "immediate"

    assert verdict(sandbox, ucloud.create(File=None))[0] is Status.REJECTED
    assert verdict(sandbox, ucloud.create(SigContent="别的"))[0] is Status.APPROVED


@pytest.mark.parametrize("text", ["一二", "ABCDEFGHIJKL", "极客-2 号", "a_1"])
def test_a_text_of_the_page_of_update_is_taken(ucloud: UCloud, sandbox: Sandbox, text: str) -> None:
    assert verdict(sandbox, ucloud.create(SigContent=text))[0] is Status.PENDING


def test_an_international_app_can_still_be_registered(ucloud: UCloud, sandbox: Sandbox) -> None:
    signature_id = ucloud.create(SigType=1, CertificateType=1, International=True)

    assert verdict(sandbox, signature_id)[0] is Status.PENDING


def test_a_qualification_is_proof_enough(ucloud: UCloud, sandbox: Sandbox) -> None:
    signature_id = ucloud.create(File=None, QualificationId="Q-7")

    assert verdict(sandbox, signature_id) == (Status.PENDING, "")


def test_a_signature_for_others_has_both_files(ucloud: UCloud, sandbox: Sandbox) -> None:
    signature_id = ucloud.create(SigPurpose=1, ProxyFile=file(jpeg()))

    assert verdict(sandbox, signature_id)[0] is Status.PENDING
    assert sandbox.signature("ucloud", signature_id).evidence == {
        "File": Evidence.of(png()),
        "ProxyFile": Evidence.of(jpeg()),
    }


# Files


@pytest.mark.parametrize("prefix", ["", "image/png;base64,", "data:image/png;base64,"])
def test_a_file_may_be_written_in_three_forms(
    ucloud: UCloud, sandbox: Sandbox, prefix: str
) -> None:
    signature_id = ucloud.create(File=prefix + BARE)

    assert sandbox.signature("ucloud", signature_id).evidence["File"] == Evidence.of(png())


@pytest.mark.parametrize("prefix", ["", "data:image/png;base64,"])
def test_only_the_documented_form_may_be_taken(
    ucloud: UCloud, sandbox: Sandbox, prefix: str
) -> None:
    sandbox.switches.set({"ucloud.file_format": "documented"})

    assert ucloud.refused(File=prefix + BARE) == MALFORMED
    assert ucloud.create(File=PROOF)


@pytest.mark.parametrize("content", [jpeg(), b"%PDF-1.7"])
def test_a_jpeg_and_a_pdf_are_taken_too(ucloud: UCloud, sandbox: Sandbox, content: bytes) -> None:
    assert verdict(sandbox, ucloud.create(File=file(content)))[0] is Status.PENDING


def test_a_file_is_taken_up_to_the_limit(ucloud: UCloud) -> None:
    room = LARGEST_FILE - len(png(padding=1)) + 1

    assert ucloud.create(File=file(png(padding=room)))
    assert ucloud.refused(File=file(png(padding=room + 1)), SigContent="别的") == INVALID


# Duplicates


def test_a_text_that_is_there_already_is_refused(ucloud: UCloud) -> None:
    ucloud.create()

    assert ucloud.refused() == 18003


def test_a_mainland_and_an_international_signature_may_have_the_same_text(ucloud: UCloud) -> None:
    ucloud.create()

    assert ucloud.create(International=True)
    assert ucloud.refused(International=True) == 18003


def test_duplicates_may_be_taken(ucloud: UCloud, sandbox: Sandbox) -> None:
    sandbox.switches.set({"ucloud.duplicates": "accepted"})
    first, second = ucloud.create(), ucloud.create()

    assert first != second


def test_case_makes_another_text(ucloud: UCloud) -> None:
    ucloud.create(SigContent="Geek")

    assert ucloud.create(SigContent="GEEK")


def test_a_refused_application_leaves_nothing(ucloud: UCloud, sandbox: Sandbox) -> None:
    ucloud.refused(SigPurpose=1)

    assert sandbox.signatures("ucloud") == []
