"""What users' programs and states hold on to: names, import paths, type names."""

from __future__ import annotations

import base64
import importlib
import pickle
import subprocess
import sys

import pytest
from pulumi.dynamic.dynamic import serialize_provider

import pulumi_smssign
from pulumi_smssign.approval import Approval
from pulumi_smssign.contract.vendor import BaseApi
from pulumi_smssign.provider import ApprovalProvider, SignatureProvider
from pulumi_smssign.sandbox.registry import VENDORS as GATEWAYS
from pulumi_smssign.vendors import VENDORS, named
from tests.engine.cases import CASES, OTHER_KEYS

TYPES = {
    "alibaba": "dynamic/smssign:AlibabaSignature",
    "tencent": "dynamic/smssign:TencentSignature",
    "huawei": "dynamic/smssign:HuaweiSignature",
    "ucloud": "dynamic/smssign:UCloudSignature",
    "yunpian": "dynamic/smssign:YunpianSignature",
}
"""Part of every user's state: a name here never changes."""


def test_the_package_shows_what_it_means_to_and_no_more() -> None:
    assert pulumi_smssign.__all__ == [
        "Approval",
        "Status",
        "__version__",
        "alibaba",
        "huawei",
        "tencent",
        "ucloud",
        "yunpian",
    ]
    for name in pulumi_smssign.__all__:
        assert hasattr(pulumi_smssign, name)


@pytest.mark.parametrize("vendor", VENDORS)
def test_a_vendor_stands_wherever_it_has_to(vendor: str) -> None:
    assert vendor in pulumi_smssign.__all__
    assert vendor in {gateway.name for gateway in GATEWAYS}
    assert vendor in {case.vendor for case in CASES}
    assert vendor in OTHER_KEYS


@pytest.mark.parametrize(
    ("provider", "pickled"),
    [
        (SignatureProvider, "pulumi_smssign.provider SignatureProvider"),
        (ApprovalProvider, "pulumi_smssign.provider ApprovalProvider"),
    ],
)
def test_a_provider_is_pickled_as_its_name(
    provider: type[SignatureProvider | ApprovalProvider], pickled: str
) -> None:
    content = base64.b64decode(serialize_provider(provider()))
    module, name = pickled.split()
    assert module.encode() in content
    assert name.encode() in content
    assert len(content) < 100
    assert type(pickle.loads(content)) is provider  # noqa: S301 - our own bytes


@pytest.mark.parametrize("vendor", VENDORS)
def test_the_type_names_are_frozen(vendor: str) -> None:
    module = importlib.import_module(f"pulumi_smssign.{vendor}")
    assert module.Signature._resource_type_name == TYPES[vendor]
    assert module.Signature._vendor == vendor


def test_the_type_name_of_an_approval_is_frozen() -> None:
    assert Approval._resource_type_name == "dynamic/smssign:Approval"


@pytest.mark.parametrize("vendor", VENDORS)
def test_a_vendor_has_the_rooms_of_the_contract(vendor: str) -> None:
    package = named(vendor)
    module = importlib.import_module(f"pulumi_smssign.{vendor}")
    fields = set(package.application.model_fields)
    assert package.rules.vendor == vendor
    assert package.rules.fixed | package.rules.unique | package.rules.riders <= fields
    assert set(package.rules.requests) <= package.rules.riders
    assert package.rules.words | package.rules.attached <= fields
    assert set(module.Signature._unique) == package.rules.unique
    assert package.rules.modifiable <= package.rules.statuses.keys()
    assert package.rules.submitted in package.rules.statuses
    assert (package.rules.deletable or set()) <= package.rules.statuses.keys()
    assert package.application.text_field in fields
    assert package.application.personal <= fields
    assert package.application.personal == module.Signature._personal
    assert module.Signature._evidence <= fields
    api = package.connect(package.credentials.sandbox("http://127.0.0.1:9", "default"))
    assert isinstance(api, BaseApi)
    api.close()


@pytest.mark.parametrize("heavy", ["httpx", "pydantic", "tenacity", "pyrate_limiter", "starlette"])
def test_importing_the_package_stays_light(heavy: str) -> None:
    script = f"import sys, pulumi_smssign; sys.exit({heavy!r} in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
