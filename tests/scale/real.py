"""A handful of real stacks side by side: the engine's processes, with state in each backend."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pulumi_smssign.sandbox.server import running
from tests.bench.stage import UNLIMITED
from tests.engine.cases import CASES
from tests.engine.project import STACK, Project
from tests.examples.server import missing, postgres
from tests.images import png
from tests.scale.company import Company


@dataclass(frozen=True)
class Backend:
    """What real stacks have shown with one backend; seconds of a command of one stack.

    `first` is of the slowest when all make their first `up` at once, `alone` the median of an `up`
    without a change by itself, `at_once` that of all together. `locked` are the runs that the
    engine has refused, of two of one stack at the same time.
    """

    backend: str
    stacks: int
    signatures: int
    first: float
    alone: float
    at_once: float
    locked: int
    failed: int

    @property
    def line(self) -> str:
        """The result in a line."""
        return (
            f"{self.stacks} stacks of {self.signatures}: first up of all at once {self.first:.1f} "
            f"s, up without a change {self.alone:.1f} s alone and {self.at_once:.1f} s all at "
            f"once; of two runs of one stack at a time {self.locked} refused; "
            f"{self.failed} failed otherwise"
        )


def backends(folder: Path, company: Company, stacks: int, until: float) -> Iterator[Backend]:
    """Real stacks with state in files, and in PostgreSQL where the machine has it.

    Of those that don't begin before `until`, by the monotonic clock, none is measured.
    """
    if time.monotonic() < until:
        yield _measured("files", folder / "files", company, stacks, "")
    if missing() or time.monotonic() > until:
        return
    with postgres() as url:
        yield _measured("postgresql", folder / "postgresql", company, stacks, url)


def _measured(name: str, folder: Path, company: Company, stacks: int, url: str) -> Backend:
    with running() as served:
        served.sandbox.switches.set(UNLIMITED)
        projects = [_project(folder, company, number, url, served.url) for number in range(stacks)]
        first, failed = _at_once(projects)
        alone = [_at_once([project])[0] for project in projects]
        together, more = _at_once(projects)
        locked = _twice(projects[0])
    return Backend(
        name, stacks, company.each(0), round(first, 1), round(statistics.median(alone), 1),
        round(together, 1), locked, failed + more,
    )  # fmt: skip


def _project(folder: Path, company: Company, number: int, url: str, sandbox: str) -> Project:
    project = Project(folder / str(number), sandbox=sandbox, name=f"company-{number}")
    if url:
        project.environment["PULUMI_BACKEND_URL"] = url
        project.pulumi("stack", "init", STACK, "--secrets-provider", "passphrase", check=True)
    for path in ("licence.png", "papers/licence.png"):
        project.write(path, png())
    of = {case.vendor: case for case in CASES}
    for one in company.declared(number):
        case = of[one.vendor]
        arguments = {**case.arguments, case.text: one.text, "account": one.account}
        project.declare(one.name, one.vendor, arguments)
    for vendor in of:
        project.name_account(vendor, company.account(number))
    return project


def _at_once(projects: Sequence[Project]) -> tuple[float, int]:
    """`up` of all at the same time: the seconds until the last has ended, and how many failed."""
    begun = time.monotonic()
    runs = [project._start("up", "--yes", "--skip-preview") for project in projects]
    for run in runs:
        run.communicate()  # what it prints, so that it can go on
    return time.monotonic() - begun, sum(run.returncode != 0 for run in runs)


def _twice(project: Project) -> int:
    """Two runs of one stack at the same time: how many the engine refuses."""
    runs = [project._start("up", "--yes", "--skip-preview") for _ in range(2)]
    said = [run.communicate()[0] for run in runs]
    return sum("lock" in text and run.returncode != 0 for run, text in zip(runs, said, strict=True))
