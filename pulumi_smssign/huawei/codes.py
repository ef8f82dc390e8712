"""Huawei's error codes: the meaning and the advice of each.

Which HTTP status comes with a code is not documented, so the code decides, and the status only
where the code is not known by name. Sources: the vendor's page "API错误码（应用、签名、模板）"
(sms_05_0060), read in part; for the gateway the page "Error Codes" of the API Request Signing Guide
(api-sign-errorcode) and that of API Gateway (apig_03_0048, 2023-12-22), whose prefix is APIG. or
APIGW.; for failed authentications the FAQ of APIG.0301 and APIG.0307. IAM's page of the token
(iam_30_0001) names HTTP statuses and no codes.
"""

from __future__ import annotations

from collections.abc import Mapping

from pulumi_smssign.contract.codes import (
    ALLOW_ADDRESS,
    NO_SIGNATURE,
    PAGE,
    REFUSED,
    SMALLER_FILES,
    SUPPORT,
    TOO_MANY,
    TOP_UP,
    TROUBLE,
    Fault,
    Meaning,
    account,
    other_call,
    refused,
    wrong,
)
from pulumi_smssign.model.errors import BugError, DuplicateError, ReviewMovedError
from pulumi_smssign.model.language import mark

FILE_MISSING = "MSGSMS.0011"
SERVICE = "MSGSMS."
_GATEWAY = "APIGW."
_OTHER_GATEWAY = "APIG."

_APP = mark(
    "set app_id to the primary key `id` (not the app_key) of an application in the account's "
    "region; the vendor's console lists them."
)
_ENDPOINT = mark("check region, endpoint and projectId of the configuration smssign:huawei.")
_GRANT = mark("grant the key's user the permissions of MSGSMS in the project.")
_MOVED = mark("run `pulumi up` again: the preview will show what can be done now.")
_ADOPT = mark(
    "a name exists once for each type, whatever the app: look up the other's `id` and add "
    "adopt=ID to manage that one, or choose another name."
)

UNAUTHENTICATED = account(
    mark("the vendor does not accept the account's keys"),
    mark(
        "check the keys of the configuration smssign:huawei and this machine's clock before you "
        "run it again: five wrong calls lock a key for five minutes."
    ),
)
_NO_PERMISSION = account(mark("the account may not do this"), _GRANT)
_NO_APP = wrong(mark("the account has no such SMS application"), _APP)
_TAKEN = Meaning(DuplicateError, mark("the account has a signature of this name and type"), _ADOPT)
_BAD_FILE_NAME = Meaning(
    BugError, mark("the vendor does not take the name that a proof file was sent under"), SUPPORT
)
_QUALIFICATION = refused(
    mark("the vendor refused it, probably for its qualification"),
    mark(
        "check qualification_id: it is the id of an approved qualification of the account's "
        "console, of the company that the name belongs to. The codes came with that field and "
        "aren't published; if it is right, ask the vendor's support with the request id."
    ),
)
_TEMPLATE = other_call(mark("a template"))
_APPLICATION = other_call(mark("an SMS application"))
_UNREAD = refused(
    mark("the vendor refused it with a code of its list"),
    mark(
        "look the code up on the vendor's page of API error codes (sms_05_0060), or ask the "
        "vendor's support with the request id."
    ),
)
"""The meaning of codes that are known to be on the page; the texts of them were not to be had."""
_NOT_ALLOWED = account(mark("the account may not use the service here"), _ENDPOINT)

