"""One stack of the model: its program, its colleagues, its reviewer, and the law it is held to."""

from __future__ import annotations

import copy
import json
import re
import shutil
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from hypothesis import note
from hypothesis import strategies as st
from pydantic import JsonValue

from pulumi_smssign.errors import SmsSignError
from pulumi_smssign.sandbox.app import Sandbox, SignatureView
from pulumi_smssign.sandbox.desk import Desk
from pulumi_smssign.sandbox.review import Status
from pulumi_smssign.sandbox.server import RunningSandbox
from pulumi_smssign.vendors import named
from tests.engine.cases import Case
from tests.images import png
from tests.model.engine import Command, Declaration, Engine, Entry, Outcome

TEXTS = ("极客科技", "极客云科", "极客网络")
SWITCHES: dict[str, JsonValue] = {"tencent.enforce_rate": False}
WORDS = ("approved", "rejected", "pending")


@dataclass(frozen=True)
class Withdrawal:
    """A deletion at the vendor, and how the signature stood."""

    id: str
    text: str
    status: Status


class Stack:
    """One stack at one vendor: what is done with it, and what must never come of it."""

    case: Case
    served: RunningSandbox

    def __init__(self) -> None:
        super().__init__()
        self.sandbox: Sandbox = self.served.sandbox
        self.sandbox.reset()
        self.folder = Path(tempfile.mkdtemp())
        for number in range(3):
            (self.folder / f"p{number}.png").write_bytes(png(number))
        self.engine = Engine(self.case, self.folder, self.account())
        self.saved: list[list[Entry]] = []
        self.withdrawals: list[Withdrawal] = []
        self.strangers: set[str] = set()
        self.names: dict[str, tuple[str, ...]] = {}
        self.went_well = True
        self.is_late = self.was_cut_off = self.went_elsewhere = False
        self.submitted: dict[tuple[str, int], dict[str, Any]] = {}
        self.submissions: dict[str, int] = {}
        self._watch_withdrawals()

    def teardown(self) -> None:
        setattr(Desk, "withdraw", self._desk_withdraw)  # noqa: B010 - a method of the class
        shutil.rmtree(self.folder, ignore_errors=True)

    def _watch_withdrawals(self) -> None:
        self._desk_withdraw = original = Desk.withdraw
        machine = self

        def withdraw(desk: Desk, vendor: str, signature_id: str) -> None:
            if not machine.vanishing:
                one = machine.sandbox.signature(vendor, signature_id)
                machine.withdrawals.append(Withdrawal(one.id, one.text, one.status))
            original(desk, vendor, signature_id)

        self.vanishing = False
        setattr(Desk, "withdraw", withdraw)  # noqa: B010 - a method of the class

    def account(self, **other: str) -> dict[str, str]:
        """The stack's configuration with the sandbox's key, or with another account's."""
        endpoints = dict.fromkeys(self.case.keys.endpoints, self.served.url)
        settings = {**self.case.keys.settings, **endpoints, **other}
        return {f"smssign:{self.case.vendor}": json.dumps(settings)}

    def held(self) -> list[SignatureView]:
        return self.sandbox.signatures(self.case.vendor)

    def identifier(self, one: SignatureView) -> str:
        return one.text if self.case.knows_by_text else one.id

    def view(self, entry: Entry | None) -> SignatureView | None:
        if entry is None:
            return None
        return next((one for one in self.held() if self.is_of(entry, one)), None)

    def identity(self, entry: Entry) -> str:
        return str(entry.outputs.get("text") or entry.id) if self.case.knows_by_text else entry.id

    def is_of(self, entry: Entry, one: SignatureView) -> bool:
        if not self.case.knows_by_text:
            return entry.id == one.id
        return str(entry.outputs.get("text") or entry.id) == one.text

    def declare(self, name: str, text: str) -> None:
        fields = named(self.case.vendor).application.model_fields
        defaults = {name: one.default for name, one in fields.items() if not one.is_required()}
        plain = {name: one for name, one in defaults.items() if isinstance(one, bool | int | str)}
        arguments: dict[str, Any] = {**plain, **self.case.arguments, self.case.text: text}
        arguments.pop(self.case.evidence)
        self.engine.program[name] = Declaration({**arguments, "picture": "p0.png"})

    def qualification(self, number: int) -> int | str:
        return number if self.case.vendor == "tencent" else f"Q-{number}"

    def _name(self, data: st.DataObject) -> str:
        if not self.engine.program:
            self.declare("brand", TEXTS[0])
        return data.draw(st.sampled_from(sorted(self.engine.program)))

    def _any(self, data: st.DataObject) -> Declaration:
        return self.engine.program[self._name(data)]

    def is_waiting(self, entry: Entry, one: SignatureView) -> bool:
        return self.identifier(one) in {
            str(each["id"]) for each in entry.inputs.get("retiring", ())
        }

    def _decide(self, which: int, word: str) -> None:
        held = self.held()
        if held:
            raw = getattr(self.case.statuses, word)
            self.sandbox.set_status(self.case.vendor, held[which % len(held)].id, raw, "words")

    def _run(self, data: st.DataObject) -> None:
        """`pulumi up`, in one of all the ways; then perhaps what it advises, and again."""
        command = data.draw(self._commands())
        outcome = self._up(command)
        if not outcome.succeeded and data.draw(st.booleans()):
            self._follow(outcome)
            self._up(replace(command, between=lambda: None, cut_off=None))

    def _commands(self) -> st.SearchStrategy[Command]:
        names = sorted({*self.engine.program, *(one.name for one in self.engine.state)})
        hooks = ("create", "update", "delete")
        return st.builds(
            Command,
            preview=st.sampled_from([True, True, False]),
            target=st.sampled_from([None] * 6 + names) if names else st.none(),
            continues_on_error=st.sampled_from([False, False, False, True]),
            waits=st.sampled_from([None, None, "fail", "continue"]),
            cut_off=st.sampled_from(
                [None] * 12 + [(name, hook) for name in names for hook in hooks]
            ),
            between=st.sampled_from([None, None, None, *WORDS]).flatmap(
                lambda word: st.integers(0, 3).map(lambda which: self._between(which, word))
            ),
        )

    def _between(self, which: int, word: str | None) -> Callable[[], None]:
        return lambda: self._decide(which, word) if word else None

    def _destroy(self, target: str) -> None:
        self.withdrawals.clear()
        held = {one.id for one in self.engine.state if one.name != target and not one.doomed}
        self.engine.destroy(target)
        for gone in self.withdrawals if self.went_well and not self.saved else ():
            assert gone.id not in held, f"destroying {target} deleted another one's {gone}"

    def _up(self, command: Command) -> Outcome:
        self.withdrawals.clear()
        before = copy.deepcopy(self.engine.state)
        calls = len(self.sandbox.calls(self.case.vendor))
        approved: set[str] = set()

        def between() -> None:
            command.between()
            approved.update(one.id for one in self.held() if one.status is Status.APPROVED)

        self.was_cut_off |= command.cut_off is not None
        program = copy.deepcopy(self.engine.program)
        outcome = self.engine.up(replace(command, between=between))
        self.went_well = outcome.succeeded
        for name, error in outcome.errors.items():
            note(f"   {name}: {_short(error)}")
        for gone in self.withdrawals:
            note(f"   deleted {gone}")
            self._hold_to_the_law(command, before, gone, outcome)
        for one in self.held():
            if one.id in approved and one.submissions > self.submissions.get(one.id, 1):
                self._hold_to_the_law_in_place(one, outcome)
        self._note_submissions(program)
        actions = [one.action for one in self.sandbox.calls(self.case.vendor)[calls:]]
        texts = [
            (str(one.fields.get(self.case.words.text)), str(one.fields.get("International")))
            for one in self.sandbox.calls(self.case.vendor)[calls:]
            if one.action == self.case.words.submit
        ]
        assert len(texts) == len(set(texts)), f"one text submitted twice in a run: {actions}"
        return outcome

    def _note_submissions(self, program: Mapping[str, Declaration]) -> None:
        """What each signature was last submitted with, as the program had it then."""
        declared = {one.arguments[self.case.text]: one.arguments for one in program.values()}
        for one in self.held():
            if (one.id, one.submissions) not in self.submitted and one.text in declared:
                self.submitted[one.id, one.submissions] = dict(declared[one.text])
                self.submissions[one.id] = one.submissions

    def _is_as_wanted(self, id_: str, name: str) -> bool:
        """Whether a signature was submitted with just what the program says of a resource."""
        wanted = dict(self.engine.program[name].arguments)
        had = dict(self.submitted.get((id_, self.submissions.get(id_, 0)), {}))
        for arguments in (wanted, had):
            arguments.pop("adopt", None)
        return wanted == had

    def _hold_to_the_law(
        self, command: Command, before: list[Entry], gone: Withdrawal, outcome: Outcome
    ) -> None:
        """A usable signature goes unheld, with an approved successor, or by agreement."""
        current = [one for one in self.engine.state if not one.doomed]
        killed = "pulumi" in outcome.errors
        held = [one for one in current if one.name in self.engine.program]
        assert killed or not any(one.id == gone.id for one in held), (
            f"deleted what {[one.name for one in current if one.id == gone.id]} holds: {gone}"
        )
        if gone.status is not Status.APPROVED:
            return
        owners = [one for one in before if gone.id in {one.id, *_waiting(one)}]
        passed_on = [one for one in owners if one.id == gone.id and not one.doomed]
        owners = passed_on or owners
        names = {one.name for one in owners}
        declared = self._descendants(names)
        if not declared:
            return
        for name in declared:
            if self.engine.program[name].consents:
                return
            lost_mark = self.was_cut_off and self.went_elsewhere
            assert lost_mark or not self._is_as_wanted(gone.id, name), f"deleted as wanted: {gone}"
            said = outcome.announced(name)
            if f"({gone.id}) is APPROVED and WILL BE DELETED FIRST" in said:
                return
            successor = self.view(self.engine.entry(name))
            if successor is not None and successor.status is Status.APPROVED:
                return
        raise AssertionError(
            f"an approved one was deleted without agreement: {gone}, of {names}, now {declared}; "
            f"{command}"
        )

    def _hold_to_the_law_in_place(self, one: SignatureView, outcome: Outcome) -> None:
        """An approved one is edited in place only when that was announced or consented to."""
        for name, declared in self.engine.program.items():
            entry = self.engine.entry(name)
            if entry is not None and self.is_of(entry, one):
                said = "WILL BE OUT OF USE" in outcome.announced(name)
                assert said or declared.consents, f"out of use without agreement: {one}"

    def _descendants(self, names: set[str]) -> list[str]:
        return [
            name
            for name, declared in self.engine.program.items()
            if name in names or names & set(declared.aliases)
        ]

    def _follow(self, outcome: Outcome) -> None:
        """Do what the first message advises, as it stands there."""
        for name, error in outcome.errors.items():
            if isinstance(error, SmsSignError) and name in self.engine.program:
                self._do(name, error)
                return

    def _do(self, name: str, error: SmsSignError) -> bool:
        advice = error.advice
        declared = self.engine.program[name]
        entry = self.engine.entry(name)
        if "untaint" in advice and entry is not None and entry.tainted:
            entry.tainted = False
            return True
        earlier = [one for one in self.names.get(name, ()) if one not in self.engine.program]
        if "aliases=" in advice and earlier and not declared.aliases and entry is None:
            declared.aliases = tuple(earlier)
            return True
        found = re.search(r'adopt="([^"]+)"', advice)
        if found:
            other = re.search(r'adopt="[^"]+" to `(\w+)`', advice)
            taker = self.engine.program.get(other[1]) if other else declared
            (taker or declared).arguments["adopt"] = found[1]
            return True
        if "take the line adopt= out" in advice or "take adopt= out" in advice:
            declared.arguments.pop("adopt", None)
            return True
        written = re.search(r"write (\w+)=('[^']*'|\d+)", advice)
        if written:
            value = written[2].strip("'")
            declared.arguments[written[1]] = int(value) if value.isdecimal() else value
            return True
        return self._forget(name, error)

    def _forget(self, name: str, error: SmsSignError) -> bool:
        """`pulumi state delete`, where that is what is advised."""
        entries = [one for one in self.engine.state if one.name == name]
        entries.sort(key=lambda one: not one.doomed)
        if entries and "state delete" in error.advice:
            self.engine.state.remove(entries[0])
            return True
        return False

    def _make_the_program_possible(self) -> None:
        """Take out what adopts, and all but one of those that declare one text."""
        texts = {one.arguments[self.case.text]: name for name, one in self.engine.program.items()}
        for name in list(self.engine.program):
            arguments = self.engine.program[name].arguments
            arguments.pop("adopt", None)
            if texts[arguments[self.case.text]] != name:
                del self.engine.program[name]

    def _lead_on(self, outcome: Outcome) -> None:
        for name, error in outcome.errors.items():
            if not isinstance(error, SmsSignError):
                continue
            if name not in self.engine.program:
                self._forget(name, error)
                continue
            if self._do(name, error):
                continue
            if "wait for the verdict" in error.advice:
                continue  # everything has been approved by now
            if "another text" in error.advice or "take the change" in error.advice:
                self._another_text(name)

    def _another_text(self, name: str) -> None:
        taken = {one.text for one in self.held()}
        taken |= {one.arguments[self.case.text] for one in self.engine.program.values()}
        free = (
            text for text in ("极客甲", "极客乙", "极客丙", "极客丁", "极客戊") if text not in taken
        )
        self.engine.program[name].arguments[self.case.text] = next(free)


def _waiting(entry: Entry) -> set[str]:
    bags = (entry.inputs, entry.outputs)
    return {str(one["id"]) for bag in bags for one in bag.get("retiring") or ()}


def _short(error: SmsSignError | str) -> str:
    return error if isinstance(error, str) else f"{type(error).__name__}: {error.summary}"
