"""Help in the language: what is a message in it, and the columns that it keeps."""

from __future__ import annotations

import gettext
import json

import click
import pytest
from click.testing import CliRunner

from pulumi_smssign.cli import display
from pulumi_smssign.cli import help as helps
from pulumi_smssign.cli.options import Command, Group
from pulumi_smssign.model.language import CHINESE, LANG_VARIABLE, speak
from pulumi_smssign.model.redaction import keep_secret


def said(text: str) -> str:
    """The text with each of its messages in brackets."""
    return helps._translated(text, lambda message: f"<{message}>")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("", ""),
        ("One\n  paragraph.", "<One paragraph.>"),
        ("One.\n\nTwo.", "<One.>\n\n<Two.>"),
        ("\b\nRun:\n  smssign x", "\b\n<Run:>\n  smssign x"),
        ("\b\nRun:\n  smssign x  # what it\n  smssign y", ("\b\n<Run:>\n  smssign x  # <what it>\n"
         "  smssign y")),
        ("\b\n  # what it is", "\b\n  # what it is"),
        ("\b\nCodes:\n  0  it is well,\n     and done\n  1  not so well",
         "\b\n<Codes:>\n  0  <it is well, and done>\n  1  <not so well>"),
        ("\b\n  fish: run it now  $HOME is it", "\b\n  fish: run it now  $HOME is it"),
        ("\b\n  bash  it is $HOME now", "\b\n  bash  it is $HOME now"),
        ("\b\n  slow  the right answer, late   [seconds=1]",
         "\b\n  slow  <the right answer, late>  [seconds=1]"),
        ("\b\n  a  the right answer      [x]", "\b\n  a  <the right answer>    [x]"),
        ('\b\nJSON:\n  {"a": 1,\n   "b": the right answer}',
         '\b\n<JSON:>\n  {"a": 1,\n   "b": the right answer}'),
        ("\b\n     goes on at first", "\b\n     goes on at first"),
    ],
)  # fmt: skip
def test_message_is_a_paragraph_an_item_or_a_comment(text: str, shown: str) -> None:
    assert said(text) == shown


def test_item_is_wrapped_beside_its_name_at_76_columns() -> None:
    for words, number in ((["word"] * 14, 1), (["word"] * 15, 2)):
        item = "\b\n  ab  " + " ".join(words)
        lines = helps._translated(item, str).splitlines()[1:]
        assert len(lines) == number
        assert all(line.startswith("      word") for line in lines[1:])
    long = helps._translated("\b\n  ab  an item " + "云" * 31, str).splitlines()[1:]
    assert long == ["  ab  an item " + "云" * 31]
    long = helps._translated("\b\n  ab  an items " + "云" * 31, str).splitlines()[1:]
    assert long == ["  ab  an items " + "云" * 30, "      云"]


def written(*rows: tuple[str, str], width: int = 30, indent: int = 0) -> list[str]:
    formatter = helps._Formatter(width=width)
    formatter.current_indent = indent
    formatter.write_dl(rows)
    return formatter.getvalue().splitlines()


def test_names_stand_beside_their_texts_in_columns() -> None:
    assert written(("a", "一"), ("极客", "二三")) == ["a     一", "极客  二三"]
    assert written(("a", "一二三四五六七八九"), width=16, indent=2) == [
        "  a  一二三四五",
        "     六七八九",
    ]
    assert written(("a", "")) == ["a  "]
    assert written(("a", "一" * 6), width=5) == ["a  一一一一一", "   一"]


def test_name_that_is_too_wide_stands_on_a_line_of_its_own() -> None:
    for length, lines in (
        (30, [f"{'n' * 30}  一", f"b{' ' * 31}二"]),
        (31, ["n" * 31, f"{' ' * 32}一", f"b{' ' * 31}二"]),
    ):
        assert written(("n" * length, "一"), ("b", "二"), width=60) == lines


def test_paragraphs_are_wrapped_and_lists_are_not() -> None:
    formatter = helps._Formatter(width=12)
    formatter.current_indent = 2
    formatter.write_heading("选项")
    formatter.write_text("一二三四五六\n\n\b\n列表：\n  smssign status --json")
    assert formatter.getvalue() == (
        "  选项：\n  一二三四五\n  六\n\n  列表：\n    smssign status --json\n"
    )


