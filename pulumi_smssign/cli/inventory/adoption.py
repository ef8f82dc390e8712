"""The lines of a program that adopt a signature as it is, from what its vendor reports.

An adoption records what the program declares, and compares it with the vendor in the fixed fields
only: so what the vendor doesn't report is a `TODO` here, which Check refuses, and never a guess.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from enum import Enum
from itertools import chain, count
from typing import get_args

from pulumi_smssign.cli.display import is_shown, printable, wrapped
from pulumi_smssign.cli.inventory.signatures import StackSignature
from pulumi_smssign.cli.inventory.standing import Standing
from pulumi_smssign.contract.application import Evidence, choices, examine
from pulumi_smssign.contract.vendor import Vendor
from pulumi_smssign.core.accounts import DEFAULT
from pulumi_smssign.core.registry import OURS, package_of
from pulumi_smssign.model.digests import digest
from pulumi_smssign.model.findings import Problem
from pulumi_smssign.model.language import _, mark
from pulumi_smssign.model.language import listed as in_a_row
from pulumi_smssign.model.lookalikes import invisible, listed
from pulumi_smssign.model.redaction import hide

_INDENT = "    "
_TODO = "TODO"
"""The name of the placeholder in a program."""
_LONGEST_ID = 12
"""Characters of an id that a resource's name takes."""

_LINE = 100
"""Columns of a comment's line."""
NOTE = mark(
    "The signatures below are adopted as they are: the first `pulumi up` records them and submits "
    "nothing. TODO stands for what the vendor doesn't report: `pulumi preview` refuses it by name "
    "until what was submitted stands there. While adopt= stands beside an approved signature, "
    "another value of such an argument corrects what is recorded, and sends nothing. adopt= also "
    'says that this stack owns the signature, so that a later deletion_policy="delete" holds for '
    "it."
)


def head(standings: Sequence[Standing], blocks: Iterable[str] = ()) -> tuple[str, str]:
    """The imports that the lines need, and a note on how to use them.

    Args:
        standings: the signatures that have findings.
        blocks: the lines for each.
    """
    unmanaged = [standing for standing in standings if not standing.signature.is_managed]
    refused = [standing for standing in standings if standing.refused_name]
    names = {standing.vendor.name for standing in (*unmanaged, *refused)}
    has_todo = any(f"={_TODO}," in block for block in blocks)
    constants = [name for name, is_used in ((_TODO, has_todo), ("Approval", refused)) if is_used]
    ours = constants + sorted(names.intersection(OURS))
    others = [f"import {package_of(name)} as {name}" for name in sorted(names.difference(OURS))]
    imports = ([f"from pulumi_smssign import {', '.join(ours)}"] if ours else []) + others
    return "\n".join(imports), _comment(_(NOTE), width=_LINE) if unmanaged else ""


def file_head() -> str:
    """The docstring of a file of lines."""
    text = _("The signatures that `smssign audit` found, to be imported by `__main__.py`.")
    return f'"""{text}"""'


def _comment(text: str, indent: str = "", width: int = 96) -> str:
    """A text as a comment of some lines."""
    mark_ = f"{indent}# "
    return "\n".join(f"{mark_}{line}" for line in wrapped(text, width - len(mark_)))


def program(
    standings: Sequence[Standing],
    signatures: Iterable[StackSignature],
    evidence: str | None = None,
) -> list[str]:
    """The lines for each: those that adopt it, a plan for its name, or "".

    Args:
        standings: the signatures that have findings.
        signatures: the stack's signatures, whose resources' names are taken.
        evidence: the path of the proof file that was submitted; None where it is to be written.
    """
    unmanaged = [standing for standing in standings if not standing.signature.is_managed]
    names = resource_names(unmanaged, signatures)
    # By identity: two accounts may have equal signatures, and each has its own name.
    name_of = dict(zip(map(id, unmanaged), names, strict=True))
    return [_block(standing, name_of.get(id(standing), ""), evidence) for standing in standings]


def resource_names(
    standings: Sequence[Standing], signatures: Iterable[StackSignature] = ()
) -> list[str]:
    """A resource's name for each, in ASCII and unique at its vendor.

    Chinese names would break the engine's live display, which counts a character as one column.
    """
    taken = {(signature.vendor, signature.name) for signature in signatures}
    stems = [(standing.vendor.name, _stem(standing)) for standing in standings]
    names = []
    for standing, (vendor, stem) in zip(standings, stems, strict=True):
        shortest = [stem] if stems.count((vendor, stem)) == 1 else []
        with_id = "-".join(filter(None, (stem, _slug(standing.signature.handle.id))))
        candidates = chain(shortest, [with_id], (f"{with_id}-{number}" for number in count(2)))
        names.append(
            next(name for each in candidates if (vendor, name := f"{vendor}-{each}") not in taken)
        )
        taken.add((vendor, names[-1]))
    return names


