"""First runs, once for all tests of a process that begin with the same one.

A third of the engine's tests begin with a program as new and its first `pulumi up`. The engine
runs each such program once; a test that begins there later goes on from a copy of what that run
left: the state, Pulumi's home, what the vendors hold and were asked, what was printed.
"""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from pulumi_smssign.sandbox import Sandbox
from pulumi_smssign.sandbox.clock import SystemClock

if TYPE_CHECKING:
    from tests.engine.project import Project, Run

_OWN = ("PULUMI_BACKEND_URL", "PULUMI_HOME", "TMPDIR", "VAULT_SERVER_URL")
"""What differs in the environments of any two projects."""
_FOLDERS = ("state", "home")


@dataclass(frozen=True)
class _Left:
    """What a first run left: a copy of its folders, the vendors' side, and what it printed."""

    folder: Path
    sandbox: Sandbox
    run: Run


_kept: dict[str, _Left] = {}


def first_up(project: Project, sandbox: Sandbox, up: Callable[[], Run]) -> Run:
    """Run a program's first `pulumi up`, or go on from what the same one left."""
    if not _is_new(project, sandbox):
        return up()
    key = _key(project, sandbox)
    if (left := _kept.get(key)) is None:
        run = up()
        if run.succeeded:
            _kept[key] = _Left(_copied(project), _remembered(sandbox), run)
        return run
    for name in _FOLDERS:
        if (left.folder / name).exists():
            shutil.copytree(left.folder / name, project.folder.parent / name, dirs_exist_ok=True)
    _bring(left.sandbox, sandbox)
    project.outputs += left.run.output
    return left.run


def _is_new(project: Project, sandbox: Sandbox) -> bool:
    return not (
        project.resources()
        or project.folder.with_name("home").joinpath("smssign").exists()
        or sandbox.signatures()
        or sandbox.calls()
        or sandbox.faults.list()
        or not isinstance(sandbox.clock, SystemClock)
    )


def _key(project: Project, sandbox: Sandbox) -> str:
    """All that the run depends on, as a digest; the sandbox's port isn't."""
    project.save()
    parts = [
        *(f"{name}={value}" for name, value in project.environment.items() if name not in _OWN),
        sandbox.review_policy,
        repr(sandbox.switches.changed()),
    ]
    for file in sorted(project.folder.rglob("*")):
        content = file.read_bytes() if file.is_file() else b""
        parts += [str(file.relative_to(project.folder)), _digest(content)]
        if file.parent == project.folder and file.suffix == ".yaml":
            parts[-1] = _digest(content.replace(project.sandbox_url.encode(), b""))
    return _digest("\n".join(sorted(parts)).encode())


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


@cache
def _place() -> tempfile.TemporaryDirectory[str]:
    """A folder that is gone with the process."""
    return tempfile.TemporaryDirectory(prefix="smssign-first-up-")


def _copied(project: Project) -> Path:
    folder = Path(tempfile.mkdtemp(dir=_place().name))
    for name in _FOLDERS:
        if (from_ := project.folder.parent / name).exists():
            shutil.copytree(from_, folder / name)
    return folder


def _remembered(sandbox: Sandbox) -> Sandbox:
    kept = Sandbox()
    _bring(sandbox, kept)
    return kept


def _bring(from_: Sandbox, to: Sandbox) -> None:
    """Have one sandbox hold and remember what another does."""
    to.desk.restore(from_.desk.state())
    to.desk.shelf._files.update(from_.desk.shelf._files)
    to.log._calls.extend(from_.log._calls)
    to.log._raw.extend(from_.log._raw)
    to.log._count = from_.log._count
