"""Credentials of an invented vendor: what they say of themselves, and where they came from."""

from __future__ import annotations

import hashlib
import re
from typing import Annotated, ClassVar

import pytest
from pydantic import AfterValidator, Field, SecretStr, ValidationError

from pulumi_smssign.contract.credentials import Credentials
from pulumi_smssign.contract.endpoints import endpoint_url, is_loopback

URL = "https://sms.acme.example"


class Keys(Credentials):
    """Two endpoints, one of which has a default, and a field of each kind."""

    vendor: ClassVar[str] = "acme"
    identity: ClassVar[frozenset[str]] = frozenset({"id", "secret"})
    names_account: ClassVar[tuple[str, ...]] = ("key_id", "secret", "token")
    confidential: ClassVar[frozenset[str]] = frozenset({"key_id", "project"})
    free_text: ClassVar[frozenset[str]] = frozenset({"project"})
    test_keys: ClassVar[dict[str, str]] = {"id": "sandbox-id", "secret": "sandbox-secret"}

    key_id: str = Field("", validation_alias="id")
    secret: SecretStr = SecretStr("")
    token: SecretStr | None = None
    project: str = ""
    endpoint: Annotated[str, AfterValidator(endpoint_url)] = URL
    iam_endpoint: str = Field("", validation_alias="iamEndpoint")


class Hosted(Keys):
    hosts: ClassVar[tuple[str, ...]] = (r"sms\.[a-z]+\.acme\.example", r"sms\.acme\.test")


def keys(**given: object) -> Keys:
    return Keys.model_validate({"id": "an-id", "secret": "a-secret", **given})


def test_keys_of_the_configuration_are_the_aliases() -> None:
    names = {"id", "secret", "token", "project", "endpoint", "iamEndpoint"}
    assert Keys.config_keys() == names
    assert Keys.endpoint_keys() == {"endpoint", "iamEndpoint"}


@pytest.mark.parametrize(("account", "name"), [("default", ""), ("shop", ".shop")])
def test_the_sandbox_has_its_own_keys_and_is_every_endpoint(account: str, name: str) -> None:
    made = Keys.sandbox("http://127.0.0.1:8725", account)
    assert made.key_id == f"sandbox-id{name}"
    assert made.secret.get_secret_value() == "sandbox-secret"
    assert (made.endpoint, made.iam_endpoint) == ("http://127.0.0.1:8725",) * 2


@pytest.mark.parametrize(
    ("given", "account"),
    [
        ({}, "acme an-id a-secret "),
        ({"token": "a-token"}, "acme an-id a-secret a-token"),
        ({"id": "", "secret": ""}, "acme   "),
        ({"project": "another", "endpoint": "https://another.example"}, "acme an-id a-secret "),
    ],
)
def test_a_fingerprint_is_the_digest_of_what_names_the_account(
    given: dict[str, str], account: str
) -> None:
    assert keys(**given).fingerprint == hashlib.sha256(account.encode()).hexdigest()[:12]


def test_secrets_are_the_secret_fields_and_the_confidential_ones_that_are_set() -> None:
    assert sorted(keys().secrets()) == ["a-secret", "an-id"]
    more = keys(token="a-token", project="a-project")
    assert sorted(more.secrets()) == ["a-project", "a-secret", "a-token", "an-id"]


def test_accounts_are_the_same_by_what_they_have_not_by_where_it_came_from() -> None:
    one, other = keys(), keys()
    one.came_from("smssign:acme-shop", {"id": "ACME_ID"})
    assert one == other
    assert one != keys(id="another")
    assert one != Hosted.model_validate({"id": "an-id", "secret": "a-secret"})
    assert one != "an-id"


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"id": '"an-id"'}, "has quotes, which docker --env-file and some readers of .env files"),
        ({"id": "&#039;an-id"}, "has quotes"),
        ({"id": " <an-id> "}, "is a placeholder, in whose place nobody has put the value"),
        ({"secret": "***"}, "is a placeholder"),
        ({"id": "an\x7fid"}, "has a line break or another control character: was it copied whole?"),
        ({"project": "a\nproject"}, "has a line break"),
        ({"secret": "a\tsecret"}, "has a line break"),
        ({"id": "an id"}, "has a space or a character that is not ASCII: was it copied right?"),
        ({"id": "ｉd"}, "has a space or a character that is not ASCII"),
        ({"secret": "a secret"}, "has a space or a character that is not ASCII"),
        ({"token": "tökén"}, "has a space or a character that is not ASCII"),
        ({"other": "x"}, "Extra inputs are not permitted"),
    ],
)
def test_a_value_that_was_copied_wrong_is_refused_and_not_repeated(
    given: dict[str, str], why: str
) -> None:
    with pytest.raises(ValidationError) as caught:
        keys(**given)
    (finding,) = caught.value.errors()
    assert finding["msg"].removeprefix("Value error, ").startswith(why)
    assert "input_value" not in str(caught.value)


@pytest.mark.parametrize(
    "given",
    [
        {"id": " an-id\n"},
        {"id": "**"},
        {"project": '云杉 "一号" ***'},
        {"project": "***"},
        {"iamEndpoint": "https://短信.example"},
        {"token": None},
    ],
)
def test_a_value_that_is_right_is_taken_without_blanks_around(given: dict[str, str]) -> None:
    made = keys(**given)
    for name, value in given.items():
        field = {"id": "key_id", "iamEndpoint": "iam_endpoint"}.get(name, name)
        assert getattr(made, field) == (value.strip() if value else value)


HERE = "of the configuration smssign:acme-shop"


