"""Rows about the sandbox: requests a second on one core, and a submission with a large state."""

from __future__ import annotations

import socket
import statistics
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import psutil

from pulumi_smssign.contract.evidence import describe
from pulumi_smssign.contract.pace import unpaced
from pulumi_smssign.contract.vendor import Api
from pulumi_smssign.core.registry import named
from pulumi_smssign.model.review import Handle
from pulumi_smssign.sandbox.app import Sandbox
from pulumi_smssign.sandbox.server import running
from tests.bench.commands import environment_of
from tests.bench.measure import Cost
from tests.bench.processes import Machine
from tests.bench.rows import Row, Size
from tests.bench.stage import ROOT, text
from tests.engine.cases import CASES, Case
from tests.images import png

REQUESTS, SUBMISSION = 500, 0.010
_LOOKS = 100
_ALREADY, _MORE = 10, 50
"""Signatures that each vendor has when it is asked, and submissions that are timed."""


def sandbox(folder: Path, size: Size) -> Iterator[Row]:
    """Requests for each second of CPU time, and how long a submission takes with a full state."""
    (folder / "licence.png").write_bytes(png())
    with unpaced():
        yield _requests(folder)
        yield _submissions(folder, size.applications)


def _requests(folder: Path) -> Row:
    rates = {}
    with _served(folder) as (url, process):
        for case in CASES:
            api = _connected(case, url)
            ids = [api.submit(_application(case, number, folder)) for number in range(_ALREADY)]
            handles = [Handle(id_, text(number)) for number, id_ in enumerate(ids)]
            before = _cpu(process)
            for number in range(_LOOKS):
                api.reviews([handles[number % _ALREADY]])
            spent = max(_cpu(process) - before, 0.01)
            rates[case.vendor] = _LOOKS / spent
    slowest = min(rates.values())
    return Row("sandbox, requests for a second of one core", f"{slowest:.0f}", f"{REQUESTS}",
               slowest >= REQUESTS, "the slowest vendor's; "
               + ", ".join(f"{vendor} {rate:.0f}" for vendor, rate in rates.items()))  # fmt: skip


def _submissions(folder: Path, count: int) -> Row:
    case = CASES[0]
    state = folder / "desk.json"
    _fill(case, state, count, folder)
    with _served(folder, "--state", str(state)) as (url, process):
        api = _connected(case, url)
        before, took, machine = _cpu(process), [], Machine()
        for number in range(_MORE):
            application = _application(case, count + number, folder)
            begun = time.perf_counter()
            api.submit(application)
            took.append(time.perf_counter() - begun)
        cost = Cost(statistics.median(took), (_cpu(process) - before) / _MORE)
        # The sandbox still runs, so that its time isn't yet among that of this bench's programs.
        others = max(0.0, machine.others - cost.cpu * _MORE / sum(took) / (psutil.cpu_count() or 1))
    return Row.of_cost(f"sandbox with --state and {count} applications, a submission", cost,
                       SUBMISSION, others, f"median of {_MORE}, with the client's own time by the "
                       f"clock; longest {max(took) * 1000:.0f} ms")  # fmt: skip


def _fill(case: Case, state: Path, count: int, folder: Path) -> None:
    """Write a state file with so many applications."""
    sandbox = Sandbox(state=state)
    sandbox.switches.set({"tencent.enforce_rate": False})
    with running(sandbox) as served:
        api = _connected(case, served.url)
        api.submit(_application(case, 0, folder))
        desk = sandbox.desk.state()
        (one,) = desk.signatures
        many = (
            replace(one, id=str(int(one.id) + number), text=text(number)) for number in range(count)
        )
        numbers = {name: value + count for name, value in desk.numbers.items()}
        sandbox.desk.restore(replace(desk, signatures=tuple(many), numbers=numbers))
        sandbox.review_policy = "manual"  # a change, so that the file is written


def _application(case: Case, number: int, folder: Path) -> Any:  # noqa: ANN401 - each vendor's own
    path = str(folder / "licence.png")
    proof: object = describe(path) if case.takes_files else path
    listed = isinstance(case.arguments[case.evidence], list)
    arguments = {**case.arguments, case.text: text(number)}
    arguments[case.evidence] = [proof] if listed else proof
    return named(case.vendor).application.of(arguments, str(folder))


def _connected(case: Case, url: str) -> Api[Any]:
    vendor = named(case.vendor)
    return vendor.connect(vendor.credentials.sandbox(url, "default"))


@contextmanager
def _served(folder: Path, *options: str) -> Iterator[tuple[str, psutil.Process]]:
    """A sandbox in a process of its own, on one core where the system can say so."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = int(free.getsockname()[1])
    command = ("smssign", "sandbox", "--port", str(port), *options)
    with (folder / "sandbox.log").open("w") as log:
        process = subprocess.Popen(command, env=environment_of(ROOT), stdout=log, stderr=log)
    try:
        watched = psutil.Process(process.pid)
        if hasattr(watched, "cpu_affinity"):
            watched.cpu_affinity([0])
        _wait_for(process, port)
        url = f"http://127.0.0.1:{port}"
        _lift_limit(url)
        yield url, watched
    finally:
        process.terminate()
        process.wait()


def _lift_limit(url: str) -> None:
    """Take Tencent's limit of one submission a second away."""
    import httpx

    answer = httpx.post(f"{url}/_desk/switches", json={"tencent.enforce_rate": False})
    answer.raise_for_status()


def _wait_for(process: subprocess.Popen[bytes], port: int) -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until:
        assert process.poll() is None, "the sandbox ended"
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError("the sandbox doesn't listen")


def _cpu(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)
