"""Answers of proxies, gateways and firewalls: what each proves, when to ask again, and its words.

Only an answer without the vendor's envelope is judged by its HTTP status. What a status proves is
taken from RFC 9110 and RFC 6585: below are those by which whoever answered says that the call was
not carried out. No 5xx is among them, since a gateway answers so too when it has lost the vendor's
answer; nor 303, which points to the result of what was done; nor 400, 409 and 422, in which a
vendor's own envelope may have been cut off; nor 408, which some gateways send for their own side.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from html import unescape

import httpx

from pulumi_smssign.contract.codes import SMALLER_FILES, TOO_MANY, Meaning, wrong
from pulumi_smssign.model.errors import (
    BlockedError,
    SmsSignError,
    UnavailableError,
    UnreadAnswerError,
)
from pulumi_smssign.model.language import _, listed, mark
from pulumi_smssign.model.redaction import quote, short

_ENDPOINT = mark("check the endpoint, and the proxy.")
_FIREWALL = mark(
    "a firewall, proxy or gateway stands before the vendor: have its operator let this machine's "
    "calls pass, or check the endpoint."
)
_LOGIN = mark("log this machine in at its network or proxy, and run it again.")
_KEY = mark("check the keys, the endpoint, and the proxy's user and password.")

_ELSEWHERE = Meaning(BlockedError, mark("it sends the call to another address"), _ENDPOINT)
_FORBIDDEN = Meaning(BlockedError, mark("it lets no such call pass"), _FIREWALL)
_NO_SUCH_CALL = Meaning(BlockedError, mark("it knows no such call"), _ENDPOINT)
_NOT_OURS = Meaning(BlockedError, mark("it takes no call of that form"), _ENDPOINT)

PROVEN: Mapping[int, Meaning] = {
    **dict.fromkeys((301, 302, 305, 307, 308), _ELSEWHERE),
    401: Meaning(BlockedError, mark("it accepts no such key"), _KEY),
    403: _FORBIDDEN,
    404: _NO_SUCH_CALL,
    405: _NO_SUCH_CALL,
    407: Meaning(BlockedError, mark("the proxy wants a user and a password"), _LOGIN),
    410: _NO_SUCH_CALL,
    411: _NOT_OURS,
    413: wrong(mark("the request is larger than it takes"), SMALLER_FILES),
    414: _NOT_OURS,
    415: _NOT_OURS,
    417: _NOT_OURS,
    418: _FORBIDDEN,
    421: _NO_SUCH_CALL,
    426: _NOT_OURS,
    428: _NOT_OURS,
    429: TOO_MANY,
    431: _NOT_OURS,
    451: _FORBIDDEN,
    511: Meaning(BlockedError, mark("the network wants a login"), _LOGIN),
}
"""The meaning of an answer without the vendor's envelope, by its HTTP status."""
_OUTAGES = frozenset({500, 502, 503, 504})
"""The HTTP statuses of a gateway whose vendor is down, or too slow, for now."""
_ATTEMPTS_FOR_A_PAGE = 2
_LARGE = 256 << 10
"""Bytes beyond which an answer that is none of the vendor's is not asked for again."""
_OF_A_FIREWALL = re.compile(
    r"\bwaf\b|firewall|captcha|access denied|request blocked|attention required|just a moment"
    r"|防火墙|拦截|阻断|威胁|人机|滑块|禁止访问",
    re.IGNORECASE,
)
_PAGE = re.compile(rb"\s*(?:<!doctype html|<html|<head|<body|<title|<!--)", re.IGNORECASE)
_TITLE = re.compile(r"<title[^>]*>(.*?)</title", re.IGNORECASE | re.DOTALL)
_UNSEEN = re.compile(
    r"<(script|style|head)\b.*?</\1\s*>|<!--.*?-->|<[^>]*>", re.IGNORECASE | re.DOTALL
)
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]+)", re.IGNORECASE)
_BEGINNING = 16 << 10
"""Bytes of a page in which its words are looked for."""
_LONGEST_WORDS = 80


