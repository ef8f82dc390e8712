"""The book of a run: one owner a signature, and what takes the place of what."""

from __future__ import annotations

import pytest

from pulumi_smssign.engine.ledger import Held, Ledger, Ref
from pulumi_smssign.model.errors import InputError
from pulumi_smssign.model.review import Handle

A = "urn:pulumi:dev::app::dynamic::a"
B = "urn:pulumi:dev::app::dynamic::b"
TEXT = ("tencent", "account-1", "key")
REF = Ref("tencent", "account-1", "7")
HELD = Held(REF, Handle("7"), "default")


@pytest.fixture
def ledger() -> Ledger:
    return Ledger()


def test_two_resources_cannot_declare_one_text(ledger: Ledger) -> None:
    ledger.claim_text(A, TEXT, "【云杉】")
    ledger.claim_text(A, TEXT, "【云杉】")
    with pytest.raises(InputError, match="`b` has the same text as `a`: 【云杉】"):
        ledger.claim_text(B, TEXT, "【云杉】")


def test_what_another_resource_holds_cannot_be_adopted(ledger: Ledger) -> None:
    ledger.keep(A, HELD)
    with pytest.raises(InputError, match='`a` of this program holds 7, and `b` has adopt="7"'):
        ledger.claim_adoption(B, REF)


def test_what_another_resource_is_to_adopt_cannot_be_kept(ledger: Ledger) -> None:
    ledger.claim_adoption(B, REF)
    with pytest.raises(InputError, match='`a` of this program holds 7, and `b` has adopt="7"'):
        ledger.keep(A, HELD)


def test_the_holder_of_what_is_kept_or_taken_is_known(ledger: Ledger) -> None:
    ledger.keep(A, HELD)
    assert (ledger.holder(REF), ledger.held_by(A)) == (A, HELD)
    ledger.take(B, HELD)
    assert ledger.holder(REF) == B


def test_what_was_withdrawn_has_no_holder_until_it_is_taken_again(ledger: Ledger) -> None:
    ledger.keep(A, HELD)
    ledger.withdrew(REF)
    assert (ledger.holder(REF), ledger.has_withdrawn(REF)) == (None, True)
    ledger.take(A, HELD)
    assert (ledger.holder(REF), ledger.has_withdrawn(REF)) == (A, False)


def test_the_successor_is_who_remembers_it_or_the_same_resource(ledger: Ledger) -> None:
    assert ledger.successor(REF, A) is None
    ledger.check_in(A)
    assert ledger.successor(REF, A) == A
    ledger.remember(B, [REF])
    assert ledger.successor(REF, A) == B
    assert ledger.is_remembered(REF)


def test_a_resource_under_a_new_name_is_the_successor_of_its_old_one(ledger: Ledger) -> None:
    ledger.rename(A, B)
    ledger.check_in(B)
    assert ledger.successor(REF, A) == B
    assert ledger.names() == {"b"}
