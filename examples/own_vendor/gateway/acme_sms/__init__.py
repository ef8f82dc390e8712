"""Signatures at Acme's own SMS gateway, which passes them on to a carrier."""

from __future__ import annotations

from acme_sms.resource import Signature

__all__ = ["Signature"]
