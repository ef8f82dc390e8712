"""The law, held in sequences that nobody thought of: a state machine over the hooks.

Programs are edited, renamed, moved into components, taken back; texts are not known in previews;
options are set by parents and transforms; signatures are adopted, read beside, lost and reviewed
between any two hooks; runs are targeted, forced, unpreviewed, cut off, or made on an older state,
from another stack or backend, on another machine, on one whose home can't be written; what a
message advises is done, literally. Each deed is judged by the law, and in the end everything
converges: then what is declared again is taken up again, green and at once.
"""

from __future__ import annotations

import copy
import os
import threading
from collections.abc import Callable, Iterator
from typing import Any

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

from pulumi_smssign.contract import lifeline
from pulumi_smssign.model.errors import SmsSignError
from pulumi_smssign.sandbox.app import Sandbox
from pulumi_smssign.sandbox.server import RunningSandbox, running
from pulumi_smssign.ucloud.scope import Scope
from tests.engine.cases import CASES, Case
from tests.model.engine import Command, Declaration, Entry, Options
from tests.model.stack import COMPONENT, KEYS, MACHINES, STACKS, SWITCHES, TEXTS, World

NAMES = ("brand", "second", "third")
ATTACHED: dict[str, tuple[str, int]] = {
    "tencent": ("QualificationId", 2000410),
    "huawei": ("qualification_id", 410),
}
READ: dict[str, dict[str, object]] = {
    "tencent": {"international": False, "scope": "mainland"},
    "ucloud": {"international": False, "scope": str(Scope("", international=False))},
}
"""What `Signature.get` says beside vendor, account and id."""
AGAIN = ("dropped", "renamed", "moved", "destroyed", "replaced", "tainted", "elsewhere")
"""What an approved signature comes back from."""
EXAMPLES = int(os.environ.get("MODEL_EXAMPLES", "12"))
STEPS = int(os.environ.get("MODEL_STEPS", "10"))


