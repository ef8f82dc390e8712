"""`make scale`: a company's stacks and accounts side by side, and what breaks first."""

from __future__ import annotations

import json
import platform
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import click
import psutil

from pulumi_smssign.sandbox.server import running
from tests.bench.processes import adopt_orphans
from tests.scale.company import Company
from tests.scale.limits import hold_many_connections
from tests.scale.page import with_tables
from tests.scale.phases import Result, Simulation
from tests.scale.real import Backend, backends

FILE = Path(__file__).parents[2] / "docs/scale.json"


@click.command()
@click.option("--seconds", default=600.0, show_default=True, help="How long it may take.")
@click.option("--stacks", default=50, show_default=True)
@click.option("--accounts", default=20, show_default=True, help="Of all vendors together.")
@click.option("--signatures", default=5000, show_default=True)
@click.option("--speed", default=3, show_default=True, help="How many times faster than the "
              "vendors' limits the accounts and the clients go.")  # fmt: skip
@click.option("--at-a-time", default=12, show_default=True, help="Runners at a time.")
@click.option("--real", default=5, show_default=True, help="Stacks on the real engine.")
@click.option("--seed", default=1, show_default=True, help="Which runners are killed, and when.")
@click.option(
    "--keep/--no-keep",
    default=False,
    help="Write docs/scale.json, and the tables of docs/scale.md.",
)
def scale(
    *,
    seconds: float,
    stacks: int,
    accounts: int,
    signatures: int,
    speed: int,
    at_a_time: int,
    real: int,
    seed: int,
    keep: bool,
) -> None:
    """Run a company's stacks side by side: the package's own hooks and clients, at the sandbox."""
    company = Company(stacks, accounts, signatures)
    begun = time.monotonic()
    results: list[Result] = []
    measured: list[Backend] = []
    click.echo(f"{stacks} stacks, {accounts} accounts, {signatures} signatures, up to "
               f"{company.largest_account()} in an account; {at_a_time} runners at a time, "
               f"{speed} times as fast as the vendors; up to {seconds:.0f} s")  # fmt: skip
    hold_many_connections()
    with tempfile.TemporaryDirectory() as folder, running() as served:
        simulation = Simulation(company, served, Path(folder), speed, at_a_time, seed)
        until = _deadlines(seconds)
        for phases in (simulation.firsts, simulation.later):
            for result in phases(until):
                results.append(result)
                _show(result)
    adopt_orphans()
    if real:
        with tempfile.TemporaryDirectory() as folder:
            for backend in backends(Path(folder), company, real, begun + seconds):
                measured.append(backend)
                click.echo(f"[{backend.backend}] {backend.line}")
    took = time.monotonic() - begun
    click.echo(f"took {took:.0f} s; doubled {max(r.doubled for r in results)}, lost "
               f"{max(r.lost for r in results)} in any phase")  # fmt: skip
    if keep:
        _keep(company, results, measured, speed=speed, at_a_time=at_a_time, seconds=took)


def _deadlines(seconds: float) -> Callable[[float], float]:
    """When a phase is to end that may have such a share of the time, from its begin."""
    return lambda share: time.monotonic() + share * seconds


def _show(result: Result) -> None:
    click.echo(f"[{result.phase}] {result.line}")
    click.echo(f"    the machine was {result.machine:.0%} busy")
    for words, counts in (("refused", result.refused_of), ("errors", result.errors)):
        for what, count in counts.items():
            click.echo(f"    {words}: {count}x {what}")


def _keep(
    company: Company,
    results: list[Result],
    measured: list[Backend],
    *,
    speed: int,
    at_a_time: int,
    seconds: float,
) -> None:
    document = {
        "at": f"{datetime.now(UTC):%Y-%m-%d}",
        "python": platform.python_version(),
        "cores": psutil.cpu_count(),
        "company": asdict(company),
        "speed": speed,
        "at_a_time": at_a_time,
        "seconds": round(seconds),
        "phases": [asdict(result) for result in results],
        "backends": [asdict(backend) for backend in measured],
    }
    text = json.dumps(document, ensure_ascii=False, indent=2)
    FILE.write_text(text + "\n", encoding="utf-8")
    page = FILE.with_suffix(".md")
    page.write_text(with_tables(page.read_text(encoding="utf-8"), document), encoding="utf-8")


if __name__ == "__main__":
    scale()
