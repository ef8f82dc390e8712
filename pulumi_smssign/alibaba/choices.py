"""Alibaba Cloud's choices: the enumerations of its arguments, which load no Pulumi."""

from __future__ import annotations

from pulumi_smssign.model.choices import IntChoice


class SignSource(IntChoice):
    """The kind of name; the vendor's text has dropped 1, 3 and 4."""

    COMPANY = 0
    """A company or institution: what the vendor recommends."""
    APP = 2
    """An app that is online; the vendor advises against it."""
    TRADEMARK = 5


class SignType(IntChoice):
    """The kind of messages sent under the signature."""

    VERIFICATION_CODE = 0
    GENERAL = 1
