"""The commands in Chinese: their help, tables, errors and next steps; English where it is asked."""

from __future__ import annotations

import ast
import importlib
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click import core, exceptions, formatting, parser, types
from click.testing import CliRunner, Result

from pulumi_smssign.cli import main
from pulumi_smssign.cli.display import plain_table, width, wrapped
from pulumi_smssign.cli.help import messages_of
from pulumi_smssign.cli.notices.deliveries import Delivery
from pulumi_smssign.cli.notices.robots import Kind, Robot
from pulumi_smssign.cli.running_sandbox import _refusal
from pulumi_smssign.core.journal import Entry, Journal
from pulumi_smssign.model.language import LANG_VARIABLE, speak
from pulumi_smssign.sandbox.server import Opening, RunningSandbox, running
from tests.cli.project import URN, Project, state
from tools.catalogue import catalogue, commands

ROOT = Path(__file__).parents[2]
COMMANDS = dict(commands(main))  # also imports each: Click says "directory" when it makes an option
_SENTENCE = re.compile(r"[A-Za-z]{3,},? [a-z]{2,}")
_EXAMPLE = re.compile(r"\s*(smssign|eval|curl|pulumi|bash:|zsh:|fish:|\{|\"|用法：).*")
_CODE = re.compile(
    "`[^`]*`|'[^']*'|--[a-z]+ [a-z]+|pulumi destroy"
    # the values of JSON's "move", which its legend names
    "|change the name|attach the|submit again|ask the vendor"
)
UNUSED = (
    # Of what is deprecated, no number, a UUID or a date: no command of ours has such.
    *("deprecated", "DeprecationWarning", "Value must be an iterable", "(dynamic)"),
    *("{len_type} values", "{value!r} does not match the format", "{value!r} is not a valid UUID"),
    # To who writes a command.
    *("Could not determine", "No options defined", "Name '", "Boolean option", "Choice("),
    "Arguments take exactly one",
)
"""The beginnings of Click's words that no user of these commands meets."""
_CHINESE = re.compile("[\u4e00-\u9fff]")


def smssign(*arguments: str, **environment: str) -> Result:
    return CliRunner().invoke(main, [*arguments], env=environment, prog_name="smssign")


def english_in(text: str) -> list[str]:
    """The paragraphs with an English sentence that is no example, no JSON and no command."""
    comments = [line.partition("# ")[2] for line in text.splitlines() if _EXAMPLE.fullmatch(line)]
    paragraphs = [
        " ".join(line.strip() for line in part.splitlines() if not _EXAMPLE.fullmatch(line))
        for part in text.split("\n\n")
    ]
    return [each for each in (*comments, *paragraphs) if _SENTENCE.search(_CODE.sub("", each))]


# Help


@pytest.mark.parametrize("name", COMMANDS)
def test_help_has_no_english_sentence_but_examples(name: str, chinese: None) -> None:
    result = smssign(*name.split()[1:], "--help")
    assert result.exit_code == 0
    assert english_in(result.output) == []
    assert result.output.startswith(f"用法： {name}")
    assert "选项：\n" in result.output
    assert "显示这份帮助后退出。" in result.output


@pytest.mark.parametrize("name", COMMANDS)
def test_line_of_help_fits_80_columns_unless_it_is_an_example(name: str, chinese: None) -> None:
    lines = smssign(*name.split()[1:], "--help").output.splitlines()
    wide = [line for line in lines if width(line) > 80 and not _EXAMPLE.fullmatch(line)]
    assert [line for line in wide if "  --set " not in line] == []


