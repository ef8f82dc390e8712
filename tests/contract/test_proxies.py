"""NO_PROXY: what curl and Go pass over is passed over, what they understand works the same.

The entries are each form of the two programs' documents (domain, leading dot, `*.`, `*`, port,
address, network, brackets, blanks for commas, capitals, a trailing dot, other scripts), each with a
host that it is for and its next neighbours that it is not for; and what no program understands,
alone and beside an entry that is for the host. Where the two differ the more generous one counts.
"""

from __future__ import annotations

from contextlib import closing

import httpx
import pytest

from pulumi_smssign.contract.proxies import is_exempt, proxy_for
from pulumi_smssign.contract.transport import Call, Transport
from pulumi_smssign.model.errors import AccountError, UnreachableError
from tests.contract.by_hand import Peer, answer, served

HOST, PORT_443, V4, V6, LINK = (
    "https://sms.example.com",
    "https://sms.example.com:443",
    "https://10.1.2.3",
    "https://[2001:db8::1]",
    "https://[fe80::1]:8443",
)
EXEMPT = [
    ("sms.example.com", HOST),
    ("example.com", HOST),
    (".example.com", HOST),
    (".sms.example.com", HOST),
    ("*.example.com", HOST),
    ("com", HOST),
    ("SMS.Example.COM", HOST),
    ("example.com.", HOST),
    ("sms.example.com:443", HOST),
    (".example.com:443", HOST),
    ("example.com:8443", "https://a.example.com:8443"),
    ("*", HOST),
    ("*", V6),
    ("localhost,*", HOST),
    ("localhost, example.com", HOST),
    ("localhost example.com", HOST),
    (" \t example.com\n", HOST),
    ("10.1.2.3", V4),
    ("10.0.0.0/8", V4),
    ("10.1.2.3/32", V4),
    ("0.0.0.0/0", V4),
    ("10.1.2.3:443", V4),
    ("2001:db8::1", V6),
    ("2001:DB8:0:0::1", V6),
    ("[2001:db8::1]", V6),
    ("[2001:db8::1]:443", V6),
    ("2001:db8::/32", V6),
    ("fe80::/10", LINK),
    ("fe80::/10,fd00::/8", "https://[fd12::7]"),
    ("[fe80::1]:8443", LINK),
    ("::ffff:10.1.2.3", "https://[::ffff:10.1.2.3]"),
    ("例子.example", "https://sms.例子.example"),
    ("xn--fsqu00a.example", "https://例子.example"),
]
NOT_EXEMPT = [
    ("", HOST),
    ("ms.example.com", HOST),
    ("xample.com", HOST),
    ("sms.example.com.cn", HOST),
    ("a.sms.example.com", HOST),
    ("*.sms.example.com", HOST),
    ("sms.example.com:8443", HOST),
    ("example.com:44", HOST),
    ("10.1.2.4", V4),
    ("10.1.2.0/25", "https://10.1.2.200"),
    ("1.2.3", V4),
    (".2.3", V4),
    ("10.1.2.3:80", V4),
    ("2001:db8::2", V6),
    ("2001:db8::/128", V6),
    ("[2001:db8::1]:80", V6),
    ("10.0.0.0/8", HOST),
    ("::/0", V4),
    ("0.0.0.0/0", V6),
]
NONSENSE = [
    *(
        "[",
        "]",
        "[]",
        "[::1",
        "::1]",
        "[[::1]]",
        "[::1]x",
        "[::1]:x",
        "[::1]:99999",
        ":",
        "::",
        ":443",
    ),
    *(
        "/",
        "//",
        "/8",
        "10.0.0.0/33",
        "10.0.0.0/x",
        "10.0.0.0/255.0.0.0",
        "fe80::/129",
        "[fe80::]/10",
        "[2001:db8::]/32",
        "fe80::1%eth0",
    ),
    *("http://", "https://sms.example.com", "all://*", "http://[::1", "user@sms.example.com"),
    *(
        "*x",
        "**",
        "s*.example.com",
        "*.",
        ".",
        "..",
        "...",
        "?",
        "%",
        "%zz",
        "\\",
        "^.*$",
        "10.1.2.3.4",
    ),
    *(
        "010.1.2.3",
        "999.1.1.1",
        "sms.example.com:443:443",
        "sms.example.com:https",
        "\u202e",
        "é" * 70,
    ),
    *(
        "a" * 70 + ".example",
        "。",
        "a..b",
        "-",
        "_",
        "'sms.example.com'",
        '"',
        "null",
        "none",
        ";",
        "|",
    ),
]
"""Entries that are for none of the hosts here."""


