"""Waiting for reviewers: batched questions with back-off, and a line whenever something moves."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

from pulumi_smssign.contract import lifeline
from pulumi_smssign.contract.vendor import Api
from pulumi_smssign.model.durations import seconds_since, spoken
from pulumi_smssign.model.errors import InterruptedRunError, UnavailableError
from pulumi_smssign.model.filing import USUAL_TIME, FilingState
from pulumi_smssign.model.redaction import HIDDEN, quote, short
from pulumi_smssign.model.review import SHOWN_AFTER, Handle, Review
from pulumi_smssign.model.vocabulary import Status

if TYPE_CHECKING:
    from pulumi_smssign.contract.application import Application

_GROWTH = 1.5
_LONGEST_INTERVAL = 120.0
_HEARTBEAT = 60.0
_TICK = 1.0
_SHORTEST_LOOK = 2.0
_LOOK_FOR_EACH = 0.25
"""Seconds that the last look may take beyond the time: at the least, and for each signature."""
SHORTEST_INTERVAL = 1.0
"""Seconds between two looks at the least, whatever the program says."""

Until = Literal["approved", "filed"]
"""What is waited for: the vendor's approval, or the filing with the carriers after it."""
UNTIL: tuple[Until, ...] = ("approved", "filed")

_OPEN = (Status.PENDING, Status.UNKNOWN)


class Output(Protocol):
    """Where the waiting is told: a resource's row."""

    def info(self, text: str) -> None:
        """A line that stays."""
        ...

    def progress(self, text: str) -> None:
        """A live text."""
        ...


@dataclass(frozen=True)
class Target:
    """A signature to wait for.

    `unseen_since` is when its vendor accepted it without showing it (ISO 8601), or "". `until` is
    what is waited for. `hides_reason` is whether the program calls the reviewer's words secret.
    """

    name: str
    vendor: str
    account: str
    handle: Handle
    unseen_since: str = ""
    until: Until = "approved"
    hides_reason: bool = False


@dataclass(frozen=True)
class Verdict:
    """What a signature is now; `review` is None when its vendor does not have it.

    `is_too_new` is whether its vendor accepted it a moment ago and need not show it yet.
    """

    target: Target
    review: Review | None
    is_too_new: bool = False

    @property
    def is_approved(self) -> bool:
        """Whether texts may be sent under it."""
        return self.review is not None and self.review.status is Status.APPROVED

    @property
    def is_done(self) -> bool:
        """Whether there is what is waited for; a vendor that tells no filing isn't waited for."""
        if self.review is None or not self.is_approved:
            return False
        filing = self.review.filing.state
        return self.target.until == "approved" or filing in (FilingState.FILED, FilingState.UNKNOWN)

    @property
    def is_open(self) -> bool:
        """Whether there may still come by waiting what is waited for, or it is there."""
        if self.review is None:
            return self.is_too_new
        if self.target.until == "filed" and self.review.filing.is_lost:
            return False
        return self.is_approved or self.review.status in _OPEN

    @property
    def is_gone(self) -> bool:
        """Whether the vendor no longer has it."""
        return self.review is None and not self.is_too_new

    def report(self) -> dict[str, str]:
        """What the program is told of it."""
        handle, review = self.target.handle, self.review
        return {
            "name": self.target.name,
            "vendor": self.target.vendor,
            "account": self.target.account,
            "id": handle.id,
            "text": review.text if review else handle.text,
            "status": str(review.status) if review else "GONE" if self.is_gone else "PENDING",
            "reason": review.reason if review else "",
            "deliverable": review.deliverable if review else "no",
        }

    @property
    def standing(self) -> str:
        """The status and what the reviewer says."""
        if self.review is None and self.is_too_new:
            return "accepted, and not shown by the vendor yet"
        if self.review is None:
            return "GONE: the vendor no longer has it; `pulumi refresh` and `up` submit it anew"
        if self.review.status is Status.UNKNOWN:
            return f"UNKNOWN ({short(self.review.vendor_status)})"
        told = self._said(self.review.reason) or self.review.remark
        reason = f": {told}" if told else ""
        return f"{self.review.status}{reason}{self._filing}"

    def _said(self, words: str) -> str:
        """The reviewer's words as they are shown."""
        return HIDDEN if words and self.target.hides_reason else quote(words)

    @property
    def _filing(self) -> str:
        """How far the filing is, where that is waited for or lost."""
        if self.review is None or not self.is_approved:
            return ""
        filing = self.review.filing
        if filing.is_lost:
            reasons = self._said(", ".join(filing.reasons))
            why = f": {reasons}" if reasons else ""
            return f", and its filing with the carriers {filing}{why}"
        if self.target.until == "approved":
            return ""
        if filing.state is FilingState.UNKNOWN:
            return f"; {self.target.vendor} does not tell of its filing, which is not waited for"
        usual = "" if self.is_done else f" ({USUAL_TIME})"
        return f", filing with the carriers: {filing}{usual}"

    def __str__(self) -> str:
        report = self.report()
        name = f"{self.target.name} 【{report['text']}】"
        return f"{name} ({self.target.vendor} {report['id']}) is {self.standing}"


@dataclass(frozen=True)
class Patience:
    """How long to wait in all and at first between two looks, in seconds."""

    timeout: float
    interval: float


