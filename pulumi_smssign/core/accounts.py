"""Accounts: credentials and calls, from the stack's configuration and the environment.

`smssign:tencent` holds the default account of a vendor, `smssign:tencent-marketing` the account
"marketing"; what it doesn't say comes from the environment (for the default account only).
`smssign:sandbox` sends every vendor of a stack to the sandbox, with the sandbox's own test keys.
"""

from __future__ import annotations

import json
import os
import re
import threading
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Protocol
from urllib.parse import urlsplit

from pulumi_smssign.address import SANDBOX_URL
from pulumi_smssign.contract.endpoints import endpoint_url, is_loopback
from pulumi_smssign.contract.peer import may_listen
from pulumi_smssign.contract.validation import reason_of
from pulumi_smssign.contract.vendor import Api, Vendor
from pulumi_smssign.core.registry import named
from pulumi_smssign.model.errors import AccountError, InputError
from pulumi_smssign.model.language import AND, CLAUSES, OR, _, labelled, listed
from pulumi_smssign.model.redaction import keep_secret
from pulumi_smssign.model.vocabulary import DELETION_POLICIES, EXISTING, DeletionPolicy

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pydantic import ValidationError

    from pulumi_smssign.contract.application import Application
    from pulumi_smssign.contract.credentials import Credentials

DEFAULT = "default"
SANDBOX, ACCOUNT = "sandbox", "account"
"""The two sides that a signature may have been made on."""
SANDBOX_KEY = "smssign:sandbox"
ADOPT_KEY = "smssign:adopt"
POLICY_KEY = "smssign:deletionPolicy"
OWN_KEYS = frozenset({SANDBOX_KEY, ADOPT_KEY, POLICY_KEY})
"""The keys of the configuration that are no account."""

_NAME = re.compile(r"[!#$(-_a-~]+")
"""Names of accounts: no blank and no quotes, which no key has either."""


class Configuration(Protocol):
    """The stack's configuration, as a dynamic provider is given it."""

    def get(self, key: str) -> str | None:
        """The value of a full key such as `smssign:tencent`; an object comes as JSON text."""
        ...


