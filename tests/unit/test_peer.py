"""Whose a connection or a listening port of this machine is, by sock_diag or by the tables.

The tables here are invented, in the kernel's form; the sockets of the other tests are real.
"""

from __future__ import annotations

import ipaddress
import os
import socket
import struct
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from pulumi_smssign.contract import peer

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere nothing is told")

EFFECTIVE, REAL, ANOTHER = 1000, 1001, 65534
PORT = 40000
"""A port at which no socket of this process is."""
CALLER = f"ipv4:127.0.0.1:{PORT}"
ESTABLISHED, CLOSES, LISTENS = "01", "06", "0A"


def row(host: str, user: int, state: str = ESTABLISHED, inode: int = 17, port: int = PORT) -> str:
    """A line of /proc/net/tcp or tcp6, with what stands behind the inode."""
    packed = ipaddress.ip_address(host).packed
    address = "".join(f"{word:08X}" for word in struct.unpack(f"={len(packed) // 4}I", packed))
    queues = "00000000:00000000 00:00000000 00000000"
    return f"   0: {address}:{port:04X} {address}:1F90 {state} {queues} {user:5} 0 {inode} 1 0 20 4"


class Tables:
    """The kernel's tables in a folder."""

    def __init__(self, folder: Path) -> None:
        self.v4, self.v6 = folder / "tcp", folder / "tcp6"

    def write(self, v4: list[str], v6: list[str] | None = None) -> None:
        for table, rows in ((self.v4, v4), (self.v6, v6)):
            if rows is not None:
                table.write_text("\n".join(("  sl  local_address ...", *rows, "")), "ascii")


@pytest.fixture(autouse=True)
def tables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Tables:
    """Tables of nothing instead of the kernel's, and nobody who was allowed before."""
    made = Tables(tmp_path)
    made.write([])
    monkeypatch.setattr(peer, "_TABLES", (str(made.v4), str(made.v6)))
    monkeypatch.setattr(peer, "_allowed", {})
    return made


