"""The versions of Pulumi's Python SDK, and how a test gets another than the installed one."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

OLDEST = "3.235.0"
"""The oldest that the package supports."""
BEFORE_TRACEBACKS = "3.259.0"
"""The last that prints one line for an error."""
INSTALLED = version("pulumi")


def released() -> list[str]:
    """Every version on PyPI that the package supports, the newest first."""
    ask = (sys.executable, "-m", "pip", "--disable-pip-version-check", "index", "versions")
    told = subprocess.run((*ask, "pulumi"), capture_output=True, text=True, check=True).stdout
    found = re.findall(r"\d+\.\d+\.\d+", told.partition("Available versions:")[2].split("\n")[0])
    return [one for one in found if _numbers(one) >= _numbers(OLDEST)]


def install(sdk: str, folder: Path, *, package: str = "pulumi") -> Path:
    """Put an SDK into a folder, for `PYTHONPATH`, and return that."""
    command = (sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target")
    subprocess.run([*command, str(folder), f"{package}=={sdk}"], check=True, timeout=200)
    return folder


def _numbers(sdk: str) -> tuple[int, ...]:
    return tuple(map(int, sdk.split(".")))
