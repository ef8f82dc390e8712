"""Yunpian's specials: texts for ids, two hosts, personal data, and codes under any status."""

from __future__ import annotations

import base64
import logging
import re
from collections.abc import Callable
from urllib.parse import quote, quote_plus, unquote

import pytest

from pulumi_smssign.core import secrets
from pulumi_smssign.model import errors
from pulumi_smssign.model.review import Handle
from pulumi_smssign.model.vocabulary import Status
from pulumi_smssign.sandbox import Evidence
from tests.contract.client import OLD, Client, at
from tests.engine.cases import YUNPIAN
from tests.images import jpeg, png

pytestmark = at(YUNPIAN)

ADD, GET, UPDATE = "add", "get", "update"
LONGER = f"{OLD}商城"
HANDLE = Handle(OLD, OLD)
PERSON = {
    "id_card_name": "赵钱孙",
    "id_card_number": "11010119000101001x",
    "agent_mobile": "13000000000",
    "id_card_front_url": "https://papers.example/front~1?token=zq+7",
    "id_card_back_url": "https://papers.example/证件/back",
}
LICENCES = ["https://papers.example/licence?token=zq%2F1", "https://papers.example/two"]
ENCODED = base64.b64encode(png(9)).decode()
FOR_OTHERS: dict[str, object] = {
    "sign_use": 1,
    "business_license_name": "极客科技商贸有限公司",
    **PERSON,
    "licences": None,
    "licence_urls": LICENCES,
}


# Texts


def test_renamed_signature_is_found_by_its_present_text_alone(client: Client) -> None:
    handle = client.rejected()
    client.api.resubmit(handle, client.application("极客旅行", industry_type="商业服务"))
    assert client.api.reviews([handle]) == {}
    review = client.review(Handle(OLD, "极客旅行"))
    assert (review.status, review.reason) == (Status.PENDING, "")
    assert review.reported["industry_type"] == "商业服务"
    client.sandbox.approve("yunpian", "极客旅行")
    outputs = client.review(Handle(OLD, "极客旅行")).outputs
    assert outputs == {"enabled": True, "vip": False, "chan": "NORMAL", "extend": "0421"}


@pytest.mark.parametrize("brackets", [True, False])
def test_text_is_asked_for_exactly_and_not_as_a_part_of_others(
    client: Client, brackets: bool
) -> None:
    client.switch(result_brackets=brackets)
    client.submitted(LONGER)
    assert client.search() == []
    assert client.api.reviews([HANDLE]) == {}
    assert client.review(Handle(LONGER)).text == LONGER
    asked = [call.fields["sign"] for call in client.sandbox.calls("yunpian", GET)]
    assert asked == [f"【{OLD}】", f"【{OLD}】", f"【{LONGER}】"]


def test_rename_onto_a_text_that_is_taken_is_refused_before_it_is_sent(client: Client) -> None:
    handle = client.submitted()
    client.submitted(LONGER)
    client.sandbox.log.clear()
    with pytest.raises(errors.DuplicateError, match=f'adopt="{LONGER}"'):
        client.resubmit(handle, client.application(LONGER))
    assert client.calls() == [GET, GET]


@pytest.mark.parametrize("kind", ["drop_after", "truncated"])
def test_rename_whose_answer_is_lost_is_seen_to_have_worked(client: Client, kind: str) -> None:
    handle = client.submitted()
    client.fault(UPDATE, kind)
    client.resubmit(handle, client.application(LONGER))
    assert client.review(Handle(LONGER)).status is Status.PENDING
    assert client.calls(UPDATE) == [UPDATE]


@pytest.mark.parametrize("kind", ["drop_before", "html"])
def test_rename_that_never_arrived_is_of_unknown_outcome(client: Client, kind: str) -> None:
    handle = client.submitted()
    client.fault(UPDATE, kind)
    with pytest.raises(errors.OutcomeUnknownError):
        client.resubmit(handle, client.application(LONGER))
    assert client.review(handle).status is Status.PENDING
    assert client.calls(UPDATE) == [UPDATE]


def test_signature_in_an_array_is_read(client: Client) -> None:
    client.switch(add_sign_shape="array")
    assert client.review(client.submitted()).status is Status.PENDING


def test_locked_signature_is_refused_with_why_it_may_be_locked(client: Client) -> None:
    client.switch(update_statuses="FAIL")
    handle = client.submitted()
    with pytest.raises(errors.SmsSignError) as refused:
        client.resubmit(handle, client.application(website="https://geek.example/new"))
    assert "while the carriers file it" in refused.value.advice


# Papers and personal data


def test_several_licences_arrive_whole_and_in_their_order(client: Client) -> None:
    pictures = [jpeg(1), png(2, padding=300_000), jpeg(3), png(4), png(5), png(6), png(7)]
    files = [client.proof(str(number), picture) for number, picture in enumerate(pictures)]
    client.submitted(licences=files)
    assert client.sandbox.signature("yunpian", OLD).evidence == {
        f"license_base64.{number}": Evidence.of(picture)
        for number, picture in enumerate(pictures, 1)
    }


