"""TLS that fails says what is wrong with it and what to do, is tried once, and nothing was sent.

The cases are one for each way in which a certificate is refused (time, host, address, who has
signed it), the versions, a port that speaks something else, and a handshake that is cut off, which
may pass and so is tried again; on the way through a proxy as well.
"""

from __future__ import annotations

import re
import shutil
import socket
import ssl
import threading
from collections.abc import Callable
from contextlib import closing, suppress

import pytest

from pulumi_smssign.contract.answers import document
from pulumi_smssign.contract.transport import Call, Transport
from pulumi_smssign.model.errors import HandshakeError, SmsSignError, UnreachableError
from pulumi_smssign.sandbox.server import running
from tests.contract.by_hand import Peer, Server, answer, served
from tests.contract.certificates import Authority

pytestmark = pytest.mark.skipif(not shutil.which("openssl"), reason="needs openssl")

CLOCK = r"^this machine's clock says \d{4}-\d\d-\d\d \d\d:\d\d UTC: set it if that is wrong; else"
COMPANY = "set SSL_CERT_FILE to a PEM file"


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority.made(tmp_path_factory.mktemp("authority"))


@pytest.fixture(autouse=True)
def trusted(authority: Authority, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.certificate))
    monkeypatch.delenv("SSL_CERT_DIR", raising=False)


def say_ok(peer: Peer) -> None:
    peer.serve(*[answer({"id": "1"})] * 3)


def call(url: str, *, write: bool = False) -> object:
    with closing(Transport("example", url)) as transport:
        request = transport.request("POST", "/", content=b"{}")
        return transport.exchange(Call("Act", request, write=write), document)


def refused(server: Server, url: str, kind: type[SmsSignError] = HandshakeError) -> SmsSignError:
    """The error of a write to where TLS fails."""
    with pytest.raises(kind) as caught:
        call(url, write=True)
    assert type(caught.value) is kind
    assert caught.value.nothing_done
    assert server.requests == []
    assert len(str(caught.value).splitlines()) <= 4
    return caught.value


def test_trusted_endpoint_is_asked(authority: Authority) -> None:
    with served(say_ok, authority.context()) as server:
        assert call(f"https://localhost:{server.port}", write=True) == {"id": "1"}


CERTIFICATES: dict[str, tuple[Callable[[Authority], ssl.SSLContext], str, str]] = {
    "expired": (lambda ca: ca.context(ends="20210101000000Z"), "has expired", CLOCK),
    "not yet valid": (
        lambda ca: ca.context(begins="20900101000000Z"),
        "is not valid yet",
        CLOCK,
    ),
    "another host": (
        lambda ca: ca.context("DNS:sms.other.example,IP:192.0.2.1"),
        "is for another host",
        "check the endpoint; if it is right",
    ),
    "signed by itself": (
        lambda ca: Authority.made(ca.folder, "itself").own_context(),
        "is from nobody whom this machine trusts",
        COMPANY,
    ),
    "signed by nobody known": (
        lambda ca: Authority.made(ca.folder, "unknown").context(),
        "is from nobody whom this machine trusts",
        COMPANY,
    ),
}


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1"])
@pytest.mark.parametrize("case", CERTIFICATES)
def test_certificate_is_refused_with_its_way_out(
    case: str, host: str, authority: Authority
) -> None:
    context, problem, advice = CERTIFICATES[case]
    with served(say_ok, context(authority)) as server:
        error = refused(server, f"https://{host}:{server.port}")
        assert f"at {host}:{server.port} (its certificate {problem})" in error.summary
        assert re.search(advice, error.advice)
        assert server.connections == 1


def hello(peer: Peer) -> bytes:
    """The client's first bytes."""
    return peer.socket.recv(65536)


def alert(number: int) -> Callable[[Peer], None]:
    def behave(peer: Peer) -> None:
        if hello(peer):
            peer.send(b"\x15\x03\x01\x00\x02\x02", bytes([number]))

    return behave


def of_tls_1_0(peer: Peer) -> None:
    """The beginning of a handshake of 1999: a ServerHello of version 3.1."""
    hello(peer)
    body = b"\x03\x01" + b"r" * 32 + b"\x00" + b"\x00\x2f" + b"\x00"
    handshake = b"\x02" + len(body).to_bytes(3, "big") + body
    peer.send(b"\x16\x03\x01", len(handshake).to_bytes(2, "big"), handshake)
    peer.rest(1)


OLD = "speaks no version of TLS that is safe today"
NO_HTTPS = "speaks no https there"
OTHER_PROTOCOLS: dict[str, tuple[Callable[[Peer], None], str]] = {
    "an alert about versions": (alert(70), OLD),
    "TLS 1.0": (of_tls_1_0, OLD),
    "an alert about the handshake": (alert(40), "TLS failed: "),
    "an alert about the name": (alert(112), "TLS failed: "),
    "http": (lambda peer: peer.send(hello(peer) and answer(b"", "400 Bad Request")), NO_HTTPS),
    "ssh, which speaks first": (lambda peer: peer.send(b"SSH-2.0-OpenSSH_9.0\r\n"), NO_HTTPS),
    "something else": (lambda peer: peer.send(hello(peer)[:0] + b"\0" * 100), NO_HTTPS),
}


