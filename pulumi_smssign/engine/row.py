"""A resource's own row in the engine's display: warnings, lines and live progress.

Pulumi's Python plugin has no way to it, but its first argument is the engine's address, and the
engine's log takes a resource's URN. Where there is no engine, the text is printed.
"""

from __future__ import annotations

import contextlib
import functools
import os
import sys
import threading
import unicodedata

import grpc
from pulumi.runtime.proto import engine_pb2, engine_pb2_grpc

from pulumi_smssign.model.redaction import readable
from pulumi_smssign.model.urns import name_of

_NO_WIDTH = "\u200b"
_lock = threading.Lock()
_shown_once: set[tuple[str, str]] = set()


class Row:
    """A resource's own row, found by the resource's URN.

    The engine shows the first line of the newest text whenever the row moves, and the whole text
    once at the end: so the fact comes first, in one line.
    """

    def __init__(self, urn: str) -> None:
        self._urn = urn

    def warn(self, text: str) -> None:
        """A warning that stays; the same one is shown once a process."""
        self._say_once(text, engine_pb2.WARNING)

    def note(self, text: str) -> None:
        """A line that stays; the same one is shown once a process."""
        self._say_once(text, engine_pb2.INFO)

    def info(self, text: str) -> None:
        """A line that stays."""
        self._say(text, engine_pb2.INFO)

    def progress(self, text: str) -> None:
        """A live text that the next one takes the place of; shown only in terminals."""
        self._say(text, engine_pb2.INFO, ephemeral=True)

    def _say_once(self, text: str, severity: engine_pb2.LogSeverity.ValueType) -> None:
        with _lock:
            if (self._urn, text) in _shown_once:
                return
            _shown_once.add((self._urn, text))
        self._say(text, severity)

    def _say(
        self, text: str, severity: engine_pb2.LogSeverity.ValueType, *, ephemeral: bool = False
    ) -> None:
        """Print a text; a failure to print is ignored, since it tells of what has happened."""
        text = readable(text)
        engine, first = _engine(), text.partition("\n")[0]
        # What stays is not padded, since people copy names out of it. The row shows the newest.
        said = [] if ephemeral else [(text, False)]
        if ephemeral or _measured(first) != first:
            said.append((_measured(first), True))
        with contextlib.suppress(grpc.RpcError, ValueError):
            if engine is not None and self._urn:
                for message, is_live in said:
                    request = engine_pb2.LogRequest(
                        severity=severity, message=message, urn=self._urn, ephemeral=is_live
                    )
                    engine.Log(request, timeout=5)
                return
        if not ephemeral:
            name = name_of(self._urn)
            with contextlib.suppress(OSError, ValueError):  # the pipe may be closed
                print(f"{name}: {text}" if name else text, flush=True)  # noqa: T201


def _measured(line: str) -> str:
    """A line of a live row, in which each character is as wide as the engine counts.

    It cuts a row to the terminal's columns by counting characters (`colorizeText` in Pulumi's
    colors.go), and Chinese ones take two: the row would break, and each frame begin a line lower.
    """
    if not _has_terminal():
        return line
    wide = (each + _NO_WIDTH * (unicodedata.east_asian_width(each) in "WF") for each in line)
    return "".join(wide)


@functools.cache
def _has_terminal() -> bool:
    """Whether this session has a terminal: without one, in a pipeline, no row is drawn again."""
    try:
        os.close(os.open("/dev/tty", os.O_RDONLY | os.O_NOCTTY))
    except OSError:
        return False
    return True


def engine_address() -> str:
    """The engine's host and port, or "" where this process is not the plugin."""
    is_plugin = hasattr(sys.modules["__main__"], "DynamicResourceProviderServicer")
    return sys.argv[1] if is_plugin and len(sys.argv) > 1 else ""


def engine_is_alive() -> bool:
    """Whether the engine answers: a sign of life, asked for after a write."""
    engine = _engine()
    if engine is None:
        return True  # in a test, or with another SDK, nobody can tell
    # The engine has no ping; a debug line on no row is shown to nobody.
    request = engine_pb2.LogRequest(severity=engine_pb2.DEBUG, message="smssign: alive?")
    try:
        engine.Log(request, timeout=5)
    except (grpc.RpcError, ValueError):
        return False
    return True


@functools.cache
def _engine() -> engine_pb2_grpc.EngineStub | None:
    address = engine_address()
    return engine_pb2_grpc.EngineStub(grpc.insecure_channel(address)) if address else None
