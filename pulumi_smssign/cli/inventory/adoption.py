"""The lines of a program that take over a signature as it is, from what its vendor reports.

What the vendor doesn't report has a usual value and a TODO: an adoption records what the program
says, and asks the vendor for nothing but what is fixed.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping, Sequence
from enum import Enum
from itertools import chain, count
from typing import get_args

from pulumi_smssign.cli.inventory.held import Held
from pulumi_smssign.cli.inventory.standing import Standing
from pulumi_smssign.contract.application import Evidence, Problem, choices, examine
from pulumi_smssign.contract.vendor import Vendor
from pulumi_smssign.core.accounts import DEFAULT
from pulumi_smssign.core.registry import OURS, package_of
from pulumi_smssign.model.redaction import hide

EVIDENCE = "evidence/licence.png"
"""Where the lines say that a proof file is, unless the user names another one."""
_INDENT = "    "

NOTE = """\
# Adopted as they are: the first `pulumi up` records them and submits nothing. A TODO is what the
# vendor doesn't report: put it right before that, since a later change is one to the vendor.
# With deletion_policy="retain" an approved one is taken over without adopt= too; adopt= says that
# it is this stack's own, so that a later deletion_policy="delete" holds for it."""


def head(wanting: Sequence[Standing]) -> tuple[str, str]:
    """The imports that the lines need, and what to know of them."""
    beside = [one for one in wanting if not one.held.is_managed]
    expelled = [one for one in wanting if one.expelled]
    names = {one.vendor.name for one in (*beside, *expelled)}
    ours = (["Approval"] if expelled else []) + sorted(names.intersection(OURS))
    others = [f"import {package_of(name)} as {name}" for name in sorted(names.difference(OURS))]
    imports = ([f"from pulumi_smssign import {', '.join(ours)}"] if ours else []) + others
    return "\n".join(imports), NOTE if beside else ""


def program(
    wanting: Sequence[Standing], held: Iterable[Held], evidence: str | None = None
) -> list[str]:
    """The lines for each: those that adopt it, a plan for its name, or nothing.

    Args:
        wanting: what needs seeing to.
        held: what the stack has, whose resources' names are taken.
        evidence: the path of a proof file.
    """
    beside = [one for one in wanting if not one.held.is_managed]
    names = dict(zip(map(id, beside), resource_names(beside, held), strict=True))
    return [_block(one, names.get(id(one), ""), evidence or EVIDENCE) for one in wanting]


def resource_names(found: Sequence[Standing], held: Iterable[Held] = ()) -> list[str]:
    """A name for each, at its vendor the only one: the text, and the id where that won't do."""
    taken = {(one.vendor, one.name) for one in held}
    wanted = [(one.held.vendor, one.text) for one in found]
    names = []
    for one, (vendor, text) in zip(found, wanted, strict=True):
        short = [text] if wanted.count((vendor, text)) == 1 else []
        longer = (f"{text}-{one.id}-{number}" for number in count(2))
        tries = chain(short, [f"{text}-{one.id}"], longer)
        names.append(next(name for name in tries if (vendor, name) not in taken))
        taken.add((vendor, names[-1]))
    return names


def _block(one: Standing, name: str, evidence: str) -> str:
    """The lines for one; `name` is its new resource's, or "" where the stack manages it."""
    parts = []
    if name:
        declared = lines(one, name, evidence)
        if wrong := objections(one):
            reasons = "; ".join(f"{problem.property}: {problem.reason}" for problem in wrong)
            commented = (f"# {line}" for line in declared.splitlines())
            declared = "\n".join((f"# It can't be declared as it is ({reasons}):", *commented))
        parts.append(declared)
    if one.expelled:
        parts.append(gapless_plan(one, f"{name or one.held.name}-new"))
    return hide("\n".join(parts))


def lines(one: Standing, name: str, evidence: str = EVIDENCE) -> str:
    """The declaration that adopts a signature; it runs as it is, where the proof file is there.

    Args:
        one: the signature, with all that the vendor tells of it.
        name: the resource's name.
        evidence: the path of a proof file.
    """
    arguments = _arguments(one, one.reported, evidence)
    arguments["adopt"] = _argument("adopt", _literal(one.held.handle.id))
    rules = one.vendor.rules
    said = {*arguments, *one.reported, *rules.unreviewed, *rules.requests}
    unsaid = [field for field in one.vendor.application.model_fields if field not in said]
    return _call(one.vendor, name, [*_unsaid(unsaid), *arguments.values()])


