"""A runner: a process that does one command of one stack, and ends.

It drives the hooks of the package as Pulumi's engine does: Check of each resource as the program
declares it, Diff of those that state has, and Creates or Reads of eight at a time; after the
first error none is begun any more. State is a file, written after each Create.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from pyrate_limiter import Rate
from tenacity import wait_random_exponential

from pulumi_smssign.contract import transport
from pulumi_smssign.core import account_cache
from pulumi_smssign.core.accounts import Accounts
from pulumi_smssign.core.journal import Journal
from pulumi_smssign.engine.run import Run
from pulumi_smssign.engine.signature_hooks import SignatureHooks
from pulumi_smssign.model.errors import SmsSignError
from tests.engine.cases import CASES
from tests.model.engine import Bag, Configuration, Declaration, Engine, Machine, wired
from tests.scale.company import Declared
from tests.scale.limits import api_of

AT_A_TIME = 8
"""Steps that the engine takes at a time, four for each core."""
_CASES = {case.vendor: case for case in CASES}


@dataclass(frozen=True)
class Order:
    """What a runner is to do.

    `home` is Pulumi's home on its machine: a fresh one, or one that other runners have too. `adopt`
    is whether the stack takes over what exists (`smssign:adopt`).
    """

    stack: int
    command: Literal["up", "refresh"]
    declared: Sequence[Declared]
    url: str
    folder: Path
    home: Path
    speed: int
    adopt: bool = False

    @property
    def state(self) -> Path:
        """The stack's state in the backend."""
        return self.folder / f"state/stack-{self.stack:02}.json"

    @property
    def report(self) -> Path:
        """Where the runner says what came of it."""
        return self.home / f"report-{self.stack:02}.json"


@dataclass
class Report:
    """What came of a run; `errors` are the first lines of messages. A killed run leaves none."""

    seconds: float = 0.0
    created: int = 0
    changed: int = 0
    errors: list[str] = field(default_factory=list)


def work(order: Order) -> None:
    """Do a command of a stack."""
    os.environ["PULUMI_HOME"] = str(order.home)
    hurry(order.speed)
    runner, begun = _Runner(order), time.monotonic()
    with contextlib.redirect_stdout(io.StringIO()):  # the rows of Pulumi's display
        if order.command == "up":
            runner.up()
        else:
            runner.refresh()
    runner.report.seconds = time.monotonic() - begun
    order.report.write_text(json.dumps(vars(runner.report), ensure_ascii=False), encoding="utf-8")


