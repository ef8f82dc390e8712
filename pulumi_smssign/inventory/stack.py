"""A stack as the `pulumi` command tells of it: its configuration, and what its state holds."""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

from pulumi_smssign.model.errors import InputError
from pulumi_smssign.model.redaction import HIDDEN

Document: TypeAlias = dict[str, Any]

_LONGEST = 120.0
"""Seconds that a command of Pulumi's may take."""
_MARK = "4dabf18193072939515e22adb298388d"
"""The key by which Pulumi's state tells a secret from an object."""
_MAIN = re.compile(r"""(?m)^["']?main["']?\s*:\s*["']?([^"'#\n]+?)["']?\s*(?:#.*)?$""")
_OWN = "smssign:"
_PROJECT_FILES = ("Pulumi.yaml", "Pulumi.yml")


@dataclass(frozen=True)
class Setting:
    """One value of a stack's configuration; an object comes as JSON text."""

    value: str = field(repr=False)
    is_secret: bool = False


class Settings:
    """What a stack's configuration has for this package, by full keys such as `smssign:tencent`."""

    def __init__(self, settings: Mapping[str, Setting]) -> None:
        self._settings = settings

    def get(self, key: str) -> str | None:
        """The value of a key, as a provider is given it."""
        found = self._settings.get(key)
        return found.value if found else None

    def is_secret(self, key: str) -> bool:
        """Whether the key's value is encrypted in the stack's file."""
        found = self._settings.get(key)
        return found is not None and found.is_secret

    def own_keys(self) -> list[str]:
        """The keys there are; each begins with `smssign:`."""
        return sorted(self._settings)


@dataclass(frozen=True)
class Stack:
    """A stack, or nothing but the environment where there is no project.

    `folder` is where the program runs, so that paths of proof files begin there. `resources` are
    those of its state; a secret value is "[secret]".
    """

    folder: Path
    name: str = ""
    settings: Settings = field(default_factory=lambda: Settings({}))
    resources: tuple[Document, ...] = ()

    @property
    def is_there(self) -> bool:
        """Whether there is a stack at all."""
        return bool(self.name)


def open_stack(cwd: Path, name: str | None, *, needed: bool = True) -> Stack:
    """The stack of a project's folder.

    Args:
        cwd: a folder in the project.
        name: which stack; None for the one that is selected.
        needed: whether to refuse where there is no project; else only the environment counts.

    Raises:
        InputError: there is no project or stack, or `pulumi` can't tell of it.
    """
    project = _project_of(cwd)
    if project is None and not needed and name is None:
        return Stack(cwd)
    which = ("--stack", name) if name else ()
    export = _start(cwd, "stack", "export", *which)
    try:
        config = _start(cwd, "config", "--json", "--show-secrets", *which)
        try:
            resources = _resources(_answer(export, "pulumi stack export"))
            settings = _settings(_answer(config, "pulumi config"))
        finally:
            _end(config)
    finally:
        _end(export)
    folder = _program_of(project) if project else cwd
    return Stack(folder, name or _name_of(resources) or "(selected)", settings, resources)


def _project_of(cwd: Path) -> Path | None:
    """The project's file, in the folder or above it."""
    absolute = cwd.resolve()
    for folder in (absolute, *absolute.parents):
        for name in _PROJECT_FILES:
            if (folder / name).is_file():
                return folder / name
    return None


def _program_of(project: Path) -> Path:
    """Where the program runs: the project's folder, or the one that `main` names."""
    found = _MAIN.search(project.read_text(encoding="utf-8", errors="replace"))
    if found is None:
        return project.parent
    place = project.parent / found[1]
    return place if place.is_dir() else place.parent


def _start(cwd: Path, *arguments: str) -> subprocess.Popen[bytes]:
    try:
        return subprocess.Popen(  # noqa: S603 - the arguments are ours and the user's own
            ("pulumi", *arguments, "--non-interactive", "--color", "never"),  # noqa: S607
            cwd=cwd,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**os.environ, "PULUMI_SKIP_UPDATE_CHECK": "true"},
        )
    except FileNotFoundError:
        if not cwd.is_dir():
            raise InputError(f"there is no folder {cwd}", advice="name another one.") from None
        raise InputError(
            "the program `pulumi` is not on the PATH",
            advice="install Pulumi, or add its folder to PATH.",
        ) from None


def _answer(process: subprocess.Popen[bytes], command: str) -> Any:  # noqa: ANN401 - JSON
    try:
        out, err = process.communicate(timeout=_LONGEST)
    except subprocess.TimeoutExpired:
        raise InputError(
            f"`{command}` gave no answer in {_LONGEST:g} seconds",
            advice="run it by hand to see what it waits for.",
        ) from None
    if process.returncode:
        words = err.decode(errors="replace") or out.decode(errors="replace")
        raise InputError(
            f"`{command}` failed",
            vendor="pulumi",
            words=" ".join(words.split()).removeprefix("error: "),
            advice="name the project's folder with --cwd and the stack with --stack, and see that "
            "`pulumi stack` works there.",
        )
    try:
        return json.loads(out)
    except ValueError:
        raise InputError(
            f"`{command}` printed something else than JSON", advice="run it by hand to see it."
        ) from None


def _end(process: subprocess.Popen[bytes]) -> None:
    """End what still runs, when the other command has failed or the user has had enough."""
    if process.poll() is None:
        process.kill()
        process.communicate()


def _settings(told: object) -> Settings:
    entries = told.items() if isinstance(told, Mapping) else ()
    return Settings(
        {
            str(key): Setting(_text(entry), bool(entry.get("secret")))
            for key, entry in entries
            if isinstance(entry, Mapping) and str(key).startswith(_OWN)
        }
    )


def _text(entry: Mapping[str, Any]) -> str:
    value = entry.get("value", entry.get("objectValue", ""))
    return value if isinstance(value, str) else json.dumps(value)


def _resources(told: object) -> tuple[Document, ...]:
    deployment = told.get("deployment") if isinstance(told, Mapping) else None
    found = deployment.get("resources") if isinstance(deployment, Mapping) else None
    return tuple(_shown(each) for each in found or () if isinstance(each, Mapping))


def _name_of(resources: Iterable[Mapping[str, Any]]) -> str:
    """The stack's name, the third part of every URN."""
    for each in resources:
        parts = str(each.get("urn", "")).split(":")
        if len(parts) > 2:  # noqa: PLR2004 - urn:pulumi:NAME
            return parts[2]
    return ""


def _shown(value: Any) -> Any:  # noqa: ANN401 - state is JSON
    """A value of state with "[secret]" for what is encrypted in it."""
    if isinstance(value, Mapping):
        if _MARK in value:
            return HIDDEN
        return {name: _shown(item) for name, item in value.items()}
    if isinstance(value, list):
        return [_shown(item) for item in value]
    return value
