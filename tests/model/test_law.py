"""The law, held in sequences that nobody thought of: a state machine over the hooks.

Programs are edited, renamed, taken back; signatures are adopted, lost and reviewed between two
runs; runs are targeted, forced, unpreviewed, cut off, or made on an older state; what a message
advises is done, literally. After each step every deletion of a usable signature is held against the
law, and in the end everything converges.
"""

from __future__ import annotations

import copy
import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, Phase, settings
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
from pulumi_smssign.sandbox.app import Sandbox
from pulumi_smssign.sandbox.review import Status
from pulumi_smssign.sandbox.server import RunningSandbox, running
from tests.engine.cases import CASES, OTHER_KEYS, Case
from tests.model.engine import Command, Engine
from tests.model.stack import SWITCHES, TEXTS, WORDS, Stack

NAMES = ("brand", "second")
ATTACHED: dict[str, tuple[str, int]] = {
    "tencent": ("QualificationId", 2000410),
    "huawei": ("qualification_id", 410),
}
EXAMPLES = int(os.environ.get("MODEL_EXAMPLES", "12"))
STEPS = int(os.environ.get("MODEL_STEPS", "10"))


class Machine(Stack, RuleBasedStateMachine):
    """A stack that anything may happen to, in any order."""

    @initialize(seen=st.booleans())
    def begin(self, seen: bool) -> None:
        """An approved signature; state may have seen the approval."""
        self.declare("brand", TEXTS[0])
        assert self._up(Command()).succeeded
        self._decide(0, "approved")
        if seen:
            self.engine.refresh()

    @rule(text=st.sampled_from(TEXTS), data=st.data())
    def change_the_text(self, text: str, data: st.DataObject) -> None:
        self._any(data).arguments[self.case.text] = text
        self._run(data)

    @rule(number=st.integers(0, 2), data=st.data())
    def change_the_proof(self, number: int, data: st.DataObject) -> None:
        self._any(data).arguments["picture"] = f"p{number}.png"
        self._run(data)

    @rule(words=st.booleans(), on=st.booleans(), data=st.data())
    def change_a_little(self, words: bool, on: bool, data: st.DataObject) -> None:
        small = self.case.small_change
        argument, value = (self.case.to_the_reviewer or small) if words else small
        if value == "licence.png":
            return
        arguments = self._any(data).arguments
        usual = self.case.arguments.get(argument)
        arguments[argument] = value if on else usual
        if arguments[argument] is None:
            del arguments[argument]
        self._run(data)

    @rule(text=st.sampled_from(TEXTS), data=st.data())
    def add_another(self, text: str, data: st.DataObject) -> None:
        name = next((each for each in NAMES if each not in self.engine.program), None)
        if name:
            self.declare(name, text)
            self._run(data)

    @rule(data=st.data(), runs=st.booleans())
    def drop(self, data: st.DataObject, runs: bool) -> None:
        if len(self.engine.program) > 1:
            del self.engine.program[self._name(data)]
            if runs:
                self._run(data)

    @rule(data=st.data(), alias=st.booleans(), runs=st.booleans())
    def rename(self, data: st.DataObject, alias: bool, runs: bool) -> None:
        name = self._name(data)
        free = (each for each in ("marke", "neu", *NAMES) if each not in self.engine.program)
        other = next(free, None)
        if other is None:
            return
        declared = self.engine.program.pop(name)
        earlier = (name, *self.names.get(name, ()))
        self.names[other] = tuple(each for each in earlier if each != other)
        declared.aliases = self.names[other] if alias else ()
        self.engine.program[other] = declared
        if runs:
            self._run(data)

    @rule(data=st.data(), which=st.integers(0, 3))
    def adopt(self, data: st.DataObject, which: int) -> None:
        held = self.held()
        if held:
            one = held[which % len(held)]
            arguments = self._any(data).arguments
            arguments["adopt"] = self.identifier(one)
            arguments[self.case.text] = one.text
            self._run(data)

    @rule(data=st.data(), which=st.integers(0, 3), text=st.sampled_from(TEXTS))
    def move_to_another(self, data: st.DataObject, which: int, text: str) -> None:
        """A second resource takes over what the first one had, which gets another text."""
        held = self.held()
        name = next((each for each in NAMES if each not in self.engine.program), None)
        if held and name:
            one = held[which % len(held)]
            self._any(data).arguments[self.case.text] = text
            self.declare(name, one.text)
            self.engine.program[name].arguments["adopt"] = self.identifier(one)
            self._run(data)

    @rule(data=st.data(), on=st.booleans())
    def consent(self, data: st.DataObject, on: bool) -> None:
        self._any(data).consents = on

    @rule(data=st.data(), number=st.integers(7, 8), console=st.booleans())
    def attach(self, data: st.DataObject, number: int, console: bool) -> None:
        if self.case.vendor not in ATTACHED:
            return
        name, value = ATTACHED[self.case.vendor]
        qualification = self.qualification(value + number)
        held = self.held()
        if console and held:
            one = data.draw(st.sampled_from(held))
            self.sandbox.change(self.case.vendor, one.id, fields={name: qualification})
        self._any(data).arguments["qualification_id"] = qualification
        self._run(data)

    @rule(data=st.data(), on=st.booleans())
    def change_what_is_fixed(self, data: st.DataObject, on: bool) -> None:
        argument, value = self.case.fixed_change
        if argument == "account":
            return
        arguments = self._any(data).arguments
        usual = self.case.arguments.get(argument, False if value is True else None)
        arguments[argument] = value if on else usual
        if arguments[argument] is None:
            del arguments[argument]
        self._run(data)

    @rule(data=st.data())
    def take_back(self, data: st.DataObject) -> None:
        """What still waits for its successor is kept when the program says what it said of it."""
        for name, declared in self.engine.program.items():
            entry = self.engine.entry(name)
            waiting = [one for one in self.held() if entry and self.is_waiting(entry, one)]
            others = {
                one.arguments[self.case.text]
                for other, one in self.engine.program.items()
                if other != name
            }
            for one in waiting:
                key = (one.id, self.submissions.get(one.id, 0))
                if key not in self.submitted or self._is_as_wanted(one.id, name):
                    continue
                successor = entry and entry.outputs.get("text")
                if {one.text, successor} & others or entry is None:
                    continue
                declared.arguments = dict(self.submitted[key])
                declared.arguments.pop("adopt", None)
                declared.consents = False
                if entry.tainted:
                    entry.tainted = False
                outcome = self._up(Command(preview=data.draw(st.booleans()), target=name))
                assert name not in outcome.errors, f"not taken back: {outcome.errors}"
                now = self.engine.entry(name)
                assert now is not None
                assert self.is_of(now, one), f"{one.id} was not taken back, but {now.id} is there"
                return

    @rule(which=st.integers(0, 3), word=st.sampled_from(WORDS))
    def verdict(self, which: int, word: str) -> None:
        self._decide(which, word)

    @rule()
    def approve_everything(self) -> None:
        for which in range(len(self.held())):
            self._decide(which, "approved")

    @rule(which=st.integers(0, 3))
    def vanish(self, which: int) -> None:
        held = self.held()
        if held:
            self.vanishing = True
            self.sandbox.remove(self.case.vendor, held[which % len(held)].id)
            self.vanishing = False

    @rule(late=st.booleans())
    def lists_are_late(self, late: bool) -> None:
        name = f"{self.case.vendor}.visibility_delay"
        if name in {one["name"] for one in self.sandbox.switches.describe()}:
            self.is_late = late
            self.sandbox.switches.set({name: 3600 if late else 0})

    @rule(name=st.sampled_from(["this machine", "another machine"]))
    def go_to_another_machine(self, name: str) -> None:
        self.went_elsewhere |= name != self.engine.machine
        self.engine.machine = name

    @rule(other=st.booleans(), data=st.data())
    def key_of_another_account(self, other: bool, data: st.DataObject) -> None:
        keys = OTHER_KEYS[self.case.vendor] if other else {}
        self.engine.configuration = self.account(**keys)
        self._run(data)

    @rule(text=st.sampled_from(TEXTS))
    def somebody_else_submits(self, text: str) -> None:
        if any(one.text == text for one in self.held()):
            return
        other = Engine(self.case, self.folder, self.account())
        machine_program = self.engine.program
        self.declare("theirs", text)
        other.program = {"theirs": machine_program.pop("theirs")}
        if other.up(Command(preview=False)).succeeded:
            self.strangers |= {one.id for one in self.held() if one.text == text}

    @rule(data=st.data())
    def up(self, data: st.DataObject) -> None:
        self._run(data)

    @rule(data=st.data(), preview=st.booleans(), taint=st.booleans())
    def up_forced(self, data: st.DataObject, preview: bool, taint: bool) -> None:
        living = sorted({one.name for one in self.engine.state if not one.doomed})
        if not living:
            return
        name = data.draw(st.sampled_from(living))
        entry = self.engine.entry(name)
        replaced = frozenset({name})
        if taint and entry is not None:
            entry.tainted, replaced = True, frozenset()
        outcome = self._up(Command(preview=preview, replaced=replaced))
        if data.draw(st.booleans()):
            self._follow(outcome)
            self._up(Command(preview=preview, replaced=replaced))

    @rule()
    def refresh(self) -> None:
        before = {one.id: self.view(one) for one in self.engine.state}
        self.engine.refresh()
        left = {one.id for one in self.engine.state}
        for id_, one in before.items():
            elsewhere = self.engine.configuration != self.account() and self.case.knows_by_text
            unsure = self.is_late or elsewhere
            assert unsure or one is None or id_ in left, f"a refresh forgot {one}"

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
            self._run(data)

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
        self._make_the_program_possible()
        self.sandbox.switches.reset()
        self.sandbox.switches.set(SWITCHES)
        self.is_late = False
        self.engine.configuration = self.account()
        for name, error in self.engine.refresh().errors.items():
            if name in self.engine.program and isinstance(error, SmsSignError):
                self._do(name, error)
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


@pytest.fixture(scope="module")
def sandbox() -> Iterator[RunningSandbox]:
    with running(Sandbox(switches=SWITCHES)) as served:
        yield served


@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_law_holds(
    case: Case, sandbox: RunningSandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Limiter, "try_acquire", lambda *_, **_how: True)
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
