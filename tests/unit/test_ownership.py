"""Ownership: who was seen to hold what in this run, and nothing that is guessed."""

from __future__ import annotations

import pytest

from pulumi_smssign.core.ownership import NOTHING, Ownership, ProgramFacts
from pulumi_smssign.core.predecessors import Predecessor
from pulumi_smssign.model.errors import InputError
from pulumi_smssign.model.review import Handle, SignatureRef

A, B = "urn:pulumi:dev::app::dynamic::a", "urn:pulumi:dev::app::dynamic::b"
KEY = ("account-1", "key")
REF = SignatureRef("tencent", "account-1", "7", Handle("7"))
OTHER = SignatureRef("tencent", "account-1", "8", Handle("8"))


@pytest.fixture
def owners() -> Ownership:
    return Ownership()


def check(owners: Ownership, urn: str, key: tuple[str, str] = KEY) -> None:
    owners.check(urn, ProgramFacts(), "retain", key, "【云杉】")


def test_two_resources_can_not_name_one_text(owners: Ownership) -> None:
    check(owners, A)
    check(owners, A)
    with pytest.raises(InputError, match="`b` has the same text as `a`: 【云杉】") as caught:
        check(owners, B)
    assert "let one resource declare it" in caught.value.advice


@pytest.mark.parametrize("key", [("account-1", "other"), ("account-2", "key"), ("account-1", "")])
def test_another_key_another_account_and_no_key_are_no_same_text(
    owners: Ownership, key: tuple[str, str]
) -> None:
    check(owners, A, key)
    check(owners, B)
    assert owners.owner(REF, KEY) == B


def test_a_signature_is_owned_by_who_names_its_key_holds_it_or_adopts_it(owners: Ownership) -> None:
    check(owners, A)
    assert owners.owner(REF) == ""
    assert owners.owner(REF, KEY) == A
    assert owners.owner(REF, KEY, besides=A) == ""
    owners.adopt(B, REF)
    assert owners.owner(REF) == B
    assert owners.owner(REF, KEY, besides=A) == B
    assert owners.owner(REF, besides=B) == ""
    owners.hold(A, OTHER, "default")
    assert owners.owner(OTHER) == A


def test_signature_held_by_another_resource_can_not_be_adopted(owners: Ownership) -> None:
    owners.hold(A, REF, "default")
    with pytest.raises(InputError, match='`a` of this program holds 7, and `b` has adopt="7"'):
        owners.adopt(B, REF)
    assert owners.seen(B).adopts is None
    owners.adopt(A, REF)


def test_signature_that_another_resource_replaces_and_deletes_can_not_be_held(
    owners: Ownership,
) -> None:
    """Two states came to have it: a run of one target sees the other one's owner not."""
    check(owners, A)
    owners.remember(A, {REF: Predecessor("7", "云杉", "")})
    owners.hold(A, OTHER, "default")
    owners.hold(B, REF, "default")  # it is kept: the policy is "retain"
    owners.diff(A, OTHER, NOTHING, "delete")
    with pytest.raises(InputError, match=r"`a` replaces 7 and deletes it .*, so `b` can't have it"):
        owners.hold(B, REF, "default")
    owners.hold(A, REF, "default")
    owners.remember(A, {REF: Predecessor("7", "云杉", "", retained="the program says so")})
    owners.hold(B, REF, "default")


def test_signature_that_another_resource_adopts_can_not_be_held(owners: Ownership) -> None:
    owners.adopt(B, REF)
    with pytest.raises(InputError, match='`a` of this program holds 7, and `b` has adopt="7"'):
        owners.hold(A, REF, "default")
    assert owners.seen(A).holds is None
    owners.hold(B, REF, "default")


def test_who_has_just_got_a_signature_has_it_whoever_held_it(owners: Ownership) -> None:
    owners.hold(A, REF, "default")
    owners.take(A, OTHER, "marketing")
    assert (owners.owner(REF), owners.owner(OTHER)) == ("", A)
    assert owners.seen(A).account == "marketing"


def test_a_signature_that_was_deleted_is_until_somebody_gets_it_again(owners: Ownership) -> None:
    """At a vendor without ids a new one has the same identity."""
    assert not owners.has_deleted(REF)
    owners.delete(REF)
    assert owners.has_deleted(REF)
    owners.take(A, REF, "default")
    assert not owners.has_deleted(REF)


def test_the_successor_is_who_remembers_it_as_predecessor(owners: Ownership) -> None:
    assert owners.successor(REF) == ""
    owners.remember(B, {REF: Predecessor("7", "云杉", "")})
    assert owners.successor(REF) == B
    owners.remember(B, {})
    assert owners.successor(REF) == ""


def test_a_diff_is_found_by_the_very_signature_that_it_was_about(owners: Ownership) -> None:
    """A deletion under an old URN finds it too."""
    assert owners.diff_of(REF) is None
    owners.diff(B, REF, NOTHING, "delete")
    observed = owners.diff_of(REF)
    assert observed is owners.seen(B)
    assert observed.diffed_policy == "delete"
    assert owners.diff_of(OTHER) is None


def test_nothing_is_known_of_a_resource_that_the_run_has_not_come_to(owners: Ownership) -> None:
    seen = owners.seen(A)
    assert (seen.facts, seen.policy, seen.plan, seen.holds) == (None, None, None, None)
    assert owners.owner(REF, KEY) == ""


def test_the_same_id_at_another_vendor_or_in_another_account_is_another_signature() -> None:
    assert SignatureRef("tencent", "account-1", "7", Handle("7", "云杉")) == REF
    assert SignatureRef("ucloud", "account-1", "7", Handle("7")) != REF
    assert SignatureRef("tencent", "account-2", "7", Handle("7")) != REF
