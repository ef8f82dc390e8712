"""The conclusion from the verdicts of one look, and how it is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from pulumi_smssign.core.approval_state import ApprovalState
from pulumi_smssign.core.verdicts import Account, Target, Verdict, cause
from pulumi_smssign.model.durations import spoken
from pulumi_smssign.model.errors import AwaitingError, NotApprovedError, SmsSignError
from pulumi_smssign.model.language import CLAUSES, _, labelled, listed, mark, remarked


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
        return listed(target.name for target in self.targets)


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
    waits = [
        verdict.target.name
        for verdict in verdicts
        if verdict.failure is None and not verdict.is_done
    ]
    lacks = [_lack(listed(waits), timeout, of_filing=state.approved)] if waits else []
    lacks += [
        _(
            "{names} couldn't be asked, since {why}",
            names=failed.names,
            why=cause(failed.failure),
        )
        for failed in unasked(verdicts)
    ]
    if not state.approved:
        output = _("`approved` is false")
    elif state.until == "filed":
        output = _('`deliverable` is "{value}"', value=state.deliverable)
    else:
        output = _("`approved` stays true")
    return _(
        '{lacks}: {output}, as on_pending="continue" says.\n'
        "The next `pulumi {command}` asks again.",
        lacks=listed(lacks, CLAUSES),
        output=output,
        # An up without a change comes as far as the Diff, which asks nobody.
        command="refresh" if state.is_over(state.until) else "up",
    )


def _lack(names: str, timeout: float, *, of_filing: bool) -> str:
    """What there is none of: a verdict or a filing, within a time or, without one, yet."""
    span = spoken(timeout)
    if of_filing and timeout:
        return _("no filing of {names} within {span}", names=names, span=span)
    if of_filing:
        return _("no filing of {names} yet", names=names)
    if timeout:
        return _("no verdict on {names} within {span}", names=names, span=span)
    return _("no verdict on {names} yet", names=names)


def awaits(verdicts: Sequence[Verdict]) -> str:
    """The line of a run that ends awaiting: what it waits for, since when, and what goes on."""
    open_ones = [verdict for verdict in verdicts if not verdict.is_done]
    head = _(
        "awaiting {names}: the next `pulumi up` goes on, and nothing went wrong.",
        names=listed(verdict.target.name for verdict in open_ones),
    )
    lines = (f"  - {remarked(str(verdict), verdict.waits_since)}" for verdict in open_ones)
    return "\n".join((head, *lines))


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
    lines = [f"  - {verdict}" for verdict in open_ones]
    refused = [verdict for verdict in verdicts if verdict.is_refused]
    kind: type[NotApprovedError] = NotApprovedError
    if refused and all(verdict.is_approved for verdict in refused):
        advice = _(
            "ask the vendor why the filing failed, mend the qualification in its console, and run "
            '`pulumi up` again; or wait until="approved" only.'
        )
    elif refused:
        advice = _("mend what was refused and run `pulumi up` again: it goes on from here.")
    elif may_await and conclusion(verdicts) is Conclusion.OPEN and not _is_unheard(verdicts):
        kind = AwaitingError
        advice = _(
            "run `pulumi up` again to go on waiting. Pulumi 3.274 or newer ends such a run as "
            "*awaiting* (exit code 10), which is no failure."
        )
    else:
        advice = _("run `pulumi up` again to go on waiting, or give a longer timeout.")
    ways = [
        advice,
        *(labelled(failed.targets[0].vendor, failed.failure.advice) for failed in failures),
    ]
    # What is gone has not stayed with its vendor.
    if not any(verdict.is_gone for verdict in verdicts):
        lines.append(f"  {_('nothing is lost: every application stays with its vendor')}")
    return kind(
        "\n".join((_head(verdicts, len(open_ones), has_failures=bool(failures)), *lines)),
        advice="\n    ".join(ways),
    )


_LACKS = {
    ("approved", False): mark("not approved"),
    ("approved", True): mark("not approved, or couldn't be asked"),
    ("filed", False): mark("not filed"),
    ("filed", True): mark("not filed, or couldn't be asked"),
}
"""What a signature lacks, by what is waited for and whether an account couldn't be asked."""


def _head(verdicts: Sequence[Verdict], count: int, *, has_failures: bool) -> str:
    """The first line of a failure: how many signatures lack what is waited for."""
    lack = _(_LACKS[verdicts[0].target.until, has_failures])
    if len(verdicts) == 1:
        return _("1 of 1 signature is {lack}:", lack=lack)
    if count == 1:
        return _("1 of {all} signatures is {lack}:", all=len(verdicts), lack=lack)
    return _("{count} of {all} signatures are {lack}:", count=count, all=len(verdicts), lack=lack)
