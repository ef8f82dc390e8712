"""The official UCloud SDK as the client, and requests in every other form."""

from __future__ import annotations

import base64
import logging
from dataclasses import dataclass
from functools import cached_property

from pydantic import JsonValue
from typing_extensions import override
from ucloud.core.client import Client
from ucloud.core.exc import RetCodeException

from pulumi_smssign.sandbox.http_messages import Document
from pulumi_smssign.sandbox.ucloud import auth
from tests.images import png
from tests.sandbox.caller import TEXT, Caller, Review

CREATE, UPDATE = "CreateUSMSSignature", "UpdateUSMSSignature"
QUERY, DELETE = "QueryUSMSSignature", "DeleteUSMSSignature"


def file(content: bytes) -> str:
    """A file as the pages have it."""
    return "image/png;base64," + base64.b64encode(content).decode()


PROOF = file(png())
APPLICATION: Document = {
    "SigContent": TEXT,
    "SigType": 0,
    "SigPurpose": 0,
    "CertificateType": 0,
    "Description": "login codes",
    "File": PROOF,
}


@dataclass
class UCloud(Caller):
    """Calls actions by the SDK's untyped client, which sends whatever it is given."""

    project: str | None = auth.PROJECT

    vendor, text, usual = "ucloud", "SigContent", APPLICATION

    @cached_property
    def _sdk(self) -> Client:
        config = {
            "public_key": self.key(auth.PUBLIC_KEY),
            "private_key": auth.PRIVATE_KEY,
            "base_url": self.served.url,
            "timeout": 10,
            **({} if self.project is None else {"project_id": self.project}),
        }
        return Client(config, logger=logging.getLogger("tests.ucloud"))

    def call(self, action: str, **fields: JsonValue) -> Document:
        """The whole answer; None leaves a field out."""
        answer: Document = self._sdk.invoke(action, fields)
        return answer

    def code(self, action: str, **fields: JsonValue) -> str:
        """The RetCode that a call meets, empty if it is 0."""
        try:
            self.call(action, **fields)
        except RetCodeException as error:
            return str(error.code)
        return ""

    def signed(self, **parameters: JsonValue) -> Document:
        """A query in the form of every SDK; None leaves a parameter out."""
        document: Document = {
            "Action": QUERY,
            "PublicKey": self.key(auth.PUBLIC_KEY),
            "ProjectId": auth.PROJECT,
            "SigContent": TEXT,
            **parameters,
        }
        document = {name: value for name, value in document.items() if value is not None}
        return {"Signature": auth.signature(document), **document}

    def post(self, parameters: Document) -> Document:
        """The answer to a form."""
        form = {name: str(value) for name, value in parameters.items()}
        answer: Document = self.http.post("/", data=form).json()
        return answer

    @override
    def apply(self, fields: Document) -> tuple[str, str]:
        try:
            return "", str(self.call(CREATE, **fields)["SigId"])
        except RetCodeException as error:
            return str(error.code), ""

    def apply_at_once(self, **changes: JsonValue) -> str:
        """The RetCode that an application as JSON meets: files of megabytes go fast in it."""
        document = self.signed(Action=CREATE, **self.application(**changes))
        return str(self.http.post("/", json=document).json()["RetCode"])

    @override
    def change(self, signature_id: str, **changes: JsonValue) -> str:
        fields = {name: APPLICATION[name] for name in ("SigContent", "SigType", "SigPurpose")}
        return self.code(UPDATE, **{"SigId": signature_id, **fields, **changes})

    @override
    def review(self, signature_id: str) -> Review | None:
        if self.code(QUERY, SigId=signature_id):
            return None
        data = self.query(SigId=signature_id)
        return Review(str(data["SigContent"]), str(data["Status"]), str(data["ErrDesc"]))

    @override
    def withdraw(self, signature_id: str) -> str:
        return self.code(DELETE, SigIds=[signature_id])

    @override
    def ping(self) -> str:
        return self.code(QUERY, SigId="SIG1").replace("18016", "")

    def query(self, **fields: JsonValue) -> Document:
        """The signature that a query shows."""
        data = self.call(QUERY, **fields)["Data"]
        assert isinstance(data, dict)
        return data
