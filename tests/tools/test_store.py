"""The store of engines: `tools.engine.store`."""

from __future__ import annotations

import fcntl
import os
import sys
import threading
from pathlib import Path

import pytest

from tests.tools.conftest import FakeEngine
from tools.engine.makers import ENGINE_VERSION, Maker
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
    return Maker(
        "fake-1", ENGINE_VERSION, lambda workshop, _say: fake_engine(workshop / "programs")
    )


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

    assert store.find([Maker("fake-2", ENGINE_VERSION, maker.make)]) is None


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
        store.make(Maker("fake-1", ENGINE_VERSION, interrupted), quiet)

    assert list(store.root.iterdir()) == []


def test_engine_of_another_version_than_asked_is_not_published(
    store: Store, fake_engine: FakeEngine
) -> None:
    wrong = Maker(
        "fake-1", ENGINE_VERSION, lambda workshop, _say: fake_engine(workshop / "w", "3.249.0")
    )

    with pytest.raises(NotThisWayError, match=r"what was made is 3\.249\.0"):
        store.make(wrong, quiet)

    assert store.find([wrong]) is None


def test_engine_that_lacks_a_program_is_not_published(store: Store) -> None:
    empty = Maker("fake-1", ENGINE_VERSION, lambda workshop, _say: workshop)

    with pytest.raises(NotThisWayError, match="what was made lacks pulumi and"):
        store.make(empty, quiet)

    assert list(store.root.iterdir()) == []


def test_trouble_with_the_disk_is_a_reason(store: Store) -> None:
    def full(_workshop: Path, _say: Say) -> Path:
        raise OSError(28, "No space left on device")

    with pytest.raises(NotThisWayError, match="No space left on device"):
        store.make(Maker("fake-1", ENGINE_VERSION, full), quiet)


def test_remains_of_a_killed_run_are_cleared(store: Store, maker: Maker) -> None:
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


def test_lock_that_is_a_link_is_refused_and_what_it_leads_to_stays_whole(
    store: Store, tmp_path: Path
) -> None:
    precious = tmp_path / "precious"
    precious.write_text("content", "utf-8")
    (store.root / "lock").symlink_to(precious)

    with (
        pytest.raises(NotThisWayError, match=r"lock is a symbolic link \(remove it\)"),
        store.locked(quiet),
    ):
        pass

    assert precious.read_text("utf-8") == "content"


def test_lock_that_leads_nowhere_makes_nothing_there(store: Store, tmp_path: Path) -> None:
    (store.root / "lock").symlink_to(tmp_path / "new")

    with pytest.raises(NotThisWayError, match="symbolic link"), store.locked(quiet):
        pass

    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("mode", [0o775, 0o757, 0o1777], ids=oct)
def test_store_that_others_can_write_is_neither_used_nor_filled(
    store: Store, maker: Maker, mode: int
) -> None:
    store.make(maker, quiet)
    store.root.chmod(mode)

    with pytest.raises(NotThisWayError, match=r"can be written by other users \(remove it, or"):
        store.find([maker])
    with pytest.raises(NotThisWayError, match="can be written by other users"), store.locked(quiet):
        pass


@pytest.mark.parametrize("part", ["", CLI])
def test_engine_that_others_can_write_is_not_used(store: Store, maker: Maker, part: str) -> None:
    made = store.make(maker, quiet)
    (made / part).chmod(0o777)

    with pytest.raises(NotThisWayError, match=f"{part} can be written by other users"):
        store.find([maker])


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder away")
def test_store_of_another_user_is_neither_used_nor_filled(store: Store, maker: Maker) -> None:
    store.make(maker, quiet)
    os.chown(store.root, 12345, -1)

    with pytest.raises(NotThisWayError, match="belongs to another user"):
        store.find([maker])
    with pytest.raises(NotThisWayError, match="belongs to another user"), store.locked(quiet):
        pass


def test_store_that_is_made_is_its_users_alone(tmp_path: Path, maker: Maker) -> None:
    store = Store(tmp_path / "new" / "store")

    with store.locked(quiet):
        store.make(maker, quiet)

    assert store.root.stat().st_mode & 0o777 == 0o700


def test_engine_that_is_made_under_a_careless_umask_is_used(
    store: Store, fake_engine: FakeEngine
) -> None:
    def careless(workshop: Path, _say: Say) -> Path:
        made = fake_engine(workshop / "programs")
        for path in (made, *made.iterdir()):
            path.chmod(0o777)
        return made

    maker = Maker("fake-1", ENGINE_VERSION, careless)

    assert store.make(maker, quiet) == store.find([maker])


def test_folder_that_cannot_be_written_is_a_reason(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")

    with (
        pytest.raises(NotThisWayError, match=r"file/engine can't be written \(Not a directory\)"),
        Store(tmp_path / "file" / "engine").locked(quiet),
    ):
        pass


@pytest.mark.parametrize("level", ["above", "further above"])
def test_engine_is_not_taken_from_below_what_others_can_write(
    tmp_path: Path, maker: Maker, level: str
) -> None:
    open_folder = tmp_path / "open"
    root = {"above": open_folder / "store", "further above": open_folder / "cache" / "store"}[level]
    root.mkdir(parents=True)
    store = Store(root)
    with store.locked(quiet):
        store.make(maker, quiet)
    open_folder.chmod(0o777)
    with pytest.raises(NotThisWayError, match=r"open can be written by other users \(chmod go-w"):
        store.find([maker])
    open_folder.chmod(0o1777)  # as /tmp is: what is ours there nobody else can move
    assert store.find([maker])


def test_engine_is_not_taken_by_a_way_that_others_can_turn(tmp_path: Path, maker: Maker) -> None:
    real, open_folder = tmp_path / "store", tmp_path / "open"
    for folder in (real, open_folder):
        folder.mkdir()
    with Store(real).locked(quiet):
        Store(real).make(maker, quiet)
    (open_folder / "link").symlink_to(real)
    assert Store(open_folder / "link").find([maker])
    open_folder.chmod(0o777)
    with pytest.raises(NotThisWayError, match="open can be written by other users"):
        Store(open_folder / "link").find([maker])


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a link to another user")
def test_engine_is_not_taken_by_anothers_link(tmp_path: Path, maker: Maker) -> None:
    real = tmp_path / "store"
    real.mkdir()
    with Store(real).locked(quiet):
        Store(real).make(maker, quiet)
    (tmp_path / "link").symlink_to(real)
    os.lchown(tmp_path / "link", 65534, 65534)
    with pytest.raises(NotThisWayError, match="link belongs to another user"):
        Store(tmp_path / "link").find([maker])


def test_engine_is_not_taken_with_anything_that_others_can_write(
    store: Store, maker: Maker
) -> None:
    with store.locked(quiet):
        made = store.make(maker, quiet)
    (made / "git").touch()
    (made / "git").chmod(0o777)
    with pytest.raises(NotThisWayError, match="git can be written by other users"):
        store.find([maker])
