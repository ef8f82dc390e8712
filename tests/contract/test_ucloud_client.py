"""Our client against the sandbox: every answer of UCloud's that is not a plain yes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, closing
from pathlib import Path

import pytest
from pydantic import JsonValue, SecretStr

from pulumi_smssign.model import errors
from pulumi_smssign.model.review import Handle
from pulumi_smssign.model.vocabulary import Status
from pulumi_smssign.sandbox import Evidence
from pulumi_smssign.sandbox.server import RunningSandbox
from pulumi_smssign.ucloud.api import SignatureApi
from pulumi_smssign.ucloud.application import SignatureApplication
from pulumi_smssign.ucloud.auth import AccountCredentials
from pulumi_smssign.ucloud.rules import RULES
from tests.contract.again import resubmit
from tests.images import jpeg, png
from tests.ucloud_applications import TEXT, application, for_others, own_name, written

CREATE, UPDATE = "CreateUSMSSignature", "UpdateUSMSSignature"
QUERY, DELETE = "QueryUSMSSignature", "DeleteUSMSSignature"

NOBODY = Handle("SIG20260101AAAAAA", TEXT, "org-sandbox/mainland")

Connect = Callable[..., SignatureApi]


@pytest.fixture
def connect(served: RunningSandbox) -> Iterator[Connect]:
    """Connects the sandbox's account, some settings changed; without a pace and without pauses."""
    sandboxes = AccountCredentials.sandbox(served.url, "default")
    with ExitStack() as opened:

        def account(**changes: object) -> SignatureApi:
            credentials = sandboxes.model_copy(update=changes)
            api = opened.enter_context(closing(SignatureApi(credentials, sleep=lambda _: None)))
            api._transport._limiters.clear()
            return api

        yield account


@pytest.fixture
def api(connect: Connect) -> SignatureApi:
    return connect()


def own(folder: Path, text: str = TEXT, **changes: object) -> SignatureApplication:
    return application(own_name(folder, sig_content=text), **changes)


def others(folder: Path, **changes: object) -> SignatureApplication:
    return application(for_others(folder), **changes)


def submitted(api: SignatureApi, wanted: SignatureApplication) -> Handle:
    return Handle(api.submit(wanted), wanted.text, api.full_scope(wanted.scope))


def fault(served: RunningSandbox, action: str, kind: str, **more: JsonValue) -> None:
    served.sandbox.faults.add({"vendor": "ucloud", "action": action, "kind": kind, **more})


# The life of a signature


@pytest.mark.parametrize(
    ("vendor_status", "status"),
    [
        ("0", Status.PENDING),
        ("1", Status.PENDING),
        ("2", Status.APPROVED),
        ("3", Status.REJECTED),
        ("4", Status.SUSPENDED),
        ("7", Status.UNKNOWN),
    ],
)
def test_a_status_means_the_same_by_id_and_by_text(
    api: SignatureApi, served: RunningSandbox, tmp_path: Path, vendor_status: str, status: Status
) -> None:
    handle = submitted(api, own(tmp_path))
    served.sandbox.set_status("ucloud", handle.id, vendor_status)
    fault(served, QUERY, "unknown_fields")
    by_id = api.reviews([handle])[handle]
    (by_text,) = api.find(own(tmp_path))
    assert (by_id.status, by_id.vendor_status) == (status, vendor_status)
    assert by_id.reported == {"sig_content": TEXT}
    assert by_text == by_id


@pytest.mark.parametrize("wrong_state_code", [18002, 18003, 18016, 230])
@pytest.mark.parametrize("vendor_status", ["2", "4"])
def test_an_update_that_comes_too_late_says_that_the_review_moved(
    api: SignatureApi,
    served: RunningSandbox,
    tmp_path: Path,
    wrong_state_code: int,
    vendor_status: str,
) -> None:
    served.sandbox.switches.set({"ucloud.wrong_state_code": wrong_state_code})
    handle = submitted(api, own(tmp_path))
    fault(served, UPDATE, "verdict", verdict="status", vendor_status=vendor_status, id=handle.id)
    with pytest.raises(errors.ReviewMovedError) as caught:
        resubmit(RULES, api, handle, own(tmp_path))
    assert caught.value.code == str(wrong_state_code)
    assert caught.value.request_id
    assert len(served.sandbox.calls("ucloud", UPDATE)) == 1


def test_a_text_is_found_exactly_and_each_kind_by_itself(api: SignatureApi, tmp_path: Path) -> None:
    submitted(api, own(tmp_path, international=True))
    assert api.find(own(tmp_path)) == []
    assert api.find(own(tmp_path, "极客")) == []
    assert len(api.find(own(tmp_path, international=True))) == 1


# Not found, in every shape


