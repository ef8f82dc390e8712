"""Each answer is the one to its question, whatever else lies in the connection.

The cases are what a gateway that lost count can leave behind: an answer too many, whole or cut at
each of its parts, in each framing, in the same segment, a moment later, before the first question,
or only once the next one is on its way (a write must not meet that one either). Then what curl and
Go bound or leave out: interim answers without end, heads without end, cookies.
"""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass

import httpx
import pytest

from pulumi_smssign.contract import attempt
from pulumi_smssign.contract.answers import UnreadableError, document, read_as
from pulumi_smssign.contract.transport import Call, Transport
from pulumi_smssign.model.errors import (
    OutcomeUnknownError,
    UnreachableError,
    UnreadAnswerError,
)
from tests.contract.by_hand import LONG, Peer, Server, answer, served

TRUE, UNASKED = {"id": "true"}, {"id": "unasked"}
NO_BODY = b"HTTP/1.1 204 No Content\r\n\r\n"


@dataclass
class Line:
    """A transport to the hand-written side."""

    server: Server
    transport: Transport

    def call(self, *, write: bool = False, read: bool = False) -> object:
        """The document in the answer; with `read` what is none of the vendor's is refused."""

        def strictly(response: httpx.Response) -> object:
            return read_as("example", "Act", response, lambda: content_of(response))

        request = self.transport.request("POST", "/", content=b"{}")
        reader = strictly if read else document
        return self.transport.exchange(Call("Act", request, write=write), reader)


def content_of(response: httpx.Response) -> object:
    content = document(response)
    if content is None:
        raise UnreadableError("it is not a JSON object")
    return content


@contextmanager
def line(behave: Callable[[Peer], None]) -> Iterator[Line]:
    with served(behave) as server, closing(Transport("example", server.url)) as transport:
        yield Line(server, transport)


def whole(framing: str) -> bytes:
    """An answer in each of the ways in which its end is told."""
    return {
        "length": answer({"id": "first"}),
        "chunks": answer({"id": "first"}, chunked=True),
        "trailers": answer({"id": "first"}, chunked=True)[:-2] + b"X-End: yes\r\n\r\n",
        "no body": NO_BODY,
        "empty": answer(b""),
        "bare line feeds": answer({"id": "first"}).replace(b"\r\n", b"\n"),
        "more lines than are told apart": answer(b"\n" * 10_100 + b"{}", chunked=True),
    }[framing]


FRAMINGS = (
    *("length", "chunks", "trailers", "no body", "empty", "bare line feeds"),
    "more lines than are told apart",
)
EXTRA = answer(UNASKED)
UNASKED_BYTES = {
    "an answer": EXTRA,
    "an answer in chunks": answer(UNASKED, chunked=True),
    "two answers": EXTRA * 2,
    "an answer without its end": EXTRA[:-3],
    "half a head": EXTRA[:25],
    "a status line": b"HTTP/1.1 200 OK\r\n",
    "an interim answer": b"HTTP/1.1 100 Continue\r\n\r\n",
    "a body too long": b'{"id": "longer than it said"}',
    "a line break": b"\r\n",
    "a byte": b"\0",
    "100 KiB": b" " * 102_400,
}


@pytest.mark.parametrize("write", [False, True], ids=["read", "write"])
@pytest.mark.parametrize("extra", UNASKED_BYTES.values(), ids=UNASKED_BYTES)
@pytest.mark.parametrize("framing", FRAMINGS)
def test_bytes_behind_an_answer_are_no_answer(framing: str, extra: bytes, write: bool) -> None:
    def behave(peer: Peer) -> None:
        if peer.number == 1:
            peer.serve(whole(framing) + extra)
            peer.rest()
        peer.serve(*[answer(TRUE)] * 2)

    with line(behave) as asked:
        asked.call()
        assert asked.call(write=write) == TRUE
        assert [number for number, _ in asked.server.requests] == [1, 2]


@pytest.mark.parametrize("write", [False, True], ids=["read", "write"])
@pytest.mark.parametrize("extra", UNASKED_BYTES.values(), ids=UNASKED_BYTES)
def test_bytes_between_two_questions_are_no_answer(extra: bytes, write: bool) -> None:
    is_there = threading.Event()

    def behave(peer: Peer) -> None:
        if peer.number == 1:
            peer.serve(answer({"id": "first"}))
            time.sleep(0.1)
            peer.send(extra)
            is_there.set()
            peer.rest()
        peer.serve(answer(TRUE))

    with line(behave) as asked:
        assert asked.call() == {"id": "first"}
        assert is_there.wait(LONG)
        assert asked.call(write=write) == TRUE


