"""The order of the ways, and the program: `python -m tools.engine`."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import pytest

from tests.tools.conftest import FakeEngine, Write
from tools.engine.__main__ import Plan, engine, plan
from tools.engine.makers import BUILDABLE, ENGINE_VERSION, Maker, go
from tools.engine.programs import OLDEST, NotThisWayError
from tools.engine.running import Say
from tools.engine.store import Store

CHECKOUT = Path(__file__).parents[2]
SYSTEM = "/usr/bin:/bin"
OLD = min(BUILDABLE)
ARGPARSE_REFUSES = 2
ENDED_BY_SIGTERM = 143


def quiet(_text: str) -> None:
    pass


def failing(name: str) -> Maker:
    def fail(_workshop: Path, _say: Say) -> NoReturn:
        raise NotThisWayError(f"the {name} failed")

    return Maker(name, ENGINE_VERSION, fail)


def start(*arguments: str, path: str, cache: Path, **more: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tools.engine", *arguments],
        cwd=CHECKOUT,
        env={"PATH": path, "SMSSIGN_ENGINE_CACHE": str(cache), "HOME": str(cache), **more},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def outcome(*arguments: str, path: str, cache: Path, **more: str) -> tuple[int, str, str]:
    with start(*arguments, path=path, cache=cache, **more) as process:
        output, errors = process.communicate()
    return process.returncode, output, errors


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store")


@pytest.fixture
def working(fake_engine: FakeEngine) -> Maker:
    return Maker("works", ENGINE_VERSION, lambda workshop, _say: fake_engine(workshop / "programs"))


@pytest.fixture
def empty_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "empty"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))


def test_engine_on_path_comes_first(
    tmp_path: Path, store: Store, fake_engine: FakeEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    on_path = fake_engine(tmp_path / "on-path", "3.300.0")
    monkeypatch.setenv("PATH", str(on_path))

    assert engine(plan("any"), store, quiet) == on_path


@pytest.mark.usefixtures("empty_path")
def test_cached_engine_comes_before_making_one(store: Store, working: Maker) -> None:
    with store.locked(quiet):
        cached = store.make(working, quiet)
    two_ways = Plan(
        path=True, cached=(failing("installer"), working), makers=(failing("installer"),)
    )

    assert engine(two_ways, store, quiet) == cached


def test_engine_on_path_that_is_too_old_gives_way(
    tmp_path: Path,
    store: Store,
    fake_engine: FakeEngine,
    working: Maker,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PATH", str(fake_engine(tmp_path / "old", "3.100.0")))
    messages: list[str] = []

    made = engine(Plan(path=True, cached=(), makers=(working,)), store, messages.append)

    assert made == store.folder(working)
    assert f"is 3.100.0 and {OLDEST} is needed" in messages[0]


def test_engine_on_path_that_is_another_than_the_wanted_one_gives_way(
    tmp_path: Path,
    store: Store,
    fake_engine: FakeEngine,
    working: Maker,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PATH", str(fake_engine(tmp_path / "newer", "3.300.0")))
    messages: list[str] = []

    made = engine(Plan(True, (), (working,), ENGINE_VERSION), store, messages.append)

    assert made == store.folder(working)
    assert messages[0].endswith("pulumi is 3.300.0")


def test_engine_on_path_that_is_the_wanted_one_is_taken_however_old(
    tmp_path: Path, store: Store, fake_engine: FakeEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    on_path = fake_engine(tmp_path / "on-path", str(OLD))
    monkeypatch.setenv("PATH", str(on_path))

    assert engine(plan("any", OLD), store, quiet) == on_path


@pytest.mark.usefixtures("empty_path")
def test_makers_are_tried_in_their_order(store: Store, working: Maker) -> None:
    two_ways = Plan(path=True, cached=(), makers=(failing("installer"), working))
    messages: list[str] = []

    made = engine(two_ways, store, messages.append)

    assert made == store.folder(working)
    assert "No engine this way: the installer failed" in messages


@pytest.mark.usefixtures("empty_path")
def test_when_no_way_works_each_says_why(store: Store) -> None:
    makers = (failing("installer"), failing("build"))

    with pytest.raises(
        NotThisWayError,
        match=r"^there is no `pulumi` on PATH, none is cached in .*,"
        r" the installer failed, the build failed$",
    ):
        engine(Plan(path=True, cached=makers, makers=makers), store, quiet)


@pytest.mark.usefixtures("empty_path")
def test_engine_made_by_the_run_waited_for_is_taken(store: Store, working: Maker) -> None:
    def made_meanwhile(text: str) -> None:
        if text.startswith("Making"):
            with store.locked(quiet):
                store.make(working, quiet)

    two_ways = Plan(path=False, cached=(working,), makers=(failing("installer"),))

    assert engine(two_ways, store, made_meanwhile) == store.folder(working)


def test_folder_is_all_that_standard_output_holds(tmp_path: Path, fake_go: Path) -> None:
    status, output, errors = outcome(
        "--way", "go", path=f"{fake_go}:{SYSTEM}", cache=tmp_path / "cache"
    )

    assert (status, output) == (0, f"{Store(tmp_path / 'cache').folder(go(ENGINE_VERSION))}\n")
    assert f"pulumi {ENGINE_VERSION}: done in" in errors


def test_second_run_builds_nothing(tmp_path: Path, fake_go: Path, go_log: Path) -> None:
    first = outcome("--way", "go", path=f"{fake_go}:{SYSTEM}", cache=tmp_path)
    go_log.unlink()

    second = outcome("--way", "go", path=f"{fake_go}:{SYSTEM}", cache=tmp_path)

    assert second[:2] == first[:2]
    assert not go_log.exists()


def test_old_engine_is_made_beside_the_new_one(tmp_path: Path, fake_go: Path) -> None:
    for version in BUILDABLE:
        made = outcome(
            *("--way", "go", "--engine", str(version)), path=f"{fake_go}:{SYSTEM}", cache=tmp_path
        )
        assert made[:2] == (0, f"{Store(tmp_path).folder(go(version))}\n")


def test_environment_says_which_engine_is_wanted(tmp_path: Path, fake_go: Path) -> None:
    status, output, _errors = outcome(
        "--way", "go", path=f"{fake_go}:{SYSTEM}", cache=tmp_path, SMSSIGN_ENGINE=str(OLD)
    )

    assert (status, output) == (0, f"{Store(tmp_path).folder(go(OLD))}\n")


def test_engine_that_is_no_version_is_refused(tmp_path: Path) -> None:
    status, _output, errors = outcome("--engine", "yesterday's", path=SYSTEM, cache=tmp_path)

    assert status == ARGPARSE_REFUSES
    assert "not a version" in errors


def test_without_a_network_there_is_no_newest_engine(tmp_path: Path, fake_go: Path) -> None:
    """The proxy is one that nobody listens at, so that no test asks the web."""
    status, output, errors = outcome(
        *("--engine", "newest"),
        path=f"{fake_go}:{SYSTEM}",
        cache=tmp_path,
        https_proxy="http://127.0.0.1:9",
    )

    assert (status, output) == (1, "")
    sentence = errors.splitlines()[-1]
    assert sentence.startswith("No Pulumi engine: nobody says which Pulumi is the newest (")
    assert sentence.endswith("; give the installer a network.")


def test_missing_go_is_said_in_one_sentence(tmp_path: Path) -> None:
    status, output, errors = outcome("--way", "go", path=str(tmp_path), cache=tmp_path)

    assert (status, output) == (1, "")
    sentence = errors.splitlines()[-1]
    assert sentence.startswith("No Pulumi engine: none is cached in ")
    assert f"there is no `go` to build it with; install Pulumi {OLDEST} or newer, or Go" in sentence
    assert sentence.endswith(".")


def test_print_makes_nothing_and_says_how_to(tmp_path: Path, fake_go: Path, go_log: Path) -> None:
    status, output, errors = outcome(
        "--way", "go", "--print", path=f"{fake_go}:{SYSTEM}", cache=tmp_path
    )

    assert (status, output) == (1, "")
    assert errors.endswith("; `make engine` makes one.\n")
    assert not go_log.exists()


def test_print_says_nothing_but_the_folder(tmp_path: Path, fake_engine: FakeEngine) -> None:
    on_path = fake_engine(tmp_path / "on-path")

    assert outcome("--print", path=str(on_path), cache=tmp_path) == (0, f"{on_path}\n", "")


def test_unknown_way_is_refused(tmp_path: Path) -> None:
    status, _output, errors = outcome("--way", "luck", path=SYSTEM, cache=tmp_path)

    assert status == ARGPARSE_REFUSES
    assert "no such way: luck" in errors


@pytest.fixture
def heard() -> Iterator[None]:
    """Signals that the shell has us ignore (nohup, a job in the background) reach our children."""
    both = (signal.SIGINT, signal.SIGHUP)
    ignored = [number for number in both if signal.getsignal(number) is signal.SIG_IGN]
    for number in ignored:
        signal.signal(number, signal.SIG_DFL)
    yield
    for number in ignored:
        signal.signal(number, signal.SIG_IGN)


@pytest.mark.usefixtures("heard")
def test_a_hangup_that_the_shell_has_us_ignore_ends_no_build(
    tmp_path: Path, fake_go: Path, write: Write
) -> None:
    started, cache = tmp_path / "started", tmp_path / "cache"
    os.mkfifo(started)
    write(fake_go, "go", f"echo > {started}; sleep 600")

    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    with start("--way", "go", path=f"{fake_go}:{SYSTEM}", cache=cache) as process:
        signal.signal(signal.SIGHUP, before)
        started.read_text("utf-8")
        process.send_signal(signal.SIGHUP)
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(1)
        process.terminate()
        process.communicate()

    assert process.returncode == ENDED_BY_SIGTERM


@pytest.mark.usefixtures("heard")
@pytest.mark.parametrize(
    ("number", "status"),
    [(signal.SIGTERM, ENDED_BY_SIGTERM), (signal.SIGHUP, 129), (signal.SIGINT, 130)],
)
def test_interrupted_build_leaves_nothing(
    number: signal.Signals, status: int, tmp_path: Path, fake_go: Path, write: Write
) -> None:
    started, cache = tmp_path / "started", tmp_path / "cache"
    os.mkfifo(started)
    write(fake_go, "go", f"echo > {started}; sleep 600")

    with start("--way", "go", path=f"{fake_go}:{SYSTEM}", cache=cache) as process:
        started.read_text("utf-8")  # comes when the build has begun
        process.send_signal(number)
        process.communicate()

    assert process.returncode == status
    assert [path.name for path in cache.iterdir()] == ["lock"]


def test_run_after_a_killed_build_clears_up_and_succeeds(
    tmp_path: Path, fake_go: Path, write: Write
) -> None:
    started, held, cache = tmp_path / "started", tmp_path / "held", tmp_path / "cache"
    os.mkfifo(started)
    os.mkfifo(held)
    slow = write(tmp_path / "slow", "go", f"echo > {started}; read line < {held}").parent

    with start("--way", "go", path=f"{slow}:{SYSTEM}", cache=cache) as process:
        started.read_text("utf-8")
        process.kill()
        process.communicate()
    held.write_text("go on\n", "utf-8")  # the build outlives its parent; it is let go
    assert [path.name for path in cache.glob("making-*")]

    status, output, _errors = outcome("--way", "go", path=f"{fake_go}:{SYSTEM}", cache=cache)

    assert (status, output) == (0, f"{Store(cache).folder(go(ENGINE_VERSION))}\n")
    assert list(cache.glob("making-*")) == []
