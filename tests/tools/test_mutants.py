"""The sample of mutants: what is drawn, and that its tests exist."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tools import mutants

SOURCE = '''
"""A docstring with 1 number."""
from typing import TYPE_CHECKING
if TYPE_CHECKING:
    import httpx
LONGEST = 5
TABLE = {"a": "x", "b": "some words"}

def decide(a: int, *, b: bool = True) -> int | None:
    """Another."""
    if a < 3 and not b:
        raise ValueError("no", code=4)
    print(f"{a + 1}")
    if b:
        return call(a, name="n", limit=a)
    return None
'''


@pytest.fixture
def lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The changes of the source above, each on its line."""
    folder = tmp_path / mutants.PACKAGE
    folder.mkdir()
    folder.joinpath("sample.py").write_text(SOURCE, "utf-8")
    monkeypatch.setattr(mutants, "CHECKOUT", tmp_path)
    drawn = list(mutants.mutants("sample.py"))
    for mutant in drawn:
        ast.parse(mutant.source)
        assert mutant.source != SOURCE.encode()
    return [mutant.line.removeprefix("sample.py:") for mutant in drawn]


def test_changes_are_made_where_code_decides_and_nowhere_else(lines: list[str]) -> None:
    assert sorted(lines) == sorted(
        [
            "7 entry dropped, 'a'",
            "7 entry dropped, 'b'",
            "7 value: \"x\" -> 'xX'",
            "11 not added: a < 3 and not b -> not (a < 3 and (not b))",
            "11 and, or: a < 3 and not b -> a < 3 or not b",
            "11 comparison: a < 3 -> a >= 3",
            "11 number: 3 -> 4",
            "11 number: 3 -> 2",
            "11 not dropped: not b -> b",
            "14 not added: b -> not (b)",
            '15 return: call(a, name="n", limit=a) -> None',
            "15 keyword dropped, limit",
        ]
    )


def test_tests_of_every_room_exist_and_start_no_engine() -> None:
    for runs in mutants.TESTS.values():
        for path in (path.removeprefix("--ignore=") for run in runs for path in run.split()):
            assert (mutants.CHECKOUT / path).exists(), path
            assert not path.startswith(("tests/engine", "tests/chaos", "tests/examples"))


def test_tests_with_the_modules_name_come_first() -> None:
    assert mutants.runs_of("core/journal.py")[0] == [
        "tests/cli/test_journal.py",
        "tests/unit/test_journal.py",
    ]
    assert mutants.runs_of("sandbox/huawei/iam.py")[0] == ["tests/sandbox/huawei/test_iam.py"]


def test_tests_of_a_changes_own_lines_come_before_all_others() -> None:
    code, output, runners = mutants.observe(["tests/unit/test_durations.py"])
    assert code == 0, output
    module = "model/durations.py"
    places = [place for place in runners if place[0] == module and runners[place]]
    every = [*mutants.mutants(module)]
    drawn = next(each for each in every if each.lines and (module, each.lines[0]) in places)
    ((first, *_others),) = mutants.nearest(drawn, runners)
    assert first.startswith("tests/unit/test_durations.py::test_")
    assert mutants.nearest(drawn, {}) == []
    table = next(each for each in every if not each.lines)
    assert mutants.nearest(table, runners) == []


def test_folder_in_another_one_is_run_once() -> None:
    runs = [[["tests/unit", "tests/golden"], ["tests/unit/huawei"]], [["tests/a", "--ignore=b"]]]
    assert mutants.folders_of(runs) == [
        ["tests/a", "--ignore=b"],
        ["tests/golden", "--ignore=b"],
        ["tests/unit", "--ignore=b"],
    ]


def test_seed_draws_the_same_again(capsys: pytest.CaptureFixture[str]) -> None:
    draws = []
    for seed in ("1", "1", "2"):
        options = ["--list", "--number", "5", "--seed", seed, "--under", "model/"]
        assert mutants.main(options) == 0
        draws.append(capsys.readouterr().out)
    assert draws[0] == draws[1]
    assert draws[0].splitlines()[1:] != draws[2].splitlines()[1:]


@pytest.mark.parametrize(("codes", "status"), [([1, 2], 0), ([1, 4], 0), ([1, 0], 1), ([1, 5], 1)])
def test_share_decides_the_exit_code(
    codes: list[int],
    status: int,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A run without a test is no kill."""
    answers = iter(codes)
    monkeypatch.setattr(mutants, "observe", lambda _: (0, "", {}))
    monkeypatch.setattr(mutants, "run_tests", lambda *_: (next(answers), ""))
    assert mutants.main(["--number", "2", "--jobs", "1", "--under", "model/fate"]) == status
    assert f"{2 - status} of 2 killed" in capsys.readouterr().out


def test_tests_that_fail_without_a_change_are_said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(mutants, "observe", lambda _: (1, "FAILED tests/unit/test_fate.py", {}))
    assert mutants.main(["--number", "2", "--under", "model/fate"]) == 2
    assert "FAILED tests/unit/test_fate.py" in capsys.readouterr().out
