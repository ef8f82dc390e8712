"""The apps that signatures belong to.

Every account has the app `5b0c0000-0000-4000-8000-000000000a99`, named `sandbox`. Any other id is
taken for an app too, so that a program's own ids work here, unless it ends in `404`: that one
doesn't exist. The list shows the first and those that signatures have been created for. Apps can't
be created here. Fields: official SDK 3.1.219 (AppResponse).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping

from pydantic import JsonValue

from pulumi_smssign.sandbox.desk import Signature
from pulumi_smssign.sandbox.http_messages import Document
from pulumi_smssign.sandbox.huawei.codes import NO_APP, ServiceRefusal
from pulumi_smssign.sandbox.huawei.iam import customer_id
from pulumi_smssign.sandbox.huawei.parameters import newest_first, paged, written

DEFAULT_APP_ID = "5b0c0000-0000-4000-8000-000000000a99"
DEFAULT_APP_NAME = "sandbox"
MISSING_APP = "404"
"""How the id of an app ends that doesn't exist."""

_LONGEST_ID = 64
_FOUNDED = 1735689600.0
"""When all apps were created: 2025-01-01, 00:00 UTC."""


def name_of(app_id: str) -> str:
    """Give the name of an app."""
    return DEFAULT_APP_NAME if app_id == DEFAULT_APP_ID else f"app-{_digest(app_id)[:8]}"


def key_of(app_id: str) -> str:
    """Give the key of an app (28 hex digits)."""
    return _digest(app_id)[:28]


def check(app_id: str) -> None:
    """See that an app exists, or raise a Refusal."""
    if app_id.endswith(MISSING_APP) or not 1 <= len(app_id) <= _LONGEST_ID:
        raise ServiceRefusal(NO_APP, f"id={app_id}")


def listed(account: str, signatures: Iterable[Signature], query: Mapping[str, str]) -> Document:
    """List the apps of an account by pages; `app_name` and `status` filter."""
    used = (str(signature.fields.get("app_id", "")) for signature in signatures)
    ids = list(dict.fromkeys((DEFAULT_APP_ID, *used)))
    if newest_first(query):
        ids.reverse()
    items: list[JsonValue] = [
        item(account, app_id)
        for app_id in ids
        if query.get("app_name", name_of(app_id)) == name_of(app_id)
        and query.get("status", "LAUNCHED") == "LAUNCHED"
    ]
    return {"results": paged(items, query), "total": len(items)}


def item(account: str, app_id: str) -> Document:
    """Give one app as its operations show it."""
    founded = written(_FOUNDED)
    return {
        "id": app_id,
        "app_name": name_of(app_id),
        "app_key": key_of(app_id),
        "status": "LAUNCHED",
        "region": "cn",
        "customer_id": customer_id(account),
        "enterprise_project_id": "0",
        "enterprise_project_name": "default",
        "create_time": founded,
        "update_time": founded,
    }


def _digest(app_id: str) -> str:
    return hashlib.sha256(app_id.encode()).hexdigest()
