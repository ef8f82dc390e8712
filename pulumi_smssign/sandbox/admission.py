"""Who may call at all: this user's programs, and no web page but the sandbox's own.

On Linux the kernel says whose a connection is: another user's is refused, and one's own needs no
more. Where it can't say (macOS, Windows, a container's forwarded port) the control API takes who
knows the token that was made at the start; the page's address bears it and leaves it in a cookie.

A browser lets every page send requests to loopback, and lets a page whose name was rebound to
127.0.0.1 read the answers as well. What gives them away is said by the browser itself:

| header | let in |
| --- | --- |
| `Host` | `localhost`, or an address of loopback, with any port or none; it must be there |
| | `http://` before it is a client's (`tccli`); a browser's has a host and a port, no scheme |
| `Origin`, where it is sent | the sandbox's own |
| `Sec-Fetch-Site`, where it is sent | `none`, `same-origin`; from elsewhere a link, no query |

The same holds for the control API and for all vendors' calls: their clients name the address that
they were told, and their test keys are public, so that a page could sign as well as they can.
"""

from __future__ import annotations

import hmac
import ipaddress
import re
from http import HTTPStatus
from urllib.parse import parse_qs

from starlette.datastructures import Headers
from starlette.requests import cookie_parser
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from pulumi_smssign.sandbox.callers import CONNECTION, Caller, caller

_HOST = re.compile(
    r"(?P<scheme>http://)?(?P<name>[^:/\[\]]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]{0,5})?(?(scheme)/?)",
    re.IGNORECASE,
)
TOKEN = "x-smssign-token"  # noqa: S105 (a header's name)
"""The header that bears the token; elsewhere it is a cookie of the page."""
_SHOWN = 100
"""Characters of a header that a refusal repeats."""


class Admission:
    """The ASGI application in front of the sandbox's: it refuses who may not call."""

    def __init__(self, app: ASGIApp, token: str = "") -> None:
        self._app = app
        self._token = token

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it unread."""
        refusal = None
        if scope["type"] == "http":
            refusal = _refusal(scope) or self._of_a_stranger(scope) or self._of_the_page(scope)
        await (refusal or self._app)(scope, receive, send)

    def _of_a_stranger(self, scope: Scope) -> Response | None:
        who = _caller(scope) if self._token and scope.get("client") else "own"
        if who == "own" or self._has_token(scope):
            return None
        if who == "other":
            return _refused(
                HTTPStatus.FORBIDDEN,
                "the sandbox answers to the user that has started it; this call is another's",
            )
        # What a vendor's own client sends can bear no token of ours.
        if not scope["path"].startswith("/_desk/") or scope["path"] == "/_desk/":
            return None
        return _refused(
            HTTPStatus.UNAUTHORIZED,
            "the desk's token is missing: open the address that `smssign sandbox` has printed, or "
            f"send {TOKEN} with the token in it",
        )

    def _of_the_page(self, scope: Scope) -> Response | None:
        """Leave the token in the page's address as a cookie, and take it out of the address."""
        if scope["path"] != "/" or not scope["query_string"].startswith(b"token="):
            return None
        if not self._has_token(scope):
            return _refused(HTTPStatus.UNAUTHORIZED, "that is another sandbox's token")
        answer = RedirectResponse("/", HTTPStatus.SEE_OTHER)
        answer.set_cookie(_cookie(scope), self._token, httponly=True, samesite="strict")
        return answer

    def _has_token(self, scope: Scope) -> bool:
        headers = Headers(scope=scope)
        query = parse_qs(scope["query_string"].decode("latin-1")) if scope["path"] == "/" else {}
        tokens = (
            headers.get(TOKEN, ""),
            cookie_parser(headers.get("cookie", "")).get(_cookie(scope), ""),
            *query.get("token", ()),
        )
        # All of them, so that an old cookie does not stand in the way of a new address.
        return bool(self._token) and any(
            hmac.compare_digest(each.encode(), self._token.encode()) for each in tokens
        )


def _cookie(scope: Scope) -> str:
    """Give the cookie's name: cookies are a host's, and several sandboxes may have one host."""
    return f"smssign_desk_{(scope.get('server') or ('', 0))[1]}"


def _refusal(scope: Scope) -> Response | None:
    headers = Headers(scope=scope)
    hosts = headers.getlist("host")
    if len(hosts) != 1 or not _is_loopback(hosts[0]):
        return _refused(
            HTTPStatus.MISDIRECTED_REQUEST,
            "the sandbox answers to localhost, 127.0.0.1 and [::1] only, else a web page could "
            f"reach it by a name of its own; this request's Host is {_quoted(hosts)}",
        )
    origins = headers.getlist("origin")
    if any(origin.lower() != f"http://{hosts[0]}".lower() for origin in origins):
        return _refused(
            HTTPStatus.FORBIDDEN,
            "the sandbox takes nothing from other web pages; this request's Origin is "
            f"{_quoted(origins)}",
        )
    if _comes_from_elsewhere(headers) and not _follows_a_link(scope, headers):
        return _refused(
            HTTPStatus.FORBIDDEN,
            "the sandbox takes nothing from other web pages, and a browser says that this request "
            "comes from one (Sec-Fetch-Site)",
        )
    return None


def _is_loopback(host: str) -> bool:
    match = _HOST.fullmatch(host)
    if match is None:
        return False
    name = match["name"].strip("[]").lower()
    try:
        return name == "localhost" or ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def _comes_from_elsewhere(headers: Headers) -> bool:
    return headers.get("sec-fetch-site", "none") not in {"none", "same-origin"}


def _follows_a_link(scope: Scope, headers: Headers) -> bool:
    """Tell whether a person leaves another page for this one: a look that changes nothing.

    With a query it could be a vendor's call, since UCloud takes signed ones by GET; in a frame of
    the other page it would be a person led to click.
    """
    to_look = scope["method"] == "GET" and not scope["query_string"]
    mode, place = (headers.get(f"sec-fetch-{name}") for name in ("mode", "dest"))
    return to_look and (mode, place) == ("navigate", "document")


def _caller(scope: Scope) -> Caller:
    """Tell who calls; asked once a connection, whose port may be another user's after it."""
    connection: dict[str, Caller] = scope.get("extensions", {}).get(CONNECTION, {})
    if "caller" not in connection:
        connection["caller"] = caller(tuple(scope["client"]), tuple(scope["server"]))
    return connection["caller"]


def _refused(status: HTTPStatus, message: str) -> Response:
    return JSONResponse({"error": message}, status)


def _quoted(values: list[str]) -> str:
    return ", ".join(repr(value[:_SHOWN]) for value in values[:2]) or "missing"
