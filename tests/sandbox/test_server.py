"""The sandbox on a socket."""

from __future__ import annotations

import contextlib
import resource
import socket
import threading
import time

import httpx
import pytest

from pulumi_smssign.sandbox import ManualClock, Sandbox, ServerError, running, serve, server
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
