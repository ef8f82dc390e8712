"""Files beside Pulumi's own may hold anything: what can't be read is as if it had never been."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pulumi_smssign.engine import declared, runs
from pulumi_smssign.engine.announcements import Announcements
from pulumi_smssign.engine.marks import Mark, Marks
from pulumi_smssign.model.errors import SmsSignError
from pulumi_smssign.model.decide import Replace
from pulumi_smssign.model.review import Review
from pulumi_smssign.model.vocabulary import Status

BOUNDED = settings(
    max_examples=int(os.environ.get("FUZZ_EXAMPLES", "150")), deadline=None, derandomize=True
)
URN, ENGINE = "urn:brand", "127.0.0.1:45678"
MARK = Mark(URN, "account-1f2e", "key-1", {"sign_name": "d-1"})
FIELDS = {"licence": {"path": "a.png", "sha256": "0" * 64}}
APPROVED = Review("7", "云杉示例", Status.APPROVED, "0")
LOSS = Replace(delete_first=True, loses=True)

_LEAVES = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.just(URN) | st.just("")
)
VALUES = st.recursive(
    _LEAVES,
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(st.text(), inside, max_size=3),
    max_leaves=8,
)


def objects(*names: str) -> st.SearchStrategy[Mapping[str, object]]:
    """Objects that have some of these names, and anything under each."""
    return st.fixed_dictionaries({}, optional=dict.fromkeys(names, VALUES))


def contents(likely: st.SearchStrategy[object]) -> st.SearchStrategy[bytes]:
    """What a file may hold: bytes, any JSON, and what is nearly right."""
    odd = (b"", b"[" * 100_000, b"9" * 5_000, b'"\\ud800"', b"\xff\xfe{", b'{"at":1e999}', b"\0")
    written = (likely | VALUES).map(lambda value: json.dumps(value).encode())
    return st.binary() | st.sampled_from(odd) | written


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("files")


@pytest.fixture(scope="module")
def home(folder: Path) -> Iterator[Path]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PULUMI_HOME", str(folder / "home"))
        yield folder / "home"


@BOUNDED
@given(content=contents(objects("urn", "origin", "what", "fields", "at")))
def test_a_mark_is_read_or_passed_over(folder: Path, content: bytes) -> None:
    Marks(folder / "marks").keep(MARK)
    (file,) = (folder / "marks").iterdir()
    file.write_bytes(content)
    found = Marks(folder / "marks").find(MARK.urn, MARK.origin, MARK.what)
    assert found is None or all(isinstance(one, str) for one in found.fields.values())
    Marks(folder / "marks").clear(MARK.urn, MARK.origin, MARK.what)
    assert list((folder / "marks").iterdir()) == []


@BOUNDED
@given(
    content=contents(
        st.fixed_dictionaries(
            {},
            optional={
                "decision": objects("kind", "id", "vendor_status") | VALUES,
                "files": objects("licence") | VALUES,
            },
        )
    )
)
def test_a_note_never_lets_go_what_it_does_not_say(folder: Path, content: bytes) -> None:
    notes = Announcements(folder / "notes")
    notes.announce(URN, LOSS, APPROVED)
    (file,) = (folder / "notes").iterdir()
    file.write_bytes(content)
    with pytest.raises(SmsSignError, match="nothing was changed"):
        notes.hold_to_loss(URN, LOSS, APPROVED)
    with suppress(SmsSignError):
        notes.hold_to(URN, LOSS, APPROVED)
    with suppress(SmsSignError):
        notes.hold_to_files(URN, FIELDS)


@BOUNDED
@given(
    content=contents(
        st.fixed_dictionaries(
            {"signatures": st.lists(objects("name", "vendor", "account", "key", "adopt"))}
        )
    )
)
def test_a_list_of_what_is_declared_is_read_as_far_as_it_goes(home: Path, content: bytes) -> None:
    file = runs.declared_by(ENGINE)
    assert file.is_relative_to(home)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
    for one in declared.of_this_run(ENGINE):
        assert all(isinstance(value, str) for value in vars(one).values())


@BOUNDED
@given(
    name=st.text(st.characters(exclude_characters="/\0", codec="utf-8"), min_size=1, max_size=40)
)
def test_whatever_a_folder_of_a_run_is_called_it_is_tidied_away(home: Path, name: str) -> None:
    if name in (".", ".."):
        return
    folder = home / "smssign" / "runs" / name
    folder.mkdir(parents=True)
    runs.tidy()
    assert not folder.exists()
