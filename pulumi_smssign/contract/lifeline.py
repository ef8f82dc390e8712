"""Whether the run still wants what a hook does: Ctrl-C, an engine that is gone, time that is up.

Every write and every wait asks here first. Who can tell is the engine's side (`engine.watch`);
until it says so, everything goes on.
"""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from pulumi_smssign.model.errors import InterruptedRunError

cancelled = threading.Event()
"""Set when the user has ended the run, or the engine is gone; whoever waits stops waiting."""

_is_gone: list[Callable[[], bool]] = []
_until: ContextVar[float] = ContextVar("_until", default=math.inf)
"""The moment of the machine's clock at which the calls of this thread are to be over."""


def ask(is_gone: Callable[[], bool]) -> None:
    """Ask this, from now on, whether the engine is gone."""
    _is_gone[:] = [is_gone]


def must_go_on(what: str) -> None:
    """Make sure that the run still wants a call to be made.

    Args:
        what: the call that would be made.

    Raises:
        InterruptedRunError: the run was ended; the call was not made.
    """
    if cancelled.is_set() or any(is_gone() for is_gone in _is_gone):
        raise InterruptedRunError(
            f"the run was ended before {what}: nothing was sent",
            advice="run `pulumi up` again to go on.",
        )


def pause(seconds: float) -> None:
    """Wait for some seconds, or until the run is ended or the time is up."""
    cancelled.wait(min(seconds, time_left()))


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Let what this thread does inside last so many seconds at most, its retries among it."""
    token = _until.set(min(_until.get(), time.monotonic() + seconds))
    try:
        yield
    finally:
        _until.reset(token)


def time_left() -> float:
    """Seconds that the calls of this thread may still last; infinite where nobody bounds them."""
    return max(0.0, _until.get() - time.monotonic())
