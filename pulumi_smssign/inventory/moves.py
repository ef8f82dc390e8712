"""What moved since an earlier look: a small file between two runs of a pipeline.

The file holds ids of resources, statuses and digests, and nothing that is secret or personal.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pulumi_smssign.core import storage
from pulumi_smssign.inventory.standing import Standing
from pulumi_smssign.model.durations import now
from pulumi_smssign.model.errors import InputError

_VERSION = 1


@dataclass(frozen=True)
class Seen:
    """What an earlier look found of a signature."""

    name: str
    status: str
    digest: str


@dataclass(frozen=True)
class Earlier:
    """An earlier look; `at` is "" when there was none."""

    at: str = ""
    seen: Mapping[str, Seen] = field(default_factory=dict)


@dataclass(frozen=True)
class Moves:
    """What is new: signatures that moved or are new, and those that the stack no longer has.

    `was` are the earlier statuses of those that moved, by `Held.key`.
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
    """What moved; what couldn't be asked for is told too, since nobody knows."""
    seen = earlier.seen
    moved = tuple(
        one
        for one in standings
        if one.trouble or one.held.key not in seen or seen[one.held.key].digest != digest_of(one)
    )
    keys = {one.held.key for one in standings}
    return Moves(
        earlier.at,
        moved,
        {one.held.key: seen[one.held.key].status for one in moved if one.held.key in seen},
        tuple(each for key, each in seen.items() if key not in keys),
    )


def digest_of(one: Standing) -> str:
    """All that is worth telling of a signature, and nothing that time alone moves."""
    document = one.as_document()
    told = ("status", "vendor_status", "reason", "filing", "qualification", "edit_status", "move")
    text = json.dumps([document[name] for name in told], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:24]


def read(file: Path) -> Earlier:
    """What an earlier run has left; nothing when there is no file yet.

    Raises:
        InputError: the file is something else.
    """
    try:
        document = json.loads(file.read_text(encoding="utf-8"))
        if document["version"] != _VERSION:
            raise ValueError("another version")
        seen = {
            str(key): Seen(str(one["name"]), str(one["status"]), str(one["digest"]))
            for key, one in document["signatures"].items()
        }
        return Earlier(str(document["at"]), seen)
    except FileNotFoundError:
        return Earlier()
    except OSError as error:
        raise InputError(
            f"the file {file} can't be read ({error.strerror})", advice="name another one."
        ) from None
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
    signatures = {
        one.held.key: {"name": one.held.name, "status": one.status, "digest": digest_of(one)}
        for one in standings
        if not one.trouble
    }
    for one in standings:
        if one.trouble and one.held.key in earlier.seen:
            signatures[one.held.key] = dict(vars(earlier.seen[one.held.key]))
    try:
        storage.write(file, {"version": _VERSION, "at": now(), "signatures": signatures})
    except OSError as error:
        raise InputError(
            f"the file {file} can't be written ({error.strerror})", advice="name another one."
        ) from None
