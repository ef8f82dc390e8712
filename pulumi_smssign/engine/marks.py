"""The mark of an interrupted write: what a run was about to send when it was cut off.

Before a submission or resubmission a small file says so; it is cleared once state has what came of
it. A run that finds a signature and its own mark beside it takes it over by itself. A mark is of
one resource and one application, holds digests and nothing secret, grows old, and promises nothing
when it can't be read.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pulumi_smssign.durations import now, seconds_since
from pulumi_smssign.engine import runs
from pulumi_smssign.lifecycle import SHOWN_AFTER

LASTS = 14 * 24 * 3600.0
"""Seconds after which a mark says nothing any more."""


@dataclass(frozen=True)
class Mark:
    """What was about to be sent.

    `what` is the unique key's digest of a submission, or the id of what was resubmitted; `fields`
    are the digests of the application's fields, by name.
    """

    urn: str
    origin: str
    what: str
    fields: Mapping[str, str]


@dataclass(frozen=True)
class Begun:
    """A write that another resource has begun: its URN, and how many seconds ago."""

    urn: str
    ago: float


class Marks:
    """The marks of this user on this machine, a file each.

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
        kept = runs.read(self._folder / name)
        fields = kept.get("fields")
        if not isinstance(fields, dict) or seconds_since(str(kept.get("at") or "")) > LASTS:
            return None
        if (kept.get("urn"), kept.get("origin"), kept.get("what")) != (urn, origin, what):
            return None
        return Mark(urn, origin, what, {str(key): str(value) for key, value in fields.items()})

    def begun_elsewhere(self, urn: str, origin: str, what: str) -> Begun | None:
        """Such a write by another resource, of another stack or program, within ten minutes."""
        for name in self._files():
            kept = runs.read(self._folder / name)
            ago = seconds_since(str(kept.get("at") or ""))
            another = str(kept.get("urn") or "")
            is_same = (kept.get("origin"), kept.get("what")) == (origin, what)
            if is_same and another not in ("", urn) and ago < SHOWN_AFTER:
                return Begun(another, ago)
        return None

    def clear(self, urn: str, origin: str, *whats: str) -> None:
        """Forget the marks of these writes: state has what came of them, or nothing was sent."""
        for what in whats:
            name = _name(urn, origin, what)
            if name in self._known():
                self._known().discard(name)
                with contextlib.suppress(OSError):
                    (self._folder / name).unlink()

    def _known(self) -> set[str]:
        """The names of the files there are; looked up once, since there are hardly ever any."""
        if self._names is None:
            self._names = self._files()
        return self._names

    def _files(self) -> set[str]:
        try:
            return {each.name for each in self._folder.iterdir()}
        except OSError:
            return set()


def _name(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32] + ".json"
