"""Kill trials on the real engine: `python -m tests.chaos.kill --trials 200 --seed 1`.

A line for each trial as it ends, then what came of them by vendor, operation, victim and point.
The exit status is 1 when anything was doubled, lost, stuck or orphaned.
"""

from __future__ import annotations

import argparse
import itertools
import random
import signal
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.chaos.plan import Plan, drawn
from tests.chaos.trial import Outcome, Stage, Trial, stage_of
from tests.engine.cases import CASES
from tests.engine.interpreter import interpreter
from tests.engine.project import Project

VENDORS = tuple(case.vendor for case in CASES)
COLUMNS = ("trials", "reached", "doubled", "lost", "stuck", "orphans", "superseded")


def main() -> int:
    """Play the trials."""
    arguments = _arguments()
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background ignores it
    plans = drawn(tuple(arguments.vendors), arguments.trials, arguments.seed)
    with tempfile.TemporaryDirectory(prefix="smssign-kill-") as folder:
        outcomes = _played(plans, Path(folder), arguments.seed, arguments.jobs)
    _summary(outcomes)
    return int(not all(outcome.is_well for outcome in outcomes))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--trials", type=int, default=200)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--jobs", type=int, default=3, help="vendors that are played at a time")
    parser.add_argument("--vendors", nargs="+", choices=VENDORS, default=VENDORS)
    return parser.parse_args()


def _played(plans: list[Plan], folder: Path, seed: int, jobs: int) -> list[Outcome]:
    """Play each vendor's trials one after another, several vendors side by side."""
    own = {vendor: [plan for plan in plans if plan.vendor == vendor] for vendor in VENDORS}
    count = itertools.count(1)
    with (
        interpreter(folder / "python") as python,
        ThreadPoolExecutor(max_workers=jobs) as pool,
    ):
        template = folder / "template"
        Project(template)

        def play(vendor: str) -> list[Outcome]:
            chance = random.Random(f"{seed} {vendor}")  # noqa: S311
            outcomes = []
            for outcome in _of_vendor(own[vendor], folder / vendor, template, python, chance):
                outcomes.append(outcome)
                _say(f"{next(count)}/{len(plans)} ({outcome.seconds:.0f} s) {outcome}")
            return outcomes

        return [outcome for outcomes in pool.map(play, VENDORS) for outcome in outcomes]


def _of_vendor(
    plans: list[Plan], folder: Path, template: Path, python: Path, chance: random.Random
) -> Iterator[Outcome]:
    stage: Stage | None = None
    try:
        for number, plan in enumerate(plans, start=1):
            stage = stage or stage_of(plan.vendor, folder / str(number), template, python)
            outcome = Trial(stage, plan, chance).run()
            yield outcome
            if not outcome.is_well:
                stage.desk.close()
                stage = None
    finally:
        if stage is not None:
            stage.desk.close()


def _summary(outcomes: list[Outcome]) -> None:
    groupings: dict[str, Callable[[Outcome], str]] = {
        "vendor": lambda outcome: outcome.plan.vendor,
        "operation": lambda outcome: outcome.plan.operation,
        "victim": lambda outcome: outcome.plan.victim,
        "point": lambda outcome: outcome.plan.point,
        "meanwhile": lambda outcome: outcome.plan.meanwhile,
        "all": lambda _: "",
    }
    for name, of in groupings.items():
        groups = defaultdict(list)
        for outcome in outcomes:
            groups[of(outcome)].append(outcome)
        _say("")
        _say(f"| {name} | " + " | ".join(COLUMNS) + " |")
        _say("| --- |" + " ---: |" * len(COLUMNS))
        for key, group in sorted(groups.items()):
            _say(f"| {key} | " + " | ".join(map(str, _counts(group))) + " |")
    for outcome in outcomes:
        if not outcome.is_well:
            _say(f"NOT WELL: {outcome}")


def _counts(group: Iterable[Outcome]) -> list[int]:
    listed = list(group)
    kinds = COLUMNS[2:]
    return [
        len(listed),
        sum(outcome.reached for outcome in listed),
        *(sum(bool(getattr(outcome, kind)) for outcome in listed) for kind in kinds),
    ]


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201 - its output is its print


if __name__ == "__main__":
    sys.exit(main())
