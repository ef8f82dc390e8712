"""The resource that every vendor's `Signature` is: common arguments, common outputs."""

from __future__ import annotations

import inspect
import os
from collections.abc import Iterator, Mapping
from enum import Enum
from typing import Any, ClassVar, Self, TypedDict, get_args

import pulumi
from pulumi.dynamic import Resource

from pulumi_smssign.contract import evidence
from pulumi_smssign.model.lookalikes import invisible, listed
from pulumi_smssign.model.vocabulary import (
    DELETION_POLICIES,
    RECORD,
    RUN,
    TODO,
    UNSEEN,
    DeletionPolicy,
)
from pulumi_smssign.program.facts import OptionsSeen, program_facts
from pulumi_smssign.program.hidden import Hidden
from pulumi_smssign.provider import SignatureProvider

__all__ = ["OUTPUTS", "Arguments", "Signature"]


class Arguments(TypedDict, total=False):
    """The arguments that every vendor's `Signature` has beside its own."""

    account: str | None
    """The account's name in the stack's configuration."""
    adopt: str | None
    """What the vendor knows a signature by that exists already, to manage it from now on;
    "existing" takes over the one with this text if there is one, and submits it if not."""
    deletion_policy: DeletionPolicy | None
    """What may be done with it once it is approved. "retain": it is never deleted or put out of
    use; a change that needs that is refused, and what is dropped or replaced stays in the account.
    "delete": it is deleted with its resource, or once its successor is approved, where the vendor
    allows that. Left out, it is the stack's `smssign:deletionPolicy`, else "retain" at a vendor and
    "delete" in the sandbox. A plain value, and no output."""
    owner: pulumi.Input[str] | None
    """The company's legal name, as on its licence: the preview warns of a company's signature that
    is no part of it. It is not sent, and not in state."""
    opts: pulumi.ResourceOptions | None
    """Pulumi's options."""


