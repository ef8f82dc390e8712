"""The watch over the language host: a program ends with it, so that Ctrl-C ends a run at once.

When a run is over, by Ctrl-C or since a resource failed, the engine ends the language host and then
waits up to 5 seconds for the pipes that the host's child, the program, still holds open, since the
program in turn waits for the engine. Seen with engine 3.250 and host 3.70 in half of such runs
(November 2026). A program whose host is gone
has nobody left to talk to, so it ends by itself. Programs that run inside another process
(Automation API) are left alone.
"""

from __future__ import annotations

import functools
import os
import sys
import threading
import time
from pathlib import Path

_LAUNCHER = "pulumi-language-python-exec"
_LOOK_EVERY = 0.2


@functools.cache
def end_with_host() -> None:
    """Watch, from now on, that the language host is there; a second call does nothing."""
    if any(Path(argument).name == _LAUNCHER for argument in sys.orig_argv):
        threading.Thread(target=_watch, args=(os.getppid(),), daemon=True).start()


def _watch(host: int) -> None:
    while os.getppid() == host:
        time.sleep(_LOOK_EVERY)
    # Not sys.exit, which would end this thread alone.
    os._exit(1)
