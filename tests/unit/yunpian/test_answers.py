from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from pulumi_smssign.errors import (
    AccountError,
    DuplicateError,
    InputError,
    OutcomeUnknownError,
    RateLimitedError,
    RefusedError,
    SmsSignError,
    UnavailableError,
    UnreachableError,
)
from pulumi_smssign.lifecycle import Status
from pulumi_smssign.submission import submit_once
from pulumi_smssign.yunpian.application import SignatureApplication
from pulumi_smssign.yunpian.rules import RULES
from tests.unit.yunpian.applications import PERSON, SIGN, application, for_others
from tests.unit.yunpian.desk import (
    HANDLE,
    Answer,
    connected,
    found,
    neutral,
    refused,
    signature,
    taken,
)

HTML = httpx.Response(502, html="<html>Bad Gateway</html>")
LOST = httpx.ReadTimeout("the answer did not come")

ODD_ANSWERS: list[Answer] = [
    HTML,
    '{"code": 0, "total": 1, "sign": [{"check_st',
    "",
    "[]",
    "null",
    '"sign"',
    '{"msg": "OK"}',
    '{"code": null, "sign": []}',
    '{"code": "none", "sign": []}',
    '{"timestamp": 1, "status": 404, "error": "Not Found"}',
    '{"code": 0}',
    '{"code": 0, "sign": "OK"}',
    '{"code": 0, "sign": 7}',
    '{"code": 0, "total": 1, "sign": [{"check_status": "SUCCESS"}]}',
    '{"code": 0, "total": 1, "sign": [null]}',
]


def test_only_what_bears_exactly_the_text_is_taken() -> None:
    api, _ = connected(
        found(signature("极客科技商城"), signature("极客"), signature(status="FAIL"))
    )
    assert [review.vendor_status for review in api.find(application())] == ["FAIL"]
    api, _ = connected(found(signature("极客科技商城")))
    assert api.reviews([HANDLE]) == {}


@pytest.mark.parametrize(
    ("item", "vendor_status", "status"),
    [
        (signature(status="CHECKING"), "CHECKING", Status.PENDING),
        (signature(status="FAIL"), "FAIL", Status.REJECTED),
        (signature(status="SUCCESS"), "SUCCESS", Status.APPROVED),
        (signature(status="APLLYING_VIP"), "APLLYING_VIP", Status.APPROVED),
        (signature(status="APPLYING_VIP"), "APPLYING_VIP", Status.APPROVED),
        (signature(status="SUCCESS", enabled=False), "SUCCESS (disabled)", Status.SUSPENDED),
        (signature(status="FAIL", enabled=False), "FAIL", Status.REJECTED),
        (signature(status="SUCCESS", enabled=None), "SUCCESS", Status.APPROVED),
        (signature(status="ARCHIVED", enabled=False), "ARCHIVED", Status.UNKNOWN),
    ],
)
def test_a_status_is_the_vendors_and_whether_it_is_switched_on(
    item: dict[str, object], vendor_status: str, status: Status
) -> None:
    api, _ = connected(found(item))
    review = api.reviews([HANDLE])[HANDLE]
    assert (review.vendor_status, review.status) == (vendor_status, status)


def test_an_industry_that_no_program_can_name_any_more_is_no_drift() -> None:
    api, _ = connected(
        found(signature(industry_type="教育")), found(signature(industry_type="金融"))
    )
    assert "industry_type" not in api.reviews([HANDLE])[HANDLE].reported
    assert api.reviews([HANDLE])[HANDLE].reported["industry_type"] == "金融"


def test_the_reviewers_words_are_the_reason() -> None:
    api, _ = connected(found(signature(status="FAIL", remark="营业执照不清晰")))
    assert api.reviews([HANDLE])[HANDLE].reason == "营业执照不清晰"


def test_what_an_answer_has_beyond_the_page_or_lacks_of_it_does_no_harm() -> None:
    item = {"sign": SIGN, "check_status": "SUCCESS", "sign_id": 7, "remark": None, "extend": 421}
    api, _ = connected({"code": "0", "total": 1, "sign": [item], "trace": "x"})
    review = api.reviews([HANDLE])[HANDLE]
    assert review.status is Status.APPROVED
    assert review.reported == {"sign": SIGN}
    assert review.outputs["extend"] == "421"


@pytest.mark.parametrize(
    "answer",
    [
        {"code": 0, "total": 0, "sign": []},
        {"code": 0, "total": 0, "sign": None},
        {"code": 0, "total": 0},
        {"code": 0, "sign": []},
        {"total": 0, "sign": []},
        refused(-55),
    ],
)
def test_a_signature_is_absent_when_the_vendor_says_so(answer: dict[str, object]) -> None:
    api, _ = connected(answer)
    assert api.reviews([HANDLE]) == {}


@pytest.mark.parametrize(
    "answer",
    [
        *ODD_ANSWERS,
        '{"code": 0, "total": 1, "sign": [{"sign": "【极客科技】"}]}',
        '{"code": 0, "total": 2, "sign": []}',
        '{"code": 0, "total": 1}',
    ],
)
def test_an_odd_answer_never_means_absent(answer: Answer) -> None:
    api, desk = connected(*[answer] * 6)
    with pytest.raises(UnavailableError) as caught:
        api.reviews([HANDLE])
    assert "not one of yunpian" in str(caught.value)
    assert len(desk.forms) == 6


