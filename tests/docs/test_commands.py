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
from tests.docs.pages import CHECKOUT, PAGES, commands_in_words, lines_of_shell, name

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
    """The commands that a line consists of, as words."""
    lexer = shlex.shlex(line, posix=True, punctuation_chars=True)
    lexer.whitespace_split = True
    words: list[str] = []
    for word in (*lexer, ";"):
        if word not in _CUT:
            words.append(word)
            continue
        while words and re.fullmatch(r"\w+=.*", words[0]):
            del words[0]
        if words:
            yield words
        words = []


def commands(program: str) -> list[tuple[str, list[str]]]:
    """Every use of a program in every document, with the page that it stands in."""
    found = []
    for page in PAGES:
        for line in (*lines_of_shell(page), *commands_in_words(page, program)):
            for inner in (line, *re.findall(r"\$\(([^()]+)\)", line)):
                try:
                    found += [(name(page), words) for words in simple_commands(inner)]
                except ValueError as error:
                    raise AssertionError(f"{name(page)}: {inner}") from error
    return [(page, words) for page, words in found if words[0] == program]


def uses(program: str) -> list[list[str]]:
    """Each use once."""
    return [list(words) for words in sorted({tuple(words) for _, words in commands(program)})]


def test_the_documents_show_many() -> None:
    assert len(uses("smssign")) > 15
    assert len(uses("pulumi")) > 10
    assert len(uses("make")) > 8


@pytest.mark.parametrize("words", uses("smssign"), ids=" ".join)
def test_smssign_knows_it(words: list[str]) -> None:
    command: click.Command = main
    rest = words[1:]
    while True:
        _, rest, _ = command.make_parser(_context(command)).parse_args(list(rest))
        if not isinstance(command, click.Group) or not rest or rest[0] == "COMMAND":
            break
        inner = command.get_command(_context(command), rest[0])
        assert inner is not None, rest[0]
        command, rest = inner, rest[1:]
    arguments = [one for one in command.params if isinstance(one, click.Argument)]
    assert isinstance(command, click.Group) or len(rest) <= len(arguments)


@pytest.mark.parametrize("words", uses("make"), ids=" ".join)
def test_make_knows_it(words: list[str]) -> None:
    for word in words[1:]:
        variable, is_one, _ = word.partition("=")
        assert variable in (VARIABLES if is_one else TARGETS), word


@pytest.mark.parametrize("words", uses("python"), ids=" ".join)
def test_python_has_the_module(words: list[str]) -> None:
    if words[1] == "-m":
        assert importlib.util.find_spec(words[2]), words[2]


def first_words(page: Path) -> set[str]:
    """What the commands of a page begin with."""
    return {words[0] for line in lines_of_shell(page) for words in simple_commands(line)}


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_no_other_program_is_needed(page: Path) -> None:
    assert first_words(page) <= _OF_EVERY_SHELL | {"make", "pulumi", "smssign"}


@functools.cache
def help_of(command: tuple[str, ...]) -> str:
    """What the engine says of a command of its own."""
    asked = subprocess.run(
        ("pulumi", *command, "--help"), capture_output=True, text=True, check=False, timeout=60
    )
    return asked.stdout


@pytest.mark.skipif(shutil.which("pulumi") is None, reason="there is no engine on PATH")
@pytest.mark.parametrize("words", uses("pulumi"), ids=" ".join)
def test_pulumi_knows_it(words: list[str]) -> None:
    given = words[1:]
    names = tuple(given[:1])
    while f"pulumi {' '.join(names)} [command]" in help_of(names) and len(given) > len(names):
        names = (*names, given[len(names)])
    usage = help_of(names).partition("Usage:\n")[2].partition("Flags:")[0]
    assert re.search(rf"\b{names[-1]}\b", usage), usage  # by its name, or as an alias
    for option in (word.partition("=")[0] for word in given if word.startswith("-")):
        assert re.search(rf"(?m)(^|[ ,]){option}\b", help_of(names)), option
