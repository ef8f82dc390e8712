"""The ways to make an engine: the official installer, and the build from Pulumi's Go modules."""

from __future__ import annotations

import math
import os
import re
import shutil
import subprocess
import sys
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from http.client import HTTPException
from pathlib import Path

from tools.engine.programs import (
    CLI,
    DYNAMIC_LAUNCHER,
    LANGUAGE_HOST,
    LANGUAGE_RUNNER,
    NotThisWayError,
    Version,
)
from tools.engine.running import Say, last_line, run, timed

HERE = Path(__file__).resolve().parent
_SDK = "github.com/pulumi/pulumi/sdk/v3"
_CLI = "github.com/pulumi/pulumi/pkg/v3"
_VERSION_VARIABLE = f"{_SDK}/go/common/version.Version"
# In folders of the SDK's module that the build downloads anyway.
_SCRIPTS = (f"python/cmd/{LANGUAGE_RUNNER}", f"python/dist/{DYNAMIC_LAUNCHER}")
# A workspace around the checkout would take the place of our modules.
_GO_ENVIRONMENT = {"GOWORK": "off"}
# What the installer's script itself asks: a version, and nothing else.
_NEWEST = "https://www.pulumi.com/latest-version"
_VERSION_WITHIN = 100  # bytes
_FIRST_BYTE_WITHIN = 20.0  # seconds, after which the installer counts as without a network
_INSTALLED_WITHIN = 900.0  # seconds, for some 200 MB over a slow line


def required(module: str, dependency: str) -> str:
    """The version that one of the Go modules requires of `dependency` (`go` for Go itself)."""
    lines = (HERE / module / "go.mod").read_text("utf-8")
    match = re.search(rf"^(?:require )?{re.escape(dependency)} v?(\S+)", lines, re.MULTILINE)
    if match is None:
        raise NotThisWayError(f"the Go module {module} does not require {dependency}")
    return match[1]


@dataclass(frozen=True)
class Module:
    """A Go module beside this file, and the program of Pulumi's that it is there to build."""

    folder: str
    program: str
    package: str
    dependency: str
    """The module whose version is the program's, so that there is one place to raise it."""
    seconds: int
    """What the build took on 2 cores that had little else to do, with its downloads."""

    @property
    def version(self) -> Version:
        """The version of the program."""
        return Version.parse(required(self.folder, self.dependency))


_NEW = Module("cli", CLI, f"{_CLI}/cmd/pulumi", _CLI, seconds=330)
_OLD = Module("cli-old", CLI, f"{_CLI}/cmd/pulumi", _CLI, seconds=250)
_HOST = Module("language", LANGUAGE_HOST, f"{_SDK}/python/cmd/{LANGUAGE_HOST}", _SDK, seconds=25)
ENGINE_VERSION = _NEW.version
"""What everything runs on when no other is asked for."""
BUILDABLE = {module.version: module for module in (_NEW, _OLD)}
GO_NEEDED = required(_NEW.folder, "go")


@dataclass(frozen=True)
class Maker:
    """A way to make an engine."""

    folder: str
    """What its result is kept as: changes with every version that goes into it."""
    version: Version
    """Of the engine that it makes."""
    make: Callable[[Path, Say], Path]
    """Makes the engine inside a workshop; returns the folder that holds its programs."""


def installer(version: Version) -> Maker:
    """The official installer's way to an engine."""
    return Maker(f"installer-{version}", version, partial(install, version))


def go(version: Version) -> Maker:
    """Go's way to an engine."""
    return Maker(f"go-{version}-host-{_HOST.version}", version, partial(build, version))


def newest(say: Say) -> Version:
    """The newest version that the official installer has to give."""
    say("Asking which Pulumi is the newest")
    try:
        with urllib.request.urlopen(_NEWEST, timeout=_FIRST_BYTE_WITHIN) as answer:
            return Version.parse(answer.read(_VERSION_WITHIN).decode("utf-8").strip())
    except (OSError, ValueError, HTTPException) as error:
        raise NotThisWayError(f"nobody says which Pulumi is the newest ({error})") from error


def install(version: Version, workshop: Path, say: Say) -> Path:
    """Lets the official installer, as the Python SDK runs it, download the engine."""
    root = workshop / "installed"
    say(f"Asking the official installer for Pulumi {version}")
    with timed(say, "The official installer"):
        # In a process of its own, since it has no time-out.
        run(
            [sys.executable, HERE / "official.py", root, str(version)],
            workshop=workshop,
            what="the official installer",
            say=say,
            patience=_FIRST_BYTE_WITHIN,
            limit=_INSTALLED_WITHIN,
        )
    return root / "bin"


def build(version: Version, workshop: Path, say: Say) -> Path:
    """Builds the CLI and the language host, and takes the two scripts out of the SDK's module."""
    if version not in BUILDABLE:
        known = " and ".join(map(str, BUILDABLE))
        raise NotThisWayError(f"there are Go modules for {known} only")
    cli = BUILDABLE[version]
    program = shutil.which("go")
    if program is None:
        raise NotThisWayError("there is no `go` to build it with")
    programs = workshop / "programs"
    programs.mkdir()
    minutes = math.ceil((cli.seconds + _HOST.seconds) / 60)
    say(f"Building it from its Go modules (once a machine; some {minutes} minutes on 2 cores)")
    for module in (cli, _HOST):
        flags = f"-s -w -X {_VERSION_VARIABLE}=v{version}" if module is cli else "-s -w"
        what = f"{module.program} {module.version}"
        with timed(say, what):
            run(
                [
                    *(program, "build", "-mod=readonly", "-buildvcs=false"),
                    *("-o", programs / module.program, "-ldflags", flags, module.package),
                ],
                workshop=workshop,
                what=f"the build of {what}",
                say=say,
                folder=HERE / module.folder,
                environment=_GO_ENVIRONMENT,
                usual=module.seconds,
            )
    sdk = _sdk_sources(program, cli)
    for script in _SCRIPTS:
        copy = programs / Path(script).name
        shutil.copyfile(sdk / script, copy)
        copy.chmod(0o755)  # the module cache keeps it without leave to run
    return programs


def _sdk_sources(program: str, cli: Module) -> Path:
    listed = subprocess.run(
        [program, "list", "-mod=readonly", "-m", "-f", "{{.Dir}}", _SDK],
        cwd=HERE / cli.folder,
        env={**os.environ, **_GO_ENVIRONMENT},
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode:
        raise NotThisWayError(f"Go does not find {_SDK} ({last_line(listed.stderr)})")
    return Path(listed.stdout.strip())
