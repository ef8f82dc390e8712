"""The hooks of an `Approval`: to wait, or to ask once."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import TypeAlias

from pulumi.dynamic import (
    CheckFailure,
    CheckResult,
    CreateResult,
    DiffResult,
    ReadResult,
    UpdateResult,
)
from pulumi.runtime import rpc

from pulumi_smssign.core import secrets, waiting
from pulumi_smssign.core.accounts import Accounts
from pulumi_smssign.core.verdicts import (
    UNTIL,
    Conclusion,
    Target,
    Until,
    Verdict,
    ask,
    cause,
    conclusion,
    unasked,
)
from pulumi_smssign.engine.boundary import hook
from pulumi_smssign.engine.resource import Properties
from pulumi_smssign.engine.row import Row
from pulumi_smssign.model.durations import seconds, spoken
from pulumi_smssign.model.errors import NotApprovedError, SmsSignError
from pulumi_smssign.model.redaction import told
from pulumi_smssign.model.review import Handle
from pulumi_smssign.model.vocabulary import RUN, Status

_IDENTITY = ("vendor", "account", "id", "text", "scope", "revision", "accepted_at")
"""What tells one submission of one signature from another."""
ON_PENDING = ("fail", "continue")

_Known: TypeAlias = Mapping[tuple[object, ...], Mapping[str, str]]
"""The last report of each submission that state has, by what tells it from others."""


class ApprovalHooks:
    """Waits until every signature is approved, one is refused, or the time is up.

    Args:
        accounts: the accounts that the stack is configured with.
    """

    def __init__(self, accounts: Accounts) -> None:
        self._accounts = accounts

    @hook
    def check(self, _urn: str, _olds: Properties, news: Properties) -> CheckResult:
        """The times and the choice are usable; there is a signature to wait for."""
        failures = []
        for name in ("timeout", "poll_interval"):
            try:
                if not rpc.contains_unknowns(news.get(name)):
                    seconds(news.get(name))
            except ValueError as error:
                failures.append(CheckFailure(name, str(error)))
        if news.get("on_pending") not in ON_PENDING:
            failures.append(CheckFailure("on_pending", 'must be "fail" or "continue"'))
        if news.get("until", "approved") not in UNTIL:
            failures.append(CheckFailure("until", 'must be "approved" or "filed"'))
        if not news.get("signatures"):
            failures.append(CheckFailure("signatures", "names no signature to wait for"))
        inputs = {name: value for name, value in news.items() if name != RUN}
        return CheckResult(inputs, failures)

    @hook
    def diff(self, _urn: str, _id: str, olds: Properties, news: Properties) -> DiffResult:
        """Wait again when a signature moved, or when the last wait ended before its end."""
        unknown = rpc.contains_unknowns(news["signatures"])
        moved = unknown or _identities(olds) != _identities(news)
        return DiffResult(changes=moved or _waits_again(olds, _until(news)))

    @hook
    def create(self, urn: str, props: Properties) -> CreateResult:
        """Wait; fails when a signature is refused or, unless told otherwise, the time is up."""
        return CreateResult(str(uuid.uuid4()), self._wait(urn, props, known={}))

    @hook
    def update(self, urn: str, _id: str, olds: Properties, news: Properties) -> UpdateResult:
        """Wait again."""
        return UpdateResult(self._wait(urn, news, known=_known(olds)))

    @hook
    def read(self, urn: str, id_: str, props: Properties) -> ReadResult:
        """Ask once, without waiting; of an account that can't be asked state keeps what it says.

        Raises:
            SmsSignError: no account can be asked.
        """
        verdicts = ask(self._accounts.api, _targets(props, known=_known(props)))
        failures = unasked(verdicts)
        if all(verdict.failure is not None for verdict in verdicts):
            raise failures[0].failure
        for one in failures:
            Row(urn).warn(
                f"{one.names} couldn't be asked, since {cause(one.failure)}: "
                "`reviews` keeps what was told last."
            )
        return ReadResult(id_, {**props, **_outcome(verdicts)})

    def _wait(self, urn: str, props: Properties, *, known: _Known) -> Properties:
        patience = waiting.Patience(seconds(props["timeout"]), seconds(props["poll_interval"]))
        row, targets = Row(urn), _targets(props, known=known)
        verdicts = waiting.wait(self._accounts.api, targets, patience, row)
        outcome, found = _outcome(verdicts), conclusion(verdicts)
        if found is Conclusion.LOST or (
            found is Conclusion.OPEN and props["on_pending"] != "continue"
        ):
            raise _not_approved(verdicts)
        if found is Conclusion.OPEN:
            within = f" within {spoken(patience.timeout)}" if patience.timeout else " yet"
            row.warn(_still_open(verdicts, outcome, within))
        return {**props, **outcome}


def _waits_again(outputs: Properties, until: Until) -> bool:
    """Whether the last wait ended before there was what is waited for."""
    unfiled = until == "filed" and outputs.get("deliverable") not in ("yes", "unknown")
    return unfiled or outputs.get("approved") is not True


def _until(props: Properties) -> Until:
    """What is waited for; a state of before it could be chosen has only approvals."""
    return "filed" if props.get("until") == "filed" else "approved"


def _identities(props: Properties) -> list[tuple[object, ...]]:
    """What each signature is, as far as a new wait depends on it."""
    return [tuple(target.get(name) for name in _IDENTITY) for target in props["signatures"]]


def _known(state: Properties) -> _Known:
    """What state says of each submission: the last report of it."""
    reports = state.get("reviews") or ()
    return dict(zip(_identities(state), reports, strict=False)) if reports else {}


def _targets(props: Properties, *, known: _Known) -> list[Target]:
    return [
        Target(
            target["name"],
            target["vendor"],
            target["account"],
            Handle(target["id"], target.get("text") or "", target.get("scope") or ""),
            target["accepted_at"] if target.get("unseen") else "",
            _until(props),
            hides_reason="reason" in secrets.hides(target),
            known=known.get(identity, {}),
        )
        for target, identity in zip(props["signatures"], _identities(props), strict=True)
    ]


def _outcome(verdicts: Sequence[Verdict]) -> Properties:
    """The outputs: what each account says, and of one that couldn't be asked what it said last."""
    reports = [verdict.report() for verdict in verdicts]
    said = [report["deliverable"] for report in reports]
    worst = next((word for word in ("no", "unknown") if word in said), "yes")
    return {
        "approved": all(report["status"] == Status.APPROVED for report in reports),
        "deliverable": worst,
        "reviews": [{**report, "reason": told(report["reason"])} for report in reports],
    }