def test_personal_fields_arrive_and_no_log_shows_them(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    urls = dict.fromkeys(("id_card_front_url", "id_card_back_url"))
    files = {name.removesuffix("_url"): client.proof(name, png(9)) for name in urls}
    applications = [
        client.application(**FOR_OTHERS),
        client.application(**{**FOR_OTHERS, **urls, **files}),
    ]
    client.api.submit(applications[0])
    client.api.resubmit(HANDLE, applications[1])
    (added,), (updated,) = (client.sandbox.calls("yunpian", action) for action in (ADD, UPDATE))
    assert {added.fields[name] for name in PERSON} == {True}
    assert {updated.fields[name] for name in (PERSON.keys() - urls.keys()) | files.keys()} == {True}

    lines = [record.getMessage() for record in caplog.records]
    assert any("/v2/sign/add.json" in line for line in lines)
    calls = repr(client.sandbox.calls())
    output = "\n".join((*lines, *map(repr, applications), repr(client.api), calls))
    for secret in (*client.case.keys.settings.values(), *PERSON.values(), *LICENCES, ENCODED[:11]):
        assert secret not in output
        assert quote_plus(secret) not in output


SPELLINGS: dict[str, Callable[[str], str]] = {
    "as it is": str,
    "as in a form": quote_plus,
    "as in a path": quote,
    "percent-encoded throughout": lambda text: quote(text, safe=""),
    "percent-encoded in small letters": lambda text: re.sub(
        "%..", lambda escape: escape[0].lower(), quote_plus(text)
    ),
    "percent-encoded where a URL needs it": lambda text: quote(text, safe=":/?#[]@!$&'()*+,;=%"),
    "decoded": unquote,
}


@pytest.mark.parametrize("spelling", SPELLINGS)
@pytest.mark.parametrize("code", [2, -50])
def test_no_error_shows_personal_data_that_the_vendor_repeats(
    client: Client, spelling: str, code: int
) -> None:
    secrets.keep({"vendor": "yunpian", **PERSON, "licence_urls": LICENCES})
    personal = (*PERSON.values(), *LICENCES, "11010119000101001X", ENCODED * 9)
    echoes = [SPELLINGS[spelling](text) for text in personal]
    message = "参数格式不正确，" + "；".join(echoes)
    application = client.application(**FOR_OTHERS)
    writes: dict[str, Callable[[], object]] = {
        ADD: lambda: client.api.submit(application),
        UPDATE: lambda: client.api.resubmit(HANDLE, application),
    }
    for action, write in writes.items():
        client.fault(action, "error", code=code, message=message)
        with pytest.raises(errors.SmsSignError) as refused:
            write()
        output = f"{refused.value} {refused.value!r} {refused.value.vendor_message}"
        assert "参数格式不正确" in output
        assert [echo for echo in echoes if echo in output] == []


def test_number_that_the_vendor_refuses_is_not_repeated(client: Client) -> None:
    secrets.keep({"vendor": "yunpian", "agent_mobile": "+86-13000000007"})
    with pytest.raises(errors.InputError) as refused:
        client.submitted(**{**FOR_OTHERS, "agent_mobile": "+86-13000000007"})
    assert "agent_mobile:[secret]" in str(refused.value)
    assert "13000000007" not in str(refused.value)


# Codes


@pytest.mark.parametrize("status", [429, 403, 200])
def test_rate_limit_is_waited_out_whatever_its_http_status(client: Client, status: int) -> None:
    client.fault(ADD, "error", code=-5, http_status=status, times=2)
    client.submitted()
    assert client.calls() == [ADD] * 3
    assert [call.http_status for call in client.sandbox.calls("yunpian")] == [status, status, 200]


@pytest.mark.parametrize("status", [400, 500, 200])
@pytest.mark.parametrize("code", [-50, -51])
def test_trouble_leaves_an_outcome_unknown_whatever_its_http_status(
    client: Client, code: int, status: int
) -> None:
    client.fault(ADD, "error", code=code, http_status=status)
    with pytest.raises(errors.OutcomeUnknownError) as unknown:
        client.submitted()
    assert unknown.value.code == str(code)
    assert client.calls() == [ADD]


@pytest.mark.parametrize(
    ("code", "error"),
    [
        (1, errors.InputError),
        (53, errors.RefusedError),
        (-1, errors.AccountError),
        (-4, errors.AccountError),
        (-54, errors.DuplicateError),
    ],
)
@pytest.mark.parametrize("status", [200, 401, 500])
def test_refusal_is_not_repeated_whatever_its_http_status(
    client: Client, code: int, error: type[errors.SmsSignError], status: int
) -> None:
    client.fault(ADD, "error", code=code, http_status=status)
    with pytest.raises(error) as refused:
        client.submitted()
    assert (refused.type, refused.value.code) == (error, str(code))
    assert client.calls() == [ADD]


@pytest.mark.parametrize(("kind", "arrived"), [("drop_after", [OLD]), ("html", [])])
def test_lost_submission_is_found_if_it_arrived(
    client: Client, kind: str, arrived: list[str]
) -> None:
    client.fault(ADD, kind)
    with pytest.raises(errors.OutcomeUnknownError):
        client.submitted()
    assert [review.text for review in client.search()] == arrived
    assert client.calls() == [ADD, GET]


@pytest.mark.parametrize("status", [302, 404, 502])
def test_yes_under_another_http_status_is_never_taken_for_gone(client: Client, status: int) -> None:
    body = '{"code": 0, "total": 0, "sign": []}'
    client.fault(GET, "body", body=body, http_status=status, times=None)
    with pytest.raises(errors.UnavailableError, match=f"HTTP {status}"):
        client.api.reviews([HANDLE])