@pytest.mark.parametrize(
    ("variables", "advice", "located"),
    [
        ({}, "check id of the configuration smssign:acme.", f"check id {HERE}."),
        ({"id": "A"}, "check id of the configuration smssign:acme.", "check A of the environment."),
        (
            {"id": "A", "secret": "B", "token": "C"},
            "check id, secret and token of the configuration smssign:acme, now",
            "check A, B and C of the environment, now",
        ),
        (
            {"id": "A"},
            "check id, secret and token of the configuration smssign:acme",
            f"check A of the environment, and secret and token {HERE}",
        ),
        (
            {},
            "check id, secret and token of the configuration smssign:acme",
            f"check id, secret and token {HERE}",
        ),
        ({}, "the keys of the configuration smssign:acme", f"the keys {HERE}"),
        (
            {"secret": "B", "id": "A", "endpoint": "C"},
            "the keys of the configuration smssign:acme",
            "the keys of the environment (A, B)",
        ),
        ({"endpoint": "C"}, "the keys of the configuration smssign:acme", f"the keys {HERE}"),
        ({"id": "A"}, "id of the configuration smssign:acmes", None),
        ({"id": "A"}, "see the console", None),
    ],
)
def test_advice_says_where_each_key_was_found(
    variables: dict[str, str], advice: str, located: str | None
) -> None:
    made = keys()
    made.came_from("smssign:acme-shop", variables)
    assert made.located(advice) == (advice if located is None else located)


def test_keys_that_came_from_nowhere_are_the_vendors_in_the_configuration() -> None:
    advice = "check id of the configuration smssign:acme, or the keys of the configuration {}"
    advice = advice.format("smssign:acme")
    assert keys().located(advice) == advice


@pytest.mark.parametrize(
    ("model", "urls", "foreign"),
    [
        (Keys, {}, {}),
        (Keys, {"endpoint": f"{URL}:443/v2"}, {}),
        (Keys, {"endpoint": f"{URL}:444"}, {"endpoint": "sms.acme.example:444"}),
        (Keys, {"endpoint": f"{URL}:442"}, {"endpoint": "sms.acme.example:442"}),
        (Keys, {"endpoint": "https://SMS.acme.example"}, {}),
        (Keys, {"iamEndpoint": URL}, {}),
        (Keys, {"iamEndpoint": "https://smsxacme.example"}, {"iamEndpoint": "smsxacme.example"}),
        (
            Keys,
            {"endpoint": "http://localhost:9", "iamEndpoint": "https://短信.example:8443"},
            {"endpoint": "localhost:9", "iamEndpoint": "xn--vuq298g.example:8443"},
        ),
        (Keys, {"endpoint": "http://127.0.0.1:443"}, {"endpoint": "127.0.0.1:443"}),
        (Hosted, {"endpoint": "https://sms.east.acme.example"}, {}),
        (Hosted, {"endpoint": "https://sms.acme.test"}, {}),
        (Hosted, {}, {"endpoint": "sms.acme.example"}),
        (Hosted, {"endpoint": "https://a.sms.acme.test"}, {"endpoint": "a.sms.acme.test"}),
        (Hosted, {"endpoint": "https://sms.acme.test.cn"}, {"endpoint": "sms.acme.test.cn"}),
    ],
)
def test_a_host_that_is_not_the_vendors_own_is_named(
    model: type[Keys], urls: dict[str, str], foreign: dict[str, str]
) -> None:
    assert model.model_validate(urls).foreign_hosts() == foreign


SPACELESS = "must be a URL without spaces and line breaks"
WITH_PORT = "must be a URL such as https://host:443, its port from 1 to 65535"
PLAIN = "must be a URL such as https://host"
NO_USER = "must be a URL without a user and a password"
NO_QUERY = "must be a URL without ? and #: the calls add what they need"
HTTPS = "plain http is only for this machine (127.0.0.1): use https"


@pytest.mark.parametrize(
    ("url", "why"),
    [
        (f"{URL}\x7f", SPACELESS),
        (f"{URL}/a b", SPACELESS),
        (f"{URL}:65536", WITH_PORT),
        (f"{URL}:0", WITH_PORT),
        ("https://[::1", WITH_PORT),
        ("", PLAIN),
        ("sms.acme.example", PLAIN),
        ("https:///path", PLAIN),
        ("ftp://sms.acme.example", PLAIN),
        ("https://a@sms.acme.example", NO_USER),
        ("https://:b@sms.acme.example", NO_USER),
        (f"{URL}?", NO_QUERY),
        (f"{URL}/#", NO_QUERY),
        ("http://sms.acme.example", HTTPS),
        ("http://127.0.0.2", HTTPS),
    ],
)
def test_an_endpoint_that_is_none_says_why(url: str, why: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(why)}$"):
        endpoint_url(url)


@pytest.mark.parametrize(
    "url",
    [
        URL,
        f"{URL}:65535/a/b",
        f"{URL}:1",
        "http://127.0.0.1:8725",
        "http://localhost",
        "http://[::1]:1",
        "https://例子.example/~a",
    ],
)
def test_an_endpoint_loses_its_last_slashes_only(url: str) -> None:
    assert endpoint_url(f"{url}//") == endpoint_url(url) == url


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "LOCALHOST"])
def test_this_machine_has_three_names(host: str) -> None:
    assert is_loopback(f"http://{host}:1/x") is True


@pytest.mark.parametrize("host", ["127.0.0.2", "localhost.example", "0.0.0.0", "[::2]", ""])  # noqa: S104
def test_no_other_name_is_this_machine(host: str) -> None:
    assert is_loopback(f"http://{host}:1/x") is False