@pytest.fixture(autouse=True)
def clean(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.mark.parametrize(("entries", "url"), EXEMPT)
def test_entry_is_for_a_host(entries: str, url: str) -> None:
    assert is_exempt(httpx.URL(url), entries)


@pytest.mark.parametrize(("entries", "url"), NOT_EXEMPT)
def test_entry_is_for_no_other_host(entries: str, url: str) -> None:
    assert not is_exempt(httpx.URL(url), entries)


@pytest.mark.parametrize("url", [HOST, PORT_443, V4, V6, LINK])
def test_nonsense_is_an_entry_for_no_host(url: str) -> None:
    assert [entry for entry in NONSENSE if is_exempt(httpx.URL(url), entry)] == []
    host = httpx.URL(url).host
    assert is_exempt(httpx.URL(url), ",".join((*NONSENSE, host, *NONSENSE)))


def connects(peer: Peer) -> None:
    """A proxy that lets nothing pass."""
    peer.request()
    peer.send(answer(b"", "502 Bad Gateway"))


@pytest.mark.parametrize("entries", NONSENSE)
def test_nonsense_in_no_proxy_stops_no_vendor(
    entries: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with served(connects) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", proxy.url)
        monkeypatch.setenv("NO_PROXY", f"localhost,{entries}")
        with closing(Transport("example", "https://sms.invalid")) as transport:
            call = Call("Act", transport.request("POST", "/"))
            with pytest.raises(UnreachableError):
                transport.exchange(call, lambda _answer: None)
        assert proxy.requests[0][1].startswith(b"CONNECT sms.invalid:443 HTTP/1.1")


def test_exempt_host_is_not_asked_by_the_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    with served(connects) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", proxy.url)
        monkeypatch.setenv("no_proxy", "[::1],fe80::/10,.invalid")
        with closing(Transport("example", "https://sms.invalid")) as transport:
            call = Call("Act", transport.request("POST", "/"))
            with pytest.raises(UnreachableError):
                transport.exchange(call, lambda _answer: None)
        assert proxy.connections == 0


@pytest.mark.parametrize("proxy", ["ftp://127.0.0.1:1", "http://", "http://host:port", "://"])
def test_unusable_proxy_is_named_and_harms_no_exempt_host(
    proxy: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", proxy)
    with pytest.raises(AccountError, match="HTTPS_PROXY is not usable"):
        Transport("example", "https://sms.invalid")
    monkeypatch.setenv("NO_PROXY", "sms.invalid")
    Transport("example", "https://sms.invalid").close()


def test_proxy_of_another_scheme_is_not_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "127.0.0.1:3128")
    monkeypatch.setenv("HTTP_PROXY", "ftp://127.0.0.1:1")
    monkeypatch.setenv("ALL_PROXY", "socks5://127.0.0.1:1")
    proxy = proxy_for(httpx.URL("https://sms.invalid"))
    assert proxy is not None
    assert str(proxy.url) == "http://127.0.0.1:3128"


@pytest.mark.parametrize("blank", ["", "  "])
def test_blank_proxy_is_none(blank: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", blank)
    assert proxy_for(httpx.URL("https://sms.invalid")) is None


@pytest.mark.parametrize("url", ["http://127.0.0.1:8725", "http://localhost", "http://[::1]:1"])
def test_this_machine_is_asked_directly(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    assert proxy_for(httpx.URL(url)) is None
