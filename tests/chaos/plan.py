"""Plans of trials: an operation, the moment of the kill, who dies, what happens then."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import product

from pulumi_smssign.model.vocabulary import DELETION_POLICIES, DeletionPolicy
from tests.engine.cases import CASES, Case


class Operation(StrEnum):
    """The operation under way when somebody dies."""

    CREATE = "create"
    UPDATE = "update"
    NEW_FIRST = "replace, new first"
    LET_GO = "let the old one go"
    DELETE_FIRST = "replace, delete first"
    DELETE = "delete"
    REFRESH = "refresh"
    WAIT = "wait"


class Point(StrEnum):
    """The moment of the kill; the calls are those that write."""

    LOOK = "in the look before"
    BEFORE = "before the vendor acts"
    TAKEN = "taken, no answer yet"
    ANSWERED = "answered, not in state"
    BACK_OFF = "in a back-off"
    SOON = "at the end of the call"
    RANDOM = "at random"


class Victim(StrEnum):
    """Who is killed; a sandbox comes back with what it remembers."""

    COMMAND = "cli"
    PLUGIN = "plugin"
    BOTH = "both"
    SANDBOX = "sandbox"


class Meanwhile(StrEnum):
    """The event before the next run."""

    NOTHING = "nothing"
    APPROVED = "approved"
    REJECTED = "rejected"
    EDITED = "text edited"
    TAKEN_BACK = "taken back"


WRITING = (
    Operation.CREATE,
    Operation.UPDATE,
    Operation.NEW_FIRST,
    Operation.LET_GO,
    Operation.DELETE_FIRST,
    Operation.DELETE,
)

_WITHOUT = {
    Operation.DELETE: (Point.LOOK, Point.ANSWERED),
    Operation.LET_GO: (Point.ANSWERED,),
}
"""The points that an operation doesn't have: nobody looks before a deletion, or after it."""


@dataclass(frozen=True)
class Plan:
    """One trial.

    `write` is which of the operation's writes the point is about, where there are two: of a
    replacement that deletes first the deletion is the first. `policy` is the stack's
    `deletion_policy`.
    """

    vendor: str
    operation: Operation
    point: Point
    victim: Victim
    meanwhile: Meanwhile = Meanwhile.NOTHING
    write: int = 0
    policy: DeletionPolicy = "delete"

    def __str__(self) -> str:
        which = ("", " (2nd write)")[self.write]
        return (
            f"{self.vendor}: {self.operation}, {self.policy}, {self.point}{which}, kill "
            f"{self.victim}, then {self.meanwhile}"
        )


def plans(vendors: tuple[str, ...]) -> list[Plan]:
    """Every plan that makes sense at some vendors."""
    return [plan for case in CASES if case.vendor in vendors for plan in _of_vendor(case)]


def drawn(vendors: tuple[str, ...], count: int, seed: int) -> list[Plan]:
    """A selection of plans, spread over vendors and operations; the same for the same seed."""
    chance = random.Random(seed)  # noqa: S311 - chance is all it is for
    groups: dict[tuple[str, Operation], list[Plan]] = {}
    for plan in plans(vendors):
        groups.setdefault((plan.vendor, plan.operation), []).append(plan)
    for group in groups.values():
        chance.shuffle(group)
    selection: list[Plan] = []
    while len(selection) < count:
        keys = list(groups)
        chance.shuffle(keys)
        selection += [_next(groups[key]) for key in keys]
    return selection[:count]


def _next(group: list[Plan]) -> Plan:
    """The group's first, which goes to its end: it comes again when all others have been."""
    plan = group.pop(0)
    group.append(plan)
    return plan


def _of_vendor(case: Case) -> Iterator[Plan]:
    for operation, policy in product(Operation, DELETION_POLICIES):
        if not _makes_sense(case, operation, policy):
            continue
        for point in Point if operation in WRITING else (Point.LOOK, Point.RANDOM):
            if point in _WITHOUT.get(operation, ()):
                continue
            two = operation is Operation.DELETE_FIRST and point not in (Point.LOOK, Point.RANDOM)
            for write, victim, meanwhile in product((0, 1) if two else (0,), Victim, Meanwhile):
                yield Plan(case.vendor, operation, point, victim, meanwhile, write, policy)


def _makes_sense(case: Case, operation: Operation, policy: DeletionPolicy) -> bool:
    """Whether an operation on what is approved sends something there."""
    if operation in (Operation.LET_GO, Operation.DELETE_FIRST, Operation.DELETE):
        return case.deletes and policy == "delete"
    return True
