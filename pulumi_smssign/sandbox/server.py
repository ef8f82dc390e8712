"""The sandbox on a socket: in the foreground for the command, in a thread for a test."""

from __future__ import annotations

import asyncio
import contextlib
import ipaddress
import os
import secrets
import signal
import socket
import threading
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field
from types import FrameType

import uvicorn
from starlette.types import Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

from pulumi_smssign.address import SANDBOX_PORT, token_file
from pulumi_smssign.sandbox.app import Sandbox
from pulumi_smssign.sandbox.callers import CONNECTION
from pulumi_smssign.sandbox.dispatch import CUT, application
from pulumi_smssign.sandbox.messages import MessageError

DEFAULT_PORT = SANDBOX_PORT
_MOST_CONNECTIONS = 512
_UNTIL_CUT = 0.05
"""Seconds in which calls notice that their connections are cut."""
_LONGEST_HEAD = 20.0
"""Seconds in which a request's head arrives; half a request would hold its connection for ever."""


class ServerError(MessageError):
    """The sandbox can't be served there; the message says why."""


@dataclass(frozen=True)
class RunningSandbox:
    """A sandbox that is being served; `address` is `host:port`.

    Where the system can't say who calls, the control API wants the token (`admission`).
    """

    address: str
    sandbox: Sandbox
    token: str = field(default="", repr=False)

    @property
    def url(self) -> str:
        """The address as a URL, without a slash at its end."""
        return f"http://{self.address}"


@dataclass(frozen=True)
class Opening:
    """The addresses of a sandbox that begins to serve; `command` is an example of one for it."""

    url: str
    desk: str = field(repr=False)
    review: str
    command: str

    def __str__(self) -> str:
        return (
            f"Sandbox at {self.url} (review: {self.review}); Ctrl-C ends it.\n"
            f"{self.desk} is the reviewer's desk; or: {self.command}"
        )


class _Connection(H11Protocol):
    """An HTTP connection that the application may cut, without an answer, by the CUT extension."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        if len(self.connections) >= _most_connections():
            transport.abort()
            return
        super().connection_made(transport)
        self._expect_a_request()
        served, known = self.app, dict[str, object]()

        async def app(scope: Scope, receive: Receive, send: Send) -> None:
            own = {CUT: transport.abort, CONNECTION: known}
            scope["extensions"] = {**scope.get("extensions", {}), **own}
            await served(scope, receive, send)

        self.app = app

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the connection, unless it was one too many and never begun."""
        if self.transport is not None:
            self._head_timer.cancel()
            super().connection_lost(exc)

    def on_response_complete(self) -> None:
        """Wait for the next request of this connection."""
        super().on_response_complete()
        self._head_timer.cancel()  # else it would hold the request's body as long
        self._expect_a_request()

    def _expect_a_request(self) -> None:
        """Cut the connection when a request has begun and its head does not end."""
        before = self.cycle

        def cut() -> None:
            if self.cycle is before and not self.transport.is_closing():
                self.transport.abort()

        self._head_timer = self.loop.call_later(_LONGEST_HEAD, cut)


def _most_connections() -> int:
    """Give how many connections are held at a time: files are left for the sandbox itself."""
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return _MOST_CONNECTIONS
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    few = _MOST_CONNECTIONS if soft == resource.RLIM_INFINITY else soft // 2
    return min(_MOST_CONNECTIONS, few)


class _Server(uvicorn.Server):
    """A server that leaves signals alone and doesn't wait for clients when it ends."""

    def __init__(self, sandbox: Sandbox, token: str, on_started: Callable[[], None]) -> None:
        super().__init__(
            uvicorn.Config(
                application(sandbox, token),
                http=_Connection,
                ws="none",
                loop="asyncio",
                lifespan="off",
                log_config=None,
                log_level="error",
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
        # Nor does it wait for who comes just now: uvicorn would, for as long as a fault stalls him.
        self.force_exit = True
        self._cut_connections()
        await super().shutdown(sockets)
        self._cut_connections()
        await asyncio.sleep(_UNTIL_CUT)

    def _cut_connections(self) -> None:
        for connection in tuple(self.server_state.connections):
            connection.transport.abort()


def serve(
    sandbox: Sandbox,
    *,
    host: str = "127.0.0.1",
    port: int = DEFAULT_PORT,
    announce: Callable[[Opening], None] = print,
) -> None:
    """Serve until Ctrl-C or SIGTERM, in the main thread; port 0 is any free one.

    Raises:
        ServerError: if `host` isn't loopback, or the port is taken.
    """
    token = secrets.token_urlsafe(24)
    with (
        sandbox.alone(),
        _listening(host, port) as listener,
        _left_for_the_command(listener.getsockname()[1], token),
    ):
        url = f"http://{_address(listener)}"
        desk, command = f"{url}/?token={token}", _approval(listener)
        server = _Server(
            sandbox,
            token,
            lambda: announce(Opening(url, desk, sandbox.review_policy, command)),
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
    token = secrets.token_urlsafe(24)
    with sandbox.alone(), _listening("127.0.0.1", port) as listener:
        server = _Server(sandbox, token, started.set)

        def run() -> None:
            try:
                server.run(sockets=[listener])
            finally:
                started.set()

        thread = threading.Thread(target=run, name="smssign-sandbox", daemon=True)
        thread.start()
        try:
            started.wait()
            yield RunningSandbox(_address(listener), sandbox, token)
        finally:
            server.should_exit = True
            thread.join()


@contextlib.contextmanager
def _left_for_the_command(port: int, token: str) -> Iterator[None]:
    """Leave the token in a file of the user's own, for as long as this sandbox is served."""
    file = token_file(port)
    for folder in (file.parent.parent.parent, file.parent.parent, file.parent):
        if not folder.is_dir():  # each by itself: parents get the umask's mode
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    file.unlink(missing_ok=True)  # of one that was killed, or a link of somebody's
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as stream:
        stream.write(token)
    try:
        yield
    finally:
        file.unlink(missing_ok=True)


@contextlib.contextmanager
def _listening(host: str, port: int) -> Iterator[socket.socket]:
    try:
        number = ipaddress.ip_address("127.0.0.1" if host == "localhost" else host)
    except ValueError:
        number = None
    if number is None or not number.is_loopback:
        raise ServerError(
            "the sandbox is served on loopback only (127.0.0.1), not on {host}: its keys are "
            "public",
            host=host,
        )
    family = socket.AF_INET6 if number.version == 6 else socket.AF_INET  # noqa: PLR2004
    try:
        listener = socket.create_server((str(number), port), family=family)
    except OSError as error:
        raise ServerError(
            "can't listen on {address} port {port}: {reason}; end what listens there or choose "
            "another port",
            address=number,
            port=port,
            reason=os.strerror(error.errno or 0),
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
