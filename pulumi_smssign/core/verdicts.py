"""The verdicts on signatures: status and filing now, or the failure of the account.

Each account is asked by itself, all at once: what goes wrong with one is a verdict on its own
targets, and hides nothing of the others.
"""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextvars import copy_context
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Literal, TypeAlias, TypeGuard

from pulumi_smssign.contract.vendor import Api
from pulumi_smssign.core.registry import named
from pulumi_smssign.model.durations import is_recent, seconds_since, spoken
from pulumi_smssign.model.errors import (
    InterruptedRunError,
    SmsSignError,
    UnavailableError,
)
from pulumi_smssign.model.filing import BAD_PAPERS, TO_VERIFY, USUAL_TIME, Filing, FilingState
from pulumi_smssign.model.language import _, labelled, listed, mark, remarked
from pulumi_smssign.model.redaction import HIDDEN, quote, short
from pulumi_smssign.model.review import SHOWN_AFTER, Handle, Review
from pulumi_smssign.model.vocabulary import Status

if TYPE_CHECKING:
    from pulumi_smssign.contract.application import Application

Until = Literal["approved", "filed"]
"""What is waited for: the vendor's approval, or the filing with the carriers after it."""
UNTIL: tuple[Until, ...] = ("approved", "filed")

GRACE = 2.0
"""Seconds that accounts still have to answer once what was answered is enough."""

GONE = mark("GONE")
"""The status in a report of what its vendor no longer has."""
_OPEN = (Status.PENDING, Status.UNKNOWN)

Account: TypeAlias = tuple[str, str]
"""A vendor's name and an account's."""
_Answer: TypeAlias = Mapping[Handle, Review] | SmsSignError
"""What an account says of its signatures, or why it couldn't be asked."""


@dataclass(frozen=True)
class Target:
    """A signature to wait for.

    `unseen_since` is when its vendor accepted it without showing it (ISO 8601), or "". `until` is
    what is waited for. `hides_reason` is whether the program calls the reviewer's words secret.
    `known` is the last report of it that state has, or empty. `accepted_at` is when its vendor
    accepted it last (ISO 8601), or "".
    """

    name: str
    vendor: str
    account: str
    handle: Handle
    unseen_since: str = ""
    until: Until = "approved"
    hides_reason: bool = False
    known: Mapping[str, str] = field(default_factory=dict, compare=False)
    accepted_at: str = ""

    @property
    def held_by(self) -> Account:
        """The vendor and the account."""
        return self.vendor, self.account


