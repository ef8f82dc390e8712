"""A survey of accounts: what they have, managed by the stack or not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pulumi_smssign.cli.inventory.look import survey
from pulumi_smssign.model.errors import InputError, SmsSignError, UnavailableError
from pulumi_smssign.model.filing import CarrierFiling, Filing, FilingState, Qualification
from tests.unit.cli.one_account import ACCOUNT, OneAccount, api, recorded, resource
from tests.unit.desk import FakeApi

UNMANAGED = "not managed by this stack"


def test_survey_finds_what_is_not_managed_and_shows_no_secret_reason() -> None:
    carriers = {
        "mobile": CarrierFiling(FilingState.LAPSED, reasons=["NO_SEND_RECORD"]),
        "unicom": CarrierFiling(FilingState.FILED),
    }
    account = api(filing=Filing.of(carriers), qualification=Qualification("7"))
    account.held["9"] = replace(account.held["730001"], id="9", text="另一个")
    result = survey(OneAccount(account), [ACCOUNT], recorded(resource(reason="[secret]")))
    assert {standing.id: standing.findings for standing in result.standings} == {
        "730001": ("filing lapsed at mobile",),
        "9": (UNMANAGED, "filing lapsed at mobile (NO_SEND_RECORD)"),
    }
    assert result.is_whole


@pytest.mark.parametrize(("vendor", "is_managed"), [("yunpian", True), ("tencent", False)])
def test_resource_is_known_by_its_text_where_the_vendor_has_no_ids(
    vendor: str, *, is_managed: bool
) -> None:
    review = replace(api().held["730001"], id="极客科技")
    account = OneAccount(FakeApi({"极客科技": review}))
    signatures = recorded(resource(vendor=vendor))
    (only,) = survey(account, [(vendor, "default")], signatures).standings
    assert (only.signature.is_managed, only.id) == (is_managed, "极客科技")


def test_signature_that_is_only_read_is_not_managed_unless_a_resource_manages_it_too() -> None:
    read = {**resource(), "external": True}
    account = OneAccount(api(qualification=Qualification("7")))
    (only,) = survey(account, [ACCOUNT], recorded(read)).standings
    assert only.findings == (f"{UNMANAGED} (read by brand)",)
    (only,) = survey(account, [ACCOUNT], recorded(resource(), read)).standings
    assert only.findings == ()


@pytest.mark.parametrize("trouble", [UnavailableError("no answer"), InputError("no list")])
def test_survey_that_asked_no_account_is_not_whole(trouble: SmsSignError) -> None:
    result = survey(OneAccount(FakeApi(trouble=trouble)), [ACCOUNT], [])
    assert (result.standings, result.asked, result.is_whole) == ((), (), False)
    assert bool(result.unlisted) is isinstance(trouble, InputError)
