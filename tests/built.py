"""The package as a user gets it: built, and installed where nothing else of ours is."""

from __future__ import annotations

import re
import subprocess
import sys
import sysconfig
import venv
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import Distribution, distribution
from pathlib import Path

from packaging.requirements import Requirement

CHECKOUT = Path(__file__).resolve().parents[1]
NAME = "pulumi-smssign"


@dataclass(frozen=True)
class Built:
    """The two files of a release."""

    wheel: Path
    sdist: Path


@dataclass(frozen=True)
class Environment:
    """A Python environment: the folders of its programs and of its packages."""

    programs: Path
    packages: Path


def build(folder: Path) -> Built:
    """Build both, with the backend that is pinned and without a network."""
    command = (sys.executable, "-m", "hatchling", "build", "--directory", str(folder))
    subprocess.run(command, cwd=CHECKOUT, capture_output=True, check=True, timeout=200)
    (wheel,) = folder.glob("*.whl")
    (sdist,) = folder.glob("*.tar.gz")
    return Built(wheel, sdist)


def install(wheel: Path, folder: Path) -> Environment:
    """A new environment with the wheel, and of all that is installed here what the wheel requires.

    What it uses and does not require is missing there.
    """
    venv.create(folder, with_pip=True, symlinks=True)
    base = {"base": str(folder), "platbase": str(folder)}
    there = Environment(folder / "bin", Path(sysconfig.get_path("purelib", "venv", base)))
    pip = (there.programs / "python", "-m", "pip", "--disable-pip-version-check")
    command = (*pip, "install", "--quiet", "--no-index", "--no-deps", wheel)
    subprocess.run(command, capture_output=True, check=True, timeout=200)
    (own,) = Distribution.discover(name=NAME, path=[str(there.packages)])
    for one in _required_by(own, {"sandbox"}, set()):
        _link(one, there.packages)
    return there


def _required_by(one: Distribution, extras: set[str], seen: set[str]) -> Iterator[Distribution]:
    """What a distribution requires, and what that requires, as it is installed here."""
    for line in one.requires or ():
        wanted = Requirement(line)
        key = re.sub(r"[-_.]+", "-", wanted.name).lower() + str(sorted(wanted.extras))
        asked = [{"extra": extra} for extra in ("", *extras)]
        if wanted.marker and not any(wanted.marker.evaluate(each) for each in asked):
            continue
        if key not in seen:
            seen.add(key)
            found = distribution(wanted.name)
            yield found
            yield from _required_by(found, wanted.extras, seen)


def _link(one: Distribution, packages: Path) -> None:
    """Have an environment import a distribution of this one."""
    for top in {file.parts[0] for file in one.files or ()} - {"..", "__pycache__"}:
        if not (packages / top).exists():
            (packages / top).symlink_to(Path(str(one.locate_file(top))))
