"""The law, held in sequences that nobody thought of: a state machine over the hooks.

Programs are edited, renamed, taken back; signatures are adopted, lost and reviewed between two
runs; runs are targeted, forced, unpreviewed, cut off, or made on an older state; what a message
advises is done, literally. After each step every deletion of a usable signature is held against the
law, and in the end everything converges.
"""

from __future__ import annotations

import copy
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, note, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from pyrate_limiter import Limiter

from pulumi_smssign.errors import SmsSignError
from pulumi_smssign.sandbox.app import Sandbox, SignatureView
from pulumi_smssign.sandbox.desk import Desk
from pulumi_smssign.sandbox.review import Status
from pulumi_smssign.sandbox.server import RunningSandbox, running
from pulumi_smssign.vendor import named
from tests.engine.cases import CASES, Case
from tests.images import png
from tests.model.engine import Command, Declaration, Engine, Entry, Outcome

TEXTS = ("极客科技", "极客云科", "极客网络")
NAMES = ("brand", "second")
WORDS = ("approved", "rejected", "pending")
EXAMPLES = int(os.environ.get("MODEL_EXAMPLES", "12"))
STEPS = int(os.environ.get("MODEL_STEPS", "14"))


@dataclass(frozen=True)
class Withdrawal:
    """A deletion at the vendor, and how the signature stood."""

    id: str
    text: str
    status: Status


