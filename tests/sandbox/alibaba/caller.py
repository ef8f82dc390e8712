"""A signer of our own as the client: it sends whatever it is given."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlencode

import httpx
from pydantic import JsonValue
from typing_extensions import override

from pulumi_smssign.sandbox.http_messages import Document
from tests.sandbox.caller import TEXT, Caller, Review

KEY = "LTAIsmssign-sandbox"
SECRET = "smssign-sandbox-access-secret-0000"
VERSION = "2017-05-25"

CREATE, UPDATE, GET = "CreateSmsSign", "UpdateSmsSign", "GetSmsSign"
LIST, DELETE = "QuerySmsSignList", "DeleteSmsSign"
APPLICATION: Document = {"SignName": TEXT, "SignSource": 0, "QualificationId": 1000000417}


@dataclass
class Alibaba(Caller):
    """Calls operations."""

    vendor, text, usual = "alibaba", "SignName", APPLICATION

    def send(
        self,
        action: str,
        fields: Mapping[str, JsonValue] | None = None,
        *,
        method: str = "POST",
        headers: Mapping[str, str | None] | None = None,
        body: bytes = b"",
        secret: str = SECRET,
        unsigned: frozenset[str] = frozenset(),
    ) -> httpx.Response:
        """Sends a signed call; a header that is None is left out."""
        query = {name: str(value) for name, value in (fields or {}).items()}
        moment = dt.datetime.fromtimestamp(self.now, dt.UTC)
        sent: dict[str, str | None] = {
            "host": self.http.base_url.netloc.decode(),
            "x-acs-action": action,
            "x-acs-version": VERSION,
            "x-acs-date": f"{moment:%Y-%m-%dT%H:%M:%SZ}",
            "x-acs-signature-nonce": secrets.token_hex(16),
            "x-acs-content-sha256": hashlib.sha256(body).hexdigest(),
            "x-acs-security-token": self.token,
            **(headers or {}),
        }
        bearing = {name: value for name, value in sent.items() if value is not None}
        signed = {name: value for name, value in bearing.items() if name not in unsigned}
        key = self.key(KEY)
        bearing["authorization"] = authorization(method, query, signed, key, secret)
        target = f"/?{urlencode(query, errors='surrogatepass')}"
        return self.http.request(method, target, headers=bearing, content=body or None)

    def call(self, action: str, **fields: JsonValue) -> Document:
        """The whole answer; None leaves a field out."""
        given = {name: value for name, value in fields.items() if value is not None}
        document: Document = self.send(action, given).json()
        return document

    def code(self, action: str, **fields: JsonValue) -> str:
        """The code that a call meets, empty if it is OK."""
        return str(self.call(action, **fields)["Code"]).removeprefix("OK")

    @override
    def apply(self, fields: Document) -> tuple[str, str]:
        code, text = self.code(CREATE, **fields), str(fields.get("SignName", ""))
        return code, text if self.account == "default" else f"{self.account}【{text}】"

    @override
    def change(self, signature_id: str, **changes: JsonValue) -> str:
        return self.code(UPDATE, **self.application(**{"SignName": signature_id, **changes}))

    @override
    def review(self, signature_id: str) -> Review | None:
        answer = self.call(GET, SignName=signature_id)
        if answer["Code"] != "OK":
            return None
        audit = answer["AuditInfo"]
        assert isinstance(audit, dict)
        return Review(str(answer["SignName"]), str(answer["SignStatus"]), str(audit["RejectInfo"]))

    @override
    def withdraw(self, signature_id: str) -> str:
        return self.code(DELETE, SignName=signature_id)

    @override
    def ping(self) -> str:
        return self.code(LIST)

    @override
    def lists(self) -> list[str]:
        return [str(item["SignName"]) for item in self.items()]

    def get(self, text: str = TEXT) -> Document:
        """The signature as GetSmsSign shows it."""
        answer = self.call(GET, SignName=text)
        assert answer["Code"] == "OK", answer
        return answer

    def items(self, **fields: JsonValue) -> list[Document]:
        """The signatures as QuerySmsSignList shows them."""
        items = self.call(LIST, **fields)["SmsSignList"]
        assert isinstance(items, list)
        return [each for each in items if isinstance(each, dict)]


def _quoted(value: str) -> str:
    """A value as it is signed; what can't be is signed as it will be read."""
    return quote(value.encode(errors="surrogatepass").decode(errors="replace"), safe="")


def authorization(
    method: str, query: Mapping[str, str], headers: Mapping[str, str], key: str, secret: str
) -> str:
    """Signs as the vendor documents it, without a line of the sandbox's."""
    names = sorted(headers)
    pairs = "&".join(f"{quote(n, safe='')}={_quoted(query[n])}" for n in sorted(query))
    block = "".join(f"{name}:{headers[name].strip()}\n" for name in names)
    digest = headers.get("x-acs-content-sha256", "")
    canonical = f"{method}\n/\n{pairs}\n{block}\n{';'.join(names)}\n{digest}"
    to_sign = "ACS3-HMAC-SHA256\n" + hashlib.sha256(canonical.encode()).hexdigest()
    mac = hmac.new(secret.encode(), to_sign.encode(), "sha256").hexdigest()
    return f"ACS3-HMAC-SHA256 Credential={key},SignedHeaders={';'.join(names)},Signature={mac}"
