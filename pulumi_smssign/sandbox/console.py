"""The events of a signature beside a plain verdict, as data: each vendor has a `console.toml`.

The reviewer's desk offers what is here and nothing else, by the control's own calls: `status` sets
a status of the vendor's, and a `PATCH` sets the desk's fields.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pydantic import TypeAdapter

from pulumi_smssign.sandbox.review import Status
from pulumi_smssign.sandbox.tables import table


@dataclass(frozen=True)
class Shown:
    """The status of the vendor's by which a deed shows, and the words that go with it."""

    vendor_status: str
    reason: str = ""


@dataclass(frozen=True)
class Attachable:
    """The desk's field for a qualification; the meanings have the values of its `state_field`."""

    name: str
    is_number: bool = False
    state_field: str = ""


@dataclass(frozen=True)
class Carriers:
    """The desk's field for what each carrier says; the meanings have its values."""

    name: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class Console:
    """One vendor's table: its name in Chinese and English, and what it knows.

    `reasons` to reject are in both languages (`reasons.toml`). `statuses` say what the vendor's
    statuses come to. `meanings` has a name of the page's words for the values of a field, or of
    `status`; a tuple has those of the numbers from 0 on. `deeds` are those of the vendor's people,
    its console or the carriers.
    """

    title: str
    title_en: str
    reasons: tuple[tuple[str, str], ...]
    statuses: Mapping[str, Status]
    meanings: Mapping[str, Mapping[str, str] | tuple[str, ...]]
    deeds: Mapping[str, Shown] = field(default_factory=dict)
    qualification: Attachable | None = None
    carriers: Carriers | None = None


def console_of(vendor: str) -> Console:
    """Read a vendor's table."""
    document, reasons = table(f"{vendor}/console"), table("reasons")
    document["reasons"] = [reasons[name] for name in document["reasons"]]
    return TypeAdapter(Console).validate_python(document)
