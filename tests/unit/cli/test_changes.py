"""Changes since an earlier look, and the file between the two."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pulumi_smssign.cli.inventory import changes
from pulumi_smssign.model.errors import InputError
from pulumi_smssign.model.vocabulary import Status
from tests.unit.cli.one_account import standing


def test_first_look_changes_everything_and_the_same_again_nothing(tmp_path: Path) -> None:
    file = tmp_path / "last.json"
    approved = standing()
    assert changes.compare(changes.read(file), [approved]).changed == (approved,)
    changes.write(file, changes.Earlier(), [approved])
    assert file.stat().st_mode & 0o777 == 0o600
    assert "极客科技" not in file.read_text("utf-8")
    assert changes.compare(changes.read(file), [approved]).is_empty
    assert list(tmp_path.iterdir()) == [file]


def test_change_has_the_earlier_status_and_a_removed_signature_is_named(tmp_path: Path) -> None:
    file = tmp_path / "last.json"
    changes.write(file, changes.Earlier(), [standing(Status.PENDING)])
    news = changes.compare(changes.read(file), [standing(Status.REJECTED, reason="no")])
    assert [each.status for each in news.changed] == ["REJECTED"]
    assert list(news.earlier_statuses.values()) == ["PENDING"]
    (removed,) = changes.compare(changes.read(file), []).removed
    assert (removed.name, removed.status) == ("brand", "PENDING")


def test_predecessor_that_has_left_is_not_taken_for_its_resource(tmp_path: Path) -> None:
    file = tmp_path / "last.json"
    own = standing()
    old = replace(own, signature=replace(own.signature, role="predecessor"))
    changes.write(file, changes.Earlier(), [old])
    (removed,) = changes.compare(changes.read(file), []).removed
    assert removed.name == "brand (predecessor)"


def test_signature_that_could_not_be_asked_for_stays_in_the_file_as_it_was(tmp_path: Path) -> None:
    file = tmp_path / "last.json"
    pending = standing(Status.PENDING)
    changes.write(file, changes.Earlier(), [pending])
    broken = replace(pending, verdict=None, trouble="no answer")
    news = changes.compare(changes.read(file), [broken])
    assert news.changed == (broken,)
    changes.write(file, changes.read(file), [broken])
    assert changes.compare(changes.read(file), [pending]).is_empty


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"version": 2}', "\x00"])
def test_file_of_something_else_is_named_and_not_touched(tmp_path: Path, content: str) -> None:
    file = tmp_path / "last.json"
    file.write_text(content, "utf-8")
    with pytest.raises(InputError, match="`smssign status --changed` did not write the file"):
        changes.read(file)
    assert file.read_text("utf-8") == content


def test_file_that_can_not_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "no").write_text("a file", "utf-8")
    with pytest.raises(InputError, match="can't be written"):
        changes.write(tmp_path / "no" / "last.json", changes.Earlier(), [])


def test_deliveries_to_robots_are_in_the_file_and_a_run_without_robots_leaves_them(
    tmp_path: Path,
) -> None:
    file = tmp_path / "last.json"
    delivered = {"a robot": changes.snapshots_after({}, [standing(Status.PENDING)])}
    changes.write(file, changes.Earlier(), [standing()], delivered)
    earlier = changes.read(file)
    assert earlier.delivered == delivered
    assert changes.write(file, earlier, [standing()]).delivered == delivered
    assert changes.read(file).delivered == delivered


def test_file_of_a_version_without_robots_is_read(tmp_path: Path) -> None:
    file = tmp_path / "last.json"
    changes.write(file, changes.Earlier(), [standing()])
    assert "delivered" not in file.read_text("utf-8")
    assert changes.read(file).delivered == {}


@pytest.mark.parametrize("robots", ["[]", "1", '{"a": []}', '{"a": {"b": 1}}'])
def test_file_whose_robots_are_something_else_is_named(tmp_path: Path, robots: str) -> None:
    file = tmp_path / "last.json"
    content = f'{{"version": 1, "at": "", "signatures": {{}}, "delivered": {robots}}}'
    file.write_text(content, "utf-8")
    with pytest.raises(InputError, match="did not write the file"):
        changes.read(file)
    assert file.read_text("utf-8") == content
