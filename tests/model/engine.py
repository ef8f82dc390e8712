"""Pulumi's engine as far as a signature meets it: stacks, their programs, states and commands.

The order of the steps (`tests/model/deployment.py`) was read in the engine's step generator (3.250)
and seen on the real one (`tests/engine`). Each command has plugin processes of its own: one for the
preview and one for the run. A hook may be cut off: what it did is done, and nothing of it is
written.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, Protocol

import pulumi

from pulumi_smssign.contract.evidence import describe
from pulumi_smssign.core.accounts import Accounts
from pulumi_smssign.core.journal import Journal
from pulumi_smssign.core.registry import named
from pulumi_smssign.model.errors import SmsSignError
from tests.engine.cases import Case
from tests.told import told

Bag = dict[str, Any]
Phase = Literal["preview", "run", "refresh", "destroy"]
Hook = Literal["check", "diff", "create", "update", "read", "delete"]
How = Literal["unsent", "unanswered", "answered", "unwritten", "lost"]

TYPE = "pulumi-python:dynamic/tencentSms:TencentSms"
RUN = "__run"


class CutOff(BaseException):
    """The engine and its plugin were killed; only the vendor and the journal remember."""


@dataclass
class Options:
    """Pulumi's options of a resource, as the engine has them.

    `component` is the type of the component that it is in, or "". `deletes_first` is
    `delete_before_replace`. `retains` is `retain_on_delete`, whoever set it; with `hides` it was a
    transform, or may have been, so the program doesn't see it. `ignores` are the properties of
    `ignore_changes`, `trigger` is `replacement_trigger`. `aliases` are URNs.
    """

    component: str = ""
    aliases: tuple[str, ...] = ()
    deletes_first: bool | None = None
    retains: bool = False
    hides: bool = False
    ignores: frozenset[str] = frozenset()
    trigger: int = 0


@dataclass
class Declaration:
    """A signature as the program declares it, or reads it (`Signature.get`).

    `reads` is the id of one that is only read, or "". `unknown` are the arguments that no preview
    knows. `leans_on` is an argument and the resource whose output it comes from: a preview that
    changes that one doesn't know it either.
    """

    arguments: Bag
    options: Options = field(default_factory=Options)
    reads: str = ""
    unknown: frozenset[str] = frozenset()
    leans_on: tuple[str, str] | None = None

    @classmethod
    def at(cls, case: Case, text: str, **changes: object) -> Declaration:
        """A vendor's usual declaration of a text, with the plain defaults of its arguments."""
        fields = named(case.vendor).application.model_fields.items()
        plain = {
            name: field.default
            for name, field in fields
            if not field.is_required() and isinstance(field.default, bool | int | str)
        }
        arguments = {**plain, **case.arguments, case.text: text, **changes, "picture": "p0.png"}
        del arguments[case.evidence]
        return cls(arguments)


def record(props: Mapping[str, Any]) -> Bag:
    """Properties with what only the package needs beside them; a predecessor's are that already."""
    outputs = told(props)
    return {**outputs, **(outputs.get("__record") or {})}


@dataclass(eq=False)
class Entry:
    """A resource of the state.

    `is_doomed` is one that waits to be deleted (pending delete), `heir` the URN of what took its
    place. `is_pending` is one that was deleted first and has no successor yet. `is_external` is one
    that is only read.
    """

    urn: str
    id: str
    inputs: Bag
    properties: Bag
    retains: bool = False
    trigger: int = 0
    leans_on: tuple[str, str] | None = None
    is_doomed: bool = False
    is_pending: bool = False
    is_tainted: bool = False
    is_external: bool = False
    heir: str = ""

    @property
    def outputs(self) -> Bag:
        """What a program is told of it."""
        return told(self.properties)

    @property
    def name(self) -> str:
        return self.urn.rpartition("::")[2]


@dataclass(frozen=True)
class Cut:
    """A fault between a hook and the engine.

    "unsent": killed before the write is sent. "unanswered": killed before its answer is there.
    "answered": the engine is gone when it is asked for a sign of life. "unwritten": killed after
    that. "lost": nobody is killed, the vendor's answer is lost.
    """

    urn: str
    hook: Hook
    how: How


