"""Whether the engine is gone: told by its port; then no write goes on, and the plugin ends."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from types import SimpleNamespace

import pytest

from pulumi_smssign.contract import lifeline
from pulumi_smssign.engine import watch
from pulumi_smssign.model.errors import InterruptedRunError


def test_an_engine_is_there_while_its_port_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as engine:
        address = f"127.0.0.1:{engine.getsockname()[1]}"
        monkeypatch.setattr(watch, "engine_address", lambda: address)
        assert not watch.engine_is_gone()
    assert watch.engine_is_gone()


@pytest.mark.parametrize("address", ["", "nonsense", "127.0.0.1:none", "no.such.host.invalid:80"])
def test_where_nobody_can_tell_it_is_there(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    def unknown(*_: object, **__: object) -> None:
        raise OSError

    if address.startswith("no.such"):
        monkeypatch.setattr(socket, "create_connection", unknown)
    monkeypatch.setattr(watch, "engine_address", lambda: address)
    assert not watch.engine_is_gone()


def test_no_write_goes_on_once_the_engine_is_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    is_gone = [False]
    monkeypatch.setattr(lifeline, "_is_gone", [])
    lifeline.ask(lambda: is_gone[0])
    lifeline.must_go_on("AddSmsSign")
    is_gone[0] = True
    with pytest.raises(InterruptedRunError, match="before AddSmsSign: nothing was sent"):
        lifeline.must_go_on("AddSmsSign")


class Ended(BaseException):
    """The end of the process, as an exception."""


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Time that passes while one sleeps, in a process that does not end."""
    now = [0.0]

    def sleep(seconds: float) -> None:
        now[0] += seconds

    def end(code: int) -> None:
        raise Ended(code)

    # The module's own names alone: a sandbox that is served in this process has a clock too.
    clock = SimpleNamespace(sleep=sleep, monotonic=lambda: now[0])
    monkeypatch.setattr(watch, "time", clock)
    monkeypatch.setattr(watch, "os", SimpleNamespace(_exit=end))
    monkeypatch.setattr(lifeline, "cancelled", threading.Event())
    return now


def after(looks: int) -> Callable[[], bool]:
    """An answer that is yes after some looks."""
    countdown = iter(range(looks))
    return lambda: next(countdown, None) is None


@pytest.mark.parametrize(
    ("looks", "seconds"), [(30, 4.5), (1_000_000, 31.5)], ids=["idle soon", "never idle"]
)
def test_a_plugin_whose_engine_is_gone_lets_others_hooks_end_and_ends(
    monkeypatch: pytest.MonkeyPatch, clock: list[float], looks: int, seconds: float
) -> None:
    monkeypatch.setattr(watch, "engine_is_gone", after(3))
    with pytest.raises(Ended) as ended:
        watch._watch(after(looks))
    assert ended.value.args == (1,)
    assert lifeline.cancelled.is_set()
    assert abs(clock[0] - seconds) < 0.2


def test_an_engine_is_watched_from_the_first_hook_on(monkeypatch: pytest.MonkeyPatch) -> None:
    watched: list[object] = []
    monkeypatch.setattr(watch, "engine_address", lambda: "127.0.0.1:9")
    monkeypatch.setattr(watch, "_watch", watched.append)
    monkeypatch.setattr(lifeline, "_is_gone", [])
    before, is_idle = set(threading.enumerate()), lambda: True
    watch.end_with_engine(is_idle)
    for started in set(threading.enumerate()) - before:
        started.join()
    assert (watched, lifeline._is_gone) == ([is_idle], [watch.engine_is_gone])


def test_an_engine_that_is_slow_to_answer_is_waited_for_a_second(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[object] = []

    def connect(address: tuple[str, int], timeout: float | None = None) -> None:
        asked.append((address, timeout))
        raise TimeoutError

    monkeypatch.setattr(socket, "create_connection", connect)
    monkeypatch.setattr(watch, "engine_address", lambda: "127.0.0.1:9")
    assert not watch.engine_is_gone()
    assert asked == [(("127.0.0.1", 9), 1.0)]


def test_where_there_is_no_engine_nothing_is_watched(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch, "engine_address", lambda: "")
    monkeypatch.setattr(lifeline, "_is_gone", [])
    before = threading.active_count()
    watch.end_with_engine(lambda: True)
    assert (threading.active_count(), lifeline._is_gone) == (before, [])
