"""The journal of writes in flight: begin, answered, recover; success leaves nothing behind."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pulumi_smssign.core import storage
from pulumi_smssign.core.journal import LASTS, Entry, Journal, id_in_journal
from pulumi_smssign.model.digests import digest
from pulumi_smssign.model.durations import seconds_since
from pulumi_smssign.model.errors import (
    BugError,
    InterruptedRunError,
    JournalError,
    OutcomeUnknownError,
    RefusedError,
)
from pulumi_smssign.model.review import SHOWN_AFTER, Handle, SignatureRef

ENTRY = Entry("submit", "urn:brand", "account-1f2e", "key-1", {"sign_name": "d-1"})


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return Journal(tmp_path / "journal")


def files(journal: Journal) -> list[Path]:
    return sorted(journal._folder.iterdir())


def aged(journal: Journal, seconds: float, **changes: object) -> None:
    """Let the one entry's file be so old, and otherwise."""
    (file,) = files(journal)
    then = datetime.now(UTC) - timedelta(seconds=seconds)
    content = {**json.loads(file.read_text("utf-8")), "at": then.isoformat(), **changes}
    file.write_text(json.dumps(content), "utf-8")


# --- begin


def test_an_entry_is_on_disk_before_anything_is_sent(journal: Journal) -> None:
    with journal.writing(ENTRY):
        entry = journal.find(ENTRY)
        assert entry == ENTRY
        assert entry is not None
        assert (entry.state, entry.id, entry.fields) == ("begun", "", {"sign_name": "d-1"})
        assert 0 <= seconds_since(entry.at) < 60


def test_nothing_is_sent_where_it_can_not_be_written(tmp_path: Path) -> None:
    (tmp_path / "a file").touch()
    journal = Journal(tmp_path / "a file")
    with pytest.raises(JournalError) as caught, journal.writing(ENTRY):
        pytest.fail("it was sent")
    assert re.fullmatch(
        r"the journal of writes in flight can't be written \(.+\): nothing was sent",
        caught.value.summary,
    )
    assert "(None)" not in caught.value.summary
    assert caught.value.advice == (
        f"make room in {tmp_path / 'a file'} and let this user write there; or set PULUMI_HOME to "
        "a folder where it may."
    )


def test_an_entry_holds_digests_and_no_text(journal: Journal) -> None:
    journal.begin(ENTRY)
    (file,) = files(journal)
    assert json.loads(file.read_text("utf-8")).keys() == {
        "kind", "urn", "origin", "key", "fields", "state", "id", "before", "at",
    }  # fmt: skip
    assert file.stat().st_mode & 0o777 == 0o600


# --- what comes of it


def test_success_leaves_nothing_behind(journal: Journal) -> None:
    with journal.writing(ENTRY) as answer:
        answer.id = "7"
    assert files(journal) == []


def test_without_a_sign_of_life_from_the_engine_the_answer_is_kept(tmp_path: Path) -> None:
    journal = Journal(tmp_path, lambda: False)
    with journal.writing(ENTRY) as answer:
        answer.id = "7"
    entry = journal.find(ENTRY)
    assert entry == replace(ENTRY, state="answered", id="7")
    assert entry is not None
    assert 0 <= seconds_since(entry.at) < 60
    assert len(files(journal)) == 1


def test_an_answer_without_an_id_is_kept_as_that(tmp_path: Path) -> None:
    """A deletion has none."""
    journal = Journal(tmp_path, lambda: False)
    with journal.writing(ENTRY):
        pass
    (entry,) = journal.entries()
    assert (entry.state, entry.id) == ("answered", "")


def test_the_engine_is_asked_after_the_vendors_answer_only(tmp_path: Path) -> None:
    asked: list[str] = []

    def is_alive() -> bool:
        asked.append("alive?")
        return True

    journal = Journal(tmp_path, is_alive)
    with journal.writing(ENTRY):
        assert asked == []
    with pytest.raises(RefusedError), journal.writing(ENTRY):
        raise RefusedError("no")
    assert asked == ["alive?"]


