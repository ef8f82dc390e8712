"""Yunpian's answers: a text and its state, absences, refusals, and odd ones."""

from __future__ import annotations

from urllib.parse import parse_qsl

import httpx
import pytest

from pulumi_smssign.contract.answers import EnvelopeError, UnreadableError
from pulumi_smssign.contract.codes import Fault
from pulumi_smssign.model.errors import (
    AccountError,
    InputError,
    OutcomeUnknownError,
    UnavailableError,
    UnreachableError,
)
from pulumi_smssign.model.review import Handle, Review
from pulumi_smssign.model.vocabulary import Status
from pulumi_smssign.yunpian.answers import bare, payload
from tests.vendors.calls import Answer, Answering, answered
from tests.yunpian_applications import SIGN, application

HANDLE = Handle(SIGN, SIGN)


def signature(text: str = SIGN, status: str = "CHECKING", **changes: object) -> dict[str, object]:
    """A signature in the answer to a get."""
    return {
        "chan": "NONE",
        "check_status": status,
        "enabled": status != "CHECKING",
        "extend": "",
        "industry_type": "其它",
        "only_global": False,
        "remark": "",
        "sign": f"【{text}】",
        "vip": False,
        **changes,
    }


def listed(*signatures: dict[str, object]) -> dict[str, object]:
    """The answer to a get."""
    return {"code": 0, "total": len(signatures), "sign": list(signatures)}


TAKEN = {"code": 0, "msg": "OK", "sign": {"apply_state": "CHECKING", "sign": f"【{SIGN}】"}}


ODD_STATUS = "code is 0, and the HTTP status is an error"


def refused(code: int, detail: str = "") -> httpx.Response:
    body = {"http_status_code": 400, "code": code, "msg": "请求参数格式错误", "detail": detail}
    return httpx.Response(400, json=body)


def reviewed(**changes: object) -> Review:
    api, _ = answered("yunpian", listed(signature(**changes)))  # type: ignore[arg-type]
    review: Review = api.reviews([HANDLE])[HANDLE]
    return review


def texts(side: Answering) -> list[str]:
    """The texts that were asked for."""
    forms = (request.content.decode() for request in side.requests)
    return [dict(parse_qsl(form, keep_blank_values=True))["sign"] for form in forms]


# Questions


def test_only_the_exact_text_is_taken() -> None:
    others = (signature("极客科技商城"), signature("极客"))
    api, _ = answered("yunpian", listed(*others, signature(status="FAIL")), listed(*others))
    assert [review.vendor_status for review in api.find(application())] == ["FAIL"]
    assert api.reviews([HANDLE]) == {}


def test_present_text_goes_before_the_id_and_is_asked_for_once() -> None:
    handles = [Handle("旧名字", SIGN), Handle(SIGN), Handle(f"【{SIGN}】"), Handle("别的")]
    api, side = answered("yunpian", listed(signature()), listed())
    assert list(api.reviews(handles)) == handles[:3]
    assert texts(side) == ["", "【别的】"]
    api, side = answered("yunpian", listed(signature()))
    assert api.reviews(handles[:1])[handles[0]].text == SIGN
    assert texts(side) == [f"【{SIGN}】"]


@pytest.mark.parametrize(
    ("status", "enabled", "vendor_status", "meaning"),
    [
        ("APPLYING_VIP", True, "APPLYING_VIP", Status.APPROVED),
        ("FAIL", False, "FAIL", Status.REJECTED),
        ("SUCCESS", None, "SUCCESS", Status.APPROVED),
        ("ARCHIVED", False, "ARCHIVED", Status.UNKNOWN),
    ],
)
def test_status_is_the_vendors_and_whether_it_is_switched_on(
    status: str, enabled: bool | None, vendor_status: str, meaning: Status
) -> None:
    review = reviewed(status=status, enabled=enabled)
    assert (review.vendor_status, review.status) == (vendor_status, meaning)


def test_all_that_the_vendor_tells_is_in_the_review() -> None:
    told = {"chan": "VIP", "extend": "421", "vip": True, "only_global": True, "remark": "证件"}
    review = reviewed(status="SUCCESS", enabled=False, industry_type="金融", **told)
    assert review == Review(
        id=SIGN,
        text=SIGN,
        status=Status.SUSPENDED,
        vendor_status="SUCCESS (disabled)",
        reason="证件",
        reported={"sign": SIGN, "is_only_global": True, "industry_type": "金融"},
        outputs={"enabled": False, "vip": True, "chan": "VIP", "extend": "421"},
    )


def test_least_that_the_vendor_tells_is_a_review() -> None:
    api, _ = answered("yunpian", listed({"sign": SIGN, "check_status": "CHECKING"}))
    assert api.reviews([HANDLE])[HANDLE] == Review(
        id=SIGN,
        text=SIGN,
        status=Status.PENDING,
        vendor_status="CHECKING",
        reported={"sign": SIGN},
        outputs={"enabled": None, "vip": None, "chan": "", "extend": ""},
    )


@pytest.mark.parametrize(
    ("text", "stripped"),
    [
        ("【极客】", "极客"),
        ("极客", "极客"),
        ("【极客", "【极客"),
        ("极客】", "极客】"),
        ("【】", ""),
    ],
)
def test_brackets_are_taken_off_in_pairs(text: str, stripped: str) -> None:
    assert bare(text) == stripped


@pytest.mark.parametrize(
    ("answer", "kind", "why"),
    [
        (httpx.Response(200, json={}), UnreadableError, "it is not JSON with a code"),
        (httpx.Response(412, json={}), UnreadableError, "it is not JSON with a code"),
        (httpx.Response(201, json={"code": 0}), EnvelopeError, ODD_STATUS),
        (httpx.Response(500, json={"sign": []}), EnvelopeError, ODD_STATUS),
    ],
)
def test_odd_envelope_says_what_is_wrong_with_it(
    answer: httpx.Response, kind: type[Exception], why: str
) -> None:
    with pytest.raises(kind) as odd:
        payload(answer)
    assert (type(odd.value), str(odd.value)) == (kind, why)


