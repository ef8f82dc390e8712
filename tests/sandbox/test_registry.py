"""Which vendor a request belongs to: what it bears decides, never the registry's order."""

from __future__ import annotations

import importlib
import itertools
import pkgutil

import pytest
from typing_extensions import override

from pulumi_smssign.sandbox import Sandbox
from pulumi_smssign.sandbox.gateway import Gateway
from pulumi_smssign.sandbox.http_messages import HttpRequest
from pulumi_smssign.sandbox.registry import VENDORS, claimant
from pulumi_smssign.sandbox.tencent import Tencent

JSON = {"content-type": "application/json"}
FORM = {"content-type": "application/x-www-form-urlencoded"}


def post(headers: dict[str, str], body: bytes = b"", path: str = "/") -> HttpRequest:
    return HttpRequest("POST", path, "", headers, body)


def get(query: str, headers: dict[str, str] | None = None, path: str = "/") -> HttpRequest:
    return HttpRequest("GET", path, query, headers or {}, b"")


REQUESTS: dict[str, list[HttpRequest]] = {
    "tencent": [
        post({**JSON, "x-tc-action": "AddSmsSign"}, b'{"SignName": "Action=PublicKey"}'),
        post({**JSON, "x-tc-action": "AddSmsSign"}, b'{"Action": "x", "PublicKey": "y"}'),
        post({**JSON, "authorization": "TC3-HMAC-SHA256 Credential=x"}, b"{}"),
        get("Action=AddSmsSign&SecretId=AKID", {"x-tc-action": "AddSmsSign"}),
        get("Action=AddSmsSign&SecretId=AKID&Signature=x"),
        post(FORM, b"Action=AddSmsSign&SecretId=AKID&Signature=x"),
    ],
    "huawei": [
        post({**JSON, "authorization": "SDK-HMAC-SHA256 Access=x"}, path="/v2/p/msgsms/signatures"),
        get("limit=1", {"x-auth-token": "x"}, path="/v2/p/msgsms/signatures"),
        get("Action=x&PublicKey=y", path="/v2/p/msgsms/signatures"),
        post(JSON, b"{}", path="/v3/auth/tokens"),
    ],
    "ucloud": [
        post(FORM, b"Action=QueryUSMSSignature&PublicKey=x&Signature=y"),
        post(FORM, b"PublicKey=x"),
        post(JSON, b'{"Action": "QueryUSMSSignature"}'),
        HttpRequest("POST", "/", "Action=QueryUSMSSignature", JSON, b'{"SigId": "x"}'),
        get("Action=QueryUSMSSignature&PublicKey=x"),
        get("SigId=x&Action=QueryUSMSSignature"),
    ],
    "alibaba": [
        post({"x-acs-action": "GetSmsSign", "authorization": "ACS3-HMAC-SHA256 Credential=x"}),
        HttpRequest("POST", "/", "SignName=Action%3Dx&Action=y", {"x-acs-version": "x"}, b""),
        post({"authorization": "ACS3-HMAC-SHA256 Credential=x"}, b'{"Action": "x"}'),
        get("Action=GetSmsSign&AccessKeyId=LTAI&Signature=x&PublicKey=y"),
        post(FORM, b"Action=GetSmsSign&AccessKeyId=LTAI&Signature=x"),
    ],
    "yunpian": [
        post(FORM, b"apikey=x&sign=y", path="/v2/sign/add.json"),
        post(FORM, b"Action=x&PublicKey=y&SecretId=z", path="/v2/sign/get.json"),
        get("apikey=x", path="//v2/sign/update.json"),
    ],
}
NOBODYS = [
    get(""),
    post(JSON, b"{}"),
    post(FORM, b"apikey=x"),
    get("Action=x", path="/elsewhere"),
    HttpRequest("PUT", "/", "Action=x&PublicKey=y", {}, b""),
    post({"x-acs-action": "GetSmsSign", "x-tc-action": "AddSmsSign"}),
]


def owners(request: HttpRequest) -> set[str | None]:
    """Whose the request is, by each order of the registry."""
    vendors = Sandbox().vendors.values()
    claimants = (claimant(order, request) for order in itertools.permutations(vendors))
    return {vendor.name if vendor else None for vendor in claimants}


def test_every_vendors_requests_are_tried() -> None:
    assert set(REQUESTS) == {vendor.name for vendor in VENDORS}


@pytest.mark.parametrize(
    ("vendor", "request_"),
    [(vendor, request) for vendor, requests in REQUESTS.items() for request in requests],
)
def test_a_request_finds_its_vendor_in_any_order_of_the_registry(
    vendor: str, request_: HttpRequest
) -> None:
    assert owners(request_) == {vendor}


@pytest.mark.parametrize("request_", NOBODYS)
def test_what_bears_no_vendors_mark_is_nobodys(request_: HttpRequest) -> None:
    assert owners(request_) == {None}


class Greedy(Tencent):
    """Claims every request."""

    @override
    def claims(self, request: HttpRequest) -> bool:
        return True


def test_what_two_vendors_claim_is_neithers() -> None:
    sandbox = Sandbox()
    ucloud = sandbox.vendors["ucloud"]
    greedy = Greedy(sandbox.desk, sandbox.switches, sandbox.clock)
    (request, *_) = REQUESTS["ucloud"]

    assert claimant([ucloud], request) is ucloud
    assert claimant([greedy, ucloud], request) is None
    assert claimant([ucloud, greedy], request) is None


ROOMS = {"actions", "auth", "contracts", "gateway", "screening", "statuses", "switches"}


@pytest.mark.parametrize("vendor", VENDORS, ids=lambda vendor: vendor.name)
def test_every_vendors_package_has_the_same_rooms(vendor: type[Gateway]) -> None:
    package = importlib.import_module(vendor.__module__.rpartition(".")[0])

    assert {room.name for room in pkgutil.iter_modules(package.__path__)} >= ROOMS
