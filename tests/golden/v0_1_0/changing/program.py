"""The program of a golden stack: what it declares is in `program.json` beside it."""

from __future__ import annotations

import importlib
import json
from pathlib import Path

import pulumi

import pulumi_smssign

declared = json.loads(Path("program.json").read_text(encoding="utf-8"))
signatures = {}
for name, wanted in declared["signatures"].items():
    vendor = importlib.import_module(f"pulumi_smssign.{wanted['vendor']}")
    if "get" in wanted:
        vendor.Signature.get(name, wanted["get"])
    else:
        signatures[name] = vendor.Signature(name, **wanted["arguments"])
        pulumi.export(name, signatures[name].status)
if declared["approval"] is not None:
    waited_for = declared["approval"].pop("signatures", list(signatures))
    approval = pulumi_smssign.Approval(
        "approval", signatures=[signatures[name] for name in waited_for], **declared["approval"]
    )
    pulumi.export("reviews", approval.reviews)
