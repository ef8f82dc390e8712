"""Tencent Cloud SMS, version 2021-01-11: the signature actions behind API 3.0's gateway."""

from __future__ import annotations

from pulumi_smssign.sandbox.tencent.gateway import Tencent

__all__ = ["Tencent"]
