"""The program of the law's sequences: as `program.py`, with all else that may befall a signature.

It is copied as `__main__.py` into each test's own project. A signature in `program.json` may also
say `told` (an argument that is "secret", or known "late": not in the preview), `parent` (a
component of the program's own; one whose name begins with "kept" retains), and `reads` (the id of
one that is only read). A stack's transformation makes `rewrites`, arguments by the resource's name,
and sets `retain_on_delete` where `retained` says so. `approval` has an Approval of all of them, and
says what it does of what is open.
"""

from __future__ import annotations

import asyncio
import importlib
import json
from pathlib import Path
from typing import Any, TypeVar

import pulumi

import pulumi_smssign

T = TypeVar("T")
declared = json.loads(Path("program.json").read_text(encoding="utf-8"))
rewrites, retained = declared.get("rewrites", {}), declared.get("retained", [])
shops: dict[str, pulumi.ComponentResource] = {}


def shop(name: str) -> pulumi.ComponentResource:
    """A component of the program's own, made once."""
    if name not in shops:
        kept = pulumi.ResourceOptions(retain_on_delete=name.startswith("kept") or None)
        shops[name] = pulumi.ComponentResource("test:index:Shop", name, opts=kept)
    return shops[name]


async def resolved(value: T) -> T:
    return value


def told(value: T, how: str) -> pulumi.Output[T]:
    """A value as an output: "secret", or known "late"."""
    if how == "secret":
        return pulumi.Output.secret(value)
    known = asyncio.ensure_future(resolved(not pulumi.runtime.is_dry_run()))
    return pulumi.Output(resolved(set()), resolved(value), known)


def options_of(said: dict[str, Any]) -> pulumi.ResourceOptions:
    """Options as the SDK takes them: an alias is a name at the top, a parent a component's."""
    options = dict(said)
    if "aliases" in options:
        top = pulumi.ROOT_STACK_RESOURCE
        options["aliases"] = [pulumi.Alias(name=each, parent=top) for each in options["aliases"]]
    if "parent" in options:
        options["parent"] = shop(options["parent"])
    return pulumi.ResourceOptions(**options)


def transformation(
    args: pulumi.ResourceTransformationArgs,
) -> pulumi.ResourceTransformationResult:
    kept = pulumi.ResourceOptions(retain_on_delete=args.name in retained or None)
    props = {**args.props, **rewrites.get(args.name, {})}
    return pulumi.ResourceTransformationResult(props, pulumi.ResourceOptions.merge(args.opts, kept))


if rewrites or retained:
    pulumi.runtime.register_stack_transformation(transformation)
signatures: dict[str, Any] = {}
for name, wanted in declared["signatures"].items():
    vendor = importlib.import_module(f"pulumi_smssign.{wanted['vendor']}")
    if "reads" in wanted:
        signatures[name] = vendor.Signature.get(name, wanted["reads"])
        continue
    arguments = dict(wanted["arguments"])
    arguments.update(
        {key: told(arguments[key], how) for key, how in wanted.get("told", {}).items()}
    )
    signatures[name] = vendor.Signature(
        name, **arguments, opts=options_of(wanted.get("options", {}))
    )
if declared["approval"]:
    pulumi_smssign.Approval(
        "approval",
        signatures=list(signatures.values()),
        timeout=0,
        on_pending=declared["approval"],
    )
