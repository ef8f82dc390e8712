"""Tencent's error codes: whose move each one is, and the way out.

Sources: the tables of AddSmsSign (2024-03-07) and ModifySmsSign (2024-09-10), the Go SDK's lists
for Describe and Delete, the newer codes of the Python SDK 3.1.153, and the gateway's common codes.
"""

from __future__ import annotations

from collections.abc import Mapping

from pulumi_smssign.contract.codes import (
    ALLOW_ADDRESS,
    CONSOLE,
    LATER,
    SUBMIT_ANEW,
    SUPPORT,
    Meaning,
)
from pulumi_smssign.model.errors import (
    AccountError,
    BugError,
    DuplicateError,
    InputError,
    NotFoundError,
    RateLimitedError,
    RefusedError,
    ReviewMovedError,
    UnavailableError,
)

_KEY = "check secretId and secretKey of the configuration smssign:tencent."
_CLOCK = "set this machine's clock: it must agree with the vendor's to five minutes."
_PAGE = "compare the resource's properties with the vendor's page AddSmsSign."
_ADOPT = (
    "look up its id in the console and add adopt=ID to manage that one, or choose another name."
)
_NEW_KEY = "get a new temporary key and set secretId, secretKey and token together."

_TROUBLE = Meaning(UnavailableError, "the vendor has trouble inside", LATER)
_UNAVAILABLE = Meaning(UnavailableError, "the vendor is not available", LATER)
_CLOCK_IS_OFF = Meaning(AccountError, "this machine's clock is off", _CLOCK)
_NO_PERMISSION = Meaning(
    AccountError, "the key has no permission for this", "grant the key the SMS permissions."
)
_ARREARS = Meaning(
    AccountError, "the service is suspended, since the account owes money", "pay the bill."
)
_ADDRESS = Meaning(
    AccountError, "this machine's address is not on the account's allow-list", ALLOW_ADDRESS
)
_PURPOSE = Meaning(InputError, "sign_purpose is not one that the vendor takes", _PAGE)
_APPROVED = Meaning(
    ReviewMovedError,
    "the signature has been approved, and an approved one can't be changed",
    "run `pulumi up` again: the preview will show that it is to be replaced.",
)
_NO_SIGNATURE = Meaning(NotFoundError, "there is no such signature", SUBMIT_ANEW)
_UNREADABLE = Meaning(RefusedError, "the vendor could not read the request", _PAGE)

