"""Moves since an earlier look: a small file between two runs of a pipeline.

The file holds ids of resources, statuses and digests, and nothing that is secret or personal.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from pulumi_smssign.cli.inventory.standing import Standing
from pulumi_smssign.core import storage
from pulumi_smssign.model.digests import digest
from pulumi_smssign.model.durations import now
from pulumi_smssign.model.errors import InputError
from pulumi_smssign.model.records import record_of

_VERSION = 1
_TOLD = ("status", "vendor_status", "reason", "filing", "qualification", "edit_status", "move")
"""All that is worth telling of a signature, and nothing that time alone moves."""


@dataclass(frozen=True)
class Seen:
    """The status of a signature in an earlier look."""

    name: str
    status: str
    digest: str


@dataclass(frozen=True)
class Earlier:
    """An earlier look; `at` is "" when there was none. `seen` is by `Held.key`."""

    at: str = ""
    seen: Mapping[str, Seen] = field(default_factory=dict)


@dataclass(frozen=True)
class Moves:
    """Moves: signatures that moved or are new, and those that the stack no longer has.

    `was` are the earlier statuses, by `Held.key`.
    """

    since: str
    moved: tuple[Standing, ...]
    was: Mapping[str, str]
    left: tuple[Seen, ...]

    @property
    def is_none(self) -> bool:
        """Whether nothing is new."""
        return not self.moved and not self.left


def compare(earlier: Earlier, standings: Sequence[Standing]) -> Moves:
    """The moves since an earlier look; what couldn't be asked for is among them."""
    seen, keys = earlier.seen, {one.held.key for one in standings}
    return Moves(
        earlier.at,
        tuple(one for one in standings if one.trouble or seen.get(one.held.key) != _seen(one)),
        {key: one.status for key, one in seen.items()},
        tuple(one for key, one in seen.items() if key not in keys),
    )


def _seen(one: Standing) -> Seen:
    document = one.as_document()
    return Seen(one.held.name, one.status, digest([document[name] for name in _TOLD]))


def read(file: Path) -> Earlier:
    """The file of an earlier look; empty when there is none yet.

    Raises:
        InputError: the file is something else.
    """
    try:
        document = json.loads(file.read_text(encoding="utf-8"))
        if document["version"] != _VERSION:
            raise ValueError("another version")
        signatures = document["signatures"].items()
        return Earlier(str(document["at"]), {key: record_of(Seen, one) for key, one in signatures})
    except FileNotFoundError:
        return Earlier()
    except OSError as error:
        raise unusable(file, "read", error) from None
    except (ValueError, KeyError, TypeError, AttributeError):
        raise InputError(
            f"the file {file} is not one that `smssign status --changed` wrote",
            advice="name another one, or delete it: the next run then tells of everything.",
        ) from None


def write(file: Path, earlier: Earlier, standings: Sequence[Standing]) -> None:
    """Leave a look for the next run: in one step, readable for the user alone.

    What couldn't be asked for stays as it was seen before.

    Raises:
        InputError: the file can't be written.
    """
    seen = {
        one.held.key: earlier.seen.get(one.held.key) if one.trouble else _seen(one)
        for one in standings
    }
    signatures = {key: asdict(one) for key, one in seen.items() if one}
    try:
        storage.write(file, {"version": _VERSION, "at": now(), "signatures": signatures})
    except OSError as error:
        raise unusable(file, "written", error) from None


def unusable(file: Path, what: str, error: OSError) -> InputError:
    """The error of a file that the user named, and that can't be read or written."""
    return InputError(
        f"the file {file} can't be {what} ({error.strerror})", advice="name another one."
    )
