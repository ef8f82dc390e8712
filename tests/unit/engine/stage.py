"""A stack's plugin processes in memory: the hooks, the engine's calls, a vendor that counts."""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pulumi
import pytest
from pulumi.dynamic import DiffResult, ReadResult

from pulumi_smssign.contract.evidence import describe
from pulumi_smssign.contract.vendor import Vendor
from pulumi_smssign.core.accounts import Accounts
from pulumi_smssign.core.journal import Journal
from pulumi_smssign.core.registry import named
from pulumi_smssign.engine import row
from pulumi_smssign.engine.resource import Resource
from pulumi_smssign.engine.run import Run
from pulumi_smssign.engine.signature_hooks import SignatureHooks
from pulumi_smssign.model.review import SignatureRef
from pulumi_smssign.model.vocabulary import RUN
from tests.engine.cases import TENCENT, Case
from tests.images import png
from tests.model.engine import TYPE, Configuration, wired
from tests.told import told, with_told
from tests.unit.desk import RULES, FakeApi, Form

Bag = dict[str, Any]

PARTS = {
    "application.SignatureApplication": Form,
    "auth.AccountCredentials": SimpleNamespace(title="Example"),
}
EXAMPLE = Vendor(RULES, PARTS.__getitem__, named("tencent").connect)
"""A sixth vendor, whose rules and application are those of `tests.unit.desk`."""


def urn_of(name: str) -> str:
    return f"urn:pulumi:dev::shop::{TYPE}::{name}"


URN, OTHER = urn_of("brand"), urn_of("other")


def at(*cases: Case) -> pytest.MarkDecorator:
    """A test's stages: these vendors."""
    return pytest.mark.parametrize("stage", cases, indirect=True, ids=str)


class Office(Accounts):
    """The accounts of a stack, whose calls are in memory.

    `keys` has the key behind an account's name; two names of one key are one account.
    """

    def __init__(self, settings: Mapping[str, str]) -> None:
        self.settings = Configuration(settings)
        super().__init__(self.settings)
        self.keys: dict[str, str] = {}
        self.apis: dict[tuple[str, str], FakeApi] = {}

    def api(self, vendor: str, account: str) -> FakeApi:
        where = (vendor, self.origin(vendor, account))
        rules = RULES if vendor == "example" else named(vendor).rules
        return self.apis.setdefault(where, FakeApi(rules=rules))

    def origin(self, vendor: str, account: str) -> str:
        side = "sandbox" if self.settings.get("smssign:sandbox") else "account"
        return f"{side}-{self.keys.get(account, account)}"


RECORDED = frozenset({"origin", "shared", "unseen", "shown_before", "learned", "uploads"})


@dataclass(frozen=True)
class Held:
    """A resource in state."""

    urn: str
    id: str
    inputs: Bag
    properties: Bag

    @property
    def outputs(self) -> Bag:
        """What a program is told of it."""
        return told(self.properties)

    def with_outputs(self, **outputs: object) -> Held:
        """The same with other outputs."""
        record = {name: outputs.pop(name) for name in RECORDED & outputs.keys()}
        changed = with_told(self.properties, **outputs, __record={**self.record, **record})
        return Held(self.urn, self.id, self.inputs, changed)

    @property
    def record(self) -> Bag:
        """Those of its outputs that only the package needs."""
        return dict(self.outputs["__record"])


@dataclass
class Stage:
    """A stack at one vendor, with a machine of its own."""

    folder: Path
    case: Case = TENCENT
    office: Office = field(default_factory=lambda: Office({}))

    def __post_init__(self) -> None:
        for number in range(3):
            (self.folder / f"p{number}.png").write_bytes(png(number))

    @property
    def api(self) -> FakeApi:
        """The default account's calls."""
        return self.office.api(self.case.vendor, "default")

    @property
    def journal(self) -> Journal:
        return Journal(self.folder / "journal")

    def arguments(self, text: str = "极客科技", picture: int = 0, **changes: object) -> Bag:
        """The program's inputs of a signature, as they come over the wire."""
        case = self.case
        path = str(self.folder / f"p{picture}.png")
        evidence: object = describe(path) if case.takes_files else f"papers/p{picture}.png"
        listed = isinstance(case.arguments[case.evidence], list)
        fields = named(case.vendor).application.model_fields
        props = {
            "account": "default",
            **{name: False for name, each in fields.items() if each.default is False},
            **case.arguments,
            case.text: text,
            case.evidence: [evidence] if listed else evidence,
            "vendor": case.vendor,
            "__provider": "x",
            **changes,
        }
        return wired(props)

    def plugin(self, **options: Any) -> Plugin:  # noqa: ANN401 - those of `Plugin`
        """A new plugin process."""
        return Plugin(self, **options)

    def declared(self, text: str = "极客科技", *, urn: str = URN, **changes: object) -> Held:
        """A signature that a run of its own has submitted."""
        return self.plugin().up(self.arguments(text, 0, **changes), urn=urn)

    def shown(self, text: str = "极客科技", *, urn: str = URN, **changes: object) -> Held:
        """A signature that a refresh has seen at the vendor since."""
        return self.declared(text, urn=urn, **changes).with_outputs(unseen=False)

    def approved(self, text: str = "极客科技", *, urn: str = URN, **changes: object) -> Held:
        """A signature that has been approved since."""
        held = self.declared(text, urn=urn, **changes)
        self.decide(held, self.case.statuses.approved)
        return held

    def identity(self, held: Held) -> str:
        """The id under which the vendor has it."""
        return str(held.outputs["text"]) if self.case.knows_by_text else held.id

    def decide(self, held: Held, vendor_status: str) -> None:
        """The reviewer's verdict."""
        self.office.api(self.case.vendor, str(held.outputs["account"])).decide(
            self.identity(held), vendor_status
        )

    def has(self, held: Held) -> bool:
        """Whether the vendor still has it."""
        return self.identity(held) in self.api.held