@pytest.mark.parametrize("quoted", [False, True])
@pytest.mark.parametrize("shape", ["code", "empty", "null", "missing"])
def test_what_is_not_there_is_absent_by_id_and_by_text(
    api: SignatureApi, served: RunningSandbox, tmp_path: Path, shape: str, quoted: bool
) -> None:
    served.sandbox.switches.set({"ucloud.query_not_found": shape, "ucloud.quoted_ret_code": quoted})
    there = submitted(api, own(tmp_path, "极客网络"))
    assert api.reviews([NOBODY, there]).keys() == {there}
    assert api.find(own(tmp_path)) == []


@pytest.mark.parametrize("code", [18016, 18003])
def test_a_change_of_what_is_gone_says_that_it_is(
    api: SignatureApi, served: RunningSandbox, tmp_path: Path, code: int
) -> None:
    served.sandbox.switches.set({"ucloud.not_found_code": code})
    with pytest.raises(errors.NotFoundError):
        api.resubmit(NOBODY, own(tmp_path))
    with pytest.raises(errors.NotFoundError):
        api.withdraw(NOBODY)


# What the vendor refuses


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({"sig_purpose": 1}, {"usms": "18001", "common": "220"}),
        ({"certificate_type": 4}, {"usms": "18003", "common": "230"}),
    ],
)
def test_parameters_are_refused_in_either_family_of_codes(
    api: SignatureApi,
    served: RunningSandbox,
    tmp_path: Path,
    changes: dict[str, object],
    codes: dict[str, str],
) -> None:
    for family, code in codes.items():
        served.sandbox.switches.set({"ucloud.parameter_codes": family})
        with pytest.raises(errors.SmsSignError, match=r"parameter is (missing|wrong)") as caught:
            api.submit(own(tmp_path, TEXT, **changes))
        assert (caught.value.code, caught.value.action) == (code, CREATE)
        assert caught.value.request_id
    assert len(served.sandbox.calls("ucloud")) == len(codes)


def test_codes_in_quotes_are_the_same_codes(
    api: SignatureApi, served: RunningSandbox, tmp_path: Path
) -> None:
    served.sandbox.switches.set({"ucloud.quoted_ret_code": True})
    handle = submitted(api, own(tmp_path))
    assert api.reviews([handle])[handle].status is Status.PENDING
    with pytest.raises(errors.RefusedError, match="the text is taken") as caught:
        api.submit(own(tmp_path))
    assert caught.value.code == "18003"
    api.withdraw(handle)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"private_key": SecretStr("another-key")}, "171"),
        ({"public_key": "nobody-at-all"}, "172"),
        ({"project_id": "org-404"}, "292"),
        ({"project_id": "org-403"}, "290"),
    ],
)
def test_an_account_that_is_not_let_in_is_told_once(
    served: RunningSandbox, connect: Connect, changes: dict[str, object], code: str
) -> None:
    with pytest.raises(errors.AccountError) as caught:
        connect(**changes).reviews([Handle("SIG20260101AAAAAA")])
    assert caught.value.code == code
    assert caught.value.advice.startswith("check ")
    assert "another-key" not in str(caught.value)
    assert [call.code for call in served.sandbox.calls("ucloud")] == [code]


# Projects


def test_two_projects_keep_their_signatures_apart(
    served: RunningSandbox, connect: Connect, api: SignatureApi, tmp_path: Path
) -> None:
    shop = connect(project_id="org-shop")
    mine, theirs = submitted(api, own(tmp_path)), submitted(shop, own(tmp_path))
    assert theirs.scope == "org-shop/mainland"
    assert [one.id for one in api.find(own(tmp_path))] == [mine.id]
    assert [one.id for one in shop.find(own(tmp_path))] == [theirs.id]
    assert shop.reviews([Handle(mine.id)]) == {}
    assert shop.reviews([mine]).keys() == {mine}
    shop.resubmit(mine, own(tmp_path))
    shop.withdraw(mine)
    assert [one.id for one in served.sandbox.signatures("ucloud")] == [theirs.id]


def test_a_resources_project_goes_before_the_accounts(
    served: RunningSandbox, api: SignatureApi, tmp_path: Path
) -> None:
    wanted = own(tmp_path, project_id="org-shop")
    handle = submitted(api, wanted)
    assert handle.scope == "org-shop/mainland"
    assert [one.id for one in api.find(wanted)] == [handle.id]
    api.resubmit(handle, wanted)
    assert handle in api.reviews([handle])
    projects = {call.fields.get("ProjectId") for call in served.sandbox.calls("ucloud")}
    assert projects == {"org-shop"}
    with pytest.raises(errors.AccountError, match="no such project"):
        api.submit(own(tmp_path, project_id="org-404"))


