"""One deployment: the steps that the engine makes of a program and a state, and their order.

Read in `step_generator.go`, `step.go` and `deployment_executor.go` of the engine 3.250:

* A resource is checked with the *inputs* of its state, and diffed by its outputs. What comes from
  the program has gone through `ignore_changes`; not so in the second Check of a replacement, and
  under `--replace`, taint or a dependent's recreation, which get no old inputs (and no Diff).
* `delete_before_replace` says more than Diff, both ways. Deleted first go the dependents too, whose
  Diff says so when it is asked with unknown inputs.
* What was deleted first and has no successor is *pending replacement*: Diff is asked, and whatever
  it says Create follows; and where that is no deletion first, Delete is called once more.
* A failed Check or Diff ends the run, also with `--continue-on-error`; no deletion follows.
* Deletions come last: those that wait from earlier runs, those that were replaced, and what no
  program declares. They go by the state of the old URN. `--target` names all that may go.
* A resource that is unchanged takes over the inputs of its Check, and keeps its outputs.
"""

from __future__ import annotations

import contextlib
import copy
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pulumi

from pulumi_smssign.engine import row
from pulumi_smssign.engine.run import Run
from pulumi_smssign.engine.signature_hooks import SignatureHooks
from pulumi_smssign.model.errors import BugError, SmsSignError
from pulumi_smssign.model.review import Handle
from tests.model.engine import (
    Bag,
    Call,
    Command,
    CutOff,
    Declaration,
    Engine,
    Entry,
    Hook,
    Outcome,
    Phase,
    wired,
)

Step = Callable[[], None]
_NO_COMMAND = Command()


class Bail(Exception):  # noqa: N818 - the engine's own word
    """The engine makes no more steps."""


@dataclass
class Difference:
    """The answer of a Diff, or what stands for one."""

    changes: bool
    replaces: bool
    deletes_first: bool = False


