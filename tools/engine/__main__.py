"""Prints the folder that holds a Pulumi engine's programs; makes the engine when there is none."""

from __future__ import annotations

import argparse
import os
import signal
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from types import FrameType
from typing import NoReturn

from tools.engine.makers import ENGINE_VERSION, GO, GO_NEEDED, INSTALLER, Maker
from tools.engine.programs import OLDEST, NotThisWayError, engine_on_path
from tools.engine.running import Say
from tools.engine.store import Store, default_root


@dataclass(frozen=True)
class Plan:
    """Which ways are open."""

    path: bool
    cached: tuple[Maker, ...]
    makers: tuple[Maker, ...]


PLANS = {
    "any": Plan(path=True, cached=(INSTALLER, GO), makers=(INSTALLER, GO)),
    "path": Plan(path=True, cached=(), makers=()),
    "cache": Plan(path=False, cached=(INSTALLER, GO), makers=()),
    "installer": Plan(path=False, cached=(INSTALLER,), makers=(INSTALLER,)),
    "go": Plan(path=False, cached=(GO,), makers=(GO,)),
}


def engine(plan: Plan, store: Store, say: Say) -> Path:
    """The folder that holds an engine's programs; `NotThisWayError` says of each way why not."""
    reasons: list[str] = []
    if plan.path:
        try:
            folder, version = engine_on_path()
        except NotThisWayError as reason:
            reasons.append(str(reason))
        else:
            say(f"Using Pulumi {version} from PATH")
            return folder
    if found := store.find(plan.cached):
        say(f"Using the cached engine, Pulumi {ENGINE_VERSION}")
        return found
    if plan.cached:
        reasons.append(f"none is cached in {store.root}")
    if not plan.makers:
        raise NotThisWayError(", ".join(reasons))
    say(f"Making Pulumi {ENGINE_VERSION}, since {' and '.join(reasons)}")
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
        help=f"the only way to go, of {', '.join(PLANS)} (default: SMSSIGN_ENGINE_WAY, else any)",
    )
    parser.add_argument(
        "--print",
        action="store_true",
        dest="only_print",
        help="print the folder when an engine is there, and make none",
    )
    arguments = parser.parse_args()
    if arguments.way not in PLANS:
        parser.error(f"no such way: {arguments.way}")
    # Ended by a signal, we still tidy up; what `nohup` has us ignore stays ignored.
    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _ended)
    plan = PLANS[arguments.way]
    say: Say = _tell
    advice = (
        f"install Pulumi {OLDEST} or newer, or Go {GO_NEEDED} or newer for a build, or give the"
        " installer a network"
    )
    if arguments.only_print:
        plan, say = replace(plan, makers=()), _silence
        advice = "`make engine` makes one"
    try:
        print(engine(plan, Store(default_root(os.environ)), say))
    except NotThisWayError as reasons:
        sys.exit(f"No Pulumi engine: {reasons}; {advice}.")
    except KeyboardInterrupt:
        sys.exit(128 + signal.SIGINT)


if __name__ == "__main__":
    main()
