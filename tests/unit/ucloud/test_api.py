"""What UCloud is sent, and what it says of signatures that are as expected."""

from __future__ import annotations

import base64

from pulumi_smssign.lifecycle import Handle, Status
from pulumi_smssign.ucloud.api import SignatureApi
from tests.images import jpeg, png
from tests.unit.ucloud.conftest import (
    CREATED,
    DONE,
    HANDLE,
    ID,
    WAITING,
    Apply,
    Connect,
    UCloud,
    found,
    refused,
)


def test_a_new_application_is_sent_with_all_that_it_says(
    api: SignatureApi, ucloud: UCloud, apply: Apply
) -> None:
    ucloud.will(CREATED)
    application = apply(qualification_id="qual-example", scene_desc="login", international=True)
    assert api.submit(application) == ID
    assert ucloud.forms == [
        {
            "Action": "CreateUSMSSignature",
            "ProjectId": "org-example",
            "SigContent": "极客科技",
            "SigType": "0",
            "SigPurpose": "1",
            "CertificateType": "0",
            "File": f"image/png;base64,{base64.b64encode(png()).decode()}",
            "ProxyFile": f"image/jpeg;base64,{base64.b64encode(jpeg()).decode()}",
            "SceneDesc": "login",
            "Description": "login codes",
            "International": "true",
            "QualificationId": "qual-example",
        }
    ]


def test_what_the_program_leaves_out_is_not_sent(
    api: SignatureApi, ucloud: UCloud, apply: Apply
) -> None:
    ucloud.will(CREATED)
    api.submit(apply(sig_purpose=0, file=None, proxy_file=None))
    assert ucloud.forms[0].keys() == {
        *("Action", "ProjectId", "SigContent", "SigType", "SigPurpose", "CertificateType"),
        *("Description", "International"),
    }
    assert ucloud.forms[0]["International"] == "false"


def test_a_new_application_never_has_the_urls_that_only_a_change_has(
    api: SignatureApi, ucloud: UCloud, apply: Apply
) -> None:
    ucloud.will(CREATED)
    api.submit(apply(document="https://files.example/a", proxy_doc="https://files.example/b"))
    assert not {"Document", "ProxyDoc"} & ucloud.forms[0].keys()


def test_a_change_sends_files_and_urls_and_nothing_that_an_update_has_no_field_for(
    api: SignatureApi, ucloud: UCloud, apply: Apply
) -> None:
    ucloud.will(DONE)
    api.resubmit(
        HANDLE,
        apply(
            document="https://files.example/a",
            proxy_doc="https://files.example/b",
            scene_desc="login",
            qualification_id="qual-example",
        ),
    )
    (form,) = ucloud.forms
    assert form["Action"] == "UpdateUSMSSignature"
    assert form["SigId"] == ID
    assert form["Document"] == "https://files.example/a"
    assert form["ProxyDoc"] == "https://files.example/b"
    assert form["SceneDesc"] == "login"
    assert form["File"].startswith("image/png;base64,")
    assert form["ProxyFile"].startswith("image/jpeg;base64,")
    assert not {"Description", "International", "QualificationId"} & form.keys()


def test_a_deletion_names_the_one_signature(api: SignatureApi, ucloud: UCloud) -> None:
    ucloud.will(DONE)
    api.withdraw(HANDLE)
    assert ucloud.forms == [
        {"Action": "DeleteUSMSSignature", "ProjectId": "org-example", "SigIds.0": ID}
    ]


def test_a_review_is_asked_for_by_id(api: SignatureApi, ucloud: UCloud) -> None:
    ucloud.will(found(Status=3, ErrDesc="the licence is unreadable"))
    review = api.reviews([HANDLE])[HANDLE]
    assert ucloud.forms == [
        {"Action": "QueryUSMSSignature", "ProjectId": "org-example", "SigId": ID}
    ]
    assert (review.id, review.text) == (ID, "极客科技")
    assert (review.status, review.vendor_status) == (Status.REJECTED, "3")
    assert review.reason == "the licence is unreadable"
    assert review.reported == {"sig_content": "极客科技"}
    assert review.submitted_at == ""


