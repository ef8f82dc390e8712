"""`smssign find` and `audit` about one account: rows, documents, words and codes."""

from __future__ import annotations

import importlib
from dataclasses import replace
from pathlib import Path

import click
import pytest

from pulumi_smssign.cli.display import counted, plain_table, width, wrapped
from pulumi_smssign.cli.inventory.look import Survey, survey
from pulumi_smssign.cli.inventory.signatures import StackSignature
from pulumi_smssign.model.errors import InputError
from pulumi_smssign.model.filing import Filing, FilingState, Qualification
from pulumi_smssign.model.review import Handle
from pulumi_smssign.model.vocabulary import Status
from tests.unit.cli.one_account import ACCOUNT, OneAccount, api, recorded, resource
from tests.unit.cli.test_next_step import standing
from tests.unit.cli.test_standing import of

find = importlib.import_module("pulumi_smssign.cli.find")  # the command bears its name
MANAGED = of(
    standing(
        Status.REJECTED,
        FilingState.FAILED,
        vendor_status="2",
        reason="no",
        qualification=Qualification("7", "papers"),
    ),
    policy="delete",
    shared=True,
)
UNMANAGED = replace(
    standing(Status.APPROVED),
    signature=StackSignature.unmanaged("huawei", "shop", Handle("9", "x")),
)


def test_row_has_the_signature_its_papers_and_its_resource() -> None:
    assert find._row(MANAGED) == (
        *("huawei", "极客科技", "1", "REJECTED", "failed"),
        *("7", "brand"),
    )
    assert find._row(UNMANAGED) == (
        *("huawei (shop)", "极客科技", "9", "APPROVED", "unknown"),
        *("7", ""),
    )


def test_document_has_what_status_says_and_the_findings() -> None:
    assert find._document(MANAGED) == {
        "vendor": "huawei",
        "account": "default",
        "id": "1",
        "text": "极客科技",
        "status": "REJECTED",
        "vendor_status": "2",
        "reason": "no",
        "filing": "failed",
        "qualification": "7",
        "resource": "brand",
        "managed": True,
        "findings": ["rejected: no", "filing failed"],
        "deletion_policy": "delete",
        "shared": True,
    }
    other = find._document(UNMANAGED)
    assert (other["resource"], other["managed"], other["deletion_policy"], other["shared"]) == (
        *("", False),
        *("", False),
    )


@pytest.mark.parametrize(
    ("standings", "asked", "words"),
    [
        ([], 0, "0 signatures in 0 accounts."),
        ([MANAGED], 1, "1 signature in 1 account."),
        ([MANAGED, MANAGED], 2, "2 signatures in 2 accounts."),
        (
            [MANAGED, UNMANAGED],
            1,
            "2 signatures in 1 account, 1 not managed by this stack.",
        ),
    ],
)
def test_summary_counts_signatures_and_accounts(
    standings: list[object], asked: int, words: str
) -> None:
    survey = Survey(tuple(standings), {}, {}, (ACCOUNT,) * asked)  # type: ignore[arg-type]
    assert find._summary(survey) == words


@pytest.mark.parametrize("quiet", [True, False])
@pytest.mark.parametrize("is_whole", [True, False])
def test_end_names_what_was_not_asked_and_has_the_code(
    *, quiet: bool, is_whole: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    troubles = {} if is_whole else {ACCOUNT: "no answer\nat all"}
    result = Survey((MANAGED,), troubles, {("ucloud", "default"): "no list"}, (ACCOUNT,))
    if is_whole:
        find._end(result, quiet=quiet)
    else:
        with pytest.raises(SystemExit) as raised:
            find._end(result, quiet=quiet)
        assert raised.value.code == 1
    printed = capsys.readouterr()
    said = [] if is_whole else ["Error: no answer", "at all"]
    said += ["Not listed: no list", "1 signature in 1 account."]
    assert (printed.out, printed.err.splitlines()) == ("", [] if quiet else said)


@pytest.mark.parametrize(
    ("file", "is_module"),
    [
        (None, True),
        (Path("a/imported.py"), True),
        (Path("imported.txt"), False),
        (Path("my-own.py"), False),
        (Path("imported"), False),
    ],
)
def test_file_is_a_module(file: Path | None, *, is_module: bool) -> None:
    context, option = click.Context(find.audit), find.audit.params[0]
    if is_module:
        assert find._module(context, option, file) is file
    else:
        assert file is not None
        with pytest.raises(click.BadParameter) as raised:
            find._module(context, option, file)
        assert raised.value.message == (f"{file.name!r} is no module's name, such as imported.py.")
        assert (raised.value.ctx, raised.value.param) == (context, option)


def test_vendor_is_one_of_those_there_are() -> None:
    context, option = click.Context(find.find), find.find.params[0]
    assert find._known_vendor(context, option, "huawei") == "huawei"
    assert find._known_vendor(context, option, None) is None
    with pytest.raises(click.BadParameter) as raised:
        find._known_vendor(context, option, "nobody")
    assert raised.value.message.startswith("'nobody' is not one of alibaba, ")
    assert (raised.value.ctx, raised.value.param) == (context, option)


def test_program_is_written_into_a_new_file_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "imported.py"
    find._write(file, "a = 1\n# \u202e极客\n")
    assert file.read_text("utf-8") == "a = 1\n# \\u{202e}极客\n"
    assert capsys.readouterr() == (
        "",
        f"Written: {file}. Add `import imported` to __main__.py.\n",
    )
    with pytest.raises(InputError) as raised:
        find._write(file, "b = 1\n")
    assert str(raised.value) == (
        f"the file {file} is there already, and may have been edited\n"
        "  what to do: name another file, or move this one away."
    )
    with pytest.raises(InputError) as raised:
        find._write(tmp_path / "gone" / "imported.py", "b = 1\n")
    assert str(raised.value) == (
        f"the file {tmp_path / 'gone' / 'imported.py'} can't be written (No such file or "
        "directory)\n  what to do: name another file."
    )


def test_findings_of_a_survey_are_those_of_the_account() -> None:
    account = api(filing=Filing(FilingState.LAPSED), qualification=Qualification("7"))
    (only,) = survey(OneAccount(account), [ACCOUNT], recorded(resource())).standings
    assert find._document(only)["findings"] == ["filing lapsed"]


@pytest.mark.parametrize(
    ("number", "words"), [(0, "0 things"), (1, "1 thing"), (2, "2 things"), (11, "11 things")]
)
def test_one_thing_is_counted_by_itself(number: int, words: str) -> None:
    assert counted(number, "{number} thing", "{number} things") == words


def test_column_counts_a_chinese_character_twice_and_an_accent_not_at_all() -> None:
    assert [width(text) for text in ("", "ab", "极客", "e\u0301", "Ａ１")] == [0, 2, 4, 1, 4]
    assert plain_table(("a", "b"), [("极", "1"), ("xyz", "")]) == "a    b\n极   1\nxyz"


@pytest.mark.parametrize(
    ("columns", "lines"),
    [(7, ["aa bb c"]), (6, ["aa bb", "c"]), (5, ["aa bb", "c"]), (4, ["aa", "bb c"]), (1, None)],
)
def test_line_is_filled_to_its_last_column(columns: int, lines: list[str] | None) -> None:
    assert wrapped("aa bb c", columns) == (lines or ["aa", "bb", "c"])
    assert wrapped("", columns) == []
