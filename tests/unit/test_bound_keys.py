"""Keys are bound to hosts: those of the environment go nowhere that the configuration alone names.

The foreign hosts are what somebody who can edit a stack's file would try: hosts that look like
the vendor's (by a suffix, a prefix, a homograph), hosts below the vendor's domain that its
customers can have (a bucket, a function), another port, an address, and this machine. The vendor's
own are those of its pages and of its official SDK's table, each also in another spelling.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import httpx
import pytest

from pulumi_smssign.cli.inventory import checkup
from pulumi_smssign.cli.inventory.checkup import Check, Health
from pulumi_smssign.cli.inventory.stack import Settings
from pulumi_smssign.contract.credentials import Credentials
from pulumi_smssign.contract.vendor import Vendor
from pulumi_smssign.core.accounts import Accounts
from pulumi_smssign.core.registry import VENDORS, named
from pulumi_smssign.model.errors import AccountError
from tests.engine.cases import CASES, Case

AT_A_FOREIGN_HOST = "none of .*'s own hosts: nothing was sent"


@pytest.fixture(autouse=True)
def no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for vendor in VENDORS:
        for variable in named(vendor).credentials.environment.values():
            monkeypatch.delenv(variable, raising=False)


def accounts(**settings: object) -> Accounts:
    """The accounts of a stack, each vendor's settings by the key behind `smssign:`."""
    return Accounts({f"smssign:{key}": json.dumps(value) for key, value in settings.items()})


def set_keys(monkeypatch: pytest.MonkeyPatch, vendor: str, **others: str) -> None:
    """A CI's environment: the keys that are enough, and what else is given by its key."""
    model = named(vendor).credentials
    keys = {key: model.test_keys[key] for key in model.needed[0]}
    for key, value in {**keys, **others}.items():
        monkeypatch.setenv(model.environment[key], value)


def credentials(vendor: str, settings: Mapping[str, object], account: str = "default") -> Any:  # noqa: ANN401
    return accounts(**{vendor: settings}).credentials(named(vendor), account)


def endpoints(model: type[Credentials]) -> list[str]:
    return [key for key in sorted(model.config_keys()) if key.lower().endswith("endpoint")]


EVERY_ENDPOINT = [
    (vendor, key) for vendor in VENDORS for key in endpoints(named(vendor).credentials)
]


