"""What a preview has announced, for the run of the same command that follows it.

`pulumi up` previews in one process and acts in another. Between them a reviewer may approve, or a
file may change; then the run would do something else than what was agreed to. So a preview notes
for each resource what it has said: the kind of decision, the signature and its status, and the
digests of the proof files. The note belongs to one run of the command and lasts as long as that.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pulumi_smssign import evidence as proof
from pulumi_smssign.engine import runs
from pulumi_smssign.errors import ReviewMovedError
from pulumi_smssign.lifecycle import Decision, Replace, Resubmit, Review

_WHY = (
    "the change would do something else now than the preview said, since the review, or a value "
    "that the preview could not know, has turned out otherwise; nothing was changed"
)


@dataclass(frozen=True)
class Announcement:
    """What a preview has said of a signature."""

    kind: str
    id: str
    vendor_status: str

    @classmethod
    def of(cls, decision: Decision, review: Review | None) -> Announcement:
        """What a decision about a signature that stands so amounts to."""
        first = isinstance(decision, Replace) and decision.delete_first
        loses = isinstance(decision, Resubmit) and decision.loses
        return cls(
            type(decision).__name__ + ("-first" if first else "-losing" if loses else ""),
            review.id if review else "",
            review.vendor_status if review else "",
        )


class Announcements:
    """The notes of one run, a file for each resource.

    Args:
        folder: the run's folder; None where the run can't be told from another, and then nothing
            is announced.
    """

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    def announce(self, urn: str, decision: Decision, review: Review | None) -> None:
        """Note what the preview says that a change means."""
        self._keep(urn, decision=vars(Announcement.of(decision, review)))

    def announce_files(self, urn: str, fields: Mapping[str, object]) -> None:
        """Note the proof files that the preview has examined."""
        self._keep(urn, files=_digests(fields))

    def hold_to(self, urn: str, decision: Decision, review: Review | None) -> None:
        """Hold a run to what its preview said of a resource, if it said anything.

        Raises:
            ReviewMovedError: the run would do something else.
        """
        said, now = self._said(urn), Announcement.of(decision, review)
        if said is None or (said.kind, said.id) == (now.kind, now.id):
            return
        means = "replace the signature" if isinstance(decision, Replace) else "change it in place"
        raise ReviewMovedError(
            _WHY, advice=f"run `pulumi up` again: the preview will show what it does ({means})."
        )

    def hold_to_loss(self, urn: str, decision: Decision, review: Review) -> None:
        """Let what is approved be lost only when this run's preview said exactly that.

        Raises:
            ReviewMovedError: it did not.
        """
        said = self._said(urn)
        if said == Announcement.of(decision, review):
            return
        fate = "deleted first" if isinstance(decision, Replace) else "out of use"
        name = f"【{review.text}】 ({review.id}) is {review.status} and would be {fate}"
        if said is not None or self._read(urn):
            raise ReviewMovedError(
                f"{name}: {_WHY}",
                advice=f"run `pulumi up` again: the preview will show that it is {fate}.",
            )
        raise ReviewMovedError(
            f"{name}, and no preview of this run has announced it; nothing was changed",
            advice="run `pulumi up` without --skip-preview: its preview says what happens, and the "
            "run does it. Where there is no preview (Automation API, pipelines), give the resource "
            "pulumi.ResourceOptions(delete_before_replace=True).",
        )

    def hold_to_files(self, urn: str, fields: Mapping[str, object]) -> None:
        """Hold a run to the proof files of its preview.

        Raises:
            EvidenceError: a file has another content than in the preview.
        """
        promised = self._read(urn).get("files")
        if not isinstance(promised, Mapping):
            return
        for name, digests in _digests(fields).items():
            if isinstance(promised.get(name), list) and promised[name] != digests:
                raise proof.changed(_first_path(fields[name]))

    def has_any(self) -> bool:
        """Whether a preview of this run has noted anything."""
        return self._folder is not None and self._folder.is_dir() and any(self._folder.iterdir())

    def _said(self, urn: str) -> Announcement | None:
        said = self._read(urn).get("decision")
        names = ("kind", "id", "vendor_status")
        if not isinstance(said, Mapping) or not all(
            isinstance(said.get(name), str) for name in names
        ):
            return None
        return Announcement(**{name: said[name] for name in names})

    def _keep(self, urn: str, **part: object) -> None:
        if self._folder and urn:
            runs.write(self._file(urn, self._folder), {**self._read(urn), **part})

    def _read(self, urn: str) -> dict[str, Any]:
        return runs.read(self._file(urn, self._folder)) if self._folder else {}

    @staticmethod
    def _file(urn: str, folder: Path) -> Path:
        return folder / f"{hashlib.sha256(urn.encode()).hexdigest()[:32]}.json"


def _digests(fields: Mapping[str, object]) -> dict[str, list[str]]:
    found = {name: _of_files(value) for name, value in fields.items()}
    return {name: digests for name, digests in found.items() if digests}


def _of_files(value: object) -> list[str]:
    if isinstance(value, Mapping):
        return [str(value["sha256"])] if "sha256" in value else []
    if isinstance(value, list | tuple):
        return [digest for item in value for digest in _of_files(item)]
    return []


def _first_path(value: object) -> str:
    file = value[0] if isinstance(value, list | tuple) else value
    return str(file["path"]) if isinstance(file, Mapping) else ""