@dataclass(frozen=True)
class Command:
    """One call of `pulumi up`: its options, and what happens meanwhile.

    `target` and `exclude` are URNs, and so are those of `replaced` (`--replace`). With `at_once`
    everything is checked before the first step is taken, as with many workers. `waits` is an
    `Approval` of all signatures that asks once, and fails or goes on. `between` happens between the
    preview and the run, `meanwhile` before each call of that hook in the run.
    """

    preview: bool = True
    refresh: bool = False
    target: str = ""
    exclude: str = ""
    replaced: frozenset[str] = frozenset()
    continues_on_error: bool = False
    at_once: bool = False
    waits: Literal["", "fail", "continue"] = ""
    cut: Cut | None = None
    between: Callable[[], None] = lambda: None
    meanwhile: tuple[Hook, Callable[[], None]] | None = None


@dataclass
class Outcome:
    """The outcome of a command: the error of each resource, by its name."""

    errors: dict[str, SmsSignError | str] = field(default_factory=dict)

    @property
    def succeeded(self) -> bool:
        return not self.errors


@dataclass(frozen=True)
class Call:
    """One call of a hook by the engine, in the order of its arguments.

    `inputs` are those of the state, which come with a Read and a Delete. `old` is the entry that
    the call is about, where there is one. `is_aside` is a Diff that doesn't look at the program: of
    a refresh, or of what depends on something that is deleted first. `is_first` is a Delete before
    the successor is created.
    """

    phase: Phase
    hook: Hook
    urn: str
    id: str = ""
    olds: Bag = field(default_factory=dict)
    news: Bag = field(default_factory=dict)
    inputs: Bag = field(default_factory=dict)
    old: Entry | None = None
    is_aside: bool = False
    is_first: bool = False


class Watch(Protocol):
    """An observer of the hooks' calls."""

    def begin(self, engine: Engine) -> None:
        """A plugin process begins."""

    def before(self, call: Call) -> None:
        """A hook is about to be called."""

    def after(self, call: Call, result: object, printed: str) -> None:
        """A hook has answered or raised `result`, and has printed something."""


@dataclass
class Machine:
    """A computer of this user, with its journal."""

    folder: Path
    is_writable: bool = True

    def journal(self, is_alive: Callable[[], bool] = lambda: True) -> Journal:
        """The journal; where the home can't be written, a folder that can't be made."""
        if self.is_writable:
            return Journal(self.folder / "journal", is_alive)
        (self.folder / "full").touch()
        return Journal(self.folder / "full" / "journal", is_alive)

    def written(self) -> str:
        """The text of all journal files of this machine."""
        files = (self.folder / "journal").glob("**/*")
        return "\n".join(file.read_text("utf-8") for file in files if file.is_file())


