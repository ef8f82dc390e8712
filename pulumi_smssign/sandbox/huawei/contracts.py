"""The operations that are played, how they are called, and the parameters of an application.

An operation bears the name that the official SDKs give it; paths and methods are those of official
SDK 3.1.219. Lengths: machine-readable API definitions of MSGSMS 2.0 (as of 2025), for the fields of
the page "Creating an SMS Signature" (2025-04-11); that page alone names the last three of them,
without lengths.
"""

from __future__ import annotations

from collections.abc import Mapping

NAME = "huawei"

CHINA = "cn"
"""The site whose pages are played, by the switch `huawei.contract`."""

CREATE = "CreateSignature"
LIST = "ListSignatureDetails"
SHOW = "ShowSignature"
UPDATE = "UpdateSignature"
DELETE = "DeleteSignature"
ACTIVATE = "EnableSignature"
UPLOAD = "UploadSignatureFile"
SHOW_FILE = "ShowSignatureFile"
LIST_APPS = "ListAppDetails"
SHOW_APP = "ShowApp"
CREATE_TOKEN = "KeystoneCreateUserTokenByPassword"  # noqa: S105 - a name
LIST_PROJECTS = "KeystoneListProjects"

ROUTES: tuple[tuple[str, str, str], ...] = (
    ("POST", "signatures", CREATE),
    ("GET", "signatures", LIST),
    ("GET", "signatures/{id}", SHOW),
    ("PUT", "signatures/{id}", UPDATE),
    ("DELETE", "signatures/{id}", DELETE),
    ("PUT", "signatures/{id}/active", ACTIVATE),
    ("POST", "upload-files", UPLOAD),
    ("GET", "upload-files", SHOW_FILE),
    ("GET", "apps", LIST_APPS),
    ("GET", "apps/{id}", SHOW_APP),
)
"""Method and path below `/v2/{project_id}/msgsms/`, and the SDK's name of it."""

IAM_ROUTES: Mapping[tuple[str, str], str] = {
    ("POST", "/v3/auth/tokens"): CREATE_TOKEN,
    ("GET", "/v3/projects"): LIST_PROJECTS,
}

IAM_OPERATIONS = frozenset(IAM_ROUTES.values())
OPERATIONS = frozenset(name for _, _, name in ROUTES) | IAM_OPERATIONS

LENGTHS: Mapping[str, tuple[int, int]] = {
    "app_id": (1, 64),
    "signature_name": (1, 32),
    "signature_type": (1, 64),
    "is_involved_third": (1, 16),
    "apply_desc": (0, 100),
    "file_id": (1, 64),
    "power_attorney_fileid": (1, 128),
    "source_title_content": (0, 512),
    "qualification_id": (0, 64),
    "signature_related_file_id": (1, 64),
    "registration_number": (0, 64),
    "license_number": (0, 64),
}
"""The text fields of an application, with the fewest and the most characters."""

REQUIRED = ("app_id", "signature_name", "signature_source", "signature_type", "is_involved_third")

FILTERS = frozenset(
    {
        *("signature_name", "signature_id", "signature_type", "status", "app_name", "site"),
        *("start_time", "end_time", "limit", "offset", "sort_key", "sort_dir"),
    }
)
"""The query parameters of a list."""
