"""`make bench`: every row in turn, a table, `docs/performance.json` and a picture."""

from __future__ import annotations

import json
import platform
import signal
import tempfile
import time
import traceback
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import click
import psutil

from tests.bench.compare import compared, package_of
from tests.bench.groups import GROUPS
from tests.bench.picture import picture
from tests.bench.processes import Machine, adopt_orphans
from tests.bench.rows import Group, Row, Size
from tests.bench.suite import FILE, written_rows

_WORDS = {True: "holds", False: "DOES NOT HOLD", None: "-"}
_COMPARED = Group("this package and that of another commit", 420, compared)


@click.command()
@click.option("--pairs", default=3, show_default=True, help="How often each side is timed.")
@click.option("--only", multiple=True, type=click.Choice(list(GROUPS)), help="Some groups only.")
@click.option("--list", "list_", is_flag=True, help="List the groups, and measure nothing.")
@click.option("--suite", is_flag=True, help="Time make test, test-fast and demo too.")
@click.option("--base", metavar="COMMIT", help="Compare with the package of another commit.")
@click.option("--size", default=200, show_default=True, help="Signatures; another one than 200 "
              "tries the bench out, and nothing is written down.")  # fmt: skip
def bench(
    *, pairs: int, only: tuple[str, ...], list_: bool, suite: bool, base: str | None, size: int
) -> None:
    """Measure the product beside dynamic providers that do nothing, in turn, on this machine."""
    groups = {name: GROUPS[name] for name in only or GROUPS}
    if list_:
        for name, group in groups.items():
            click.echo(f"{name:14} {minutes(group.seconds):>8}  {group.title}")
        return
    adopt_orphans()
    # A background job of a shell is deaf to Ctrl-C, and so is all that it starts; the engine would
    # wait five seconds for each language host that doesn't hear it.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    asked = Size(size, pairs, suite=suite)
    if size != asked.__class__().count:
        asked = replace(asked, growth=(size // 4, size // 2, size), applications=size)
    if base:
        with tempfile.TemporaryDirectory() as folder:
            try:
                asked = replace(asked, base=package_of(base, Path(folder)))
            except ValueError as error:
                raise click.ClickException(str(error)) from error
            list(measured({"compare": _COMPARED}, asked))
        return
    rows = list(measured(groups, asked))
    failed = [row.name for row in rows if row.holds is False]
    click.echo(f"{len(rows)} rows, of which {len(failed)} do not hold: {', '.join(failed) or '-'}")
    if size == Size().count:
        keep(merged(rows), pairs)


def measured(groups: Mapping[str, Group], size: Size) -> Iterator[Row]:
    """Measure group after group, and print each row as it comes."""
    left = sum(group.seconds for group in groups.values())
    for number, (name, group) in enumerate(groups.items(), 1):
        click.echo(f"[{number}/{len(groups)}] {name}: {group.title} (about "
                   f"{minutes(group.seconds)}; {minutes(left)} left)")  # fmt: skip
        left -= group.seconds
        machine, begun = Machine(), time.monotonic()
        with tempfile.TemporaryDirectory() as folder:
            for row in _until_it_breaks(name, group.measure(Path(folder), size)):
                show(row)
                yield row
        took = time.monotonic() - begun
        click.echo(f"    took {minutes(took)}; other programs took {machine.others:.0%} of the "
                   "machine")  # fmt: skip


def _until_it_breaks(name: str, rows: Iterator[Row]) -> Iterator[Row]:
    """A group's rows, and one that says so where it breaks: the other groups are measured still."""
    try:
        yield from rows
    except Exception as error:  # noqa: BLE001 - whatever a command that is measured may do
        traceback.print_exc()
        yield Row(f"{name}: broke off", type(error).__name__, "-", holds=False, detail=str(error))


def show(row: Row) -> None:
    """Print a row."""
    click.echo(f"  {row.name:58} {row.value:>8}  bar {row.bar:36} {_WORDS[row.holds]}")
    if row.detail:
        click.echo(f"      {row.detail}")


def minutes(seconds: float) -> str:
    """A duration, in words."""
    return f"{seconds / 60:.0f} min" if seconds >= 90 else f"{seconds:.0f} s"


def merged(rows: Sequence[Row]) -> list[Row]:
    """The rows that were written down last, in the places of which the new ones come."""
    new = {row.name: row for row in rows}
    assert len(new) == len(rows), "two rows have one name"
    # Rows without a day are of an earlier form of this program.
    before = {row.name: row for row in written_rows() if row.at}
    return [*{**before, **new}.values()]


def keep(rows: Sequence[Row], pairs: int) -> None:
    """Write down what was measured, and draw it."""
    today = f"{datetime.now(UTC):%Y-%m-%d}"
    dated = [row if row.at else replace(row, at=today) for row in rows]
    measured = {
        "at": today,
        "python": platform.python_version(),
        "cores": psutil.cpu_count(),
        "pairs": pairs,
        "rows": [row.as_document() for row in dated],
    }
    text = json.dumps(measured, ensure_ascii=False, indent=2)
    FILE.write_text(text + "\n", encoding="utf-8")
    FILE.with_suffix(".svg").write_text(picture(dated), encoding="utf-8")


if __name__ == "__main__":
    bench()
