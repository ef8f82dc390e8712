"""`Brand`: one brand's signatures at several vendors, from facts that are told once."""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeVar, get_args

import pulumi

from pulumi_smssign.approval import Approval, ApprovalArguments
from pulumi_smssign.core.registry import part
from pulumi_smssign.facts import Fact, Facts, Form, NameOf
from pulumi_smssign.model.language import CLAUSES, _, labelled, listed, mark, remarked
from pulumi_smssign.model.vocabulary import DeletionPolicy
from pulumi_smssign.program.facts import OptionsSeen
from pulumi_smssign.signature import Arguments, Signature, unfit_policy

if TYPE_CHECKING:
    from pulumi_smssign import alibaba, huawei, tencent, ucloud, yunpian

__all__ = ["Brand", "Vendor"]

Vendor = Literal["alibaba", "huawei", "tencent", "ucloud", "yunpian"]
"""A vendor, by the name of its package."""
_VENDORS: tuple[Vendor, ...] = get_args(Vendor)

_Part = TypeVar("_Part", bound=pulumi.Resource)
_TYPE = "smssign:index:Brand"
"""Part of every user's state: it never changes."""


class _Desk(NamedTuple):
    """A vendor's desk for applications: its resource, and its form."""

    resource: type[Signature]
    form: Form

    @property
    def arguments(self) -> Mapping[str, bool]:
        """The arguments that the resource has, and whether it can't do without."""
        parameters = inspect.signature(self.resource.__init__).parameters.values()
        own = (each for each in parameters if each.kind is each.KEYWORD_ONLY)
        required = {each.name: each.default is each.empty for each in own}
        return required | dict.fromkeys(Arguments.__annotations__, False)


@cache
def _desk(vendor: Vendor) -> _Desk:
    """A vendor's desk; its package is imported now, since few brands are at all vendors."""
    return _Desk(part(vendor, "resource.Signature"), part(vendor, "resource.FORM"))


