"""The language of what a person reads: Chinese where it is asked for, and all of it."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from pulumi_smssign.model.language import (
    AND,
    CLAUSES,
    OR,
    _,
    labelled,
    language_of,
    listed,
    remarked,
)
from tools.catalogue import (
    COMPILED,
    FUNCTIONS,
    PACKAGE,
    catalogue,
    compiled,
    help_messages,
    messages,
)

TRANSLATED: tuple[str, ...] = (
    "model",
    "core",
    "engine",
    "program",
    "approval",
    "brand",
    "signature",
    "outputs",
    "lazy",
    "facts",
    "provider",
    "address",
    "contract",
    "huawei",
    "alibaba",
    "tencent",
    "ucloud",
    "yunpian",
    "cli",
)
"""The rooms and files whose every sentence is a message."""
NO_MESSAGES: Mapping[str, tuple[str, ...]] = {
    # bugs of ours, which are reported to us
    "contract/application.py": ("unchecked inputs reached",),
    "huawei/api.py": ("huawei's credentials are neither",),
    # exceptions whose catchers say it in words of their own
    "alibaba/api.py": ("another signature than",),
    "ucloud/api.py": ("another signature than",),
    "yunpian/api.py": ("another signature than",),
    "yunpian/answers.py": ("sign is not a list", "total counts what sign does not list"),
    "contract/attempt.py": ("nobody waits for the answer",),
    "contract/proxies.py": ("it names no host",),
    # regular expressions, prefixes and codes of others
    "alibaba/other_calls.py": ("\n        isv.",),
    "ucloud/codes.py": (r"\bis required|", "(signature|sig ?id|"),
    "contract/gateways.py": (r"\bwaf\b|",),
    "contract/validation.py": ("Value error, ",),
    # A pattern, with its comments.
    "cli/display.py": ("(\\s*)",),
    # Lines of a program.
    "cli/inventory/adoption.py": ("from pulumi_smssign import ",),
    # Said to this module alone.
    "cli/inventory/changes.py": ("another version",),
    # Commands.
    "cli/inventory/checkup.py": ("pulumi config ", "pip install ", "smssign sandbox"),
    "cli/inventory/stack.py": ("pulumi stack export", "pulumi config"),
    # Values that scripts rely on.
    "cli/inventory/step.py": ("change the name", "attach the ", "submit again", "ask the vendor"),
    "cli/notices/deliveries.py": ("application/json",),
    # Chinese in every language: it is for a group chat.
    "cli/notices/messages.py": ("在程序中写", "另有", "按原因修改", "重新启用", "运行 pulumi"),
    # Help with a name in it, which the walk over the commands finds.
    "cli/notices/options.py": ("Tell a robot",),
    "cli/running_sandbox.py": (
        "The port of the sandbox.",
        "smssign sandbox",  # a command
        "pulumi-smssign sandbox",  # the name by which a sandbox answers
        "too large",  # said to this module alone
    ),
    # Help that the walk over the commands finds item by item.
    "cli/status.py": ("Exit codes:",),
    "core/accounts.py": ("pulumi config ",),  # commands
    "engine/resource.py": ("a hook without a state",),  # of an assertion
    "engine/row.py": ("smssign: alive?",),  # a debug line on no row
    "lazy.py": ("module {} has no attribute",),  # Python's own words
    "model/records.py": ("Mapping[",),  # an annotation
    "model/redaction.py": ("[encoded data]",),  # stands in state, too
}
"""Sentences of a file that no person reads, or that are to be English: their beginnings."""
_SENTENCE = re.compile("[A-Za-z]{2,}[,;:]? [a-z]{2,}")


@pytest.mark.parametrize(
    ("environment", "spoken"),
    [
        ({}, "en"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "zh_CN.GB18030"}, "zh"),
        ({"LC_MESSAGES": "zh_CN", "LANG": "en_US"}, "zh"),
        ({"SMSSIGN_LANG": "en", "LC_ALL": "zh_CN.UTF-8"}, "en"),
        ({"SMSSIGN_LANG": "zh", "LC_ALL": "C"}, "zh"),
        ({"SMSSIGN_LANG": "", "LANG": "zh_CN.UTF-8"}, "zh"),
        ({"SMSSIGN_LANG": "xx", "LANG": "zh_CN.UTF-8"}, "en"),
    ],
)
def test_the_environment_says_the_language(environment: dict[str, str], spoken: str) -> None:
    assert language_of(environment) == spoken


def test_each_message_has_its_chinese_with_the_same_places() -> None:
    there = catalogue()
    used = {message.text: message.place for message in (*messages(), *help_messages())}
    assert {text: place for text, place in used.items() if text not in there} == {}
    for entry in there:
        if not entry.id:
            continue
        assert isinstance(entry.id, str)
        assert isinstance(entry.string, str)
        assert entry.string, entry.id
        assert _places(entry.id) == _places(entry.string), entry.id


def test_the_catalogue_is_compiled() -> None:
    assert COMPILED.read_bytes() == compiled(catalogue()), "run `make catalogue`"


def test_a_message_is_one_literal_with_named_places() -> None:
    for file, node in _nodes():
        if isinstance(node, ast.Call) and _called(node) in FUNCTIONS:
            place = f"{file}:{node.lineno}"
            (literal,) = node.args
            if isinstance(literal, ast.JoinedStr | ast.BinOp):
                pytest.fail(f"{place}: a message is one literal")
            if isinstance(literal, ast.Constant):
                names = {keyword.arg for keyword in node.keywords}
                places = _places(str(literal.value)) if names else set()
                assert _called(node) == "mark" or places == names, place


@pytest.mark.parametrize("room", TRANSLATED)
def test_no_sentence_is_outside_a_message(room: str) -> None:
    helps = {message.text for message in help_messages()}
    outside = [
        f"{file}:{line}: {text}"
        for file, line, text in _sentences_outside(room)
        if text not in helps and not text.startswith(NO_MESSAGES.get(file, ("\0",)))
    ]
    assert outside == []


def _places(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def _files(room: str = "") -> Iterator[Path]:
    path = PACKAGE / room
    yield from sorted(path.rglob("*.py")) if path.is_dir() else [path.with_suffix(".py")]


def _nodes() -> Iterator[tuple[str, ast.AST]]:
    for file in _files():
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            yield str(file.relative_to(PACKAGE)), node


def _called(node: ast.Call) -> str:
    return node.func.id if isinstance(node.func, ast.Name) else ""


def _sentences_outside(room: str) -> Iterator[tuple[str, int, str]]:
    for file in _files(room):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        skipped: set[int] = set()
        for node in ast.walk(tree):
            is_message = isinstance(node, ast.Call) and _called(node) in FUNCTIONS
            is_docstring = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
            if is_message and isinstance(node, ast.Call):
                skipped.update(id(each) for each in ast.walk(node.args[0]))
            elif is_docstring:
                skipped.update(id(each) for each in ast.walk(node))
            elif isinstance(node, ast.JoinedStr):
                text = "".join(
                    str(part.value) if isinstance(part, ast.Constant) else "{}"
                    for part in node.values
                )
                skipped.update(id(part) for part in node.values)
                if _SENTENCE.search(text):
                    yield str(file.relative_to(PACKAGE)), node.lineno, text
        for node in ast.walk(tree):
            if not isinstance(node, ast.Constant) or id(node) in skipped:
                continue
            if isinstance(node.value, str) and _SENTENCE.search(node.value):
                yield str(file.relative_to(PACKAGE)), node.lineno, node.value


def test_a_message_is_english_where_nothing_is_asked() -> None:
    assert _("{count} of {all}", count=1, all=2) == "1 of 2"


def test_what_fills_a_place_is_no_format(chinese: None) -> None:
    assert _("{name} is gone", name="{count}") == "{count} is gone"


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (lambda: listed([]), ""),
        (lambda: listed(["a"]), "a"),
        (lambda: listed(["a", 7, None]), "a, 7, None"),
        (lambda: listed(["a", "b"], AND), "a and b"),
        (lambda: listed(["a", "b"], OR), "a or b"),
        (lambda: listed(["a", "b"], CLAUSES), "a; b"),
        (lambda: labelled("brand", "is {odd}"), "brand: is {odd}"),
        (lambda: remarked("brand", "why {not}"), "brand (why {not})"),
        (lambda: remarked("brand", ""), "brand"),
        (lambda: _("{count} of {all}", count="{all}", all=2), "{all} of 2"),
        (lambda: _("a {place} without facts"), "a {place} without facts"),
    ],
)
def test_words_are_put_together_as_they_are(said: Callable[[], str], expected: str) -> None:
    assert said() == expected


def test_words_are_put_together_as_chinese_is(chinese: None) -> None:
    assert listed(["甲", "乙"]) == "甲、乙"
    assert _("") == ""
    assert remarked("甲", "") == "甲"
