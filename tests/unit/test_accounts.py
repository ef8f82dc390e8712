from __future__ import annotations

import json
import re
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from pulumi_smssign.contract.endpoints import endpoint_url
from pulumi_smssign.contract.vendor import Api
from pulumi_smssign.core.accounts import ACCOUNT, SANDBOX, Accounts, side
from pulumi_smssign.core.registry import VENDORS, named
from pulumi_smssign.model.errors import AccountError, InputError
from pulumi_smssign.model.redaction import hide
from pulumi_smssign.tencent.auth import INTERNATIONAL, MAINLAND, AccountCredentials
from tests.engine.cases import CASES, Case


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


SANDBOX_URL: dict[str, object] = {"smssign:sandbox": "http://127.0.0.1:8725"}
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
    settings = {**SANDBOX_URL, "smssign:tencent-marketing": {}}
    assert tencent(**settings).secret_id != tencent("marketing", **settings).secret_id


def test_a_sandbox_has_no_account_that_only_the_program_names() -> None:
    accounts = Accounts(Stack({**SANDBOX_URL, "smssign:tencent-marketing": {}}))
    accounts.origin("tencent", "marketing")
    for vendor, account in (("tencent", "marketng"), ("yunpian", "marketing")):
        key = f"smssign:{vendor}-{account}"
        with pytest.raises(AccountError) as caught:
            accounts.origin(vendor, account)
        assert f"has no {key}, so there is no account '{account}'" in str(caught.value)
        assert caught.value.advice.endswith(f"pulumi config set '{key}' '{{}}'")


def test_an_account_that_a_sandbox_only_names_has_no_keys_that_are_not_used() -> None:
    others: dict[str, object] = {"smssign:tencent-marketing": {}, "smssign:tencent-shop": KEYS}
    accounts = Accounts(Stack({**SANDBOX_URL, **others}))
    assert list(accounts.warnings("tencent", "marketing")) == []
    assert "the keys of smssign:tencent-shop are" in "".join(accounts.warnings("tencent", "shop"))


def test_an_account_is_opened_once() -> None:
    settings = {**SANDBOX_URL, "smssign:tencent-other": {}}
    accounts = Accounts(Stack(settings))
    assert accounts.api("tencent", "default") is accounts.api("tencent", "default")
    assert accounts.api("tencent", "default") is not accounts.api("tencent", "other")
    for account in ("default", "other"):
        accounts.api("tencent", account).close()  # type: ignore[attr-defined]


def test_keys_are_hidden_once_read() -> None:
    tencent(**{"smssign:tencent": {"secretId": "AKIDhidden-3", "secretKey": "hidden-key-3"}})
    assert hide("AKIDhidden-3 and hidden-key-3") == "[secret] and [secret]"


@pytest.mark.parametrize(
    "url",
    [
        "https://sms.example",
        "https://sms.example:8443/base",
        "https://短信.example",
        "https://xn--4qs.example",
        "http://localhost:1",
        "http://[::1]:1",
    ],
)
def test_an_endpoint_is_https_or_this_machine(url: str) -> None:
    assert endpoint_url(f"{url}/") == url


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("https://sms.example?x=1", "without ? and #"),
        ("https://sms.example/#", "without ? and #"),
        ("https://sms.example:99999", "port from 1 to 65535"),
        ("https://sms.example:0", "port from 1 to 65535"),
        ("https://sms.example:x", "port from 1 to 65535"),
        ("https://sms.example\n.x", "without spaces and line breaks"),
        ("https://sms.exa mple", "without spaces and line breaks"),
        ("https://sms\t.example", "without spaces and line breaks"),
        ("https://user:pw@sms.example", "without a user and a password"),
        ("http://127.0.0.1@evil.example", "without a user and a password"),
        ("https://", "such as https://host"),
        ("https://xn--.example", "such as https://host"),
        ("https://xn--a-.example", "such as https://host"),
        ("https://sms..example:1:2", "https://host"),
        ("https://127.0.0.1\\@evil.example", "without a user and a password"),
        ("ftp://sms.example", "such as https://host"),
        ("http://localhost.evil.example", "only for this machine"),
        ("http://１２７.0.0.1", "https"),
    ],
)
def test_an_odd_endpoint_says_what_is_odd(url: str, why: str) -> None:
    with pytest.raises(ValueError, match=re.escape(why)):
        endpoint_url(url)
    with pytest.raises(AccountError, match=r"smssign:tencent.* endpoint: "):
        tencent(**{"smssign:tencent": {**KEYS, "endpoint": url}})


