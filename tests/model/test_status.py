"""`smssign status` over whatever sequences leave: what it says of a departure is what comes of it.

The state is made by runs of all kinds, killed ones among them. Where the program declares what the
state has, the status is read, and then the next `pulumi up` is held to what it said.
"""

from __future__ import annotations

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from pulumi_smssign.cli.inventory.look import look
from pulumi_smssign.cli.inventory.next_step import next_step
from pulumi_smssign.cli.inventory.signatures import StackSignature, signatures_of
from pulumi_smssign.sandbox.server import RunningSandbox
from tests.engine.cases import CASES, Case
from tests.engine.in_process import SCOPES
from tests.model.engine import RUN, Bag, Command, Cut, Declaration, Entry, Outcome
from tests.model.search import search
from tests.model.stack import World

TEXTS = ("云杉示例", "云杉新名", "极客科技")


def exported(entry: Entry) -> Bag:
    """A resource of the state as `pulumi stack export` has it."""
    return {
        "urn": entry.urn,
        "type": entry.urn.split("::")[2],
        "id": entry.id,
        "inputs": entry.inputs,
        "outputs": entry.outputs,
        "delete": entry.is_doomed,
        "external": entry.is_external,
        "retainOnDelete": entry.retains,
    }


class Reader(World, RuleBasedStateMachine):
    """A stack whose status is read between two runs of one program."""

    @initialize(policy=st.sampled_from([None, "delete", "delete"]))
    def start(self, policy: str | None) -> None:
        """An approved signature."""
        self.declare("brand", TEXTS[0])
        self._set_policy("brand", policy)
        assert self.up(Command()).succeeded
        self.approve_all()

    def _set_policy(self, name: str, policy: str | None) -> None:
        arguments = self.engine.program[name].arguments
        arguments.pop("deletion_policy", None)
        if policy:
            arguments["deletion_policy"] = policy

    @rule(data=st.data(), text=st.sampled_from(TEXTS))
    def change_the_text(self, data: st.DataObject, text: str) -> None:
        """A new text makes a predecessor of what is approved."""
        self._any(data).arguments[self.case.text] = text
        self.run(data)

    @rule(data=st.data(), is_cut=st.booleans(), is_read=st.booleans())
    def replace_what_is_approved(self, data: st.DataObject, is_cut: bool, is_read: bool) -> None:
        """The old one is remembered, and perhaps read beside.

        Killed before its Delete, state has it as what is to be deleted, too.
        """
        self.approve_all()
        name = self._name(data)
        entry = self.engine.entry(name)
        if is_read and entry is not None:
            self._read(entry.id)
        others = [text for text in TEXTS if text != self.text_of(self.engine.program[name])]
        self.engine.program[name].arguments[self.case.text] = data.draw(st.sampled_from(others))
        cut = Cut(self.engine.urn(name), "delete", "unsent") if is_cut else None
        self.up(Command(cut=cut))
        self.read_the_status(data)

    @rule(data=st.data(), policy=st.sampled_from([None, "retain", "delete", "delete"]))
    def change_the_policy(self, data: st.DataObject, policy: str | None) -> None:
        self._set_policy(self._name(data), policy)
        self.run(data)

    @rule(data=st.data())
    def change_the_proof(self, data: st.DataObject) -> None:
        number = data.draw(st.integers(0, 2))
        self._any(data).arguments["picture"] = f"p{number}.png"
        self.run(data)

    @rule(data=st.data(), retains=st.booleans())
    def change_retain_on_delete(self, data: st.DataObject, retains: bool) -> None:
        self._any(data).options.retains = retains
        self.run(data)

    @rule(data=st.data())
    def move(self, data: st.DataObject) -> None:
        """Another name without an alias; what `adopt=` names passes over."""
        name = self._name(data)
        names = ("marke", "neu", "brand")
        other = next((free for free in names if free not in self.engine.program), name)
        entry = self.engine.entry(name)
        declared = self.engine.program.pop(name)
        self.engine.program[other] = declared
        if entry is not None and data.draw(st.booleans()):
            declared.arguments["adopt"] = entry.id
        self.run(data)

    @rule(data=st.data(), text=st.sampled_from(TEXTS))
    def add_or_drop(self, data: st.DataObject, text: str) -> None:
        if self.engine.program.pop("second", None) is None:
            self.declare("second", text)
            self._set_policy("second", data.draw(st.sampled_from([None, "delete"])))
        self.run(data)

    @rule(data=st.data())
    def read_beside(self, data: st.DataObject) -> None:
        """`Signature.get` of what the account has."""
        held = self.held()
        if self.engine.program.pop("seen", None) is None and held:
            self._read(self.identifier(data.draw(st.sampled_from(held))))
        self.run(data)

    def _read(self, identifier: str) -> None:
        where = {"international": False, "scope": SCOPES.get(self.case.vendor, "")}
        arguments = {"account": "default", **where}
        self.engine.program["seen"] = Declaration(arguments, reads=identifier)

    @rule(data=st.data(), keys=st.sampled_from(["own", "own", "own", "other", "sandbox"]))
    def change_the_keys(self, data: st.DataObject, keys: str) -> None:
        self.keys = keys
        self.configure()

    @rule(data=st.data())
    def somebody_deletes_one(self, data: st.DataObject) -> None:
        held = self.held() if data.draw(st.booleans()) else ()
        if held:
            self.remove(data.draw(st.sampled_from(held)).id)

    @rule(data=st.data())
    def read_the_status(self, data: st.DataObject) -> None:
        """Perhaps verdicts, the status, and the next run of the same program."""
        verdict = data.draw(st.sampled_from(["approved", "approved", "any", "none"]))
        if verdict == "approved":
            self.approve_all()
        elif verdict == "any":
            self.decide(data.draw(st.integers(0, 3)), data.draw(st.sampled_from(self.words())))
        if not self._is_declared():
            return
        signatures = signatures_of(map(exported, self.engine.state))
        standings = look(self.engine.accounts(), signatures)
        steps = [(self._own(each.signature), str(next_step(each))) for each in standings]
        present = self.standing().all
        if not self.up(Command()).succeeded:
            return
        held = self.standing().all
        for (own, step), standing in zip(steps, standings, strict=True):
            if "pulumi up deletes it" in step:
                assert own not in held, f"{own} is still there: {step}"
            elif not standing.is_counted and own in present and "may delete it" not in step:
                assert own in held, f"{own} is gone: {step}"

    def _must_be_as_previewed(self, command: Command, outcome: Outcome) -> None:
        """That is `test_law`'s to hold."""

    def _is_declared(self) -> bool:
        """Whether the program declares what the state has, and no more."""
        living = {entry.urn for entry in self.engine.state if not entry.is_doomed}
        if living != self.engine.urns().keys():
            return False
        return all(map(self._is_as_declared, self.engine.program))

    def _is_as_declared(self, name: str) -> bool:
        entry, declared = self.engine.entry(name), self.engine.program[name]
        assert entry is not None
        if declared.reads or entry.is_external:
            return bool(declared.reads) and entry.is_external and entry.id == declared.reads
        inputs = self.engine.inputs(name, preview=False)
        known = {**entry.inputs, "deletion_policy": entry.outputs.get("deletion_policy")}
        wanted = {key: value for key, value in inputs.items() if key not in (RUN, "__provider")}
        return (
            all(known.get(key) == value for key, value in wanted.items())
            and entry.retains == declared.options.retains
            and not entry.is_tainted
            and not entry.is_pending
        )

    def _own(self, signature: StackSignature) -> str:
        state = signature.state
        names = {"origin": state.origin, "text": state.text or state.id}
        return self.law.signature(state.id, names)


@pytest.mark.usefixtures("no_waits")
@pytest.mark.parametrize("case", CASES, ids=str)
def test_status_says_of_each_departure_what_the_next_run_does(
    case: Case, sandbox: RunningSandbox
) -> None:
    search(Reader, case, sandbox)
