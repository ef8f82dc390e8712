"""How Tencent Cloud's form takes the facts of a brand."""

from __future__ import annotations

from pulumi_smssign.facts import Fact, Form
from pulumi_smssign.tencent import DocumentType, SignPurpose, SignType

FORM = Form(
    always={"sign_name": Fact("text"), "remark": Fact("purpose")},
    kinds={
        "company": {
            "sign_type": SignType.COMPANY,
            "document_type": DocumentType.BUSINESS_LICENSE,
            "proof_image": Fact("licence"),
        },
        "institution": {
            "sign_type": SignType.ORGANIZATION,
            "document_type": DocumentType.SOCIAL_CREDIT_CODE,
            "proof_image": Fact("licence"),
        },
        "trademark": {
            "sign_type": SignType.TRADEMARK,
            "document_type": DocumentType.TRADEMARK_CERTIFICATE,
            "proof_image": Fact("proof"),
        },
        "app": {
            "sign_type": SignType.APP,
            "document_type": DocumentType.APP_BACKEND,
            "proof_image": Fact("proof"),
        },
        "website": {
            "sign_type": SignType.WEBSITE,
            "document_type": DocumentType.ICP_FILING,
            "proof_image": Fact("proof"),
        },
        "official_account": {
            "sign_type": SignType.OFFICIAL_ACCOUNT,
            "document_type": DocumentType.OFFICIAL_ACCOUNT_SETTINGS,
            "proof_image": Fact("proof"),
        },
        "mini_program": {
            "sign_type": SignType.MINI_PROGRAM,
            "document_type": DocumentType.MINI_PROGRAM_SETTINGS,
            "proof_image": Fact("proof"),
        },
    },
    own_use={
        True: {"sign_purpose": SignPurpose.OWN_USE},
        False: {
            "sign_purpose": SignPurpose.FOR_OTHERS,
            "commission_image": Fact("power_of_attorney"),
        },
    },
)
