"""The canonical form of a request, which three of the vendors sign alike; each in its own way."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256
from urllib.parse import parse_qsl, quote

import httpx


def canonical(
    request: httpx.Request, names: Sequence[str], *, path: str = "", payload: str = ""
) -> str:
    """The digest of a request in the one form that is signed, in hexadecimal digits.

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
    """A query in the one form that is signed: its pairs by name, percent-encoded."""
    return "&".join(
        f"{quote(name, safe='')}={quote(value, safe='')}" for name, value in sorted(parameters)
    )
