"""The part of IAM that MSGSMS's clients need: a user token, and the projects of an account.

| account | user name | password | domain name |
| --- | --- | --- | --- |
| `default` | `smssign-sandbox` | `smssign-sandbox-password` | `smssign-sandbox` |
| `<name>` | the same | the same | `smssign-sandbox.<name>` |

These are test keys: they are public and open nothing. Every account has one project, of the same
id, in each region. Sources: vendor page iam_30_0001 (user token: 201, X-Subject-Token, 24 hours);
the body beyond that is Keystone's, version 3; official SDK 3.1.219 for the list of projects.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import hmac
import json
import urllib.parse
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from pydantic import AliasPath, BaseModel, Field, JsonValue, ValidationError

from pulumi_smssign.sandbox.http_messages import Document, HttpAnswer, HttpRequest
from pulumi_smssign.sandbox.huawei.answers import answered
from pulumi_smssign.sandbox.huawei.codes import IamRefusal, unauthenticated
from pulumi_smssign.sandbox.keys import TestKeys
from pulumi_smssign.sandbox.signed_requests import are_equal

PROJECT_ID = "5b0c00000000000000000000000d35c0"
REGIONS = ("cn-north-4", "cn-south-1", "ap-southeast-1", "eu-west-101")
"""The regions in which an account has a project (the same one)."""

USER = "smssign-sandbox"
PASSWORD = "smssign-sandbox-password"  # noqa: S105 - public, opens nothing
DOMAIN = "smssign-sandbox"

_DOMAINS = TestKeys(DOMAIN)
_USER = ("identity", "password", "user")
_SEAL = b"seals the sandbox's tokens against changes, and hides nothing"


@dataclass(frozen=True)
class Token:
    """A user token; `project` is empty unless it is project-scoped."""

    account: str
    project: str
    expires_at: float


class _Project(BaseModel):
    name: str = ""
    id: str = ""


class _Scope(BaseModel):
    project: _Project | None = None


def _at(*path: str, default: object = ...) -> Any:  # noqa: ANN401 - as pydantic's Field
    return Field(default, validation_alias=AliasPath("auth", *path))


class _TokenRequest(BaseModel):
    methods: list[str] = _at("identity", "methods")
    name: str = _at(*_USER, "name")
    password: str = _at(*_USER, "password")
    domain: str = _at(*_USER, "domain", "name")
    scope: _Scope = _at("scope", default=_Scope())


def sealed(token: Token) -> str:
    """Write a token as a client gets it; nothing is remembered of it."""
    content = json.dumps([token.account, token.project, token.expires_at]).encode()
    return base64.urlsafe_b64encode(hmac.digest(_SEAL, content, "sha256") + content).decode()


def opened(text: str) -> Token | None:
    """Read a token; None if the sandbox never wrote it."""
    try:
        content = base64.b64decode(text.encode(), b"-_", validate=True)
    except ValueError:
        return None
    seal, content = content[:32], content[32:]
    if not hmac.compare_digest(seal, hmac.digest(_SEAL, content, "sha256")):
        return None
    return Token(*json.loads(content))


def token_of(request: HttpRequest, now: float) -> Token:
    """Give the token that a request bears.

    Raises:
        Refusal: APIGW.0301.
    """
    token = opened(request.headers.get("x-auth-token", ""))
    if token is None:
        raise unauthenticated("decrypt token fail")
    if now >= token.expires_at:
        raise unauthenticated("token expires")
    return token


def created_token(request: HttpRequest, now: float, seconds: float) -> HttpAnswer:
    """Give a token for a user's password, valid for so many `seconds`.

    Raises:
        Refusal: in IAM's envelope, 400 or 401.
    """
    try:
        wanted = _TokenRequest.model_validate_json(request.body)
    except ValidationError:
        raise IamRefusal(HTTPStatus.BAD_REQUEST, "The request body is invalid") from None
    account = _DOMAINS.account(wanted.domain)
    is_user = are_equal(f"{wanted.name}\n{wanted.password}", f"{USER}\n{PASSWORD}")
    if not account or not is_user or "password" not in wanted.methods:
        raise IamRefusal(HTTPStatus.UNAUTHORIZED, "The username or password is wrong.")
    project = _project(wanted.scope.project) if wanted.scope.project else {}
    expires_at = now + seconds
    domain = _domain(account)
    content: Document = {
        "expires_at": _moment(expires_at),
        "issued_at": _moment(now),
        "methods": ["password"],
        "user": {"id": customer_id(account), "name": wanted.name, "domain": domain},
        "roles": [],
    }
    if project:
        content["project"] = {**project, "domain": domain}
    if not any(urllib.parse.parse_qs(request.query).get("nocatalog", [])):
        content["catalog"] = []
    token = sealed(Token(account, PROJECT_ID if project else "", expires_at))
    return answered({"token": content}, status=201, headers={"X-Subject-Token": token})


def listed_projects(request: HttpRequest, account: str) -> HttpAnswer:
    """List the projects of an account: of the region that the query names, or of all."""
    names = urllib.parse.parse_qs(request.query).get("name")
    projects: list[JsonValue] = [
        {
            "id": PROJECT_ID,
            "name": region,
            "description": "",
            "domain_id": customer_id(account),
            "parent_id": customer_id(account),
            "is_domain": False,
            "enabled": True,
        }
        for region in REGIONS
        if names is None or region in names
    ]
    return answered({"projects": projects})


def customer_id(account: str) -> str:
    """Give the id of an account, which is a domain's id to IAM (32 hex digits)."""
    return hashlib.sha256(f"{DOMAIN}.{account}".encode()).hexdigest()[:32]


def _domain(account: str) -> Document:
    name = DOMAIN if account == "default" else f"{DOMAIN}.{account}"
    return {"id": customer_id(account), "name": name}


def _moment(at: float) -> str:
    moment = dt.datetime.fromtimestamp(at, dt.UTC)
    return moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _project(wanted: _Project) -> Document:
    name = wanted.name
    if wanted.id == PROJECT_ID and not name:
        name = REGIONS[0]
    if name not in REGIONS:
        raise IamRefusal(HTTPStatus.UNAUTHORIZED, "The project of the scope does not exist.")
    return {"id": PROJECT_ID, "name": name}