@pytest.mark.parametrize("status", [200, 400])
def test_code_decides_under_the_vendors_own_statuses(status: int) -> None:
    assert payload(httpx.Response(status, json={"code": 0, "sign": 7})) == {"code": 0, "sign": 7}


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({"msg": "no", "detail": "why"}, "no: why"),
        ({"msg": "no"}, "no"),
        ({"detail": "why"}, "why"),
        ({}, ""),
    ],
)
def test_refusal_has_the_words_that_there_are(body: dict[str, str], message: str) -> None:
    with pytest.raises(Fault) as fault:
        payload(httpx.Response(200, json={"code": -1, **body}))
    assert (fault.value.code, fault.value.vendor_message) == ("-1", message)


def test_body_that_is_too_large_has_its_status_for_a_code() -> None:
    with pytest.raises(Fault) as fault:
        payload(httpx.Response(413, text="<html>"))
    assert fault.value.code == "413"
    with pytest.raises(Fault) as fault:
        payload(httpx.Response(413, json={"code": 2}))
    assert fault.value.code == "2"


def test_industry_that_no_program_can_name_any_more_is_no_drift() -> None:
    assert "industry_type" not in reviewed(industry_type="教育").reported
    assert reviewed(industry_type="金融").reported["industry_type"] == "金融"


def test_new_and_missing_fields_are_tolerated() -> None:
    item = {"sign": SIGN, "check_status": "SUCCESS", "sign_id": 7, "remark": None, "extend": 421}
    api, _ = answered("yunpian", {"code": "0", "total": 1, "sign": [item], "trace": "x"})
    review = api.reviews([HANDLE])[HANDLE]
    assert (review.status, review.reported) == (Status.APPROVED, {"sign": SIGN})
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
def test_signature_is_absent_when_the_vendor_says_so(answer: Answer) -> None:
    api, _ = answered("yunpian", answer)
    assert api.reviews([HANDLE]) == {}


ODD = (
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
)


@pytest.mark.parametrize(
    "answer",
    [
        *ODD,
        '{"code": 0, "total": 1, "sign": [{"sign": "【极客科技】"}]}',
        '{"code": 0, "total": 2, "sign": []}',
        '{"code": 0, "total": 2, "sign": [{"sign": "【极客】", "check_status": "SUCCESS"}]}',
        '{"code": 0, "total": 1}',
    ],
)
def test_odd_answer_never_means_absent(answer: str) -> None:
    api, _ = answered("yunpian", *[answer] * 6)
    with pytest.raises(UnavailableError, match="not in the format of yunpian"):
        api.reviews([HANDLE])


def test_error_names_the_call_the_code_and_the_vendors_message() -> None:
    api, _ = answered("yunpian", refused(-3, "IP 192.0.2.1 没有权限"))
    with pytest.raises(AccountError) as refusal:
        api.find(application())
    text = str(refusal.value)
    assert "action: sign/get" in text
    assert "code: -3" in text
    assert "IP 192.0.2.1 没有权限" in text
    assert "allow-list" in text


# Writes


@pytest.mark.parametrize(
    "answer",
    [
        *ODD,
        refused(-99),
        {**TAKEN, "sign": {"apply_state": "CHECKING", "sign": "【极客】"}},
        httpx.Response(303, headers={"Location": "http://127.0.0.1:9/elsewhere"}),
    ],
)
def test_odd_answer_to_a_write_leaves_its_outcome_unknown(answer: Answer) -> None:
    api, _ = answered("yunpian", answer)
    with pytest.raises(OutcomeUnknownError):
        api.submit(application())


@pytest.mark.parametrize(
    "answer",
    [{**TAKEN, "sign": [TAKEN["sign"]]}, {"msg": "OK", "sign": TAKEN["sign"]}],
    ids=["in an array, as the page calls it", "without a code, as the SDKs take it"],
)
def test_signature_is_taken_in_other_forms_too(answer: Answer) -> None:
    api, _ = answered("yunpian", answer)
    assert api.submit(application()).id == SIGN


@pytest.mark.parametrize(
    ("told", "status", "vendor_status"),
    [
        ({"apply_state": "SUCCESS"}, Status.APPROVED, "SUCCESS"),
        ({"apply_state": None}, Status.PENDING, "CHECKING"),
        ({"apply_state": "ODD"}, Status.UNKNOWN, "ODD"),
    ],
)
def test_status_of_a_new_signature_is_what_the_answer_says(
    told: dict[str, str | None], status: Status, vendor_status: str
) -> None:
    sign = {"sign": f"【{SIGN}】", **told}
    api, _ = answered("yunpian", {**TAKEN, "sign": sign})
    review = api.submit(application())
    assert (review.status, review.vendor_status) == (status, vendor_status)
    assert review.is_assumed


def test_write_is_repeated_when_nobody_was_there() -> None:
    api, side = answered("yunpian", httpx.ConnectError("refused"), TAKEN)
    assert api.submit(application()).id == SIGN
    assert len(side.requests) == 2
    api, _ = answered("yunpian", *[httpx.ConnectError("refused")] * 3)
    with pytest.raises(UnreachableError):
        api.submit(application())


def test_body_too_large_for_a_gateway_is_the_users_to_make_smaller() -> None:
    api, _ = answered("yunpian", httpx.Response(413, html="<html>Request Entity Too Large</html>"))
    with pytest.raises(InputError, match="larger than its gateway takes"):
        api.submit(application())
