"""Alibaba Cloud's error codes: the meaning and the advice of each.

Sources: the vendor's OpenAPI description (December 2025) for the codes of Create, Update, Get and
ChangeSignatureQualification; its error-code page 101346, in third-party copies, for the older ones
(`isv.`, `isp.`); for the gateway its public lists (help pages 25963, 30137 and 51132, and 278265 of
the developers' forum). No source lists those of List and Delete.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from pulumi_smssign.alibaba.other_calls import OTHER_CALLS
from pulumi_smssign.contract.codes import (
    CONSOLE,
    LATER,
    NEW_PREVIEW,
    NO_SIGNATURE,
    PAGE,
    REFUSED,
    SUBMIT_ANEW,
    SUPPORT,
    TOO_MANY,
    TOP_UP,
    TROUBLE,
    Meaning,
    account,
    of_code,
    other_calls,
    refused,
    trouble,
    wrong,
)
from pulumi_smssign.model.errors import (
    BugError,
    DuplicateError,
    NotFoundError,
    RateLimitedError,
    ReviewMovedError,
)
from pulumi_smssign.model.language import mark

_KEY = mark("check accessKeyId and accessKeySecret of the configuration smssign:alibaba.")
_ENDPOINT = mark("check endpoint of the configuration smssign:alibaba.")
_CLOCK = mark("set this machine's clock: it must agree with the vendor's to fifteen minutes.")
_NEW_KEY = mark("get a new one, and set accessKeyId, accessKeySecret and securityToken together.")
_LETTER = mark("set authorization_letter_id to a letter of the console that names this signature.")
_FULL = account(
    mark("the account has used up its applications of today"),
    mark("run it again tomorrow, or ask the vendor for a larger number."),
)
_FULL_FOR_AN_HOUR = account(
    mark("the account has used up its applications of an hour"),
    mark("run it again in an hour, or ask the vendor for a larger number."),
)
_NO_PERMISSION = account(
    mark("the key has no permission for this"),
    mark("grant the key the permissions of SMS (AliyunDysmsFullAccess) in RAM."),
)
_TEXT = wrong(mark("the vendor does not take this name"), mark("choose another name."))
_QUALIFICATION = mark("set qualification_id to an approved one of the console's list.")
_NO_QUALIFICATION = wrong(mark("the account has no such qualification"), _QUALIFICATION)
_NOT_APPROVED = refused(mark("the qualification is not approved"), _QUALIFICATION)
_MEND_QUALIFICATION = mark(
    "mend it in the vendor's console, or set qualification_id to another one."
)
_OTHER_COMPANY = wrong(mark("the letter is of another company than the qualification"), _LETTER)
_BLOCKED_WORD = wrong(
    mark("the name has a word that the vendor blocks"), mark("choose another name.")
)
_UNKNOWN_KEY = account(mark("the vendor does not know the key"), _KEY)
_NO_SIGNATURE_OR_BLOCKED = mark(
    "there is no such signature in the account, or the vendor has blocked it"
)
_NOT_OPENED = account(
    mark("the account has not switched SMS on"), mark("open it in the vendor's console.")
)
_ARREARS = account(mark("the service is suspended, since the account owes money"), TOP_UP)
_UNVERIFIED = account(
    mark("the account is not verified"), mark("have it verified in the vendor's console.")
)
_NOT_SIGNED = account(mark("the request's signature is incomplete"), _KEY)
_OTHER_ENDPOINT = account(mark("the endpoint does not know the operation"), _ENDPOINT)
_OTHER_VERSION = account(mark("the endpoint does not know the API's version"), _ENDPOINT)
_NEEDS_TLS = account(mark("the endpoint wants https"), _ENDPOINT)
_NOT_OURS = Meaning(BugError, mark("the vendor does not take the form of the request"), SUPPORT)

MEANINGS: Mapping[str, Meaning] = {
    # the application
    "SignName.Exists": Meaning(
        DuplicateError,
        mark("the account has that name already"),
        mark("add adopt= with the name to manage that signature, or choose another name."),
    ),
    "InvalidSignName": _TEXT,
    "MissingSignName": _TEXT,
    "isv.SIGN_NAME_ILLEGAL": _TEXT,
    "isv.SMS_SIGN_EMOJI_ILLEGAL": _TEXT,
    "SIGNATURE_BLACKLIST": _BLOCKED_WORD,
    "isv.SIGNATURE_BLACKLIST": _BLOCKED_WORD,
    "isv.SMS_SIGN_ILLEGAL": wrong(
        mark("the vendor forbids this name"), mark("choose another name.")
    ),
    # of the characters, not of the signatures: 签名的名称或申请说明的字数
    "isv.SIGN_OVER_LIMIT": wrong(
        mark("the name or the remark is too long"), mark("make them shorter.")
    ),
    "isv.SIGN_SOURCE_ILLEGAL": wrong(
        mark("the vendor does not take that source"), mark("set sign_source to 0 or 5.")
    ),
    "InvalidQualification": _NOT_APPROVED,
    "SmsQualificationNotPassed": _NOT_APPROVED,
    "SmsQualificationRegisterFailed": refused(
        mark("the carriers' filing of the qualification has failed"), _MEND_QUALIFICATION
    ),
    "QualificationNotComplete": refused(
        mark("the qualification lacks details"), _MEND_QUALIFICATION
    ),
    "QualificationNotFound": _NO_QUALIFICATION,
    "QualificationNotExist": _NO_QUALIFICATION,
    "ParameterMismatch.ThirdParty": wrong(
        mark("third_party is not what the qualification says"),
        mark("set third_party as it is at the qualification, or name another qualification."),
    ),
    "MissApplySceneContent": wrong(mark("apply_scene_content is missing"), PAGE),
    "InvalidApplySceneContent": wrong(mark("apply_scene_content is not a URL"), PAGE),
    "SmsAuthorizationLetterNotExist": wrong(mark("there is no such letter"), _LETTER),
    "SmsAuthorizationLetterNotMatch": _OTHER_COMPANY,
    "SmsPassedAuthorizationLetterNotMatch": _OTHER_COMPANY,
    "SmsSignNotAuthorized": wrong(mark("the letter does not name this signature"), _LETTER),
    "TrademarkNotExist": wrong(
        mark("there is no such trademark"), mark("set trademark_id to one of the console's list.")
    ),
    "AppIcpRecordNotExist": wrong(
        mark("there is no such ICP record"),
        mark("set app_icp_record_id to one of the console's list."),
    ),
    "isv.ERROR_EMPTY_FILE": wrong(mark("a paper of more_data is empty"), PAGE),
    "isv.SIGN_FILE_LIMIT": wrong(
        mark("a paper of more_data is too large"), mark("use files of at most 2 MB.")
    ),
    "InvalidMoreData": wrong(mark("a paper of more_data is not what the vendor takes"), PAGE),
    "InvalidParameter": wrong(mark("a property is not what the vendor takes"), PAGE),
    "InvalidParameter.Format": _NOT_OURS,
    "isv.INVALID_PARAMETERS": wrong(mark("a property is not what the vendor takes"), PAGE),
    "MissingParameter": wrong(mark("a property is missing"), PAGE),
    "UnsupportedParameter": wrong(mark("the vendor does not know a property that was sent"), PAGE),
    # the signature
    "SignatureNotFound": NO_SIGNATURE,
    "SmsSignatureNotExist": NO_SIGNATURE,
    "SmsSignatureNotFound": NO_SIGNATURE,
    "isv.SMS_SIGNATURE_ILLEGAL": refused(
        _NO_SIGNATURE_OR_BLOCKED,
        mark(
            "look in the vendor's console; a signature that is gone there and still in this "
            "stack's state is taken out of it with `pulumi state delete`."
        ),
    ),
    "isv.SIGN_STATE_ILLEGAL": refused(
        mark("the signature can't be used in its present status"), CONSOLE
    ),
    "isv.ERROR_SIGN_NOT_DELETE": refused(
        mark("a signature in review can't be deleted"),
        mark("wait for the verdict, or withdraw the application in the vendor's console."),
    ),
    "isv.ERROR_SIGN_NOT_MODIFY": Meaning(
        ReviewMovedError,
        mark("the signature can't be changed in its present status"),
        NEW_PREVIEW,
    ),
    "SMS_STATUS_ILLEGAL": Meaning(
        ReviewMovedError, mark("the vendor takes this of an approved signature only"), NEW_PREVIEW
    ),
    "isv.SIGN_COUNT_OVER_LIMIT": _FULL,
    "isv.SMS_OVER_LIMIT": _FULL,
    # the account
    "ForbiddenAction": account(mark("the account is blocked"), CONSOLE),
    "isv.ACCOUNT_NOT_EXISTS": account(mark("there is no such account"), _KEY),
    "isv.ACCOUNT_ABNORMAL": account(mark("the account is restricted"), CONSOLE),
    "Account.Abnormal": account(mark("the account is restricted"), CONSOLE),
    "isv.SECURITY_FROZEN_ACCOUNT": account(
        mark("the account is frozen, since it was not used"), SUPPORT
    ),
    "isv.PRODUCT_UN_SUBSCRIPT": _NOT_OPENED,
    "isv.PRODUCT_UNSUBSCRIBE": _NOT_OPENED,
    "ServiceNotOpened": _NOT_OPENED,
    "InvalidApi.NotPurchase": _NOT_OPENED,
    "Forbidden.Unsubscribed": _NOT_OPENED,
    "isv.OUT_OF_SERVICE": _ARREARS,
    "isv.AMOUNT_NOT_ENOUGH": account(mark("the account's balance is too low"), TOP_UP),
    "InsufficientBalance": account(mark("the account's balance is too low"), TOP_UP),
    "Forbidden.InDebt": _ARREARS,
    "isv.DENY_IP_RANGE": account(
        mark("the vendor takes no calls from the region of this machine's address"),
        mark("run it from an address of the mainland."),
    ),
    "CustNotExistError": account(mark("the account is not known to SMS"), CONSOLE),
    "GrayCustAccessError": account(
        mark("the vendor has not opened this call to the account"),
        mark("ask the vendor's support to open it."),
    ),
    "NotEnterpriseCertifyCustCheckError": account(
        mark("the account is not an enterprise's"),
        mark("have it verified in the vendor's console."),
    ),
    "isp.RAM_PERMISSION_DENY": _NO_PERMISSION,
    "NoPermission": _NO_PERMISSION,
    "Forbidden": _NO_PERMISSION,
    "Forbidden.RAM": _NO_PERMISSION,
    "Forbidden.NotSupportRAM": _NO_PERMISSION,
    "Forbedden.NotSupportRAM": _NO_PERMISSION,
    "ActionUnauthorized": _NO_PERMISSION,
    "Forbidden.RiskControl": account(
        mark("the vendor's risk control has stopped the call"), SUPPORT
    ),
    "Forbidden.UserVerification": _UNVERIFIED,
    "Forbidden.AccessKeyDisabled": account(mark("the key is switched off"), _KEY),
    "MissingAccessKeyId": _NOT_SIGNED,
    "MissingSignature": _NOT_SIGNED,
    "InvalidAccessKeyId": _UNKNOWN_KEY,
    "InvalidAccessKeyId.NotFound": _UNKNOWN_KEY,
    "InvalidAccessKeyId.Inactive": account(mark("the key is switched off"), _KEY),
    "SignatureDoesNotMatch": account(mark("accessKeySecret does not go with accessKeyId"), _KEY),
    "IncompleteSignature": _NOT_SIGNED,
    "InvalidSecurityToken": account(mark("the temporary key is not accepted"), _NEW_KEY),
    "InvalidSecurityToken.Expired": account(mark("the temporary key has expired"), _NEW_KEY),
    "InvalidSecurityToken.MismatchWithAccessKey": account(
        mark("securityToken does not go with accessKeyId"), _NEW_KEY
    ),
    "InvalidSecurityToken.Malformed": account(mark("securityToken is malformed"), _KEY),
    "MissingSecurityToken": account(
        mark("the key is temporary"), mark("set securityToken beside it.")
    ),
    "InvalidTimeStamp.Expired": account(mark("this machine's clock is wrong"), _CLOCK),
    "IllegalTimestamp": account(mark("this machine's clock is wrong"), _CLOCK),
    "InvalidTimeStamp": account(mark("this machine's clock is wrong"), _CLOCK),
    "InvalidTimeStamp.Format": account(mark("the request's time can't be read"), SUPPORT),
    # the vendor can't answer now
    "SignatureNonceUsed": Meaning(RateLimitedError, mark("a request came twice"), LATER),
    "Throttling": TOO_MANY,
    "Throttling.User": TOO_MANY,
    "Throttling.Api": TOO_MANY,
    "isv.BUSINESS_LIMIT_CONTROL": TOO_MANY,
    "isp.SYSTEM_ERROR": TROUBLE,
    "isp.GATEWAY_ERROR": TROUBLE,
    "UnknownError": TROUBLE,
    "InternalError": TROUBLE,
    "ServiceUnavailable": trouble(mark("the vendor is not available")),
    # another endpoint, or another version of this package
    "InvalidAction": _OTHER_ENDPOINT,
    "InvalidAction.NotFound": _OTHER_ENDPOINT,
    "InvalidApi": _OTHER_ENDPOINT,
    "InvalidApi.NotFound": _OTHER_ENDPOINT,
    "InvalidProduct": account(mark("the endpoint is of another product"), _ENDPOINT),
    "InvalidProduct.NotFound": account(mark("the endpoint is of another product"), _ENDPOINT),
    "MissingAction": _OTHER_ENDPOINT,
    "MissingVersion": _OTHER_VERSION,
    "InvalidVersion": _OTHER_VERSION,
    "NoSuchVersion": _OTHER_VERSION,
    "UnsupportedOperation": _OTHER_ENDPOINT,
    "InvalidProtocol": _NEEDS_TLS,
    "InvalidProtocol.NeedSsl": _NEEDS_TLS,
    **dict.fromkeys(
        (
            *("UnsupportedHTTPMethod", "InvalidSignatureMethod", "InvalidSignatureVersion"),
            *("ContentMD5NotMatched", "MissingSignatureNonce", "MissingTimestamp"),
            *("InvalidOwner", "InvalidOwnerId", "InvalidOwnerAccount"),
        ),
        _NOT_OURS,
    ),
    "RequestEntityTooLarge": wrong(mark("the request is too large"), PAGE),
    **other_calls(OTHER_CALLS),
}

_BY_ACTION: Mapping[tuple[str, str], Meaning] = {
    ("isv.SMS_SIGNATURE_ILLEGAL", "CreateSmsSign"): refused(
        _NO_SIGNATURE_OR_BLOCKED, mark("choose another name.")
    ),
    ("isv.SMS_SIGNATURE_ILLEGAL", "DeleteSmsSign"): Meaning(
        NotFoundError, _NO_SIGNATURE_OR_BLOCKED, SUBMIT_ANEW
    ),
}
"""Codes whose meaning hangs on the call. By its words (签名不合法, 不存在或被拉黑) the signature
doesn't exist or is blocked: a deletion has nothing left to do, and a question must not take what is
blocked for gone."""
_OF_A_DAY = re.compile(r"天级|月级|\b(day|month)", re.IGNORECASE)
_OF_AN_HOUR = re.compile(r"小时级|\bhour", re.IGNORECASE)
_LIMIT = "isv.BUSINESS_LIMIT_CONTROL"
_SERVER_ERROR = 500

KEY_PROOFS = frozenset({"SignatureNotFound", "isv.SIGN_NAME_ILLEGAL", "isv.SMS_SIGNATURE_ILLEGAL"})
"""Codes that prove that the vendor knows the key.

The SMS service's own codes about a name; `Invalid…` may be the gateway's, before it has looked at
the key.
"""


def meaning(code: str, http_status: int, action: str = "", message: str = "") -> Meaning:
    """The meaning of a code as the answer to an action.

    One that no list has is what its category is, a property that is missing or wrong, trouble by
    its HTTP status, or a refusal.
    """
    if code == _LIMIT:
        return _limit(message)
    known = _BY_ACTION.get((code, action)) or of_code(MEANINGS, code)
    if known is not None:
        return known
    if http_status >= _SERVER_ERROR:
        return trouble(mark("the vendor has trouble"))
    if code.startswith("Missing"):
        return wrong(mark("a property is missing"), PAGE)
    if code.startswith("Invalid"):
        return wrong(mark("a property is not what the vendor takes"), PAGE)
    return REFUSED


def _limit(message: str) -> Meaning:
    """The meaning of a used-up limit: only its words, such as 触发天级流控, say of what."""
    if _OF_A_DAY.search(message):
        return _FULL
    return _FULL_FOR_AN_HOUR if _OF_AN_HOUR.search(message) else TOO_MANY