def test_every_handle_is_asked_for_and_answered_by_itself(
    api: SignatureApi, ucloud: UCloud
) -> None:
    other, gone = Handle("SIG2", "", "org-other/mainland"), Handle("SIG3")
    ucloud.will(found(), found(SigId="SIG2", Status=2), refused(18016))
    reviews = api.reviews([HANDLE, other, gone])
    assert reviews.keys() == {HANDLE, other}
    assert reviews[other].status is Status.APPROVED
    assert [form["ProjectId"] for form in ucloud.forms] == [
        "org-example",
        "org-other",
        "org-example",
    ]


def test_a_status_that_no_source_describes_is_unknown(api: SignatureApi, ucloud: UCloud) -> None:
    ucloud.will(found(Status=7))
    review = api.reviews([HANDLE])[HANDLE]
    assert (review.status, review.vendor_status) == (Status.UNKNOWN, "7")


def test_what_the_vendor_adds_or_writes_in_quotes_is_no_trouble(
    api: SignatureApi, ucloud: UCloud
) -> None:
    answer = {"RetCode": "0", "New": 1, "Data": {**WAITING, "Status": "2", "ErrDesc": None, "X": 1}}
    ucloud.will(answer)
    review = api.reviews([HANDLE])[HANDLE]
    assert (review.status, review.reason) == (Status.APPROVED, "")


def test_a_twin_is_looked_for_by_the_exact_text(
    api: SignatureApi, ucloud: UCloud, apply: Apply
) -> None:
    ucloud.will(found())
    assert [review.id for review in api.find(apply())] == [ID]
    assert ucloud.forms == [
        {"Action": "QueryUSMSSignature", "ProjectId": "org-example", "SigContent": "极客科技"}
    ]
    ucloud.will(found(SigContent="极客科技公司"))
    assert api.find(apply()) == []


def test_the_other_kind_of_a_known_signature_is_no_twin(
    api: SignatureApi, ucloud: UCloud, apply: Apply
) -> None:
    ucloud.will(found())
    api.reviews([HANDLE])
    assert api.find(apply(international=True)) == []
    assert [review.id for review in api.find(apply())] == [ID]


def test_the_other_kind_of_one_that_was_just_submitted_is_no_twin(
    api: SignatureApi, ucloud: UCloud, apply: Apply
) -> None:
    ucloud.will(CREATED)
    api.submit(apply(international=True))
    ucloud.will(found())
    assert api.find(apply()) == []


def test_a_signature_of_unknown_kind_is_taken_for_a_twin(
    api: SignatureApi, ucloud: UCloud, apply: Apply
) -> None:
    ucloud.will(found())
    api.reviews([Handle(ID)])
    assert [review.id for review in api.find(apply(international=True))] == [ID]


def test_the_programs_project_goes_before_the_accounts(
    api: SignatureApi, ucloud: UCloud, apply: Apply
) -> None:
    application = apply(project_id="org-other")
    ucloud.will(CREATED)
    api.submit(application)
    ucloud.will(found())
    api.find(application)
    assert [form["ProjectId"] for form in ucloud.forms] == ["org-other", "org-other"]
    assert api.full_scope(application.scope) == "org-other/mainland"
    assert api.full_scope(apply(international=True).scope) == "org-example/international"


def test_a_signature_stays_in_its_project_when_the_accounts_changes(
    connect: Connect, ucloud: UCloud, apply: Apply
) -> None:
    moved = connect(projectId="org-new")
    ucloud.will(found())
    moved.reviews([HANDLE])
    ucloud.will(DONE)
    moved.resubmit(HANDLE, apply())
    moved.withdraw(HANDLE)
    assert [form["ProjectId"] for form in ucloud.forms] == ["org-example"] * 3


def test_the_default_project_is_the_one_that_is_not_named(
    connect: Connect, ucloud: UCloud, apply: Apply
) -> None:
    api = connect(projectId="")
    assert api.full_scope(apply().scope) == "default/mainland"
    ucloud.will(CREATED)
    api.submit(apply())
    ucloud.will(found())
    connect().reviews([Handle(ID, "", "default/mainland")])
    assert all("ProjectId" not in form for form in ucloud.forms)
