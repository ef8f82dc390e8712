"""Alibaba Cloud's error codes: whose move each one is, and the way out.

Sources: the vendor's OpenAPI description (December 2025) for the codes of Create, Update and Get;
its error-code page 101346, in third-party copies, for the older ones (`isv.`, `isp.`); the common
codes of the gateway. No source lists those of List and Delete.
"""

from __future__ import annotations

from collections.abc import Mapping

from pulumi_smssign.contract.codes import CONSOLE, LATER, NEW_PREVIEW, SUBMIT_ANEW, SUPPORT, Meaning
from pulumi_smssign.model.errors import (
    AccountError,
    DuplicateError,
    InputError,
    NotFoundError,
    RateLimitedError,
    RefusedError,
    ReviewMovedError,
    UnavailableError,
)

_KEY = "check accessKeyId and accessKeySecret of the configuration smssign:alibaba."
_ENDPOINT = "check endpoint of the configuration smssign:alibaba."
_CLOCK = "set this machine's clock: it must agree with the vendor's to fifteen minutes."
_PAGE = "compare the resource's properties with the vendor's page CreateSmsSign."
_LETTER = "set authorization_letter_id to a letter of the console that names this signature."
_TOO_MANY = Meaning(RateLimitedError, "too many calls came at once", LATER)
_TROUBLE = Meaning(UnavailableError, "the vendor has trouble inside", LATER)
_FULL = Meaning(
    AccountError,
    "the account has used up its applications of today",
    "run it again tomorrow, or ask the vendor for a larger number.",
)
_NO_PERMISSION = Meaning(
    AccountError,
    "the key has no permission for this",
    "grant the key the permissions of SMS (AliyunDysmsFullAccess) in RAM.",
)
_TEXT = Meaning(InputError, "the name is not one that the vendor takes", "choose another name.")
_QUALIFICATION = "set qualification_id to an approved one of the console's list."

