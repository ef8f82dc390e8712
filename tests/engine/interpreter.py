"""Interpreters that start at once: a process that has imported what every run imports, and forks.

A command of Pulumi's starts five interpreters, and three quarters of its time are their imports.
The `python` that a test's project runs (`interpreter`) asks this process for a copy of itself
instead, which gets the caller's arguments, environment, folder and files, and dies with it.
"""

from __future__ import annotations

import atexit
import gc
import importlib
import io
import json
import marshal
import os
import runpy
import select
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from pulumi_smssign.core.registry import VENDORS

IMPORTED = (
    "pulumi.dynamic",
    "pulumi.runtime.proto",
    "grpc.experimental",  # these three are loaded with the first call and the first server
    "grpc._channel",
    "grpc._server",
    "dill",
    "httpx",
    "httpcore",  # with trio, where that is installed, two thirds of a plugin's imports
    "encodings.gb18030",
    "encodings.idna",
    "encodings.utf_16_be",
    "encodings.utf_16_le",
    "filelock",
    "pulumi_smssign.contract.pace",
    "pulumi_smssign.contract.scans",
    "pulumi_smssign.contract.transport",
    "pulumi_smssign.core.account_cache",
    "pulumi_smssign.engine.run",
    "pulumi_smssign.engine.signature_hooks",
    "pulumi_smssign.engine.approval_hooks",
    "pulumi_smssign.approval",
    *(f"pulumi_smssign.cli.{command}" for command in ("status", "find", "doctor", "journal")),
    *(f"pulumi_smssign.cli.inventory.{part}" for part in ("stack", "look", "departures")),
    *(f"pulumi_smssign.{vendor}.{part}" for vendor in VENDORS for part in ("resource", "api")),
)
"""What a program or a plugin of the tests loads."""

_SHELL = """#!/bin/sh
# The `python` of the tests' projects; what it does not know is the real one's.
case "$*" in
  --version) echo '{version}'; exit ;;
  '-m pip list -v --format json') cat '{packages}'; exit ;;
  */pulumi-language-python-exec\\ --* | '-u -m pulumi.dynamic '* | '-m pulumi_smssign.cli '*)
    test "$PYTHON_START" != cold && test "$PYTHONPATH$PYTHONIOENCODING$LC_ALL" = '{path}' &&
      exec '{bare}' -IS '{client}' '{socket}' "$@" ;;
esac
exec '{python}' "$@"
"""

_CLIENT = """
# Modules that need no others: it starts twice as fast.
import _signal, _socket, array, marshal, posix, sys

def passed_on(number, _):
    try:
        posix.kill(process, number)
    except ProcessLookupError:  # it has ended already
        pass

server = _socket.socket(_socket.AF_UNIX)
server.connect(sys.argv[1])
environment = {name.decode(): value.decode() for name, value in posix.environ.items()}
call = marshal.dumps((sys.argv[2:], environment, posix.getcwd()))
files = [(_socket.SOL_SOCKET, _socket.SCM_RIGHTS, array.array("i", (0, 1, 2)))]
server.sendmsg([len(call).to_bytes(4, "big")], files)
server.sendall(call)
process = int(server.recv(16))
for number in (_signal.SIGINT, _signal.SIGTERM):
    _signal.signal(number, passed_on)
ended = int(server.recv(16) or b"1")
if ended < 0:
    _signal.signal(-ended, _signal.SIG_DFL)
    posix.kill(posix.getpid(), -ended)
posix._exit(ended)
"""


@contextmanager
def interpreter(folder: Path, path: str | None = None) -> Iterator[Path]:
    """Make a folder for PATH with a `python` that starts at once.

    With `PYTHON_START=cold` it starts as a user's does, and with another path or encoding. A copy
    does not keep to the vendors' pace, unless it is told `PYTHON_START=paced`. It runs the file
    `PYTHON_PATCH`, if there is one, before its own, as a sitecustomize would be.

    Args:
        folder: a folder of its own.
        path: its `PYTHONPATH`; None is that of the tests.
    """
    path = os.environ.get("PYTHONPATH", "") if path is None else path
    folder.mkdir(parents=True, exist_ok=True)
    address, client, packages = (folder / each for each in ("socket", "client.py", "packages.json"))
    ask = (sys.executable, "-m", "pip", "list", "-v", "--format", "json")
    listed = subprocess.run(ask, capture_output=True, text=True, check=True).stdout
    assert json.loads(listed)
    packages.write_text(listed, encoding="utf-8")
    client.write_text(_CLIENT, encoding="utf-8")
    version = f"Python {sys.version.split()[0]}"
    for name in ("python", "python3"):
        (folder / name).write_text(
            _SHELL.format(
                version=version,
                packages=packages,
                python=sys.executable,
                bare=getattr(sys, "_base_executable", sys.executable),
                client=client,
                socket=address,
                path=path,
            ),
            encoding="utf-8",
        )
        (folder / name).chmod(0o755)
    command = (sys.executable, __file__, str(address))
    environment = {**os.environ, "PYTHONPATH": path}
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment
    ) as server:
        assert server.stdin is not None
        assert server.stdout is not None
        assert server.stdout.readline() == b"ready\n"
        try:
            yield folder
        finally:
            server.stdin.close()


