"""Our client against the sandbox: every answer of Yunpian's that is not a plain yes."""

from __future__ import annotations

import base64
import logging
import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from urllib.parse import quote, quote_plus, unquote

import pytest
from pydantic import JsonValue

from pulumi_smssign.model import errors
from pulumi_smssign.model.review import Handle, Review
from pulumi_smssign.model.vocabulary import Status
from pulumi_smssign.sandbox import Evidence
from pulumi_smssign.sandbox.server import RunningSandbox, running
from pulumi_smssign.yunpian.api import SignatureApi
from pulumi_smssign.yunpian.application import SignatureApplication
from pulumi_smssign.yunpian.auth import MAINLAND, OVERSEAS, AccountCredentials
from pulumi_smssign.yunpian.rules import RULES
from tests.contract.again import resubmit
from tests.images import jpeg, png
from tests.yunpian_applications import SIGN, application, own_use, written

ADD, GET, UPDATE = "add", "get", "update"

LONGER = f"{SIGN}商城"
HANDLE = Handle(SIGN, SIGN)

PERSON = {
    "id_card_name": "赵钱孙",
    "id_card_number": "11010119000101001x",
    "agent_mobile": "13000000000",
    "id_card_front_url": "https://papers.example/front~1?token=zq+7",
    "id_card_back_url": "https://papers.example/证件/back",
}
LICENCES = ["https://papers.example/licence?token=zq%2F1", "https://papers.example/two"]
ENCODED = base64.b64encode(png(9)).decode()
PERSONAL = [*PERSON.values(), *LICENCES]

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


def for_others(**changes: object) -> SignatureApplication:
    company = {"sign_use": 1, "business_license_name": "极客科技商贸有限公司"}
    return application({**own_use(), **company, **PERSON, "licence_urls": LICENCES}, **changes)


def fault(served: RunningSandbox, action: str, kind: str, **more: JsonValue) -> None:
    served.sandbox.faults.add({"vendor": "yunpian", "action": action, "kind": kind, **more})


def made(served: RunningSandbox) -> list[str]:
    """The calls that were made, in their order."""
    return [call.action for call in served.sandbox.calls("yunpian")]


def only(api: SignatureApi, text: str = SIGN) -> Review:
    (review,) = api.reviews([Handle(text, text)]).values()
    return review


# The life of a signature


def test_a_signature_from_submission_to_approval(api: SignatureApi, served: RunningSandbox) -> None:
    assert api.submit(application()) == SIGN
    first = only(api)
    assert (first.id, first.text, first.status) == (SIGN, SIGN, Status.PENDING)
    assert api.find(application()) == [first]

    served.sandbox.reject("yunpian", SIGN, "营业执照不清晰")
    assert (only(api).status, only(api).reason) == (Status.REJECTED, "营业执照不清晰")
    api.resubmit(HANDLE, application(sign="极客科技旅行", industry_type="商业服务"))
    assert api.reviews([HANDLE]) == {}
    renamed = only(api, "极客科技旅行")
    assert (renamed.status, renamed.reason) == (Status.PENDING, "")
    assert renamed.reported["industry_type"] == "商业服务"

    served.sandbox.approve("yunpian", "极客科技旅行")
    approved = only(api, "极客科技旅行")
    assert approved.usable
    assert approved.outputs == {"enabled": True, "vip": False, "chan": "NORMAL", "extend": "0421"}
    with pytest.raises(errors.RefusedError, match="can't delete"):
        api.withdraw(Handle(SIGN, "极客科技旅行"))
    assert only(api, "极客科技旅行") == approved


@pytest.mark.parametrize("brackets", [True, False])
def test_a_text_is_asked_for_exactly_and_not_as_a_part_of_others(
    api: SignatureApi, served: RunningSandbox, brackets: bool
) -> None:
    served.sandbox.switches.set({"yunpian.result_brackets": brackets})
    api.submit(application(sign=LONGER))
    assert api.find(application()) == []
    assert api.reviews([HANDLE]) == {}
    assert only(api, LONGER).text == LONGER
    asked = [call.fields["sign"] for call in served.sandbox.calls("yunpian", GET)]
    assert asked == [f"【{SIGN}】", f"【{SIGN}】", f"【{LONGER}】"]


@pytest.mark.parametrize(
    ("state", "status"),
    [
        ("CHECKING", Status.PENDING),
        ("FAIL", Status.REJECTED),
        ("SUCCESS", Status.APPROVED),
        ("APLLYING_VIP", Status.APPROVED),
        ("SUCCESS (disabled)", Status.SUSPENDED),
        ("ARCHIVED", Status.UNKNOWN),
    ],
)
def test_every_state_is_told_apart(
    api: SignatureApi, served: RunningSandbox, state: str, status: Status
) -> None:
    api.submit(application(apply_vip=True))
    served.sandbox.set_status("yunpian", SIGN, state)
    fault(served, GET, "unknown_fields")
    review = only(api)
    assert (review.status, review.vendor_status) == (status, state)
    assert review.usable is (status is Status.APPROVED)


