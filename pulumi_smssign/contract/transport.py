"""The one HTTP client: limits of rate, time and size, retries, and what each failure proves.

Reads are repeated with back-off and jitter when the vendor can't answer. Writes are repeated only
on answers that prove that nothing was done; any other lost answer is an `OutcomeUnknownError`,
and whoever submitted must look before going on.
"""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import TypedDict, TypeVar, Unpack

import httpx
from pyrate_limiter import InMemoryBucket, Limiter, Rate
from pyrate_limiter.limiter import SingleBucketFactory
from tenacity import RetryCallState, Retrying, retry_if_exception, wait_random_exponential

from pulumi_smssign.address import SANDBOX_PORT
from pulumi_smssign.contract import lifeline
from pulumi_smssign.contract.attempt import (
    HOOKS,
    TIMEOUT,
    Abandoned,
    Attempt,
    must_be_awaited,
)
from pulumi_smssign.contract.connections import Connections, UnusableSetting, UnwantedAnswer
from pulumi_smssign.contract.endpoints import is_loopback
from pulumi_smssign.contract.files import home
from pulumi_smssign.contract.gateways import retry_after
from pulumi_smssign.contract.handshake import trouble_with
from pulumi_smssign.contract.pace import is_unpaced
from pulumi_smssign.contract.proxies import proxy_for
from pulumi_smssign.contract.shared_rate import SharedBucket
from pulumi_smssign.contract.surroundings import tls_context, unusable
from pulumi_smssign.model.digests import digest
from pulumi_smssign.model.durations import spoken
from pulumi_smssign.model.errors import (
    HandshakeError,
    InterruptedRunError,
    OutcomeUnknownError,
    UnavailableError,
    UnreachableError,
    UnreadAnswerError,
)
from pulumi_smssign.model.language import _, mark
from pulumi_smssign.model.redaction import quote
from pulumi_smssign.version import __version__

_T = TypeVar("_T")


class _Parts(TypedDict, total=False):
    """The parts of a request, by httpx's own names."""

    params: Mapping[str, str | int]
    headers: Mapping[str, str]
    content: bytes | Iterable[bytes]
    files: Mapping[str, tuple[str, bytes, str]]


ATTEMPTS = UnavailableError.attempts
"""Attempts of a call in all, while the vendor can't answer."""
LONGEST_RETRY = 90.0
"""Seconds after which no further attempt begins: a vendor's limit of a minute passes."""
_LOOK_FOR_ROOM = 0.05
"""Seconds between two looks whether the rate limit has room."""
_NETWORK_ADVICE = mark("check the network, the proxy and the endpoint, and run it again.")
_NEVER_SENT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
)


def _is_retryable(error: BaseException) -> bool:
    """Whether a failure may succeed on retry."""
    return isinstance(error, UnavailableError)


def _failure(state: RetryCallState) -> BaseException | None:
    return state.outcome.exception() if state.outcome else None


def _enough(state: RetryCallState) -> bool:
    """Whether a call has been tried often or long enough, its time is up, or the run was ended."""
    time_left = lifeline.time_left()
    if lifeline.cancelled.is_set() or not time_left:
        return True
    error = _failure(state)
    # What was waited counts as planned too, for tests whose pauses take no time.
    waited = max(state.seconds_since_start or 0.0, state.idle_for) + state.upcoming_sleep
    if waited > LONGEST_RETRY or state.upcoming_sleep > time_left:
        return True
    return isinstance(error, UnavailableError) and state.attempt_number >= error.attempts


_back_off = wait_random_exponential(multiplier=0.5, max=10.0, min=0.2)


def _wait(state: RetryCallState) -> float:
    """Seconds before the next attempt: with jitter, and no fewer than the vendor wants."""
    error = _failure(state)
    wanted = error.retry_after if isinstance(error, UnavailableError) else 0.0
    return max(_back_off(state), wanted)


def _pause(seconds: float) -> None:
    """Wait before the next attempt, unless the run is ended meanwhile."""
    if not is_unpaced():
        lifeline.pause(seconds)


def _limiter(rate: Rate, *of: str) -> Limiter:
    """A rate limit without the thread that would forget old calls: a run makes too few of them.

    Args:
        rate: the limit.
        of: whose calls they are, and which: all processes share that limit. "" is this one's alone.
    """
    bucket = (
        SharedBucket(rate, home() / "rates" / digest(list(of)))
        if all(of)
        else InMemoryBucket([rate])
    )
    return Limiter(SingleBucketFactory(bucket, schedule_leak=False))


