"""The ways to make an engine: the official installer, and the build from Pulumi's Go modules."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
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
_CLI_PACKAGE = "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi"
_HOST_PACKAGE = f"{_SDK}/python/cmd/pulumi-language-python"
_VERSION_VARIABLE = f"{_SDK}/go/common/version.Version"
# In folders of the SDK's module that the build downloads anyway.
_SCRIPTS = (f"python/cmd/{LANGUAGE_RUNNER}", f"python/dist/{DYNAMIC_LAUNCHER}")
# A workspace around the checkout would take the place of our two modules.
_GO_ENVIRONMENT = {"GOWORK": "off"}
_FIRST_BYTE_WITHIN = 20.0  # seconds, after which the installer counts as without a network
_INSTALLED_WITHIN = 900.0  # seconds, for some 200 MB over a slow line


def required(module: str, dependency: str) -> str:
    """The version that one of the two Go modules requires of `dependency` (`go` for Go itself)."""
    lines = (HERE / module / "go.mod").read_text("utf-8")
    match = re.search(rf"^(?:require )?{re.escape(dependency)} v?(\S+)", lines, re.MULTILINE)
    if match is None:
        raise NotThisWayError(f"the Go module {module} does not require {dependency}")
    return match[1]


# The Go modules say which versions these are, so that there is one place to raise them.
ENGINE_VERSION = Version.parse(required("cli", "github.com/pulumi/pulumi/pkg/v3"))
GO_NEEDED = required("cli", "go")
_HOST_VERSION = Version.parse(required("language", _SDK))


@dataclass(frozen=True)
class Maker:
    """A way to make an engine."""

    folder: str
    """What its result is kept as: changes with every version that goes into it."""
    make: Callable[[Path, Say], Path]
    """Makes the engine inside a workshop; returns the folder that holds its programs."""


def install(workshop: Path, say: Say) -> Path:
    """Lets the official installer, as the Python SDK runs it, download the engine."""
    root = workshop / "installed"
    say(f"Asking the official installer for Pulumi {ENGINE_VERSION}")
    with timed(say, "The official installer"):
        # In a process of its own, since it has no time-out.
        run(
            [sys.executable, HERE / "official.py", root, str(ENGINE_VERSION)],
            workshop=workshop,
            what="the official installer",
            say=say,
            patience=_FIRST_BYTE_WITHIN,
            limit=_INSTALLED_WITHIN,
        )
    return root / "bin"


def build(workshop: Path, say: Say) -> Path:
    """Builds the CLI and the language host, and takes the two scripts out of the SDK's module."""
    go = shutil.which("go")
    if go is None:
        raise NotThisWayError("there is no `go` to build it with")
    programs = workshop / "programs"
    programs.mkdir()
    say("Building the engine from its Go modules (once a machine; some 4 minutes on 2 cores)")
    stamp = f"-X {_VERSION_VARIABLE}=v{ENGINE_VERSION}"
    for program, version, package, module, flags in (
        (CLI, ENGINE_VERSION, _CLI_PACKAGE, "cli", f"-s -w {stamp}"),
        (LANGUAGE_HOST, _HOST_VERSION, _HOST_PACKAGE, "language", "-s -w"),
    ):
        with timed(say, f"{program} {version}"):
            run(
                [
                    *(go, "build", "-mod=readonly", "-buildvcs=false"),
                    *("-o", programs / program, "-ldflags", flags, package),
                ],
                workshop=workshop,
                what=f"the build of {program} {version}",
                say=say,
                folder=HERE / module,
                environment=_GO_ENVIRONMENT,
            )
    sdk = _sdk_sources(go)
    for script in _SCRIPTS:
        copy = programs / Path(script).name
        shutil.copyfile(sdk / script, copy)
        copy.chmod(0o755)  # the module cache keeps it without leave to run
    return programs


def _sdk_sources(go: str) -> Path:
    listed = subprocess.run(
        [go, "list", "-mod=readonly", "-m", "-f", "{{.Dir}}", _SDK],
        cwd=HERE / "cli",
        env={**os.environ, **_GO_ENVIRONMENT},
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode:
        raise NotThisWayError(f"Go does not find {_SDK} ({last_line(listed.stderr)})")
    return Path(listed.stdout.strip())


INSTALLER = Maker(f"installer-{ENGINE_VERSION}", install)
GO = Maker(f"go-{ENGINE_VERSION}-host-{_HOST_VERSION}", build)
