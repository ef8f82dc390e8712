"""One HTTP attempt: bounded in time, and abandoned at once when the run is ended.

httpx bounds each read, nothing bounds all of them, and nothing wakes a thread that reads. So the
exchange has a thread of its own, and the caller can stop waiting for it. An abandoned thread sends
no request any more; so it is known whether the vendor may have got it.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from concurrent import futures
from contextvars import ContextVar
from functools import partial

import httpx

from pulumi_smssign.contract import lifeline
from pulumi_smssign.contract.connections import FOR_A_WRITE, UnwantedAnswer
from pulumi_smssign.model.language import _, listed

LONGEST_CALL = 60.0
"""Seconds for all of an exchange without its upload: to connect, to send, to read the answer."""
SLOWEST_UPLOAD = 50_000.0
"""Bytes of a request's body for which it has a second more."""
GRACE_OF_A_WRITE = 1.0
"""Seconds that a write's answer may still take once the run was ended: it may hold an id."""
TIMEOUT = httpx.Timeout(connect=10.0, read=60.0, write=60.0, pool=60.0)

_CODINGS = frozenset(
    ("aes128gcm", "br", "compress", "dcb", "dcz", "deflate", "exi", "gzip", "pack200-gzip",
    "x-compress", "x-gzip", "zstd")
)  # fmt: skip
"""The content codings of IANA's list. What else stands there (nothing, `identity`, `utf-8`) changes
nothing of the bytes."""
_TICK = 0.1
_MARGIN = 1.0
"""Seconds after the deadline until which a step of an abandoned thread may last."""
_CONNECTING = ("connection", "proxy", "socks")
"""httpcore's layers that are at work before anything of a request is sent."""


class Abandoned(Exception):  # noqa: N818 - it is no error of the exchange
    """The attempt was abandoned: nobody waits for the answer any more.

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
        self._is_write = is_write
        upload = int(request.headers.get("Content-Length") or 0) / SLOWEST_UPLOAD
        self._seconds = max(0.0, min(LONGEST_CALL + upload, lifeline.time_left()))
        self._until = time.monotonic() + self._seconds
        self._answer: futures.Future[httpx.Response] = futures.Future()
        self._lock = threading.Lock()
        self._is_abandoned = False
        self._is_unsent = True

    def answer(self) -> httpx.Response:
        """The answer, read whole.

        Raises:
            Abandoned: the time was up, or the run was ended.
            httpx.RequestError: it failed.
        """
        # A daemon: an abandoned exchange must not keep the plugin alive.
        threading.Thread(target=self._exchange, daemon=True, name="smssign-call").start()
        until, is_ended = self._until, False
        while not futures.wait((self._answer,), _TICK).done:
            now = time.monotonic()
            if lifeline.cancelled.is_set() and not is_ended:
                until, is_ended = min(until, now + GRACE_OF_A_WRITE * self._is_write), True
            if now >= until:
                self._abandon()
        return self._answer.result()

    def _exchange(self) -> None:
        _current.set(self)
        try:
            self._answer.set_result(self._http.send(self._request))
        except BaseException as error:  # noqa: BLE001 - it is raised where the answer is waited for
            self._answer.set_exception(error)

    def _abandon(self) -> None:
        with self._lock:
            self._is_abandoned, was_sent = True, not self._is_unsent
        if not self._answer.done():  # it may have come just now
            raise Abandoned(self._seconds, was_sent=was_sent)

    def must_be_awaited(self) -> None:
        """Check that somebody waits for the answer; raises `Abandoned`."""
        if self._is_abandoned or time.monotonic() >= self._until:
            raise Abandoned(self._seconds, was_sent=not self._is_unsent)

    def bound(self, request: httpx.Request) -> None:
        """Set the timeouts of a request that is about to be sent, and watch how far it gets.

        It may be another one than the attempt's own: the one for the token that this needs.

        Raises:
            Abandoned: nobody waits for it.
        """
        is_own = request is self._request
        self._note(is_unsent=not is_own, is_sending=True)
        remaining = max(self._until - time.monotonic(), 0.0) + _MARGIN
        request.extensions = {
            **request.extensions,
            FOR_A_WRITE: self._is_write,
            "timeout": {
                step: min(most or remaining, remaining) for step, most in TIMEOUT.as_dict().items()
            },
            "trace": partial(self._watch, is_own),
        }

    def _watch(self, is_own: bool, event: str, _info: Mapping[str, object]) -> None:  # noqa: FBT001
        """Trace callback for httpcore: an event before and after each of its steps."""
        self._note(
            is_unsent=not is_own or event.partition(".")[0] in _CONNECTING,
            is_sending=event.endswith("send_request_headers.started"),
        )

    def _note(self, *, is_unsent: bool, is_sending: bool) -> None:
        with self._lock:
            if self._is_abandoned and is_sending:
                raise Abandoned(self._seconds, was_sent=False)
            self._is_unsent = is_unsent


def must_be_awaited() -> None:
    """Check that somebody waits for the answer to this thread's request; raises `Abandoned`."""
    attempt = _current.get()
    if attempt is not None:
        attempt.must_be_awaited()


def _before(request: httpx.Request) -> None:
    attempt = _current.get()
    if attempt is not None:
        attempt.bound(request)


def _after(response: httpx.Response) -> None:
    codings = {
        name.strip().lower() for name in response.headers.get("Content-Encoding", "").split(",")
    }
    if codings & _CODINGS:
        coding = listed(sorted(codings & _CODINGS))
        raise UnwantedAnswer(
            _("it is compressed ({coding}), which was not asked for", coding=coding)
        )


_current: ContextVar[Attempt | None] = ContextVar("_current", default=None)
"""The attempt of the current thread."""
HOOKS: dict[str, list[Callable[..., None]]] = {"request": [_before], "response": [_after]}
"""The client's event hooks: before a request is sent, and before an answer is read."""
