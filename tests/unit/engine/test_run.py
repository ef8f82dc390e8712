"""The run: accounts, caches and origins that the hooks of one plugin share."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from pulumi_smssign.core import storage
from pulumi_smssign.core.accounts import Accounts
from pulumi_smssign.core.messages import where
from pulumi_smssign.core.predecessors import Predecessor
from pulumi_smssign.core.registry import named
from pulumi_smssign.engine import run as room
from pulumi_smssign.engine.run import Run, of_this_plugin
from pulumi_smssign.model.errors import AccountError
from pulumi_smssign.model.review import SHOWN_AFTER, Handle
from tests.engine.cases import ALIBABA, TENCENT, YUNPIAN
from tests.model.engine import Configuration
from tests.unit.engine.stage import Office, Stage, at

OLD = Predecessor("7", "极客", "mainland", origin="account-default")
LONG_AGO = (datetime.now(UTC) - timedelta(seconds=SHOWN_AFTER + 1)).isoformat()


def test_two_names_of_one_key_share_what_is_asked(stage: Stage) -> None:
    stage.office.keys["twin"] = "default"
    run, tencent = stage.plugin().run, named("tencent")
    assert run.cache(tencent, "twin") is run.cache(tencent, "default")
    assert run.cache(tencent, "other") is not run.cache(tencent, "default")
    assert run.ref(tencent, "twin", Handle("7")) == run.ref(tencent, "default", Handle("7"))


def test_oddities_of_an_account_are_said_once_in_a_run(stage: Stage) -> None:
    keys = {**TENCENT.keys.settings, "endpoint": "https://sms.proxy.example"}
    accounts = Accounts(Configuration({"smssign:tencent": json.dumps(keys)}))
    run, tencent = Run(accounts, stage.journal), named("tencent")
    (warning,) = run.warnings(tencent, "default")
    assert warning.startswith("Tencent Cloud is asked at sms.proxy.example, not at a host of its")
    assert run.warnings(tencent, "default") == []


@pytest.mark.parametrize(
    ("origin", "elsewhere", "another"),
    [
        ("", False, False),
        ("account-default", False, False),
        ("account-rotated", False, True),
        ("sandbox-default", True, True),
    ],
)
def test_a_side_is_another_matter_than_an_account(
    stage: Stage, origin: str, elsewhere: bool, another: bool
) -> None:
    run, tencent = stage.plugin().run, named("tencent")
    assert run.is_elsewhere(tencent, origin, "default") is elsewhere
    assert run.is_of_another_account(tencent, origin, "default") is another


@at(TENCENT, ALIBABA, YUNPIAN)
def test_other_keys_know_a_signature_by_its_text_only_at_a_vendor_without_ids(
    stage: Stage,
) -> None:
    """It doesn't matter where nothing can be deleted."""
    run, vendor = stage.plugin().run, named(stage.case.vendor)
    rotated = Predecessor("7", "极客", "", origin="account-rotated")
    assert run.is_known_by_text_only(vendor, rotated) is (stage.case is ALIBABA)
    assert not run.is_known_by_text_only(vendor, OLD)


def test_a_signature_that_was_made_elsewhere_is_named_with_both_places(stage: Stage) -> None:
    held = stage.declared().with_outputs(origin="sandbox-marketing")
    plugin = stage.plugin()
    resource = plugin.resource(stage.arguments(), held)
    with pytest.raises(AccountError) as caught:
        plugin.run.must_be_this_side(resource, "and it is not changed; nothing was sent")
    assert caught.value.summary == (
        "1 at tencent was made in the sandbox (marketing); this stack now asks in account default, "
        "and it is not changed; nothing was sent"
    )


def test_a_place_is_told_in_words() -> None:
    assert where("sandbox-default") == "in the sandbox (default)"
    assert where("account-3f2a") == "in account 3f2a"


def test_a_plugins_journal_and_locks_are_in_the_users_home(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(room, "engine_is_alive", lambda: False)
    run = of_this_plugin(Office({}))
    assert run.journal._folder == storage.home() / "journal"
    assert run.locks == storage.home() / "locks"
    assert not run.journal._is_alive()
