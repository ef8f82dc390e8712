"""Files that are opened, and texts that are read, without waiting and within a bound."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from pulumi_smssign.contract.files import NotRegularError, home, opened, read_text


@pytest.mark.parametrize("set_to", ["", None])
def test_home_is_beside_the_files_of_pulumi(
    set_to: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PULUMI_HOME", str(tmp_path))
    assert home() == tmp_path / "smssign"
    if set_to is None:
        monkeypatch.delenv("PULUMI_HOME")
    else:
        monkeypatch.setenv("PULUMI_HOME", set_to)
    monkeypatch.setenv("HOME", str(tmp_path / "user"))
    assert home() == tmp_path / "user" / ".pulumi" / "smssign"


def test_a_text_is_read_up_to_its_longest(tmp_path: Path) -> None:
    file = tmp_path / "text"
    for text in ("", "云a", "云ab"):
        file.write_text(text, "utf-8")
        assert read_text(file, 5) == text
    file.write_text("云abc", "utf-8")
    with pytest.raises(ValueError, match=r"^it has more than 5 bytes$"):
        read_text(file, 5)
    file.write_bytes(b"\xff")
    with pytest.raises(UnicodeDecodeError):
        read_text(file, 5)


@pytest.mark.timeout(20)
def test_what_is_no_regular_file_is_an_error_of_its_own(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(NotRegularError) as irregular:
        opened(tmp_path / "pipe")
    assert irregular.value.errno == errno.EINVAL
    assert irregular.value.strerror == "it is not a regular file"
    for folder in (tmp_path, ""):
        with pytest.raises(OSError, match=r"^\[Errno") as caught:
            opened(folder)
        assert type(caught.value) is (IsADirectoryError if folder else FileNotFoundError)
        assert caught.value.errno == (errno.EISDIR if folder else errno.ENOENT)
        assert caught.value.strerror == os.strerror(caught.value.errno)
