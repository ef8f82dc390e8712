"""The signature actions of USMS: their parameters and types.

Sources: vendor pages of the four actions (Update: seed 003; the others 2026-08), the official
Python SDK 0.11.150, and the vendor's error-code pages of API and USMS (2026-07).
"""

from __future__ import annotations

from collections.abc import Mapping

from pulumi_smssign.sandbox.parameters import Kind, Parameter

NAME = "ucloud"

CREATE = "CreateUSMSSignature"
UPDATE = "UpdateUSMSSignature"
QUERY = "QueryUSMSSignature"
DELETE = "DeleteUSMSSignature"

TYPES = range(6)
"""SigType and CertificateType; a certificate goes with the type of the same number."""

WITHDRAWN_TYPES = frozenset({1, 2, 3})
"""SigTypes that can't be registered in mainland China since 2026-05-01 (USMS notice, 2026-07)."""

OWN_USE, FOR_OTHERS = 0, 1
"""SigPurpose."""

SHORTEST, LONGEST = 2, 12
"""Characters of SigContent, each counted as 1."""

LARGEST_FILE = 4 * 1024 * 1024
"""Bytes of a file."""

FILES = ("File", "ProxyFile")

_REQUIRED_STRING = Parameter(Kind.STRING, required=True)
_STRING = Parameter(Kind.STRING)
_REQUIRED_INTEGER = Parameter(Kind.INTEGER, required=True)

_APPLICATION: Mapping[str, Parameter] = {
    "ProjectId": _STRING,
    "SigContent": _REQUIRED_STRING,
    "SigType": _REQUIRED_INTEGER,
    "SigPurpose": _REQUIRED_INTEGER,
    "CertificateType": Parameter(Kind.INTEGER),
    "File": _STRING,
    "ProxyFile": _STRING,
    "SceneDesc": _STRING,
}

PARAMETERS: Mapping[str, Mapping[str, Parameter]] = {
    CREATE: {
        **_APPLICATION,
        "CertificateType": _REQUIRED_INTEGER,
        "Description": _REQUIRED_STRING,
        "International": Parameter(Kind.BOOLEAN),
        "QualificationId": _STRING,
    },
    UPDATE: {
        "SigId": _REQUIRED_STRING,
        **_APPLICATION,
        "Document": _STRING,
        "ProxyDoc": _STRING,
    },
    QUERY: {"ProjectId": _STRING, "SigId": _STRING, "SigContent": _STRING},
    DELETE: {"ProjectId": _STRING, "SigIds": Parameter(Kind.STRINGS)},
}
"""ProjectId is marked required on the pages, but for a main account it has a default."""

ACTIONS = frozenset(PARAMETERS)

URLS = ("Document", "ProxyDoc")

RECORDED = frozenset(
    name for parameters in PARAMETERS.values() for name in parameters if name not in FILES
)
"""The parameters that are kept for assertions; there is no personal one."""
