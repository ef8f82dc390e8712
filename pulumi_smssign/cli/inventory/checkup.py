"""The checks of `smssign doctor`: everything that a run needs, and what to do where it is amiss."""

from __future__ import annotations

import importlib.metadata
import os
import re
import subprocess
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from difflib import get_close_matches
from enum import StrEnum
from itertools import chain
from pathlib import Path
from typing import Any, get_args
from urllib.parse import urlsplit

from pydantic import SecretStr

from pulumi_smssign.address import SANDBOX_URL
from pulumi_smssign.cli.inventory.stack import Account, Settings, Stack, account_of, open_stack
from pulumi_smssign.contract import evidence, file_types, lifeline
from pulumi_smssign.contract.endpoints import is_loopback
from pulumi_smssign.contract.reach import clock_difference
from pulumi_smssign.contract.vendor import Vendor
from pulumi_smssign.core.accounts import (
    ADOPT_KEY,
    DEFAULT,
    OWN_KEYS,
    POLICY_KEY,
    SANDBOX_KEY,
    Accounts,
    key_of,
)
from pulumi_smssign.core.registry import VENDORS, named
from pulumi_smssign.model.errors import InputError, RefusedError, SmsSignError, UnreachableError
from pulumi_smssign.model.language import _, mark
from pulumi_smssign.model.redaction import HIDDEN, sanitized
from pulumi_smssign.model.review import Handle

_OLDEST_PULUMI = "3.235.0"
"""The oldest SDK that tells a plugin which resource a hook is for."""
_VERSION = re.compile(r"(\d+)\.(\d+)\.(\d+)")
_CLOCK_WARNING = 60.0
"""Seconds by which a clock may be off without a warning: vendors accept 5 to 15 minutes."""
_CLOCK_FAILURE = 280.0
"""Seconds by which a clock is off too far: the narrowest window of a vendor is 5 minutes."""
_BEHIND = mark("this machine's clock is {seconds} seconds behind the vendor's")
_AHEAD = mark("this machine's clock is {seconds} seconds ahead of the vendor's")
_LONGEST_KEY_CHECK = 20.0
"""Seconds within which the vendor has to answer the question that tries the key."""
_DELETABLE = mark(
    "approved signatures of resources that have no deletion_policy of their own may be deleted"
)
_RETAINED = mark(
    "approved signatures of resources that have no deletion_policy of their own stay in the account"
)
_PROBE_ID, _PROBE_TEXT = "1", "smssign探测"
"""A signature that nobody has: asking for it is a read, and its answer shows what of the key."""


class Health(StrEnum):
    """The result of a check."""

    OK = "ok"
    NOTE = "note"
    WARNING = "warning"
    FAILED = "failed"


@dataclass(frozen=True)
class Check:
    """A check of one subject: its health, the finding, and the advice or ""."""

    subject: str
    health: Health
    finding: str
    advice: str = ""


def _summary(error: SmsSignError) -> str:
    """The summary of a failure with its code, by which one finds it in the vendor's pages."""
    return sanitized(error.summary) + (f" ({error.code})" if error.code else "")


def _failed(subject: str, error: SmsSignError) -> Check:
    finding = _summary(error)
    if error.vendor_message:
        finding = _("{label}: {text}", label=finding, text=error.vendor_message)
    return Check(subject, Health.FAILED, finding, error.advice)


