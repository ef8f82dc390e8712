"""Whether the engine is gone: told by the command's process, or by the engine's port."""

from __future__ import annotations

import socket
import subprocess
import sys

import psutil
import pytest

from pulumi_smssign.contract import lifeline
from pulumi_smssign.engine import runs, watch
from pulumi_smssign.model.errors import InterruptedRunError


@pytest.fixture
def sleeper() -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])


@pytest.mark.parametrize("reaped", [True, False], ids=["gone", "not waited for"])
def test_an_engine_is_gone_with_its_command(
    sleeper: subprocess.Popen[bytes], monkeypatch: pytest.MonkeyPatch, reaped: bool
) -> None:
    command = psutil.Process(sleeper.pid)
    monkeypatch.setattr(runs, "command", lambda: command)
    assert not watch.engine_is_gone()
    sleeper.kill()
    if reaped:
        sleeper.wait()
    else:
        while command.status() != psutil.STATUS_ZOMBIE:
            pass
    assert watch.engine_is_gone()
    sleeper.wait()


def test_without_a_command_the_engine_s_port_tells(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runs, "command", lambda: None)
    with socket.create_server(("127.0.0.1", 0)) as engine:
        address = f"127.0.0.1:{engine.getsockname()[1]}"
        monkeypatch.setattr(watch, "engine_address", lambda: address)
        assert not watch.engine_is_gone()
    assert watch.engine_is_gone()


@pytest.mark.parametrize("address", ["", "nonsense", "127.0.0.1:none"])
def test_where_nobody_can_tell_it_is_there(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setattr(runs, "command", lambda: None)
    monkeypatch.setattr(watch, "engine_address", lambda: address)
    assert not watch.engine_is_gone()


@pytest.fixture
def asked() -> list[bool]:
    return [False]


def test_no_write_goes_on_once_the_engine_is_gone(
    monkeypatch: pytest.MonkeyPatch, asked: list[bool]
) -> None:
    monkeypatch.setattr(lifeline, "_is_gone", [])
    lifeline.ask(lambda: asked[0])
    lifeline.must_go_on("AddSmsSign")
    asked[0] = True
    with pytest.raises(InterruptedRunError, match="before AddSmsSign: nothing was sent"):
        lifeline.must_go_on("AddSmsSign")
