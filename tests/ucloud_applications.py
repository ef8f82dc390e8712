"""Invented applications to UCloud; no name, number or paper in them exists."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pulumi_smssign.contract import evidence
from pulumi_smssign.ucloud.application import SignatureApplication
from tests.images import jpeg, png

Inputs = dict[str, Any]

TEXT = "极客科技"


def own_name(folder: Path, **changes: object) -> Inputs:
    """What is taken without doubt for the own name, its licence being a file in the folder."""
    return {
        "sig_content": TEXT,
        "sig_type": 0.0,  # a number comes from the engine as a float
        "certificate_type": 0.0,
        "sig_purpose": 0.0,
        "description": "login codes",
        "file": written(folder, "licence.png", png()),
        **changes,
    }


def for_others(folder: Path, **changes: object) -> Inputs:
    """The same for the name of another, with the power of attorney."""
    letter = written(folder, "letter.jpg", jpeg())
    return own_name(folder, **{"sig_purpose": 1.0, "proxy_file": letter, **changes})


def written(folder: Path, name: str, content: bytes) -> evidence.Description:
    """A proof file that is written now, as the resource's constructor describes it."""
    (folder / name).write_bytes(content)
    return evidence.describe(folder / name)


def application(inputs: Mapping[str, object], **changes: object) -> SignatureApplication:
    """The application that inputs make."""
    return SignatureApplication.of({**inputs, **changes}, "")
