"""Our requests beside the official SDK's: the sandbox is told the same by both."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from pulumi_smssign.alibaba.api import SignatureApi
from pulumi_smssign.alibaba.auth import AccountCredentials
from pulumi_smssign.model.review import Handle
from pulumi_smssign.sandbox import RunningSandbox
from tests.alibaba_applications import NAME, application
from tests.contract.alibaba_sdk import TOKEN, Signing, dysmsapi

CASES: dict[str, dict[str, object]] = {
    "the least": {},
    "somebody else's": {"third_party": True, "authorization_letter_id": 417},
    "a trademark": {"sign_source": 5, "trademark_id": 417},
    "words and papers": {"remark": "登录 & 测 *~(b)+", "more_data": ["1/a.png", "1/b c.png"]},
    "codes": {"sign_type": 0},
}


@pytest.fixture
def ours(served: RunningSandbox) -> Iterator[SignatureApi]:
    api = SignatureApi(AccountCredentials.sandbox(served.url, "default"), sleep=lambda _: None)
    api._transport._limiters.clear()
    yield api
    api.close()


@pytest.mark.parametrize("fields", CASES.values(), ids=list(CASES))
def test_an_application_is_the_same(
    ours: SignatureApi, served: RunningSandbox, fields: dict[str, object]
) -> None:
    ours.submit(application(**fields))
    (mine,) = served.sandbox.signatures("alibaba")
    ours_sent = served.sandbox.calls("alibaba", "CreateSmsSign")[-1].fields
    served.sandbox.reset()
    Signing(dysmsapi(served)).create(**fields)
    (theirs,) = served.sandbox.signatures("alibaba")
    theirs_sent = served.sandbox.calls("alibaba", "CreateSmsSign")[-1].fields
    if "ThirdParty" in theirs_sent:  # Python's SDK sends True, those of other languages true
        theirs_sent["ThirdParty"] = str(theirs_sent["ThirdParty"]).lower()
    assert ours_sent == {"SignType": "1", "ThirdParty": "false", **theirs_sent}
    assert {name: mine.fields[name] for name in ours_sent if name in mine.fields} == {
        name: theirs.fields[name] for name in ours_sent if name in theirs.fields
    }


def test_what_we_have_submitted_the_sdk_sees_changes_and_deletes(
    ours: SignatureApi, served: RunningSandbox
) -> None:
    theirs = Signing(dysmsapi(served))
    ours.submit(application())
    assert theirs.get()["SignStatus"] == 0
    served.sandbox.reject("alibaba", NAME, "unreadable")
    theirs.update(remark="mended")
    handle = Handle(NAME, NAME)
    assert ours.reviews([handle])[handle].reported["remark"] == "mended"
    served.sandbox.approve("alibaba", NAME)
    theirs.delete()
    assert ours.reviews([handle]) == {}


def test_a_temporary_key_works_with_its_token(served: RunningSandbox) -> None:
    settings = {
        "accessKeyId": "STS.smssign-temporary",
        "accessKeySecret": "smssign-sandbox-access-secret-0000",
        "securityToken": TOKEN,
        "endpoint": served.url,
    }
    api = SignatureApi(AccountCredentials.model_validate(settings), sleep=lambda _: None)
    assert api.submit(application()) == NAME
    api.close()


def test_an_edit_of_what_is_approved_is_taken_and_reviewed_again(
    ours: SignatureApi, served: RunningSandbox
) -> None:
    handle = Handle(ours.submit(application()), NAME)
    served.sandbox.approve("alibaba", NAME)
    before = ours.reviews([handle])[handle]
    ours.resubmit(handle, application(remark="again"))
    after = ours.reviews([handle])[handle]
    assert (before.vendor_status, after.vendor_status) == ("1", "0")
    assert before.trace != after.trace


@pytest.mark.parametrize("shows", ["submitted", "earlier-material", "last-approved"])
def test_whatever_the_reads_show_a_review_can_be_read(
    ours: SignatureApi, served: RunningSandbox, shows: str
) -> None:
    served.sandbox.switches.set({"alibaba.reads_show": shows})
    handle = Handle(ours.submit(application()), NAME)
    served.sandbox.approve("alibaba", NAME)
    ours.resubmit(handle, application(remark="again"))
    review = ours.reviews([handle])[handle]
    assert review.vendor_status == ("1" if shows == "last-approved" else "0")
    assert (review.reported.get("remark") == "again") is (shows == "submitted")
