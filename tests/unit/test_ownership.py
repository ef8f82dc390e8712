"""Ownership: who was seen to hold what in this run, and nothing that is guessed."""

from __future__ import annotations

import pytest

from pulumi_smssign.core.ownership import NOTHING, Ownership, Plan, ProgramFacts
from pulumi_smssign.core.predecessors import Predecessor
from pulumi_smssign.model.decide import Decision, Record, Replace
from pulumi_smssign.model.errors import InputError
from pulumi_smssign.model.review import Handle, SignatureRef
from pulumi_smssign.model.vocabulary import DeletionPolicy

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


@pytest.mark.parametrize(
    ("props", "facts"),
    [
        ({}, None),
        ({"__run": "?"}, None),
        ({"__run": {}}, ProgramFacts(retains=None)),
        (
            {"__run": {"directory": "/app", "preview": True, "retains": True}},
            ProgramFacts("/app", preview=True, retains=True),
        ),
        (
            {"__run": {"directory": None, "preview": 0, "retains": False}},
            ProgramFacts(retains=False),
        ),
        ({"__run": {"retains": "yes"}}, ProgramFacts(retains=None)),
    ],
)
def test_the_facts_of_a_run_are_what_the_program_told(
    props: dict[str, object], facts: ProgramFacts | None
) -> None:
    assert ProgramFacts.of(props) == facts


def refused_with(error: InputError) -> tuple[str, str, str]:
    return error.summary, error.vendor, error.advice


def test_a_refusal_names_both_resources_and_the_way_out(owners: Ownership) -> None:
    check(owners, A)
    with pytest.raises(InputError) as same_text:
        check(owners, B)
    owners.hold(A, REF, "default")
    with pytest.raises(InputError) as owned:
        owners.adopt(B, REF)
    owners.remember(A, {OTHER: Predecessor("8", "云杉", "")})
    owners.diff(A, REF, NOTHING, "delete")
    with pytest.raises(InputError) as adopted:
        owners.adopt(B, OTHER)
    with pytest.raises(InputError) as held:
        owners.hold(B, OTHER, "default")
    assert refused_with(same_text.value) == (
        "`b` has the same text as `a`: 【云杉】",
        "",
        (
            "let one resource declare it, and use that one's outputs; two resources can't hold one "
            "signature."
        ),
    )
    assert refused_with(owned.value) == (
        '`a` of this program holds 7, and `b` has adopt="7": a signature has one owner',
        "tencent",
        (
            "take adopt= out of `b`, or take `a` out of the program in the same run: then it "
            "passes over and nothing is deleted."
        ),
    )
    replaced = (
        "`a` replaces 8 and deletes it when its own is approved, so `b` can't have it",
        "tencent",
        (
            'give `a` deletion_policy="retain" until its own is approved: then it passes over and '
            "nothing is deleted."
        ),
    )
    assert refused_with(adopted.value) == refused_with(held.value) == replaced
    assert (owners.seen(B).adopts, owners.seen(B).holds) == (None, None)


@pytest.mark.parametrize(
    ("state", "checked", "diffed", "is_own", "policy"),
    [
        ("delete", None, None, True, "delete"),
        ("retain", None, None, True, "retain"),
        ("delete", "retain", None, True, "retain"),
        ("retain", "delete", None, True, "retain"),
        ("delete", "delete", None, True, "delete"),
        ("retain", "retain", "delete", True, "delete"),
        ("delete", "delete", "retain", True, "retain"),
        ("retain", None, "delete", False, "retain"),
    ],
)
def test_the_policy_is_that_of_the_diff_and_else_the_strictest(
    state: DeletionPolicy,
    checked: DeletionPolicy | None,
    diffed: DeletionPolicy | None,
    is_own: bool,
    policy: str,
) -> None:
    owners = Ownership()
    if checked:
        owners.check(A, ProgramFacts(), checked, KEY, "【云杉】")
    if diffed:
        owners.diff(A, REF, NOTHING, diffed)
    assert owners.policy(REF, A, state, is_own=is_own) == policy


@pytest.mark.parametrize(
    ("checked", "diffed", "policy"),
    [
        ("retain", None, "retain"),
        ("delete", None, "delete"),
        ("delete", "retain", "retain"),
        ("retain", "delete", "delete"),
    ],
)
def test_the_policy_of_a_predecessor_is_its_successors_too(
    owners: Ownership, checked: DeletionPolicy, diffed: DeletionPolicy | None, policy: str
) -> None:
    owners.check(B, ProgramFacts(), checked, KEY, "【云杉】")
    owners.remember(B, {REF: Predecessor("7", "云杉", "")})
    if diffed:
        owners.diff(B, OTHER, NOTHING, diffed)
    assert owners.policy(REF, A, "delete", is_own=False) == policy


@pytest.mark.parametrize(
    ("shared", "is_own", "state", "reason"),
    [
        (None, True, "state says so", "state says so"),
        (None, True, "", ""),
        (False, True, "state says so", ""),
        (True, True, "state says so", "state says so"),
        (False, False, "state says so", "state says so"),
    ],
)
def test_why_it_is_kept_is_what_the_diff_saw_or_state_says(
    owners: Ownership, shared: bool | None, is_own: bool, state: str, reason: str
) -> None:
    if shared is not None:
        owners.diff(A, REF, NOTHING, "delete", shared=shared)
    assert owners.keep_reason(REF, state, is_own=is_own) == reason


def test_why_it_is_kept_is_else_what_its_successor_remembers(owners: Ownership) -> None:
    owners.remember(B, {REF: Predecessor("7", "云杉", "", retained="the program says so")})
    assert owners.keep_reason(REF, "", is_own=False) == "the program says so"
    assert owners.keep_reason(REF, "state says so", is_own=False) == "state says so"
    owners.remember(B, {REF: Predecessor("7", "云杉", "")})
    assert owners.keep_reason(REF, "", is_own=False) == ""


@pytest.mark.parametrize(
    ("decision", "replaces", "first"),
    [
        (None, False, False),
        (Record(), False, False),
        (Replace(delete_first=False), True, False),
        (Replace(delete_first=True), True, True),
    ],
)
def test_a_plan_tells_whether_a_new_one_takes_its_place_and_when_the_old_one_goes(
    owners: Ownership, decision: Decision | None, replaces: bool, first: bool
) -> None:
    plan = Plan(decision)
    assert (plan.replaces, plan.deletes_first) == (replaces, first)
    assert not owners.plans_to_delete_first(REF)
    owners.diff(A, REF, plan, "delete")
    assert owners.plans_to_delete_first(REF) is first
    assert not owners.plans_to_delete_first(OTHER)
