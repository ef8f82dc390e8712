"""What a preview announced binds the run that it was made for, and no other."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from pulumi_smssign.engine.announcements import Announcements
from pulumi_smssign.model.errors import EvidenceError, ReviewMovedError
from pulumi_smssign.model.decide import Decision, Replace, Resubmit
from pulumi_smssign.model.review import Review
from pulumi_smssign.model.vocabulary import Status

URN = "urn:brand"
LOSS = Replace(delete_first=True, loses=True)
ORDERLY = Replace(delete_first=False)
APPROVED = Review("7", "云杉示例", Status.APPROVED, "0")
PENDING = Review("7", "云杉示例", Status.PENDING, "1")


def licence(content: str) -> dict[str, object]:
    digest = hashlib.sha256(content.encode()).hexdigest()
    return {"licence": {"path": "a.png", "sha256": digest, "type": "png", "size": 3}}


@pytest.fixture
def notes(tmp_path: Path) -> Announcements:
    return Announcements(tmp_path / "run")


def test_what_was_announced_may_be_done(notes: Announcements) -> None:
    notes.announce(URN, LOSS, APPROVED)
    notes.hold_to(URN, LOSS, APPROVED)
    notes.hold_to_loss(URN, LOSS, APPROVED)


@pytest.mark.parametrize(
    ("said", "of"),
    [(Resubmit(), PENDING), (ORDERLY, APPROVED), (LOSS, Review("8", "", Status.APPROVED, "0"))],
    ids=["in place", "in order", "another signature"],
)
def test_a_run_that_would_do_something_else_is_held(
    notes: Announcements, said: Decision, of: Review
) -> None:
    notes.announce(URN, said, of)
    with pytest.raises(ReviewMovedError, match="something else now than the preview said"):
        notes.hold_to(URN, LOSS, APPROVED)


def test_a_loss_that_was_announced_of_another_status_is_held(notes: Announcements) -> None:
    notes.announce(URN, LOSS, PENDING)
    notes.hold_to(URN, LOSS, APPROVED)
    with pytest.raises(ReviewMovedError, match="APPROVED and would be deleted first"):
        notes.hold_to_loss(URN, LOSS, APPROVED)


def test_a_loss_that_nobody_announced_is_held_and_both_ways_out_are_said(
    notes: Announcements,
) -> None:
    notes.hold_to(URN, LOSS, APPROVED)
    with pytest.raises(ReviewMovedError, match="no preview of this run has announced it") as held:
        notes.hold_to_loss(URN, LOSS, APPROVED)
    assert "without --skip-preview" in held.value.advice
    assert "delete_before_replace=True" in held.value.advice


def test_where_the_run_cannot_be_told_nothing_is_announced() -> None:
    notes = Announcements(None)
    notes.announce(URN, LOSS, APPROVED)
    with pytest.raises(ReviewMovedError):
        notes.hold_to_loss(URN, LOSS, APPROVED)


def test_a_proof_file_has_to_stay_what_the_preview_examined(notes: Announcements) -> None:
    notes.announce_files(URN, licence("one"))
    notes.hold_to_files(URN, licence("one"))
    with pytest.raises(EvidenceError):
        notes.hold_to_files(URN, licence("other"))


@pytest.mark.parametrize(
    "damage",
    [
        lambda _said: "",
        lambda _said: '{"at": "x"}',
        lambda _said: '{"decision": {"kind": "Replace-first"}, "files": 3}',
        lambda said: said[: len(said) // 2],
        lambda said: json.dumps([json.loads(said)]),
    ],
    ids=["empty", "an older form", "parts of the wrong kind", "cut", "a list"],
)
def test_a_note_that_cannot_be_read_promises_nothing(
    tmp_path: Path, damage: Callable[[str], str]
) -> None:
    notes = Announcements(tmp_path)
    notes.announce(URN, LOSS, APPROVED)
    notes.announce_files(URN, licence("one"))
    (file,) = tmp_path.iterdir()
    file.write_text(damage(file.read_text("utf-8")), "utf-8")
    notes.hold_to(URN, Resubmit(), PENDING)
    notes.hold_to_files(URN, licence("other"))
    with pytest.raises(ReviewMovedError):
        notes.hold_to_loss(URN, LOSS, APPROVED)
