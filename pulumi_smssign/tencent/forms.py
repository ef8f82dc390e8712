"""Tencent's requests: an application as the fields of its page."""

from __future__ import annotations

import base64

from pulumi_smssign.contract.application import Evidence
from pulumi_smssign.tencent.application import SignatureApplication


def submission(application: SignatureApplication) -> dict[str, object]:
    """The request's fields, in the order of the vendor's page; what is not set is left out."""
    fields: dict[str, object | None] = {
        "SignName": application.sign_name,
        "SignType": int(application.sign_type),
        "DocumentType": int(application.document_type),
        "International": int(application.international),
        "SignPurpose": int(application.sign_purpose),
        "ProofImage": _encoded(application.proof_image),
        "CommissionImage": application.commission_image and _encoded(application.commission_image),
        "Remark": application.remark,
        "QualificationId": application.qualification_id,
    }
    return {name: value for name, value in fields.items() if value is not None}


def _encoded(file: Evidence) -> str:
    """Base64 without the data: prefix, as the page asks."""
    return base64.b64encode(file.read()).decode()
