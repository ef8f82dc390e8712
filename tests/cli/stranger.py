"""A server of a test's own on this machine, which answers each request as the test says."""

from __future__ import annotations

import json
import socketserver
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from socket import socket
from typing import Any

NAME = {"name": "pulumi-smssign sandbox"}
"""What a sandbox says of itself."""

FAULT: dict[str, Any] = {
    "n": 1,
    "kind": "error",
    "vendor": "*",
    "action": "*",
    "times": 1,
    "skip": 0,
    "probability": 1.0,
}
"""A fault of anybody's next call, as a sandbox lists it."""

Answer = Callable[[str, socket], None]
"""Answers a request, such as "GET /_desk/", on its connection."""


def response(body: bytes, status: str = "200 OK", *headers: str) -> bytes:
    """An answer with a body, after which the connection is closed."""
    lines = (f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", "Connection: close", *headers)
    return "\r\n".join((*lines, "", "")).encode() + body


def document(content: object, status: str = "200 OK") -> bytes:
    """An answer with JSON."""
    return response(json.dumps(content).encode(), status, "Content-Type: application/json")


def after_the_name(answer: Answer) -> Answer:
    """A server that calls itself a sandbox; every other call has this answer."""

    def answered(request: str, connection: socket) -> None:
        if request == "GET /_desk/":
            connection.sendall(document(NAME))
        else:
            answer(request, connection)

    return answered


def always(content: bytes) -> Answer:
    """The same answer to each request."""
    return lambda _, connection: connection.sendall(content)


@contextmanager
def stranger(answer: Answer) -> Iterator[int]:
    """A server as long as the block lasts; yields its port."""

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            head = b""
            while b"\r\n\r\n" not in head:
                received = self.request.recv(65536)
                if not received:
                    return
                head += received
            request = head.split(b" HTTP/", 1)[0].decode("latin-1")
            with suppress(OSError):  # whoever asked has gone
                answer(request, self.request)

    class Server(socketserver.ThreadingTCPServer):
        allow_reuse_address = True
        daemon_threads = True
        block_on_close = False

    with Server(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        try:
            yield server.server_address[1]
        finally:
            server.shutdown()