def ask(
    open_account: Callable[[str, str], Api[Application]],
    targets: Sequence[Target],
    *,
    briefly: bool = False,
) -> list[Verdict]:
    """What each signature is now; one question for all of an account.

    With `briefly` the filing with the carriers may be missing, where a vendor takes more calls for
    it.
    """
    accounts: dict[tuple[str, str], list[Handle]] = {}
    for target in targets:
        accounts.setdefault((target.vendor, target.account), []).append(target.handle)
    reviews = {}
    for account, handles in accounts.items():
        api = open_account(*account)
        reviews[account] = api.verdicts(handles) if briefly else api.reviews(handles)
    return [
        Verdict(
            target,
            reviews[target.vendor, target.account].get(target.handle),
            is_too_new=seconds_since(target.unseen_since) < SHOWN_AFTER,
        )
        for target in targets
    ]


def _can_be_brief(
    open_account: Callable[[str, str], Api[Application]], targets: Sequence[Target]
) -> bool:
    """Whether some of several verdicts take fewer calls than all that is told of a signature."""
    if len(targets) == 1 or any(target.until == "filed" for target in targets):
        return False
    accounts = {(target.vendor, target.account) for target in targets}
    return not all(open_account(*account).capabilities.lists_all for account in accounts)


def wait(
    open_account: Callable[[str, str], Api[Application]],
    targets: Sequence[Target],
    patience: Patience,
    row: Output,
    *,
    cancelled: threading.Event = lifeline.cancelled,
    clock: Callable[[], float] = time.monotonic,
) -> list[Verdict]:
    """Ask until every signature is what is waited for, one never will be, or the time is up.

    Raises:
        InterruptedRunError: `cancelled` was set while waiting.
        SmsSignError: an account can't be asked, and asking again would not help.
    """
    watch = _Watch(patience, row, clock)
    is_brief = _can_be_brief(open_account, targets)
    last_look = _SHORTEST_LOOK + _LOOK_FOR_EACH * len(targets)
    while True:
        try:
            with lifeline.within(max(watch.time_left, last_look)):
                watch.see(ask(open_account, targets, briefly=is_brief))
                if is_brief and watch.is_over:
                    watch.see(ask(open_account, targets))
        except UnavailableError as error:
            if watch.time_is_up and watch.verdicts:
                return watch.verdicts
            if watch.time_is_up:
                raise
            row.info(f"still waiting, though {error.summary}")
        if watch.is_over:
            return watch.verdicts
        watch.sleep(cancelled)


class _Watch:
    """One wait: what was seen last, what was told of it, and how long it may still last."""

    def __init__(self, patience: Patience, row: Output, clock: Callable[[], float]) -> None:
        self.verdicts: list[Verdict] = []
        self._patience = patience
        self._row = row
        self._clock = clock
        self._began = self._told_at = clock()
        self._interval = self._shortest = max(patience.interval, SHORTEST_INTERVAL)

    @property
    def time_left(self) -> float:
        return self._patience.timeout - self._waited

    @property
    def time_is_up(self) -> bool:
        return self.time_left <= 0

    @property
    def is_over(self) -> bool:
        """Whether waiting on would change nothing, or may not be."""
        if not self.verdicts:
            return False
        settled = all(verdict.is_done for verdict in self.verdicts)
        hopeless = not all(verdict.is_open for verdict in self.verdicts)
        return settled or hopeless or self.time_is_up

    @property
    def _waited(self) -> float:
        return self._clock() - self._began

    def see(self, verdicts: list[Verdict]) -> None:
        """Take what was found, and tell what is new in it; after news, look closely again."""
        before = {str(verdict) for verdict in self.verdicts}
        news = [line for line in map(str, verdicts) if line not in before]
        self.verdicts = verdicts
        for line in news:
            self._row.info(line)
        if news:
            self._told_at = self._clock()
            self._interval = self._shortest

    def sleep(self, cancelled: threading.Event) -> None:
        """Wait until the next look, showing the time that goes by; longer each time."""
        until = self._clock() + min(self._interval, max(0.0, self.time_left))
        while (left := until - self._clock()) > 0:
            if self._clock() - self._told_at >= _HEARTBEAT:
                self._told_at = self._clock()
                self._row.info(self._progress)
            self._row.progress(self._progress)
            if cancelled.wait(min(left, _TICK)):
                raise InterruptedRunError(
                    "the waiting was ended; nothing is lost: every application stays with its "
                    "vendor",
                    advice="run `pulumi up` again to go on waiting.",
                )
        self._interval = min(self._interval * _GROWTH, max(_LONGEST_INTERVAL, self._shortest))

    @property
    def _progress(self) -> str:
        time_left = f"{spoken(self._waited)} of {spoken(self._patience.timeout)}"
        if not self.verdicts:
            return f"waiting for an answer, {time_left}"
        waiting_for = [verdict.target.name for verdict in self.verdicts if not verdict.is_done]
        done, until = len(self.verdicts) - len(waiting_for), self.verdicts[0].target.until
        usual = f" (filing: {USUAL_TIME})" if until == "filed" else ""
        return (
            f"{done} of {len(self.verdicts)} {until}, waiting for "
            f"{', '.join(waiting_for)}{usual}: {time_left}"
        )
