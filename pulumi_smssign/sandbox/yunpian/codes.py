"""The error codes, and the text of each."""

from __future__ import annotations

from collections.abc import Mapping

from pulumi_smssign.sandbox.tables import table

MISSING = "1"
BAD_FORMAT = "2"
WRONG_METHOD = "11"
UNDECODABLE = "14"
BAD_KEY = "-1"
EXISTS = "-54"
NOT_THERE = "-55"

MESSAGES: Mapping[str, str] = table("yunpian/codes")
"""`msg` by code."""