def serve(address: str) -> tuple[list[str], bool]:
    """Fork for each call until the standard input ends.

    Returns:
        in a copy, the arguments that it is called with; in the server itself nothing.
    """
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(address)
    listener.listen(64)
    gc.freeze()
    gc.disable()  # a copy lives for a second, and each page that it touches is copied
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    while sys.stdin not in select.select([listener, sys.stdin], [], [])[0]:
        connection, _ = listener.accept()
        if not os.fork():
            listener.close()
            return _called(connection), True
        connection.close()
    return [], False


def _called(connection: socket.socket) -> list[str]:
    """Fork once more: the child takes the caller's place, the parent tells the caller its end."""
    head, files, _, _ = socket.recv_fds(connection, 4, 3)
    size = int.from_bytes(head, "big")
    call = b""
    while len(call) < size:
        call += connection.recv(size - len(call))
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    if child := os.fork():
        for file in files:
            os.close(file)
        os._exit(_watch(connection, child))
    connection.close()
    arguments, environment, folder = marshal.loads(call)  # noqa: S302 (from a test of this run)
    for number, file in enumerate(files):
        os.dup2(file, number)
        os.close(file)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    sys.dont_write_bytecode = "PYTHONDONTWRITEBYTECODE" in environment
    return list(arguments)


def _watch(connection: socket.socket, child: int) -> int:
    connection.sendall(str(child).encode())
    ended = os.pidfd_open(child)
    caller = connection.fileno()
    if caller in select.select([caller, ended], [], [])[0]:
        os.kill(child, signal.SIGKILL)  # the caller was killed
    _, status = os.waitpid(child, 0)
    try:
        connection.sendall(str(os.waitstatus_to_exitcode(status)).encode())
    except OSError:
        return 1
    return 0


def _text(file: int, *, is_buffered: bool, errors: str = "strict") -> io.TextIOWrapper:
    raw = os.fdopen(file, "wb", buffering=-1 if is_buffered else 0, closefd=False)
    is_lines = file == 2
    return io.TextIOWrapper(
        raw, "utf-8", errors, line_buffering=is_lines, write_through=not is_buffered
    )


def run(arguments: list[str]) -> None:
    """Be the interpreter of these arguments: `[-u] -m MODULE ...` or `SCRIPT ...`."""
    # Ours know what the server's own files were like, such as whether one can go back in them.
    is_buffered = arguments[0] != "-u" and "PYTHONUNBUFFERED" not in os.environ
    sys.stdin = os.fdopen(0, encoding="utf-8", closefd=False)
    sys.stdout = _text(1, is_buffered=is_buffered)
    sys.stderr = _text(2, is_buffered=is_buffered, errors="backslashreplace")
    if arguments[0] == "-u":
        del arguments[0]
    if patch := os.environ.get("PYTHON_PATCH"):
        runpy.run_path(patch)
    code: object = None
    try:
        _run(arguments)
    except SystemExit as end:
        code = end.code
    # Where it ends well, nothing is freed: each page of memory would be copied for that.
    if code is None or isinstance(code, int):
        threading._shutdown()  # type: ignore[attr-defined]
        atexit._run_exitfuncs()
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code or 0)
    sys.exit(str(code))


def _run(arguments: list[str]) -> None:
    if arguments[0] == "-m":
        sys.path.insert(0, str(Path.cwd()))
        sys.argv[:] = arguments[1:]
        runpy.run_module(arguments[1], run_name="__main__", alter_sys=True)
    else:
        sys.path.insert(0, str(Path(arguments[0]).parent))
        sys.argv[:] = arguments
        runpy.run_path(arguments[0], run_name="__main__")


if __name__ == "__main__":
    del sys.path[0]  # the folder of this file
    for name in IMPORTED:
        importlib.import_module(name)
    # A vendor's limit of a call a second would be most of a run's time.
    with ExitStack() as mode:
        mode.enter_context(sys.modules["pulumi_smssign.contract.pace"].unpaced())
        called, is_copy = serve(sys.argv[1])
        if os.environ.get("PYTHON_START") == "paced":
            mode.close()
        if is_copy:
            run(called)