@dataclass(frozen=True)
class Verdict:
    """The verdict on a signature; `review` is None when its vendor does not have it.

    `is_too_new` is whether its vendor accepted it a moment ago and need not show it yet.
    `failure` is why its account couldn't be asked, or None. Then `review` is what this wait saw of
    it last, or None, and `unasked_for` is how long its account has not answered, in seconds.
    """

    target: Target
    review: Review | None
    is_too_new: bool = False
    failure: SmsSignError | None = None
    unasked_for: float = 0.0

    @property
    def is_approved(self) -> bool:
        """Whether texts may be sent under it, as its vendor says now."""
        if self.failure is not None or self.review is None:
            return False
        return self.review.status is Status.APPROVED

    @property
    def is_done(self) -> bool:
        """Whether it is approved, or filed, as wanted; an unknown filing counts."""
        if self.review is None or not self.is_approved:
            return False
        filing = self.review.filing.state
        return self.target.until == "approved" or filing in (FilingState.FILED, FilingState.UNKNOWN)

    @property
    def is_open(self) -> bool:
        """Whether waiting longer can still succeed, or has succeeded."""
        if self.failure is not None:
            # An outage passes; asking again mends no other failure.
            return isinstance(self.failure, UnavailableError)
        if self.review is None:
            return self.is_too_new
        if self.target.until == "filed" and self.review.filing.is_lost:
            return False
        return self.is_approved or self.review.status in _OPEN

    @property
    def is_refused(self) -> bool:
        """Whether the vendor's answer ends the wait: rejected, suspended or gone."""
        return self.failure is None and not self.is_open

    @property
    def is_gone(self) -> bool:
        """Whether the vendor no longer has it."""
        return self.failure is None and self.review is None and not self.is_too_new

    @property
    def waits_since(self) -> str:
        """The duration of its wait, and the usual one; "" where neither is known."""
        moment = self.target.accepted_at or (self.review.submitted_at if self.review else "")
        waits = seconds_since(moment)
        filing = self.is_approved and self.target.until == "filed"
        usual = _(USUAL_TIME if filing else named(self.target.vendor).rules.usual_review)
        if waits == math.inf:
            return usual
        span = spoken(waits)
        if not usual:
            return _("for {span} now", span=span)
        return _("for {span} now, {usual}", span=span, usual=usual)

    def report(self) -> dict[str, str]:
        """The report for the program; of an account that couldn't be asked, the last one."""
        handle, review = self.target.handle, self.review
        names = {
            "name": self.target.name,
            "vendor": self.target.vendor,
            "account": self.target.account,
            "id": handle.id,
        }
        if review is not None:
            return {
                **names,
                "text": review.text,
                "status": str(review.status),
                "reason": review.reason,
                "deliverable": review.deliverable,
            }
        if self.failure is not None:
            # An outage takes no approval back: what was reported last stands.
            blank = {"text": handle.text, "status": "UNKNOWN", "reason": ""}
            return {**blank, "deliverable": "unknown", **self.target.known, **names}
        status = GONE if self.is_gone else "PENDING"
        return {**names, "text": handle.text, "status": status, "reason": "", "deliverable": "no"}

    @property
    def standing(self) -> str:
        """The status and the reviewer's reason, or the failure of its account."""
        if self.failure is not None and self.unasked_for >= 1:
            return _(
                "couldn't be asked, since {why}, for {span} now; {before}",
                why=cause(self.failure),
                span=spoken(self.unasked_for),
                before=self._before,
            )
        if self.failure is not None:
            return _(
                "couldn't be asked, since {why}; {before}",
                why=cause(self.failure),
                before=self._before,
            )
        if self.review is None and self.is_too_new:
            return _("accepted, and not shown by the vendor yet")
        if self.review is None:
            return _("GONE: the vendor no longer has it; `pulumi refresh` and `up` submit it anew")
        label = self.review.status.label
        if self.review.status is Status.UNKNOWN:
            return remarked(label, short(self.review.vendor_status))
        reason = self._quoted(self.review.reason) or _(self.review.remark)
        return self._with_filing(labelled(label, reason) if reason else label, self.review.filing)

    @property
    def _before(self) -> str:
        """The last known status, where its account can't be asked."""
        if self.review is None and not self.target.known:
            return _("nothing is known of it yet")
        return _("{status} when last asked", status=_(short(self.report()["status"])))

    def _quoted(self, text: str) -> str:
        """A reviewer's text as it is shown: quoted, or hidden."""
        return HIDDEN if text and self.target.hides_reason else quote(text)

    def _with_filing(self, standing: str, filing: Filing) -> str:
        """A standing with the filing's progress, where it is waited for or lost."""
        if not self.is_approved:
            return standing
        if filing.is_lost:
            lost = _(
                "{standing}, and its filing with the carriers {filing}",
                standing=standing,
                filing=filing,
            )
            reasons = self._quoted(listed(filing.reasons))
            return labelled(lost, reasons) if reasons else lost
        if self.target.until == "approved":
            return standing
        if filing.state is FilingState.UNKNOWN:
            return _(
                "{standing}; {vendor} does not tell of its filing, which is not waited for",
                standing=standing,
                vendor=self.target.vendor,
            )
        told = _("{standing}, filing with the carriers: {filing}", standing=standing, filing=filing)
        if self.is_done:
            return told
        told = remarked(
            told, _(TO_VERIFY if filing.state is FilingState.UNVERIFIED else USUAL_TIME)
        )
        papers = self.review and BAD_PAPERS.get(self.review.qualification.state)
        if not papers:
            return told
        return _("{standing}; its qualification {papers}", standing=told, papers=_(papers))

    def __str__(self) -> str:
        report = self.report()
        name = f"{self.target.name} 【{report['text']}】 ({self.target.vendor} {report['id']})"
        if self.failure is not None:
            return f"{name} {self.standing}"
        return _("{name} is {standing}", name=name, standing=self.standing)