def test_an_empty_endpoint_is_no_url() -> None:
    with pytest.raises(ValueError, match="such as https://host"):
        endpoint_url("")


@pytest.mark.parametrize(
    "url", ["https://sms.example", "http://sms.example", "https://127.0.0.1.example", "sandbox"]
)
def test_the_sandbox_is_on_this_machine(url: str) -> None:
    with pytest.raises(AccountError, match="smssign:sandbox is not usable") as caught:
        tencent(**{"smssign:sandbox": url})
    assert "127.0.0.1" in caught.value.advice


BROKEN = {
    "invented\nlines": "line break",
    "臆造的密钥一号": "ASCII",
    "invented parts": "space",
    "invented\ttab": "control",
}


@pytest.mark.parametrize("vendor", VENDORS)
@pytest.mark.parametrize("broken", BROKEN)
def test_a_key_that_can_not_be_sent_is_named_and_not_shown(vendor: str, broken: str) -> None:
    model = named(vendor).credentials
    keys = model.identity & set(model.needed[0])
    assert keys
    for key in sorted(keys):
        settings = {**dict.fromkeys(model.needed[0], "invented-abc123"), key: broken}
        with pytest.raises(AccountError, match=rf"smssign:{vendor}.* {key}: has ") as caught:
            Accounts(Stack({f"smssign:{vendor}": settings})).credentials(named(vendor), "default")
        assert BROKEN[broken] in str(caught.value)
        assert broken not in str(caught.value)


