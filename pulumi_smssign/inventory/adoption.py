"""The lines of a program that take over a signature as it is, from what its vendor reports.

What the vendor doesn't report has a usual value and a TODO: an adoption records what the program
says, and asks the vendor for nothing but what is fixed.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, get_args

from pulumi_smssign.contract.application import Application, Evidence, Problem, choices, examine
from pulumi_smssign.core.accounts import DEFAULT
from pulumi_smssign.model.review import Review

if TYPE_CHECKING:
    from pulumi_smssign.contract.vendor import Vendor

EVIDENCE = "evidence/licence.png"
"""Where the lines say that a proof file is, unless the user names another one."""
_INDENT = "    "


@dataclass(frozen=True)
class Argument:
    """One argument of a resource; `todo` is what a person has to see to, or ""."""

    name: str
    code: str
    todo: str = ""

    def __str__(self) -> str:
        return f"{_INDENT}{self.name}={self.code}," + (f"  # TODO {self.todo}" if self.todo else "")


def imports(vendors: Iterable[str], *, plan: bool = False) -> str:
    """The import that the lines need."""
    names = (["Approval"] if plan else []) + sorted(set(vendors))
    return f"from pulumi_smssign import {', '.join(names)}"


NOTE = """\
# Adopted as they are: the first `pulumi up` records them and submits nothing. A TODO is what the
# vendor doesn't report: put it right before that, since a later change is one to the vendor.
# With deletion_policy="retain" an approved one is taken over without adopt= too; adopt= says that
# it is this stack's own, so that a later deletion_policy="delete" holds for it."""


def resource_names(found: Sequence[Review], taken: Iterable[str] = ()) -> list[str]:
    """A name for each, in their order: the text, and the id where the text alone is not enough."""
    used = set(taken)
    texts = [one.text for one in found]
    names = []
    for one in found:
        name = one.text
        if name in used or texts.count(name) > 1:
            name = f"{one.text}-{one.id}"
        number = 2
        while name in used:
            name, number = f"{one.text}-{one.id}-{number}", number + 1
        used.add(name)
        names.append(name)
    return names


def lines(
    vendor: Vendor, review: Review, name: str, *, account: str = DEFAULT, evidence: str = EVIDENCE
) -> str:
    """The declaration that adopts a signature; it runs as it is, where the proof file is there.

    Args:
        vendor: whose it is.
        review: all that the vendor tells of it.
        name: the resource's name.
        account: the account's name in the configuration.
        evidence: the path of a proof file.
    """
    arguments = list(_arguments(vendor, review.reported, evidence))
    arguments += [Argument("account", _literal(account))] if account != DEFAULT else []
    arguments.append(Argument("adopt", _literal(review.id)))
    said = {argument.name for argument in arguments} | review.reported.keys()
    asked = vendor.rules.riders | vendor.rules.requests.keys()
    unsaid = [field for field in vendor.application.model_fields if field not in said | asked]
    comment = "".join(f"{line}\n" for line in _unsaid(unsaid))
    body = "\n".join(map(str, arguments))
    return f"{vendor.name}.Signature(\n{_INDENT}{_literal(name)},\n{comment}{body}\n)"


def objections(vendor: Vendor, review: Review) -> tuple[Problem, ...]:
    """Why a program can't declare a signature as the vendor reports it; () when it can."""
    model = vendor.application
    inputs = {name: value for name, value in review.reported.items() if name in model.model_fields}
    found = examine(model, inputs, frozenset(model.model_fields.keys() - inputs.keys()))
    return tuple(problem for problem in found.problems if problem.property in inputs)


