"""Who is let in: programs on this machine, and no web page but the sandbox's own."""

from __future__ import annotations

import socket

import httpx
import pytest

from pulumi_smssign.sandbox import RunningSandbox, Sandbox

CONTROL = "/_desk/signatures"
VENDORS_CALLS = ["/", "/?Action=QueryUSMSSignature&PublicKey=x", "/v2/sign/get.json"]
EVERYWHERE = [CONTROL, "/_desk/credentials", "/_desk", *VENDORS_CALLS, "/v3/auth/tokens", "/x"]


def raw(served: RunningSandbox, head: str, body: bytes = b"") -> tuple[int, bytes]:
    """Status and body of what answers a request that is written by hand."""
    host, _, port = served.address.partition(":")
    with socket.create_connection((host, int(port)), timeout=10) as connection:
        connection.sendall(head.replace("\n", "\r\n").encode() + b"\r\n\r\n" + body)
        connection.shutdown(socket.SHUT_WR)
        answer = b"".join(iter(lambda: connection.recv(1 << 16), b""))
    return int(answer.split()[1]), answer.partition(b"\r\n\r\n")[2]


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "127.0.0.1:8725", "localhost", "LocalHost:1", "[::1]", "[::1]:8725", "127.9.9.9"],
)
@pytest.mark.parametrize("form", ["{}", "http://{}", "HTTP://{}", "http://{}/"])
def test_the_names_of_loopback_are_answered_with_any_port_and_none(
    http: httpx.Client, host: str, form: str
) -> None:
    assert http.get(CONTROL, headers={"Host": form.format(host)}).status_code == 200


@pytest.mark.parametrize("path", EVERYWHERE)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_name_that_was_rebound_to_loopback_is_not_answered(
    http: httpx.Client, method: str, path: str
) -> None:
    answer = http.request(method, path, headers={"Host": "evil.example:8725"})

    assert answer.status_code == 421
    assert answer.json() == {
        "error": "the sandbox answers to localhost, 127.0.0.1 and [::1] only, else a web page "
        "could reach it by a name of its own; this request's Host is 'evil.example:8725'"
    }


OTHERS = [
    "sms.tencentcloudapi.com",
    "localhost.evil.example",
    "127.0.0.1.evil.example",
    "localhosts",
    "0.0.0.0",  # noqa: S104
    "192.0.2.1",
    "[::]",
    "::1",
    "127.0.0.1:x",
    "127.0.0.1:80:80",
    "a@localhost",
    ":",
    ":8725",
    "[",
    "[localhost",
    "127.0.0.1/",
    "http",
    "http:",
    "http://",
    "http:127.0.0.1",
    "http:///127.0.0.1",
    "http://evil.example",
    "http://evil.example:8725/",
    "http://127.0.0.1@evil.example",
    "http://evil.example/@127.0.0.1",
    "http://127.0.0.1.evil.example/",
    "http://127.0.0.1/x",
    "http://127.0.0.1//",
    "http://http://127.0.0.1",
    "https://127.0.0.1",
    "//127.0.0.1",
    "ws://127.0.0.1",
    "é",
]


@pytest.mark.parametrize("host", [*OTHERS, "evil.example\t127.0.0.1", "x" * 9000])
def test_no_other_host_is_answered(http: httpx.Client, host: str) -> None:
    answer = http.get(CONTROL, headers=[(b"Host", host.encode())])

    assert answer.status_code == 421
    assert len(answer.text) < 500


def test_a_refusal_repeats_little_of_what_was_sent(
    http: httpx.Client, served: RunningSandbox
) -> None:
    long = http.get(CONTROL, headers={"Host": "x" * 101}).json()["error"]
    origins = [("Origin", f"http://{name}.example") for name in "abc"]
    several = http.get(CONTROL, headers=origins).json()["error"]

    assert long.endswith(f"; this request's Host is '{'x' * 100}'")
    assert several.endswith("Origin is 'http://a.example', 'http://b.example'")
    assert raw(served, "GET /_desk/ HTTP/1.0")[1].endswith(b"this request's Host is missing\"}")


