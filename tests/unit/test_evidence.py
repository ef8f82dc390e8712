from __future__ import annotations

import hashlib
from pathlib import Path

import pulumi
import pytest

from pulumi_smssign import evidence
from pulumi_smssign.errors import EvidenceError
from tests.images import jpeg, png


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
    assert evidence.describe(file)["media_type"] == evidence.UNRECOGNISED


def test_a_pulumi_file_asset_names_a_file_too(tmp_path: Path) -> None:
    file = tmp_path / "licence.png"
    file.write_bytes(png())
    assert evidence.describe(pulumi.FileAsset(str(file))) == evidence.describe(str(file))


def test_a_large_file_is_described_whole(tmp_path: Path) -> None:
    content = png(padding=3 * 1024 * 1024)
    file = tmp_path / "large.png"
    file.write_bytes(content)
    description = evidence.describe(file)
    assert description["size"] == len(content)
    assert description["sha256"] == hashlib.sha256(content).hexdigest()


def test_what_cannot_be_read_is_described_with_its_problem(tmp_path: Path) -> None:
    missing = tmp_path / "missing.png"
    assert evidence.describe(missing) == {"path": str(missing), "problem": "does not exist"}
    assert evidence.describe(tmp_path)["problem"] == "is a directory"


def test_an_unchanged_file_is_read(tmp_path: Path) -> None:
    file = tmp_path / "licence.png"
    file.write_bytes(png())
    assert evidence.read(str(file), evidence.describe(file)["sha256"]) == png()


def test_a_file_that_has_changed_is_not_read(tmp_path: Path) -> None:
    file = tmp_path / "licence.png"
    file.write_bytes(png())
    digest = evidence.describe(file)["sha256"]
    file.write_bytes(png(1))
    with pytest.raises(EvidenceError, match=r"licence\.png has changed since the preview"):
        evidence.read(str(file), digest)


def test_a_file_that_has_gone_is_named(tmp_path: Path) -> None:
    with pytest.raises(EvidenceError, match=r"gone\.png does not exist"):
        evidence.read(str(tmp_path / "gone.png"), "0" * 64)
