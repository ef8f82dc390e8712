"""Two projects that declare the same, the floor's and the product's, and what they are asked."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import psutil

from pulumi_smssign.sandbox.server import RunningSandbox, running
from tests.engine.cases import CASES
from tests.engine.project import STACK, Project
from tests.images import png

Side = Literal["floor", "shape", "product"]
SIDES: tuple[Side, ...] = ("floor", "shape", "product")
VENDORS = tuple(case.vendor for case in CASES)
_ROOT = Path(__file__).parents[2]
_DIGITS = "〇一二三四五六七八九"
_LONGEST = 1800
_NO_RICH = "raise ImportError('it comes with the linter, and no user has it')\n"
_NO_LIMITS = '''"""Every call is let through at once: what a run costs without any waiting."""
import sys


class Rate:
    def __init__(self, *_: object, **__: object) -> None:
        pass


class Limiter(Rate):
    def try_acquire(self, *_: object, **__: object) -> bool:
        return True


InMemoryBucket = SingleBucketFactory = Rate
sys.modules["pyrate_limiter.limiter"] = sys.modules[__name__]
'''


@dataclass(frozen=True)
class Taken:
    """The cost of a command: seconds, and the largest plugin's resident bytes at its end."""

    seconds: float
    plugin: int = 0


@dataclass
class Stage:
    """A sandbox and, for each side, a project with so many signatures."""

    served: RunningSandbox
    folder: Path
    count: int
    vendors: Sequence[str] = VENDORS
    limits: bool = False
    approval: dict[str, Any] | None = None
    edited: frozenset[int] = frozenset()
    evidence: bytes = field(default_factory=png)
    sides: Sequence[Side] = SIDES

    def __post_init__(self) -> None:
        packages = self.folder / "packages"
        packages.mkdir(parents=True)
        (packages / "rich.py").write_text(_NO_RICH, encoding="utf-8")
        if not self.limits:
            (packages / "pyrate_limiter.py").write_text(_NO_LIMITS, encoding="utf-8")
        self._projects: dict[Side, Project] = {}
        for side in self.sides:
            project = Project(self.folder / side, sandbox=self.served.url, passphrase=True)
            project.environment["PYTHONPATH"] = os.pathsep.join((str(packages), str(_ROOT)))
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
            }
            (project.folder / "bench.json").write_text(
                json.dumps(declared, ensure_ascii=False), encoding="utf-8"
            )

    def _signatures(self) -> Iterator[tuple[str, str, Mapping[str, object]]]:
        of = {case.vendor: case for case in CASES}
        for number in range(self.count):
            case = of[self.vendors[number % len(self.vendors)]]
            arguments = {**case.arguments, case.text: text(number)}
            if number in self.edited:
                argument, value = case.small_change
                arguments[argument] = value
            yield f"brand-{number:04}", case.vendor, arguments

    def run(self, side: Side, *command: str, succeeds: bool | None = True) -> Taken:
        """Run a command of Pulumi's, and time it; `succeeds` is None where it may fail."""
        with self._watching(side) as largest:
            begun = time.monotonic()
            plain = ("--stack", STACK, "--non-interactive", "--color", "never")
            done = self._done(side, "pulumi", *command, *plain)
            took = time.monotonic() - begun
        failed = succeeds is not None and (done.returncode == 0) is not succeeds
        assert not failed, done.stdout + done.stderr
        return Taken(took, max(largest, default=0))

    def any(self, side: Side, *command: str, codes: Sequence[int] = (0,)) -> float:
        """Run any command in a side's project and environment; the seconds it took."""
        begun = time.monotonic()
        done = self._done(side, *command)
        assert done.returncode in codes, done.stdout + done.stderr
        return time.monotonic() - begun

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

    def _done(self, side: Side, *command: str) -> subprocess.CompletedProcess[str]:
        """A command in a side's project and environment, when it has ended."""
        project = self._projects[side]
        return subprocess.run(
            command,
            cwd=project.folder,
            env=project.environment,
            capture_output=True,
            text=True,
            timeout=_LONGEST,
            check=False,
        )

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
            served.sandbox.switches.set({"tencent.enforce_rate": False})
        yield Stage(served, folder, count, **how)


def text(number: int) -> str:
    """A name for a signature that no other number has."""
    return "极客" + "".join(_DIGITS[int(digit)] for digit in f"{number:04}")
