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
from collections.abc import Callable
from typing import Any, get_args

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
)

from pulumi_smssign.model.errors import SmsSignError
from pulumi_smssign.sandbox.server import RunningSandbox
from pulumi_smssign.ucloud.scope import Scope
from tests.engine.cases import CASES, Case
from tests.model.engine import Command, Cut, Declaration, Entry, Hook, How, Options, record
from tests.model.search import search
from tests.model.stack import (
    COMPONENT,
    KEYS,
    MACHINES,
    SPARE_TEXTS,
    STACKS,
    SWITCHES,
    TEXTS,
    Stack,
    World,
)

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


class Machine(World, RuleBasedStateMachine):
    """A vendor's desk and some stacks that anything may happen to, in any order."""

    @initialize(data=st.data(), seen=st.booleans(), policy=st.sampled_from([None, "delete"]))
    def start(self, data: st.DataObject, seen: bool, policy: str | None) -> None:
        """An approved signature, and perhaps its successor or another one beside it."""
        self.declare("brand", TEXTS[0])
        self.set_policy(self.engine.program["brand"], policy)
        assert self.up(Command()).succeeded
        self.approve_all()
        if seen:
            self.engine.refresh()
        opening = data.draw(st.sampled_from(["", "successor", "beside"]))
        if opening == "successor":
            self.engine.program["brand"].arguments[self.case.text] = TEXTS[1]
        elif opening == "beside":
            self.declare("second", TEXTS[1])
        if opening:
            assert self.up(Command()).succeeded
            self.decide(1, data.draw(st.sampled_from(self.words())))

    def set_policy(self, declared: Declaration, policy: str | None) -> None:
        declared.arguments.pop("deletion_policy", None)
        if policy:
            declared.arguments["deletion_policy"] = policy

    # --- edits

    @rule(data=st.data())
    def change_the_text(self, data: st.DataObject) -> None:
        declared = self._any(data)
        others = [text for text in TEXTS if text != self.text_of(declared)]
        declared.arguments[self.case.text] = data.draw(st.sampled_from(others))
        self._edit_more(declared, data)
        self.maybe_run(data)

    @rule(data=st.data())
    def change_the_content(self, data: st.DataObject) -> None:
        declared = self._any(data)
        self._change_the_content(declared, data)
        self._edit_more(declared, data)
        self.maybe_run(data)

    @rule(data=st.data(), policy=st.sampled_from([None, "retain", "delete", "delete"]))
    def change_the_policy(self, data: st.DataObject, policy: str | None) -> None:
        declared = self._any(data)
        self.set_policy(declared, policy)
        self._edit_more(declared, data)
        self.maybe_run(data)

    @rule(data=st.data())
    def change_something_else(self, data: st.DataObject) -> None:
        declared = self._any(data)
        for change in data.draw(st.lists(st.sampled_from(self._changes()), min_size=1, max_size=2)):
            change(declared, data)
        self.maybe_run(data)

    def _edit_more(self, declared: Declaration, data: st.DataObject) -> None:
        """More in the same edit, sometimes: consent given in it, or taken back."""
        kinds = ("", "", "", "policy", "content", "else")
        kind = data.draw(st.sampled_from(kinds))
        if kind == "policy":
            self.set_policy(declared, data.draw(st.sampled_from(["retain", "delete"])))
        elif kind == "content":
            self._change_the_content(declared, data)
        elif kind == "else":
            data.draw(st.sampled_from(self._changes()))(declared, data)

    def _change_the_content(self, declared: Declaration, data: st.DataObject) -> None:
        """Another proof, or what the vendor takes in place, at no price, or never."""
        usual = self.case.arguments
        small, fixed = self.case.small_change, self.case.fixed_change
        reviewer_note = self.case.to_the_reviewer or small
        argument, value = data.draw(st.sampled_from([("picture", ""), small, reviewer_note, fixed]))
        if argument == "picture":
            declared.arguments["picture"] = f"p{data.draw(st.integers(0, 2))}.png"
        elif argument != "account" and value != "licence.png":
            back = usual.get(argument, False if value is True else None)
            self.set_argument(declared, argument, data.draw(st.sampled_from([value, back])))

    def _changes(self) -> list[Callable[[Declaration, st.DataObject], None]]:
        return [
            self._change_the_account,
            self._change_the_options,
            self._make_it_unknown,
            self._hide_the_text,
            self._lean_on_another,
            self._attach,
            self._read_beside,
            self._change_the_stacks_policy,
        ]

    def _change_the_account(self, declared: Declaration, data: st.DataObject) -> None:
        """Another name for the same account, or another account."""
        account = data.draw(st.sampled_from([None, "twin", "other"]))
        declared.arguments.pop("account", None)
        if account:
            declared.arguments["account"] = account

    def _change_the_options(self, declared: Declaration, data: st.DataObject) -> None:
        """Set by the resource or a parent, or by a transform, which nobody sees."""
        options = declared.options
        option = data.draw(st.sampled_from(["first", "retains", "ignores", "trigger"]))
        if option == "first":
            options.deletes_first = data.draw(st.sampled_from([None, True, False]))
        elif option == "retains":
            options.retains = data.draw(st.booleans())
            options.hides = data.draw(st.booleans())
        elif option == "ignores":
            options.ignores = frozenset({"deletion_policy"}) - options.ignores
        else:
            options.trigger += 1

    def _make_it_unknown(self, declared: Declaration, data: st.DataObject) -> None:
        """The text comes from an output, so no preview knows it; a policy must be known."""
        if data.draw(st.booleans()):
            declared.unknown ^= {self.case.text}
            return
        had, declared.unknown = declared.unknown, frozenset({"deletion_policy"})
        declared.options.ignores = frozenset()
        assert not self.up(Command()).succeeded, "a policy that is not known is taken"
        declared.unknown = had

    def _hide_the_text(self, declared: Declaration, data: st.DataObject) -> None:
        """The text is a secret, and so is what is told of it."""
        hidden = data.draw(st.sampled_from([["text"], None]))
        self.set_argument(declared, "hides", hidden)

    def _lean_on_another(self, declared: Declaration, data: st.DataObject) -> None:
        """The text comes from an earlier resource's output."""
        program = list(self.engine.program.items())
        before = [name for name, other in program[: program.index(self._item(declared))]]
        if before:
            declared.leans_on = (self.case.text, data.draw(st.sampled_from(before)))

    def _item(self, declared: Declaration) -> tuple[str, Declaration]:
        return next(item for item in self.engine.program.items() if item[1] is declared)

    def _read_beside(self, declared: Declaration, data: st.DataObject) -> None:
        """`Signature.get` of what the account has, whoever manages it."""
        held = self.held()
        if not self.engine.program.pop("seen", None) and held:
            identifier = self.identifier(data.draw(st.sampled_from(held)))
            arguments = {"account": "default", **READ.get(self.case.vendor, {})}
            self.engine.program["seen"] = Declaration(arguments, reads=identifier)

    def _change_the_stacks_policy(self, declared: Declaration, data: st.DataObject) -> None:
        self.policy = data.draw(st.sampled_from(["", "retain", "delete"]))
        self.configure()

    def _attach(self, declared: Declaration, data: st.DataObject) -> None:
        """A qualification that the vendor attaches in its console."""
        if self.case.vendor not in ATTACHED:
            return
        name, value = ATTACHED[self.case.vendor]
        qualification = self.qualification(value + data.draw(st.integers(7, 8)))
        in_the_console = data.draw(st.booleans())
        if in_the_console and self.held():
            signature = data.draw(st.sampled_from(self.held()))
            self.sandbox.change(self.case.vendor, signature.id, fields={name: qualification})
        declared.arguments["qualification_id"] = qualification

    # --- the program

    @rule(text=st.sampled_from(TEXTS), data=st.data())
    def add_another(self, text: str, data: st.DataObject) -> None:
        name = next((unused for unused in NAMES if unused not in self.engine.program), None)
        if name:
            self.declare(name, text)
            self.maybe_run(data)

    @rule(data=st.data())
    def drop(self, data: st.DataObject) -> None:
        del self.engine.program[self._name(data)]
        self.maybe_run(data)

    @rule(data=st.data(), alias=st.booleans(), inside=st.sampled_from([None, True, False]))
    def rename(self, data: st.DataObject, alias: bool, inside: bool | None) -> None:
        """Give it another name, or move it into a component or out of it."""
        name = self._name(data)
        free = (unused for unused in ("marke", "neu", *NAMES) if unused not in self.engine.program)
        if inside is None:
            component = self.engine.program[name].options.component
            self._move(name, next(free, name), component, alias=alias)
        else:
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
        engine.earlier[other] = tuple(urn for urn in earlier if urn != engine.urn(other))
        declared.options.aliases = engine.earlier[other] if alias else ()

    @rule(data=st.data(), which=st.integers(0, 3), how=st.sampled_from(["", "existing", "passed"]))
    def adopt(self, data: st.DataObject, which: int, how: str) -> None:
        """Take over what the account has; perhaps in place of another resource, which moves on."""
        held = self.held()
        if not held:
            return
        signature = held[which % len(held)]
        name = self._name(data)
        free = next((unused for unused in NAMES if unused not in self.engine.program), None)
        if how == "passed" and free:
            other = data.draw(st.sampled_from(TEXTS))
            self.engine.program[name].arguments[self.case.text] = other
            self.declare(free, signature.text)
            name = free
        arguments = self.engine.program[name].arguments
        arguments["adopt"] = "existing" if how == "existing" else self.identifier(signature)
        arguments[self.case.text] = signature.text
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
            # Of one that it adopted state has what the program said, and not what was submitted.
            listed = entry.inputs.get("__predecessors") or ()
            submitted = [old for old in listed if old.get("accepted_at")]
            waiting = self.law.predecessors({"__predecessors": submitted})
            others = {
                self.text_of(engine.program[other]) for other in self.managed() if other != name
            }
            for signature in self.held():
                key = (signature.id, self.submissions.get(signature.id, 0))
                is_due = (
                    signature.id in waiting
                    and key in self.submitted
                    and signature.account == "default"
                )
                if not is_due or self.is_as_wanted(signature.id, name):
                    continue
                if {signature.text, entry.outputs.get("text")} & others:
                    continue
                self._take_back(name, entry, dict(self.submitted[key]), data)
                now = engine.entry(name)
                assert now is not None
                has = self.law.signature(now.id, now.outputs)
                assert has == signature.id, f"{signature.id} was not taken back, but {has} is there"
                return

    def _take_back(
        self, name: str, entry: Entry, arguments: dict[str, Any], data: st.DataObject
    ) -> None:
        declared = self.engine.program[name]
        for argument in ("adopt", "account"):
            arguments.pop(argument, None)
        declared.arguments = arguments
        declared.options = Options(declared.options.component, declared.options.aliases)
        declared.options.trigger = entry.trigger
        entry.is_tainted = False
        preview = data.draw(st.booleans())
        outcome = self.up(Command(preview=preview, target=self.engine.urn(name)))
        assert name not in outcome.errors, f"not taken back: {outcome.errors}"

    # --- what others do

    @rule(data=st.data(), which=st.integers(0, 3), everything=st.booleans())
    def review(self, data: st.DataObject, which: int, everything: bool) -> None:
        if everything:
            self.approve_all()
        else:
            self.decide(which, data.draw(st.sampled_from(self.words())))

    @rule(data=st.data())
    def make_trouble(self, data: st.DataObject) -> None:
        """Trouble for a while: more of it goes than comes."""
        troubles = (self._vanish, self._lists_are_late, self._change_the_keys, self._use_a_machine)
        data.draw(st.sampled_from(troubles))(data)
        self.maybe_run(data)

    def _vanish(self, data: st.DataObject) -> None:
        """Somebody deletes one in the console."""
        held = self.held()
        if held:
            self._let_time_pass()
            self.remove(data.draw(st.sampled_from(held)).id)

    def _lists_are_late(self, data: st.DataObject) -> None:
        name = f"{self.case.vendor}.visibility_delay"
        if name in {switch["name"] for switch in self.sandbox.switches.describe()}:
            self.is_late = not self.is_late and data.draw(st.booleans())
            self.sandbox.switches.set({name: 3600 if self.is_late else 0})

    def _change_the_keys(self, data: st.DataObject) -> None:
        """Of another account, or none: the sandbox's side."""
        self.keys = data.draw(st.sampled_from(KEYS)) if self.keys == "own" else "own"
        self.configure()

    def _use_a_machine(self, data: st.DataObject) -> None:
        """Another one, or one whose home can't be written."""
        self.engine.machine = self.machines[data.draw(st.sampled_from(MACHINES))]
        self.engine.machine.is_writable = data.draw(st.sampled_from([True, True, False]))

    # --- where it runs

    @rule(data=st.data(), name=st.sampled_from(sorted(STACKS)), moves=st.booleans())
    def go_to_a_stack(self, data: st.DataObject, name: str, moves: bool) -> None:
        """Another stack or another backend, where the same text may be declared."""
        was, self.engine = self.engine, self.stacks[name]
        self.configure()
        living = [entry for entry in was.state if not (entry.is_doomed or entry.is_external)]
        if moves and living and was is not self.engine:
            self._move_the_state(was, data.draw(st.sampled_from(living)), data)
        if not self.managed():
            self.declare("brand", TEXTS[0])
        self.maybe_run(data)

    def _move_the_state(self, was: Stack, entry: Entry, data: st.DataObject) -> None:
        """`pulumi state move` to the current stack; the program may go with it."""
        to, name, old = self.engine, entry.name, entry.urn
        urn = old.replace(f"urn:pulumi:{was.stack}:", f"urn:pulumi:{to.stack}:", 1)
        if urn in {resource.urn for resource in to.state}:
            return
        was.state.remove(entry)
        to.state.append(entry)
        entry.urn = urn
        if data.draw(st.booleans()) and was.urns().get(old) == name:
            to.program[name] = was.program.pop(name)

    # --- commands

    @rule(data=st.data())
    def go_up(self, data: st.DataObject) -> None:
        self.run(data)

    @rule(data=st.data(), taint=st.booleans())
    def go_up_forced(self, data: st.DataObject, taint: bool) -> None:
        living = sorted({entry.urn for entry in self.engine.state if not entry.is_doomed})
        if not living:
            return
        urn = data.draw(st.sampled_from(living))
        if taint:
            for entry in self.engine.state:
                entry.is_tainted |= entry.urn == urn
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
        before = [
            (resource, self.view(resource))
            for resource in self.engine.state
            if not resource.is_pending
        ]
        self.engine.refresh()
        for entry, signature in before:
            is_there = signature is not None and entry not in self.engine.state
            assert self.is_late or not is_there, f"a refresh forgot {signature}"

    @rule(data=st.data(), all_of_it=st.booleans())
    def destroy(self, data: st.DataObject, all_of_it: bool) -> None:
        urns = sorted({entry.urn for entry in self.engine.state})
        if urns:
            self.engine.destroy("" if all_of_it else data.draw(st.sampled_from(urns)))

    @rule(how=st.sampled_from(get_args(How)), edits=st.booleans())
    def be_cut_off(self, how: How, edits: bool) -> None:
        """One wish is sent once: a run that was cut off is taken up by the next one."""
        taken = {signature.text for signature in self.held()}
        text = next((spare for spare in SPARE_TEXTS if spare not in taken), "")
        if self.is_late or not text:
            return
        self.keys, self.policy = "own", ""
        self._go_elsewhere()
        self.engine.machine.is_writable = True
        self.declare("cut", text)
        urn = self.engine.urn("cut")
        if edits:
            self._must_be_green("submitted")
            self.decide(self._which(text), self.case.statuses.rejected)
            self.engine.refresh()
            self.engine.program["cut"].arguments["picture"] = "p1.png"
        hook: Hook = "update" if edits else "create"
        outcome = self.up(Command(cut=Cut(urn, hook, how)))
        assert how == "lost" or not outcome.succeeded, "nothing was cut off"
        outcome = self.up(Command())
        for _ in range(2):
            if how == "unwritten" and not outcome.succeeded:  # the instant that no journal covers
                self.approve_all()
                self._follow(outcome)
                outcome = self.up(Command())
        assert outcome.succeeded, f"cut off ({hook}, {how}), and then: {outcome.errors}"
        own = [signature for signature in self.held() if signature.text == text]
        assert len(own) == 1, f"cut off ({hook}, {how}): {own}"
        most = 1 + edits + (edits and how == "unwritten")
        assert own[0].submissions <= most, f"one wish was sent {own[0].submissions} times"
        self._must_be_green("once more")

    def _which(self, text: str) -> int:
        return next(which for which, signature in enumerate(self.held()) if signature.text == text)

    # --- older states

    @rule(data=st.data(), how=st.sampled_from(["save", "restore", "older"]))
    def take_an_older_state(self, data: st.DataObject, how: str) -> None:
        """Take a saved state; or one of before there was a policy, which says "retain"."""
        engine = self.engine
        if how == "save" or (how == "restore" and not engine.saved):
            engine.saved.append(copy.deepcopy(engine.state))
            return
        if how == "restore":
            engine.state = copy.deepcopy(data.draw(st.sampled_from(engine.saved)))
        else:
            self._make_it_older()
        self.maybe_run(data)

    def _make_it_older(self) -> None:
        for entry in self.engine.state:
            for bag in (entry.inputs, entry.properties.get("review", {})):
                bag.pop("deletion_policy", None)
                bag.get("__record", {}).pop("shared", None)
                bag["__urn"] = entry.urn

    # --- what holds

    @invariant()
    def one_owner(self) -> None:
        engine = self.engine
        if engine.saved or not engine.went_well:
            return  # an older state may be anything, and so may that of a run of a part
        entries = [entry for name in self.managed() if (entry := engine.entry(name))]
        unique = {
            id(entry): entry for entry in entries if not (entry.is_external or entry.is_pending)
        }
        living = sorted(self.law.signature(entry.id, entry.outputs) for entry in unique.values())
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
        for machine in self.machines.values():
            machine.is_writable = True
        self._let_time_pass()

    def _let_time_pass(self) -> None:
        """The time is over in which a vendor need not show what it has accepted."""
        for entry in self.engine.state:
            review = entry.properties.get("review", {})
            if review.get("accepted_at"):
                review["accepted_at"] = "2026-11-22T10:00:00.000000Z"

    def _come_back(self, data: st.DataObject) -> None:
        """With "retain" what is approved stays, and is taken up when it is declared again."""
        engine = self.engine
        for name in self.managed():
            declared = engine.program[name]
            self.set_policy(declared, "retain")
            declared.arguments.pop("adopt", None)
            declared.options.ignores = frozenset()
            declared.options.aliases = ()
        self._must_be_green("the policy")
        if not (engine.refresh().succeeded and self.up(Command()).succeeded):
            return  # what was adopted is otherwise than the program says
        self.approve_all()
        name = self._name(data)
        entry = engine.entry(name)
        assert entry is not None
        here = engine.accounts().origin(self.case.vendor, "default")
        if record(entry.outputs)["origin"] != here:
            return  # a vendor without ids has such a text here too, and that one is taken up
        own = self.law.signature(entry.id, entry.outputs)
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
                self._go_elsewhere()
            self.engine.program[name] = declared
        self._must_be_green(f"{how} and declared again")
        return name

    def _go_elsewhere(self) -> None:
        """To a stack that has nothing yet."""
        self.engine = self.stacks["elsewhere"] = self._stack(f"e{len(self.stacks)}")
        self.configure()

    def _must_be_green(self, how: str, command: Command | None = None) -> None:
        outcome = self.up(command or Command())
        assert outcome.succeeded, f"{how}: {outcome.errors}"


@pytest.mark.usefixtures("no_waits")
@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_law_holds(case: Case, sandbox: RunningSandbox) -> None:
    search(Machine, case, sandbox)