@pytest.mark.parametrize("refused", [RefusedError("no"), InterruptedRunError("nothing was sent")])
def test_a_refusal_leaves_nothing_behind(journal: Journal, refused: RefusedError) -> None:
    with pytest.raises(type(refused)), journal.writing(ENTRY):
        raise refused
    assert files(journal) == []


@pytest.mark.parametrize("lost", [OutcomeUnknownError("lost"), KeyError("odd"), SystemExit()])
def test_a_lost_answer_leaves_the_entry_as_it_began(journal: Journal, lost: BaseException) -> None:
    """Any other end of a run between the write and its answer does so too."""
    with pytest.raises(type(lost)), journal.writing(ENTRY):
        raise lost
    assert journal.find(ENTRY) == ENTRY


def test_an_answer_that_can_not_be_written_leaves_the_entry_as_it_began(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = Journal(tmp_path, lambda: False)

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    with journal.writing(ENTRY) as answer:
        answer.id = "7"
        monkeypatch.setattr("os.fsync", full)
    assert journal.find(ENTRY) == ENTRY


def test_a_refusal_of_a_second_try_keeps_what_the_first_one_left(tmp_path: Path) -> None:
    """Nothing came of the second; of the first, whose answer was lost or kept, perhaps."""
    journal = Journal(tmp_path, lambda: False)
    with journal.writing(ENTRY) as answer:
        answer.id = "7"
    earlier = journal.find(ENTRY)
    assert earlier is not None
    changed = replace(ENTRY, fields={"sign_name": "d-2"})
    with pytest.raises(RefusedError), journal.writing(changed):
        raise RefusedError("taken")
    again = journal.find(ENTRY)
    assert again == earlier
    assert again is not None
    assert again.at == earlier.at


def test_a_second_try_that_succeeds_ends_the_first(journal: Journal) -> None:
    journal.begin(ENTRY)
    with journal.writing(ENTRY):
        pass
    assert files(journal) == []


# --- recover


@pytest.mark.parametrize(
    "other",
    [
        replace(ENTRY, kind="delete"),
        replace(ENTRY, urn="urn:brandx"),
        replace(ENTRY, origin="account-1f2ex"),
        replace(ENTRY, key="key-1x"),
    ],
    ids=["kind", "resource", "account", "key"],
)
def test_an_entry_is_of_one_write_of_one_resource_in_one_account(
    journal: Journal, other: Entry
) -> None:
    journal.begin(ENTRY)
    assert journal.find(other) is None
    assert journal.find(ENTRY) == ENTRY


@pytest.mark.parametrize("part", ["kind", "urn", "origin", "key"])
def test_an_entry_of_something_else_under_the_same_name_says_nothing(
    journal: Journal, part: str
) -> None:
    journal.begin(ENTRY)
    aged(journal, 0, **{part: "delete" if part == "kind" else "x"})
    assert journal.find(ENTRY) is None


def test_an_entry_grows_old(journal: Journal) -> None:
    journal.begin(ENTRY)
    aged(journal, LASTS - 60)
    assert journal.find(ENTRY) == ENTRY
    aged(journal, LASTS + 60)
    assert journal.find(ENTRY) is None
    assert journal.entries() == ()


@pytest.mark.parametrize(
    "damage",
    [
        lambda _: "",
        lambda text: text[: len(text) // 2],
        lambda text: f"[{text}]",
        lambda text: text.replace('"submit"', '"steal"'),
        lambda text: text.replace('{"sign_name": "d-1"}', "3"),
        lambda text: text.replace('"at": "2', '"at": "x'),
    ],
    ids=["empty", "cut", "a list", "an odd kind", "odd fields", "no moment"],
)
def test_an_entry_that_can_not_be_read_says_nothing_and_is_tidied_away(
    journal: Journal, damage: Callable[[str], str]
) -> None:
    journal.begin(ENTRY)
    (file,) = files(journal)
    whole = file.read_text("utf-8")
    assert damage(whole) != whole
    file.write_text(damage(whole), "utf-8")
    assert journal.find(ENTRY) is None
    assert journal.begun_elsewhere(replace(ENTRY, urn="urn:other")) is None
    journal.begin(replace(ENTRY, key="key-2"))
    journal.tidy()
    assert [entry.key for entry in journal.entries()] == ["key-2"]
    assert len(files(journal)) == 1


def test_odd_values_in_an_entry_are_read_as_text(journal: Journal) -> None:
    journal.begin(ENTRY)
    aged(journal, 0, fields={"sign_name": 3}, state="odd", id=None)
    entry = journal.find(ENTRY)
    assert entry is not None
    assert (entry.fields, entry.state, entry.id) == ({"sign_name": "3"}, "begun", "")


def test_a_cleared_entry_is_forgotten(journal: Journal) -> None:
    journal.begin(ENTRY)
    other = replace(ENTRY, urn="urn:other")
    journal.begin(other)
    journal.clear(ENTRY)
    assert journal.find(ENTRY) is None
    assert journal.entries() == (other,)
    journal.clear(ENTRY)


def test_entries_are_told_the_oldest_first(journal: Journal) -> None:
    for number in range(6):
        journal.begin(replace(ENTRY, urn=f"urn:{number}"))
    assert [entry.urn for entry in journal.entries()] == [f"urn:{number}" for number in range(6)]


def test_a_folder_that_is_not_there_has_no_entries(journal: Journal) -> None:
    assert journal.entries() == ()
    assert journal.find(ENTRY) is None
    journal.tidy()


# --- others' writes


def test_another_resource_sees_what_has_just_been_begun_of_the_same(journal: Journal) -> None:
    journal.begin(replace(ENTRY, key="key-2"))
    journal.begin(replace(ENTRY, origin="account-other"))
    journal.begin(ENTRY)
    other = replace(ENTRY, urn="urn:other")
    assert journal.begun_elsewhere(other) == ENTRY
    assert journal.begun_elsewhere(ENTRY) is None
    assert journal.begun_elsewhere(replace(other, kind="delete")) is None
    assert journal.begun_elsewhere(replace(other, key="key-9")) is None
    assert journal.begun_elsewhere(replace(other, origin="account-9")) is None


def test_of_others_writes_only_those_of_the_same_count(journal: Journal) -> None:
    """Whatever a file's name says."""
    other = replace(ENTRY, urn="urn:other")
    for number, odd in enumerate(({"kind": "delete"}, {"origin": "x"}, {"key": "x"})):
        other = replace(ENTRY, urn=f"urn:{number}")
        journal.begin(other)
        file = journal._folder / other.file_name
        file.write_text(json.dumps({**json.loads(file.read_text("utf-8")), **odd}), "utf-8")
    assert journal.begun_elsewhere(other) is None


def test_write_begun_ten_minutes_ago_no_longer_stops_others(journal: Journal) -> None:
    journal.begin(ENTRY)
    other = replace(ENTRY, urn="urn:other")
    aged(journal, SHOWN_AFTER - 30)
    assert journal.begun_elsewhere(other) == ENTRY
    aged(journal, SHOWN_AFTER + 30)
    assert journal.begun_elsewhere(other) is None


def test_an_entry_counts_up_to_the_very_end(
    journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal.begin(ENTRY)
    for end in (SHOWN_AFTER, LASTS):
        monkeypatch.setattr("pulumi_smssign.core.journal.seconds_since", lambda _, end=end: end)
        assert journal.find(ENTRY) == ENTRY
        other = journal.begun_elsewhere(replace(ENTRY, urn="urn:other"))
        assert (other is not None) is (end == SHOWN_AFTER)


def test_of_several_writes_of_the_same_one_that_counts_is_seen(journal: Journal) -> None:
    """Also behind one's own, one that is old, and one that can't be read."""
    entries = [replace(ENTRY, urn=f"urn:{number}") for number in range(8)]
    for entry in entries:
        journal.begin(entry)
    first, *_ = files(journal)
    first.write_text("{", "utf-8")
    other = journal.begun_elsewhere(entries[3])
    assert other in entries
    assert other is not None
    assert other.urn != entries[3].urn


# --- tokens and names


def test_a_token_is_the_same_for_each_try_of_one_content_and_of_no_other() -> None:
    again = replace(ENTRY, state="answered", id="7", at="2026-11-22T10:00:00Z")
    assert ENTRY.token == again.token
    assert re.fullmatch("[0-9a-f]{32}", ENTRY.token)
    others = [
        replace(ENTRY, kind="resubmit"),
        replace(ENTRY, urn="urn:other"),
        replace(ENTRY, origin="account-other"),
        replace(ENTRY, key="key-2"),
        replace(ENTRY, fields={"sign_name": "d-2"}),
        replace(ENTRY, fields={}),
    ]
    assert len({entry.token for entry in (ENTRY, *others)}) == 7


def test_a_files_name_begins_with_what_is_written_and_ends_with_who_writes_it() -> None:
    write, writer = ENTRY.file_name.removesuffix(".json").split("-")
    assert (len(write), len(writer)) == (16, 16)
    other = replace(ENTRY, urn="urn:other").file_name
    assert other.startswith(f"{write}-")
    assert other != ENTRY.file_name
    assert write == digest(["submit", "account-1f2e", "key-1"], length=16)


def test_a_bug_of_ours_before_the_write_leaves_nothing_behind(journal: Journal) -> None:
    with pytest.raises(BugError), journal.writing(ENTRY):
        raise BugError("unchecked inputs reached the vendor")
    assert files(journal) == []


# --- entries of what is done to a signature that is there


def ref(id_: str, text: str) -> SignatureRef:
    return SignatureRef("tencent", "account-1f2e", id_, Handle(id_, text))


def test_an_entry_of_a_deletion_is_of_one_signature() -> None:
    entry = Entry.of_deletion("urn:brand", ref("7", "极客"))
    assert (entry.kind, entry.urn, entry.origin, entry.id) == (
        "delete",
        "urn:brand",
        "account-1f2e",
        "7",
    )
    assert entry.key == digest(["tencent", "7"])
    assert entry.fields == {}


def test_an_entry_of_a_change_has_the_fields_that_were_sent() -> None:
    sent = {"remark": "d-1"}
    entry = Entry.of_resubmission("urn:brand", ref("7", "极客"), sent)
    deletion = Entry.of_deletion("urn:brand", ref("7", "极客"))
    assert entry == replace(deletion, kind="resubmit", fields=sent)


def test_the_journal_has_no_text_where_that_is_the_id() -> None:
    assert id_in_journal(ref("极客", "极客")) == ""
    assert id_in_journal(ref("7", "极客")) == "7"
    assert Entry.of_deletion("urn:brand", ref("极客", "极客")).id == ""
    renamed = replace(ref("极客", "极客云"), identity="极客云")
    assert id_in_journal(renamed) == ""


# --- may have


def test_a_resource_may_have_an_entry_only_where_one_was_there_or_was_begun(tmp_path: Path) -> None:
    Journal(tmp_path).begin(ENTRY)
    journal = Journal(tmp_path)
    assert journal.may_have(ENTRY.urn)
    assert not journal.may_have("urn:another")
    journal.begin(replace(ENTRY, urn="urn:another"))
    assert journal.may_have("urn:another")


def test_an_empty_journal_is_looked_into_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = Journal(tmp_path)
    assert not journal.may_have(ENTRY.urn)
    monkeypatch.setattr(storage, "files", lambda _: pytest.fail("looked again"))
    assert not journal.may_have(ENTRY.urn)


@pytest.mark.parametrize(("days", "counts"), [(13.999, True), (14.001, False)])
def test_an_entry_counts_for_a_fortnight(journal: Journal, days: float, counts: bool) -> None:
    journal.begin(ENTRY)
    aged(journal, days * 86400)
    assert (journal.find(ENTRY) == ENTRY) is counts


def test_entries_can_be_told_apart_in_a_set() -> None:
    assert len({ENTRY, replace(ENTRY, at="2026-11-22T10:00:00Z"), replace(ENTRY, id="7")}) == 2