def examine(cwd: Path, name: str | None) -> tuple[str, list[Check]]:
    """The stack's name, or "", and every check.

    Args:
        cwd: a folder in the project; without a project only the environment is checked.
        name: the stack's name; None for the one that is selected.
    """
    checks = list(programs())
    stack = Stack(cwd)
    try:
        stack = open_stack(cwd, name, needed=False)
    except InputError as error:
        checks.append(_failed("stack", error))
    else:
        if not stack.name:
            finding = _("there is no Pulumi project here: only the environment is checked")
            advice = _("name the project's folder with --cwd.")
            checks.append(Check("stack", Health.NOTE, finding, advice))
    settings, accounts = stack.settings, stack.known_accounts
    checks += [*unknown_keys(settings), *whole_stack(settings)]
    if not accounts:
        finding = _("neither the configuration nor the environment names an account")
        command = f"pulumi config set {SANDBOX_KEY} {SANDBOX_URL}"
        advice = _("{command} for a stack without keys.", command=command)
        checks.append(Check("accounts", Health.WARNING, finding, advice))
    checks += chain.from_iterable(_at_once(settings, accounts))
    return stack.name, [*checks, *proofs(stack)]


def _at_once(settings: Settings, accounts: Sequence[Account]) -> list[list[Check]]:
    """The checks of all accounts, made at once: one that hangs uses up nobody's time but its own.

    The threads are no executor's, for which Ctrl-C would wait.
    """
    outcomes: list[Future[list[Check]]] = [Future() for _ in accounts]

    def examine_account(account: Account, outcome: Future[list[Check]]) -> None:
        try:
            outcome.set_result(list(account_checks(settings, account)))
        except BaseException as error:  # noqa: BLE001 - it is raised where it is waited for
            outcome.set_exception(error)

    for each in zip(accounts, outcomes, strict=True):
        threading.Thread(target=examine_account, args=each, daemon=True).start()
    return [outcome.result() for outcome in outcomes]


def programs() -> Iterator[Check]:
    """Checks of the engine and its SDK."""
    try:
        answer = subprocess.run(
            ("pulumi", "version"),  # noqa: S607 - the user's own Pulumi
            capture_output=True,
            timeout=30,
            check=False,
            stdin=subprocess.DEVNULL,
        )
    except (OSError, subprocess.TimeoutExpired):
        yield Check(
            "pulumi", Health.FAILED, _("is not on the PATH"), _("install Pulumi's command.")
        )
    else:
        version = answer.stdout.decode(errors="replace").strip().removeprefix("v")
        yield version_check("pulumi (engine)", version, _("update Pulumi."))
    sdk = importlib.metadata.version("pulumi")
    yield version_check("pulumi (Python SDK)", sdk, "pip install -U pulumi")


def version_check(subject: str, version: str, advice: str) -> Check:
    """The check whether a program of Pulumi is new enough."""
    numbers = _VERSION.match(version)
    if numbers is None:
        finding = _("printed a version that can't be read: {version}", version=repr(version[:40]))
        advice = _("run `pulumi version` by hand to see it.")
        return Check(subject, Health.WARNING, finding, advice)
    if tuple(map(int, numbers.groups())) < tuple(map(int, _OLDEST_PULUMI.split("."))):
        finding = _("{version} is older than {oldest}", version=version, oldest=_OLDEST_PULUMI)
        return Check(subject, Health.FAILED, finding, advice)
    return Check(subject, Health.OK, version)


def unknown_keys(settings: Settings) -> Iterator[Check]:
    """Checks of the keys in the configuration that this package does not read."""
    known = {_name(key): key for key in (*OWN_KEYS, *(key_of(each, DEFAULT) for each in VENDORS))}
    for key in sorted(settings.values):
        if key in OWN_KEYS or account_of(key) is not None:
            continue
        near = get_close_matches(_name(key), known, n=1)  # what all keys share makes none alike
        command = f"pulumi config rm '{key}'"
        advice = _("{command}, and set the right one.", command=command)
        if near:
            advice = _("perhaps {key} is meant: {advice}", key=known[near[0]], advice=advice)
        yield Check(key, Health.FAILED, _("this package does not read the key"), advice)


def _name(key: str) -> str:
    """The name of a key, behind the prefix that all of this package share."""
    return key.partition(":")[2]