@dataclass(frozen=True)
class Call:
    """One call of a vendor's action; `write` when it changes something there."""

    action: str
    request: httpx.Request
    write: bool = False


class Transport:
    """One account's connection to a vendor, shared by the plugin's threads.

    Args:
        vendor: the vendor's name, for messages.
        endpoint: a URL; every request is made below it.
        auth: signs each request anew, at each attempt.
        limits: how many calls of an action are taken in how many milliseconds; an action that
            is not named is not limited.
        account: the account's fingerprint: all processes of this user share its limits; "" where
            there is no account.
    """

    def __init__(
        self,
        vendor: str,
        endpoint: str,
        *,
        auth: httpx.Auth | None = None,
        limits: Mapping[str, Rate] | None = None,
        account: str = "",
    ) -> None:
        self._vendor = vendor
        self._retrying = Retrying(
            retry=retry_if_exception(_is_retryable),
            stop=_enough,
            wait=_wait,
            sleep=_pause,
            reraise=True,
        )
        self._limiters = {
            action: _limiter(rate, vendor, endpoint, account, action)
            for action, rate in (limits or {}).items()
        }
        self._http = self._client(endpoint, auth)
        self._lock = threading.Lock()
        self.writes = 0

    def _client(self, endpoint: str, auth: httpx.Auth | None) -> httpx.Client:
        try:
            connections = Connections(proxy_for, functools.cache(tls_context), must_be_awaited)
            client = httpx.Client(
                base_url=endpoint,
                transport=connections,
                auth=auth,
                timeout=TIMEOUT,
                # A signature is for one host and path, and a key must not go to another.
                follow_redirects=False,
                # A gateway's cookies are for browsers; sent back they only grow.
                cookies=CookieJar(DefaultCookiePolicy(allowed_domains=())),
                headers={
                    "User-Agent": f"pulumi-smssign/{__version__}",
                    # The size that is bounded is that on the wire; a compressed answer could grow.
                    "Accept-Encoding": "identity",
                },
                event_hooks=HOOKS,
            )
            connections.must_be_possible(client.base_url)
        except (ValueError, httpx.InvalidURL) as error:
            raise unusable(self._vendor, error) from None
        except UnusableSetting as setting:
            raise unusable(self._vendor, setting.__cause__) from None
        return client

    def request(self, method: str, url: str, **parts: Unpack[_Parts]) -> httpx.Request:
        """A request to the endpoint; the parts are httpx's (headers, content, params, ...)."""
        return self._http.build_request(method, url, **parts)

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def exchange(self, call: Call, read: Callable[[httpx.Response], _T]) -> _T:
        """Make a call and read its answer, as often as is safe.

        Args:
            call: the call; its request is signed anew at each attempt.
            read: makes the result of a response, or raises one of `errors.py`.

        Raises:
            OutcomeUnknownError: a write's answer was lost.
            InterruptedRunError: the run was ended, and the vendor has not got the call; or it was
                no write.
            SmsSignError: what `read` raises, or that the vendor can't be reached.
        """
        self._count(call)
        try:
            result: _T = self._retrying(self._once, call, read)
        finally:
            self._count(call)
        return result

    def _count(self, call: Call) -> None:
        # At its begin and at its end: a list that was read in between may lack it either way.
        with self._lock:
            self.writes += call.write

    def _once(self, call: Call, read: Callable[[httpx.Response], _T]) -> _T:
        self._wait_for_room(call)
        # Not before every read: the question whether the engine lives is a connection to it.
        if call.write or lifeline.cancelled.is_set():
            lifeline.must_go_on(call.action)
        response = None
        try:
            response = self._send(call)
            return read(response)
        except UnavailableError as error:
            if response is not None:
                error.retry_after = max(error.retry_after, retry_after(response))
                if retry_after(response) > LONGEST_RETRY:
                    error.advice = _(
                        "run it again in {time}, as it says.", time=spoken(error.retry_after)
                    )
            if call.write and not error.nothing_done:
                raise OutcomeUnknownError(
                    _(
                        "the answer of {vendor} was lost: {why}",
                        vendor=self._vendor,
                        why=error.summary,
                    ),
                    advice=error.advice,
                    after=error,
                ) from None
            raise

    def _wait_for_room(self, call: Call) -> None:
        """Wait until the rate limit lets the call through, the run is ended or the time is up."""
        limiter = None if is_unpaced() else self._limiters.get(call.action)
        # Polled: the limiter's own waiting can't be ended by Ctrl-C or a deadline.
        while limiter and not limiter.try_acquire(call.action, blocking=False):
            lifeline.pause(_LOOK_FOR_ROOM)
            if lifeline.cancelled.is_set():
                lifeline.must_go_on(call.action)
            if not lifeline.time_left():
                break
        if not lifeline.time_left():
            raise UnreachableError(
                _("the time was up before {vendor} could be asked", vendor=self._vendor),
                vendor=self._vendor,
                action=call.action,
                advice=_("run it again with more time."),
            )

    def _send(self, call: Call) -> httpx.Response:
        try:
            return Attempt(self._http, call.request, is_write=call.write).answer()
        except Abandoned as abandoned:
            raise self._unanswered(call, abandoned) from None
        except UnusableSetting as setting:
            raise unusable(self._vendor, setting.__cause__) from None
        except (OverflowError, UnicodeError) as error:  # an impossible port or host
            raise unusable(self._vendor, error) from None
        except _NEVER_SENT as error:
            raise self._not_connected(call, error) from None
        except UnwantedAnswer as error:
            raise UnreadAnswerError(
                _("the answer of {vendor} was not read: {why}", vendor=self._vendor, why=error),
                vendor=self._vendor,
                action=call.action,
                advice=_("a proxy or gateway may have answered: check the endpoint."),
            ) from None
        except httpx.RequestError as error:
            raise UnavailableError(
                _(
                    "the connection to {vendor} broke off ({error})",
                    vendor=self._vendor,
                    error=type(error).__name__,
                ),
                vendor=self._vendor,
                action=call.action,
                advice=_("run it again in a while."),
            ) from None

    def _unanswered(
        self, call: Call, abandoned: Abandoned
    ) -> InterruptedRunError | UnavailableError:
        """The error of an abandoned attempt: what it proves hangs on whether it was sent."""
        if lifeline.cancelled.is_set() and not (call.write and abandoned.was_sent):
            return InterruptedRunError(
                _("the run was ended during {action}: nothing was changed", action=call.action),
                vendor=self._vendor,
                action=call.action,
                advice=_("run `pulumi up` again to go on."),
            )
        if lifeline.cancelled.is_set():
            return UnreadAnswerError(
                _("the run was ended before it came"),
                vendor=self._vendor,
                action=call.action,
                advice=_("run `pulumi up` again: it looks whether the call arrived."),
            )
        if not abandoned.was_sent:
            why = _("no connection within {time}", time=spoken(abandoned.seconds))
            return self._unreachable(call, why)
        return UnreadAnswerError(
            _(
                "{vendor} did not answer within {time}",
                vendor=self._vendor,
                time=spoken(abandoned.seconds),
            ),
            vendor=self._vendor,
            action=call.action,
            advice=_("run it again in a while."),
        )

    def _not_connected(self, call: Call, error: Exception) -> UnreachableError:
        trouble = trouble_with(error, call.request.url)
        if trouble is None:
            return self._unreachable(call, quote(str(error)))
        return self._unreachable(call, trouble.problem, HandshakeError, trouble.advice)

    def _unreachable(
        self,
        call: Call,
        why: str,
        kind: type[UnreachableError] = UnreachableError,
        advice: str = "",
    ) -> UnreachableError:
        place = call.request.url.netloc.decode("ascii")  # with the port, unless it is the usual one
        return kind(
            _(
                "{vendor} can't be reached at {place} ({why})",
                vendor=self._vendor,
                place=place,
                why=why,
            ),
            vendor=self._vendor,
            action=call.action,
            advice=advice or _when_unreachable(call.request.url),
        )


def _when_unreachable(url: httpx.URL) -> str:
    """The advice where nobody answers: on this machine it is the sandbox that is to be started."""
    if not is_loopback(str(url)):
        return _(_NETWORK_ADVICE)
    port = url.port or SANDBOX_PORT
    option = "" if port == SANDBOX_PORT else f" --port {port}"
    return _(
        "start the sandbox in another terminal with `smssign sandbox{option}`, and run it again.",
        option=option,
    )
