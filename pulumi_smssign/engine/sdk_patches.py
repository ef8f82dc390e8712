"""What Pulumi's Python plugin lacks, added from outside: errors as text, Ctrl-C, spare threads.

The plugin is `python -m pulumi.dynamic`, one process for all Python dynamic resources of a stack.
Each addition has a fallback for when the SDK's inside changes: the traceback, waiting to the end,
four threads. Nothing changes for anybody else's provider: a hook of ours brings the thread that it
takes, so that the plugin's four are always there for others and for Cancel. Proven with the SDKs
3.235 to 3.272 (November 2026).
"""

from __future__ import annotations

import contextlib
import functools
import sys
import threading
import traceback
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

from pulumi_smssign.engine import watch
from pulumi_smssign.model.errors import SmsSignError

_lock = threading.Lock()
_installed = threading.Event()


def install() -> None:
    """Add to the running plugin what it lacks; a second call does nothing."""
    with _lock:
        if not _installed.is_set():
            _installed.set()
            _show_errors_as_text()
            _listen_to_cancel()
            pool = _pool()
            watch.end_with_engine(lambda: _is_idle(pool))


@contextlib.contextmanager
def thread_of_our_own() -> Iterator[None]:
    """Let the plugin have one thread more while a hook of ours holds one."""
    pool = _pool()
    if pool is None:
        yield
        return
    with _lock:
        pool._max_workers += 1  # noqa: SLF001
    try:
        yield
    finally:
        with _lock:
            pool._max_workers -= 1  # noqa: SLF001


def _pool() -> ThreadPoolExecutor | None:
    """The pool that the current thread works for, as CPython's `concurrent.futures` has it."""
    arguments = getattr(threading.current_thread(), "_args", None)
    try:
        pool = arguments[0]() if arguments else None
    except (TypeError, IndexError):
        return None
    known = isinstance(pool, ThreadPoolExecutor) and isinstance(
        getattr(pool, "_max_workers", None), int
    )
    return pool if known else None


def _is_idle(pool: ThreadPoolExecutor | None) -> bool:
    """Whether none of the pool's threads has work; False where that can't be told."""
    try:
        return pool._idle_semaphore._value >= len(pool._threads)  # type: ignore[union-attr]  # noqa: SLF001
    except AttributeError:
        return False


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

    from pulumi_smssign.contract.lifeline import cancelled

    cancelled.set()
    return empty_pb2.Empty()