MEANINGS: Mapping[str, Meaning] = {
    # the service
    "MSGSMS.0001": TROUBLE,
    "MSGSMS.0002": wrong(mark("a property is wrong"), PAGE),
    "MSGSMS.0003": account(
        mark("the account's keys do not allow this"),
        mark("check the keys, and grant the key's user the permissions of MSGSMS in the project."),
    ),
    "MSGSMS.0004": _TAKEN,
    "MSGSMS.0005": NO_SIGNATURE,
    "MSGSMS.0006": _TAKEN,
    "MSGSMS.0007": Meaning(
        ReviewMovedError,
        mark("the vendor takes no such change or deletion in the signature's present status"),
        _MOVED,
    ),
    "MSGSMS.0008": _TEMPLATE,
    "MSGSMS.0009": _TEMPLATE,
    "MSGSMS.0010": _TEMPLATE,
    FILE_MISSING: wrong(
        mark("the vendor does not have one of the proof files"),
        mark(
            "name the file itself (licence, power_of_attorney, related_file) instead of a file id."
        ),
    ),
    "MSGSMS.0012": wrong(
        mark("this is not the id of a signature"),
        mark("use the primary key `id` of the signature, not its signature_id."),
    ),
    "MSGSMS.0013": account(
        mark("the account has not opened MSGSMS"), mark("open it in the vendor's console.")
    ),
    "MSGSMS.0014": _NO_APP,
    "MSGSMS.0032": wrong(mark("signature_type is not valid"), PAGE),
    "MSGSMS.0033": NO_SIGNATURE,
    "MSGSMS.0034": _TEMPLATE,
    "MSGSMS.0035": _UNREAD,
    "MSGSMS.0050": _NO_APP,
    "MSGSMS.0051": _APPLICATION,
    "MSGSMS.0053": _UNREAD,
    "MSGSMS.0076": _NO_APP,
    "MSGSMS.0130": Meaning(
        ReviewMovedError, mark("the signature is not waiting for an activation"), _MOVED
    ),
    "MSGSMS.0186": _QUALIFICATION,
    "MSGSMS.0187": _QUALIFICATION,
    "MSGSMS.0188": _QUALIFICATION,
    "MSGSMS.0132": _BAD_FILE_NAME,
    "MSGSMS.0133": _BAD_FILE_NAME,
    # the gateway; APIGW.0201 means many things and goes by its HTTP status
    "APIGW.0101": account(mark("the endpoint does not know the call"), _ENDPOINT),
    "APIGW.0103": TROUBLE,
    "APIGW.0104": TROUBLE,
    "APIGW.0105": TROUBLE,
    "APIGW.0106": TROUBLE,
    "APIGW.0107": TROUBLE,
    "APIGW.0202": TROUBLE,
    "APIGW.0203": TROUBLE,
    "APIGW.0301": UNAUTHENTICATED,
    "APIGW.0302": _NO_PERMISSION,
    "APIGW.0303": UNAUTHENTICATED,
    "APIGW.0304": _NO_PERMISSION,
    "APIGW.0305": UNAUTHENTICATED,
    "APIGW.0306": _NO_PERMISSION,
    "APIGW.0307": UNAUTHENTICATED,
    "APIGW.0308": TOO_MANY,
    "APIGW.0310": account(mark("the project is not available"), _ENDPOINT),
    "APIGW.0311": UNAUTHENTICATED,
    "APIGW.0401": account(mark("the vendor can't tell this machine's address"), SUPPORT),
    "APIGW.0402": account(mark("this machine's address is not allowed"), ALLOW_ADDRESS),
    "APIGW.0404": TROUBLE,
    "APIGW.0501": account(mark("the account has used up its calls"), SUPPORT),
    "APIGW.0502": account(mark("the account is frozen: its balance is too low"), TOP_UP),
    "APIGW.0601": TROUBLE,
    "APIGW.0602": wrong(mark("the vendor does not take the request"), PAGE),
    "APIGW.0605": TROUBLE,
    "APIGW.0606": TROUBLE,
    "APIGW.0607": account(mark("the endpoint takes another protocol"), _ENDPOINT),
    "APIGW.0608": TROUBLE,
    "APIGW.0609": TROUBLE,
    "APIGW.0610": TROUBLE,
    "APIGW.0611": TROUBLE,
    "APIGW.0612": TROUBLE,
    "APIGW.0613": TROUBLE,
    "APIGW.0705": TROUBLE,
    "APIGW.0801": _NOT_ALLOWED,
    "APIGW.0802": _NOT_ALLOWED,
}

_BY_STATUS: Mapping[int, Meaning] = {
    401: UNAUTHENTICATED,
    403: _NO_PERMISSION,
    413: wrong(mark("the request is larger than 12 MB"), SMALLER_FILES),
    429: TOO_MANY,
}
_FIRST_SERVER_STATUS = 500

KEY_PROOFS = frozenset({"MSGSMS.0002", "MSGSMS.0005", "MSGSMS.0012", "MSGSMS.0033"})
"""Codes that prove that the vendor knows the key.

The SMS service's own codes: it is asked after the gateway has accepted the key.
"""


def meaning(code: str, status: int) -> Meaning:
    """The meaning of an error: that of its code, or of its HTTP status where no table has it."""
    code = code.replace(_OTHER_GATEWAY, _GATEWAY, 1) if code.startswith(_OTHER_GATEWAY) else code
    known = MEANINGS.get(code) or _BY_STATUS.get(status)
    return known or (TROUBLE if status >= _FIRST_SERVER_STATUS else REFUSED)


def is_unauthenticated(fault: Fault) -> bool:
    """Whether the gateway or IAM did not accept the key; such a call must not be repeated.

    The service's own refusals come after the gateway has accepted the key.
    """
    return fault.meaning is UNAUTHENTICATED and not fault.code.startswith(SERVICE)
