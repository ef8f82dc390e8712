"""Vendor × operation × fault × the call that it hits: nothing is doubled, lost, stuck or leaked.

Each cell carries an operation out with a fault on one call (or on it and all that follow), and then
runs `pulumi up` again without. What must hold of that is in `Cell`.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from pulumi_smssign.model.errors import (
    NotApprovedError,
    NotShownYetError,
    OutcomeUnknownError,
    ReviewMovedError,
    SmsSignError,
)
from pulumi_smssign.sandbox.app import SignatureView
from pulumi_smssign.sandbox.review import Status
from tests.chaos.bench import Beginning, Bench, Operation
from tests.chaos.faults import Kind, kinds
from tests.engine.cases import CASES, Case
from tests.model.engine import Command, Outcome

WHOLE = bool(os.environ.get("FAULT_MATRIX"))
"""Whether each fault hits each call, also with all that follow, and not only a sample of them."""
THINNED = 3
"""A sample has this part of the faults for each operation; each fault comes at each vendor."""

_OUR_OWN = (NotApprovedError, NotShownYetError, ReviewMovedError)
"""What no call has failed of."""


@dataclass
class Cell:
    """One cell: what was there before, and what is wrong with what came of it."""

    bench: Bench
    operation: Operation
    kind: Kind
    before: list[SignatureView] = field(default_factory=list)
    flaws: list[str] = field(default_factory=list)

    def play(self, beginning: Beginning, call: int, times: int | None) -> None:
        """Play the fault from the call on, for so many calls, and then run again without."""
        bench = self.bench
        bench.start_over(beginning)
        bench.prime()
        self.before = bench.held()
        with bench.trouble(self.kind) as begin:

            def order() -> None:
                begin()
                if self.kind.order:
                    bench.sandbox.faults.add(
                        {**self.kind.order, "vendor": bench.case.vendor, "skip": call},
                        times=times,
                    )

            outcome = bench.act(self.operation, order)
        self._must_be_readable(outcome)
        self._must_have_lost_nothing()
        self._next_run()
        self._settled()

    def _must_be_readable(self, outcome: Outcome) -> None:
        """A failure names vendor and action, and code and request id where the vendor gave them."""
        for error in outcome.errors.values():
            if not isinstance(error, SmsSignError):
                self.flaws.append(f"unreadable: {error}")
                continue
            message = str(error)
            if not error.action:
                if not error.code and not isinstance(error, _OUR_OWN):
                    self.flaws.append(f"no action: {message}")
                continue
            if error.vendor != self.bench.case.vendor:
                self.flaws.append(f"no vendor: {message}")
            if self.kind.order.get("kind") != "error":
                continue
            if not error.code and not isinstance(error, OutcomeUnknownError):
                self.flaws.append(f"no code: {message}")
            if self.bench.case.numbers_requests and error.code and not error.request_id:
                self.flaws.append(f"no request id: {message}")

    def _must_have_lost_nothing(self) -> None:
        """Each approved signature is still there as it was, but where the operation replaces it."""
        held = {signature.id: signature for signature in self.bench.held()}
        for signature in self.before:
            if signature.status is not Status.APPROVED or self._goes(signature):
                continue
            now = held.get(signature.id)
            if now is None or now.submissions != signature.submissions:
                self.flaws.append(f"lost: {signature.id} {signature.text}")

    def _goes(self, signature: SignatureView) -> bool:
        old = min(self.before, key=lambda signature: signature.submitted_at)
        goes = (Operation.DELETE_FIRST, Operation.WITHDRAW, Operation.LET_GO)
        return self.operation in goes and signature.id == old.id

    def _next_run(self) -> None:
        if self.operation is Operation.WITHDRAW:
            again = self.bench.engine.destroy()
        else:
            again = self.bench.engine.up(Command())
        for error in again.errors.values():
            self.flaws.append(f"the next run: {error}")

    def _settled(self) -> None:
        """All approved: each resource has one signature, the state has all, and nothing moves."""
        bench = self.bench
        bench.approve()
        for _ in range(0 if self.operation is Operation.WITHDRAW else 2):
            for error in bench.engine.up(Command()).errors.values():
                self.flaws.append(f"when all was approved: {error}")
        self._must_be_one()
        self._must_be_owned()
        calls = bench.calls()
        if self.operation is not Operation.WITHDRAW and not self.flaws:
            again = bench.engine.up(Command())
            if not again.succeeded or bench.calls() != calls:
                self.flaws.append("no change, and a call")

    def _must_be_one(self) -> None:
        """No text is there twice, and nothing was sent twice."""
        held = self.bench.held()
        twins = [text for text, n in Counter(signature.text for signature in held).items() if n > 1]
        if twins:
            self.flaws.append(f"doubled: {twins}")
        sent = max((signature.submissions for signature in held), default=0)
        if sent > 1 + (self.operation is Operation.RESUBMIT):
            self.flaws.append(f"sent {sent} times")

    def _must_be_owned(self) -> None:
        """The state has what is there, and nothing else."""
        bench = self.bench
        owned, held = bench.owned(), set(map(bench.identifier, bench.held()))
        undeletable = set() if bench.case.deletes else set(map(bench.identifier, self.before))
        if owned - held:
            self.flaws.append(f"in state and not there: {owned - held}")
        if held - owned - undeletable:
            self.flaws.append(f"there and in no state: {held - owned - undeletable}")
        if len(owned) != (self.operation is not Operation.WITHDRAW):
            self.flaws.append(f"the state has {owned}")


def _cells(case: Case) -> Iterator[tuple[Case, Operation]]:
    for operation in Operation:
        if case.deletes or operation not in (Operation.DELETE_FIRST, Operation.LET_GO):
            yield case, operation


CELLS = [cell for case in CASES for cell in _cells(case)]


@pytest.mark.parametrize(
    ("bench", "operation"),
    CELLS,
    indirect=["bench"],
    ids=lambda value: str(value).replace(", ", "-").replace(" ", "-"),
)
def test_a_fault_doubles_nothing_and_loses_nothing(bench: Bench, operation: Operation) -> None:
    beginning = bench.begin(operation)
    bench.start_over(beginning)
    bench.prime()
    before = [bench.calls()]
    assert bench.act(operation, lambda: before.append(bench.calls())).succeeded
    actions = [call.action for call in bench.sandbox.calls()[before[-1] :]]
    flaws = []
    for number, kind in enumerate(kinds(bench.case), CELLS.index((bench.case, operation))):
        if not WHOLE and number % THINNED:
            continue
        for call, times in _hits(bench.case, actions, kind, number):
            cell = Cell(bench, operation, kind)
            cell.play(beginning, call, times)
            where = f"{kind} at call {call} ({actions[call]}{'' if times else ' and all after'})"
            flaws += [f"{where}: {flaw}" for flaw in cell.flaws]
    assert not flaws, "\n".join(flaws)


def _hits(
    case: Case, actions: list[str], kind: Kind, number: int
) -> Iterator[tuple[int, int | None]]:
    """The calls that a fault hits: its first, and for how many; None is all that follow.

    As a sample it is one call, a write where there are any; as a whole it is each call, and each
    with all that follow.
    """
    vendor_names = case.names
    writes = [
        call
        for call, action in enumerate(actions)
        if action in (vendor_names.submit, vendor_names.resubmit, vendor_names.withdraw)
    ]
    if not kind.order:
        yield 0, 1
    elif WHOLE:
        for call in range(len(actions)):
            yield call, 1
            if not kind.once:
                yield call, None
    else:
        calls = writes or list(range(len(actions)))
        yield calls[number % len(calls)], 1
