"""The sandbox on a socket: in the foreground for the command, in a thread for a test."""

from __future__ import annotations

import asyncio
import contextlib
import ipaddress
import os
import signal
import socket
import threading
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from types import FrameType

import uvicorn
from starlette.types import Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

from pulumi_smssign.address import SANDBOX_PORT
from pulumi_smssign.sandbox.app import Sandbox
from pulumi_smssign.sandbox.dispatch import CUT, application

DEFAULT_PORT = SANDBOX_PORT


class ServerError(Exception):
    """The sandbox can't be served there; the message says why."""


@dataclass(frozen=True)
class RunningSandbox:
    """A sandbox that is being served; `address` is `host:port`."""

    address: str
    sandbox: Sandbox

    @property
    def url(self) -> str:
        """The address as a URL, without a slash at its end."""
        return f"http://{self.address}"


class _Connection(H11Protocol):
    """An HTTP connection that the application may cut, without an answer, by the CUT extension."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        served = self.app

        async def app(scope: Scope, receive: Receive, send: Send) -> None:
            scope["extensions"] = {**scope.get("extensions", {}), CUT: transport.abort}
            await served(scope, receive, send)

        self.app = app


class _Server(uvicorn.Server):
    """A server that leaves signals alone and doesn't wait for clients when it ends."""

    def __init__(self, sandbox: Sandbox, on_started: Callable[[], None]) -> None:
        super().__init__(
            uvicorn.Config(
                application(sandbox),
                http=_Connection,
                ws="none",
                loop="asyncio",
                lifespan="off",
                log_config=None,
                log_level="warning",
                access_log=False,
                proxy_headers=False,
            )
        )
        self._on_started = on_started

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        """Take no signal: the caller does."""
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to serve, and say so."""
        await super().startup(sockets)
        self._on_started()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End at once; calls that are stalled by a fault are cut."""
        for connection in tuple(self.server_state.connections):
            connection.transport.abort()
        await super().shutdown(sockets)


def serve(
    sandbox: Sandbox,
    *,
    host: str = "127.0.0.1",
    port: int = DEFAULT_PORT,
    announce: Callable[[str], None] = print,
) -> None:
    """Serve until Ctrl-C or SIGTERM, in the main thread; port 0 is any free one.

    Raises:
        ServerError: if `host` isn't loopback, or the port is taken.
    """
    with _listening(host, port) as listener:
        where = _address(listener)
        server = _Server(
            sandbox,
            lambda: announce(
                f"Sandbox at http://{where} (review: {sandbox.review_policy}); Ctrl-C ends it.\n"
                f"http://{where}/ is the reviewer's desk; or: {_approval(listener)}"
            ),
        )

        def stop(_number: int, _frame: FrameType | None) -> None:
            server.should_exit = True

        before = {each: signal.signal(each, stop) for each in (signal.SIGINT, signal.SIGTERM)}
        try:
            server.run(sockets=[listener])
        finally:
            for each, handler in before.items():
                signal.signal(each, handler)


@contextlib.contextmanager
def running(sandbox: Sandbox | None = None, *, port: int = 0) -> Iterator[RunningSandbox]:
    """Serve in a thread while the context lasts, on a free port unless one is given.

    Raises:
        ServerError: if the port is taken.
    """
    sandbox = sandbox or Sandbox()
    started = threading.Event()
    with _listening("127.0.0.1", port) as listener:
        server = _Server(sandbox, started.set)

        def run() -> None:
            try:
                server.run(sockets=[listener])
            finally:
                started.set()

        thread = threading.Thread(target=run, name="smssign-sandbox", daemon=True)
        thread.start()
        try:
            started.wait()
            yield RunningSandbox(_address(listener), sandbox)
        finally:
            server.should_exit = True
            thread.join()


@contextlib.contextmanager
def _listening(host: str, port: int) -> Iterator[socket.socket]:
    try:
        number = ipaddress.ip_address("127.0.0.1" if host == "localhost" else host)
    except ValueError:
        number = None
    if number is None or not number.is_loopback:
        raise ServerError(
            f"the sandbox is served on loopback only (127.0.0.1), not on {host}: "
            "its keys are public"
        )
    family = socket.AF_INET6 if number.version == 6 else socket.AF_INET  # noqa: PLR2004
    try:
        listener = socket.create_server((str(number), port), family=family)
    except OSError as error:
        raise ServerError(
            f"can't listen on {number} port {port}: {os.strerror(error.errno or 0)}; "
            "end what listens there or choose another port"
        ) from error
    with listener:
        # asyncio sets it only on sockets that name their protocol; those accepted here inherit it.
        # Without it each answer waits some 40 ms for the client's delayed acknowledgement.
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        yield listener


def _approval(listener: socket.socket) -> str:
    """Give an example of the command that decides."""
    port: int = listener.getsockname()[1]
    option = "" if port == DEFAULT_PORT else f" --port {port}"
    return f"smssign sandbox approve 730001{option}"


def _address(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
