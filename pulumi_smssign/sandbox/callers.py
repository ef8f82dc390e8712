"""Who is at the other end of a connection: on Linux, by the kernel's answer about its socket."""

from __future__ import annotations

import ipaddress
import os
import socket
import struct
import sys
from typing import Literal

Caller = Literal["own", "other", "unknown"]
"""The user that serves, or root; another user of this machine; one that can't be told."""

CONNECTION = "smssign.connection"
"""The ASGI extension, offered by our own server, with what is known of a connection."""

_NETLINK_SOCK_DIAG = 4
_BY_FAMILY = 20
_ANY = 0xFFFFFFFF
_LISTENS = 10
_HEAD, _ENDS, _REST = map(struct.Struct, ("=IHHIIBBBBI", "!HH16s16s", "=III"))
_ANSWER = struct.Struct("=4xH11xB62xII")
"""Of `inet_diag_msg` behind its header: the message's type, the socket's state, user and inode."""


def caller(client: tuple[str, int], server: tuple[str, int]) -> Caller:
    """Tell who calls: the client's and the server's end are each a host and a port."""
    user = _user(client, server)
    if user is None:
        return "unknown"
    return "own" if user in {os.geteuid(), os.getuid(), 0} else "other"


def _user(client: tuple[str, int], server: tuple[str, int]) -> int | None:
    """Give the user that holds the client's socket; None where the kernel tells none.

    It is asked as sock_diag(7) says: /proc/net/tcp tells the same, but takes milliseconds to read.
    """
    if not sys.platform.startswith("linux"):
        return None
    try:
        here, there = (ipaddress.ip_address(host) for host, _ in (client, server))
        family = socket.AF_INET if here.version == 4 else socket.AF_INET6  # noqa: PLR2004
        size = _HEAD.size + _ENDS.size + _REST.size
        question = (
            _HEAD.pack(size, _BY_FAMILY, 1, 0, 0, family, socket.IPPROTO_TCP, 0, 0, _ANY)
            + _ENDS.pack(client[1], server[1], here.packed, there.packed)
            + _REST.pack(0, _ANY, _ANY)
        )
        with socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, _NETLINK_SOCK_DIAG) as kernel:
            kernel.settimeout(1)
            kernel.send(question)
            kind, state, user, inode = _ANSWER.unpack_from(kernel.recv(4096))
    except (OSError, ValueError, struct.error):
        return None
    # A socket that nobody holds any more is shown as root's, without an inode.
    is_told = kind == _BY_FAMILY and state != _LISTENS and inode
    return int(user) if is_told else None
