"""The rows of `make bench`: a measured fact each, beside its bar."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.bench.measure import QUIET, Cost, Ratio, Turns
from tests.bench.processes import Machine
from tests.bench.stage import Side, Stage, stage

NO_CHANGE = ("--skip-preview", "--yes")
MIB = 1 << 20
PAGES = {"tencent": 100, "huawei": 500, "yunpian": 10_000, "alibaba": 50}
"""Signatures on a page of the vendors that have lists."""


@dataclass(frozen=True)
class Row:
    """One measured fact: `value` beside its `bar`; `holds` is None where a row has no bar.

    `at` is the day of the measurement, where it is not today's.
    """

    name: str
    value: str
    bar: str
    holds: bool | None
    detail: str = ""
    at: str = ""

    def as_document(self) -> dict[str, object]:
        """The same for the JSON file."""
        return asdict(self)

    @classmethod
    def of_ratio(cls, name: str, ratio: Ratio, most: float, detail: str = "") -> Row:
        """A row whose bar is a ratio."""
        parts = "; ".join(filter(None, (ratio.explained, detail)))
        return cls(name, str(ratio), f"{most:.2f}x", ratio.deciding <= most, parts)

    @classmethod
    def of_cost(cls, name: str, cost: Cost, most: float, others: float, detail: str) -> Row:
        """A row whose bar is a time; as with ratios, CPU time decides on a disturbed machine."""
        deciding = cost.cpu if others > QUIET else cost.seconds
        which = "CPU time" if others > QUIET else "wall-clock time"
        return cls(name, f"{deciding * 1000:.0f} ms", f"{most * 1000:.0f} ms", deciding <= most,
                   f"{cost.seconds * 1000:.0f} ms by the clock, {cost.cpu * 1000:.0f} ms CPU time; "
                   f"{which} decides; {detail}")  # fmt: skip


@dataclass(frozen=True)
class Size:
    """How much is measured: `count` signatures where the issue says 200, and so many pairs."""

    count: int = 200
    pairs: int = 3
    growth: tuple[int, ...] = (50, 500, 2000)
    applications: int = 10_000
    suite: bool = False
    base: Path | None = None


@dataclass(frozen=True)
class Group:
    """Rows that are measured together, and the seconds that they take on two quiet cores."""

    title: str
    seconds: float
    measure: Callable[[Path, Size], Iterator[Row]]


def in_turn(run: Callable[[Side], Cost], pairs: int, sides: Sequence[Side]) -> Turns:
    """Take each side's cost in turn, and how much of the machine others took meanwhile."""
    machine = Machine()
    costs: dict[str, list[Cost]] = {side: [] for side in sides}
    for _ in range(pairs):
        for side in sides:
            costs[side].append(run(side))
    return Turns(costs, machine.others)


@contextmanager
def made(folder: Path, count: int, **how: object) -> Iterator[tuple[Stage, dict[Side, Cost]]]:
    """A stage whose signatures have been made, and what each side took for it."""
    with stage(folder, count, **how) as built:
        yield built, built.make()


def pages(vendor: str, count: int) -> int:
    """The calls that a list of so many signatures takes; 0 where the vendor has no list."""
    return -(-count // PAGES[vendor]) if vendor in PAGES else 0


def counted(actions: dict[str, int]) -> str:
    """The number of calls of each action."""
    return ", ".join(f"{name} {n}" for name, n in actions.items()) or "no calls"
