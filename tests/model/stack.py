"""One vendor's world: stacks on machines, a reviewer, and the law that they are held to."""

from __future__ import annotations

import copy
import json
import re
import shutil
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, get_args

from hypothesis import note
from hypothesis import strategies as st
from pydantic import JsonValue

from pulumi_smssign.core.accounts import Accounts
from pulumi_smssign.model.errors import OutcomeUnknownError, ReviewMovedError, SmsSignError
from pulumi_smssign.sandbox.app import Sandbox, SignatureView
from pulumi_smssign.sandbox.desk import Desk, Signature
from pulumi_smssign.sandbox.server import RunningSandbox
from tests.engine.cases import OTHER_KEYS, Case
from tests.images import png
from tests.model.engine import (
    Bag,
    Call,
    Command,
    Configuration,
    Cut,
    CutOff,
    Declaration,
    Engine,
    Entry,
    Hook,
    How,
    Machine,
    Options,
    Outcome,
    record,
)
from tests.model.law import Deed, Law

TEXTS = ("极客科技", "极客云科", "极客网络")
SPARE_TEXTS = ("极客甲", "极客乙", "极客丙", "极客丁", "极客戊")
SWITCHES: dict[str, JsonValue] = {"tencent.enforce_rate": False}
STACKS = {"dev": "dev", "another backend": "dev", "prod": "prod"}
"""The stacks by what they are called here; two backends have one of the same name."""
MACHINES = ("this machine", "another machine")
KEYS = ("own", "other", "sandbox")
COMPONENT = "model:index:Brand"
WRITES = ("submit", "resubmit", "withdraw")
_PASSED: Mapping[str, frozenset[str]] = {"tencent": frozenset({"2"})}
"""What a person has passed and is not effective yet; the case's table calls it pending."""


class Stack(Engine):
    """A stack with its past: states that were saved, and what its resources were called before."""

    def __init__(self, case: Case, stack: str, **rest: Any) -> None:  # noqa: ANN401 - the engine's
        super().__init__(case, stack, **rest)
        self.saved: list[list[Entry]] = []
        self.earlier: dict[str, tuple[str, ...]] = {}
        self.went_well = True


@dataclass(frozen=True)
class Standing:
    """The signatures at one moment: all of them, and those that are approved."""

    all: frozenset[str]
    approved: frozenset[str]


