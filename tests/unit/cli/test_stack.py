"""A stack as `pulumi` exports it: its accounts, and its keys."""

from __future__ import annotations

from pathlib import Path

import pytest

from pulumi_smssign.address import SANDBOX_URL
from pulumi_smssign.cli.inventory.stack import Settings, Stack, account_of, open_stack
from pulumi_smssign.core.registry import VENDORS, named
from tests.unit.cli.one_account import resource


def test_accounts_are_named_by_configuration_environment_and_state(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for vendor in VENDORS:
        for name in named(vendor).credentials.environment.values():
            monkeypatch.delenv(name, raising=False)
    settings = Settings(
        {"smssign:tencent-shop": "{}", "smssign:sandbx": "x", "smssign:adopt": "existing"}
    )
    assert Stack(Path(), settings=settings).known_accounts == [("tencent", "shop")]
    monkeypatch.setenv("YUNPIAN_APIKEY", "k")
    assert Stack(Path(), settings=settings, resources=(resource(),)).known_accounts == [
        ("tencent", "default"),
        ("tencent", "shop"),
        ("yunpian", "default"),
    ]
    sandbox = Stack(Path(), settings=Settings({"smssign:sandbox": SANDBOX_URL}))
    assert [vendor for vendor, _ in sandbox.known_accounts] == list(VENDORS)


@pytest.mark.parametrize(
    ("key", "account"),
    [
        ("smssign:tencent", ("tencent", "default")),
        ("smssign:huawei-a-b", ("huawei", "a-b")),
        ("smssign:tencent-", None),
        ("smssign:sandbx", None),
        ("smssign:Tencent", None),
    ],
)
def test_key_means_an_account_or_none(key: str, account: tuple[str, str] | None) -> None:
    assert account_of(key) == account


def test_folder_without_a_project_is_the_environment_alone(tmp_path: Path) -> None:
    assert open_stack(tmp_path, None, needed=False) == Stack(tmp_path)
