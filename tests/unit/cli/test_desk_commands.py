"""The reviewer's desk by command: the questions, the lines and the rows that it prints."""

from __future__ import annotations

import importlib
from typing import Any

import click
import pytest
from click.testing import CliRunner

from pulumi_smssign.address import SANDBOX_PORT
from pulumi_smssign.cli import main, reviewer, running_sandbox
from pulumi_smssign.cli.running_sandbox import RunningSandbox
from pulumi_smssign.sandbox.server import running
from tests.cli.stranger import FAULT

sandbox = importlib.import_module("pulumi_smssign.cli.sandbox")  # the group bears its name


def application(number: int, **changes: str) -> dict[str, str]:
    return {
        "vendor": "tencent",
        "account": "default",
        "id": str(number),
        "text": "云杉",
        "status": "pending",
        "vendor_status": "1",
        "reason": "",
        **changes,
    }


@pytest.mark.parametrize(
    ("number", "end"), [(1, "?"), (5, "?"), (6, " and 1 more?"), (8, " and 3 more?")]
)
def test_question_names_five_and_counts_the_rest(number: int, end: str) -> None:
    named = ", ".join(f"tencent {each} 【云杉】" for each in range(min(number, 5)))
    question = reviewer._question([application(each) for each in range(number)])
    assert question == f"Reject {number} in review: {named}{end}"


@pytest.mark.parametrize(
    ("changes", "row"),
    [
        ({}, ("1", "error", "*", "*", "1", "")),
        ({"times": None}, ("1", "error", "*", "*", "all", "")),
        ({"probability": 0.5}, ("1", "error", "*", "*", "1 at 0.5", "")),
        ({"skip": 2}, ("1", "error", "*", "*", "after 2: 1", "")),
        (
            {"times": None, "skip": 1, "probability": 0},
            ("1", "error", "*", "*", "after 1: all at 0", ""),
        ),
        (
            {"vendor": "huawei", "action": "Add", "code": "极", "body": "", "n": 7, "key": None},
            ("7", "error", "huawei", "Add", "1", 'code="极"'),
        ),
        ({"seconds": 0, "x": [1]}, ("1", "error", "*", "*", "1", "seconds=0 x=[1]")),
    ],
)
def test_fault_is_a_row(changes: dict[str, Any], row: tuple[str, ...]) -> None:
    assert reviewer._row_of_fault({**FAULT, **changes}) == row


@pytest.mark.parametrize(
    ("text", "setting"),
    [
        ("seconds=5", ("seconds", 5)),
        ("code=Limit=x", ("code", "Limit=x")),
        ("code=", ("code", "")),
        ("body={}", ("body", {})),
    ],
)
def test_setting_is_json_or_a_text(text: str, setting: tuple[str, object]) -> None:
    assert reviewer._setting(text) == setting


@pytest.mark.parametrize("text", ["code", "=x", "", "="])
def test_setting_has_a_name_and_a_value(text: str) -> None:
    with pytest.raises(click.UsageError) as raised:
        reviewer._setting(text)
    assert raised.value.message == f"--set takes NAME=VALUE, not {text!r}."


def test_verdicts_are_lines_with_their_reasons(capsys: pytest.CaptureFixture[str]) -> None:
    reviewer._print_verdicts(
        [application(1, status="approved"), application(2, status="rejected", reason="太短")]
    )
    reviewer._print_verdicts([])
    assert capsys.readouterr().out.splitlines() == [
        "tencent 1 【云杉】 is approved",
        "tencent 2 【云杉】 is rejected: 太短",
        "No such application is in review.",
    ]


