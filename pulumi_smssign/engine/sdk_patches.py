"""Additions to Pulumi's Python plugin from outside; every private place of the SDK is here.

The plugin is `python -m pulumi.dynamic`, one process for all Python dynamic resources of a stack.
Nothing changes for anybody else's provider: a hook of ours brings the thread that it takes, so that
the plugin's four are always there for others and for Cancel. Proven with the SDKs 3.235 to 3.272
(November 2026, `test_sdk_range`); where another SDK's inside differs, there is a fallback:

| addition | private place | fallback |
| --- | --- | --- |
| a hook's resource and inputs | the local `request` of the servicer's method | an error says so |
| awaiting, partial answers | the local `context` of the same | red; the result as it is |
| errors as text | `traceback.format_exc`, which the servicer calls | the traceback |
| Ctrl-C | the code of the servicer's `Cancel` | waiting to the end |
| who may call, what is loaded | `get_provider`, which each hook calls | anybody, anything |
| spare threads | the pool of the current thread | four threads |
"""

from __future__ import annotations

import asyncio
import contextlib
import functools
import sys
import threading
import traceback
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import grpc
from google.protobuf import any_pb2
from pulumi.runtime import rpc
from pulumi.runtime.proto import provider_pb2, status_pb2

from pulumi_smssign.contract import peer
from pulumi_smssign.core import pickled
from pulumi_smssign.engine import watch
from pulumi_smssign.model.errors import SmsSignError
from pulumi_smssign.model.language import _

if TYPE_CHECKING:
    from types import FrameType

PROVIDER = "__provider"
"""The property in which Pulumi keeps a dynamic resource's provider."""
_AWAIT_FAILED = "type.googleapis.com/pulumirpc.ErrorResourceAwaitFailed"
"""An empty message; as text, since SDKs before 3.272 have none of that name."""

_lock = threading.Lock()
_installed = threading.Event()


def install() -> None:
    """Install the additions in the running plugin; a second call does nothing."""
    with _lock:
        if not _installed.is_set():
            _installed.set()
            _show_errors_as_text()
            _listen_to_cancel()
            _guard_loading()
            pool = _pool()
            watch.end_with_engine(lambda: _is_idle(pool))


def request_urn() -> str:
    """The URN of the resource that the present hook is for.

    Raises:
        SmsSignError: this version of Pulumi's SDK hides it.
    """
    return str(_request().urn)


def request_inputs() -> dict[str, Any]:
    """The inputs in the state of a resource that is read or deleted; the SDK hands over outputs."""
    # The SDK's outputs are of the last change; inputs are written by each run.
    request = _request()
    inputs = getattr(request, "old_inputs", None) or getattr(request, "inputs", None)
    return dict(rpc.deserialize_properties(inputs)) if inputs is not None else {}


def answer_awaiting(text: str) -> bool:
    """Have the engine end the present Create or Update as *awaiting*, when its hook raises.

    An engine before 3.274 takes it for an error. Whether the answer has found its way is returned.
    """
    return _answer(any_pb2.Any(type_url=_AWAIT_FAILED), text)


def answer_with_state(outputs: Mapping[str, Any], text: str) -> bool:
    """Have the engine write state for the present Update, though its hook raises.

    The resource is then marked, and the next `pulumi up` calls its Update. `outputs` are as the
    hook would have returned them.

    Returns:
        whether the answer has found its way; else state is lost where the hook raises.
    """
    request = _local("urn", "Request")
    if request is None:
        return False
    inputs = rpc.deserialize_properties(request.news)
    # The servicer adds the provider to what a hook returns, and this goes past it.
    written = asyncio.run(rpc.serialize_properties({**outputs, PROVIDER: inputs[PROVIDER]}, {}))
    failed = provider_pb2.ErrorResourceInitFailed(id=request.id, properties=written, reasons=[text])
    detail = any_pb2.Any()
    detail.Pack(failed)
    return _answer(detail, text)


def _answer(detail: any_pb2.Any, text: str) -> bool:
    """Give the status that ends the present call a detail, as gRPC carries it."""
    context = _local("set_trailing_metadata", "Context")
    if context is None:
        return False
    code, _ = grpc.StatusCode.UNKNOWN.value  # as the servicer's own abort has it
    status = status_pb2.Status(code=code, message=text, details=[detail])
    context.set_trailing_metadata((("grpc-status-details-bin", status.SerializeToString()),))
    return True


