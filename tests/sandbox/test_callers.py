"""The users whose calls the sandbox answers: its own by the kernel's word, others' by the token.

The cases beside those of the findings: a caller that the kernel doesn't tell of (another system, a
forwarded port), a token in each of its places and in the wrong one, and one that is nearly right.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from pulumi_smssign.address import token_file, token_of
from pulumi_smssign.cli.running_sandbox import RunningSandbox as Asked
from pulumi_smssign.contract import peer
from pulumi_smssign.core.accounts import Accounts
from pulumi_smssign.model.errors import AccountError
from pulumi_smssign.sandbox import RunningSandbox, Sandbox, callers, running, server

NOBODY = 65534
needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can be another user too")
ASK = """
import os, socket, struct, sys
"x".encode("idna")  # what is imported later another user may not read
_, user, source, host, port, path, *header = sys.argv
if int(user):
    os.setgroups([])
    os.setgid(int(user))
    os.setuid(int(user))
lines = [f"GET {path} HTTP/1.1", "Host: localhost", "Connection: close", *header, "", ""]
with socket.socket() as connection:
    connection.settimeout(10)
    # Its end leaves the port free at once, for whoever comes next.
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.bind((host, int(source)))
    connection.connect((host, int(port)))
    connection.sendall(chr(10).join(lines).encode().replace(bytes([10]), bytes([13, 10])))
    answer = b"".join(iter(lambda: connection.recv(65536), b"")).decode()