class Accounts:
    """The accounts that a stack is configured with."""

    def __init__(self, configuration: Configuration) -> None:
        self._configuration = configuration
        self._loaded: dict[tuple[str, str], Credentials] = {}
        self._sandboxed: dict[tuple[str, str], str] = {}

    def api(self, vendor: str, account: str) -> Api[Application]:
        """The calls of an account; the same object for the same credentials, in all threads.

        Raises:
            AccountError: the configuration doesn't have what the vendor needs; names all of it.
        """
        return _connected(vendor, self.credentials(named(vendor), account))

    def origin(self, vendor: str, account: str) -> str:
        """The origin of signatures: side and account, by a fingerprint; nothing secret.

        Raises:
            AccountError: the configuration doesn't have what the vendor needs; names all of it.
        """
        if self._sandbox(named(vendor), account):
            return f"{SANDBOX}-{account}"
        return f"{ACCOUNT}-{self.credentials(named(vendor), account).fingerprint}"

    def unused_keys(self, vendor: str, account: str) -> str:
        """The configuration of an account that the sandbox makes useless, or ""."""
        key = key_of(vendor, account)
        # An empty object has no keys: it names an account in a stack of the sandbox.
        is_useless = self._sandbox_url and (self._configuration.get(key) or "{}") != "{}"
        return key if is_useless else ""

    def warnings(self, vendor: str, account: str) -> Iterator[str]:
        """The oddities in the settings of an account in use, a sentence each."""
        if unused := self.unused_keys(vendor, account):
            yield _(
                "{key} is set, so the keys of {unused} are not used: nothing of this run reaches a "
                "vendor.",
                key=SANDBOX_KEY,
                unused=unused,
            )
        if hosts := self.foreign_hosts(vendor, account):
            yield _(
                "{vendor} is asked at {hosts}, not at a host of its own: what the key signs, proof "
                "files and personal data go there.",
                vendor=_(named(vendor).title),
                hosts=listed(hosts, AND),
            )

    def foreign_hosts(self, vendor: str, account: str) -> tuple[str, ...]:
        """The hosts beside the vendor's own to which an account in use sends its calls."""
        credentials = self._loaded.get((vendor, account))
        if credentials is None or self._sandbox_url:
            return ()
        return tuple(dict.fromkeys(credentials.foreign_hosts().values()))

    def credentials(self, vendor: Vendor, account: str) -> Credentials:
        """The credentials of an account, from now on hidden wherever they come back.

        Raises:
            AccountError: the configuration doesn't have what the vendor needs; names all of it.
        """
        which = (vendor.name, str(account))  # a program may have named what is no text
        if which not in self._loaded:
            self._loaded[which] = self._credentials(vendor, account)
        return self._loaded[which]

    def _credentials(self, vendor: Vendor, account: str) -> Credentials:
        from pydantic import ValidationError  # a run that changes nothing needs no validation

        if url := self._sandbox(vendor, account):
            return vendor.credentials.sandbox(url, account)
        key = key_of(vendor.name, account)
        own = self._settings(key)
        # The environment has one account's keys: they complete no other.
        variables = _variables(own, vendor.credentials) if account == DEFAULT else {}
        settings = {**{name: os.environ[variable] for name, variable in variables.items()}, **own}
        keep_secret(
            str(settings[name])
            for name in vendor.credentials.identity & settings.keys()
            if settings[name]
        )
        missing = _missing(settings, vendor.credentials)
        if missing:
            strange = sorted(settings.keys() - vendor.credentials.config_keys())
            raise _incomplete(vendor, key, account, missing, strange)
        try:
            credentials = vendor.credentials.model_validate(settings)
        except ValidationError as error:
            raise _malformed(vendor, key, variables, error) from None
        credentials.came_from(key, variables)
        keep_secret(credentials.secrets())
        if variables.keys() & vendor.credentials.identity:
            _must_be_bound(key, credentials, variables)
        return credentials

    def _sandbox(self, vendor: Vendor, account: str) -> str:
        """The sandbox's URL for an account, examined once; "" at a vendor.

        Raises:
            AccountError: the URL or the account's name can't be, or nothing but the program names
                the account.
        """
        which = (vendor.name, str(account))  # a program may have named what is no text
        if which not in self._sandboxed and (url := self._sandbox_url):
            checked = _checked_url(url)
            _must_be_own_sandbox(vendor, url, account)
            key = key_of(vendor.name, account)
            if account != DEFAULT and self._configuration.get(key) is None:
                raise _unnamed(vendor, key, account)
            self._sandboxed[which] = checked
        return self._sandboxed.get(which, "")

    @property
    def adopts_existing(self) -> bool:
        """Whether the stack takes over signatures that exist already (`smssign:adopt`).

        Raises:
            InputError: the configuration says something else.
        """
        choice = self._configuration.get(ADOPT_KEY)
        if choice not in (None, "", EXISTING):
            raise InputError(
                _(
                    "the configuration {key} must be {values}, or not be set",
                    key=ADOPT_KEY,
                    values=repr(EXISTING),
                ),
                advice=_(
                    "pulumi config set {key} {value}, or pulumi config rm {key}; an id is one "
                    "resource's: give it adopt=.",
                    key=ADOPT_KEY,
                    value=EXISTING,
                ),
            )
        return choice == EXISTING

    @property
    def deletion_policy(self) -> DeletionPolicy:
        """The deletion policy of signatures that say none themselves.

        What is approved is a person's work at a vendor, and nothing real in the sandbox.

        Raises:
            InputError: the configuration says something else.
        """
        choice = self._configuration.get(POLICY_KEY)
        if not choice:
            return "delete" if self._sandbox_url else "retain"
        for policy in DELETION_POLICIES:
            if choice == policy:
                return policy
        raise InputError(
            _(
                "the configuration {key} must be {values}, or not be set",
                key=POLICY_KEY,
                values=listed(map(repr, DELETION_POLICIES), OR),
            ),
            advice=_(
                "pulumi config set {key} retain, or pulumi config rm {key}; "
                '"delete" lets approved signatures be deleted.',
                key=POLICY_KEY,
            ),
        )

    @property
    def _sandbox_url(self) -> str | None:
        return self._configuration.get(SANDBOX_KEY)

    def _settings(self, key: str) -> dict[str, object]:
        text = self._configuration.get(key)
        if not text:
            return {}
        try:
            settings = json.loads(text)
        # RecursionError: an object that is nested too deep.
        except (ValueError, RecursionError):
            settings = None
        if not isinstance(settings, dict):
            raise AccountError(
                _("the configuration {key} must be an object", key=key),
                advice=_(
                    "pulumi config set --path '{key}.KEY' VALUE for each of its keys.", key=key
                ),
            )
        return settings


