"""Additions to Pulumi's plugin, as far as they can be seen in this process."""

from __future__ import annotations

import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace
from typing import Any

import pytest
from google.protobuf import any_pb2
from google.protobuf.struct_pb2 import Struct
from pulumi.dynamic.dynamic import serialize_provider
from pulumi.runtime.proto import provider_pb2, status_pb2

from pulumi_smssign.contract import lifeline, peer
from pulumi_smssign.engine import sdk_patches
from pulumi_smssign.engine.sdk_patches import thread_of_our_own
from pulumi_smssign.model.errors import RefusedError, SmsSignError
from pulumi_smssign.provider import SignatureProvider


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(max_workers=4) as threads:
        yield threads


def test_a_hook_brings_the_thread_that_it_takes(pool: ThreadPoolExecutor) -> None:
    def hook() -> tuple[int, int]:
        with thread_of_our_own():
            inside = pool._max_workers
            with thread_of_our_own():
                return inside, pool._max_workers

    assert pool.submit(hook).result() == (5, 6)
    assert pool._max_workers == 4


def test_hooks_that_wait_leave_the_plugins_own_threads_to_others() -> None:
    may_end = threading.Event()
    with ThreadPoolExecutor(max_workers=1) as pool:

        def hook() -> bool:
            with thread_of_our_own():
                is_in.release()
                return may_end.wait(5)

        is_in = threading.Semaphore(0)
        waiting = [pool.submit(hook)]
        assert is_in.acquire(timeout=5)
        waiting.append(pool.submit(hook))
        assert is_in.acquire(timeout=5)
        assert pool.submit(lambda: "cancelled").result(5) == "cancelled"
        may_end.set()
        assert all(each.result() for each in waiting)


def test_call_queued_before_the_first_hook_waits_for_none() -> None:
    may_begin, may_end = threading.Event(), threading.Event()
    is_in = threading.Semaphore(0)

    def hook() -> bool:
        may_begin.wait(5)
        with thread_of_our_own():
            is_in.release()
            return may_end.wait(5)

    with ThreadPoolExecutor(max_workers=1) as pool:
        pool.submit(lambda: None).result()  # its thread then counts as idle, and isn't for long
        waiting = [pool.submit(hook) for _ in range(3)]
        cancel = pool.submit(lambda: "cancelled")
        may_begin.set()
        assert all(is_in.acquire(timeout=5) for _ in waiting)
        assert cancel.result(5) == "cancelled"
        may_end.set()
        assert all(each.result() for each in waiting)


def test_a_hook_that_fails_gives_its_thread_back(pool: ThreadPoolExecutor) -> None:
    def hook() -> None:
        with thread_of_our_own():
            raise RefusedError("no")

    with pytest.raises(RefusedError):
        pool.submit(hook).result()
    assert pool._max_workers == 4


class OtherPool(ThreadPoolExecutor):
    """A pool that keeps its number of threads elsewhere."""

    def __init__(self) -> None:
        super().__init__()
        del self._max_workers


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("no weak reference",),
        (lambda: "no pool",),
        (lambda: SimpleNamespace(_max_workers=4),),
        (OtherPool,),
    ],
    ids=["none", "text", "function", "no pool with the same name in it", "a pool without it"],
)
def test_outside_of_such_a_pool_nothing_changes(
    monkeypatch: pytest.MonkeyPatch, arguments: tuple[object, ...]
) -> None:
    thread = SimpleNamespace(_args=arguments)
    monkeypatch.setattr(threading, "current_thread", lambda: thread)
    with thread_of_our_own():
        assert sdk_patches._pool() is None


def test_a_plugin_is_idle_when_none_of_its_threads_has_work(pool: ThreadPoolExecutor) -> None:
    assert not sdk_patches._is_idle(None)
    may_end = threading.Event()
    working = pool.submit(may_end.wait, 5)
    assert not sdk_patches._is_idle(pool)
    may_end.set()
    assert working.result()
    sdk_patches._start_a_thread(pool)  # one that has never had work
    until = time.monotonic() + 5
    while not sdk_patches._is_idle(pool) and time.monotonic() < until:
        time.sleep(0.01)
    assert sdk_patches._is_idle(pool)
    pool.shutdown()
    assert sdk_patches._is_idle(pool)


@pytest.fixture
def format_exc(monkeypatch: pytest.MonkeyPatch) -> Callable[[], str]:
    """The plugin's text of an error; the test's own, put back after it."""
    monkeypatch.setattr(traceback, "format_exc", traceback.format_exc)
    sdk_patches._show_errors_as_text()

    def printed() -> str:
        return traceback.format_exc()

    return printed


