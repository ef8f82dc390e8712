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

from pydantic import BaseModel, JsonValue, ValidationError

from pulumi_smssign.sandbox.clock import Clock
from pulumi_smssign.sandbox.http_messages import Document, HttpAnswer, HttpRequest
from pulumi_smssign.sandbox.huawei.answers import answered
from pulumi_smssign.sandbox.huawei.codes import IamRefusal, unauthenticated
from pulumi_smssign.sandbox.keys import TestKeys
from pulumi_smssign.sandbox.signed_requests import are_equal
from pulumi_smssign.sandbox.switches import Switches

PROJECT_ID = "5b0c00000000000000000000000d35c0"
REGIONS = ("cn-north-4", "cn-south-1", "ap-southeast-1", "eu-west-101")
"""The regions in which an account has a project (the same one)."""

USER = "smssign-sandbox"
PASSWORD = "smssign-sandbox-password"  # noqa: S105 - public, opens nothing
DOMAIN = "smssign-sandbox"

_DOMAINS = TestKeys(DOMAIN)
_SEAL = b"seals the sandbox's tokens against changes, and hides nothing"


@dataclass(frozen=True)
class Token:
    """What a user token stands for; `project` is empty unless it is project-scoped."""

    account: str
    project: str
    expires_at: float


class _Domain(BaseModel):
    name: str


class _User(BaseModel):
    name: str
    password: str
    domain: _Domain


class _Password(BaseModel):
    user: _User


class _Identity(BaseModel):
    methods: list[str]
    password: _Password


class _Project(BaseModel):
    name: str = ""
    id: str = ""


class _Scope(BaseModel):
    project: _Project | None = None


class _Auth(BaseModel):
    identity: _Identity
    scope: _Scope = _Scope()


class _TokenRequest(BaseModel):
    auth: _Auth


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


class Iam:
    """Identity and Access Management, as far as it goes here."""

    def __init__(self, switches: Switches, clock: Clock) -> None:
        self._switches = switches
        self._clock = clock

    def create_token(self, request: HttpRequest) -> HttpAnswer:
        """Give a token for a user's password.

        Raises:
            Refusal: in IAM's envelope, 400 or 401.
        """
        try:
            auth = _TokenRequest.model_validate_json(request.body).auth
        except ValidationError:
            raise IamRefusal(HTTPStatus.BAD_REQUEST, "The request body is invalid") from None
        user = auth.identity.password.user
        account = _DOMAINS.account(user.domain.name)
        right = are_equal(f"{user.name}\n{user.password}", f"{USER}\n{PASSWORD}")
        if not account or not right or "password" not in auth.identity.methods:
            raise IamRefusal(HTTPStatus.UNAUTHORIZED, "The username or password is wrong.")
        project: Document = {}
        if auth.scope.project is not None:
            project = _project(auth.scope.project)
        now = self._clock.now()
        expires_at = now + self._switches.number("huawei.token_seconds")
        content: Document = {
            "expires_at": _moment(expires_at),
            "issued_at": _moment(now),
            "methods": ["password"],
            "user": {
                "id": customer_id(account),
                "name": user.name,
                "domain": _domain(account),
            },
            "roles": [],
        }
        if project:
            content["project"] = {**project, "domain": _domain(account)}
        if not any(urllib.parse.parse_qs(request.query).get("nocatalog", [])):
            content["catalog"] = []
        token = sealed(Token(account, PROJECT_ID if project else "", expires_at))
        return answered({"token": content}, status=201, headers={"X-Subject-Token": token})

    def list_projects(self, request: HttpRequest, account: str) -> HttpAnswer:
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
