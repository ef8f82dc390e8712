"""The official UCloud SDK as the client of the served sandbox."""

from __future__ import annotations

import base64
import logging

import pytest
from pydantic import JsonValue
from ucloud.core.client import Client
from ucloud.core.exc import RetCodeException

from pulumi_smssign.sandbox import RunningSandbox
from pulumi_smssign.sandbox.http_messages import Document
from tests.images import png

CREATE = "CreateUSMSSignature"
UPDATE = "UpdateUSMSSignature"
QUERY = "QueryUSMSSignature"
DELETE = "DeleteUSMSSignature"

PROOF = "image/png;base64," + base64.b64encode(png()).decode()


class UCloud:
    """Calls actions by the SDK's untyped client, which sends whatever it is given."""

    def __init__(
        self, served: RunningSandbox, account: str = "", project: str | None = "org-sandbox"
    ) -> None:
        config = {
            "public_key": f"smssign-sandbox.{account}" if account else "smssign-sandbox",
            "private_key": "smssign-sandbox-private-key-0000",
            "base_url": served.url,
            "timeout": 10,
            **({"project_id": project} if project is not None else {}),
        }
        self._client = Client(config, logger=logging.getLogger("tests.ucloud"))

    def call(self, action: str, **fields: JsonValue) -> Document:
        """The whole answer; None leaves a field out."""
        answer: Document = self._client.invoke(action, fields)
        return answer

    def code(self, action: str, **fields: JsonValue) -> int:
        """The RetCode of the error that is answered."""
        with pytest.raises(RetCodeException) as caught:
            self.call(action, **fields)
        code: int = caught.value.code
        return code

    def create(self, **changes: JsonValue) -> str:
        """Applies for a signature and gives its id."""
        signature_id = self.call(CREATE, **application(**changes))["SigId"]
        assert isinstance(signature_id, str)
        return signature_id

    def refused(self, **changes: JsonValue) -> int:
        """The RetCode that an application meets."""
        return self.code(CREATE, **application(**changes))

    def update(self, signature_id: str, **changes: JsonValue) -> Document:
        return self.call(UPDATE, **change(signature_id, **changes))

    def not_updated(self, signature_id: str, **changes: JsonValue) -> int:
        """The RetCode that an update meets."""
        return self.code(UPDATE, **change(signature_id, **changes))

    def query(self, **fields: JsonValue) -> Document:
        """The signature that a query shows."""
        data = self.call(QUERY, **fields)["Data"]
        assert isinstance(data, dict)
        return data


def application(**changes: JsonValue) -> Document:
    """A company's mainland application without a flaw; None leaves a field out."""
    return {
        "SigContent": "极客科技",
        "SigType": 0,
        "SigPurpose": 0,
        "CertificateType": 0,
        "Description": "login codes",
        "File": PROOF,
        **changes,
    }


def change(signature_id: str, **changes: JsonValue) -> Document:
    """An update without a flaw."""
    return {
        "SigId": signature_id,
        "SigContent": "极客网络",
        "SigType": 0,
        "SigPurpose": 0,
        **changes,
    }


@pytest.fixture
def ucloud(served: RunningSandbox) -> UCloud:
    return UCloud(served)


@pytest.fixture
def other_account(served: RunningSandbox) -> UCloud:
    return UCloud(served, "marketing")
