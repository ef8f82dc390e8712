"""Pulumi's engine as far as a signature meets it: the order of its steps, in one process.

What is modelled was seen on the real engine (`tests/engine`): checks and diffs in the program's
order, a second check without olds for a replacement, forced replacements without a diff, a deletion
first where one is asked for, all other deletions at the end of a run that went well, a preview in a
process of its own. A hook may be cut off: what it did is done, and nothing of it is written.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from pulumi_smssign.accounts import Accounts
from pulumi_smssign.engine import row
from pulumi_smssign.engine.announcements import Announcements
from pulumi_smssign.engine.declared import Declared
from pulumi_smssign.engine.keys import RUN, URN, key_of
from pulumi_smssign.engine.marks import Marks
from pulumi_smssign.engine.run import Run
from pulumi_smssign.engine.signature_hooks import SignatureHooks
from pulumi_smssign.errors import BugError, SmsSignError
from pulumi_smssign.evidence import describe
from pulumi_smssign.provider import SignatureProvider
from tests.engine.cases import Case

Bag = dict[str, Any]


class CutOff(BaseException):
    """The engine and its plugin were killed after the vendor had acted."""


@dataclass
class Declaration:
    """A signature as the program declares it; `options` are Pulumi's."""

    arguments: Bag
    consents: bool = False
    retains: bool = False
    aliases: tuple[str, ...] = ()


@dataclass
class Entry:
    """A resource of the state; `doomed` is one that waits to be deleted."""

    name: str
    id: str
    inputs: Bag
    outputs: Bag
    doomed: bool = False
    tainted: bool = False


@dataclass(frozen=True)
class Command:
    """How `pulumi up` is called, and what cuts it off."""

    preview: bool = True
    target: str | None = None
    replaced: frozenset[str] = frozenset()
    continues_on_error: bool = False
    waits: str | None = None
    cut_off: tuple[str, str] | None = None
    between: Callable[[], None] = lambda: None


@dataclass
class Outcome:
    """What a command came to: the error of each resource, and the rows' texts by phase."""

    errors: dict[str, SmsSignError | str] = field(default_factory=dict)
    said: list[tuple[str, str, str]] = field(default_factory=list)

    @property
    def succeeded(self) -> bool:
        return not self.errors

    def announced(self, name: str) -> str:
        """What the preview said on a resource's row."""
        return "\n".join(
            text for phase, who, text in self.said if (phase, who) == ("preview", name)
        )


