"""User tokens and projects, and what a token opens."""

from __future__ import annotations

import datetime as dt

import httpx
import pytest
from pydantic import JsonValue

from pulumi_smssign.sandbox import ManualClock, Sandbox
from pulumi_smssign.sandbox.http_messages import Document
from tests.sandbox.huawei.caller import JSON, PROJECT, SIGNATURES, Huawei, code_of

TOKENS = "/v3/auth/tokens"
BY_NAME: Document = {"project": {"name": "cn-north-4"}}


def request_of(
    scope: JsonValue = BY_NAME,
    name: str = "smssign-sandbox",
    password: str = "smssign-sandbox-password",
    domain: str = "smssign-sandbox",
    methods: tuple[str, ...] = ("password",),
) -> Document:
    user: Document = {"name": name, "password": password, "domain": {"name": domain}}
    identity: Document = {"methods": list(methods), "password": {"user": user}}
    return {"auth": {"identity": identity, **({} if scope is None else {"scope": scope})}}


def token(http: httpx.Client, request: Document) -> str:
    answer = http.post(TOKENS, json=request)
    assert answer.status_code == 201
    return answer.headers["X-Subject-Token"]


def listed(http: httpx.Client, token: str, path: str = SIGNATURES) -> httpx.Response:
    return http.get(path, headers={"X-Auth-Token": token, "Content-Type": JSON})


@pytest.mark.parametrize("query", ["", "?nocatalog=true"])
def test_a_password_gives_a_token_for_a_day(
    http: httpx.Client, clock: ManualClock, query: str
) -> None:
    answer = http.post(f"{TOKENS}{query}", json=request_of())

    content = answer.json()["token"]
    moments = [
        dt.datetime.strptime(content[name], "%Y-%m-%dT%H:%M:%S.%f%z")
        for name in ("issued_at", "expires_at")
    ]
    assert answer.status_code == 201
    assert moments[0].timestamp() == pytest.approx(clock.now(), abs=1)
    assert moments[1] - moments[0] == dt.timedelta(hours=24)
    customer = content["user"]["id"]
    domain = {"id": customer, "name": "smssign-sandbox"}
    assert len(customer) == 32
    assert {name: content[name] for name in content if not name.endswith("_at")} == {
        "methods": ["password"],
        "user": {"id": customer, "name": "smssign-sandbox", "domain": domain},
        "project": {"id": PROJECT, "name": "cn-north-4", "domain": domain},
        "roles": [],
        **({} if query else {"catalog": []}),
    }


@pytest.mark.parametrize(
    "scope", [BY_NAME, {"project": {"name": "cn-south-1"}}, {"project": {"id": PROJECT}}]
)
def test_a_token_of_the_project_opens_the_service_of_its_domains_account(
    http: httpx.Client, sandbox: Sandbox, scope: JsonValue
) -> None:
    marketing = token(http, request_of(scope, domain="smssign-sandbox.marketing"))
    http.post(SIGNATURES, headers={"X-Auth-Token": marketing}, json=Huawei.usual)

    assert [each.account for each in sandbox.signatures("huawei")] == ["marketing"]
    assert sandbox.calls("huawei", "CreateSignature")[0].account == "marketing"
    assert listed(http, marketing).json()["total"] == 1
    assert listed(http, token(http, request_of(scope))).json() == {"results": [], "total": 0}


def test_a_project_by_its_id_is_that_of_the_first_region(http: httpx.Client) -> None:
    answer = http.post(TOKENS, json=request_of({"project": {"id": PROJECT}}))

    assert answer.json()["token"]["project"]["name"] == "cn-north-4"


def test_a_token_ends_by_the_clock_and_by_no_other_token(
    http: httpx.Client, clock: ManualClock, sandbox: Sandbox
) -> None:
    sandbox.switches.set({"huawei.token_seconds": 60})
    first = token(http, request_of())
    clock.advance(59)
    second = token(http, request_of())
    before = listed(http, first).status_code
    clock.advance(1)
    after = listed(http, first)

    assert (before, after.status_code, code_of(after)) == (200, 401, "APIGW.0301")
    assert "token expires" in after.json()["error_msg"]
    assert listed(http, second).is_success


