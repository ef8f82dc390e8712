"""Waiting for reviewers: looks with back-off, and a line whenever something moves."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from pulumi_smssign.contract import lifeline
from pulumi_smssign.contract.vendor import Api
from pulumi_smssign.core.conclusion import Conclusion, conclusion, unasked
from pulumi_smssign.core.verdicts import Account, Target, UnheardError, Verdict, ask, cause
from pulumi_smssign.model.durations import spoken
from pulumi_smssign.model.errors import InterruptedRunError, SmsSignError
from pulumi_smssign.model.filing import USUAL_TIME
from pulumi_smssign.model.language import _, labelled, listed, remarked

if TYPE_CHECKING:
    from pulumi_smssign.contract.application import Application

_GROWTH = 1.5
_LONGEST_INTERVAL = 120.0
_HEARTBEAT = 60.0
_TICK = 1.0
_SHORTEST_LOOK = 2.0
_LOOK_FOR_EACH = 0.25
"""Seconds that the last look may take beyond the time: at the least, and for each signature."""
_MOST_LINES = 10
"""Lines, and names in a line, up to which each is told; above it a summary is."""
SHORTEST_INTERVAL = 1.0
"""Seconds between two looks at the least, whatever the program says."""


class Output(Protocol):
    """The output of a wait: a resource's row."""

    def info(self, text: str) -> None:
        """A line that stays."""
        ...

    def progress(self, text: str) -> None:
        """A live text."""
        ...


@dataclass(frozen=True)
class Patience:
    """The timeout of a wait and its first interval between two looks, in seconds."""

    timeout: float
    interval: float


def _can_be_brief(
    open_account: Callable[[str, str], Api[Application]], targets: Sequence[Target]
) -> bool:
    """Whether verdicts alone take fewer calls than reviews with the filing."""
    if len(targets) == 1 or any(target.until == "filed" for target in targets):
        return False
    accounts = {target.held_by for target in targets}
    return not all(_lists_all(open_account, account) for account in accounts)


def _lists_all(open_account: Callable[[str, str], Api[Application]], account: Account) -> bool:
    """Whether an account's list has whole reviews; True for one that can't be opened."""
    try:
        return open_account(*account).capabilities.lists_all
    except SmsSignError:
        return True


def _is_refused(verdicts: Sequence[Verdict]) -> bool:
    """Whether a signature is refused, which ends the wait for all the others."""
    return any(verdict.is_refused for verdict in verdicts)


def wait(
    open_account: Callable[[str, str], Api[Application]],
    targets: Sequence[Target],
    patience: Patience,
    row: Output,
    *,
    cancelled: threading.Event = lifeline.cancelled,
    clock: Callable[[], float] = time.monotonic,
) -> list[Verdict]:
    """Ask until there is a conclusion or the time is up; the last look's verdicts.

    An account that can't be asked raises nothing: its verdicts say why, and what was seen before.

    Raises:
        InterruptedRunError: `cancelled` was set while waiting.
    """
    watch = _Watch(patience, row, clock)
    is_brief = _can_be_brief(open_account, targets)
    last_look = _SHORTEST_LOOK + _LOOK_FOR_EACH * len(targets)
    while True:
        # The last look has its own time: a timeout of 0 asks once, and is not cut short.
        with lifeline.within(max(watch.time_left, last_look)):
            watch.see(ask(open_account, targets, briefly=is_brief, is_enough=_is_refused))
            # A brief verdict may lack the filing; a refusal needs none.
            if is_brief and watch.is_over and not _is_refused(watch.verdicts):
                watch.see(ask(open_account, targets, is_enough=_is_refused))
        if watch.is_over:
            return watch.verdicts
        watch.tell_outages()
        watch.sleep(cancelled)