class World:
    """One vendor's desk, the stacks at it, and what must never come of what is done there."""

    case: Case
    served: RunningSandbox

    def __init__(self) -> None:
        super().__init__()
        self.sandbox: Sandbox = self.served.sandbox
        self.sandbox.reset()
        self.folder = Path(tempfile.mkdtemp())
        for number in range(3):
            (self.folder / f"p{number}.png").write_bytes(png(number))
        self.machines = {name: Machine(self.folder / name) for name in MACHINES}
        for machine in self.machines.values():
            machine.folder.mkdir()
        self.law = Law(self.case, self._desk_accounts())
        self.keys, self.policy = "own", ""
        self.stacks = {name: self._stack(stack) for name, stack in STACKS.items()}
        self.engine = self.stacks["dev"]
        self.is_late = self.was_cut_off = False
        self.submitted: dict[tuple[str, int], Bag] = {}
        self.submissions: dict[str, int] = {}
        self._call: Call | None = None
        self._cut: Cut | None = None
        self._before = Standing(frozenset(), frozenset())
        self._is_real = True
        self._patched: list[tuple[type, str, object]] = []
        self._watch_the_desk()
        self._watch_the_calls()

    def teardown(self) -> None:
        for owner, name, original in reversed(self._patched):
            setattr(owner, name, original)
        shutil.rmtree(self.folder, ignore_errors=True)

    def _stack(self, name: str) -> Stack:
        return Stack(
            self.case,
            name,
            folder=self.folder,
            machine=self.machines["this machine"],
            configuration=self.configuration("own"),
            watch=self,
        )

    # --- accounts

    def configuration(self, keys: str, policy: str = "") -> dict[str, str]:
        """A configuration; "twin" is another name for the own account, "other" is another one."""
        policies = {"smssign:deletionPolicy": policy} if policy else {}
        key = f"smssign:{self.case.vendor}"
        if keys == "sandbox":
            others = {f"{key}-twin": "{}", f"{key}-other": "{}"}
            return {"smssign:sandbox": self.served.url, **others, **policies}
        endpoints = dict.fromkeys(self.case.keys.endpoints, self.served.url)
        own = {**self.case.keys.settings, **endpoints}
        other = {**own, **OTHER_KEYS[self.case.vendor]}
        return {
            key: json.dumps(other if keys == "other" else own),
            f"{key}-twin": json.dumps(own),
            f"{key}-other": json.dumps(other),
            **policies,
        }

    def configure(self) -> None:
        """Have the current stack configured as the world says."""
        self.engine.configuration = self.configuration(self.keys, self.policy)

    def _desk_accounts(self) -> dict[str, str]:
        """The sandbox's account by the origin that a state names."""
        accounts = Accounts(Configuration(self.configuration("own")))
        by_name = {"default": "default", "other": "other"}
        real = {
            accounts.origin(self.case.vendor, name): account for name, account in by_name.items()
        }
        return {**real, **{f"sandbox-{name}": name for name in ("default", "twin", "other")}}

    # --- what looks on

    def begin(self, engine: Engine) -> None:
        """A plugin process begins."""
        self.law.begin(engine)

    def before(self, call: Call) -> None:
        """A hook is about to be called."""
        self._call = call
        self._before = self.standing()
        self.law.before(call, self._before.all)

    def after(self, call: Call, result: object, printed: str) -> None:
        """A hook has answered, or raised."""
        self._call = None
        self.law.after(call, result, self._before.approved)
        if call.hook == "delete" and not isinstance(result, CutOff):
            self._must_be_told(call, result, printed)

    def _must_be_told(self, call: Call, result: object, printed: str) -> None:
        """A deletion that leaves what is approved is green, and says so."""
        own = self.law.signature(call.id, call.olds)
        if own not in self._before.approved or own not in self.standing().approved:
            return
        account = str(record(call.olds).get("account") or "default")
        origin = self.engine.accounts().origin(self.case.vendor, account)
        is_elsewhere = record(call.olds).get("origin") not in ("", None, origin)
        is_troubled = self.is_late or self._cut is not None or is_elsewhere
        if isinstance(result, SmsSignError):
            is_retained = record(call.olds).get("deletion_policy") != "delete"
            is_fine = is_troubled or not is_retained or call.is_first
            assert is_fine, f"what stays in the account by its policy ends red: {result}"
            return
        assert printed.strip(), f"{own} stays in the account, and nobody says so"

    def standing(self) -> Standing:
        """The signatures of this moment."""
        held = self.sandbox.signatures(self.case.vendor)
        return Standing(
            frozenset(signature.id for signature in held),
            frozenset(
                signature.id for signature in held if self.is_approved(signature.vendor_status)
            ),
        )

    def is_approved(self, vendor_status: str) -> bool:
        """Whether a person's approval would be lost with a signature in this status."""
        statuses = self.case.statuses
        is_open = {
            raw for raw, status in statuses.others.items() if status in ("PENDING", "REJECTED")
        }
        is_open = {statuses.pending, statuses.rejected, *is_open}
        return vendor_status not in is_open - _PASSED.get(self.case.vendor, frozenset())

    def _patch(self, owner: type, name: str, made: Callable[..., object]) -> None:
        self._patched.append((owner, name, getattr(owner, name)))
        setattr(owner, name, made)

    def _watch_the_desk(self) -> None:
        """Tell the law of each deed as it comes to the vendor, whoever sent it."""
        world, withdraw, resubmit = self, Desk.withdraw, Desk.resubmit

        def withdrawing(desk: Desk, vendor: str, signature_id: str) -> None:
            world.note_deed("withdraw", desk.get(vendor, signature_id))
            withdraw(desk, vendor, signature_id)

        def resubmitting(desk: Desk, vendor: str, signature_id: str, **how: Any) -> Signature:  # noqa: ANN401
            world.note_deed("resubmit", desk.get(vendor, signature_id))
            return resubmit(desk, vendor, signature_id, **how)

        self._patch(Desk, "withdraw", withdrawing)
        self._patch(Desk, "resubmit", resubmitting)

    def note_deed(self, kind: Any, signature: Signature) -> None:  # noqa: ANN401 - a Literal
        if not self._is_real:
            return
        status = self.sandbox.vendors[self.case.vendor].vendor_status(signature)
        approved = self.standing().approved
        deed = Deed(kind, signature.id, signature.text, signature.account, status, approved)
        self.law.deeds.append(deed)

    def _watch_the_calls(self) -> None:
        """Cut off what is to be cut off, before the vendor is asked or after it has acted."""
        api = self.engine.accounts().api(self.case.vendor, "default")
        for name in WRITES:
            self._patch(type(api), name, self._cutting(getattr(type(api), name)))

    def _cutting(self, original: Callable[..., object]) -> Callable[..., object]:
        def sending(*arguments: object, **named_ones: object) -> object:
            how = self._how()
            if how == "unsent":
                raise CutOff
            result = original(*arguments, **named_ones)
            if how == "unanswered":
                raise CutOff
            if how == "lost":
                raise OutcomeUnknownError("the answer was lost", vendor=self.case.vendor)
            return result

        return sending

    def _how(self) -> str:
        """The way in which the present call is cut off, or ""."""
        cut, call = self._cut, self._call
        is_meant = cut and call and (cut.urn, cut.hook) == (call.urn, call.hook)
        return cut.how if cut and is_meant else ""

    # --- what is there

    def held(self) -> list[SignatureView]:
        return self.sandbox.signatures(self.case.vendor)

    def identifier(self, signature: SignatureView) -> str:
        return signature.text if self.case.knows_by_text else signature.id

    def view(self, entry: Entry | None) -> SignatureView | None:
        if entry is None:
            return None
        own = self.law.signature(entry.id, entry.outputs)
        return next((signature for signature in self.held() if signature.id == own), None)

    def declare(self, name: str, text: str) -> None:
        self.engine.program[name] = Declaration.at(self.case, text)

    def managed(self) -> list[str]:
        """The names of the program's signatures that aren't only read."""
        return sorted(
            name for name, declaration in self.engine.program.items() if not declaration.reads
        )

    def text_of(self, declared: Declaration) -> str:
        return str(declared.arguments.get(self.case.text) or "")

    def qualification(self, number: int) -> int | str:
        return number if self.case.vendor == "tencent" else f"Q-{number}"

    def _name(self, data: st.DataObject) -> str:
        if not self.managed():
            self.declare("brand", TEXTS[0])
        return data.draw(st.sampled_from(self.managed()))

    def _any(self, data: st.DataObject) -> Declaration:
        return self.engine.program[self._name(data)]

    def set_argument(self, declared: Declaration, name: str, value: object) -> None:
        """Write an argument; None takes its line out."""
        declared.arguments[name] = value
        if value is None:
            del declared.arguments[name]

    def words(self) -> tuple[str, ...]:
        """The raw statuses that a reviewer may come to; those of what was approved among them."""
        statuses = self.case.statuses
        usual = (statuses.approved, statuses.rejected, statuses.pending)
        return (*usual, *sorted(statuses.others), statuses.unknown)

    def decide(self, which: int, word: str) -> None:
        held = self.held()
        if held:
            signature = held[which % len(held)]
            self.sandbox.set_status(self.case.vendor, signature.id, word, "words")

    def approve_all(self) -> None:
        for signature in self.held():
            if signature.vendor_status != self.case.statuses.approved:
                self.sandbox.approve(self.case.vendor, signature.id)

    def remove(self, id_: str) -> None:
        """Somebody deletes a signature in the vendor's console."""
        self._is_real = False
        self.sandbox.remove(self.case.vendor, id_)
        self._is_real = True

    # --- commands

    def maybe_run(self, data: st.DataObject) -> None:
        """Run what was edited, mostly; else more is edited before. A reviewer may be quicker."""
        action = data.draw(st.sampled_from(["run", "run", "run", "approve", "decide", "wait"]))
        if action == "approve":
            self.approve_all()
        elif action == "decide":
            self.decide(data.draw(st.integers(0, 3)), data.draw(st.sampled_from(self.words())))
        if action != "wait":
            self.run(data)

    def run(self, data: st.DataObject) -> None:
        """`pulumi up`, in one of all the ways; then perhaps what it advises, and again."""
        command = data.draw(self._commands())
        outcome = self.up(command)
        if not outcome.succeeded and data.draw(st.booleans()):
            self._follow(outcome)
            self.up(replace(command, between=_nothing, meanwhile=None, cut=None))

    def _commands(self) -> st.SearchStrategy[Command]:
        urns = sorted({*self.engine.urns(), *(entry.urn for entry in self.engine.state)})
        hooks: tuple[Hook, ...] = ("create", "update", "delete")
        cuts = [Cut(urn, hook, how) for urn in urns for hook in hooks for how in get_args(How)]
        return st.builds(
            Command,
            preview=st.sampled_from([True, True, False]),
            refresh=st.sampled_from([False, False, False, True]),
            target=_rarely("", urns),
            exclude=_rarely("", urns),
            replaced=_rarely(frozenset(), [frozenset({urn}) for urn in urns]),
            continues_on_error=st.sampled_from([False, False, False, True]),
            at_once=st.sampled_from([False, False, True]),
            waits=st.sampled_from(["", "", "", "fail", "continue"]),
            cut=_rarely(None, cuts),
            between=_rarely(_nothing, ["verdict"]).flatmap(self._verdicts),
            meanwhile=st.sampled_from(["", "", "", *hooks]).flatmap(
                lambda hook: st.tuples(st.just(hook), self._verdicts(hook)) if hook else st.none()
            ),
        )

    def _verdicts(self, default: object) -> st.SearchStrategy[Callable[[], None]]:
        if default is _nothing:
            return st.just(_nothing)
        return st.builds(self._verdict, st.integers(0, 3), st.sampled_from(self.words()))

    def _verdict(self, which: int, word: str) -> Callable[[], None]:
        return lambda: self.decide(which, word)

    def up(self, command: Command) -> Outcome:
        """`pulumi up`, held to the law."""
        engine = self.engine
        calls = len(self.sandbox.calls(self.case.vendor))
        self._cut = command.cut
        self.was_cut_off |= command.cut is not None

        def between() -> None:
            assert not self._writes(calls), f"a preview wrote: {self._writes(calls)}"
            command.between()

        program = copy.deepcopy(engine.program)
        outcome = engine.up(replace(command, between=between))
        self._cut = None
        engine.went_well = outcome.succeeded and not (command.target or command.exclude)
        for name, error in outcome.errors.items():
            note(f"   {name}: {_short(error)}")
        self._note_submissions(program)
        self._must_be_as_previewed(command, outcome)
        self._must_be_sent_once(calls)
        self._must_be_journalled(calls)
        return outcome

    def _writes(self, calls: int) -> list[str]:
        vendor_names = self.case.names
        wanted = {vendor_names.submit, vendor_names.resubmit, vendor_names.withdraw}
        made = self.sandbox.calls(self.case.vendor)[calls:]
        return [call.action for call in made if call.action in wanted]

    def _must_be_as_previewed(self, command: Command, outcome: Outcome) -> None:
        """A run does what its preview has said, where nothing has moved between."""
        has_moved = command.between is not _nothing or command.meanwhile or command.cut
        if not command.preview or has_moved:
            return
        for name, error in outcome.errors.items():
            moved = isinstance(error, ReviewMovedError)
            assert not moved, f"{name}: the preview was green, and nothing moved: {error}"

    def _must_be_sent_once(self, calls: int) -> None:
        """One text is submitted at most once in a run."""
        made = self.sandbox.calls(self.case.vendor)[calls:]
        texts = [
            (
                call.account,
                str(call.fields.get(self.case.names.text)),
                call.fields.get("International"),
            )
            for call in made
            if call.action == self.case.names.submit
        ]
        twice = f"one text was submitted twice in a run: {[sent.action for sent in made]}"
        assert len(texts) == len(set(texts)), twice

    def _must_be_journalled(self, calls: int) -> None:
        """Nothing is sent unwritten; no text is written; success leaves nothing behind."""
        machine = self.engine.machine
        if not machine.is_writable:
            assert not self._writes(calls), f"sent without a journal: {self._writes(calls)}"
        journal = machine.written()
        for text in (*TEXTS, *SPARE_TEXTS):
            assert text not in journal, f"the journal has the text {text}"
        if not self.was_cut_off:
            assert not machine.journal().entries(), f"success left this behind: {journal}"

    def _note_submissions(self, program: Mapping[str, Declaration]) -> None:
        """Note the arguments that each signature was last submitted with."""
        declared = {
            self.text_of(declaration): declaration
            for declaration in program.values()
            if not declaration.reads
        }
        for signature in self.held():
            key = (signature.id, signature.submissions)
            if key not in self.submitted and signature.text in declared:
                self.submitted[key] = dict(declared[signature.text].arguments)
                self.submissions[signature.id] = signature.submissions

    def is_as_wanted(self, id_: str, name: str) -> bool:
        """Whether a signature was submitted with just what the program says of a resource."""
        wanted = dict(self.engine.program[name].arguments)
        had = dict(self.submitted.get((id_, self.submissions.get(id_, 0)), {}))
        for arguments in (wanted, had):
            for argument in ("adopt", "deletion_policy"):
                arguments.pop(argument, None)
        return wanted == had

    # --- advice

    def _follow(self, outcome: Outcome) -> None:
        """Do what the first message advises, as it stands there."""
        for name, error in outcome.errors.items():
            if isinstance(error, SmsSignError) and name in self.engine.program:
                self.do(name, error)
                return

    def do(self, name: str, error: SmsSignError) -> bool:
        """Do what a message advises; whether anything was found that can be done here."""
        advice = error.advice
        declared = self.engine.program[name]
        entry = self.engine.entry(name)
        if "untaint" in advice and entry is not None and entry.is_tainted:
            entry.is_tainted = False
            return True
        known = {held.urn for held in self.engine.state if not held.is_doomed}
        own = self.engine.urns()
        earlier = [urn for urn in self.engine.earlier.get(name, ()) if urn in known - own.keys()]
        if "aliases=" in advice and earlier and not declared.options.aliases and entry is None:
            declared.options.aliases = tuple(earlier)
            return True
        given = re.search(r'give `(\w+)` deletion_policy="(\w+)"', advice)
        if given and given[1] in self.engine.program:
            self.engine.program[given[1]].arguments["deletion_policy"] = given[2]
            return True
        adoption = re.search(r'adopt="([^"]+)"', advice)
        taken = re.search(r"take (?:the line )?adopt= out(?: of `(\w+)`)?", advice)
        if taken and not (adoption and adoption.start() < taken.start()):
            self.engine.program.get(taken[1] or name, declared).arguments.pop("adopt", None)
            return True
        written = re.search(r"write (\w+)=('[^']*'|[\d.]+|True|False)", advice)
        if written and not (adoption and adoption.start() < written.start()):
            declared.arguments[written[1]] = _value(written[2])
            return True
        if adoption and adoption[1] != declared.arguments.get("adopt"):
            declared.arguments["adopt"] = adoption[1]
            return True
        return self.forget(name, error)

    def forget(self, name: str, error: SmsSignError) -> bool:
        """`pulumi state delete`, where that is what is advised."""
        entries = [entry for entry in self.engine.state if entry.name == name]
        entries.sort(key=lambda entry: not entry.is_doomed)
        if entries and "state delete" in error.advice:
            self.engine.state.remove(entries[0])
            return True
        return False

    def lead_on(self, outcome: Outcome) -> None:
        """Do what all messages advise; where there are two ways, what ends it."""
        for name, error in outcome.errors.items():
            if not isinstance(error, SmsSignError):
                continue
            if name not in self.engine.program:
                self.forget(name, error)
                continue
            other = re.search("give `(\\w+)` ", error.advice)
            if other and other[1] in outcome.errors:
                continue  # first what that one is told: the two may undo each other
            if self.do(name, error) or "wait for the verdict" in error.advice:
                continue  # everything has been approved by now
            if 'deletion_policy="delete"' in error.advice and len(name) % 2:
                self.engine.program[name].arguments["deletion_policy"] = "delete"
            elif "another text" in error.advice or "take the change" in error.advice:
                self._another_text(name)

    def _another_text(self, name: str) -> None:
        taken = {signature.text for signature in self.held()}
        taken |= {self.text_of(declaration) for declaration in self.engine.program.values()}
        free = next(text for text in SPARE_TEXTS if text not in taken)
        self.engine.program[name].arguments[self.case.text] = free

    def make_the_program_possible(self) -> None:
        """Take out what adopts and reads, and all but one of those that declare one text."""
        program = self.engine.program
        for name in [name for name, declaration in program.items() if declaration.reads]:
            del program[name]
        texts = {self.text_of(declaration): name for name, declaration in program.items()}
        for name in list(program):
            program[name].arguments.pop("adopt", None)
            program[name].arguments.pop("account", None)
            program[name].unknown -= {"deletion_policy"}
            if texts[self.text_of(program[name])] != name:
                del program[name]
        for declared in program.values():
            if declared.leans_on and declared.leans_on[1] not in program:
                declared.leans_on = None
        if not program:
            self.declare("brand", TEXTS[0])


def options_without(declared: Declaration) -> None:
    """Take every option back but the component."""
    declared.options = Options(component=declared.options.component)


def _nothing() -> None:
    """Nothing happens."""


def _rarely(usual: Any, others: list[Any]) -> st.SearchStrategy[Any]:  # noqa: ANN401
    """Mostly the usual value."""
    return st.integers(0, 7).flatmap(
        lambda number: st.sampled_from(others) if others and number > 6 else st.just(usual)
    )


def _value(literal: str) -> object:
    """The value that a message has the user write."""
    if literal in ("True", "False"):
        return literal == "True"
    plain = literal.strip("'")
    if literal != plain:
        return plain
    return int(float(plain))


def _short(error: SmsSignError | str) -> str:
    return error if isinstance(error, str) else f"{type(error).__name__}: {error.summary}"
