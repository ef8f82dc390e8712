"""UCloud's signature over parameters, held to the official code's own output."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from pulumi_smssign.ucloud.auth import AccountCredentials, signature, signed

# The sample keys of the vendor's documentation.
PUBLIC_KEY = "ucloudsomeone@example.com1296235120854146120"
PRIVATE_KEY = "46f09bb9fab4f12dfc160dae12273d5332b5debe"

CREDENTIALS = AccountCredentials.model_validate(
    {"publicKey": PUBLIC_KEY, "privateKey": PRIVATE_KEY}
)

VECTORS = {
    "create": (
        {
            "Action": "CreateUSMSSignature",
            "CertificateType": "0",
            "Description": "login code",
            "File": "image/png;base64,iVBO+/w==",
            "International": "false",
            "ProjectId": "org-example",
            "ProxyFile": "image/png;base64,iVBORw==",
            "SigContent": "测试签名",
            "SigPurpose": "1",
            "SigType": "0",
        },
        "c8d048e96d9fd9653ff732dbc77ed929c2743d11",
    ),
    "the documentation's own": (
        {"Action": "DescribeUHostInstance", "Region": "cn-bj2", "Limit": "10"},
        "cba5cf5ec4d4233d206b1b54951e3787350a642f",
    ),
}


@pytest.mark.parametrize("name", VECTORS)
def test_signature_is_the_official_one(name: str) -> None:
    parameters, expected = VECTORS[name]
    assert signed(parameters, CREDENTIALS) == {
        **parameters,
        "PublicKey": PUBLIC_KEY,
        "Signature": expected,
    }


def test_order_in_which_parameters_are_given_does_not_matter() -> None:
    parameters, expected = VECTORS["create"]
    turned = dict(reversed({**parameters, "PublicKey": PUBLIC_KEY}.items()))
    assert signature(turned, PRIVATE_KEY) == expected


def test_empty_value_is_signed_by_its_name() -> None:
    assert signature({"foo": ""}, "key") == signature({"fo": "o"}, "key")


def test_neither_key_shows_in_a_representation() -> None:
    assert PRIVATE_KEY not in repr(CREDENTIALS)
    assert set(CREDENTIALS.secrets()) == {PUBLIC_KEY, PRIVATE_KEY}


def test_project_is_no_must_and_other_settings_are_refused() -> None:
    assert CREDENTIALS.project_id is None
    with pytest.raises(ValidationError):
        AccountCredentials.model_validate({"publicKey": "a", "privateKey": "b", "region": "cn-bj2"})
