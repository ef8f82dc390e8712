"""The phases of `make scale`: what the company does, and what came of it."""

from __future__ import annotations

import random
import shutil
import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from pulumi_smssign.sandbox.server import RunningSandbox
from tests.bench.processes import Machine
from tests.images import png
from tests.scale.company import VENDORS, Company, beginning
from tests.scale.ledger import ledger
from tests.scale.limits import Limits
from tests.scale.runner import Order
from tests.scale.runners import Runners, Stack, Way

ADDED = 10
"""Signatures that each stack adds in the phase of the kills."""


@dataclass(frozen=True)
class Result:
    """What a phase has shown.

    `seconds` are by the clock, `vendors_seconds` as long as they would be at the vendors' own
    limits; the same where no vendor is asked. `median` and `longest` are a stack's, at those limits
    too. `created` have come into state, submitted or taken over. `refused` are calls that a limit
    has refused, which the client repeats. `orphans` are signatures in no state.
    """

    phase: str
    seconds: float
    vendors_seconds: float
    stacks: int
    done: int
    runs: int
    killed: int
    cut_off: int
    median: float
    longest: float
    created: int
    calls: int
    refused: int
    refused_of: dict[str, int] = field(default_factory=dict)
    errors: dict[str, int] = field(default_factory=dict)
    doubled: int = 0
    lost: int = 0
    orphans: int = 0
    machine: float = 0.0
    """How busy the machine was, a share of it, by whatever programs."""

    @property
    def line(self) -> str:
        """The result in a line."""
        return (
            f"{self.done} of {self.stacks} stacks green after {self.runs} runs "
            f"({self.killed} killed, {self.cut_off} cut off by the phase's end) in "
            f"{self.vendors_seconds:.0f} s at the vendors' limits ({self.seconds:.0f} s here); "
            f"a stack {self.median:.0f} s, longest {self.longest:.0f} s; {self.created} new in "
            f"state, {self.calls} calls, {self.refused} refused by a limit; "
            f"doubled {self.doubled}, lost {self.lost}, in no state {self.orphans}"
        )


