"""The README's first steps, in a fresh clone with an empty home."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tools import first_steps


@pytest.mark.timeout(first_steps.LONGEST)
def test_readme_runs_as_printed(tmp_path: Path) -> None:
    printed = "".join(first_steps.run(first_steps.CHECKOUT / "README.md", tmp_path))
    assert printed.count("1 awaiting") >= 2
    # On a busy machine `smssign status` comes after the first of the sandbox's verdicts.
    counted = re.search(r"^((?:\d+ (?:approved|pending)[,.] ?)+)$", printed, re.MULTILINE)
    assert counted, f"`smssign status` counts them: {printed}"
    assert sum(map(int, re.findall(r"\d+", counted[1]))) == 5
    assert "【云杉云示例】 (730002) is deleted" in printed
    assert "Stack 'dev' has been removed!" in printed


def test_script_has_each_line_of_both_readmes() -> None:
    english, chinese = (
        first_steps.script(first_steps.CHECKOUT / name) for name in ("README.md", "README.zh-CN.md")
    )
    assert english == chinese
    for block in first_steps.blocks(first_steps.CHECKOUT / "README.md"):
        for line in block:
            command = line.partition("  #")[0].strip()
            assert command in english or " reject " in command
