"""All that the commands print passes one place, and steers no terminal and no pipeline's log.

By construction: a walk over the syntax of `cli` finds who prints. By trial: each command there is,
over texts that terminals (ECMA-48's C0, C1, OSC, CSI; Unicode's bidi, width and tag characters) and
pipelines (GitHub, Azure, TeamCity) obey, wherever others' words come from: state, configuration,
the desk, the journal, the file of `--changed`, another program's output, the command's own words.
"""

from __future__ import annotations

import ast
import importlib
import json
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path
from socket import socket
from typing import Any

import click
import pytest
from click.testing import Result

from pulumi_smssign.cli import display, main
from pulumi_smssign.cli.inventory import adoption
from pulumi_smssign.core.journal import Entry, Journal
from pulumi_smssign.model.redaction import HIDDEN, keep_secret
from pulumi_smssign.sandbox.server import RunningSandbox, running
from tests.cli.project import URN, Project, settings, state
from tests.cli.stranger import Answer, after_the_name, document, stranger

CLI = Path(display.__file__).parent
STEERING = {
    "OSC 52 writes the clipboard": "\x1b]52;c;ZWNobw==\x07",
    "CSI moves and clears": "\x1b[2J\x1b[1;1H",
    "C1 without an ESC": "\x9b31m\x9d0;title\x9c",
    "carriage return and backspace": "\rforged\x08\x08",
    "delete and bell": "\x7f\x07",
    "line breaks of Unicode": "\u2028a\u2029b\x85c\x0bd\x0ce",
    "bidi": "\u202egnp.exe\u2066\u200f\u061c",
    "no width": "a\u200bb\u2060c\ufeffd\u00ade\u3164f\ufe0f",
    "tags and annotations": "\U000e0041\U000e007f\ufff9",
    "half a character": "\ud800",
    "a line of its own": "\n::error::forged\n##[error]forged",
    "a command of GitHub": "::set-env name=PATH::/tmp",
    "a command of Azure": "##vso[task.setvariable variable=PATH]/tmp",
    "a command of TeamCity": "##teamcity[setParameter name='x' value='y']",
}
HALF = STEERING["half a character"]
EVIL = "".join(STEERING.values()).replace(HALF, "")


def assert_steers_nothing(output: str) -> None:
    """No character but text and line ends, and no command of a pipeline."""
    steering = {
        f"U+{ord(each):04X}"
        for each in set(output) - {"\n"}
        if unicodedata.category(each) in ("Cc", "Cf", "Cs", "Zl", "Zp") or each in "\u3164\ufe0f"
    }
    assert not steering
    for mark in ("##[", "##vso[", "##teamcity["):
        assert mark not in output
    assert not [line for line in output.splitlines() if line.lstrip().startswith("::")]


# By construction


def modules() -> Iterator[tuple[str, ast.Module]]:
    """Each module of the command but the one that prints."""
    for file in sorted(CLI.rglob("*.py")):
        if file != Path(display.__file__):
            yield str(file.relative_to(CLI)), ast.parse(file.read_text("utf-8"))


def printing(tree: ast.Module) -> Iterator[str]:
    """The names in a module that can print, wherever and however they stand in it."""
    outlets = {"echo", "secho", "echo_via_pager", "confirm", "prompt", "progressbar", "pause"}
    for node in ast.walk(tree):
        match node:
            case ast.Name(id="print" | "logging" | "warnings" | "input"):
                yield node.id
            case ast.Attribute(attr=name) if name in outlets:
                yield name
            case ast.Attribute(value=ast.Name(id="sys"), attr=name) if "std" in name:
                yield name
            case ast.Attribute(value=ast.Name(id="os"), attr="write"):
                yield "os.write"
            case ast.Import(names=names) if any(each.name.startswith("rich") for each in names):
                yield "rich"
            case ast.ImportFrom(module=str(module)) if module.split(".")[0] == "rich":
                yield "rich"
            case ast.ImportFrom(module="click" | "sys" | "logging", names=names):
                yield from (each.name for each in names)


