"""What an engine consists of, and which one will do."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import NamedTuple

CLI = "pulumi"
LANGUAGE_HOST = "pulumi-language-python"
LANGUAGE_RUNNER = "pulumi-language-python-exec"
DYNAMIC_LAUNCHER = "pulumi-resource-pulumi-python"
PROGRAMS = (CLI, LANGUAGE_HOST, LANGUAGE_RUNNER, DYNAMIC_LAUNCHER)

_ANSWER_WITHIN = 60.0  # seconds; the first start of a large program on a busy machine is slow
_VERSION = re.compile(r"v?(\d+)\.(\d+)\.(\d+)")


class Version(NamedTuple):
    """A version of Pulumi, without the marks of a pre-release."""

    major: int
    minor: int
    patch: int

    @classmethod
    def parse(cls, text: str) -> Version:
        """The version that `text` begins with; `ValueError` when it begins with none."""
        match = _VERSION.match(text)
        if match is None:
            message = f"not a version: {text!r}"
            raise ValueError(message)
        return cls(*map(int, match.groups()))

    def __str__(self) -> str:
        return f"{self.major}.{self.minor}.{self.patch}"


OLDEST = Version(3, 274, 0)
"""The first engine that knows awaiting, which the tests and the demo show."""


class NotThisWayError(Exception):
    """One way gave no engine; its text is a clause of the sentence that is said when none did."""


def version_of(pulumi: Path) -> Version:
    """What the CLI says of itself, which shows that it runs on this machine."""
    try:
        answer = subprocess.run(
            [pulumi, "version"],
            env={**os.environ, "PULUMI_SKIP_UPDATE_CHECK": "true"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=_ANSWER_WITHIN,
            check=True,
        )
        return Version.parse(answer.stdout.strip())
    except OSError as error:
        raise NotThisWayError(f"{pulumi} does not run here ({error.strerror})") from error
    except (subprocess.SubprocessError, ValueError) as error:
        raise NotThisWayError(f"{pulumi} does not tell its version") from error


def missing_from(folder: Path) -> list[str]:
    """The programs that `folder` lacks, or holds only as an empty or unusable file."""
    return [
        program
        for program in PROGRAMS
        if not os.access(folder / program, os.X_OK) or not (folder / program).stat().st_size
    ]


def engine_on_path(wanted: Version | None = None) -> tuple[Path, Version]:
    """The folder and version of the Pulumi on `PATH`; its helpers are beside it or there too.

    Raises:
        NotThisWayError: there is none, or it is another than the wanted one; where none is wanted,
            it is too old or too new.
    """
    found = shutil.which(CLI)
    if found is None:
        raise NotThisWayError("there is no `pulumi` on PATH")
    # Not resolved: package managers put links to all four side by side, and the targets apart.
    pulumi = Path(found).absolute()
    search = os.pathsep.join([str(pulumi.parent), os.environ["PATH"]])
    missing = [program for program in PROGRAMS if shutil.which(program, path=search) is None]
    if missing:
        raise NotThisWayError(f"{pulumi} comes without {' and '.join(missing)}")
    version = version_of(pulumi)
    if wanted is not None:
        if version != wanted:
            raise NotThisWayError(f"{pulumi} is {version}")
        return pulumi.parent, version
    if version < OLDEST:
        raise NotThisWayError(f"{pulumi} is {version} and {OLDEST} is needed")
    if version.major > OLDEST.major:
        raise NotThisWayError(f"{pulumi} is {version} and its SDK here is {OLDEST.major}.x")
    return pulumi.parent, version