_MEANINGS: Mapping[str, Meaning] = {
    # the application
    "SignName.Exists": Meaning(
        DuplicateError,
        "the account has that name already",
        "add adopt= with the name to manage that signature, or choose another name.",
    ),
    "InvalidSignName": _TEXT,
    "MissingSignName": _TEXT,
    "isv.SIGN_NAME_ILLEGAL": _TEXT,
    "isv.SMS_SIGN_EMOJI_ILLEGAL": _TEXT,
    "SIGNATURE_BLACKLIST": Meaning(
        InputError, "the name has a word that the vendor blocks", "choose another name."
    ),
    "isv.SIGN_SOURCE_ILLEGAL": Meaning(
        InputError, "the vendor does not take that source", "set sign_source to 0 or 5."
    ),
    "InvalidQualification": Meaning(
        RefusedError, "the qualification is not approved", _QUALIFICATION
    ),
    "QualificationNotFound": Meaning(
        InputError, "the account has no such qualification", _QUALIFICATION
    ),
    "ParameterMismatch.ThirdParty": Meaning(
        InputError,
        "the qualification is of the other kind (one's own, somebody else's)",
        "set third_party as it is at the qualification, or name another qualification.",
    ),
    "MissApplySceneContent": Meaning(InputError, "apply_scene_content is missing", _PAGE),
    "InvalidApplySceneContent": Meaning(InputError, "apply_scene_content is no address", _PAGE),
    "SmsAuthorizationLetterNotExist": Meaning(InputError, "there is no such letter", _LETTER),
    "SmsAuthorizationLetterNotMatch": Meaning(
        InputError, "the letter is of another company than the qualification", _LETTER
    ),
    "SmsSignNotAuthorized": Meaning(InputError, "the letter does not name this signature", _LETTER),
    "TrademarkNotExist": Meaning(
        InputError, "there is no such trademark", "set trademark_id to one of the console's list."
    ),
    "AppIcpRecordNotExist": Meaning(
        InputError,
        "there is no such ICP record",
        "set app_icp_record_id to one of the console's list.",
    ),
    "isv.ERROR_EMPTY_FILE": Meaning(InputError, "a paper of more_data is empty", _PAGE),
    "isv.SIGN_FILE_LIMIT": Meaning(
        InputError, "a paper of more_data is too large", "use files of at most 2 MB."
    ),
    "InvalidParameter": Meaning(InputError, "a property is not what the vendor takes", _PAGE),
    # the signature
    "SignatureNotFound": Meaning(NotFoundError, "there is no such signature", SUBMIT_ANEW),
    "isv.ERROR_SIGN_NOT_DELETE": Meaning(
        RefusedError,
        "the signature is in review, and such a one can't be deleted",
        "wait for the verdict, or withdraw the application in the vendor's console.",
    ),
    "isv.ERROR_SIGN_NOT_MODIFY": Meaning(
        ReviewMovedError,
        "the signature can't be changed in the status that it has by now",
        NEW_PREVIEW,
    ),
    "isv.SIGN_OVER_LIMIT": Meaning(
        AccountError, "the account has as many signatures as it may have", CONSOLE
    ),
    "isv.SIGN_COUNT_OVER_LIMIT": _FULL,
    "isv.SMS_OVER_LIMIT": _FULL,
    # the account
    "ForbiddenAction": Meaning(AccountError, "the account is blocked", CONSOLE),
    "isv.ACCOUNT_NOT_EXISTS": Meaning(AccountError, "there is no such account", _KEY),
    "isv.ACCOUNT_ABNORMAL": Meaning(AccountError, "the account is restricted", CONSOLE),
    "isv.PRODUCT_UN_SUBSCRIPT": Meaning(
        AccountError, "the account has not switched SMS on", "open it in the vendor's console."
    ),
    "isp.RAM_PERMISSION_DENY": _NO_PERMISSION,
    "NoPermission": _NO_PERMISSION,
    "Forbidden.RAM": _NO_PERMISSION,
    "InvalidAccessKeyId.NotFound": Meaning(AccountError, "the vendor does not know the key", _KEY),
    "InvalidAccessKeyId.Inactive": Meaning(AccountError, "the key is switched off", _KEY),
    "SignatureDoesNotMatch": Meaning(
        AccountError, "accessKeySecret does not go with accessKeyId", _KEY
    ),
    "IncompleteSignature": Meaning(AccountError, "the request's signature is not whole", _KEY),
    "InvalidSecurityToken.Expired": Meaning(
        AccountError,
        "the temporary key has expired",
        "get a new one, and set accessKeyId, accessKeySecret and securityToken together.",
    ),
    "InvalidSecurityToken.Malformed": Meaning(AccountError, "securityToken is not one", _KEY),
    "MissingSecurityToken": Meaning(
        AccountError, "the key is a temporary one", "set securityToken beside it."
    ),
    "InvalidTimeStamp.Expired": Meaning(AccountError, "this machine's clock is wrong", _CLOCK),
    "InvalidTimeStamp.Format": Meaning(AccountError, "the request's time can't be read", SUPPORT),
    # the vendor can't answer now
    "SignatureNonceUsed": Meaning(RateLimitedError, "a request came twice", LATER),
    "Throttling": _TOO_MANY,
    "Throttling.User": _TOO_MANY,
    "Throttling.Api": _TOO_MANY,
    "isv.BUSINESS_LIMIT_CONTROL": _TOO_MANY,
    "isp.SYSTEM_ERROR": _TROUBLE,
    "InternalError": _TROUBLE,
    "ServiceUnavailable": Meaning(UnavailableError, "the vendor is not available", LATER),
    # what only another version of us would meet
    "InvalidAction.NotFound": Meaning(
        AccountError, "the endpoint does not know the operation", _ENDPOINT
    ),
    "InvalidVersion": Meaning(
        AccountError, "the endpoint does not know the API's version", _ENDPOINT
    ),
}

_SERVER_ERROR = 500


def meaning(code: str, http_status: int) -> Meaning:
    """What a code means; an unknown one counts as the vendor's refusal, or its trouble."""
    if code in _MEANINGS:
        return _MEANINGS[code]
    if code.startswith("Throttling"):
        return _TOO_MANY
    if http_status >= _SERVER_ERROR:
        return Meaning(UnavailableError, "the vendor has trouble", LATER)
    if code.startswith("Missing"):
        return Meaning(InputError, "a property is missing", _PAGE)
    return Meaning(RefusedError, "the vendor refused it", SUPPORT)
