"""Runners that come and go: so many at a time, again after a failure, and some of them killed."""

from __future__ import annotations

import json
import multiprocessing
import random
import re
import time
from collections import Counter, deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from multiprocessing.context import ForkServerProcess

from tests.scale.company import Company
from tests.scale.runner import Order, Report, work

_LOOK = 0.005


@dataclass
class Stack:
    """The runs of one stack in a phase; seconds are those of its runs together.

    `killed` are those that were killed as the phase has it, `cut_off` is one that its end has cut.
    """

    runs: int = 0
    killed: int = 0
    cut_off: bool = False
    seconds: float = 0.0
    created: int = 0
    changed: int = 0
    done: bool = False
    errors: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True)
class Way:
    """How runners come: `at_a_time` in all, `tries` for a stack until its run is green.

    `in_turn` is whether one run at a time uses a group's accounts, as a pipeline's lock has it.
    `kills` is the share of first runs that are killed: when some of the `submissions` that they are
    to make have arrived.
    """

    at_a_time: int = 12
    tries: int = 5
    in_turn: bool = False
    kills: float = 0.0
    submissions: int = 0


@dataclass
class _Active:
    process: ForkServerProcess
    order: Order
    begun: float
    dies_after: int | None
    """Submissions of this stack, since the simulation began, after which it is killed."""
    is_killed: bool = False


class Runners:
    """The runners of a company.

    Args:
        company: its stacks.
        chance: which runs are killed, and when.
        arrived: how many submissions of a stack have arrived at the vendors.
    """

    def __init__(
        self, company: Company, chance: random.Random, arrived: Callable[[int], int]
    ) -> None:
        self._arrived = arrived
        self._company = company
        self._chance = chance
        self._context = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload(["tests.scale.runner"])

    def run(
        self, stacks: Sequence[int], order_of: Callable[[int, int], Order], way: Way, until: float
    ) -> dict[int, Stack]:
        """Run a command of all stacks.

        Args:
            stacks: their numbers.
            order_of: the order for a stack's so-manieth run.
            way: how runners come.
            until: when (by the monotonic clock) no further run begins, and those under way end.
        """
        of = {number: Stack() for number in stacks}
        active: list[_Active] = []
        try:
            self._work(of, deque(stacks), active, order_of=order_of, way=way, until=until)
        finally:
            for each in active:
                each.process.kill()
        return of

    def _work(
        self,
        of: dict[int, Stack],
        waiting: deque[int],
        active: list[_Active],
        *,
        order_of: Callable[[int, int], Order],
        way: Way,
        until: float,
    ) -> None:
        while active or (waiting and time.monotonic() < until):
            while len(active) < way.at_a_time and time.monotonic() < until:
                number = self._next(waiting, active, way)
                if number is None:
                    break
                active.append(self._start(of[number], order_of(number, of[number].runs), way))
            time.sleep(_LOOK)
            for each in list(active):
                if self._has_ended(each, until):
                    active.remove(each)
                    if self._note(each, of[each.order.stack], way):
                        waiting.append(each.order.stack)

    def _next(self, waiting: deque[int], active: Sequence[_Active], way: Way) -> int | None:
        busy = {self._company.group(each.order.stack) for each in active} if way.in_turn else set()
        for number in waiting:
            if self._company.group(number) not in busy:
                waiting.remove(number)
                return number
        return None

    def _start(self, stack: Stack, order: Order, way: Way) -> _Active:
        order.home.mkdir(parents=True, exist_ok=True)
        order.report.unlink(missing_ok=True)
        process = self._context.Process(target=work, args=(order,))
        process.start()
        begun = time.monotonic()
        dies = stack.runs == 0 and self._chance.random() < way.kills
        stack.runs += 1
        dies_after = None
        if dies:
            dies_after = self._arrived(order.stack) + self._chance.randint(1, way.submissions)
        return _Active(process, order, begun, dies_after)

    def _has_ended(self, each: _Active, until: float) -> bool:
        dies = each.dies_after is not None and self._arrived(each.order.stack) >= each.dies_after
        if each.process.is_alive() and (dies or time.monotonic() > until):
            each.is_killed = dies
            each.process.kill()
            each.process.join()
        return not each.process.is_alive()

    @staticmethod
    def _note(each: _Active, stack: Stack, way: Way) -> bool:
        """Note what came of a run; whether the stack needs another one."""
        stack.seconds += time.monotonic() - each.begun
        each.process.join()
        if not each.order.report.exists():
            stack.cut_off = not each.is_killed
            stack.killed += each.is_killed
            return stack.runs < way.tries
        report = Report(**json.loads(each.order.report.read_text(encoding="utf-8")))
        stack.created += report.created
        stack.changed += report.changed
        stack.errors.update(kind_of(error) for error in report.errors)
        stack.done = not report.errors
        return not stack.done and stack.runs < way.tries


def kind_of(error: str) -> str:
    """A message's kind: its class and its words without texts, ids and numbers."""
    plain = re.sub(r"【[^】]*】|[云〇一二三四五六七八九]{4,}", "TEXT", error)
    return re.sub(r"[0-9]+", "N", re.sub(r": \S+ \(", ": ID (", plain))[:160]
