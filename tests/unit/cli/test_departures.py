"""What is on its way out: `smssign status` promises no deletion that no run would carry out."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from pulumi_smssign.cli.inventory.look import look, survey
from pulumi_smssign.cli.inventory.next_step import next_step
from pulumi_smssign.cli.inventory.standing import Standing
from pulumi_smssign.model.vocabulary import Status
from tests.unit.cli.one_account import URN, OneAccount, api, recorded, resource
from tests.unit.desk import FakeApi

OTHER = f"{URN}-other"
DELETED = 'nothing: the next pulumi up deletes it (its deletion_policy is "delete")'


def leaving(**changes: Any) -> dict[str, Any]:  # noqa: ANN401
    """A dropped signature that a run has failed to delete, which says that it may go."""
    return {**resource(deletion_policy="delete"), "delete": True, **changes}


def step_of(standings: list[Standing], role: str) -> str:
    (step,) = (str(next_step(each)) for each in standings if each.signature.role == role)
    return step


def test_leaving_signature_that_the_stack_reads_stays() -> None:
    read = {**resource(), "urn": OTHER, "external": True}
    account = OneAccount(api())
    assert step_of(look(account, recorded(leaving())), "leaving") == DELETED
    step = step_of(look(account, recorded(read, leaving())), "leaving")
    assert step == "nothing: it stays in the account (`brand-other` has it)"


def test_leaving_signature_that_a_resource_has_by_another_name_of_the_account_stays() -> None:
    held = {**resource(account="shop"), "urn": OTHER}
    step = step_of(look(OneAccount(api(), "account-a"), recorded(held, leaving())), "leaving")
    assert step == "nothing: it stays in the account (`brand-other` has it)"


def test_leaving_signature_whose_text_a_resource_declares_stays() -> None:
    """Its Check claims the text, whatever id the vendor gave its signature."""
    account = api()
    account.held["730002"] = replace(account.held["730001"], id="730002")
    named = {"sign_name": "极客科技", "international": False}
    new = {**resource(**named), "id": "730002", "urn": OTHER}
    old = {**resource(deletion_policy="delete", **named), "delete": True}
    step = step_of(look(OneAccount(account), recorded(new, old)), "leaving")
    assert step == "nothing: it stays in the account (`brand-other` has it)"


def test_leaving_signature_that_the_engine_only_forgets_stays() -> None:
    step = step_of(look(OneAccount(api()), recorded(leaving(retainOnDelete=True))), "leaving")
    assert step.startswith("nothing: it stays in the account (")
    assert "retain_on_delete=True says so" in step


@pytest.mark.parametrize(
    ("status", "line"),
    [
        (
            Status.APPROVED,
            (
                "look at `brand-other`, which has it too: the next pulumi up may delete it (its "
                "successor is approved)"
            ),
        ),
        (
            Status.PENDING,
            "nothing: in use until its successor is approved, then it may be deleted",
        ),
    ],
)
def test_predecessor_that_another_resource_has_may_be_deleted(status: Status, line: str) -> None:
    """An Update deletes it, perhaps before the run has seen the other resource."""
    account = api()
    account.held["730002"] = replace(api(status).held["730001"], id="730002", text="新名")
    predecessor = {"id": "730001", "text": "极客科技", "scope": "mainland"}
    new = resource(text="新名", predecessors=[predecessor], deletion_policy="delete")
    new, other = {**new, "id": "730002"}, {**resource(), "urn": OTHER}
    assert step_of(look(OneAccount(account), recorded(new, other)), "predecessor") == line


def test_signature_of_the_other_side_is_not_shown_by_what_this_side_has() -> None:
    """A sandbox and a vendor may both have an id; no run sends anything for the other's."""
    made = resource(origin="sandbox-default", deletion_policy="delete")
    (only,) = look(OneAccount(api(), "account-a"), recorded(made))
    assert (only.status, only.is_deleted_when_dropped) == ("?", False)
    assert "made in the sandbox" in only.trouble
    (gone,) = look(OneAccount(api(), "account-a"), recorded({**made, "delete": True}))
    assert "deletes it" not in str(next_step(gone))


@pytest.mark.parametrize("is_leaving", [True, False], ids=["leaving", "managed"])
def test_signature_that_new_keys_know_by_its_text_only_stays(*, is_leaving: bool) -> None:
    account = OneAccount(
        FakeApi({"极客科技": replace(api().held["730001"], id="极客科技")}), "account-new"
    )
    outputs = {"vendor": "alibaba", "deletion_policy": "delete"}
    for origin, is_kept in (("account-old", True), ("account-new", False)):
        made = {**resource(**outputs, origin=origin), "id": "极客科技", "delete": is_leaving}
        (only,) = look(account, recorded(made))
        step = str(next_step(only))
        if is_leaving:
            stays = "nothing: it stays in the account (it is APPROVED, and other keys made it)"
            assert step == (stays if is_kept else DELETED)
        assert only.is_deleted_when_dropped is not (is_kept or is_leaving)
        (found,) = survey(account, [("alibaba", "default")], recorded(made)).standings
        assert found.is_deleted_when_dropped is only.is_deleted_when_dropped


@pytest.mark.parametrize("policy", ["retain", "delete"])
def test_signature_that_has_left_as_it_was_to_is_shown_no_more(policy: str) -> None:
    predecessor = {"id": "1", "text": "旧名", "scope": "mainland"}
    own = resource(predecessors=[predecessor], deletion_policy=policy)
    dropped = {**leaving(id="2"), "urn": OTHER}
    standings = look(OneAccount(api()), recorded(own, dropped))
    assert [each.signature.role for each in standings] == ["managed"]


def test_signature_in_use_that_somebody_else_has_deleted_is_shown() -> None:
    predecessor = {"id": "1", "text": "旧名", "scope": "mainland"}
    own = resource(predecessors=[predecessor])
    standings = look(OneAccount(api(Status.PENDING)), recorded(own))
    assert [each.status for each in standings] == ["PENDING", "GONE"]


def test_leaving_signature_that_two_failed_runs_left_is_listed_once() -> None:
    assert len(recorded(leaving(), leaving())) == 1
