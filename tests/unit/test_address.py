"""The token that the sandbox leaves for the command: this user's own plain file, and no other."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pulumi_smssign import address
from pulumi_smssign.address import SANDBOX_PORT, SANDBOX_URL, token_file, token_of


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file of port 8725, in a home of its own."""
    monkeypatch.setenv("PULUMI_HOME", str(tmp_path))
    file = token_file(8725)
    file.parent.mkdir(parents=True)
    return file


def test_the_sandbox_is_at_a_port_that_programs_and_states_name() -> None:
    assert (SANDBOX_PORT, SANDBOX_URL) == (8725, "http://127.0.0.1:8725")


@pytest.mark.parametrize("home", ["elsewhere", ""])
def test_a_token_stands_in_pulumis_home(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, home: str
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("PULUMI_HOME", home and str(tmp_path / home))
    of_pulumi = tmp_path / (home or ".pulumi")
    assert token_file(9000) == of_pulumi / "smssign" / "sandboxes" / "9000"


@pytest.mark.parametrize(
    ("content", "token"),
    [
        ("aB3-_x", "aB3-_x"),
        ("x" * 100, "x" * 100),
        ("x" * 101, "x" * 100),
        ("", ""),
        ("--__", ""),
        ("a b", ""),
        ("a\r\nX-Header: b", ""),
        ("\u6781", ""),
    ],
)
def test_a_token_is_of_letters_numbers_and_two_signs(file: Path, content: str, token: str) -> None:
    file.write_text(content, "utf-8")
    assert token_of(8725) == token


def test_where_there_is_no_plain_file_of_this_user_there_is_no_token(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert token_of(8725) == ""
    file.mkdir()
    assert token_of(8725) == ""
    file.rmdir()
    os.mkfifo(file)
    assert token_of(8725) == ""
    file.unlink()
    (file.parent / "other").write_text("token", "utf-8")
    file.symlink_to(file.parent / "other")
    assert token_of(8725) == ""
    file.unlink()
    file.write_text("token", "utf-8")
    assert token_of(8725) == "token"
    monkeypatch.setattr(address.os, "geteuid", lambda: os.getuid() + 1)  # type: ignore[attr-defined]
    assert token_of(8725) == ""
