"""Meanings of vendors' error codes, and the fault that an answer reports by one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from pulumi_smssign.model.errors import (
    AccountError,
    DuplicateError,
    InputError,
    NotFoundError,
    RateLimitedError,
    RefusedError,
    SmsSignError,
    UnavailableError,
)
from pulumi_smssign.model.language import _, mark


@dataclass(frozen=True)
class Meaning:
    """The meaning of a vendor's error code: our error, the problem in a few words, the advice.

    The words are marked messages; the two methods say them in the language of the process.
    "{action}" in the advice stands for the call that was refused, "{subject}" in the problem for
    the subject.
    """

    error: type[SmsSignError]
    problem: str
    advice: str
    subject: str = ""

    def problem_said(self) -> str:
        """The problem, as a person reads it."""
        return _(self.problem, subject=_(self.subject)) if self.subject else _(self.problem)

    def advice_on(self, action: str) -> str:
        """The advice, as a person reads it; `action` is the call, as the vendor names it."""
        return _(self.advice).replace("{action}", action)


LATER = mark("run it again in a while; nothing needs to be changed.")
SUPPORT = mark("ask the vendor's support with the request id.")
CONSOLE = mark("see the account in the vendor's console.")
SUBMIT_ANEW = mark("run `pulumi refresh`, then `pulumi up` to submit it anew.")
NEW_PREVIEW = mark("run `pulumi up` again: the preview will show what the change means now.")
ALLOW_ADDRESS = mark("add the address in the vendor's console.")
SMALLER_FILES = mark("use smaller proof files.")
PAGE = mark("compare the resource's properties with the vendor's page {action}.")
TOP_UP = mark("top up the account.")

account = partial(Meaning, AccountError)
"""A meaning about the account: its key, permission, money or quota."""
wrong = partial(Meaning, InputError)
"""A meaning about the program's input."""
refused = partial(Meaning, RefusedError)
"""A meaning of the vendor's refusal."""
trouble = partial(Meaning, UnavailableError, advice=LATER)
"""A meaning of the vendor's own trouble: whether the call was done is not known."""

TOO_MANY = Meaning(RateLimitedError, mark("too many calls came at once"), LATER)
TROUBLE = trouble(mark("the vendor has trouble inside"))
NO_SIGNATURE = Meaning(NotFoundError, mark("there is no such signature"), SUBMIT_ANEW)
REFUSED = refused(mark("the vendor refused it"), SUPPORT)
"""The meaning of a code that is in no table."""


def other_call(subject: str, advice: str = SUPPORT) -> Meaning:
    """The meaning of a code that is about no call of ours; the subject is a marked message."""
    return refused(mark("the code is about another call ({subject})"), advice, subject)


def other_calls(subjects: Mapping[str, str]) -> dict[str, Meaning]:
    """The meanings of such codes, which stand by the marked subject, divided by blanks."""
    return {
        code: other_call(subject) for subject, codes in subjects.items() for code in codes.split()
    }


def of_code(meanings: Mapping[str, Meaning], code: str) -> Meaning | None:
    """The meaning of a code "Category.Detail": its own, or else that of its category.

    A category alone never says that a signature is gone, or that a text is taken: the detail, which
    nobody knows, may be about something else.
    """
    if code in meanings:
        return meanings[code]
    category = meanings.get(code.partition(".")[0])
    says_too_much = category and issubclass(category.error, NotFoundError | DuplicateError)
    return None if says_too_much else category


_LONG_LIMITS = (
    (
        24 * 3600.0,
        mark("run it again tomorrow, or ask the vendor for a larger number."),
        re.compile(r"[天日月]级|[每当本今单一1][天日月]|24 ?小时|da(y|ily)|month", re.IGNORECASE),
    ),
    (
        3600.0,
        mark("run it again in an hour, or ask the vendor for a larger number."),
        re.compile(r"小时|hour", re.IGNORECASE),
    ),
)
"""Limits for which no call waits: the seconds, the advice, and a vendor's words for its time, such
as 触发天级流控 or "limit:5,time:1 day"."""


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
        error = self.meaning.error(
            _(
                "{vendor} refused {action}: {problem}",
                vendor=vendor,
                action=action,
                problem=self.meaning.problem_said(),
            ),
            vendor=vendor,
            action=action,
            code=self.code,
            vendor_message=self.vendor_message,
            request_id=self.request_id,
            advice=self.meaning.advice_on(action),
        )
        if isinstance(error, RateLimitedError):
            vendor_text = f"{self.code} {self.vendor_message}"
            for seconds, advice, form in _LONG_LIMITS:
                if form.search(vendor_text):
                    error.retry_after, error.advice = seconds, _(advice)
                    break
        return error
