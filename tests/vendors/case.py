"""A vendor for the tests: the form of the modules beside this one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Arguments = dict[str, Any]


@dataclass(frozen=True)
class Names:
    """The vendor's names of actions, and of what is sent under which name."""

    submit: str
    resubmit: str
    withdraw: str
    look: str
    find: str
    text: str
    evidence_action: str
    evidence: str


@dataclass(frozen=True)
class Statuses:
    """Raw statuses; `others` are further ones with what they mean."""

    pending: str
    approved: str
    rejected: str
    unknown: str
    others: Mapping[str, str]


@dataclass(frozen=True)
class Keys:
    """The sandbox's key as configuration and environment, and what a wrong one is answered."""

    settings: Mapping[str, str]
    variables: Mapping[str, str]
    wrong: Mapping[str, str]
    wrong_code: str
    needed: tuple[str, ...]
    secret: tuple[str, ...]
    endpoints: tuple[str, ...] = ("endpoint",)


@dataclass(frozen=True)
class Codes:
    """The vendor's codes for too many calls, for trouble of its own, and for a key out of date."""

    throttled: str | int
    troubled: str | int
    expired: str | int


@dataclass(frozen=True)
class Frozen:
    """Names in users' states and programs, which never change.

    `fingerprint` is that of the account of `Keys.settings`, `outputs` are what only this vendor
    has.
    """

    type_name: str
    fingerprint: str
    outputs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Case:
    """A vendor for the lifecycle suite.

    `small_change` is an argument that a rejected signature takes in place, `fixed_change` one that
    no signature takes; `to_the_reviewer` are words to the reviewer; `doubtful` are arguments that
    are warned of. `deletes` is whether the vendor has deletion at all, `knows_by_text` whether a
    signature has no id but its text, `takes_files` whether its evidence is a file that is sent,
    `modifiable_while_pending` whether an open application can be changed, `editable` whether an
    approved one can, and `renames_in_place` whether a rejected one can have another text. `drift`
    is what changes behind the program's back and how state shows it; `looks_for_two` is how many
    questions two signatures take. `other_keys` lead to another of the sandbox's accounts. `host` is
    what is asked unless the settings say otherwise. `name_kinds` is, by hand from the vendor's
    pages, the field that says what a name is the name of, and for each value what is filed no more,
    or "". `beside_facts` are arguments that a `Brand` needs beside its facts; of the kinds
    `wordless` the vendor has no word.
    """

    vendor: str
    arguments: Arguments
    text: str
    evidence: str
    small_change: tuple[str, object]
    fixed_change: tuple[str, object]
    to_the_reviewer: tuple[str, object] | None
    doubtful: Arguments
    names: Names
    statuses: Statuses
    keys: Keys
    refusal_code: str
    drift: tuple[Mapping[str, Any], str, str | int]
    frozen: Frozen
    codes: Codes
    other_keys: Mapping[str, str]
    host: str
    name_kinds: tuple[str, Mapping[int, str]]
    beside_facts: Mapping[str, object] = field(default_factory=dict)
    wordless: frozenset[str] = frozenset()
    deletes: bool = True
    knows_by_text: bool = False
    takes_files: bool = True
    editable: bool = False
    renames_in_place: bool = True
    modifiable_while_pending: bool = True
    numbers_requests: bool = True
    looks_for_two: int = 2

    def __str__(self) -> str:
        return self.vendor

    def evidence_from(self, path: str) -> object:
        """The evidence argument's value for a file."""
        return [path] if isinstance(self.arguments[self.evidence], list) else path
