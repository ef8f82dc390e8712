"""The marks of interrupted writes: kept before a write, found by the next run, never trusted."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from pulumi_smssign.model.durations import now
from pulumi_smssign.engine import marks, runs
from pulumi_smssign.engine.marks import LASTS, LEFT_BEHIND, Mark, Marks
from pulumi_smssign.model.review import SHOWN_AFTER

MARK = Mark("urn:brand", "account-1f2e", "key-1", {"sign_name": "d-1"})
WHAT = ("urn:brand", "account-1f2e", "key-1")


def test_the_next_run_finds_what_this_one_was_about_to_send(tmp_path: Path) -> None:
    Marks(tmp_path).keep(MARK)
    assert Marks(tmp_path).find(*WHAT) == MARK


@pytest.mark.parametrize("part", range(3), ids=["another resource", "another account", "another"])
def test_a_mark_is_of_one_resource_and_one_write(tmp_path: Path, part: int) -> None:
    marks = Marks(tmp_path)
    marks.keep(MARK)
    asked = list(WHAT)
    asked[part] += "x"
    assert marks.find(*asked) is None


def test_what_is_cleared_is_forgotten_and_leaves_no_file(tmp_path: Path) -> None:
    marks = Marks(tmp_path)
    marks.keep(MARK)
    marks.clear(*WHAT)
    assert marks.find(*WHAT) is None
    assert list(tmp_path.iterdir()) == []


def test_a_mark_grows_old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    marks = Marks(tmp_path)
    marks.keep(MARK)
    monkeypatch.setattr("pulumi_smssign.engine.marks.seconds_since", lambda _moment: LASTS + 1)
    assert marks.find(*WHAT) is None


@pytest.mark.parametrize(
    "content", ["", "{", "[]", "{}", '{"fields": 3}', "[" * 100_000], ids=range(6)
)
def test_a_mark_that_cannot_be_read_promises_nothing(tmp_path: Path, content: str) -> None:
    Marks(tmp_path).keep(MARK)
    (file,) = tmp_path.iterdir()
    file.write_text(content, encoding="utf-8")
    assert Marks(tmp_path).find(*WHAT) is None


def test_a_mark_of_something_else_under_the_same_name_promises_nothing(tmp_path: Path) -> None:
    Marks(tmp_path).keep(MARK)
    (file,) = tmp_path.iterdir()
    file.write_text(json.dumps({**json.loads(file.read_text("utf-8")), "urn": "x"}), "utf-8")
    assert Marks(tmp_path).find(*WHAT) is None


def test_a_folder_that_cannot_be_written_stops_nobody(tmp_path: Path) -> None:
    (tmp_path / "a file").touch()
    marks = Marks(tmp_path / "a file")
    marks.keep(MARK)
    assert marks.find(*WHAT) is None


def test_a_mark_is_for_its_user_alone(tmp_path: Path) -> None:
    folder = tmp_path / "marks"
    Marks(folder).keep(MARK)
    (file,) = folder.iterdir()
    assert (folder.stat().st_mode & 0o777, file.stat().st_mode & 0o777) == (0o700, 0o600)


def test_another_resource_sees_what_has_just_been_begun(tmp_path: Path) -> None:
    late = Marks(tmp_path)
    assert late.begun_elsewhere(["urn:other"], *WHAT[1:]) is None
    Marks(tmp_path).keep(MARK)
    begun = late.begun_elsewhere(["urn:other"], *WHAT[1:])
    assert begun is not None
    assert begun.urn == "urn:brand"
    assert begun.ago < SHOWN_AFTER
    assert late.begun_elsewhere([WHAT[0]], *WHAT[1:]) is None
    assert late.begun_elsewhere(["urn:other"], "account-other", "key-1") is None
    assert late.begun_elsewhere(["urn:other"], "account-1f2e", "key-2") is None


def test_another_vendors_signature_of_the_same_text_is_another_one(tmp_path: Path) -> None:
    """In a sandbox the accounts of all vendors have one origin."""
    types = ("dynamic/smssign:YunpianSignature", "dynamic/smssign:AlibabaSignature")
    yunpian, alibaba = (f"urn:pulumi:dev::shop::{kind}::brand" for kind in types)
    nested = f"urn:pulumi:prod::shop::my:Brand${types[0]}::other"
    Marks(tmp_path).keep(replace(MARK, urn=yunpian))
    assert Marks(tmp_path).begun_elsewhere([alibaba], *WHAT[1:]) is None
    assert Marks(tmp_path).begun_elsewhere([nested], *WHAT[1:]) is not None


def test_what_was_begun_long_ago_is_shown_by_the_vendor(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Marks(tmp_path).keep(MARK)
    monkeypatch.setattr(marks, "seconds_since", lambda _: SHOWN_AFTER + 1)
    assert Marks(tmp_path).begun_elsewhere(["urn:other"], *WHAT[1:]) is None


def test_what_state_has_needs_no_mark_but_what_was_submitted_since_does(tmp_path: Path) -> None:
    before = now()
    marks = Marks(tmp_path)
    marks.keep(MARK)
    marks.settle(*WHAT, before)
    assert marks.find(*WHAT) == MARK
    marks.settle(*WHAT, now())
    assert marks.find(*WHAT) is None
    marks.keep(MARK)
    marks.settle(*WHAT, "")
    assert marks.find(*WHAT) is None


def test_what_a_resource_has_begun_under_other_keys_is_told_for_a_day(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = replace(MARK, what="key-2", unique={"sign_name": "极客"})
    for mark in (MARK, left, replace(left, urn="urn:other"), replace(left, origin="other")):
        Marks(tmp_path).keep(mark)
    assert Marks(tmp_path).left_by(*WHAT) == (left,)
    assert Marks(tmp_path).left_by(*WHAT, "key-2") == ()
    monkeypatch.setattr(marks, "seconds_since", lambda _: LEFT_BEHIND + 1)
    assert Marks(tmp_path).left_by(*WHAT) == ()


def test_of_many_marks_only_those_are_read_that_may_be_meant(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = Marks(tmp_path)
    for number in range(20):
        kept.keep(Mark(f"urn:{number}", "account-1f2e", f"key-{number}", {}, {"sign_name": "x"}))
    read: list[Path] = []
    original = runs.read

    def noted(file: Path) -> dict[str, object]:
        read.append(file)
        return original(file)

    monkeypatch.setattr(runs, "read", noted)
    (left,) = kept.left_by("urn:7", "account-1f2e")
    assert left.what == "key-7"
    assert kept.begun_elsewhere(["urn:other"], "account-1f2e", "key-3") is not None
    assert kept.begun_elsewhere(["urn:other"], "account-1f2e", "key-99") is None
    assert len(read) == 2