def whole_stack(settings: Settings) -> Iterator[Check]:
    """Checks of the configuration that hold for every account."""
    if url := settings.get(SANDBOX_KEY):
        finding = _("{url}: nothing of this stack reaches a vendor", url=url)
        yield Check(SANDBOX_KEY, Health.NOTE, finding)
    accounts = Accounts(settings)
    try:
        if accounts.adopts_existing:
            yield Check(ADOPT_KEY, Health.NOTE, _("signatures that exist are taken over"))
    except InputError as error:
        yield _failed(ADOPT_KEY, error)
    try:
        finding = _(_DELETABLE if accounts.deletion_policy == "delete" else _RETAINED)
    except InputError as error:
        yield _failed(POLICY_KEY, error)
    else:
        if settings.get(POLICY_KEY):
            yield Check(POLICY_KEY, Health.NOTE, finding)


def account_checks(settings: Settings, account: Account) -> Iterator[Check]:
    """Checks whether an account is complete, reached, on time, and its key accepted.

    They stop where the next one can't be made. The key is tried with a read: of a signature that
    nobody has.
    """
    vendor, subject = named(account[0]), f"{account[0]} ({account[1]})"
    accounts = Accounts(settings)
    if accounts.unused_keys(*account):
        finding = _(
            "the keys of {key} are not used, since {sandbox} is set",
            key=key_of(*account),
            sandbox=SANDBOX_KEY,
        )
        command = f"pulumi config rm {SANDBOX_KEY}"
        advice = _("{command} sends this stack to the vendors.", command=command)
        yield Check(subject, Health.NOTE, finding, advice)
    else:
        yield from _plain_secrets(settings, account, subject)
    try:
        credentials = accounts.credentials(vendor, account[1])
    except SmsSignError as error:
        yield _failed(subject, error)
        return
    yield Check(subject, Health.OK, _("complete"))
    if hosts := accounts.foreign_hosts(*account):
        finding = _(
            "is asked at {hosts}, not at a host of {vendor}'s own",
            hosts=_row(hosts),
            vendor=vendor.title,
        )
        advice = _("take its endpoint out, unless the key and the proof files are to go there.")
        yield Check(subject, Health.WARNING, finding, advice)
    # Some vendors have two endpoints, such as Huawei's for tokens.
    names = [name for name in type(credentials).model_fields if name.endswith("endpoint")]
    urls = dict.fromkeys(str(url) for name in names if (url := getattr(credentials, name)))
    reached = [check for url in urls for check in _reach(vendor, subject, url)]
    yield from reached
    if all(check.health is not Health.FAILED for check in reached):
        yield _key_check(accounts, account, subject)


def _plain_secrets(settings: Settings, account: Account, subject: str) -> Iterator[Check]:
    """A warning about secrets that the configuration has in plain text."""
    key = key_of(*account)
    value = settings.get(key) or ""
    secrets = [
        name
        for field, info in named(account[0]).credentials.model_fields.items()
        if SecretStr in (info.annotation, *get_args(info.annotation))
        and f'"{(name := str(info.validation_alias or field))}"' in value
    ]
    if secrets and key not in settings.secret:
        finding = _("{key} has {secrets} in plain text", key=key, secrets=_row(secrets))
        # Encrypting is not enough: whoever has read the file or its history has the key.
        command = f"pulumi config set --path --secret '{key}.KEY' VALUE"
        advice = _("{command}, and have the vendor change the key.", command=command)
        yield Check(subject, Health.WARNING, finding, advice)


def _row(names: Iterable[str]) -> str:
    """Names in a row, of which there are one or two: "a and b"."""
    return _(" and ").join(names)