@pytest.mark.parametrize(
    "answer", [*ODD_ANSWERS, taken("别的签名"), LOST, refused(-50), refused(-51), refused(-99)]
)
def test_an_add_whose_answer_is_odd_or_lost_is_never_sent_again(answer: Answer) -> None:
    api, desk = connected(answer)
    with pytest.raises(OutcomeUnknownError):
        api.submit(application())
    assert desk.paths == ["add"]


def test_an_add_whose_answer_was_lost_is_looked_for() -> None:
    api, desk = connected(found(), LOST, found(), found(signature()))
    submitted = submit_once(RULES, neutral(api), application(), sleep=desk.slept.append)
    assert submitted.id == SIGN
    assert desk.paths == ["get", "add", "get", "get"]


def test_a_signature_in_an_array_is_taken_since_the_page_calls_it_one() -> None:
    answer = taken()
    api, _ = connected({**answer, "sign": [answer["sign"]]})
    assert api.submit(application()) == SIGN


def test_an_answer_without_a_code_says_yes_as_in_the_official_sdks() -> None:
    answer = taken()
    del answer["code"]
    api, _ = connected(answer)
    assert api.submit(application()) == SIGN


@pytest.mark.parametrize(
    ("code", "error"),
    [
        (1, InputError),
        (2, InputError),
        (4, InputError),
        (-1, AccountError),
        (-3, AccountError),
        (-4, AccountError),
        (-54, DuplicateError),
        (-62, AccountError),
        (53, RefusedError),
    ],
)
@pytest.mark.parametrize("http_status", [200, 400, 500])
def test_the_code_of_the_body_decides_whatever_the_http_status(
    code: int, error: type[SmsSignError], http_status: int
) -> None:
    api, desk = connected(httpx.Response(http_status, json=refused(code, "参数sign格式不正确")))
    with pytest.raises(error) as caught:
        api.submit(application())
    assert caught.type is error
    assert (caught.value.code, caught.value.action) == (str(code), "sign/add")
    assert caught.value.words == "请求参数格式错误: 参数sign格式不正确"
    assert len(desk.forms) == 1


def test_a_limited_rate_is_tried_again_with_the_same_body(tmp_path: Path) -> None:
    api, desk = connected(refused(-5), refused(-5), taken())
    assert api.submit(application(for_others(tmp_path))) == SIGN
    assert len(desk.slept) == 2
    assert desk.requests[0].content == desk.requests[2].content


def test_a_used_up_quota_is_not_asked_for_again() -> None:
    api, desk = connected(refused(-4))
    with pytest.raises(AccountError, match="used up"):
        api.reviews([HANDLE])
    assert len(desk.forms) == 1


def test_a_rate_that_stays_limited_is_told_as_such() -> None:
    api, _ = connected(*[refused(-5)] * 6)
    with pytest.raises(RateLimitedError):
        api.submit(application())


def test_a_read_is_tried_again_when_the_vendor_has_trouble() -> None:
    api, desk = connected(refused(-51), HTML, LOST, found(signature()))
    assert api.reviews([HANDLE])[HANDLE].status is Status.PENDING
    assert len(desk.forms) == 4


def test_a_write_is_tried_again_when_nobody_was_there() -> None:
    api, desk = connected(httpx.ConnectError("refused"), taken())
    assert api.submit(application()) == SIGN
    assert desk.paths == ["add", "add"]
    api, _ = connected(*[httpx.ConnectError("refused")] * 3)
    with pytest.raises(UnreachableError):
        api.submit(application())


def test_a_body_that_a_gateway_finds_too_large_is_the_users_to_make_smaller() -> None:
    api, _ = connected(httpx.Response(413, html="<html>Request Entity Too Large</html>"))
    with pytest.raises(InputError, match="larger than its gateway takes"):
        api.submit(application())


def test_a_redirect_is_not_followed_since_it_would_carry_the_key_elsewhere() -> None:
    answer = httpx.Response(302, headers={"Location": "http://127.0.0.1:9/elsewhere"})
    api, desk = connected(answer)
    with pytest.raises(OutcomeUnknownError):
        api.submit(application())
    assert len(desk.forms) == 1


@pytest.mark.parametrize("code", [2, -50])
def test_the_vendors_echo_of_personal_data_is_scrubbed(code: int, tmp_path: Path) -> None:
    url = "https://papers.example/licence?signature=zq1"
    inputs = for_others(tmp_path, licences=None, licence_urls=[url])
    SignatureApplication.keep_personal_data_secret(inputs)
    secrets = [*PERSON.values(), url, "iVBORw0KGgo" * 50]
    api, _ = connected(refused(code, " ".join(secrets)))
    with pytest.raises(SmsSignError) as caught:
        api.submit(application(inputs))
    assert "请求参数格式错误" in str(caught.value)
    for secret in secrets:
        assert secret not in str(caught.value)


def test_an_error_names_the_call_the_code_and_the_vendors_words() -> None:
    api, _ = connected(refused(-3, "IP 192.0.2.1 没有权限"))
    with pytest.raises(AccountError) as caught:
        api.find(application())
    shown = str(caught.value)
    assert "action: sign/get" in shown
    assert "code: -3" in shown
    assert "IP 192.0.2.1 没有权限" in shown
    assert "allow-list" in shown