class Brand(OptionsSeen, pulumi.ComponentResource):
    """One brand's signatures at several vendors, from facts that are told once.

    Args:
        resource_name: the component's name; its signatures are named after it and the vendor
            ("geek-tencent"), its Approval "geek-approval".
        vendors: the vendors to submit it to. One that is added is submitted to by the next run;
            the signature at one that is taken out goes as `deletion_policy` says.
        facts: what all of them are told: the name, what it is the name of, papers, words to the
            reviewer (see `Facts`).
        alibaba: further arguments of `alibaba.Signature`; they go before what the facts say. Here
            and below: `opts` is among them, and the arguments of a vendor that is not listed wait
            for it.
        huawei: further arguments of `huawei.Signature`.
        tencent: further arguments of `tencent.Signature`.
        ucloud: further arguments of `ucloud.Signature`.
        yunpian: further arguments of `yunpian.Signature`.
        approval: the arguments of one `Approval` for all of them, `{}` for the usual ones; None
            waits for nothing. What says `depends_on=[brand]` waits for it too.
        deletion_policy: the `deletion_policy` of all its signatures ("retain" or "delete"); one
            among a vendor's further arguments goes before it.
        opts: Pulumi's options; `protect` and `retain_on_delete` hold for all the signatures.

    It does nothing that its parts don't do: what holds for a signature holds for each of its own.
    A second signature at one vendor (another account, another kind of messages) is a second Brand
    with the same facts, or a `Signature` of its own.

    A signature that the program has declared by itself moves in without being submitted anew when
    the Brand says which one it was:
    `tencent={"opts": pulumi.ResourceOptions(aliases=[pulumi.Alias(name="its old name",
    parent=pulumi.ROOT_STACK_RESOURCE)])}`.

    Raises:
        TypeError: names every fact and argument that is unknown or missing.
    """

    signatures: Mapping[Vendor, Signature]
    """The signatures, by vendor: `brand.signatures["tencent"].status`."""
    approval: Approval | None
    """The Approval of all of them, or None."""

    def __init__(
        self,
        resource_name: str,
        *,
        vendors: Sequence[Vendor],
        facts: Facts,
        alibaba: alibaba.Arguments | None = None,
        huawei: huawei.Arguments | None = None,
        tencent: tencent.Arguments | None = None,
        ucloud: ucloud.Arguments | None = None,
        yunpian: yunpian.Arguments | None = None,
        approval: ApprovalArguments | None = None,
        deletion_policy: DeletionPolicy | None = None,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        arguments = locals()
        given: Mapping[Vendor, Mapping[str, Any]] = {
            vendor: arguments[vendor] for vendor in _VENDORS if arguments[vendor]
        }
        wrong = (
            *_unfit_vendors(vendors),
            *_unfit_facts(facts),
            *_unfit_arguments(given),
            *_unfit_approval(approval),
            *filter(None, [unfit_policy(deletion_policy)]),
        )
        wrong = wrong or tuple(_missing(vendors, facts, given))
        if wrong:
            raise TypeError(labelled(f"Brand({resource_name!r})", listed(wrong, CLAUSES)))
        self._must_not_be_imported(opts, resource_name)
        super().__init__(_TYPE, resource_name, opts=opts)
        self.signatures = MappingProxyType(
            {
                vendor: self._submit(
                    f"{resource_name}-{vendor}",
                    _desk(vendor).resource,
                    {
                        **_desk(vendor).form.arguments(facts),
                        "owner": facts.get("owner"),
                        "deletion_policy": deletion_policy,
                        **given.get(vendor, {}),
                    },
                )
                for vendor in vendors
            }
        )
        self.approval = None
        if approval is not None:
            self.approval = self._submit(
                f"{resource_name}-approval",
                Approval,
                {"signatures": list(self.signatures.values()), **approval},
            )
        self.register_outputs(
            {"ids": {name: signature.id for name, signature in self.signatures.items()}}
        )

    def _instead_of_import(self, identifier: str, *, is_read: bool) -> str:
        del is_read
        return _(
            "a Brand: adopt= is an argument of each of its parts, such as "
            'tencent={{"adopt": "{id}"}}',
            id=identifier,
        )

    def _submit(self, name: str, resource: type[_Part], arguments: Mapping[str, Any]) -> _Part:
        own = pulumi.ResourceOptions(parent=self)
        opts = pulumi.ResourceOptions.merge(own, arguments.get("opts"))
        return resource(name, **{**arguments, "opts": opts})


def _unfit_vendors(vendors: object) -> Iterator[str]:
    """Problems of the list of vendors."""
    choices = listed(_VENDORS)
    if isinstance(vendors, str) or not isinstance(vendors, Sequence):
        yield _(
            'vendors= takes a list of vendors, such as ["tencent"]: choose from {choices}',
            choices=choices,
        )
        return
    if not vendors:
        yield _("vendors= names no vendor: choose from {choices}", choices=choices)
    for vendor in dict.fromkeys(map(str, vendors)):
        if vendor not in _VENDORS:
            yield _(
                "{value} is not a vendor: choose from {choices}",
                value=repr(vendor),
                choices=choices,
            )
        elif list(vendors).count(vendor) > 1:
            yield _(
                "vendors= names {vendor} more than once: a second signature is a second Brand",
                vendor=vendor,
            )


def _unfit_facts(facts: object) -> Iterator[str]:
    """Problems of the facts: unknown names, and values that aren't known before the run."""
    if not isinstance(facts, Mapping):
        yield _(
            'facts= takes Facts, such as {"text": "云杉示例", "licence": "evidence/licence.png"}'
        )
        return
    known = Facts.__annotations__
    if unknown := _unknown(facts, known):
        yield _(
            "{names} is not a fact: choose from {choices}", names=unknown, choices=listed(known)
        )
    if facts.get("text") is None:
        yield _("the fact 'text' is missing: it is the name, without 【】")
    kinds = get_args(NameOf)
    if (kind := facts.get("name_of", "company")) not in kinds:
        yield _(
            "name_of takes one of {choices}, and not {value}",
            choices=listed(map(repr, kinds)),
            value=_displayed(kind),
        )
    if not isinstance(own := facts.get("own_use", True), bool):
        yield _("own_use takes True or False, and not {value}", value=_displayed(own))


def _unfit_arguments(given: Mapping[Vendor, object]) -> Iterator[str]:
    """Problems of the vendors' further arguments: unknown names."""
    for vendor, arguments in given.items():
        if not isinstance(arguments, Mapping):
            yield _(
                "{vendor}= takes arguments of {vendor}.Signature, such as {{'account': 'shop'}}",
                vendor=vendor,
            )
            continue
        if unknown := _unknown(arguments, _desk(vendor).arguments):
            yield _(
                "{names} is not an argument of {vendor}.Signature", names=unknown, vendor=vendor
            )


def _unfit_approval(given: object) -> Iterator[str]:
    """Problems of the Approval's arguments: unknown names."""
    if given is None:
        return
    known = ApprovalArguments.__annotations__
    choices = listed(known)
    if not isinstance(given, Mapping):
        yield _(
            "approval= takes an Approval's arguments, such as {{}}: choose from {choices}",
            choices=choices,
        )
    elif unknown := _unknown(given, known):
        yield _(
            "{names} is not an argument of its Approval: choose from {choices}",
            names=unknown,
            choices=choices,
        )


def _unknown(given: Iterable[object], known: Mapping[str, object]) -> str:
    return listed(repr(name) for name in given if name not in known)


def _missing(
    vendors: Sequence[Vendor], facts: Facts, given: Mapping[Vendor, Mapping[str, Any]]
) -> Iterator[str]:
    """Required arguments that neither the facts nor the vendor's own arguments give."""
    for vendor in vendors:
        desk = _desk(vendor)
        row = desk.form.row(facts)
        arguments = {**desk.form.arguments(facts), **given.get(vendor, {})}
        required = [name for name, is_required in desk.arguments.items() if is_required]
        lacking = [name for name in required if arguments.get(name) is None]
        by_facts = {name: fact for name in lacking if isinstance(fact := row.get(name), Fact)}
        wanted = [
            _("the fact {fact} (its {name})", fact=repr(fact.name), name=name)
            for name, fact in by_facts.items()
        ]
        own = [name for name in lacking if name not in by_facts]
        if own:
            example = f"{vendor}={{{own[0]!r}: ...}}"
            wanted.append(_("{names}, given as {example}", names=listed(own), example=example))
        if wanted:
            problem = _(
                "{vendor} asks for {wanted}",
                vendor=vendor,
                wanted=listed(wanted, mark(" and for ")),
            )
            yield remarked(problem, _why(desk.form, facts, own))


def _why(form: Form, facts: Facts, lacking: Sequence[str]) -> str:
    """Why a form lacks what it gives for other kinds of names."""
    kind = facts.get("name_of", "company")
    of_kinds = {name for each in form.kinds.values() for name in each}
    if kind in form.kinds or not of_kinds & set(lacking):
        return ""
    return _("it has no word for a name_of {kind}", kind=repr(kind))


def _displayed(value: object) -> str:
    return _("an output") if isinstance(value, pulumi.Output) else repr(value)
