"""The calls of each run at each vendor: at most those of the table in docs/costs-and-limits.md."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

from pulumi_smssign.core.account_cache import LASTS
from tests.docs.pages import DOCS, text_of
from tests.engine.scene import NEW, NEXT, Scene, Scenes

TEXTS = (NEW, NEXT)
"""Of a vendor's further signatures; its first one has the text of its case."""
N = 1 + len(TEXTS)


def rows() -> list[dict[str, tuple[int, int]]]:
    """The table's reads and writes, each row by vendor, for N signatures."""
    table = text_of(DOCS / "costs-and-limits.md").partition("<!-- calls")[2].partition("<!--")[0]
    head, _, *lines = (
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in table.splitlines()
        if line.startswith("|")
    )
    return [
        {vendor: calls(cell) for vendor, cell in zip(head[1:], line[1:], strict=True)}
        for line in lines
    ]


def calls(cell: str) -> tuple[int, int]:
    """The numbers of a cell such as "1+N, 2N"."""
    reads, writes = (
        sum(N * int(part[:-1] or 1) if part.endswith("N") else int(part) for part in each)
        for each in (re.findall(r"\d*N|\d+", half) for half in cell.split(","))
    )
    return reads, writes


def made(scene: Scene) -> tuple[int, int]:
    """The reads and writes that a vendor was asked for."""
    writes = len(scene.writes()) + len(scene.calls("UploadSignatureFile"))
    return len(scene.calls()) - writes, writes


def test_each_run_makes_at_most_the_calls_of_the_table(scenes: Scenes) -> None:
    project = scenes.project
    project.policy("retain")
    for scene in scenes:
        scene.declare()
        for number, text in enumerate(TEXTS):
            scene.declare(f"{scene.name}-{number}", **{scene.case.text: text})

    def approved_and_destroyed() -> None:
        assert project.destroy().succeeded

    runs: list[Callable[[], object]] = [
        project.preview, project.apply, project.up, project.refresh, approved_and_destroyed
    ]  # fmt: skip
    for run, row in zip(runs, rows(), strict=True):
        if run is approved_and_destroyed:
            scenes.approve()
        scenes.forget_calls()
        began = time.monotonic()
        run()
        # A list counts for some seconds only, so a slow run takes another one.
        lists = int((time.monotonic() - began) / LASTS)
        for vendor, (reads, writes) in scenes.each(made).items():
            most, sent = row[vendor]
            assert writes == sent, (vendor, run)
            assert reads <= most + (lists if most else 0), (vendor, run)
