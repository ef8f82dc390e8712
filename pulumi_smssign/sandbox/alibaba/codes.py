"""The error codes, and the HTTP status of each.

Two envelopes coexist: the gateway's and the newer codes come with 4xx or 5xx, the older ones
(`isv.` and `isp.`) with 200 (inferred). Sources: the vendor's OpenAPI description of 2025-12 for
the codes of Create, Update and Get; the vendor's error-code page 101346 for the older ones; the
table of the gateway's codes on the vendor's page 48054. Neither of the last two names operations.
"""

from __future__ import annotations

from collections.abc import Mapping

EXISTS = "SignName.Exists"
BAD_NAME = "InvalidSignName"
BAD_QUALIFICATION = "InvalidQualification"
NO_QUALIFICATION = "QualificationNotFound"
OTHER_PARTY = "ParameterMismatch.ThirdParty"
NO_LINK = "MissApplySceneContent"
BAD_LINK = "InvalidApplySceneContent"
NO_LETTER = "SmsAuthorizationLetterNotExist"
OTHER_LETTER = "SmsAuthorizationLetterNotMatch"
NOT_IN_LETTER = "SmsSignNotAuthorized"
NO_TRADEMARK = "TrademarkNotExist"
NO_ICP_RECORD = "AppIcpRecordNotExist"
NOT_FOUND = "SignatureNotFound"

NOT_DELETABLE = "isv.ERROR_SIGN_NOT_DELETE"
NOT_MODIFIABLE = "isv.ERROR_SIGN_NOT_MODIFY"
BAD_SOURCE = "isv.SIGN_SOURCE_ILLEGAL"
BANNED_WORD = "SIGNATURE_BLACKLIST"

BAD_PARAMETER = "InvalidParameter"
NO_ACTION = "InvalidAction.NotFound"
NO_VERSION = "InvalidVersion"
BAD_METHOD = "UnsupportedHTTPMethod"
BAD_KEY = "InvalidAccessKeyId.NotFound"
BAD_SIGNATURE = "SignatureDoesNotMatch"
INCOMPLETE_SIGNATURE = "IncompleteSignature"
BAD_TIME = "InvalidTimeStamp.Format"
OLD_TIME = "InvalidTimeStamp.Expired"
NONCE_USED = "SignatureNonceUsed"
NO_TOKEN = "MissingSecurityToken"  # noqa: S105 - a code
BAD_TOKEN = "InvalidSecurityToken.Expired"  # noqa: S105
THROTTLED = "Throttling.User"
TOO_LARGE = "RequestEntityTooLarge"

_OLDER = ("isv.", "isp.", BANNED_WORD)
_HTTP_STATUSES: Mapping[str, int] = {
    NO_QUALIFICATION: 404,
    NOT_FOUND: 404,
    NO_ACTION: 404,
    BAD_KEY: 404,
    "InvalidAccessKeyId": 404,
    "InvalidProduct.NotFound": 404,
    "Forbidden": 403,
    "Forbidden.RAM": 403,
    BAD_METHOD: 405,
    TOO_LARGE: 413,
    "InternalError": 500,
    "ServiceUnavailable": 503,
}


def http_status(code: str) -> int:
    """Give the HTTP status that a code comes with."""
    return 200 if code.startswith(_OLDER) else _HTTP_STATUSES.get(code, 400)
