"""Codes at the borders of their classes, and those whose words or whose call decide."""

from __future__ import annotations

import pytest

from pulumi_smssign.alibaba import codes as alibaba
from pulumi_smssign.huawei import codes as huawei
from pulumi_smssign.model.errors import (
    AccountError,
    InputError,
    NotFoundError,
    RateLimitedError,
    RefusedError,
    SmsSignError,
    UnavailableError,
)
from pulumi_smssign.tencent import codes as tencent
from pulumi_smssign.ucloud import codes as ucloud
from pulumi_smssign.yunpian import codes as yunpian
from tests.unit.test_codes import CREATE, DELETE, QUERY, UPDATE


@pytest.mark.parametrize(
    ("status", "error"),
    [(499, RefusedError), (500, UnavailableError), (501, UnavailableError)],
)
def test_unknown_code_is_the_vendors_trouble_from_the_first_status_of_servers_on(
    status: int, error: type[SmsSignError]
) -> None:
    assert alibaba.meaning("Odd", status).error is error
    assert huawei.meaning("MSGSMS.9999", status).error is error


@pytest.mark.parametrize(
    ("code", "status", "error", "problem"),
    [
        ("MissingSignSource", 400, InputError, "a property is missing"),
        ("InvalidSignSource", 400, InputError, "a property is not what the vendor takes"),
        ("SignSourceMissing", 400, RefusedError, "the vendor refused it"),
        ("MissingSignSource", 500, UnavailableError, "the vendor has trouble"),
    ],
)
def test_alibabas_unknown_code_means_what_it_begins_with(
    code: str, status: int, error: type[SmsSignError], problem: str
) -> None:
    meaning = alibaba.meaning(code, status)
    assert (meaning.error, meaning.problem) == (error, problem)


TODAY, THIS_HOUR = "applications of today", "applications of an hour"


@pytest.mark.parametrize(
    ("message", "error", "problem"),
    [
        ("触发天级流控Permits:10", AccountError, TODAY),
        ("触发月级流控Permits:10", AccountError, TODAY),
        ("the limit of a Day", AccountError, TODAY),
        ("monthly limit", AccountError, TODAY),
        ("触发小时级流控Permits:5", AccountError, THIS_HOUR),
        ("Hourly limit", AccountError, THIS_HOUR),
        ("触发分钟级流控Permits:1", RateLimitedError, "too many calls came at once"),
        ("see the monday page", RateLimitedError, "too many calls came at once"),
        ("", RateLimitedError, "too many calls came at once"),
    ],
)
def test_alibabas_limit_is_of_what_its_words_say(
    message: str, error: type[SmsSignError], problem: str
) -> None:
    meaning = alibaba.meaning("isv.BUSINESS_LIMIT_CONTROL", 400, "CreateSmsSign", message)
    assert meaning.error is error
    assert meaning.problem.endswith(problem)


@pytest.mark.parametrize(
    ("action", "error", "advice"),
    [
        ("CreateSmsSign", RefusedError, "choose another name."),
        ("DeleteSmsSign", NotFoundError, "run `pulumi refresh`, then `pulumi up` to submit"),
        ("GetSmsSign", RefusedError, "look in the vendor's console; a signature that is gone"),
        ("UpdateSmsSign", RefusedError, "look in the vendor's console; a signature that is gone"),
    ],
)
def test_alibabas_illegal_signature_is_gone_to_a_deletion_alone(
    action: str, error: type[SmsSignError], advice: str
) -> None:
    meaning = alibaba.meaning("isv.SMS_SIGNATURE_ILLEGAL", 400, action)
    assert meaning.error is error
    assert meaning.advice.startswith(advice)
    assert meaning.problem == (
        "there is no such signature in the account, or the vendor has blocked it"
    )


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (401, AccountError),
        (403, AccountError),
        (413, InputError),
        (429, RateLimitedError),
        *((status, RefusedError) for status in (400, 402, 404, 412, 414, 428, 430)),
    ],
)
def test_huaweis_unknown_code_means_what_its_status_says(
    status: int, error: type[SmsSignError]
) -> None:
    assert huawei.meaning("MSGSMS.9999", status).error is error


GONE = "signature does not exist"


@pytest.mark.parametrize(
    ("code", "error"),
    [
        (17999, RefusedError),
        (18000, NotFoundError),
        (18001, NotFoundError),
        (18998, NotFoundError),
        (18999, NotFoundError),
        (19000, RefusedError),
    ],
)
def test_uclouds_service_alone_says_in_words_that_a_signature_is_gone(
    code: int, error: type[SmsSignError]
) -> None:
    assert ucloud.meaning(QUERY, code, GONE).error is error


