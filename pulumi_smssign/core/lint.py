"""Lint: what a Check finds, and the mechanical rules that vendors publish for their reviewers.

These are warnings and never problems: a reviewer decides. Each names its source, and none repeats
what the program says. They are given in a preview alone, of what is new or changed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from pulumi_smssign.core.outputs import POLICY
from pulumi_smssign.core.secrets import clear_ids
from pulumi_smssign.model.findings import Findings, Problem
from pulumi_smssign.model.language import OR, _, listed
from pulumi_smssign.model.names import NameKind, is_neutral, is_part
from pulumi_smssign.model.vocabulary import DELETION_POLICIES, RUN

if TYPE_CHECKING:
    from pulumi_smssign.contract.application import Application
    from pulumi_smssign.contract.vendor import Vendor


def doubts_of(vendor: Vendor, props: Mapping[str, Any]) -> Iterator[Problem]:
    """The doubts of a program's inputs that no vendor's form has; Check's inputs, as they come."""
    yield from clear_ids(vendor, props)
    facts = props.get(RUN)
    if isinstance(facts, Mapping) and facts.get("preview"):
        yield from _of_the_name(vendor.application, props, facts.get("owner"))
        yield from _of_the_scans(facts.get("scans"))


def findings_of(
    vendor: Vendor,
    fields: Mapping[str, Any],
    unknown: frozenset[str],
    adopts: str,
    *,
    managed: bool,
) -> Findings:
    """Every problem and doubt of what a program says, by the vendor's form."""
    from pulumi_smssign.contract.application import examine  # where nothing changed, none is needed

    is_new = not managed and not adopts
    return examine(vendor.application, fields, unknown, new=is_new, managed=managed)


def policy_problems(policy: object) -> Iterator[Problem]:
    """Problems of the policy that the engine hands over: a transform may have made it."""
    if policy is not None and policy not in DELETION_POLICIES:
        values = listed((f'"{choice}"' for choice in DELETION_POLICIES), OR)
        why = _("must be {values}, a plain value that is known before the run", values=values)
        yield Problem(POLICY, why)


def _of_the_name(
    model: type[Application], props: Mapping[str, Any], owner: object
) -> Iterator[Problem]:
    field, text = model.text_field, props.get(model.text_field)
    if not isinstance(text, str):
        return  # not known yet
    if is_neutral(text):
        yield Problem(
            field,
            _(
                "names nobody: it is made of neutral words such as Tencent Cloud's FAQ "
                "(2025-08-21), UCloud's audit standard (2026-05-09) and Alibaba Cloud's rules "
                "(2024-07-13) refuse"
            ),
        )
    if text.isdecimal() and model.is_mainland(props) and not model.judges_digits:
        yield Problem(
            field,
            _(
                "is digits alone, which Alibaba Cloud's CreateSmsSign (2025-12) and Huawei Cloud's "
                "FAQ (2025-01-02) refuse: this reviewer may, too"
            ),
        )
    kind, argument = model.name_kind(props), "owner"
    if not owner and model.owner_field:
        owner, argument = props.get(model.owner_field), model.owner_field
    is_company = kind is not None and kind[1] is NameKind.COMPANY
    if is_company and isinstance(owner, str) and owner and not is_part(text, owner):
        yield Problem(
            field,
            _(
                "is no part of {argument}: UCloud's audit standard (2026-05-09) takes a company's "
                "full name, or a part of it that skips nothing",
                argument=argument,
            ),
        )


def _of_the_scans(scans: object) -> Iterator[Problem]:
    """The doubts of proof files, as the program has examined them: it has them open anyway."""
    for field, flaws in scans.items() if isinstance(scans, Mapping) else ():
        for flaw in flaws:
            yield Problem(str(field), _("the picture {flaw}", flaw=_(str(flaw))))
