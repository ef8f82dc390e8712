"""The official UCloud SDK as a test's client: its typed methods, and its errors' codes."""

from __future__ import annotations

import base64
import logging
from collections.abc import Callable

import pytest
from pydantic import JsonValue
from ucloud.client import Client
from ucloud.core.exc import RetCodeException
from ucloud.services.usms.client import USMSClient

from pulumi_smssign.sandbox import RunningSandbox
from tests.images import png

PUBLIC_KEY = "smssign-sandbox"
PRIVATE_KEY = "smssign-sandbox-private-key-0000"
PROJECT = "org-sandbox"
PROOF = "image/png;base64," + base64.b64encode(png()).decode()


def usms(served: RunningSandbox, **changes: JsonValue) -> USMSClient:
    """The SDK's client of USMS as its own documentation makes it; None leaves a setting out."""
    config = {
        "public_key": PUBLIC_KEY,
        "private_key": PRIVATE_KEY,
        "project_id": PROJECT,
        "base_url": served.url,
        "timeout": 5,
        **changes,
    }
    given = {name: value for name, value in config.items() if value is not None}
    return Client(given, logger=logging.getLogger("tests.ucloud")).usms()


class Signing:
    """The four actions by the SDK's typed methods."""

    def __init__(self, client: USMSClient) -> None:
        self._client = client

    def create(self, **changes: JsonValue) -> str:
        answer = self._client.create_usms_signature(
            {
                "SigContent": "极客科技",
                "SigType": 0,
                "SigPurpose": 0,
                "CertificateType": 0,
                "Description": "login codes",
                "File": PROOF,
                **changes,
            }
        )
        assert answer["Message"] == ""
        signature_id = answer["SigId"]
        assert isinstance(signature_id, str)
        return signature_id

    def update(self, signature_id: str, **changes: JsonValue) -> dict[str, JsonValue]:
        answer: dict[str, JsonValue] = self._client.update_usms_signature(
            {
                "SigId": signature_id,
                "SigContent": "极客网络",
                "SigType": 0,
                "SigPurpose": 0,
                **changes,
            }
        )
        return answer

    def query(self, **fields: JsonValue) -> dict[str, JsonValue]:
        data: dict[str, JsonValue] = self._client.query_usms_signature(fields)["Data"]
        return data

    def delete(self, *signature_ids: str) -> dict[str, JsonValue]:
        answer: dict[str, JsonValue] = self._client.delete_usms_signature(
            {"SigIds": list(signature_ids)}
        )
        return answer


def refused(call: Callable[..., object], *values: JsonValue, **fields: JsonValue) -> int:
    """The code of the error that a call meets, which has all that the SDK knows of an error."""
    with pytest.raises(RetCodeException) as caught:
        call(*values, **fields)
    assert caught.value.message
    assert caught.value.request_uuid
    code: int = caught.value.code
    return code
