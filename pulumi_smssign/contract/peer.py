"""The user at the other end of a loopback connection, as Linux' table of connections has it."""

from __future__ import annotations

import ipaddress
import os
import sys
import threading
from pathlib import Path

_LISTENS = "0A"
_TABLES = ("/proc/net/tcp", "/proc/net/tcp6")
_OWN_FILES = Path("/proc/self/fd")

_allowed: dict[str, tuple[str, str]] = {}
"""The callers that were allowed, each with the file of its connection here, and the socket."""
_looking = threading.Lock()


def may_call(peer: str) -> bool:
    """Whether the caller is this process's own user, or root, who could do anything anyway.

    Args:
        peer: the caller's address as gRPC has it, "ipv4:127.0.0.1:40123" or "ipv6:[::1]:40123".

    Returns:
        False also for an address that no open connection has: its owner has hung up, and the
        kernel no longer tells who it was. True where there is no such table (macOS, Windows).
    """
    if not sys.platform.startswith("linux") or not Path(_TABLES[0]).exists():
        return True
    if _is_known(peer):
        return True
    # A run's first hooks come at once: one of them looks through the tables, for all.
    with _looking:
        if _is_known(peer):
            return True
        end = _end(peer)
        users = _owners({end}, listening=False) if end else set()
        is_allowed = bool(users) and users <= {os.geteuid(), os.getuid(), 0}
        if is_allowed and end and (own := _own_socket(end)):
            _allowed[peer] = own
    return is_allowed


def _is_known(peer: str) -> bool:
    """Whether a caller was allowed, on a connection that it still has."""
    # The engine keeps its one connection; once it has hung up, its port may be another user's.
    return peer in _allowed and _socket_of(_allowed[peer][0]) == _allowed[peer][1]


def may_listen(host: str, port: int) -> bool:
    """Whether what listens on a port of this machine is this user's, or root's.

    True where nothing listens, and where there is no such table: then a call says more.
    """
    if host == "localhost":
        return may_listen("127.0.0.1", port) and may_listen("::1", port)
    try:
        number = ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return True
    # Who listens on all addresses is met at this one too.
    wanted = {(each, port) for each in (_plain(number), "0.0.0.0", "::")}  # noqa: S104
    return _owners(wanted, listening=True) <= {os.geteuid(), os.getuid(), 0}


def _end(peer: str) -> tuple[str, int] | None:
    """The address and port of a caller; None of what is none."""
    family, _, address = peer.partition(":")
    host, _, port = address.replace("%5B", "[").replace("%5D", "]").rpartition(":")
    if family not in {"ipv4", "ipv6"} or not port.isdecimal():
        return None
    try:
        return _plain(ipaddress.ip_address(host.strip("[]"))), int(port)
    except ValueError:
        return None


def _own_socket(end: tuple[str, int]) -> tuple[str, str] | None:
    """The file and the socket of this process's side of a connection."""
    rows = (line.split() for table in _TABLES for line in _lines(table))
    sockets = {f"socket:[{row[9]}]" for row in rows if row[9] != "0" and _address(row[2]) == end}
    for file in _OWN_FILES.iterdir():
        if (own := _socket_of(file.name)) in sockets:
            return file.name, own
    return None


def _socket_of(file: str) -> str:
    """The name of an open file of this process, such as `socket:[4711]`; "" once it is closed."""
    try:
        return str((_OWN_FILES / file).readlink())
    except OSError:
        return ""


def _owners(wanted: set[tuple[str, int]], *, listening: bool) -> set[int]:
    """The users of all open sockets of some addresses that listen, or that are connected."""
    owners = set()
    for table in _TABLES:
        for line in _lines(table):
            local, _, state, *_, user, _, inode = line.split()[1:10]
            # A socket that nobody holds any more is shown as root's, with the inode 0.
            if (state == _LISTENS) is listening and inode != "0" and _address(local) in wanted:
                owners.add(int(user))
    return owners


def _lines(table: str) -> list[str]:
    try:
        return Path(table).read_text(encoding="ascii").splitlines()[1:]
    except OSError:
        return []  # a kernel without IPv6


def _address(local: str) -> tuple[str, int]:
    """An address of the table: each 32 bits of it in the machine's byte order, in hex."""
    host, _, port = local.partition(":")
    parts = (bytes.fromhex(host[start : start + 8]) for start in range(0, len(host), 8))
    raw = b"".join(part[::-1] if sys.byteorder == "little" else part for part in parts)
    return _plain(ipaddress.ip_address(raw)), int(port, 16)


def _plain(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> str:
    """The same text for an IPv4 address and for its form in IPv6."""
    mapped = getattr(address, "ipv4_mapped", None)
    return str(mapped or address)
