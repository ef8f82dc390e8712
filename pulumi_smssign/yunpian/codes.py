"""Yunpian's error codes: the meaning and the advice of each.

The body's `code` decides, whatever the HTTP status: the vendor answers 400 even to a wrong key.
Sources: the official SDKs' tables (Java `messages_zh_CN`, PHP `Code`) and, for what is younger,
third-party copies of the vendor's page of common return values; the page sign/add (seed 004) shows
code 2 alone. By the SDKs codes above 0 are the caller's mistakes, those from -1 to -49 are about
permissions, and those from -50 down are the vendor's own trouble.
"""

from __future__ import annotations

from collections.abc import Mapping

from pulumi_smssign.contract.codes import (
    ALLOW_ADDRESS,
    CONSOLE,
    NO_SIGNATURE,
    PAGE,
    TOO_MANY,
    TOP_UP,
    TROUBLE,
    Meaning,
    account,
    other_call,
    refused,
    trouble,
    wrong,
)
from pulumi_smssign.model.errors import DuplicateError
from pulumi_smssign.model.language import mark

_SUPPORT = mark("ask the vendor's support, with the code and the vendor's message.")

_OF_SENDING: Mapping[int, str] = {
    5: mark("no template matches"),
    6: mark("the template could not be added"),
    7: mark("the template can't be used"),
    8: mark("the same text went to the same number within 30 seconds"),
    9: mark("the same text went to the same number too often within 5 minutes"),
    10: mark("the number is on a block list"),
    11: mark("the way of calling, or a recipient's block list"),
    12: mark("the way of calling"),
    13: mark("marketing texts are paused"),
    15: mark("no signature matches the text"),
    17: mark("too many texts went to the same number within a day"),
    18: mark("a cryptographic check failed"),
    19: mark("the request is too old"),
    20: mark("the country is not supported"),
    21: mark("a decryption failed"),
    22: mark("too many texts went to the same number within an hour"),
    23: mark("the number's region is not the template's"),
    24: mark("the alarm's settings"),
    25: mark("numbers and texts are not as many"),
    26: mark("the data package"),
    27: mark("the billing"),
    28: mark("the carrier"),
    33: mark("too many texts went to a recipient"),
    43: mark("too many texts went to the same number within a day"),
    53: mark("a recipient's number receives too many texts"),
    56: mark("the number's format"),
    58: mark("a template variable's format"),
    60: mark("the template has expired"),
    -6: mark("texts can't be sent in batches"),
    -52: mark("a top-up failed"),
    -53: mark("a text could not be handed to the carrier"),
    -56: mark("a gift failed"),
    -58: mark("a verification code has expired"),
}
"""Codes of the vendor's other calls. None is about the rate of ours: 53 counts a phone's texts."""

MEANINGS: Mapping[int, Meaning] = {
    # the application's content
    1: wrong(mark("a property is missing"), PAGE),
    2: wrong(mark("a property is not what the vendor takes"), PAGE),
    4: wrong(mark("it has a word that the vendor blocks"), mark("choose other words.")),
    14: refused(mark("the vendor could not decode the request"), _SUPPORT),
    16: wrong(mark("the vendor does not take this text"), mark("choose another text.")),
    -54: Meaning(
        DuplicateError,
        mark("the account has that text already"),
        mark("add adopt= with the text to manage that signature, or choose another text."),
    ),
    -55: NO_SIGNATURE,
    # the account
    3: account(mark("the account's balance is too low"), TOP_UP),
    55: account(mark("the vendor has taken the service off line"), _SUPPORT),
    -1: account(
        mark("the vendor does not know the key"),
        mark("check apikey of the configuration smssign:yunpian."),
    ),
    -2: account(mark("the key has no permission for this"), CONSOLE),
    -3: account(mark("this machine's address is not on the account's allow-list"), ALLOW_ADDRESS),
    -4: account(
        mark("the account has used up its calls"),
        mark("wait until its quota is renewed, or ask the vendor for a larger one."),
    ),
    -11: account(mark("the account has not switched this on"), CONSOLE),
    -57: account(mark("the account has no usable signature"), CONSOLE),
    -62: account(
        mark("the account's own qualification (资质) is missing or not valid"),
        mark("complete the developer's and company's details in the vendor's console."),
    ),
    # the vendor can't answer now; -5 alone proves that nothing was done
    -5: TOO_MANY,
    -50: TROUBLE,
    -51: trouble(mark("the vendor is busy")),
    **{code: other_call(problem, _SUPPORT) for code, problem in _OF_SENDING.items()},
}

TOO_LARGE = wrong(
    mark("the application is larger than its gateway takes"),
    mark("make the proof files smaller, or give their URLs (licence_urls)."),
)
"""The meaning of HTTP 413, with which the gateway sends no code."""
_PERMISSION = account(mark("the account may not do this"), CONSOLE)
_REFUSED = refused(mark("the vendor refused it"), _SUPPORT)

KEY_PROOFS = frozenset({"-55"})
"""Codes that prove that the vendor knows the key.

Its other codes about a request (1, 2) come of a missing key too.
"""


def meaning(code: int) -> Meaning:
    """The meaning of a code; an unknown one has the meaning of its class."""
    if code in MEANINGS:
        return MEANINGS[code]
    if code > 0:
        return _REFUSED
    return TROUBLE if code <= -50 else _PERMISSION  # noqa: PLR2004 - the classes' own border
