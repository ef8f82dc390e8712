"""A stack as the `pulumi` command exports it: its configuration and its state."""

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

from pulumi_smssign.cli.inventory.signatures import StackSignature, signatures_of
from pulumi_smssign.contract.files import opened
from pulumi_smssign.core.accounts import DEFAULT, SANDBOX_KEY, Accounts
from pulumi_smssign.core.registry import VENDORS, load_client, named
from pulumi_smssign.lazy import without_collections
from pulumi_smssign.model.errors import InputError
from pulumi_smssign.model.language import _
from pulumi_smssign.model.redaction import HIDDEN

Document: TypeAlias = dict[str, Any]
Account = tuple[str, str]
"""A vendor's name and the account's name in the configuration."""

_TIMEOUT = 120.0
"""Seconds that a command of Pulumi's may take."""
_SIG_KEY = "4dabf18193072939515e22adb298388d"
"""The key that marks an encrypted value in Pulumi's state."""
_LARGEST_PROJECT = 1 << 20
"""Bytes of the project's file that are read."""
_MAIN = re.compile(r"""(?m)^["']?main["']?\s*:\s*["']?([^"'#\n]+?)["']?\s*(?:#.*)?$""")
_NAME = re.compile("urn:pulumi:([^:]+)")
_NAMESPACE = "smssign:"
_PROJECT_FILES = ("Pulumi.yaml", "Pulumi.yml")


def account_of(key: str) -> Account | None:
    """The account that a configuration's key means; None for a key of no account."""
    vendor, dash, account = key.removeprefix(_NAMESPACE).partition("-")
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
    """A stack, or the environment alone where there is no project.

    `folder` is where the program runs: the paths of proof files begin there. `name` is "" where
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
    def signatures(self) -> list[StackSignature]:
        """The signatures that its state holds."""
        return signatures_of(self.resources)

    @property
    def known_accounts(self) -> list[Account]:
        """Every account that configuration, environment or state names; in a sandbox all vendors'.

        They are in the vendors' order, each vendor's default account first.
        """
        in_sandbox = bool(self.settings.get(SANDBOX_KEY))
        accounts = {account for key in self.settings.values if (account := account_of(key))}
        accounts |= {(signature.vendor, signature.account) for signature in self.signatures}
        accounts |= {(vendor, DEFAULT) for vendor in VENDORS if in_sandbox or _has_key(vendor)}
        return sorted(
            accounts,
            key=lambda account: (VENDORS.index(account[0]), account[1] != DEFAULT, account[1]),
        )


def _has_key(vendor: str) -> bool:
    """Whether the environment has a part of the vendor's key; an endpoint alone is no account."""
    model = named(vendor).credentials
    variables = [name for key, name in model.environment.items() if key in model.identity]
    return any(map(os.environ.get, variables))


def open_stack(cwd: Path, name: str | None, *, needed: bool = True) -> Stack:
    """The stack of a project's folder.

    Args:
        cwd: a folder in the project.
        name: the stack's name; None for the one that is selected.
        needed: whether to refuse where there is no project; else only the environment counts.

    Raises:
        InputError: there is no project or stack, or `pulumi` failed.
    """
    project = _project_of(cwd)
    if project is None and not needed and name is None:
        return Stack(cwd)
    option = ("--stack", name) if name else ()
    # Commands and not the Automation API, whose import alone takes 0.2 s. Both at once: Pulumi
    # needs a second to start. With secrets: the accounts' keys are needed to ask the vendors.
    with (
        _started(cwd, "pulumi stack export", *option) as export,
        _started(cwd, "pulumi config", "--json", "--show-secrets", *option) as config,
    ):
        with without_collections():
            load_client()  # whoever opens a stack asks its vendors, and Pulumi takes its time
        resources, settings = _resources(export()), _settings(config())
    folder = _program_of(project) if project else cwd
    return Stack(folder, name or _name_of(resources) or "(selected)", settings, resources)


def _project_of(cwd: Path) -> Path | None:
    """The project's file, in the folder or above it."""
    folder = cwd.resolve()
    files = (each / name for each in (folder, *folder.parents) for name in _PROJECT_FILES)
    return next((file for file in files if file.is_file()), None)


def _program_of(project: Path) -> Path:
    """The folder in which the program runs: the project's, or the one that `main` names."""
    # One line of a file that Pulumi has accepted needs no YAML parser among the dependencies.
    with opened(project) as stream:
        main = _MAIN.search(stream.read(_LARGEST_PROJECT).decode("utf-8", "replace"))
    place = project.parent / main[1] if main else project.parent
    return place if place.is_dir() else place.parent


