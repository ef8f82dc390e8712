from __future__ import annotations

import json
from dataclasses import dataclass, field

import pytest

from pulumi_smssign.accounts import Accounts
from pulumi_smssign.contract.credentials import endpoint_url
from pulumi_smssign.errors import AccountError
from pulumi_smssign.redaction import hide
from pulumi_smssign.tencent.auth import INTERNATIONAL, MAINLAND, AccountCredentials
from pulumi_smssign.vendors import VENDORS, named


@dataclass
class Stack:
    """A stack's configuration; an object's value is JSON text, as the engine hands it over."""

    settings: dict[str, object] = field(default_factory=dict)

    def get(self, key: str) -> str | None:
        value = self.settings.get(key)
        return (
            json.dumps(value) if isinstance(value, dict) else None if value is None else str(value)
        )


def tencent(account: str = "default", /, **settings: object) -> AccountCredentials:
    credentials = Accounts(Stack(settings)).credentials(named("tencent"), account)
    assert isinstance(credentials, AccountCredentials)
    return credentials


@pytest.fixture(autouse=True)
def no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for vendor in VENDORS:
        for variable in named(vendor).credentials.environment.values():
            monkeypatch.delenv(variable, raising=False)


KEYS = {"secretId": "AKIDinvented-1", "secretKey": "invented-key-1"}


def test_the_configuration_makes_the_credentials() -> None:
    made = tencent(**{"smssign:tencent": {**KEYS, "token": "t-invented", "region": "ap-beijing"}})
    assert made.secret_id == KEYS["secretId"]
    assert made.secret_key.get_secret_value() == KEYS["secretKey"]
    assert made.token is not None
    assert (made.region, made.endpoint) == ("ap-beijing", MAINLAND)


def test_the_international_site_is_an_endpoint() -> None:
    settings = {**KEYS, "endpoint": f"{INTERNATIONAL}/"}
    assert tencent(**{"smssign:tencent": settings}).endpoint == INTERNATIONAL


def test_the_environment_completes_the_default_account(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TENCENTCLOUD_SECRET_ID", "AKIDinvented-2")
    monkeypatch.setenv("TENCENTCLOUD_SECRET_KEY", "invented-key-2")
    made = tencent(**{"smssign:tencent": {"region": "ap-shanghai"}})
    assert (made.secret_id, made.region) == ("AKIDinvented-2", "ap-shanghai")


def test_an_identity_is_never_mixed_from_two_places(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TENCENTCLOUD_SECRET_ID", "AKIDinvented-2")
    monkeypatch.setenv("TENCENTCLOUD_TOKEN", "a-token-of-another-key")
    assert tencent(**{"smssign:tencent": KEYS}).token is None


def test_a_named_account_takes_nothing_from_the_environment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TENCENTCLOUD_SECRET_ID", "AKIDinvented-2")
    monkeypatch.setenv("TENCENTCLOUD_SECRET_KEY", "invented-key-2")
    assert tencent("marketing", **{"smssign:tencent-marketing": KEYS}).secret_id == KEYS["secretId"]
    with pytest.raises(
        AccountError, match="smssign:tencent-marketing lacks secretId and secretKey"
    ):
        tencent("marketing")


@pytest.mark.parametrize("vendor", VENDORS)
def test_all_that_is_missing_is_named_at_once_with_the_way_to_set_it(vendor: str) -> None:
    with pytest.raises(AccountError) as caught:
        Accounts(Stack()).credentials(named(vendor), "default")
    needed = min(named(vendor).credentials.needed, key=len)
    for key in needed:
        assert key in caught.value.summary
        assert f"pulumi config set --path --secret 'smssign:{vendor}.{key}'" in caught.value.advice
    assert "smssign:sandbox" in caught.value.advice


def test_a_misspelt_key_is_named_with_what_is_missing() -> None:
    with pytest.raises(AccountError, match="lacks secretId; secretID is no key of it"):
        tencent(
            **{"smssign:tencent": {"secretID": "AKIDinvented-1", "secretKey": "invented-key-1"}}
        )


def test_a_beginning_tells_which_way_to_authenticate_is_meant() -> None:
    stack = Stack({"smssign:huawei": {"userName": "someone", "projectId": "0" * 32}})
    with pytest.raises(AccountError, match="lacks password and domainName"):
        Accounts(stack).credentials(named("huawei"), "default")


@pytest.mark.parametrize(
    ("settings", "reason"),
    [
        ({**KEYS, "secretkey": "typo"}, "secretkey: there is no such key"),
        ({**KEYS, "endpoint": "http://sms.example"}, "plain http is only for this machine"),
        ({**KEYS, "endpoint": "sms.example"}, "must be a URL"),
    ],
)
def test_a_configuration_that_is_not_usable_says_why(
    settings: dict[str, object], reason: str
) -> None:
    with pytest.raises(AccountError, match=reason) as caught:
        tencent(**{"smssign:tencent": settings})
    assert "invented-key-1" not in str(caught.value)


def test_a_configuration_that_is_no_object_says_so() -> None:
    with pytest.raises(AccountError, match="must be an object"):
        tencent(**{"smssign:tencent": "invented-key-1"})


@pytest.mark.parametrize("vendor", VENDORS)
def test_a_sandbox_needs_no_keys_and_wins_over_real_ones(
    vendor: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for variable in named(vendor).credentials.environment.values():
        monkeypatch.setenv(variable, "real-and-not-for-the-sandbox")
    stack = Stack({"smssign:sandbox": "http://127.0.0.1:8725/"})
    made = Accounts(stack).credentials(named(vendor), "default")
    assert "real-and-not-for-the-sandbox" not in set(made.secrets())
    assert "http://127.0.0.1:8725" in str(made)


def test_each_account_of_a_sandbox_is_one_of_its_own() -> None:
    settings = {"smssign:sandbox": "http://127.0.0.1:8725"}
    assert tencent(**settings).secret_id != tencent("marketing", **settings).secret_id


def test_an_account_is_opened_once() -> None:
    accounts = Accounts(Stack({"smssign:sandbox": "http://127.0.0.1:9"}))
    assert accounts.api("tencent", "default") is accounts.api("tencent", "default")
    assert accounts.api("tencent", "default") is not accounts.api("tencent", "other")
    for account in ("default", "other"):
        accounts.api("tencent", account).close()  # type: ignore[attr-defined]


def test_what_was_read_is_hidden_from_then_on() -> None:
    tencent(**{"smssign:tencent": {"secretId": "AKIDhidden-3", "secretKey": "hidden-key-3"}})
    assert hide("AKIDhidden-3 and hidden-key-3") == "[secret] and [secret]"


@pytest.mark.parametrize("url", ["https://sms.example", "http://localhost:1", "http://[::1]:1"])
def test_an_endpoint_is_https_or_this_machine(url: str) -> None:
    assert endpoint_url(f"{url}/") == url
