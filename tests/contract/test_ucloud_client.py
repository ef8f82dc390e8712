"""UCloud's specials: projects, kinds, codes of two families, and files in one of two forms."""

from __future__ import annotations

import pytest

from pulumi_smssign.model import errors
from pulumi_smssign.model.review import Handle
from pulumi_smssign.model.vocabulary import Status
from pulumi_smssign.sandbox import Evidence
from tests.contract.client import OLD, Client, at
from tests.engine.cases import UCLOUD
from tests.images import jpeg, png

pytestmark = at(UCLOUD)

CREATE, UPDATE = "CreateUSMSSignature", "UpdateUSMSSignature"
QUERY, DELETE = "QueryUSMSSignature", "DeleteUSMSSignature"
NOBODY = Handle("SIG20260101AAAAAA", OLD, "org-sandbox/mainland")


def test_same_text_of_the_other_kind_is_no_twin(client: Client) -> None:
    client.submitted(international=True)
    assert client.search() == []
    assert len(client.search(international=True)) == 1


# Not found, in every shape


@pytest.mark.parametrize("quoted", [False, True])
@pytest.mark.parametrize("shape", ["code", "empty", "null", "missing"])
def test_missing_signature_is_absent_by_id_and_by_text(
    client: Client, shape: str, quoted: bool
) -> None:
    client.switch(query_not_found=shape, quoted_ret_code=quoted)
    other = client.submitted("极客网络")
    assert client.api.reviews([NOBODY, other]).keys() == {other}
    assert client.search() == []


@pytest.mark.parametrize("code", [18016, 18003])
def test_change_of_a_missing_signature_says_that_it_is_missing(client: Client, code: int) -> None:
    client.switch(not_found_code=code)
    with pytest.raises(errors.NotFoundError):
        client.api.resubmit(NOBODY, client.application())
    with pytest.raises(errors.NotFoundError):
        client.api.withdraw(NOBODY)


# Refusals


@pytest.mark.parametrize(
    ("changes", "family", "code"),
    [
        ({"sig_purpose": 1}, "usms", "18001"),
        ({"sig_purpose": 1}, "common", "220"),
        ({"certificate_type": 4}, "usms", "18003"),
        ({"certificate_type": 4}, "common", "230"),
    ],
)
def test_parameters_are_refused_in_either_family_of_codes(
    client: Client, changes: dict[str, object], family: str, code: str
) -> None:
    client.switch(parameter_codes=family)
    with pytest.raises(errors.SmsSignError, match=r"parameter is (missing|wrong)") as refused:
        client.submitted(**changes)
    assert (refused.value.code, refused.value.action) == (code, CREATE)
    assert client.codes() == [code]


def test_codes_in_quotes_are_the_same_codes(client: Client) -> None:
    client.switch(quoted_ret_code=True)
    handle = client.submitted()
    assert client.review(handle).status is Status.PENDING
    with pytest.raises(errors.RefusedError, match="the text is taken") as refused:
        client.submitted()
    assert refused.value.code == "18003"
    client.api.withdraw(handle)


# Projects


def test_two_projects_keep_their_signatures_apart(client: Client) -> None:
    shop = client.connect(projectId="org-shop")
    application = client.application()
    ours = client.submitted()
    theirs = Handle(shop.submit(application).id, OLD, shop.full_scope(application.scope))
    assert theirs.scope == "org-shop/mainland"
    assert [review.id for review in client.search()] == [ours.id]
    assert [review.id for review in shop.find(application)] == [theirs.id]
    assert shop.reviews([Handle(ours.id)]) == {}
    assert shop.reviews([ours]).keys() == {ours}
    shop.resubmit(ours, application)
    shop.withdraw(ours)
    assert [signature.id for signature in client.sandbox.signatures("ucloud")] == [theirs.id]


def test_project_of_a_resource_goes_before_the_accounts(client: Client) -> None:
    application = client.application(project_id="org-shop")
    handle = client.submitted(project_id="org-shop")
    assert handle.scope == "org-shop/mainland"
    assert [review.id for review in client.api.find(application)] == [handle.id]
    client.api.resubmit(handle, application)
    assert handle in client.api.reviews([handle])
    projects = {call.fields.get("ProjectId") for call in client.sandbox.calls("ucloud")}
    assert projects == {"org-shop"}
    with pytest.raises(errors.AccountError, match="no such project"):
        client.submitted(project_id="org-404")


@pytest.mark.parametrize("project", [None, ""])
def test_default_project_is_named_in_no_call(client: Client, project: str | None) -> None:
    api, application = client.connect(projectId=project), client.application()
    handle = Handle(api.submit(application).id, OLD, api.full_scope(application.scope))
    assert handle.scope == "default/mainland"
    assert handle in api.reviews([handle])
    assert handle in client.api.reviews([handle])
    api.withdraw(handle)
    assert all("ProjectId" not in call.fields for call in client.sandbox.calls("ucloud"))


# Papers


def test_files_arrive_whole_in_the_documented_form(client: Client) -> None:
    client.switch(file_format="documented")
    for_others = {"sig_purpose": 1, "proxy_file": client.proof("letter.jpg", jpeg())}
    handle = client.submitted(**for_others)
    received = client.sandbox.signature("ucloud", handle.id).evidence
    assert received == {"File": Evidence.of(png()), "ProxyFile": Evidence.of(jpeg())}

    for_others["proxy_file"] = client.proof("letter.png", png(7))
    client.api.resubmit(handle, client.application(**for_others))
    received = client.sandbox.signature("ucloud", handle.id).evidence
    assert received == {"File": Evidence.of(png()), "ProxyFile": Evidence.of(png(7))}


def test_urls_of_papers_go_with_a_change_and_never_with_a_new_application(client: Client) -> None:
    urls = {"document": "https://files.example/a.png", "proxy_doc": "https://files.example/b.png"}
    handle = client.submitted(**urls)
    client.api.resubmit(handle, client.application(file=None, **urls))
    (created,) = client.sandbox.calls("ucloud", CREATE)
    (updated,) = client.sandbox.calls("ucloud", UPDATE)
    assert not {"Document", "ProxyDoc"} & created.fields.keys()
    assert not {"File", "ProxyFile"} & updated.fields.keys()
    assert updated.fields["Document"] == urls["document"]
    assert updated.fields["ProxyDoc"] == urls["proxy_doc"]


# Lost answers


def test_trouble_is_waited_out_by_a_question(client: Client) -> None:
    handle = client.submitted()
    client.fault(QUERY, "error", code=110, times=3)
    assert handle in client.api.reviews([handle])
    assert client.calls(QUERY) == [QUERY] * 4


def test_creation_that_answers_no_id_is_of_unknown_outcome(client: Client) -> None:
    client.fault(CREATE, "missing", key="SigId")
    with pytest.raises(errors.OutcomeUnknownError):
        client.submitted()
    assert [review.id for review in client.search()] == [client.held_id()]
