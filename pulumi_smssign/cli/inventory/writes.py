"""The journal for a person: each write in flight, what it means, and what the next run does."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pulumi_smssign.core.accounts import side
from pulumi_smssign.core.journal import Entry, Journal, Kind
from pulumi_smssign.core.registry import VENDORS
from pulumi_smssign.core.storage import home
from pulumi_smssign.model.errors import InputError
from pulumi_smssign.model.language import _, listed, mark
from pulumi_smssign.model.redaction import sanitized, short
from pulumi_smssign.model.urns import name_of, type_of, vendor_of


@dataclass(frozen=True)
class Meaning:
    """The meaning of a kind of write while it is begun and once it is answered.

    `next` is what the next run does about it, `cleared` what that does when the entry is cleared.
    Each is a message and a part of a sentence: "it was sent", "looks for it".
    """

    begun: str
    answered: str
    next: str
    cleared: str


MEANINGS: Mapping[Kind, Meaning] = {
    "submit": Meaning(
        mark("it was sent, or was about to be sent; nobody knows whether the vendor has it"),
        mark("the vendor has it; Pulumi's state may lack it"),
        mark("looks for the signature and takes it over, open or approved; else it submits it"),
        mark(
            "treats a signature that it finds as another resource's: an approved one it may take "
            "over, an open one it refuses, and names the adopt= that takes it over"
        ),
    ),
    "resubmit": Meaning(
        mark("a change was sent, or was about to be sent; nobody knows whether the vendor has it"),
        mark("the vendor has the change; Pulumi's state may lack it"),
        mark(
            "records the change where the review shows that it has arrived; else it sends it again"
        ),
        mark("decides by the review alone, and may send the same change again"),
    ),
    "delete": Meaning(
        mark(
            "a deletion was sent, or was about to be sent; nobody knows whether the vendor has "
            "done it"
        ),
        mark("the vendor has deleted it; Pulumi's state may still have it"),
        mark("asks the vendor whether the signature still exists, and decides anew"),
        mark("goes by its state; before a deletion it asks the vendor all the same"),
    ),
}
"""The meaning of each kind of write."""


def folder() -> Path:
    """The journal's folder, of this user on this machine."""
    return home() / "journal"


def writes() -> dict[int, Entry]:
    """The writes in flight by their numbers: the oldest has 1.

    Raises:
        InputError: the folder can't be read.
    """
    path = folder()
    try:
        # `Journal` takes an unreadable folder for an empty one, which is right within a run only.
        next(path.iterdir(), None)
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise InputError(
            _("the journal {folder} can't be read ({reason})", folder=path, reason=error.strerror),
            advice=_("let this user read it, or name another home with PULUMI_HOME."),
        ) from None
    return dict(enumerate(Journal(path).entries(), 1))


def chosen(entries: Mapping[int, Entry], numbers: Collection[int]) -> dict[int, Entry]:
    """The entries that have these numbers.

    Raises:
        InputError: no entry has one of the numbers.
    """
    unknown = sorted(set(numbers) - entries.keys())
    if unknown:
        raise InputError(
            _("the journal has no entry {numbers}", numbers=listed(unknown)),
            advice=_("run `smssign journal list` to see the numbers."),
        )
    return {number: entry for number, entry in entries.items() if number in numbers}


def clear(cleared: Collection[Entry]) -> None:
    """Remove entries, and files that are too old to count; nothing at a vendor changes.

    Raises:
        InputError: one of them can't be removed.
    """
    journal = Journal(folder())
    for entry in cleared:
        journal.clear(entry)
    journal.tidy()
    if set(cleared) & set(journal.entries()):
        raise InputError(
            _("an entry of the journal {folder} can't be removed", folder=folder()),
            advice=_("let this user write there."),
        )


def document_of(number: int, entry: Entry) -> dict[str, Any]:
    """The document of a write, as `--json` prints it; `vendor` is "" where the URN names none."""
    vendor, meaning = vendor_of(type_of(entry.urn)), MEANINGS[entry.kind]
    return {
        "number": number,
        "kind": entry.kind,
        "state": entry.state,
        "id": short(entry.id),
        "urn": sanitized(entry.urn),
        "name": sanitized(name_of(entry.urn)),
        "vendor": vendor if vendor in VENDORS else "",
        "side": side(entry.origin),
        "account": short(entry.origin.partition("-")[2]),
        "at": entry.at,
        "meaning": _(meaning.answered if entry.state == "answered" else meaning.begun),
        "next": _(meaning.next),
    }
