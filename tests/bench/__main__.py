"""`make bench`: every row in turn, a table, `docs/performance.json` and a picture."""

from __future__ import annotations

import json
import platform
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import click
import psutil

from tests.bench.picture import picture
from tests.bench.rows import ROWS, Row

_FILE = Path(__file__).parents[2] / "docs/performance.json"


@click.command()
@click.option("--pairs", default=3, show_default=True, help="How often each side is timed.")
@click.option("--only", multiple=True, type=click.Choice(list(ROWS)), help="Renew some rows only.")
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
    rows_before = {row.name: row for row in _measured_before()} if only else {}
    keep([*{**rows_before, **{row.name: row for row in rows}}.values()], pairs)


def _measured_before() -> list[Row]:
    if not _FILE.exists():
        return []
    return [Row(**row) for row in json.loads(_FILE.read_text(encoding="utf-8"))["rows"]]


def keep(rows: Sequence[Row], pairs: int) -> None:
    """Write down what was measured, and draw it."""
    measured = {
        "at": f"{datetime.now(UTC):%Y-%m-%d}",
        "python": platform.python_version(),
        "cores": psutil.cpu_count(),
        "pairs": pairs,
        "rows": [row.as_document() for row in rows],
    }
    text = json.dumps(measured, ensure_ascii=False, indent=2)
    _FILE.write_text(text + "\n", encoding="utf-8")
    _FILE.with_suffix(".svg").write_text(picture(rows), encoding="utf-8")


if __name__ == "__main__":
    bench()
