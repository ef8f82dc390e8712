"""Every command that a document shows exists, with the options and arguments that it is given."""

from __future__ import annotations

import functools
import importlib.util
import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from pulumi_smssign.cli import main
from tests.docs.pages import CHECKOUT, PAGES, commands_in_prose, lines_of_shell, name

MAKEFILE = (CHECKOUT / "Makefile").read_text(encoding="utf-8")
TARGETS = set(re.findall(r"(?m)^([a-z-]+):.*## ", MAKEFILE))
VARIABLES = set(re.findall(r"(?m)^([A-Z]+) *\??:?=", MAKEFILE))
_CUT = frozenset({"&&", "||", ";", "|", "&", ">>", ">", "<", "<<", "("})
_OF_EVERY_SHELL = frozenset(
    {"[", "cd", "curl", "eval", "exit", "export", "git", "jq", "kill", "pip", "python", "sh", "uv"}
)


def _context(command: click.Command) -> click.Context:
    """A command's context as under `smssign`: click keeps the help option that it makes first."""
    return click.Context(command, **main.context_settings)


def simple_commands(line: str) -> Iterator[list[str]]:
    """The commands of a line, each as its arguments with the program first."""
    lexer = shlex.shlex(line, posix=True, punctuation_chars=True)
    lexer.whitespace_split = True
    argv: list[str] = []
    for word in (*lexer, ";"):
        if word not in _CUT:
            argv.append(word)
            continue
        while argv and re.fullmatch(r"\w+=.*", argv[0]):
            del argv[0]
        if argv:
            yield argv
        argv = []


def commands(program: str) -> list[tuple[str, list[str]]]:
    """Every use of a program in every document, with the page that it stands in."""
    uses = []
    for page in PAGES:
        for line in (*lines_of_shell(page), *commands_in_prose(page, program)):
            for inner in (line, *re.findall(r"\$\(([^()]+)\)", line)):
                try:
                    uses += [(name(page), argv) for argv in simple_commands(inner)]
                except ValueError as error:
                    raise AssertionError(f"{name(page)}: {inner}") from error
    return [(page, argv) for page, argv in uses if argv[0] == program]


def uses(program: str) -> list[list[str]]:
    """Every use of a program, each once."""
    return [list(argv) for argv in sorted({tuple(argv) for _, argv in commands(program)})]


def test_documents_show_many_commands() -> None:
    assert len(uses("smssign")) > 15
    assert len(uses("pulumi")) > 10
    assert len(uses("make")) > 8


@pytest.mark.parametrize("argv", uses("smssign"), ids=" ".join)
def test_smssign_has_the_command(argv: list[str]) -> None:
    command: click.Command = main
    rest = argv[1:]
    while True:
        _, rest, _ = command.make_parser(_context(command)).parse_args(list(rest))
        if not isinstance(command, click.Group) or not rest or rest[0] == "COMMAND":
            break
        inner = command.get_command(_context(command), rest[0])
        assert inner is not None, rest[0]
        command, rest = inner, rest[1:]
    arguments = [each for each in command.params if isinstance(each, click.Argument)]
    assert isinstance(command, click.Group) or len(rest) <= len(arguments)


@pytest.mark.parametrize("argv", uses("make"), ids=" ".join)
def test_make_has_the_target(argv: list[str]) -> None:
    for word in argv[1:]:
        variable, is_assigned, _ = word.partition("=")
        assert variable in (VARIABLES if is_assigned else TARGETS), word


@pytest.mark.parametrize("argv", uses("python"), ids=" ".join)
def test_python_has_the_module(argv: list[str]) -> None:
    if argv[1] == "-m":
        assert importlib.util.find_spec(argv[2]), argv[2]


def programs_of(page: Path) -> set[str]:
    """The programs that a page's commands start."""
    return {argv[0] for line in lines_of_shell(page) for argv in simple_commands(line)}


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_no_other_program_is_needed(page: Path) -> None:
    installers = {"pip", "poetry", "uv"} if page.parent == CHECKOUT else set()
    assert programs_of(page) <= _OF_EVERY_SHELL | {"make", "pulumi", "smssign"} | installers


@functools.cache
def help_of(command: tuple[str, ...]) -> str:
    """The engine's help of one of its commands."""
    asked = subprocess.run(
        ("pulumi", *command, "--help"), capture_output=True, text=True, check=False, timeout=60
    )
    return asked.stdout


@pytest.mark.skipif(shutil.which("pulumi") is None, reason="there is no engine on PATH")
@pytest.mark.parametrize("argv", uses("pulumi"), ids=" ".join)
def test_pulumi_has_the_command(argv: list[str]) -> None:
    given = argv[1:]
    names = tuple(given[:1])
    while f"pulumi {' '.join(names)} [command]" in help_of(names) and len(given) > len(names):
        names = (*names, given[len(names)])
    usage = help_of(names).partition("Usage:\n")[2].partition("Flags:")[0]
    assert re.search(rf"\b{names[-1]}\b", usage), usage  # by its name, or as an alias
    for option in (word.partition("=")[0] for word in given if word.startswith("-")):
        assert re.search(rf"(?m)(^|[ ,]){option}\b", help_of(names)), option