@dataclass
class Simulation:
    """A company at a sandbox.

    Args:
        company: its stacks, accounts and signatures.
        served: the vendors' side.
        folder: for states, homes and proofs.
        speed: how many times faster than the vendors' limits.
        at_a_time: runners at a time.
        seed: which runs are killed.
    """

    company: Company
    served: RunningSandbox
    folder: Path
    speed: int
    at_a_time: int
    seed: int

    def __post_init__(self) -> None:
        self._limits = Limits(self.served.sandbox, self.speed)
        chance = random.Random(self.seed)  # noqa: S311
        self._runners = Runners(self.company, chance, self._arrived)
        self._count = 0
        self._last: dict[int, Stack] = {}
        (self.folder / "p0.png").write_bytes(png())
        self._start_over()

    def _start_over(self) -> None:
        """An account without signatures, and stacks without state."""
        desk = self.served.sandbox.desk
        desk.reset(desk.policy)
        shutil.rmtree(self.folder / "state", ignore_errors=True)
        (self.folder / "state").mkdir()

    def _arrived(self, stack: int) -> int:
        return self._limits.submitted[beginning(stack)]

    # --- the phases

    def firsts(self, until: Callable[[float], float]) -> Iterator[Result]:
        """The first `up` of all stacks, in four ways; the last one's states are gone on with."""
        stacks = range(self.company.stacks)
        own = Company(self.company.stacks, self.company.stacks * len(VENDORS),
                      self.company.signatures)  # fmt: skip
        way, in_turn = Way(self.at_a_time), Way(self.at_a_time, in_turn=True)
        yield self._phase("first up, each stack with accounts of its own", stacks, way,
                          until(0.10), company=own)  # fmt: skip
        self._start_over()
        yield self._phase("first up, each runner a machine of its own", stacks, way, until(0.18))
        self._start_over()
        yield self._phase("first up, all runners on one machine", stacks, way, until(0.18),
                          home="one")  # fmt: skip
        self._start_over()
        yield self._phase("first up, one run at a time in a group of accounts", stacks, in_turn,
                          until(0.26))  # fmt: skip

    def later(self, until: Callable[[float], float]) -> Iterator[Result]:
        """What comes after that: nothing to do, refreshes, runners that are killed."""
        stacks = [number for number, stack in self._last.items() if stack.done]
        way = Way(self.at_a_time)
        yield self._phase("up, nothing changed", stacks, way, until(0.03))
        yield self._phase("refresh", stacks, way, until(0.03), command="refresh")
        in_turn = Way(self.at_a_time, in_turn=True)
        once, killing = (replace(in_turn, tries=1), replace(in_turn, tries=1, kills=0.5,
                                                            submissions=ADDED))  # fmt: skip
        yield self._phase(f"up, {ADDED} added to each, half of the runners killed", stacks, killing,
                          until(0.03), more=ADDED, homes="killed")  # fmt: skip
        yield self._phase("the same again, on fresh machines", stacks, once, until(0.03),
                          more=ADDED)  # fmt: skip
        # Where a runner's disk is kept, its journal knows of the writes in flight.
        yield self._phase("half of the stacks again, on the machines of the killed runs",
                          stacks[::2], once, until(0.03), more=ADDED, homes="killed")  # fmt: skip
        yield self._phase("all again, on fresh machines with smssign:adopt existing", stacks,
                          in_turn, until(0.03), more=ADDED, adopt=True)  # fmt: skip

    def _phase(
        self,
        name: str,
        stacks: Sequence[int],
        way: Way,
        until: float,
        *,
        home: str = "",
        homes: str = "",
        company: Company | None = None,
        command: Literal["up", "refresh"] = "up",
        more: int = 0,
        adopt: bool = False,
    ) -> Result:
        self._count += 1
        kept = self.folder / f"homes-{homes or self._count}"

        def order(number: int, run: int) -> Order:
            own = home or f"{number:02}-{0 if homes else run}"
            declared = (company or self.company).declared(number, more)
            return Order(number, command, declared, self.served.url, self.folder, kept / own,
                         self.speed, adopt)  # fmt: skip

        self._limits.look()
        machine, begun = Machine(), time.monotonic()
        of = self._last = self._runners.run(stacks, order, way, until)
        seconds, busy = time.monotonic() - begun, machine.busy
        if not homes:
            shutil.rmtree(kept, ignore_errors=True)
        return self._result(name, of, seconds, busy)

    def _result(self, name: str, of: dict[int, Stack], seconds: float, share: float) -> Result:
        tally = self._limits.look()
        found = ledger(self.served.sandbox, self.folder / "state")
        errors: Counter[str] = Counter()
        for stack in of.values():
            errors.update(stack.errors)
        # What asks no vendor goes as fast as this machine, whatever the limits.
        speed = self.speed if tally.taken else 1
        each = [stack.seconds * speed for stack in of.values() if stack.runs] or [0.0]
        return Result(
            phase=name,
            seconds=round(seconds, 1),
            vendors_seconds=round(seconds * speed),
            stacks=len(of),
            done=sum(stack.done for stack in of.values()),
            runs=sum(stack.runs for stack in of.values()),
            killed=sum(stack.killed for stack in of.values()),
            cut_off=sum(stack.cut_off for stack in of.values()),
            median=round(statistics.median(each)),
            longest=round(max(each)),
            created=sum(stack.created for stack in of.values()),
            calls=tally.taken.total(),
            refused=tally.refused.total(),
            refused_of=dict(tally.refused.most_common(4)),
            errors=dict(errors.most_common(5)),
            doubled=found.doubled,
            lost=found.lost,
            orphans=found.orphans,
            machine=round(share, 2),
        )
