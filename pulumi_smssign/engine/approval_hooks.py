"""The hooks of an `Approval`: to wait, or to ask once."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Mapping

from pulumi.dynamic import (
    CheckFailure,
    CheckResult,
    CreateResult,
    DiffResult,
    ReadResult,
    UpdateResult,
)
from pulumi.runtime import rpc

from pulumi_smssign.core import messages, waiting
from pulumi_smssign.core.accounts import Accounts
from pulumi_smssign.core.approval_state import ApprovalState
from pulumi_smssign.core.conclusion import (
    Conclusion,
    awaits,
    conclusion,
    not_approved,
    still_open,
    unasked,
)
from pulumi_smssign.core.ownership import ProgramFacts
from pulumi_smssign.core.registry import VENDORS, named
from pulumi_smssign.core.verdicts import UNTIL, ask, cause
from pulumi_smssign.engine.boundary import hook
from pulumi_smssign.engine.resource import Properties
from pulumi_smssign.engine.row import Row
from pulumi_smssign.model.durations import seconds
from pulumi_smssign.model.errors import AwaitingError
from pulumi_smssign.model.language import _, listed
from pulumi_smssign.model.vocabulary import RUN

ON_PENDING = ("await", "fail", "continue")


class ApprovalHooks:
    """The hooks of an `Approval`, which waits until all is approved, one refused, or time is up.

    Args:
        accounts: the accounts that the stack is configured with.
    """

    def __init__(self, accounts: Accounts) -> None:
        self._accounts = accounts
        self._is_preview = False

    @hook
    def check(self, urn: str, _olds: Properties, news: Properties) -> CheckResult:
        """Problems of the inputs: times, choices, and no signature to wait for."""
        failures = []
        for name in ("timeout", "poll_interval"):
            try:
                if not rpc.contains_unknowns(news.get(name)):
                    seconds(news.get(name))
            except ValueError as error:
                failures.append(CheckFailure(name, str(error)))
        if news.get("on_pending") not in (None, *ON_PENDING):
            failures.append(CheckFailure("on_pending", _('must be "await", "fail" or "continue"')))
        if news.get("until", "approved") not in UNTIL:
            failures.append(CheckFailure("until", _('must be "approved" or "filed"')))
        if not news.get("signatures"):
            failures.append(CheckFailure("signatures", _("names no signature to wait for")))
        elif news.get("until") == "filed" and isinstance(news["signatures"], list):
            failures += _untold_filings(Row(urn), news["signatures"])
        facts = ProgramFacts.of(news)
        # Noted here, since a Diff isn't given what the program says of its run.
        self._is_preview = facts is not None and facts.preview
        inputs = {name: value for name, value in news.items() if name != RUN}
        return CheckResult(inputs, failures)

    @hook
    def diff(self, urn: str, _id: str, olds: Properties, news: Properties) -> DiffResult:
        """Wait again when a signature moved, or when the last wait ended before its end."""
        old, new = ApprovalState.of(olds), ApprovalState.of(news)
        moved = rpc.contains_unknowns(news["signatures"]) or old.submissions != new.submissions
        changes = moved or not old.is_over(new.until)
        may_cost = news.get("on_pending") == "await" and old.was_approved
        if changes and may_cost and self._is_preview:
            # None of these is registered in a run that awaits.
            Row(urn).warn(messages.may_cost())
        return DiffResult(changes=changes)

    @hook
    def create(self, urn: str, props: Properties) -> CreateResult:
        """Wait; fails when a signature is refused or, unless told otherwise, the time is up."""
        return CreateResult(str(uuid.uuid4()), self._wait(urn, props, ApprovalState.of({})))

    @hook
    def update(self, urn: str, _id: str, olds: Properties, news: Properties) -> UpdateResult:
        """Wait again."""
        return UpdateResult(self._wait(urn, news, ApprovalState.of(olds)))

    @hook
    def read(self, urn: str, id_: str, props: Properties) -> ReadResult:
        """Ask once, without waiting; state keeps its reports of an account that can't be asked.

        Raises:
            SmsSignError: no account can be asked.
        """
        state = ApprovalState.of(props)
        verdicts = ask(self._accounts.api, state.targets(props))
        failures = unasked(verdicts)
        # Green would say that something was refreshed.
        if all(verdict.failure is not None for verdict in verdicts):
            raise failures[0].failure
        for failed in failures:
            Row(urn).warn(messages.keeps_reports(failed.names, cause(failed.failure)))
        return ReadResult(id_, {**props, **state.outputs(verdicts)})

    def _wait(self, urn: str, props: Properties, state: ApprovalState) -> Properties:
        """The outputs after a wait.

        Raises:
            AwaitingError: nothing was refused, and the next run goes on.
            SmsSignError: something was refused, or the program wants it to fail.
        """
        patience = waiting.Patience(seconds(props["timeout"]), seconds(props["poll_interval"]))
        row, targets = Row(urn), state.targets(props)
        verdicts = waiting.wait(self._accounts.api, targets, patience, row)
        outputs, outcome = state.outputs(verdicts), conclusion(verdicts)
        # Once approved: an awaiting run would have the engine delete what hangs on the approval.
        on_pending = props.get("on_pending") or ("fail" if state.was_approved else "await")
        if outcome is Conclusion.LOST or (outcome is Conclusion.OPEN and on_pending != "continue"):
            error = not_approved(verdicts, may_await=on_pending == "await")
            if isinstance(error, AwaitingError):
                row.info(awaits(verdicts))  # an engine that knows awaiting prints no error
            raise error
        if outcome is Conclusion.OPEN:
            row.warn(still_open(verdicts, patience.timeout, ApprovalState.of({**props, **outputs})))
        return {**props, **outputs}


def _untold_filings(row: Row, signatures: Iterable[object]) -> Iterator[CheckFailure]:
    """The refusal of "filed" where no vendor tells of the filing, or a warning where some do."""
    targets = [target for target in signatures if isinstance(target, Mapping)]
    silent = [
        target
        for target in targets
        if target.get("vendor") in VENDORS and not named(target["vendor"]).rules.tells_filing
    ]
    why = messages.untold_filings(sorted({target["vendor"] for target in silent}))
    if silent and len(silent) == len(targets):
        wait = _('{why}, so "filed" would wait for no more than "approved"', why=why)
        yield CheckFailure("until", wait)
    elif silent:
        names = listed(target.get("name") for target in silent)
        wait = _(
            '{why}, so until="filed" waits only for the approval of {names}.', why=why, names=names
        )
        row.warn(wait)
