"""A run is held to what its preview said."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

import pytest

from pulumi_smssign import promises
from pulumi_smssign.errors import EvidenceError, ReviewMovedError
from pulumi_smssign.lifecycle import Decision, Replace, Resubmit

URN = "urn:pulumi:dev::test::pulumi-python:dynamic/smssign:TencentSignature::brand"
ONE = {"proof": {"path": "proof.png", "sha256": "1" * 64}, "name": "极客"}
OTHER = {"proof": {"path": "proof.png", "sha256": "2" * 64}, "name": "极客"}


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PULUMI_HOME", str(tmp_path))
    return tmp_path


def notes(home: Path) -> list[Path]:
    return list(home.glob("smssign/*"))


def test_the_same_file_is_fine() -> None:
    promises.evidence(URN, ONE, preview=True)
    promises.evidence(URN, ONE, preview=False)


def test_another_file_than_in_the_preview_is_named_once() -> None:
    promises.evidence(URN, ONE, preview=True)
    with pytest.raises(EvidenceError, match=r"proof\.png has changed since the preview"):
        promises.evidence(URN, OTHER, preview=False)
    promises.evidence(URN, OTHER, preview=False)


def test_a_new_preview_promises_anew() -> None:
    promises.evidence(URN, ONE, preview=True)
    promises.evidence(URN, OTHER, preview=True)
    promises.evidence(URN, OTHER, preview=False)


@pytest.mark.parametrize(
    ("said", "made"),
    [
        (Resubmit(), Replace(delete_first=False)),
        (Resubmit(), Replace(delete_first=True)),
        (Replace(delete_first=False), Replace(delete_first=True)),
        (Replace(delete_first=True), Resubmit()),
    ],
    ids=str,
)
def test_a_change_that_would_do_something_else_now_is_stopped(
    said: Decision, made: Decision
) -> None:
    promises.decision(URN, said, preview=True)
    with pytest.raises(ReviewMovedError, match="something else now than the preview said"):
        promises.decision(URN, made, preview=False)
    promises.decision(URN, made, preview=False)


def test_a_change_that_does_what_was_said_goes_on() -> None:
    promises.evidence(URN, ONE, preview=True)
    promises.decision(URN, Replace(delete_first=True, warning="one"), preview=True)
    promises.evidence(URN, ONE, preview=False)
    promises.decision(URN, Replace(delete_first=True, warning="other"), preview=False)


def test_a_replacement_is_checked_twice_and_still_promised() -> None:
    promises.evidence(URN, ONE, preview=True)
    promises.decision(URN, Replace(delete_first=False), preview=True)
    promises.evidence(URN, ONE, preview=True)
    with pytest.raises(ReviewMovedError):
        promises.decision(URN, Replace(delete_first=True), preview=False)


def test_an_earlier_previews_decision_is_none_of_this_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    promises.decision(URN, Replace(delete_first=False), preview=True)
    earlier = os.getpid()
    monkeypatch.setattr(os, "getpid", lambda: earlier + 1)
    promises.evidence(URN, ONE, preview=True)
    promises.decision(URN, Resubmit(), preview=False)


def test_without_a_preview_nothing_is_promised() -> None:
    promises.evidence(URN, ONE, preview=False)
    promises.decision(URN, Resubmit(), preview=False)


def test_a_note_is_forgotten_when_its_moment_has_come(home: Path) -> None:
    promises.evidence(URN, ONE, preview=True)
    promises.settle(URN, preview=True)
    assert len(notes(home)) == 1
    promises.settle(URN, preview=False)
    assert notes(home) == []


def test_an_old_or_damaged_note_promises_nothing(home: Path) -> None:
    promises.evidence(URN, ONE, preview=True)
    (note,) = notes(home)
    old = json.loads(note.read_text(encoding="utf-8")) | {"at": time.time() - 90_000}
    note.write_text(json.dumps(old), encoding="utf-8")
    promises.evidence(URN, OTHER, preview=False)
    note.write_text("{", encoding="utf-8")
    promises.evidence(URN, OTHER, preview=False)


def test_a_home_that_can_not_be_written_promises_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "file"
    file.touch()
    monkeypatch.setenv("PULUMI_HOME", str(file))
    promises.evidence(URN, ONE, preview=True)
    promises.evidence(URN, OTHER, preview=False)


def test_a_note_holds_digests_and_no_path_or_text(home: Path) -> None:
    promises.evidence(URN, ONE, preview=True)
    (note,) = notes(home)
    text = note.read_text(encoding="utf-8")
    assert "1" * 64 in text
    assert "proof.png" not in text
    assert "极客" not in text
