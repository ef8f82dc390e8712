"""Who is at the other end of a connection: on Linux, by the kernel's table of connections."""

from __future__ import annotations

import ipaddress
import os
import sys
from pathlib import Path
from typing import Literal

Caller = Literal["own", "other", "unknown"]
"""The user that serves, or root; another user of this machine; one that can't be told."""

CONNECTION = "smssign.connection"
"""The ASGI extension, offered by our own server, with what is known of a connection."""
_TABLES = ("/proc/net/tcp", "/proc/net/tcp6")
_LISTENS = "0A"


def caller(address: tuple[str, int]) -> Caller:
    """Tell who calls from an address of the other end, a host and a port."""
    users = _users(*address)
    if not users:
        return "unknown"
    return "own" if users <= {os.geteuid(), os.getuid(), 0} else "other"


def _users(host: str, port: int) -> set[int]:
    """Give the users of all open sockets of an address; none where the kernel tells none."""
    if not sys.platform.startswith("linux"):
        return set()
    try:
        number = ipaddress.ip_address(host)
    except ValueError:
        return set()
    wanted = {_written(number, port)}
    if isinstance(number, ipaddress.IPv4Address):
        wanted.add(_written(ipaddress.ip_address(f"::ffff:{number}"), port))
    users = set()
    for table in _TABLES:
        try:
            lines = Path(table).read_text(encoding="ascii").splitlines()[1:]
        except OSError:
            continue
        for line in lines:
            parts = line.split()
            # A socket that nobody holds any more is shown as root's, without an inode.
            if parts[1] in wanted and parts[3] != _LISTENS and parts[9] != "0":
                users.add(int(parts[7]))
    return users


def _written(number: ipaddress.IPv4Address | ipaddress.IPv6Address, port: int) -> str:
    """Write an address as the table does: 32 bits at a time, in the machine's byte order."""
    parts = (number.packed[start : start + 4] for start in range(0, len(number.packed), 4))
    order = -1 if sys.byteorder == "little" else 1
    return "".join(part[::order].hex() for part in parts).upper() + f":{port:04X}"
