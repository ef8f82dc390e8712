"""Invented applications to Alibaba Cloud; no name and number in them exists."""

from __future__ import annotations

from typing import Any

from pulumi_smssign.alibaba.application import SignatureApplication

NAME = "极客科技"
QUALIFICATION = 1_000_000_417
INPUTS: dict[str, Any] = {
    "sign_name": NAME,
    "sign_source": 0.0,  # a number comes from the engine as a float
    "qualification_id": float(QUALIFICATION),
}
"""The least that is taken."""


def application(**changes: object) -> SignatureApplication:
    """The least that is taken, with some fields set otherwise."""
    return SignatureApplication.of({**INPUTS, **changes}, "")