def _still_open(verdicts: Sequence[Verdict], outcome: Properties, within: str) -> str:
    """The warning of a run that ends green before there is what it waits for."""
    waits = [one.target.name for one in verdicts if one.failure is None and not one.is_done]
    what = "filing of" if outcome["approved"] else "verdict on"
    lacks = [f"no {what} {', '.join(waits)}{within}"] if waits else []
    lacks += [
        f"{one.names} couldn't be asked, since {cause(one.failure)}" for one in unasked(verdicts)
    ]
    if not outcome["approved"]:
        output = "`approved` is false"
    elif verdicts[0].target.until == "filed":
        output = f'`deliverable` is "{outcome["deliverable"]}"'
    else:
        output = "`approved` stays true"
    again = "up" if _waits_again(outcome, verdicts[0].target.until) else "refresh"
    return (
        f'{"; ".join(lacks)}: {output}, as on_pending="continue" says.\n'
        f"The next `pulumi {again}` asks again."
    )


def _not_approved(verdicts: Sequence[Verdict]) -> SmsSignError:
    """The failure of a wait, with everything that is known of each signature.

    Where there was nothing but one account's failure it is that one, which says more of itself.
    """
    failures = unasked(verdicts)
    if len(failures) == 1 and all(one.failure and one.review is None for one in verdicts):
        return failures[0].failure
    open_ones = [verdict for verdict in verdicts if not verdict.is_done]
    listed = "\n".join(f"  - {verdict}" for verdict in open_ones)
    refused = [verdict for verdict in verdicts if verdict.is_refused]
    if refused and all(verdict.is_approved for verdict in refused):
        advice = (
            "ask the vendor why the filing failed, mend the qualification in its console, and run "
            '`pulumi up` again; or wait until="approved" only.'
        )
    elif refused:
        advice = "mend what was refused and run `pulumi up` again: it goes on from here."
    else:
        advice = "run `pulumi up` again to go on waiting, or give a longer timeout."
    ways = [advice, *(f"{one.targets[0].vendor}: {one.failure.advice}" for one in failures)]
    if not any(verdict.is_gone for verdict in verdicts):
        listed += "\n  nothing is lost: every application stays with its vendor"
    noun = "signature" if len(verdicts) == 1 else "signatures"
    verb = "is" if len(open_ones) == 1 else "are"
    what = verdicts[0].target.until + (", or couldn't be asked" if failures else "")
    return NotApprovedError(
        f"{len(open_ones)} of {len(verdicts)} {noun} {verb} not {what}:\n{listed}",
        advice="\n    ".join(ways),
    )
