"""Meanings of vendors' error codes, and the fault that an answer reports by one."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from pulumi_smssign.model.errors import (
    AccountError,
    InputError,
    NotFoundError,
    RateLimitedError,
    RefusedError,
    SmsSignError,
    UnavailableError,
)


@dataclass(frozen=True)
class Meaning:
    """The meaning of a vendor's error code: our error, the problem in a few words, the advice."""

    error: type[SmsSignError]
    problem: str
    advice: str


LATER = "run it again in a while; nothing needs to be changed."
SUPPORT = "ask the vendor's support with the request id."
CONSOLE = "see the account in the vendor's console."
SUBMIT_ANEW = "run `pulumi refresh`, then `pulumi up` to submit it anew."
NEW_PREVIEW = "run `pulumi up` again: the preview will show what the change means now."
ALLOW_ADDRESS = "add the address in the vendor's console."
SMALLER_FILES = "use smaller proof files."

account = partial(Meaning, AccountError)
"""A meaning about the account: its key, permission, money or quota."""
wrong = partial(Meaning, InputError)
"""A meaning about the program's input."""
refused = partial(Meaning, RefusedError)
"""A meaning of the vendor's refusal."""
trouble = partial(Meaning, UnavailableError, advice=LATER)
"""A meaning of the vendor's own trouble: whether the call was done is not known."""

TOO_MANY = Meaning(RateLimitedError, "too many calls came at once", LATER)
TROUBLE = trouble("the vendor has trouble inside")
NO_SIGNATURE = Meaning(NotFoundError, "there is no such signature", SUBMIT_ANEW)
REFUSED = refused("the vendor refused it", SUPPORT)
"""The meaning of a code that is in no table."""


@dataclass(eq=False)  # by identity: an exception has to be hashable
class Fault(Exception):  # noqa: N818 - whoever made the call makes the error of it
    """An error that a vendor's answer reports.

    `code` and `vendor_message` are the vendor's own, `request_id` is what its support asks for.
    """

    meaning: Meaning
    code: str
    vendor_message: str = ""
    request_id: str = ""

    def error(self, vendor: str, action: str) -> SmsSignError:
        """The error of `errors.py` that it is; `action` is the call, as the vendor names it."""
        return self.meaning.error(
            f"{vendor} refused {action}: {self.meaning.problem}",
            vendor=vendor,
            action=action,
            code=self.code,
            vendor_message=self.vendor_message,
            request_id=self.request_id,
            advice=self.meaning.advice,
        )
