"""What a preview has said, kept for the run that follows it.

`pulumi up` previews in one process and acts in another. Between them a reviewer may approve, or a
file may change; then the run would do something else than what was agreed to (replace an approved
signature, send another file). So a preview leaves a small note, and the run that finds its own
view to differ stops before any write. A note that can't be kept or is a day old promises nothing,
and so does a preview of a resource whose URN the plugin isn't told.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pulumi_smssign import evidence as proof
from pulumi_smssign.errors import ReviewMovedError
from pulumi_smssign.lifecycle import Decision, Replace

_LASTS = 24 * 3600.0
_EVIDENCE = "evidence"
_DECISION = "decision"
_PROCESS = "process"


def evidence(urn: str, fields: Mapping[str, object], *, preview: bool) -> None:
    """Keep, or hold the run to, the proof files that the preview examined.

    Raises:
        EvidenceError: a file has another content than in the preview.
    """
    digests = {name: _digests(value) for name, value in fields.items() if _digests(value)}
    if preview:
        _keep(urn, {**_own(urn), _EVIDENCE: digests})
        return
    promised = _promised(urn).get(_EVIDENCE, {})
    for name, digest in digests.items():
        if name in promised and promised[name] != digest:
            settle(urn, preview=False)
            raise proof.changed(_first_path(fields[name]))


def decision(urn: str, made: Decision, *, preview: bool) -> None:
    """Keep, or hold the run to, what the preview said that a change means.

    Raises:
        ReviewMovedError: the preview said that it would be changed in place, and now it would
            be replaced, or the other way round.
    """
    kind = f"{type(made).__name__}" + ("-first" if _deletes_first(made) else "")
    if preview:
        _keep(urn, {**_own(urn), _DECISION: kind})
        return
    promised = _promised(urn).get(_DECISION)
    settle(urn, preview=False)
    if promised not in (None, kind):
        raise ReviewMovedError(
            "the change would do something else now than the preview said, since the review, or a "
            "value that the preview could not know, has turned out otherwise; nothing was changed",
            advice="run `pulumi up` again: the preview will show what it does "
            f"({'replace the signature' if isinstance(made, Replace) else 'change it in place'}).",
        )


def settle(urn: str, *, preview: bool) -> None:
    """The run has come to the point that was promised: forget the note, unless this previews."""
    if not preview:
        try:
            _note(urn).unlink()
        except OSError:
            return


def _deletes_first(made: Decision) -> bool:
    return isinstance(made, Replace) and made.delete_first


def _digests(value: object) -> list[str]:
    if isinstance(value, Mapping):
        return [str(value["sha256"])] if "sha256" in value else []
    if isinstance(value, list | tuple):
        return [digest for item in value for digest in _digests(item)]
    return []


def _first_path(value: object) -> str:
    file = value[0] if isinstance(value, list | tuple) else value
    return str(file["path"]) if isinstance(file, Mapping) else ""


def _note(urn: str) -> Path:
    home = os.environ.get("PULUMI_HOME") or Path.home() / ".pulumi"
    backend = os.environ.get("PULUMI_BACKEND_URL", "")
    name = hashlib.sha256(f"{backend}\n{urn}".encode()).hexdigest()[:32]
    return Path(home) / "smssign" / f"{name}.json"


def _keep(urn: str, promise: Mapping[str, object]) -> None:
    if not urn:
        return
    note = _note(urn)
    draft = note.with_suffix(f".{os.getpid()}")
    try:
        note.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft.write_text(
            json.dumps({**promise, _PROCESS: os.getpid(), "at": time.time()}), encoding="utf-8"
        )
        draft.replace(note)
    except OSError:
        return


def _own(urn: str) -> dict[str, Any]:
    """What this very preview has noted so far: a replacement is checked a second time."""
    promise = _promised(urn)
    return promise if promise.get(_PROCESS) == os.getpid() else {}


def _promised(urn: str) -> dict[str, Any]:
    try:
        promise = json.loads(_note(urn).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    fresh = isinstance(promise, dict) and time.time() - promise.get("at", 0) < _LASTS
    return promise if fresh else {}