@pytest.mark.parametrize(
    ("arguments", "is_taken"),
    [
        (["sandbox", "list", "--port", "0"], False),
        (["sandbox", "list", "--port", "65536"], False),
        (["sandbox", "list", "--port", "65535"], True),
        (["sandbox", "list", "--port", "1"], True),
        (["sandbox", "--port", "-1"], False),
        (["sandbox", "--port", "65536"], False),
        (["sandbox", "--port", "65535", "list", "--port", "1"], True),
        (["sandbox", "faults", "add", "hang", "--times", "0"], False),
        (["sandbox", "faults", "add", "hang", "--skip", "-1"], False),
        (["sandbox", "faults", "add", "hang", "--probability", "x"], False),
        (["sandbox", "faults", "clear", "x"], False),
        (["sandbox", "--seed", "x"], False),
        (["sandbox", "--state", "."], False),
        (["sandbox", "approve", "--all", "--port", "1"], True),
        (["sandbox", "reject", "1", "--port", "1"], False),
    ],
    ids=lambda each: " ".join(each) if isinstance(each, list) else "",
)
def test_numbers_of_the_command_line_have_their_limits(
    arguments: list[str], *, is_taken: bool
) -> None:
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == (1 if is_taken else 2)
    assert ("no sandbox listens on port" in result.output) is is_taken


def test_fault_without_options_is_for_the_next_call_of_anybody(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with running() as served:
        monkeypatch.setenv("SMSSIGN_SANDBOX_TOKEN", served.token)
        port = served.url.rpartition(":")[2]
        for options in ([], ["--times", "1", "--skip", "0"], ["--always", "--times", "3"]):
            result = CliRunner().invoke(
                main, ["sandbox", "faults", "add", "hang", *options, "--port", port]
            )
            assert result.exit_code == 0, result.output
        added = [{key: each[key] for key in FAULT} for each in served.sandbox.faults.list()]
    hang = {**FAULT, "kind": "hang"}
    first, second, always = ({**each, "n": 1} for each in added)
    assert (first, second, always) == (hang, hang, {**hang, "times": None})


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ({"error": "no"}, "no"),
        ({"error": {"code": 1}}, "{'code': 1}"),
        ({"error": "no", "message": "no fault with the number {n} waits", "facts": {"n": 7}}, "no"),
    ],
)
def test_refusal_is_in_the_words_of_the_desk(answer: dict[str, Any], words: str) -> None:
    assert running_sandbox._refusal(answer) == words


def test_refusal_is_said_in_the_language_with_what_it_is_about(chinese: None) -> None:
    answer = {"error": "no", "message": "no fault with the number {n} waits"}
    assert "7" in running_sandbox._refusal({**answer, "facts": {"n": 7}})
    assert running_sandbox._refusal({**answer, "facts": {}}).replace("7", "") != "no"
    assert running_sandbox._refusal(answer) == "no"


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("starlette.routing", click.ClickException),
        ("uvicorn", click.ClickException),
        ("anyio", click.ClickException),
        ("starlettes", ModuleNotFoundError),
        ("another.uvicorn", ModuleNotFoundError),
        (None, ModuleNotFoundError),
    ],
)
def test_missing_module_of_ours_is_a_bug_and_one_of_the_extra_is_not(
    name: str | None, error: type[Exception]
) -> None:
    with pytest.raises(error), sandbox._extra_needed():
        raise ModuleNotFoundError("missing", name=name)


@pytest.mark.parametrize(("port", "option"), [(SANDBOX_PORT, ""), (9, " --port 9")])
def test_command_that_is_named_has_the_port_where_it_is_another(port: int, option: str) -> None:
    client = RunningSandbox(port)
    with pytest.raises(click.ClickException) as raised:
        client._called("x", [], None, all_=False)
    assert raised.value.message == (
        f"the desk has no signature x; `smssign sandbox list{option}` lists its signatures"
    )


def test_name_is_an_id_before_it_is_a_text() -> None:
    client = RunningSandbox(9)
    one, other = application(1, text="2"), application(2, text="x")
    assert client._called("2", [one, other], None, all_=False) == [other]
    assert client._called("2", [one, other], None, all_=True) == [one, other]
    with pytest.raises(click.ClickException) as raised:
        client._called("云杉", [application(1), application(2)], "tencent", all_=False)
    assert raised.value.message == (
        "2 signatures are called 云杉 (tencent 1, tencent 2): say which by its id, or take those "
        "in review with --all"
    )
