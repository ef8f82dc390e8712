"""A stack whose hooks are called in the engine's order in this process, at a real sandbox.

What a message advises is followed here by the dozen: a run takes some 50 ms.
"""

from __future__ import annotations

import ast
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pulumi_smssign.model.errors import SmsSignError
from pulumi_smssign.sandbox import SignatureView, Status
from pulumi_smssign.sandbox.server import RunningSandbox
from pulumi_smssign.ucloud.scope import Scope
from tests.engine.cases import Case
from tests.engine.scene import OLD
from tests.engine.sequences import Watch
from tests.images import png
from tests.model.engine import Call, Command, Declaration, Engine, Machine, Outcome

SCOPES = {"tencent": "mainland", "ucloud": str(Scope("", international=False))}
"""Where `Signature.get` looks unless it is told otherwise."""


class Impatient(threading.Event):
    """What no pause waits for."""

    def wait(self, timeout: float | None = None) -> bool:
        return self.is_set()


class InProcess:
    """One vendor's stage: `brand` is the signature that most tests are about.

    Args:
        case: the vendor.
        served: the vendors' side.
        folder: an empty folder.
        policy: the stack's deletion policy.
    """

    def __init__(self, case: Case, served: RunningSandbox, folder: Path, policy: str) -> None:
        self.case, self.sandbox, self.url = case, served.sandbox, served.url
        self.sandbox.switches.set({"tencent.enforce_rate": False})
        self.watch = Watch(self.sandbox)
        self.folder = folder
        for number in range(2):
            (folder / f"p{number}.png").write_bytes(png(number))
        self.machine = Machine(folder / "machine")
        self.machine.folder.mkdir()
        self.policy = policy
        self.engine = self.stack("dev")
        self.said = ""
        """What the last command has told on rows."""

    def stack(self, name: str) -> Engine:
        """A stack of this user on this machine."""
        return Engine(
            self.case,
            name,
            folder=self.folder,
            machine=self.machine,
            configuration={"smssign:sandbox": self.url, "smssign:deletionPolicy": self.policy},
            watch=self,
        )

    @contextmanager
    def of(self, engine: Engine) -> Iterator[None]:
        """The time in which another stack's program is edited and run, in other processes."""
        own, self.engine = self.engine, engine
        try:
            yield
        finally:
            self.engine = own
            self._forget()

    def _forget(self) -> None:
        """What UCloud's calls have met in this process another one does not know."""
        api = self.engine.accounts().api(self.case.vendor, "default")
        getattr(api, "_international", {}).clear()

    # --- what looks on

    def begin(self, engine: Engine) -> None:
        """A plugin process begins."""

    def before(self, call: Call) -> None:
        """A hook is about to be called."""

    def after(self, call: Call, result: object, said: str) -> None:
        """A hook has answered."""
        self.said += said

    # --- the program

    def declare(self, name: str = "brand", text: str = OLD, **arguments: object) -> None:
        """Have the program declare a signature."""
        self.engine.program[name] = Declaration.at(self.case, text, **arguments)

    def edit(self, name: str = "brand", /, **arguments: object) -> None:
        """Change some of its arguments; None takes one out."""
        declared = self.engine.program[name].arguments
        declared.update(arguments)
        for argument, value in arguments.items():
            if value is None:
                del declared[argument]

    def reword(self, text: str, name: str = "brand") -> None:
        """Give it another text."""
        self.edit(name, **{self.case.text: text})

    def change_the_proof(self, number: int = 1) -> None:
        """Put another picture in the place of the evidence."""
        self.edit(picture=f"p{number}.png")

    def read(self, name: str, identifier: str, **fields: object) -> None:
        """Have the program read a signature that it does not manage."""
        where = {"international": False, "scope": SCOPES.get(self.case.vendor, "")}
        arguments = {"account": "default", **where, **fields}
        self.engine.program[name] = Declaration(arguments, reads=identifier)

    def move(self, name: str, new_name: str) -> None:
        """Give it another logical name."""
        self.engine.program[new_name] = self.engine.program.pop(name)

    # --- commands

    def up(self, command: Command | None = None) -> Outcome:
        """`pulumi up`, and that it has lost no approval."""
        self.said = ""
        outcome = self.engine.up(command or Command())
        lost = [each for each in self.watch.sent if each[1].endswith("!")]
        assert self.policy == "delete" or not lost, lost
        return outcome

    def green(self, command: Command | None = None) -> None:
        """`pulumi up`; it has to succeed."""
        outcome = self.up(command)
        assert outcome.succeeded, {name: str(error) for name, error in outcome.errors.items()}

    def advice(self, name: str = "brand", command: Command | None = None) -> str:
        """What `pulumi up` advises, which is to end red at this resource."""
        error = self.up(command).errors.get(name)
        assert isinstance(error, SmsSignError), error
        return error.advice

    # --- the vendor

    def held(self) -> list[SignatureView]:
        """What the vendor has."""
        return self.sandbox.signatures(self.case.vendor)

    def only(self) -> SignatureView:
        """The one signature that it has."""
        (one,) = self.held()
        return one

    def id(self, text: str = OLD) -> str:
        """What Pulumi holds the one of this text by."""
        (one,) = (each for each in self.held() if each.text == text)
        return one.text if self.case.knows_by_text else one.id

    def texts(self) -> dict[str, Status]:
        """What it has, by text."""
        return {one.text: one.status for one in self.held()}

    def approve(self) -> None:
        """The reviewer approves every open application."""
        for one in self.held():
            if one.status is Status.PENDING:
                self.sandbox.approve(one.vendor, one.id)

    def reject(self) -> None:
        """The reviewer rejects the one application."""
        self.sandbox.reject(self.case.vendor, self.only().id, "unreadable")

    def approved(self, text: str = OLD, **arguments: object) -> str:
        """The id of one that the program declares and the vendor has approved."""
        self.declare("brand", text, **arguments)
        self.green()
        self.approve()
        return self.id(text)

    def fault(self, **order: Any) -> None:  # noqa: ANN401 - whatever a fault takes
        """Have the vendor's side play a fault."""
        self.sandbox.faults.add({"vendor": self.case.vendor, **order})

    def must_settle_with(self, *texts: str) -> None:
        """This run is green and so is the next; a third sends nothing, and these are there."""
        self.green()
        self.approve()
        self.green()
        assert sorted(one.text for one in self.held()) == sorted(texts)
        sent = list(self.watch.sent)
        self.green()
        assert self.watch.sent == sent


def adopted(advice: str) -> str:
    """The id in the line that it says to add."""
    found = re.search(r'adopt="([^"]+)"', advice)
    assert found, advice
    return found[1]


def written(advice: str) -> dict[str, object]:
    """The arguments that it says to write."""
    found = re.search(r"write (\w+)=('[^']*'|[\d.]+|True|False)", advice)
    assert found, advice
    return {found[1]: ast.literal_eval(found[2])}
