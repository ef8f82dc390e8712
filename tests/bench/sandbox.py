"""The sandbox's cost of a call: processor time of its process, with many applications held."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import httpx
import psutil

from pulumi_smssign.sandbox import ManualClock, RunningSandbox, Sandbox, running
from tests.sandbox.caller import Caller
from tests.sandbox.conftest import CALLERS

_ROOT = Path(__file__).parents[2]
_NO_LIMITS = {"tencent.enforce_rate": False, "huawei.rate_limit": 0, "alibaba.enforce_looks": False}


@dataclass(frozen=True)
class Cost:
    """The cost of some calls of one kind, in milliseconds each."""

    processor: float
    """Of the server's process, user and system: the mean."""
    answers: list[float]
    """From the request to its answer, the client's own time in it."""

    def __str__(self) -> str:
        median, slowest = statistics.median(self.answers), max(self.answers)
        return f"{self.processor:.2f} ms of processor, answered in {median:.1f} ms ({slowest:.1f})"


@contextmanager
def served(file: Path) -> Iterator[tuple[str, psutil.Process]]:
    """A sandbox in a process of its own, with a state file: its address and its process."""
    with subprocess.Popen(
        [sys.executable, "-m", "pulumi_smssign.cli", "sandbox", "--port", "0", "--state", file],
        env={**os.environ, "PYTHONPATH": str(_ROOT), "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            yield line.removeprefix("Sandbox at http://").split()[0], psutil.Process(process.pid)
        finally:
            process.terminate()


def hold(vendor: str, file: Path, count: int) -> None:
    """Write a state file in which a vendor has so many applications of one account."""
    sandbox = Sandbox(state=file, switches=_NO_LIMITS)
    with running(sandbox) as here, _client(vendor, here) as caller:
        caller.submit()
        (one,) = sandbox.desk.find()
        many = tuple(
            replace(one, id=str(n) if vendor == "tencent" else f"持有{n}", text=f"持有{n}")
            for n in range(1, count + 1)
        )
        sandbox.desk.restore(replace(sandbox.desk.state(), signatures=many))
        sandbox.review_policy = "manual"


@contextmanager
def _client(vendor: str, here: RunningSandbox) -> Iterator[Caller]:
    with httpx.Client(base_url=here.url, trust_env=False, timeout=10) as http:
        yield CALLERS[vendor](here, http, ManualClock())


def costs(vendor: str, folder: Path, held: int, calls: int) -> dict[str, Cost]:
    """Measure submissions and reads at one vendor that holds so many applications already."""
    file = folder / f"{vendor}.json"
    hold(vendor, file, held)
    with (
        served(file) as (address, process),
        _client(vendor, RunningSandbox(address, Sandbox())) as caller,
    ):
        ids = [caller.submit(**caller.named("极客科技"))]
        kinds: dict[str, Callable[[int], object]] = {
            "submission": lambda n: ids.append(caller.submit(**caller.named(f"极客{n}"))),
            "read": lambda n: caller.review(ids[n]),
        }
        return {name: _cost(caller, process, call, calls) for name, call in kinds.items()}


def _cost(
    caller: Caller, process: psutil.Process, call: Callable[[int], object], calls: int
) -> Cost:
    answers = []
    caller.http.delete("/_desk/calls")
    before = process.cpu_times()
    for number in range(calls):
        begun = time.perf_counter()
        call(number)
        answers.append((time.perf_counter() - begun) * 1000)
    after = process.cpu_times()
    received = len(caller.http.get("/_desk/calls").json())
    spent = after.user + after.system - before.user - before.system
    return Cost(spent * 1000 / received, [each * calls / received for each in answers])
