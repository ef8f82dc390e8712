"""An application on UCloud's wire: every parameter of each call, and the project that it names."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import httpx
import pytest

from pulumi_smssign.model.errors import InputError
from pulumi_smssign.model.review import Handle
from tests.images import jpeg, png
from tests.ucloud_applications import TEXT, application, for_others, own_name
from tests.vendors.calls import answered

ID = "SIG202601159F3A1C"
HANDLE = Handle(ID, TEXT, "org-example/mainland")
DONE: Mapping[str, Any] = {"RetCode": 0, "Action": "Done", "Message": ""}
FOUND = {**DONE, "Data": {"SigId": ID, "SigContent": TEXT, "Status": 2, "ErrDesc": ""}}
URL = "https://files.example/a.png"
SIGNED = {"PublicKey", "Signature"}


def encoded(media_type: str, content: bytes) -> str:
    return f"{media_type};base64,{base64.b64encode(content).decode()}"


def form(request: httpx.Request) -> dict[str, str]:
    """The parameters that were sent, without those of the key."""
    assert (request.method, request.url.path) == ("POST", "/")
    assert request.headers["Content-Type"] == "application/x-www-form-urlencoded"
    sent = dict(parse_qsl(request.content.decode(), keep_blank_values=True))
    assert sent.keys() >= SIGNED
    return {name: value for name, value in sent.items() if name not in SIGNED}


CONTENT = {
    "SigContent": TEXT,
    "SigType": "0",
    "SigPurpose": "0",
    "CertificateType": "0",
    "File": encoded("image/png", png()),
}
OF_OTHERS = {**CONTENT, "SigPurpose": "1", "ProxyFile": encoded("image/jpeg", jpeg())}


def test_least_application_is_sent_field_by_field(tmp_path: Path) -> None:
    wanted = application(own_name(tmp_path))
    api, side = answered("ucloud", {**DONE, "SigId": ID}, DONE)
    assert api.submit(wanted).id == ID
    api.resubmit(HANDLE, wanted)
    creation, update = map(form, side.requests)
    assert creation == {
        "Action": "CreateUSMSSignature",
        "ProjectId": "org-sandbox",
        **CONTENT,
        "Description": "login codes",
        "International": "false",
    }
    assert update == {
        "Action": "UpdateUSMSSignature",
        "ProjectId": "org-example",
        "SigId": ID,
        **CONTENT,
    }


def test_whole_application_is_sent_field_by_field(tmp_path: Path) -> None:
    wanted = application(
        for_others(tmp_path),
        international=True,
        qualification_id="qual-417",
        scene_desc="sign-in",
        project_id="org-other",
        document=URL,
        proxy_doc=f"{URL}?2",
    )
    api, side = answered("ucloud", {**DONE, "SigId": ID}, DONE)
    api.submit(wanted)
    api.resubmit(HANDLE, wanted)
    creation, update = map(form, side.requests)
    assert creation == {
        "Action": "CreateUSMSSignature",
        "ProjectId": "org-other",
        **OF_OTHERS,
        "SceneDesc": "sign-in",
        "Description": "login codes",
        "International": "true",
        "QualificationId": "qual-417",
    }
    assert update == {
        "Action": "UpdateUSMSSignature",
        "ProjectId": "org-example",
        "SigId": ID,
        **OF_OTHERS,
        "SceneDesc": "sign-in",
        "Document": URL,
        "ProxyDoc": f"{URL}?2",
    }


@pytest.mark.parametrize(
    ("scope", "of_the_account", "sent"),
    [
        ("org-example/mainland", "org-sandbox", "org-example"),
        ("/mainland", "org-sandbox", "org-sandbox"),
        ("", "org-sandbox", "org-sandbox"),
        ("/international", None, None),
        ("default/mainland", "org-sandbox", None),
    ],
)
def test_call_names_the_project_unless_it_is_the_default_one(
    scope: str, of_the_account: str | None, sent: str | None
) -> None:
    api, side = answered("ucloud", FOUND, DONE, projectId=of_the_account)
    handle = Handle(ID, TEXT, scope)
    assert list(api.reviews([handle])) == [handle]
    api.withdraw(handle)
    project = {"ProjectId": sent} if sent else {}
    assert [form(request) for request in side.requests] == [
        {"Action": "QueryUSMSSignature", **project, "SigId": ID},
        {"Action": "DeleteUSMSSignature", **project, "SigIds.0": ID},
    ]


@pytest.mark.parametrize(
    ("scope", "of_the_account", "full"),
    [
        ("", None, "default/mainland"),
        ("", "org-sandbox", "org-sandbox/mainland"),
        ("/international", "org-sandbox", "org-sandbox/international"),
        ("org-other/international", "org-sandbox", "org-other/international"),
        ("org-other/mainland", None, "org-other/mainland"),
    ],
)
def test_scope_is_completed_with_the_accounts_project(
    scope: str, of_the_account: str | None, full: str
) -> None:
    api, _ = answered("ucloud", projectId=of_the_account)
    assert api.full_scope(scope) == full


def test_text_is_searched_in_the_applications_project(tmp_path: Path) -> None:
    api, side = answered("ucloud", FOUND)
    wanted = application(own_name(tmp_path), project_id="org-other")
    assert [review.id for review in api.find(wanted)] == [ID]
    assert form(side.requests[0]) == {
        "Action": "QueryUSMSSignature",
        "ProjectId": "org-other",
        "SigContent": TEXT,
    }


def test_kind_of_what_was_just_submitted_is_known(tmp_path: Path) -> None:
    here, abroad = (application(own_name(tmp_path), international=kind) for kind in (False, True))
    api, _ = answered("ucloud", {**DONE, "SigId": ID}, FOUND, FOUND)
    api.submit(abroad)
    assert api.find(here) == []
    assert [review.id for review in api.find(abroad)] == [ID]


def test_whole_text_stands_for_a_list() -> None:
    api, side = answered("ucloud", FOUND, {**DONE, "Data": None})
    assert [review.id for review in api.listed(TEXT)] == [ID]
    assert api.listed("别的") == []
    assert form(side.requests[0]) == {
        "Action": "QueryUSMSSignature",
        "ProjectId": "org-sandbox",
        "SigContent": TEXT,
    }
    with pytest.raises(InputError) as refused:
        api.listed()
    assert refused.value.summary == (
        "ucloud has no list of an account's signatures: it finds one by its id or its whole text"
    )
    assert refused.value.vendor == "ucloud"
    assert refused.value.advice == "name a text with --text, or look in the vendor's console."
