"""Signed requests: the canonical form that several vendors sign, each in its own way."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256
from typing import Generic, TypeVar
from urllib.parse import parse_qsl, quote

import httpx

_C = TypeVar("_C")


class TimedAuth(httpx.Auth, Generic[_C]):
    """An auth flow that signs each attempt anew, with its own time.

    Args:
        credentials: the account's key.
        clock: Unix seconds.
    """

    requires_request_body = True

    def __init__(self, credentials: _C, clock: Callable[[], float] = time.time) -> None:
        self._credentials = credentials
        self._clock = clock


def canonical(
    request: httpx.Request, names: Sequence[str], *, path: str = "", payload: str = ""
) -> str:
    """SHA-256, in hexadecimal, of a request's canonical form: the part that vendors sign.

    Args:
        request: what is signed; its body has been read.
        names: lower-case names of the headers to sign, in their order; the request has them.
        path: the path as it is signed, where that is another than what is sent.
        payload: what stands for the body, where that is not its own digest.
    """
    query = parse_qsl(request.url.query.decode(), keep_blank_values=True)
    lines = (
        request.method,
        path or request.url.path,
        canonical_query(query),
        *(f"{name}:{request.headers[name].strip()}" for name in names),
        "",
        ";".join(names),
        payload or sha256(request.content).hexdigest(),
    )
    return sha256("\n".join(lines).encode()).hexdigest()


def canonical_query(parameters: Iterable[tuple[str, str]]) -> str:
    """A query's canonical form: the pairs sorted by name, percent-encoded."""
    return "&".join(
        f"{quote(name, safe='')}={quote(value, safe='')}" for name, value in sorted(parameters)
    )
