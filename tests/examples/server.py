"""A PostgreSQL server of a test's own, where the machine has its programs."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

_LONGEST = 60
_DEBIANS = Path("/usr/lib/postgresql")


def missing() -> str:
    """Why there can be no server here, or ""."""
    if _programs() is None:
        return (
            "there is no PostgreSQL server on this machine (on Debian: apt-get install postgresql)"
        )
    if os.geteuid() == 0 and _someone() is None:
        return "PostgreSQL refuses to run as root, and there is no other user to run it as"
    return ""


@contextlib.contextmanager
def postgres() -> Iterator[str]:
    """A server on a free port of this machine's, as the URL that `pulumi login` takes."""
    programs = _programs()
    assert programs is not None
    user = _someone() if os.geteuid() == 0 else None
    with (
        tempfile.TemporaryDirectory(prefix="smssign-pg-") as place,
        contextlib.ExitStack() as stack,
    ):
        if user:
            os.chown(place, pwd.getpwnam(user).pw_uid, -1)
        cluster = f"{place}/cluster"
        subprocess.run(
            (programs / "initdb", "-D", cluster, "-U", "team", "-A", "trust", "--no-sync"),
            user=user,
            cwd=place,
            stdout=subprocess.DEVNULL,
            check=True,
            timeout=_LONGEST,
        )
        port = _free_port()
        server = subprocess.Popen(
            (
                *(programs / "postgres", "-D", cluster, "-p", str(port), "-k", place),
                *("-c", "listen_addresses=127.0.0.1", "-c", "fsync=off"),
            ),
            user=user,
            cwd=place,
            stderr=subprocess.DEVNULL,
        )
        stack.callback(server.wait, timeout=_LONGEST)
        stack.callback(server.terminate)
        _wait_for(server, port)
        yield f"postgres://team@127.0.0.1:{port}/postgres?sslmode=disable"


def _programs() -> Path | None:
    """The folder of the server's programs; Debian keeps them off PATH."""
    found = shutil.which("initdb")
    folders = [Path(found).resolve().parent] if found else []
    folders += sorted(_DEBIANS.glob("*/bin"), reverse=True)
    return next((each for each in folders if (each / "postgres").exists()), None)


def _someone() -> str | None:
    """A user who is not root."""
    known = {each.pw_name for each in pwd.getpwall()}
    return next((name for name in ("postgres", "nobody") if name in known), None)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


def _wait_for(server: subprocess.Popen[bytes], port: int) -> None:
    until = time.monotonic() + _LONGEST
    while time.monotonic() < until:
        assert server.poll() is None, "the server ended"
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.1)
    raise AssertionError("the server doesn't listen")
