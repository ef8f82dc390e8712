"""The reviewer's desk: the page at the sandbox's root, a client of the control API.

One HTML file, one script, one style sheet and an icon, as they are in `static`. The vendors'
protocols own all paths but `/_desk` and `/_page`; at the root the page is what a request gets that
no vendor claims.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from pulumi_smssign.sandbox.http_messages import HttpAnswer, HttpRequest

_STATIC = Path(__file__).with_name("static")
_MEDIA_TYPES: Mapping[str, str] = {
    "desk.css": "text/css; charset=utf-8",
    "desk.js": "text/javascript; charset=utf-8",
    "icon.svg": "image/svg+xml",
}

GUARDS: Mapping[str, str] = {
    "cache-control": "no-cache",
    "content-security-policy": "default-src 'none'; script-src 'self'; style-src 'self'; "
    "img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
}
"""What the browser is told with everything: nothing but the sandbox's own files runs or shows."""


def root_page(request: HttpRequest) -> HttpAnswer | None:
    """Give the page, to one who looks at the root and asks nothing; else None."""
    if request.method not in {"GET", "HEAD"} or request.path != "/" or request.query:
        return None
    page = (_STATIC / "desk.html").read_bytes()
    return HttpAnswer(page, headers={"content-type": "text/html; charset=utf-8", **GUARDS})


def assets() -> Starlette:
    """Give the application that serves what the page consists of, to be mounted at `/_page`."""
    return Starlette(routes=[Route(f"/{name}", _asset) for name in _MEDIA_TYPES])


async def _asset(request: Request) -> Response:
    name = request.url.path.rpartition("/")[2]
    content = (_STATIC / name).read_bytes()
    return Response(content, headers={"content-type": _MEDIA_TYPES[name], **GUARDS})
