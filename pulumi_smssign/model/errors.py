"""The error tree: each class says who must act.

SmsSignError
├── InputError              the program's input can't be carried out as it stands
│   └── EvidenceError       a proof file is missing, unfit, or not the one that was examined
├── AccountError            credentials, permission, arrears or quota of the vendor's account
├── RefusedError            the vendor understood the call and said no
│   ├── ReviewMovedError    ... since the review has moved on, and the plan is old
│   ├── DuplicateError      ... since the text is taken
│   └── NotFoundError       ... since it has no such signature
├── JournalError            the journal of writes in flight can't be written, so nothing was sent
├── NotApprovedError        an Approval ended before every signature was approved
│   └── AwaitingError       ... and none was refused: the next run goes on
├── InterruptedRunError     the run was ended while a hook waited
├── UnavailableError        the vendor can't answer now
│   ├── UnreachableError    ... and never got the call
│   │   └── HandshakeError  ... since TLS failed: a certificate, a clock, another host, no https
│   ├── BlockedError        ... and a proxy, firewall or gateway before it refused the call
│   ├── RateLimitedError    ... and has refused to look at the call
│   ├── UnreadAnswerError   ... within its time, or in an answer of any size but an absurd one
│   └── NotShownYetError    ... does not show yet what it has accepted
├── OutcomeUnknownError     the answer was lost: the vendor may or may not have acted
└── BugError                a mistake of ours
"""

from __future__ import annotations

import traceback
from typing import Any, ClassVar

from pulumi_smssign.model.durations import clock
from pulumi_smssign.model.language import _, labelled
from pulumi_smssign.model.redaction import quote, readable, short

_DISTRIBUTION = "pulumi-smssign"


class SmsSignError(Exception):
    """A failure that a user can read: what happened, in the vendor's words, and what to do.

    Args:
        summary: one sentence without the resource's name.
        vendor: the vendor's name, or "".
        action: the vendor's action that failed, or "".
        code: the vendor's error code, or "".
        vendor_message: the vendor's own message; one line of at most 600 characters is kept of it,
            and of its code and its id of the request 100.
        request_id: the vendor's id of the failed request, or "".
        advice: what to do, an imperative.
        after: the failure of the same call that this one makes of it, or None: what isn't given
            here of vendor, action, code, message and request id is as there.
    """

    nothing_done: ClassVar[bool] = True
    """Whether the failure proves that the vendor did nothing."""

    def __init__(
        self,
        summary: str,
        *,
        vendor: str = "",
        action: str = "",
        code: str = "",
        vendor_message: str = "",
        request_id: str = "",
        advice: str = "",
        after: SmsSignError | None = None,
    ) -> None:
        super().__init__(summary)
        self.summary = summary
        self.vendor: str = vendor or (after.vendor if after else "")
        self.action: str = action or (after.action if after else "")
        self.code: str = short(code) or (after.code if after else "")
        self.vendor_message: str = quote(vendor_message) or (after.vendor_message if after else "")
        self.request_id: str = short(request_id) or (after.request_id if after else "")
        self.advice = advice
        self.resource = ""

    def __str__(self) -> str:
        facts = {
            _("resource"): self.resource,
            _("action"): self.action,
            _("code"): self.code,
            _("{vendor} says", vendor=self.vendor or _("vendor")): self.vendor_message,
            _("request id"): self.request_id,
            _("what to do"): self.advice,
        }
        lines = (f"  {labelled(name, readable(text))}" for name, text in facts.items() if text)
        return "\n".join((readable(self.summary), *lines))


class InputError(SmsSignError):
    """The program's input can't be carried out as it stands."""


class EvidenceError(InputError):
    """A proof file is missing, unfit, or not the one that was examined."""


class AccountError(SmsSignError):
    """The vendor's account stands in the way: credentials, permission, arrears or quota."""


class RefusedError(SmsSignError):
    """The vendor understood the call and said no."""


class ReviewMovedError(RefusedError):
    """The review has moved on since the plan saw it."""


class DuplicateError(RefusedError):
    """The text is taken by another signature."""


class NotFoundError(RefusedError):
    """The vendor has no such signature."""


class JournalError(SmsSignError):
    """The journal of writes in flight can't be written; nothing was sent."""


class NotApprovedError(SmsSignError):
    """An Approval ended before every signature was approved."""


class AwaitingError(NotApprovedError):
    """An Approval's time is up, and no signature was refused: the next run goes on."""


class InterruptedRunError(SmsSignError):
    """The run was ended while a hook waited."""


class UnavailableError(SmsSignError):
    """The vendor can't answer now; for a submission its outcome may be unknown."""

    nothing_done = False
    attempts: int = 6
    """Attempts of a call in all, as long as each fails so."""
    retry_after: float = 0.0
    """Seconds before which the vendor won't be asked again; 0 where it does not say."""


class UnreachableError(UnavailableError):
    """The vendor never got the call."""

    nothing_done = True
    attempts = 3


class HandshakeError(UnreachableError):
    """The endpoint could not prove who it is, or speaks no https."""

    attempts = 1


class BlockedError(UnavailableError):
    """A proxy, firewall or gateway refused the call before the vendor saw it."""

    nothing_done = True
    attempts = 1


class RateLimitedError(UnavailableError):
    """The vendor refused to look at the call, since too many came at once."""

    nothing_done = True
    attempts = 1_000


class UnreadAnswerError(UnavailableError):
    """The answer was not read to its end: too late, or too large; asked again it would be too."""

    attempts = 1


class NotShownYetError(UnavailableError):
    """The vendor does not show yet what it has accepted a moment ago."""

    @classmethod
    def of(cls, vendor: str, name: str, accepted_at: str, within: float) -> NotShownYetError:
        """The error about a signature, by its id or its text in 【】, and when it was accepted.

        `within` are the seconds from then on in which it need not be shown yet.
        """
        return cls(
            _(
                "{vendor} accepted {name} a moment ago and does not show it yet",
                vendor=vendor,
                name=name,
            ),
            vendor=vendor,
            advice=_(
                "run it again in a minute; nothing is lost. If it is not shown by {time}, it is "
                "taken for gone.",
                time=clock(accepted_at, within),
            ),
        )


class OutcomeUnknownError(SmsSignError):
    """The answer was lost: the vendor may or may not have acted."""

    nothing_done = False


class BugError(SmsSignError):
    """A mistake of ours, with the traceback that finds it and the address that takes it."""

    def __init__(self, summary: str, **facts: Any) -> None:  # noqa: ANN401 - those of each error
        super().__init__(summary, **facts)
        address = _address_of_issues()
        self.advice = (
            _("please report it with the lines above: {address}", address=address)
            if address
            else _("please report it with the lines above")
        )

    @classmethod
    def of(cls, error: BaseException) -> BugError:
        """The bug that an unexpected exception is; its text is hidden of secrets."""
        frames = "".join(traceback.format_tb(error.__traceback__)).rstrip()
        return cls(
            _(
                "a bug in pulumi_smssign: {name}: {text}",
                name=type(error).__name__,
                text=quote(str(error)),
            )
            + f"\n{frames}"
        )


def _address_of_issues() -> str:
    """The address of the project's issues; "" where the package is not installed.

    `[project.urls]` in pyproject.toml is the only place that has it, so it is read from what the
    installation says of itself. Imported here, since a program loads this module and meets no bug.
    """
    from importlib import metadata

    try:
        urls = metadata.metadata(_DISTRIBUTION).get_all("Project-URL") or ()
    except metadata.PackageNotFoundError:
        return ""
    named: dict[str, str] = dict(url.split(", ", 1) for url in urls)
    return named.get("Issues", "")