def error_of(
    vendor: str, action: str, response: httpx.Response, why: str, *, is_bare: bool
) -> SmsSignError:
    """The error of an answer that is not in the vendor's protocol.

    Args:
        vendor: the vendor's name.
        action: the call, as the vendor names it.
        response: the answer.
        why: what is wrong with it.
        is_bare: whether it has nothing of the vendor's envelope, so that its status counts.
    """
    proven = PROVEN.get(response.status_code) if is_bare else None
    if proven is not None:
        return proven.error(
            _(
                "a proxy or gateway before {vendor} refused {action}: {problem} ({origin})",
                vendor=vendor,
                action=action,
                problem=proven.problem_said(),
                origin=_origin_of(response),
            ),
            vendor=vendor,
            action=action,
            advice=proven.advice_on(action),
        )
    kind = UnreadAnswerError if len(response.content) > _LARGE else UnavailableError
    error = kind(
        _(
            "the answer is not in the format of {vendor}: {why} ({origin})",
            vendor=vendor,
            why=why,
            origin=_origin_of(response),
        ),
        vendor=vendor,
        action=action,
        advice=_("a proxy or gateway may have answered: check the endpoint and run it again."),
    )
    if is_page(response) and not _is_of_an_outage(response):
        error.attempts = min(error.attempts, _ATTEMPTS_FOR_A_PAGE)
    return error


def _is_of_an_outage(response: httpx.Response) -> bool:
    """Whether a page tells of a vendor that is down, or too slow, for now."""
    return response.status_code in _OUTAGES and not _OF_A_FIREWALL.search(words_of(response))


def is_page(response: httpx.Response) -> bool:
    """Whether an answer is a page for people."""
    media_type = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    return media_type in ("text/html", "application/xhtml+xml") or bool(
        _PAGE.match(response.content[:_BEGINNING])
    )


def words_of(response: httpx.Response) -> str:
    """A page's title, or else the beginning of its text; "" for what is no page.

    They are a gateway's, and may echo what it was sent: nothing confidential stays in them.
    """
    if not is_page(response):
        return ""
    text = decoded(response.content[:_BEGINNING], declared_charset(response))
    title = _TITLE.search(text)
    visible = title[1] if title and title[1].strip() else _UNSEEN.sub(" ", text)
    quoted = quote(unescape(visible))
    return quoted if len(quoted) <= _LONGEST_WORDS else f"{quoted[:_LONGEST_WORDS]} …"


def _origin_of(response: httpx.Response) -> str:
    """The origin of an answer for a message: status, media type, size, and who sent it."""
    media_type = response.headers.get("Content-Type")
    server = response.headers.get("Server")
    page_text = words_of(response)
    return listed(
        (
            f"HTTP {response.status_code}",
            _("no content type") if media_type is None else short(media_type),
            _("{count} bytes", count=len(response.content)),
            *([_("from {server}", server=short(server))] if server else ()),
            *([f"“{page_text}”"] if page_text else ()),
        )
    )


def declared_charset(response: httpx.Response) -> str:
    """The charset that an answer's header names, or a page's beginning; "" where neither does."""
    header = _CHARSET.search(response.headers.get("Content-Type", "").encode())
    match = header or (_CHARSET.search(response.content[:1024]) if is_page(response) else None)
    return match[1].decode("ascii").lower() if match else ""


def decoded(content: bytes, charset: str) -> str:
    """A text for people; where it is not in the charset that it names, what fits best."""
    for name in (charset, "utf-8", "gb18030"):
        try:
            return content.decode(name)
        except (LookupError, UnicodeError):
            continue
    return content.decode("utf-8", "replace")


def retry_after(response: httpx.Response) -> float:
    """Seconds for which an answer wants not to be asked again; 0 where it does not say.

    A date is held against the answer's own, so that the difference of the clocks does not count.
    """
    text = response.headers.get("Retry-After", "").strip()
    if re.fullmatch(r"[0-9]{1,9}(\.[0-9]{1,9})?", text):
        return float(text)
    until = _date(text)
    if until is None:
        return 0.0
    now = _date(response.headers.get("Date", "")) or datetime.now(UTC)
    return max(0.0, (until - now).total_seconds())


def _date(text: str) -> datetime | None:
    try:
        date = parsedate_to_datetime(text)
    except (ValueError, OverflowError):  # no date, or a year that no clock has
        return None
    return date if date.tzinfo else date.replace(tzinfo=UTC)
