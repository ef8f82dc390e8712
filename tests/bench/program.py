"""The program of all sides: what it declares, and as what, is in `bench.json` beside it."""

from __future__ import annotations

import importlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pulumi import ResourceOptions
from pulumi.dynamic import Resource, ResourceProvider

declared = json.loads(Path("bench.json").read_text(encoding="utf-8"))
names: dict[str, list[str]] = {}


def note_names() -> None:
    """Note which properties the product gives a resource of each vendor, for `floor.Shape`."""
    make = Resource.__init__

    def init(
        self: Resource,
        provider: ResourceProvider,
        name: str,
        props: Mapping[str, Any],
        opts: ResourceOptions | None = None,
    ) -> None:
        if isinstance(props.get("vendor"), str):
            names[props["vendor"]] = sorted(props)
        make(self, provider, name, props, opts)

    Resource.__init__ = init  # type: ignore[method-assign]


if declared["side"] in ("bare", "floor", "shape"):
    floor = importlib.import_module("tests.bench.floor")
    for name, vendor, arguments, text in declared["signatures"]:
        if declared["side"] == "shape":
            floor.Shape(name, vendor, text)
        elif declared["side"] == "bare":
            floor.Bare(name, next(iter(text.values())))
        else:
            floor.Nothing(name, arguments)
else:
    if declared["notes_names"]:
        note_names()
    product = importlib.import_module("pulumi_smssign")
    signatures = [
        getattr(product, vendor).Signature(name, **arguments)
        for name, vendor, arguments, _ in declared["signatures"]
    ]
    if declared["approval"] is not None:
        product.Approval("approval", signatures=signatures, **declared["approval"])
    if declared["notes_names"]:
        Path("names.json").write_text(json.dumps(names), encoding="utf-8")
