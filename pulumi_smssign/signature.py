"""The resource that every vendor's `Signature` is: common arguments, common outputs."""

from __future__ import annotations

import inspect
import os
from collections.abc import Mapping
from enum import Enum
from functools import cache, cached_property
from typing import Any, ClassVar, Self, TypedDict

import pulumi
from pulumi.dynamic import Resource

from pulumi_smssign.contract import evidence
from pulumi_smssign.model.language import CLAUSES, OR, _, listed
from pulumi_smssign.model.vocabulary import (
    DELETION_POLICIES,
    RECORD,
    REVIEW,
    RUN,
    TODO,
    UNSEEN,
    DeletionPolicy,
    Deliverable,
    Status,
)
from pulumi_smssign.outputs import Filing, Qualification
from pulumi_smssign.program.facts import OptionsSeen, program_facts
from pulumi_smssign.program.hidden import Hidden
from pulumi_smssign.program.interface import Interface, constructor_of
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
    the verdict. Outputs are as of the last create (what the vendor's answer told), update or
    refresh; but once the program has an `Approval` for it, `status`, `usable`, `reason` and
    `deliverable` are what that saw, so they never say PENDING beside its `approved`. In state, and
    where the program reads them before it makes the Approval, they stay as they were.
    """

    text: pulumi.Output[str]
    """What stands in 【】 before every message."""
    status: pulumi.Output[Status]
    """PENDING, APPROVED, REJECTED, SUSPENDED or UNKNOWN: see `Status`."""
    vendor_status: pulumi.Output[str]
    """The vendor's own status."""
    usable: pulumi.Output[bool]
    """Whether messages may be sent under it."""
    reason: pulumi.Output[str]
    """The reviewer's words, or ""."""
    edit_status: pulumi.Output[str]
    """PENDING while what was approved stays in use and an edit of it is in review; "" otherwise."""
    deliverable: pulumi.Output[Deliverable]
    """Whether messages arrive: "yes" only where the vendor tells that all carriers have filed it,
    "no", or "unknown" where it tells nothing."""
    filing: pulumi.Output[Filing]
    """The filing with the carriers: state (none, filing, unverified, filed, failed, lapsed,
    unknown), carriers (mobile, unicom, telecom, where the vendor names them), since, reasons."""
    qualification: pulumi.Output[Qualification]
    """The company's papers that it is filed with: id, name, state."""
    submitted_at: pulumi.Output[str]
    """When the application was last submitted, as the vendor says (ISO 8601, UTC), or ""."""
    accepted_at: pulumi.Output[str]
    """When this stack's last submission was accepted (ISO 8601, UTC); "" of an adopted one."""
    revision: pulumi.Output[int]
    """1 at first, one more at every resubmission."""
    scope: pulumi.Output[str]
    """Where the vendor keeps it within the account (a project, mainland or international)."""
    deletion_policy: pulumi.Output[DeletionPolicy]
    """What may be done with it once it is approved: "retain" or "delete", chosen or by default."""
    vendor: pulumi.Output[str]
    """The vendor's name."""
    account: pulumi.Output[str]
    """The account's name in the stack's configuration; "default" unless chosen."""

    review: pulumi.Output[Mapping[str, Any]]
    """All that the program has not said of it: the outputs above and the vendor's own are its
    parts, and so they are in state."""

    def __getattr__(self, name: str) -> pulumi.Output[Any]:
        """An output that is a part of the review; made when a program first asks for it."""
        if name not in self._interface().outputs:
            raise AttributeError(name, name=name, obj=self)
        output = self._output(name)
        setattr(self, name, output)
        return output

    def _output(self, name: str) -> pulumi.Output[Any]:
        if name == "account":
            return pulumi.Output.from_input("default")
        interface = self._interface()
        convert = interface.converted.get(name, _unchanged)
        if name in self._sent:
            return self._sent[name].apply(lambda value: value if value is None else convert(value))
        nothing = "" if name in interface.texts else None  # what says nothing is no part

        def part(review: Mapping[str, Any] | None) -> object:
            value = (review or {}).get(name, nothing)
            return value if value is None else convert(value)

        value = self.review.apply(part)
        if {name, REVIEW} & self._hidden.outputs:
            return pulumi.Output.secret(value)
        # The SDK makes all of a dictionary secret where a part of it is.
        is_mirror = name in ("text", "qualification")
        return value if is_mirror and self._hidden.inputs else pulumi.Output.unsecret(value)

    @property
    def _is_unseen(self) -> pulumi.Output[bool]:
        """Whether the vendor accepted the application and has not shown it yet."""
        return self.review.apply(
            lambda review: bool(((review or {}).get(RECORD) or {}).get(UNSEEN))
        )

    @cached_property
    def _own_review(self) -> Mapping[str, pulumi.Output[Any]]:
        """The outputs that an `Approval` puts others in the place of, which its look tells too."""
        return {name: getattr(self, name) for name in _REVIEWED}

    _sent: Mapping[str, pulumi.Output[Any]]
    """The arguments that are no plain JSON, as the engine tells them."""
    _hidden: Hidden
    """The inputs and outputs that the program calls secret."""
    _in_confidence: list[pulumi.Output[Any]]
    """What it holds in confidence beside its files, for those who speak of it."""

    _vendor: ClassVar[str]
    _personal: ClassVar[frozenset[str]] = frozenset()
    """Arguments that are secrets in state whether or not the program marks them."""

    _annotations: ClassVar[Mapping[str, str]]
    """The annotations of the outputs that a vendor's class declares, not evaluated."""

    def __init_subclass__(cls, **keywords: Any) -> None:  # noqa: ANN401 - Pulumi's own
        """Take the annotations of a vendor's class, and show the constructor with the keywords."""
        super().__init_subclass__(**keywords)
        if "_vendor" not in vars(cls):
            return  # a program's own class, which takes what it likes
        # The method itself takes anything.
        vars(cls)["__init__"].__signature__ = inspect.signature(constructor_of(cls))
        cls._annotations = cls.__annotations__
        cls.__annotations__ = {}  # the SDK would look through them for each resource

    @classmethod
    @cache
    def _interface(cls) -> Interface:
        """The arguments and outputs of the vendor's class, with the outputs that all have."""
        vendors = next(each for each in cls.__mro__ if "_annotations" in vars(each))
        own = Interface.of(vendors, cls._annotations)
        return own._replace(
            outputs=own.outputs.union(OUTPUTS, ("account", "deletion_policy")) - own.evidence,
            texts=own.texts | _TEXTS,
            converted={**_CONVERTED, **own.converted},
        )

    def __init__(self, resource_name: str, arguments: Mapping[str, Any]) -> None:
        """Declare it; `arguments` is the `locals()` of a vendor's constructor, or from `_given`.

        Raises:
            TypeError: names each argument that there isn't.
        """
        common = dict.fromkeys(Arguments.__annotations__) | arguments["common"]
        if unknown := listed(map(repr, common.keys() - Arguments.__annotations__.keys())):
            raise TypeError(
                _(
                    "{resource} has no argument {names}",
                    resource=f"{self._vendor}.Signature",
                    names=unknown,
                )
            )
        fields = {name: arguments[name] for name in self._interface().fields}
        self._declare(resource_name, fields, **common)

    @classmethod
    def _given(
        cls,
        args: object = None,
        opts: pulumi.ResourceOptions | None = None,
        **keywords: Any,  # noqa: ANN401 - each has a type of its own
    ) -> dict[str, Any]:
        """The arguments of a constructor that takes them as `args` or as keywords.

        Raises:
            TypeError: names what is given in both ways, and what is missing.
        """
        resource = f"{cls._vendor}.Signature"
        if args is not None:
            keywords = _one_of(resource, args, opts, keywords)
        fields, defaults = cls._interface().fields, cls._interface().defaults
        if missing := [name for name in fields if name not in {**defaults, **keywords}]:
            raise TypeError(
                _(
                    "{resource} lacks the arguments {names}",
                    resource=resource,
                    names=listed(missing),
                )
            )
        own = {name: keywords.pop(name, defaults.get(name)) for name in fields}
        return {**own, "common": keywords if opts is None else {**keywords, "opts": opts}}

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
        interface = self._interface()
        described = {
            name: _described(name, value) if name in interface.evidence else value
            for name, value in fields.items()
        }
        confidential = {
            name: pulumi.Output.secret(described[name])
            for name in self._personal
            if described.get(name) is not None
        }
        self._hidden = Hidden.of(described, (opts and opts.additional_secret_outputs) or ())
        self._in_confidence = [
            value for name, value in confidential.items() if name not in interface.evidence
        ]
        files = {
            name: value
            for name, value in described.items()
            if name in interface.evidence and value is not None
        }
        # A property costs the SDK five futures: what is left out is none.
        given = {"account": account, "adopt": adopt, "deletion_policy": deletion_policy}
        facts = program_facts(self, owner=owner, files=files)
        if opts is not None and opts.id is not None:
            del facts[RUN]  # no check takes it out of what is only read, and state would keep it
        super().__init__(
            SignatureProvider(),
            resource_name,
            {
                REVIEW: None,
                **{name: value for name, value in described.items() if value is not None},
                **confidential,
                "vendor": self._vendor,
                **{name: value for name, value in given.items() if value is not None},
                **self._hidden.as_property(),
                **facts,
            },
            opts,
        )
        own = vars(self)
        for name in (*OUTPUTS, "deletion_policy"):  # what it came to is a part of the review
            own.pop(name, None)
        self._sent = {name: own.pop(name) for name in interface.converted if name in own}

    def _instead_of_import(self, identifier: str, *, is_read: bool) -> str:
        if is_read:
            return _("a Signature: leave import_ out: Signature.get reads what id= names")
        return _(
            'a Signature: write adopt="{id}", an argument of its own, which takes it over as it is',
            id=identifier,
        )

    @classmethod
    def _must_be_own_choices(cls, fields: Mapping[str, object]) -> None:
        """Refuse another vendor's enumeration: its numbers mean something else here.

        Raises:
            TypeError: names each such argument, and what it may be.
        """
        wrong = [
            _(
                "{argument} is of another kind: choose from {choices}",
                argument=f"{name}={type(value).__name__}.{value.name}",
                choices=listed(f"{choice.__name__}.{member.name}" for member in choice),
            )
            for name, choice in cls._interface().choices.items()
            if isinstance(value := fields.get(name), Enum) and not isinstance(value, choice)
        ]
        if wrong:
            raise TypeError(listed(wrong, CLAUSES))

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
            raise TypeError(
                _("id= takes the signature's id at the vendor, not {value}", value=repr(identifier))
            )
        resource = cls.__new__(cls)
        Signature._declare(
            resource,
            resource_name,
            fields,
            account=account,
            adopt=None,
            deletion_policy=None,
            opts=pulumi.ResourceOptions.merge(opts, pulumi.ResourceOptions(id=identifier)),
        )
        return resource


OUTPUTS = tuple(
    name
    for name in Signature.__annotations__
    if not name.startswith("_") and name not in ("vendor", REVIEW, *Arguments.__annotations__)
)
"""The outputs that are not inputs too, common to all vendors."""

_TEXTS = frozenset(
    name for name in OUTPUTS if Signature.__annotations__[name] == "pulumi.Output[str]"
)
"""Those that are "" where there is nothing to tell."""

_REVIEWED = ("status", "usable", "reason", "deliverable")
"""The outputs that an Approval's look tells, too."""

_CONVERTED: Mapping[str, type] = {"revision": int, "status": Status}
"""The common outputs that are no plain JSON."""


def _one_of(
    resource: str,
    args: object,
    opts: pulumi.ResourceOptions | None,
    keywords: Mapping[str, object],
) -> dict[str, Any]:
    """The arguments in `args`, where none is a keyword.

    Raises:
        TypeError: `args` holds no arguments, or some are given twice.
    """
    if not isinstance(args, Mapping):
        raise TypeError(
            _(
                "{resource}: args= takes {vendor}.Arguments(...), not {kind}",
                resource=resource,
                vendor=resource.partition(".")[0],
                kind=_kind(args),
            )
        )
    if keywords:
        raise TypeError(
            _(
                "{resource} takes args= or keywords, and not both: {names} beside args=",
                resource=resource,
                names=listed(keywords),
            )
        )
    if opts is not None and args.get("opts") is not None:
        raise TypeError(_("{resource} has opts= twice: beside args=, and in it", resource=resource))
    return dict(args)


def unfit_policy(value: object) -> str:
    """Why a value is no `deletion_policy`, or "": a deletion hangs on it, so it is plain."""
    if value is None or value in DELETION_POLICIES:
        return ""
    return _(
        "deletion_policy= takes {values}, not {value}",
        values=listed((f'"{policy}"' for policy in DELETION_POLICIES), OR),
        value=repr(value) if isinstance(value, str) else _kind(value),
    )


def _must_be_plain(deletion_policy: object, **texts: object) -> None:
    """Refuse what isn't known before the run, or is no value of its argument.

    Whose a signature is hangs on the texts, and what may be done with it on its policy.

    Raises:
        TypeError: names each such argument, and what it takes.
    """
    wrong = [
        _(
            '{name}= takes plain text, not {kind}: write {name}="{value}"',
            name=name,
            kind=_kind(value),
            value=value,
        )
        if isinstance(value, int)
        else _("{name}= takes plain text, not {kind}", name=name, kind=_kind(value))
        for name, value in texts.items()
        if value is not None and not isinstance(value, str)
    ]
    given = {name: value for name, value in texts.items() if isinstance(value, str)}
    wrong += filter(None, (_unseen_in(name, value) for name, value in given.items()))
    wrong += filter(None, [unfit_policy(deletion_policy)])
    if wrong:
        raise TypeError(listed(wrong, CLAUSES))


def _unseen_in(name: str, text: str) -> str:
    """Why a text has characters that nobody sees, or ""."""
    from pulumi_smssign.model import lookalikes  # seldom is an account or an adoption given

    characters = lookalikes.invisible(text)
    if not characters:
        return ""
    shown = lookalikes.listed(characters)
    return _("{name}= has {characters}, which nobody sees", name=name, characters=shown)


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
        problem = _(
            "{name}= takes a file's path, relative to the program, or a pulumi.FileAsset, not "
            "{kind}",
            name=name,
            kind=_kind(value),
        )
        if isinstance(value, bytes):
            problem = _("{problem}: write it first", problem=problem)
        raise TypeError(problem)
    return evidence.describe(value.path if isinstance(value, pulumi.FileAsset) else value)


def _unchanged(value: object) -> object:
    return value


def _kind(value: object) -> str:
    """The kind of a wrong value, without what may be confidential in it."""
    if isinstance(value, pulumi.Output):
        return _("an output, which isn't known before the run")
    if isinstance(value, bytes):
        return _("a file's content")
    return _("a value of the type {type}", type=type(value).__name__)
