"""A load with faults on the real engine: `python -m tests.chaos.load --count 500 --seed 1`.

One stack has so many signatures, spread over the vendors, and every call may meet one of ten
faults, each with a chance of 2 %: in the `pulumi up`s that submit, in a refresh, and in the
destroy. In the end each signature is submitted once, none is lost, and each has the id that its
state has. The exit status is 1 when anything was doubled, lost or stuck.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from pydantic import JsonValue

from pulumi_smssign.sandbox import Sandbox
from pulumi_smssign.sandbox.server import running
from tests.bench.stage import UNLIMITED, text
from tests.chaos.faults import kinds
from tests.engine.cases import CASES
from tests.engine.interpreter import interpreter
from tests.engine.project import Project, Run
from tests.images import png

CHANCE = 0.02
RUNS = 12
"""The most runs after which all has to be green, with faults in each."""
# It is only inferred that UCloud refuses duplicates.
SWITCHES: dict[str, JsonValue] = {**UNLIMITED, "ucloud.duplicates": "accepted"}
MET = {
    "throttled", "trouble, not done", "trouble, done", "reset before", "reset after", "500 before",
    "500 after", "503 after", "truncated", "empty",
}  # fmt: skip
"""The faults of the matrix that a call may meet."""
_HOW = ("--yes", "--skip-preview", "--continue-on-error")
_CASES = {case.vendor: case for case in CASES}


def main() -> int:
    """Play the load."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    given = parser.parse_args()
    sandbox = Sandbox(switches=SWITCHES, seed=given.seed)
    with (
        tempfile.TemporaryDirectory(prefix="smssign-load-") as name,
        interpreter(Path(name) / "python") as python,
        running(sandbox) as served,
    ):
        project = Project(Path(name) / "stack", sandbox=served.url)
        project.use_python(python)
        project.policy("delete")
        wrong = _played(project, sandbox, given.count)
    for line in wrong:
        _say(f"NOT WELL: {line}")
    _say(f"{given.count} signatures, seed {given.seed}: {len(wrong)} not well")
    return int(bool(wrong))


def _played(project: Project, sandbox: Sandbox, count: int) -> list[str]:
    _declare(project, count)
    wrong = _until_green("up", sandbox, lambda: project.up(*_HOW))
    sandbox.faults.clear()
    doubled, lost = _doubled(sandbox), _lost(project, sandbox)
    for signature in sandbox.signatures():
        sandbox.approve(signature.vendor, signature.id)
    wrong += _until_green("refresh", sandbox, lambda: project.pulumi("refresh", *_HOW[:2]))
    sandbox.faults.clear()
    again = project.up(*_HOW)
    if not again.succeeded or f"{count + 1} unchanged" not in again.output:
        wrong.append(f"stuck: a run without faults is not green, or has a change: {again}")
    doubled += _doubled(sandbox)
    lost += _lost(project, sandbox)
    wrong += _until_green("destroy", sandbox, lambda: project.pulumi("destroy", *_HOW))
    sandbox.faults.clear()
    stays = [each for each in sandbox.signatures() if _CASES[each.vendor].deletes]
    wrong += [f"left behind: {each.text} at {each.vendor}" for each in stays]
    return [*wrong, *(f"doubled: {each}" for each in doubled), *(f"lost: {each}" for each in lost)]


def _declare(project: Project, count: int) -> None:
    project.write("licence.png", png(0))
    for number in range(count):
        case = CASES[number % len(CASES)]
        own = {case.text: text(number)}
        project.declare(f"brand-{number:04}", case.vendor, {**case.arguments, **own})


def _until_green(what: str, sandbox: Sandbox, run: Callable[[], Run]) -> list[str]:
    """Run a command with faults until it is green; what it still says after the last run."""
    for case in CASES:
        how: dict[str, JsonValue] = {"vendor": case.vendor, "probability": CHANCE, "times": None}
        for kind in kinds(case):
            if kind.name in MET:
                sandbox.faults.add({**kind.order, **how})
    said = ""
    for number in range(1, RUNS + 1):
        began = time.monotonic()
        sandbox.log.clear()
        done = run()
        calls = sandbox.calls()
        spoilt = sum(bool(call.fault) for call in calls)
        _say(
            f"{what} {number}: {'green' if done.succeeded else 'red'} after "
            f"{time.monotonic() - began:.0f} s; {len(calls)} calls, {spoilt} of them spoilt"
        )
        if done.succeeded:
            return []
        said = done.output[-2000:]
    return [f"stuck: {what} is red after {RUNS} runs: {said}"]


def _doubled(sandbox: Sandbox) -> list[str]:
    held = sandbox.signatures()
    texts = Counter((each.vendor, each.text) for each in held)
    return [
        *(
            f"{text} at {vendor}, {times} times"
            for (vendor, text), times in texts.items()
            if times > 1
        ),
        *(
            f"{each.text} at {each.vendor} was sent {each.submissions} times"
            for each in held
            if each.submissions > 1
        ),
    ]


def _lost(project: Project, sandbox: Sandbox) -> list[str]:
    """What state names and the vendor has not, what the vendor has and no state names."""
    there = {
        (each.vendor, each.text if _CASES[each.vendor].knows_by_text else each.id)
        for each in sandbox.signatures()
    }
    owned = {
        (str(resource["inputs"]["vendor"]), str(resource["id"]))
        for resource in project.resources()
        if resource["urn"].rpartition("::")[2].startswith("brand-")
    }
    missing = len(project.program["signatures"]) - len(owned)
    return [
        *(f"{id_} at {vendor} is in no state" for vendor, id_ in sorted(there - owned)),
        *(f"{id_} is in state, and not at {vendor}" for vendor, id_ in sorted(owned - there)),
        *([f"{missing} are in no state"] if missing else []),
    ]


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201 - its output is its print


if __name__ == "__main__":
    sys.exit(main())
