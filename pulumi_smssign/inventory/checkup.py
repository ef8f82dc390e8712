"""Whether everything is there that a run needs: what `smssign doctor` tells, and what to do."""

from __future__ import annotations

import hashlib
import importlib.metadata
import re
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from pydantic import SecretStr

from pulumi_smssign.contract import evidence
from pulumi_smssign.contract.credentials import Credentials, is_loopback
from pulumi_smssign.contract.reach import clock_difference
from pulumi_smssign.core.accounts import Accounts
from pulumi_smssign.core.registry import VENDORS, named
from pulumi_smssign.inventory.accounts_there import (
    ADOPT,
    DELETION_POLICY,
    OWN_SETTINGS,
    SANDBOX,
    Account,
    account_of,
    key_of,
)
from pulumi_smssign.inventory.held import Held
from pulumi_smssign.inventory.stack import Settings, Stack
from pulumi_smssign.model.errors import (
    AccountError,
    InputError,
    RefusedError,
    SmsSignError,
    UnavailableError,
)
from pulumi_smssign.model.redaction import HIDDEN, told
from pulumi_smssign.model.review import Handle

if TYPE_CHECKING:
    from pulumi_smssign.contract.vendor import Vendor

OLDEST_SDK = OLDEST_ENGINE = "3.235.0"
"""Before it the SDK hides from a plugin which resource a hook is for."""
_VERSION = re.compile(r"(\d+)\.(\d+)\.(\d+)")
_MOST_SECONDS = 60.0
"""What a clock may be off before it is worth a word: vendors take 5 to 15 minutes."""
_TOO_MANY_SECONDS = 280.0
"""What no vendor takes for certain: the narrowest window is 5 minutes."""
_PROBE_ID, _PROBE_TEXT = "1", "smssign探测"
"""A signature that nobody has: asking for it is a read, and proves that the key is taken."""


class Health(StrEnum):
    """How a check ended."""

    OK = "ok"
    NOTE = "note"
    WARNING = "warning"
    FAILED = "failed"


@dataclass(frozen=True)
class Check:
    """One thing that was looked at: of what, how it is, and what to do or ""."""

    subject: str
    health: Health
    finding: str
    advice: str = ""

    def as_document(self) -> dict[str, str]:
        """The same as `--json` prints it."""
        return {**vars(self), "health": str(self.health)}


def programs() -> Iterator[Check]:
    """The engine and its SDK."""
    try:
        answer = subprocess.run(
            ("pulumi", "version"),  # noqa: S607 - the user's own Pulumi
            capture_output=True,
            text=True,
            timeout=30,
            check=False,
            stdin=subprocess.DEVNULL,
        )
        version = answer.stdout.strip().removeprefix("v")
    except (OSError, subprocess.TimeoutExpired):
        yield Check("pulumi", Health.FAILED, "is not on the PATH", "install Pulumi's command.")
    else:
        yield _new_enough("pulumi (engine)", version, OLDEST_ENGINE, "update Pulumi.")
    sdk = importlib.metadata.version("pulumi")
    yield _new_enough("pulumi (Python SDK)", sdk, OLDEST_SDK, "pip install -U pulumi")


def _new_enough(subject: str, version: str, oldest: str, advice: str) -> Check:
    numbers = _VERSION.match(version)
    if numbers is None:
        return Check(subject, Health.WARNING, f"has a version that can't be read: {version[:40]!r}")
    is_old = tuple(map(int, numbers.groups())) < tuple(map(int, oldest.split(".")))
    if is_old:
        return Check(subject, Health.FAILED, f"{version} is older than {oldest}", advice)
    return Check(subject, Health.OK, version)


def strange_keys(settings: Settings) -> Iterator[Check]:
    """Keys of the configuration that nobody reads."""
    known = [*OWN_SETTINGS, *(key_of((vendor, "default")) for vendor in VENDORS)]
    for key in settings.own_keys():
        if key in OWN_SETTINGS or account_of(key) is not None:
            continue
        near = get_close_matches(key, known, n=1)
        meant = f"perhaps {near[0]} is meant: " if near else ""
        yield Check(
            key,
            Health.FAILED,
            "nobody reads this key",
            f"{meant}pulumi config rm '{key}', and set the right one.",
        )


def whole_stack(settings: Settings) -> Iterator[Check]:
    """What holds for every account."""
    url = settings.get(SANDBOX)
    if url:
        yield Check(SANDBOX, Health.NOTE, f"{url}: nothing of this stack reaches a vendor")
    try:
        if Accounts(settings).adopts_existing:
            yield Check(ADOPT, Health.NOTE, "what exists is taken over")
    except InputError as error:
        yield Check(ADOPT, Health.FAILED, error.summary, error.advice)
    yield from _deletion_policy(settings)


def _deletion_policy(settings: Settings) -> Iterator[Check]:
    """What the configuration lets be done with approved signatures, where it says so."""
    try:
        policy = Accounts(settings).deletion_policy
    except InputError as error:
        yield Check(DELETION_POLICY, Health.FAILED, error.summary, error.advice)
        return
    if settings.get(DELETION_POLICY):
        whose = "of resources that have no deletion_policy of their own"
        what = "may be deleted" if policy == "delete" else "stay in the account"
        yield Check(DELETION_POLICY, Health.NOTE, f"approved signatures {whose} {what}")


