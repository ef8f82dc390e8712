"""Rows about the sandbox: what a call costs with many applications in its state file."""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from pathlib import Path

from tests.bench.measure import QUIET
from tests.bench.processes import Machine
from tests.bench.rows import Row, Size
from tests.bench.sandbox import costs
from tests.sandbox.conftest import CALLERS

PROCESSOR, ANSWER = 2.0, 10.0
"""Milliseconds of one core, which are 500 calls a second, and until the answer."""


def sandbox(folder: Path, size: Size) -> Iterator[Row]:
    """Submissions and reads at each vendor, whose one account holds so many applications."""
    for vendor in CALLERS:
        machine = Machine()
        kinds = costs(vendor, folder, held=size.applications, calls=min(300, size.applications))
        # An answer's time tells little where other programs have the cores.
        is_quiet = machine.others <= QUIET
        for kind, cost in kinds.items():
            in_time = statistics.median(cost.answers) <= ANSWER
            yield Row(f"sandbox of {size.applications}, a {kind} at {vendor}",
                      f"{cost.processor:.1f} ms", "2 ms of a core (500/s), answer in 10 ms",
                      cost.processor <= PROCESSOR and (in_time or not is_quiet),
                      f"{cost}; other programs took {machine.others:.0%}")  # fmt: skip
