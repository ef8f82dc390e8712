"""A vendor's side written by hand: bytes on a loopback socket, with or without TLS."""

from __future__ import annotations

import json
import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

LONG = 15.0
"""Seconds within which every test is over, also on a slow machine."""


def answer(
    content: Mapping[str, object] | bytes = b"{}",
    status: str = "200 OK",
    *,
    chunked: bool = False,
    **headers: str,
) -> bytes:
    """The bytes of an HTTP answer; an object is sent as JSON, `_` in a header's name is "-"."""
    body = content if isinstance(content, bytes) else json.dumps(content).encode()
    lines = [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    if chunked:
        lines.append("Transfer-Encoding: chunked")
        body = b"%x\r\n%b\r\n0\r\n\r\n" % (len(body), body)
    else:
        lines.append(f"Content-Length: {len(body)}")
    head = "\r\n".join((f"HTTP/1.1 {status}", *lines, "", ""))
    return head.encode() + body


@dataclass
class Peer:
    """One connection, as the hand-written side has it; `number` counts from 1."""

    socket: socket.socket
    number: int
    server: Server
    received: bytes = b""

    def request(self) -> bytes:
        """The next request, head and body; b"" once the client has hung up."""
        while b"\r\n\r\n" not in self.received:
            if not self._receive():
                return b""
        head, _, rest = self.received.partition(b"\r\n\r\n")
        fields = (line.partition(b":") for line in head.split(b"\r\n")[1:])
        size = next((int(v) for name, _, v in fields if name.lower() == b"content-length"), 0)
        while len(rest) < size and self._receive():
            rest = self.received.partition(b"\r\n\r\n")[2]
        request, self.received = head + b"\r\n\r\n" + rest[:size], rest[size:]
        self.server.requests.append((self.number, request))
        return request

    def send(self, *parts: bytes) -> None:
        """Send these bytes at once, in one piece."""
        self.socket.sendall(b"".join(parts))

    def serve(self, *answers: bytes) -> None:
        """Answer the next requests with these bytes, one after the other."""
        for content in answers:
            if not self.request():
                return
            self.send(content)

    def rest(self, seconds: float = LONG) -> None:
        """Do nothing until the test is over."""
        self.server.is_over.wait(seconds)

    def _receive(self) -> bool:
        received = self.socket.recv(65536)
        self.received += received
        return bool(received)


@dataclass
class Server:
    """The hand-written side; `requests` are all that came, with their connection's number."""

    port: int
    requests: list[tuple[int, bytes]] = field(default_factory=list)
    connections: int = 0
    is_over: threading.Event = field(default_factory=threading.Event)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"


@contextmanager
def served(
    behave: Callable[[Peer], None], context: ssl.SSLContext | None = None
) -> Iterator[Server]:
    """Serve each connection by `behave`, in a thread of its own; it is closed when that returns."""
    listener = socket.create_server(("127.0.0.1", 0))
    server = Server(listener.getsockname()[1])

    def handle(accepted: socket.socket, number: int) -> None:
        with suppress(OSError), accepted:
            accepted.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            wrapped = context.wrap_socket(accepted, server_side=True) if context else accepted
            with wrapped:
                behave(Peer(wrapped, number, server))

    def accept() -> None:
        with suppress(OSError):
            while True:
                accepted, _ = listener.accept()
                server.connections += 1
                arguments = (accepted, server.connections)
                threading.Thread(target=handle, args=arguments, daemon=True).start()

    accepting = threading.Thread(target=accept, daemon=True)
    accepting.start()
    try:
        yield server
    finally:
        server.is_over.set()
        with suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        accepting.join(LONG)