_MEANINGS: Mapping[str, Meaning] = {
    # the account's own business codes
    "FailedOperation.NotEnterpriseCertification": Meaning(
        AccountError,
        "the account is an individual's, and only organisations may use this",
        "change the account's identity to an organisation; it takes about an hour.",
    ),
    "FailedOperation.SignNumberLimit": Meaning(
        AccountError,
        "the account has as many signatures as it may have",
        "delete one that is not needed, or ask the vendor for a higher limit.",
    ),
    "FailedOperation.ProhibitSubAccountUse": Meaning(
        AccountError, "a sub-account may not do this", "use a key of the main account."
    ),
    "FailedOperation.QualificationIdNotApproved": Meaning(
        RefusedError,
        "the qualification is not approved",
        "wait for its approval in the console, or set another qualification_id.",
    ),
    "InvalidParameterValue.QualificationIdNotFound": Meaning(
        InputError,
        "the account has no such qualification",
        "set qualification_id to one of the console's list.",
    ),
    "InvalidParameter.AppidAndBizId": Meaning(
        AccountError, "the account and the application don't belong together", CONSOLE
    ),
    "InvalidParameterValue.SdkAppIdNotExist": Meaning(
        AccountError, "the account has no SMS application", "open one in the vendor's console."
    ),
    "UnauthorizedOperation.SdkAppIdIsDisabled": Meaning(
        AccountError, "the account's SMS application is disabled", CONSOLE
    ),
    "UnauthorizedOperation.RequestIpNotInWhitelist": _ADDRESS,
    "UnauthorizedOperation.RequestPermissionDeny": _NO_PERMISSION,
    "UnauthorizedOperation.ServiceSuspendDueToArrears": _ARREARS,
    "UnauthorizedOperation.SerivceSuspendDueToArrears": _ARREARS,
    # the application's content
    "InvalidParameterValue.ImageInvalid": Meaning(
        InputError,
        "a proof image is not one that the vendor can read",
        "save it anew as a PNG or JPEG file.",
    ),
    "InvalidParameterValue.InvalidDocumentType": Meaning(
        InputError, "document_type does not go with sign_type, or is withdrawn", _PAGE
    ),
    "InvalidParameterValue.InvalidInternational": Meaning(
        InputError, "international is not what the signature was made with", _PAGE
    ),
    "InvalidParameterValue.InvalidUsedMethod": _PURPOSE,
    "InvalidParameterValue.InvalidSignPurpose": _PURPOSE,
    "InvalidParameterValue.SignNameLengthTooLong": Meaning(
        InputError, "sign_name is too long", "choose a shorter name."
    ),
    "InvalidParameterValue.LimitVerifyFail": Meaning(BugError, "a page's size is wrong", SUPPORT),
    "InvalidParameterValue.OffsetVerifyFail": Meaning(
        BugError, "a page's beginning is wrong", SUPPORT
    ),
    # the review
    "InvalidParameterValue.SignAlreadyPassedCheck": _APPROVED,
    "FailedOperation.TemplateAlreadyPassedCheck": _APPROVED,
    "InvalidParameterValue.SignExistAndUnapproved": Meaning(
        DuplicateError,
        "another signature with this name is in review",
        _ADOPT,
    ),
    "FailedOperation.SignIdNotExist": _NO_SIGNATURE,
    "FailedOperation.MissingSignatureToModify": _NO_SIGNATURE,
    "FailedOperation.MissingSignatureList": Meaning(
        NotFoundError, "the vendor does not recognise the signature", SUBMIT_ANEW
    ),
    "FailedOperation.TemplateIdNotExist": Meaning(
        NotFoundError,
        "the vendor does not recognise the id",
        "run `pulumi refresh`, then `pulumi up`.",
    ),
    # requests that were not understood
    "FailedOperation.FailResolvePacket": _UNREADABLE,
    "FailedOperation.JsonParseFail": _UNREADABLE,
    "FailedOperation.OtherError": Meaning(
        RefusedError, "the vendor refused it without saying why; usually a property is wrong", _PAGE
    ),
    "FailedOperation.ParametersOtherError": Meaning(
        RefusedError, "the vendor refused it without saying why", SUPPORT
    ),
    "InvalidParameter": Meaning(InputError, "a property is wrong", _PAGE),
    "InvalidParameterValue": Meaning(InputError, "a property's value is wrong", _PAGE),
    "MissingParameter": Meaning(InputError, "a property is missing", _PAGE),
    "UnknownParameter": Meaning(
        InputError, "the vendor does not know a property that was sent", _PAGE
    ),
    "InvalidRequest": _UNREADABLE,
    "RequestSizeLimitExceeded": Meaning(
        InputError, "the request is larger than 10 MB", "use smaller proof images."
    ),
    "ResponseSizeLimitExceeded": Meaning(RefusedError, "the answer is too large", SUPPORT),
    "UnsupportedOperation": Meaning(RefusedError, "the vendor does not support this", SUPPORT),
    "UnsupportedRegion": Meaning(
        AccountError, "the region does not offer this", "set region of smssign:tencent."
    ),
    "UnsupportedProtocol": Meaning(AccountError, "the endpoint wants https", "set endpoint."),
    "InvalidAction": Meaning(
        AccountError, "the endpoint does not know the action", "set endpoint."
    ),
    "NoSuchVersion": Meaning(
        AccountError, "the endpoint does not know the version", "set endpoint."
    ),
    "NoSuchProduct": Meaning(AccountError, "the endpoint is of another product", "set endpoint."),
    "ActionOffline": Meaning(RefusedError, "the vendor has taken the action off line", SUPPORT),
    # the inner layers' trouble; two of them are about keys and clocks for all their prefix
    "InternalError.RequestTimeException": _CLOCK_IS_OFF,
    "InternalError.SigFieldMissing": Meaning(
        AccountError, "the request's signature is missing", _KEY
    ),
    "InternalError.SigVerificationFail": Meaning(
        AccountError, "the vendor could not verify the request's signature", _KEY
    ),
    "InternalError.RestApiInterfaceNotExist": Meaning(
        RefusedError, "the vendor does not know the interface", SUPPORT
    ),
    "InternalError.JsonParseFail": _TROUBLE,
    "InternalError.OtherError": _TROUBLE,
    "InternalError.SendAndRecvFail": _TROUBLE,
    "InternalError.Timeout": Meaning(UnavailableError, "the vendor took too long", LATER),
    "InternalError.UnknownError": _TROUBLE,
    "InternalError": _TROUBLE,
    "ServiceUnavailable": _UNAVAILABLE,
    "ResourceUnavailable": _UNAVAILABLE,
    # the gateway
    "AuthFailure.SignatureFailure": Meaning(
        AccountError,
        "the request's signature is wrong, so secretKey does not go with secretId",
        _KEY,
    ),
    "AuthFailure.SignatureExpire": _CLOCK_IS_OFF,
    "AuthFailure.SecretIdNotFound": Meaning(
        AccountError, "the vendor does not know the key, or it is disabled", _KEY
    ),
    "AuthFailure.InvalidSecretId": Meaning(
        AccountError, "secretId is not the id of an API key", _KEY
    ),
    "AuthFailure.InvalidAuthorization": Meaning(
        AccountError, "the vendor could not read the request's signature", _KEY
    ),
    "AuthFailure.TokenFailure": Meaning(AccountError, "the token is wrong or has ended", _NEW_KEY),
    "AuthFailure.MFAFailure": Meaning(
        AccountError, "the key asks for a second factor", "use a key that needs none."
    ),
    "AuthFailure": Meaning(AccountError, "the vendor does not accept the key", _KEY),
    "UnauthorizedOperation": _NO_PERMISSION,
    "RequestLimitExceeded": Meaning(RateLimitedError, "too many calls came at once", LATER),
    "LimitExceeded": Meaning(AccountError, "the account has used up a quota", CONSOLE),
    "IpInBlacklist": Meaning(AccountError, "this machine's address is blocked", SUPPORT),
    "IpNotInWhitelist": _ADDRESS,
    "DryRunOperation": Meaning(RefusedError, "the call was a dry run", SUPPORT),
    "FailedOperation": Meaning(RefusedError, "the vendor refused it", SUPPORT),
    "ResourceInUse": Meaning(RefusedError, "the signature is in use", CONSOLE),
    "ResourceInsufficient": Meaning(RefusedError, "the vendor lacks resources", LATER),
    "ResourceNotFound": _NO_SIGNATURE,
}

CODES = frozenset(_MEANINGS)
"""Every code that is known by name."""


_ON_ADD: Mapping[str, Meaning] = {
    "InvalidParameterValue.SignAlreadyPassedCheck": Meaning(
        DuplicateError,
        "another signature with this name is approved",
        _ADOPT,
    ),
}
"""What means something else as the answer to AddSmsSign, where nothing is changed."""


def meaning(code: str, action: str = "") -> Meaning:
    """What a code means; one that is not known by name means what its category means.

    The trailing dot of `UnsupportedOperation.` is the vendor's (pages of 2024).
    """
    if action == "AddSmsSign" and code in _ON_ADD:
        return _ON_ADD[code]
    known = _MEANINGS.get(code) or _MEANINGS.get(code.partition(".")[0])
    return known or Meaning(RefusedError, "the vendor refused it", SUPPORT)
