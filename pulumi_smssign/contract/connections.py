"""Connections on which each answer follows its question, as curl and Go hold it.

httpcore takes bytes that lie in a kept connection for the answer to the next question. Here h11 is
handed no byte beyond the answer that it reads, so what else has come can be seen: it closes the
connection, and nothing goes out on it. A write has a connection of its own: an answer too many may
also be on its way while nothing can be seen of it yet.
"""

from __future__ import annotations

import ssl
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import httpcore
import httpx

from pulumi_smssign.model.language import _

LARGEST_HEAD = 100 << 10
"""Bytes of an answer's head, with all interim answers before it."""
LARGEST_ANSWER = 4 << 20
"""Bytes of an answer, as they come; the largest page of a vendor's list has far fewer."""
FOR_A_WRITE = "smssign.write"
"""The request's extension that says whether it is part of a write."""

_MOST, _MOST_IDLE, _LONGEST_IDLE = 100, 20, 5.0
"""Connections, kept ones, and seconds for which one is kept: httpx's own."""
_MOST_LINES = 10_000
"""Lines of a body that are told apart; behind a longer one the connection is not used again."""


class UnwantedAnswer(httpx.RequestError):
    """An answer that is not read: it is too large, or in a form that nobody asked for."""


class UnusableSetting(Exception):  # noqa: N818 - the cause is the error
    """A setting of the environment that allows no connection; its cause says why."""


class Connections(httpx.BaseTransport):
    """The client's connections.

    Args:
        proxy_for: the proxy on the way to a URL, or None.
        context: makes what https is checked with, once it is needed.
        before_read: called before more of an answer is waited for; it may raise.
    """

    def __init__(
        self,
        proxy_for: Callable[[httpx.URL], httpx.Proxy | None],
        context: Callable[[], ssl.SSLContext],
        before_read: Callable[[], None],
    ) -> None:
        self._proxy_for = proxy_for
        self._context = context
        self._before_read = before_read
        self._pools: dict[tuple[str, bool], httpcore.ConnectionPool] = {}
        self._lock = threading.Lock()

    def must_be_possible(self, url: httpx.URL) -> None:
        """Check that a URL can be connected to; raises `UnusableSetting`."""
        self._pool(url, is_write=False)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request, and return its answer with the body still to be read.

        Raises:
            UnusableSetting: the environment allows no connection to there.
            httpx.RequestError: it failed.
        """
        is_write = bool(request.extensions.get(FOR_A_WRITE))
        pool = self._pool(request.url, is_write=is_write)
        with _errors_of_httpx():
            answer = pool.handle_request(
                httpcore.Request(
                    request.method,
                    httpcore.URL(
                        scheme=request.url.raw_scheme,
                        host=request.url.raw_host,
                        port=request.url.port,
                        target=request.url.raw_path,
                    ),
                    headers=request.headers.raw,
                    content=request.stream,
                    extensions=request.extensions,
                )
            )
        stream = answer.extensions["network_stream"]
        if isinstance(stream, _Stream):
            stream.begin_body(*_framing(request.method, answer))
        return httpx.Response(
            answer.status,
            headers=answer.headers,
            stream=_Body(answer),
            extensions=answer.extensions,
        )

    def close(self) -> None:
        """Close all connections."""
        for pool in self._pools.values():
            pool.close()

    def _pool(self, url: httpx.URL, *, is_write: bool) -> httpcore.ConnectionPool:
        """The connections on the way to a URL; writes have others than reads, and keep none."""
        try:
            proxy = self._proxy_for(url)
            context = self._context() if url.scheme == "https" else None
        except (ImportError, OSError, ValueError, httpx.InvalidURL) as error:
            raise UnusableSetting from error
        key = (str(proxy.url) if proxy else "", is_write)
        with self._lock:
            if key not in self._pools:
                is_socks = proxy is not None and proxy.url.scheme.startswith("socks")
                self._pools[key] = httpcore.ConnectionPool(
                    ssl_context=context,
                    proxy=_core_proxy(proxy) if proxy else None,
                    max_connections=_MOST,
                    max_keepalive_connections=0 if is_write else _MOST_IDLE,
                    keepalive_expiry=_LONGEST_IDLE,
                    network_backend=_Backend(self._before_read, is_http=not is_socks),
                )
            return self._pools[key]


def _core_proxy(proxy: httpx.Proxy) -> httpcore.Proxy:
    url = httpcore.URL(
        scheme=proxy.url.raw_scheme,
        host=proxy.url.raw_host,
        port=proxy.url.port,
        target=proxy.url.raw_path,
    )
    return httpcore.Proxy(url, proxy.raw_auth, proxy.headers.raw, proxy.ssl_context)


def _framing(method: str, answer: httpcore.Response) -> tuple[int | None, bool]:
    """The size of an answer's body, None where only its bytes tell, and whether that is certain."""
    fields = {name.lower(): content for name, content in answer.headers}
    length, coding = fields.get(b"content-length"), fields.get(b"transfer-encoding")
    if method == "HEAD" or answer.status in (204, 304):
        return 0, True
    if coding is not None or length is None:
        return None, length is None
    return int(length.split(b",")[0]), True  # h11 takes several that are equal, and no others


