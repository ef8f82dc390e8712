"""The ways to make an engine: `tools.engine.makers`."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from typing import NoReturn
from urllib.error import URLError

import pytest
from pulumi.automation import PulumiCommand

from tests.tools.conftest import Write
from tools.engine import makers, official
from tools.engine.makers import ENGINE_VERSION, build, install, required
from tools.engine.programs import PROGRAMS, NotThisWayError, missing_from

SYSTEM = "/usr/bin:/bin"


def quiet(_text: str) -> None:
    pass


def test_build_gives_every_program(
    tmp_path: Path, fake_go: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", f"{fake_go}:{SYSTEM}")

    programs = build(tmp_path, quiet)

    assert sorted(path.name for path in programs.iterdir()) == sorted(PROGRAMS)
    assert missing_from(programs) == []


def test_build_stamps_the_version_and_keeps_to_its_modules(
    tmp_path: Path, fake_go: Path, go_log: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", f"{fake_go}:{SYSTEM}")

    build(tmp_path, quiet)

    cli, host, scripts = go_log.read_text("utf-8").splitlines()
    assert cli.startswith("off build -mod=readonly ")
    assert f"version.Version=v{ENGINE_VERSION} github.com/pulumi/pulumi/pkg/v3/cmd/" in cli
    assert host.startswith("off build -mod=readonly ")
    assert scripts.startswith("off list -mod=readonly ")


def test_build_says_how_long_each_part_took(
    tmp_path: Path, fake_go: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", f"{fake_go}:{SYSTEM}")
    said: list[str] = []

    build(tmp_path, said.append)

    assert f"pulumi {ENGINE_VERSION}: done in 0 s" in said


def test_build_without_go_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(NotThisWayError, match="there is no `go` to build it with"):
        build(tmp_path, quiet)


def test_build_that_fails_repeats_gos_words(
    tmp_path: Path, fake_go: Path, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(fake_go, "go", "echo 'go: go.mod requires go >= 1.25.11' >&2; exit 1")
    monkeypatch.setenv("PATH", f"{fake_go}:{SYSTEM}")

    with pytest.raises(NotThisWayError, match=r"build of pulumi .* requires go >= 1\.25\.11"):
        build(tmp_path, quiet)


def test_build_without_the_sdks_sources_repeats_gos_words(
    tmp_path: Path, fake_go: Path, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(fake_go, "go", "[ $1 = build ] || { echo no such module >&2; exit 1; }")
    monkeypatch.setenv("PATH", f"{fake_go}:{SYSTEM}")

    with pytest.raises(NotThisWayError, match=r"Go does not find .* \(no such module\)"):
        build(tmp_path, quiet)


def test_module_that_lacks_a_requirement_is_named() -> None:
    with pytest.raises(NotThisWayError, match="cli does not require example"):
        required("cli", "example")


def test_installer_is_run_for_the_engines_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "official.py").write_text(
        "import pathlib, sys\n"
        "root, version = sys.argv[1:]\n"
        "folder = pathlib.Path(root, 'bin')\n"
        "folder.mkdir(parents=True)\n"
        "(folder / 'version').write_text(version)\n",
        "utf-8",
    )
    monkeypatch.setattr(makers, "HERE", tmp_path)

    programs = install(tmp_path, quiet)

    assert (programs / "version").read_text("utf-8") == str(ENGINE_VERSION)


def test_installer_that_fails_is_quoted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "official.py").write_text("import sys; sys.exit('no route to host')", "utf-8")
    monkeypatch.setattr(makers, "HERE", tmp_path)

    with pytest.raises(NotThisWayError, match=r"^the official installer failed \(no route to"):
        install(tmp_path, quiet)


@pytest.mark.parametrize(
    ("failure", "words"),
    [
        (URLError("Name or service not known"), "Name or service not known"),
        (subprocess.CalledProcessError(1, "install.sh", b"curl: (22) 404\n"), "curl: (22) 404"),
    ],
)
def test_failure_of_the_installer_ends_its_program_with_its_words(
    failure: Exception, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(**_arguments: object) -> NoReturn:
        raise failure

    monkeypatch.setattr(PulumiCommand, "install", refuse)

    with pytest.raises(SystemExit, match=re.escape(words)):
        official.install(str(tmp_path), str(ENGINE_VERSION))
