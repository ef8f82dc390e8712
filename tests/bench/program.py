"""The program of both sides: what it declares, and as what, is in `bench.json` beside it."""

from __future__ import annotations

import importlib
import json
from pathlib import Path

declared = json.loads(Path("bench.json").read_text(encoding="utf-8"))
if declared["side"] in ("floor", "shape"):
    floor = importlib.import_module("tests.bench.floor")
    for name, vendor, arguments in declared["signatures"]:
        if declared["side"] == "shape":
            floor.Shape(name, vendor, arguments)
        else:
            floor.Nothing(name, arguments)
else:
    product = importlib.import_module("pulumi_smssign")
    signatures = [
        getattr(product, vendor).Signature(name, **arguments)
        for name, vendor, arguments in declared["signatures"]
    ]
    if declared["approval"] is not None:
        product.Approval("approval", signatures=signatures, **declared["approval"])
