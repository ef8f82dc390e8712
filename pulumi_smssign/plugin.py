"""What Pulumi's Python plugin lacks: a line on the resource's own row, errors as text, Ctrl-C.

The plugin is `python -m pulumi.dynamic`, one process for all Python dynamic resources of a stack.
Each of the three is an addition from outside with a fallback for when the SDK's inside changes:
plain printing, the traceback, waiting to the end. Nothing changes for anybody else's provider.
Proven with the SDK 3.272 (November 2026).
"""

from __future__ import annotations

import functools
import sys
import threading
import traceback

import grpc
from pulumi.runtime.proto import engine_pb2, engine_pb2_grpc

from pulumi_smssign.errors import SmsSignError

cancelled = threading.Event()
"""Set when the user has ended the run; whoever waits stops waiting."""

_installed = threading.Lock()
_done: set[str] = set()


class Row:
    """A resource's own row in what the engine shows, found by the resource's URN."""

    def __init__(self, urn: str) -> None:
        self._urn = urn

    @property
    def name(self) -> str:
        """The resource's name, or "" when the URN isn't known."""
        return self._urn.rpartition("::")[2]

    def warn(self, text: str) -> None:
        """A warning that stays."""
        self._say(text, engine_pb2.WARNING)

    def info(self, text: str) -> None:
        """A line that stays."""
        self._say(text, engine_pb2.INFO)

    def progress(self, text: str) -> None:
        """A live text that the next one takes the place of; shown only in terminals."""
        self._say(text, engine_pb2.INFO, ephemeral=True)

    def _say(
        self, text: str, severity: engine_pb2.LogSeverity.ValueType, *, ephemeral: bool = False
    ) -> None:
        engine = _engine()
        if engine is not None and self._urn:
            request = engine_pb2.LogRequest(
                severity=severity, message=text, urn=self._urn, ephemeral=ephemeral
            )
            try:
                engine.Log(request, timeout=5)
            except grpc.RpcError:
                pass
            else:
                return
        if not ephemeral:
            print(f"{self.name}: {text}" if self.name else text, flush=True)  # noqa: T201


def install() -> None:
    """Add to the running plugin what it lacks; a second call does nothing."""
    with _installed:
        if not _done:
            _done.add("installed")
            _show_errors_as_text()
            _listen_to_cancel()


@functools.cache
def _engine() -> engine_pb2_grpc.EngineStub | None:
    """The engine's own service, or None: the plugin's first argument is its address."""
    if not _is_plugin() or len(sys.argv) < 2:  # noqa: PLR2004
        return None
    return engine_pb2_grpc.EngineStub(grpc.insecure_channel(sys.argv[1]))


def _is_plugin() -> bool:
    return hasattr(sys.modules["__main__"], "DynamicResourceProviderServicer")


def _show_errors_as_text() -> None:
    """Let our errors print as their own text where the plugin prints a traceback."""
    original = traceback.format_exc

    @functools.wraps(original)
    def format_exc(limit: int | None = None, chain: bool = True) -> str:  # noqa: FBT001, FBT002
        error = sys.exc_info()[1]
        return str(error) if isinstance(error, SmsSignError) else original(limit, chain)

    traceback.format_exc = format_exc


def _listen_to_cancel() -> None:
    """Let the engine's Cancel, which the plugin ignores, set `cancelled`.

    gRPC holds the bound method since it started, so the method can't be replaced; the code of
    its function can.
    """
    servicer = getattr(sys.modules["__main__"], "DynamicResourceProviderServicer", None)
    function = getattr(servicer, "Cancel", None)
    if getattr(getattr(function, "__code__", None), "co_freevars", None) == ():
        function.__code__ = _cancel.__code__  # type: ignore[union-attr]


def _cancel(_self: object, _request: object, _context: object) -> object:
    """The plugin's Cancel; it runs among the plugin's globals, so it imports all it needs."""
    from google.protobuf import empty_pb2

    from pulumi_smssign.plugin import cancelled

    cancelled.set()
    return empty_pb2.Empty()