def objections(one: Standing) -> tuple[Problem, ...]:
    """Why a program can't declare a signature as the vendor reports it; () when it can."""
    model, fields = one.vendor.application, one.vendor.application.model_fields
    inputs = {name: value for name, value in one.reported.items() if name in fields}
    found = examine(model, inputs, frozenset(fields.keys() - inputs.keys()))
    return tuple(problem for problem in found.problems if problem.property in inputs)


def gapless_plan(one: Standing, name: str) -> str:
    """How to come to another name without a day on which no text can be sent, as comments.

    `name` is the new resource's.
    """
    application = one.vendor.application
    text, kind = application.text_field, application.name_kind(one.reported)
    left_out = {text, kind[0] if kind else text}
    reported = {field: said for field, said in one.reported.items() if field not in left_out}
    arguments = {text: "", **_arguments(one, reported, EVIDENCE)}
    todo = "the company's name or its registered trademark"
    arguments[text] = _argument(text, _literal("…"), todo)
    program = (
        f"new = {_call(one.vendor, name, arguments.values())}\n"
        f'approved = Approval({_literal(f"{name}-approved")}, signatures=[new], until="filed")'
    )
    is_managed = one.held.is_managed
    old = f"the resource {one.held.name!r}" if is_managed else "the lines that adopt the old one"
    return "\n".join(
        (
            f"# 【{_line(one.text)}】 has to go: {_line(one.expelled)}. Without a gap:",
            "# 1. Submit the new name beside the old one, which stays in use:",
            *(f"#    {line}" for line in program.splitlines()),
            "# 2. When `smssign status` says APPROVED and filed, send under the new one.",
            f"# 3. Then take {old} out of the program and run `pulumi up`.",
            '# It stays in the account, unless deletion_policy="delete" was in the run before.',
        )
    )


def _call(vendor: Vendor, name: str, inner: Iterable[str]) -> str:
    body = "\n".join(inner)
    return f"{vendor.name}.Signature(\n{_INDENT}{_literal(name)},\n{body}\n)"


def _arguments(one: Standing, reported: Mapping[str, object], evidence: str) -> dict[str, str]:
    """A line for each argument by its name: what is reported, and what a declaration must have."""
    found = {}
    for name, info in one.vendor.application.model_fields.items():
        if name not in reported:
            if info.is_required():
                found[name] = _unreported(one.vendor, name, evidence)
        elif info.is_required() or reported[name] != info.get_default():
            found[name] = _argument(name, _code(one.vendor, name, reported[name]))
    if one.held.account != DEFAULT:
        found["account"] = _argument("account", _literal(one.held.account))
    return found


def _argument(name: str, code: str, todo: str = "") -> str:
    """The line of an argument; `todo` is what a person has to see to, or ""."""
    return f"{_INDENT}{name}={code}," + (f"  # TODO {todo}" if todo else "")


def _unreported(vendor: Vendor, name: str, evidence: str) -> str:
    """A usual value of a required field that the vendor doesn't tell."""
    choice = choices(vendor.application).get(name)
    annotation = vendor.application.model_fields[name].annotation
    if choice is not None:
        return _argument(name, _member(vendor, next(iter(choice))), f"which {choice.__name__}")
    if _mentions(annotation, Evidence):
        return _argument(name, _literal(evidence), "the file that was submitted")
    usual = False if _mentions(annotation, bool) else 1 if _mentions(annotation, int) else "TODO"
    return _argument(name, _literal(usual), "as it was submitted")


def _mentions(annotation: object, kind: type) -> bool:
    return annotation is kind or any(_mentions(part, kind) for part in get_args(annotation))


def _code(vendor: Vendor, name: str, value: object) -> str:
    """A reported value as Python; one of a choice by its member's name."""
    members = list(choices(vendor.application).get(name) or ())
    chosen = next((member for member in members if member.value == value), None)
    return _literal(value) if chosen is None else _member(vendor, chosen)


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
