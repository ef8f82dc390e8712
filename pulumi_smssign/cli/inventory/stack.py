"""A stack as the `pulumi` command tells of it: its configuration, and what its state holds."""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path
from typing import Any, TypeAlias

from pulumi_smssign.cli.inventory.held import Held, held_by
from pulumi_smssign.core.accounts import DEFAULT, SANDBOX_KEY, Accounts
from pulumi_smssign.core.registry import VENDORS, named
from pulumi_smssign.model.errors import InputError
from pulumi_smssign.model.redaction import HIDDEN

Document: TypeAlias = dict[str, Any]
Account = tuple[str, str]
"""A vendor's name and the account's name in the configuration."""

_LONGEST = 120.0
"""Seconds that a command of Pulumi's may take."""
_MARK = "4dabf18193072939515e22adb298388d"
"""The key by which Pulumi's state tells a secret from an object."""
_MAIN = re.compile(r"""(?m)^["']?main["']?\s*:\s*["']?([^"'#\n]+?)["']?\s*(?:#.*)?$""")
_NAME = re.compile("urn:pulumi:([^:]+)")
_OWN = "smssign:"
_PROJECT_FILES = ("Pulumi.yaml", "Pulumi.yml")


def account_of(key: str) -> Account | None:
    """The account that a configuration's key means; None for one that is nobody's."""
    vendor, dash, account = key.removeprefix(_OWN).partition("-")
    if vendor not in VENDORS or (dash and not account):
        return None
    return vendor, account or DEFAULT


@dataclass(frozen=True)
class Settings:
    """Settings of a stack for this package, by full keys such as `smssign:tencent`.

    An object's value is JSON text. `secret` are the keys whose values are encrypted in the file.
    """

    values: Mapping[str, str] = field(default_factory=dict, repr=False)
    secret: frozenset[str] = frozenset()

    def get(self, key: str) -> str | None:
        """The value of a key, as a provider is given it."""
        return self.values.get(key)


@dataclass(frozen=True)
class Stack:
    """A stack, or nothing but the environment where there is no project.

    `folder` is where the program runs, so that paths of proof files begin there. `name` is "" where
    there is no stack. `resources` are those of its state; a secret value is "[secret]".
    """

    folder: Path
    name: str = ""
    settings: Settings = Settings()
    resources: tuple[Document, ...] = ()

    @cached_property
    def accounts(self) -> Accounts:
        """The accounts that it is configured with."""
        return Accounts(self.settings)

    @cached_property
    def held(self) -> list[Held]:
        """The signatures that its state tells of."""
        return held_by(self.resources)

    @property
    def accounts_there(self) -> list[Account]:
        """Every account that configuration, environment or state names; in a sandbox all vendors'.

        They are in the vendors' order.
        """
        in_sandbox = bool(self.settings.get(SANDBOX_KEY))
        found = {account for key in self.settings.values if (account := account_of(key))}
        found |= {(one.vendor, one.account) for one in self.held}
        found |= {(vendor, DEFAULT) for vendor in VENDORS if in_sandbox or _is_set(vendor)}
        return sorted(found, key=lambda one: (VENDORS.index(one[0]), one[1] != DEFAULT, one[1]))


def _is_set(vendor: str) -> bool:
    """Whether the environment has a part of who asks."""
    model = named(vendor).credentials
    variables = [name for key, name in model.environment.items() if key in model.identity]
    return any(map(os.environ.get, variables))


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
    with (
        _asked(cwd, "pulumi stack export", *which) as export,
        _asked(cwd, "pulumi config", "--json", "--show-secrets", *which) as config,
    ):
        deployment, settings = export().get("deployment") or {}, _settings(config())
    resources = tuple(map(_shown, deployment.get("resources") or ()))
    folder = _program_of(project) if project else cwd
    return Stack(folder, name or _name_of(resources) or "(selected)", settings, resources)


def _project_of(cwd: Path) -> Path | None:
    """The project's file, in the folder or above it."""
    folder = cwd.resolve()
    files = (each / name for each in (folder, *folder.parents) for name in _PROJECT_FILES)
    return next((file for file in files if file.is_file()), None)


def _program_of(project: Path) -> Path:
    """Where the program runs: the project's folder, or the one that `main` names."""
    found = _MAIN.search(project.read_text(encoding="utf-8", errors="replace"))
    place = project.parent / found[1] if found else project.parent
    return place if place.is_dir() else place.parent


@contextmanager
def _asked(cwd: Path, command: str, *options: str) -> Iterator[Callable[[], Document]]:
    """A command of Pulumi's that begins at once; what it yields waits for its JSON.

    It is ended with the block, when another command has failed or the user has had enough.
    """
    try:
        process = subprocess.Popen(  # noqa: S603 - the command is ours, the options the user's own
            (*command.split(), *options, "--non-interactive", "--color", "never"),
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
    try:
        yield partial(_answer, process, command)
    finally:
        if process.poll() is None:
            process.kill()
            process.communicate()


def _answer(process: subprocess.Popen[bytes], command: str) -> Document:
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
            vendor_message=" ".join(words.split()).removeprefix("error: "),
            advice="name the project's folder with --cwd and the stack with --stack, and see that "
            "`pulumi stack` works there.",
        )
    try:
        document: Document = json.loads(out)
    except ValueError:
        raise InputError(
            f"`{command}` printed something else than JSON", advice="run it by hand to see it."
        ) from None
    return document


def _settings(config: Document) -> Settings:
    own = {key: entry for key, entry in config.items() if key.startswith(_OWN)}
    secret = frozenset(key for key, entry in own.items() if entry.get("secret"))
    return Settings({key: _text(entry) for key, entry in own.items()}, secret)


def _text(entry: Document) -> str:
    value = entry.get("value", entry.get("objectValue", ""))
    return value if isinstance(value, str) else json.dumps(value)


def _name_of(resources: Iterable[Mapping[str, Any]]) -> str:
    """The stack's name, the third part of every URN."""
    names = (_NAME.match(str(each.get("urn"))) for each in resources)
    return next((name[1] for name in names if name), "")


def _shown(value: Any) -> Any:  # noqa: ANN401 - state is JSON
    """A value of state with "[secret]" for what is encrypted in it."""
    if isinstance(value, Mapping):
        if _MARK in value:
            return HIDDEN
        return {name: _shown(item) for name, item in value.items()}
    if isinstance(value, list):
        return [_shown(item) for item in value]
    return value
