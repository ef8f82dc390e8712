"""Rows about this project's own commands: they take long, so `--suite` measures them anew."""

from __future__ import annotations

import json
import os
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

from tests.bench.rows import Row, Size
from tests.bench.stage import ROOT

FILE = ROOT / "docs/performance.json"
_BARS = {"make test": 480.0, "make test-fast": 40.0, "make demo": 45.0}


def suite(folder: Path, size: Size) -> Iterator[Row]:
    """How long the tests and the demo take, warm; without --suite as it was measured last."""
    del folder
    before = {row.name: row for row in written_rows()}
    for command, most in _BARS.items():
        if not size.suite:
            if command in before:
                yield before[command]
            else:
                yield Row(command, "not measured", f"{most:.0f} s", None, "needs --suite")
            continue
        begun = time.monotonic()
        done = subprocess.run(
            ("make", "--no-print-directory", command.removeprefix("make ")),
            cwd=ROOT,
            env=environment(),
            capture_output=True,
            stdin=subprocess.DEVNULL,
            text=True,
            check=False,
        )
        seconds = time.monotonic() - begun
        green = done.returncode == 0
        last = (done.stdout.strip() or done.stderr.strip()).rpartition("\n")[2]
        yield Row(command, f"{seconds:.0f} s", f"{most:.0f} s", green and seconds <= most,
                  last if green else f"it failed: {last}")  # fmt: skip


def environment() -> dict[str, str]:
    """This environment without what a `make` around it was told, such as the bench's own ARGS."""
    told = ("ARGS", "MAKEFLAGS", "MAKEOVERRIDES", "MFLAGS", "MAKELEVEL")
    return {name: value for name, value in os.environ.items() if name not in told}


def written_rows() -> list[Row]:
    """The rows that were written down last."""
    if not FILE.exists():
        return []
    return [Row(**row) for row in json.loads(FILE.read_text(encoding="utf-8"))["rows"]]
