"""The hooks of an `Approval`: to wait, or to ask once."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

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
from pulumi_smssign.core.waiting import Target, Verdict
from pulumi_smssign.engine.boundary import hook
from pulumi_smssign.engine.resource import Properties
from pulumi_smssign.engine.row import Row
from pulumi_smssign.model.durations import seconds, spoken
from pulumi_smssign.model.errors import NotApprovedError
from pulumi_smssign.model.redaction import told
from pulumi_smssign.model.review import Handle
from pulumi_smssign.model.vocabulary import RUN

_IDENTITY = ("vendor", "account", "id", "text", "scope", "revision", "accepted_at")
"""What tells one submission of one signature from another."""
ON_PENDING = ("fail", "continue")


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
        if news.get("until", "approved") not in waiting.UNTIL:
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
        unfiled = _until(news) == "filed" and olds.get("deliverable") not in ("yes", "unknown")
        return DiffResult(changes=moved or unfiled or olds.get("approved") is not True)

    @hook
    def create(self, urn: str, props: Properties) -> CreateResult:
        """Wait; fails when a signature is refused or, unless told otherwise, the time is up."""
        return CreateResult(str(uuid.uuid4()), self._wait(urn, props))

    @hook
    def update(self, urn: str, _id: str, _olds: Properties, news: Properties) -> UpdateResult:
        """Wait again."""
        return UpdateResult(self._wait(urn, news))

    @hook
    def read(self, _urn: str, id_: str, props: Properties) -> ReadResult:
        """Ask once, without waiting."""
        verdicts = waiting.ask(self._accounts.api, _targets(props))
        return ReadResult(id_, {**props, **_outcome(verdicts)})

    def _wait(self, urn: str, props: Properties) -> Properties:
        patience = waiting.Patience(seconds(props["timeout"]), seconds(props["poll_interval"]))
        row = Row(urn)
        verdicts = waiting.wait(self._accounts.api, _targets(props), patience, row)
        outcome = _outcome(verdicts)
        left = [one for one in verdicts if not one.is_done]
        if left and not (
            props["on_pending"] == "continue" and all(found.is_open for found in verdicts)
        ):
            raise _not_approved(verdicts)
        if left:
            still_open = ", ".join(one.target.name for one in left)
            what = "verdict on" if not outcome["approved"] else "filing of"
            output = (
                "approved` is false" if not outcome["approved"] else 'deliverable` is not "yes"'
            )
            within = f" within {spoken(patience.timeout)}" if patience.timeout else " yet"
            row.warn(
                f"no {what} {still_open}{within}: `{output}, as "
                'on_pending="continue" says.\nThe next `pulumi up` asks again.'
            )
        return {**props, **outcome}


def _until(props: Properties) -> waiting.Until:
    """What is waited for; a state of before it could be chosen has only approvals."""
    return "filed" if props.get("until") == "filed" else "approved"


def _identities(props: Properties) -> list[tuple[object, ...]]:
    """What each signature is, as far as a new wait depends on it."""
    return [tuple(target.get(name) for name in _IDENTITY) for target in props["signatures"]]


def _targets(props: Properties) -> list[Target]:
    return [
        Target(
            target["name"],
            target["vendor"],
            target["account"],
            Handle(target["id"], target.get("text") or "", target.get("scope") or ""),
            target["accepted_at"] if target.get("unseen") else "",
            _until(props),
            hides_reason="reason" in secrets.hides(target),
        )
        for target in props["signatures"]
    ]


def _outcome(verdicts: Sequence[Verdict]) -> Properties:
    said = [verdict.review.deliverable if verdict.review else "no" for verdict in verdicts]
    worst = next((word for word in ("no", "unknown") if word in said), "yes")
    return {
        "approved": all(verdict.is_approved for verdict in verdicts),
        "deliverable": worst,
        "reviews": [
            {**report, "reason": told(report["reason"])}
            for report in (verdict.report() for verdict in verdicts)
        ],
    }


def _not_approved(verdicts: Sequence[Verdict]) -> NotApprovedError:
    open_ones = [verdict for verdict in verdicts if not verdict.is_done]
    listed = "\n".join(f"  - {verdict}" for verdict in open_ones)
    if all(verdict.is_open for verdict in open_ones):
        advice = "run `pulumi up` again to go on waiting, or give a longer timeout."
    elif all(verdict.is_approved for verdict in open_ones):
        advice = (
            "ask the vendor why the filing failed, mend the qualification in its console, and run "
            '`pulumi up` again; or wait until="approved" only.'
        )
    else:
        advice = "mend what was refused and run `pulumi up` again: it goes on from here."
    if not any(verdict.is_gone for verdict in verdicts):
        listed += "\n  nothing is lost: every application stays with its vendor"
    noun = "signature" if len(verdicts) == 1 else "signatures"
    verb = "is" if len(open_ones) == 1 else "are"
    what = verdicts[0].target.until
    return NotApprovedError(
        f"{len(open_ones)} of {len(verdicts)} {noun} {verb} not {what}:\n{listed}",
        advice=advice,
    )
