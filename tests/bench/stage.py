"""Projects that declare the same, a floor's and the product's, and what they are asked."""

from __future__ import annotations

import contextlib
import json
import os
import pty
import shutil
import subprocess
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

import psutil
from pydantic import JsonValue

from pulumi_smssign.sandbox.server import RunningSandbox, running
from tests.bench import processes
from tests.bench.floor import SECRET, SHAPE
from tests.bench.measure import Cost
from tests.engine.cases import CASES
from tests.engine.project import STACK, Project
from tests.images import png

Side = Literal["bare", "floor", "shape", "base", "product"]
"""Providers that do nothing (see `floor`), another commit's package, and this one."""
VENDORS = tuple(case.vendor for case in CASES)
ROOT = Path(__file__).parents[2]
UNLIMITED: dict[str, JsonValue] = {
    "tencent.enforce_rate": False,
    "alibaba.enforce_looks": False,
    "huawei.rate_limit": 0,
}
"""The sandbox's switches without any of the vendors' own limits."""
_DIGITS = "〇一二三四五六七八九"
_IN_STATE = "4dabf18193072939515e22adb298388d"
"""The key by which Pulumi's state marks a value that is no plain one, such as a secret."""
_NOT_OURS = ("rich", "trio")
"""What the linter and the browser's tests bring: the HTTP client loads it where it is installed."""
_NO_SUCH = "raise ImportError('no user has it by this package')\n"
_NO_LIMITS = '''"""Test mode of the clients: no call waits for a rate limit."""
import sys
from importlib.machinery import PathFinder


class Unpaced:
    """Sets the test mode as soon as its module has been imported."""

    def find_spec(self, name, path=None, target=None):
        if name != "pulumi_smssign.contract.pace":
            return None
        spec = PathFinder.find_spec(name, path)
        run = spec.loader.exec_module

        def exec_module(module):
            run(module)
            module._unpaced = 1

        spec.loader.exec_module = exec_module
        return spec


sys.meta_path.insert(0, Unpaced())
'''


