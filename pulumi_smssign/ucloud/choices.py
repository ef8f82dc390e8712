"""UCloud's choices: the enumerations of its arguments, and the personal ones; no Pulumi."""

from __future__ import annotations

from pulumi_smssign.model.choices import IntChoice

PERSONAL = frozenset({"document", "proxy_doc"})
"""The arguments that lead to a company's papers, often by a signed URL: secrets in state."""


class SigType(IntChoice):
    """The kind of name; the mainland's registry takes 0, 4 and 5 since 2026-05-01."""

    COMPANY = 0
    APP = 1
    WEBSITE = 2
    OFFICIAL_ACCOUNT = 3
    """An official account or a mini-program."""
    TRADEMARK = 4
    ORGANIZATION = 5
    """A government office, an institution or another body."""


class CertificateType(IntChoice):
    """The certificate on `file`; each goes with the `SigType` of the same number."""

    BUSINESS_LICENSE = 0
    """A three-in-one or business licence, an organisation or social credit code certificate."""
    APP_STORE_BACKEND = 1
    ICP_FILING = 2
    OFFICIAL_ACCOUNT_SETTINGS = 3
    TRADEMARK_CERTIFICATE = 4
    ORGANIZATION_CODE = 5
    """An organisation or social credit code certificate."""


class SigPurpose(IntChoice):
    """The owner of the name: the account's holder, or another."""

    OWN_USE = 0
    FOR_OTHERS = 1
