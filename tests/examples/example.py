"""An example as its reader has it: a copy of the folder, run by what its README says."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from pulumi_smssign.sandbox.server import RunningSandbox
from tests.engine import vault
from tests.engine.project import FOREIGN, Run

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
PORT = "127.0.0.1:8725"
_LONGEST = 120
_PEOPLE = ("curl ", "smssign sandbox reject ")
_KEY = ("--secrets-provider", vault.PROVIDER)
_ONLY_IN_TESTS = ("--non-interactive", "--color", "never", "--skip-preview", *_KEY)


class Example:
    """A copy of an example in a folder of its own.

    Args:
        name: its folder's name.
        place: an empty folder, for the copy, the state and Pulumi's home.
        served: the sandbox that stands at the usual port for it.
        python: the folder of the `python` that it runs.
    """

    def __init__(self, name: str, place: Path, served: RunningSandbox, python: Path) -> None:
        self.folder = place / "examples" / name
        self.place = place
        self._served = served
        self._printed = ""
        self._commands: set[str] = set()
        shutil.copytree(
            EXAMPLES / name,
            self.folder,
            ignore=shutil.ignore_patterns("Pulumi.*.yaml", "__pycache__"),
        )
        shutil.copy(EXAMPLES / ".gitignore", self.folder.parent)
        for file in (self.folder / "Pulumi.yaml", self.folder / "main.py"):
            if file.exists():
                text = file.read_text(encoding="utf-8")
                file.write_text(text.replace(PORT, served.address), encoding="utf-8")
        (place / "state").mkdir()
        self.environment = {
            **{
                name: value
                for name, value in os.environ.items()
                if not name.startswith(FOREIGN) and not name.lower().endswith("_proxy")
            },
            "PULUMI_BACKEND_URL": f"file://{place / 'state'}",
            "PULUMI_CONFIG_PASSPHRASE": "invented",
            **vault.environment(),
            "PULUMI_HOME": str(place / "home"),
            "PULUMI_SKIP_UPDATE_CHECK": "true",
            "PULUMI_AUTOMATION_API_SKIP_VERSION_CHECK": "true",
            "PYTHONDONTWRITEBYTECODE": "1",
            "PATH": os.pathsep.join((str(python), os.environ["PATH"])),
        }

    @property
    def readme(self) -> str:
        """What the example says of itself."""
        return (self.folder / "README.md").read_text(encoding="utf-8")

    def run(self, *command: str, environment: Mapping[str, str] | None = None) -> Run:
        """Any command in the example's folder; what it prints is remembered."""
        done = subprocess.run(
            command,
            cwd=self.folder,
            env={**self.environment, **(environment or {})},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=_LONGEST,
            check=False,
        )
        self._printed += done.stdout
        self._commands.add(self._as_shown(command))
        return Run(done.stdout, done.returncode)

    def pulumi(self, *arguments: str, environment: Mapping[str, str] | None = None) -> Run:
        """A command of Pulumi's that has to succeed."""
        run = self.try_pulumi(*arguments, environment=environment)
        assert run.succeeded, run.output
        return run

    def try_pulumi(self, *arguments: str, environment: Mapping[str, str] | None = None) -> Run:
        """A command of Pulumi's."""
        key = _KEY if arguments[:2] == ("stack", "init") else ()
        options = (*key, "--non-interactive", "--color", "never")
        return self.run("pulumi", *arguments, *options, environment=environment)

    def pulumi_awaits(self, *arguments: str, environment: Mapping[str, str] | None = None) -> Run:
        """A command of Pulumi's that has to end awaiting, which is no failure."""
        run = self.try_pulumi(*arguments, environment=environment)
        assert run.awaits, run.output
        return run

    def edit(self) -> None:
        """Make the edit that the README shows as a difference."""
        file = self.folder / "__main__.py"
        source = file.read_text(encoding="utf-8")
        (difference,) = re.findall(r"(?s)```diff\n(.*?)```", self.readme)
        old, new = (
            "".join(line[1:] for line in difference.splitlines(keepends=True) if line[0] in kept)
            for kept in ("- ", "+ ")
        )
        assert source.count(old) == 1, old
        file.write_text(source.replace(old, new), encoding="utf-8")

    def act(self) -> None:
        """Run the README's line that plays a person: the reviewer, or one in a vendor's console."""
        (line,) = (each for each in self._lines if each.startswith(_PEOPLE))
        elsewhere = self._elsewhere if line.startswith("smssign ") else ""
        run = self.run("sh", "-c", line.replace(PORT, self._served.address) + elsewhere)
        assert run.succeeded, run.output

    @property
    def _elsewhere(self) -> str:
        """The option that leads a command to the sandbox of the test."""
        return f" --port {self._served.address.rpartition(':')[2]}"

    @property
    def _lines(self) -> list[str]:
        """The commands that the README shows."""
        return re.findall(r"(?m)^\$ (.*)$", self.readme)

    def _as_shown(self, command: tuple[str, ...]) -> str:
        """A command as a README shows it: what only a test says is left out."""
        words = command[2:] if command[:2] == ("sh", "-c") else command
        line = " ".join(word for word in words if word not in _ONLY_IN_TESTS)
        line = line.replace(sys.executable, "python").replace(self._served.address, PORT)
        line = line.replace(self._elsewhere, "")
        return _unquoted(line)

    def must_have_printed_what_its_readme_shows(self) -> None:
        """Hold the README's commands and output to this run; numbers and ids may differ."""
        left_out = [line for line in self._lines if _unquoted(line) not in self._commands]
        assert not left_out, f"the README has commands that were not run: {left_out}"
        printed = {normal(line) for line in self._printed.splitlines()}
        blocks = re.findall(r"(?s)```console\n(.*?)```", self.readme)
        shown = [
            line
            for block in blocks
            for line in block.splitlines()
            if line.strip() not in ("", "...") and not line.startswith("$ ")
        ]
        untrue = [line for line in shown if normal(line) not in printed]
        assert shown
        assert not untrue, f"the README shows what was not printed: {untrue}\n{self._printed}"

    def texts(self, vendor: str | None = None) -> list[tuple[str, str, str]]:
        """What the vendors have: vendor, text and status, in order."""
        return sorted(
            (one.vendor, one.text, one.status.name)
            for one in self._served.sandbox.signatures(vendor)
        )

    def review(self, verdict: str = "") -> None:
        """Approve every open application, or reject it with a reason."""
        sandbox = self._served.sandbox
        for one in sandbox.signatures():
            if one.status.name != "PENDING":
                continue
            if verdict:
                sandbox.reject(one.vendor, one.id, verdict)
            else:
                sandbox.approve(one.vendor, one.id)


def _unquoted(line: str) -> str:
    """A command without quotation marks, with any numbers."""
    return normal(line.replace("'", ""))


def normal(line: str) -> str:
    """A line without what differs from run to run: numbers, ids, spaces."""
    line = re.sub(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "ID", line)
    return re.sub(r"\s+", " ", re.sub(r"\d+(\.\d+)?", "N", line)).strip()
