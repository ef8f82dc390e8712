"""The rate limit that all processes of this user share: one file for an account's action."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest
from filelock import FileLock
from pyrate_limiter import Limiter, Rate
from pyrate_limiter.limiter import SingleBucketFactory

from pulumi_smssign.contract.shared_rate import SharedBucket

_ANOTHER = """
import sys, time
from pathlib import Path
from tests.unit.test_shared_rate import takes
taken = 0
until = time.time() + float(sys.argv[2])
while time.time() < until:
    taken += takes(Path(sys.argv[1]), rate=(2, 500))
    time.sleep(0.01)
print(taken)
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "smssign" / "rates" / "an-action"


def limiter(file: Path, rate: tuple[int, int] = (2, 60_000)) -> Limiter:
    return Limiter(SingleBucketFactory(SharedBucket(Rate(*rate), file), schedule_leak=False))


_limiters: dict[Path, Limiter] = {}


def takes(file: Path, rate: tuple[int, int]) -> bool:
    """Whether this process may make a call now."""
    return bool(_limiters.setdefault(file, limiter(file, rate)).try_acquire(blocking=False))


def may_call(limiter: Limiter) -> bool:
    return bool(limiter.try_acquire("AddSmsSign", blocking=False))


def test_two_processes_share_one_limit(file: Path) -> None:
    one, other = limiter(file), limiter(file)
    assert [may_call(one), may_call(other)] == [True, True]
    assert [may_call(one), may_call(other)] == [False, False]


def test_calls_of_two_real_processes_keep_to_the_limit(file: Path) -> None:
    begun = time.monotonic()
    processes = [
        subprocess.Popen(
            (sys.executable, "-c", _ANOTHER, str(file), "2"), stdout=subprocess.PIPE, text=True
        )
        for _ in range(2)
    ]
    taken = sum(int(process.communicate(timeout=60)[0]) for process in processes)
    assert 2 <= taken <= 2 * ((time.monotonic() - begun) / 0.5 + 1)


def test_room_comes_back_with_time(file: Path) -> None:
    one, other = limiter(file, (1, 50)), limiter(file, (1, 50))
    assert may_call(one)
    assert not may_call(other)
    time.sleep(0.06)
    assert may_call(other)


def test_nothing_is_written_before_the_first_call(file: Path) -> None:
    limiter(file)
    assert not file.parent.exists()


def test_the_file_is_the_users_own(file: Path) -> None:
    may_call(limiter(file))
    assert {path.stat().st_mode & 0o077 for path in (file, file.parent)} == {0}


@pytest.mark.parametrize("content", [b"", b"12 13 x", b"\xff\xfe", b"9" * 100_000])
def test_a_file_that_holds_something_else_stops_no_call(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True)
    file.write_bytes(content)
    one = limiter(file)
    assert [may_call(one), may_call(one), may_call(one)] == [True, True, False]


def test_a_call_of_a_clock_that_was_set_back_does_not_count(file: Path) -> None:
    file.parent.mkdir(parents=True)
    file.write_text(f"{(time.time() + 3600) * 1000:.0f}", "ascii")
    one = limiter(file)
    assert [may_call(one), may_call(one), may_call(one)] == [True, True, False]


def test_a_process_that_keeps_the_lock_holds_nobody_up(file: Path) -> None:
    file.parent.mkdir(parents=True)
    one = limiter(file)
    with FileLock(f"{file}.lock"):
        assert [may_call(one), may_call(one), may_call(one)] == [True, True, False]


def test_a_folder_that_can_not_be_made_stops_no_call(tmp_path: Path) -> None:
    (tmp_path / "home").touch()
    one = limiter(tmp_path / "home" / "smssign" / "rates" / "an-action")
    assert [may_call(one), may_call(one), may_call(one)] == [True, True, False]


def test_a_file_that_can_not_be_written_stops_no_call(file: Path) -> None:
    file.mkdir(parents=True)  # by nobody, not even by root
    one = limiter(file)
    assert [may_call(one), may_call(one), may_call(one)] == [True, True, False]