@pytest.mark.parametrize("name", COMMANDS)
def test_help_is_english_again_after_it_was_chinese(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    english = smssign(*name.split()[1:], "--help").output
    monkeypatch.setenv(LANG_VARIABLE, "zh")
    speak()
    assert smssign(*name.split()[1:], "--help").output != english
    monkeypatch.undo()
    speak()
    assert smssign(*name.split()[1:], "--help").output == english


def test_examples_are_the_english_ones(chinese: None) -> None:
    output = smssign("status", "--help").output
    assert (
        "\n    smssign status --changed last.json        # 用于定时流水线：只列出变化\n" in output
    )
    assert '{"stack": "dev", "outcome": "pending", "exit_code": 3, "since": "",' in output


def test_messages_of_a_help_are_its_paragraphs_items_and_comments() -> None:
    @click.command(
        help="One\nparagraph.\n\n\b\nCodes:\n  0  it is well,\n     and done\n  1  it is not well\n"
        "A last line.\n\n\b\nExamples:\n  run it  # what it does\n  run it twice --all"
    )
    @click.option("--all", help="All of it.")
    def command() -> None:
        pass

    assert [*messages_of(command)] == [
        "One paragraph.",
        "Codes:",
        "it is well, and done",
        "it is not well",
        "A last line.",
        "Examples:",
        "what it does",
        "All of it.",
    ]


def test_commands_are_listed_with_their_first_sentences(chinese: None) -> None:
    output = smssign("sandbox", "--help").output
    assert "  approve      通过申请，按 ID 或文本，或者全部在审的。\n" in output


def test_shell_offers_options_with_their_chinese_help(chinese: None) -> None:
    words = {"COMP_WORDS": "smssign status --su", "COMP_CWORD": "2"}
    output = smssign(_SMSSIGN_COMPLETE="zsh_complete", **words).output
    assert output.splitlines() == [
        "plain",
        "--summary",
        "把 Markdown 表格追加到这个文件；写 - 则打印出来，代替原来的表格。",
    ]


# Wrapping


def test_chinese_is_wrapped_by_columns_and_no_line_begins_with_a_closing_mark() -> None:
    lines = wrapped("一二三，四五（六七）`smssign status` 八九。", 10)
    assert all(width(line) <= 10 for line in lines)
    assert lines == ["一二三，四", "五（六七）", "`smssign", "status` 八", "九。"]


def test_english_is_wrapped_at_blanks() -> None:
    assert wrapped("aa bb  cc dddddddd e", 6) == ["aa bb", "cc", "dddddddd", "e"]


# What the commands print


@pytest.fixture
def served() -> Iterator[RunningSandbox]:
    """A desk at which three signatures are pending, rejected and approved."""
    with running() as served:
        for number, text in (("730001", "极客科技"), ("730002", "云杉"), ("730003", "云杉云示例")):
            served.sandbox.desk.submit(
                "tencent", "default", signature_id=number, text=text, fields={}, evidence={}
            )
        served.sandbox.reject("tencent", "730002", "营业执照不清晰")
        served.sandbox.approve("tencent", "730003")
        yield served


@pytest.fixture
def project(tmp_path: Path, served: RunningSandbox) -> Project:
    resources = [
        state(
            number,
            f"{URN}{place}",
            text=text,
            sign_name=text,
            status="PENDING",
            filing={},
            qualification_id=2000417,
            accepted_at="",
            submitted_at="",
        )
        for place, (number, text) in enumerate(
            (("730001", "极客科技"), ("730002", "云杉"), ("730003", "云杉云示例"))
        )
    ]
    for resource in resources:
        resource["inputs"] = {"vendor": "tencent"}
    return Project(tmp_path, resources, {"smssign:sandbox": served.url})


def test_status_of_a_stack_is_said_in_chinese_and_its_values_stay(
    project: Project, chinese: None
) -> None:
    result = project.in_stack("status")
    heads, *rows = result.stdout.splitlines()
    assert heads.split() == [
        "资源",
        "厂商",
        "签名",
        "ID",
        "状态",
        "报备",
        "已等待",
        "下一步",
        "原因",
    ]
    pending, rejected, approved = rows
    assert "PENDING" in pending
    assert "等待：由审核员审核" in pending
    assert "REJECTED（state 记为 PENDING）" in rejected
    assert "修改后重新提交：营业执照不清晰" in rejected
    assert "APPROVED" in approved
    assert "1 个已通过、1 个在审、1 个被驳回。\n" in result.stderr
    assert "不归这个 stack 管理的签名，请运行 `smssign audit` 查看。\n" in result.stderr
    assert "brand2：已通过，而 deletion_policy 是" in result.stderr
    assert english_in(result.output) == []


def test_columns_of_a_table_in_chinese_are_aligned(project: Project, chinese: None) -> None:
    heads, *rows = project.in_stack("status").stdout.splitlines()
    place = width(heads[: heads.index("状态")])
    for row, status in zip(rows, ("PENDING", "REJECTED", "APPROVED"), strict=True):
        assert width(row[: row.index(status)]) == place


def test_terminal_of_80_columns_shows_an_aligned_table(project: Project) -> None:
    pytest.importorskip("rich", reason="rich is optional: a table without it is plain lines")
    script = (
        "from pulumi_smssign.cli import display\n"
        "display.is_terminal = lambda: True\n"
        "from pulumi_smssign.cli import main\n"
        "main(['status'])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=project.folder,
        env={
            **os.environ,
            "PATH": project.path,
            "PYTHONPATH": str(ROOT),
            "PYTHONIOENCODING": "utf-8",
            "COLUMNS": "80",
            LANG_VARIABLE: "zh",
        },
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 4, done.stderr
    heads, _line, *rows = done.stdout.splitlines()
    assert max(map(width, (heads, *rows))) <= 80
    assert heads.split() == ["资源", "签名", "状态", "下一步"]
    place = width(heads[: heads.index("状态")])
    first_lines = [row for row in rows if row.startswith("brand")]
    for row, status in zip(first_lines, ("PENDING", "REJECTED", "APPROVED"), strict=True):
        assert width(row[: row.index(status)]) == place


def test_plain_table_says_its_heads(chinese: None) -> None:
    assert plain_table(("", "resource", "filing "), [("1", "brand", "none")]).splitlines() == [
        "   资源   报备",
        "1  brand  none",
    ]


def test_json_has_the_same_keys_and_values_and_its_sentences_in_chinese(
    project: Project, chinese: None
) -> None:
    document = json.loads(project.in_stack("status", "--json").stdout)
    assert document["outcome"] == "lost"
    pending, rejected, _approved = document["signatures"]
    assert (pending["status"], pending["move"]) == ("PENDING", "wait")
    assert pending["next"] == "等待：由审核员审核"
    assert (rejected["move"], rejected["reason"]) == ("mend", "营业执照不清晰")


def test_audit_prints_its_findings_and_the_comments_of_its_lines_in_chinese(
    project: Project, served: RunningSandbox, chinese: None
) -> None:
    served.sandbox.desk.submit(
        "tencent", "default", signature_id="730009", text="蓝桥", fields={}, evidence={}
    )
    result = project.in_stack("audit", "--vendor", "tencent")
    assert "不归这个 stack 管理" in result.stderr
    assert "1 个账号里共有 4 个签名，其中 1 个不归这个 stack 管理。" in result.stderr
    comments = [line for line in result.stdout.splitlines() if line.startswith("# ")]
    assert comments[0].startswith("# 下面的签名按原样接管：")
    assert all(width(line) <= 100 for line in comments)
    assert "写当初提交的值" in result.stdout


def test_journal_says_what_a_write_means_and_what_the_next_run_does(
    tmp_path: Path, chinese: None
) -> None:
    journal = Journal(tmp_path / "smssign" / "journal", lambda: False)
    journal.begin(Entry("submit", URN, "sandbox-default", "text"))
    output = smssign("journal", "list", PULUMI_HOME=str(tmp_path)).output
    assert "submit，begun：已经发送，或者正要发送；厂商收到没有，无从知道。\n" in output
    assert "  下次 `pulumi up` 会先查找这个签名，在审或已通过的都接管；没有才提交。\n" in output


def test_doctor_says_its_findings_and_keeps_the_words_of_health(
    project: Project, chinese: None
) -> None:
    output = project.in_stack("doctor").stdout
    assert output.split()[:2] == ["检查项", "结果"]
    row = next(line for line in output.splitlines() if "tencent (default)" in line)
    assert row.startswith("ok ")
    assert row.endswith("配置完整")


def test_commands_of_the_desk_speak_chinese(served: RunningSandbox, chinese: None) -> None:
    port = served.url.rpartition(":")[2]
    environment = {"SMSSIGN_SANDBOX_TOKEN": served.token}
    heads = smssign("sandbox", "list", "--port", port, **environment).output.splitlines()[0]
    assert heads.split() == ["厂商", "账号", "ID", "签名", "状态", "原因"]
    output = smssign("sandbox", "approve", "730001", "--port", port, **environment).output
    assert output == "tencent 730001 【极客科技】 现为 approved\n"
    output = smssign("sandbox", "faults", "--port", port, **environment).output
    assert output == "没有待触发的故障。\n"


@pytest.mark.parametrize(
    ("arguments", "refusal"),
    [
        (("add", "hang", "--vendor", "baidu"), "没有 'baidu' 这个厂商，可选的有：tencent, huawei"),
        (("add", "hang", "--action", "Nope"), "没有 'Nope' 这个接口，可选的有："),
        (("clear", "7"), "没有编号为 7 的待触发故障"),
    ],
)
def test_refusal_of_the_desk_is_said_in_chinese(
    arguments: tuple[str, ...], refusal: str, served: RunningSandbox, chinese: None
) -> None:
    port, token = served.url.rpartition(":")[2], {"SMSSIGN_SANDBOX_TOKEN": served.token}
    result = smssign("sandbox", "faults", *arguments, "--port", port, **token)
    assert result.stderr.startswith(f"错误：{refusal}")


@pytest.mark.parametrize(
    "answer",
    [
        {"error": "no", "message": "another version's {x}", "facts": {}},
        {"error": "no", "message": "{n:>999999999}", "facts": {"n": 1}},
        {"error": "no", "message": ["x"], "facts": {}},
        {"error": "no", "message": "no fault with the number {n} waits", "facts": "x"},
    ],
    ids=["unknown", "a place that asks for much", "no text", "no facts"],
)
def test_refusal_that_is_none_of_ours_stays_as_it_is(
    answer: dict[str, object], chinese: None
) -> None:
    assert _refusal(answer) == "no"


def test_watch_has_a_line_for_each_signature_in_chinese(project: Project, chinese: None) -> None:
    result = project.in_stack("watch", "--timeout", "0s")
    assert result.exit_code == 4
    lines = [line.partition("  ")[2] for line in result.stdout.splitlines()]
    assert lines[0] == "brand0【极客科技】（tencent 730001）PENDING；下一步：等待：由审核员审核"
    assert english_in(result.output) == []


def test_robot_that_was_not_told_is_named_in_chinese_and_in_json_as_ever(chinese: None) -> None:
    robot = Robot(Kind.DINGTALK, "https://oapi.dingtalk.com/robot/send?access_token=x")
    delivery = Delivery(robot, 2, "对方返回 310000")
    assert delivery.line(Path("last.json")) == (
        "警告：2 项变化没能通知到钉钉机器人（oapi.dingtalk.com）：对方返回 310000。"
        "下次用 --changed last.json 运行时会补发；退出码仍按签名的状态来。"
    )
    assert delivery.as_document()["robot"] == "DingTalk at oapi.dingtalk.com"


def test_sandbox_says_where_it_is_in_chinese(
    chinese: None, capsys: pytest.CaptureFixture[str]
) -> None:
    command = importlib.import_module("pulumi_smssign.cli.sandbox")
    command._announce(Opening("http://[::1]:9", "http://[::1]:9/?token=x", "manual", "smssign …"))
    assert capsys.readouterr().out.splitlines() == [
        "沙箱地址：http://[::1]:9（审核方式：manual）；按 Ctrl-C 结束。",
        "在网页上审核：http://[::1]:9/?token=x；或者用命令：smssign …",
    ]


# Errors


ERRORS = {
    "no such command": (("stats",), "没有 'stats' 这个命令"),
    "no such option": (("status", "--nope"), "没有 '--nope' 这个选项"),
    "an option without its value": (("watch", "--interval"), "选项 '--interval' 需要一个值"),
    "a missing option": (("sandbox", "reject", "1"), "缺少选项 '--reason'"),
    "a missing argument": (("sandbox", "faults", "add"), "缺少参数 'KIND'"),
    "too many arguments": (("doctor", "x"), "多了一个参数（x）"),
    "no number": (("sandbox", "--port", "x"), "'x' 不是有效的数（范围内的整数）"),
    "a number out of range": (("sandbox", "list", "--port", "0"), "0 超出范围 1<=x<=65535"),
    "no choice": (("status", "--until", "x"), "'x' 不在可选范围内"),
    "no folder": (("status", "--cwd", "/nope"), "'/nope' 不存在"),
    "no time": (("watch", "--timeout", "soon"), "'--timeout' 的值无效"),
    "no vendor": (("find", "--vendor", "x"), "'x' 不是支持的厂商，可选的有：alibaba、"),
    "no module": (("audit", "--write", "a-b"), "'a-b' 不能用作模块名"),
    "no numbers": (("journal", "clear"), "请写明要清除的编号"),
    "no file to remember": (("status", "--notify", "https://x.example/y"), "--notify 要和"),
    "no robot": (
        ("status", "--changed", "x.json", "--notify", "x"),
        "--notify 的第 1 个机器人：不是 https://HOST/PATH 这样的 URL",
    ),
    "no sandbox": (("sandbox", "list", "--port", "9"), "端口 9 上没有沙箱"),
    "no review policy": (("sandbox", "--review", "later"), "'later' 不是审核方式"),
    "no state file": (("sandbox", "--state", "/dev/null"), "它不是普通文件"),
    "no fault": (("sandbox", "faults", "add", "x", "--set", "y"), "--set 要写成 NAME=VALUE"),
    "no entry": (("journal", "clear", "7"), "journal 里没有第 7 条"),
}


@pytest.mark.parametrize(("arguments", "message"), ERRORS.values(), ids=ERRORS)
def test_each_kind_of_error_is_said_in_chinese(
    arguments: tuple[str, ...], message: str, tmp_path: Path, chinese: None
) -> None:
    result = smssign(*arguments, PULUMI_HOME=str(tmp_path))
    assert result.exit_code in (1, 2)
    assert any(line.startswith("错误：") for line in result.stderr.splitlines())
    assert message in result.stderr
    assert english_in(result.stderr) == []


def test_error_of_a_stack_is_said_in_chinese(project: Project, chinese: None) -> None:
    project.runs("echo 'error: no stack selected' >&2; exit 255")
    result = project.in_stack("status")
    assert result.exit_code == 1
    assert result.stderr.startswith("错误：`pulumi stack export` 失败\n")
    assert "no stack selected" in result.stderr  # Pulumi's own words


def test_answer_to_a_question_can_be_no(tmp_path: Path, chinese: None) -> None:
    journal = Journal(tmp_path / "smssign" / "journal", lambda: False)
    journal.begin(Entry("submit", URN, "sandbox-default", "text"))
    result = CliRunner().invoke(
        main, ["journal", "clear", "--all"], input="n\n", env={"PULUMI_HOME": str(tmp_path)}
    )
    assert result.exit_code == 2
    assert "清除 1 条记录？ [y/N]: " in result.stderr
    assert result.stderr.endswith("什么都没有清除。\n")


def test_each_word_of_clicks_that_a_user_can_meet_has_its_chinese() -> None:
    there = catalogue()
    assert {word for word in _words_of_click() if there.get(word) is None} == set()


def _words_of_click() -> Iterator[str]:
    for module in (core, exceptions, formatting, parser, types):
        for node in ast.walk(ast.parse(Path(str(module.__file__)).read_text("utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in ("_", "ngettext"):
                for word in node.args:
                    if isinstance(word, ast.Constant) and isinstance(word.value, str):
                        yield from [word.value] if not word.value.startswith(UNUSED) else []


# The language is asked for


@pytest.mark.parametrize(
    ("asked", "is_chinese"),
    [
        ({"LANG": "zh_CN.UTF-8"}, True),
        ({"LC_ALL": "C", LANG_VARIABLE: "zh"}, True),
        ({"LANG": "zh_CN.UTF-8", LANG_VARIABLE: "en"}, False),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, False),
        ({"LANGUAGE": "en", "LANG": "zh_CN.UTF-8"}, True),
        ({}, False),
    ],
)
def test_process_speaks_what_its_environment_asks_for(
    asked: dict[str, str], is_chinese: bool
) -> None:
    for arguments in (["--help"], ["stats"]):
        done = subprocess.run(
            [sys.executable, "-m", "pulumi_smssign.cli", *arguments],
            env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin", "PYTHONUTF8": "1", **asked},
            cwd=ROOT,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        output = done.stdout + done.stderr
        assert bool(_CHINESE.search(output)) is is_chinese
        assert ("Usage: " in output) is not is_chinese


def test_english_loads_nothing_of_the_chinese_help() -> None:
    script = (
        "import sys; from pulumi_smssign.cli import main; "
        "main(['status', '--help'], standalone_mode=False); "
        "print('pulumi_smssign.cli.help' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.endswith("\nFalse\n")
