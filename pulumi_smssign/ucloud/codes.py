"""UCloud's RetCodes: the meaning and the advice of each.

Sources: the common codes of the vendor's API guide (August 2026) and the table of USMS (July
2026). 220, 230, 240, 520, 1000 and -1 are in neither, but other products of the vendor answer them
(a public table of one's codes; 520 in an issue of its Terraform provider). No source says how a
signature is refused that does not exist, is taken, or is in the wrong state.
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
    other_call,
    refused,
    trouble,
    wrong,
)
from pulumi_smssign.model.language import mark

_KEY = mark(
    "check publicKey and privateKey of the configuration smssign:ucloud; keys of the global site "
    "need its endpoint, https://api.ucloud-global.com."
)
_PROJECT = mark(
    "check projectId of the configuration smssign:ucloud, or the resource's project_id."
)
_ENDPOINT = mark("check endpoint of the configuration smssign:ucloud.")
_PERMISSION = mark("grant the key the permissions of USMS in the vendor's console.")
_PAGE = mark(
    "compare the resource's properties with the vendor's page {action}; a sub-account's key needs "
    "projectId too."
)
_IS_MISSING = wrong(mark("a parameter is missing"), _PAGE)
_LOW_BALANCE = account(mark("the account's balance is too low"), mark("pay into the account."))
_OF_SENDING = (18014, 18017, 18018, 18019, 18033, 18046, 18048, 18049)

MEANINGS: Mapping[int, Meaning] = {
    # the gateway, and what several products answer
    -1: TROUBLE,
    520: _LOW_BALANCE,
    1000: TROUBLE,
    110: trouble(mark("the vendor took too long")),
    130: trouble(mark("the vendor's gateway has trouble")),
    150: trouble(mark("the vendor is not available")),
    151: trouble(mark("the vendor's gateway has trouble")),
    153: TOO_MANY,
    160: account(mark("the endpoint did not see the action"), _ENDPOINT),
    161: account(mark("the endpoint does not know the action"), _ENDPOINT),
    170: account(mark("the request's signature is missing"), _ENDPOINT),
    171: account(
        mark("the request's signature is wrong, so privateKey does not go with publicKey"), _KEY
    ),
    172: account(mark("the vendor does not know the key"), _KEY),
    173: account(mark("the account is restricted"), CONSOLE),
    174: account(mark("the vendor does not know the token"), _KEY),
    180: account(mark("the endpoint wants a version of the API"), _ENDPOINT),
    200: trouble(mark("the vendor's API is not available")),
    290: account(mark("the key may not use the project"), _PROJECT),
    291: account(mark("the key has no permission for this"), _PERMISSION),
    292: account(mark("there is no such project"), _PROJECT),
    293: account(mark("the key has no permission for the zone"), _PERMISSION),
    294: account(mark("this machine's address is not on the key's allow-list"), ALLOW_ADDRESS),
    295: account(mark("the account's safety lock is closed"), CONSOLE),
    299: account(mark("the key has no permission for this"), _PERMISSION),
    # the request, in both families
    220: _IS_MISSING,
    230: wrong(mark("a parameter is wrong"), _PAGE),
    240: wrong(mark("a parameter is too large"), SMALLER_FILES),
    18000: refused(mark("the vendor could not read the request"), SUPPORT),
    18001: _IS_MISSING,
    18002: wrong(mark("a parameter's form is wrong"), _PAGE),
    # the service; the page of 18004 and 18007 says "not submitted", but of messages
    18004: TROUBLE,
    18007: TROUBLE,
    18013: _LOW_BALANCE,
    18023: wrong(
        mark("the text has a word that the operators block"), mark("choose another text.")
    ),
    **dict.fromkeys(_OF_SENDING, other_call(mark("the sending of texts"))),
}

_QUERY, _DELETE = "QueryUSMSSignature", "DeleteUSMSSignature"
_UNCLEAR: Mapping[str, Meaning] = {
    "CreateUSMSSignature": refused(
        mark("a parameter is wrong, or the text is taken"),
        mark(
            "compare the resource's properties with the vendor's page CreateUSMSSignature; if the "
            "console shows a signature with this text, add adopt=ID to manage that one."
        ),
    ),
    "UpdateUSMSSignature": refused(
        mark("a parameter is wrong, or the signature can't be changed now"),
        mark(
            "compare the resource's properties with the vendor's page UpdateUSMSSignature; if they "
            "are right, wait for the verdict and run `pulumi up` again."
        ),
    ),
    _QUERY: refused(
        mark("a parameter is wrong"),
        mark(
            "see whether the signature is there: one that is gone in the vendor's console and "
            "still in this stack's state is taken out of it with `pulumi state delete`."
        ),
    ),
    _DELETE: refused(
        mark("a parameter is wrong, or the signature can't be deleted now"),
        mark(
            "one that is under review can't be deleted: wait for the verdict and run it again; "
            "one that is gone in the vendor's console and still in this stack's state is taken out "
            "of it with `pulumi state delete`."
        ),
    ),
}
"""Meanings of 18003, "parameter invalid", by action: no narrower code is documented."""

_WRONG = 18003
_WRONG_TO_OTHERS = 230
"""The code of the vendor's other products for it. From Query and Delete, which send an id alone,
it means as much, or as little, as 18003; its words are no proof that a signature is gone, since the
gateway calls the request's own signature so too."""
_SERVICE = range(18000, 19000)
_NO_SUCH_SIGNATURE = 18016
_NAMES_A_MISSING_ONE = re.compile(r"\bis required|\bmissing\b|缺少|必填", re.IGNORECASE)
_IS_GONE = re.compile(
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
    is_gone = code == _NO_SUCH_SIGNATURE or (code in _SERVICE and _IS_GONE.search(message))
    if is_gone and action != "CreateUSMSSignature":
        return NO_SIGNATURE
    if code == _WRONG_TO_OTHERS and _NAMES_A_MISSING_ONE.search(message):
        return _IS_MISSING
    if code == _WRONG or (code == _WRONG_TO_OTHERS and action in (_QUERY, _DELETE)):
        return _UNCLEAR[action]
    return MEANINGS.get(code, REFUSED)
