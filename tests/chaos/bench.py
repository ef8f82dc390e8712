"""Operations on one signature, each from the same beginning, with the sandbox as the vendor."""

from __future__ import annotations

import contextlib
import copy
import json
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

import httpx

from pulumi_smssign.contract.credentials import Credentials
from pulumi_smssign.contract.vendor import Api, BaseApi
from pulumi_smssign.core.registry import named
from pulumi_smssign.engine.approval_hooks import ApprovalHooks
from pulumi_smssign.engine.resource import Resource
from pulumi_smssign.model.errors import SmsSignError
from pulumi_smssign.sandbox.app import Sandbox, SignatureView
from pulumi_smssign.sandbox.desk import DeskState
from pulumi_smssign.sandbox.server import RunningSandbox
from tests.chaos.faults import Kind, Trouble
from tests.engine.cases import Case
from tests.images import png
from tests.model.engine import Call, Command, Declaration, Engine, Entry, Machine, Outcome, record

OLD, NEW = "极客科技", "极客云科"
DELAYED = 3600.0
SHORT = 0.3
"""Seconds after which a call is given up where the fault is a time-out."""


class Operation(StrEnum):
    """The operation under way when something goes wrong."""

    SUBMIT = "submit"
    RESUBMIT = "resubmit"
    DELETE_FIRST = "replace, delete first"
    NEW_FIRST = "replace, new first"
    LET_GO = "let the old one go"
    WITHDRAW = "withdraw"
    REFRESH = "refresh"
    APPROVAL = "look for the approval"


class OffClock:
    """The machine's clock, and so many seconds more: the vendor's."""

    def __init__(self) -> None:
        self.off = 0.0

    def now(self) -> float:
        """Give Unix seconds."""
        return time.time() + self.off


class Line:
    """The way to the vendor: while it is stale, what was read before is read again.

    Args:
        sandbox: the vendors' side, whose log tells what a request was.
        send: httpx's own way to send a request.
    """

    def __init__(
        self,
        sandbox: Sandbox,
        send: Callable[[httpx.HTTPTransport, httpx.Request], httpx.Response],
    ) -> None:
        self.is_stale = self.is_short = False
        self.reads: frozenset[str] = frozenset()
        self._sandbox = sandbox
        self._send = send
        self._earlier: dict[str, tuple[int, list[tuple[bytes, bytes]], bytes]] = {}

    def forget(self) -> None:
        """Begin anew."""
        self.is_stale = self.is_short = False
        self._earlier.clear()

    def handle(self, http: httpx.HTTPTransport, request: httpx.Request) -> httpx.Response:
        """Send a request, and give its answer or the earlier one."""
        if self.is_short:
            request.extensions["timeout"] = httpx.Timeout(SHORT).as_dict()
        response = self._send(http, request)
        content = response.read()
        calls = self._sandbox.calls()
        call = calls[-1] if calls else None
        if call is not None and call.action in self.reads and not call.fault:
            key = f"{call.action} {json.dumps(call.fields, sort_keys=True, default=str)}"
            if self.is_stale and key in self._earlier:
                status, headers, content = self._earlier[key]
                return httpx.Response(status, headers=headers, content=content, request=request)
            self._earlier[key] = (response.status_code, list(response.headers.raw), content)
        return httpx.Response(
            response.status_code, headers=response.headers.raw, content=content, request=request
        )


class Connections:
    """The accounts' calls, in the place of the plugin's own cache of them, which lasts as long."""

    def __init__(self) -> None:
        self._apis: dict[tuple[str, Credentials], Api[Any]] = {}

    def __call__(self, vendor: str, credentials: Credentials) -> Api[Any]:
        """The calls of an account; the same object for the same credentials."""
        key = (vendor, credentials)
        if key not in self._apis:
            self._apis[key] = named(vendor).connect(credentials)
        return self._apis[key]

    def close(self) -> None:
        """Forget them, as when a plugin ends."""
        for api in self._apis.values():
            assert isinstance(api, BaseApi)
            api.close()
        self._apis.clear()


@dataclass(frozen=True)
class Way:
    """The way to the vendor."""

    line: Line
    connections: Connections