@pytest.mark.parametrize("state", ["SUCCESS", "APLLYING_VIP", "SUCCESS (disabled)"])
@pytest.mark.parametrize("code", ["2", "-2", "-55"])
def test_an_update_that_comes_too_late_says_that_the_review_moved(
    api: SignatureApi, served: RunningSandbox, state: str, code: str
) -> None:
    served.sandbox.switches.set({"yunpian.update_approved_code": code})
    api.submit(application())
    fault(served, UPDATE, "verdict", verdict="status", vendor_status=state, text=SIGN)
    with pytest.raises(errors.ReviewMovedError) as caught:
        resubmit(RULES, api, HANDLE, application(industry_type="金融"))
    assert caught.value.code == code
    assert made(served).count(UPDATE) == 1


def test_a_rename_onto_a_text_that_is_there_is_refused_before_anything_is_sent(
    api: SignatureApi, served: RunningSandbox
) -> None:
    api.submit(application())
    api.submit(application(sign=LONGER))
    served.sandbox.log.clear()
    with pytest.raises(errors.DuplicateError, match=f'adopt="{LONGER}"'):
        resubmit(RULES, api, HANDLE, application(sign=LONGER))
    assert made(served) == [GET, GET]


# What is sent


@pytest.mark.parametrize("host", ["mainland", "overseas"])
def test_the_endpoint_says_which_host_is_asked(
    served: RunningSandbox, connect: Connect, host: str
) -> None:
    with running() as abroad:
        hosts = {"mainland": served, "overseas": abroad}
        connect(endpoint=hosts[host].url).submit(application())
        there = {name for name, each in hosts.items() if each.sandbox.signatures("yunpian")}
    assert there == {host}
    assert (MAINLAND, OVERSEAS) == ("https://sms.yunpian.com", "https://us.yunpian.com")
    assert AccountCredentials.model_validate({"apikey": "k"}).endpoint == MAINLAND


def test_several_licences_arrive_whole_and_in_their_order(
    api: SignatureApi, served: RunningSandbox, tmp_path: Path
) -> None:
    pictures = [jpeg(1), png(2, padding=300_000), jpeg(3), png(4), png(5), png(6), png(7)]
    files = [written(tmp_path, str(number), each) for number, each in enumerate(pictures)]
    api.submit(application(licences=files, prove_type=1))
    sent = served.sandbox.signature("yunpian", SIGN).evidence
    assert sent == {
        f"license_base64.{number}": Evidence.of(each) for number, each in enumerate(pictures, 1)
    }
    assert [each.sha256 for each in sent.values()] == [file["sha256"] for file in files]


# Personal data


