"""URNs: the engine's names of resources."""

from __future__ import annotations

import pytest

from pulumi_smssign.model.urns import is_ours, name_of, type_of, vendor_of


@pytest.mark.parametrize(
    ("urn", "name"),
    [
        ("urn:pulumi:dev::shop::pulumi-python:dynamic/tencentSms:TencentSms::brand", "brand"),
        ("urn:pulumi:dev::shop::my:Brand$x:y:Z::a::b", "a::b"),
        ("brand", "brand"),
        ("", ""),
    ],
)
def test_a_name_is_what_follows_the_type(urn: str, name: str) -> None:
    assert name_of(urn) == name


DYNAMIC = "pulumi-python:dynamic"


@pytest.mark.parametrize(
    ("urn", "type_"),
    [
        (f"urn:pulumi:dev::shop::{DYNAMIC}/tencentSms:TencentSms::brand", "/tencentSms:TencentSms"),
        (f"urn:pulumi:dev::shop::my:Brand$x:Y${DYNAMIC}:Resource::a$b::c", ":Resource"),
    ],
)
def test_a_type_is_told_without_its_parents(urn: str, type_: str) -> None:
    assert type_of(urn) == f"{DYNAMIC}{type_}"


@pytest.mark.parametrize("urn", ["", "brand", "urn:pulumi:dev::shop"])
def test_a_text_that_is_no_urn_has_no_type(urn: str) -> None:
    assert type_of(urn) == ""


@pytest.mark.parametrize(
    ("type_", "ours", "vendor"),
    [
        (f"{DYNAMIC}/tencentSms:TencentSms", True, "tencent"),
        (f"{DYNAMIC}/acme_2Sms:AcmeSms", True, "acme_2"),
        (f"{DYNAMIC}/smsApproval:SmsApproval", True, ""),
        (f"{DYNAMIC}:Resource", False, ""),
        (f"{DYNAMIC}/Sms:TencentSms", False, ""),
        (f"{DYNAMIC}/tencentSms:TencentSmsX", False, ""),
        (f"x{DYNAMIC}/tencentSms:TencentSms", False, ""),
        ("", False, ""),
    ],
)
def test_a_type_tells_whether_it_is_ours_and_which_vendors(
    type_: str, ours: bool, vendor: str
) -> None:
    assert is_ours(type_) is ours
    assert vendor_of(type_) == vendor
