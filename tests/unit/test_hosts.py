"""The hosts of the vendors' sites, which only an account of that site can ask."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pulumi_smssign.core.registry import VENDORS, named
from pulumi_smssign.tencent.auth import INTERNATIONAL
from pulumi_smssign.ucloud.auth import GLOBAL
from pulumi_smssign.yunpian.auth import OVERSEAS

SETTINGS = Path(__file__).resolve().parents[2] / "docs" / "settings.md"


def credentials(vendor: str, **more: str) -> Any:  # noqa: ANN401
    model = named(vendor).credentials
    return model.model_validate({**model.test_keys, **more})


@pytest.mark.parametrize(
    ("vendor", "host"),
    [
        ("alibaba", "https://dysmsapi.aliyuncs.com"),
        ("tencent", "https://sms.tencentcloudapi.com"),
        ("huawei", "https://msgsms.cn-north-4.myhuaweicloud.com"),
        ("ucloud", "https://api.ucloud.cn"),
        ("yunpian", "https://sms.yunpian.com"),
    ],
)
def test_each_vendor_is_asked_at_its_mainland_host_unless_told_otherwise(
    vendor: str, host: str
) -> None:
    assert credentials(vendor).endpoint == host
    assert host in SETTINGS.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("vendor", "constant", "host"),
    [
        ("tencent", INTERNATIONAL, "https://sms.intl.tencentcloudapi.com"),
        ("ucloud", GLOBAL, "https://api.ucloud-global.com"),
        ("yunpian", OVERSEAS, "https://us.yunpian.com"),
    ],
)
def test_other_sites_are_endpoints_that_the_settings_name(
    vendor: str, constant: str, host: str
) -> None:
    assert constant == host
    assert credentials(vendor, endpoint=constant).endpoint == host
    assert f"`{host}`" in SETTINGS.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("region", "domain"),
    [
        ("cn-south-1", "myhuaweicloud.com"),
        ("ap-southeast-1", "myhuaweicloud.com"),
        ("eu-west-101", "myhuaweicloud.eu"),
    ],
)
def test_huaweis_hosts_follow_from_the_region(region: str, domain: str) -> None:
    account = credentials("huawei", region=region)
    assert account.endpoint == f"https://msgsms.{region}.{domain}"
    assert account.iam_endpoint == f"https://iam.{region}.{domain}"
    assert region in SETTINGS.read_text(encoding="utf-8")


def test_no_vendor_is_left_out() -> None:
    assert set(VENDORS) == {"alibaba", "tencent", "huawei", "ucloud", "yunpian"}