def side(origin: str) -> str:
    """The side of an origin, `SANDBOX` or `ACCOUNT`; "" where a state names no origin."""
    return origin.partition("-")[0]


def key_of(vendor: str, account: str) -> str:
    """The configuration's key of an account."""
    return f"smssign:{vendor}" + ("" if account == DEFAULT else f"-{account}")


def _must_be_own_sandbox(vendor: Vendor, url: str, account: str) -> None:
    where = urlsplit(url)
    if not may_listen(where.hostname or "", where.port or 80):
        raise AccountError(
            _(
                "another user's program listens at {url}, and may be no sandbox: nothing was sent",
                url=url,
            ),
            vendor=vendor.name,
            advice=_(
                "smssign sandbox --port 9000, and pulumi config set {key} http://127.0.0.1:9000",
                key=SANDBOX_KEY,
            ),
        )
    if not _NAME.fullmatch(str(account)):
        raise AccountError(
            _(
                "the account's name {account} can't be a part of a configuration key",
                account=repr(account),
            ),
            vendor=vendor.name,
            advice=_('write a name such as account="marketing".'),
        )


def _unnamed(vendor: Vendor, key: str, account: str) -> AccountError:
    """The refusal of an account that nothing but the program names: its name is misspelt.

    At a vendor it lacks its keys. The sandbox needs none, and would open any account.
    """
    return AccountError(
        _(
            "the configuration has no {key}, so there is no account {account}",
            key=key,
            account=repr(account),
        ),
        vendor=vendor.name,
        advice=_(
            "write account= as the configuration names it; or name it there, where a stack of "
            "the sandbox needs no keys: pulumi config set '{key}' '{{}}'",
            key=key,
        ),
    )


_connecting = threading.Lock()


def _connected(vendor: str, credentials: Credentials) -> Api[Application]:
    """The calls of an account, made once: each would have connections and a rate of its own."""
    with _connecting:
        return _made(vendor, credentials)


@cache
def _made(vendor: str, credentials: Credentials) -> Api[Application]:
    return named(vendor).connect(credentials)


def _variables(own: Mapping[str, object], model: type[Credentials]) -> dict[str, str]:
    """The variables of the environment that complete an account's settings, by their key.

    What belongs together is never mixed from two places: a key's parts, and the key with its host.
    """
    bound = model.identity | model.endpoint_keys()
    has_own_identity = any(own.get(key) for key in model.identity)
    return {
        key: variable
        for key, variable in model.environment.items()
        if os.environ.get(variable) and key not in own and not (has_own_identity and key in bound)
    }


def _must_be_bound(section: str, credentials: Credentials, variables: Mapping[str, str]) -> None:
    """Make sure that keys of the environment go nowhere that the configuration alone names.

    Who can edit a stack's file may not be who may know a runner's keys. So a key is bound to its
    hosts, as in docker, npm and git: the vendor's own, or one that comes with the key.

    Raises:
        AccountError: they would; names the host.
    """
    foreign = {
        key: host for key, host in credentials.foreign_hosts().items() if key not in variables
    }
    if not foreign:
        return
    keys = sorted(variables.keys() & credentials.identity)
    removal = " && ".join(f"pulumi config rm --path '{section}.{key}'" for key in foreign)
    setting = " && ".join(
        f"pulumi config set --path --secret '{section}.{name}' VALUE" for name in keys
    )
    others = listed(filter(None, map(credentials.environment.get, foreign)), AND)
    raise AccountError(
        _(
            "the keys of {vendor} are from the environment ({variables}), and the configuration "
            "{section} leads them to {hosts}, none of {vendor}'s own hosts: nothing was sent",
            vendor=_(credentials.title),
            variables=listed(variables[name] for name in keys),
            section=section,
            hosts=listed((f"{host} ({key})" for key, host in foreign.items()), AND),
        ),
        vendor=credentials.vendor,
        advice=_(
            "{removal}; and if that host is meant, name it where the keys are, as {variables}. Or "
            "set the keys where it is named: {setting}",
            removal=removal,
            variables=others,
            setting=setting,
        )
        if others
        else _(
            "{removal}; and if that host is meant, name it where the keys are. Or set the keys "
            "where it is named: {setting}",
            removal=removal,
            setting=setting,
        ),
    )


