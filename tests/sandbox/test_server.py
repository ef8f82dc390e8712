"""The sandbox on a socket."""

from __future__ import annotations

import contextlib
import logging
import os
import resource
import signal
import socket
import stat
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from pulumi_smssign.address import token_file, token_of
from pulumi_smssign.sandbox import ManualClock, Sandbox, ServerError, running, serve, server
from pulumi_smssign.sandbox.server import Opening
from tests.sandbox.tencent.caller import Tencent


def test_a_running_sandbox_answers_while_its_context_lasts() -> None:
    with running() as served:
        url = served.url
        assert url == f"http://{served.address}"
        assert httpx.get(f"{url}/_desk/", trust_env=False).status_code == 200

    with pytest.raises(httpx.ConnectError):
        httpx.get(f"{url}/_desk/", trust_env=False)


def test_two_sandboxes_run_side_by_side_and_share_nothing(http: httpx.Client) -> None:
    with running() as first, running() as other:
        Tencent(first, http, ManualClock()).submit()

        assert first.address != other.address
        assert (len(first.sandbox.signatures()), len(other.sandbox.signatures())) == (1, 0)


def test_a_sandbox_ends_at_once_though_a_call_hangs() -> None:
    outcome: list[Exception] = []

    def call(url: str) -> None:
        try:
            httpx.post(url, headers={"X-TC-Action": "AddSmsSign"}, trust_env=False, timeout=60)
        except httpx.TransportError as error:
            outcome.append(error)

    with running() as served:
        served.sandbox.faults.add(kind="hang", seconds=60)
        client = threading.Thread(target=call, args=(served.url,))
        client.start()
        while not served.sandbox.calls():
            client.join(0.01)

    client.join()
    assert not isinstance(outcome[0], httpx.TimeoutException), "the client's own patience ended"


def test_sandbox_ends_at_once_though_calls_come_while_it_does(
    capfd: pytest.CaptureFixture[str],
) -> None:
    is_over = threading.Event()
    request = b"POST / HTTP/1.1\r\nHost: localhost\r\nX-TC-Action: AddSmsSign\r\n"

    def knock(host: str, port: str) -> None:
        opened: list[socket.socket] = []
        with contextlib.suppress(OSError):  # until nobody listens
            while not is_over.is_set():
                opened.append(socket.create_connection((host, int(port)), timeout=10))
                opened[-1].sendall(request + b"Content-Length: 2\r\n\r\n{}")
                time.sleep(0.002)
        for each in opened:
            each.close()

    for _ in range(5):
        with running() as served:
            served.sandbox.faults.add(kind="hang", seconds=60)
            where = served.address.split(":")
            callers = [threading.Thread(target=knock, args=where) for _ in range(3)]
            for caller in callers:
                caller.start()
            while len(served.sandbox.calls()) < 3:
                time.sleep(0.01)
        for caller in callers:
            caller.join(10)
    assert capfd.readouterr().err == ""


def test_a_sandbox_ends_when_its_test_fails() -> None:
    def serving() -> set[threading.Thread]:
        return {each for each in threading.enumerate() if each.name == "smssign-sandbox"}

    before = serving()

    with pytest.raises(RuntimeError), running():
        raise RuntimeError

    assert not serving() - before


