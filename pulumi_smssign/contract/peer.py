"""The user at the other end of a loopback connection, as the Linux kernel tells of its socket.

One socket is asked for by sock_diag(7). Where that is shut (gVisor, a strict seccomp profile) the
kernel's tables say the same, and take it milliseconds each time, however few connections there are.
"""

from __future__ import annotations

import errno
import ipaddress
import os
import socket
import struct
import sys
import threading
from pathlib import Path

_LISTENS = "0A"
_TABLES = ("/proc/net/tcp", "/proc/net/tcp6")
_OWN_FILES = Path("/proc/self/fd")

_SOCK_DIAG, _BY_FAMILY, _REQUEST = 4, 20, 1
_ALL, _NO_COOKIE = 0xFFFFFFFF, (0xFFFFFFFF, 0xFFFFFFFF)
_QUESTION = struct.Struct("=IHHII BBBBI")
_ENDS = struct.Struct("!HH16s16s")
_DEVICE_AND_COOKIE = struct.Struct("=III")
_STATE_USER_INODE = struct.Struct("=17xB62xII")
_KIND_AND_ERROR = struct.Struct("=4xH10xi")

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
    if _is_known(peer):
        return True
    if not sys.platform.startswith("linux") or not Path(_TABLES[0]).exists():
        return True
    # A run's first hooks come at once: one of them looks through the tables, for all.
    with _looking:
        if _is_known(peer):
            return True
        if (end := _end(peer)) is None:
            return False
        file, here = _own_socket(end)
        users = _users(end, here) if here else None
        if users is None:
            users = _owners({end}, listening=False)
        is_allowed = bool(users) and users <= {os.geteuid(), os.getuid(), 0}
        if is_allowed and file:
            _allowed[peer] = file, _socket_of(file)
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
    users = _users((_plain(number), port), None)
    if users is None:
        # Who listens on all addresses is met at this one too.
        wanted = {(each, port) for each in (_plain(number), "0.0.0.0", "::")}  # noqa: S104
        users = _owners(wanted, listening=True)
    return users <= {os.geteuid(), os.getuid(), 0}


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


def _own_socket(end: tuple[str, int]) -> tuple[str, tuple[str, int] | None]:
    """The file and the address of this process's side of a connection; "" and None of no own."""
    for file in _OWN_FILES.iterdir():
        if not _socket_of(file.name):
            continue
        try:
            with socket.socket(fileno=os.dup(int(file.name))) as copy:
                peer, here = copy.getpeername(), copy.getsockname()
            if (_plain(ipaddress.ip_address(peer[0])), peer[1]) == end:
                return file.name, (_plain(ipaddress.ip_address(here[0])), here[1])
        except (OSError, ValueError, TypeError, IndexError):
            continue  # closed meanwhile, not connected, or of another family
    return "", None


def _users(local: tuple[str, int], remote: tuple[str, int] | None) -> set[int] | None:
    """The users of the socket at an address, as sock_diag tells; None where it doesn't.

    Args:
        local: the socket's own address.
        remote: what it has to be connected to; None of one that has to listen.
    """
    here = ipaddress.ip_address(local[0])
    there = ipaddress.ip_address(remote[0]) if remote else type(here)(0)
    family = socket.AF_INET if here.version == 4 else socket.AF_INET6  # noqa: PLR2004
    size = _QUESTION.size + _ENDS.size + _DEVICE_AND_COOKIE.size
    question = (
        _QUESTION.pack(size, _BY_FAMILY, _REQUEST, 0, 0, family, socket.IPPROTO_TCP, 0, 0, _ALL)
        + _ENDS.pack(local[1], remote[1] if remote else 0, here.packed, there.packed)
        + _DEVICE_AND_COOKIE.pack(0, *_NO_COOKIE)
    )
    try:
        with socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, _SOCK_DIAG) as kernel:
            kernel.settimeout(1)
            kernel.send(question)
            answer = kernel.recv(4096)
        kind, error = _KIND_AND_ERROR.unpack_from(answer)
        if kind != _BY_FAMILY:
            return set() if error == -errno.ENOENT else None
        state, user, inode = _STATE_USER_INODE.unpack_from(answer)
    except (OSError, struct.error):
        return None
    # A socket that nobody holds any more is shown as root's, with the inode 0.
    return {user} if inode and (state == int(_LISTENS, 16)) is (remote is None) else set()


def _socket_of(file: str) -> str:
    """The name of an open socket of this process, `socket:[4711]`; "" once it is closed."""
    try:
        name = os.readlink(f"{_OWN_FILES}/{file}")  # noqa: PTH115 - each hook asks, and a Path costs
    except OSError:
        return ""
    return name if name.startswith("socket:") else ""


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
