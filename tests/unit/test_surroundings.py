"""The environment's faults: each an error that names what to mend, and no value."""

from __future__ import annotations

import os
from contextlib import closing
from pathlib import Path

import pytest

from pulumi_smssign.contract.surroundings import tls_context, unusable
from pulumi_smssign.contract.transport import Call, Transport
from pulumi_smssign.model.errors import AccountError

PASSWORD = "invented-proxy-password"


@pytest.fixture(autouse=True)
def no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    for name in ("SSL_CERT_FILE", "SSL_CERT_DIR", "SSLKEYLOGFILE"):
        monkeypatch.delenv(name, raising=False)


def connect(endpoint: str = "https://sms.example") -> None:
    Transport("example", endpoint).close()


@pytest.mark.parametrize(
    ("variable", "value", "says"),
    [
        ("HTTPS_PROXY", f"socks5://user:{PASSWORD}@127.0.0.1:1", "HTTPS_PROXY is a SOCKS proxy"),
        ("all_proxy", "socks5h://127.0.0.1:1", "all_proxy is a SOCKS proxy"),
        ("HTTPS_PROXY", f"ftp://user:{PASSWORD}@127.0.0.1:1", "HTTPS_PROXY is not usable"),
        ("SSL_CERT_FILE", "/nonexistent.pem", "SSL_CERT_FILE can't be read as a file of certif"),
        ("SSL_CERT_FILE", __file__, "SSL_CERT_FILE can't be read as a file of certificates"),
        ("SSL_CERT_FILE", "/dev/zero", "SSL_CERT_FILE can't be read as a file of certificates"),
        ("SSLKEYLOGFILE", "/nonexistent/x", "SSLKEYLOGFILE names a file that can't be written"),
    ],
    ids=["socks", "socks for all", "scheme", "no file", "no certificates", "device", "key log"],
)
def test_setting_that_allows_no_connection_is_named(
    variable: str, value: str, says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, value)
    with pytest.raises(AccountError, match=says) as caught:
        connect()
    assert PASSWORD not in str(caught.value)
    assert caught.value.__cause__ is None
    assert "unset" in caught.value.advice


def test_pipe_in_the_place_of_certificates_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.mkfifo(tmp_path / "pipe")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "pipe"))
    with pytest.raises(AccountError, match="SSL_CERT_FILE can't be read"):
        connect()


def test_a_proxy_whose_address_there_can_not_be_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", f"http://{'a' * 70}.example")
    with closing(Transport("example", "https://sms.example")) as transport:
        call = Call("Act", transport.request("POST", "/"), write=True)
        with pytest.raises(AccountError, match="HTTPS_PROXY is not usable"):
            transport.exchange(call, lambda _answer: None)


def test_of_several_variables_the_one_at_fault_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("ALL_PROXY", "socks5://127.0.0.1:1")
    with pytest.raises(AccountError, match="asked: ALL_PROXY is a SOCKS proxy"):
        connect()


def test_the_sandbox_needs_none_of_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "socks5://127.0.0.1:1")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "gone.pem"))
    connect("http://127.0.0.1:9")


PEM = "name a file in PEM format that exists, or unset the variable."
HTTP_PROXY = "name an http:// proxy, unset the variable, or pip install 'httpx[socks]'."
HOST = "name a valid host and port, such as http://host:3128 for a proxy; or unset the variable."
KEY_LOG = "unset the variable: it is for those who look into TLS."
NO_PEM = "can't be read as a file of certificates"
NO_SOCKS = "is a SOCKS proxy, and the package for it is not installed"
SOCKS = "socks5://127.0.0.1:1"


@pytest.mark.parametrize(
    ("variables", "error", "problem", "advice"),
    [
        ({}, OSError(), f"the trusted certificates {NO_PEM}", PEM),
        ({"SSL_CERT_DIR": "x", "SSL_CERT_FILE": ""}, OSError(), f"SSL_CERT_DIR {NO_PEM}", PEM),
        (
            {"SSL_CERT_FILE": "x", "SSL_CERT_DIR": "x", "HTTPS_PROXY": "x"},
            OSError(),
            f"SSL_CERT_DIR or SSL_CERT_FILE {NO_PEM}",
            PEM,
        ),
        ({"SSLKEYLOGFILE": "x"}, OSError(2, "no", "y"), f"the trusted certificates {NO_PEM}", PEM),
        (
            {"SSLKEYLOGFILE": "x"},
            OSError(2, "no", "x"),
            "SSLKEYLOGFILE names a file that can't be written",
            KEY_LOG,
        ),
        ({}, ImportError(), f"the proxy of this system {NO_SOCKS}", HTTP_PROXY),
        (
            {"HTTPS_PROXY": "SOCKS5H://x", "http_proxy": SOCKS, "ALL_PROXY": "http://socks"},
            ImportError(),
            f"HTTPS_PROXY or http_proxy {NO_SOCKS}",
            HTTP_PROXY,
        ),
        ({}, ValueError(), "the endpoint is not usable", HOST),
        ({"SSL_CERT_FILE": "x"}, None, "the endpoint is not usable", HOST),
        (
            {"all_proxy": "x", "ALL_PROXY": "", "NO_PROXY": "x"},
            ValueError(),
            "all_proxy is not usable",
            HOST,
        ),
    ],
)
def test_a_fault_is_told_with_its_variables_and_its_way_out(
    variables: dict[str, str],
    error: BaseException | None,
    problem: str,
    advice: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    told = unusable("example", error)
    assert (told.summary, told.advice) == (f"example can't be asked: {problem}", advice)
    assert told.vendor == "example"


def test_certificates_of_the_environment_are_those_that_count(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert tls_context().cert_store_stats()["x509_ca"] > 0
    monkeypatch.setenv("SSL_CERT_FILE", "/nonexistent.pem")
    with pytest.raises(FileNotFoundError):
        tls_context()