class Machine(World, RuleBasedStateMachine):
    """A vendor's desk and some stacks that anything may happen to, in any order."""

    @initialize(seen=st.booleans(), policy=st.sampled_from([None, "retain", "delete"]))
    def start(self, seen: bool, policy: str | None) -> None:
        """An approved signature; state may have seen the approval."""
        self.declare("brand", TEXTS[0])
        self.set_policy(self.engine.program["brand"], policy)
        assert self.up(Command()).succeeded
        self.approve_all()
        if seen:
            self.engine.refresh()

    def set_policy(self, declared: Declaration, policy: str | None) -> None:
        declared.arguments.pop("deletion_policy", None)
        if policy:
            declared.arguments["deletion_policy"] = policy

    # --- edits

    @rule(text=st.sampled_from(TEXTS), data=st.data())
    def change_the_text(self, text: str, data: st.DataObject) -> None:
        self._any(data).arguments[self.case.text] = text
        self.maybe_run(data)

    @rule(text=st.sampled_from(TEXTS), data=st.data())
    def a_transform_changes_the_text(self, text: str, data: st.DataObject) -> None:
        """The hooks see what transforms have made of it, and that options can't be seen."""
        declared = self._any(data)
        declared.arguments[self.case.text] = text
        declared.options.hides = True
        self.maybe_run(data)

    @rule(number=st.integers(0, 2), data=st.data())
    def change_the_proof(self, number: int, data: st.DataObject) -> None:
        self._any(data).arguments["picture"] = f"p{number}.png"
        self.maybe_run(data)

    @rule(words=st.booleans(), on=st.booleans(), data=st.data())
    def change_a_little(self, words: bool, on: bool, data: st.DataObject) -> None:
        small = self.case.small_change
        argument, value = (self.case.to_the_reviewer or small) if words else small
        if value != "licence.png":
            usual = self.case.arguments.get(argument)
            self.set_argument(self._any(data), argument, value if on else usual)
            self.maybe_run(data)

    @rule(data=st.data(), on=st.booleans())
    def change_what_is_fixed(self, data: st.DataObject, on: bool) -> None:
        argument, value = self.case.fixed_change
        if argument != "account":
            usual = self.case.arguments.get(argument, False if value is True else None)
            self.set_argument(self._any(data), argument, value if on else usual)
            self.maybe_run(data)

    @rule(data=st.data(), account=st.sampled_from([None, None, "twin", "other"]))
    def change_the_account(self, data: st.DataObject, account: str | None) -> None:
        """Another name for the same account, or another account."""
        self._any(data).arguments.pop("account", None)
        if account:
            self._any(data).arguments["account"] = account
        self.maybe_run(data)

    @rule(data=st.data(), policy=st.sampled_from([None, "retain", "delete"]))
    def change_the_policy(self, data: st.DataObject, policy: str | None) -> None:
        """In an edit of its own, or together with the next one."""
        self.set_policy(self._any(data), policy)
        self.maybe_run(data)

    @rule(data=st.data(), policy=st.sampled_from(["", "retain", "delete"]))
    def change_the_stacks_policy(self, data: st.DataObject, policy: str) -> None:
        self.policy = policy
        self.configure()
        self.maybe_run(data)

    @rule(data=st.data(), what=st.sampled_from(["text", "policy", "nothing"]))
    def make_it_unknown(self, data: st.DataObject, what: str) -> None:
        """A value comes from an output, so no preview knows it; a policy must be known."""
        declared = self._any(data)
        argument = {"text": self.case.text, "policy": "deletion_policy"}.get(what)
        declared.unknown = frozenset({argument} if argument else ())
        if what == "policy":
            outcome = self.up(Command())
            assert not outcome.succeeded, "a policy that is not known is taken"
            declared.unknown = frozenset()
        self.maybe_run(data)

    @rule(data=st.data(), on=st.booleans())
    def hide_the_text(self, data: st.DataObject, on: bool) -> None:
        """The text is a secret, and so is what is told of it."""
        self.set_argument(self._any(data), "hides", ["text"] if on else None)
        self.maybe_run(data)

    @rule(data=st.data())
    def lean_on_another(self, data: st.DataObject) -> None:
        """The text comes from another resource's output."""
        names = self.managed()
        if len(names) > 1:
            self.engine.program[names[1]].leans_on = (self.case.text, names[0])
            self.maybe_run(data)

    # --- options

    @rule(data=st.data(), first=st.sampled_from([None, True, False]))
    def delete_before_replace(self, data: st.DataObject, first: bool | None) -> None:
        self._any(data).options.deletes_first = first
        self.maybe_run(data)

    @rule(data=st.data(), on=st.booleans(), seen=st.booleans())
    def retain_on_delete(self, data: st.DataObject, on: bool, seen: bool) -> None:
        """Set by the resource or a parent, or by a transform, which nobody sees."""
        options = self._any(data).options
        options.retains, options.hides = on, not seen
        self.maybe_run(data)

    @rule(data=st.data(), on=st.booleans())
    def ignore_changes_of_the_policy(self, data: st.DataObject, on: bool) -> None:
        self._any(data).options.ignores = frozenset({"deletion_policy"} if on else ())
        self.maybe_run(data)

    @rule(data=st.data())
    def pull_the_trigger(self, data: st.DataObject) -> None:
        self._any(data).options.trigger += 1
        self.maybe_run(data)

    # --- the program

    @rule(text=st.sampled_from(TEXTS), data=st.data())
    def add_another(self, text: str, data: st.DataObject) -> None:
        name = next((each for each in NAMES if each not in self.engine.program), None)
        if name:
            self.declare(name, text)
            self.maybe_run(data)

    @rule(data=st.data())
    def drop(self, data: st.DataObject) -> None:
        del self.engine.program[self._name(data)]
        self.maybe_run(data)

    @rule(data=st.data(), alias=st.booleans())
    def rename(self, data: st.DataObject, alias: bool) -> None:
        name = self._name(data)
        free = (each for each in ("marke", "neu", *NAMES) if each not in self.engine.program)
        other = next(free)
        self._move(name, other, self.engine.program[name].options.component, alias=alias)
        self.maybe_run(data)

    @rule(data=st.data(), alias=st.booleans(), inside=st.booleans())
    def move_into_a_component(self, data: st.DataObject, alias: bool, inside: bool) -> None:
        name = self._name(data)
        self._move(name, name, COMPONENT if inside else "", alias=alias)
        self.maybe_run(data)

    def _move(self, name: str, other: str, component: str, *, alias: bool) -> None:
        """Give a resource another URN."""
        engine = self.engine
        was = engine.urn(name)
        declared = engine.program.pop(name)
        earlier = tuple(dict.fromkeys((was, *engine.earlier.get(name, ()))))
        declared.options.component = component
        engine.program[other] = declared
        engine.earlier[other] = tuple(one for one in earlier if one != engine.urn(other))
        declared.options.aliases = engine.earlier[other] if alias else ()

    @rule(data=st.data(), which=st.integers(0, 3), existing=st.booleans())
    def adopt(self, data: st.DataObject, which: int, existing: bool) -> None:
        held = self.held()
        if held:
            one = held[which % len(held)]
            arguments = self._any(data).arguments
            arguments["adopt"] = "existing" if existing else self.identifier(one)
            arguments[self.case.text] = one.text
            self.maybe_run(data)

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
            self.maybe_run(data)

    @rule(data=st.data(), which=st.integers(0, 3), on=st.booleans())
    def read_beside(self, data: st.DataObject, which: int, on: bool) -> None:
        """`Signature.get` of what the account has, whoever manages it."""
        held = self.held()
        self.engine.program.pop("seen", None)
        if on and held:
            one = self.identifier(held[which % len(held)])
            arguments = {"account": "default", **READ.get(self.case.vendor, {})}
            self.engine.program["seen"] = Declaration(arguments, reads=one)
        self.maybe_run(data)

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
        self.maybe_run(data)

    @rule(data=st.data())
    def take_back(self, data: st.DataObject) -> None:
        """A predecessor becomes the resource's again when the program says what it said of it."""
        engine = self.engine
        if self.is_late or not engine.machine.is_writable or self.keys != "own":
            return
        for name in self.managed():
            declared, entry = engine.program[name], engine.entry(name)
            if entry is None or entry.is_pending or declared.arguments.get("account"):
                continue
            waiting = self.law.predecessors(entry.inputs)
            others = {self.text_of(engine.program[each]) for each in self.managed() if each != name}
            for one in self.held():
                key = (one.id, self.submissions.get(one.id, 0))
                is_due = one.id in waiting and key in self.submitted and one.account == "default"
                if not is_due or self.is_as_wanted(one.id, name):
                    continue
                if {one.text, entry.outputs.get("text")} & others:
                    continue
                self._take_back(name, entry, dict(self.submitted[key]), data)
                now = engine.entry(name)
                assert now is not None
                has = self.law.signature(now.id, now.outputs)
                assert has == one.id, f"{one.id} was not taken back, but {has} is there"
                return

    def _take_back(
        self, name: str, entry: Entry, arguments: dict[str, Any], data: st.DataObject
    ) -> None:
        declared = self.engine.program[name]
        for each in ("adopt", "account"):
            arguments.pop(each, None)
        declared.arguments = arguments
        declared.options = Options(declared.options.component, declared.options.aliases)
        declared.options.trigger = entry.trigger
        entry.is_tainted = False
        preview = data.draw(st.booleans())
        outcome = self.up(Command(preview=preview, target=self.engine.urn(name)))
        assert name not in outcome.errors, f"not taken back: {outcome.errors}"

    # --- what others do

    @rule(data=st.data(), which=st.integers(0, 3))
    def verdict(self, data: st.DataObject, which: int) -> None:
        self.decide(which, data.draw(st.sampled_from(self.words())))

    @rule()
    def approve_everything(self) -> None:
        self.approve_all()

    @rule(which=st.integers(0, 3))
    def vanish(self, which: int) -> None:
        held = self.held()
        if held:
            self.remove(held[which % len(held)].id)

    @rule(late=st.booleans())
    def lists_are_late(self, late: bool) -> None:
        name = f"{self.case.vendor}.visibility_delay"
        if name in {one["name"] for one in self.sandbox.switches.describe()}:
            self.is_late = late
            self.sandbox.switches.set({name: 3600 if late else 0})

    # --- where it runs

    @rule(name=st.sampled_from(MACHINES), full=st.sampled_from([False, False, True]))
    def go_to_a_machine(self, name: str, full: bool) -> None:
        """Another one, or one whose home can't be written."""
        self.engine.machine = self.machines[name]
        self.engine.machine.is_writable = not full

    @rule(keys=st.sampled_from(KEYS), data=st.data())
    def change_the_keys(self, keys: str, data: st.DataObject) -> None:
        """Of another account, or none: the sandbox's side."""
        self.keys = keys
        self.configure()
        self.maybe_run(data)

    @rule(name=st.sampled_from(sorted(STACKS)))
    def go_to_a_stack(self, name: str) -> None:
        """Another stack or another backend, where the same text may be declared."""
        self.engine = self.stacks[name]
        self.configure()
        if not self.managed():
            self.declare("brand", TEXTS[0])

    @rule(data=st.data(), other=st.sampled_from(sorted(STACKS)), declared=st.booleans())
    def move_the_state(self, data: st.DataObject, other: str, declared: bool) -> None:
        """`pulumi state move` to another stack; the program may go with it."""
        engine, to = self.engine, self.stacks[other]
        living = [one for one in engine.state if not (one.is_doomed or one.is_external)]
        if not living or to is engine:
            return
        entry = data.draw(st.sampled_from(living))
        urn = entry.urn.replace(f"urn:pulumi:{engine.stack}:", f"urn:pulumi:{to.stack}:", 1)
        if urn in {one.urn for one in to.state}:
            return
        engine.state.remove(entry)
        name, was = entry.name, entry.urn
        entry.urn = urn
        to.state.append(entry)
        if declared and engine.urns().get(was) == name:
            to.program[name] = engine.program.pop(name)
        self.engine = to
        self.configure()
        self.run(data)

    # --- commands

    @rule(data=st.data())
    def go_up(self, data: st.DataObject) -> None:
        self.run(data)

    @rule(data=st.data(), taint=st.booleans())
    def go_up_forced(self, data: st.DataObject, taint: bool) -> None:
        living = sorted({one.urn for one in self.engine.state if not one.is_doomed})
        if not living:
            return
        urn = data.draw(st.sampled_from(living))
        if taint:
            for one in self.engine.state:
                one.is_tainted |= one.urn == urn
        command = Command(
            preview=data.draw(st.booleans()),
            replaced=frozenset() if taint else frozenset({urn}),
        )
        outcome = self.up(command)
        if data.draw(st.booleans()):
            self._follow(outcome)
            self.up(command)

    @rule()
    def refresh(self) -> None:
        before = [(one, self.view(one)) for one in self.engine.state if not one.is_pending]
        self.engine.refresh()
        for entry, one in before:
            is_there = one is not None and entry not in self.engine.state
            assert self.is_late or not is_there, f"a refresh forgot {one}"

    @rule(data=st.data(), all_of_it=st.booleans())
    def destroy(self, data: st.DataObject, all_of_it: bool) -> None:
        urns = sorted({one.urn for one in self.engine.state})
        if urns:
            self.engine.destroy("" if all_of_it else data.draw(st.sampled_from(urns)))

    # --- older states

    @rule()
    def save(self) -> None:
        self.engine.saved.append(copy.deepcopy(self.engine.state))

    @rule(data=st.data())
    def restore(self, data: st.DataObject) -> None:
        if self.engine.saved:
            saved = data.draw(st.sampled_from(self.engine.saved))
            self.engine.state = copy.deepcopy(saved)
            self.maybe_run(data)

    @rule(data=st.data())
    def import_an_older_state(self, data: st.DataObject) -> None:
        """One of before there was a policy: it says "retain"."""
        for one in self.engine.state:
            for bag in (one.inputs, one.outputs):
                for name in ("deletion_policy", "shared"):
                    bag.pop(name, None)
                bag["__urn"] = one.urn
        self.maybe_run(data)

    # --- what holds

    @invariant()
    def one_owner(self) -> None:
        engine = self.engine
        if engine.saved or not engine.went_well:
            return  # an older state may be anything, and so may that of a run that stopped half-way
        entries = [one for name in self.managed() if (one := engine.entry(name))]
        unique = {id(one): one for one in entries if not (one.is_external or one.is_pending)}
        living = sorted(self.law.signature(one.id, one.outputs) for one in unique.values())
        assert len(living) == len(set(living)), f"two owners: {living}"

    @rule(data=st.data())
    def calm(self, data: st.DataObject) -> None:
        """With nothing in the way everything converges, and every advice leads on."""
        self._clear_the_way()
        for name, error in self.engine.refresh().errors.items():
            if name in self.engine.program and isinstance(error, SmsSignError):
                self.do(name, error)
        outcome = self.up(Command())
        for _ in range(8):
            self.approve_all()
            if outcome.succeeded:
                break
            self.lead_on(outcome)
            outcome = self.up(Command())
        assert outcome.succeeded, f"does not converge: {outcome.errors}"
        for _ in range(2):
            self.approve_all()
            outcome = self.up(Command())
            assert outcome.succeeded, outcome.errors
        for name in self.managed():
            own = self.view(self.engine.entry(name))
            assert own is not None, f"green, and {name} has nothing at the vendor"
            assert own.text == self.text_of(self.engine.program[name])
        before = len(self.sandbox.calls(self.case.vendor))
        assert self.up(Command()).succeeded
        assert len(self.sandbox.calls(self.case.vendor)) == before, "no change, and a call"
        self._come_back(data)

    def _clear_the_way(self) -> None:
        self.make_the_program_possible()
        self.sandbox.switches.reset()
        self.sandbox.switches.set(SWITCHES)
        self.is_late, self.keys = False, "own"
        self.configure()
        self.engine.as_of_the_last_up = dict(self.engine.configuration)
        for one in self.machines.values():
            one.is_writable = True

    def _come_back(self, data: st.DataObject) -> None:
        """With "retain" what is approved stays, and is taken up when it is declared again."""
        engine = self.engine
        for name in self.managed():
            declared = engine.program[name]
            self.set_policy(declared, "retain")
            declared.options.ignores = frozenset()
            declared.options.aliases = ()
        self._must_be_green("the policy")
        name = self._name(data)
        kept = engine.entry(name)
        assert kept is not None
        own = self.law.signature(kept.id, kept.outputs)
        before = len(self._writes(0))
        name = self._go_and_come(data.draw(st.sampled_from(AGAIN)), name)
        now = self.engine.entry(name)
        assert now is not None
        assert self.law.signature(now.id, now.outputs) == own, f"{own} did not come back"
        assert len(self._writes(0)) == before, f"written: {self._writes(0)[before:]}"
        self._must_be_green("once more")

    def _go_and_come(self, how: str, name: str) -> str:
        """Do that to a resource; its name after."""
        engine = self.engine
        urn, entry = engine.urn(name), engine.entry(name)
        assert entry is not None
        ways: dict[str, Callable[[], None]] = {
            "renamed": lambda: self._move(name, "anew", "", alias=False),
            "moved": lambda: self._move(name, name, f"{COMPONENT}s", alias=False),
            "replaced": lambda: None,
            "tainted": lambda: setattr(entry, "is_tainted", True),
        }
        if how in ways:
            ways[how]()
            replaced = frozenset({urn} if how == "replaced" else ())
            self._must_be_green(how, Command(replaced=replaced))
            return "anew" if how == "renamed" else name
        declared = engine.program[name]
        if how == "destroyed":
            assert engine.destroy().succeeded
            assert not engine.state
        else:
            del engine.program[name]
            self._must_be_green("dropped")
            if how == "elsewhere":
                self._go_elsewhere(name)
            self.engine.program[name] = declared
        self._must_be_green(f"{how} and declared again")
        return name

    def _go_elsewhere(self, name: str) -> None:
        """To a stack that has nothing yet."""
        self.engine = self.stacks["elsewhere"] = self._stack(f"e{len(self.stacks)}")
        self.configure()

    def _must_be_green(self, what: str, command: Command | None = None) -> None:
        outcome = self.up(command or Command())
        assert outcome.succeeded, f"{what}: {outcome.errors}"


class Impatient(threading.Event):
    """What no pause waits for."""

    def wait(self, timeout: float | None = None) -> bool:
        return self.is_set()


@pytest.fixture(scope="module")
def sandbox() -> Iterator[RunningSandbox]:
    with running(Sandbox(switches=SWITCHES)) as served:
        yield served


@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_law_holds(
    case: Case, sandbox: RunningSandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Limiter, "try_acquire", lambda *_, **_how: True)
    monkeypatch.setattr(lifeline, "cancelled", Impatient())
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
