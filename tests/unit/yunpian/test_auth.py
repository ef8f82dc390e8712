from __future__ import annotations

import json

import pytest
from pydantic import ValidationError

from pulumi_smssign.core.accounts import Accounts
from pulumi_smssign.core.registry import named
from pulumi_smssign.model.errors import AccountError
from pulumi_smssign.model.redaction import hide
from pulumi_smssign.yunpian.auth import MAINLAND, OVERSEAS, AccountCredentials

KEY = "fedcba9876543210fedcba9876543210"


class Configuration(dict[str, str]):
    """A stack's configuration; an object is JSON text in it."""


def credentials(configuration: dict[str, str], account: str = "default") -> AccountCredentials:
    found = Accounts(Configuration(configuration)).credentials(named("yunpian"), account)
    assert isinstance(found, AccountCredentials)
    return found


def test_a_key_of_the_configuration_goes_to_the_mainland_host() -> None:
    found = credentials({"smssign:yunpian": json.dumps({"apikey": KEY})})
    assert found.apikey.get_secret_value() == KEY
    assert found.endpoint == MAINLAND == "https://sms.yunpian.com"


def test_the_host_abroad_is_a_setting() -> None:
    settings = json.dumps({"apikey": KEY, "endpoint": "https://us.yunpian.com/"})
    assert credentials({"smssign:yunpian": settings}).endpoint == OVERSEAS


def test_a_key_of_the_environment_will_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YUNPIAN_APIKEY", KEY)
    assert credentials({}).apikey.get_secret_value() == KEY


def test_without_a_key_the_error_names_both_places(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("YUNPIAN_APIKEY", raising=False)
    with pytest.raises(AccountError) as caught:
        credentials({})
    assert "smssign:yunpian lacks apikey" in str(caught.value)
    assert "YUNPIAN_APIKEY" in str(caught.value)


def test_the_key_is_shown_nowhere() -> None:
    found = credentials({"smssign:yunpian": json.dumps({"apikey": KEY})})
    assert KEY not in repr(found)
    assert hide(f"非法的apikey {KEY}") == "非法的apikey [secret]"


def test_plain_http_is_for_this_machine_only() -> None:
    with pytest.raises(ValidationError):
        AccountCredentials.model_validate({"apikey": KEY, "endpoint": "http://sms.example"})


@pytest.mark.parametrize(
    ("account", "key"),
    [
        ("default", "5a1d00000000000000000000005b0c00"),
        ("marketing", "5a1d00000000000000000000005b0c00.marketing"),
    ],
)
def test_in_the_sandbox_each_account_has_its_own_test_key(account: str, key: str) -> None:
    found = credentials({"smssign:sandbox": "http://127.0.0.1:8725"}, account)
    assert found.apikey.get_secret_value() == key
    assert found.endpoint == "http://127.0.0.1:8725"
