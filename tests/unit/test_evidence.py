from __future__ import annotations

import hashlib
import importlib
import os
from pathlib import Path

import pulumi
import pytest

from pulumi_smssign.contract import evidence
from pulumi_smssign.contract.application import examine
from pulumi_smssign.contract.file_types import UNRECOGNISED
from pulumi_smssign.core.registry import VENDORS, named
from pulumi_smssign.model.errors import EvidenceError
from pulumi_smssign.signature import _described
from tests.images import jpeg, png


def read_as_described(file: Path, described: evidence.Description) -> bytes:
    return evidence.read(str(file), described["sha256"], described["size"])


def test_a_picture_is_described_by_its_content(tmp_path: Path) -> None:
    file = tmp_path / "licence.png"
    file.write_bytes(png())
    assert evidence.describe(file) == {
        "path": str(file),
        "sha256": hashlib.sha256(png()).hexdigest(),
        "media_type": "image/png",
        "size": len(png()),
    }


def test_the_type_is_that_of_the_bytes_not_of_the_name(tmp_path: Path) -> None:
    file = tmp_path / "licence.png"
    file.write_bytes(jpeg())
    assert evidence.describe(file)["media_type"] == "image/jpeg"
    file.write_text("not a picture", encoding="utf-8")
    assert evidence.describe(file)["media_type"] == UNRECOGNISED


def test_a_pulumi_file_asset_names_a_file_too(tmp_path: Path) -> None:
    file = tmp_path / "licence.png"
    file.write_bytes(png())
    assert _described("proof", pulumi.FileAsset(str(file))) == evidence.describe(str(file))


def test_a_large_file_is_described_whole(tmp_path: Path) -> None:
    content = png(padding=3 * 1024 * 1024)
    file = tmp_path / "large.png"
    file.write_bytes(content)
    description = evidence.describe(file)
    assert description["size"] == len(content)
    assert description["sha256"] == hashlib.sha256(content).hexdigest()


def test_unreadable_file_is_described_with_its_problem(tmp_path: Path) -> None:
    missing = tmp_path / "missing.png"
    assert evidence.describe(missing) == {"path": str(missing), "problem": "does not exist"}
    assert evidence.describe(tmp_path)["problem"] == "is a directory"
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    assert "can't be read" in evidence.describe(tmp_path / "loop")["problem"]
    assert "can't be read" in evidence.describe("long" * 2000)["problem"]


def test_a_relative_path_that_leads_nowhere_is_told_with_the_folder_that_it_begins_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "plain").touch()
    for path in ("evidence/gone.png", "", "plain/gone.png"):
        problem = f"does not exist in {tmp_path}"
        assert evidence.describe(path) == {"path": path, "problem": problem}
    gone = tmp_path / "folder"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    assert "does not exist in" in evidence.describe("licence.png")["problem"]


def test_bad_path_is_described_with_its_problem() -> None:
    assert "NUL character" in evidence.describe("licence\0.png")["problem"]
    for half in ("\udcff.png", "\ud800.png"):
        described = evidence.describe(half)
        assert "no text in UTF-8" in described["problem"]
        assert described["path"] == "?.png"


@pytest.mark.timeout(20)
def test_endless_file_is_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fifo")
    (tmp_path / "link").symlink_to("/dev/zero")
    for endless in (tmp_path / "fifo", "/dev/zero", "/dev/tty", tmp_path / "link"):
        assert evidence.describe(endless)["problem"] == "is not a regular file"
        with pytest.raises(EvidenceError, match="is not a regular file"):
            evidence.read(str(endless), "0" * 64, 0)


@pytest.mark.timeout(20)
def test_a_pipe_that_takes_the_file_s_place_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, fifo = tmp_path / "licence.png", tmp_path / "fifo"
    file.write_bytes(png())
    os.mkfifo(fifo)
    regular = file.stat()
    monkeypatch.setattr(os, "stat", lambda _path: regular)
    assert evidence.describe(fifo)["problem"] == "is not a regular file"


@pytest.mark.timeout(20)
def test_of_a_file_larger_than_any_vendor_takes_no_more_is_read_than_that(tmp_path: Path) -> None:
    huge = tmp_path / "huge.png"
    huge.write_bytes(png())
    os.truncate(huge, 10 << 30)
    assert evidence.describe(huge) == {
        "path": str(huge),
        "sha256": "",
        "media_type": "image/png",
        "size": 10 << 30,
    }
    os.truncate(huge, evidence.LARGEST)
    assert evidence.describe(huge)["size"] == evidence.LARGEST
    assert evidence.describe(huge)["sha256"]


@pytest.mark.parametrize("vendor", VENDORS)
def test_no_vendor_takes_a_file_that_is_not_read_whole(vendor: str, tmp_path: Path) -> None:
    huge = tmp_path / "huge.png"
    huge.write_bytes(png())
    os.truncate(huge, evidence.LARGEST + 1)
    described = evidence.describe(huge)
    model = named(vendor).application
    for name in importlib.import_module(f"pulumi_smssign.{vendor}").Signature._evidence:
        reasons = [
            problem.reason
            for value in (described, [described])
            for problem in examine(model, {name: value}, frozenset()).problems
            if problem.property.startswith(name)
        ]
        assert any("MiB; at most" in reason for reason in reasons), reasons


def test_an_unchanged_file_is_read(tmp_path: Path) -> None:
    file = tmp_path / "licence.png"
    file.write_bytes(png())
    assert read_as_described(file, evidence.describe(file)) == png()


def test_a_file_that_has_changed_is_not_read(tmp_path: Path) -> None:
    file = tmp_path / "licence.png"
    file.write_bytes(png())
    described = evidence.describe(file)
    for other in (png(1), b"", png() + b" "):
        file.write_bytes(other)
        with pytest.raises(EvidenceError, match=r"licence\.png has changed since the preview"):
            read_as_described(file, described)


def test_a_file_of_another_size_is_not_even_read(tmp_path: Path) -> None:
    file = tmp_path / "licence.png"
    file.write_bytes(png())
    described = evidence.describe(file)
    os.truncate(file, 1 << 40)
    with pytest.raises(EvidenceError, match="has changed"):
        read_as_described(file, described)


def test_a_file_that_has_gone_is_named(tmp_path: Path) -> None:
    with pytest.raises(EvidenceError, match=r"gone\.png does not exist"):
        evidence.read(str(tmp_path / "gone.png"), "0" * 64, 7)
