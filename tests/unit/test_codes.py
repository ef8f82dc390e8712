"""Each vendor's codes by who must act, written down here once more so that none gets lost."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from pulumi_smssign.alibaba import codes as alibaba
from pulumi_smssign.contract.codes import Meaning
from pulumi_smssign.huawei import codes as huawei
from pulumi_smssign.model.errors import (
    AccountError,
    BugError,
    DuplicateError,
    InputError,
    NotFoundError,
    RateLimitedError,
    RefusedError,
    ReviewMovedError,
    SmsSignError,
    UnavailableError,
)
from pulumi_smssign.tencent import codes as tencent
from pulumi_smssign.ucloud import codes as ucloud
from pulumi_smssign.yunpian import codes as yunpian

CREATE, UPDATE = "CreateUSMSSignature", "UpdateUSMSSignature"
QUERY, DELETE = "QueryUSMSSignature", "DeleteUSMSSignature"

MEANING: Mapping[str, Callable[[str, int], Meaning]] = {
    "alibaba": alibaba.meaning,
    "huawei": huawei.meaning,
    "tencent": lambda code, _status: tencent.meaning(code),
    "ucloud": lambda code, _status: ucloud.meaning(DELETE, int(code), ""),
    "yunpian": lambda code, _status: yunpian.meaning(int(code)),
}
CODES: Mapping[str, set[str]] = {
    "alibaba": set(alibaba.MEANINGS),
    "huawei": set(huawei.MEANINGS),
    "tencent": set(tencent.MEANINGS),
    "ucloud": {*map(str, ucloud.MEANINGS), "18003", "18016"},
    "yunpian": set(map(str, yunpian.MEANINGS)),
}


def numbered(prefix: str, numbers: str) -> str:
    return " ".join(prefix + number for number in numbers.split())


EXPECTED: dict[str, dict[type[SmsSignError], str]] = {
    "alibaba": {
        DuplicateError: "SignName.Exists",
        NotFoundError: "SignatureNotFound SmsSignatureNotExist SmsSignatureNotFound",
        ReviewMovedError: "isv.ERROR_SIGN_NOT_MODIFY SMS_STATUS_ILLEGAL",
        RefusedError: "InvalidQualification SmsQualificationNotPassed QualificationNotComplete "
        "SmsQualificationRegisterFailed isv.ERROR_SIGN_NOT_DELETE isv.SMS_SIGNATURE_ILLEGAL "
        "isv.SIGN_STATE_ILLEGAL",
        BugError: "InvalidParameter.Format UnsupportedHTTPMethod InvalidSignatureMethod "
        "InvalidSignatureVersion ContentMD5NotMatched MissingSignatureNonce MissingTimestamp "
        "InvalidOwner InvalidOwnerId InvalidOwnerAccount",
        InputError: "InvalidSignName MissingSignName isv.SIGN_NAME_ILLEGAL SIGNATURE_BLACKLIST "
        "isv.SMS_SIGN_EMOJI_ILLEGAL isv.SIGN_SOURCE_ILLEGAL QualificationNotFound "
        "ParameterMismatch.ThirdParty MissApplySceneContent InvalidApplySceneContent "
        "SmsAuthorizationLetterNotExist SmsAuthorizationLetterNotMatch SmsSignNotAuthorized "
        "TrademarkNotExist AppIcpRecordNotExist isv.ERROR_EMPTY_FILE isv.SIGN_FILE_LIMIT "
        "InvalidParameter isv.INVALID_PARAMETERS MissingParameter UnsupportedParameter "
        "InvalidMoreData RequestEntityTooLarge isv.SIGN_OVER_LIMIT isv.SMS_SIGN_ILLEGAL "
        "isv.SIGNATURE_BLACKLIST QualificationNotExist SmsPassedAuthorizationLetterNotMatch",
        AccountError: "isv.SIGN_COUNT_OVER_LIMIT isv.SMS_OVER_LIMIT "
        "ForbiddenAction isv.ACCOUNT_NOT_EXISTS isv.ACCOUNT_ABNORMAL isv.PRODUCT_UN_SUBSCRIPT "
        "isp.RAM_PERMISSION_DENY NoPermission Forbidden.RAM InvalidAccessKeyId.NotFound "
        "InvalidAccessKeyId.Inactive SignatureDoesNotMatch IncompleteSignature "
        "InvalidSecurityToken.Expired InvalidSecurityToken.Malformed MissingSecurityToken "
        "InvalidTimeStamp.Expired InvalidTimeStamp.Format InvalidAction.NotFound InvalidVersion "
        "InvalidAccessKeyId Forbidden Forbidden.NotSupportRAM Forbedden.NotSupportRAM "
        "ActionUnauthorized Forbidden.RiskControl Forbidden.UserVerification "
        "Forbidden.AccessKeyDisabled Forbidden.Unsubscribed Forbidden.InDebt Account.Abnormal "
        "MissingAccessKeyId MissingSignature InvalidSecurityToken InvalidTimeStamp "
        "InvalidSecurityToken.MismatchWithAccessKey IllegalTimestamp isv.SECURITY_FROZEN_ACCOUNT "
        "isv.PRODUCT_UNSUBSCRIBE ServiceNotOpened InvalidApi.NotPurchase isv.OUT_OF_SERVICE "
        "isv.AMOUNT_NOT_ENOUGH InsufficientBalance isv.DENY_IP_RANGE CustNotExistError "
        "GrayCustAccessError NotEnterpriseCertifyCustCheckError InvalidAction InvalidApi "
        "InvalidApi.NotFound InvalidProduct InvalidProduct.NotFound MissingAction MissingVersion "
        "NoSuchVersion UnsupportedOperation InvalidProtocol InvalidProtocol.NeedSsl",
        RateLimitedError: "SignatureNonceUsed Throttling Throttling.User Throttling.Api "
        "isv.BUSINESS_LIMIT_CONTROL",
        UnavailableError: "isp.SYSTEM_ERROR isp.GATEWAY_ERROR UnknownError InternalError "
        "ServiceUnavailable",
    },
    "huawei": {
        UnavailableError: "MSGSMS.0001 "
        + numbered(
            "APIGW.",
            "0103 0104 0105 0106 0107 0202 0203 0404 0601 0605 0606 0608 0609 0610 0611 0612 0613 "
            "0705",
        ),
        InputError: numbered("MSGSMS.", "0002 0011 0012 0014 0032 0050 0076") + " APIGW.0602",
        AccountError: "MSGSMS.0003 MSGSMS.0013 "
        + numbered(
            "APIGW.",
            "0101 0301 0302 0303 0304 0305 0306 0307 0310 0311 0401 0402 0501 0502 0607 0801 0802",
        ),
        DuplicateError: "MSGSMS.0004 MSGSMS.0006",
        NotFoundError: "MSGSMS.0005 MSGSMS.0033",
        ReviewMovedError: "MSGSMS.0007 MSGSMS.0130",
        RefusedError: numbered("MSGSMS.", "0186 0187 0188 0035 0053"),
        BugError: "MSGSMS.0132 MSGSMS.0133",
        RateLimitedError: "APIGW.0308",
    },
    "ucloud": {
        UnavailableError: "-1 110 130 150 151 200 1000 18004 18007",
        RateLimitedError: "153",
        AccountError: "160 161 170 171 172 173 174 180 290 291 292 293 294 295 299 520 18013",
        InputError: "220 240 18001 18002 18023",
        RefusedError: "230 18000 18003",
        NotFoundError: "18016",
    },
    "yunpian": {
        InputError: "1 2 4 16",
        AccountError: "3 55 -1 -2 -3 -4 -11 -57 -62",
        RefusedError: "14",
        RateLimitedError: "-5",
        UnavailableError: "-50 -51",
        DuplicateError: "-54",
        NotFoundError: "-55",
    },
}
"""Tencent's are held against its pages: `tests/seeds/test_tencent.py`."""


