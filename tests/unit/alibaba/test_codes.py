"""Each code's meaning: whose move it is. Written down here once more, so that none gets lost."""

from __future__ import annotations

import pytest

from pulumi_smssign.alibaba.codes import MEANINGS, meaning
from pulumi_smssign.model.errors import (
    AccountError,
    DuplicateError,
    InputError,
    NotFoundError,
    RateLimitedError,
    RefusedError,
    ReviewMovedError,
    SmsSignError,
    UnavailableError,
)

BY_ERROR: dict[type[SmsSignError], str] = {
    DuplicateError: "SignName.Exists",
    NotFoundError: "SignatureNotFound",
    ReviewMovedError: "isv.ERROR_SIGN_NOT_MODIFY",
    RefusedError: "InvalidQualification isv.ERROR_SIGN_NOT_DELETE",
    InputError: "InvalidSignName MissingSignName isv.SIGN_NAME_ILLEGAL isv.SMS_SIGN_EMOJI_ILLEGAL "
    "SIGNATURE_BLACKLIST isv.SIGN_SOURCE_ILLEGAL QualificationNotFound "
    "ParameterMismatch.ThirdParty MissApplySceneContent InvalidApplySceneContent "
    "SmsAuthorizationLetterNotExist "
    "SmsAuthorizationLetterNotMatch SmsSignNotAuthorized TrademarkNotExist AppIcpRecordNotExist "
    "isv.ERROR_EMPTY_FILE isv.SIGN_FILE_LIMIT InvalidParameter",
    AccountError: "isv.SIGN_OVER_LIMIT isv.SIGN_COUNT_OVER_LIMIT isv.SMS_OVER_LIMIT "
    "ForbiddenAction isv.ACCOUNT_NOT_EXISTS isv.ACCOUNT_ABNORMAL isv.PRODUCT_UN_SUBSCRIPT "
    "isp.RAM_PERMISSION_DENY "
    "NoPermission Forbidden.RAM InvalidAccessKeyId.NotFound InvalidAccessKeyId.Inactive "
    "SignatureDoesNotMatch IncompleteSignature InvalidSecurityToken.Expired "
    "InvalidSecurityToken.Malformed MissingSecurityToken InvalidTimeStamp.Expired "
    "InvalidTimeStamp.Format InvalidAction.NotFound InvalidVersion",
    RateLimitedError: "SignatureNonceUsed Throttling Throttling.User Throttling.Api "
    "isv.BUSINESS_LIMIT_CONTROL",
    UnavailableError: "isp.SYSTEM_ERROR InternalError ServiceUnavailable",
}
KNOWN = [(code, error) for error, codes in BY_ERROR.items() for code in codes.split()]


@pytest.mark.parametrize(("code", "error"), KNOWN)
def test_every_code_says_whose_move_it_is(code: str, error: type[SmsSignError]) -> None:
    found = meaning(code, 400)
    assert found.error is error
    assert found.problem
    assert found.advice


def test_no_code_is_missing_here() -> None:
    assert {code for code, _ in KNOWN} == set(MEANINGS)


@pytest.mark.parametrize(
    ("code", "status", "error"),
    [
        ("Throttling.Whatever", 400, RateLimitedError),
        ("MissingSignSource", 400, InputError),
        ("Odd", 400, RefusedError),
        ("Odd", 200, RefusedError),
        ("Odd", 500, UnavailableError),
        ("Odd", 503, UnavailableError),
    ],
)
def test_an_unknown_code_is_told_by_its_form_and_status(
    code: str, status: int, error: type[SmsSignError]
) -> None:
    assert meaning(code, status).error is error