class Engine:
    """One stack: its program, its state, and the commands on it.

    Args:
        case: the vendor.
        stack: the stack's name; two backends may have one of the same name.
        folder: where proof files are.
        machine: where the commands run.
        configuration: the stack's configuration.
        watch: looks on.
    """

    def __init__(
        self,
        case: Case,
        stack: str,
        *,
        folder: Path,
        machine: Machine,
        configuration: Mapping[str, str],
        watch: Watch,
    ) -> None:
        self.case = case
        self.stack = stack
        self.folder = folder
        self.machine = machine
        self.configuration = dict(configuration)
        self.watch = watch
        self.program: dict[str, Declaration] = {}
        self.state: list[Entry] = []
        self.as_of_the_last_up = dict(configuration)
        """What `refresh` and `destroy` are given, whatever the configuration says by then."""

    # --- names

    def urn(self, name: str) -> str:
        """The URN of a resource that the program declares."""
        declared = self.program.get(name)
        component = declared.options.component if declared else ""
        return self.urn_in(name, component)

    def urn_in(self, name: str, component: str) -> str:
        """The URN of a name in a component of that type, or in none."""
        parents = f"{component}$" if component else ""
        return f"urn:pulumi:{self.stack}::model::{parents}{TYPE}::{name}"

    def entry(self, name: str) -> Entry | None:
        """The living resource of that name: by its URN, or by an alias."""
        living = {entry.urn: entry for entry in self.state if not entry.is_doomed}
        aliases = self.program[name].options.aliases if name in self.program else ()
        own = self.urn(name)
        free = (alias for alias in aliases if alias not in self.urns())
        return next((living[urn] for urn in (own, *free) if urn in living), None)

    def urns(self) -> dict[str, str]:
        """The names of the program by their URNs."""
        return {self.urn(name): name for name in self.program}

    # --- the commands

    def up(self, command: Command) -> Outcome:
        """`pulumi up`, its own preview included unless it is skipped."""
        from tests.model.deployment import Deployment

        outcome = Outcome()
        if command.preview:
            Deployment(
                self,
                "preview",
                self.configuration,
                state=copy.deepcopy(self.state),
                outcome=outcome,
                command=command,
            ).up()
        command.between()
        if outcome.succeeded:
            self.as_of_the_last_up = dict(self.configuration)
            Deployment(
                self,
                "run",
                self.configuration,
                state=self.state,
                outcome=outcome,
                command=command,
            ).up()
        return outcome

    def refresh(self) -> Outcome:
        """`pulumi refresh`."""
        from tests.model.deployment import Deployment

        outcome = Outcome()
        Deployment(
            self, "refresh", self.as_of_the_last_up, state=self.state, outcome=outcome
        ).refresh()
        return outcome

    def destroy(self, target: str = "", cut: Cut | None = None) -> Outcome:
        """`pulumi destroy`."""
        from tests.model.deployment import Deployment

        outcome = Outcome()
        Deployment(
            self,
            "destroy",
            self.as_of_the_last_up,
            state=self.state,
            outcome=outcome,
            command=Command(target=target, cut=cut),
        ).destroy()
        return outcome

    def accounts(self, settings: Mapping[str, str] | None = None) -> Accounts:
        """The accounts of the configuration."""
        return Accounts(Configuration(self.configuration if settings is None else settings))

    def inputs(self, name: str, *, preview: bool, unknown: frozenset[str] = frozenset()) -> Bag:
        """The inputs that the program sends of a resource, as they come over the wire."""
        declared = self.program[name]
        arguments = dict(declared.arguments)
        path = str(self.folder / str(arguments.pop("picture")))
        evidence: Any = describe(path) if self.case.takes_files else path
        listed = isinstance(self.case.arguments[self.case.evidence], list)
        options = declared.options
        facts: Bag = {"directory": str(self.folder), "preview": preview}
        if not options.hides:
            facts["retains"] = options.retains
        return {
            **wired(
                {
                    "account": "default",
                    **arguments,
                    self.case.evidence: [evidence] if listed else evidence,
                    "vendor": self.case.vendor,
                    RUN: facts,
                    "__provider": "x",
                }
            ),
            **dict.fromkeys(unknown, pulumi.UNKNOWN),
        }


class Configuration:
    """The stack's configuration, as a dynamic provider is given it."""

    def __init__(self, values: Mapping[str, str]) -> None:
        self.values = dict(values)

    def get(self, key: str) -> str | None:
        return self.values.get(key)


_SECRET = "4dabf18193072939515e22adb298388d"
"""The key that marks a secret on Pulumi's wire."""


def wired(bag: Mapping[str, Any]) -> Bag:
    """A bag as it comes over the wire: no None, every number a float; unknown stays unknown."""
    return {
        name: value
        for name, value in ((name, _wired(item)) for name, item in bag.items())
        if value is not None
    }


def _wired(value: Any) -> Any:  # noqa: ANN401 - a property may be anything that JSON has
    if isinstance(value, pulumi.Output | type(pulumi.UNKNOWN)):
        return value
    if isinstance(value, Mapping):
        # A secret comes in clear to a provider that does not accept secrets, as Python's do not.
        return _wired(value["value"]) if _SECRET in value else wired(value)
    if isinstance(value, list | tuple):
        return [_wired(item) for item in value]
    if isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    return json.loads(json.dumps(value, ensure_ascii=False))