def _missing(settings: Mapping[str, object], model: type[Credentials]) -> tuple[str, ...]:
    """Missing keys of the credential set that is closest to complete."""
    lacks = {keys: tuple(key for key in keys if not settings.get(key)) for keys in model.needed}
    return lacks[min(lacks, key=lambda keys: len(lacks[keys]) / len(keys))]


def _incomplete(
    vendor: Vendor, key: str, account: str, missing: Iterable[str], strange: Iterable[str]
) -> AccountError:
    names = tuple(missing)
    model = vendor.credentials
    variables = [model.environment[name] for name in names if name in model.environment]
    commands = " && ".join(
        f"pulumi config set --path --secret '{key}.{name}' VALUE" for name in names
    )
    settings = commands
    if account == DEFAULT and variables:
        settings = _(
            "{commands}, or set {variables}", commands=commands, variables=listed(variables, AND)
        )
    return AccountError(
        listed(
            (
                _("the configuration {key} lacks {names}", key=key, names=listed(names, AND)),
                *(_("{name} is no key of it", name=name) for name in strange),
            ),
            CLAUSES,
        ),
        vendor=vendor.name,
        advice=_(
            "{settings}; a stack for development needs no keys: pulumi config set {key} {url}",
            settings=settings,
            key=SANDBOX_KEY,
            url=SANDBOX_URL,
        ),
    )


def _malformed(
    vendor: Vendor, section: str, variables: Mapping[str, str], error: ValidationError
) -> AccountError:
    """The refusal of unusable credentials, by key of the configuration or by variable."""
    reasons, is_of_environment = [], []
    for finding in error.errors(include_url=False, include_input=False):
        name = ".".join(map(str, finding["loc"]))
        is_unknown = finding["type"] == "extra_forbidden"
        reason = _("there is no such key") if is_unknown else reason_of(finding)
        reasons.append(labelled(variables.get(name, name), reason))
        is_of_environment.append(name in variables)
    problems = listed(reasons, CLAUSES)
    anew = _("set the variable anew.")
    configured = _(
        "pulumi config set --path '{section}.KEY' VALUE, or pulumi config rm --path.",
        section=section,
    )
    if all(is_of_environment):
        summary, steps = _("the environment is not usable: {problems}", problems=problems), [anew]
    elif not any(is_of_environment):
        steps = [configured]
        summary = _(
            "the configuration {section} is not usable: {problems}",
            section=section,
            problems=problems,
        )
    else:
        steps = [configured, anew]
        summary = _(
            "the configuration {section} and the environment are not usable: {problems}",
            section=section,
            problems=problems,
        )
    return AccountError(summary, vendor=vendor.name, advice=" ".join(steps))


def _checked_url(url: str) -> str:
    """The sandbox's URL; proof files and personal data never go to another machine for it."""
    try:
        checked = endpoint_url(url)
        if not is_loopback(checked):
            raise ValueError(_("the sandbox is on this machine only (127.0.0.1)"))
    except ValueError as error:
        raise AccountError(
            _(
                "the configuration {section} is not usable: {problems}",
                section=SANDBOX_KEY,
                problems=error,
            ),
            advice=f"pulumi config set {SANDBOX_KEY} {SANDBOX_URL}",
        ) from None
    return checked