@pytest.mark.parametrize(
    ("head", "status"),
    [
        ("GET /_desk/ HTTP/1.0", 421),
        ("GET /_desk/ HTTP/1.0\nHost:", 421),
        ("GET /_desk/ HTTP/1.1", 400),
        ("GET /_desk/ HTTP/1.1\nHost: localhost\nHost: evil.example", 400),
        ("GET http://evil.example/_desk/ HTTP/1.1\nHost: localhost", 404),
    ],
)
def test_a_host_has_to_be_named_once(served: RunningSandbox, head: str, status: int) -> None:
    assert raw(served, head)[0] == status


@pytest.mark.parametrize("path", EVERYWHERE)
@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://localhost:9", ""])
def test_another_pages_requests_are_refused(http: httpx.Client, path: str, origin: str) -> None:
    for method in ("GET", "POST", "OPTIONS"):
        answer = http.request(method, path, headers={"Origin": origin})

        assert answer.status_code == 403
        assert answer.json()["error"] == (
            f"the sandbox takes nothing from other web pages; this request's Origin is {origin!r}"
        )


def test_a_client_with_a_scheme_in_its_host_is_no_page(http: httpx.Client) -> None:
    """No browser writes a scheme there; if one did, its origin could not be the sandbox's own."""
    host = "http://127.0.0.1:8725"
    for origin in ("http://evil.example", "http://127.0.0.1:8725", host, f"http://{host}/x"):
        headers = {"Host": host, "Origin": origin}
        assert http.post("/_desk/review", headers=headers).status_code == 403
    headers = {"Host": host, "Sec-Fetch-Site": "cross-site"}
    assert http.get(CONTROL, headers=headers).status_code == 403


def test_a_page_can_not_play_the_reviewer(http: httpx.Client, sandbox: Sandbox) -> None:
    headers = {"Origin": "https://evil.example", "Content-Type": "text/plain"}
    answer = http.post("/_desk/review", content=b'{"policy": "immediate"}', headers=headers)

    assert answer.status_code == 403
    assert sandbox.review_policy == "manual"


def test_the_sandboxs_own_pages_are_let_in(http: httpx.Client, served: RunningSandbox) -> None:
    port = served.address.partition(":")[2]
    for host in (served.address, f"localhost:{port}"):
        headers = {"Host": host, "Origin": f"http://{host}", "Sec-Fetch-Site": "same-origin"}
        answer = http.post("/_desk/review", json={"policy": "immediate"}, headers=headers)

        assert answer.status_code == 200


LINK = {"Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}


@pytest.mark.parametrize(
    ("call", "site", "how", "status"),
    [
        ("GET /_desk/", "none", LINK, 200),
        ("GET /_desk/", "cross-site", LINK, 200),
        ("GET /_desk/", "same-site", LINK, 200),
        ("GET /_desk/signatures?text=x", "none", LINK, 200),
        ("GET /_desk/signatures?text=x", "cross-site", LINK, 403),
        ("GET /_desk/", "cross-site", {**LINK, "Sec-Fetch-Dest": "iframe"}, 403),
        ("GET /_desk/", "same-site", {"Sec-Fetch-Mode": "no-cors"}, 403),
        ("POST /_desk/reset", "cross-site", LINK, 403),
        ("GET /?Action=DeleteUSMSSignature&PublicKey=x", "cross-site", LINK, 403),
    ],
)
def test_of_what_other_pages_ask_for_only_a_look_that_follows_a_link_is_let_in(
    http: httpx.Client, call: str, site: str, how: dict[str, str], status: int
) -> None:
    method, path = call.split()
    answer = http.request(method, path, headers={"Sec-Fetch-Site": site, **how})

    assert answer.status_code == status


def test_a_client_that_breaks_off_in_a_body_leaves_a_sandbox_that_answers(
    http: httpx.Client, served: RunningSandbox, capfd: pytest.CaptureFixture[str]
) -> None:
    for path in ("/_desk/review", "/v2/sign/add.json"):
        head = f"POST {path} HTTP/1.1\nHost: localhost\nContent-Type: application/json"
        for length in ("\nContent-Length: 1000000", "\nTransfer-Encoding: chunked"):
            with pytest.raises(IndexError):
                raw(served, head + length, b"5\r\n{")

    assert http.get("/_desk/").status_code == 200
    assert capfd.readouterr().err == ""
