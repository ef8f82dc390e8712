"""What all tests share."""

from __future__ import annotations

import asyncio
import copy
import gc
import signal
from collections.abc import Iterator
from typing import Any

import pytest

from pulumi_smssign.model import language, redaction


def pytest_configure() -> None:
    """Have all that tests start hear Ctrl-C, though a shell's background job is deaf to it.

    The engine ends each language host by that signal, and kills one that doesn't hear it after five
    seconds: each command of Pulumi's would take as much longer.
    """
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the longest test, which would run alone at the end; the order stays else."""
    items.sort(key=lambda item: "test_readme_runs_as_printed" not in item.nodeid)


def pytest_collection_finish() -> None:
    """Look seldom for garbage among ten thousand tests, which stay as long as the process."""
    gc.set_threshold(20_000, 20, 20)


@pytest.fixture(scope="session", autouse=True)
def home_of_nobody(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Journal and locks of the tests go into a folder of their own, not into the user's."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PULUMI_HOME", str(tmp_path_factory.mktemp("home")))
        yield


@pytest.fixture(scope="session", autouse=True)
def english() -> Iterator[None]:
    """The tests read English, whatever the developer does; those of Chinese say so."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(language.LANG_VARIABLE, language.ENGLISH)
        language.speak()
        yield


@pytest.fixture
def chinese(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """This process speaks Chinese as long as the test lasts."""
    monkeypatch.setenv(language.LANG_VARIABLE, language.CHINESE)
    language.speak()
    yield
    monkeypatch.undo()
    language.speak()


@pytest.fixture(autouse=True)
def secrets_of_nobody() -> Iterator[None]:
    """What one test holds in confidence is not hidden in the words of the next."""
    kept = redaction._confidential
    own = ("_lock", "generation")
    before = {name: copy.copy(value) for name, value in vars(kept).items() if name not in own}
    yield
    vars(kept).update(before)
    kept.generation += 1  # what was looked at before is looked at anew


def _cancelled(task: asyncio.Task[Any]) -> asyncio.Task[Any]:
    task.cancel()
    return task


@pytest.fixture(autouse=True)
def loop_of_the_test() -> Iterator[None]:
    """An event loop to make outputs in, closed with the test.

    One that asyncio makes by itself would stay open, and be reported in whichever test runs when
    it is collected: after an `asyncio.run`, which leaves none. So would outputs that nobody awaits.
    """
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    yield
    if unawaited := asyncio.all_tasks(loop):
        loop.run_until_complete(asyncio.wait([_cancelled(task) for task in unawaited]))
    loop.close()
    asyncio.set_event_loop(None)