def account(settings: Settings, which: Account) -> Iterator[Check]:
    """Whether an account is complete, reached, on time, and accepted; stops where the next can't.

    Asking is a read of a signature that nobody has.
    """
    vendor, name, subject = named(which[0]), which[1], f"{which[0]} ({which[1]})"
    accounts = Accounts(settings)
    if accounts.unused_keys(*which):
        yield Check(
            subject,
            Health.NOTE,
            f"the keys of {key_of(which)} are not used, since {SANDBOX} is set",
            f"pulumi config rm {SANDBOX} sends this stack to the vendors.",
        )
    else:
        yield from _plain_secrets(settings, vendor, which, subject)
    try:
        credentials = accounts.credentials(vendor, name)
    except SmsSignError as error:
        yield Check(subject, Health.FAILED, error.summary, error.advice)
        return
    yield Check(subject, Health.OK, "complete")
    reached = [_reach(vendor, subject, url) for url in _endpoints(credentials)]
    for checks in reached:
        yield from checks
    if all(check.health is not Health.FAILED for checks in reached for check in checks):
        yield _accepted(accounts, which, subject)


def _plain_secrets(
    settings: Settings, vendor: Vendor, which: Account, subject: str
) -> Iterator[Check]:
    key = key_of(which)
    fields = vendor.credentials.model_fields.items()
    secret = [
        str(info.validation_alias or name)
        for name, info in fields
        if SecretStr in (info.annotation, *getattr(info.annotation, "__args__", ()))
    ]
    value = settings.get(key) or ""
    if settings.is_secret(key) or not any(f'"{name}"' in value for name in secret):
        return
    yield Check(
        subject,
        Health.WARNING,
        f"{key} has {' and '.join(name for name in secret if name in value)} in plain text",
        f"pulumi config set --path --secret '{key}.KEY' VALUE, and have the vendor change the key.",
    )


def _endpoints(credentials: Credentials) -> list[str]:
    """Every address of the account, each once."""
    names = type(credentials).model_fields
    urls = (getattr(credentials, name) for name in names if name.endswith("endpoint"))
    return list(dict.fromkeys(str(url) for url in urls if url))


def _reach(vendor: Vendor, subject: str, url: str) -> list[Check]:
    try:
        difference = clock_difference(vendor.name, url)
    except UnavailableError as error:
        advice = "check the network, the proxy (HTTPS_PROXY) and the endpoint."
        if is_loopback(url):
            port = urlsplit(url).port
            advice = f"start the sandbox: smssign sandbox{f' --port {port}' if port else ''}"
        return [Check(subject, Health.FAILED, f"{url}: {told(error.summary)}", advice)]
    answers = Check(subject, Health.OK, f"{url} answers")
    if difference is None or abs(difference) <= _MOST_SECONDS:
        return [answers]
    way = "behind" if difference > 0 else "ahead of"
    return [
        answers,
        Check(
            subject,
            Health.FAILED if abs(difference) > _TOO_MANY_SECONDS else Health.WARNING,
            f"this machine's clock is {abs(difference):.0f} seconds {way} the vendor's",
            "set the clock (NTP): vendors refuse requests that are signed minutes off.",
        ),
    ]


def _accepted(accounts: Accounts, which: Account, subject: str) -> Check:
    try:
        accounts.api(*which).reviews([Handle(_PROBE_ID, _PROBE_TEXT)])
    except AccountError as error:
        return Check(subject, Health.FAILED, _of(error), error.advice)
    except (RefusedError, InputError) as error:
        # The vendor looked at the question, so it has taken the key.
        return Check(subject, Health.OK, f"accepted ({_of(error)})")
    except SmsSignError as error:
        return Check(subject, Health.FAILED, _of(error), error.advice)
    return Check(subject, Health.OK, "accepted")


def _of(error: SmsSignError) -> str:
    code = f" ({error.code})" if error.code else ""
    return f"{told(error.summary)}{code}"


def proofs(stack: Stack, held: Iterable[Held]) -> Iterator[Check]:
    """Whether the proof files that state names are there and still the same."""
    for one in held:
        if one.role != "managed":
            continue
        for name, value in one.state.items():
            if value == HIDDEN:
                continue
            for described in value if isinstance(value, list) else (value,):
                if evidence.is_description(described):
                    yield _proof(stack.folder, f"{one.name}.{name}", described)


def _proof(folder: Path, subject: str, described: Mapping[str, Any]) -> Check:
    path = str(described["path"])
    file = folder / path
    if not file.is_file():
        return Check(
            subject,
            Health.WARNING,
            f"{path} is not in {folder}",
            "put it back before the next change of this signature, or name another file.",
        )
    try:
        digest = hashlib.sha256(file.read_bytes()).hexdigest()
    except OSError as error:
        return Check(
            subject, Health.WARNING, f"{path} can't be read ({error.strerror})", "let it be read."
        )
    if digest != described.get("sha256"):
        return Check(
            subject,
            Health.WARNING,
            f"{path} has changed since it was submitted",
            "the next `pulumi up` takes that for a change of the signature: look at its preview.",
        )
    return Check(subject, Health.OK, f"{path} is there, unchanged")
