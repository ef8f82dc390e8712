"""A survey of accounts: what they have, managed by the stack or not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pulumi_smssign.cli.inventory.look import survey
from pulumi_smssign.model.errors import InputError, SmsSignError, UnavailableError
from pulumi_smssign.model.filing import CarrierFiling, Filing, FilingState, Qualification
from pulumi_smssign.model.review import Handle, Review
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


class Detailed(FakeApi):
    """An account that reports a field of a signature only when it is asked for that one."""

    def details(self, handle: Handle) -> Review | None:
        self.calls.append(f"details {handle.id}")
        review = self.held[handle.id]
        return None if handle.id == "8" else replace(review, reported={"sign_type": 1})


@pytest.mark.parametrize("with_details", [True, False])
def test_details_are_asked_for_of_what_no_resource_has(*, with_details: bool) -> None:
    review = api().held["730001"]
    held = {id_: replace(review, id=id_) for id_ in ("730001", "8", "9")}
    account = Detailed(held)
    result = survey(OneAccount(account), [ACCOUNT], recorded(resource()), with_details=with_details)
    asked = ["details 8", "details 9"] if with_details else []
    assert account.calls == ["listed", *asked]
    assert {standing.id: standing.reported for standing in result.standings} == {
        "730001": {},
        "8": {},
        "9": {"sign_type": 1} if with_details else {},
    }


def test_survey_of_a_text_names_what_the_account_says_now() -> None:
    account = api(scope="global")
    account.held["9"] = replace(account.held["730001"], id="9", text="云杉")
    old = recorded(resource(text="旧名"))
    (only,) = survey(OneAccount(account), [ACCOUNT], old, "极客").standings
    assert only.signature.handle == Handle("730001", "极客科技", "global")
    assert (only.signature.name, only.signature.role) == ("brand", "managed")


def test_resource_of_another_account_is_none_of_this_one() -> None:
    (only,) = survey(OneAccount(api()), [ACCOUNT], recorded(resource(account="shop"))).standings
    assert not only.signature.is_managed
    (only,) = survey(OneAccount(api()), [("tencent", "shop")], recorded(resource())).standings
    assert (only.signature.is_managed, only.signature.account) == (False, "shop")


class TwoAccounts(OneAccount):
    """Accounts of which each but the default one fails in a way of its own."""

    def api(self, vendor: str, account: str) -> FakeApi:
        if account == "default":
            return self._api
        error = UnavailableError("no answer") if account == "silent" else InputError("no list")
        return FakeApi(trouble=error)


def test_account_that_fails_is_named_and_the_rest_is_listed() -> None:
    chosen = [("tencent", name) for name in ("silent", "default", "listless")]
    result = survey(TwoAccounts(api()), chosen, [])
    assert [standing.id for standing in result.standings] == ["730001"]
    assert (result.troubles, result.unlisted) == (
        {("tencent", "silent"): "no answer"},
        {("tencent", "listless"): "no list"},
    )
    assert (result.asked, result.is_whole) == ((ACCOUNT,), False)
    assert survey(TwoAccounts(api()), chosen[1:], []).is_whole