def _reach(vendor: Vendor, subject: str, url: str) -> Iterator[Check]:
    """Checks whether an endpoint answers, and whether the clocks agree."""
    try:
        difference = clock_difference(vendor.name, url)
    except UnreachableError as error:
        port = urlsplit(url).port
        command = f"smssign sandbox --port {port}" if port else "smssign sandbox"
        start = _("start the sandbox: {command}", command=command)
        advice = start if is_loopback(url) else error.advice
        yield Check(subject, Health.FAILED, _summary(error), advice)
        return
    except SmsSignError as error:
        failed = _failed(subject, error)
        yield replace(failed, finding=_("{label}: {text}", label=url, text=failed.finding))
        return
    yield Check(subject, Health.OK, _("{url} answers", url=url))
    if difference is not None and abs(difference) > _CLOCK_WARNING:
        health = Health.FAILED if abs(difference) > _CLOCK_FAILURE else Health.WARNING
        finding = _(_BEHIND if difference > 0 else _AHEAD, seconds=f"{abs(difference):.0f}")
        advice = _("set the clock (NTP): vendors refuse a request whose time is minutes off.")
        yield Check(subject, health, finding, advice)


def _key_check(accounts: Accounts, account: Account, subject: str) -> Check:
    """The check whether the vendor accepts the key: only what proves it counts."""
    proofs: frozenset[str] = frozenset()
    try:
        api = accounts.api(*account)
        proofs = api.key_proofs
        with lifeline.within(_LONGEST_KEY_CHECK):
            api.reviews([Handle(_PROBE_ID, _PROBE_TEXT)])
    except (RefusedError, InputError) as error:
        if error.code in proofs:
            # The vendor looked at the question, so it has accepted the key.
            finding = _("the key is accepted ({answer})", answer=_summary(error))
            return Check(subject, Health.OK, finding)
        failed = _failed(subject, error)
        finding = _("nothing shows that the key is accepted: {answer}", answer=failed.finding)
        return replace(failed, finding=finding)
    except SmsSignError as error:
        return _failed(subject, error)
    return Check(subject, Health.OK, _("the key is accepted"))


def proofs(stack: Stack) -> Iterator[Check]:
    """Checks whether the proof files that state names exist and are unchanged."""
    for signature in stack.signatures:
        if signature.role != "managed":
            continue
        for name, value in signature.state.outputs.items():
            if value == HIDDEN:
                continue
            for described in value if isinstance(value, list) else (value,):
                if evidence.is_description(described):
                    check = _proof(stack.folder, f"{signature.name}.{name}", described)
                    yield _ignored(check) if signature.ignores(name) else check


def _proof(folder: Path, subject: str, submitted: Mapping[str, Any]) -> Check:
    path = str(submitted["path"])
    file = folder / path
    if not os.path.exists(file):  # noqa: PTH110 - Path.exists raises for what can be no path
        advice = _(
            "put it back before the next change of this signature, or name another file; where "
            "runs are to go without it, {option} among the resource's opts.",
            option=f'ignore_changes=["{subject.rpartition(".")[2]}"]',
        )
        finding = _("{path} is not in {folder}", path=path, folder=folder)
        return Check(subject, Health.WARNING, finding, advice)
    described = evidence.describe(file)
    if problem := described.get("problem"):
        finding = _("{path} {problem}", path=path, problem=problem)
        return Check(subject, Health.WARNING, finding, _("name a file that can be read."))
    if described.get("sha256") != submitted.get("sha256"):
        kind = described.get("media_type", "")
        # What stands for the file, such as a pointer of Git LFS, is named with what to do.
        name = file_types.named(kind) if kind != submitted.get("media_type") else ""
        finding = (
            _("{path} has changed since it was submitted: it is {kind}", path=path, kind=name)
            if name
            else _("{path} has changed since it was submitted", path=path)
        )
        advice = _(
            "the next `pulumi up` takes that for a change of the signature: look at its preview."
        )
        return Check(subject, Health.WARNING, finding, advice)
    return Check(subject, Health.OK, _("{path} is there, unchanged", path=path))


def _ignored(check: Check) -> Check:
    """The check of a file whose changes the program ignores."""
    if check.health is Health.OK:
        return check
    finding = _(
        "{finding}; ignore_changes has it, so no run takes that for a change", finding=check.finding
    )
    return replace(check, health=Health.NOTE, finding=finding, advice="")
