"""Run as a program by `makers.install`: the Python SDK's own installer of the engine."""

from __future__ import annotations

import subprocess
import sys

from pulumi.automation import PulumiCommand
from pulumi.automation.errors import InvalidVersionError
from semver import VersionInfo


def install(root: str, version: str) -> None:
    """Downloads the engine into `root`; a failure ends the process with what the installer said."""
    try:
        PulumiCommand.install(root=root, version=VersionInfo.parse(version))
    except subprocess.CalledProcessError as error:
        sys.exit(error.output.decode(errors="replace"))
    except (OSError, InvalidVersionError) as error:
        sys.exit(str(error))


if __name__ == "__main__":
    install(*sys.argv[1:])
