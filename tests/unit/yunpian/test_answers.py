from __future__ import annotations

import httpx
import pytest

from pulumi_smssign.model.errors import (
    AccountError,
    InputError,
    OutcomeUnknownError,
    UnavailableError,
    UnreachableError,
)
from pulumi_smssign.model.vocabulary import Status
from tests.unit.yunpian.desk import (
    HANDLE,
    Answer,
    connected,
    found,
    refused,
    signature,
    taken,
)
from tests.yunpian_applications import SIGN, application

ODD_ANSWERS: list[Answer] = [
    '{"code": null, "sign": []}',
    '{"code": false, "total": 0, "sign": []}',
    '{"code": 0.5, "total": 0, "sign": []}',
    '{"code": 1e999, "total": 0, "sign": []}',
    '{"code": "none", "sign": []}',
    '{"timestamp": 1, "status": 404, "error": "Not Found"}',
    '{"code": 0}',
    '{"code": 0, "sign": "OK"}',
    '{"code": 0, "sign": 7}',
    '{"code": 0, "total": 0, "sign": {}}',
    '{"code": 0, "total": null, "sign": []}',
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
        (signature(status="APPLYING_VIP"), "APPLYING_VIP", Status.APPROVED),
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
        found(signature("极客科技商城")) | {"total": 2},
        '{"code": 0, "total": 1}',
    ],
)
def test_an_odd_answer_never_means_absent(answer: Answer) -> None:
    api, desk = connected(*[answer] * 6)
    with pytest.raises(UnavailableError) as caught:
        api.reviews([HANDLE])
    assert "not in the format of yunpian" in str(caught.value)
    assert len(desk.forms) == 6


@pytest.mark.parametrize("answer", [*ODD_ANSWERS, refused(-99)])
def test_an_add_whose_answer_is_odd_is_never_sent_again(answer: Answer) -> None:
    api, desk = connected(answer)
    with pytest.raises(OutcomeUnknownError):
        api.submit(application())
    assert desk.paths == ["add"]


def test_a_signature_in_an_array_is_taken_since_the_page_calls_it_one() -> None:
    answer = taken()
    api, _ = connected({**answer, "sign": [answer["sign"]]})
    assert api.submit(application()) == SIGN


def test_an_answer_without_a_code_says_yes_as_in_the_official_sdks() -> None:
    answer = taken()
    del answer["code"]
    api, _ = connected(answer)
    assert api.submit(application()) == SIGN


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


def test_an_error_names_the_call_the_code_and_the_vendors_words() -> None:
    api, _ = connected(refused(-3, "IP 192.0.2.1 没有权限"))
    with pytest.raises(AccountError) as caught:
        api.find(application())
    shown = str(caught.value)
    assert "action: sign/get" in shown
    assert "code: -3" in shown
    assert "IP 192.0.2.1 没有权限" in shown
    assert "allow-list" in shown
