"""Prints the folder that holds a Pulumi engine's programs; makes the engine when there is none."""

from __future__ import annotations

import argparse
import os
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from types import FrameType
from typing import NoReturn

from tools.engine.makers import ENGINE_VERSION, GO_NEEDED, Maker, go, installer, newest
from tools.engine.programs import OLDEST, NotThisWayError, Version, engine_on_path
from tools.engine.running import Say
from tools.engine.store import Store, default_root

WAYS = ("any", "path", "cache", "installer", "go")
NEWEST = "newest"


@dataclass(frozen=True)
class Plan:
    """Which ways are open, and to which engine."""

    path: bool
    cached: tuple[Maker, ...]
    makers: tuple[Maker, ...]
    wanted: Version | None = None
    """The one version that will do. None: one on `PATH` need only be new enough, and
    `ENGINE_VERSION` is made."""


def plan(way: str, wanted: Version | None = None) -> Plan:
    """The ways that `way`, one of `WAYS`, leaves open."""
    version = wanted or ENGINE_VERSION
    installed, built = installer(version), go(version)
    path, cached, makers = {
        "any": (True, (installed, built), (installed, built)),
        "path": (True, (), ()),
        "cache": (False, (installed, built), ()),
        "installer": (False, (installed,), (installed,)),
        "go": (False, (built,), (built,)),
    }[way]
    return Plan(path, cached, makers, wanted)


def engine(plan: Plan, store: Store, say: Say) -> Path:
    """The folder that holds an engine's programs; `NotThisWayError` says of each way why not."""
    reasons: list[str] = []
    if plan.path:
        try:
            folder, version = engine_on_path(plan.wanted)
        except NotThisWayError as reason:
            reasons.append(str(reason))
        else:
            say(f"Using Pulumi {version} from PATH")
            return folder
    version = plan.wanted or ENGINE_VERSION
    if found := store.find(plan.cached):
        say(f"Using the cached engine, Pulumi {version}")
        return found
    if plan.cached:
        reasons.append(f"none is cached in {store.root}")
    if not plan.makers:
        raise NotThisWayError(", ".join(reasons))
    say(f"Making Pulumi {version}, since {' and '.join(reasons)}")
    with store.locked(say):
        # By the run that we may have waited for.
        return store.find(plan.cached) or _made(plan.makers, store, say, reasons)


def _made(makers: tuple[Maker, ...], store: Store, say: Say, reasons: list[str]) -> Path:
    for maker in makers:
        try:
            return store.make(maker, say)
        except NotThisWayError as reason:
            say(f"No engine this way: {reason}")
            reasons.append(str(reason))
    raise NotThisWayError(", ".join(reasons))


def _ended(number: int, _frame: FrameType | None) -> NoReturn:
    sys.exit(128 + number)


def _tell(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _silence(_text: str) -> None:
    pass


def main() -> None:
    """Prints the folder alone on standard output, and everything else on standard error."""
    parser = argparse.ArgumentParser(prog="python -m tools.engine", description=__doc__)
    parser.add_argument(
        "--way",
        default=os.environ.get("SMSSIGN_ENGINE_WAY", "any"),
        help=f"the only way to go, of {', '.join(WAYS)} (default: SMSSIGN_ENGINE_WAY, else any)",
    )
    parser.add_argument(
        "--engine",
        default=os.environ.get("SMSSIGN_ENGINE", ""),
        metavar="VERSION",
        help=f"this version and no other, or `{NEWEST}`, the newest that the official installer has"
        f" (default: SMSSIGN_ENGINE, else {OLDEST} or newer on PATH, or {ENGINE_VERSION})",
    )
    parser.add_argument(
        "--print",
        action="store_true",
        dest="only_print",
        help="print the folder when an engine is there, and make none",
    )
    arguments = parser.parse_args()
    if arguments.way not in WAYS:
        parser.error(f"no such way: {arguments.way}")
    # Ended by a signal, we still tidy up; what `nohup` has us ignore stays ignored.
    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _ended)
    say: Say = _silence if arguments.only_print else _tell
    advice = "give the installer a network"
    if arguments.engine != NEWEST:
        advice = (
            f"install Pulumi {arguments.engine or f'{OLDEST} or newer'}, or Go {GO_NEEDED} or newer"
            f" for a build, or {advice}"
        )
    try:
        wanted = _wanted(arguments.engine, say, parser.error)
        chosen = plan(arguments.way, wanted)
        if arguments.only_print:
            chosen = replace(chosen, makers=())
            advice = "`make engine` makes one"
        print(engine(chosen, Store(default_root(os.environ)), say))
    except NotThisWayError as reasons:
        sys.exit(f"No Pulumi engine: {reasons}; {advice}.")
    except KeyboardInterrupt:
        sys.exit(128 + signal.SIGINT)


def _wanted(text: str, say: Say, refuse: Callable[[str], NoReturn]) -> Version | None:
    """The version that is asked for by `--engine`; None when none is."""
    if not text:
        return None
    if text == NEWEST:
        return newest(say)
    try:
        return Version.parse(text)
    except ValueError as error:
        refuse(str(error))


if __name__ == "__main__":
    main()