@pytest.mark.parametrize("text", ["", "x", "%%%", "AAAA" * 20, "云".encode().decode("latin-1")])
def test_a_token_that_is_none_is_refused(http: httpx.Client, text: str) -> None:
    headers = {b"X-Auth-Token": text.encode("latin-1"), b"Content-Type": JSON.encode()}
    answer = http.get(SIGNATURES, headers=headers)

    assert (answer.status_code, code_of(answer)) == (401, "APIGW.0301")
    assert "decrypt token fail" in answer.json()["error_msg"]


@pytest.mark.parametrize("scope", [None, {"domain": {"name": "smssign-sandbox"}}])
def test_a_token_without_a_project_is_invalid_for_the_service(
    http: httpx.Client, scope: JsonValue
) -> None:
    unscoped = token(http, request_of(scope))
    answer = listed(http, unscoped)

    assert (answer.status_code, code_of(answer)) == (401, "MSGSMS.0003")
    assert answer.json()["error_msg"] == "Token invalid"
    assert listed(http, unscoped, "/v3/projects").is_success


@pytest.mark.parametrize(
    "request_body",
    [
        request_of(name="someone"),
        request_of(password="guessed"),
        request_of(domain="elsewhere"),
        request_of(domain="smssign-sandbox."),
        request_of(methods=("token",)),
        request_of({"project": {"name": "mars-1"}}),
        request_of({"project": {"id": "0" * 32}}),
        request_of({"project": {}}),
    ],
)
def test_a_wrong_user_gets_no_token(http: httpx.Client, request_body: Document) -> None:
    answer = http.post(TOKENS, json=request_body)

    error = answer.json()["error"]
    assert answer.status_code == 401
    assert (error["code"], error["title"]) == (401, "Unauthorized")
    assert error["message"]
    assert "X-Subject-Token" not in answer.headers
    assert answer.headers["X-Request-Id"]


@pytest.mark.parametrize("body", [b"", b"[]", b'{"auth": {}}', b"{"])
def test_a_request_for_a_token_that_is_none_is_refused(http: httpx.Client, body: bytes) -> None:
    answer = http.post(TOKENS, content=body)

    assert (answer.status_code, answer.json()["error"]["code"]) == (400, 400)


def test_passwords_are_never_recorded(http: httpx.Client, sandbox: Sandbox) -> None:
    token(http, request_of())
    http.post(TOKENS, json=request_of(password="guessed"))

    calls = sandbox.calls("huawei", "KeystoneCreateUserTokenByPassword")
    assert [(call.fields, call.code) for call in calls] == [
        ({"auth": True}, ""),
        ({"auth": True}, "401"),
    ]


@pytest.mark.parametrize(
    ("query", "regions"),
    [
        ("", ["cn-north-4", "cn-south-1", "ap-southeast-1", "eu-west-101"]),
        ("?name=cn-south-1", ["cn-south-1"]),
        ("?name=mars-1", []),
    ],
)
def test_an_account_has_a_project_in_each_region(
    huawei: Huawei, query: str, regions: list[str]
) -> None:
    projects = huawei.send("GET", f"/v3/projects{query}", content_type=None).json()["projects"]

    customer = huawei.show(huawei.submit())["customer_id"]
    assert projects == [
        {
            "id": PROJECT,
            "name": region,
            "description": "",
            "enabled": True,
            "domain_id": customer,
            "parent_id": customer,
            "is_domain": False,
        }
        for region in regions
    ]


def test_projects_are_shown_to_nobody_else(http: httpx.Client) -> None:
    answer = http.get("/v3/projects")

    assert (answer.status_code, code_of(answer)) == (401, "APIGW.0301")
    assert "x-auth-token not found" in answer.json()["error_msg"]


@pytest.mark.parametrize(("code", "status"), [("403", 403), ("IAM.0011", 400)])
def test_an_error_ordered_of_iam_comes_in_its_envelope(
    http: httpx.Client, sandbox: Sandbox, code: str, status: int
) -> None:
    sandbox.faults.add(action="KeystoneCreateUserTokenByPassword", kind="error", code=code)
    answer = http.post(TOKENS, json=request_of())

    assert answer.status_code == status
    assert str(answer.json()["error"]["code"]) == code
