"""Tencent Cloud's choices: the enumerations of its arguments, which load no Pulumi."""

from __future__ import annotations

from pulumi_smssign.model.choices import IntChoice


class SignType(IntChoice):
    """The kind of name; today's mainland contract takes 0, 4 and 5."""

    COMPANY = 0
    APP = 1
    WEBSITE = 2
    OFFICIAL_ACCOUNT = 3
    TRADEMARK = 4
    ORGANIZATION = 5
    MINI_PROGRAM = 6


class DocumentType(IntChoice):
    """The document on the proof image."""

    THREE_IN_ONE_LICENSE = 0
    BUSINESS_LICENSE = 1
    ORGANIZATION_CODE = 2
    SOCIAL_CREDIT_CODE = 3
    APP_BACKEND = 4
    ICP_FILING = 5
    MINI_PROGRAM_SETTINGS = 6
    TRADEMARK_CERTIFICATE = 7
    OFFICIAL_ACCOUNT_SETTINGS = 8


class SignPurpose(IntChoice):
    """The owner of the name: the account's holder, or another."""

    OWN_USE = 0
    FOR_OTHERS = 1