class Signature(OptionsSeen, Resource, module="smssign", name="Signature"):
    """An SMS signature at a vendor; use the class of a vendor's package.

    `create` returns as soon as the vendor has accepted the application; an `Approval` waits for
    the verdict. `status`, `usable`, `reason` and the other outputs are as of the last create,
    update or refresh, so `status` may still say PENDING when an `Approval` has seen the approval:
    what is as fresh as the run is the Approval's `approved` and `reviews`.
    """

    text: pulumi.Output[str]
    """What stands in 【】 before every message."""
    status: pulumi.Output[str]
    """PENDING, APPROVED, REJECTED, SUSPENDED or UNKNOWN: see `Status`."""
    vendor_status: pulumi.Output[str]
    """The vendor's own status."""
    usable: pulumi.Output[bool]
    """Whether messages may be sent under it."""
    reason: pulumi.Output[str]
    """The reviewer's words, or ""."""
    edit_status: pulumi.Output[str]
    """PENDING while what was approved stays in use and an edit of it is in review; "" otherwise."""
    deliverable: pulumi.Output[str]
    """Whether messages arrive: "yes" only where the vendor tells that all carriers have filed it,
    "no", or "unknown" where it tells nothing."""
    filing: pulumi.Output[dict[str, Any]]
    """The filing with the carriers: state (none, filing, unverified, filed, failed, lapsed,
    unknown), carriers (mobile, unicom, telecom, where the vendor names them), since, reasons."""
    qualification: pulumi.Output[dict[str, str]]
    """The company's papers that it is filed with: id, name, state."""
    submitted_at: pulumi.Output[str]
    """When the application was last submitted, as the vendor says (ISO 8601, UTC), or ""."""
    accepted_at: pulumi.Output[str]
    """When this stack's last submission was accepted (ISO 8601, UTC); "" of an adopted one."""
    revision: pulumi.Output[int]
    """1 at first, one more at every resubmission."""
    scope: pulumi.Output[str]
    """Where the vendor keeps it within the account (a project, mainland or international)."""
    deletion_policy: pulumi.Output[str]
    """What may be done with it once it is approved: "retain" or "delete", chosen or by default."""
    vendor: pulumi.Output[str]
    """The vendor's name."""
    account: pulumi.Output[str]
    """The account's name in the stack's configuration; "default" unless chosen."""

    @property
    def _is_unseen(self) -> pulumi.Output[bool]:
        """Whether the vendor accepted the application and has not shown it yet."""
        record: pulumi.Output[Mapping[str, Any] | None] = getattr(self, RECORD)
        return record.apply(lambda known: bool((known or {}).get(UNSEEN)))

    _hidden: Hidden
    """The inputs and outputs that the program calls secret."""
    _in_confidence: list[pulumi.Output[Any]]
    """What it holds in confidence beside its files, for those who speak of it."""

    _vendor: ClassVar[str]
    _personal: ClassVar[frozenset[str]] = frozenset()
    """Arguments that are secrets in state whether or not the program marks them."""
    _reported: ClassVar[tuple[str, ...]] = ()
    """The arguments that the vendor tells again: outputs also of a signature that is only read."""

    # What follows is read off the constructor of a vendor's class, and its annotations.
    _fields: ClassVar[tuple[str, ...]]
    """The vendor's own arguments."""
    _evidence: ClassVar[frozenset[str]]
    """Those that are proof files."""
    _choices: ClassVar[Mapping[str, type[Enum]]]
    """Those that are a choice, and of what."""
    _vendor_outputs: ClassVar[tuple[str, ...]]
    """The outputs that only this vendor has."""

    def __init_subclass__(cls, **keywords: Any) -> None:  # noqa: ANN401 - Pulumi's own
        """Read the class's annotations once; the SDK would read them for each resource, as text."""
        super().__init_subclass__(**keywords)
        cls.__annotations__ = inspect.get_annotations(cls, eval_str=True)
        if "_vendor" not in vars(cls):
            return  # a program's own class, which takes what it likes
        parameters = inspect.signature(cls.__init__, eval_str=True).parameters.values()
        kinds = {
            each.name: tuple(_classes_in(each.annotation))
            for each in parameters
            if each.kind is each.KEYWORD_ONLY
        }
        cls._fields = tuple(kinds)
        cls._evidence = frozenset(name for name in kinds if pulumi.FileAsset in kinds[name])
        cls._choices = {
            name: kind for name in kinds for kind in kinds[name] if issubclass(kind, Enum)
        }
        cls._vendor_outputs = tuple(name for name in cls.__annotations__ if name not in kinds)

    def __init__(self, resource_name: str, arguments: Mapping[str, Any]) -> None:
        """Declare it; `arguments` is the `locals()` of a vendor's constructor.

        Raises:
            TypeError: names each argument that there isn't.
        """
        common = dict.fromkeys(Arguments.__annotations__) | arguments["common"]
        if unknown := ", ".join(map(repr, common.keys() - Arguments.__annotations__.keys())):
            raise TypeError(f"{self._vendor}.Signature has no argument {unknown}")
        self._declare(resource_name, {name: arguments[name] for name in self._fields}, **common)

    def _declare(
        self,
        resource_name: str,
        fields: Mapping[str, pulumi.Input[Any]],
        *,
        account: str | None,
        adopt: str | None,
        deletion_policy: DeletionPolicy | None,
        opts: pulumi.ResourceOptions | None,
        owner: pulumi.Input[str] | None = None,
    ) -> None:
        self._must_not_be_imported(opts, resource_name)
        self._must_be_own_choices(fields)
        _must_be_plain(deletion_policy, account=account, adopt=adopt)
        described = {
            name: _described(name, value) if name in self._evidence else value
            for name, value in fields.items()
        }
        confidential = {
            name: pulumi.Output.secret(described[name])
            for name in self._personal
            if described.get(name) is not None
        }
        self._hidden = Hidden.of(described, (opts and opts.additional_secret_outputs) or ())
        self._in_confidence = [
            value for name, value in confidential.items() if name not in self._evidence
        ]
        files = {
            name: value
            for name, value in described.items()
            if name in self._evidence and value is not None
        }
        # A property costs the SDK five futures: what is left out and never comes back is none.
        adoption = {} if adopt is None else {"adopt": adopt}
        described = {
            name: value
            for name, value in described.items()
            if name in files or name not in self._evidence or name in self._reported
        }
        facts = program_facts(self, owner=owner, files=files)
        if opts is not None and opts.id is not None:
            del facts[RUN]  # no check takes it out of what is only read, and state would keep it
        super().__init__(
            SignatureProvider(),
            resource_name,
            {
                **dict.fromkeys((*OUTPUTS, *self._vendor_outputs, RECORD)),
                **described,
                **confidential,
                "vendor": self._vendor,
                "account": account or "default",
                **adoption,
                "deletion_policy": deletion_policy,
                **self._hidden.as_property(),
                **facts,
            },
            opts,
        )

    def _instead_of_import(self, identifier: str, *, is_read: bool) -> str:
        if is_read:
            return "a Signature: leave import_ out: Signature.get reads what id= names"
        return (
            f'a Signature: write adopt="{identifier}", an argument of its own, which takes it over '
            "as it is"
        )

    @classmethod
    def _must_be_own_choices(cls, fields: Mapping[str, object]) -> None:
        """Refuse another vendor's enumeration: its numbers mean something else here.

        Raises:
            TypeError: names each such argument, and what it may be.
        """
        wrong = [
            f"{name}={type(value).__name__}.{value.name} is of another kind: choose from "
            + ", ".join(f"{choice.__name__}.{member.name}" for member in choice)
            for name, choice in cls._choices.items()
            if isinstance(value := fields.get(name), Enum) and not isinstance(value, choice)
        ]
        if wrong:
            raise TypeError("; ".join(wrong))

    @classmethod
    def get(
        cls,
        resource_name: str,
        id: pulumi.Input[str],  # noqa: A002 - Pulumi's word
        *,
        account: str | None = None,
        opts: pulumi.ResourceOptions | None = None,
    ) -> Self:
        """Read a signature that exists at the vendor, without managing it.

        Args:
            resource_name: the resource's name in the program.
            id: what the vendor knows it by: the same as for the argument `adopt`.
            account: the account's name in the stack's configuration.
            opts: Pulumi's options.
        """
        return cls._read(resource_name, id, {}, account=account, opts=opts)

    @classmethod
    def _read(
        cls,
        resource_name: str,
        identifier: pulumi.Input[str],
        fields: Mapping[str, pulumi.Input[Any]],
        *,
        account: str | None,
        opts: pulumi.ResourceOptions | None,
    ) -> Self:
        """A signature that exists at the vendor and that this stack does not manage.

        Raises:
            TypeError: there is no id to read it by.
        """
        if not isinstance(identifier, pulumi.Output) and not identifier:
            raise TypeError(f"id= takes the signature's id at the vendor, not {identifier!r}")
        resource = cls.__new__(cls)
        Signature._declare(
            resource,
            resource_name,
            {**dict.fromkeys(cls._reported), **fields},
            account=account,
            adopt=None,
            deletion_policy=None,
            opts=pulumi.ResourceOptions.merge(opts, pulumi.ResourceOptions(id=identifier)),
        )
        return resource


