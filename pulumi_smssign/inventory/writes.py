"""The journal for a person: each write in flight, what it means, and what the next run does."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pulumi_smssign.core.accounts import side
from pulumi_smssign.core.registry import VENDORS
from pulumi_smssign.core.storage import home
from pulumi_smssign.engine.journal import Entry, Journal
from pulumi_smssign.engine.request import name_of
from pulumi_smssign.model.errors import InputError
from pulumi_smssign.model.redaction import short, told

_TYPE = re.compile(r"dynamic/smssign:(\w+)Signature::")


@dataclass(frozen=True)
class Meaning:
    """What an entry says of its write, what the next run does, and what it does once cleared."""

    now: str
    next: str
    cleared: str


_MEANINGS: Mapping[tuple[str, str], Meaning] = {
    ("submit", "begun"): Meaning(
        "it was sent, or about to be; whether the vendor has it is not known",
        "looks for it, and takes over what it finds, open or approved; else it submits it",
        "takes what it finds for another's: an approved one it may take over all the same, an open "
        "one it refuses, naming the adopt= that takes it over",
    ),
    ("submit", "answered"): Meaning(
        "the vendor has it, and Pulumi's state may not",
        "takes it over, open or approved",
        "takes what it finds for another's: an approved one it may take over all the same, an open "
        "one it refuses, naming the adopt= that takes it over",
    ),
    ("resubmit", "begun"): Meaning(
        "a change was sent, or about to be; whether the vendor has it is not known",
        "records the change where the review shows that it has arrived; else it sends it again",
        "decides by the review alone, and may send the same change again",
    ),
    ("resubmit", "answered"): Meaning(
        "the vendor has the change, and Pulumi's state may not",
        "records the change where the review shows that it has arrived; else it sends it again",
        "decides by the review alone, and may send the same change again",
    ),
    ("delete", "begun"): Meaning(
        "a deletion was sent, or about to be; whether the vendor has done it is not known",
        "asks the vendor whether the signature is still there, and decides anew",
        "goes by what state says; a deletion that it still wants asks the vendor first",
    ),
    ("delete", "answered"): Meaning(
        "the vendor has deleted it, and Pulumi's state may still have it",
        "asks the vendor whether the signature is still there, and decides anew",
        "goes by what state says; a deletion that it still wants asks the vendor first",
    ),
}


@dataclass(frozen=True)
class Write:
    """One write in flight; `number` is its place in the list, the oldest has 1."""

    number: int
    entry: Entry

    @property
    def meaning(self) -> Meaning:
        """What it means."""
        return _MEANINGS[self.entry.kind, self.entry.state]

    @property
    def vendor(self) -> str:
        """The vendor, by the resource's type; "" where the URN tells none."""
        found = _TYPE.search(self.entry.urn)
        name = found[1].lower() if found else ""
        return name if name in VENDORS else ""

    @property
    def place(self) -> str:
        """The side, and the account: in the sandbox by its name, at a vendor by its fingerprint."""
        account = short(self.entry.origin.partition("-")[2])
        return f"{side(self.entry.origin)} {account}".strip()

    def as_document(self) -> dict[str, object]:
        """The same as `--json` prints it."""
        entry = self.entry
        return {
            "number": self.number,
            "kind": entry.kind,
            "state": entry.state,
            "id": short(entry.id),
            "urn": told(entry.urn),
            "name": told(name_of(entry.urn)),
            "vendor": self.vendor,
            "side": side(entry.origin),
            "account": short(entry.origin.partition("-")[2]),
            "at": entry.at,
            "meaning": self.meaning.now,
            "next": self.meaning.next,
        }


def folder() -> Path:
    """The journal's folder, of this user on this machine."""
    return home() / "journal"


def writes() -> list[Write]:
    """The writes in flight, the oldest first.

    Raises:
        InputError: the folder can't be read.
    """
    where = folder()
    try:
        next(where.iterdir(), None)
    except FileNotFoundError:
        return []
    except OSError as error:
        raise InputError(
            f"the journal {where} can't be read ({error.strerror})",
            advice="let this user read it, or name another home with PULUMI_HOME.",
        ) from None
    found = sorted(Journal(where).entries(), key=lambda each: each.at)
    return [Write(number, entry) for number, entry in enumerate(found, 1)]


def chosen(there: Iterable[Write], numbers: Collection[int]) -> list[Write]:
    """Those of these numbers.

    Raises:
        InputError: a number is nobody's.
    """
    by_number = {each.number: each for each in there}
    strange = sorted(set(numbers) - by_number.keys())
    if strange:
        raise InputError(
            f"the journal has no entry {', '.join(map(str, strange))}",
            advice="run `smssign journal list`: it has the numbers.",
        )
    return [each for number, each in by_number.items() if number in numbers]


def clear(cleared: Iterable[Write]) -> None:
    """Remove entries; nothing at a vendor changes.

    Raises:
        InputError: one of them can't be removed.
    """
    gone = {each.entry for each in cleared}
    journal = Journal(folder())
    for entry in gone:
        journal.clear(entry)
    if gone & set(journal.entries()):
        raise InputError(
            f"an entry of the journal {folder()} can't be removed",
            advice="let this user write there.",
        )
