"""The vendor that a request belongs to: its marks decide, never the registry's order."""

from __future__ import annotations

import importlib
import itertools
import pkgutil

import httpx
import pytest
from typing_extensions import override

from pulumi_smssign.sandbox import Sandbox
from pulumi_smssign.sandbox.gateway import Gateway
from pulumi_smssign.sandbox.http_messages import HttpRequest
from pulumi_smssign.sandbox.registry import VENDORS, claimant
from pulumi_smssign.sandbox.tencent.gateway import Tencent
from tests.vendors import of_vendor
from tests.vendors.requests import FORM, JSON, get, post

REQUESTS: dict[str, list[HttpRequest]] = {
    vendor.name: of_vendor(vendor.name, "REQUESTS") for vendor in VENDORS
}
MSGSMS = ("/v2/%7Bproject_id%7D/msgsms/signatures", "/v2//msgsms")
PATHS = {
    "huawei": (*MSGSMS, "/v3/auth/tokens", "/v3/projects"),
    "yunpian": ("/v2/sign/add.json", "//v2/sign/x", "/v2/sign/", "/v2/sign/msgsms.json"),
    None: ("/v3/users", "/v2/tpl/get.json", "/v1/sign/get.json", "/v2/sign", "/v2/sign/msgsms/x"),
}
"""By vendor, paths that are its own; None: that are nobody's."""
NOBODYS = [
    get(""),
    post(JSON, b"{}"),
    post(FORM, b"apikey=x"),
    get("Action=x", path="/elsewhere"),
    HttpRequest("PUT", "/", "Action=x&PublicKey=y", {}, b""),
    post({"x-acs-action": "GetSmsSign", "x-tc-action": "AddSmsSign"}),
]


def owners(request: HttpRequest) -> set[str | None]:
    """The owners of a request, by each order of the registry."""
    vendors = Sandbox().vendors.values()
    claimants = (claimant(order, request) for order in itertools.permutations(vendors))
    return {vendor.name if vendor else None for vendor in claimants}


@pytest.mark.parametrize(
    ("vendor", "request_"),
    [(vendor, request) for vendor, requests in REQUESTS.items() for request in requests],
)
def test_a_request_finds_its_vendor_in_any_order_of_the_registry(
    vendor: str, request_: HttpRequest
) -> None:
    assert owners(request_) == {vendor}


@pytest.mark.parametrize("request_", NOBODYS)
def test_a_request_without_a_vendors_mark_is_nobodys(request_: HttpRequest) -> None:
    assert owners(request_) == {None}


@pytest.mark.parametrize(
    ("path", "vendor"), [(path, vendor) for vendor, paths in PATHS.items() for path in paths]
)
def test_a_path_alone_may_be_a_vendors_mark(path: str, vendor: str | None) -> None:
    assert owners(HttpRequest("POST", path, "", {}, b"")) == {vendor}


def test_a_request_of_nobody_is_told_so(http: httpx.Client) -> None:
    for method, path in (("POST", "/"), ("GET", "/?Reaction=x"), ("GET", "/_desk")):
        answer = http.request(method, path)

        assert answer.status_code == 404
        assert "no call that a vendor" in answer.json()["error"]


class Greedy(Tencent):
    """Claims every request."""

    @override
    def claims(self, request: HttpRequest) -> bool:
        return True


def test_a_request_that_two_vendors_claim_is_neithers() -> None:
    sandbox = Sandbox()
    ucloud = sandbox.vendors["ucloud"]
    greedy = Greedy(sandbox.desk, sandbox.switches, sandbox.clock)
    (request, *_) = REQUESTS["ucloud"]

    assert claimant([ucloud], request) is ucloud
    assert claimant([greedy, ucloud], request) is None
    assert claimant([ucloud, greedy], request) is None


ROOMS = {"actions", "auth", "contracts", "gateway", "screening"}


@pytest.mark.parametrize("vendor", VENDORS, ids=lambda vendor: vendor.name)
def test_every_vendors_package_has_the_same_rooms(vendor: type[Gateway]) -> None:
    package = importlib.import_module(vendor.__module__.rpartition(".")[0])

    assert {room.name for room in pkgutil.iter_modules(package.__path__)} >= ROOMS