def is_of_another_call(vendor: str, code: str) -> bool:
    meaning = MEANING[vendor](code, 400)
    return meaning.error is RefusedError and "another call" in meaning.problem


@pytest.mark.parametrize("vendor", EXPECTED)
def test_every_code_says_who_must_act(vendor: str) -> None:
    expected = {code: error for error, codes in EXPECTED[vendor].items() for code in codes.split()}
    of_others = {code for code in CODES[vendor] if is_of_another_call(vendor, code)}
    assert expected.keys() == CODES[vendor] - of_others
    for status in (200, 400, 404, 500):
        assert {code: MEANING[vendor](code, status).error for code in expected} == expected


@pytest.mark.parametrize("vendor", CODES)
def test_every_code_has_a_problem_and_advice(vendor: str) -> None:
    for code in CODES[vendor]:
        meaning = MEANING[vendor](code, 400)
        assert meaning.problem, code
        assert meaning.advice.endswith("."), code


@pytest.mark.parametrize("vendor", CODES)
def test_only_a_rate_limit_proves_that_a_write_may_be_repeated(vendor: str) -> None:
    for code in CODES[vendor]:
        error = MEANING[vendor](code, 500).error
        is_repeated = issubclass(error, UnavailableError) and error.nothing_done
        assert is_repeated is (error is RateLimitedError), code


