"""Huawei Cloud's choices: the enumerations of its arguments, which load no Pulumi."""

from __future__ import annotations

from pulumi_smssign.model.choices import IntChoice, TextChoice


class SignatureSource(IntChoice):
    """The kind of name; the vendor has withdrawn 1, 3 and 4."""

    ENTERPRISE = 0
    WEBSITE = 1
    APPLICATION = 2
    APPLET = 3
    SHOP = 4
    TRADEMARK = 5


class SignatureType(TextChoice):
    """The kind of messages; PROMOTION_TYPE is known to the vendor's China site only."""

    VERIFY_CODE_TYPE = "VERIFY_CODE_TYPE"
    NOTIFY_TYPE = "NOTIFY_TYPE"
    PROMOTION_TYPE = "PROMOTION_TYPE"
