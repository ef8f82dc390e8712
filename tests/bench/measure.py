"""Arithmetic of the bench: costs of a command, ratios of pairs, slopes, and which time decides.

A ratio is the median of the pairs' ratios. Wall-clock time decides where the machine was quiet; CPU
time decides where other programs took more than a tenth of it, since they lengthen every wait.
"""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

QUIET = 0.10
"""Share of the machine that other programs may take while wall-clock time still decides."""


@dataclass(frozen=True)
class Cost:
    """The cost of a command: seconds by the clock, and seconds of all its processes together.

    `plugin` is the largest plugin's resident bytes, where they were looked at.
    """

    seconds: float
    cpu: float = 0.0
    plugin: int = 0


@dataclass(frozen=True)
class Ratio:
    """A ratio by the clock and by CPU time; `others` is the share of the machine of others."""

    wall: float
    cpu: float
    others: float = 0.0

    @property
    def is_disturbed(self) -> bool:
        """Whether other programs took so much of the machine that wall-clock time tells little."""
        return self.others > QUIET

    @property
    def deciding(self) -> float:
        """The ratio that a bar is held against."""
        return self.cpu if self.is_disturbed else self.wall

    def __str__(self) -> str:
        return f"{self.deciding:.2f}x"

    @property
    def explained(self) -> str:
        """Both ratios, and which of them decides."""
        which = "CPU time" if self.is_disturbed else "wall-clock time"
        return (
            f"{self.wall:.2f}x by the clock, {self.cpu:.2f}x in CPU time; {which} decides, "
            f"since other programs took {self.others:.0%} of the machine"
        )


@dataclass(frozen=True)
class Turns:
    """The costs of each side, taken in turn."""

    costs: Mapping[str, Sequence[Cost]]
    others: float = 0.0

    def ratio(self, side: str, over: str) -> Ratio:
        """The median ratio of a side over another."""
        pairs = list(zip(self.costs[side], self.costs[over], strict=True))
        return Ratio(
            wall=median_ratio([(one.seconds, other.seconds) for one, other in pairs]),
            cpu=median_ratio([(one.cpu, other.cpu) for one, other in pairs]),
            others=self.others,
        )

    def median(self, side: str) -> Cost:
        """The median seconds and the median CPU time of a side."""
        costs = self.costs[side]
        return Cost(
            statistics.median(cost.seconds for cost in costs),
            statistics.median(cost.cpu for cost in costs),
            max(cost.plugin for cost in costs),
        )

    def __str__(self) -> str:
        return ", ".join(
            f"{side} {spread([cost.seconds for cost in costs])} "
            f"[CPU {statistics.median(cost.cpu for cost in costs):.2f} s]"
            for side, costs in self.costs.items()
        )


def median_ratio(pairs: Sequence[tuple[float, float]]) -> float:
    """The median of the ratios; 0.0 where nothing was taken for the second of a pair."""
    ratios = [one / other for one, other in pairs if other > 0]
    return statistics.median(ratios) if ratios else 0.0


def spread(seconds: Sequence[float]) -> str:
    """The median, the shortest and the longest."""
    return f"{statistics.median(seconds):.2f} s ({min(seconds):.2f}-{max(seconds):.2f})"


def slope(costs: Mapping[int, float]) -> float:
    """Seconds for each signature more, between the two largest sizes."""
    smaller, larger = sorted(costs)[-2:]
    return (costs[larger] - costs[smaller]) / (larger - smaller)


def share_of_limit(times: Sequence[float], calls: int, seconds: float) -> float:
    """The share of a limit (so many `calls` in so many `seconds`) that calls at `times` used.

    The first `calls` are let through at once, so the limit allows N calls in (N/calls - 1) periods.
    """
    taken = max(times) - min(times)
    shortest = (-(-len(times) // calls) - 1) * seconds
    return 1.0 if taken <= 0 else shortest / taken


def others_share(*, busy: float, own: float, seconds: float, cores: int) -> float:
    """The share of the machine that others took: its busy seconds without our own."""
    return min(1.0, max(0.0, (busy - own) / (seconds * cores))) if seconds > 0 else 0.0
