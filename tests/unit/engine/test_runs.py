"""One run of the command and its folder: who the command is, and what is left when it is over."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path

import psutil
import pytest

from pulumi_smssign.contract import lifeline
from pulumi_smssign.engine import declared, runs
from pulumi_smssign.engine.declared import Declared
from pulumi_smssign.model.errors import InterruptedRunError

CHILD = """
from pulumi_smssign.engine import runs
command = runs.command()
print(command.pid if command else None, runs.folder(), runs.is_partial())
print(runs.has_old_configuration(), flush=True)
"""


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PULUMI_HOME", str(tmp_path / "home"))
    return tmp_path / "home" / "smssign"


def called(folder: Path, name: str) -> Path:
    """The shell's program under another name; it starts Python for us, as an ancestor."""
    shell = shutil.which("dash") or shutil.which("sh")
    assert shell
    return Path(shutil.copy(Path(shell).resolve(), folder / name))


def child_of(program: Path, *arguments: str) -> list[str]:
    """What a Python process says that this program has started."""
    code = f"'{sys.executable}' -c \"$CODE\"; true"
    ended = subprocess.run(
        [program, "-c", code, program.name, *arguments],
        env={**os.environ, "CODE": CHILD},
        capture_output=True,
        text=True,
        check=True,
    )
    return ended.stdout.split()


def test_the_nearest_ancestor_that_is_pulumi_is_the_command(tmp_path: Path, home: Path) -> None:
    pid, folder, partial, old = child_of(called(tmp_path, "pulumi"), "up")
    assert pid.isdigit()
    assert Path(folder).parent == home / "runs"
    assert Path(folder).name.startswith(f"{pid}-")
    assert (partial, old) == ("False", "False")


@pytest.mark.parametrize("name", ["pulumi-language-python", "pulumi-resource-x", "sh"])
def test_plugins_and_hosts_are_not_the_command(tmp_path: Path, name: str) -> None:
    assert child_of(called(tmp_path, name))[:2] == ["None", "None"]


@pytest.mark.parametrize(
    "arguments", [["--target", "x"], ["--target=x"], ["-t", "x"], ["--exclude", "x"], ["-x", "x"]]
)
def test_a_command_that_leaves_resources_out_is_partial(
    tmp_path: Path, arguments: list[str]
) -> None:
    assert child_of(called(tmp_path, "pulumi"), "up", *arguments)[2] == "True"


@pytest.mark.parametrize(
    ("arguments", "is_old"),
    [
        (["refresh", "--yes"], "True"),
        (["destroy"], "True"),
        (["refresh", "--run-program"], "False"),
        (["destroy", "--run-program=true"], "False"),
    ],
)
def test_a_command_without_the_program_has_the_configuration_of_the_last_up(
    tmp_path: Path, arguments: list[str], is_old: str
) -> None:
    assert child_of(called(tmp_path, "pulumi"), *arguments)[3] == is_old


def test_what_runs_that_are_over_left_is_removed_and_a_living_one_s_is_kept(home: Path) -> None:
    this = psutil.Process()
    mine = home / "runs" / f"{this.pid}-{this.create_time():.2f}"
    over = [home / "runs" / name for name in (f"{this.pid}-1.00", "999999999-1.00", "odd")]
    for folder in (mine, *over):
        runs.write(folder / "a.json", {})
    old, new = home / "declared" / "1.json", home / "declared" / "2.json"
    for file in (old, new):
        runs.write(file, {})
    os.utime(old, (time.time() - 90_000,) * 2)
    runs.tidy()
    assert list((home / "runs").iterdir()) == [mine]
    assert list((home / "declared").iterdir()) == [new]


def test_a_file_is_written_whole_and_for_its_user_alone(tmp_path: Path) -> None:
    file = tmp_path / "new" / "a.json"
    runs.write(file, {"text": "云杉"}, durable=True)
    assert runs.read(file) == {"text": "云杉"}
    assert [each.name for each in file.parent.iterdir()] == ["a.json"]
    assert file.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("content", [b"", b"{", b"[1]", b"3", b"\xff", b"[" * 100_000])
def test_a_file_that_is_damaged_says_nothing(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.json").write_bytes(content)
    assert runs.read(tmp_path / "a.json") == {}


ONE = Declared("brand", "tencent", "default", "key", "")


def test_the_plugin_reads_what_the_program_of_its_engine_declared(home: Path) -> None:
    runs.write(runs.declared_by("127.0.0.1:4711"), {"signatures": [vars(ONE)]})
    assert [each.name for each in (home / "declared").iterdir()] == ["4711.json"]
    assert declared.of_this_run("127.0.0.1:4711") == (ONE,)
    assert declared.of_this_run("127.0.0.1:4712") == ()


@pytest.mark.parametrize("listed", [3, ["x", {}, {**vars(ONE), "key": 3}]])
def test_a_list_that_is_damaged_declares_what_can_be_read(listed: object) -> None:
    runs.write(runs.declared_by("a:1"), {"signatures": listed})
    assert declared.of_this_run("a:1") == ()


def test_a_list_from_before_the_command_began_is_another_run_s(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(runs, "command", psutil.Process)
    file = runs.declared_by("a:1")
    runs.write(file, {"signatures": [vars(ONE)]})
    assert declared.of_this_run("a:1") == (ONE,)
    os.utime(file, (psutil.Process().create_time() - 60,) * 2)
    assert declared.of_this_run("a:1") == ()


ALONE = """
import sys, time
from pulumi_smssign.engine import runs
with runs.alone(sys.argv[1]):
    print("in", flush=True)
    sys.stdin.read()
print("out", flush=True)
"""


def test_one_process_at_a_time_does_the_same() -> None:
    command = (sys.executable, "-c", ALONE)
    first = subprocess.Popen(
        (*command, "ab12"), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert first.stdin
    assert first.stdout
    assert first.stdout.readline() == "in\n"
    second = threading.Event()

    def follow() -> None:
        with runs.alone("ab99"):
            second.set()

    with runs.alone("cd34"):
        pass
    thread = threading.Thread(target=follow)
    thread.start()
    assert not second.wait(1)
    first.kill()
    first.communicate()
    assert second.wait(20)
    thread.join()


def test_threads_of_one_process_take_turns() -> None:
    inside, most = 0, 0

    def work() -> None:
        nonlocal inside, most
        with runs.alone("ab12"):
            inside += 1
            most = max(most, inside)
            time.sleep(0.05)
            inside -= 1

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == 1


def test_ctrl_c_ends_the_waiting_for_a_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    cancelled = threading.Event()
    monkeypatch.setattr(lifeline, "cancelled", cancelled)
    with runs.alone("ab12"):
        cancelled.set()
        with pytest.raises(InterruptedRunError, match="nothing was sent"), runs.alone("ab12"):
            pass


def test_where_no_lock_can_be_had_it_is_done_without(home: Path) -> None:
    home.parent.mkdir(parents=True)
    home.write_text("a file where a folder is needed", "utf-8")
    with runs.alone("ab12"):
        pass
    assert home.is_file()


def test_what_happens_inside_is_not_taken_for_a_lock_that_fails() -> None:
    with pytest.raises(OSError, match="the disk is full"), runs.alone("ab12"):
        raise OSError("the disk is full")
