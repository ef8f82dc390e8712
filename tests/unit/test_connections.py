"""Where an answer ends, as its head tells, and how many connections there are on a way."""

from __future__ import annotations

import ssl
from contextlib import closing

import httpcore
import httpx
import pytest

from pulumi_smssign.contract.connections import (
    LARGEST_ANSWER,
    LARGEST_HEAD,
    Connections,
    UnusableSetting,
    _framing,
)


def test_limits_of_an_answer_are_those_that_a_message_names() -> None:
    assert (LARGEST_HEAD, LARGEST_ANSWER) == (100 * 1024, 4 * 1024 * 1024)


@pytest.mark.parametrize(
    ("method", "status", "headers", "framing"),
    [
        ("POST", 200, {"Content-Length": "7"}, (7, True)),
        ("POST", 200, {"content-length": "7, 7"}, (7, True)),
        ("POST", 200, {"CONTENT-LENGTH": "0"}, (0, True)),
        ("POST", 200, {"Transfer-Encoding": "chunked"}, (None, True)),
        ("POST", 200, {"Transfer-Encoding": "chunked", "Content-Length": "7"}, (None, False)),
        ("POST", 200, {}, (None, True)),
        ("HEAD", 200, {"Content-Length": "7"}, (0, True)),
        ("POST", 204, {"Content-Length": "7"}, (0, True)),
        ("POST", 304, {"Transfer-Encoding": "chunked"}, (0, True)),
        ("POST", 205, {"Content-Length": "7"}, (7, True)),
        ("POST", 203, {"Content-Length": "7"}, (7, True)),
        ("POST", 303, {"Content-Length": "7"}, (7, True)),
        ("POST", 305, {"Content-Length": "7"}, (7, True)),
    ],
)
def test_the_end_of_an_answer_is_told_by_its_head(
    method: str, status: int, headers: dict[str, str], framing: tuple[int | None, bool]
) -> None:
    answer = httpcore.Response(status, headers=[*headers.items()])
    assert _framing(method, answer) == framing


def connections(proxy: str | None = None) -> Connections:
    def proxy_for(url: httpx.URL) -> httpx.Proxy | None:
        return httpx.Proxy(proxy) if proxy and url.host.endswith(".far") else None

    return Connections(proxy_for, ssl.create_default_context, lambda: None)


def test_reads_keep_connections_and_writes_keep_none() -> None:
    url = httpx.URL("https://sms.example")
    with closing(connections()) as made:
        read, write = (made._pool(url, is_write=each) for each in (False, True))
        assert made._pool(httpx.URL("https://another.example"), is_write=False) is read
        assert made._pool(url, is_write=True) is write is not read
        pools = [(each._max_connections, each._max_keepalive_connections) for each in (read, write)]
        assert pools == [(100, 20), (100, 0)]
        assert {each._keepalive_expiry for each in (read, write)} == {5.0}


def test_a_way_through_a_proxy_has_connections_of_its_own() -> None:
    with closing(connections("http://user:pass@proxy.example:3128")) as made:
        far = made._pool(httpx.URL("https://sms.far"), is_write=False)
        assert far is not made._pool(httpx.URL("https://sms.near"), is_write=False)
        assert far._proxy is not None
        assert bytes(far._proxy.url) == b"http://proxy.example:3128/"
        assert far._proxy.auth == (b"user", b"pass")


@pytest.mark.parametrize("error", [ImportError, OSError, ValueError, httpx.InvalidURL])
def test_a_setting_that_allows_no_connection_says_why(error: type[Exception]) -> None:
    cause = error("odd")

    def fail() -> ssl.SSLContext:
        raise cause

    with closing(Connections(lambda _: None, fail, lambda: None)) as made:
        made.must_be_possible(httpx.URL("http://sms.example"))
        with pytest.raises(UnusableSetting) as caught:
            made.must_be_possible(httpx.URL("https://sms.example"))
    assert caught.value.__cause__ is cause
