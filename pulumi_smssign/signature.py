"""The resource that every vendor's `Signature` is: common arguments, common outputs."""

from __future__ import annotations

import inspect
import os
from collections.abc import Mapping
from enum import Enum
from typing import Any, ClassVar, Self

import pulumi
from pulumi.dynamic import Resource

from pulumi_smssign import evidence
from pulumi_smssign.engine import declared
from pulumi_smssign.engine.declared import Declared
from pulumi_smssign.engine.host_watch import end_with_host
from pulumi_smssign.engine.keys import HIDES, RUN, URN, key_of
from pulumi_smssign.provider import SignatureProvider
from pulumi_smssign.vocabulary import EXISTING

__all__ = ["OUTPUTS", "Signature", "program_facts"]

OUTPUTS = (
    "text",
    "status",
    "vendor_status",
    "usable",
    "reason",
    "edit_status",
    "deliverable",
    "filing",
    "qualification",
    "submitted_at",
    "revision",
    "scope",
    "accepted_at",
    "unseen",
    "origin",
    "retiring",
)
"""The outputs that are not inputs too, common to all vendors."""


class Signature(Resource, module="smssign", name="Signature"):
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
    """The filing with the carriers: state (none, filing, filed, failed, lapsed, unknown), carriers
    (mobile, unicom, telecom, where the vendor names them), since, reasons."""
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
    unseen: pulumi.Output[bool]
    """Whether the vendor accepted the application and has not shown it yet."""
    origin: pulumi.Output[str]
    """Where it was made: in the sandbox or at the vendor, and a fingerprint of the account."""
    retiring: pulumi.Output[list[dict[str, Any]] | None]
    """Signatures that this one replaces and that stay at the vendor until it is approved."""
    vendor: pulumi.Output[str]
    """The vendor's name."""
    account: pulumi.Output[str]
    """The account's name in the stack's configuration; "default" unless chosen."""

    _secret_outputs: frozenset[str]
    """The outputs that the program calls secret; known when it is made."""
    _in_confidence: list[pulumi.Output[Any]]
    """What it holds in confidence beside its files, for those who speak of it."""

    _vendor: ClassVar[str]
    _unique: ClassVar[tuple[str, ...]]
    """The arguments that the vendor allows only once together, in alphabetical order."""
    _evidence: ClassVar[frozenset[str]] = frozenset()
    _personal: ClassVar[frozenset[str]] = frozenset()
    """Arguments that are secrets in state whether or not the program marks them."""
    _vendor_outputs: ClassVar[tuple[str, ...]] = ()
    _choices: ClassVar[Mapping[str, type[Enum]]] = {}
    """The arguments that are a choice, and of what."""

    def __init_subclass__(cls, **keywords: Any) -> None:  # noqa: ANN401 - Pulumi's own
        """Read the class's annotations once; the SDK would read them for each resource, as text."""
        super().__init_subclass__(**keywords)
        cls.__annotations__ = inspect.get_annotations(cls, eval_str=True)

    def __init__(
        self,
        resource_name: str,
        fields: Mapping[str, pulumi.Input[Any]],
        *,
        account: str | None,
        adopt: str | None,
        opts: pulumi.ResourceOptions | None,
    ) -> None:
        self._must_be_own_choices(fields)
        _must_be_plain_text(account=account, adopt=adopt)
        described = {
            name: _described(name, value) if name in self._evidence else value
            for name, value in fields.items()
        }
        confidential = {
            name: pulumi.Output.secret(described[name])
            for name in self._personal
            if described.get(name) is not None
        }
        self._secret_outputs = frozenset((opts and opts.additional_secret_outputs) or ())
        self._in_confidence = [
            value for name, value in confidential.items() if name not in self._evidence
        ]
        facts = program_facts(type(self), resource_name, opts)
        if opts is not None and opts.id is not None:
            del facts[RUN]  # no check takes it out of what is only read, and state would keep it
        else:
            declared.declare(
                Declared(
                    name=resource_name,
                    vendor=self._vendor,
                    account=account or "default",
                    key=key_of([fields.get(name) for name in self._unique]),
                    adopt="" if adopt in (None, EXISTING) else adopt,
                )
            )
        super().__init__(
            SignatureProvider(),
            resource_name,
            {
                **dict.fromkeys((*OUTPUTS, *self._vendor_outputs)),
                **described,
                **confidential,
                "vendor": self._vendor,
                "account": account or "default",
                "adopt": adopt,
                **({HIDES: sorted(self._secret_outputs)} if self._secret_outputs else {}),
                **facts,
            },
            opts,
        )

    @classmethod
    def _must_be_own_choices(cls, fields: Mapping[str, object]) -> None:
        """Refuse another vendor's enumeration: its numbers mean something else here.

        Raises:
            TypeError: names each such argument, and what it may be.
        """
        wrong = [
            f"{name}={type(value).__name__}.{value.name} is of another kind: there is "
            + ", ".join(f"{choice.__name__}.{member.name}" for member in choice)
            for name, choice in cls._choices.items()
            if isinstance(value := fields.get(name), Enum) and not isinstance(value, choice)
        ]
        if wrong:
            raise TypeError("; ".join(wrong))

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
            raise TypeError(
                f"id= takes what the vendor knows the signature by, and {identifier!r} is nothing"
            )
        resource = cls.__new__(cls)
        Signature.__init__(
            resource,
            resource_name,
            fields,
            account=account,
            adopt=None,
            opts=pulumi.ResourceOptions.merge(opts, pulumi.ResourceOptions(id=identifier)),
        )
        return resource