@pytest.mark.parametrize("none", [None, ""])
def test_the_default_project_is_named_in_no_call(
    served: RunningSandbox, connect: Connect, tmp_path: Path, none: str | None
) -> None:
    api = connect(project_id=none)
    handle = submitted(api, own(tmp_path))
    assert handle.scope == "default/mainland"
    assert handle in api.reviews([handle])
    assert handle in connect().reviews([handle])
    api.withdraw(handle)
    assert all("ProjectId" not in call.fields for call in served.sandbox.calls("ucloud"))


# What is sent


def test_files_arrive_whole_in_the_documented_form(
    api: SignatureApi, served: RunningSandbox, tmp_path: Path
) -> None:
    served.sandbox.switches.set({"ucloud.file_format": "documented"})
    handle = submitted(api, others(tmp_path))
    sent = served.sandbox.signature("ucloud", handle.id).evidence
    assert sent == {"File": Evidence.of(png()), "ProxyFile": Evidence.of(jpeg())}

    letter = written(tmp_path, "letter.png", png(7))
    api.resubmit(handle, others(tmp_path, proxy_file=letter))
    sent = served.sandbox.signature("ucloud", handle.id).evidence
    assert sent == {"File": Evidence.of(png()), "ProxyFile": Evidence.of(png(7))}
    assert sent["ProxyFile"].sha256 == letter["sha256"]


def test_urls_of_papers_go_with_a_change_and_never_with_a_new_application(
    api: SignatureApi, served: RunningSandbox, tmp_path: Path
) -> None:
    urls = {"document": "https://files.example/a.png", "proxy_doc": "https://files.example/b.png"}
    handle = submitted(api, others(tmp_path, **urls))
    api.resubmit(handle, others(tmp_path, file=None, proxy_file=None, **urls))
    (created,) = served.sandbox.calls("ucloud", CREATE)
    (updated,) = served.sandbox.calls("ucloud", UPDATE)
    assert not {"Document", "ProxyDoc"} & created.fields.keys()
    assert not {"File", "ProxyFile"} & updated.fields.keys()
    assert updated.fields["Document"] == urls["document"]
    assert updated.fields["ProxyDoc"] == urls["proxy_doc"]


# Answers that are lost, late or odd


def writes(api: SignatureApi, there: Handle, folder: Path) -> Mapping[str, Callable[[], object]]:
    return {
        CREATE: lambda: api.submit(own(folder)),
        UPDATE: lambda: api.resubmit(there, own(folder, there.text)),
        DELETE: lambda: api.withdraw(there),
    }


@pytest.mark.parametrize("code", [110, 130, 150, 151, 200, 18004, 18007])
def test_the_vendors_own_trouble_leaves_a_writes_outcome_unknown(
    api: SignatureApi, served: RunningSandbox, tmp_path: Path, code: int
) -> None:
    handle = submitted(api, own(tmp_path, "极客网络"))
    served.sandbox.log.clear()
    for action, write in writes(api, handle, tmp_path).items():
        fault(served, action, "error", code=code, message="timeout")
        with pytest.raises(errors.OutcomeUnknownError) as caught:
            write()
        assert (caught.value.code, caught.value.vendor_message) == (str(code), "timeout")
        assert caught.value.request_id
    assert [call.action for call in served.sandbox.calls("ucloud")] == [CREATE, UPDATE, DELETE]


@pytest.mark.parametrize("code", [110, 153])
def test_trouble_is_waited_out_by_a_question(
    api: SignatureApi, served: RunningSandbox, tmp_path: Path, code: int
) -> None:
    handle = submitted(api, own(tmp_path))
    fault(served, QUERY, "error", code=code, times=3)
    assert handle in api.reviews([handle])
    assert len(served.sandbox.calls("ucloud", QUERY)) == 4


@pytest.mark.parametrize("kind", ["html", "truncated", "missing", "empty", "drop_after", "status"])
def test_an_odd_answer_to_a_deletion_leaves_its_outcome_unknown_and_is_not_repeated(
    api: SignatureApi, served: RunningSandbox, tmp_path: Path, kind: str
) -> None:
    handle = submitted(api, own(tmp_path))
    served.sandbox.log.clear()
    fault(served, DELETE, kind)
    with pytest.raises(errors.OutcomeUnknownError):
        api.withdraw(handle)
    assert [call.action for call in served.sandbox.calls("ucloud")] == [DELETE]


def test_a_creation_that_answers_no_id_is_of_unknown_outcome(
    api: SignatureApi, served: RunningSandbox, tmp_path: Path
) -> None:
    fault(served, CREATE, "missing", key="SigId")
    with pytest.raises(errors.OutcomeUnknownError):
        api.submit(own(tmp_path))
    (there,) = served.sandbox.signatures("ucloud")
    assert [one.id for one in api.find(own(tmp_path))] == [there.id]