@dataclass
class Stage:
    """A sandbox and, for each side, a project with so many signatures.

    `base` is a folder with another commit's package, for the side of that name. `home` is Pulumi's
    home of all sides, or None for one each. `writes` is whether the engine writes its state after
    each step, as it does unless an experimental switch says otherwise.
    """

    served: RunningSandbox
    folder: Path
    count: int
    vendors: Sequence[str] = VENDORS
    limits: bool = False
    approval: dict[str, Any] | None = None
    edited: frozenset[int] = frozenset()
    evidence: bytes = field(default_factory=png)
    sides: Sequence[Side] = ("floor", "product")
    base: Path | None = None
    home: Path | None = None
    writes: bool = True
    first: int = 0
    """The number of its first signature, whose text no other number has."""

    def __post_init__(self) -> None:
        packages = self.folder / "packages"
        packages.mkdir(parents=True)
        for name in _NOT_OURS:
            (packages / f"{name}.py").write_text(_NO_SUCH, encoding="utf-8")
        if not self.limits:
            (packages / "sitecustomize.py").write_text(_NO_LIMITS, encoding="utf-8")
        self._projects: dict[Side, Project] = {}
        for side in self.sides:
            project = Project(self.folder / side, sandbox=self.served.url, passphrase=True)
            if self.home is not None:
                project.environment["PULUMI_HOME"] = str(self.home)
            paths = [packages, *([self.base] if side == "base" and self.base else []), ROOT]
            project.environment["PYTHONPATH"] = os.pathsep.join(map(str, paths))
            if not self.writes:
                project.environment["PULUMI_EXPERIMENTAL"] = "true"
                project.environment["PULUMI_SKIP_CHECKPOINTS"] = "true"
            # Users have compiled modules, and so has the second run of everything here.
            project.environment.pop("PYTHONDONTWRITEBYTECODE", None)
            shutil.copy(Path(__file__).with_name("program.py"), project.folder / "__main__.py")
            for path in ("licence.png", "papers/licence.png"):
                project.write(path, self.evidence)
            self._projects[side] = project
        self.declare()

    def declare(self) -> None:
        """Write down what the programs declare."""
        for side, project in self._projects.items():
            declared = {
                "side": side,
                "signatures": list(self._signatures()),
                "approval": self.approval,
                "notes_names": side == "product" and "shape" in self.sides,
            }
            (project.folder / "bench.json").write_text(
                json.dumps(declared, ensure_ascii=False), encoding="utf-8"
            )

    def _signatures(self) -> Iterator[tuple[str, str, Mapping[str, object], Mapping[str, str]]]:
        of = {case.vendor: case for case in CASES}
        for number in range(self.first, self.first + self.count):
            case = of[self.vendors[number % len(self.vendors)]]
            own = {case.text: text(number)}
            arguments = {**case.arguments, **own}
            if number in self.edited:
                argument, value = case.small_change
                arguments[argument] = value
            yield f"brand-{number:04}", case.vendor, arguments, own

    def make(self) -> dict[Side, Cost]:
        """The first `pulumi up` of each side, the product's before the floor of its shape."""
        made: dict[Side, Cost] = {}
        for side in sorted(self.sides, key=lambda side: side == "shape"):
            if side == "shape":
                self.learn_shape()
            made[side] = self.run(side, "up", "--skip-preview", "--yes")
        return made

    def learn_shape(self) -> None:
        """Have the floor of the product's shape take the properties from its program and state."""
        product, floor = self._projects["product"], self._projects["shape"]
        names = json.loads((product.folder / "names.json").read_text(encoding="utf-8"))
        shapes = {}
        for resource in product.resources():
            given = {
                name: {SECRET: "confidential"}
                if isinstance(value, dict) and _IN_STATE in value
                else value
                for name, value in resource.get("inputs", {}).items()
                if name != "__provider"
            }
            vendor = given.get("vendor")
            if isinstance(vendor, str) and vendor not in shapes:
                told = {
                    name: value
                    for name, value in resource["outputs"].items()
                    if name not in given and name != "__provider"
                }
                shapes[vendor] = {"names": names[vendor], "given": given, "told": told}
        written = json.dumps(shapes, ensure_ascii=False)
        (floor.folder / SHAPE).write_text(written, encoding="utf-8")
        (product.folder / "names.json").unlink()
        self._note_no_names()

    def _note_no_names(self) -> None:
        """What has been noted once costs the product nothing more."""
        file = self._projects["product"].folder / "bench.json"
        declared = json.loads(file.read_text(encoding="utf-8"))
        declared["notes_names"] = False
        file.write_text(json.dumps(declared, ensure_ascii=False), encoding="utf-8")

    def run(self, side: Side, *command: str, succeeds: bool | None = True) -> Cost:
        """Run a command of Pulumi's, and time it; `succeeds` is None where it may fail."""
        plain = ("--stack", STACK, "--non-interactive", "--color", "never")
        done, cost = self._done(side, "pulumi", *command, *plain)
        failed = succeeds is not None and (done.returncode == 0) is not succeeds
        assert not failed, done.stdout + done.stderr
        return cost

    def watched(self, side: Side, *command: str) -> Cost:
        """The same, with how much memory the plugin holds; looking costs time."""
        with self._watching(side) as largest:
            cost = self.run(side, *command)
        return replace(cost, plugin=max(largest, default=0))

    def any(self, side: Side, *command: str, codes: Sequence[int] = (0,)) -> Cost:
        """Run any command in a side's project and environment."""
        done, cost = self._done(side, *command)
        assert done.returncode in codes, done.stdout + done.stderr
        return cost

    def first_words(self, side: Side, *command: str) -> tuple[float, float]:
        """Seconds until a command has said something on a terminal, and until its first line."""
        project = self._projects[side]
        ours, its = pty.openpty()
        begun = time.monotonic()
        process = subprocess.Popen(
            command, cwd=project.folder, env=project.environment, stdout=its, stderr=its
        )
        os.close(its)
        printed, word, line = b"", 0.0, 0.0
        with contextlib.suppress(OSError):  # the terminal's other end is closed
            while part := os.read(ours, 1 << 16):
                printed += part
                word = word or time.monotonic() - begun
                if b"\n" in printed and not line:
                    line = time.monotonic() - begun
        os.close(ours)
        process.wait()
        processes.reap()
        return word, line

    def start(self, side: Side, *command: str) -> subprocess.Popen[str]:
        """Start a command of Pulumi's that another one is to run beside."""
        project = self._projects[side]
        return subprocess.Popen(
            ("pulumi", *command, "--stack", STACK, "--non-interactive", "--color", "never"),
            cwd=project.folder,
            env=project.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def plugins(self, side: Side) -> list[int]:
        """The process ids of a side's plugins."""
        return self._projects[side].plugins()

    def calls(self) -> int:
        """The number of calls that the vendors' side has received since `forget`."""
        return sum(len(self.served.sandbox.calls(vendor)) for vendor in self.vendors)

    def actions(self) -> dict[str, int]:
        """The number of calls of each action since."""
        counts: dict[str, int] = {}
        for vendor in self.vendors:
            for call in self.served.sandbox.calls(vendor):
                counts[f"{vendor} {call.action}"] = counts.get(f"{vendor} {call.action}", 0) + 1
        return counts

    def asked_for(self) -> float:
        """The seconds from the first call to the last since `forget`."""
        of_all = (self.served.sandbox.calls(vendor) for vendor in self.vendors)
        moments = [call.at for calls in of_all for call in calls]
        return max(moments, default=0.0) - min(moments, default=0.0)

    def forget(self) -> None:
        """Count calls from here on."""
        self.served.sandbox.log.clear()

    def state(self, side: Side) -> int:
        """The bytes of a side's state per signature, as the backend's file has it."""
        mine = [
            resource
            for resource in self._projects[side].resources()
            if resource["urn"].rpartition("::")[2].startswith("brand-")
        ]
        size = sum(len(json.dumps(resource, ensure_ascii=False).encode()) for resource in mine)
        return size // max(len(mine), 1)

    def _done(self, side: Side, *command: str) -> tuple[subprocess.CompletedProcess[str], Cost]:
        """A command in a side's project and environment, when it has ended."""
        project = self._projects[side]
        return processes.run(command, folder=project.folder, environment=project.environment)

    @contextmanager
    def _watching(self, side: Side) -> Iterator[list[int]]:
        """Take down how much memory the side's plugins hold, ten times a second."""
        largest: list[int] = []
        over = threading.Event()

        def look() -> None:
            while not over.wait(0.1):
                for pid in self._projects[side].plugins():
                    try:
                        largest.append(psutil.Process(pid).memory_info().rss)
                    except psutil.Error:
                        continue

        watch = threading.Thread(target=look, daemon=True)
        watch.start()
        try:
            yield largest
        finally:
            over.set()
            watch.join()


@contextmanager
def stage(folder: Path, count: int, **how: Any) -> Iterator[Stage]:  # noqa: ANN401 - Stage's own
    """A stage with a sandbox of its own, whose vendors limit nothing unless the clients do."""
    with running() as served:
        if not how.get("limits"):
            served.sandbox.switches.set(UNLIMITED)
        yield Stage(served, folder, count, **how)


def text(number: int) -> str:
    """A name for a signature that no other number has."""
    return "极客" + "".join(_DIGITS[int(digit)] for digit in f"{number:04}")
