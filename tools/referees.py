"""Lets the vendors' own SDKs in other languages judge the sandbox: `python -m tools.referees`.

Each program under `tests/referees/<vendor>/<language>[-<which>]` does the signature operations of
one SDK, unchanged, and prints a line for each: `ok <operation>` or `FAIL <operation>: <what>`. What
they need is fetched in the pinned versions and kept in the user's cache folder
(`SMSSIGN_REFEREES_CACHE` names another).
"""

from __future__ import annotations

import argparse
import hashlib
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pulumi_smssign.sandbox.server import RunningSandbox, running
from tools.engine.programs import NotThisWayError
from tools.engine.running import Say, last_line, run
from tools.engine.store import default_root, must_be_ours

REFEREES = Path(__file__).resolve().parent.parent / "tests" / "referees"
_SHARED = REFEREES / "shared"
_MODULE = (REFEREES / "go.mod", REFEREES / "go.sum")

# npm and Maven say what is wrong first, and where to read more last.
_CAUSE = re.compile(r"^(?:\x1b\[\d*m)*(?:npm error|\[ERROR\]) (?!code )(.+)$", re.MULTILINE)
_MAVEN_COPY = "org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy-dependencies"
_DIGITS = 12  # of the digest of a referee's files
_READY_WITHIN = 600.0  # seconds, for a fetch or a build
_PLAYED_WITHIN = 120.0  # seconds


class NotObtainableError(Exception):
    """What a referee needs can't be had; its text says why."""


@dataclass(frozen=True)
class Referee:
    """One vendor's SDK in one language: the program that uses it.

    `variant` is the language, and which of the vendor's SDKs if it is not today's.
    """

    vendor: str
    variant: str

    def __str__(self) -> str:
        return f"{self.vendor}-{self.variant}"

    @property
    def language(self) -> str:
        """The language's name in `LANGUAGES`."""
        return self.variant.partition("-")[0]

    @property
    def folder(self) -> Path:
        """Where the program is."""
        return REFEREES / self.vendor / self.variant


