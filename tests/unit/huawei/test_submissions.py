"""Submissions and resubmissions: what is sent, and the files that are sent before it."""

from __future__ import annotations

import json
from pathlib import Path

import httpx
import pytest

from pulumi_smssign.errors import (
    EvidenceError,
    InputError,
    SmsSignError,
)
from pulumi_smssign.lifecycle import Handle
from tests.images import png
from tests.unit.huawei.desk import (
    ID,
    PROJECT,
    SIGNATURES,
    Desk,
    accepted,
    api_at,
    application,
    described,
    error,
    uploaded,
)

HANDLE = Handle(ID)
CREATE = f"POST {SIGNATURES}"
UPDATE = f"PUT {SIGNATURES}/{ID}"
UPLOAD = f"POST /v2/{PROJECT}/msgsms/upload-files"


def part(request: httpx.Request) -> tuple[str, bytes]:
    """The headers and the content of an upload's only part."""
    boundary = request.headers["Content-Type"].partition("boundary=")[2]
    head, _, content = request.content.partition(b"\r\n\r\n")
    end = f"\r\n--{boundary}--\r\n".encode()
    assert content.endswith(end)
    return head.decode(), content.removesuffix(end)


@pytest.mark.parametrize("status", [200, 201])
def test_a_submission_sends_the_vendor_s_words_and_gives_the_primary_key(status: int) -> None:
    desk = Desk(accepted(status))
    whole = application(
        signature_source=5,
        is_involved_third=True,
        signature_related_file_id="f-3",
        registration_number="TM-0042",
        file_id="f-1",
        power_attorney_fileid="f-2",
        apply_desc="order notices",
        source_title_content="https://app.example",
    )
    assert api_at(desk).submit(whole) == ID
    assert desk.calls == [CREATE]
    request = desk.asked[0]
    assert request.headers["Content-Type"] == "application/json"
    assert request.headers["X-Project-Id"] == PROJECT
    assert json.loads(request.content) == {
        "app_id": "5d0c7a10-0001-4c6e-8f00-aaaaaaaaaaaa",
        "apply_desc": "order notices",
        "file_id": "f-1",
        "is_involved_third": "Yes",
        "power_attorney_fileid": "f-2",
        "signature_name": "云杉示例",
        "signature_source": 5,
        "signature_type": "NOTIFY_TYPE",
        "source_title_content": "https://app.example",
        "signature_related_file_id": "f-3",
        "registration_number": "TM-0042",
        "qualification_id": "Q-0417",
    }


def test_what_is_not_set_is_not_sent() -> None:
    desk = Desk(accepted())
    api_at(desk).submit(
        application(signature_source=2, signature_related_file_id="f-3", license_number="粤B2-0417")
    )
    sent = json.loads(desk.asked[0].content)
    assert sent["license_number"] == "粤B2-0417"
    assert sent["is_involved_third"] == "No"
    assert sent.keys().isdisjoint({"file_id", "power_attorney_fileid", "apply_desc", "activate"})


def test_files_are_uploaded_first_under_names_that_are_not_the_user_s(tmp_path: Path) -> None:
    desk = Desk(uploaded("f-1"), uploaded("f-2"), uploaded("f-3"), accepted())
    mine = application(
        signature_source=5,
        is_involved_third=True,
        registration_number="TM-0042",
        licence=described(tmp_path / "my licence #1.png", png(1)),
        power_of_attorney={
            **described(tmp_path / "b.pdf", b"%PDF-1.4"),
            "media_type": "application/pdf",
        },
        related_file={**described(tmp_path / "c", png(3)), "media_type": "image/jpeg"},
    )
    api_at(desk).submit(mine)
    assert desk.calls == [UPLOAD, UPLOAD, UPLOAD, CREATE]
    heads, contents = zip(*map(part, desk.asked[:3]), strict=True)
    assert contents == (png(1), b"%PDF-1.4", png(3))
    for head, name, media_type in zip(
        heads,
        ("licence.png", "power_of_attorney.pdf", "related_file.jpg"),
        ("image/png", "application/pdf", "image/jpeg"),
        strict=True,
    ):
        assert f'name="file"; filename="{name}"' in head
        assert f"Content-Type: {media_type}" in head
    assert desk.asked[0].headers["X-Sdk-Content-Sha256"] == "UNSIGNED-PAYLOAD"
    assert desk.asked[0].headers["X-Project-Id"] == PROJECT
    sent = json.loads(desk.asked[3].content)
    assert sent["file_id"] == "f-1"
    assert sent["power_attorney_fileid"] == "f-2"
    assert sent["signature_related_file_id"] == "f-3"
    assert mine.uploads == {
        file.sha256: file_id
        for file, file_id in zip(mine.evidence, ("f-1", "f-2", "f-3"), strict=True)
    }