class Machine(RuleBasedStateMachine):
    """One stack at one vendor, its colleagues and its reviewer."""

    case: Case
    served: RunningSandbox

    def __init__(self) -> None:
        super().__init__()
        self.sandbox: Sandbox = self.served.sandbox
        self.sandbox.reset()
        self.folder = Path(tempfile.mkdtemp())
        for number in range(3):
            (self.folder / f"p{number}.png").write_bytes(png(number))
        self.engine = Engine(self.case, self.folder, {"smssign:sandbox": self.served.url})
        self.saved: list[list[Entry]] = []
        self.withdrawals: list[Withdrawal] = []
        self.strangers: set[str] = set()
        self.names: dict[str, tuple[str, ...]] = {}
        self.went_well = True
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

    # --- what there is

    def held(self) -> list[SignatureView]:
        return self.sandbox.signatures(self.case.vendor)

    def identifier(self, one: SignatureView) -> str:
        return one.id if self.case.deletes else one.text

    def view(self, entry: Entry | None) -> SignatureView | None:
        if entry is None:
            return None
        return next((one for one in self.held() if self.is_of(entry, one)), None)

    def identity(self, entry: Entry) -> str:
        return entry.id if self.case.deletes else str(entry.outputs.get("text") or entry.id)

    def is_of(self, entry: Entry, one: SignatureView) -> bool:
        if self.case.deletes:
            return entry.id == one.id
        return str(entry.outputs.get("text") or entry.id) == one.text

    # --- the program

    @initialize()
    def begin(self) -> None:
        self.declare("brand", TEXTS[0])

    def declare(self, name: str, text: str) -> None:
        fields = named(self.case.vendor).application.model_fields
        defaults = {name: one.default for name, one in fields.items() if not one.is_required()}
        plain = {name: one for name, one in defaults.items() if isinstance(one, bool | int | str)}
        arguments: dict[str, Any] = {**plain, **self.case.arguments, self.case.text: text}
        arguments.pop(self.case.evidence)
        self.engine.program[name] = Declaration({**arguments, "picture": "p0.png"})

    @rule(name=st.sampled_from(NAMES), text=st.sampled_from(TEXTS))
    def edit_text(self, name: str, text: str) -> None:
        if name in self.engine.program:
            self.engine.program[name].arguments[self.case.text] = text
        else:
            self.declare(name, text)

    @rule(data=st.data(), number=st.integers(0, 2))
    def edit_picture(self, data: st.DataObject, number: int) -> None:
        if self.engine.program:
            name = data.draw(st.sampled_from(sorted(self.engine.program)))
            self.engine.program[name].arguments["picture"] = f"p{number}.png"

    @rule(data=st.data(), on=st.booleans())
    def edit_a_little(self, data: st.DataObject, on: bool) -> None:
        if self.engine.program:
            name = data.draw(st.sampled_from(sorted(self.engine.program)))
            argument, value = self.case.to_the_reviewer or self.case.small_change
            arguments = self.engine.program[name].arguments
            if on:
                arguments[argument] = value
            else:
                arguments.pop(argument, None)
                if argument in self.case.arguments:
                    arguments[argument] = self.case.arguments[argument]

    @rule(data=st.data())
    def drop(self, data: st.DataObject) -> None:
        if self.engine.program:
            del self.engine.program[data.draw(st.sampled_from(sorted(self.engine.program)))]

    @rule(data=st.data(), alias=st.booleans())
    def rename(self, data: st.DataObject, alias: bool) -> None:
        if not self.engine.program:
            return
        name = data.draw(st.sampled_from(sorted(self.engine.program)))
        names = ("marke", "neu", "anders", *NAMES)
        other = next(each for each in names if each not in self.engine.program)
        declared = self.engine.program.pop(name)
        earlier = (name, *self.names.get(name, ()))
        self.names[other] = tuple(each for each in earlier if each != other)
        declared.aliases = self.names[other] if alias else ()
        self.engine.program[other] = declared

    @rule(data=st.data(), which=st.integers(0, 3))
    def adopt(self, data: st.DataObject, which: int) -> None:
        held = self.held()
        if held and self.engine.program:
            name = data.draw(st.sampled_from(sorted(self.engine.program)))
            one = held[which % len(held)]
            arguments = self.engine.program[name].arguments
            arguments["adopt"] = self.identifier(one)
            arguments[self.case.text] = one.text

    @rule(data=st.data(), on=st.booleans())
    def consent(self, data: st.DataObject, on: bool) -> None:
        if self.engine.program:
            name = data.draw(st.sampled_from(sorted(self.engine.program)))
            self.engine.program[name].consents = on

    # --- other people

    @rule(which=st.integers(0, 3), word=st.sampled_from(WORDS))
    def verdict(self, which: int, word: str) -> None:
        self._decide(which, word)

    def _decide(self, which: int, word: str) -> None:
        held = self.held()
        if held:
            raw = getattr(self.case.statuses, word)
            self.sandbox.set_status(self.case.vendor, held[which % len(held)].id, raw, "words")

    @rule(which=st.integers(0, 3))
    def vanish(self, which: int) -> None:
        held = self.held()
        if held:
            self.vanishing = True
            self.sandbox.remove(self.case.vendor, held[which % len(held)].id)
            self.vanishing = False

    @rule(text=st.sampled_from(TEXTS))
    def somebody_else_submits(self, text: str) -> None:
        if any(one.text == text for one in self.held()):
            return
        other = Engine(self.case, self.folder, {"smssign:sandbox": self.served.url})
        machine_program = self.engine.program
        self.declare("theirs", text)
        other.program = {"theirs": machine_program.pop("theirs")}
        if other.up(Command(preview=False)).succeeded:
            self.strangers |= {one.id for one in self.held() if one.text == text}

    # --- the commands

    @rule(
        preview=st.booleans(),
        waits=st.sampled_from([None, None, "fail", "continue"]),
        word=st.sampled_from([None, None, *WORDS]),
        which=st.integers(0, 3),
        continues=st.booleans(),
    )
    def up(
        self, preview: bool, waits: str | None, word: str | None, which: int, continues: bool
    ) -> None:
        def between() -> None:
            if word:
                self._decide(which, word)

        self._up(
            Command(preview=preview, waits=waits, between=between, continues_on_error=continues)
        )

    @rule(preview=st.booleans())
    def up_and_follow_the_advice(self, preview: bool) -> None:
        self._follow(self._up(Command(preview=preview)))

    @rule(data=st.data(), preview=st.booleans())
    def up_target(self, data: st.DataObject, preview: bool) -> None:
        names = sorted({*self.engine.program, *(one.name for one in self.engine.state)})
        if names:
            target = data.draw(st.sampled_from(names))
            self._up(Command(preview=preview, target=target))

    @rule(data=st.data(), preview=st.booleans(), taint=st.booleans())
    def up_forced(self, data: st.DataObject, preview: bool, taint: bool) -> None:
        living = sorted({one.name for one in self.engine.state if not one.doomed})
        if not living:
            return
        name = data.draw(st.sampled_from(living))
        entry = self.engine.entry(name)
        if taint and entry is not None:
            entry.tainted = True
            self._follow(self._up(Command(preview=preview)))
        else:
            command = Command(preview=preview, replaced=frozenset({name}))
            self._follow(self._up(command))

    @rule(
        hook=st.sampled_from(["create", "update", "delete"]),
        data=st.data(),
        word=st.sampled_from([None, *WORDS]),
        which=st.integers(0, 3),
    )
    def up_cut_off(self, hook: str, data: st.DataObject, word: str | None, which: int) -> None:
        names = sorted({*self.engine.program, *(one.name for one in self.engine.state)})
        if names:
            name = data.draw(st.sampled_from(names))
            self._up(Command(preview=False, cut_off=(name, hook)))
            if word:
                self._decide(which, word)

    @rule()
    def refresh(self) -> None:
        self.engine.refresh()

    @rule(data=st.data())
    def destroy_one(self, data: st.DataObject) -> None:
        names = sorted({one.name for one in self.engine.state})
        if names:
            self._destroy(data.draw(st.sampled_from(names)))

    @rule()
    def save(self) -> None:
        self.saved.append(copy.deepcopy(self.engine.state))

    @rule(data=st.data())
    def restore(self, data: st.DataObject) -> None:
        if self.saved:
            self.engine.state = copy.deepcopy(data.draw(st.sampled_from(self.saved)))

    # --- holding to the law

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
        outcome = self.engine.up(command)
        self.went_well = outcome.succeeded
        for name, error in outcome.errors.items():
            note(f"   {name}: {_short(error)}")
        for gone in self.withdrawals:
            note(f"   deleted {gone}")
            self._hold_to_the_law(command, before, gone, outcome)
        actions = [one.action for one in self.sandbox.calls(self.case.vendor)[calls:]]
        texts = [
            str(one.fields.get(self.case.words.text))
            for one in self.sandbox.calls(self.case.vendor)[calls:]
            if one.action == self.case.words.submit
        ]
        assert len(texts) == len(set(texts)), f"one text submitted twice in a run: {actions}"
        return outcome

    def _hold_to_the_law(
        self, command: Command, before: list[Entry], gone: Withdrawal, outcome: Outcome
    ) -> None:
        """A usable signature goes unheld, with an approved successor, or by agreement."""
        current = [one for one in self.engine.state if not one.doomed]
        assert not any(one.id == gone.id for one in current if one.name in self.engine.program), (
            f"deleted what {[one.name for one in current if one.id == gone.id]} holds: {gone}"
        )
        if gone.status is not Status.APPROVED:
            return
        owners = [one for one in before if gone.id in {one.id, *_waiting(one)}]
        names = {one.name for one in owners}
        declared = self._descendants(names)
        if not declared:
            return
        for name in declared:
            if self.engine.program[name].consents:
                return
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
            declared.arguments["adopt"] = found[1]
            return True
        if "take the line adopt= out" in advice or "take adopt= out" in advice:
            declared.arguments.pop("adopt", None)
            return True
        written = re.search(rf"write .*{self.case.text}='([^']+)'", advice)
        if written:
            declared.arguments[self.case.text] = written[1]
            return True
        return False

    @invariant()
    def one_owner(self) -> None:
        if self.saved or not self.went_well:
            return  # an older state may be anything, and so may that of a run that stopped half-way
        entries = [entry for name in self.engine.program if (entry := self.engine.entry(name))]
        living = sorted(
            self.identity(entry) for entry in {id(one): one for one in entries}.values()
        )
        assert len(living) == len(set(living)), f"two owners: {living}"

    @rule()
    def calm(self) -> None:
        """With nothing in the way, everything converges, and every advice leads on."""
        for name in list(self.engine.program):
            declared = self.engine.program[name]
            declared.arguments.pop("adopt", None)
            twins = [
                other
                for other in self.engine.program
                if other != name
                and self.engine.program[other].arguments[self.case.text]
                == declared.arguments[self.case.text]
            ]
            if twins:
                del self.engine.program[name]
        self.engine.refresh()
        outcome = self._up(Command())
        for _ in range(8):
            for one in self.held():
                if one.status is not Status.APPROVED:
                    self.sandbox.approve(self.case.vendor, one.id)
            if outcome.succeeded:
                break
            self._lead_on(outcome)
            outcome = self._up(Command())
        assert outcome.succeeded, f"does not converge: {outcome.errors}"
        for _ in range(2):
            outcome = self._up(Command())
            assert outcome.succeeded, outcome.errors
        for name, declared in self.engine.program.items():
            own = self.view(self.engine.entry(name))
            assert own is not None, f"green, and {name} has nothing at the vendor"
            assert own.text == declared.arguments[self.case.text]
        before = len(self.sandbox.calls(self.case.vendor))
        assert self._up(Command()).succeeded
        assert len(self.sandbox.calls(self.case.vendor)) == before, "no change, and a call"

    def _lead_on(self, outcome: Outcome) -> None:
        for name, error in outcome.errors.items():
            if name not in self.engine.program or not isinstance(error, SmsSignError):
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


@pytest.fixture(scope="module")
def sandbox() -> Iterator[RunningSandbox]:
    switches = {"tencent.enforce_rate": False}
    with running(Sandbox(switches=switches)) as served:
        yield served


@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_law_holds(
    case: Case, sandbox: RunningSandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Limiter, "try_acquire", lambda *_: True)
    machine = type("Machine", (Machine,), {"case": case, "served": sandbox, "TestCase": None})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            print_blob=False,
            database=None,
            report_multiple_bugs=False,
            phases=(Phase.generate, Phase.shrink),
        ),
    )
