"""The mark of an interrupted write: what a run was about to send when it was cut off.

Before a submission, resubmission or deletion a small file says so; it is cleared once state has
what came of it. A run that finds a signature and its own mark beside it takes it over by itself,
and asks for what was being deleted. A mark is of one resource and one application, holds its text,
digests and nothing secret, grows old, and promises nothing when it can't be read.
"""

from __future__ import annotations

import contextlib
import fnmatch
import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pulumi_smssign.durations import now, seconds_since
from pulumi_smssign.engine import runs
from pulumi_smssign.lifecycle import SHOWN_AFTER

LASTS = runs.MARKS_LAST
"""Seconds after which a mark says nothing any more."""
LEFT_BEHIND = 24 * 3600.0
"""Seconds within which what a mark tells of is taken for this resource's under another text."""


@dataclass(frozen=True)
class Mark:
    """What was about to be sent.

    `what` is the unique key's digest of a submission, the id of what was resubmitted, or
    `deletion_of` what was deleted; `fields` are the digests of the application's fields, by name.
    `unique` are the fields of a submission's unique key as they stand, its text among them: with
    them the vendor is asked for it when the program says another one by then. `at` is when
    (ISO 8601), "" for one that is still to be kept.
    """

    urn: str
    origin: str
    what: str
    fields: Mapping[str, str]
    unique: Mapping[str, object] = field(default_factory=dict)
    at: str = field(default="", compare=False)


@dataclass(frozen=True)
class Begun:
    """A write that another resource has begun: its URN, and how many seconds ago."""

    urn: str
    ago: float


class Marks:
    """The marks of this user on this machine, a file each.

    A file's name tells whose mark it is and of what, so that of many only those are read that may
    be meant: after a first run there is one for each resource.

    Args:
        folder: where they are kept.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._names: set[str] | None = None

    def keep(self, mark: Mark) -> None:
        """Keep a mark, on disk before anything is sent."""
        name = _name(mark.urn, mark.origin, mark.what)
        self._known().add(name)
        runs.write(self._folder / name, {**vars(mark), "at": now()}, durable=True)

    def find(self, urn: str, origin: str, what: str) -> Mark | None:
        """The mark of such a write by this resource; None when there is none that counts."""
        name = _name(urn, origin, what)
        if name not in self._known():
            return None
        mark = _mark(runs.read(self._folder / name))
        if mark is None or (mark.urn, mark.origin, mark.what) != (urn, origin, what):
            return None
        return mark

    def begun_elsewhere(self, urns: Collection[str], origin: str, what: str) -> Begun | None:
        """Such a write by another resource, of another stack or program, within ten minutes.

        One of another vendor is none: all of a sandbox's vendors have one origin, and may have one
        text. `urns` are those of the resource itself.
        """
        kinds = set(map(_type, urns))
        for name in fnmatch.filter(self._files(), _name("*", origin, what)):
            kept = runs.read(self._folder / name)
            ago = seconds_since(str(kept.get("at") or ""))
            another = str(kept.get("urn") or "")
            is_same = (kept.get("origin"), kept.get("what")) == (origin, what)
            is_other = another not in ("", *urns) and _type(another) in kinds
            if is_same and is_other and ago < SHOWN_AFTER:
                return Begun(another, ago)
        return None

    def left_by(self, urn: str, origin: str, *known: str) -> tuple[Mark, ...]:
        """The submissions that this very resource has begun within a day, and no state has.

        Args:
            urn: the resource.
            origin: where it submits.
            known: what is none of them: the unique keys that the state and the program have.
        """
        own = sorted(name for name in self._known() if name.startswith(_digest(urn)))
        kept = (runs.read(self._folder / name) for name in own)
        return tuple(
            mark
            for mark in map(_mark, kept)
            if mark is not None
            and (mark.urn, mark.origin) == (urn, origin)
            and mark.unique
            and mark.what not in known
            and seconds_since(mark.at) < LEFT_BEHIND
        )

    def settle(self, urn: str, origin: str, what: str, accepted_at: str) -> None:
        """Forget the mark of a submission that state has, and not that of a later one.

        A replacement that deletes first submits the same text again; while it is cut off, state
        still has what was deleted.

        Args:
            urn: the resource.
            origin: where it was submitted.
            what: its unique key's digest.
            accepted_at: when the vendor accepted what state has (ISO 8601), or "".
        """
        mark = self.find(urn, origin, what)
        is_later = mark is not None and seconds_since(mark.at) < seconds_since(accepted_at)
        if not (accepted_at and is_later):
            self.clear(urn, origin, what)

    def clear(self, urn: str, origin: str, *whats: str) -> None:
        """Forget the marks of these writes: state has what came of them, or nothing was sent."""
        for what in whats:
            name = _name(urn, origin, what)
            if name in self._known():
                self._known().discard(name)
                with contextlib.suppress(OSError):
                    (self._folder / name).unlink()

    def _known(self) -> set[str]:
        """The names of the files there are, looked up once."""
        if self._names is None:
            self._names = self._files()
        return self._names

    def _files(self) -> set[str]:
        try:
            return {each.name for each in self._folder.iterdir()}
        except OSError:
            return set()


def _type(urn: str) -> str:
    """The resource's own type in a URN, without its parents': each vendor's is another."""
    return urn.rpartition("::")[0].rpartition("::")[2].rpartition("$")[2]


def deletion_of(id_: str) -> str:
    """What the mark of a signature's deletion is about."""
    return f"deletion of {id_}"


def _mark(kept: Mapping[str, Any]) -> Mark | None:
    """The mark that a file holds; None when it is none, or too old."""
    fields, unique = kept.get("fields"), kept.get("unique")
    if not isinstance(fields, dict) or seconds_since(str(kept.get("at") or "")) > LASTS:
        return None
    return Mark(
        urn=str(kept.get("urn") or ""),
        origin=str(kept.get("origin") or ""),
        what=str(kept.get("what") or ""),
        fields={str(key): str(value) for key, value in fields.items()},
        unique=unique if isinstance(unique, dict) else {},
        at=str(kept["at"]),
    )


def _name(urn: str, origin: str, what: str) -> str:
    """A mark's file; with "*" for the URN, the pattern of all resources' marks of the same."""
    whose = urn if urn == "*" else _digest(urn)
    return f"{whose}-{_digest(origin, what)}.json"


def _digest(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]
