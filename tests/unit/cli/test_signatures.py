"""The signatures in a stack's state: their roles, and what state says of each."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pulumi_smssign.cli.inventory.signatures import Role, StackSignature
from pulumi_smssign.model.review import Handle
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


@pytest.mark.parametrize(
    ("options", "role", "is_guarded", "keep_reason", "ignored"),
    [
        ({}, "managed", False, "", ()),
        ({"protect": True}, "managed", True, "", ()),
        ({"retainOnDelete": True}, "managed", True, "", ()),
        ({"external": True}, "read", False, "", ()),
        ({"delete": True}, "leaving", False, "", ()),
        ({"delete": True, "external": True}, "leaving", False, "", ()),
        (
            {"delete": True, "retainOnDelete": True},
            "leaving",
            True,
            "retain_on_delete=True says so",
            (),
        ),
        ({"ignoreChanges": ["a", 1, "b"]}, "managed", False, "", ("a", "b")),
        ({"ignoreChanges": "remark"}, "managed", False, "", ()),
    ],
)
def test_options_of_a_resource_are_known(
    options: dict[str, object],
    role: str,
    is_guarded: bool,
    keep_reason: str,
    ignored: tuple[str, ...],
) -> None:
    (one,) = recorded({**resource(), **options})
    assert (one.role, one.is_guarded, one.keep_reason, one.ignored) == (
        role,
        is_guarded,
        keep_reason,
        ignored,
    )


@pytest.mark.parametrize(
    "changes",
    [
        {"type": "pulumi:pulumi:Stack"},
        {"type": None},
        {"id": ""},
        {"id": None},
        {"outputs": {"vendor": "nobody"}},
        {"outputs": {}, "inputs": {}},
        {"outputs": None, "inputs": "x"},
    ],
)
def test_resource_of_another_kind_has_no_signature(changes: dict[str, object]) -> None:
    assert recorded({**resource(), **changes}) == []


def test_resource_without_outputs_has_what_its_inputs_say() -> None:
    made = resource()
    (one,) = recorded({**made, "outputs": {}, "inputs": made["outputs"]})
    assert (one.name, one.handle.text, one.recorded["status"]) == ("brand", "极客科技", "PENDING")


@pytest.mark.parametrize(
    ("filing", "recorded_filing"),
    [({"state": "filed"}, "filed"), ({"state": None}, ""), ({}, ""), ("filed", ""), (None, "")],
)
def test_filing_is_recorded_where_state_has_one(filing: object, recorded_filing: str) -> None:
    (one,) = recorded(resource(filing=filing))
    assert one.recorded == {"status": "PENDING", "filing": recorded_filing}


@pytest.mark.parametrize(
    ("role", "label", "is_managed"),
    [
        ("managed", "brand", True),
        ("read", "brand (read)", False),
        ("predecessor", "brand (predecessor)", True),
        ("leaving", "brand (leaving)", True),
        ("unmanaged", "brand", False),
    ],
)
def test_label_has_the_role_of_what_is_not_the_resources_own(
    role: Role, label: str, is_managed: bool
) -> None:
    (one,) = recorded(resource())
    other = replace(one, role=role)
    assert (other.label, other.is_managed) == (label, is_managed)
    assert other.key == f"{URN} 730001"


@pytest.mark.parametrize(("unseen", "since"), [(True, "2026-11-22T10:00:00Z"), (False, "")])
def test_signature_is_unseen_since_it_was_accepted(unseen: bool, since: str) -> None:
    outputs = {"unseen": unseen, "accepted_at": "2026-11-22T10:00:00Z"}
    (one,) = recorded(resource(**outputs))
    assert one.unseen_since == since
    predecessor = {"id": "1", "text": "旧名", "scope": "global", "origin": "account-a"}
    _, old = recorded(resource(predecessors=[predecessor], **outputs))
    assert (old.unseen_since, old.state.origin, old.handle) == (
        "",
        "account-a",
        Handle("1", "旧名", "global"),
    )


def test_signature_hides_what_is_secret_or_named_as_hidden() -> None:
    (plain,) = recorded(resource())
    (secret,) = recorded(resource(text="[secret]"))
    (listed,) = recorded(resource(hides=["text"]))
    assert [each.hides("text") for each in (plain, secret, listed)] == [False, True, True]
    assert [each.hides("reason") for each in (plain, secret, listed)] == [False] * 3
    (_, hidden) = recorded(resource(predecessors=[{"id": "1", "text": "[secret]"}]))
    assert (hidden.handle.text, hidden.hides("text")) == ("", True)


def test_signature_of_no_resource_has_its_account_and_its_handle_alone() -> None:
    handle = Handle("1", "云杉", "global")
    one = StackSignature.unmanaged("tencent", "shop", handle)
    assert (one.label, one.urn, one.account, one.handle) == ("", "", "shop", handle)
    assert (one.is_managed, one.state.fields, one.recorded) == (
        False,
        {},
        {"status": "", "filing": ""},
    )