@pytest.mark.parametrize("action", [UPDATE, QUERY, DELETE])
def test_uclouds_18016_is_about_a_signature_where_one_is_named(action: str) -> None:
    assert ucloud.meaning(action, 18016, "").error is NotFoundError
    assert ucloud.meaning(CREATE, 18016, "").error is RefusedError


@pytest.mark.parametrize(
    ("action", "code", "message", "problem"),
    [
        (CREATE, 18003, "", "a parameter is wrong, or the text is taken"),
        (DELETE, 18003, "", "a parameter is wrong, or the signature can't be deleted now"),
        (QUERY, 18003, "", "a parameter is wrong"),
        (DELETE, 230, "", "a parameter is wrong, or the signature can't be deleted now"),
        (QUERY, 230, "", "a parameter is wrong"),
        (CREATE, 230, "", "a parameter is wrong"),
        *(
            (action, 230, message, "a parameter is missing")
            for action in (CREATE, UPDATE, QUERY, DELETE)
            for message in ("SigId is required", "Missing params", "缺少 SigId", "必填")
        ),
        (CREATE, 231, "SigId is required", "the vendor refused it"),
        (CREATE, 18003, "SigId is required", "a parameter is wrong, or the text is taken"),
    ],
)
def test_uclouds_wrong_parameter_is_told_by_the_call_and_the_words(
    action: str, code: int, message: str, problem: str
) -> None:
    assert ucloud.meaning(action, code, message).problem == problem


@pytest.mark.parametrize("code", [18014, 18017, 18018, 18019, 18033, 18046, 18048, 18049])
def test_uclouds_codes_of_sending_are_of_another_call(code: int) -> None:
    assert ucloud.meaning(CREATE, code, "").subject == "the sending of texts"


@pytest.mark.parametrize(
    ("code", "problem"),
    [
        (4711, "the vendor refused it"),
        (-12, "the account may not do this"),
        (-49, "the account may not do this"),
        (-59, "the vendor has trouble inside"),
    ],
)
def test_yunpians_unknown_code_means_what_its_class_means(code: int, problem: str) -> None:
    assert yunpian.meaning(code).problem == problem


SUBJECTS = {
    "a cryptographic check failed": (18,),
    "a decryption failed": (21,),
    "a gift failed": (-56,),
    "a recipient's number receives too many texts": (53,),
    "a template variable's format": (58,),
    "a text could not be handed to the carrier": (-53,),
    "a top-up failed": (-52,),
    "a verification code has expired": (-58,),
    "marketing texts are paused": (13,),
    "no signature matches the text": (15,),
    "no template matches": (5,),
    "numbers and texts are not as many": (25,),
    "texts can't be sent in batches": (-6,),
    "the alarm's settings": (24,),
    "the billing": (27,),
    "the carrier": (28,),
    "the country is not supported": (20,),
    "the data package": (26,),
    "the number is on a block list": (10,),
    "the number's format": (56,),
    "the number's region is not the template's": (23,),
    "the request is too old": (19,),
    "the same text went to the same number too often within 5 minutes": (9,),
    "the same text went to the same number within 30 seconds": (8,),
    "the template can't be used": (7,),
    "the template could not be added": (6,),
    "the template has expired": (60,),
    "the way of calling": (12,),
    "the way of calling, or a recipient's block list": (11,),
    "too many texts went to a recipient": (33,),
    "too many texts went to the same number within a day": (17, 43),
    "too many texts went to the same number within an hour": (22,),
}
ADVICE = "ask the vendor's support, with the code and the vendor's message."


def test_yunpians_codes_of_other_calls_say_what_they_are_about() -> None:
    of_others = {code: each for code, each in yunpian.MEANINGS.items() if each.subject}
    assert {code: each.subject for code, each in of_others.items()} == {
        code: subject for subject, codes in SUBJECTS.items() for code in codes
    }
    assert {each.advice for each in of_others.values()} == {ADVICE}


def test_codes_that_prove_the_key_come_of_looking_at_the_question() -> None:
    for proofs, known in (
        (alibaba.KEY_PROOFS, alibaba.MEANINGS),
        (huawei.KEY_PROOFS, huawei.MEANINGS),
        (tencent.KEY_PROOFS, tencent.MEANINGS),
    ):
        assert proofs <= known.keys()
    assert {"-55"} == yunpian.KEY_PROOFS
    assert {"18001", "18002", "18003", "18016"} == ucloud.KEY_PROOFS