@contextlib.contextmanager
def thread_of_our_own() -> Iterator[None]:
    """Let the plugin have one thread more while a hook of ours holds one."""
    pool = _pool()
    if pool is None:
        yield
        return
    with _lock:
        pool._max_workers += 1  # noqa: SLF001
        _start_a_thread(pool)
    try:
        yield
    finally:
        with _lock:
            pool._max_workers -= 1  # noqa: SLF001


def _request() -> Any:  # noqa: ANN401 - one of the SDK's messages
    """The engine's message, found on the stack of the thread that answers it."""
    request = _local("urn", "Request")
    if request is None:
        raise SmsSignError(
            _("this version of Pulumi's Python SDK does not say which resource a hook is for"),
            advice=_("install pulumi 3.272, and please report the version that you have."),
        )
    return request


def _local(attribute: str, type_ends: str) -> Any:  # noqa: ANN401 - one of the SDK's objects
    """The innermost local of such a type on the stack of this thread; None where there is none."""
    for frame in _frames():
        for value in frame.f_locals.values():
            if type(value).__name__.endswith(type_ends) and hasattr(value, attribute):
                return value
    return None


def _frames() -> Iterator[FrameType]:
    frame: FrameType | None = sys._getframe(1)  # noqa: SLF001 - the SDK has no other way to it
    while frame is not None:
        yield frame
        frame = frame.f_back


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


def _start_a_thread(pool: ThreadPoolExecutor) -> None:
    """Start the thread that a hook brings now, and not with the next call."""
    # What was queued before would else wait until a hook ends, and Cancel behind it. The pool
    # counts as idle each thread that has ended a call, also one that has taken the next since.
    with contextlib.suppress(AttributeError):
        while pool._idle_semaphore.acquire(blocking=False):  # noqa: SLF001
            pass
        pool._adjust_thread_count()  # noqa: SLF001


def _is_idle(pool: ThreadPoolExecutor | None) -> bool:
    """Whether none of the pool's threads has work; False where that can't be told."""
    frames = sys._current_frames()  # noqa: SLF001
    try:
        threads = [thread.ident for thread in pool._threads]  # type: ignore[union-attr]  # noqa: SLF001
    except AttributeError:
        return False
    # A thread without work waits in the pool's own function, and in nothing that it has called.
    busy = (frames[each] for each in threads if each in frames)
    return all(frame.f_code.co_name == "_worker" for frame in busy)


def _show_errors_as_text() -> None:
    """Let our errors print as their own text where the plugin prints a traceback."""
    original = traceback.format_exc

    @functools.wraps(original)
    def format_exc(limit: int | None = None, chain: bool = True) -> str:  # noqa: FBT001, FBT002
        error = sys.exc_info()[1]
        return str(error) if isinstance(error, SmsSignError) else original(limit, chain)

    traceback.format_exc = format_exc


def _guard_loading() -> None:
    """Let the plugin load what this user's engine sends, and for our resources ours alone."""
    # Pulumi unpickles the provider that any caller of its port sends (`docs/upstream.md`).
    main = sys.modules["__main__"]
    original = getattr(main, "get_provider", None)
    if original is None:
        return
    # The engine configures a plugin once; what anybody sets later is not taken.
    calls = (frame.f_locals for frame in _frames() if frame.f_code.co_name == "get_provider")
    configured = next(calls, {}).get("config")

    @functools.wraps(original)
    def get_provider(props: dict[str, Any], config: dict[str, Any]) -> object:
        context, request = _local("set_trailing_metadata", "Context"), _local("urn", "Request")
        if context is not None and not peer.may_call(context.peer()):
            raise SmsSignError(_("the plugin was called by another user of this machine"))
        pickled.must_be_ours(getattr(request, "urn", ""), props[PROVIDER])
        return original(props, config if configured is None else configured)

    main.get_provider = get_provider  # type: ignore[attr-defined]


def _listen_to_cancel() -> None:
    """Let the engine's Cancel, which the plugin ignores, set `cancelled`."""
    servicer = getattr(sys.modules["__main__"], "DynamicResourceProviderServicer", None)
    function = getattr(servicer, "Cancel", None)
    # gRPC has held the bound method since it started: only its function's code can be replaced.
    if getattr(getattr(function, "__code__", None), "co_freevars", None) == ():
        function.__code__ = _cancel.__code__  # type: ignore[union-attr]


def _cancel(_self: object, _request: object, context: Any) -> object:  # noqa: ANN401
    """The plugin's Cancel; it runs among the plugin's globals, so it imports all it needs."""
    from google.protobuf import empty_pb2

    from pulumi_smssign.contract import lifeline, peer

    if peer.may_call(context.peer()):
        lifeline.cancelled.set()
    return empty_pb2.Empty()
