"""Rows about growth: every command at several sizes, and what each signature more takes.

The floor is the one of the same shape. The engine writes all of its state after each step, whoever
provides the resources: after five minutes a first `up` of 2,000 had made half of them. So the
commands are measured as they are up to 500, and up to 2,000 with an engine that writes its state at
the end of a run (`PULUMI_SKIP_CHECKPOINTS`), which hides nothing of a provider's own time.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TypeAlias

from tests.bench.measure import Cost, Ratio, slope
from tests.bench.processes import Machine
from tests.bench.rows import NO_CHANGE, Row, Size
from tests.bench.stage import Side, Stage, stage

SLOPE = 1.2
OWN = 60.0
"""Seconds of our own that a first `up` of the largest size may take beyond the floor."""
_SIDES: tuple[Side, ...] = ("product", "shape")
"""The product first: the floor's shape is read from its state."""
_COMMANDS: dict[str, tuple[str, ...]] = {
    "first up": ("up", *NO_CHANGE),
    "preview": ("preview",),
    "up": ("up", *NO_CHANGE),
    "refresh": ("refresh", *NO_CHANGE),
    "status": (),
    "destroy": ("destroy", *NO_CHANGE),
}
_WITH_CALLS = ("first up", "destroy")
"""The commands that call a vendor for each signature, where the floor calls nobody."""
_Costs: TypeAlias = dict[tuple[str, Side], dict[int, Cost]]


def growth(folder: Path, size: Size) -> Iterator[Row]:
    """Each command with all sizes, all signatures in one account."""
    *usual, largest = size.growth
    machine = Machine()
    costs = _measured(folder / "usual", usual)
    for name in _COMMANDS:
        yield _row(name, costs, machine.others)
    machine = Machine()
    costs = _measured(folder / "unwritten", (usual[-1], largest), writes=False)
    for name in _COMMANDS:
        yield _row(name, costs, machine.others, writes=False)
    first = {side: costs["first up", side][largest] for side in _SIDES}
    own = first["product"].cpu - first["shape"].cpu
    yield Row(f"first up of {largest} in one account, own CPU time", f"{own:.0f} s",
              f"{OWN:.0f} s", own <= OWN, "beyond the floor's; without the vendor's limit: "
              + ", ".join(f"{side} {cost.seconds:.0f} s [CPU {cost.cpu:.0f} s]"
                          for side, cost in first.items()))  # fmt: skip


def _measured(folder: Path, sizes: Sequence[int], *, writes: bool = True) -> _Costs:
    """The costs of each command and side, by size; `writes`: of state after each step."""
    costs: _Costs = {}
    begun = time.monotonic()
    for count in sizes:
        with stage(
            folder / str(count), count, vendors=("tencent",), sides=_SIDES, writes=writes
        ) as built:
            for name, side in _turns():
                if (name, side) == ("first up", "shape"):
                    built.learn_shape()
                cost = _taken(built, side, name)
                of_side = costs.setdefault((name, side), {})
                of_side[count] = min(of_side.get(count, cost), cost, key=lambda each: each.seconds)
                # The largest size takes minutes.
                sys.stderr.write(
                    f"  {time.monotonic() - begun:5.0f} s: {count}, {name}, {side} took "
                    f"{cost.seconds:.1f} s [CPU {cost.cpu:.1f} s]\n"
                )
    return costs


def _turns() -> Iterator[tuple[str, Side]]:
    """The commands in their order, each for both sides; what can be repeated twice, in turn.

    The better time counts: one that other programs have lengthened would be taken for growth.
    """
    for name in _COMMANDS:
        for _ in range(1 if name in _WITH_CALLS else 2):
            for side in _SIDES:
                yield name, side


def _taken(built: Stage, side: Side, name: str) -> Cost:
    if name != "status":
        return built.run(side, *_COMMANDS[name])
    if side == "shape":
        return built.any("product", "pulumi", "stack", "export", "--stack", "dev")
    return built.any("product", "smssign", "status", "--stack", "dev", codes=(0, 3))


def _row(name: str, costs: _Costs, others: float, *, writes: bool = True) -> Row:
    taken = {side: costs[name, side] for side in _SIDES}
    wall = {side: slope({n: cost.seconds for n, cost in taken[side].items()}) for side in taken}
    cpu = {side: slope({n: cost.cpu for n, cost in taken[side].items()}) for side in taken}
    ratio = Ratio(_over(wall), _over(cpu), others)
    what = "smssign status, over pulumi stack export" if name == "status" else name
    sizes = ", ".join(map(str, taken["product"]))
    title = f"slope of {what}, {sizes}" + ("" if writes else ", state written once")
    times = "; ".join(
        f"{side} " + ", ".join(f"{count}: {cost.seconds:.1f} s" for count, cost in each.items())
        for side, each in taken.items()
    )
    detail = (
        f"{times}; {wall['product'] * 1000:.1f} and {wall['shape'] * 1000:.1f} ms for each "
        "signature more"
    )
    if not writes and name in _WITH_CALLS:
        return Row(title, str(ratio), "-", None, f"{ratio.explained}; {detail}")
    # What a status asks and shows no export does: it has the bar of its own row.
    return Row.of_ratio(title, ratio, 2.5 if name == "status" else SLOPE, detail)


def _over(slopes: dict[Side, float]) -> float:
    """The product's slope over the floor's; infinite where noise has made that one flat."""
    return slopes["product"] / slopes["shape"] if slopes["shape"] > 0 else float("inf")