def test_write_goes_out_on_a_connection_of_its_own() -> None:
    def behave(peer: Peer) -> None:
        while request := peer.request():
            late = answer(UNASKED) if peer.number == 1 and len(peer.server.requests) > 1 else b""
            peer.send(late, answer({"id": str(peer.number), "asked": len(request) > 0}))

    with line(behave) as asked:
        assert asked.call() == {"id": "1", "asked": True}
        assert asked.call(write=True) == {"id": "2", "asked": True}
        assert asked.call(write=True) == {"id": "3", "asked": True}
        assert asked.server.connections == 3


@pytest.mark.parametrize("framing", ["length", "chunks", "trailers", "empty", "no body"])
def test_reads_share_a_connection_that_is_clean(framing: str) -> None:
    def behave(peer: Peer) -> None:
        peer.serve(*[whole(framing)] * 20)

    with line(behave) as asked:
        for _ in range(20):
            asked.call()
        assert asked.server.connections == 1


def test_answer_in_pieces_is_whole_and_its_connection_clean() -> None:
    bodies = [answer({"id": "x" * 70_000}, chunked=chunked) for chunked in (True, False)]

    def behave(peer: Peer) -> None:
        for content in bodies * 2:
            peer.request()
            for at in range(0, len(content), 7_001):
                peer.send(content[at : at + 7_001])
                time.sleep(0.001)

    with line(behave) as asked:
        for _ in range(4):
            assert asked.call() == {"id": "x" * 70_000}
        assert asked.server.connections == 1