class Printed:
    """The lines that the hooks have printed, each with its phase and URN."""

    def __init__(self) -> None:
        self.lines: list[tuple[str, str, str]] = []

    def begin(self, engine: Engine) -> None:
        """A plugin process begins."""

    def before(self, call: Call) -> None:
        """A hook is about to be called."""

    def after(self, call: Call, _result: object, printed: str) -> None:
        """A hook has answered, and has printed something."""
        if printed:
            self.lines.append((call.phase, call.urn, printed))

    def text(self, phase: str) -> str:
        """All that was printed in a phase."""
        return "".join(text for its_phase, _, text in self.lines if its_phase == phase)


@dataclass(frozen=True)
class Beginning:
    """The beginning of an operation: the vendor's desk, the state, and the program's change."""

    desk: DeskState
    state: list[Entry]
    program: Mapping[str, Declaration]


class Bench:
    """One vendor's stack without an engine's process, put back to its beginning for each cell.

    Args:
        case: the vendor.
        served: the sandbox.
        clock: the sandbox's.
        way: the way to it.
        folder: for proof files and journals.
    """

    def __init__(
        self,
        case: Case,
        served: RunningSandbox,
        clock: OffClock,
        way: Way,
        folder: Path,
    ) -> None:
        self.case = case
        self.sandbox = served.sandbox
        self._url = served.url
        self._clock = clock
        self._line = line = way.line
        self._connections = way.connections
        self._folder = folder
        self._cells = 0
        for number in range(2):
            (folder / f"p{number}.png").write_bytes(png(number))
        line.reads = frozenset({case.names.look, case.names.find})
        self.printed = Printed()
        self.engine = self._new_engine()

    # --- the beginning

    def begin(self, operation: Operation) -> Beginning:
        """Bring everything to where an operation begins."""
        self.sandbox.reset()
        self.engine = self._new_engine()
        self.engine.program["brand"] = Declaration.at(self.case, OLD, deletion_policy="delete")
        if operation is not Operation.SUBMIT:
            assert self.engine.up(Command(preview=False)).succeeded
            if operation is Operation.RESUBMIT:
                self.sandbox.reject(self.case.vendor, self.only().id, "unreadable")
            else:
                self.approve()
            self._let_time_go_by()
            self.engine.refresh()
        self._edit(operation)
        if operation is Operation.LET_GO:
            assert self.engine.up(Command()).succeeded
            self.approve()
            self._let_time_go_by()
        return Beginning(
            self.sandbox.desk.state(), copy.deepcopy(self.engine.state), dict(self.engine.program)
        )

    def _let_time_go_by(self) -> None:
        """Date all submissions back, so that no list is late for them."""
        desk = self.sandbox.desk.state()
        past = [
            replace(
                signature,
                created_at=signature.created_at - 2 * DELAYED,
                submitted_at=signature.submitted_at - 2 * DELAYED,
            )
            for signature in desk.signatures
        ]
        self.sandbox.desk.restore(replace(desk, signatures=tuple(past)))

    def start_over(self, beginning: Beginning) -> None:
        """Go back to a beginning, as another machine that has just done all that."""
        self.sandbox.faults.clear()
        self.sandbox.log.clear()
        self.sandbox.desk.restore(beginning.desk)
        for vendor in self.sandbox.vendors.values():
            vendor.reset()
        self.engine = self._new_engine()
        self.engine.state = copy.deepcopy(beginning.state)
        self.engine.program = copy.deepcopy(dict(beginning.program))
        self._line.forget()

    def _edit(self, operation: Operation) -> None:
        declared = self.engine.program["brand"]
        if operation in (Operation.NEW_FIRST, Operation.LET_GO):
            declared.arguments[self.case.text] = NEW
        elif operation is Operation.RESUBMIT:
            declared.arguments["picture"] = "p1.png"
        elif operation is Operation.DELETE_FIRST and self.case.editable:
            declared.arguments[self.case.text] = NEW
            declared.options.deletes_first = True
        elif operation is Operation.DELETE_FIRST:
            declared.arguments["picture"] = "p1.png"

    def _new_engine(self) -> Engine:
        """An engine without any state, on a machine that has seen no run."""
        self._cells += 1
        machine = Machine(self._folder / f"machine {self._cells}")
        machine.folder.mkdir()
        self.printed = Printed()
        return Engine(
            self.case,
            "dev",
            folder=self._folder,
            machine=machine,
            configuration=self._account(self._url),
            watch=self.printed,
        )

    def _account(self, url: str) -> dict[str, str]:
        settings = {**self.case.keys.settings, **dict.fromkeys(self.case.keys.endpoints, url)}
        return {f"smssign:{self.case.vendor}": json.dumps(settings)}

    # --- the operation

    def act(self, operation: Operation, order: Callable[[], None] = lambda: None) -> Outcome:
        """Carry it out; `order` is called when the preview, where there is one, is through."""
        if operation is Operation.APPROVAL:
            order()
            return self._ask_for_the_approval()
        if operation is Operation.REFRESH:
            order()
            return self.engine.refresh()
        if operation is Operation.WITHDRAW:
            order()
            return self.engine.destroy()
        return self.engine.up(Command(preview=operation is not Operation.SUBMIT, between=order))

    def _ask_for_the_approval(self) -> Outcome:
        entry = self.engine.entry("brand")
        assert entry is not None
        names = ("vendor", "account", "text", "scope", "revision", "accepted_at")
        target = {"name": "brand", "id": entry.id, **{name: entry.outputs[name] for name in names}}
        target["unseen"] = record(entry.outputs).get("unseen", False)
        hooks = ApprovalHooks(self.engine.accounts())
        outcome = Outcome()
        times = {"timeout": 0.0, "poll_interval": 1.0, "on_pending": "fail"}
        try:
            hooks.create(self.engine.urn("approval"), {"signatures": [target], **times})
        except SmsSignError as error:
            outcome.errors["approval"] = error
        return outcome

    @contextlib.contextmanager
    def trouble(self, kind: Kind) -> Iterator[Callable[[], None]]:
        """The surroundings of a fault, which begin when what is given is called, and end."""

        def begin() -> None:
            if kind.trouble is Trouble.NOBODY_LISTENS:
                self.engine.configuration = self._account("http://127.0.0.1:9")
            elif kind.trouble is Trouble.NO_SUCH_HOST:
                self.engine.configuration = self._account("https://sms.vendor.invalid")
            elif kind.trouble is Trouble.CLOCK:
                self._clock.off = -DELAYED
            elif kind.trouble is Trouble.LATE:
                self.late(DELAYED)
            elif kind.trouble is Trouble.STALE:
                self._line.is_stale = True
            elif kind.trouble is Trouble.TIME_OUT:
                self._line.is_short = True

        try:
            yield begin
        finally:
            self.engine.configuration = self._account(self._url)
            self._clock.off = 0.0
            self._line.is_stale = self._line.is_short = False
            self.late(0)
            self.sandbox.faults.clear()
            if kind.ends_the_key:
                self._connections.close()  # the next run's plugin knows nothing of it

    def late(self, seconds: float) -> None:
        """Let what is submitted show up so late."""
        name = f"{self.case.vendor}.visibility_delay"
        if name in {switch["name"] for switch in self.sandbox.switches.describe()}:
            self.sandbox.switches.set({name: seconds})

    def prime(self) -> None:
        """Read what may be read again later: what the vendor has under the program's text."""
        entry = self.engine.entry("brand")
        if entry is not None:
            application = Resource.of_program(entry.urn, entry.inputs).application
            self.engine.accounts().api(self.case.vendor, "default").find(application)

    # --- the vendor's side

    def held(self) -> list[SignatureView]:
        """The vendor's signatures."""
        return self.sandbox.signatures(self.case.vendor)

    def only(self) -> SignatureView:
        """The one signature that the vendor has."""
        (signature,) = self.held()
        return signature

    def approve(self) -> None:
        """The reviewer approves whatever there is."""
        for signature in self.held():
            self.sandbox.approve(self.case.vendor, signature.id)

    def identifier(self, signature: SignatureView) -> str:
        """The id by which Pulumi holds it."""
        return signature.text if self.case.knows_by_text else signature.id

    def calls(self) -> int:
        """The number of calls that the vendor has received."""
        return len(self.sandbox.calls(self.case.vendor))

    def owned(self) -> set[str]:
        """The ids in the state, predecessors among them."""
        owned: set[str] = set()
        for entry in self.engine.state:
            by_text = str(entry.outputs.get("text") or entry.id)
            owned.add(by_text if self.case.knows_by_text else entry.id)
            for old in entry.inputs.get("__predecessors") or ():
                owned.add(str(old["text"] if self.case.knows_by_text else old["id"]))
        return owned
