"""The official UCloud SDK as a test's client: its typed methods, and its errors' codes."""

from __future__ import annotations

import base64
import logging
from typing import Any

import requests
from pydantic import JsonValue
from ucloud.client import Client
from ucloud.core.exc import RetCodeException

from pulumi_smssign.sandbox import RunningSandbox
from tests.contract.sdk import TEXT, Sdk, Shown
from tests.images import png

PROOF = "image/png;base64," + base64.b64encode(png()).decode()


class UCloudSdk(Sdk):
    """The four actions by the SDK's typed methods; of a setting, None leaves it out."""

    error, lost = RetCodeException, requests.exceptions.ConnectionError

    def __init__(self, served: RunningSandbox, **key: JsonValue) -> None:
        settings = {
            "public_key": "smssign-sandbox",
            "private_key": "smssign-sandbox-private-key-0000",
            "project_id": "org-sandbox",
            "base_url": served.url,
            "timeout": 5,
            **key,
        }
        given = {name: value for name, value in settings.items() if value is not None}
        self.client = Client(given, logger=logging.getLogger("tests.ucloud")).usms()

    def submit(self, **changes: JsonValue) -> str:
        answer = self.client.create_usms_signature(
            {
                "SigContent": TEXT,
                "SigType": 0,
                "SigPurpose": 0,
                "CertificateType": 0,
                "Description": "login codes",
                "File": PROOF,
                **changes,
            }
        )
        assert answer["Message"] == ""
        return str(answer["SigId"])

    def change(self, signature: str = TEXT, **changes: JsonValue) -> dict[str, Any]:
        fields = {"SigId": signature, "SigContent": TEXT, "SigType": 0, "SigPurpose": 0, **changes}
        return dict(self.client.update_usms_signature(fields))

    def query(self, **fields: JsonValue) -> dict[str, Any]:
        return dict(self.client.query_usms_signature(fields)["Data"])

    def show(self, signature: str = TEXT) -> Shown:
        item = self.query(SigId=signature)
        return Shown(item["SigContent"], str(item["Status"]), item["ErrDesc"])

    def delete(self, *signatures: str) -> dict[str, Any]:
        return dict(self.client.delete_usms_signature({"SigIds": list(signatures)}))

    def code_of(self, error: RetCodeException) -> str:
        assert error.message
        assert error.request_uuid
        return str(error.code)