def _stem(standing: Standing) -> str:
    """The stem of a resource's name: the text where it is ASCII, else the id, else a digest."""
    text, identifier = standing.signature.handle.text, standing.signature.handle.id
    slugs = (_slug(text), _slug(identifier)[:_LONGEST_ID].rstrip("-"))
    # A digest and no number: another audit, of fewer signatures, gives the same name.
    return next(filter(None, slugs), digest([text, identifier], length=6))


def _slug(text: str) -> str:
    """A text in small ASCII letters, digits and dashes; "" where it has other letters."""
    return re.sub("[^a-z0-9]+", "-", text.lower()).strip("-") if text.isascii() else ""


def _block(standing: Standing, name: str, evidence: str | None) -> str:
    """The lines for one; `name` is its new resource's, or "" where the stack manages it."""
    parts = []
    characters = _unseen(standing)
    if name and characters:
        parts.append(_not_declarable(standing, characters))
    elif name:
        declaration = lines(standing, name, evidence)
        if problems := objections(standing):
            reasons = _("; ").join(
                _("{label}: {text}", label=problem.property, text=problem.reason)
                for problem in problems
            )
            why = _("It can't be declared as it is ({reasons}):", reasons=reasons)
            commented = (f"# {line}" for line in (why, *declaration.splitlines()))
            declaration = "\n".join(commented)
        parts.append(declaration)
    if standing.refused_name:
        parts.append(gapless_plan(standing, f"{name or standing.signature.name}-new"))
    return hide("\n".join(parts))


def _unseen(standing: Standing) -> list[str]:
    """The characters of a signature's text or id that nobody sees: no program may have them."""
    field = standing.vendor.rules.text_field
    text = str(standing.reported.get(field) or standing.signature.handle.text)
    return invisible(text) or invisible(standing.signature.handle.id)


def _not_declarable(standing: Standing, characters: list[str]) -> str:
    """The comment in place of lines that `pulumi up` would refuse."""
    return _comment(
        _(
            "【{text}】 at {vendor} can't be adopted: it has {characters}, which nobody sees, and "
            "`pulumi up` refuses that. Declare the name without it, which submits a new signature; "
            "delete this one in the vendor's console once that is approved.",
            text=_line(standing.signature.handle.text),
            vendor=standing.vendor.name,
            characters=listed(characters),
        )
    )


def lines(standing: Standing, name: str, evidence: str | None = None) -> str:
    """The declaration that adopts a signature, assigned to a variable.

    Args:
        standing: the signature, with all that the vendor reports of it.
        name: the resource's name.
        evidence: the path of the proof file that was submitted; None where it is to be written.
    """
    arguments = _arguments(standing, standing.reported, evidence)
    arguments["adopt"] = _argument("adopt", _literal(standing.signature.handle.id))
    rules, fields = standing.vendor.rules, standing.vendor.application.model_fields
    settled = {*arguments, *standing.reported, *rules.unreviewed, *rules.requests}
    comment = _left_out([field for field in fields if field not in settled])
    call = _call(standing.vendor, name, [*comment, *arguments.values()])
    return f"{_variable(name)} = {call}"


def _variable(name: str) -> str:
    """The variable for a resource; it begins with the vendor, so that it is no keyword."""
    return name.replace("-", "_")


def objections(standing: Standing) -> tuple[Problem, ...]:
    """The reasons why a program can't declare a signature as the vendor reports it."""
    model, fields = standing.vendor.application, standing.vendor.application.model_fields
    inputs = {name: value for name, value in standing.reported.items() if name in fields}
    examined = examine(model, inputs, frozenset(fields.keys() - inputs.keys()))
    return tuple(problem for problem in examined.problems if problem.property in inputs)


