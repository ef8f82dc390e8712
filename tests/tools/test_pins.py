"""The pins of the project's environment: one version each, and the hashes of its files."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

CHECKOUT = Path(__file__).resolve().parents[2]
PINS = (CHECKOUT / "requirements" / "constraints.txt").read_text("utf-8")
ENTRIES = [entry for entry in re.split(r"\n(?=\S)", PINS.strip()) if not entry.startswith("#")]
PROJECT = tomllib.loads((CHECKOUT / "pyproject.toml").read_text("utf-8"))["project"]
INSTALL = (sys.executable, "-m", "pip", "--disable-pip-version-check", "install", "--no-deps")


def test_each_pin_has_one_version_and_hashes() -> None:
    assert len(ENTRIES) > 100
    for entry in ENTRIES:
        requirement, *hashes = re.split(r" \\\n    ", entry)
        assert [each.operator for each in Requirement(requirement).specifier] == ["=="], requirement
        assert hashes, requirement
        assert all(re.fullmatch("--hash=sha256:[0-9a-f]{64}", each) for each in hashes), requirement


def test_no_address_is_named() -> None:
    assert "//" not in PINS


def test_each_dependency_of_the_project_is_pinned() -> None:
    pinned = {canonicalize_name(Requirement(entry.split(" \\")[0]).name) for entry in ENTRIES}
    named = [
        *PROJECT["dependencies"],
        *(name for extra in PROJECT["optional-dependencies"].values() for name in extra),
    ]
    wanted = {canonicalize_name(Requirement(name).name) for name in named} - {"pulumi-smssign"}
    assert wanted <= pinned


@pytest.mark.parametrize("content", [b"something else", b""], ids=["changed", "empty"])
def test_file_of_another_content_is_not_installed(tmp_path: Path, content: bytes) -> None:
    """`make setup` relies on this: pip compares each file with the hashes of its pin."""
    (tmp_path / "six-1.17.0-py2.py3-none-any.whl").write_bytes(content)
    (entry,) = (entry for entry in ENTRIES if entry.startswith("six=="))
    (tmp_path / "pins.txt").write_text(entry, "utf-8")

    offline = ("--no-index", "--find-links", str(tmp_path), "--target", str(tmp_path / "there"))
    refused = subprocess.run(
        (*INSTALL, "--require-hashes", *offline, "--requirement", str(tmp_path / "pins.txt")),
        capture_output=True,
        text=True,
        check=False,
    )

    assert refused.returncode != 0
    assert "DO NOT MATCH THE HASHES" in refused.stderr