def cause(failure: SmsSignError) -> str:
    """A failure in a part of a line: its summary, and by what the vendor's support finds it."""
    request = _("request id {id}", id=failure.request_id) if failure.request_id else ""
    return remarked(failure.summary, listed(filter(None, (failure.code, request))))


class UnheardError(UnavailableError):
    """The failure of an account that had not answered when the look ended."""


def ask(
    open_account: Callable[[str, str], Api[Application]],
    targets: Sequence[Target],
    *,
    briefly: bool = False,
    is_enough: Callable[[Sequence[Verdict]], bool] = lambda _verdicts: False,
    known: Callable[[Api[Application], Account], Mapping[Handle, Review]] = lambda *_: {},
) -> list[Verdict]:
    """Verdicts on signatures; one question for all of an account, all accounts at once.

    With `briefly` the filing with the carriers may be missing, where a vendor takes more calls for
    it. `known` are reviews of an account that need no question. `is_enough` is asked after each
    answer: once it says so, the other accounts have `GRACE` seconds to answer.

    Raises:
        InterruptedRunError: the run was ended.
    """
    accounts: dict[Account, list[Handle]] = {}
    for target in targets:
        accounts.setdefault(target.held_by, []).append(target.handle)
    answers: dict[Account, _Answer] = {
        (vendor, account): UnheardError(
            _("{vendor} had not answered yet", vendor=vendor), vendor=vendor
        )
        for vendor, account in accounts
    }
    incoming = _answers(open_account, accounts, known, briefly=briefly)
    verdicts: list[Verdict] = []
    until = math.inf
    for _each in accounts:
        time_left = None if until == math.inf else max(0.0, until - time.monotonic())
        try:
            asked, answer = incoming.get(timeout=time_left)
        # Who has not answered stays unheard: its thread ends with the process.
        except Empty:
            break
        # A bug and Ctrl-C end the run, whichever account's thread has met them.
        if isinstance(answer, BaseException) and not _is_of_the_account(answer):
            raise answer
        answers[asked] = answer
        verdicts = [_verdict(target, answers[target.held_by]) for target in targets]
        if until == math.inf and is_enough(verdicts):
            until = time.monotonic() + GRACE
    return verdicts


def _verdict(target: Target, answer: _Answer) -> Verdict:
    is_too_new = is_recent(target.unseen_since, SHOWN_AFTER)
    if isinstance(answer, SmsSignError):
        return Verdict(target, None, is_too_new, answer)
    return Verdict(target, answer.get(target.handle), is_too_new)


def _answers(
    open_account: Callable[[str, str], Api[Application]],
    accounts: Mapping[Account, Sequence[Handle]],
    known: Callable[[Api[Application], Account], Mapping[Handle, Review]],
    *,
    briefly: bool,
) -> SimpleQueue[tuple[Account, _Answer | BaseException]]:
    """The answers of all accounts, which come in as they are given.

    An account that hangs uses up nobody's time but its own: each has the whole of
    `lifeline.within`. The threads are no executor's: the plugin would wait for those when it ends,
    and nobody may want their answers any more.
    """
    incoming: SimpleQueue[tuple[Account, _Answer | BaseException]] = SimpleQueue()

    def put(account: Account, handles: Sequence[Handle]) -> None:
        try:
            api = open_account(*account)
            answers = dict(known(api, account))
            if asked := [handle for handle in handles if handle not in answers]:
                answers |= api.verdicts(asked) if briefly else api.reviews(asked)
            incoming.put((account, answers))
        except BaseException as error:  # noqa: BLE001 - it is raised or told where it is waited for
            incoming.put((account, error))

    for account, handles in accounts.items():
        # A context of its own has the deadline of the look, which a new thread would not.
        threading.Thread(
            target=copy_context().run,
            args=(put, account, handles),
            daemon=True,
            name="smssign-look",
        ).start()
    return incoming


def _is_of_the_account(error: BaseException) -> TypeGuard[SmsSignError]:
    """Whether an error says something of one account, and not of the run or of our code."""
    return isinstance(error, SmsSignError) and not isinstance(error, InterruptedRunError)
