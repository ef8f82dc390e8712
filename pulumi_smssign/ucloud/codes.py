"""UCloud's RetCodes: the meaning and the advice of each.

Sources: the common codes of the vendor's API guide (August 2026) and the table of USMS (July
2026). 220, 230 and 240 are in neither, but other products of the vendor answer them. No source
says how a signature is refused that does not exist, is taken, or is in the wrong state.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from pulumi_smssign.contract.codes import (
    ALLOW_ADDRESS,
    CONSOLE,
    NO_SIGNATURE,
    REFUSED,
    SMALLER_FILES,
    SUPPORT,
    TOO_MANY,
    TROUBLE,
    Meaning,
    account,
    refused,
    trouble,
    wrong,
)

_KEY = (
    "check publicKey and privateKey of the configuration smssign:ucloud; keys of the global site "
    "need its endpoint, https://api.ucloud-global.com."
)
_PROJECT = "check projectId of the configuration smssign:ucloud, or the resource's project_id."
_ENDPOINT = "check endpoint of the configuration smssign:ucloud."
_PERMISSION = "grant the key the permissions of USMS in the vendor's console."
_PAGE = (
    "compare the resource's properties with the vendor's page CreateUSMSSignature; "
    "a sub-account's key needs projectId too."
)

MEANINGS: Mapping[int, Meaning] = {
    # the gateway
    110: trouble("the vendor took too long"),
    130: trouble("the vendor's gateway has trouble"),
    150: trouble("the vendor is not available"),
    151: trouble("the vendor's gateway has trouble"),
    153: TOO_MANY,
    160: account("the endpoint did not see the action", _ENDPOINT),
    161: account("the endpoint does not know the action", _ENDPOINT),
    170: account("the request's signature is missing", _ENDPOINT),
    171: account(
        "the request's signature is wrong, so privateKey does not go with publicKey", _KEY
    ),
    172: account("the vendor does not know the key", _KEY),
    173: account("the account is restricted", CONSOLE),
    174: account("the vendor does not know the token", _KEY),
    180: account("the endpoint wants a version of the API", _ENDPOINT),
    200: trouble("the vendor's API is not available"),
    290: account("the key may not use the project", _PROJECT),
    291: account("the key has no permission for this", _PERMISSION),
    292: account("there is no such project", _PROJECT),
    293: account("the key has no permission for the zone", _PERMISSION),
    294: account("this machine's address is not on the key's allow-list", ALLOW_ADDRESS),
    295: account("the account's safety lock is closed", CONSOLE),
    299: account("the key has no permission for this", _PERMISSION),
    # the request, in both families
    220: wrong("a parameter is missing", _PAGE),
    230: wrong("a parameter is wrong", _PAGE),
    240: wrong("a parameter is too large", SMALLER_FILES),
    18000: refused("the vendor could not read the request", SUPPORT),
    18001: wrong("a parameter is missing", _PAGE),
    18002: wrong("a parameter's form is wrong", _PAGE),
    # the service; the page of 18004 and 18007 says "not submitted", but of messages
    18004: TROUBLE,
    18007: TROUBLE,
    18013: account("the account's balance is too low", "pay into the account."),
    18023: wrong("the text has a word that the operators block", "choose another text."),
}

_UNCLEAR: Mapping[str, Meaning] = {
    "CreateUSMSSignature": refused(
        "a parameter is wrong, or the text is taken",
        "compare the resource's properties with the vendor's page CreateUSMSSignature; if the "
        "console shows a signature with this text, add adopt=ID to manage that one.",
    ),
    "UpdateUSMSSignature": refused(
        "a parameter is wrong, or the signature can't be changed now",
        "compare the resource's properties with the vendor's page UpdateUSMSSignature; if they "
        "are right, wait for the verdict and run `pulumi up` again.",
    ),
    "QueryUSMSSignature": refused(
        "a parameter is wrong",
        "look in the vendor's console; a signature that is gone there and still in this stack's "
        "state is taken out of it with `pulumi state delete`.",
    ),
    "DeleteUSMSSignature": refused(
        "a parameter is wrong, or the signature can't be deleted now",
        "one that is under review can't be deleted: wait for the verdict and run it again.",
    ),
}
"""Meanings of 18003, "parameter invalid", by action: no narrower code is documented."""

_WRONG = 18003
_SERVICE = range(18000, 19000)
_NO_SUCH_SIGNATURE = 18016
_IS_MISSING = re.compile(
    r"(signature|sig ?id|签名)[^,;.，；。]{0,60}?(not (be )?found|(not|n't) exist|不存在|未找到)"
    r"|no such (signature|sig ?id)",
    re.IGNORECASE,
)

KEY_PROOFS = frozenset({"18001", "18002", "18003", "18016"})
"""Codes that prove that the vendor knows the key.

USMS's own codes: it is asked after the gateway has accepted the key. What both families use, such
as 230, may be the gateway's.
"""


def meaning(action: str, code: int, message: str) -> Meaning:
    """The meaning of a code as the answer to an action.

    18016 is documented for sending ("no such signature, or not approved"): of a call that names
    one signature it can only mean the first. Another of the service's codes means so too when its
    message says it.
    """
    is_missing = code == _NO_SUCH_SIGNATURE or (code in _SERVICE and _IS_MISSING.search(message))
    if is_missing and action != "CreateUSMSSignature":
        return NO_SIGNATURE
    if code == _WRONG:
        return _UNCLEAR[action]
    return MEANINGS.get(code, REFUSED)