@pytest.mark.parametrize(
    ("vendor", "code", "status", "error"),
    [
        ("alibaba", "Throttling.Whatever", 400, RateLimitedError),
        ("alibaba", "MissingSignSource", 400, InputError),
        ("alibaba", "InvalidSignSource", 400, InputError),
        ("alibaba", "InvalidAccessKeyId.Whatever", 404, AccountError),
        ("alibaba", "Forbidden.Whatever", 403, AccountError),
        ("alibaba", "SignatureNotFound.Whatever", 404, RefusedError),
        *(("alibaba", "Odd", status, RefusedError) for status in (200, 400)),
        *(("alibaba", "Odd", status, UnavailableError) for status in (500, 503)),
        *(("huawei", "APIGW.0201", status, RefusedError) for status in (200, 400, 404)),
        *(("huawei", "418", status, AccountError) for status in (401, 403)),
        ("huawei", "MSGSMS.9999", 413, InputError),
        ("huawei", "APIG.0201", 429, RateLimitedError),
        *(("huawei", "IAM.0101", status, UnavailableError) for status in (500, 504)),
        ("tencent", "RequestLimitExceeded.SomethingNew", 200, RateLimitedError),
        ("tencent", "ResourceNotFound.SomethingNew", 200, RefusedError),
        ("tencent", "UnsupportedOperation.", 200, RefusedError),
        ("tencent", "AuthFailure.SomethingNew", 200, AccountError),
        ("tencent", "InternalError.SomethingNew", 200, UnavailableError),
        ("tencent", "FailedOperation.SomethingNew", 200, RefusedError),
        ("tencent", "Nobody.KnowsThis", 200, RefusedError),
        ("tencent", "", 200, RefusedError),
        *(("ucloud", code, 200, RefusedError) for code in ("1", "300", "5000", "18099")),
        ("yunpian", "4711", 200, RefusedError),
        *(("yunpian", code, 200, AccountError) for code in ("-12", "-49")),
        *(("yunpian", code, 200, UnavailableError) for code in ("-59", "-99")),
    ],
)
def test_unknown_code_means_what_its_form_and_status_mean(
    vendor: str, code: str, status: int, error: type[SmsSignError]
) -> None:
    assert code not in CODES[vendor]
    assert MEANING[vendor](code, status).error is error


def test_huaweis_gateway_has_two_prefixes() -> None:
    for code in CODES["huawei"]:
        assert huawei.meaning(code.replace("APIGW.", "APIG."), 400) is huawei.meaning(code, 400)


# UCloud's service has one code for every no, so the action and its words decide

MISSING = (
    "signature not found",
    "Signature SIG202601159F3A1C does not exist",
    "SigId [SIG1] doesn't exist",
    "the sig id can not be found",
    "no such signature",
    "短信签名不存在",
)
NOT_MISSING = (
    "signature SIG1 is approved and cannot be modified",
    "SigContent already exists",
    "signature is wrong, project does not exist",
    "template not found",
    "Params [SigId] not available",
    "",
)


@pytest.mark.parametrize(
    ("action", "code", "message", "error"),
    [
        *((action, 18003, MISSING[0], NotFoundError) for action in (UPDATE, DELETE)),
        *((QUERY, code, text, NotFoundError) for code in (18003, 18099) for text in MISSING),
        *((QUERY, 18003, text, RefusedError) for text in NOT_MISSING),
        *((CREATE, code, MISSING[0], RefusedError) for code in (18003, 18016)),
        *((QUERY, code, MISSING[0], AccountError) for code in (170, 292)),
        (QUERY, 230, MISSING[0], RefusedError),
    ],
)
def test_ucloud_says_in_words_that_there_is_no_such_signature(
    action: str, code: int, message: str, error: type[SmsSignError]
) -> None:
    assert ucloud.meaning(action, code, message).error is error


@pytest.mark.parametrize(
    ("action", "advice"),
    [
        (CREATE, "adopt=ID"),
        (UPDATE, "`pulumi up` again"),
        (QUERY, "pulumi state delete"),
        (DELETE, "under review"),
    ],
)
def test_uclouds_one_code_for_no_advises_by_the_action(action: str, advice: str) -> None:
    assert advice in ucloud.meaning(action, 18003, "").advice


def test_limit_of_a_recipients_phone_is_no_rate_limit_of_yunpians_calls() -> None:
    for code in (8, 9, 10, 17, 22, 33, 43, 53):
        assert "another call" in yunpian.meaning(code).problem
