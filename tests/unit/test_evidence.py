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


def test_the_type_is_told_by_the_first_64_kib(tmp_path: Path) -> None:
    file = tmp_path / "licence.ofd"
    for size, kind in ((1 << 16, "application/ofd"), ((1 << 16) + 1, "application/zip")):
        file.write_bytes(b"PK\x03\x04".ljust(size - 7, b"\0") + b"OFD.xml")
        assert evidence.describe(file)["media_type"] == kind


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
    for path, why in (
        (tmp_path / "loop", "Too many levels of symbolic links"),
        ("long" * 2000, "File name too long"),
    ):
        assert evidence.describe(path) == {"path": str(path), "problem": f"can't be read ({why})"}


@pytest.mark.parametrize(
    ("error", "why"),
    [
        (PermissionError(13, "Permission denied"), "may not be read"),
        (OSError(5, "Input/output error"), "can't be read (Input/output error)"),
        (TimeoutError(), "can't be read (TimeoutError)"),
    ],
)
def test_what_a_disk_says_is_told(
    error: OSError, why: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_path: str) -> os.stat_result:
        raise error

    with monkeypatch.context() as patch:
        patch.setattr(os, "stat", fail)
        described = evidence.describe("a.png")
        with pytest.raises(EvidenceError) as caught:
            evidence.read("a.png", "0" * 64, 1)
    assert described == {"path": "a.png", "problem": why}
    assert caught.value.summary == f"the proof file a.png {why}"
    assert caught.value.advice == (
        "put the file back, or name another one, and run `pulumi up` again."
    )


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
    problem = "does not exist in a folder that is gone"
    assert evidence.describe("licence.png") == {"path": "licence.png", "problem": problem}
    odd = tmp_path / os.fsdecode(b"gr\xfcn")
    odd.mkdir()
    monkeypatch.chdir(odd)
    assert evidence.describe("x.png")["problem"] == f"does not exist in {tmp_path}/gr?n"


def test_bad_path_is_described_with_its_problem() -> None:
    nul = "can't be a file: its path has a NUL character"
    assert evidence.describe("licence\0.png") == {"path": "licence\0.png", "problem": nul}
    for half in ("\udcff.png", "\ud800.png"):
        problem = "has a name that is no text in UTF-8"
        assert evidence.describe(half) == {"path": "?.png", "problem": problem}


@pytest.mark.parametrize(
    ("value", "is_one"),
    [
        ({"path": "a", "sha256": ""}, True),
        ({"path": "a", "problem": ""}, True),
        ({"path": "a"}, False),
        ({"sha256": "", "problem": ""}, False),
        ("path sha256", False),
        (["path", "sha256"], False),
        (None, False),
    ],
)
def test_a_description_has_a_path_and_a_digest_or_a_problem(value: object, is_one: bool) -> None:
    assert evidence.is_description(value) is is_one


def test_flaws_are_those_of_a_file_that_was_described(tmp_path: Path) -> None:
    file = tmp_path / "licence.gif"
    file.write_bytes(b"GIF89a" + bytes((90, 0, 60, 0)))
    (flaw,) = evidence.flaws_of(evidence.describe(file))
    assert flaw.startswith("has 90 x 60 pixels")
    file.write_bytes(png())
    assert evidence.flaws_of(evidence.describe(file)) == ()
    for unknown in ({}, {"sha256": ""}, {"sha256": "0" * 64}):
        assert evidence.flaws_of(unknown) == ()


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
    largest = 12 * 1024 * 1024
    for size, is_read in ((largest, True), (largest + 1, False)):
        os.truncate(huge, size)
        assert evidence.describe(huge)["size"] == size
        assert bool(evidence.describe(huge)["sha256"]) is is_read


def test_a_file_that_grows_while_it_is_examined_is_not_taken_for_a_smaller_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "licence.png"
    file.write_bytes(png())
    before = file.stat()
    os.truncate(file, 12 * 1024 * 1024 + 1)
    with monkeypatch.context() as patch:
        patch.setattr(os, "fstat", lambda _descriptor: before)
        described = evidence.describe(file)
    assert (described["size"], described["sha256"]) == (12 * 1024 * 1024 + 1, "")


@pytest.mark.parametrize("vendor", VENDORS)
def test_no_vendor_takes_a_file_that_is_not_read_whole(vendor: str, tmp_path: Path) -> None:
    huge = tmp_path / "huge.png"
    huge.write_bytes(png())
    os.truncate(huge, evidence.LARGEST + 1)
    described = evidence.describe(huge)
    model = named(vendor).application
    for name in importlib.import_module(f"pulumi_smssign.{vendor}").Signature._interface().evidence:
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
    for other in (png(1), b"", png() + b" ", png()[:-1] + b" "):
        file.write_bytes(other)
        with pytest.raises(EvidenceError) as caught:
            read_as_described(file, described)
        assert caught.value.summary == (
            f"the proof file {file} has changed since the preview examined it; nothing was sent"
        )
        assert caught.value.advice == (
            "run `pulumi up` again, so that the preview shows what will be submitted."
        )


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
