"""`make bench BASE=commit`: another commit's package and this one in turn, as ratios."""

from __future__ import annotations

import subprocess
import tarfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from io import BytesIO
from pathlib import Path

from tests.bench.commands import import_turns
from tests.bench.measure import Cost, Turns
from tests.bench.rows import MIB, NO_CHANGE, Row, Size, counted, in_turn
from tests.bench.stage import ROOT, Side, Stage, stage

_SIDES: tuple[Side, ...] = ("base", "product")
_COMMANDS: dict[str, tuple[str, ...]] = {
    "preview, no change": ("preview",),
    "up, no change": ("up", *NO_CHANGE),
    "refresh": ("refresh", *NO_CHANGE),
}


def package_of(commit: str, folder: Path) -> Path:
    """The folder in which another commit's package is.

    Raises:
        ValueError: there is no such commit.
    """
    # No work tree: what is to be imported is the package alone, and git notes nothing of it.
    packed = subprocess.run(
        ("git", "archive", commit, "pulumi_smssign"), cwd=ROOT, capture_output=True, check=False
    )
    if packed.returncode:
        raise ValueError(packed.stderr.decode(errors="replace").strip())
    with tarfile.open(fileobj=BytesIO(packed.stdout)) as archive:
        archive.extractall(folder, filter="data")
    return folder


def compared(folder: Path, size: Size) -> Iterator[Row]:
    """All commands with both packages: the same programs and tests, and a sandbox each."""
    assert size.base is not None
    packages: dict[Side, Path | None] = {"base": size.base, "product": ROOT}
    yield _row("import", import_turns(size.pairs, packages))
    with ExitStack() as stack:
        stages: dict[Side, Stage] = {
            side: stack.enter_context(
                stage(folder / side, size.count, sides=(side,), base=size.base)
            )
            for side in _SIDES
        }
        yield _of_command(
            stages, f"first up of {size.count}, no limits", _COMMANDS["up, no change"]
        )
        for name, command in _COMMANDS.items():
            yield _of_command(stages, f"{name}, {size.count}", command, pairs=size.pairs)
        yield _of_status(stages, size)
        sizes = {side: stages[side].watched(side, "up", *NO_CHANGE).plugin for side in _SIDES}
        yield _quotient("plugin's memory", {side: n / MIB for side, n in sizes.items()}, "MiB")
        states = {side: float(stages[side].state(side)) for side in _SIDES}
        yield _quotient("state of a signature", states, "B")


def _of_command(
    stages: dict[Side, Stage], name: str, command: tuple[str, ...], pairs: int = 1
) -> Row:
    return _counted(stages, name, lambda side: stages[side].run(side, *command), pairs)


def _of_status(stages: dict[Side, Stage], size: Size) -> Row:
    asked = ("smssign", "status", "--stack", "dev")

    def run(side: Side) -> Cost:
        return stages[side].any(side, *asked, codes=(0, 3))

    return _counted(stages, f"smssign status of {size.count}", run, size.pairs)


def _counted(stages: dict[Side, Stage], name: str, run: Callable[[Side], Cost], pairs: int) -> Row:
    calls: dict[Side, str] = {}

    def once(side: Side) -> Cost:
        stages[side].forget()
        cost = run(side)
        calls[side] = counted(stages[side].actions())
        return cost

    turns = in_turn(once, pairs, _SIDES)
    same = calls["base"] == calls["product"]
    said = calls["base"] if same else f"base: {calls['base']}; now: {calls['product']}"
    return _row(name, turns, said)


def _row(name: str, turns: Turns, more: str = "") -> Row:
    ratio = turns.ratio("product", "base")
    parts = "; ".join(filter(None, (str(turns).replace("product", "now"), ratio.explained, more)))
    return Row(name, str(ratio), "-", None, parts)


def _quotient(name: str, of: dict[Side, float], unit: str) -> Row:
    return Row(name, f"{of['product'] / max(of['base'], 1):.2f}x", "-", None,
               f"base {of['base']:.0f} {unit}, now {of['product']:.0f} {unit}")  # fmt: skip
