"""`smssign journal`: the list of writes in flight, and how it clears them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import get_args

import pytest
from click.testing import CliRunner, Result

from pulumi_smssign.cli import main
from pulumi_smssign.cli.inventory.writes import MEANINGS
from pulumi_smssign.core import storage
from pulumi_smssign.core.journal import Entry, Journal, Kind

URN = "urn:pulumi:dev::shop::pulumi-python:dynamic/tencentSms:TencentSms::brand"
IN_A_COMPONENT = (
    "urn:pulumi:dev::shop::smssign:index:Brand$pulumi-python:dynamic/ucloudSms:UcloudSms::a::b"
)
SUBMIT = Entry("submit", URN, "account-3f2a0d1c", "key", {"sign_name": "digest"})
DELETE = Entry("delete", IN_A_COMPONENT, "sandbox-default", "730001")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PULUMI_HOME", str(tmp_path))
    return tmp_path


def folder() -> Path:
    return storage.home() / "journal"


@pytest.fixture
def two(home: Path) -> Journal:
    """A submission that was answered when the engine was gone, and a deletion that began later."""
    journal = Journal(folder(), lambda: False)
    with journal.writing(SUBMIT) as answer:
        answer.id = "730001"
    journal.begin(DELETE)
    return journal


def smssign(*arguments: str, answer: str = "") -> Result:
    return CliRunner().invoke(main, ["journal", *arguments], input=answer)


@pytest.mark.parametrize("arguments", [("list",), ("clear", "--all")])
def test_empty_journal_is_one_line(home: Path, arguments: tuple[str, ...]) -> None:
    result = smssign(*arguments)
    assert (result.exit_code, result.output) == (
        0,
        "The journal is empty: no write is in flight.\n",
    )
    assert not folder().exists()


def test_entry_is_a_line_with_its_state_its_account_and_its_urn(two: Journal) -> None:
    result = smssign("list")
    assert result.exit_code == 0
    submit, delete = result.output.splitlines()[1:3]
    when = re.compile(r"\s+\d+s ago\s+")
    assert [part.split() for part in when.split(submit)] == [
        ["1", "submit", "answered", "730001"],
        ["tencent", "account", "3f2a0d1c", URN],
    ]
    assert [part.split() for part in when.split(delete)] == [
        ["2", "delete", "begun"],
        ["ucloud", "sandbox", "default", IN_A_COMPONENT],
    ]


def test_meaning_and_next_step_are_printed_once_for_each_kind(
    two: Journal,
) -> None:
    two.begin(Entry("delete", URN, "sandbox-default", "another"))
    lines = smssign("list").output.splitlines()
    meanings = lines[lines.index("") + 1 :]
    assert [line.partition(":")[0] for line in meanings if not line.startswith(" ")] == [
        "submit, answered",
        "delete, begun",
    ]
    assert f"  The next `pulumi up` {MEANINGS['submit'].next}." in meanings


def test_json_has_the_folder_and_every_field_of_an_entry(two: Journal) -> None:
    document = json.loads(smssign("list", "--json").output)
    submit, delete = document["entries"]
    at = submit.pop("at")
    assert at == two.entries()[0].at
    assert document["folder"] == str(folder())
    assert submit == {
        "number": 1,
        "kind": "submit",
        "state": "answered",
        "id": "730001",
        "urn": URN,
        "name": "brand",
        "vendor": "tencent",
        "side": "account",
        "account": "3f2a0d1c",
        "meaning": "the vendor has it; Pulumi's state may lack it",
        "next": MEANINGS["submit"].next,
    }
    assert (delete["name"], delete["vendor"], delete["id"]) == ("a::b", "ucloud", "")


def test_json_of_an_empty_journal_is_an_object_too(home: Path) -> None:
    document = json.loads(smssign("list", "--json").output)
    assert document == {"folder": str(folder()), "entries": []}


def test_every_kind_of_entry_has_a_meaning() -> None:
    assert set(MEANINGS) == set(get_args(Kind))


def test_clear_prints_the_consequence_asks_and_removes_that_entry_alone(two: Journal) -> None:
    result = smssign("clear", "1", answer="y\n")
    assert result.exit_code == 0
    assert MEANINGS["submit"].cleared in result.output
    assert "Clear 1 entry? [y/N]" in result.output
    assert result.output.endswith("1 entry cleared; nothing at a vendor has changed.\n")
    assert two.entries() == (DELETE,)


@pytest.mark.parametrize(
    ("answer", "end"), [("n\n", "Nothing was cleared.\n"), ("", "Cancelled.\n")]
)
def test_clear_without_a_yes_clears_nothing_and_ends_with_2(
    two: Journal, answer: str, end: str
) -> None:
    result = smssign("clear", "--all", answer=answer)
    assert result.exit_code == 2
    assert result.output.endswith(end)
    assert len(two.entries()) == 2


@pytest.mark.parametrize("arguments", [("1", "2"), ("--all",), ("2", "1", "2")])
def test_clear_with_yes_does_not_ask(two: Journal, arguments: tuple[str, ...]) -> None:
    result = smssign("clear", *arguments, "--yes")
    assert (result.exit_code, two.entries()) == (0, ())
    assert "?" not in result.output
    assert result.output.endswith("2 entries cleared; nothing at a vendor has changed.\n")


def test_clear_of_an_unknown_number_clears_none_of_them(two: Journal) -> None:
    result = smssign("clear", "1", "7", "--yes")
    assert result.exit_code == 1
    assert result.output.startswith("Error: the journal has no entry 7\n")
    assert len(two.entries()) == 2


@pytest.mark.parametrize("arguments", [(), ("1", "--all"), ("0",), ("x",)])
def test_clear_needs_either_numbers_or_all(two: Journal, arguments: tuple[str, ...]) -> None:
    assert smssign("clear", *arguments, "--yes").exit_code == 2
    assert len(two.entries()) == 2


def test_entry_that_can_not_be_removed_is_an_error(
    two: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(storage, "remove", lambda _: None)
    result = smssign("clear", "1", "--yes")
    assert result.exit_code == 1
    assert f"Error: an entry of the journal {folder()} can't be removed" in result.output


def test_journal_that_can_not_be_read_is_an_error_and_not_empty(home: Path) -> None:
    folder().parent.mkdir()
    folder().write_text("a file", "utf-8")
    result = smssign("list")
    assert result.exit_code == 1
    assert f"Error: the journal {folder()} can't be read (Not a directory)" in result.output


def test_name_with_escapes_steers_no_terminal(home: Path) -> None:
    Journal(folder()).begin(Entry("submit", f"{URN}\x1b[31m\nforged", "sandbox-a\x1b[0m", "key"))
    for arguments in (("list",), ("list", "--json")):
        assert "\x1b" not in smssign(*arguments).output
    (line,) = (line for line in smssign("list").output.splitlines() if "forged" in line)
    assert line.startswith("1  submit")


@pytest.mark.parametrize("name", ["list", "clear"])
def test_help_of_its_commands_has_examples_and_exit_codes(name: str) -> None:
    result = smssign(name, "--help")
    assert result.exit_code == 0
    assert f"  smssign journal {name}" in result.output
    assert "Exit codes:\n    0  " in result.output
    assert "    2  cancelled" in result.output
    assert max(map(len, result.output.splitlines())) <= 102


def test_help_of_the_group_says_when_an_entry_is_left_behind() -> None:
    output = smssign("--help").output
    assert "left behind by a run that was killed" in " ".join(output.split())
    assert "  smssign journal list\n" in output
