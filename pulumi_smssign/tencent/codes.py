"""Tencent's error codes: the meaning and the advice of each.

Sources: the tables of AddSmsSign (2024-03-07) and ModifySmsSign (2024-09-10), the Go SDK's lists
for Describe and Delete, the newer codes of the Python SDK 3.1.153, and the gateway's common codes
(the page 382/38780).
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from pulumi_smssign.contract.codes import (
    ALLOW_ADDRESS,
    CONSOLE,
    LATER,
    NO_SIGNATURE,
    PAGE,
    REFUSED,
    SUBMIT_ANEW,
    SUPPORT,
    TOO_MANY,
    TROUBLE,
    Meaning,
    account,
    of_code,
    other_calls,
    refused,
    trouble,
    wrong,
)
from pulumi_smssign.model.errors import BugError, DuplicateError, NotFoundError, ReviewMovedError
from pulumi_smssign.model.language import mark
from pulumi_smssign.tencent.other_calls import OTHER_CALLS

_KEY = mark("check secretId and secretKey of the configuration smssign:tencent.")
_CLOCK = mark("set this machine's clock: it must agree with the vendor's to five minutes.")
_ENDPOINT = mark(
    "check endpoint of the configuration smssign:tencent: it names the SMS API's own host, "
    "https://sms.tencentcloudapi.com or, for an account of the international site, "
    "https://sms.intl.tencentcloudapi.com."
)
_ADOPT = mark(
    "look up its id in the console and add adopt=ID to manage that one, or choose another name."
)
_NEW_KEY = mark("get a new temporary key and set secretId, secretKey and token together.")

_UNAVAILABLE = trouble(mark("the vendor is not available"))
_CLOCK_IS_OFF = account(mark("this machine's clock is off"), _CLOCK)
_NO_PERMISSION = account(
    mark("the key has no permission for this"),
    mark("grant the key's user the permissions of SMS (sms:{action}) in CAM."),
)
_ARREARS = account(
    mark("the service is suspended, since the account owes money"), mark("pay the bill.")
)
_ADDRESS = account(mark("this machine's address is not on the account's allow-list"), ALLOW_ADDRESS)
_PURPOSE = wrong(mark("the vendor does not take this sign_purpose"), PAGE)
_APPROVED = Meaning(
    ReviewMovedError,
    mark("the signature has been approved, and an approved one can't be changed"),
    mark("run `pulumi up` again: the preview will show its replacement."),
)
_UNREADABLE = refused(mark("the vendor could not read the request"), PAGE)

MEANINGS: Mapping[str, Meaning] = {
    # the account's own business codes
    "FailedOperation.NotEnterpriseCertification": account(
        mark("the account is an individual's, and only organisations may use this"),
        mark("change the account's identity to an organisation; it takes about an hour."),
    ),
    "FailedOperation.SignNumberLimit": account(
        mark("the account has as many signatures as it may have"),
        mark("delete one that is not needed, or ask the vendor for a higher limit."),
    ),
    "FailedOperation.ProhibitSubAccountUse": account(
        mark("a sub-account may not do this"), mark("use a key of the main account.")
    ),
    "FailedOperation.QualificationIdNotApproved": refused(
        mark("the qualification is not approved"),
        mark("wait for its approval in the console, or set another qualification_id."),
    ),
    "InvalidParameterValue.QualificationIdNotFound": wrong(
        mark("the account has no such qualification"),
        mark("set qualification_id to one of the console's list."),
    ),
    "InvalidParameter.AppidAndBizId": account(
        mark("the account and the application don't belong together"), CONSOLE
    ),
    "InvalidParameterValue.SdkAppIdNotExist": account(
        mark("the account has no SMS application"), mark("open one in the vendor's console.")
    ),
    "UnauthorizedOperation.SdkAppIdIsDisabled": account(
        mark("the account's SMS application is disabled"), CONSOLE
    ),
    "UnauthorizedOperation.RequestIpNotInWhitelist": _ADDRESS,
    "UnauthorizedOperation.RequestPermissionDeny": _NO_PERMISSION,
    "UnauthorizedOperation.ServiceSuspendDueToArrears": _ARREARS,
    "UnauthorizedOperation.SerivceSuspendDueToArrears": _ARREARS,
    # the application's content
    "InvalidParameterValue.ImageInvalid": wrong(
        mark("the vendor can't read a proof image"), mark("save it anew as a PNG or JPEG file.")
    ),
    "InvalidParameterValue.InvalidDocumentType": wrong(
        mark("document_type does not go with sign_type, or is withdrawn"), PAGE
    ),
    "InvalidParameterValue.InvalidInternational": wrong(
        mark("international is not what the signature was made with"), PAGE
    ),
    "InvalidParameterValue.InvalidUsedMethod": _PURPOSE,
    "InvalidParameterValue.InvalidSignPurpose": _PURPOSE,
    "InvalidParameterValue.SignNameLengthTooLong": wrong(
        mark("sign_name is too long"), mark("choose a shorter name.")
    ),
    "InvalidParameterValue.LimitVerifyFail": Meaning(
        BugError, mark("a page's size is wrong"), SUPPORT
    ),
    "InvalidParameterValue.OffsetVerifyFail": Meaning(
        BugError, mark("a page's beginning is wrong"), SUPPORT
    ),
    # the review
    "InvalidParameterValue.SignAlreadyPassedCheck": _APPROVED,
    "FailedOperation.TemplateAlreadyPassedCheck": _APPROVED,
    "InvalidParameterValue.SignExistAndUnapproved": Meaning(
        DuplicateError, mark("another signature with this name is in review"), _ADOPT
    ),
    "FailedOperation.SignIdNotExist": NO_SIGNATURE,
    "FailedOperation.MissingSignatureToModify": NO_SIGNATURE,
    "FailedOperation.MissingSignatureList": Meaning(
        NotFoundError, mark("the vendor does not recognise the signature"), SUBMIT_ANEW
    ),
    "FailedOperation.TemplateIdNotExist": Meaning(
        NotFoundError,
        mark("the vendor does not recognise the id"),
        mark("run `pulumi refresh`, then `pulumi up`."),
    ),
    # requests that were not understood
    "FailedOperation.FailResolvePacket": _UNREADABLE,
    "FailedOperation.JsonParseFail": _UNREADABLE,
    "FailedOperation.OtherError": refused(
        mark("the vendor refused it without saying why; usually a property is wrong"), PAGE
    ),
    "FailedOperation.ParametersOtherError": refused(
        mark("the vendor refused it without saying why"), SUPPORT
    ),
    "InvalidParameter": wrong(mark("a property is wrong"), PAGE),
    "InvalidParameter.InvalidParameters": wrong(mark("a property is wrong"), PAGE),
    "InvalidParameter.DirtyWordFound": wrong(
        mark("it has a sensitive word"), mark("choose other words.")
    ),
    "InvalidParameterValue": wrong(mark("a property's value is wrong"), PAGE),
    "MissingParameter": wrong(mark("a property is missing"), PAGE),
    "UnknownParameter": wrong(mark("the vendor does not know a property that was sent"), PAGE),
    "InvalidRequest": _UNREADABLE,
    "RequestSizeLimitExceeded": wrong(
        mark("the request is larger than 10 MB"), mark("use smaller proof images.")
    ),
    "ResponseSizeLimitExceeded": refused(mark("the answer is too large"), SUPPORT),
    "UnsupportedOperation": refused(mark("the vendor does not support this"), SUPPORT),
    "UnsupportedRegion": account(
        mark("the region does not offer this"), mark("set region of smssign:tencent.")
    ),
    "UnsupportedProtocol": account(mark("the endpoint wants https"), _ENDPOINT),
    "InvalidAction": account(mark("the endpoint does not know the action"), _ENDPOINT),
    "NoSuchVersion": account(mark("the endpoint does not know the version"), _ENDPOINT),
    "NoSuchProduct": account(mark("the endpoint is of another product"), _ENDPOINT),
    "ActionOffline": refused(mark("the vendor has taken the action off line"), SUPPORT),
    # the inner layers' trouble; three of them are about keys and clocks in spite of their prefix
    "InternalError.RequestTimeException": _CLOCK_IS_OFF,
    "InternalError.SigFieldMissing": account(mark("the request's signature is missing"), _KEY),
    "InternalError.SigVerificationFail": account(
        mark("the vendor could not verify the request's signature"), _KEY
    ),
    "InternalError.RestApiInterfaceNotExist": refused(
        mark("the vendor does not know the interface"), SUPPORT
    ),
    "InternalError.JsonParseFail": TROUBLE,
    "InternalError.OtherError": TROUBLE,
    "InternalError.SendAndRecvFail": TROUBLE,
    "InternalError.Timeout": trouble(mark("the vendor took too long")),
    "InternalError.UnknownError": TROUBLE,
    "InternalError": TROUBLE,
    "ServiceUnavailable": _UNAVAILABLE,
    "ResourceUnavailable": _UNAVAILABLE,
    # the gateway
    "AuthFailure.SignatureFailure": account(
        mark("the request's signature is wrong, so secretKey does not go with secretId"), _KEY
    ),
    "AuthFailure.SignatureExpire": _CLOCK_IS_OFF,
    "AuthFailure.SecretIdNotFound": account(
        mark("the vendor does not know the key, or it is disabled"), _KEY
    ),
    "AuthFailure.InvalidSecretId": account(mark("secretId is not the id of an API key"), _KEY),
    "AuthFailure.InvalidAuthorization": account(
        mark("the vendor could not read the request's signature"), _KEY
    ),
    "AuthFailure.UnauthorizedOperation": _NO_PERMISSION,
    "AuthFailure.TokenFailure": account(mark("the token is wrong or has ended"), _NEW_KEY),
    "AuthFailure.MFAFailure": account(
        mark("the key asks for a second factor"), mark("use a key that needs none.")
    ),
    "AuthFailure": account(mark("the vendor does not accept the key"), _KEY),
    "UnauthorizedOperation": _NO_PERMISSION,
    "RequestLimitExceeded": TOO_MANY,
    "RequestLimitExceeded.GlobalRegionUinLimitExceeded": TOO_MANY,
    "RequestLimitExceeded.IPLimitExceeded": TOO_MANY,
    "RequestLimitExceeded.UinLimitExceeded": TOO_MANY,
    "LimitExceeded": account(mark("the account has used up a quota"), CONSOLE),
    "IpInBlacklist": account(mark("this machine's address is blocked"), SUPPORT),
    "IpNotInWhitelist": _ADDRESS,
    "DryRunOperation": refused(mark("the call was a dry run"), SUPPORT),
    "FailedOperation": REFUSED,
    "ResourceInUse": refused(mark("the signature is in use"), CONSOLE),
    "ResourceInsufficient": refused(mark("the vendor lacks resources"), LATER),
    "ResourceNotFound": NO_SIGNATURE,
    **other_calls(OTHER_CALLS),
}


_ON_ADD: Mapping[str, Meaning] = {
    "InvalidParameterValue.SignAlreadyPassedCheck": Meaning(
        DuplicateError, mark("another signature with this name is approved"), _ADOPT
    ),
}
"""Codes with another meaning as the answer to AddSmsSign, which changes no signature."""
_OTHER_SERVICE = re.compile(r"\W?service\W? in \W?credential", re.IGNORECASE)
_OF_OTHER_SERVICE = account(mark("the endpoint is of another service"), _ENDPOINT)
"""The meaning of "`Service` in Credential not valid": the scope that was signed, "sms", is not the
service of the host that was asked (another product's, or an IP address)."""

KEY_PROOFS = frozenset(
    {
        "FailedOperation.SignIdNotExist",
        "FailedOperation.MissingSignatureList",
        "FailedOperation.TemplateIdNotExist",
        "InvalidParameterValue.InvalidInternational",
    }
)
"""Codes that prove that the vendor knows the key.

The SMS service's own codes: it is asked after the gateway has accepted the key.
"""


def meaning(code: str, action: str = "", message: str = "") -> Meaning:
    """The meaning of a code as the answer to an action; an unknown one has that of its category.

    The trailing dot of `UnsupportedOperation.` is the vendor's (pages of 2024).
    """
    if action == "AddSmsSign" and code in _ON_ADD:
        return _ON_ADD[code]
    if code == "AuthFailure.InvalidAuthorization" and _OTHER_SERVICE.search(message):
        return _OF_OTHER_SERVICE
    return of_code(MEANINGS, code) or REFUSED
