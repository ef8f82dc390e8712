"""Answers of gateways as errors: what each status proves, and the words for it."""

from __future__ import annotations

import httpx
import pytest

from pulumi_smssign.contract.gateways import (
    PROVEN,
    declared_charset,
    decoded,
    error_of,
    is_page,
    words_of,
)
from pulumi_smssign.model.errors import (
    BlockedError,
    InputError,
    RateLimitedError,
    SmsSignError,
    UnavailableError,
    UnreadAnswerError,
)

ENDPOINT = "check the endpoint, and the proxy."
FIREWALL = (
    "a firewall, proxy or gateway stands before the vendor: have its operator let this machine's "
    "calls pass, or check the endpoint."
)
LOGIN = "log this machine in at its network or proxy, and run it again."
KEY = "check the keys, the endpoint, and the proxy's user and password."
NO_CALL, OTHER_FORM = "it knows no such call", "it takes no call of that form"
REFUSALS: dict[int, tuple[type[SmsSignError], str, str]] = {
    **dict.fromkeys(
        (301, 302, 305, 307, 308),
        (BlockedError, "it sends the call to another address", ENDPOINT),
    ),
    401: (BlockedError, "it accepts no such key", KEY),
    **dict.fromkeys((403, 418, 451), (BlockedError, "it lets no such call pass", FIREWALL)),
    **dict.fromkeys((404, 405, 410, 421), (BlockedError, NO_CALL, ENDPOINT)),
    407: (BlockedError, "the proxy wants a user and a password", LOGIN),
    **dict.fromkeys((411, 414, 415, 417, 426, 428, 431), (BlockedError, OTHER_FORM, ENDPOINT)),
    413: (InputError, "the request is larger than it takes", "use smaller proof files."),
    429: (
        RateLimitedError,
        "too many calls came at once",
        "run it again in a while; nothing needs to be changed.",
    ),
    511: (BlockedError, "the network wants a login", LOGIN),
}
CHECK = "a proxy or gateway may have answered: check the endpoint and run it again."


def test_each_status_that_proves_a_refusal_has_its_error_and_its_advice() -> None:
    assert PROVEN.keys() == REFUSALS.keys()
    for status, (kind, problem, advice) in REFUSALS.items():
        answer = httpx.Response(status, content=b"no", headers={"Content-Type": "a/b"})
        error = error_of("acme", "Act", answer, "it is odd", is_bare=True)
        assert type(error) is kind
        assert error.summary == (
            f"a proxy or gateway before acme refused Act: {problem} (HTTP {status}, a/b, 2 bytes)"
        )
        assert (error.vendor, error.action, error.advice) == ("acme", "Act", advice)


@pytest.mark.parametrize(
    ("status", "is_bare"),
    [(200, True), (303, True), (304, True), (400, True), (408, True), (409, True), (422, True)]
    + [(status, False) for status in REFUSALS]
    + [(500, True), (502, True), (503, True), (504, True)],
)
def test_any_other_answer_is_one_that_can_not_be_read(status: int, is_bare: bool) -> None:
    answer = httpx.Response(status, content=b"")
    error = error_of("acme", "Act", answer, "it is odd", is_bare=is_bare)
    assert type(error) is UnavailableError
    assert error.summary == (
        "the answer is not in the format of acme: it is odd "
        f"(HTTP {status}, no content type, 0 bytes)"
    )
    assert (error.vendor, error.action, error.advice) == ("acme", "Act", CHECK)
    assert error.attempts == UnavailableError.attempts


def attempts(answer: httpx.Response) -> int:
    error = error_of("acme", "Act", answer, "it is odd", is_bare=True)
    assert isinstance(error, UnavailableError)
    return error.attempts


def test_a_page_is_asked_for_once_more_unless_it_is_of_an_outage() -> None:
    most = UnavailableError.attempts
    for status in (200, 400, 501, 505, 520):
        assert attempts(httpx.Response(status, html="<html>down</html>")) == 2
    for status in (500, 502, 503, 504):
        assert attempts(httpx.Response(status, html="<html>down</html>")) == most
        assert attempts(httpx.Response(status, html="<title>Access denied</title>")) == 2
        assert attempts(httpx.Response(status, text="Access denied")) == most


def test_a_large_answer_is_not_asked_for_again() -> None:
    for size, kind in ((256 * 1024, UnavailableError), (256 * 1024 + 1, UnreadAnswerError)):
        answer = httpx.Response(200, content=b"x" * size)
        assert type(error_of("acme", "Act", answer, "it is odd", is_bare=False)) is kind