def gapless_plan(standing: Standing, name: str) -> str:
    """The way to another name without a day on which no text can be sent, as comments.

    `name` is the new resource's.
    """
    application = standing.vendor.application
    text, kind = application.text_field, application.name_kind(standing.reported)
    # The new name is of another kind, so neither is taken from the old one.
    changing = {text, kind[0] if kind else text}
    reported = {name: value for name, value in standing.reported.items() if name not in changing}
    arguments = {text: "", **_arguments(standing, reported)}
    arguments[text] = _argument(text, _TODO, _("the company's name or its registered trademark"))
    program = (
        f"new = {_call(standing.vendor, name, arguments.values())}\n"
        f'approved = Approval({_literal(f"{name}-approved")}, signatures=[new], until="filed")'
    )
    signature = standing.signature
    removal = (
        _(
            "3. Then remove the resource {name} from the program and run `pulumi up`.",
            name=repr(signature.name),
        )
        if signature.is_managed
        else _(
            "3. Then remove the lines that adopt the old one from the program and run `pulumi up`."
        )
    )
    text, why = _line(standing.text), _line(standing.refused_name)
    end = _(
        "The old one stays in the account, unless a run before has recorded\n"
        'deletion_policy="delete" for it.'
    )
    plan = (
        _("【{text}】 has to go: {why}.", text=text, why=why),
        _("To change the name without a gap:"),
        _("1. Submit the new name; the old one stays in use:"),
        *(f"   {line}" for line in program.splitlines()),
        _("2. When `smssign status` says APPROVED and filed, send under the new one."),
        removal,
        *end.splitlines(),
    )
    return "\n".join(f"# {line}" for line in plan)


def _call(vendor: Vendor, name: str, inner: Iterable[str]) -> str:
    body = "\n".join(inner)
    return f"{vendor.name}.Signature(\n{_INDENT}{_literal(name)},\n{body}\n)"


def _arguments(
    standing: Standing, reported: Mapping[str, object], evidence: str | None = None
) -> dict[str, str]:
    """A line for each argument by its name: what is reported, and what a declaration must have."""
    vendor, rules, arguments = standing.vendor, standing.vendor.rules, {}
    for name, info in vendor.application.model_fields.items():
        if name in reported:
            if info.is_required() or reported[name] != info.get_default():
                arguments[name] = _argument(name, _code(vendor, name, reported[name]))
        # Left out, one with a default would be recorded as that: a guess.
        elif info.is_required() or (
            info.get_default() is not None and name not in {*rules.unreviewed, *rules.requests}
        ):
            arguments[name] = _unreported(vendor, name, evidence)
    if standing.signature.account != DEFAULT:
        arguments["account"] = _argument("account", _literal(standing.signature.account))
    return arguments


def _argument(name: str, code: str, comment: str = "") -> str:
    """The line of an argument; `comment` is what a person has to write, or ""."""
    return f"{_INDENT}{name}={code}," + (f"  # {comment}" if comment else "")


def _unreported(vendor: Vendor, name: str, evidence: str | None) -> str:
    """The line of a field that the vendor doesn't report."""
    choice = choices(vendor.application).get(name)
    annotation = vendor.application.model_fields[name].annotation
    if _mentions(annotation, Evidence):
        code = _TODO if evidence is None else _literal(evidence)
        return _argument(name, code, _("the file that was submitted"))
    if choice is not None:
        kind = f"{vendor.name}.{choice.__name__}"
        return _argument(name, _TODO, _("a member of {kind}, as it was submitted", kind=kind))
    if _mentions(annotation, bool):
        return _argument(name, _TODO, _("True or False, as it was submitted"))
    return _argument(name, _TODO, _("as it was submitted"))


def _mentions(annotation: object, kind: type) -> bool:
    return annotation is kind or any(_mentions(part, kind) for part in get_args(annotation))


def _code(vendor: Vendor, name: str, value: object) -> str:
    """A reported value as Python; where the field has choices, the member's name."""
    members = list(choices(vendor.application).get(name) or ())
    chosen = next((member for member in members if member.value == value), None)
    return _literal(value) if chosen is None else _member(vendor, chosen)


def _literal(value: object) -> str:
    """A value as Python writes it, in double quotes where that needs no escape.

    By `repr`: a vendor's text must not become code, whatever quotes and escapes it holds.
    """
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_literal, value))}]"
    written = repr(value)
    if not isinstance(value, str):
        return written
    if written.startswith("'") and '"' not in written:
        written = f'"{written[1:-1]}"'
    # What would be printed otherwise than it is written must not be another name when pasted.
    if printable(written) == written or hide(value) != value:
        return written
    return f'"{"".join(each if _is_plain(each) else _escaped(each) for each in value)}"'


def _is_plain(character: str) -> bool:
    return is_shown(character) and (character.isalnum() or character == " ")


def _escaped(character: str) -> str:
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\U{code:08x}"  # noqa: PLR2004 - Python's own


def _left_out(fields: Sequence[str]) -> list[str]:
    """A comment that names the optional fields that the vendor doesn't report."""
    if not fields:
        return []
    text = _("The vendor doesn't report, so left out: {fields}", fields=in_a_row(fields))
    return _comment(text, _INDENT).splitlines()


def _member(vendor: Vendor, member: Enum) -> str:
    return f"{vendor.name}.{type(member).__name__}.{member.name}"


def _line(text: str) -> str:
    """A text for a comment, in which no line ends."""
    return " ".join(_literal(text)[1:-1].split())
