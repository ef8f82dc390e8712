"""How UCloud's form takes the facts of a brand."""

from __future__ import annotations

from pulumi_smssign.facts import Fact, Form
from pulumi_smssign.ucloud import CertificateType, SigPurpose, SigType

_OFFICIAL_ACCOUNT = {
    "sig_type": SigType.OFFICIAL_ACCOUNT,
    "certificate_type": CertificateType.OFFICIAL_ACCOUNT_SETTINGS,
    "file": Fact("proof"),
}

FORM = Form(
    always={"sig_content": Fact("text"), "description": Fact("purpose")},
    kinds={
        "company": {
            "sig_type": SigType.COMPANY,
            "certificate_type": CertificateType.BUSINESS_LICENSE,
            "file": Fact("licence"),
        },
        "institution": {
            "sig_type": SigType.ORGANIZATION,
            "certificate_type": CertificateType.ORGANIZATION_CODE,
            "file": Fact("licence"),
        },
        "trademark": {
            "sig_type": SigType.TRADEMARK,
            "certificate_type": CertificateType.TRADEMARK_CERTIFICATE,
            "file": Fact("proof"),
        },
        "app": {
            "sig_type": SigType.APP,
            "certificate_type": CertificateType.APP_STORE_BACKEND,
            "file": Fact("proof"),
        },
        "website": {
            "sig_type": SigType.WEBSITE,
            "certificate_type": CertificateType.ICP_FILING,
            "file": Fact("proof"),
        },
        "official_account": _OFFICIAL_ACCOUNT,
        "mini_program": _OFFICIAL_ACCOUNT,
    },
    own_use={
        True: {"sig_purpose": SigPurpose.OWN_USE},
        False: {"sig_purpose": SigPurpose.FOR_OTHERS, "proxy_file": Fact("power_of_attorney")},
    },
)
