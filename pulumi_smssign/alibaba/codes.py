"""Alibaba Cloud's error codes: the meaning and the advice of each.

Sources: the vendor's OpenAPI description (December 2025) for the codes of Create, Update and Get;
its error-code page 101346, in third-party copies, for the older ones (`isv.`, `isp.`); the common
codes of the gateway. No source lists those of List and Delete.
"""

from __future__ import annotations

from collections.abc import Mapping

from pulumi_smssign.contract.codes import (
    CONSOLE,
    LATER,
    NEW_PREVIEW,
    NO_SIGNATURE,
    REFUSED,
    SUPPORT,
    TOO_MANY,
    TROUBLE,
    Meaning,
    account,
    refused,
    trouble,
    wrong,
)
from pulumi_smssign.model.errors import DuplicateError, RateLimitedError, ReviewMovedError

_KEY = "check accessKeyId and accessKeySecret of the configuration smssign:alibaba."
_ENDPOINT = "check endpoint of the configuration smssign:alibaba."
_CLOCK = "set this machine's clock: it must agree with the vendor's to fifteen minutes."
_PAGE = "compare the resource's properties with the vendor's page CreateSmsSign."
_LETTER = "set authorization_letter_id to a letter of the console that names this signature."
_FULL = account(
    "the account has used up its applications of today",
    "run it again tomorrow, or ask the vendor for a larger number.",
)
_NO_PERMISSION = account(
    "the key has no permission for this",
    "grant the key the permissions of SMS (AliyunDysmsFullAccess) in RAM.",
)
_TEXT = wrong("the vendor does not take this name", "choose another name.")
_QUALIFICATION = "set qualification_id to an approved one of the console's list."

MEANINGS: Mapping[str, Meaning] = {
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
    "SIGNATURE_BLACKLIST": wrong(
        "the name has a word that the vendor blocks", "choose another name."
    ),
    "isv.SIGN_SOURCE_ILLEGAL": wrong(
        "the vendor does not take that source", "set sign_source to 0 or 5."
    ),
    "InvalidQualification": refused("the qualification is not approved", _QUALIFICATION),
    "QualificationNotFound": wrong("the account has no such qualification", _QUALIFICATION),
    "ParameterMismatch.ThirdParty": wrong(
        "third_party is not what the qualification says",
        "set third_party as it is at the qualification, or name another qualification.",
    ),
    "MissApplySceneContent": wrong("apply_scene_content is missing", _PAGE),
    "InvalidApplySceneContent": wrong("apply_scene_content is not a URL", _PAGE),
    "SmsAuthorizationLetterNotExist": wrong("there is no such letter", _LETTER),
    "SmsAuthorizationLetterNotMatch": wrong(
        "the letter is of another company than the qualification", _LETTER
    ),
    "SmsSignNotAuthorized": wrong("the letter does not name this signature", _LETTER),
    "TrademarkNotExist": wrong(
        "there is no such trademark", "set trademark_id to one of the console's list."
    ),
    "AppIcpRecordNotExist": wrong(
        "there is no such ICP record", "set app_icp_record_id to one of the console's list."
    ),
    "isv.ERROR_EMPTY_FILE": wrong("a paper of more_data is empty", _PAGE),
    "isv.SIGN_FILE_LIMIT": wrong("a paper of more_data is too large", "use files of at most 2 MB."),
    "InvalidParameter": wrong("a property is not what the vendor takes", _PAGE),
    # the signature
    "SignatureNotFound": NO_SIGNATURE,
    "isv.ERROR_SIGN_NOT_DELETE": refused(
        "a signature in review can't be deleted",
        "wait for the verdict, or withdraw the application in the vendor's console.",
    ),
    "isv.ERROR_SIGN_NOT_MODIFY": Meaning(
        ReviewMovedError,
        "the signature can't be changed in its present status",
        NEW_PREVIEW,
    ),
    "isv.SIGN_OVER_LIMIT": account("the account has as many signatures as it may have", CONSOLE),
    "isv.SIGN_COUNT_OVER_LIMIT": _FULL,
    "isv.SMS_OVER_LIMIT": _FULL,
    # the account
    "ForbiddenAction": account("the account is blocked", CONSOLE),
    "isv.ACCOUNT_NOT_EXISTS": account("there is no such account", _KEY),
    "isv.ACCOUNT_ABNORMAL": account("the account is restricted", CONSOLE),
    "isv.PRODUCT_UN_SUBSCRIPT": account(
        "the account has not switched SMS on", "open it in the vendor's console."
    ),
    "isp.RAM_PERMISSION_DENY": _NO_PERMISSION,
    "NoPermission": _NO_PERMISSION,
    "Forbidden.RAM": _NO_PERMISSION,
    "InvalidAccessKeyId.NotFound": account("the vendor does not know the key", _KEY),
    "InvalidAccessKeyId.Inactive": account("the key is switched off", _KEY),
    "SignatureDoesNotMatch": account("accessKeySecret does not go with accessKeyId", _KEY),
    "IncompleteSignature": account("the request's signature is incomplete", _KEY),
    "InvalidSecurityToken.Expired": account(
        "the temporary key has expired",
        "get a new one, and set accessKeyId, accessKeySecret and securityToken together.",
    ),
    "InvalidSecurityToken.Malformed": account("securityToken is malformed", _KEY),
    "MissingSecurityToken": account("the key is temporary", "set securityToken beside it."),
    "InvalidTimeStamp.Expired": account("this machine's clock is wrong", _CLOCK),
    "InvalidTimeStamp.Format": account("the request's time can't be read", SUPPORT),
    # the vendor can't answer now
    "SignatureNonceUsed": Meaning(RateLimitedError, "a request came twice", LATER),
    "Throttling": TOO_MANY,
    "Throttling.User": TOO_MANY,
    "Throttling.Api": TOO_MANY,
    "isv.BUSINESS_LIMIT_CONTROL": TOO_MANY,
    "isp.SYSTEM_ERROR": TROUBLE,
    "InternalError": TROUBLE,
    "ServiceUnavailable": trouble("the vendor is not available"),
    # codes that only another version of this package would meet
    "InvalidAction.NotFound": account("the endpoint does not know the operation", _ENDPOINT),
    "InvalidVersion": account("the endpoint does not know the API's version", _ENDPOINT),
}

_SERVER_ERROR = 500

KEY_PROOFS = frozenset({"SignatureNotFound", "isv.SIGN_NAME_ILLEGAL", "isv.SMS_SIGNATURE_ILLEGAL"})
"""Codes that prove that the vendor knows the key.

The SMS service's own codes about a name; `Invalid…` may be the gateway's, before it has looked at
the key.
"""


def meaning(code: str, http_status: int) -> Meaning:
    """The meaning of a code; an unknown one is a refusal, or trouble by its HTTP status."""
    if code in MEANINGS:
        return MEANINGS[code]
    if code.startswith("Throttling"):
        return TOO_MANY
    if http_status >= _SERVER_ERROR:
        return trouble("the vendor has trouble")
    if code.startswith("Missing"):
        return wrong("a property is missing", _PAGE)
    return REFUSED