def gapless_plan(
    vendor: Vendor, review: Review, name: str, why: str, *, resource: str = "", account: str = ""
) -> str:
    """How to come to another name without a day on which no text can be sent, as comments.

    Args:
        vendor: whose it is.
        review: what the vendor tells of it.
        name: the new resource's name.
        why: why the name has to go.
        resource: the name of the stack's resource that has it, or "".
        account: the account's name, or "" for the default one.
    """
    model = vendor.application
    reported = {k: v for k, v in review.reported.items() if k != model.text_field}
    kind = next((field for field in reported if _is_kind(vendor, field, reported)), "")
    reported.pop(kind, None)
    arguments = [
        Argument(model.text_field, _literal("…"), "the company's name or its registered trademark"),
        *(one for one in _arguments(vendor, reported, EVIDENCE) if one.name != model.text_field),
    ]
    if account not in ("", DEFAULT):
        arguments.append(Argument("account", _literal(account)))
    old = f"the resource {resource!r}" if resource else "the lines that adopt the old one"
    approval = _literal(f"{name}-approved")
    program = (
        f"new = {vendor.name}.Signature(\n{_INDENT}{_literal(name)},\n"
        + "\n".join(map(str, arguments))
        + f'\n)\napproved = Approval({approval}, signatures=[new], until="filed")'
    )
    return "\n".join(
        (
            f"# 【{_line(review.text)}】 has to go: {_line(why)}. Without a gap:",
            "# 1. Submit the new name beside the old one, which stays in use:",
            *(f"#    {line}" for line in program.splitlines()),
            "# 2. When `smssign status` says APPROVED and filed, send under the new one.",
            f"# 3. Then take {old} out of the program and run `pulumi up`.",
            '# It stays in the account, unless deletion_policy="delete" was in the run before.',
        )
    )


def _is_kind(vendor: Vendor, field: str, reported: Mapping[str, object]) -> bool:
    """Whether a field says what the name is the name of."""
    found = vendor.application.name_kind(reported)
    return found is not None and found[0] == field


def _arguments(vendor: Vendor, reported: Mapping[str, object], evidence: str) -> Iterator[Argument]:
    model = vendor.application
    for name, info in model.model_fields.items():
        if name in reported:
            if info.is_required() or reported[name] != info.get_default():
                yield Argument(name, _code(vendor, model, name, reported[name]))
        elif info.is_required():
            yield _unreported(vendor, model, name, evidence)


def _unreported(vendor: Vendor, model: type[Application], name: str, evidence: str) -> Argument:
    """A usual value of a required field that the vendor doesn't tell."""
    choice = choices(model).get(name)
    annotation = model.model_fields[name].annotation
    if choice is not None:
        return Argument(name, _member(vendor, next(iter(choice))), f"which {choice.__name__}")
    if _mentions(annotation, Evidence):
        return Argument(name, _literal(evidence), "the file that was submitted")
    if _mentions(annotation, bool):
        return Argument(name, "False", "as it was submitted")
    if _mentions(annotation, int):
        return Argument(name, "1", "as it was submitted")
    return Argument(name, _literal("TODO"), "as it was submitted")


def _mentions(annotation: object, kind: type) -> bool:
    return annotation is kind or any(_mentions(part, kind) for part in get_args(annotation))


def _code(vendor: Vendor, model: type[Application], name: str, value: object) -> str:
    """A reported value as Python; one of a choice by its member's name."""
    choice = choices(model).get(name)
    if choice is not None:
        for member in choice:
            if member.value == value:
                return _member(vendor, member)
    return _literal(value)


def _literal(value: object) -> str:
    """A value as Python writes it, in double quotes; no text ends its own quotes."""
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_literal, value))}]"
    written = repr(value)
    if isinstance(value, str) and written.startswith("'") and '"' not in written:
        return f'"{written[1:-1]}"'
    return written


def _unsaid(fields: Sequence[str]) -> list[str]:
    """A comment that names what is left out, since nobody tells of it."""
    if not fields:
        return []
    text = f"Not told by the vendor, and left out: {', '.join(fields)}"
    mark = f"{_INDENT}# "
    return textwrap.wrap(text, 96, initial_indent=mark, subsequent_indent=mark)


def _member(vendor: Vendor, member: Enum) -> str:
    return f"{vendor.name}.{type(member).__name__}.{member.name}"


def _line(text: str) -> str:
    """A text for a comment, in which no line ends."""
    return " ".join(repr(text)[1:-1].split())
