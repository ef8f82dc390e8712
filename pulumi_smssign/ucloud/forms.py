"""UCloud's requests: forms of flat parameters, signed.

Source: the page UpdateUSMSSignature (global site); how values are written is the official Python
SDK 0.11.150's.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from urllib.parse import urlencode

from pulumi_smssign.contract.application import Evidence
from pulumi_smssign.ucloud.application import SignatureApplication
from pulumi_smssign.ucloud.auth import AccountCredentials, signed

Parameters = Mapping[str, str | int | bool | None]

MEDIA_TYPE = "application/x-www-form-urlencoded"


def creation(application: SignatureApplication) -> Parameters:
    """The parameters of CreateUSMSSignature, but for the project."""
    return {
        **_content(application),
        "Description": application.description,
        "International": application.international,
        "QualificationId": application.qualification_id,
    }


def update(sig_id: str, application: SignatureApplication) -> Parameters:
    """The parameters of UpdateUSMSSignature, but for the project; all that it has a field for."""
    return {
        "SigId": sig_id,
        **_content(application),
        "Document": application.document,
        "ProxyDoc": application.proxy_doc,
    }


def body(parameters: Parameters, credentials: AccountCredentials) -> bytes:
    """The signed form; a parameter that is None is left out."""
    values = {name: _text(value) for name, value in parameters.items() if value is not None}
    return urlencode(signed(values, credentials)).encode()


def _content(application: SignatureApplication) -> Parameters:
    """The parameters that a new application and a change have in common."""
    return {
        "SigContent": application.sig_content,
        "SigType": application.sig_type,
        "SigPurpose": application.sig_purpose,
        "CertificateType": application.certificate_type,
        "File": _encoded(application.file),
        "ProxyFile": _encoded(application.proxy_file),
        "SceneDesc": application.scene_desc,
    }


def _encoded(file: Evidence | None) -> str | None:
    """`[file type];[code type],[base64]`, as the page asks."""
    if file is None:
        return None
    return f"{file.media_type};base64,{base64.b64encode(file.read()).decode()}"


def _text(value: str | int | bool) -> str:  # noqa: FBT001 - a value, no switch
    """A value as it is signed and sent."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(int(value)) if isinstance(value, int) else value