def test_clicks_words_are_those_of_the_catalogue(
    monkeypatch: pytest.MonkeyPatch, chinese: None
) -> None:
    for name in ("dgettext", "dngettext"):
        monkeypatch.setattr(gettext, name, getattr(gettext, name))
    for kind in (click.types.IntParamType, click.IntRange):
        monkeypatch.setattr(kind, "name", kind.name)
    helps.say_clicks_words()
    assert gettext.dgettext("messages", "Options") == "选项"
    assert gettext.dgettext("messages", "") == ""
    one, many = "Missing parameter", "Options"
    words = [gettext.dngettext("messages", one, many, number) for number in (0, 1, 2)]
    assert words[0] == words[2] == "选项"
    assert words[1] != "选项"


def test_short_help_is_its_own_or_the_first_sentence(chinese: None) -> None:
    assert helps.short_help_of(Command("x", short_help="List the signatures of the accounts.")) != (
        "List the signatures of the accounts."
    )
    assert helps.short_help_of(Command("x", help="第一。第二。\n\n第三。")) == "第一。"
    assert helps.short_help_of(Command("x")) == ""


def test_help_of_a_command_is_restored_after_it_was_shown(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    command = Command(
        "x",
        help="Clear every entry.",
        epilog="Don't ask.",
        params=[
            click.Option(["--all"], help="Clear every entry."),
            click.Option(["--bare"]),
            click.Argument(["word"], required=False),
        ],
        short_help="Show the writes in flight.",
    )
    assert [*helps.messages_of(command)] == [
        "Clear every entry.",
        "Don't ask.",
        "Show the writes in flight.",
    ]
    english = CliRunner().invoke(command, ["--help"]).output
    monkeypatch.setenv(LANG_VARIABLE, CHINESE)
    speak()
    shown = CliRunner().invoke(command, ["--help"], terminal_width=40).output
    monkeypatch.undo()
    speak()
    assert "Clear every" not in shown
    assert "Don't ask" not in shown
    assert CliRunner().invoke(command, ["--help"]).output == english
    assert "Clear every entry." in english


def test_paragraph_with_an_indented_line_is_not_wrapped() -> None:
    text = "One\ntwo.\n\n  Run:\n    smssign x\n  ends."
    command = Group("x", help=text, epilog="Codes:\n  0  ok\nAnd so on.")
    output = CliRunner().invoke(command, ["--help"]).output
    assert "\n  One two.\n\n    Run:\n      smssign x\n    ends.\n" in output
    assert output.endswith("\n  Codes:\n    0  ok\n  And so on.\n")


# Display


def test_json_has_two_blanks_its_chinese_and_no_command_of_a_log() -> None:
    document = {"a": ["极客", ("x", 1)], "b": None, "c": "##vso[x]\u202e\x7f"}
    text = display.json_text(document)
    assert text == (
        '{\n  "a": [\n    "极客",\n    [\n      "x",\n      1\n    ]\n  ],\n  "b": null,\n'
        '  "c": "\\u0023#vso[x]\\u202e\\u007f"\n}'
    )
    assert json.loads(text) == {"a": ["极客", ["x", 1]], "b": None, "c": "##vso[x]\u202e\x7f"}


def test_document_has_nothing_confidential_in_its_texts_and_keeps_its_keys() -> None:
    keep_secret(["spruce-key-0192837465"])
    key = "spruce-key-0192837465"
    assert display.hidden_in({key: [f"a {key}", (key, 1)], "b": {"c": key}, "d": None}) == {
        key: ["a [secret]", ["[secret]", 1]],
        "b": {"c": "[secret]"},
        "d": None,
    }


def test_character_that_steers_is_written_out_and_a_line_stays_one() -> None:
    assert display.printable("a\nb\x1b\u202e极") == "a\\u{000a}b\\u{001b}\\u{202e}极"
    assert [display.is_shown(each) for each in "a极 \n\x1b\u200b"] == [
        *[True] * 3,
        *[False] * 3,
    ]


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("a  b\nc", "a b c"),
        ("a&b", "a&amp;b"),
        ("[a](b)", "&#91;a&#93;&#40;b&#41;"),
        ("a://b a/b", "a:&#47;/b a/b"),
        ("www.a.b WWW.c", "www&#46;a.b WWW&#46;c"),
    ],
)
def test_markdown_shows_a_text_as_it_is(text: str, escaped: str) -> None:
    assert display.escaped(text) == escaped
    assert display.markdown_table(("resource", "filing "), [(text, "x")]) == (
        f"| resource | filing |\n| --- | --- |\n| {escaped} | x |"
    )