def test_our_errors_print_as_their_own_text_and_others_as_a_traceback(
    format_exc: Callable[[], str],
) -> None:
    try:
        raise RefusedError("the vendor said no", advice="mend it.")
    except RefusedError:
        assert format_exc() == "the vendor said no\n  what to do: mend it."
    try:
        raise KeyError("odd")
    except KeyError:
        text = format_exc()
    assert text.startswith("Traceback")
    assert "KeyError" in text


class Servicer:
    """The plugin's, as far as it is patched."""

    def Cancel(self, _request: object, _context: object) -> object:  # noqa: N802
        return None


@pytest.fixture
def cancelled(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    event = threading.Event()
    monkeypatch.setattr(lifeline, "cancelled", event)
    return event


@pytest.mark.parametrize("is_ours", [True, False], ids=["this user's call", "another's"])
def test_the_engines_cancel_is_heard_by_a_method_that_was_bound_before(
    monkeypatch: pytest.MonkeyPatch, cancelled: threading.Event, is_ours: bool
) -> None:
    monkeypatch.setattr(peer, "may_call", {"ipv4:127.0.0.1:40123": is_ours}.__getitem__)
    context = SimpleNamespace(peer=lambda: "ipv4:127.0.0.1:40123")
    bound = Servicer().Cancel
    monkeypatch.setattr(Servicer.Cancel, "__code__", Servicer.Cancel.__code__)
    main = SimpleNamespace(DynamicResourceProviderServicer=Servicer)
    monkeypatch.setitem(sys.modules, "__main__", main)
    sdk_patches._listen_to_cancel()
    assert not cancelled.is_set()
    assert type(bound(None, context)).__name__ == "Empty"
    assert cancelled.is_set() is is_ours


def test_an_sdk_with_another_cancel_is_left_as_it_is(
    monkeypatch: pytest.MonkeyPatch, cancelled: threading.Event
) -> None:
    answer = "its own"

    class Other:
        def Cancel(self, _request: object, _context: object) -> str:  # noqa: N802
            return answer

    for servicer in (Other, object):
        main = SimpleNamespace(DynamicResourceProviderServicer=servicer)
        monkeypatch.setitem(sys.modules, "__main__", main)
        sdk_patches._listen_to_cancel()
    assert Other().Cancel(None, None) == "its own"
    assert not cancelled.is_set()


def test_second_install_adds_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []
    monkeypatch.setattr(sdk_patches, "_installed", threading.Event())
    monkeypatch.setattr(sdk_patches, "_show_errors_as_text", lambda: done.append("text"))
    monkeypatch.setattr(sdk_patches, "_listen_to_cancel", lambda: done.append("cancel"))
    monkeypatch.setattr(sdk_patches.watch, "end_with_engine", lambda _: done.append("watch"))  # type: ignore[attr-defined]
    sdk_patches.install()
    sdk_patches.install()
    assert done == ["text", "cancel", "watch"]


# --- how a call of the engine ends


class SomeContext:
    """A call's context, as far as it is used."""

    def __init__(self) -> None:
        self.trailing: tuple[tuple[str, bytes], ...] = ()

    def set_trailing_metadata(self, metadata: tuple[tuple[str, bytes], ...]) -> None:
        self.trailing = metadata


def struct(**properties: str) -> Struct:
    made = Struct()
    made.update(properties)
    return made


def detail(context: SomeContext) -> any_pb2.Any:
    """The one detail of the status that ends the call."""
    ((name, status),) = context.trailing
    assert name == "grpc-status-details-bin"
    read = status_pb2.Status.FromString(status)
    assert (read.code, read.message) == (2, "words")  # gRPC's own code, or it is no such detail
    (detail,) = read.details
    return detail


def test_a_call_can_end_as_awaiting() -> None:
    def answer(context: SomeContext) -> bool:
        assert context is not None
        return sdk_patches.answer_awaiting("words")

    context = SomeContext()
    assert answer(context)
    assert detail(context).TypeName() == "pulumirpc.ErrorResourceAwaitFailed"


UPDATE = provider_pb2.UpdateRequest(urn="u", id="7", news=struct(__provider="x"))


def test_an_update_can_fail_with_state() -> None:
    def answer(request: object, context: SomeContext) -> bool:
        assert request is not None
        assert context is not None
        return sdk_patches.answer_with_state({"status": "PENDING"}, "words")

    context = SomeContext()
    assert answer(UPDATE, context)
    failed = provider_pb2.ErrorResourceInitFailed()
    assert detail(context).Unpack(failed)
    assert (failed.id, list(failed.reasons)) == ("7", ["words"])
    assert dict(failed.properties) == {"status": "PENDING", "__provider": "x"}


def test_an_sdk_that_hides_the_call_is_told_apart() -> None:
    def answer(request: object) -> bool:
        assert request is not None
        return sdk_patches.answer_with_state({}, "words")

    assert not sdk_patches.answer_awaiting("words")
    assert not sdk_patches.answer_with_state({}, "words")
    assert not answer(UPDATE)


# --- who may call, and what is loaded

OURS = "urn:pulumi:dev::shop::pulumi-python:dynamic/tencentSms:TencentSms::brand"


class Load:
    """The plugin's `get_provider` as it is guarded within a first call of it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, config: object) -> None:
        self.loaded: list[tuple[object, object]] = []
        self.config = config
        main = SimpleNamespace(get_provider=self._original)
        monkeypatch.setitem(sys.modules, "__main__", main)
        self._guard()

    def _original(self, props: object, config: object) -> str:
        self.loaded.append((props, config))
        return "the provider"

    def _guard(self) -> None:
        if self.config is None:
            sdk_patches._guard_loading()
            return

        def get_provider(config: object) -> None:
            assert config
            sdk_patches._guard_loading()

        get_provider(self.config)

    def call(self, request: object, context: object, provider: str = "") -> object:
        """A later call of the engine, with a configuration of its own."""
        assert request is not None
        assert context is None or hasattr(context, "peer")
        main: Any = sys.modules["__main__"]
        return main.get_provider({"__provider": provider}, {"later": "1"})


class CallersContext(SomeContext):
    """A call's context that tells its caller."""

    def peer(self) -> str:
        return "ipv4:127.0.0.1:40123"


PICKLED = serialize_provider(SignatureProvider())


@pytest.mark.parametrize(
    ("first", "taken"), [({"first": "1"}, {"first": "1"}), (None, {"later": "1"})]
)
@pytest.mark.parametrize("is_told", [True, False], ids=["this user", "a caller nobody tells"])
def test_a_provider_is_loaded_with_the_configuration_that_the_engine_gave_first(
    monkeypatch: pytest.MonkeyPatch, first: object, taken: object, is_told: bool
) -> None:
    monkeypatch.setattr(peer, "may_call", {"ipv4:127.0.0.1:40123": True}.__getitem__)
    load = Load(monkeypatch, first)
    context = CallersContext() if is_told else None
    assert load.call(provider_pb2.CreateRequest(urn=OURS), context, PICKLED) == "the provider"
    assert load.loaded == [({"__provider": PICKLED}, taken)]


def test_nothing_is_loaded_for_another_user(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(peer, "may_call", {"ipv4:127.0.0.1:40123": False}.__getitem__)
    load = Load(monkeypatch, {"first": "1"})
    with pytest.raises(SmsSignError, match="called by another user of this machine"):
        load.call(provider_pb2.CreateRequest(urn=OURS), CallersContext(), PICKLED)
    assert load.loaded == []


def test_for_our_resources_no_other_provider_is_loaded_and_for_others_any(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    load = Load(monkeypatch, {"first": "1"})
    with pytest.raises(SmsSignError, match="names another provider for this resource: no pickle"):
        load.call(provider_pb2.CreateRequest(urn=OURS), None, "x")
    assert load.loaded == []
    others = "urn:pulumi:dev::shop::pulumi-python:dynamic:Resource::x"
    assert load.call(provider_pb2.CreateRequest(urn=others), None, "x") == "the provider"


def test_an_sdk_that_loads_in_another_way_is_left_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    main = SimpleNamespace()
    monkeypatch.setitem(sys.modules, "__main__", main)
    sdk_patches._guard_loading()
    assert vars(main) == {}


class OneRequest:
    """The engine's message, as far as a hook looks at it."""

    urn = "urn:pulumi:dev::shop::x::brand"


def test_engines_message_is_found_on_the_stack_of_the_hook() -> None:
    def method(message: object) -> object:
        return sdk_patches._request()

    message = OneRequest()
    assert method(message) is message


def test_hook_without_the_engines_message_says_which_sdk_has_it() -> None:
    with pytest.raises(SmsSignError, match="does not say which resource a hook is for"):
        sdk_patches._request()