@pytest.mark.parametrize("case", OTHER_PROTOCOLS)
def test_other_protocol_is_told_once(case: str) -> None:
    behave, problem = OTHER_PROTOCOLS[case]
    with served(behave) as server:
        error = refused(server, f"https://localhost:{server.port}")
        assert problem in error.summary
        assert server.connections == 1
        if problem == NO_HTTPS:
            assert error.advice == "write the endpoint with http://: the sandbox speaks no https."


def test_https_to_the_sandbox_is_told_to_be_http() -> None:
    speaks_none = pytest.raises(HandshakeError, match="speaks no https there")
    with running() as sandbox, speaks_none as caught:
        call(sandbox.url.replace("http://", "https://"), write=True)
    assert "http://" in caught.value.advice


def test_port_without_https_elsewhere_has_the_port_and_the_proxy_checked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def connects(peer: Peer) -> None:
        peer.request()
        peer.send(b"HTTP/1.1 200 Connection established\r\n\r\n")
        peer.send(hello(peer)[:0] + b"HTTP/1.1 400 Bad Request\r\n\r\n")

    with served(connects) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", proxy.url)
        with pytest.raises(HandshakeError, match="speaks no https there") as caught:
            call("https://sms.example", write=True)
        assert "port" in caught.value.advice
        assert "proxy" in caught.value.advice
        assert proxy.connections == 1


def test_proxy_without_https_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    with served(lambda peer: peer.send(hello(peer) and answer(b"", "400 Bad Request"))) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", proxy.url.replace("http://", "https://"))
        with pytest.raises(HandshakeError, match="speaks no https there") as caught:
            call("https://sms.example", write=True)
        assert "one set as https:// is often http://" in caught.value.advice


@pytest.mark.parametrize("case", CERTIFICATES)
def test_certificate_behind_a_proxy_is_refused_alike(
    case: str, authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    context, problem, advice = CERTIFICATES[case]
    with served(say_ok, context(authority)) as server, served(tunnel_to(server)) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", proxy.url)
        error = refused(server, "https://sms.example")
        assert f"at sms.example (its certificate {problem})" in error.summary
        assert re.search(advice, error.advice)
        assert proxy.connections == 1


def tunnel_to(server: Server) -> Callable[[Peer], None]:
    """A proxy's CONNECT, wherever it is asked to."""

    def pipe(source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while content := source.recv(65536):
                target.sendall(content)
        with suppress(OSError):
            target.shutdown(socket.SHUT_WR)

    def behave(peer: Peer) -> None:
        peer.request()
        with socket.create_connection(("127.0.0.1", server.port)) as onward:
            peer.send(b"HTTP/1.1 200 Connection established\r\n\r\n")
            back = threading.Thread(target=pipe, args=(onward, peer.socket), daemon=True)
            back.start()
            pipe(peer.socket, onward)
            back.join()

    return behave


def test_handshake_that_is_cut_off_elsewhere_is_tried_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def cut(peer: Peer) -> None:
        peer.request()
        peer.send(b"HTTP/1.1 200 Connection established\r\n\r\n")
        hello(peer)

    with served(cut) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", proxy.url)
        with pytest.raises(UnreachableError) as caught:
            call("https://sms.example", write=True)
        assert type(caught.value) is UnreachableError
        assert proxy.connections == UnreachableError.attempts


def test_reads_share_a_connection_with_tls_and_a_tunnel(
    authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    context = authority.context("DNS:sms.example")
    with served(say_ok, context) as server, served(tunnel_to(server)) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", proxy.url)
        with closing(Transport("example", "https://sms.example")) as transport:
            for write in (False, False, True, False):
                request = transport.request("POST", "/", content=b"{}")
                call_ = Call("Act", request, write=write)
                assert transport.exchange(call_, document) == {"id": "1"}
        assert [number for number, _ in server.requests] == [1, 1, 2, 1]


@pytest.mark.parametrize("is_one_record", [True, False], ids=["one record", "two records"])
def test_bytes_behind_an_answer_with_tls_are_no_answer(
    is_one_record: bool, authority: Authority
) -> None:
    def behave(peer: Peer) -> None:
        if peer.number == 1:
            peer.request()
            parts = (answer({"id": "first"}), answer({"id": "unasked"}))
            for part in (b"".join(parts),) if is_one_record else parts:
                peer.send(part)
            peer.rest()
        say_ok(peer)

    with (
        served(behave, authority.context()) as server,
        closing(Transport("example", f"https://localhost:{server.port}")) as transport,
    ):
        for expected in ("first", "1"):
            request = transport.request("POST", "/", content=b"{}")
            assert transport.exchange(Call("Act", request), document) == {"id": expected}


def test_bytes_behind_the_answer_of_a_proxy_are_no_handshake(
    authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    def connects(peer: Peer) -> None:
        peer.request()
        peer.send(b"HTTP/1.1 200 Connection established\r\n\r\n", answer({"id": "unasked"}))
        peer.rest()

    with served(connects) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", proxy.url)
        with pytest.raises(UnreachableError, match="answered before it was asked") as caught:
            call("https://sms.example", write=True)
        assert caught.value.nothing_done
