"""The journal of writes in flight: an entry is on disk before anything is sent to a vendor.

1. *Begin*: an entry is written. Where it can't be, nothing is sent.
2. *Answered*: after the vendor's answer the engine is asked for a sign of life. Alive: the entry is
   removed, since the engine writes what the hook returns. Gone: it is kept with the id.
3. A refusal removes it: nothing came of the write. A lost answer keeps it as begun.
4. *Recover*: the next run of the same URN, origin and key finds it (`find`).

So success leaves nothing behind. An entry holds digests and no text, and it deletes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Literal, get_args

from pulumi_smssign.core import storage
from pulumi_smssign.model.digests import digest
from pulumi_smssign.model.durations import now, seconds_since
from pulumi_smssign.model.errors import JournalError, OutcomeUnknownError, SmsSignError
from pulumi_smssign.model.language import _
from pulumi_smssign.model.records import record_of
from pulumi_smssign.model.review import SHOWN_AFTER, SignatureRef

LASTS = 14 * 24 * 3600.0
"""Seconds after which an entry no longer counts."""

Kind = Literal["submit", "resubmit", "delete"]


@dataclass(frozen=True)
class Entry:
    """One write in flight.

    `key` is a digest: of vendor and unique key of what is submitted, of vendor and id of what is
    resubmitted or deleted. `fields` are the digests of the application's fields, by name. `id` is
    the signature's: of a new one once the vendor has answered. `before` is the status that a
    resubmitted one had. `at` is when it began (ISO 8601, UTC).
    """

    kind: Kind
    urn: str
    origin: str
    key: str
    fields: Mapping[str, str] = field(default_factory=dict, hash=False)
    state: Literal["begun", "answered"] = "begun"
    id: str = ""
    # Not compared: these two say how and when, and not which write it is.
    before: str = field(default="", compare=False)
    at: str = field(default="", compare=False)

    @classmethod
    def of_deletion(cls, urn: str, ref: SignatureRef) -> Entry:
        """The entry of a deletion by a resource."""
        # A digest, since the id is the text at a vendor without ids.
        key = digest([ref.vendor, ref.handle.id])
        return cls("delete", urn, ref.origin, key, id=id_in_journal(ref))

    @classmethod
    def of_resubmission(cls, urn: str, ref: SignatureRef, fields: Mapping[str, str]) -> Entry:
        """The entry of a change in place."""
        return replace(cls.of_deletion(urn, ref), kind="resubmit", fields=fields)

    @property
    def token(self) -> str:
        """An idempotency token: the same for each try of one write of one content."""
        return digest([self.kind, self.urn, self.origin, self.key, dict(self.fields)], length=32)

    @property
    def write(self) -> tuple[str, str, str, str]:
        """The identity of a write: its kind, resource, account and key."""
        return self.kind, self.urn, self.origin, self.key

    @property
    def file_name(self) -> str:
        """The file's name: the write's digest first, so that others' entries of it are found."""
        write = digest([self.kind, self.origin, self.key], length=16)
        return f"{write}-{_ending_of(self.urn)}"


def _ending_of(urn: str) -> str:
    """The end of the file names of a resource's entries."""
    return f"{digest(urn, length=16)}.json"


def id_in_journal(ref: SignatureRef) -> str:
    """A signature's id for the journal, which has no texts; "" where the text is the id."""
    # A signature that was renamed in place still has the text as its id that it began with.
    is_text = ref.handle.id == ref.handle.text or ref.identity != ref.handle.id
    return "" if is_text else ref.handle.id


class Answer:
    """The vendor's answer to a write; whoever gets it sets the id."""

    def __init__(self) -> None:
        self.id = ""


