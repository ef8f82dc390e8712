"""Cancellation and deadlines of a run's calls: Ctrl-C, an engine that is gone, time that is up.

Every write and every wait asks here first. The engine's side (`engine.watch`) sets `cancelled` and
says how to ask for the engine; until then everything goes on.
"""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from pulumi_smssign.model.errors import InterruptedRunError
from pulumi_smssign.model.language import _

cancelled = threading.Event()
"""Set when the user has ended the run, or the engine is gone; whoever waits stops waiting."""

_is_gone: list[Callable[[], bool]] = []
_until: ContextVar[float] = ContextVar("_until", default=math.inf)
"""The moment of the machine's clock at which the calls of this thread are to be over."""


def ask(is_gone: Callable[[], bool]) -> None:
    """Set the question whether the engine is gone, which `must_go_on` asks."""
    _is_gone[:] = [is_gone]


def must_go_on(step: str) -> None:
    """Check before a call that the run has not been ended.

    Args:
        step: the call that would be made, in the language of the message.

    Raises:
        InterruptedRunError: the run was ended; the call was not made.
    """
    if cancelled.is_set() or any(is_gone() for is_gone in _is_gone):
        raise InterruptedRunError(
            _("the run was ended before {step}: nothing was sent", step=step),
            advice=_("run `pulumi up` again to go on."),
        )


def pause(seconds: float) -> None:
    """Wait for some seconds, or until the run is ended or the time is up."""
    cancelled.wait(min(seconds, time_left()))


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Deadline, in seconds from now, for the calls that this thread makes inside, with retries."""
    token = _until.set(min(_until.get(), time.monotonic() + seconds))
    try:
        yield
    finally:
        _until.reset(token)


def time_left() -> float:
    """Seconds to this thread's deadline; infinite without one."""
    return max(0.0, _until.get() - time.monotonic())