@pytest.mark.parametrize("write", [False, True], ids=["read", "write"])
def test_answer_before_the_first_question_is_not_believed(
    write: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    connect = socket.create_connection

    def slowly(*arguments: object, **named: object) -> socket.socket:
        connection = connect(*arguments, **named)  # type: ignore[arg-type]
        time.sleep(0.2)
        return connection

    monkeypatch.setattr(socket, "create_connection", slowly)

    def behave(peer: Peer) -> None:
        if peer.number <= 2:
            peer.send(answer(UNASKED))
            peer.rest()
        peer.serve(answer(TRUE))

    with line(behave) as asked:
        assert asked.call(write=write) == TRUE
        assert [number for number, _ in asked.server.requests] == [3]


def test_server_that_always_speaks_first_is_not_reached(monkeypatch: pytest.MonkeyPatch) -> None:
    connect = socket.create_connection

    def slowly(*arguments: object, **named: object) -> socket.socket:
        connection = connect(*arguments, **named)  # type: ignore[arg-type]
        time.sleep(0.1)
        return connection

    monkeypatch.setattr(socket, "create_connection", slowly)

    def behave(peer: Peer) -> None:
        peer.send(answer(UNASKED))
        peer.rest()

    with line(behave) as asked:
        with pytest.raises(UnreachableError, match="it answered before it was asked") as caught:
            asked.call(write=True)
        assert caught.value.nothing_done
        assert asked.server.requests == []


OK = answer(b"{}")
DOUBTFUL = {
    "said to be closed": (OK.replace(b"\r\n", b"\r\nConnection: close\r\n", 1), 2),
    "of HTTP/1.0": (OK.replace(b"HTTP/1.1", b"HTTP/1.0"), 2),
    "two framings": (
        answer(b"{}", chunked=True).replace(b"\r\n", b"\r\nContent-Length: 2\r\n", 1),
        2,
    ),
    "twice the same length": (OK.replace(b"\r\n", b"\r\nContent-Length: 2\r\n", 1), 1),
}


@pytest.mark.parametrize("case", DOUBTFUL)
def test_connection_of_doubtful_framing_is_not_used_again(case: str) -> None:
    content, connections = DOUBTFUL[case]
    with line(lambda peer: peer.serve(content, content)) as asked:
        assert [asked.call(), asked.call()] == [{}, {}]
        assert asked.server.connections == connections


@pytest.mark.parametrize("status", ["100 Continue", "102 Processing", "103 Early Hints"])
def test_interim_answers_are_passed_over(status: str) -> None:
    interim = f"HTTP/1.1 {status}\r\nLink: </a>; rel=preload\r\n\r\n".encode()

    def behave(peer: Peer) -> None:
        peer.serve(*[interim * 3 + answer(TRUE)] * 2)

    with line(behave) as asked:
        assert [asked.call(), asked.call()] == [TRUE, TRUE]
        assert asked.server.connections == 1


def endless(piece: bytes) -> Callable[[Peer], None]:
    def behave(peer: Peer) -> None:
        peer.request()
        peer.send(b"HTTP/1.1 200 OK\r\n" if piece.startswith(b"X") else b"")
        for _ in range(100_000):
            peer.send(piece * 1000)

    return behave


ENDLESS = {
    "interim answers": b"HTTP/1.1 102 Processing\r\n\r\n",
    "headers": b"X-Header: 1\r\n",
    "one header": b"X" * 20,
    "cookies": b"X: 1\r\nSet-Cookie: a=b; Path=/\r\n",
}


@pytest.mark.parametrize("write", [False, True], ids=["read", "write"])
@pytest.mark.parametrize("piece", ENDLESS.values(), ids=ENDLESS)
def test_head_without_end_is_left_and_not_asked_for_again(piece: bytes, write: bool) -> None:
    kind = OutcomeUnknownError if write else UnreadAnswerError
    with line(endless(piece)) as asked:
        with pytest.raises(kind, match="its head has more than 100 KiB"):
            asked.call(write=write)
        assert len(asked.server.requests) == 1


MOST = 4 << 20
OF_SMALL_PARTS = {
    "objects": answer(b'{"x": [' + b'{"a":1},' * (MOST // 8 - 10) + b"{}]}"),
    "objects without an end": answer(b'{"x": [' + b'{"a":1},' * (MOST // 8 - 10)),
    "halves of characters": answer(b'{"x": [' + b'"\\ud800",' * (MOST // 9 - 10) + b"{}]}"),
    "headers": answer(b"{}").replace(
        b"\r\n", b"\r\n" + b"".join(b"X-%d: 1\r\n" % number for number in range(5_000)), 1
    ),
    "cookies": answer(b"{}").replace(
        b"\r\n", b"\r\n" + b"".join(b"Set-Cookie: %d=1\r\n" % number for number in range(4_000)), 1
    ),
    "lines in a chunk": answer(b"\n" * MOST, chunked=True),
    "chunks": OK.replace(b"Content-Length: 2\r\n\r\n{}", b"Transfer-Encoding: chunked\r\n\r\n")
    + b"1\r\n \r\n" * 300_000
    + b"0\r\n\r\n",
}


@pytest.mark.timeout(60)
@pytest.mark.parametrize("case", OF_SMALL_PARTS)
def test_answer_of_many_small_parts_takes_little_time_and_is_asked_for_once(case: str) -> None:
    """Where the time grew with the square of the parts, the test's own limit would end it."""
    with line(lambda peer: peer.serve(OF_SMALL_PARTS[case])) as asked:
        with suppress(UnreadAnswerError):
            asked.call(read=True)
        assert len(asked.server.requests) == 1


def test_slow_flood_of_interim_answers_ends_with_the_call(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attempt, "LONGEST_CALL", 0.5)
    hung_up = threading.Event()

    def behave(peer: Peer) -> None:
        peer.request()
        try:
            while not peer.server.is_over.wait(0.05):
                peer.send(b"HTTP/1.1 102 Processing\r\n\r\n")
        except OSError:
            hung_up.set()

    with line(behave) as asked:
        with pytest.raises(UnreadAnswerError, match="did not answer within"):
            asked.call()
        assert hung_up.wait(LONG)


def test_no_cookie_comes_back() -> None:
    cookie = "session=invented; Path=/; Max-Age=86400"

    def behave(peer: Peer) -> None:
        peer.serve(*[answer(TRUE, Set_Cookie=cookie)] * 3)

    with line(behave) as asked:
        for write in (False, False, True, False):
            assert asked.call(write=write) == TRUE
        assert all(b"cookie" not in request.lower() for _, request in asked.server.requests)


def test_sixty_kilobytes_of_cookies_leave_nothing_behind() -> None:
    cookies = "".join(f"Set-Cookie: c{n}={'x' * 80}; Path=/\r\n" for n in range(600))
    content = answer(TRUE).replace(b"\r\n", b"\r\n" + cookies.encode(), 1)

    def behave(peer: Peer) -> None:
        peer.serve(*[content] * 3)

    with line(behave) as asked:
        for _ in range(3):
            assert asked.call() == TRUE
        assert max(len(request) for _, request in asked.server.requests) < 1000
