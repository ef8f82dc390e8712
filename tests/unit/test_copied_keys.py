"""Keys as they come out of files and consoles: what came along with one is named before any call.

The spellings are those of `docker --env-file`, .env readers, shells, YAML, JSON and HTML that leave
quotes or a placeholder where a value was meant: straight, curly and wide quotes, escaped ones, on
both sides or on one. Where a key came from is asked in each of the three places that have keys.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import closing

import pytest

from pulumi_smssign.core.accounts import Accounts
from pulumi_smssign.core.registry import VENDORS, named
from pulumi_smssign.model.errors import AccountError
from pulumi_smssign.model.review import Handle
from pulumi_smssign.sandbox.server import running
from tests.engine.cases import CASES, Case

QUOTED = [
    '"{}"',
    "'{}'",
    "`{}`",
    "“{}”",
    "‘{}’",
    "«{}»",
    "＂{}＂",
    '\\"{}\\"',
    "&quot;{}&quot;",
    "&#34;{}&#34;",
    "%22{}%22",
    '"{}',
    "{}'",
    '" {} "',
    '"{}",',
    "'{}';",
]
UNFILLED = [
    "${{{}}}",
    "$({})",
    "${}",
    "{{{{ secrets.{} }}}}",
    "<{}>",
    "%{}%",
    "***",
    "********",
]
KEY = "inventedABC123"


@pytest.fixture(autouse=True)
def no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for vendor in VENDORS:
        for variable in named(vendor).credentials.environment.values():
            monkeypatch.delenv(variable, raising=False)


def accounts(**settings: object) -> Accounts:
    return Accounts({f"smssign:{key}": json.dumps(value) for key, value in settings.items()})


def refused(stack: Accounts, vendor: str) -> AccountError:
    with pytest.raises(AccountError) as caught:
        stack.credentials(named(vendor), "default")
    assert KEY not in str(caught.value)
    return caught.value


def keys_of(vendor: str) -> list[str]:
    return sorted(named(vendor).credentials.needed[0])


EVERY_KEY = [(vendor, key) for vendor in VENDORS for key in keys_of(vendor)]


@pytest.mark.parametrize("quoted", QUOTED)
@pytest.mark.parametrize("vendor", VENDORS)
def test_quotes_of_a_variable_are_named_by_the_variable(
    vendor: str, quoted: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = named(vendor).credentials
    for key in keys_of(vendor):
        monkeypatch.setenv(model.environment[key], quoted.format(KEY))
    error = refused(accounts(), vendor)
    assert error.summary.startswith("the environment is not usable: ")
    for key in keys_of(vendor):
        assert f"{model.environment[key]}: has quotes" in error.summary
    assert "docker --env-file" in error.summary
    assert "pulumi config" not in error.advice


@pytest.mark.parametrize(("vendor", "key"), EVERY_KEY)
def test_quotes_in_the_configuration_are_named_by_the_key(vendor: str, key: str) -> None:
    for quoted in QUOTED:
        settings = {**named(vendor).credentials.test_keys, key: quoted.format(KEY)}
        error = refused(accounts(**{vendor: settings}), vendor)
        assert error.summary.startswith(f"the configuration smssign:{vendor} is not usable: {key}:")
        assert "has quotes" in error.summary
        assert f"pulumi config set --path 'smssign:{vendor}.KEY' VALUE" in error.advice


@pytest.mark.parametrize("unfilled", UNFILLED)
@pytest.mark.parametrize("vendor", VENDORS)
def test_placeholder_that_nobody_filled_in_is_named(
    vendor: str, unfilled: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = named(vendor).credentials
    for key in keys_of(vendor):
        monkeypatch.setenv(model.environment[key], unfilled.format("SMS_KEY"))
    error = refused(accounts(), vendor)
    assert f"{model.environment[keys_of(vendor)[0]]}: is a placeholder" in error.summary


@pytest.mark.parametrize("key", ["region", "endpoint"])
def test_settings_beside_the_keys_are_looked_at_too(key: str) -> None:
    settings = {**named("tencent").credentials.test_keys, key: "'ap-guangzhou'"}
    assert f"{key}: has quotes" in refused(accounts(tencent=settings), "tencent").summary


def test_a_password_may_have_any_sign() -> None:
    user = {"userName": "o'hara", "password": "'$(x)\"", "domainName": "<极客>", "projectId": "0"}
    made = accounts(huawei=user).credentials(named("huawei"), "default")
    assert "'$(x)\"" in set(made.secrets())


GOOD = [
    "AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE",
    "4yyxHZ+/ab==",
    "a.b_c-d~e@example.com",
    "p%2Bq",
    "5",
]


@pytest.mark.parametrize("good", GOOD)
def test_signs_that_keys_have_are_left_alone(good: str) -> None:
    made = accounts(yunpian={"apikey": good}).credentials(named("yunpian"), "default")
    assert list(made.secrets()) == [good]


def test_both_places_are_named_where_both_are_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TENCENTCLOUD_SECRET_ID", f'"{KEY}"')
    monkeypatch.setenv("TENCENTCLOUD_SECRET_KEY", KEY)
    error = refused(accounts(tencent={"colour": "red"}), "tencent")
    assert error.summary.startswith("the configuration smssign:tencent and the environment are not")
    assert "TENCENTCLOUD_SECRET_ID: has quotes" in error.summary
    assert "colour: there is no such key" in error.summary


# --- a key that the vendor refuses


def advised(stack: Accounts, case: Case, account: str) -> str:
    with closing(stack.api(case.vendor, account)) as api, pytest.raises(AccountError) as caught:  # type: ignore[type-var] # every client can be closed
        api.reviews([Handle("1", "极客")])
    return caught.value.advice


def wrong(case: Case) -> Mapping[str, str]:
    return {**case.keys.settings, **case.keys.wrong}


@pytest.mark.parametrize("case", CASES, ids=str)
def test_refused_key_is_said_to_be_where_it_came_from(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = named(case.vendor).credentials
    with running() as served:
        own = {**wrong(case), **dict.fromkeys(case.keys.endpoints, served.url)}
        stack = accounts(
            **{case.vendor: own, f"{case.vendor}-shop": {**own, "endpoint": served.url}}
        )
        said = advised(stack, case, "default")
        assert f"of the configuration smssign:{case.vendor}" in said
        assert "environment" not in said
    with running() as served:  # another address: the same account would be the same client
        own = {**wrong(case), **dict.fromkeys(case.keys.endpoints, served.url)}
        said = advised(accounts(**{f"{case.vendor}-shop": own}), case, "shop")
        assert f"of the configuration smssign:{case.vendor}-shop" in said
    with running() as served:
        own = {**wrong(case), **dict.fromkeys(case.keys.endpoints, served.url)}
        for key, value in own.items():
            if key in model.environment:
                monkeypatch.setenv(model.environment[key], value)
        said = advised(accounts(), case, "default")
        assert "of the environment" in said
        assert any(model.environment[key] in said for key in keys_of(case.vendor))
        assert "configuration" not in said


def test_each_key_is_said_to_be_where_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UCLOUD_PUBLIC_KEY", KEY)
    monkeypatch.setenv("UCLOUD_PRIVATE_KEY", KEY)
    made = accounts(ucloud={"projectId": "org-x"}).credentials(named("ucloud"), "default")
    assert made.located("check publicKey and projectId of the configuration smssign:ucloud.") == (
        "check UCLOUD_PUBLIC_KEY of the environment, and projectId of the configuration "
        "smssign:ucloud."
    )
    assert made.located("check the keys of the configuration smssign:ucloud and the clock.") == (
        "check the keys of the environment (UCLOUD_PRIVATE_KEY, UCLOUD_PUBLIC_KEY) and the clock."
    )
    assert made.located("see the account in the console.") == "see the account in the console."
