"""An application on Huawei's wire: every field, each file's upload, and where each call goes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import httpx
import pytest

from pulumi_smssign.contract import evidence
from pulumi_smssign.model.errors import InputError, ReviewMovedError
from pulumi_smssign.model.review import Handle, Review
from pulumi_smssign.model.vocabulary import Status
from tests.huawei_applications import FIELDS, application
from tests.images import jpeg, png
from tests.unit.huawei.answers import ID, ITEM, PROJECT, SIGNATURES, error, page
from tests.unit.huawei.answers import json as answer
from tests.vendors.calls import answered

HANDLE = Handle(ID)
UPLOADS = f"/v2/{PROJECT}/msgsms/upload-files"
LEAST: Mapping[str, Any] = {
    "app_id": FIELDS["app_id"],
    "is_involved_third": "No",
    "signature_name": "极客科技",
    "signature_source": 0,
    "signature_type": "NOTIFY_TYPE",
    "qualification_id": "q-417",
}
MORE: Mapping[str, Any] = {
    "apply_desc": "login codes",
    "file_id": "f-1",
    "power_attorney_fileid": "f-2",
    "signature_related_file_id": "f-3",
    "source_title_content": "https://app.example",
    "registration_number": "TM-0042",
    "license_number": "ICP-0042",
}


@pytest.mark.parametrize(
    ("changes", "sent"),
    [
        ({}, LEAST),
        (MORE, {**LEAST, **MORE}),
        (
            {"is_involved_third": True, "signature_source": 5, "activate": True},
            {**LEAST, "is_involved_third": "Yes", "signature_source": 5},
        ),
    ],
    ids=["least", "whole", "another's trademark"],
)
def test_application_is_sent_field_by_field(
    changes: Mapping[str, Any], sent: Mapping[str, Any]
) -> None:
    api, side = answered("huawei", {"id": ID}, {"id": ID})
    wanted = application(**changes)
    assert api.submit(wanted).id == ID
    api.resubmit(HANDLE, wanted)
    assert [json.loads(request.content) for request in side.requests] == [sent, sent]
    assert [(request.method, request.url.path) for request in side.requests] == [
        ("POST", SIGNATURES),
        ("PUT", f"{SIGNATURES}/{ID}"),
    ]
    for request in side.requests:
        assert request.headers["Content-Type"] == "application/json"
        assert request.headers["X-Project-Id"] == PROJECT


def papers(folder: Path) -> dict[str, Any]:
    """Three files of three kinds."""
    contents = {"licence": png(), "power_of_attorney": jpeg(), "related_file": b"%PDF-1.7\n"}
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    return {name: evidence.describe(folder / name) for name in contents}


def test_files_are_uploaded_under_names_of_ours_and_then_named_by_their_ids(tmp_path: Path) -> None:
    ids = ({"file_id": f"f-{number}"} for number in (1, 2, 3))
    api, side = answered("huawei", *ids, {"id": ID})
    uploads: dict[str, str] = {}
    api.submit(application(FIELDS, uploads, **papers(tmp_path), is_involved_third=True))
    *files, submission = side.requests
    names = ("licence.png", "power_of_attorney.jpg", "related_file.pdf")
    types = (b"image/png", b"image/jpeg", b"application/pdf")
    for request, name, media_type in zip(files, names, types, strict=True):
        assert (request.method, request.url.path) == ("POST", UPLOADS)
        assert request.headers["X-Project-Id"] == PROJECT
        assert f'name="file"; filename="{name}"'.encode() in request.content
        assert b"Content-Type: " + media_type in request.content
    sent = json.loads(submission.content)
    assert (sent["file_id"], sent["power_attorney_fileid"]) == ("f-1", "f-2")
    assert sent["signature_related_file_id"] == "f-3"


def test_file_that_was_sent_before_is_not_sent_again_unless_the_vendor_has_lost_it(
    tmp_path: Path,
) -> None:
    licence = papers(tmp_path)["licence"]
    uploads = {str(licence["sha256"]): "f-old"}
    api, side = answered("huawei", {"id": ID})
    api.resubmit(HANDLE, application(FIELDS, uploads, licence=licence))
    assert json.loads(side.requests[0].content)["file_id"] == "f-old"
    gone = error("MSGSMS.0011")
    api, side = answered("huawei", gone, {"file_id": "f-new"}, {"id": ID})
    api.resubmit(HANDLE, application(FIELDS, uploads, licence=licence))
    assert [request.method for request in side.requests] == ["PUT", "POST", "PUT"]
    assert json.loads(side.requests[2].content)["file_id"] == "f-new"


@pytest.mark.parametrize("code", ["MSGSMS.0011", "MSGSMS.0002"])
def test_refusal_is_not_answered_with_files_that_are_the_programs_to_name(code: str) -> None:
    api, side = answered("huawei", error(code))
    with pytest.raises(InputError) as refused:
        api.resubmit(HANDLE, application(file_id="f-1"))
    assert refused.value.code == code
    assert len(side.requests) == 1


def test_another_refusal_uploads_nothing_anew(tmp_path: Path) -> None:
    licence = papers(tmp_path)["licence"]
    uploads = {str(licence["sha256"]): "f-old"}
    api, side = answered("huawei", error("MSGSMS.0002"))
    with pytest.raises(InputError):
        api.resubmit(HANDLE, application(FIELDS, uploads, licence=licence))
    assert [request.method for request in side.requests] == ["PUT"]


# The other calls


def test_list_is_asked_for_page_by_page_until_all_are_there() -> None:
    items = [{**ITEM, "id": f"id-{number}"} for number in range(501)]
    first = {"results": items[:500], "total": 501}
    last = {"results": items[500:], "total": 501}
    api, side = answered("huawei", first, last)
    assert [len(list(part.items)) for part in api.catalogue("")] == [500, 1]
    assert [dict(request.url.params) for request in side.requests] == [
        {"limit": "500", "offset": "0"},
        {"limit": "500", "offset": "500"},
    ]
    assert {request.url.path for request in side.requests} == {SIGNATURES}


def test_search_asks_for_the_name_and_the_type() -> None:
    api, side = answered("huawei", page(ITEM))
    assert [review.id for review in api.find(application())] == [ID]
    assert dict(side.requests[0].url.params) == {
        "limit": "500",
        "offset": "0",
        "signature_name": "极客科技",
        "signature_type": "NOTIFY_TYPE",
    }


def test_deletion_and_activation_go_to_the_signatures_own_path() -> None:
    api, side = answered("huawei", httpx.Response(204), httpx.Response(204))
    api.withdraw(HANDLE)
    api.request("activate", HANDLE)
    assert [(request.method, request.url.path) for request in side.requests] == [
        ("DELETE", f"{SIGNATURES}/{ID}"),
        ("PUT", f"{SIGNATURES}/{ID}/active"),
    ]


def test_refused_deletion_of_an_open_application_advises_to_wait_for_the_verdict() -> None:
    api, _ = answered("huawei", error("MSGSMS.0007"))
    with pytest.raises(ReviewMovedError) as refused:
        api.withdraw(HANDLE)
    assert refused.value.advice == (
        "run it again after the verdict: as far as is known the vendor deletes no open application."
    )


@pytest.mark.parametrize("identifier", ["", "...", "x" * 65])
def test_text_that_can_be_no_id_is_told_with_what_is_one(identifier: str) -> None:
    api, _ = answered("huawei")
    with pytest.raises(InputError) as refused:
        api.withdraw(Handle(identifier))
    assert refused.value.summary == f"{identifier!r} is not the id of a signature at Huawei"
    assert refused.value.vendor == "huawei"
    assert refused.value.advice == "use the primary key `id` of the signature, not its name."


def test_longest_id_is_asked_for() -> None:
    identifier = "x" * 64
    api, side = answered("huawei", answer({**ITEM, "id": identifier}))
    assert api.reviews([Handle(identifier)])
    assert side.requests[0].url.path == f"{SIGNATURES}/{identifier}"


@pytest.mark.parametrize(
    ("text", "reported", "bears"),
    [
        ("极客科技", {"signature_type": "NOTIFY_TYPE"}, True),
        ("极客科技", {}, True),
        ("极客科技", {"signature_type": "VERIFY_CODE_TYPE"}, False),
        ("极客", {"signature_type": "NOTIFY_TYPE"}, False),
        ("极客", {}, False),
    ],
)
def test_signature_bears_the_name_in_its_type_or_where_none_is_told(
    text: str, reported: dict[str, object], bears: bool
) -> None:
    api, _ = answered("huawei")
    review = Review(ID, text, Status.APPROVED, "REVIEW_PASSED", reported=reported)
    assert api.bears(review, application()) is bears


@pytest.mark.parametrize(("told", "known"), [("s-1", "s-1"), (7, ""), ({"odd": 1}, ""), (None, "")])
def test_second_id_is_taken_from_the_answer_and_never_costs_the_first(
    told: object, known: str
) -> None:
    api, _ = answered("huawei", {"id": ID, "signature_id": told})
    review = api.submit(application())
    assert (review.id, review.outputs["signature_id"]) == (ID, known)