class Journal:
    """The entries of this user on this machine, a file each.

    Args:
        folder: where they are kept.
        is_alive: asks the engine for a sign of life.
    """

    def __init__(self, folder: Path, is_alive: Callable[[], bool] = lambda: True) -> None:
        self._folder = folder
        self._is_alive = is_alive
        self._begun: set[str] = set()

    @contextmanager
    def writing(self, entry: Entry) -> Iterator[Answer]:
        """Bracket one write: begin its entry, and clear or keep it by the outcome.

        Raises:
            JournalError: it can't be written; nothing was sent.
        """
        entry = replace(entry, at=now())
        earlier = self.find(entry)
        self.begin(entry)
        answer = Answer()
        try:
            yield answer
        # It may have arrived: the entry stays as it began, for the next run.
        except OutcomeUnknownError:
            raise
        except SmsSignError:
            # Nothing came of this one; of an earlier one, whose answer was lost, perhaps.
            self._keep(earlier) if earlier else self.clear(entry)
            raise
        # Asked after the answer: only a living engine writes what the hook returns.
        if self._is_alive():
            self.clear(entry)
        else:
            self._keep(replace(entry, state="answered", id=answer.id or entry.id))

    def begin(self, entry: Entry) -> None:
        """Write an entry to disk.

        Raises:
            JournalError: that can't be done.
        """
        self._begun.add(_ending_of(entry.urn))
        try:
            storage.write(
                self._folder / entry.file_name, {**asdict(entry), "at": entry.at or now()}
            )
        except OSError as error:
            raise JournalError(
                _(
                    "the journal of writes in flight can't be written ({why}): nothing was sent",
                    why=error.strerror,
                ),
                advice=_(
                    "make room in {folder} and let this user write there; or set PULUMI_HOME to a "
                    "folder where it may.",
                    folder=self._folder,
                ),
            ) from None

    def may_have(self, urn: str) -> bool:
        """Whether an entry of a resource was there at the first question, or was begun since.

        For a run, since nobody else begins one of its resources while it lasts: most runs find an
        empty folder once, and then need neither a file nor an entry's digests for any resource.
        """
        return bool(self._earlier or self._begun) and _ending_of(urn) in self._earlier | self._begun

    @cached_property
    def _earlier(self) -> frozenset[str]:
        """The ends of the names of the files that were there at the first question."""
        return frozenset(each.name.partition("-")[2] for each in self._files())

    def find(self, wanted: Entry) -> Entry | None:
        """The entry of such a write by this resource; None where none counts."""
        entry = _entry(storage.read(self._folder / wanted.file_name))
        return entry if entry is not None and entry.write == wanted.write else None

    def begun_elsewhere(self, entry: Entry) -> Entry | None:
        """A write of the same, begun by another resource within ten minutes and not ended.

        Another stack's, or one under another name; its outcome isn't known yet.
        """
        # The write's digest comes first in a name, so nobody else's files are opened.
        prefix = entry.file_name.partition("-")[0]
        for other in map(_entry, map(storage.read, self._files(prefix))):
            if other is None or other.urn == entry.urn or seconds_since(other.at) > SHOWN_AFTER:
                continue
            if (other.kind, other.origin, other.key) == (entry.kind, entry.origin, entry.key):
                return other
        return None

    def entries(self) -> tuple[Entry, ...]:
        """Every entry that counts, the oldest first."""
        entries = filter(None, (_entry(storage.read(each)) for each in self._files()))
        return tuple(sorted(entries, key=lambda each: each.at))

    def clear(self, entry: Entry) -> None:
        """Remove an entry, once the outcome of its write is known."""
        storage.remove(self._folder / entry.file_name)

    def tidy(self) -> None:
        """Remove the files of entries that are too old or can't be read."""
        for each in self._files():
            if _entry(storage.read(each)) is None:
                storage.remove(each)

    def _keep(self, entry: Entry) -> None:
        """Rewrite an entry; where that can't be done it stays as it began."""
        try:
            storage.write(self._folder / entry.file_name, asdict(entry))
        except OSError:
            return

    def _files(self, prefix: str = "") -> Iterator[Path]:
        return (each for each in storage.files(self._folder) if each.name.startswith(prefix))


def _entry(content: Mapping[str, object]) -> Entry | None:
    """The entry that a file holds; None when it is none, or too old."""
    kind, fields, at = content.get("kind"), content.get("fields"), str(content.get("at") or "")
    if kind not in get_args(Kind) or not isinstance(fields, dict) or seconds_since(at) > LASTS:
        return None
    state = "answered" if content.get("state") == "answered" else "begun"
    return record_of(Entry, content, kind=kind, state=state)
