"""The conclusion from the verdicts of one look, and how it is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from pulumi_smssign.core.approval_state import ApprovalState
from pulumi_smssign.core.verdicts import Account, Target, Verdict, cause
from pulumi_smssign.model.durations import spoken
from pulumi_smssign.model.errors import AwaitingError, NotApprovedError, SmsSignError

APPLY = "what the program makes inside approval.….apply"
"""Resources that the engine deletes in a run whose Approval awaits: none is registered then."""


class Conclusion(StrEnum):
    """The conclusion from all verdicts: whether there is something left to wait for."""

    DONE = "done"
    """Each signature is approved, or filed, as its Approval waits for."""
    OPEN = "open"
    """Each may still become it: one in review, one of an account with an outage."""
    LOST = "lost"
    """One never will by waiting: refused, or of an account that asking again does not mend."""


def conclusion(verdicts: Sequence[Verdict]) -> Conclusion:
    """The conclusion from the verdicts of one look; what is lost outweighs what is open."""
    if not all(verdict.is_open for verdict in verdicts):
        return Conclusion.LOST
    is_done = all(verdict.is_done for verdict in verdicts)
    return Conclusion.DONE if is_done else Conclusion.OPEN


@dataclass(frozen=True)
class Unasked:
    """The failure of an account that couldn't be asked, and its targets."""

    failure: SmsSignError
    targets: Sequence[Target]

    @property
    def names(self) -> str:
        """The targets' names, in a list for a line."""
        return ", ".join(target.name for target in self.targets)


def unasked(verdicts: Sequence[Verdict]) -> list[Unasked]:
    """The failures of one look, one of each account that couldn't be asked."""
    failures: dict[Account, SmsSignError] = {}
    targets: dict[Account, list[Target]] = {}
    for verdict in verdicts:
        if verdict.failure is not None:
            account = verdict.target.held_by
            failures[account] = verdict.failure
            targets.setdefault(account, []).append(verdict.target)
    return [Unasked(failure, targets[account]) for account, failure in failures.items()]


def still_open(verdicts: Sequence[Verdict], timeout: float, state: ApprovalState) -> str:
    """The warning of a run that ends green before all is approved, or filed.

    Args:
        verdicts: the verdicts of the last look.
        timeout: how long was waited, in seconds.
        state: what the program is told.
    """
    within = f" within {spoken(timeout)}" if timeout else " yet"
    waits = [
        verdict.target.name
        for verdict in verdicts
        if verdict.failure is None and not verdict.is_done
    ]
    awaited = "filing of" if state.approved else "verdict on"
    lacks = [f"no {awaited} {', '.join(waits)}{within}"] if waits else []
    lacks += [
        f"{failed.names} couldn't be asked, since {cause(failed.failure)}"
        for failed in unasked(verdicts)
    ]
    if not state.approved:
        output = "`approved` is false"
    elif state.until == "filed":
        output = f'`deliverable` is "{state.deliverable}"'
    else:
        output = "`approved` stays true"
    # An up without a change comes as far as the Diff, which asks nobody.
    again = "refresh" if state.is_over(state.until) else "up"
    return (
        f'{"; ".join(lacks)}: {output}, as on_pending="continue" says.\n'
        f"The next `pulumi {again}` asks again."
    )


def awaits(verdicts: Sequence[Verdict]) -> str:
    """The line of a run that ends awaiting: what it waits for, since when, and what goes on."""
    open_ones = [verdict for verdict in verdicts if not verdict.is_done]
    names = ", ".join(verdict.target.name for verdict in open_ones)
    lines = [
        f"  - {verdict}" + (f" ({since})" if (since := verdict.waits_since) else "")
        for verdict in open_ones
    ]
    return "\n".join(
        (f"awaiting {names}: the next `pulumi up` goes on, and nothing went wrong.", *lines)
    )


def _is_unheard(verdicts: Sequence[Verdict]) -> bool:
    """Whether no vendor has answered in this run: that is an outage, and no review."""
    return all(verdict.failure is not None and verdict.review is None for verdict in verdicts)


def not_approved(verdicts: Sequence[Verdict], *, may_await: bool = False) -> SmsSignError:
    """The failure of a wait, with everything that is known of each signature.

    Where there was nothing but one account's failure it is that one, which says more of itself.

    Args:
        verdicts: the verdicts of the last look.
        may_await: whether the run is to end awaiting where no verdict is a refusal.
    """
    failures = unasked(verdicts)
    if len(failures) == 1 and _is_unheard(verdicts):
        return failures[0].failure
    open_ones = [verdict for verdict in verdicts if not verdict.is_done]
    listed = "\n".join(f"  - {verdict}" for verdict in open_ones)
    refused = [verdict for verdict in verdicts if verdict.is_refused]
    kind: type[NotApprovedError] = NotApprovedError
    if refused and all(verdict.is_approved for verdict in refused):
        advice = (
            "ask the vendor why the filing failed, mend the qualification in its console, and run "
            '`pulumi up` again; or wait until="approved" only.'
        )
    elif refused:
        advice = "mend what was refused and run `pulumi up` again: it goes on from here."
    elif may_await and conclusion(verdicts) is Conclusion.OPEN and not _is_unheard(verdicts):
        kind = AwaitingError
        advice = (
            "run `pulumi up` again to go on waiting. Pulumi 3.274 or newer ends such a run as "
            "*awaiting* (exit code 10), which is no failure."
        )
    else:
        advice = "run `pulumi up` again to go on waiting, or give a longer timeout."
    ways = [
        advice,
        *(f"{failed.targets[0].vendor}: {failed.failure.advice}" for failed in failures),
    ]
    # What is gone has not stayed with its vendor.
    if not any(verdict.is_gone for verdict in verdicts):
        listed += "\n  nothing is lost: every application stays with its vendor"
    noun = "signature" if len(verdicts) == 1 else "signatures"
    verb = "is" if len(open_ones) == 1 else "are"
    wanted = verdicts[0].target.until + (", or couldn't be asked" if failures else "")
    return kind(
        f"{len(open_ones)} of {len(verdicts)} {noun} {verb} not {wanted}:\n{listed}",
        advice="\n    ".join(ways),
    )