def program_facts(
    resource: type[Resource], resource_name: str, opts: pulumi.ResourceOptions | None
) -> dict[str, pulumi.Input[Any]]:
    """What the plugin's hooks aren't told and only the program knows; no diff looks at it."""
    end_with_host()
    return {
        URN: _urn(
            resource_name,
            f"pulumi-python:{resource._resource_type_name}",  # noqa: SLF001
            opts.parent if opts else None,
        ),
        RUN: {
            "directory": os.getcwd(),  # noqa: PTH109
            "preview": pulumi.runtime.is_dry_run(),
            "consents": bool(opts and opts.delete_before_replace),
            "retains": bool(opts and opts.retain_on_delete),
            "declared": declared.published(),
        },
    }


def _urn(name: str, type_: str, parent: pulumi.Resource | None) -> pulumi.Input[str | None]:
    """The URN, plain where it is known: each output takes the SDK time.

    It has no dependencies: a child that depends on its parent would never end.
    """
    if parent is None:
        return f"urn:pulumi:{pulumi.get_stack()}::{pulumi.get_project()}::{type_}::{name}"
    output = pulumi.create_urn(name, type_, parent)
    return pulumi.Output(set(), output.future(), output.is_known(), output.is_secret())


def _must_be_plain_text(**arguments: object) -> None:
    """Refuse what is no text, or isn't known before the run: whose a signature is hangs on it.

    Raises:
        TypeError: names each such argument, and what it takes.
    """
    wrong = [
        f"{name}= takes plain text, and {_kind(value)} is none"
        + (f': write {name}="{value}"' if isinstance(value, int) else "")
        for name, value in arguments.items()
        if value is not None and not isinstance(value, str)
    ]
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
    if value is None:
        return None
    if not isinstance(value, str | os.PathLike | pulumi.FileAsset):
        raise TypeError(
            f"{name}= takes a file's path, relative to the program, or a pulumi.FileAsset: "
            f"{_kind(value)} is none"
            + (", so write the file first" if isinstance(value, bytes) else "")
        )
    return evidence.describe(value)


def _kind(value: object) -> str:
    """What a wrong value is, without what may be confidential in it."""
    if isinstance(value, pulumi.Output):
        return "an output, which isn't known before the run,"
    if isinstance(value, bytes):
        return "a file's content"
    return f"a value of the type {type(value).__name__}"