@pytest.fixture
def two_users(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process whose effective user is not its real one, and neither is root."""
    monkeypatch.setattr(os, "geteuid", lambda: EFFECTIVE)
    monkeypatch.setattr(os, "getuid", lambda: REAL)


@pytest.fixture
def only_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(peer, "_SOCK_DIAG", 31)  # a family of netlink that no kernel has


@contextmanager
def connected(family: int = socket.AF_INET, host: str = "127.0.0.1") -> Iterator[socket.socket]:
    """The caller's side of a connection to this process."""
    with socket.create_server((host, 0), family=family) as listener:
        caller = socket.create_connection(listener.getsockname()[:2])
        here, _ = listener.accept()
        with here, caller:
            yield caller


def tells_of_one() -> bool:
    """Whether this kernel answers by sock_diag, which gVisor doesn't."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return peer._users(listener.getsockname(), None) is not None


needs_sock_diag = pytest.mark.skipif(
    sys.platform != "linux" or not tells_of_one(), reason="sock_diag is shut here"
)


@pytest.mark.usefixtures("two_users")
@pytest.mark.parametrize(
    ("rows", "may"),
    [
        ([row("127.0.0.1", EFFECTIVE)], True),
        ([row("127.0.0.1", REAL)], True),
        ([row("127.0.0.1", 0)], True),
        ([row("127.0.0.1", 1)], False),
        ([row("127.0.0.1", REAL + 1)], False),
        ([row("127.0.0.1", ANOTHER)], False),
        ([row("127.0.0.1", REAL), row("127.0.0.1", ANOTHER)], False),
        ([row("127.0.0.1", REAL), row("127.0.0.2", ANOTHER)], True),
        ([row("127.0.0.1", REAL), row("127.0.0.1", ANOTHER, port=PORT + 1)], True),
        ([row("127.0.0.1", REAL), row("127.0.0.1", ANOTHER, LISTENS)], True),
        ([row("127.0.0.1", REAL), row("127.0.0.1", ANOTHER, inode=0)], True),
        ([row("127.0.0.1", REAL, LISTENS)], False),
        # The kernel has forgotten whose these were, and says root.
        ([row("127.0.0.1", 0, CLOSES, inode=0)], False),
        ([row("127.0.0.1", 0, inode=0)], False),
        ([row("127.0.0.2", REAL)], False),
        ([row("1.0.0.127", REAL)], False),
        ([row("127.0.0.1", REAL, port=PORT - 1)], False),
        ([], False),
    ],
)
def test_a_caller_is_of_who_holds_its_connection(
    tables: Tables, rows: list[str], may: bool
) -> None:
    tables.write(rows)
    assert peer.may_call(CALLER) is may


@pytest.mark.usefixtures("two_users")
@pytest.mark.parametrize(
    ("caller", "host", "may"),
    [
        (CALLER, "::ffff:127.0.0.1", True),
        (f"ipv6:[::1]:{PORT}", "::1", True),
        (f"ipv6:%5B::1%5D:{PORT}", "::1", True),
        (f"ipv6:[::ffff:127.0.0.1]:{PORT}", "::ffff:127.0.0.1", True),
        (f"ipv6:[2001:db8::7]:{PORT}", "2001:db8::7", True),
        (f"ipv6:[2001:db8::7]:{PORT}", "2001:db8::8", False),
        (CALLER, "::1", False),
        (f"unix:[::1]:{PORT}", "::1", False),
        (f"[::1]:{PORT}", "::1", False),
        ("ipv6:[::1]:x", "::1", False),
        ("ipv6:[::1]", "::1", False),
        ("ipv6:", "::1", False),
        ("ipv6:[::1%lo]:", "::1", False),
        (f"ipv6:here:{PORT}", "::1", False),
        ("", "::1", False),
    ],
)
def test_an_address_of_ipv6_is_read_as_grpc_and_the_kernel_write_it(
    tables: Tables, caller: str, host: str, may: bool
) -> None:
    tables.write([], [row(host, EFFECTIVE)])
    assert peer.may_call(caller) is may


@pytest.mark.usefixtures("two_users", "only_tables")
def test_who_was_allowed_without_a_connection_here_is_looked_for_again(tables: Tables) -> None:
    for user, may in ((REAL, True), (ANOTHER, False), (EFFECTIVE, True)):
        tables.write([row("127.0.0.1", user)])
        assert peer.may_call(CALLER) is may


def test_everybody_may_call_where_the_kernel_has_no_tables(
    tables: Tables, monkeypatch: pytest.MonkeyPatch
) -> None:
    tables.write([row("127.0.0.1", ANOTHER)], [])
    assert peer.may_call(CALLER) is False
    with monkeypatch.context() as patch:
        patch.setattr(sys, "platform", "darwin")
        assert peer.may_call(CALLER) is True
    tables.v6.unlink()
    assert peer.may_call(CALLER) is False
    tables.v4.unlink()
    tables.write([], [row("::ffff:127.0.0.1", ANOTHER)])
    tables.v4.unlink()
    assert peer.may_call(CALLER) is True


@needs_sock_diag
@pytest.mark.parametrize(
    ("family", "host", "form"),
    [
        (socket.AF_INET, "127.0.0.1", "ipv4:127.0.0.1:{}"),
        (socket.AF_INET6, "::1", "ipv6:[::1]:{}"),
    ],
)
def test_sock_diag_tells_of_a_connection_without_the_tables(
    family: int, host: str, form: str, tables: Tables
) -> None:
    with connected(family, host) as caller:
        port = caller.getsockname()[1]
        tables.write([row("127.0.0.1", ANOTHER, port=port)], [row("::1", ANOTHER, port=port)])
        assert peer.may_call(form.format(port)) is True
    assert peer.may_call(form.format(port)) is False


@needs_sock_diag
def test_sock_diag_tells_another_users_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    with connected() as caller:
        address = f"ipv4:127.0.0.1:{caller.getsockname()[1]}"
        owner = os.fstat(caller.fileno()).st_uid
        for function in ("geteuid", "getuid"):
            monkeypatch.setattr(os, function, lambda: owner + 1)
        assert peer.may_call(address) is (owner == 0)


@needs_sock_diag
def test_what_sock_diag_has_is_told_for_the_side_that_is_asked_for() -> None:
    own = {os.geteuid()}
    with connected() as caller:
        ours, theirs = caller.getsockname(), caller.getpeername()
        assert peer._users(ours, theirs) == own
        assert peer._users(theirs, ours) == own
        assert peer._users(theirs, None) == own, "it listens there"
        assert peer._users(ours, None) == set(), "nobody listens there"
        assert peer._users(ours, ("127.0.0.1", theirs[1] ^ 1)) == set()
        assert peer._users(ours, ("127.0.0.2", theirs[1])) == set()
    assert peer._users(theirs, None) == set()
    assert peer._users(ours, theirs) == set()


@needs_sock_diag
@pytest.mark.parametrize("family", [socket.AF_INET, socket.AF_INET6])
def test_a_connection_that_nobody_holds_any_more_is_nobodys(family: int) -> None:
    host = "127.0.0.1" if family == socket.AF_INET else "::1"
    with connected(family, host) as caller:
        ours, theirs = caller.getsockname()[:2], caller.getpeername()[:2]
        caller.close()  # the other side still has it, so that it waits for that one's end
        assert peer._users(ours, theirs) == set()
        assert peer._users(theirs, ours) == {os.geteuid()}


@pytest.mark.usefixtures("only_tables")
def test_a_known_connection_is_not_looked_for_until_another_has_its_file(tables: Tables) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        caller = socket.create_connection(listener.getsockname())
        here, _ = listener.accept()
        port = caller.getsockname()[1]
        address = f"ipv4:127.0.0.1:{port}"
        tables.write([row("127.0.0.1", os.getuid(), port=port)])
        assert peer.may_call(address) is True
        tables.write([])
        assert peer.may_call(address) is True
        here.close()
        # Another file has its number now, and still it is another connection.
        with socket.socket(), socket.socket():
            assert peer.may_call(address) is False
        caller.close()
    assert peer.may_call(address) is False


@pytest.mark.usefixtures("two_users", "only_tables")
@pytest.mark.parametrize(
    ("v4", "v6", "refused"),
    [
        ([row("127.0.0.1", ANOTHER, LISTENS)], [], {"127.0.0.1", "localhost"}),
        ([], [row("::1", ANOTHER, LISTENS)], {"::1", "[::1]", "localhost"}),
        (
            [row("0.0.0.0", ANOTHER, LISTENS)],  # noqa: S104 - a line of a table
            [],
            {"127.0.0.1", "::1", "[::1]", "localhost"},
        ),
        ([], [row("::", ANOTHER, LISTENS)], {"127.0.0.1", "::1", "[::1]", "localhost"}),
        ([row("127.0.0.1", 1, LISTENS)], [], {"127.0.0.1", "localhost"}),
        (
            [row("127.0.0.1", 0, LISTENS)],
            [row("::1", ANOTHER, LISTENS)],
            {"::1", "[::1]", "localhost"},
        ),
        ([row("127.0.0.1", REAL, LISTENS), row("0.0.0.0", EFFECTIVE, LISTENS)], [], set()),  # noqa: S104
        ([row("127.0.0.2", ANOTHER, LISTENS)], [row("::2", ANOTHER, LISTENS)], set()),
        ([row("127.0.0.1", ANOTHER, LISTENS, port=PORT + 1)], [], set()),
        ([row("127.0.0.1", ANOTHER, LISTENS, inode=0)], [], set()),
        ([row("127.0.0.1", ANOTHER, ESTABLISHED)], [], set()),
        ([], [], set()),
    ],
)
def test_nothing_may_be_sent_to_where_another_user_listens(
    tables: Tables, v4: list[str], v6: list[str], refused: set[str]
) -> None:
    tables.write(v4, v6)
    hosts = ("127.0.0.1", "::1", "[::1]", "localhost", "sms.example")
    allowed = {host: peer.may_listen(host, PORT) for host in hosts}
    assert allowed == {host: host not in refused for host in hosts}


@needs_sock_diag
def test_sock_diag_tells_who_listens_without_the_tables(
    tables: Tables, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        tables.write([row("127.0.0.1", ANOTHER, LISTENS, port=port)])
        assert peer.may_listen("127.0.0.1", port) is True
        monkeypatch.setattr(os, "geteuid", lambda: ANOTHER)
        monkeypatch.setattr(os, "getuid", lambda: ANOTHER)
        is_root = os.fstat(listener.fileno()).st_uid == 0
        assert peer.may_listen("127.0.0.1", port) is is_root
    assert peer.may_listen("127.0.0.1", port) is True, "nobody listens any more"