def test_a_broken_key_of_the_environment_is_named_by_its_variable(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TENCENTCLOUD_SECRET_ID", "AKIDinvented-2")
    monkeypatch.setenv("TENCENTCLOUD_SECRET_KEY", "臆造的密钥一号")
    monkeypatch.setenv("TENCENTCLOUD_TOKEN", "invented\nbroken")
    with pytest.raises(AccountError) as caught:
        tencent()
    assert "TENCENTCLOUD_SECRET_KEY: has" in caught.value.summary
    assert "TENCENTCLOUD_TOKEN: has a line break" in caught.value.summary


def test_a_break_at_the_end_of_a_key_is_none_of_it() -> None:
    made = tencent(
        **{"smssign:tencent": {"secretId": "AKIDinvented-9\n", "secretKey": "invented-key-9\n"}}
    )
    assert (made.secret_id, made.secret_key.get_secret_value()) == (
        "AKIDinvented-9",
        "invented-key-9",
    )


def test_names_that_people_choose_may_have_any_letters() -> None:
    user = {
        "userName": "运维 一号",
        "password": "臆造 密码",
        "domainName": "极客",
        "projectId": "0" * 32,
    }
    made = Accounts(Stack({"smssign:huawei": user})).credentials(named("huawei"), "default")
    assert "臆造 密码" in set(made.secrets())
    with pytest.raises(AccountError, match="password: has a line break"):
        Accounts(Stack({"smssign:huawei": {**user, "password": "invented\nbroken"}})).credentials(
            named("huawei"), "default"
        )


def test_hooks_that_come_together_have_one_connection_and_so_one_rate(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tencent = named("tencent")

    def connect(credentials: AccountCredentials) -> Api[Any]:
        time.sleep(0.05)
        return tencent.connect(credentials)

    vendor = replace(tencent, connect=connect)
    monkeypatch.setattr("pulumi_smssign.core.accounts.named", lambda _: vendor)
    name = f"together{time.time_ns()}"
    accounts = Accounts(Stack({**SANDBOX_URL, f"smssign:tencent-{name}": {}}))
    with ThreadPoolExecutor(8) as pool:
        apis = list(pool.map(lambda _: accounts.api("tencent", name), range(8)))
    assert len(set(map(id, apis))) == 1


@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_fingerprint_of_an_account_is_frozen(case: Case) -> None:
    accounts = Accounts(Stack({f"smssign:{case.vendor}": dict(case.keys.settings)}))
    assert accounts.origin(case.vendor, "default") == f"account-{case.frozen.fingerprint}"


@pytest.mark.parametrize("case", CASES, ids=str)
def test_two_names_of_one_key_are_one_account_and_another_key_is_another(case: Case) -> None:
    vendor, own = case.vendor, dict(case.keys.settings)
    accounts = Accounts(
        Stack(
            {
                f"smssign:{vendor}": own,
                f"smssign:{vendor}-same": own,
                f"smssign:{vendor}-other": {**own, **case.other_keys},
            }
        )
    )
    assert accounts.origin(vendor, "same") == accounts.origin(vendor, "default")
    assert accounts.origin(vendor, "other") != accounts.origin(vendor, "default")


@pytest.mark.parametrize("account", ["default", "marketing", "with-a-dash"])
def test_an_origin_tells_its_side(account: str) -> None:
    sandbox = Accounts(Stack({**SANDBOX_URL, f"smssign:tencent-{account}": {}}))
    real = Accounts(Stack({f"smssign:tencent-{account}": KEYS, "smssign:tencent": KEYS}))
    assert side(sandbox.origin("tencent", account)) == SANDBOX
    assert side(real.origin("tencent", account)) == ACCOUNT


def test_a_state_that_names_no_origin_is_of_no_side() -> None:
    assert side("") not in (SANDBOX, ACCOUNT)


@pytest.mark.parametrize(
    ("settings", "policy"),
    [
        ({}, "retain"),
        (SANDBOX_URL, "delete"),
        ({"smssign:deletionPolicy": "delete"}, "delete"),
        ({"smssign:deletionPolicy": "retain", **SANDBOX_URL}, "retain"),
        ({"smssign:deletionPolicy": ""}, "retain"),
        ({"smssign:deletionPolicy": "", **SANDBOX_URL}, "delete"),
    ],
)
def test_the_deletion_policy_is_the_stacks_or_that_of_its_side(
    settings: dict[str, object], policy: str
) -> None:
    assert Accounts(Stack(settings)).deletion_policy == policy


@pytest.mark.parametrize("policy", ["Delete", "keep", "true", " delete", '{"tencent": "delete"}'])
@pytest.mark.parametrize("beside", [{}, SANDBOX_URL], ids=["vendor", "sandbox"])
def test_another_word_for_a_deletion_policy_is_refused_with_the_two_that_there_are(
    policy: str, beside: dict[str, object]
) -> None:
    accounts = Accounts(Stack({"smssign:deletionPolicy": policy, **beside}))
    with pytest.raises(InputError, match="must be 'retain' or 'delete'") as caught:
        _ = accounts.deletion_policy
    assert "pulumi config set smssign:deletionPolicy retain" in caught.value.advice
    assert "pulumi config rm smssign:deletionPolicy" in caught.value.advice


@pytest.mark.parametrize("vendor", VENDORS)
def test_the_registry_has_a_vendor_under_its_own_name(vendor: str) -> None:
    assert (named(vendor).name, named(vendor).credentials.vendor) == (vendor, vendor)


def test_vendor_that_is_not_installed_is_named_with_how_to_install_it() -> None:
    with pytest.raises(InputError, match="the vendor 'nobody' is not installed"):
        named("nobody")


@pytest.mark.parametrize(
    ("url", "asked"),
    [
        ("http://127.0.0.1", ("127.0.0.1", 80)),
        ("http://localhost:9000", ("localhost", 9000)),
        ("http://[::1]:8725/", ("::1", 8725)),
    ],
)
def test_program_at_the_sandboxs_very_port_is_looked_at(
    monkeypatch: pytest.MonkeyPatch, url: str, asked: tuple[str, int]
) -> None:
    seen: list[tuple[str, int]] = []

    def may_listen(host: str, port: int) -> bool:
        seen.append((host, port))
        return False

    monkeypatch.setattr("pulumi_smssign.core.accounts.may_listen", may_listen)
    with pytest.raises(AccountError, match="another user's program listens"):
        Accounts({"smssign:sandbox": url}).credentials(named("tencent"), "default")
    assert seen == [asked]


# --- refusals, in every word

IN_DEVELOPMENT = (
    "; a stack for development needs no keys: pulumi config set smssign:sandbox "
    "http://127.0.0.1:8725"
)
SET = "pulumi config set --path --secret 'smssign:tencent"


def refused(settings: dict[str, object], account: str = "default") -> tuple[str, str, str]:
    """Summary, vendor and advice of the refusal of Tencent Cloud's account."""
    with pytest.raises(AccountError) as caught:
        tencent(account, **settings)
    return caught.value.summary, caught.value.vendor, caught.value.advice


@pytest.mark.parametrize(
    ("settings", "account", "summary", "advice"),
    [
        (
            {},
            "default",
            "the configuration smssign:tencent lacks secretId and secretKey",
            (
                f"{SET}.secretId' VALUE && {SET}.secretKey' VALUE, or set TENCENTCLOUD_SECRET_ID "
                f"and TENCENTCLOUD_SECRET_KEY{IN_DEVELOPMENT}"
            ),
        ),
        (
            {"smssign:tencent": {"secretId": "AKIDinvented-1", "other": "x", "key": "x"}},
            "default",
            (
                "the configuration smssign:tencent lacks secretKey; key is no key of it; other is "
                "no key of it"
            ),
            f"{SET}.secretKey' VALUE, or set TENCENTCLOUD_SECRET_KEY{IN_DEVELOPMENT}",
        ),
        (
            {"smssign:tencent": {"secretId": "AKIDinvented-1", "secretKey": ""}},
            "default",
            "the configuration smssign:tencent lacks secretKey",
            f"{SET}.secretKey' VALUE, or set TENCENTCLOUD_SECRET_KEY{IN_DEVELOPMENT}",
        ),
        (
            {},
            "shop",
            "the configuration smssign:tencent-shop lacks secretId and secretKey",
            f"{SET}-shop.secretId' VALUE && {SET}-shop.secretKey' VALUE{IN_DEVELOPMENT}",
        ),
        (
            {"smssign:tencent": {**KEYS, "key": "typo", "endpoint": "http://sms.example"}},
            "default",
            (
                "the configuration smssign:tencent is not usable: endpoint: plain http is only for "
                "this machine (127.0.0.1): use https; key: there is no such key"
            ),
            "pulumi config set --path 'smssign:tencent.KEY' VALUE, or pulumi config rm --path.",
        ),
        (
            SANDBOX_URL,
            "shop",
            "the configuration has no smssign:tencent-shop, so there is no account 'shop'",
            (
                "write account= as the configuration names it; or name it there, where a stack of "
                "the sandbox needs no keys: pulumi config set 'smssign:tencent-shop' '{}'"
            ),
        ),
        (
            {**SANDBOX_URL, "smssign:tencent-a b": {}},
            "a b",
            "the account's name 'a b' can't be a part of a configuration key",
            'write a name such as account="marketing".',
        ),
    ],
    ids=["nothing", "half", "empty", "named", "unusable", "unnamed", "no name"],
)
def test_a_refused_account_is_told_in_these_words(
    settings: dict[str, object], account: str, summary: str, advice: str
) -> None:
    assert refused(settings, account) == (summary, "tencent", advice)


@pytest.mark.parametrize("value", ["x", "[1]", "7", "{", "[" * 100_000])
def test_a_configuration_that_is_no_object_says_how_to_set_one(value: str) -> None:
    assert refused({"smssign:tencent": value}) == (
        "the configuration smssign:tencent must be an object",
        "",
        "pulumi config set --path 'smssign:tencent.KEY' VALUE for each of its keys.",
    )


def test_an_empty_configuration_is_none() -> None:
    assert refused({"smssign:tencent": ""}) == refused({})


@pytest.mark.parametrize(
    ("settings", "summary", "advice"),
    [
        (
            {},
            "the environment is not usable: TENCENTCLOUD_SECRET_KEY: ",
            "set the variable anew.",
        ),
        (
            {"smssign:tencent": {"key": "typo"}},
            (
                "the configuration smssign:tencent and the environment are not usable: "
                "TENCENTCLOUD_SECRET_KEY: "
            ),
            (
                "pulumi config set --path 'smssign:tencent.KEY' VALUE, or pulumi config rm --path. "
                "set the variable anew."
            ),
        ),
    ],
)
def test_a_broken_variable_is_to_be_set_anew(
    settings: dict[str, object], summary: str, advice: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TENCENTCLOUD_SECRET_ID", "AKIDinvented-2")
    monkeypatch.setenv("TENCENTCLOUD_SECRET_KEY", "invented parts")
    told, vendor, way_out = refused(settings)
    assert told.startswith(summary)
    assert (vendor, way_out) == ("tencent", advice)


def test_keys_of_the_environment_are_refused_for_a_host_of_the_configuration(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TENCENTCLOUD_SECRET_ID", "AKIDinvented-2")
    monkeypatch.setenv("TENCENTCLOUD_SECRET_KEY", "invented-key-2")
    assert refused({"smssign:tencent": {"endpoint": "https://sms.evil.example"}}) == (
        (
            "the keys of Tencent Cloud are from the environment (TENCENTCLOUD_SECRET_ID, "
            "TENCENTCLOUD_SECRET_KEY), and the configuration smssign:tencent leads them to "
            "sms.evil.example (endpoint), none of Tencent Cloud's own hosts: nothing was sent"
        ),
        "tencent",
        (
            "pulumi config rm --path 'smssign:tencent.endpoint'; and if that host is meant, name "
            f"it where the keys are, as {named('tencent').credentials.environment['endpoint']}. Or "
            f"set the keys where it is named: {SET}.secretId' VALUE && {SET}.secretKey' VALUE"
        ),
    )


def test_a_sandbox_elsewhere_is_refused_with_the_one_that_there_is() -> None:
    summary, vendor, advice = refused({"smssign:sandbox": "https://sms.example"})
    assert (summary, vendor, advice) == (
        (
            "the configuration smssign:sandbox is not usable: the sandbox is on this machine only "
            "(127.0.0.1)"
        ),
        "",
        "pulumi config set smssign:sandbox http://127.0.0.1:8725",
    )


def test_another_users_sandbox_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pulumi_smssign.core.accounts.may_listen", lambda _host, _port: False)
    assert refused(SANDBOX_URL) == (
        (
            "another user's program listens at http://127.0.0.1:8725, and may be no sandbox: "
            "nothing was sent"
        ),
        "tencent",
        "smssign sandbox --port 9000, and pulumi config set smssign:sandbox http://127.0.0.1:9000",
    )


@pytest.mark.parametrize(
    ("settings", "account", "warnings"),
    [
        ({"smssign:tencent": KEYS}, "default", []),
        (
            {"smssign:tencent": KEYS, **SANDBOX_URL},
            "default",
            [
                (
                    "smssign:sandbox is set, so the keys of smssign:tencent are not used: nothing "
                    "of this run reaches a vendor."
                )
            ],
        ),
        (
            {"smssign:tencent-shop": {**KEYS, "endpoint": "https://sms.proxy.example"}},
            "shop",
            [
                (
                    "Tencent Cloud is asked at sms.proxy.example, not at a host of its own: what "
                    "the key signs, proof files and personal data go there."
                )
            ],
        ),
        (SANDBOX_URL, "default", []),
    ],
)
def test_oddities_of_an_account_in_use_are_warned_of(
    settings: dict[str, object], account: str, warnings: list[str]
) -> None:
    accounts = Accounts(Stack(settings))
    assert accounts.foreign_hosts("tencent", account) == ()
    accounts.credentials(named("tencent"), account)
    assert list(accounts.warnings("tencent", account)) == warnings


@pytest.mark.parametrize(("choice", "adopts"), [(None, False), ("", False), ("existing", True)])
def test_a_stack_takes_over_what_exists_where_it_says_so(choice: str | None, adopts: bool) -> None:
    settings = {} if choice is None else {"smssign:adopt": choice}
    assert Accounts(Stack(dict(settings))).adopts_existing is adopts


@pytest.mark.parametrize("choice", ["true", "730001", "Existing"])
def test_another_word_for_an_adoption_is_refused(choice: str) -> None:
    with pytest.raises(InputError) as caught:
        _ = Accounts(Stack({"smssign:adopt": choice})).adopts_existing
    assert caught.value.summary == (
        "the configuration smssign:adopt must be 'existing', or not be set"
    )
    assert caught.value.advice == (
        "pulumi config set smssign:adopt existing, or pulumi config rm smssign:adopt; an id is one "
        "resource's: give it adopt=."
    )


def test_another_deletion_policy_is_refused_in_these_words() -> None:
    with pytest.raises(InputError) as caught:
        _ = Accounts(Stack({"smssign:deletionPolicy": "keep"})).deletion_policy
    assert caught.value.summary == (
        "the configuration smssign:deletionPolicy must be 'retain' or 'delete', or not be set"
    )
    assert caught.value.advice == (
        "pulumi config set smssign:deletionPolicy retain, or pulumi config rm "
        'smssign:deletionPolicy; "delete" lets approved signatures be deleted.'
    )
