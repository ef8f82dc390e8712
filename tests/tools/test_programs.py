"""The engines that will do: `tools.engine.programs`."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.tools.conftest import FakeEngine, Write
from tools.engine.programs import (
    CLI,
    OLDEST,
    PROGRAMS,
    NotThisWayError,
    Version,
    engine_on_path,
    missing_from,
)


@pytest.mark.parametrize("text", ["v3.250.0", "3.250.0", "v3.250.0-alpha.1+dirty"])
def test_version_is_read_without_its_marks(text: str) -> None:
    assert Version.parse(text) == Version(3, 250, 0)


def test_versions_are_compared_as_numbers() -> None:
    assert Version.parse("3.99.0") < Version.parse("3.225.0")


def test_text_that_is_no_version_is_refused() -> None:
    with pytest.raises(ValueError, match="latest"):
        Version.parse("latest")


def test_engine_on_path_is_taken(
    tmp_path: Path, fake_engine: FakeEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(fake_engine(tmp_path, "3.290.1")))

    assert engine_on_path() == (tmp_path, Version(3, 290, 1))


def test_oldest_engine_on_path_is_taken(
    tmp_path: Path, fake_engine: FakeEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(fake_engine(tmp_path, str(OLDEST))))

    assert engine_on_path() == (tmp_path, OLDEST)


def test_helpers_may_be_elsewhere_on_path(
    tmp_path: Path, fake_engine: FakeEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    helpers = fake_engine(tmp_path / "helpers")
    cli = tmp_path / "cli"
    cli.mkdir()
    (helpers / CLI).rename(cli / CLI)
    monkeypatch.setenv("PATH", f"{cli}{os.pathsep}{helpers}")

    assert engine_on_path()[0] == cli


def test_folder_of_links_is_taken_as_it_is(
    tmp_path: Path, fake_engine: FakeEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    links = tmp_path / "links"
    links.mkdir()
    for name in PROGRAMS:
        (links / name).symlink_to(fake_engine(tmp_path / "apart" / name) / name)
    monkeypatch.setenv("PATH", str(links))

    assert engine_on_path()[0] == links


def test_no_pulumi_on_path_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(NotThisWayError, match="no `pulumi` on PATH"):
        engine_on_path()


@pytest.mark.parametrize("version", ["3.273.9", "2.300.0"])
def test_engine_that_is_too_old_is_passed_over(
    version: str, tmp_path: Path, fake_engine: FakeEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(fake_engine(tmp_path, version)))

    with pytest.raises(NotThisWayError, match=rf"is {version} and {OLDEST} is needed"):
        engine_on_path()


def test_engine_of_another_major_version_is_passed_over(
    tmp_path: Path, fake_engine: FakeEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(fake_engine(tmp_path, "4.0.0")))

    with pytest.raises(NotThisWayError, match=r"is 4\.0\.0 and its SDK here is 3\.x"):
        engine_on_path()


@pytest.mark.parametrize("helper", [name for name in PROGRAMS if name != CLI])
def test_engine_without_a_helper_is_passed_over(
    helper: str, tmp_path: Path, fake_engine: FakeEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    (fake_engine(tmp_path) / helper).unlink()
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(NotThisWayError, match=f"comes without {helper}$"):
        engine_on_path()


def test_engine_that_tells_no_version_is_passed_over(
    tmp_path: Path, fake_engine: FakeEngine, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(fake_engine(tmp_path), CLI, "echo not today; exit 1")
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(NotThisWayError, match="does not tell its version"):
        engine_on_path()


def test_engine_of_another_platform_is_passed_over(
    tmp_path: Path, fake_engine: FakeEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    (fake_engine(tmp_path) / CLI).write_bytes(b"\x7fELF\0\0\0\0")
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(NotThisWayError, match="does not run here"):
        engine_on_path()


def test_empty_program_counts_as_missing(tmp_path: Path, fake_engine: FakeEngine) -> None:
    (fake_engine(tmp_path) / CLI).write_bytes(b"")

    assert missing_from(tmp_path) == [CLI]


def test_whole_engine_misses_nothing(tmp_path: Path, fake_engine: FakeEngine) -> None:
    assert missing_from(fake_engine(tmp_path)) == []
