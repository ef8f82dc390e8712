"""`make bench`: every row in turn, a table, `docs/performance.json` and a picture."""

from __future__ import annotations

import json
import platform
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import click
import psutil

from tests.bench.picture import picture
from tests.bench.rows import ROWS, Row

_DOCS = Path(__file__).parents[2] / "docs"


@click.command()
@click.option("--pairs", default=3, show_default=True, help="How often each side is timed.")
@click.option("--only", multiple=True, type=click.Choice(list(ROWS)), help="Some rows only.")
def bench(pairs: int, only: tuple[str, ...]) -> None:
    """Measure the product beside dynamic providers that do nothing, in turn, on this machine."""
    rows: list[Row] = []
    for name in only or ROWS:
        with tempfile.TemporaryDirectory() as folder:
            for row in ROWS[name](Path(folder), pairs):
                rows.append(row)
                holds = {True: "holds", False: "DOES NOT HOLD", None: "-"}[row.holds]
                click.echo(f"{row.name:50} {row.value:>18}  bar {row.bar:34} {holds}")
                click.echo(f"    {row.detail}")
    if only:
        return
    measured = {
        "at": f"{datetime.now(UTC):%Y-%m-%d}",
        "python": platform.python_version(),
        "cores": psutil.cpu_count(),
        "pairs": pairs,
        "rows": [row.as_document() for row in rows],
    }
    text = json.dumps(measured, ensure_ascii=False, indent=2)
    (_DOCS / "performance.json").write_text(text + "\n", encoding="utf-8")
    (_DOCS / "performance.svg").write_text(picture(rows), encoding="utf-8")


if __name__ == "__main__":
    bench()