def test_personal_fields_arrive_and_nothing_that_is_logged_shows_them(
    api: SignatureApi, served: RunningSandbox, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    urls = dict.fromkeys(("id_card_front_url", "id_card_back_url"))
    files = {name.removesuffix("_url"): written(tmp_path, name, png(9)) for name in urls}
    wanted = [for_others(), for_others(**urls, **files)]
    api.submit(wanted[0])
    api.resubmit(HANDLE, wanted[1])
    (added,), (updated,) = (served.sandbox.calls("yunpian", action) for action in (ADD, UPDATE))
    assert {added.fields[name] for name in PERSON} == {True}
    assert {updated.fields[name] for name in (PERSON.keys() - urls.keys()) | files.keys()} == {True}

    logged = [record.getMessage() for record in caplog.records]
    assert any("/v2/sign/add.json" in line for line in logged)
    shown = "\n".join((*logged, *map(repr, wanted), repr(api), repr(served.sandbox.calls())))
    key = AccountCredentials.sandbox(served.url, "default").apikey.get_secret_value()
    for secret in (key, *PERSONAL, ENCODED[:11]):
        assert secret not in shown
        assert quote_plus(secret) not in shown


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
@pytest.mark.parametrize("code", [2, -3, -50])
def test_no_error_shows_personal_data_that_the_vendor_repeats(
    api: SignatureApi, served: RunningSandbox, spelling: str, code: int
) -> None:
    SignatureApplication.keep_personal_data_secret({**PERSON, "licence_urls": LICENCES})
    personal = (*PERSONAL, "11010119000101001X", ENCODED * 9)
    echoes = [SPELLINGS[spelling](text) for text in personal]
    for action in (ADD, UPDATE):
        fault(served, action, "error", code=code, message="参数格式不正确，" + "；".join(echoes))
    with pytest.raises(errors.SmsSignError) as added:
        api.submit(for_others())
    with pytest.raises(errors.SmsSignError) as updated:
        api.resubmit(HANDLE, for_others())
    for error in (added.value, updated.value):
        assert "参数格式不正确" in str(error)
        assert [
            echo for echo in echoes if echo in f"{error} {error!r} {error.vendor_message}"
        ] == []


def test_a_number_that_the_vendor_refuses_is_not_repeated(api: SignatureApi) -> None:
    SignatureApplication.keep_personal_data_secret({"agent_mobile": "+86-13000000007"})
    with pytest.raises(errors.InputError) as caught:
        api.submit(for_others(agent_mobile="+86-13000000007"))
    assert "agent_mobile:[secret]" in str(caught.value)
    assert "13000000007" not in str(caught.value)


# Errors by their code


@pytest.mark.parametrize("status", ["400", "429", "403", "200"])
def test_a_limited_rate_is_waited_out_whatever_its_http_status(
    api: SignatureApi, served: RunningSandbox, status: str
) -> None:
    for action in (ADD, UPDATE, GET):
        fault(served, action, "error", code=-5, http_status=int(status), times=2)
    api.submit(application())
    api.reviews([HANDLE])
    api.resubmit(HANDLE, application())
    calls = served.sandbox.calls("yunpian")
    assert made(served) == [ADD] * 3 + [GET] * 3 + [UPDATE] * 3
    assert {call.http_status for call in calls if call.fault} == {int(status)}


@pytest.mark.parametrize("status", ["400", "500", "502", "503", "200"])
@pytest.mark.parametrize("code", [-50, -51])
def test_trouble_at_the_vendor_leaves_a_writes_outcome_unknown_whatever_its_http_status(
    api: SignatureApi, served: RunningSandbox, code: int, status: str
) -> None:
    order: dict[str, JsonValue] = {"code": code, "http_status": int(status)}
    for action in (ADD, UPDATE):
        fault(served, action, "error", **order)
    fault(served, GET, "error", times=2, **order)
    with pytest.raises(errors.OutcomeUnknownError) as caught:
        api.submit(application())
    assert caught.value.code == str(code)
    assert made(served) == [ADD]
    assert api.find(application()) == []
    api.submit(application())
    with pytest.raises(errors.OutcomeUnknownError):
        api.resubmit(HANDLE, application())
    assert made(served) == [ADD, GET, GET, GET, ADD, UPDATE]


@pytest.mark.parametrize(
    ("code", "error"),
    [
        (1, errors.InputError),
        (53, errors.RefusedError),
        (55, errors.AccountError),
        (-1, errors.AccountError),
        (-4, errors.AccountError),
        (-54, errors.DuplicateError),
        (-62, errors.AccountError),
    ],
)
@pytest.mark.parametrize("http_status", [200, 400, 401, 500])
def test_a_no_is_not_asked_for_again_whatever_its_http_status(
    api: SignatureApi,
    served: RunningSandbox,
    code: int,
    error: type[errors.SmsSignError],
    http_status: int,
) -> None:
    fault(served, ADD, "error", code=code, http_status=http_status)
    with pytest.raises(error) as caught:
        api.submit(application())
    assert (caught.type, caught.value.code) == (error, str(code))
    assert made(served) == [ADD]


# Answers that are lost or odd


@pytest.mark.parametrize(
    ("kind", "arrived"),
    [
        ("drop_after", True),
        ("truncated", True),
        ("missing", True),
        ("empty", True),
        ("html", False),
        ("status", False),
    ],
)
def test_an_add_whose_answer_is_lost_is_not_sent_again_and_is_found_if_it_arrived(
    api: SignatureApi, served: RunningSandbox, kind: str, arrived: bool
) -> None:
    fault(served, ADD, kind)
    with pytest.raises(errors.OutcomeUnknownError):
        api.submit(application())
    assert [one.text for one in api.find(application())] == ([SIGN] if arrived else [])
    assert made(served) == [ADD, GET]


@pytest.mark.parametrize("kind", ["drop_after", "truncated"])
def test_a_rename_whose_answer_is_lost_is_seen_to_have_worked(
    api: SignatureApi, served: RunningSandbox, kind: str
) -> None:
    api.submit(application())
    fault(served, UPDATE, kind)
    resubmit(RULES, api, HANDLE, application(sign=LONGER))
    assert only(api, LONGER).status is Status.PENDING
    assert made(served).count(UPDATE) == 1


@pytest.mark.parametrize("kind", ["drop_before", "html", "status"])
def test_a_rename_that_never_arrived_is_of_unknown_outcome_and_not_sent_again(
    api: SignatureApi, served: RunningSandbox, kind: str
) -> None:
    api.submit(application())
    fault(served, UPDATE, kind)
    with pytest.raises(errors.OutcomeUnknownError):
        resubmit(RULES, api, HANDLE, application(sign=LONGER))
    assert only(api).status is Status.PENDING
    assert made(served).count(UPDATE) == 1


@pytest.mark.parametrize("http_status", [302, 404, 502])
def test_a_yes_under_another_http_status_is_never_taken_for_gone(
    api: SignatureApi, served: RunningSandbox, http_status: int
) -> None:
    body: JsonValue = {"code": 0, "total": 0, "sign": []}
    fault(served, GET, "body", body=body, http_status=http_status, times=None)
    with pytest.raises(errors.UnavailableError, match=f"HTTP {http_status}"):
        api.reviews([HANDLE])
