"""Files of this package on this machine, and the lock of a submission."""

from __future__ import annotations

import os
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from pulumi_smssign.contract import lifeline
from pulumi_smssign.core import storage
from pulumi_smssign.model.errors import InterruptedRunError


def test_a_file_is_read_as_it_was_written_and_is_its_users_alone(tmp_path: Path) -> None:
    file = tmp_path / "journal" / "entry.json"
    storage.write(file, {"text": "极客", "count": 1})
    assert storage.read(file) == {"text": "极客", "count": 1}
    assert (file.parent.stat().st_mode & 0o777, file.stat().st_mode & 0o777) == (0o700, 0o600)


def test_a_file_that_can_not_be_written_is_as_it_was_and_leaves_no_draft(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "entry.json"
    storage.write(file, {"state": "begun"})

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space left"):
        storage.write(file, {"state": "answered"})
    assert storage.read(file) == {"state": "begun"}
    assert list(tmp_path.iterdir()) == [file]


def test_a_folder_that_can_not_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "a file").touch()
    with pytest.raises(OSError, match=r"a file"):
        storage.write(tmp_path / "a file" / "entry.json", {})


@pytest.mark.parametrize("content", [b"", b"{", b"[1]", b"7", b"\xff\xfe{", b"[" * 100_000])
def test_a_file_that_is_no_object_is_empty(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "odd").write_bytes(content)
    assert storage.read(tmp_path / "odd") == {}


def test_a_file_that_is_not_there_is_empty_and_can_be_removed(tmp_path: Path) -> None:
    assert storage.read(tmp_path / "none") == {}
    storage.remove(tmp_path / "none")
    (tmp_path / "one").touch()
    storage.remove(tmp_path / "one")
    assert not (tmp_path / "one").exists()


def test_the_files_of_a_folder_are_those_that_are_whole(tmp_path: Path) -> None:
    for name in ("b.json", "a.json", ".a.json.x1"):
        (tmp_path / name).touch()
    assert [file.name for file in storage.files(tmp_path)] == ["a.json", "b.json"]
    assert storage.files(tmp_path / "none") == ()


def test_they_lie_beside_pulumis_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PULUMI_HOME", str(tmp_path))
    assert storage.home() == tmp_path / "smssign"
    monkeypatch.setenv("PULUMI_HOME", "")
    assert storage.home() == Path.home() / ".pulumi" / "smssign"


def test_one_text_is_submitted_by_one_at_a_time(tmp_path: Path) -> None:
    inside: list[str] = []
    is_in, may_leave = threading.Event(), threading.Event()

    def first() -> None:
        with storage.lock(tmp_path, "ab1"):
            is_in.set()
            assert may_leave.wait(5)
            inside.append("first")

    def second(key: str) -> None:
        with storage.lock(tmp_path, key):
            inside.append(key)

    with ThreadPoolExecutor() as pool:
        running = [pool.submit(first)]
        assert is_in.wait(5)
        pool.submit(second, "cd1").result(5)
        running.append(pool.submit(second, "ab2"))
        may_leave.set()
    for each in running:
        each.result()
    assert inside == ["cd1", "first", "ab2"]
    assert {file.name for file in tmp_path.iterdir()} == {"ab.lock", "cd.lock"}


def test_who_waits_for_a_turn_hears_of_ctrl_c(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cancelled = threading.Event()
    monkeypatch.setattr(lifeline, "cancelled", cancelled)
    with storage.lock(tmp_path, "ab"):
        cancelled.set()
        with (
            pytest.raises(InterruptedRunError, match="before its turn to submit"),
            storage.lock(tmp_path, "ab"),
        ):
            pytest.fail("both have the lock")


def test_where_no_lock_can_be_had_it_goes_on_without(tmp_path: Path) -> None:
    (tmp_path / "a file").touch()
    entered = False
    with storage.lock(tmp_path / "a file", "ab"):
        entered = True
    assert entered


def test_folders_are_the_users_alone_whatever_the_umask(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PULUMI_HOME", str(tmp_path / "some" / "home"))
    folder = storage.home() / "journal"
    before = os.umask(0)
    try:
        storage.write(folder / "entry.json", {})
        with storage.lock(storage.home() / "locks", "ab"):
            pass
    finally:
        os.umask(before)
    made = (tmp_path / "some", tmp_path / "some" / "home", storage.home(), folder)
    assert [each.stat().st_mode & 0o777 for each in made] == [0o700] * 4

    # One that an earlier version made so is closed by the next write.
    for each in (storage.home(), folder):
        each.chmod(0o777)
    storage.write(folder / "entry.json", {})
    assert [each.stat().st_mode & 0o777 for each in made] == [0o700] * 4


def test_a_draft_lies_beside_its_file_and_is_no_file_of_the_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A rename from another file system would be no single step."""
    names: list[list[str]] = []
    monkeypatch.setattr(
        "os.fsync", lambda _: names.append([each.name for each in (tmp_path / "a").iterdir()])
    )
    storage.write(tmp_path / "a" / "entry.json", {"text": "极客"})
    (draft,), (whole,) = names
    assert draft.startswith(".entry.json.")
    assert whole == "entry.json"
    assert (tmp_path / "a" / "entry.json").read_text("utf-8") == '{"text": "极客"}'


@pytest.mark.parametrize(("size", "is_read"), [(1 << 20, True), ((1 << 20) + 1, False)])
def test_a_file_of_more_than_a_mebibyte_is_none_of_ours(
    tmp_path: Path, size: int, is_read: bool
) -> None:
    (tmp_path / "large").write_text('{"a": "' + "x" * (size - 9) + '"}', "utf-8")
    assert bool(storage.read(tmp_path / "large")) is is_read
