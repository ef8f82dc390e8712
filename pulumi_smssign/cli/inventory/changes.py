"""Changes since an earlier look, by a small file between two runs of a pipeline.

The file holds ids of resources, statuses and digests, and nothing that is secret or personal.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from pulumi_smssign.cli.inventory.document import document_of
from pulumi_smssign.cli.inventory.standing import Standing
from pulumi_smssign.contract.files import read_text
from pulumi_smssign.core import storage
from pulumi_smssign.model.digests import digest
from pulumi_smssign.model.durations import now
from pulumi_smssign.model.errors import InputError
from pulumi_smssign.model.language import _
from pulumi_smssign.model.records import record_of

_VERSION = 1
_LARGEST = 16 << 20
"""Bytes; the file of a stack with 10,000 signatures has fewer."""
_COMPARED = ("status", "vendor_status", "reason", "filing", "qualification", "edit_status", "move")
"""The keys of a document that make a change; what time alone moves is not among them."""


@dataclass(frozen=True)
class Snapshot:
    """The status of a signature in an earlier look."""

    name: str
    status: str
    digest: str


@dataclass(frozen=True)
class Earlier:
    """An earlier look; `at` is "" when there was none. `snapshots` is by `StackSignature.key`.

    `delivered` are the snapshots that each robot was told of, by the robot's key.
    """

    at: str = ""
    snapshots: Mapping[str, Snapshot] = field(default_factory=dict)
    delivered: Mapping[str, Mapping[str, Snapshot]] = field(default_factory=dict)


@dataclass(frozen=True)
class Changes:
    """Changes: signatures that changed or are new, and those that the stack no longer has.

    `earlier_statuses` is by `StackSignature.key`.
    """

    since: str
    changed: tuple[Standing, ...]
    earlier_statuses: Mapping[str, str]
    removed: tuple[Snapshot, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing has changed."""
        return not self.changed and not self.removed

    @property
    def without_troubles(self) -> Changes:
        """The changes without the signatures that couldn't be asked for."""
        asked = tuple(standing for standing in self.changed if not standing.trouble)
        return replace(self, changed=asked)


def compare(earlier: Earlier, standings: Sequence[Standing]) -> Changes:
    """The changes since an earlier look; a signature that couldn't be asked for is among them."""
    snapshots, keys = earlier.snapshots, {standing.signature.key for standing in standings}

    def is_news(standing: Standing) -> bool:
        before = snapshots.get(standing.signature.key)
        return bool(standing.trouble) or before is None or before != _snapshot(standing)

    return Changes(
        earlier.at,
        tuple(filter(is_news, standings)),
        {key: snapshot.status for key, snapshot in snapshots.items()},
        tuple(snapshot for key, snapshot in snapshots.items() if key not in keys),
    )


def _snapshot(standing: Standing) -> Snapshot:
    document = document_of(standing)
    compared = digest([document[name] for name in _COMPARED])
    return Snapshot(standing.signature.label, standing.status, compared)


def read(file: Path) -> Earlier:
    """The earlier look that a file holds; an empty one when there is no file yet.

    Raises:
        InputError: the file is something else.
    """
    try:
        document = json.loads(read_text(file, _LARGEST))
        # A version of its own: the file of a later release must not be read as an empty look.
        if document["version"] != _VERSION:
            raise ValueError("another version")
        delivered = {
            key: _snapshots(entries) for key, entries in document.get("delivered", {}).items()
        }
        return Earlier(str(document["at"]), _snapshots(document["signatures"]), delivered)
    except FileNotFoundError:
        return Earlier()
    except OSError as error:
        raise InputError(
            _("the file {file} can't be read ({reason})", file=file, reason=error.strerror),
            advice=_("name another file."),
        ) from None
    # RecursionError: an object that is nested too deep.
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise InputError(
            _("`smssign status --changed` did not write the file {file}", file=file),
            advice=_("name another file, or delete this one: the next run then prints everything."),
        ) from None


def _snapshots(entries: Mapping[str, Mapping[str, object]]) -> dict[str, Snapshot]:
    return {key: record_of(Snapshot, entry) for key, entry in entries.items()}


def snapshots_after(
    earlier: Mapping[str, Snapshot], standings: Sequence[Standing]
) -> dict[str, Snapshot]:
    """The snapshots of a look, by `StackSignature.key`.

    A signature that couldn't be asked for stays as it was in the earlier look: the run that can
    ask again then tells what has changed since.
    """
    snapshots = {
        standing.signature.key: earlier.get(standing.signature.key)
        if standing.trouble
        else _snapshot(standing)
        for standing in standings
    }
    return {key: snapshot for key, snapshot in snapshots.items() if snapshot}


def write(
    file: Path,
    earlier: Earlier,
    standings: Sequence[Standing],
    delivered: Mapping[str, Mapping[str, Snapshot]] | None = None,
) -> Earlier:
    """Write a look for the next run: in one step, readable for the user alone.

    Args:
        file: the file.
        earlier: the look before.
        standings: the look.
        delivered: the snapshots that each robot was told of; None for those of the earlier look.

    Returns:
        The look as the next run reads it.

    Raises:
        InputError: the file can't be written.
    """
    look = Earlier(
        now(),
        snapshots_after(earlier.snapshots, standings),
        earlier.delivered if delivered is None else delivered,
    )
    document: dict[str, object] = {
        "version": _VERSION,
        "at": look.at,
        "signatures": _entries(look.snapshots),
    }
    if look.delivered:
        document["delivered"] = {
            robot: _entries(snapshots) for robot, snapshots in look.delivered.items()
        }
    try:
        storage.write(file, document)
    except OSError as error:
        raise unwritten(file, error) from None
    return look


def _entries(snapshots: Mapping[str, Snapshot]) -> dict[str, dict[str, str]]:
    return {key: asdict(snapshot) for key, snapshot in snapshots.items()}


def unwritten(file: Path, error: OSError) -> InputError:
    """The error about a file of the user's that can't be written."""
    return InputError(
        _("the file {file} can't be written ({reason})", file=file, reason=error.strerror),
        advice=_("name another file."),
    )
