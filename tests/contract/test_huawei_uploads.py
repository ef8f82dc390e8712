"""Proof files on their way to the sandbox: each content once, under a name that it takes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pulumi_smssign.huawei.api import SignatureApi
from pulumi_smssign.huawei.application import SignatureApplication
from pulumi_smssign.model import errors
from pulumi_smssign.model.review import Handle
from pulumi_smssign.model.vocabulary import Status
from pulumi_smssign.sandbox import RunningSandbox
from tests.contract.huawei_client import (
    CREATE,
    UPDATE,
    UPLOAD,
    account,
    actions,
    clients,
    codes,
    fault,
    proof,
)
from tests.huawei_applications import FIELDS, application
from tests.images import jpeg, png


@pytest.fixture
def api(served: RunningSandbox) -> Iterator[SignatureApi]:
    with clients() as connect:
        yield connect(account(served))


def rejected(api: SignatureApi, served: RunningSandbox, wanted: SignatureApplication) -> Handle:
    """A signature that the reviewer has sent back."""
    handle = Handle(api.submit(wanted))
    served.sandbox.reject("huawei", handle.id, "证件不清晰")
    served.sandbox.log.clear()
    return handle


def test_files_are_sent_under_names_that_the_vendor_takes(
    api: SignatureApi, served: RunningSandbox, tmp_path: Path
) -> None:
    folder = tmp_path / "资质 & 证明 (new)"
    folder.mkdir()
    wanted = application(
        signature_source=2,
        is_involved_third=True,
        license_number="粤B2-0417",
        licence=proof(folder / "营业执照 #1;'$%.PNG", png(1)),
        power_of_attorney=proof(folder / f"{'long' * 20}.jpeg", jpeg(2)),
        related_file=proof(folder / "no ending {1}", png(3)),
    )
    api.submit(wanted)
    assert codes(served, UPLOAD) == ["", "", ""]
    kept = [served.sandbox.desk.upload("huawei", file_id) for file_id in wanted.uploads.values()]
    assert {one.fields["file_name"]: one.evidence.sha256 for one in kept if one} == {
        "licence.png": wanted.evidence[0].sha256,
        "power_of_attorney.jpg": wanted.evidence[1].sha256,
        "related_file.png": wanted.evidence[2].sha256,
    }


def test_what_was_submitted_is_reported_back(
    api: SignatureApi, served: RunningSandbox, tmp_path: Path
) -> None:
    fields = {
        "signature_name": "极客科技",
        "signature_type": "VERIFY_CODE_TYPE",
        "signature_source": 5,
        "is_involved_third": True,
        "apply_desc": "订单通知",
        "qualification_id": "q-417",
        "registration_number": "TM-0042",
        "license_number": "粤B2-0417",
    }
    files = ("licence", "power_of_attorney", "related_file")
    proofs = {name: proof(tmp_path / f"{name}.png", png(n)) for n, name in enumerate(files)}
    handle = Handle(api.submit(application({**FIELDS, **fields, **proofs})))
    assert api.reviews([handle])[handle].reported == fields
    received = served.sandbox.signature("huawei", handle.id).evidence
    assert {name: file.sha256 for name, file in received.items()} == {
        "file_id": proofs["licence"]["sha256"],
        "power_attorney_fileid": proofs["power_of_attorney"]["sha256"],
        "signature_related_file_id": proofs["related_file"]["sha256"],
    }


def test_one_content_is_uploaded_once(
    api: SignatureApi, served: RunningSandbox, tmp_path: Path
) -> None:
    licence, copy = proof(tmp_path / "licence.png"), proof(tmp_path / "copy.png")
    identifier = api.submit(
        application(licence=licence, power_of_attorney=copy, is_involved_third=True)
    )
    assert actions(served) == [UPLOAD, CREATE]
    received = served.sandbox.signature("huawei", identifier).fields
    assert received["file_id"] == received["power_attorney_fileid"]


def test_a_kept_file_id_is_used_again_on_a_resubmission(
    api: SignatureApi, served: RunningSandbox, tmp_path: Path
) -> None:
    licence = proof(tmp_path / "licence.png", png(1))
    first = application(licence=licence)
    handle = rejected(api, served, first)
    attorney = proof(tmp_path / "attorney.png", png(2))
    mended = application(
        uploads=first.uploads, licence=licence, power_of_attorney=attorney, is_involved_third=True
    )
    api.resubmit(handle, mended)
    assert actions(served) == [UPLOAD, UPDATE]
    received = served.sandbox.signature("huawei", handle.id).evidence
    assert received["file_id"].sha256 == licence["sha256"]
    assert received["power_attorney_fileid"].sha256 == attorney["sha256"]


@pytest.mark.parametrize("http_status", ["by_code", "200"])
def test_a_file_that_the_vendor_has_lost_is_uploaded_anew(
    api: SignatureApi, served: RunningSandbox, tmp_path: Path, http_status: str
) -> None:
    handle = rejected(api, served, application())
    served.sandbox.switches.set({"huawei.error_status": http_status})
    licence = proof(tmp_path / "licence.png")
    mended = application(
        uploads={licence["sha256"]: "f-lost", "f" * 64: "f-another"}, licence=licence
    )
    api.resubmit(handle, mended)
    assert actions(served) == [UPDATE, UPLOAD, UPDATE]
    assert api.reviews([handle])[handle].status is Status.PENDING
    received = served.sandbox.signature("huawei", handle.id)
    assert received.evidence["file_id"].sha256 == licence["sha256"]
    assert mended.uploads == {
        licence["sha256"]: received.fields["file_id"],
        "f" * 64: "f-another",
    }


def test_a_file_that_is_lost_again_is_not_sent_for_ever(
    api: SignatureApi, served: RunningSandbox, tmp_path: Path
) -> None:
    handle = rejected(api, served, application())
    fault(served, UPDATE, "error", code="MSGSMS.0011", times=None)
    licence = proof(tmp_path / "licence.png")
    with pytest.raises(errors.InputError):
        api.resubmit(handle, application(uploads={licence["sha256"]: "f-lost"}, licence=licence))
    assert actions(served) == [UPDATE, UPLOAD, UPDATE]


def test_a_file_id_of_the_program_that_the_vendor_does_not_have_is_the_programs_to_mend(
    api: SignatureApi, served: RunningSandbox
) -> None:
    handle = rejected(api, served, application())
    with pytest.raises(errors.InputError, match="name the file itself"):
        api.resubmit(handle, application(file_id="f-lost"))
    assert actions(served) == [UPDATE]


@pytest.mark.parametrize(
    "kind", ["html", "truncated", "missing", "empty", "drop_before", "drop_after"]
)
def test_an_upload_whose_answer_is_odd_is_made_again_before_one_submission(
    api: SignatureApi, served: RunningSandbox, tmp_path: Path, kind: str
) -> None:
    fault(served, UPLOAD, kind, **({"key": "file_id"} if kind == "missing" else {}))
    licence = proof(tmp_path / "licence.png")
    identifier = api.submit(application(licence=licence))
    assert actions(served) == [UPLOAD, UPLOAD, CREATE]
    received = served.sandbox.signature("huawei", identifier).evidence["file_id"]
    assert received.sha256 == licence["sha256"]


def test_without_its_files_an_application_is_not_submitted(
    api: SignatureApi, served: RunningSandbox, tmp_path: Path
) -> None:
    fault(served, UPLOAD, "html", times=None)
    with pytest.raises(errors.UnavailableError, match="not in the format of huawei") as caught:
        api.submit(application(licence=proof(tmp_path / "licence.png")))
    assert caught.value.action == UPLOAD
    assert set(actions(served)) == {UPLOAD}


def test_a_file_that_the_vendor_refuses_is_sent_once(
    api: SignatureApi, served: RunningSandbox, tmp_path: Path
) -> None:
    served.sandbox.switches.set({"huawei.file_limit": 10})
    with pytest.raises(errors.InputError):
        api.submit(application(licence=proof(tmp_path / "licence.png")))
    assert actions(served) == [UPLOAD]


def test_a_rate_limit_of_uploads_is_waited_out(
    api: SignatureApi, served: RunningSandbox, tmp_path: Path
) -> None:
    fault(served, UPLOAD, "error", code="APIGW.0308", times=2)
    api.submit(application(licence=proof(tmp_path / "licence.png")))
    assert actions(served) == [UPLOAD, UPLOAD, UPLOAD, CREATE]