def hurry(speed: int) -> None:
    """Have the clients' limits, pauses and ages of lists go so many times faster."""
    for vendor in _CASES:
        api = api_of(vendor)
        faster = {
            action: Rate(rate.limit, max(1, rate.interval // speed))
            for action, rate in api.limits.items()
        }
        api.limits = faster
    waits = wait_random_exponential(multiplier=0.5 / speed, max=10.0 / speed, min=0.2 / speed)
    _set(transport, "_back_off", waits)
    _set(transport, "LONGEST_RETRY", transport.LONGEST_RETRY / speed)
    # Each look takes a lock on a file. Three times as many would be this machine's load alone.
    _set(transport, "_LOOK_FOR_ROOM", 0.15)
    _set(account_cache, "LASTS", account_cache.LASTS / speed)


def _set(module: object, name: str, value: object) -> None:
    assert hasattr(module, name), f"{module} has no {name} any more"
    setattr(module, name, value)


class _Runner:
    """One process of a stack's plugin, and as much of an engine."""

    def __init__(self, order: Order) -> None:
        self._order = order
        configuration = {"smssign:sandbox": order.url, "smssign:deletionPolicy": "retain"}
        if order.adopt:
            configuration["smssign:adopt"] = "existing"
        for one in order.declared:
            configuration[f"smssign:{one.vendor}-{one.account}"] = "{}"
        journal = Journal(order.home / "journal", lambda: True)
        run = Run(Accounts(Configuration(configuration)), journal, order.home / "locks")
        self._hooks = SignatureHooks(run)
        self._engines = {vendor: self._engine(vendor, configuration) for vendor in _CASES}
        self._state: dict[str, Bag] = {}
        if order.state.exists():
            self._state = json.loads(order.state.read_text(encoding="utf-8"))
        self._lock = threading.Lock()
        self.report = Report()

    def _engine(self, vendor: str, configuration: Mapping[str, str]) -> Engine:
        """The programs' side of a vendor: the inputs and the URNs."""
        machine = Machine(self._order.home)
        return Engine(
            _CASES[vendor],
            f"stack-{self._order.stack:02}",
            folder=self._order.folder,
            machine=machine,
            configuration=configuration,
            watch=_Nobody(),
        )

    # --- the commands

    def up(self) -> None:
        """`pulumi up --skip-preview`."""
        steps: list[Callable[[], None]] = []
        for one in self._order.declared:
            engine = self._engines[one.vendor]
            case, urn = _CASES[one.vendor], engine.urn(one.name)
            engine.program[one.name] = Declaration.at(case, one.text, account=one.account)
            old = self._state.get(urn)
            raw = engine.inputs(one.name, preview=False)
            try:
                checked = self._hooks.check(urn, old["inputs"] if old else {}, raw)
                assert not checked.failures, checked.failures
                inputs = wired({**checked.inputs, "__provider": "x"})
                if old is None:
                    steps.append(self._creating(urn, inputs))
                elif self._hooks.diff(urn, old["id"], old["outputs"], inputs).changes:
                    self.report.changed += 1
            except SmsSignError as error:
                self._note(error)
                return
        self._take(steps)

    def refresh(self) -> None:
        """`pulumi refresh`."""
        self._take([self._reading(urn, dict(old)) for urn, old in self._state.items()])

    def _take(self, steps: Sequence[Callable[[], None]]) -> None:
        def step(take: Callable[[], None]) -> None:
            if self.report.errors:
                return
            try:
                take()
            except SmsSignError as error:
                self._note(error)

        with ThreadPoolExecutor(AT_A_TIME) as pool:
            list(pool.map(step, steps))
        self._write()

    def _creating(self, urn: str, inputs: Bag) -> Callable[[], None]:
        def step() -> None:
            result = self._hooks.create(urn, inputs)
            outputs = wired({**(result.outs or {}), "__provider": "x"})
            with self._lock:
                self._state[urn] = {"id": result.id, "inputs": inputs, "outputs": outputs}
                self.report.created += 1
                self._write()

        return step

    def _reading(self, urn: str, old: Bag) -> Callable[[], None]:
        def step() -> None:
            result = self._hooks.read(urn, old["id"], old["outputs"], old["inputs"])
            with self._lock:
                if not result.id:
                    del self._state[urn]
                    self.report.changed += 1
                    return
                outputs = wired({**(result.outs or {}), "__provider": "x"})
                self._state[urn] = {"id": result.id, "inputs": old["inputs"], "outputs": outputs}

        return step

    def _write(self) -> None:
        """Write state as a whole, as the engine does after each step."""
        draft = self._order.state.with_suffix(".draft")
        draft.write_text(json.dumps(self._state, ensure_ascii=False), encoding="utf-8")
        draft.replace(self._order.state)

    def _note(self, error: SmsSignError) -> None:
        with self._lock:
            self.report.errors.append(f"{type(error).__name__}: {error.summary}")


class _Nobody:
    """An observer of the hooks' calls that notes nothing."""

    def begin(self, engine: Engine) -> None:
        """A plugin process begins."""

    def before(self, call: Any) -> None:  # noqa: ANN401 - whichever hook's
        """A hook is about to be called."""

    def after(self, call: Any, result: object, printed: str) -> None:  # noqa: ANN401
        """A hook has answered."""