class _Body(httpx.SyncByteStream):
    """An answer's body; its errors are httpx's."""

    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        with _errors_of_httpx():
            yield from self._answer.iter_stream()

    def close(self) -> None:
        self._answer.close()


@contextmanager
def _errors_of_httpx() -> Iterator[None]:
    """Raise httpcore's errors as httpx's, which bear the same names."""
    try:
        yield
    except (
        httpcore.NetworkError,
        httpcore.ProtocolError,
        httpcore.ProxyError,
        httpcore.TimeoutException,
        httpcore.UnsupportedProtocol,
    ) as error:
        raise getattr(httpx, type(error).__name__)(str(error)) from error


class _Backend(httpcore.SyncBackend):
    """Opens connections; `is_http` is false where another protocol (SOCKS) is spoken first."""

    def __init__(self, before_read: Callable[[], None], *, is_http: bool) -> None:
        self._before_read = before_read
        self._is_http = is_http

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        stream = super().connect_tcp(host, port, timeout, local_address, socket_options)
        return _Stream(stream, self._before_read, is_http=self._is_http)


class _Stream(httpcore.NetworkStream):
    """A connection's bytes, in pieces of which none reaches beyond the end of an answer.

    A head, and the frames of chunks, end with a line; so they are handed over line by line, and a
    body of known size up to that.
    """

    def __init__(
        self, stream: httpcore.NetworkStream, before_read: Callable[[], None], *, is_http: bool
    ) -> None:
        self._stream = stream
        self._before_read = before_read
        self._is_http = is_http
        self._buffer, self._at = b"", 0
        self._is_asking = False
        self._is_doubtful = False
        self._head: int | None = 0
        self._body: int | None = None
        self._lines = self._size = 0

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        if self._is_http and not self._is_asking:
            if self._has_unasked():
                raise httpcore.ConnectError(_("it answered before it was asked, or hung up"))
            self._is_asking = True
            self._head, self._body, self._lines, self._size = 0, None, 0, 0
        self._stream.write(buffer, timeout)

    def begin_body(self, size: int | None, is_certain: bool) -> None:  # noqa: FBT001
        """The head has been read; `is_certain` is false where others may see another end."""
        self._head, self._body = None, size
        self._is_doubtful = not is_certain

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        self._is_asking = False
        if self._at >= len(self._buffer):
            self._before_read()
            self._buffer, self._at = self._stream.read(max_bytes, timeout), 0
            self._size += len(self._buffer)
            if self._size > LARGEST_ANSWER + LARGEST_HEAD:
                raise UnwantedAnswer(_("it has more than {size} MiB", size=LARGEST_ANSWER >> 20))
        start = self._at
        self._at = self._end()
        return self._buffer[start : self._at]

    def _end(self) -> int:
        """The end, in the buffer, of the piece that is handed over now."""
        everything = len(self._buffer)
        if not self._is_http:
            return everything
        if self._body is not None:
            end = min(everything, self._at + self._body)
            self._body -= end - self._at
            return end
        self._lines += 1
        if self._head is None and self._lines > _MOST_LINES:
            self._is_doubtful = True
            return everything
        end = self._buffer.find(b"\n", self._at) + 1 or everything
        if self._head is not None:
            self._head += end - self._at
            if self._head > LARGEST_HEAD:
                raise UnwantedAnswer(
                    _("its head has more than {size} KiB", size=LARGEST_HEAD >> 10)
                )
        return end

    def _has_unasked(self) -> bool:
        """Whether there is anything to read, or the other side has hung up."""
        if self._at < len(self._buffer):
            return True
        try:
            self._stream.read(1, timeout=0)
        except httpcore.ReadError as error:
            # That is what a socket, with or without TLS, says that has nothing for now.
            return not isinstance(error.__cause__, (BlockingIOError, ssl.SSLWantReadError))
        return True

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        if self._at < len(self._buffer):
            raise httpcore.ConnectError(_("it answered before it was asked"))
        stream = self._stream.start_tls(ssl_context, server_hostname, timeout)
        return _Stream(stream, self._before_read, is_http=True)

    def close(self) -> None:
        self._stream.close()

    def get_extra_info(self, info: str) -> Any:  # noqa: ANN401 - as httpcore has it
        if info == "is_readable" and (self._is_doubtful or self._at < len(self._buffer)):
            return True  # so httpcore takes it for one that was closed
        return self._stream.get_extra_info(info)
