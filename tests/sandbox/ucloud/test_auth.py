"""The verifier against signatures that the official SDK and the vendor's page made."""

from __future__ import annotations

import pytest
from pydantic import JsonValue

from pulumi_smssign.sandbox.gateway import Refusal
from pulumi_smssign.sandbox.http_messages import Document
from pulumi_smssign.sandbox.ucloud import auth

PAGES_PUBLIC_KEY = "ucloudsomeone@example.com1296235120854146120"
PAGES_PRIVATE_KEY = "46f09bb9fab4f12dfc160dae12273d5332b5debe"

VECTORS: list[tuple[Document, str]] = [
    (
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
    (
        {
            "Action": "DeleteUSMSSignature",
            "ProjectId": "org-example",
            "SigIds.0": "SIG20260101AAAAAA",
            "SigIds.1": "SIG20260101BBBBBB",
        },
        "a77fada33bb4403a1eec9d680719f05fe1168496",
    ),
    (
        {"Action": "QueryUSMSSignature", "ProjectId": "org-example", "SigContent": "测试签名"},
        "a3ace992678d6fe2c73ad581bc2f09a064b02743",
    ),
    (
        {"Action": "DescribeUHostInstance", "Region": "cn-bj2", "Limit": "10"},
        "cba5cf5ec4d4233d206b1b54951e3787350a642f",
    ),
]


def signed(public_key: str = auth.PUBLIC_KEY, **parameters: JsonValue) -> Document:
    document: Document = {"Action": "QueryUSMSSignature", "PublicKey": public_key, **parameters}
    return {**document, "Signature": auth.signature(document)}


def refusal(parameters: Document) -> str:
    with pytest.raises(Refusal) as caught:
        auth.authenticate(parameters)
    return caught.value.code


@pytest.mark.parametrize(("parameters", "expected"), VECTORS)
def test_the_signature_is_the_official_one(parameters: Document, expected: str) -> None:
    parameters = {**parameters, "PublicKey": PAGES_PUBLIC_KEY, "Signature": "not signed itself"}

    assert auth.signature(parameters, PAGES_PRIVATE_KEY) == expected


def test_the_account_follows_from_the_key() -> None:
    assert auth.authenticate(signed()) == "default"
    assert auth.authenticate(signed("smssign-sandbox.marketing")) == "marketing"


@pytest.mark.parametrize(
    ("native", "as_text"),
    [
        ({"SigType": 0}, {"SigType": "0"}),
        ({"SigType": 42.0}, {"SigType": "42"}),
        ({"SigType": 0.5}, {"SigType": "0.5"}),
        ({"International": True}, {"International": "true"}),
        ({"International": False}, {"International": "false"}),
        ({"SigIds": ["a", "b"]}, {"SigIds": "ab"}),
        ({"Extra": {"b": 2, "a": 1}}, {"Extra": "a1b2"}),
        ({"SceneDesc": None}, {"SceneDesc": ""}),
    ],
)
def test_json_values_are_signed_in_their_form(native: Document, as_text: Document) -> None:
    assert auth.signature(native) == auth.signature(as_text)


@pytest.mark.parametrize(
    "change",
    [
        {"SigContent": "极客科枝"},
        {"SigContent": ""},
        {"Region": "cn-bj2"},
        {"PublicKey": "smssign-sandbox.other"},
        {"Signature": "0" * 40},
    ],
)
def test_a_changed_parameter_is_noticed(change: Document) -> None:
    assert refusal({**signed(SigContent="极客科技"), **change}) == "171"


def test_blank_and_unknown_parameters_are_signed_over() -> None:
    assert auth.authenticate(signed(SceneDesc="", Region="cn-bj2", Zone="")) == "default"


def test_upper_case_hex_is_another_signature() -> None:
    parameters = signed()

    assert refusal({**parameters, "Signature": str(parameters["Signature"]).upper()}) == "171"


@pytest.mark.parametrize("signature", [None, "", 7])
def test_a_missing_signature_is_refused(signature: JsonValue) -> None:
    assert refusal({**signed(), "Signature": signature}) == "170"


@pytest.mark.parametrize(
    "key", ["", "nobody", "smssign-sandboxed", "smssign-sandbox.", "smssign-sandbox.a b"]
)
def test_an_unknown_key_is_refused(key: str) -> None:
    assert refusal(signed(key)) == "172"


def test_a_claimed_account_is_told_without_verifying() -> None:
    assert auth.claimed_account({"PublicKey": "smssign-sandbox.x"}) == "x"
    assert auth.claimed_account({"PublicKey": "nobody"}) == ""
    assert auth.claimed_account({}) == ""
