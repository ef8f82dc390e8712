"""The watch over the engine: a plugin whose engine is gone makes no further write, and ends.

The engine tells its plugin of Ctrl-C (`sdk_patches` lets it be heard). When the command is killed
nobody tells: the plugin, a grandchild, would live on, and no state would know what it then wrote.
"""

from __future__ import annotations

import os
import socket
import threading
import time
from collections.abc import Callable

from pulumi_smssign.contract import lifeline
from pulumi_smssign.engine.row import engine_address

_LOOK_EVERY = 0.5
_PATIENCE = 30.0
"""Seconds that hooks of other providers in this process get to end, once the engine is gone."""


def engine_is_gone() -> bool:
    """Whether the engine that this plugin works for has ended; False where nobody can tell."""
    host, _, port = engine_address().rpartition(":")
    if not host:
        return False
    try:
        socket.create_connection((host, int(port)), timeout=1.0).close()
    # Nobody listens any more; any other failure may be a busy machine's.
    except ConnectionRefusedError:
        return True
    except (OSError, ValueError):
        return False
    return False


def end_with_engine(is_idle: Callable[[], bool]) -> None:
    """Watch, from now on, that the engine is there, and end this process when it is gone.

    Args:
        is_idle: whether no hook of any provider runs in this process.
    """
    if engine_address():
        lifeline.ask(engine_is_gone)
        threading.Thread(target=_watch, args=(is_idle,), daemon=True, name="smssign-watch").start()


def _watch(is_idle: Callable[[], bool]) -> None:
    while not engine_is_gone():
        time.sleep(_LOOK_EVERY)
    lifeline.cancelled.set()
    until = time.monotonic() + _PATIENCE
    while not is_idle() and time.monotonic() < until:
        time.sleep(_LOOK_EVERY / 5)
    # Not sys.exit, which would end this thread alone.
    os._exit(1)
