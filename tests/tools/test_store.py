"""Where engines are kept: `tools.engine.store`."""

from __future__ import annotations

import fcntl
import sys
import threading
from pathlib import Path

import pytest

from tests.tools.conftest import FakeEngine
from tools.engine.makers import Maker
from tools.engine.programs import CLI, NotThisWayError
from tools.engine.running import Say
from tools.engine.store import Store, default_root


def quiet(_text: str) -> None:
    pass


@pytest.fixture
def store(tmp_path: Path) -> Store:
    root = tmp_path / "store"
    root.mkdir()
    return Store(root)


@pytest.fixture
def maker(fake_engine: FakeEngine) -> Maker:
    return Maker("fake-1", lambda workshop, _say: fake_engine(workshop / "programs"))


def test_cache_can_be_chosen(tmp_path: Path) -> None:
    chosen = {"SMSSIGN_ENGINE_CACHE": str(tmp_path), "XDG_CACHE_HOME": "/elsewhere"}

    assert default_root(chosen) == tmp_path


def test_cache_is_in_the_folder_that_xdg_names(tmp_path: Path) -> None:
    root = default_root({"XDG_CACHE_HOME": str(tmp_path)})

    assert root == tmp_path / "pulumi-smssign" / "engine"


@pytest.mark.parametrize("environment", [{}, {"XDG_CACHE_HOME": "relative"}])
@pytest.mark.parametrize(("system", "caches"), [("linux", ".cache"), ("darwin", "Library/Caches")])
def test_cache_is_else_where_the_system_keeps_caches(
    environment: dict[str, str], system: str, caches: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", system)

    assert default_root(environment) == Path.home() / caches / "pulumi-smssign" / "engine"


def test_engine_that_was_made_is_found(store: Store, maker: Maker) -> None:
    made = store.make(maker, quiet)

    assert store.find([maker]) == made


def test_engine_of_another_version_is_not_found(store: Store, maker: Maker) -> None:
    store.make(maker, quiet)

    assert store.find([Maker("fake-2", maker.make)]) is None


def test_making_leaves_only_the_engine(store: Store, maker: Maker) -> None:
    made = store.make(maker, quiet)

    assert list(store.root.iterdir()) == [made]


def test_incomplete_engine_is_not_found_and_made_anew(store: Store, maker: Maker) -> None:
    (store.make(maker, quiet) / CLI).unlink()

    assert store.find([maker]) is None
    assert store.make(maker, quiet) == store.find([maker])


def test_interrupted_making_leaves_nothing(store: Store, fake_engine: FakeEngine) -> None:
    def interrupted(workshop: Path, _say: Say) -> Path:
        fake_engine(workshop / "programs")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        store.make(Maker("fake-1", interrupted), quiet)

    assert list(store.root.iterdir()) == []


def test_engine_of_another_version_than_asked_is_not_published(
    store: Store, fake_engine: FakeEngine
) -> None:
    wrong = Maker("fake-1", lambda workshop, _say: fake_engine(workshop / "w", "3.249.0"))

    with pytest.raises(NotThisWayError, match=r"what was made is 3\.249\.0"):
        store.make(wrong, quiet)

    assert store.find([wrong]) is None


def test_engine_that_lacks_a_program_is_not_published(store: Store) -> None:
    empty = Maker("fake-1", lambda workshop, _say: workshop)

    with pytest.raises(NotThisWayError, match="what was made lacks pulumi and"):
        store.make(empty, quiet)

    assert list(store.root.iterdir()) == []


def test_trouble_with_the_disk_is_a_reason(store: Store) -> None:
    def full(_workshop: Path, _say: Say) -> Path:
        raise OSError(28, "No space left on device")

    with pytest.raises(NotThisWayError, match="No space left on device"):
        store.make(Maker("fake-1", full), quiet)


def test_what_a_killed_run_left_is_cleared(store: Store, maker: Maker) -> None:
    made = store.make(maker, quiet)
    (store.root / "making-abandoned" / "programs").mkdir(parents=True)

    with store.locked(quiet):
        assert sorted(store.root.iterdir()) == sorted([made, store.root / "lock"])


def test_second_run_waits_for_the_first_and_says_so(store: Store) -> None:
    waiting, through = threading.Event(), threading.Event()

    def second() -> None:
        with store.locked(lambda _text: waiting.set()):
            through.set()

    thread = threading.Thread(target=second)
    with (store.root / "lock").open("wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        thread.start()
        assert waiting.wait(60)
        assert not through.is_set()
    thread.join(60)

    assert through.is_set()


def test_folder_that_cannot_be_written_is_a_reason(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")

    with (
        pytest.raises(NotThisWayError, match=r"file/engine can't be written \(Not a directory\)"),
        Store(tmp_path / "file" / "engine").locked(quiet),
    ):
        pass
