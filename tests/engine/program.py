"""The program of most engine tests: what it declares is in `program.json` beside it.

It is copied as `__main__.py` into each test's own project.
"""

from __future__ import annotations

import importlib
import json
from pathlib import Path
from typing import Any

import pulumi

import pulumi_smssign

declared = json.loads(Path("program.json").read_text(encoding="utf-8"))
signatures: dict[str, Any] = {}
for name, wanted in declared["signatures"].items():
    vendor = importlib.import_module(f"pulumi_smssign.{wanted['vendor']}")
    options = wanted.get("options", {})
    if "aliases" in options:
        options["aliases"] = [pulumi.Alias(name=alias) for alias in options["aliases"]]
    if "depends_on" in options:
        options["depends_on"] = [signatures[each] for each in options["depends_on"]]
    signatures[name] = vendor.Signature(
        name, **wanted["arguments"], opts=pulumi.ResourceOptions(**options)
    )
    pulumi.export(name, signatures[name].status)
if declared["approval"] is not None:
    waited_for = declared["approval"].pop("signatures", list(signatures))
    approval = pulumi_smssign.Approval(
        "approval", signatures=[signatures[name] for name in waited_for], **declared["approval"]
    )
    pulumi.export("approved", approval.approved)
    pulumi.export("reviews", approval.reviews)