class Plugin:
    """One plugin process, and the engine's order of calls.

    Args:
        stage: the stack.
        preview: whether it is the preview's.
        retains: what the program sees of `retain_on_delete`.
        is_alive: whether the engine gives a sign of life after a write.
        journal: another folder for the journal.
    """

    def __init__(
        self,
        stage: Stage,
        *,
        preview: bool = False,
        retains: bool | None = False,
        is_alive: Callable[[], bool] = lambda: True,
        journal: Path | None = None,
    ) -> None:
        folder = stage.folder
        self.facts = {"directory": str(folder), "preview": preview, "retains": retains}
        self.run = Run(
            stage.office, Journal(journal or folder / "journal", is_alive), folder / "locks"
        )
        self.hooks = SignatureHooks(self.run)
        self._stage = stage
        row._shown_once.clear()

    def check(self, news: Bag, old: Held | None = None, *, urn: str = URN) -> Bag:
        """The inputs that Check makes."""
        result = self.hooks.check(urn, _copy(old.inputs if old else {}), self.with_facts(news))
        assert [failure.reason for failure in result.failures] == []
        return wired(result.inputs)

    def problems(self, news: Bag, *, urn: str = URN) -> list[str]:
        """The problems that Check finds."""
        return [
            failure.reason for failure in self.hooks.check(urn, {}, self.with_facts(news)).failures
        ]

    def with_facts(self, news: Bag) -> Bag:
        """A program's inputs with what it tells of its run."""
        return {**_copy(news), RUN: dict(self.facts)}

    def diff(self, inputs: Bag, old: Held, *, urn: str = URN) -> DiffResult:
        return self.hooks.diff(urn, old.id, _copy(old.properties), _copy(inputs))

    def create(self, inputs: Bag, *, urn: str = URN) -> Held:
        made = self.hooks.create(urn, _copy(inputs))
        return Held(urn, made.id, inputs, wired({**(made.outs or {}), "__provider": "x"}))

    def update(self, inputs: Bag, old: Held, *, urn: str = URN) -> Held:
        made = self.hooks.update(urn, old.id, _copy(old.properties), _copy(inputs))
        return Held(urn, old.id, inputs, wired({**(made.outs or {}), "__provider": "x"}))

    def up(self, news: Bag, old: Held | None = None, *, urn: str = URN) -> Held:
        """All that the engine does of one resource, without a deletion that comes last."""
        inputs = self.check(news, old, urn=urn)
        if old is None:
            return self.create(inputs, urn=urn)
        difference = self.diff(inputs, old, urn=urn)
        if not difference.changes:
            return Held(urn, old.id, inputs, old.properties)
        if not difference.replaces:
            return self.update(inputs, old, urn=urn)
        inputs = self.check(news, urn=urn)
        if difference.delete_before_replace:
            self.delete(old)
        return self.create(inputs, urn=urn)

    def look(self, news: Bag, old: Held, *, urn: str = URN) -> DiffResult:
        """Check and Diff, and the second Check of a replacement."""
        difference = self.diff(self.check(news, old, urn=urn), old, urn=urn)
        if difference.replaces:
            self.check(news, urn=urn)
        return difference

    def delete(self, old: Held) -> None:
        self.hooks.delete(old.urn, old.id, _copy(old.properties), _copy(old.inputs))

    def read(self, old: Held) -> ReadResult:
        return self.hooks.read(old.urn, old.id, _copy(old.properties), _copy(old.inputs))

    def get(self, id_: str, *, urn: str = OTHER, **inputs: object) -> ReadResult:
        """`Signature.get`."""
        props = {"vendor": self._stage.case.vendor, "account": "default", **inputs}
        return self.hooks.read(urn, id_, wired(props))

    def resource(self, news: Bag, old: Held | None = None, *, urn: str = URN) -> Resource:
        """The resource as the hooks after Check parse it."""
        return Resource.of_program(
            urn,
            news,
            id_=old.id if old else "",
            olds=old.properties if old else None,
            facts=self.run.owners.seen(urn).facts,
        )

    def ref(self, held: Held) -> SignatureRef:
        """The identity of a signature in state."""
        return self.run.own_ref(Resource.of_state(held.urn, held.id, held.properties, held.inputs))


def _copy(bag: Bag) -> Bag:
    """A hook's own copy; what isn't known in a preview stays that very object."""
    unknown = {name for name, value in bag.items() if value is pulumi.UNKNOWN}
    return {name: value if name in unknown else copy.deepcopy(value) for name, value in bag.items()}
