"""One attempt on the wire, bounded in time and in size, and left at once when the run is ended.

httpx bounds each read, nothing bounds all of them, and nothing wakes a thread that reads. So the
exchange has a thread of its own, which whoever waits for the answer leaves. A thread that was left
sends no request any more; so it is known whether the vendor may have got it.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent import futures
from contextvars import ContextVar
from functools import partial

import httpx

from pulumi_smssign.contract import lifeline

LARGEST_ANSWER = 4 << 20
"""Bytes; the largest page of a vendor's list has far fewer."""
LONGEST_CALL = 60.0
"""Seconds for all of an exchange without its upload: to connect, to send, to read the answer."""
SLOWEST_UPLOAD = 50_000.0
"""Bytes of a request's body for which it has a second more."""
FOR_A_WRITE = 1.0
"""Seconds that the answer to a write still gets once the run was ended: it may hold an id."""
TIMEOUT = httpx.Timeout(connect=10.0, read=60.0, write=60.0, pool=60.0)

_TICK = 0.1
_BEHIND = 1.0
"""Seconds after which a thread that was left ends a step of its own that lasts."""
_CONNECTING = ("connection", "proxy", "socks")
"""What httpcore calls the layers at work before anything of a request is sent."""


class UnwantedAnswer(httpx.RequestError):
    """An answer that is not read: it is too large, or in a form that nobody asked for."""


class Left(Exception):  # noqa: N818 - it is no error of the exchange
    """Nobody waits for the answer any more.

    Args:
        was_sent: whether the vendor may have got the request.
        seconds: how long the answer was waited for.
    """

    def __init__(self, seconds: float, *, was_sent: bool) -> None:
        super().__init__("nobody waits for the answer any more")
        self.seconds = seconds
        self.was_sent = was_sent


class Attempt:
    """One exchange of a request for its answer.

    Args:
        http: the client; it is to have `HOOKS`.
        request: the request; it is signed on the way.
        is_write: whether it changes something at the vendor.
    """

    def __init__(self, http: httpx.Client, request: httpx.Request, *, is_write: bool) -> None:
        self._http = http
        self._request = request
        self._grace = FOR_A_WRITE if is_write else 0.0
        upload = int(request.headers.get("Content-Length") or 0) / SLOWEST_UPLOAD
        self._seconds = max(0.0, min(LONGEST_CALL + upload, lifeline.time_left()))
        self._until = time.monotonic() + self._seconds
        self._answer: futures.Future[httpx.Response] = futures.Future()
        self._lock = threading.Lock()
        self._is_left = False
        self._is_unsent = True

    def answer(self) -> httpx.Response:
        """The answer, read whole.

        Raises:
            Left: the time was up, or the run was ended.
            httpx.RequestError: it failed.
        """
        threading.Thread(target=self._exchange, daemon=True, name="smssign-call").start()
        until, is_ended = self._until, False
        while not futures.wait((self._answer,), _TICK).done:
            now = time.monotonic()
            if lifeline.cancelled.is_set() and not is_ended:
                until, is_ended = min(until, now + self._grace), True
            if now >= until:
                self._leave()
        return self._answer.result()

    def _exchange(self) -> None:
        _current.set(self)
        try:
            self._answer.set_result(self._http.send(self._request))
        except BaseException as error:  # noqa: BLE001 - it is raised where the answer is waited for
            self._answer.set_exception(error)

    def _leave(self) -> None:
        with self._lock:
            self._is_left, was_sent = True, not self._is_unsent
        if not self._answer.done():
            raise Left(self._seconds, was_sent=was_sent)

    def must_be_waited_for(self) -> None:
        """Make sure that somebody waits for the answer; raises `Left`."""
        if self._is_left or time.monotonic() >= self._until:
            raise Left(self._seconds, was_sent=True)

    def bound(self, request: httpx.Request) -> None:
        """Bound each step of a request that is about to be sent, and watch how far it gets.

        It may be another one than the attempt's own: the one for the token that this needs.

        Raises:
            Left: nobody waits for it.
        """
        is_own = request is self._request
        self._note(is_unsent=not is_own, is_sending=True)
        left = max(self._until - time.monotonic(), 0.0) + _BEHIND
        request.extensions = {
            **request.extensions,
            "timeout": {step: min(most or left, left) for step, most in TIMEOUT.as_dict().items()},
            "trace": partial(self._watch, is_own),
        }

    def _watch(self, is_own: bool, event: str, _info: Mapping[str, object]) -> None:  # noqa: FBT001
        """Hear of each thing that httpcore is about to do or has done."""
        self._note(
            is_unsent=not is_own or event.partition(".")[0] in _CONNECTING,
            is_sending=event.endswith("send_request_headers.started"),
        )

    def _note(self, *, is_unsent: bool, is_sending: bool) -> None:
        with self._lock:
            if self._is_left and is_sending:
                raise Left(self._seconds, was_sent=False)
            self._is_unsent = is_unsent


class _Bounded(httpx.SyncByteStream):
    """An answer's body up to the largest size and the end of the time."""

    def __init__(self, body: httpx.SyncByteStream, attempt: Attempt | None) -> None:
        self._body = body
        self._attempt = attempt

    def __iter__(self) -> Iterator[bytes]:
        size = 0
        for part in self._body:
            size += len(part)
            if size > LARGEST_ANSWER:
                raise UnwantedAnswer(f"it has more than {LARGEST_ANSWER >> 20} MiB")
            if self._attempt is not None:
                self._attempt.must_be_waited_for()
            yield part

    def close(self) -> None:
        self._body.close()


def _before(request: httpx.Request) -> None:
    attempt = _current.get()
    if attempt is not None:
        attempt.bound(request)


def _after(response: httpx.Response) -> None:
    coding = response.headers.get("Content-Encoding", "identity").strip().lower()
    if coding != "identity":
        raise UnwantedAnswer(f"it is compressed ({coding[:20]}), which was not asked for")
    if isinstance(response.stream, httpx.SyncByteStream):
        response.stream = _Bounded(response.stream, _current.get())


_current: ContextVar[Attempt | None] = ContextVar("_current", default=None)
"""The attempt that a thread makes."""
HOOKS: dict[str, list[Callable[..., None]]] = {"request": [_before], "response": [_after]}
"""What a client does before it sends a request and before it reads an answer."""