def test_one_content_is_uploaded_once(tmp_path: Path) -> None:
    desk = Desk(uploaded("f-1"), accepted())
    twice = described(tmp_path / "a.png")
    api_at(desk).submit(application(is_involved_third=True, licence=twice, power_of_attorney=twice))
    sent = json.loads(desk.asked[1].content)
    assert sent["file_id"] == sent["power_attorney_fileid"] == "f-1"


def test_an_upload_whose_answer_is_lost_is_made_again_since_nothing_names_it(
    tmp_path: Path,
) -> None:
    desk = Desk(httpx.ReadTimeout("slow"), uploaded("f-1"), accepted())
    api_at(desk).submit(application(licence=described(tmp_path / "a.png")))
    assert desk.calls == [UPLOAD, UPLOAD, CREATE]
    assert part(desk.asked[0])[1] == part(desk.asked[1])[1] == png()


def test_without_an_upload_nothing_is_submitted(tmp_path: Path) -> None:
    desk = Desk(error("MSGSMS.0133"))
    with pytest.raises(SmsSignError, match="UploadSignatureFile"):
        api_at(desk).submit(application(licence=described(tmp_path / "a.png")))
    assert desk.calls == [UPLOAD]


def test_a_file_that_has_changed_is_not_sent(tmp_path: Path) -> None:
    mine = application(licence=described(tmp_path / "a.png"))
    (tmp_path / "a.png").write_bytes(png(9))
    desk = Desk()
    with pytest.raises(EvidenceError):
        api_at(desk).submit(mine)
    assert not desk.asked


def test_a_resubmission_replaces_the_whole_application_under_the_same_id() -> None:
    desk = Desk(accepted())
    api_at(desk).resubmit(HANDLE, application(apply_desc="mended"))
    assert desk.calls == [UPDATE]
    sent = json.loads(desk.asked[0].content)
    assert sent["apply_desc"] == "mended"
    assert sent["app_id"]
    assert "id" not in sent


def test_a_resubmission_uses_the_file_ids_of_before(tmp_path: Path) -> None:
    old, new = described(tmp_path / "a.png", png(1)), described(tmp_path / "b.png", png(2))
    mine = application(
        {str(old["sha256"]): "f-1"}, is_involved_third=True, licence=old, power_of_attorney=new
    )
    desk = Desk(uploaded("f-2"), accepted())
    api_at(desk).resubmit(HANDLE, mine)
    assert desk.calls == [UPLOAD, UPDATE]
    sent = json.loads(desk.asked[1].content)
    assert (sent["file_id"], sent["power_attorney_fileid"]) == ("f-1", "f-2")


def test_a_file_that_the_vendor_has_lost_since_is_sent_anew(tmp_path: Path) -> None:
    old = described(tmp_path / "a.png")
    mine = application({str(old["sha256"]): "f-1", "f" * 64: "f-0"}, licence=old)
    desk = Desk(error("MSGSMS.0011", 404), uploaded("f-2"), accepted())
    api_at(desk).resubmit(HANDLE, mine)
    assert desk.calls == [UPDATE, UPLOAD, UPDATE]
    assert json.loads(desk.asked[2].content)["file_id"] == "f-2"
    assert mine.uploads == {str(old["sha256"]): "f-2", "f" * 64: "f-0"}


def test_a_file_id_of_the_user_that_is_wrong_is_the_user_s_to_mend() -> None:
    desk = Desk(error("MSGSMS.0011", 404))
    with pytest.raises(InputError, match="proof files"):
        api_at(desk).resubmit(HANDLE, application(file_id="f-9"))


def test_a_file_that_is_lost_again_is_not_sent_for_ever(tmp_path: Path) -> None:
    old = described(tmp_path / "a.png")
    desk = Desk(error("MSGSMS.0011"), uploaded("f-2"), error("MSGSMS.0011"))
    with pytest.raises(InputError):
        api_at(desk).resubmit(HANDLE, application({str(old["sha256"]): "f-1"}, licence=old))
