"""Limits of a call under a hostile or broken vendor and Ctrl-C: nothing lasts or is large."""

from __future__ import annotations

import gzip
import http.server
import socket
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field

import httpx
import pytest
from pyrate_limiter import Rate

from pulumi_smssign.contract import attempt, connections, lifeline
from pulumi_smssign.contract.answers import document
from pulumi_smssign.contract.transport import Call, Transport
from pulumi_smssign.model.errors import (
    InterruptedRunError,
    OutcomeUnknownError,
    RateLimitedError,
    SmsSignError,
    UnavailableError,
    UnreachableError,
    UnreadAnswerError,
)

OK = b'{"id": "1"}'
LONG = 15.0
"""Seconds within which everything here is over, also on a slow machine."""

Behaviour = Callable[["Handler"], None]


class Handler(http.server.BaseHTTPRequestHandler):
    """One request at the hostile side."""

    protocol_version = "HTTP/1.1"
    server: Server

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002
        """Say nothing."""

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.server.asked.append(dict(self.headers))
        try:
            self.server.behave(self)
        except OSError:
            self.close_connection = True

    def begin(self, length: int, **headers: str) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(length))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()

    def say(self, body: bytes = OK, **headers: str) -> None:
        self.begin(len(body), **headers)
        self.wfile.write(body)

    def rest(self, seconds: float = LONG) -> None:
        """Do nothing, until the test is over."""
        self.server.is_over.wait(seconds)


