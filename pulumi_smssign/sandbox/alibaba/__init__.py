"""Alibaba Cloud Dysmsapi, version 2017-05-25: the signature operations behind the RPC gateway."""

from __future__ import annotations

from pulumi_smssign.sandbox.alibaba.gateway import Alibaba

__all__ = ["Alibaba"]