@pytest.mark.parametrize(
    ("media_type", "content", "is_one"),
    [
        ("text/html", b"", True),
        ("Text/HTML ; charset=gbk", b"", True),
        ("application/xhtml+xml", b"", True),
        ("text/plain", b"", False),
        ("application/json", b'{"a": "<html>"}', False),
        ("text/htmlx", b"x", False),
        ("", b" \r\n<!DOCTYPE html>", True),
        ("", b"<HTML lang='zh'>", True),
        ("", b"<head>", True),
        ("", b"<body>", True),
        ("", b"<title>", True),
        ("", b"<!-- a page -->", True),
        ("", b"<?xml?>", False),
        ("", b"<svg>", False),
    ],
)
def test_a_page_is_known_by_its_type_or_its_beginning(
    media_type: str, content: bytes, is_one: bool
) -> None:
    answer = httpx.Response(200, content=content, headers={"Content-Type": media_type})
    assert is_page(answer) is is_one


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("<html><title>No entry</title><body>here", "No entry"),
        ("<html><title> </title><body>here", "here"),
        ("<html><title lang='zh'>a\n b</TITLE>", "a b"),
        ("<html><title>&lt;b&gt; &amp; c</title>", "<b> & c"),
        ("<html><head>a</head><style>b</style><script>c</script><!-- d --><p>e</p><p>f</p>", "e f"),
        (f"<html>{'no ' * 27}", f"{'no ' * 26}no"),
        (f"<html>{'no ' * 27}!", f"{'no ' * 26}no …"),
        ("no page", ""),
        ("<html></html>", ""),
    ],
)
def test_words_of_a_page_are_its_title_or_its_text(page: str, words: str) -> None:
    answer = httpx.Response(200, content=page.encode())
    assert words_of(answer) == words
    said = error_of("acme", "Act", answer, "odd", is_bare=False).summary
    assert said.endswith(f" bytes, “{words}”)" if words else " bytes)")


def test_words_are_looked_for_in_the_beginning_of_a_page() -> None:
    for size, is_found in ((16384, True), (16385, False)):
        page = "<html>%s<title>at its end</title>"
        page %= " " * (size - len(page) + len("%s>"))
        words = words_of(httpx.Response(200, content=page.encode()))
        assert (words == "at its end") is is_found
    late = httpx.Response(200, content=b" " * 16384 + b"<html>")
    assert is_page(late) is False
    assert is_page(httpx.Response(200, content=late.content[6:])) is True


@pytest.mark.parametrize("server", ["", "Tengine", "x" * 200])
def test_the_origin_names_the_server_that_says_its_name(server: str) -> None:
    headers = {"Content-Type": "text/plain", **({"Server": server} if server else {})}
    answer = httpx.Response(200, content=b"odd", headers=headers)
    said = error_of("acme", "Act", answer, "odd", is_bare=False).summary
    assert f"(HTTP 200, text/plain, 3 bytes{', from ' if server else ')'}" in said
    assert server[:50] in said
    assert len(said) < 250


@pytest.mark.parametrize(
    ("media_type", "content", "charset"),
    [
        ("text/html; charset=GBK", b"", "gbk"),
        ('text/html; charset="gb2312"', b'<meta charset="utf-8">', "gb2312"),
        ("text/html", b'<html><meta charset="Big5">', "big5"),
        ("text/html", b" " * 1003 + b"<meta charset=gbk>", "gbk"),
        ("text/html", b" " * 1024 + b"<meta charset=gbk>", ""),
        ("text/html", b" " * 1013 + b"charset=gbk2", "gbk"),
        ("text/plain", b'<meta charset="gbk">', ""),
        ("application/json", b"{}", ""),
    ],
)
def test_a_charset_is_that_of_the_header_or_of_the_beginning_of_a_page(
    media_type: str, content: bytes, charset: str
) -> None:
    answer = httpx.Response(200, content=content, headers={"Content-Type": media_type})
    assert declared_charset(answer) == charset


@pytest.mark.parametrize(
    ("content", "charset", "text"),
    [
        ("云杉".encode("big5", "ignore"), "big5", "云杉".encode("big5", "ignore").decode("big5")),
        ("云杉".encode(), "", "云杉"),
        ("云杉".encode(), "nonsense", "云杉"),
        ("云杉".encode("gb18030"), "utf-8", "云杉"),
        ("云杉".encode("gb18030"), "", "云杉"),
        (b"a\xff", "utf-8", "a\ufffd"),
    ],
)
def test_a_text_is_read_in_the_charset_that_fits(content: bytes, charset: str, text: str) -> None:
    assert decoded(content, charset) == text