class Server(http.server.ThreadingHTTPServer):
    """The hostile side."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.behave: Behaviour = Handler.say
        self.asked: list[dict[str, str]] = []
        self.is_over = threading.Event()

    def handle_error(self, *_about: object) -> None:
        """A client that has left is nothing to speak of."""


@dataclass
class Wire:
    """A transport and the hostile side that it leads to."""

    server: Server
    transport: Transport
    took: float = 0.0
    pauses: list[float] = field(default_factory=list)

    def call(self, *, write: bool = False, body: bytes = b"{}") -> object:
        request = self.transport.request("POST", "/", content=body)
        began = time.monotonic()
        try:
            return self.transport.exchange(Call("Act", request, write=write), document)
        finally:
            self.took = time.monotonic() - began

    def fails(self, kind: type[SmsSignError], says: str, *, write: bool = False) -> SmsSignError:
        with pytest.raises(kind, match=says) as caught:
            self.call(write=write)
        assert type(caught.value) is kind
        assert self.took < LONG
        return caught.value


@pytest.fixture(autouse=True)
def no_pauses() -> None:
    """Pauses are tested here."""


@pytest.fixture(autouse=True)
def is_cancelled(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """The event of Ctrl-C, for this test alone."""
    event = threading.Event()
    monkeypatch.setattr(lifeline, "cancelled", event)
    return event


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        yield server
        server.is_over.set()
        server.shutdown()
        thread.join()


@pytest.fixture
def wire(server: Server) -> Iterator[Wire]:
    transport = Transport("example", f"http://127.0.0.1:{server.server_port}")
    with closing(transport):
        yield Wire(server, transport)


def press_ctrl_c(event: threading.Event, after: float = 0.3) -> None:
    threading.Timer(after, event.set).start()


@pytest.mark.parametrize("write", [False, True])
def test_answer_has_a_largest_size_and_is_not_asked_for_again(wire: Wire, write: bool) -> None:
    written = [0]

    def behave(handler: Handler) -> None:
        handler.begin(300 << 20)
        for _ in range(300):
            handler.wfile.write(b" " * (1 << 20))
            written[0] += 1

    wire.server.behave = behave
    kind = OutcomeUnknownError if write else UnreadAnswerError
    wire.fails(kind, "not read: it has more than 4 MiB", write=write)
    assert len(wire.server.asked) == 1
    assert written[0] < 50


@pytest.mark.parametrize("write", [False, True])
def test_compressed_answer_is_not_asked_for_and_not_unpacked(wire: Wire, write: bool) -> None:
    bomb = gzip.compress(b" " * (50 << 20))
    wire.server.behave = lambda handler: handler.say(bomb, Content_Encoding="gzip")
    kind = OutcomeUnknownError if write else UnreadAnswerError
    wire.fails(kind, r"compressed \(gzip\), which was not asked for", write=write)
    (asked,) = wire.server.asked
    assert asked["Accept-Encoding"] == "identity"


def test_answer_of_the_largest_size_is_read(wire: Wire) -> None:
    padding = b" " * (connections.LARGEST_ANSWER - len(OK))
    wire.server.behave = lambda handler: handler.say(OK + padding, Content_Encoding="identity")
    assert wire.call() == {"id": "1"}


def drip_body(handler: Handler) -> None:
    handler.begin(1_000_000)
    while not handler.server.is_over.wait(0.1):
        handler.wfile.write(b" ")
        handler.wfile.flush()


def drip_headers(handler: Handler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Long: ")
    while not handler.server.is_over.wait(0.1):
        handler.wfile.write(b"x")
        handler.wfile.flush()


SLOW = [drip_body, drip_headers, Handler.rest]


@pytest.mark.parametrize("behave", SLOW)
@pytest.mark.parametrize("write", [False, True])
def test_call_as_a_whole_has_its_time(
    wire: Wire, behave: Behaviour, write: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attempt, "LONGEST_CALL", 0.7)
    wire.server.behave = behave
    kind = OutcomeUnknownError if write else UnreadAnswerError
    wire.fails(kind, "did not answer within 1s", write=write)
    assert len(wire.server.asked) == 1


def test_large_body_has_more_time(wire: Wire, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attempt, "LONGEST_CALL", 0.5)
    monkeypatch.setattr(attempt, "SLOWEST_UPLOAD", 1000.0)

    def behave(handler: Handler) -> None:
        handler.rest(1.0)
        handler.say()

    wire.server.behave = behave
    assert wire.call(body=b" " * 10_000) == {"id": "1"}


@pytest.mark.parametrize("behave", SLOW)
def test_call_lasts_no_longer_than_its_caller_has_time(wire: Wire, behave: Behaviour) -> None:
    wire.server.behave = behave
    with lifeline.within(0.7):
        wire.fails(UnreadAnswerError, "did not answer")
    assert lifeline.time_left() > LONG


def test_repeated_attempts_last_no_longer_than_their_caller_has_time(wire: Wire) -> None:
    wire.server.behave = lambda handler: handler.say(b"no answer of the vendor")

    def read(_answer: httpx.Response) -> None:
        raise UnavailableError("not in the format of example")

    call = Call("Act", wire.transport.request("POST", "/"))
    with lifeline.within(1.0), pytest.raises(UnavailableError):
        wire.transport.exchange(call, read)
    assert 1 < len(wire.server.asked) < UnavailableError.attempts


@pytest.mark.parametrize("behave", SLOW)
def test_ctrl_c_ends_a_question_in_flight(
    wire: Wire, behave: Behaviour, is_cancelled: threading.Event
) -> None:
    wire.server.behave = behave
    press_ctrl_c(is_cancelled)
    wire.fails(InterruptedRunError, "during Act: nothing was changed")


@pytest.mark.parametrize("behave", SLOW)
def test_ctrl_c_leaves_the_outcome_of_a_write_in_flight_unknown(
    wire: Wire, behave: Behaviour, is_cancelled: threading.Event
) -> None:
    wire.server.behave = behave
    press_ctrl_c(is_cancelled)
    lost = wire.fails(OutcomeUnknownError, "the run was ended before it came", write=True)
    assert not lost.nothing_done
    assert len(wire.server.asked) == 1


def test_answer_of_a_write_soon_after_ctrl_c_is_taken(
    wire: Wire, is_cancelled: threading.Event
) -> None:
    def behave(handler: Handler) -> None:
        is_cancelled.set()
        handler.rest(0.4)
        handler.say()

    wire.server.behave = behave
    assert wire.call(write=True) == {"id": "1"}


@pytest.mark.parametrize("write", [False, True])
def test_after_ctrl_c_nothing_is_asked(
    wire: Wire, write: bool, is_cancelled: threading.Event
) -> None:
    is_cancelled.set()
    wire.fails(InterruptedRunError, "before Act: nothing was sent", write=write)
    assert wire.server.asked == []


def slow_to_connect(monkeypatch: pytest.MonkeyPatch, seconds: float) -> threading.Event:
    """Have the names resolved slowly, which nothing bounds; tells when it was done."""
    connect, connected = socket.create_connection, threading.Event()

    def slowly(*arguments: object, **named: object) -> socket.socket:
        time.sleep(seconds)
        try:
            return connect(*arguments, **named)  # type: ignore[arg-type]
        finally:
            connected.set()

    monkeypatch.setattr(socket, "create_connection", slowly)
    return connected


@pytest.mark.parametrize("write", [False, True])
def test_call_that_ctrl_c_ends_before_it_was_sent_is_never_sent(
    wire: Wire, write: bool, is_cancelled: threading.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    connected = slow_to_connect(monkeypatch, 2.5)
    press_ctrl_c(is_cancelled)
    wire.fails(InterruptedRunError, "nothing was changed", write=write)
    assert connected.wait(LONG)
    time.sleep(0.3)
    assert wire.server.asked == []


@pytest.mark.parametrize("write", [False, True])
def test_call_without_time_to_connect_is_never_sent(
    wire: Wire, write: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    connected = slow_to_connect(monkeypatch, 1.5)
    with lifeline.within(0.5):
        unreachable = wire.fails(UnreachableError, "no connection within", write=write)
    assert unreachable.nothing_done
    assert connected.wait(LONG)
    time.sleep(0.3)
    assert wire.server.asked == []


class Slow(httpx.Auth):
    """Takes its time before a request is sent, as one that waits for another's token does."""

    def auth_flow(self, request: httpx.Request) -> Iterator[httpx.Request]:  # type: ignore[override]
        time.sleep(2.5)
        yield request


