"""The pickled providers in state: ours are loaded, and nothing else is."""

from __future__ import annotations

import base64
import pickle
from collections import OrderedDict
from pathlib import PurePosixPath

import pytest

from pulumi_smssign.core.pickled import must_be_ours
from pulumi_smssign.model.errors import SmsSignError
from pulumi_smssign.provider import ApprovalProvider, SignatureProvider

OURS = "urn:pulumi:dev::shop::pulumi-python:dynamic/tencentSms:TencentSms::brand"
APPROVAL = "urn:pulumi:dev::shop::pulumi-python:dynamic/smsApproval:SmsApproval::live"
OTHERS = "urn:pulumi:dev::shop::pulumi-python:dynamic:Resource::brand"


def encoded(content: bytes) -> str:
    return base64.b64encode(content).decode()


def reaching(module: str, name: str) -> str:
    """A pickle that asks for a class of this name."""
    return encoded(f"c{module}\n{name}\n.".encode())


@pytest.mark.parametrize("urn", [OURS, APPROVAL])
@pytest.mark.parametrize("provider", [SignatureProvider, ApprovalProvider])
def test_our_providers_pass(urn: str, provider: type) -> None:
    must_be_ours(urn, encoded(pickle.dumps(provider())))


@pytest.mark.parametrize("urn", [OURS, APPROVAL])
@pytest.mark.parametrize(
    ("provider", "other"),
    [
        ("anything", "no pickle"),
        (None, "no pickle"),
        ("", "no pickle"),
        (encoded(pickle.dumps("text")), "str"),
        (encoded(pickle.dumps({"a": 1})), "dict"),
        (encoded(pickle.dumps(PurePosixPath())), "pathlib.PurePosixPath"),
        (encoded(pickle.dumps(OrderedDict())), "collections.OrderedDict"),
        (reaching("pulumi_smssign.provider", "Other"), "pulumi_smssign.provider.Other"),
        (reaching("os", "system"), "os.system"),
        (reaching("m" * 40, "n" * 60), f"{'m' * 40}.{'n' * 39}"),
    ],
)  # fmt: skip
def test_anything_else_is_refused_by_its_name(urn: str, provider: object, other: str) -> None:
    with pytest.raises(SmsSignError) as caught:
        must_be_ours(urn, provider)
    assert caught.value.summary == (
        f"the stack's state names another provider for this resource: {other}"
    )
    assert caught.value.advice == (
        "find out who can write the state (`docs/settings.md`), and put an earlier one back with "
        "`pulumi stack import`."
    )


def test_resources_of_other_packages_pass_unread() -> None:
    must_be_ours(OTHERS, "anything")
    must_be_ours(OTHERS, reaching("os", "system"))
