"""Huawei's requests: an application as the fields of its page."""

from __future__ import annotations

from collections.abc import Mapping

from pulumi_smssign.huawei.application import SignatureApplication


def submission(
    application: SignatureApplication, file_ids: Mapping[str, str | None]
) -> dict[str, object]:
    """The request's fields, in the order of the vendor's page; what is not set is left out."""
    fields: dict[str, object | None] = {
        "app_id": application.app_id,
        "apply_desc": application.apply_desc,
        "file_id": file_ids["file_id"],
        "is_involved_third": "Yes" if application.is_involved_third else "No",
        "power_attorney_fileid": file_ids["power_attorney_fileid"],
        "signature_name": application.signature_name,
        "signature_source": int(application.signature_source),
        "signature_type": application.signature_type.value,
        "source_title_content": application.source_title_content,
        "signature_related_file_id": file_ids["signature_related_file_id"],
        "registration_number": application.registration_number,
        "license_number": application.license_number,
        "qualification_id": application.qualification_id,
    }
    return {name: value for name, value in fields.items() if value is not None}