def test_a_port_that_is_taken_is_named() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        with (
            pytest.raises(ServerError, match=f"can't listen on 127.0.0.1 port {port}: Address"),
            running(port=port),
        ):
            pass


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "example.com"])  # noqa: S104
def test_only_loopback_is_served(host: str) -> None:
    with pytest.raises(ServerError, match="on loopback only"):
        serve(Sandbox(), host=host)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A home for tokens that is not there yet, of a user whose umask hides nothing."""
    home = tmp_path / "not" / "there"
    monkeypatch.setenv("PULUMI_HOME", str(home))
    before = os.umask(0)
    yield home
    os.umask(before)


def modes(*paths: Path) -> list[int]:
    return [stat.S_IMODE(path.stat().st_mode) for path in paths]


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1"])
def test_in_the_foreground_it_says_where_it_is_and_leaves_its_token_to_its_user(
    home: Path, host: str
) -> None:
    seen: list[object] = []

    def look(opening: Opening) -> None:
        try:
            seen.append(httpx.get(f"{opening.url}/_desk/", trust_env=False, timeout=10).json())
        finally:
            os.kill(os.getpid(), signal.SIGTERM)

    def announce(opening: Opening) -> None:
        port = int(opening.url.rpartition(":")[2])
        name = "[::1]" if host == "::1" else "127.0.0.1"
        token, file = token_of(port), token_file(port)
        seen.append(modes(file, file.parent, file.parent.parent, home))
        assert len(token) == 32
        assert str(opening) == (
            f"Sandbox at http://{name}:{port} (review: after:5); Ctrl-C ends it.\n"
            f"http://{name}:{port}/?token={token} is the reviewer's desk; "
            f"or: smssign sandbox approve 730001 --port {port}"
        )
        threading.Thread(target=look, args=(opening,)).start()

    before = [signal.getsignal(each) for each in (signal.SIGINT, signal.SIGTERM)]
    serve(Sandbox(review="after:5"), host=host, port=0, announce=announce)

    assert seen[0] == [0o600, 0o700, 0o700, 0o700]
    assert isinstance(seen[1], dict)
    assert seen[1]["review"] == "after:5"
    assert [signal.getsignal(each) for each in (signal.SIGINT, signal.SIGTERM)] == before
    assert list((home / "smssign" / "sandboxes").iterdir()) == []


@pytest.mark.parametrize("is_removed", [False, True])
def test_a_token_that_another_sandbox_has_left_is_replaced(home: Path, is_removed: bool) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    file = token_file(port)
    file.parent.mkdir(parents=True)
    (home / "elsewhere").write_text("of somebody")
    file.symlink_to(home / "elsewhere")
    tokens = []

    def announce(_: Opening) -> None:
        tokens.append(token_of(port))
        if is_removed:
            file.unlink()
        os.kill(os.getpid(), signal.SIGTERM)

    serve(Sandbox(), port=port, announce=announce)

    assert len(tokens[0]) == 32
    assert not file.exists()
    assert (home / "elsewhere").read_text() == "of somebody"


def test_a_sandbox_has_a_token_of_its_own() -> None:
    with running() as first, running() as other:
        assert len(first.token) == len(other.token) == 32
        assert first.token != other.token


def test_a_programs_own_log_has_nothing_of_the_sandbox(
    caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    with running() as served:
        host, _, port = served.address.partition(":")
        with socket.create_connection((host, int(port)), timeout=10) as connection:
            connection.sendall(b"this is no HTTP\r\n\r\n")
            assert connection.recv(12) == b"HTTP/1.1 400"
        assert httpx.get(f"{served.url}/_desk/", trust_env=False).status_code == 200

    assert capfd.readouterr() == ("", "")
    assert [record.name for record in caplog.records if record.name.startswith("uvicorn")] == []
    assert [logging.getLogger(f"uvicorn{name}").handlers for name in ("", ".access")] == [[], []]


def test_an_answer_does_not_wait_for_more() -> None:
    """Nagle's algorithm would hold it back until the client acknowledges what came before."""
    with server._listening("127.0.0.1", 0) as listener:
        assert listener.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


@pytest.mark.parametrize(
    ("files", "connections"),
    [(64, 32), (1023, 511), (1024, 512), (65536, 512), (resource.RLIM_INFINITY, 512)],
)
def test_half_of_the_files_at_most_are_connections(
    monkeypatch: pytest.MonkeyPatch, files: int, connections: int
) -> None:
    """The other half is left for what the sandbox itself opens."""
    monkeypatch.setattr(resource, "getrlimit", lambda _: (files, resource.RLIM_INFINITY))
    assert server._most_connections() == connections
