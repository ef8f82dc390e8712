"""The lines of a program that adopt a signature as it is, from what its vendor reports.

A required field that the vendor doesn't report has a usual value and a TODO: an adoption records
what the program declares, and compares it with the vendor in the fixed fields only.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping, Sequence
from enum import Enum
from itertools import chain, count
from typing import get_args

from pulumi_smssign.cli.display import is_shown, printable
from pulumi_smssign.cli.inventory.signatures import StackSignature
from pulumi_smssign.cli.inventory.standing import Standing
from pulumi_smssign.contract.application import Evidence, Problem, choices, examine
from pulumi_smssign.contract.vendor import Vendor
from pulumi_smssign.core.accounts import DEFAULT
from pulumi_smssign.core.registry import OURS, package_of
from pulumi_smssign.model.redaction import hide

EVIDENCE = "evidence/licence.png"
"""The path of the proof file in the lines, unless the user names another one."""
_INDENT = "    "

NOTE = """\
# The signatures below are adopted as they are: the first `pulumi up` records them and submits
# nothing. Put each TODO right before that: the vendor doesn't report the value, and a later change
# of it is a change at the vendor. An approved signature is taken over without adopt= too, where
# its deletion_policy is "retain"; adopt= says that this stack owns it, so that a later
# deletion_policy="delete" holds for it."""


def head(standings: Sequence[Standing]) -> tuple[str, str]:
    """The imports that the lines need, and a note on how to use them."""
    unmanaged = [standing for standing in standings if not standing.signature.is_managed]
    refused = [standing for standing in standings if standing.refused_name]
    names = {standing.vendor.name for standing in (*unmanaged, *refused)}
    ours = (["Approval"] if refused else []) + sorted(names.intersection(OURS))
    others = [f"import {package_of(name)} as {name}" for name in sorted(names.difference(OURS))]
    imports = ([f"from pulumi_smssign import {', '.join(ours)}"] if ours else []) + others
    return "\n".join(imports), NOTE if unmanaged else ""


def program(
    standings: Sequence[Standing],
    signatures: Iterable[StackSignature],
    evidence: str | None = None,
) -> list[str]:
    """The lines for each: those that adopt it, a plan for its name, or "".

    Args:
        standings: the signatures that have findings.
        signatures: the stack's signatures, whose resources' names are taken.
        evidence: the path of a proof file.
    """
    unmanaged = [standing for standing in standings if not standing.signature.is_managed]
    names = resource_names(unmanaged, signatures)
    # By identity: two accounts may have equal signatures, and each has its own name.
    name_of = dict(zip(map(id, unmanaged), names, strict=True))
    return [
        _block(standing, name_of.get(id(standing), ""), evidence or EVIDENCE)
        for standing in standings
    ]


def resource_names(
    standings: Sequence[Standing], signatures: Iterable[StackSignature] = ()
) -> list[str]:
    """A resource's name for each, unique at its vendor: the text, with the id where it must be."""
    taken = {(signature.vendor, signature.name) for signature in signatures}
    texts = [(standing.vendor.name, standing.text) for standing in standings]
    names = []
    for standing, (vendor, text) in zip(standings, texts, strict=True):
        shortest = [text] if texts.count((vendor, text)) == 1 else []
        with_id = f"{text}-{standing.id}"
        candidates = chain(shortest, [with_id], (f"{with_id}-{number}" for number in count(2)))
        names.append(next(name for name in candidates if (vendor, name) not in taken))
        taken.add((vendor, names[-1]))
    return names


def _block(standing: Standing, name: str, evidence: str) -> str:
    """The lines for one; `name` is its new resource's, or "" where the stack manages it."""
    parts = []
    if name:
        declaration = lines(standing, name, evidence)
        if problems := objections(standing):
            reasons = "; ".join(f"{problem.property}: {problem.reason}" for problem in problems)
            commented = (f"# {line}" for line in declaration.splitlines())
            declaration = "\n".join((f"# It can't be declared as it is ({reasons}):", *commented))
        parts.append(declaration)
    if standing.refused_name:
        parts.append(gapless_plan(standing, f"{name or standing.signature.name}-new"))
    return hide("\n".join(parts))


def lines(standing: Standing, name: str, evidence: str = EVIDENCE) -> str:
    """The declaration that adopts a signature; it runs as it is, where the proof file is there.

    Args:
        standing: the signature, with all that the vendor reports of it.
        name: the resource's name.
        evidence: the path of a proof file.
    """
    arguments = _arguments(standing, standing.reported, evidence)
    arguments["adopt"] = _argument("adopt", _literal(standing.signature.handle.id))
    rules, fields = standing.vendor.rules, standing.vendor.application.model_fields
    settled = {*arguments, *standing.reported, *rules.unreviewed, *rules.requests}
    comment = _left_out([field for field in fields if field not in settled])
    return _call(standing.vendor, name, [*comment, *arguments.values()])


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
    arguments = {text: "", **_arguments(standing, reported, EVIDENCE)}
    todo = "the company's name or its registered trademark"
    arguments[text] = _argument(text, _literal("…"), todo)
    program = (
        f"new = {_call(standing.vendor, name, arguments.values())}\n"
        f'approved = Approval({_literal(f"{name}-approved")}, signatures=[new], until="filed")'
    )
    signature = standing.signature
    resource = f"the resource {signature.name!r}"
    old = resource if signature.is_managed else "the lines that adopt the old one"
    return "\n".join(
        (
            f"# 【{_line(standing.text)}】 has to go: {_line(standing.refused_name)}.",
            "# To change the name without a gap:",
            "# 1. Submit the new name; the old one stays in use:",
            *(f"#    {line}" for line in program.splitlines()),
            "# 2. When `smssign status` says APPROVED and filed, send under the new one.",
            f"# 3. Then remove {old} from the program and run `pulumi up`.",
            "# The old one stays in the account, unless a run before has recorded",
            '# deletion_policy="delete" for it.',
        )
    )


def _call(vendor: Vendor, name: str, inner: Iterable[str]) -> str:
    body = "\n".join(inner)
    return f"{vendor.name}.Signature(\n{_INDENT}{_literal(name)},\n{body}\n)"


def _arguments(standing: Standing, reported: Mapping[str, object], evidence: str) -> dict[str, str]:
    """A line for each argument by its name: what is reported, and what a declaration must have."""
    vendor, arguments = standing.vendor, {}
    for name, info in vendor.application.model_fields.items():
        if name not in reported:
            if info.is_required():
                arguments[name] = _unreported(vendor, name, evidence)
        elif info.is_required() or reported[name] != info.get_default():
            arguments[name] = _argument(name, _code(vendor, name, reported[name]))
    if standing.signature.account != DEFAULT:
        arguments["account"] = _argument("account", _literal(standing.signature.account))
    return arguments


def _argument(name: str, code: str, todo: str = "") -> str:
    """The line of an argument; `todo` is what a person has to check, or ""."""
    return f"{_INDENT}{name}={code}," + (f"  # TODO {todo}" if todo else "")


def _unreported(vendor: Vendor, name: str, evidence: str) -> str:
    """The line of a required field that the vendor doesn't report, with a usual value."""
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
    text = f"The vendor doesn't report, so left out: {', '.join(fields)}"
    mark = f"{_INDENT}# "
    return textwrap.wrap(text, 96, initial_indent=mark, subsequent_indent=mark)


def _member(vendor: Vendor, member: Enum) -> str:
    return f"{vendor.name}.{type(member).__name__}.{member.name}"


def _line(text: str) -> str:
    """A text for a comment, in which no line ends."""
    return " ".join(_literal(text)[1:-1].split())
