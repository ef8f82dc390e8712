"""Huawei's proof files: each content is uploaded once, under a name that the vendor takes."""

from __future__ import annotations

import pytest

from pulumi_smssign.model import errors
from pulumi_smssign.model.review import Handle
from pulumi_smssign.model.vocabulary import Status
from tests.contract.client import OLD, Client, at
from tests.engine.cases import HUAWEI
from tests.images import jpeg, png

pytestmark = at(HUAWEI)

CREATE, UPDATE, UPLOAD = "CreateSignature", "UpdateSignature", "UploadSignatureFile"
FOR_OTHERS = {"is_involved_third": True}


def test_files_are_sent_under_names_that_the_vendor_takes(client: Client) -> None:
    application = client.application(
        OLD,
        signature_source=2,
        license_number="粤B2-0417",
        licence=client.proof("资质 & 证明 (new)/营业执照 #1;'$%.PNG", png(1)),
        power_of_attorney=client.proof(f"{'long' * 20}.jpeg", jpeg(2)),
        related_file=client.proof("no ending {1}", png(3)),
        **FOR_OTHERS,
    )
    client.api.submit(application)
    assert client.codes(UPLOAD) == ["", "", ""]
    uploads = [client.sandbox.desk.upload("huawei", each) for each in application.uploads.values()]
    names = {upload.fields["file_name"]: upload.evidence.sha256 for upload in uploads if upload}
    assert names == {
        "licence.png": application.evidence[0].sha256,
        "power_of_attorney.jpg": application.evidence[1].sha256,
        "related_file.png": application.evidence[2].sha256,
    }


def test_one_content_is_uploaded_once(client: Client) -> None:
    copy = client.proof("copy.png")
    handle = client.submitted(power_of_attorney=copy, **FOR_OTHERS)
    assert client.calls() == [UPLOAD, CREATE]
    fields = client.sandbox.signature("huawei", handle.id).fields
    assert fields["file_id"] == fields["power_attorney_fileid"]


def test_known_file_id_is_used_again_on_a_resubmission(client: Client) -> None:
    first = client.application()
    handle = Handle(client.api.submit(first).id)
    client.sandbox.reject("huawei", handle.id, "证件不清晰")
    client.sandbox.log.clear()
    attorney = client.proof("attorney.png", png(2))
    client.api.resubmit(
        handle, client.application(OLD, first.uploads, power_of_attorney=attorney, **FOR_OTHERS)
    )
    assert client.calls() == [UPLOAD, UPDATE]
    received = client.sandbox.signature("huawei", handle.id).evidence
    assert received["file_id"].sha256 == first.evidence[0].sha256
    assert received["power_attorney_fileid"].sha256 == attorney["sha256"]


@pytest.mark.parametrize("http_status", ["by_code", "200"])
def test_file_that_the_vendor_has_lost_is_uploaded_anew(client: Client, http_status: str) -> None:
    handle = client.rejected()
    client.switch(error_status=http_status)
    digest = client.proof()["sha256"]
    mended = client.application(OLD, {digest: "f-lost", "f" * 64: "f-another"})
    client.api.resubmit(handle, mended)
    assert client.calls() == [UPDATE, UPLOAD, UPDATE]
    assert client.review(handle).status is Status.PENDING
    received = client.sandbox.signature("huawei", handle.id)
    assert received.evidence["file_id"].sha256 == digest
    assert mended.uploads == {digest: received.fields["file_id"], "f" * 64: "f-another"}


def test_file_that_is_lost_again_is_not_sent_for_ever(client: Client) -> None:
    handle = client.rejected()
    client.fault(UPDATE, "error", code="MSGSMS.0011", times=None)
    with pytest.raises(errors.InputError):
        client.api.resubmit(handle, client.application(OLD, {client.proof()["sha256"]: "f-lost"}))
    assert client.calls() == [UPDATE, UPLOAD, UPDATE]


def test_lost_file_id_of_the_program_is_the_programs_to_mend(client: Client) -> None:
    handle = client.rejected()
    with pytest.raises(errors.InputError, match="name the file itself"):
        client.api.resubmit(handle, client.application(licence=None, file_id="f-lost"))
    assert client.calls() == [UPDATE]


@pytest.mark.parametrize(
    "kind", ["html", "truncated", "missing", "empty", "drop_before", "drop_after"]
)
def test_odd_answer_to_an_upload_is_repeated_before_one_submission(
    client: Client, kind: str
) -> None:
    client.fault(UPLOAD, kind, **({"key": "file_id"} if kind == "missing" else {}))
    handle = client.submitted()
    assert client.calls() == [UPLOAD, UPLOAD, CREATE]
    received = client.sandbox.signature("huawei", handle.id).evidence["file_id"]
    assert received.sha256 == client.proof()["sha256"]


def test_application_is_not_submitted_without_its_files(client: Client) -> None:
    client.fault(UPLOAD, "html", times=None)
    with pytest.raises(errors.UnavailableError, match="not in the format of huawei") as failed:
        client.submitted()
    assert failed.value.action == UPLOAD
    assert set(client.calls()) == {UPLOAD}


def test_file_that_the_vendor_refuses_is_sent_once(client: Client) -> None:
    client.switch(file_limit=10)
    with pytest.raises(errors.InputError):
        client.submitted()
    assert client.calls() == [UPLOAD]


def test_rate_limit_of_uploads_is_waited_out(client: Client) -> None:
    client.fault(UPLOAD, "error", code="APIGW.0308", times=2)
    client.submitted()
    assert client.calls() == [UPLOAD, UPLOAD, UPLOAD, CREATE]
