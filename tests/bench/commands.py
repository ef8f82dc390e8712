"""Rows about programs that start: `import pulumi_smssign`, and `smssign --help`."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.bench import processes
from tests.bench.measure import Cost, Turns
from tests.bench.rows import Row, Size, in_turn
from tests.bench.stage import ROOT, VENDORS, Side

_SIDES: tuple[Side, ...] = ("floor", "product")
IMPORT = 1.05
HELP = 0.15


def starts(folder: Path, size: Size) -> Iterator[Row]:
    """A program that names `Brand` and every vendor's `Signature`, over `import pulumi`."""
    turns = import_turns(size.pairs, {"floor": None, "product": ROOT})
    yield Row.of_ratio("import, over import pulumi", turns.ratio("product", "floor"), IMPORT,
                       str(turns))  # fmt: skip
    environment = environment_of(ROOT)
    turns = in_turn(
        lambda _: command(("smssign", "--help"), environment), many(size.pairs), ("product",)
    )
    yield Row.of_cost("smssign --help", turns.median("product"), HELP, turns.others, str(turns))


def many(pairs: int) -> int:
    """How often a command is run that takes less than a second."""
    return max(pairs * 4, 8)


def import_turns(pairs: int, packages: dict[Side, Path | None]) -> Turns:
    """The costs of importing the package from each folder; None is Pulumi alone."""
    named = "; ".join(f"{vendor}.Signature" for vendor in VENDORS)
    program = f"from pulumi_smssign import Approval, Brand, {', '.join(VENDORS)}; {named}"

    def run(side: Side) -> Cost:
        package = packages[side]
        script = program if package else "import pulumi"
        return command((sys.executable, "-c", script), environment_of(package or ROOT))

    return in_turn(run, many(pairs), tuple(packages))


def environment_of(package: Path) -> dict[str, str]:
    """This environment, in which the package is imported from a folder."""
    paths = os.pathsep.join(dict.fromkeys((str(package), str(ROOT))))
    plain = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    return {**plain, "PYTHONPATH": paths}


def command(words: tuple[str, ...], environment: dict[str, str]) -> Cost:
    """The cost of a command that has to succeed."""
    done, cost = processes.run(words, environment=environment)
    assert done.returncode == 0, done.stdout + done.stderr
    return cost