def test_call_that_waits_for_its_authentication_is_never_sent(
    server: Server, is_cancelled: threading.Event
) -> None:
    url = f"http://127.0.0.1:{server.server_port}"
    with closing(Transport("example", url, auth=Slow())) as transport:
        wire = Wire(server, transport)
        press_ctrl_c(is_cancelled)
        wire.fails(InterruptedRunError, "nothing was changed", write=True)
        time.sleep(2)
    assert server.asked == []


def test_request_on_a_used_connection_counts_as_sent(
    wire: Wire, is_cancelled: threading.Event
) -> None:
    assert wire.call(write=True) == {"id": "1"}
    wire.server.behave = Handler.rest
    press_ctrl_c(is_cancelled)
    wire.fails(OutcomeUnknownError, "the run was ended", write=True)


def test_threads_share_one_rate_limit(server: Server) -> None:
    url, times = f"http://127.0.0.1:{server.server_port}", list[float]()

    def behave(handler: Handler) -> None:
        times.append(time.monotonic())
        handler.say()

    server.behave = behave
    transport = Transport("example", url, limits={"Act": Rate(1, 500)})
    with closing(transport), ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: Wire(server, transport).call(write=True), range(3)))
    assert max(times) - min(times) > 0.5


def test_connection_with_rate_limits_starts_no_thread() -> None:
    before = set(threading.enumerate())
    limits = {f"Act{number}": Rate(1, 500) for number in range(20)}
    with closing(Transport("example", "http://127.0.0.1:9", limits=limits)):
        assert set(threading.enumerate()) <= before


@pytest.fixture
def limited(server: Server) -> Iterator[Wire]:
    """A wire on which one call a minute is let through, and one has been."""
    url = f"http://127.0.0.1:{server.server_port}"
    with closing(Transport("example", url, limits={"Act": Rate(1, 60_000)})) as transport:
        wire = Wire(server, transport)
        wire.call()
        yield wire


@pytest.mark.parametrize("write", [False, True])
def test_ctrl_c_ends_the_wait_for_a_rate_limit(
    limited: Wire, write: bool, is_cancelled: threading.Event
) -> None:
    press_ctrl_c(is_cancelled)
    limited.fails(InterruptedRunError, "before Act: nothing was sent", write=write)


def test_wait_for_a_rate_limit_is_part_of_the_time(limited: Wire) -> None:
    with lifeline.within(0.5):
        limited.fails(UnreachableError, "the time was up")


def test_ctrl_c_ends_a_back_off(wire: Wire, is_cancelled: threading.Event) -> None:
    def read(_answer: httpx.Response) -> None:
        press_ctrl_c(is_cancelled, 0.0)
        raise RateLimitedError("slow down")

    call = Call("Act", wire.transport.request("POST", "/"), write=True)
    with pytest.raises(SmsSignError):
        wire.transport.exchange(call, read)
    assert len(wire.server.asked) == 1
