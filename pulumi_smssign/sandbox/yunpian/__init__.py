"""Yunpian SMS, API v2: its three signature calls."""

from __future__ import annotations

from pulumi_smssign.sandbox.yunpian.gateway import Yunpian

__all__ = ["Yunpian"]
