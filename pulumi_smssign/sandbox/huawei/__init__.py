"""Huawei Cloud MSGSMS, version 2: signatures, files and apps, and what they need of IAM."""

from __future__ import annotations

from pulumi_smssign.sandbox.huawei.gateway import Huawei

__all__ = ["Huawei"]
