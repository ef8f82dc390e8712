"""A signer of our own as the client of the served sandbox: it sends whatever it is given."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import secrets
from collections.abc import Mapping
from urllib.parse import quote, urlencode

import httpx
from pydantic import JsonValue

from pulumi_smssign.sandbox import Sandbox
from pulumi_smssign.sandbox.http_messages import Document

KEY = "LTAIsmssign-sandbox"
SECRET = "smssign-sandbox-access-secret-0000"
VERSION = "2017-05-25"
NAME = "极客科技"

CREATE, UPDATE, GET = "CreateSmsSign", "UpdateSmsSign", "GetSmsSign"
LIST, DELETE = "QuerySmsSignList", "DeleteSmsSign"

Field = JsonValue


class Alibaba:
    """Calls operations; `headers` are added to each call, and signed."""

    def __init__(self, http: httpx.Client, account: str = "") -> None:
        self._http = http
        self.key = f"{KEY}.{account}" if account else KEY

    def send(
        self,
        action: str,
        fields: Mapping[str, Field] | None = None,
        *,
        method: str = "POST",
        headers: Mapping[str, str | None] | None = None,
        at: float | None = None,
        body: bytes = b"",
        secret: str = SECRET,
        unsigned: frozenset[str] = frozenset(),
    ) -> httpx.Response:
        """Sends a signed call; a header that is None is left out."""
        query = {name: text_of(value) for name, value in (fields or {}).items()}
        moment = dt.datetime.now(dt.UTC) if at is None else dt.datetime.fromtimestamp(at, dt.UTC)
        sent: dict[str, str | None] = {
            "host": self._http.base_url.netloc.decode(),
            "x-acs-action": action,
            "x-acs-version": VERSION,
            "x-acs-date": moment.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "x-acs-signature-nonce": secrets.token_hex(16),
            "x-acs-content-sha256": hashlib.sha256(body).hexdigest(),
            **(headers or {}),
        }
        bearing = {name: value for name, value in sent.items() if value is not None}
        signed = {name: value for name, value in bearing.items() if name not in unsigned}
        bearing["authorization"] = authorization(method, query, signed, self.key, secret)
        return self._http.request(
            method,
            f"/?{urlencode(query, errors='surrogatepass')}",
            headers=bearing,
            content=body or None,
        )

    def call(self, action: str, **fields: Field) -> Document:
        """The whole answer; None leaves a field out."""
        given = {name: value for name, value in fields.items() if value is not None}
        document: Document = self.send(action, given).json()
        return document

    def code(self, action: str, **fields: Field) -> str:
        """The code of the answer."""
        return str(self.call(action, **fields)["Code"])

    def create(self, **changes: Field) -> str:
        """Applies for a signature and gives its text."""
        fields = application(**changes)
        answer = self.call(CREATE, **fields)
        assert answer["Code"] == "OK", answer
        return str(fields["SignName"])

    def get(self, name: str = NAME) -> Document:
        """The signature as GetSmsSign shows it."""
        answer = self.call(GET, SignName=name)
        assert answer["Code"] == "OK", answer
        return answer

    def refused(self, **changes: Field) -> str:
        """The code that an application meets."""
        return self.code(CREATE, **application(**changes))

    def items(self, **fields: Field) -> list[Document]:
        """The signatures as QuerySmsSignList shows them."""
        found = self.call(LIST, **fields)["SmsSignList"]
        assert isinstance(found, list)
        return [each for each in found if isinstance(each, dict)]


def application(**changes: Field) -> Document:
    """A company's application without a flaw; None leaves a field out."""
    return {"SignName": NAME, "SignSource": 0, "QualificationId": 1000000417, **changes}


def update(alibaba: Alibaba, **changes: JsonValue) -> str:
    """The code that an update meets."""
    return alibaba.code(UPDATE, **application(**changes))


def approved(alibaba: Alibaba, sandbox: Sandbox, **changes: JsonValue) -> None:
    sandbox.approve("alibaba", alibaba.create(**changes))


def _quoted(value: str) -> str:
    """A value as it is signed; what can't be is signed as it will be read."""
    return quote(value.encode(errors="surrogatepass").decode(errors="replace"), safe="")


def text_of(value: Field) -> str:
    return value if isinstance(value, str) else str(value)


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
