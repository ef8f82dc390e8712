"""Whether the run still wants what a hook does: Ctrl-C, and an engine that is gone.

Every write and every wait asks here first. Who can tell is the engine's side (`engine.watch`);
until it says so, everything goes on.
"""

from __future__ import annotations

import threading
from collections.abc import Callable

from pulumi_smssign.errors import InterruptedRunError

cancelled = threading.Event()
"""Set when the user has ended the run, or the engine is gone; whoever waits stops waiting."""

_is_gone: list[Callable[[], bool]] = []


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
    """Wait for some seconds, or until the run is ended."""
    cancelled.wait(seconds)
