"""The journal for a person: what each write means, and what the next run does about it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pulumi_smssign.cli.inventory import writes
from pulumi_smssign.core.journal import Entry, Journal, Kind
from pulumi_smssign.model.errors import InputError

URN = "urn:pulumi:dev::shop::pulumi-python:dynamic/tencentSms:TencentSms::brand"
OTHER = "urn:pulumi:dev::shop::pulumi-python:dynamic/otherSms:OtherSms::brand"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PULUMI_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture
def three() -> dict[int, Entry]:
    """Three writes in flight."""
    journal = Journal(writes.folder(), lambda: False)
    for number in "abc":
        journal.begin(Entry("submit", URN, "account-x", number))
    return writes.writes()


@pytest.mark.parametrize(
    ("kind", "begun", "answered", "following", "cleared"),
    [
        (
            "submit",
            "it was sent, or was about to be sent; nobody knows whether the vendor has it",
            "the vendor has it; Pulumi's state may lack it",
            "looks for the signature and takes it over, open or approved; else it submits it",
            (
                "treats a signature that it finds as another resource's: an approved one it may "
                "take over, an open one it refuses, and names the adopt= that takes it over"
            ),
        ),
        (
            "resubmit",
            "a change was sent, or was about to be sent; nobody knows whether the vendor has it",
            "the vendor has the change; Pulumi's state may lack it",
            "records the change where the review shows that it has arrived; else it sends it again",
            "decides by the review alone, and may send the same change again",
        ),
        (
            "delete",
            (
                "a deletion was sent, or was about to be sent; nobody knows whether the vendor has "
                "done it"
            ),
            "the vendor has deleted it; Pulumi's state may still have it",
            "asks the vendor whether the signature still exists, and decides anew",
            "goes by its state; before a deletion it asks the vendor all the same",
        ),
    ],
)
def test_each_kind_of_write_says_what_it_means(
    kind: Kind, begun: str, answered: str, following: str, cleared: str
) -> None:
    entry = Entry(kind, URN, "account-3f2a", "key", at="2026-11-22T10:00:00Z")
    document = {
        "number": 7,
        "kind": kind,
        "state": "begun",
        "id": "",
        "urn": URN,
        "name": "brand",
        "vendor": "tencent",
        "side": "account",
        "account": "3f2a",
        "at": "2026-11-22T10:00:00Z",
        "meaning": begun,
        "next": following,
    }
    assert writes.document_of(7, entry) == document
    done = writes.document_of(7, replace(entry, state="answered", id="730001"))
    assert done == {**document, "state": "answered", "id": "730001", "meaning": answered}
    assert writes.MEANINGS[kind].cleared == cleared


def test_write_of_a_vendor_that_nobody_knows_names_none() -> None:
    document = writes.document_of(1, Entry("submit", OTHER, "sandbox-default", "key"))
    assert (document["vendor"], document["side"], document["account"]) == (
        "",
        "sandbox",
        "default",
    )


def test_writes_are_numbered_from_one_and_chosen_by_their_numbers(
    three: dict[int, Entry],
) -> None:
    assert list(three) == [1, 2, 3]
    assert writes.chosen(three, [3, 1, 3]) == {1: three[1], 3: three[3]}
    assert writes.chosen(three, []) == {}
    with pytest.raises(InputError) as raised:
        writes.chosen(three, [9, 1, 0, 7])
    assert str(raised.value) == (
        "the journal has no entry 0, 7, 9\n"
        "  what to do: run `smssign journal list` to see the numbers."
    )


def test_cleared_writes_are_gone_and_the_others_stay(three: dict[int, Entry]) -> None:
    writes.clear([three[1], three[3]])
    assert writes.writes() == {1: three[2]}


def test_folder_is_in_the_home_and_one_that_is_not_there_is_empty(home: Path) -> None:
    assert writes.folder() == home / "smssign" / "journal"
    assert writes.writes() == {}


def test_folder_that_can_not_be_read_is_named_with_what_to_do(home: Path) -> None:
    (home / "smssign").mkdir()
    (home / "smssign" / "journal").touch()
    with pytest.raises(InputError) as raised:
        writes.writes()
    assert str(raised.value) == (
        f"the journal {writes.folder()} can't be read (Not a directory)\n"
        "  what to do: let this user read it, or name another home with PULUMI_HOME."
    )