def test_only_one_module_prints() -> None:
    assert {
        name: sorted(set(printing(tree))) for name, tree in modules() if [*printing(tree)]
    } == {}


def test_walk_sees_each_way_to_print() -> None:
    ways = (
        "print(x)",
        "click.echo(x)",
        "announce=click.echo",
        "from click import echo",
        "sys.stdout.write(x)",
        "from rich.console import Console",
        "import rich",
        "os.write(1, x)",
    )
    for way in ways:
        assert [*printing(ast.parse(way))], way


def test_the_module_that_prints_hands_over_nothing_raw() -> None:
    """Each outlet in it is given a constant, or what one of its own cleaning functions returned."""
    cleaning = {"printable", "json_text", "plain_table", "_rich_table"}
    (tree,) = (ast.parse(Path(display.__file__).read_text("utf-8")),)
    handed = [
        node.args[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in ("echo", "confirm", "print")
    ]
    raw = [
        ast.unparse(each)
        for each in handed
        if not (isinstance(each, ast.Name) and each.id.isupper())
        and not (
            isinstance(each, ast.Call)
            and isinstance(each.func, ast.Name)
            and each.func.id in cleaning
        )
    ]
    assert len(handed) >= 7
    assert raw == ["text"]  # Markdown, whose parts are `escaped`


# Each text by itself


@pytest.mark.parametrize("text", STEERING.values(), ids=STEERING)
def test_a_text_is_one_line_that_steers_nothing(text: str) -> None:
    for printed in (text, f"before {text} after"):
        shown = display.printable(printed)
        assert "\n" not in shown
        assert_steers_nothing(shown)


@pytest.mark.parametrize("text", STEERING.values(), ids=STEERING)
def test_json_has_the_same_text_and_steers_nothing(text: str) -> None:
    written = display.json_text({"text": text, text: [text]})
    assert_steers_nothing(written)
    assert json.loads(written) == {"text": text, text: [text]}


@pytest.mark.parametrize("text", STEERING.values(), ids=STEERING)
def test_markdown_steers_nothing(text: str) -> None:
    assert_steers_nothing(display.markdown_table(("a",), [(text,)]))


@pytest.mark.parametrize("text", STEERING.values(), ids=STEERING)
def test_lines_to_paste_have_the_same_text_and_steer_nothing(text: str) -> None:
    line = adoption._literal(f"极客{text}")
    assert_steers_nothing(display.printable(line))
    assert display.printable(line) == line
    assert ast.literal_eval(line) == f"极客{text}"


def test_lines_to_paste_have_no_escapes_where_none_are_needed() -> None:
    assert adoption._literal("极客科技 (云): it's \\") == '"极客科技 (云): it\'s \\\\"'
    assert adoption._literal(["a-b", 1]) == '["a-b", 1]'


@pytest.mark.parametrize("text", ["极客科技（云）", "a b", "é ü ñ", "x\u3000y\xa0z", "㊣①％🙂", ""])
def test_harmless_text_is_printed_as_it_is(text: str) -> None:
    assert display.printable(text) == text
    assert json.loads(display.json_text(text)) == text
    assert text in display.json_text(text)


def test_secrets_are_not_printed_from_wherever_they_come() -> None:
    keep_secret(["spruce-key-0192837465"])
    for text in (
        "a spruce-key-0192837465",
        "spruce-key\u200b-0192837465",
        "spruce-key-019283\x007465",
    ):
        assert HIDDEN in display.printable(text)
        assert "7465" not in display.printable(text)
    keep_secret(["id"])
    document_ = {"id": ["spruce-key-0192837465"]}
    assert json.loads(display.json_text(document_)) == {"id": [HIDDEN]}


# Each command over hostile words from everywhere

KEPT = {"vendor", "type", "id"}
"""Properties by which a resource is known to be ours; another value would only hide it."""


def with_evil(value: Any, name: str = "") -> Any:  # noqa: ANN401 - JSON
    """A part of a state, each text of which has every steering text behind it."""
    if isinstance(value, Mapping):
        return {key: with_evil(item, key) for key, item in value.items()}
    if isinstance(value, list):
        return [with_evil(item) for item in value]
    return value + EVIL + HALF if isinstance(value, str) and name not in KEPT else value


@pytest.fixture
def served() -> Iterator[RunningSandbox]:
    """A desk at which signatures have hostile texts and reasons."""
    with running() as served:
        for vendor, number in (("tencent", "730001"), ("tencent", "730009"), ("yunpian", "x")):
            served.sandbox.desk.submit(
                vendor,
                "default",
                signature_id=number,
                text=f"极{EVIL[:40]}",
                fields={},
                evidence={},
            )
            served.sandbox.reject(vendor, number, EVIL)
        yield served


@pytest.fixture
def project(tmp_path: Path, served: RunningSandbox) -> Project:
    config = {"smssign:sandbox": served.url, f"smssign:sandbx{EVIL}": EVIL}
    resources = [
        with_evil(state()),
        with_evil(state("730002")) | {"urn": f"{URN}-2{EVIL}"},
        with_evil(state(f"730003{EVIL}")) | {"urn": f"{URN}-3"},
    ]
    project = Project(tmp_path, resources, config)
    project.prints({"deployment": {"resources": resources}}, settings(config), f"v3{EVIL}")
    earlier = {"name": f"gone{EVIL}", "status": EVIL, "digest": EVIL}
    now = {**earlier, "name": "brand"}
    looks = {"version": 1, "at": EVIL, "signatures": {EVIL: earlier, f"{URN}{EVIL} 730001": now}}
    (tmp_path / "last.json").write_text(json.dumps(looks), "utf-8")
    journal = Journal(tmp_path / "home" / "smssign" / "journal", lambda: False)
    entry = Entry("submit", f"{URN}{EVIL}", f"account-{EVIL}", EVIL, {"a": EVIL}, id=EVIL)
    journal.begin(entry)
    return project


STACK = {
    "status": ([], ["--json"], ["--summary", "-"], ["--changed", "{folder}/last.json"]),
    "watch": (["--timeout", "0s"],),
    "doctor": ([], ["--json"]),
    "find": ([], ["--json"], ["--text", EVIL[-9:]]),
    "audit": ([], ["--json"], ["--evidence", EVIL]),
}
"""The commands about a stack, with their options."""
HERE = {
    "journal list": ([], ["--json"]),
    "journal clear": (["1"], ["9"]),
}
"""The commands about this machine."""
DESK = {
    "sandbox approve": (["730001"], ["no such\x1b[2J"]),
    "sandbox reject": (["730001", "--reason", "x"],),
    "sandbox list": ([], ["--json"]),
    "sandbox reset": ([],),
    "sandbox faults": ([],),
    "sandbox faults add": (["error", "--set", "code=1"], ["error", "--set", EVIL[:20]]),
    "sandbox faults clear": ([], ["1"]),
}
"""The commands that ask a sandbox."""
OTHERS = {"sandbox credentials", "journal", "sandbox"}
"""Groups, which print their help, and what prints this package's own words only."""


def every_command(
    command: click.Command = main, path: tuple[str, ...] = ()
) -> Iterator[tuple[str, ...]]:
    if path:
        yield path
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            assert inner is not None
            yield from every_command(inner, (*path, name))


def test_each_command_there_is_is_tried() -> None:
    assert {" ".join(path) for path in every_command()} == {*STACK, *HERE, *DESK, *OTHERS}


def assert_clean(result: Result) -> None:
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert_steers_nothing(result.output)
    assert result.output


def cases(commands: Mapping[str, Any]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize(
        ("command", "options"),
        [(command, options) for command, variants in commands.items() for options in variants],
    )


@pytest.mark.parametrize("in_terminal", [False, True], ids=["pipe", "terminal"])
@cases(STACK)
def test_a_command_about_a_stack_prints_nothing_that_steers(
    command: str,
    options: list[str],
    in_terminal: bool,
    project: Project,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(display, "is_terminal", lambda: in_terminal)
    given = [option.format(folder=project.folder) for option in options]
    result = project.in_stack(command, *given)
    assert_clean(result)
    if "--json" in options:
        json.loads(result.stdout)


def test_json_of_a_hostile_state_has_its_texts(project: Project) -> None:
    (_, second, _) = json.loads(project.in_stack("status", "--json").stdout)["signatures"][::2]
    assert second["scope"].startswith("mainland\x1b]52;")


def test_lines_that_adopt_a_hostile_signature_are_a_program(project: Project) -> None:
    program = project.in_stack("audit").stdout
    assert "极" in program
    ast.parse(program)


def test_summary_in_a_file_steers_nothing(project: Project) -> None:
    file = project.folder / "summary.md"
    assert_clean(project.in_stack("status", "--summary", str(file)))
    assert_steers_nothing(file.read_text("utf-8"))


def test_words_of_a_pulumi_that_fails_steer_nothing(project: Project) -> None:
    (project.folder / "words").write_text(EVIL, "utf-8")
    project.runs(f"cat {project._file('words')} >&2; exit 1")
    for command in STACK:
        assert_clean(project.in_stack(command))


@cases(HERE)
def test_a_command_about_the_journal_prints_nothing_that_steers(
    command: str, options: list[str], project: Project
) -> None:
    assert_clean(project.smssign(*command.split(), *options, answer="y\n"))


_TEXTS = ("vendor", "account", "text", "status", "vendor_status", "reason")
APPLICATION = {"id": "730001", **dict.fromkeys(_TEXTS, EVIL + HALF)}
FAULT = {
    "n": 1,
    "times": 1,
    "skip": 0,
    "probability": 0.5,
    **dict.fromkeys(("kind", "vendor", "action", EVIL + HALF), EVIL + HALF),
}


def hostile_desk(request: str, connection: socket) -> None:
    """A sandbox all of whose words steer."""
    _, _, path = request.partition("/_desk/")
    if path.startswith("faults"):
        answer: object = [FAULT]
    else:
        answer = [APPLICATION] if path == "signatures" else APPLICATION
    connection.sendall(document(answer))


def refusing_desk(request: str, connection: socket) -> None:
    """One that refuses each call that changes something."""
    if request.startswith("GET"):
        hostile_desk(request, connection)
    else:
        connection.sendall(document({"error": EVIL + HALF}, "400 Bad Request"))


@pytest.mark.parametrize("desk", [hostile_desk, refusing_desk])
@cases(DESK)
def test_a_command_to_a_hostile_desk_prints_nothing_that_steers(
    command: str, options: list[str], desk: Answer, tmp_path: Path
) -> None:
    with stranger(after_the_name(desk)) as port:
        result = Project(tmp_path, [], {}).smssign(*command.split(), *options, "--port", str(port))
    assert_clean(result)


@pytest.mark.parametrize(
    "arguments",
    [
        ["\x1b]52;c;x\x07"],
        ["status", "--no\x9b31m"],
        ["status", "--cwd", "/nowhere\x1b[2J\u202e"],
        ["find", "--vendor", "x\x1b[2J"],
        ["journal", "clear", "\x1b[2J"],
        ["watch", "--interval", "\x1b[2J"],
        ["watch", "more\x1b[2J"],
        ["sandbox", "--port", "\x1b[2J"],
        ["sandbox", "--review", "\x1b[2J"],
        ["sandbox", "faults", "add", "x", "--set", "##vso[a]\x1b"],
    ],
)
def test_words_of_the_command_itself_steer_nothing(arguments: list[str], tmp_path: Path) -> None:
    result = Project(tmp_path, [], {}).smssign(*arguments)
    assert result.exit_code in (1, 2)
    assert_clean(result)


def test_traceback_of_a_bug_steers_nothing(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.excepthook", None)
    display.prepare()
    hook = importlib.import_module("sys").excepthook
    error = ValueError(EVIL)
    hook(type(error), error, None)
    printed = capsys.readouterr().err
    assert printed.startswith("ValueError: ")
    assert_steers_nothing(printed)
