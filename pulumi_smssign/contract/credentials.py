"""The credentials of one account, as a vendor's `auth` module describes them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, ClassVar, Self
from urllib.parse import urlsplit

from pydantic import (
    BaseModel,
    ConfigDict,
    PrivateAttr,
    SecretStr,
    ValidationInfo,
    field_validator,
)

from pulumi_smssign.model.language import _, listed

_HTTPS = 443
_QUOTES = re.compile(
    "[\"'`‘’‚‛“”„‟«»‹›＂＇]|&(quot|apos|#0*3[49]|#x0*2[27]);|%2[27]", re.IGNORECASE
)
_KEY = "[A-Za-z0-9_]+"
"""A key of the configuration in a message; `\\w` would go on into the Chinese around it."""
_ALL = "keys"
"""What stands in an advice for all keys of an account."""
_PLACEHOLDER = re.compile(r"\$\{.*|\$\(.*|\$\w+|\{\{.*|<.*>|%\w+%|\*{3,}", re.DOTALL)
"""What stands for a value until somebody, or a program, puts that in its place."""


class Credentials(BaseModel):  # noqa: PLW1641 - a frozen model has a hash of its fields
    """Credentials and endpoint of an account; a field's alias is its key in the configuration."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        hide_input_in_errors=True,
        str_strip_whitespace=True,
    )

    vendor: ClassVar[str]
    """The vendor's name, such as "tencent": a part of each fingerprint in state."""
    title: ClassVar[str]
    """The vendor's name for people."""
    environment: ClassVar[dict[str, str]]
    """The environment variable of each configuration key that has one."""
    identity: ClassVar[frozenset[str]]
    """The keys that belong together: they are taken from one place, never mixed from two."""
    needed: ClassVar[tuple[tuple[str, ...], ...]]
    """The alternatives, each a set of keys that is enough."""
    hosts: ClassVar[tuple[str, ...]] = ()
    """The vendor's own hosts, as regular expressions of a whole name that no customer can have.
    As it stands: those of the endpoints' defaults."""
    names_account: ClassVar[tuple[str, ...]]
    """The fields that tell one account from another."""
    confidential: ClassVar[frozenset[str]] = frozenset()
    """Fields beside the `SecretStr` ones that are never shown."""
    free_text: ClassVar[frozenset[str]] = frozenset()
    """Fields that people have chosen; in all others there are only ASCII letters and signs."""
    test_keys: ClassVar[dict[str, str]]
    """The sandbox's own keys by configuration key; the first one bears the account's name."""

    _section: str = PrivateAttr("")
    _variables: Mapping[str, str] = PrivateAttr(default_factory=dict)

    if TYPE_CHECKING:  # a field of each vendor's own, at the place and with the default of its page

        @property
        def endpoint(self) -> str:
            """The URL below which the vendor's calls are made."""

    @field_validator("*", mode="before")
    @classmethod
    def _is_the_value(cls, value: object, info: ValidationInfo) -> object:
        """Refuse what was copied along with a value, or stands for one; no key has such signs."""
        if not isinstance(value, str) or info.field_name in cls.free_text:
            return value
        if _QUOTES.search(value):
            raise ValueError(
                _(
                    "has quotes, which docker --env-file and some readers of .env files keep: "
                    "write the value without"
                )
            )
        if _PLACEHOLDER.fullmatch(value.strip()):
            raise ValueError(_("is a placeholder, in whose place nobody has put the value"))
        return value

    @field_validator("*", mode="after")
    @classmethod
    def _can_be_sent(cls, value: object, info: ValidationInfo) -> object:
        """Refuse a value that was copied wrong: it has a control character, a space or no ASCII."""
        text = value.get_secret_value() if isinstance(value, SecretStr) else value
        if isinstance(text, str) and not text.isprintable():
            raise ValueError(
                _("has a line break or another control character: was it copied whole?")
            )
        is_free = info.field_name in cls.free_text or str(info.field_name).endswith("endpoint")
        if isinstance(text, str) and not is_free and (not text.isascii() or " " in text):
            raise ValueError(
                _("has a space or a character that is not ASCII: was it copied right?")
            )
        return value

    @classmethod
    def config_keys(cls) -> frozenset[str]:
        """The keys that the stack's configuration may have."""
        return frozenset(
            str(info.validation_alias or name) for name, info in cls.model_fields.items()
        )

    @classmethod
    def endpoint_keys(cls) -> frozenset[str]:
        """The keys that name an endpoint; some vendors have two."""
        return frozenset(key for key in cls.config_keys() if key.lower().endswith("endpoint"))

    @classmethod
    def sandbox(cls, url: str, account: str) -> Self:
        """The sandbox's own test keys for an account of that name.

        `url` is where it listens: the value of every key that names an endpoint.
        """
        keys = dict(cls.test_keys)
        if account != "default":
            keys[next(iter(keys))] += f".{account}"
        return cls.model_validate({**keys, **dict.fromkeys(cls.endpoint_keys(), url)})

    def __eq__(self, other: object) -> bool:
        # Not by where they came from: two names of one key are one account.
        return type(self) is type(other) and vars(self) == vars(other)

    def came_from(self, section: str, variables: Mapping[str, str]) -> None:
        """Remember where the keys came from, for messages.

        Args:
            section: the key of the configuration, such as "smssign:tencent".
            variables: the variables of the environment, by the key that each has given.
        """
        self._section, self._variables = section, variables

    def located(self, advice: str) -> str:
        """Advice in which "KEYS of the configuration smssign:VENDOR" says where the keys are.

        The advice is in the language of the process, and has those words as the messages here.
        """
        section = f"smssign:{self.vendor}"
        before, after = _configured("\0", section).split("\0")
        joint = "|".join(map(re.escape, (listed(("", "")), _all_of(["", ""]))))
        names = rf"({_KEY}(?:(?:{joint}){_KEY})*)"
        keys = re.escape(_("keys of the configuration {section}", section=section))
        return re.sub(
            rf"{re.escape(before)}{names}{re.escape(after)}(?!{_KEY})|{keys}",
            lambda match: self._place_of(re.split(joint, match[1]) if match[1] else [_ALL]),
            advice,
        )

    def _place_of(self, keys: list[str]) -> str:
        """The places of some keys: variables of the environment, and keys of the configuration."""
        section = self._section or f"smssign:{self.vendor}"
        if keys == [_ALL]:
            variables = sorted(v for key, v in self._variables.items() if key in self.identity)
            if not variables:
                return _("keys of the configuration {section}", section=section)
            return _("keys of the environment ({variables})", variables=listed(variables))
        from_environment = [self._variables[key] for key in keys if key in self._variables]
        others = [key for key in keys if key not in self._variables]
        if not from_environment:
            return _configured(_all_of(others), section)
        if not others:
            return _("{variables} of the environment", variables=_all_of(from_environment))
        return _(
            "{variables} of the environment, and {keys} of the configuration {section}",
            variables=_all_of(from_environment),
            keys=_all_of(others),
            section=section,
        )

    def foreign_hosts(self) -> dict[str, str]:
        """The hosts that are not the vendor's own, by the key of the endpoint that names each.

        As the network has them: in ASCII, so that none looks like another, and with their port.
        """
        fields = type(self).model_fields
        urls = {str(info.validation_alias or name): name for name, info in fields.items()}
        return {
            key: _address(url)
            for key in sorted(type(self).endpoint_keys())
            if (url := str(getattr(self, urls[key]))) and not self._is_own(url)
        }

    @classmethod
    def _is_own(cls, url: str) -> bool:
        """Whether a URL leads to a host of the vendor's, at the one port that it has."""
        defaults = (str(info.default) for info in cls.model_fields.values() if info.default)
        own = cls.hosts or tuple(
            re.escape(host) for default in defaults if (host := urlsplit(default).hostname)
        )
        parts = urlsplit(url)
        is_https = parts.scheme == "https" and parts.port in (None, _HTTPS)
        return is_https and any(re.fullmatch(host, parts.hostname or "") for host in own)

    @property
    def fingerprint(self) -> str:
        """The account's fingerprint in state: 12 hex digits, from which no secret can be computed.

        A hash of the vendor's name and of what `names_account`: neither a moved module nor a new
        secret of the same key may change it, since state holds it for years.
        """
        values = (getattr(self, name) for name in self.names_account)
        plain = (
            value.get_secret_value() if isinstance(value, SecretStr) else value for value in values
        )
        text = " ".join((self.vendor, *(str(value or "") for value in plain)))
        return hashlib.sha256(text.encode()).hexdigest()[:12]

    def secrets(self) -> Iterator[str]:
        """Every value that must never be shown."""
        for name in type(self).model_fields:
            value = getattr(self, name)
            if isinstance(value, SecretStr):
                yield value.get_secret_value()
            elif name in self.confidential and value:
                yield str(value)


def _configured(keys: str, section: str) -> str:
    return _("{keys} of the configuration {section}", keys=keys, section=section)


def _all_of(names: list[str]) -> str:
    *others, last = names
    return _("{names} and {last}", names=listed(others), last=last) if others else last


def _address(url: str) -> str:
    """The host of a URL in ASCII, with the port that it names."""
    import httpx  # only for the message about an unusual host

    return httpx.URL(url).netloc.decode()
