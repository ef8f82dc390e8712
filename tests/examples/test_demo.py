"""The demo, whole: it goes as told, and the READMEs' recording is what it prints."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.docs.pages import CHECKOUT, README, blocks
from tests.examples.example import normal

_LONGEST = 240
_CUT = "…"
"""What stands in the recording for what was cut out of a line."""


def test_the_demo_prints_what_the_readme_shows(engine: str, tmp_path: Path) -> None:
    """Each line of the recording, in its order; and nothing is left behind."""
    assert engine
    quickstart = CHECKOUT / "examples" / "quickstart"
    before = sorted(quickstart.rglob("*"))
    demo = subprocess.run(
        (sys.executable, CHECKOUT / "tools" / "demo.py"),
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=_LONGEST,
        check=False,
    )
    assert demo.returncode == 0, demo.stdout
    for told in ("is REJECTED: the licence can't be read", "replace", "That was the real engine"):
        assert told in demo.stdout
    printed = iter(demo.stdout.splitlines())
    (recording,) = blocks(README, "console")
    for line in recording.splitlines():
        assert _comes(line, printed), f"{line}\n{demo.stdout}"
    assert sorted(quickstart.rglob("*")) == before
    assert list(tmp_path.iterdir()) == []


def _comes(line: str, printed: Iterator[str]) -> bool:
    """Whether a line is among those that are still to come; all before it are then passed over."""
    pieces = (re.escape(normal(piece)) for piece in line.split(_CUT))
    pattern = re.compile(r".*".join(pieces))
    return any(pattern.fullmatch(normal(each)) for each in printed)