@pytest.mark.parametrize(("vendor", "key"), EVERY_ENDPOINT)
def test_keys_of_the_environment_do_not_go_where_the_configuration_alone_says(
    vendor: str, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_keys(monkeypatch, vendor)
    stack = accounts(**{vendor: {key: "https://sms.evil.example"}})
    model = named(vendor).credentials
    for ask in (
        lambda: stack.credentials(named(vendor), "default"),
        lambda: stack.api(vendor, "default"),
        lambda: stack.origin(vendor, "default"),
    ):
        with pytest.raises(AccountError, match=AT_A_FOREIGN_HOST) as caught:
            ask()
        where = f"the configuration smssign:{vendor} leads them to sms.evil.example ({key}), "
        assert where in caught.value.summary
        assert model.environment[model.needed[0][0]] in caught.value.summary
        assert model.environment[key] in caught.value.advice
        assert f"pulumi config rm --path 'smssign:{vendor}.{key}'" in caught.value.advice
        assert not any(secret in str(caught.value) for secret in model.test_keys.values())


FOREIGN = {
    "alibaba": [
        "https://dysmsapi.aliyuncs.com.evil.example",
        "https://evil.oss-cn-hangzhou.aliyuncs.com",
        "https://dysmsapi.oss-cn-hangzhou.aliyuncs.com",
        "https://dysmsapi.cn-hangzhou.fc.aliyuncs.com",
        "https://1234567890.cn-hangzhou.fc.aliyuncs.com/2016-08-15/proxy",
        "https://dysmsapi.aliyuncs.com:8443",
        "https://dysmsapiXaliyuncs.com",
    ],
    "tencent": [
        "https://sms.tencentcloudapi.com.evil.example",
        "https://evil-sms.tencentcloudapi.com.cn",
        "https://smstencentcloudapi.com",
        "https://evil.cos.ap-guangzhou.myqcloud.com",
        "https://sms.tencentcloudapi.com:444",
    ],
    "huawei": [
        "https://msgsms.obs.cn-north-4.myhuaweicloud.com",
        "https://msgsms.obs.myhuaweicloud.com",
        "https://evil.obs.cn-north-4.myhuaweicloud.com",
        "https://msgsms.cn-north-4.myhuaweicloud.com.evil.example",
        "https://msgsms.cn-north-4.myhuaweicloud.eu.evil.example",
        "https://iam.evil.example",
    ],
    "ucloud": [
        "https://api.ucloud.cn.evil.example",
        "https://evil.api.ucloud.cn",
        "https://api-ucloud.cn",
        "https://api.ucloud-global.com.evil.example",
    ],
    "yunpian": [
        "https://sms.yunpian.com.evil.example",
        "https://xsms.yunpian.com",
        "https://smsXyunpian.com",
        "https://sms.yunpian.co",
    ],
}
ANYWHERE = [
    "https://203.0.113.7",
    "https://[2001:db8::1]",
    "http://127.0.0.1:8725",
    "https://localhost",
    "http://[::1]:8725",
]


@pytest.mark.parametrize(
    ("vendor", "url"),
    [(vendor, url) for vendor in VENDORS for url in (*FOREIGN[vendor], *ANYWHERE)],
)
def test_host_that_only_looks_like_the_vendors_is_foreign(
    vendor: str, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_keys(monkeypatch, vendor)
    with pytest.raises(AccountError, match=AT_A_FOREIGN_HOST) as caught:
        credentials(vendor, {"endpoint": url})
    assert f"leads them to {httpx.URL(url).netloc.decode()} (endpoint), " in caught.value.summary


def test_homograph_is_named_as_the_network_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    set_keys(monkeypatch, "yunpian")
    with pytest.raises(AccountError, match=r"them to xn--ms-[a-z0-9]+\.yunpian\.com "):
        credentials("yunpian", {"endpoint": "https://\u0455ms.yunpian.com"})


OWN = {
    "alibaba": [
        "https://dysmsapi.ap-southeast-1.aliyuncs.com",
        "https://dysmsapi-proxy.cn-beijing.aliyuncs.com",
        "https://dysmsapi-xman.cn-hongkong.aliyuncs.com",
        "https://dysmsapi-vpc.cn-hangzhou-finance.aliyuncs.com",
    ],
    "tencent": [
        "https://sms.intl.tencentcloudapi.com",
        "https://sms.ap-guangzhou.tencentcloudapi.com",
        "https://sms.internal.tencentcloudapi.com",
    ],
    "huawei": [
        "https://msgsms.cn-south-1.myhuaweicloud.com",
        "https://msgsms.eu-west-101.myhuaweicloud.eu",
        "https://iam.myhuaweicloud.com",
        "https://iam.my-kualalumpur-1.myhuaweicloud.com:443",
    ],
    "ucloud": ["https://api.ucloud-global.com", "https://api.sms.ucloud.cn"],
    "yunpian": ["https://us.yunpian.com"],
}


@pytest.mark.parametrize("case", CASES, ids=str)
def test_keys_of_the_environment_go_to_the_vendors_own_hosts(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_keys(monkeypatch, case.vendor)
    in_capitals = f"https://{case.host.removeprefix('https://').upper()}"
    spellings = (case.host, f"{case.host}/", f"{case.host}:443", in_capitals)
    for url in (*spellings, *OWN[case.vendor]):
        for key in endpoints(named(case.vendor).credentials):
            stack = accounts(**{case.vendor: {key: url}})
            stack.credentials(named(case.vendor), "default")
            assert stack.foreign_hosts(case.vendor, "default") == ()


@pytest.mark.parametrize("region", ["cn-south-1", "eu-west-101", "la-north-2"])
def test_the_region_of_the_configuration_leads_to_the_vendor(
    region: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_keys(monkeypatch, "huawei")
    assert region in credentials("huawei", {"region": region}).endpoint


@pytest.mark.parametrize("vendor", VENDORS)
def test_keys_and_endpoint_of_one_configuration_belong_together(
    vendor: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_keys(monkeypatch, vendor)
    model = named(vendor).credentials
    own = {"endpoint": "https://sms.proxy.example:8443/base", **model.test_keys}
    stack = accounts(**{vendor: own, f"{vendor}-shop": own})
    for account in ("default", "shop"):
        assert stack.credentials(named(vendor), account).endpoint == own["endpoint"]
        assert stack.foreign_hosts(vendor, account) == ("sms.proxy.example:8443",)


@pytest.mark.parametrize(("vendor", "key"), EVERY_ENDPOINT)
def test_keys_and_endpoint_of_the_environment_belong_together(
    vendor: str, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_keys(monkeypatch, vendor, **{key: "https://sms.proxy.example/"})
    stack = accounts()
    made = stack.credentials(named(vendor), "default")
    assert "https://sms.proxy.example" in str(made)
    assert stack.foreign_hosts(vendor, "default") == ("sms.proxy.example",)
    # What the configuration has goes before the environment, and is then the configuration's word.
    with pytest.raises(AccountError, match=AT_A_FOREIGN_HOST):
        credentials(vendor, {key: "https://sms.evil.example"})


@pytest.mark.parametrize(("vendor", "key"), EVERY_ENDPOINT)
def test_keys_of_the_configuration_do_not_follow_the_environment(
    vendor: str, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = named(vendor).credentials
    monkeypatch.setenv(model.environment[key], "https://sms.proxy.example")
    for account, section in (("default", vendor), ("shop", f"{vendor}-shop")):
        stack = accounts(**{section: model.test_keys})
        assert "sms.proxy.example" not in str(stack.credentials(named(vendor), account))
        assert stack.foreign_hosts(vendor, account) == ()


def test_each_of_two_endpoints_is_looked_at_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    set_keys(monkeypatch, "huawei", endpoint="https://sms.proxy.example")
    with pytest.raises(AccountError, match=r"them to sms\.evil\.example \(iamEndpoint\), none"):
        credentials("huawei", {"iamEndpoint": "https://sms.evil.example"})
    monkeypatch.delenv("SMSSIGN_HUAWEI_ENDPOINT")
    both = {"iamEndpoint": "https://a.example", "endpoint": "https://b.example"}
    with pytest.raises(AccountError, match=r"b\.example \(endpoint\) and a\.example \(iamE"):
        credentials("huawei", both)


@pytest.mark.parametrize("vendor", VENDORS)
@pytest.mark.parametrize("value", ["", "x"], ids=["empty", "set"])
def test_half_a_key_in_the_configuration_is_completed_by_none_of_the_environment(
    vendor: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_keys(monkeypatch, vendor)
    first, *rest = named(vendor).credentials.needed[0]
    if not (value and not rest):
        with pytest.raises(AccountError, match=f"smssign:{vendor} lacks"):
            credentials(vendor, {first: value, "endpoint": "https://sms.evil.example"})


@pytest.mark.parametrize("vendor", VENDORS)
def test_sandbox_has_no_foreign_host(vendor: str) -> None:
    stack = Accounts({"smssign:sandbox": "http://127.0.0.1:8725"})
    stack.credentials(named(vendor), "default")
    assert stack.foreign_hosts(vendor, "default") == ()


def test_doctor_says_a_foreign_host_before_it_asks_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[str] = []

    def reach(_vendor: Vendor, _subject: str, url: str) -> list[Check]:
        asked.append(url)
        return []

    monkeypatch.setattr(checkup, "_reach", reach)
    monkeypatch.setattr(checkup, "_key_check", lambda *_: Check("key", Health.OK, "accepted"))
    own = {**named("tencent").credentials.test_keys, "endpoint": "https://sms.proxy.example"}
    settings = Settings({"smssign:tencent": json.dumps(own)})
    checks = checkup.account_checks(settings, ("tencent", "default"))
    for check in checks:
        if check.health is Health.WARNING and "sms.proxy.example" in check.finding:
            break
    assert check.finding == "is asked at sms.proxy.example, not at a host of Tencent Cloud's own"
    assert asked == []
    assert [each.health for each in checks] == [Health.OK]

    set_keys(monkeypatch, "tencent")
    settings = Settings({"smssign:tencent": json.dumps({"endpoint": "https://sms.proxy.example"})})
    *_, last = checkup.account_checks(settings, ("tencent", "default"))
    assert last.health is Health.FAILED
    assert "none of Tencent Cloud's own hosts: nothing was sent" in last.finding
    assert asked == ["https://sms.proxy.example"], "only where the key belongs to the host"


class Acme(Credentials):
    """Another package's credentials, which say no more of hosts than their endpoint's default."""

    endpoint: str = "https://sms.acme.example"


def test_vendor_of_another_package_owns_the_host_of_its_default() -> None:
    assert Acme().foreign_hosts() == {}
    assert Acme(endpoint="https://sms.acme.example:443/v2").foreign_hosts() == {}
    assert Acme(endpoint="https://xsms.acme.example").foreign_hosts() == {
        "endpoint": "xsms.acme.example"
    }


def test_two_names_of_one_key_stay_one_account_wherever_it_was_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    set_keys(monkeypatch, "yunpian")
    found = credentials("yunpian", {})
    told = credentials("yunpian", named("yunpian").credentials.test_keys)
    assert found == told
    assert hash(found) == hash(told)
    assert found != credentials("yunpian", {"apikey": "another"})