@dataclass(frozen=True)
class Workshop:
    """Where a referee is made ready: in `ready`, the rest is thrown away."""

    referee: Referee
    path: Path
    say: Say

    @property
    def ready(self) -> Path:
        """What is kept."""
        return self.path / "ready"

    def fetch(
        self,
        command: Sequence[str | Path],
        *,
        folder: Path | None = None,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        """Runs what fetches the SDK; `NotObtainableError` says what it said when it fails."""
        try:
            self._run(command, "fetch", folder, environment)
        except NotThisWayError as reason:
            told = _CAUSE.search((self.path / "log").read_text("utf-8", "replace"))
            raise NotObtainableError(told[1] if told else str(reason)) from reason

    def build(
        self,
        command: Sequence[str | Path],
        *,
        folder: Path | None = None,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        """Runs what builds the program; `NotThisWayError` says what it said when it fails."""
        self._run(command, "build", folder, environment)

    def _run(
        self,
        command: Sequence[str | Path],
        step: str,
        folder: Path | None,
        environment: Mapping[str, str] | None,
    ) -> None:
        run(
            command,
            workshop=self.path,
            what=f"the {step} of {self.referee}",
            say=self.say,
            folder=folder,
            environment=environment,
            limit=_READY_WITHIN,
        )


@dataclass(frozen=True)
class Language:
    """How the programs of a language are made ready and run."""

    tools: tuple[str, ...]
    """The programs that have to be installed."""
    common: tuple[Path, ...]
    """The files that a referee needs beside its own."""
    manifest: str
    """The file that pins the SDK, from the referee's folder."""
    pin: str
    """What finds the SDK's name and version there; `VENDOR` stands for the vendor's name."""
    prepare: Callable[[Workshop], None]
    """Fetches the SDK, and builds the program."""
    command: Callable[[Referee, Path], Sequence[str | Path]]
    """What runs the program, from the folder that was made ready."""
    environment: Callable[[Path], Mapping[str, str]] = lambda _ready: {}


@dataclass(frozen=True)
class Outcome:
    """How a referee's judgement went: the operations that passed, and the lines of the others."""

    passed: int = 0
    failures: tuple[str, ...] = ()
    absent: str = ""
    """Why it didn't judge: its language is not installed, or its SDK not obtainable."""
    reason: str = ""
    """What is missing, or what the fetch said."""

    @property
    def summary(self) -> str:
        """The outcome in a cell of the table."""
        return self.absent or f"{self.passed} of {self.passed + len(self.failures)}"


def _go(workshop: Workshop) -> None:
    package = f"./{workshop.referee.vendor}/go"
    # A workspace around the checkout would take the place of our module.
    environment = {"GOWORK": "off", "GOFLAGS": "-mod=readonly -buildvcs=false"}
    fetch = ("go", "list", "-deps", package)
    workshop.fetch(fetch, folder=REFEREES, environment=environment)
    build = ("go", "build", "-o", workshop.ready / "referee", package)
    workshop.build(build, folder=REFEREES, environment=environment)


def _node(workshop: Workshop) -> None:
    for name in ("package.json", "package-lock.json"):
        shutil.copy(workshop.referee.folder / name, workshop.ready)
    # Nothing that a package brings is run before the SDK itself is.
    fetch = ("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
    workshop.fetch(fetch, folder=workshop.ready)


def _java(workshop: Workshop) -> None:
    own, jars = workshop.referee.folder, workshop.ready / "jars"
    fetch: list[str | Path] = ["mvn", "--quiet", "--batch-mode", "--file", own / "pom.xml"]
    fetch += [_MAVEN_COPY, f"-DoutputDirectory={jars}", "-DincludeScope=runtime"]
    workshop.fetch(fetch)
    build: list[str | Path] = ["javac", "--release", "11", "-encoding", "UTF-8"]
    build += ["-cp", f"{jars}/*", "-d", workshop.ready / "classes"]
    workshop.build([*build, *_SHARED.glob("*.java"), *own.glob("*.java")])


def _python(workshop: Workshop) -> None:
    pins, modules = workshop.referee.folder / "requirements.txt", workshop.ready / "modules"
    fetch: list[str | Path] = [sys.executable, "-m", "pip", "install", "--quiet", "--no-input"]
    workshop.fetch([*fetch, "--target", modules, "--requirement", pins])
    for module in _SHARED.glob("*.py"):
        shutil.copy(module, modules)


LANGUAGES = {
    "python": Language(
        tools=(),
        common=tuple(_SHARED.glob("*.py")),
        manifest="requirements.txt",
        pin=r"^(\S+)==(\S+)",
        prepare=_python,
        command=lambda referee, _ready: (sys.executable, referee.folder / "main.py"),
        environment=lambda ready: {"PYTHONPATH": str(ready / "modules")},
    ),
    "go": Language(
        tools=("go",),
        common=(*_MODULE, *_SHARED.glob("*.go")),
        manifest="../../go.mod",
        pin=r"^\t(\S*VENDOR\S*) (\S+)$",
        prepare=_go,
        command=lambda _referee, ready: (ready / "referee",),
    ),
    "node": Language(
        tools=("node", "npm"),
        common=(),
        manifest="package.json",
        pin=r'"(\S+)": "(\d\S+)"',
        prepare=_node,
        command=lambda referee, _ready: ("node", referee.folder / "main.js"),
        environment=lambda ready: {"NODE_PATH": str(ready / "node_modules")},
    ),
    "java": Language(
        tools=("java", "javac", "mvn"),
        common=tuple(_SHARED.glob("*.java")),
        manifest="pom.xml",
        pin=r"<dependency>.*<artifactId>(\S+)</artifactId>\s*<version>(\S+)</version>",
        prepare=_java,
        # The default from Java 18 on; UCloud's SDK signs in it, whatever it is.
        command=lambda _referee, ready: (
            *("java", "-Dfile.encoding=UTF-8"),
            *("-cp", f"{ready / 'classes'}{os.pathsep}{ready / 'jars'}/*", "Main"),
        ),
    ),
}


def referees(vendors: Iterable[str] = ()) -> list[Referee]:
    """The referees that there are, of these vendors or of all."""
    wanted = set(vendors)
    return [
        Referee(folder.parent.name, folder.name)
        for folder in sorted(REFEREES.glob("*/*/"))
        if folder.name.partition("-")[0] in LANGUAGES
        and (not wanted or folder.parent.name in wanted)
    ]


def sdk(referee: Referee) -> str:
    """The SDK's name and version, as pinned."""
    language = LANGUAGES[referee.language]
    pins = (referee.folder / language.manifest).resolve().read_text("utf-8")
    pattern = language.pin.replace("VENDOR", referee.vendor)
    flags = re.MULTILINE if referee.language == "go" else re.DOTALL
    match = re.search(pattern, pins, flags)
    return " ".join(match.groups()) if match else "?"


def cache_folder(environment: Mapping[str, str]) -> Path:
    """The folder for what referees need: `SMSSIGN_REFEREES_CACHE`, else beside the engines'."""
    if chosen := environment.get("SMSSIGN_REFEREES_CACHE"):
        return Path(chosen).absolute()
    others = {name: text for name, text in environment.items() if name != "SMSSIGN_ENGINE_CACHE"}
    return default_root(others).with_name("referees")


def prepared(referee: Referee, root: Path, say: Say) -> Path:
    """The folder in which a referee is ready to run; made once for each state of its files.

    Raises:
        NotObtainableError: if its SDK can't be fetched.
        NotThisWayError: if it can't be built, or somebody else can write to the folder.
    """
    published = root / f"{referee}-{_digest(referee)}-{sys.platform}-{platform.machine()}"
    root.mkdir(mode=0o700, parents=True, exist_ok=True)
    must_be_ours(root)
    if published.exists():
        return published
    with tempfile.TemporaryDirectory(
        prefix="making-", dir=root, ignore_cleanup_errors=True
    ) as aside:
        workshop = Workshop(referee, Path(aside), say)
        workshop.ready.mkdir()
        LANGUAGES[referee.language].prepare(workshop)
        for old in root.glob(f"{referee}-{'?' * _DIGITS}-{sys.platform}-*"):
            shutil.rmtree(old, ignore_errors=True)
        workshop.ready.rename(published)
    return published


def judged(referee: Referee, served: RunningSandbox, root: Path, say: Say) -> Outcome:
    """How a referee finds the sandbox, which is as new when it begins."""
    language = LANGUAGES[referee.language]
    missing = [tool for tool in language.tools if shutil.which(tool) is None]
    if missing:
        return Outcome(absent="not installed", reason=f"not on PATH: {', '.join(missing)}")
    try:
        ready = prepared(referee, root, say)
    except NotObtainableError as reason:
        return Outcome(absent="not obtainable", reason=str(reason))
    except NotThisWayError as reason:
        return Outcome(failures=(f"FAIL build: {reason}",))
    served.sandbox.reset()
    environment = {
        **os.environ,
        **served.sandbox.credentials(served.address)[referee.vendor],
        **language.environment(ready),
        "REFEREE_URL": served.url,
        "REFEREE_PROOF": str(REFEREES / "proof.png"),
        "NO_PROXY": served.address.partition(":")[0],
    }
    return _played(language.command(referee, ready), environment)


def _played(command: Sequence[str | Path], environment: Mapping[str, str]) -> Outcome:
    try:
        played = subprocess.run(
            command,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=_PLAYED_WITHIN,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return Outcome(failures=(f"FAIL program: not through in {_PLAYED_WITHIN:.0f} s",))
    lines = played.stdout.splitlines()
    passed = sum(line.startswith("ok ") for line in lines)
    failures = [line for line in lines if line.startswith("FAIL ")]
    if not failures and (played.returncode or not passed):
        last_words = last_line(played.stderr) or f"exit status {played.returncode}"
        failures.append(f"FAIL program: {last_words}")
    return Outcome(passed, tuple(failures))


def table(rows: Sequence[Sequence[str]]) -> str:
    """Rows of cells as aligned text."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )


def _digest(referee: Referee) -> str:
    """What a referee is made of, as a short text."""
    own = (path for path in referee.folder.iterdir() if path.is_file())
    files = sorted({*own, *LANGUAGES[referee.language].common})
    digest = hashlib.sha256()
    for path in files:
        digest.update(f"{path.name}\0{path.stat().st_size}\0".encode() + path.read_bytes())
    return digest.hexdigest()[:_DIGITS]


def _tell(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def main() -> None:
    """Runs the referees and prints how they find the sandbox; exit status 1 if one objects."""
    vendors = sorted({referee.vendor for referee in referees()})
    parser = argparse.ArgumentParser(prog="python -m tools.referees", description=__doc__)
    parser.add_argument("vendors", nargs="*", metavar="vendor", help=f"of {', '.join(vendors)}")
    asked: list[str] = parser.parse_args().vendors
    if unknown := set(asked).difference(vendors):
        parser.error(f"no such vendor: {', '.join(sorted(unknown))}")
    outcomes: dict[Referee, Outcome] = {}
    with running() as served:
        for referee in referees(asked):
            _tell(f"{referee}: {sdk(referee)}")
            outcomes[referee] = judged(referee, served, cache_folder(os.environ), _tell)
    rows = [("vendor", "language", "SDK", "operations passed")]
    for referee, outcome in outcomes.items():
        rows.append((referee.vendor, referee.variant, sdk(referee), outcome.summary))
    print(table(rows))
    for referee, outcome in outcomes.items():
        for line in filter(None, (*outcome.failures, outcome.reason)):
            print(f"{referee}: {line}")
    if not any(outcome.passed for outcome in outcomes.values()):
        sys.exit("No referee judged.")
    sys.exit(any(outcome.failures for outcome in outcomes.values()))


if __name__ == "__main__":
    main()
