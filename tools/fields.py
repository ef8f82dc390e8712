"""A vendor's arguments, choices and outputs, as tables in Markdown, from the resource itself."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator
from enum import Enum
from itertools import pairwise

from pulumi_smssign.core.registry import part
from pulumi_smssign.signature import Arguments, Signature
from tools.decisions import row

_ADOPTED_BY = re.compile("`adopt` takes ([^.]+)[.]")
_ENTRY = re.compile(r"(?m)^    (\w+): (.+(?:\n {8,}.+)*)")


def signature_class(vendor: str) -> type[Signature]:
    """The class of a vendor's signatures."""
    resource: type[Signature] = part(vendor, "resource.Signature")
    return resource


def arguments(vendor: str) -> str:
    """Every argument of the resource: whether it is needed, and what its docstring says."""
    resource = signature_class(vendor)
    told = _told(resource)
    lines = [row(("argument", "without it", "what it is")), row(["---"] * 3)]
    for parameter in inspect.signature(resource.__init__).parameters.values():
        if parameter.kind is not parameter.KEYWORD_ONLY:
            continue
        secret = " *Encrypted in state.*" if parameter.name in resource._personal else ""  # noqa: SLF001
        lines.append(
            row((f"`{parameter.name}`", _default(parameter), told[parameter.name] + secret))
        )
    (adopted_by,) = _ADOPTED_BY.findall(inspect.getdoc(resource) or "")
    for name, text in described(Arguments):
        if name != "opts":
            here = f" Here: {adopted_by}." if name == "adopt" else ""
            lines.append(row((f"`{name}`", "–", text[0].lower() + text[1:] + here)))
    return "\n".join(lines)


def choices(vendor: str) -> str:
    """Every argument that is a choice, with the vendor's own value of each."""
    lines = [row(("argument", "choices, and the vendor's value")), row(["---"] * 2)]
    for name, choice in signature_class(vendor)._interface().choices.items():  # noqa: SLF001
        members: Iterator[Enum] = iter(choice)
        told = ", ".join(f"`{choice.__name__}.{one.name}` `{one.value}`" for one in members)
        lines.append(row((f"`{name}`", told)))
    return "\n".join(lines)


def outputs(vendor: str) -> str:
    """The outputs that only this vendor has; "" where there are none."""
    lines = [row((f"`{name}`", text)) for name, text in described(signature_class(vendor))]
    return "\n".join([row(("output", "what it is")), row(["---"] * 2), *lines]) if lines else ""


def described(shown: type) -> Iterator[tuple[str, str]]:
    """The attributes of a class that a text follows, with that text on one line."""
    (node,) = ast.parse(inspect.getsource(shown)).body
    for here, after in pairwise(node.body if isinstance(node, ast.ClassDef) else ()):
        match here, after:
            case ast.AnnAssign(target=ast.Name(name)), ast.Expr(ast.Constant(str(text))):
                yield name, " ".join(text.split())
            case _:
                pass


def _told(resource: type[Signature]) -> dict[str, str]:
    _, _, told = (inspect.getdoc(resource) or "").partition("Args:\n")
    return {name: " ".join(text.split()) for name, text in _ENTRY.findall(told)}


def _default(parameter: inspect.Parameter) -> str:
    match parameter.default:
        case parameter.empty:
            return "**required**"
        case None:
            return "–"
        case Enum() as choice:
            return f"`{type(choice).__name__}.{choice.name}`"
        case other:
            return f"`{other!r}`"
