"""Programs that are run to make an engine: `tools.engine.running`."""

from __future__ import annotations

import os
from pathlib import Path
from types import SimpleNamespace

import pytest

from tools.engine import running
from tools.engine.programs import NotThisWayError
from tools.engine.running import last_line, run, timed


def shell(script: str) -> list[str]:
    return ["/bin/sh", "-c", script]


def quiet(_text: str) -> None:
    pass


@pytest.mark.parametrize(
    ("output", "last"),
    [
        ("first\nlast\n\n", "last"),
        ("\x1b[31mred\x1b(B\x1b[m\n", "red"),
        ("10%\r100%", "100%"),
        ("", ""),
    ],
)
def test_last_line_is_the_last_that_says_something(output: str, last: str) -> None:
    assert last_line(output) == last


def test_time_of_a_step_is_said(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = SimpleNamespace(monotonic=iter([100.0, 107.6]).__next__)
    monkeypatch.setattr(running, "time", clock)
    with timed(print, "A step"):
        pass

    assert capsys.readouterr().out == "A step: done in 8 s\n"


def test_program_works_in_its_folder_with_its_environment(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()

    run(
        shell('echo "$ASKED" > answer'),
        workshop=tmp_path,
        what="it",
        say=quiet,
        folder=folder,
        environment={"ASKED": "yes"},
    )

    assert (folder / "answer").read_text("utf-8") == "yes\n"


def test_temporary_files_are_the_workshops(tmp_path: Path) -> None:
    run(shell('echo > "$TMPDIR/left"'), workshop=tmp_path, what="it", say=quiet)

    assert (tmp_path / "tmp" / "left").exists()


def test_failure_repeats_the_programs_last_words(tmp_path: Path) -> None:
    with pytest.raises(NotThisWayError, match=r"^the build failed \(no space\)$"):
        run(shell("echo no space >&2; exit 3"), workshop=tmp_path, what="the build", say=quiet)


def test_silent_failure_tells_its_status(tmp_path: Path) -> None:
    with pytest.raises(NotThisWayError, match=r"^the build failed \(exit status 3\)$"):
        run(shell("exit 3"), workshop=tmp_path, what="the build", say=quiet)


def test_long_work_gives_signs_of_life(tmp_path: Path) -> None:
    gate = tmp_path / "gate"
    os.mkfifo(gate)
    messages: list[str] = []

    def say(text: str) -> None:
        messages.append(text)
        if text.endswith("(compiling)"):
            gate.write_text("on\n", "utf-8")

    run(
        shell(f"echo compiling; read line < {gate}"),
        workshop=tmp_path,
        what="it",
        say=say,
        heartbeat=0.01,
    )

    assert messages.count("it: 0 s so far (compiling)") == 1


def test_last_lines_of_a_failure_are_shown(tmp_path: Path) -> None:
    messages: list[str] = []

    with pytest.raises(NotThisWayError):
        run(
            shell("echo first; echo second; exit 1"),
            workshop=tmp_path,
            what="it",
            say=messages.append,
        )

    assert messages == ["first\nsecond"]


def test_download_that_brings_no_byte_is_given_up(tmp_path: Path) -> None:
    with pytest.raises(NotThisWayError, match=r"^the download failed \(nothing came in 0 s\)$"):
        run(
            shell(': > "$TMPDIR/empty"; sleep 600'),
            workshop=tmp_path,
            what="the download",
            say=quiet,
            patience=0.05,
            heartbeat=0.01,
        )


def test_download_that_has_begun_gets_its_time(tmp_path: Path) -> None:
    gate = tmp_path / "gate"
    os.mkfifo(gate)

    def let_on(text: str) -> None:
        if "arriving" in text:
            gate.write_text("on\n", "utf-8")

    run(
        shell(f'echo bytes > "$TMPDIR/file"; echo arriving; read line < {gate}'),
        workshop=tmp_path,
        what="the download",
        say=let_on,
        patience=0.3,
        heartbeat=0.5,
    )

    assert (tmp_path / "tmp" / "file").exists()


def test_program_that_takes_too_long_is_given_up(tmp_path: Path) -> None:
    with pytest.raises(NotThisWayError, match=r"^it failed \(not through in 0 s\)$"):
        run(
            shell("sleep 600"),
            workshop=tmp_path,
            what="it",
            say=quiet,
            limit=0.05,
            heartbeat=0.01,
        )


def test_interruption_ends_the_program_and_its_children(tmp_path: Path) -> None:
    alive = tmp_path / "alive"
    os.mkfifo(alive)
    reader = os.open(alive, os.O_RDONLY | os.O_NONBLOCK)

    def interrupt(text: str) -> None:
        if "started" in text:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(
            shell(f"exec 3> {alive}; sleep 600 & echo started; wait"),
            workshop=tmp_path,
            what="it",
            say=interrupt,
            heartbeat=0.01,
        )

    os.set_blocking(reader, True)
    with os.fdopen(reader, "rb") as pipe:
        assert pipe.read() == b""  # ends once every process that holds the pipe has ended
