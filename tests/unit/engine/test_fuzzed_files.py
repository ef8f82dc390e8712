"""Files beside Pulumi's own may hold anything: what can't be read is as if it had never been."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pulumi_smssign.core.journal import Entry, Journal

BOUNDED = settings(
    max_examples=int(os.environ.get("FUZZ_EXAMPLES", "50")), deadline=None, derandomize=True
)
ENTRY = Entry("submit", "urn:brand", "account-1f2e", "key-1", {"sign_name": "d-1"})

_LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.just(ENTRY.urn)
VALUES = st.recursive(
    _LEAVES,
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(st.text(), inside, max_size=3),
    max_leaves=8,
)


def nearly(names: Mapping[str, object]) -> st.SearchStrategy[Mapping[str, object]]:
    """Objects that are nearly right: each value as it should be, or anything."""
    return st.fixed_dictionaries({}, optional={k: st.just(v) | VALUES for k, v in names.items()})


def contents(likely: st.SearchStrategy[object]) -> st.SearchStrategy[bytes]:
    """Contents of a file: bytes, any JSON, and objects that are nearly right."""
    odd = (b"", b"[" * 100_000, b"9" * 5_000, b'"\\ud800"', b"\xff\xfe{", b'{"at":1e999}', b"\0")
    written = (likely | VALUES).map(lambda value: json.dumps(value).encode())
    return st.binary() | st.sampled_from(odd) | written


@pytest.fixture(scope="module")
def journal(tmp_path_factory: pytest.TempPathFactory) -> Journal:
    return Journal(tmp_path_factory.mktemp("journal"))


WRITTEN = {
    "kind": "submit", "urn": "urn:brand", "origin": "account-1f2e", "key": "key-1", "id": "7",
    "state": "answered", "fields": {"sign_name": "d-1"}, "at": "2099-01-01T00:00:00Z",
}  # fmt: skip


@BOUNDED
@given(content=contents(nearly(WRITTEN)))
def test_an_entry_is_read_or_passed_over(journal: Journal, content: bytes) -> None:
    (journal._folder / ENTRY.file_name).write_bytes(content)
    entry = journal.find(Entry("submit", "urn:brand", "account-1f2e", "key-1"))
    if entry is not None:
        texts = (entry.id, entry.at, *entry.fields, *entry.fields.values())
        assert all(isinstance(text, str) for text in texts)
        assert (entry.urn, entry.key, entry.state in ("begun", "answered")) == (
            "urn:brand",
            "key-1",
            True,
        )
    for entry in journal.entries():
        assert isinstance(entry.token, str)
    journal.begun_elsewhere(Entry("submit", "urn:other", "account-1f2e", "key-1"))
    journal.tidy()
    assert len(list(journal._folder.iterdir())) == len(journal.entries())
    journal.clear(ENTRY)
    assert list(journal._folder.iterdir()) == []


@BOUNDED
@given(name=st.text(st.characters(exclude_characters="/\0", codec="utf-8"), max_size=40))
def test_whatever_a_file_is_called_it_is_tidied_away(journal: Journal, name: str) -> None:
    file = Path(f"{journal._folder}/x{name}")
    file.write_bytes(b"{")
    assert journal.entries() == ()
    journal.tidy()
    assert not file.exists()