print(answer.split()[1], answer.splitlines()[-1])
"""
DESK = ("/_desk/signatures", "/_desk/calls/1", "/_desk/evidence", "/_desk/credentials")
ALL = (*DESK, "/", "/_desk/", "/v2/sign/get.json", "/?Action=QueryUSMSSignature")


@pytest.fixture
def own() -> Iterator[RunningSandbox]:
    with running() as served:
        yield served


def as_nobody(
    served: RunningSandbox, path: str, *header: str, user: int = NOBODY, source: int = 0
) -> str:
    where = (str(user), str(source), *served.address.split(":"))
    run = subprocess.run(
        (sys.executable, "-c", ASK, *where, path, *header),
        capture_output=True,
        text=True,
        check=True,
        timeout=30,
    )
    return run.stdout.strip()


@needs_root
def test_another_user_of_the_machine_is_answered_nothing(own: RunningSandbox) -> None:
    for path in ALL:
        answer = as_nobody(own, path)
        assert answer.startswith("403 "), path
        assert "this call is another's" in answer
    assert as_nobody(own, DESK[0], f"X-Smssign-Token: {own.token}") == "200 []"
    wrong = f"X-Smssign-Token: {own.token[:-1]}"
    assert as_nobody(own, DESK[0], wrong).startswith("403 ")
    assert as_nobody(own, DESK[0], user=1).startswith("403 "), "root alone is no other"


@needs_root
def test_port_that_another_user_takes_over_is_not_ours_any_more(own: RunningSandbox) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        source = free.getsockname()[1]
    assert as_nobody(own, DESK[0], user=0, source=source) == "200 []"
    assert as_nobody(own, DESK[0], source=source).startswith("403 ")


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the kernel tells nothing")
@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "::ffff:127.0.0.1"])
def test_the_kernel_tells_whose_a_socket_is_while_it_is_held(host: str) -> None:
    family = socket.AF_INET6 if host == "::1" else socket.AF_INET
    with socket.create_server((host.rpartition("f:")[2], 0), family=family) as listener:
        server = listener.getsockname()[:2]
        connection = socket.create_connection((host, server[1]))
        accepted, client = listener.accept()
        with accepted:
            assert callers.caller(client[:2], server) == "own"
            assert callers.caller(client[:2], (server[0], 1)) == "unknown"
            assert callers.caller(server, (server[0], 1)) == "unknown", "it only listens"
            connection.close()
            assert callers.caller(client[:2], server) == "unknown"


@pytest.fixture
def unknown(own: RunningSandbox, monkeypatch: pytest.MonkeyPatch) -> Iterator[httpx.Client]:
    """A caller of whom the kernel tells nothing."""
    monkeypatch.setattr(callers, "_NETLINK_SOCK_DIAG", 0)
    with httpx.Client(base_url=own.url, trust_env=False) as client:
        yield client


def test_where_the_kernel_tells_nothing_the_desk_wants_the_token(
    own: RunningSandbox, unknown: httpx.Client
) -> None:
    for path in DESK:
        assert unknown.get(path).status_code == 401
        assert "smssign sandbox" in unknown.get(path).json()["error"]
        for wrong in ("", own.token[:-1], own.token + "x", own.token.swapcase()):
            assert unknown.get(path, headers={"X-Smssign-Token": wrong}).status_code == 401
        # Only the page's own address may bear it: other addresses stand in logs.
        assert unknown.get(path, params={"token": own.token}).status_code == 401
    assert unknown.post("/_desk/reset").status_code == 401
    assert unknown.get(DESK[0], headers={"X-Smssign-Token": own.token}).status_code == 200
    # A vendor's own client knows no token.
    assert unknown.get("/v2/sign/get.json").status_code not in {401, 403}


def test_the_pages_address_leaves_the_token_in_a_cookie(
    own: RunningSandbox, unknown: httpx.Client
) -> None:
    assert unknown.get("/", params={"token": "another"}).status_code == 401
    answer = unknown.get("/", params={"token": own.token})
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert unknown.get("/").status_code == 200
    assert unknown.get(DESK[0]).status_code == 200, "the client has kept the cookie"


def test_a_header_does_not_say_who_calls(own: RunningSandbox) -> None:
    headers = {"X-Forwarded-For": "192.0.2.1", "X-Forwarded-Proto": "https"}
    answer = httpx.get(own.url + DESK[0], headers=headers, trust_env=False)

    assert (answer.status_code, answer.json()) == (200, [])


def test_answers_of_the_desk_are_stored_by_no_browser(own: RunningSandbox) -> None:
    for path in DESK:
        answer = httpx.get(own.url + path, trust_env=False)
        assert answer.headers["cache-control"] == "no-store"


def test_the_command_tells_its_users_sandbox_from_anothers(
    own: RunningSandbox, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PULUMI_HOME", str(tmp_path))
    port = int(own.address.rpartition(":")[2])
    assert Asked(port).signatures(None) == []  # nothing is known of it, and the user is ours
    file = token_file(port)
    file.parent.mkdir(parents=True)
    file.write_text(own.token)
    assert Asked(port).signatures(None) == []
    file.write_text("another-token")
    with pytest.raises(Exception, match="is not the one that this user has started"):
        Asked(port).signatures(None)


@pytest.mark.parametrize("kind", ["a link", "a pipe", "a folder", "no text", "another user's"])
def test_a_token_is_read_of_a_file_of_ones_own(
    kind: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PULUMI_HOME", str(tmp_path))
    file = token_file(9000)
    file.parent.mkdir(parents=True)
    if kind == "a link":
        (tmp_path / "real").write_text("token")
        file.symlink_to(tmp_path / "real")
    elif kind == "a pipe":
        os.mkfifo(file)
    elif kind == "a folder":
        file.mkdir()
    elif kind == "no text":
        file.write_bytes(b"\xff\r\nX-Evil: 1")
    elif os.geteuid() == 0:
        file.write_text("token")
        os.chown(file, NOBODY, NOBODY)
    assert token_of(9000) == ""


@needs_root
def test_nothing_is_sent_to_a_port_on_which_another_user_listens() -> None:
    listen = (
        "import os, socket, sys; os.setgid(65534); os.setuid(65534); "
        "s = socket.create_server(('127.0.0.1', 0)); print(s.getsockname()[1], flush=True); "
        "sys.stdin.read()"
    )
    with subprocess.Popen(
        (sys.executable, "-c", listen), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        port = int(process.stdout.readline())
        for host in ("127.0.0.1", "localhost"):
            assert not peer.may_listen(host, port)
            accounts = Accounts({"smssign:sandbox": f"http://{host}:{port}"})
            with pytest.raises(AccountError, match="another user's program listens"):
                accounts.api("yunpian", "default")
        process.kill()
    assert peer.may_listen("127.0.0.1", port), "nobody listens any more"


def test_half_a_request_does_not_hold_a_connection_for_ever(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(server, "_LONGEST_HEAD", 0.2)
    with running() as served:
        host, _, port = served.address.partition(":")
        for begun in (b"", b"GET / HT", b"GET / HTTP/1.1\r\nHost: localhost\r\n"):
            with socket.create_connection((host, int(port)), timeout=10) as connection:
                connection.sendall(begun)
                assert connection.recv(1) == b""
        # And one after a whole one, on the same connection.
        with socket.create_connection((host, int(port)), timeout=10) as connection:
            connection.sendall(b"GET /_desk/ HTTP/1.1\r\nHost: localhost\r\n\r\nGET /_desk/ HT")
            received = b"".join(iter(lambda: connection.recv(1 << 16), b""))
            assert received.count(b"HTTP/1.1 200") == 1
        # What has arrived whole may take longer than its head.
        served.sandbox.faults.add(kind="slow", seconds=0.5)
        assert httpx.post(f"{served.url}/v2/sign/get.json", trust_env=False).status_code == 400


def test_more_connections_than_it_holds_are_closed_and_the_rest_served(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(server, "_MOST_CONNECTIONS", 3)
    with running() as served:
        host, _, port = served.address.partition(":")
        held = [socket.create_connection((host, int(port)), timeout=10) for _ in range(6)]
        ended = 0
        for each in held[3:]:
            try:
                ended += each.recv(1) == b""
            except ConnectionResetError:
                ended += 1
        assert ended == 3
        for each in held:
            each.close()
        answer = None
        until = time.monotonic() + 10
        while time.monotonic() < until:
            try:
                answer = httpx.get(f"{served.url}/_desk/", trust_env=False)
                break
            except httpx.TransportError:
                time.sleep(0.05)
        assert answer is not None
        assert answer.status_code == 200
    assert capfd.readouterr() == ("", "")


def test_bodies_that_are_too_large_together_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pulumi_smssign.sandbox.bodies.TOGETHER_LIMIT", 1000)
    with running(Sandbox()) as served:
        head = b"POST /v2/sign/add.json HTTP/1.1\r\nHost: localhost\r\nContent-Length: 900\r\n\r\n"
        host, _, port = served.address.partition(":")
        with socket.create_connection((host, int(port)), timeout=10) as first:
            first.sendall(head + b"x" * 800)
            while not held():
                time.sleep(0.01)
            url = f"{served.url}/v2/sign/add.json"
            refused = httpx.post(url, content=b"y" * 300, trust_env=False)
            message = "the bodies that are being sent are too large together"
            assert (refused.status_code, refused.json()) == (503, {"error": message})
            first.sendall(b"x" * 100)
            assert first.recv(12).startswith(b"HTTP/1.1 ")
        assert httpx.post(url, content=b"y" * 300, trust_env=False).status_code != 503


def held() -> int:
    from pulumi_smssign.sandbox import bodies

    return bodies._held.size