class _Watch:
    """The progress of one wait: the last verdicts, what was told of them, and the time left."""

    def __init__(self, patience: Patience, row: Output, clock: Callable[[], float]) -> None:
        self.verdicts: list[Verdict] = []
        self._patience = patience
        self._row = row
        self._clock = clock
        self._began = self._told_at = clock()
        self._interval = self._shortest = max(patience.interval, SHORTEST_INTERVAL)
        self._lines: dict[int, str] = {}
        self._down_since: dict[Account, float] = {}
        self._outages: dict[Account, str] = {}

    @property
    def time_left(self) -> float:
        return self._patience.timeout - self._waited

    @property
    def is_over(self) -> bool:
        """Whether waiting on would change nothing, or may not be."""
        return self.time_left <= 0 or conclusion(self.verdicts) is not Conclusion.OPEN

    @property
    def _waited(self) -> float:
        return self._clock() - self._began

    def see(self, verdicts: list[Verdict]) -> None:
        """Take a look's verdicts, print the news in them; after news, look closely again."""
        now = self._clock()
        down = {verdict.target.held_by for verdict in verdicts if verdict.failure is not None}
        # Who has answered meanwhile is left out, so the next outage counts from its own begin.
        self._down_since = {account: self._down_since.get(account, now) for account in down}
        earlier = self.verdicts or verdicts
        self.verdicts = [
            self._with_last_review(verdict, before, now)
            for verdict, before in zip(verdicts, earlier, strict=True)
        ]
        # Not of an outage, so that its end tells again only what has moved meanwhile.
        asked = {
            place: str(verdict)
            for place, verdict in enumerate(self.verdicts)
            if verdict.failure is None
        }
        news = {place: line for place, line in asked.items() if self._lines.get(place) != line}
        self._lines.update(news)
        for line in news.values() if len(news) <= _MOST_LINES else [self._summary(news)]:
            self._row.info(line)
        if news:
            self._told_at = self._clock()
            self._interval = self._shortest

    def _summary(self, news: Collection[int]) -> str:
        """One line for the news of many: how many have which status, and who is refused."""
        verdicts = [self.verdicts[place] for place in news]
        counts = Counter(verdict.report()["status"] for verdict in verdicts)
        shares = listed(
            _("{count} {status}", count=count, status=_(status))
            for status, count in sorted(counts.items())
        )
        told = _(
            "{count} of {all} have news: {shares}",
            count=len(news),
            all=len(self.verdicts),
            shares=shares,
        )
        refused = [verdict.target.name for verdict in verdicts if verdict.is_refused]
        return labelled(told, _listed(refused)) if refused else told

    def _with_last_review(self, verdict: Verdict, before: Verdict, now: float) -> Verdict:
        """A verdict; where the account couldn't be asked, with the last review and the outage."""
        if verdict.failure is None:
            return verdict
        lasts = now - self._down_since[verdict.target.held_by]
        # Why it could not be asked before says more than that it hangs now.
        is_unheard = isinstance(verdict.failure, UnheardError) and before.failure is not None
        failure = before.failure if is_unheard else verdict.failure
        return replace(verdict, review=before.review, failure=failure, unasked_for=lasts)

    def tell_outages(self) -> None:
        """Tell of each account that can't be asked once, until that changes."""
        before, self._outages = self._outages, {}
        for failed in unasked(self.verdicts):
            where = failed.targets[0].held_by
            self._outages[where] = failed.failure.summary
            if before.get(where) != failed.failure.summary:
                self._row.info(
                    _(
                        "still waiting for {names}, though {why}",
                        names=failed.names,
                        why=cause(failed.failure),
                    )
                )
        for vendor, account in before.keys() - self._outages.keys():
            which = _("account {account}", account=account) if account != "default" else ""
            self._row.info(_("{vendor} answers again", vendor=remarked(vendor, which)))

    def sleep(self, cancelled: threading.Event) -> None:
        """Wait until the next look, showing the time that goes by; longer each time."""
        until = self._clock() + min(self._interval, max(0.0, self.time_left))
        while (time_left := until - self._clock()) > 0:
            # Live texts show in terminals only: elsewhere a line a minute says that it goes on.
            if self._clock() - self._told_at >= _HEARTBEAT:
                self._told_at = self._clock()
                self._row.info(self._progress)
            self._row.progress(self._progress)
            if cancelled.wait(min(time_left, _TICK)):
                raise InterruptedRunError(
                    _(
                        "the waiting was ended; nothing is lost: every application stays with its "
                        "vendor"
                    ),
                    advice=_("run `pulumi up` again to go on waiting."),
                )
        # The program's own interval may be longer than the longest of ours.
        self._interval = min(self._interval * _GROWTH, max(_LONGEST_INTERVAL, self._shortest))

    @property
    def _progress(self) -> str:
        # Count and time come first: of 80 columns Pulumi leaves fifteen.
        waiting_for = [
            remarked(
                verdict.target.name, _("can't be asked") if verdict.failure is not None else ""
            )
            for verdict in self.verdicts
            if not verdict.is_done
        ]
        count = f"{len(self.verdicts) - len(waiting_for)}/{len(self.verdicts)}"
        waited, timeout = spoken(self._waited), spoken(self._patience.timeout)
        names = _listed(waiting_for)
        if self.verdicts[0].target.until == "filed":
            return _(
                "{count} filed, {waited} of {timeout}: waiting for {names} (filing: {usual})",
                count=count,
                waited=waited,
                timeout=timeout,
                names=names,
                usual=_(USUAL_TIME),
            )
        return _(
            "{count} approved, {waited} of {timeout}: waiting for {names}",
            count=count,
            waited=waited,
            timeout=timeout,
            names=names,
        )


def _listed(names: Sequence[str]) -> str:
    """Names, the first ten of them."""
    first, more = listed(names[:_MOST_LINES]), len(names) - _MOST_LINES
    return _("{names} and {count} more", names=first, count=more) if more > 0 else first