class Engine:
    """One stack: its program, its state, and the commands on it.

    Args:
        case: the vendor.
        folder: where proof files and the notes of runs are.
        configuration: the stack's configuration.
    """

    def __init__(self, case: Case, folder: Path, configuration: Mapping[str, str]) -> None:
        self.case = case
        self.program: dict[str, Declaration] = {}
        self.state: list[Entry] = []
        self.configuration = dict(configuration)
        self.machine = "this machine"
        self._folder = folder
        self._runs = 0
        self._phase = ""
        self._outcome = Outcome()
        self._cut_off: tuple[str, str] | None = None
        self._is_partial = False

    # --- the commands

    def up(self, command: Command) -> Outcome:
        """`pulumi up`, its own preview included unless it is skipped."""
        self._runs += 1
        self._is_partial = command.target is not None
        notes = self._folder / f"run-{self._runs}"
        outcome = self._outcome = Outcome()
        with self._listening():
            if command.preview:
                self._phase = "preview"
                self._walk(self._process(notes), command, copy.deepcopy(self.state), preview=True)
            command.between()
            if outcome.succeeded:
                self._phase = "run"
                self._cut_off = command.cut_off
                try:
                    self._run(self._process(notes), command)
                except CutOff:
                    outcome.errors["pulumi"] = "killed"
                finally:
                    self._cut_off = None
        return outcome

    def refresh(self) -> Outcome:
        """`pulumi refresh`."""
        outcome = self._outcome = Outcome()
        self._phase = "refresh"
        provider = self._process(self._folder / "none")
        with self._listening():
            for entry in list(self.state):
                result = self._call(entry.name, provider.read, entry.id, entry.outputs)
                if result is None:
                    continue
                if result.id is None:
                    self.state.remove(entry)
                else:
                    entry.inputs = wired({**result.inputs, "__provider": "x"})
                    entry.outputs = wired(result.outs)
        return outcome

    def destroy(self, target: str | None = None) -> Outcome:
        """`pulumi destroy`."""
        outcome = self._outcome = Outcome()
        self._phase = "destroy"
        provider = self._process(self._folder / "none")
        with self._listening():
            for entry in reversed(list(self.state)):
                if target in (None, entry.name):
                    self._delete(provider, entry, self.state)
        return outcome

    def entry(self, name: str) -> Entry | None:
        """The resource of that name in the state, or the one that has it by an alias."""
        living = {entry.name: entry for entry in self.state if not entry.doomed}
        return next((living[each] for each in self._names(name) if each in living), None)

    def _names(self, name: str) -> tuple[str, ...]:
        """What the resource may be called in the state."""
        declared = self.program.get(name)
        aliases = declared.aliases if declared else ()
        return (name, *(alias for alias in aliases if alias not in self.program))

    # --- a run

    def _run(self, provider: SignatureProvider, command: Command) -> None:
        self._walk(provider, command, self.state, preview=False)
        failed = not self._outcome.succeeded
        if not failed and command.waits:
            self._wait(command.waits)
        if (failed or not self._outcome.succeeded) and not command.continues_on_error:
            return
        kept = [self.entry(name) for name in self.program]
        for entry in reversed(list(self.state)):
            is_wanted = any(entry is one for one in kept)
            if command.target and entry.name != command.target:
                continue
            if entry.doomed or (not is_wanted and entry.name not in self._outcome.errors):
                self._delete(provider, entry, self.state)

    def _walk(
        self, provider: SignatureProvider, command: Command, state: list[Entry], *, preview: bool
    ) -> None:
        for name in list(self.program):
            if command.target and name != command.target:
                continue
            before = len(self._outcome.errors)
            self._step(provider, command, name, state, preview=preview)
            if len(self._outcome.errors) > before and not command.continues_on_error:
                return

    def _step(
        self,
        provider: SignatureProvider,
        command: Command,
        name: str,
        state: list[Entry],
        *,
        preview: bool,
    ) -> None:
        news = self._inputs(name, preview=preview)
        living = {entry.name: entry for entry in state if not entry.doomed}
        old = next((living[each] for each in self._names(name) if each in living), None)
        if old is None or old.tainted or name in command.replaced:
            self._replace(provider, name, news, state, old, first=False, preview=preview)
            return
        inputs = self._check(provider, name, old.inputs, news)
        if inputs is None:
            return
        diff = self._call(name, provider.diff, old.id, old.outputs, inputs)
        if diff is None:
            return
        if not diff.changes:
            old.name, old.inputs = name, inputs
        elif diff.replaces:
            first = bool(diff.delete_before_replace)
            self._replace(provider, name, news, state, old, first=first, preview=preview)
        elif not preview:
            result = self._call(name, provider.update, old.id, old.outputs, inputs)
            if result is not None:
                old.name, old.inputs, old.outputs = name, inputs, wired(result.outs)

    def _replace(
        self,
        provider: SignatureProvider,
        name: str,
        news: Bag,
        state: list[Entry],
        old: Entry | None,
        *,
        first: bool,
        preview: bool,
    ) -> None:
        inputs = self._check(provider, name, {}, news)
        if inputs is None or preview:
            return
        first = first or self.program[name].consents
        if old is not None and first and not self._delete(provider, old, state):
            return
        result = self._call(name, provider.create, inputs)
        if result is None:
            return
        if old is not None and not first:
            old.doomed, old.tainted = True, False
        state.append(Entry(name, result.id, inputs, wired(result.outs)))

    def _delete(self, provider: SignatureProvider, entry: Entry, state: list[Entry]) -> bool:
        before = len(self._outcome.errors)
        if not (self._retains(entry)):
            self._call(entry.name, provider.delete, entry.id, entry.outputs)
        if len(self._outcome.errors) > before:
            return False
        state.remove(entry)
        return True

    def _retains(self, entry: Entry) -> bool:
        declared = self.program.get(entry.name)
        return declared is not None and declared.retains and entry.doomed

    def _wait(self, kind: str) -> None:
        """An `Approval` of all signatures that asks once, and fails or goes on."""
        accounts = Accounts(Configuration(self.configuration))
        for name in self.program:
            entry = self.entry(name)
            if entry is None:
                continue
            from pulumi_smssign.engine.properties import handle_of

            handle = handle_of(entry.id, entry.outputs)
            api = accounts.api(self.case.vendor, entry.outputs["account"])
            review = api.reviews([handle]).get(handle)
            if (review is None or not review.usable) and kind == "fail":
                self._outcome.errors["approval"] = "not approved"

    # --- the hooks

    def _process(self, notes: Path) -> SignatureProvider:
        provider = SignatureProvider()
        provider.hooks = SignatureHooks(
            Run(
                Accounts(Configuration(self.configuration)),
                Announcements(notes),
                self._declared,
                Marks(self._folder / self.machine),
                is_partial=self._is_partial,
            )
        )
        return provider

    def _declared(self) -> tuple[Declared, ...]:
        from pulumi_smssign.vendors import named

        unique = sorted(named(self.case.vendor).rules.unique)
        return tuple(
            Declared(
                name=name,
                vendor=self.case.vendor,
                account=one.arguments.get("account") or "default",
                key=key_of([one.arguments.get(each) for each in unique]),
                adopt=one.arguments.get("adopt") or "",
            )
            for name, one in self.program.items()
        )

    def _inputs(self, name: str, *, preview: bool) -> Bag:
        declared = self.program[name]
        arguments = dict(declared.arguments)
        path = str(self._folder / str(arguments.pop("picture")))
        evidence: Any = describe(path) if self.case.takes_files else path
        listed = isinstance(self.case.arguments[self.case.evidence], list)
        facts = {
            "directory": str(self._folder),
            "preview": preview,
            "consents": declared.consents,
            "retains": declared.retains,
        }
        return wired(
            {
                "account": "default",
                **arguments,
                self.case.evidence: [evidence] if listed else evidence,
                "vendor": self.case.vendor,
                URN: f"urn:pulumi:dev::model::x::{name}",
                RUN: facts,
                "__provider": "x",
            }
        )

    def _check(self, provider: SignatureProvider, name: str, olds: Bag, news: Bag) -> Bag | None:
        result = self._call(name, provider.check, olds, news)
        if result is None:
            return None
        if result.failures:
            self._outcome.errors[name] = "; ".join(one.reason for one in result.failures)
            return None
        return wired(result.inputs)

    def _call(self, name: str, hook: Callable[..., Any], *arguments: Any) -> Any:  # noqa: ANN401
        try:
            result = hook(*copy.deepcopy(arguments))
        except BugError:
            raise
        except SmsSignError as error:
            self._outcome.errors[name] = error
            return None
        if self._phase == "run" and self._cut_off == (name, hook.__name__):
            raise CutOff
        return True if result is None else result

    @contextmanager
    def _listening(self) -> Iterator[None]:
        original = row.Row._say

        def say(self_: row.Row, text: str, *_: object, **__: object) -> None:
            who = self_._urn.rpartition("::")[2]
            self._outcome.said.append((self._phase, who, text))

        row._told.clear()
        row.Row._say = say  # type: ignore[method-assign, assignment]
        try:
            yield
        finally:
            row.Row._say = original  # type: ignore[method-assign]


class Configuration:
    """The stack's configuration, as a dynamic provider is given it."""

    def __init__(self, values: Mapping[str, str]) -> None:
        self._values = values

    def get(self, key: str) -> str | None:
        return self._values.get(key)


def wired(bag: Mapping[str, Any]) -> Bag:
    """A bag as it comes over the wire: no None, every number a float."""
    plain: Bag = _floats(json.loads(json.dumps(bag, ensure_ascii=False)))
    return plain


def _floats(value: Any) -> Any:  # noqa: ANN401
    if isinstance(value, dict):
        return {name: _floats(item) for name, item in value.items() if item is not None}
    if isinstance(value, list):
        return [_floats(item) for item in value]
    if isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    return value


__all__ = ["Command", "Declaration", "Engine", "Entry", "Outcome", "replace"]