OUTPUTS = tuple(
    name
    for name in Signature.__annotations__
    if not name.startswith("_") and name not in ("vendor", *Arguments.__annotations__)
)
"""The outputs that are not inputs too, common to all vendors."""


def _classes_in(annotation: object) -> Iterator[type]:
    """The classes that an annotation names, however deep."""
    if isinstance(annotation, type):
        yield annotation
    for inner in get_args(annotation):
        yield from _classes_in(inner)


def unfit_policy(value: object) -> str:
    """Why a value is no `deletion_policy`, or "": a deletion hangs on it, so it is plain."""
    if value is None or value in DELETION_POLICIES:
        return ""
    takes = "deletion_policy= takes " + " or ".join(f'"{policy}"' for policy in DELETION_POLICIES)
    if isinstance(value, str):
        return f"{takes}, not {value!r}"
    return f"{takes}, not {_kind(value)}"


def _must_be_plain(deletion_policy: object, **texts: object) -> None:
    """Refuse what isn't known before the run, or is no value of its argument.

    Whose a signature is hangs on the texts, and what may be done with it on its policy.

    Raises:
        TypeError: names each such argument, and what it takes.
    """
    wrong = [
        f"{name}= takes plain text, not {_kind(value)}"
        + (f': write {name}="{value}"' if isinstance(value, int) else "")
        for name, value in texts.items()
        if value is not None and not isinstance(value, str)
    ]
    wrong += [
        f"{name}= has {listed(characters)}, which nobody sees"
        for name, value in texts.items()
        if isinstance(value, str) and (characters := invisible(value))
    ]
    wrong += filter(None, [unfit_policy(deletion_policy)])
    if wrong:
        raise TypeError("; ".join(wrong))


def _described(name: str, value: Any) -> Any:  # noqa: ANN401 - an input may be an output of anything
    """A proof file, a list of them, or an output of either, described.

    Raises:
        TypeError: the value of this argument names no file.
    """
    if isinstance(value, pulumi.Output):
        return value.apply(lambda known: _described(name, known))
    if isinstance(value, list | tuple):
        return [_described(name, item) for item in value]
    if value is None or value == TODO:  # Check refuses the placeholder
        return value
    if not isinstance(value, str | os.PathLike | pulumi.FileAsset):
        raise TypeError(
            f"{name}= takes a file's path, relative to the program, or a pulumi.FileAsset, "
            f"not {_kind(value)}" + (": write it first" if isinstance(value, bytes) else "")
        )
    return evidence.describe(value.path if isinstance(value, pulumi.FileAsset) else value)


def _kind(value: object) -> str:
    """The kind of a wrong value, without what may be confidential in it."""
    if isinstance(value, pulumi.Output):
        return "an output, which isn't known before the run"
    if isinstance(value, bytes):
        return "a file's content"
    return f"a value of the type {type(value).__name__}"