@contextmanager
def _started(cwd: Path, command: str, *options: str) -> Iterator[Callable[[], Document]]:
    """A command of Pulumi's that begins at once; the function that it yields waits for its JSON.

    It is ended with the block, when another command has failed or the user has pressed Ctrl-C.
    """
    try:
        process = subprocess.Popen(  # noqa: S603 - the command is ours, the options the user's own
            (*command.split(), *options, "--non-interactive", "--color", "never"),
            cwd=cwd,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            # A new version of Pulumi is no matter of this command, and asking takes a call.
            env={**os.environ, "PULUMI_SKIP_UPDATE_CHECK": "true"},
        )
    except FileNotFoundError:
        if not cwd.is_dir():
            raise InputError(
                _("there is no folder {folder}", folder=cwd),
                advice=_("name the project's folder with --cwd."),
            ) from None
        raise InputError(
            _("the program `pulumi` is not on the PATH"),
            advice=_("install Pulumi, or add its folder to PATH."),
        ) from None
    except OSError as error:
        raise InputError(
            _(
                "`{command}` can't be started in {folder} ({reason})",
                command=command,
                folder=cwd,
                reason=error.strerror,
            ),
            advice=_("run it by hand there, or name the project's folder with --cwd."),
        ) from None
    try:
        yield partial(_answer, process, command)
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()


def _answer(process: subprocess.Popen[bytes], command: str) -> Document:
    try:
        out, err = process.communicate(timeout=_TIMEOUT)
    except subprocess.TimeoutExpired:
        raise InputError(
            _(
                "`{command}` gave no answer in {seconds} seconds",
                command=command,
                seconds=f"{_TIMEOUT:g}",
            ),
            advice=_("run it by hand to see what it waits for."),
        ) from None
    if process.returncode:
        message = err.decode(errors="replace") or out.decode(errors="replace")
        raise InputError(
            _("`{command}` failed", command=command),
            vendor="pulumi",
            vendor_message=" ".join(message.split()).removeprefix("error: "),
            advice=_(
                "name the project's folder with --cwd and the stack with --stack, and see that "
                "`pulumi stack` works there."
            ),
        )
    try:
        document = json.loads(out)
    # RecursionError: an object that is nested too deep.
    except (ValueError, RecursionError):
        document = None
    if not isinstance(document, dict):
        raise InputError(
            _("`{command}` printed no JSON object", command=command),
            advice=_("run it by hand to see its output."),
        )
    return document


def _resources(export: Document) -> tuple[Document, ...]:
    """The resources of a state; what is no object is none."""
    deployment = export.get("deployment")
    resources = deployment.get("resources") if isinstance(deployment, dict) else None
    try:
        entries = map(_without_secrets, resources if isinstance(resources, list) else ())
        return tuple(entry for entry in entries if isinstance(entry, dict))
    except RecursionError:
        raise InputError(
            _("the stack's state is nested too deep"),
            advice=_("see it with `pulumi stack export`."),
        ) from None


def _settings(config: Document) -> Settings:
    own = {
        key: entry
        for key, entry in config.items()
        if key.startswith(_NAMESPACE) and isinstance(entry, dict)
    }
    secret = frozenset(key for key, entry in own.items() if entry.get("secret"))
    return Settings({key: _text(entry) for key, entry in own.items()}, secret)


def _text(entry: Document) -> str:
    value = entry.get("value", entry.get("objectValue", ""))
    return value if isinstance(value, str) else json.dumps(value)


def _name_of(resources: Iterable[Mapping[str, Any]]) -> str:
    """The stack's name, the third part of every URN."""
    urns = (_NAME.match(str(resource.get("urn"))) for resource in resources)
    return next((urn[1] for urn in urns if urn), "")


def _without_secrets(value: Any) -> Any:  # noqa: ANN401 - state is JSON
    """A value of state with "[secret]" in place of each encrypted part."""
    if isinstance(value, str):
        # Half a character can be written in JSON, and neither sent nor digested.
        return value if value.isascii() else value.encode("utf-8", "replace").decode()
    if isinstance(value, dict):
        if _SIG_KEY in value:
            return HIDDEN
        return {name: _without_secrets(item) for name, item in value.items()}
    if isinstance(value, list):
        return [_without_secrets(item) for item in value]
    return value