class Deployment:
    """One plugin process and what the engine does with it.

    Args:
        engine: the stack.
        phase: what it is done for.
        settings: the configuration that the plugin is given.
        state: the resources; of a preview a copy.
        outcome: where errors are noted.
        command: how the command was called.
    """

    def __init__(
        self,
        engine: Engine,
        phase: Phase,
        settings: Mapping[str, str],
        *,
        state: list[Entry],
        outcome: Outcome,
        command: Command = _NO_COMMAND,
    ) -> None:
        self._engine = engine
        self._phase: Phase = phase
        self._state = state
        self._outcome = outcome
        self._command = command
        self._accounts = engine.accounts(settings)
        self._is_alive = True
        journal = engine.machine.journal(lambda: self._is_alive)
        self._hooks = SignatureHooks(Run(self._accounts, journal))
        self._before: list[Entry] = []
        self._seen: dict[str, str] = {}
        self._aliased: dict[str, str] = {}
        self._operated: set[str] = set()
        self._condemned: set[str] = set()
        self._changing: set[str] = set()
        self._failed: set[str] = set()
        row._shown_once.clear()
        engine.watch.begin(engine)

    # --- what a command does

    def up(self) -> None:
        """The program, then an `Approval`, then the deletions."""
        with self._to_the_end():
            if self._command.refresh:
                self._refresh()
            self._before = list(self._state)
            self._walk()
            self._wait()
            self._delete_the_rest()

    def refresh(self) -> None:
        """Every resource is read, those that wait to be deleted too."""
        with self._to_the_end():
            self._refresh()

    def destroy(self) -> None:
        """`pulumi destroy` of all resources; the program isn't asked."""
        with self._to_the_end():
            self._before = list(self._state)
            self._delete_the_rest()

    @contextlib.contextmanager
    def _to_the_end(self) -> Iterator[None]:
        try:
            yield
        except Bail:
            pass
        except CutOff:
            self._outcome.errors["pulumi"] = "killed"

    # --- the program

    def _walk(self) -> None:
        later: list[tuple[str, Sequence[Step]]] = []
        for name, declared in list(self._engine.program.items()):
            if declared.leans_on:
                while later:
                    self._execute(*later.pop(0))
            steps = self._steps(name, declared)
            if self._command.at_once:
                later.append((name, steps))
            else:
                self._execute(name, steps)
        for name, steps in later:
            self._execute(name, steps)

    def _execute(self, name: str, steps: Sequence[Step]) -> None:
        """Take steps until one fails; in a preview none is taken."""
        if self._phase == "preview":
            return
        for step in steps:
            try:
                step()
            except SmsSignError as error:
                self._fail(name, error)
                self._failed.add(name)
                if not self._command.continues_on_error:
                    raise Bail from None
                return

    def _fail(self, name: str, error: SmsSignError | str) -> None:
        self._outcome.errors.setdefault(name, error)

    def _bail(self, name: str, error: SmsSignError | str) -> Bail:
        self._fail(name, error)
        return Bail()

    def _steps(self, name: str, declared: Declaration) -> Sequence[Step]:
        """The steps of a resource; its checks and its Diff are asked here."""
        urn = self._engine.urn(name)
        old = self._old(name, urn, declared)
        self._operated |= {urn, old.urn} if old else {urn}
        if declared.leans_on and declared.leans_on[1] in self._failed:
            self._failed.add(name)
            return ()
        if declared.reads:
            return self._read_beside(name, urn, declared, old)
        if not self._is_included(urn):
            return ()
        preview = self._phase == "preview"
        raw = self._engine.inputs(name, preview=preview, unknown=self._unknown(declared))
        is_recreated = urn in self._condemned
        is_forced = urn in self._command.replaced or (old is not None and old.is_tainted)
        if old is None or is_recreated or old.is_external or is_forced:
            inputs = self._check(name, urn, {}, raw, old)
        else:
            ignored = declared.options.ignores
            news = _without_changes(raw, old.inputs, ignored)
            inputs = self._check(name, urn, old.inputs, news, old)
        if old is None or is_recreated or old.is_external:
            self._changing.add(name)
            dooms = old is not None and old.is_external and not is_recreated
            return [self._creating(name, urn, inputs, old, dooms=dooms)]
        difference = self._difference(name, urn, inputs, old, is_forced=is_forced)
        if not (difference.changes or old.is_pending):
            self._keep(old, urn, inputs, declared)
            return ()
        self._changing.add(name)
        if difference.replaces or old.is_pending:
            if not is_forced:
                inputs = self._check(name, urn, {}, raw, old)
            return self._replacing(name, urn, inputs, old, first=difference.deletes_first)
        return [self._updating(name, urn, inputs, old)]

    def _old(self, name: str, urn: str, declared: Declaration) -> Entry | None:
        """The resource's old state, by its URN or by an alias that nobody else claims."""
        if urn in self._aliased:
            raise self._bail(name, f"{urn} is another's alias")
        self._seen[urn] = name
        living = {entry.urn: entry for entry in self._state if not entry.is_doomed}
        for alias in (urn, *declared.options.aliases):
            if alias not in living:
                continue
            if alias != urn:
                if alias in self._seen or alias in self._aliased:
                    raise self._bail(name, f"the alias {alias} is claimed twice")
                self._aliased[alias] = urn
            return living[alias]
        return None

    def _is_included(self, urn: str) -> bool:
        command = self._command
        return urn == command.target if command.target else urn != command.exclude

    def _unknown(self, declared: Declaration) -> frozenset[str]:
        if self._phase != "preview":
            return frozenset()
        leaning = declared.leans_on
        leant = {leaning[0]} if leaning and leaning[1] in self._changing else set()
        return declared.unknown | leant

    def _check(self, name: str, urn: str, olds: Bag, news: Bag, old: Entry | None) -> Bag:
        try:
            result = self._call(Call(self._phase, "check", urn, olds=olds, news=news, old=old))
        except SmsSignError as error:
            raise self._bail(name, error) from None
        if result.failures:
            reasons = "; ".join(failure.reason for failure in result.failures)
            raise self._bail(name, reasons)
        return wired({**result.inputs, "__provider": "x"})

    def _difference(
        self, name: str, urn: str, inputs: Bag, old: Entry, *, is_forced: bool
    ) -> Difference:
        if old.trigger != self._engine.program[name].options.trigger or is_forced:
            return Difference(changes=True, replaces=True)
        try:
            return self._diff(urn, inputs, old)
        except SmsSignError as error:
            raise self._bail(name, error) from None

    def _diff(
        self,
        urn: str,
        news: Bag,
        old: Entry,
        *,
        phase: Phase | None = None,
        outputs: Bag | None = None,
        is_aside: bool = False,
    ) -> Difference:
        olds = old.properties if outputs is None else outputs
        phase = phase or self._phase
        call = Call(phase, "diff", urn, old.id, olds, news, old=old, is_aside=is_aside)
        result = self._call(call)
        return Difference(
            changes=bool(result.changes),
            replaces=bool(result.changes and result.replaces),
            deletes_first=bool(result.delete_before_replace),
        )

    def _replacing(
        self, name: str, urn: str, inputs: Bag, old: Entry, *, first: bool
    ) -> Sequence[Step]:
        wanted = self._engine.program[name].options.deletes_first
        if not (first if wanted is None else wanted):
            return [self._creating(name, urn, inputs, old, dooms=True)]
        steps: list[Step] = []
        for dependent in reversed(self._dependents(old)):
            self._condemned.add(dependent.urn)
            steps.append(self._deleting_first(dependent))
        if not old.is_pending:
            steps.append(self._deleting_first(old))
        return [*steps, self._creating(name, urn, inputs, old, dooms=False)]

    def _dependents(self, root: Entry) -> list[Entry]:
        """The dependents to be replaced too: not seen yet, and their Diff replaces the unknown."""
        dependents, roots = [], {root.name}
        for entry in self._before:
            if entry.is_doomed or entry.is_pending or entry.urn in self._seen or not entry.leans_on:
                continue
            argument, name = entry.leans_on
            if name not in roots or entry not in self._state:
                continue
            news = {**entry.inputs, argument: pulumi.UNKNOWN}
            try:
                difference = self._diff(entry.urn, news, entry, is_aside=True)
            except SmsSignError as error:
                raise self._bail(entry.name, error) from None
            if difference.replaces:
                dependents.append(entry)
                roots.add(entry.name)
        return dependents

    def _keep(self, old: Entry, urn: str, inputs: Bag, declared: Declaration) -> None:
        self._rename_heirs(old.urn, urn)
        old.urn, old.inputs = urn, inputs
        self._take_options(old, declared)

    @staticmethod
    def _take_options(entry: Entry, declared: Declaration) -> None:
        entry.retains = declared.options.retains
        entry.trigger = declared.options.trigger
        entry.leans_on = declared.leans_on

    def _rename_heirs(self, earlier: str, urn: str) -> None:
        for entry in self._state:
            if entry.heir == earlier:
                entry.heir = urn

    # --- the steps

    def _creating(
        self, name: str, urn: str, inputs: Bag, old: Entry | None, *, dooms: bool
    ) -> Step:
        declared = self._engine.program[name]

        def step() -> None:
            result = self._call(Call(self._phase, "create", urn, news=inputs, old=old))
            entry = Entry(urn, result.id, inputs, wired({**result.outs, "__provider": "x"}))
            self._take_options(entry, declared)
            if old is not None and dooms:
                self._rename_heirs(old.urn, urn)
                old.is_doomed, old.heir = True, urn
            elif old is not None:
                self._state.remove(old)
            self._state.append(entry)

        return step

    def _updating(self, name: str, urn: str, inputs: Bag, old: Entry) -> Step:
        declared = self._engine.program[name]

        def step() -> None:
            call = Call(self._phase, "update", urn, old.id, old.properties, inputs, old=old)
            result = self._call(call)
            self._keep(old, urn, inputs, declared)
            old.properties = wired({**result.outs, "__provider": "x"})

        return step

    def _deleting_first(self, old: Entry) -> Step:
        def step() -> None:
            self._delete(old, is_first=True)
            old.is_pending = True

        return step

    def _delete(self, old: Entry, *, is_first: bool = False) -> None:
        if not (old.is_external or old.retains):
            call = Call(self._phase, "delete", old.urn, old.id, old.properties, inputs=old.inputs)
            self._call(replace(call, old=old, is_first=is_first))

    def _read_beside(
        self, name: str, urn: str, declared: Declaration, old: Entry | None
    ) -> Sequence[Step]:
        """`Signature.get`: read in the preview too; what the resource managed before is let go."""
        props = wired({**declared.arguments, "vendor": self._engine.case.vendor})
        props["__provider"] = "x"
        try:
            call = Call(self._phase, "read", urn, declared.reads, props, inputs=props)
            result = self._call(call)
        except SmsSignError as error:
            raise self._bail(name, error) from None
        outputs = wired({**result.outs, "__provider": "x"})
        entry = Entry(urn, result.id, props, outputs, is_external=True)
        if old is not None:
            is_relinquished = old.is_external or old.id == declared.reads
            if is_relinquished:
                self._state.remove(old)
            else:
                old.is_doomed, old.heir = True, ""
        self._state.append(entry)
        return ()

    def _refresh(self) -> None:
        for old in list(self._state):
            if old.is_pending:
                continue
            try:
                self._refresh_one(old)
            except SmsSignError as error:
                self._fail(old.name, error)
                raise Bail from None

    def _refresh_one(self, old: Entry) -> None:
        call = Call("refresh", "read", old.urn, old.id, old.properties, inputs=old.inputs)
        result = self._call(replace(call, old=old, is_aside=True))
        if not result.id:
            self._state.remove(old)
            return
        outputs = wired({**result.outs, "__provider": "x"})
        if not old.is_external:
            news = old.inputs
            self._diff(old.urn, news, old, phase="refresh", outputs=outputs, is_aside=True)
        if result.inputs is not None:
            old.inputs = wired({**result.inputs, "__provider": "x"})
        old.id, old.properties = result.id, outputs

    def _wait(self) -> None:
        """An `Approval` of all signatures that asks once, and fails or goes on."""
        if self._phase != "run" or not self._command.waits or self._outcome.errors:
            return
        for name in self._engine.program:
            entry = self._engine.entry(name)
            if entry is None:
                continue
            scope = str(entry.outputs.get("scope") or "")
            handle = Handle(entry.id, str(entry.outputs.get("text") or ""), scope)
            account = str(entry.outputs.get("account") or "default")
            try:
                api = self._accounts.api(self._engine.case.vendor, account)
                review = api.reviews([handle]).get(handle)
            except SmsSignError as error:
                self._fail("approval", error)
                break
            if not (review and review.usable) and self._command.waits == "fail":
                self._fail("approval", "not approved")
                break
        if self._outcome.errors and not self._command.continues_on_error:
            raise Bail

    # --- the deletions

    def _delete_the_rest(self) -> None:
        doomed = [entry for entry in self._before if self._is_to_go(entry)]
        if self._phase == "preview":
            return
        for old in reversed(doomed):
            if old.is_pending and not old.is_doomed:
                self._state.remove(old)
                continue
            try:
                self._delete(old)
            except SmsSignError as error:
                self._fail(old.name, error)
                if not self._command.continues_on_error:
                    raise Bail from None
                continue
            self._state.remove(old)

    def _is_to_go(self, old: Entry) -> bool:
        if old not in self._state:
            return False
        is_left = old.urn not in self._operated
        if not (old.is_doomed or is_left):
            return False
        target = self._command.target
        if not target:
            return old.urn != self._command.exclude
        leaning = old.leans_on
        if leaning and leaning[1] == target.rpartition("::")[2] and old.urn != target and is_left:
            raise self._bail(old.name, "would be deleted, and is no target")
        return old.urn == target

    # --- the hooks

    def _call(self, call: Call) -> Any:  # noqa: ANN401 - each hook has a result of its own
        """Call a hook as the engine does, with what happens before, meanwhile and after it."""
        meanwhile = self._command.meanwhile
        if meanwhile and self._phase == "run" and meanwhile[0] == call.hook:
            meanwhile[1]()
        call = replace(
            call,
            olds=copy.deepcopy(call.olds),
            news=copy.deepcopy(call.news),
            inputs=copy.deepcopy(call.inputs),
        )
        cut = self._command.cut if self._phase in ("run", "destroy") else None
        is_cut = cut is not None and (cut.urn, cut.hook) == (call.urn, call.hook)
        self._is_alive = not (is_cut and cut is not None and cut.how == "answered")
        watch, printed = self._engine.watch, io.StringIO()
        watch.before(call)
        try:
            with contextlib.redirect_stdout(printed):
                result = getattr(self._hooks, call.hook)(*_arguments(call))
        except BugError:
            raise
        except (SmsSignError, CutOff) as error:
            watch.after(call, error, printed.getvalue())
            raise
        watch.after(call, result, printed.getvalue())
        if is_cut and cut is not None and cut.how in ("answered", "unwritten"):
            raise CutOff
        return result


def _arguments(call: Call) -> tuple[object, ...]:
    """A hook's arguments, each hook's own."""
    olds, news, inputs = copy.deepcopy((call.olds, call.news, call.inputs))
    by_hook: dict[Hook, tuple[object, ...]] = {
        "check": (call.urn, olds, news),
        "diff": (call.urn, call.id, olds, news),
        "create": (call.urn, news),
        "update": (call.urn, call.id, olds, news),
        "read": (call.urn, call.id, olds, inputs),
        "delete": (call.urn, call.id, olds, inputs),
    }
    return by_hook[call.hook]


def _without_changes(raw: Bag, olds: Bag, ignored: frozenset[str]) -> Bag:
    """The program's inputs with the old value of what `ignore_changes` names."""
    named = {name: value for name, value in raw.items() if name not in ignored}
    return {**named, **{name: olds[name] for name in ignored if name in olds}}
