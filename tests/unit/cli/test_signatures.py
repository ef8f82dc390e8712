"""The signatures in a stack's state: their roles, and what state says of each."""

from __future__ import annotations

import pytest

from tests.unit.cli.one_account import URN, recorded, resource


def test_state_has_own_read_and_leaving_signatures_and_predecessors() -> None:
    predecessor = {"id": "730000", "text": "旧名", "account": "default", "scope": "mainland"}
    signatures = recorded(
        resource(predecessors=[predecessor]),
        {**resource(), "external": True},
        {**resource(), "id": "729999", "delete": True},
        {"urn": URN, "type": "pulumi:pulumi:Stack", "outputs": {}},
    )
    assert [(signature.role, signature.handle.id) for signature in signatures] == [
        ("managed", "730001"),
        ("predecessor", "730000"),
        ("read", "730001"),
        ("leaving", "729999"),
    ]


@pytest.mark.parametrize(
    "other", ["urn:pulumi:dev::shop::pulumi-python:dynamic/tencentSms:TencentSms::old", URN]
)
@pytest.mark.parametrize("id_", ["730000", "730001"])
def test_leaving_signature_that_a_resource_still_has_is_listed_once(id_: str, other: str) -> None:
    """The engine keeps both when a run fails between the new one and the old one's end."""
    predecessor = {"id": "730000", "text": "极客科技", "account": "default", "scope": "mainland"}
    replaced = {**resource(), "urn": other, "id": id_, "delete": True}
    signatures = recorded(resource(predecessors=[predecessor]), replaced)
    assert [(signature.role, signature.handle.id) for signature in signatures] == [
        ("managed", "730001"),
        ("predecessor", "730000"),
    ]


def test_name_with_colons_in_it_is_the_whole_name() -> None:
    (signature,) = recorded({**resource(), "urn": f"{URN}::codes"})
    assert signature.name == "brand::codes"


def test_state_without_a_policy_says_retain() -> None:
    (signature,) = recorded(resource())
    assert (signature.state.policy, signature.state.shared) == ("retain", False)
    assert signature.keep_reason == ""


def test_delete_does_not_hold_for_a_signature_that_was_taken_over_unasked() -> None:
    own, shared = recorded(
        resource(deletion_policy="delete"), resource(deletion_policy="delete", shared=True)
    )
    assert (own.state.policy, own.keep_reason) == ("delete", "")
    assert (shared.state.policy, shared.state.shared) == ("delete", True)
    assert "taken over unasked" in shared.keep_reason


def test_predecessor_stays_where_the_resource_that_remembers_it_is_retained_on_delete() -> None:
    predecessor = {"id": "730000", "text": "旧名", "account": "default", "scope": "mainland"}
    replaced = resource(deletion_policy="delete", predecessors=[predecessor])
    own, old = recorded({**replaced, "retainOnDelete": True})
    assert (own.keep_reason, old.keep_reason) == ("", "retain_on_delete=True says so")


def test_predecessor_goes_by_the_policy_of_the_resource_that_remembers_it() -> None:
    predecessor = {"id": "730000", "text": "旧名", "account": "shop", "accepted_at": "2026-11-22"}
    _, old = recorded(resource(deletion_policy="delete", predecessors=[predecessor]))
    assert (old.state.policy, old.account, old.state.accepted_at) == (
        "delete",
        "shop",
        "2026-11-22",
    )


def test_predecessors_text_is_secret_where_the_resources_is() -> None:
    predecessor = {"id": "730000", "text": "旧名"}
    signatures = recorded(resource(hides=["text"], predecessors=[predecessor]))
    assert [signature.hides("text") for signature in signatures] == [True, True]
