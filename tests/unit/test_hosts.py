"""The hosts of the vendors' sites, which only an account of that site can ask."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pulumi_smssign.core.registry import named
from pulumi_smssign.tencent.auth import INTERNATIONAL
from pulumi_smssign.ucloud.auth import GLOBAL
from pulumi_smssign.yunpian.auth import OVERSEAS
from tests.engine.cases import CASES, Case

SETTINGS = Path(__file__).resolve().parents[2] / "docs" / "settings.md"


def credentials(vendor: str, **more: str) -> Any:  # noqa: ANN401
    model = named(vendor).credentials
    return model.model_validate({**model.test_keys, **more})


@pytest.mark.parametrize("case", CASES, ids=str)
def test_each_vendor_is_asked_at_its_mainland_host_unless_told_otherwise(case: Case) -> None:
    assert credentials(case.vendor).endpoint == case.host
    assert case.host in SETTINGS.read_text(encoding="utf-8"), "docs/settings.md lacks the host"


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
