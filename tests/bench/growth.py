"""Rows about growth: every command at several sizes, and what each signature more takes.

The floor is the one of the same shape. The engine writes all of its state at each step, so with
2,000 resources a first `up` is mostly that, and takes the longer the more bytes a resource has; how
many those of a signature are has a row of its own.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from pathlib import Path

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


def growth(folder: Path, size: Size) -> Iterator[Row]:
    """Each command with all sizes, all signatures in one account."""
    costs: dict[tuple[str, Side], dict[int, Cost]] = {}
    machine, begun = Machine(), time.monotonic()
    for count in size.growth:
        with stage(folder / str(count), count, vendors=("tencent",), sides=_SIDES) as built:
            for name in _COMMANDS:
                for side in _SIDES:
                    if (name, side) == ("first up", "shape"):
                        built.learn_shape()
                    cost = costs.setdefault((name, side), {})[count] = _taken(built, side, name)
                    # The largest size takes minutes a command.
                    sys.stderr.write(
                        f"  {time.monotonic() - begun:5.0f} s: {count}, {name}, {side} took "
                        f"{cost.seconds:.1f} s [CPU {cost.cpu:.1f} s]\n"
                    )
    others = machine.others
    for name in _COMMANDS:
        yield _row(name, {side: costs[name, side] for side in _SIDES}, others)
    largest = max(costs["first up", "product"])
    first = {side: costs["first up", side][largest] for side in _SIDES}
    own = first["product"].cpu - first["shape"].cpu
    yield Row(f"first up of {largest} in one account, own CPU time", f"{own:.0f} s",
              f"{OWN:.0f} s", own <= OWN, "beyond the floor's; without the vendor's limit: "
              + ", ".join(f"{side} {cost.seconds:.0f} s [CPU {cost.cpu:.0f} s]"
                          for side, cost in first.items()))  # fmt: skip


def _taken(built: Stage, side: Side, name: str) -> Cost:
    if name != "status":
        return built.run(side, *_COMMANDS[name])
    if side == "shape":
        return built.any("product", "pulumi", "stack", "export", "--stack", "dev")
    return built.any("product", "smssign", "status", "--stack", "dev", codes=(0, 3))


def _row(name: str, costs: dict[Side, dict[int, Cost]], others: float) -> Row:
    wall = {side: slope({n: cost.seconds for n, cost in costs[side].items()}) for side in costs}
    cpu = {side: slope({n: cost.cpu for n, cost in costs[side].items()}) for side in costs}
    ratio = Ratio(_over(wall), _over(cpu), others)
    what = "smssign status, over pulumi stack export" if name == "status" else name
    sizes = ", ".join(map(str, costs["shape"]))
    times = "; ".join(
        f"{side} " + ", ".join(f"{count}: {cost.seconds:.1f} s" for count, cost in taken.items())
        for side, taken in costs.items()
    )
    # What a status asks and shows no export does: it has the bar of its own row.
    most = 2.5 if name == "status" else SLOPE
    return Row.of_ratio(f"slope of {what}, {sizes}", ratio, most,
                        f"{times}; {wall['product'] * 1000:.1f} and {wall['shape'] * 1000:.1f} ms "
                        "for each signature more")  # fmt: skip


def _over(slopes: dict[Side, float]) -> float:
    """The product's slope over the floor's; infinite where noise has made that one flat."""
    return slopes["product"] / slopes["shape"] if slopes["shape"] > 0 else float("inf")
