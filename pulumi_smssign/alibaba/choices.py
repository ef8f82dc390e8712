"""Alibaba Cloud's choices: the enumerations of its arguments, which load no Pulumi."""

from __future__ import annotations

from enum import IntEnum


class SignSource(IntEnum):
    """What the name is the name of; the vendor's text has dropped 1, 3 and 4."""

    COMPANY = 0
    """A company or institution: what the vendor recommends."""
    APP = 2
    """An app that is online; the vendor advises against it."""
    TRADEMARK = 5


class SignType(IntEnum):
    """What is sent under it."""

    VERIFICATION_CODE = 0
    GENERAL = 1
