"""The help of the commands in the language, and Click's own words.

A message of a help text is a paragraph, an item of a list, or the comment behind an example's
command; the commands themselves and JSON stay as they are. Loaded only where the language is not
English, and by the tool that lists the messages.
"""

from __future__ import annotations

import gettext
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import groupby

import click

from pulumi_smssign.cli.display import width, wrapped
from pulumi_smssign.model.language import _, mark

UNWRAPPED = "\b\n"
"""Click's mark before a paragraph that must not be wrapped."""
_COLUMNS = 76
"""Columns of a list's line: 80, without an indent on either side."""
_SENTENCE = re.compile("[A-Za-z]{2,}[,;:]? [a-z]{2,}")
_COMMENT = re.compile(r"(  .*\S\s+# )(.+)")
_ITEM = re.compile(r"(  \S+ {2,})(\S.*?)(?:( {3,})(\S.*))?")
"""An item of a list: its name, the text, and perhaps a column of settings."""

Say = Callable[[str], str]
"""What gives a message in the language."""


def messages_of(command: click.Command) -> Iterator[str]:
    """The messages of a command's help, without its subcommands'."""
    said: list[str] = []

    def note(message: str) -> str:
        said.append(message)
        return message

    for text in (command.help, command.epilog):
        _translated(text or "", note)
    for parameter in command.params:
        note(getattr(parameter, "help", None) or "")
    note(command.short_help or "")
    yield from dict.fromkeys(filter(None, said))


def help_of(command: click.Command, context: click.Context) -> str:
    """The help of a command in the language."""
    formatter = _Formatter(width=context.terminal_width, max_width=context.max_content_width)
    with in_the_language(command):
        command.format_help(context, formatter)
    return formatter.getvalue().rstrip("\n")


def short_help_of(command: click.Command) -> str:
    """The short help of a command in the language: its own, or the help's first sentence."""
    if command.short_help:
        return _(command.short_help)
    first = _translated((command.help or "").partition("\n\n")[0], _)
    return re.split("(?<=。)", first, maxsplit=1)[0]


@contextmanager
def in_the_language(command: click.Command) -> Iterator[None]:
    """A block in which a command's help, and its options', are in the language."""
    texts = command.help, command.epilog
    options = [each for each in command.params if isinstance(each, click.Option)]
    helps = [option.help for option in options]
    try:
        command.help, command.epilog = (_translated(text or "", _) for text in texts)
        for option in options:
            option.help = option.help and _(option.help)
        yield
    finally:
        command.help, command.epilog = texts
        for option, text in zip(options, helps, strict=True):
            option.help = text


def _translated(text: str, say: Say) -> str:
    """A help text with each of its messages said."""
    return "\n\n".join(_paragraph(each, say) for each in text.split("\n\n")) if text else ""


def _paragraph(text: str, say: Say) -> str:
    if not text.startswith(UNWRAPPED):
        return say(_joined(text.splitlines()))
    lines = text.removeprefix(UNWRAPPED).splitlines()
    parts: list[str] = []
    for is_indented, group in groupby(lines, key=lambda line: line.startswith("  ")):
        part = list(group)
        parts += _indented(part, say) if is_indented else [say(_joined(part))]
    return UNWRAPPED + "\n".join(parts)


def _joined(lines: Iterable[str]) -> str:
    return " ".join(map(str.strip, lines))


def _indented(lines: list[str], say: Say) -> list[str]:
    """The lines of a list, of commands or of JSON."""
    if lines[0].startswith("  {"):
        return lines
    entries: list[list[str]] = []
    for line in lines:
        if line.startswith("   ") and entries:
            entries[-1].append(line)
        else:
            entries.append([line])
    return [said for entry in entries for said in _entry(entry, say)]


def _entry(lines: list[str], say: Say) -> list[str]:
    """An item of a list, of which a line may go on in the next ones; or a command."""
    if match := _COMMENT.fullmatch(lines[0]):
        return [match[1] + say(match[2]), *lines[1:]]
    match = _ITEM.fullmatch(lines[0])
    if match is None or not _SENTENCE.search(match[2]) or "$" in match[2]:
        return lines
    name, text, gap, settings = match.groups()
    if settings:
        said = say(text)
        # The settings stay in their column.
        return [f"{name}{said}{' ' * max(2, width(text) + len(gap) - width(said))}{settings}"]
    said_lines = wrapped(say(_joined([text, *lines[1:]])), _COLUMNS - len(name))
    indents = [name, *[" " * len(name)] * (len(said_lines) - 1)]
    return [indent + line for indent, line in zip(indents, said_lines, strict=True)]


class _Formatter(click.HelpFormatter):
    """A formatter that counts columns: a Chinese character takes two, and needs no blank."""

    def write_heading(self, heading: str) -> None:
        """Write a heading, with a Chinese colon."""
        self.write(f"{'':>{self.current_indent}}{heading}：\n")

    def write_text(self, text: str) -> None:
        """Write paragraphs, with an indent."""
        indent = " " * self.current_indent
        columns = self.width - self.current_indent
        paragraphs = []
        for paragraph in text.split("\n\n"):
            lines = paragraph.removeprefix(UNWRAPPED).splitlines()
            fitting = (
                [line] if line.startswith("  ") else wrapped(line, columns) for line in lines
            )
            paragraphs.append("\n".join(f"{indent}{each}" for part in fitting for each in part))
        self.write("\n\n".join(paragraphs) + "\n")

    def write_dl(
        self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2
    ) -> None:
        """Write names, and beside each its text."""
        rows = list(rows)
        column = min(max(width(name) for name, _text in rows), col_max) + col_spacing
        margin = " " * self.current_indent
        for name, text in rows:
            lines = wrapped(text, max(self.width - column - self.current_indent, 10))
            if width(name) > column - col_spacing:
                self.write(f"{margin}{name}\n")
                name = ""  # noqa: PLW2901 - it stands on the line above
            self.write(f"{margin}{name}{' ' * (column - width(name))}{''.join(lines[:1])}\n")
            for line in lines[1:]:
                self.write(f"{margin}{' ' * column}{line}\n")


def say_clicks_words() -> None:
    """Have Click say its own words, such as "Usage:", by our catalogue.

    Click asks gettext's default domain. That looks for a file by `LANGUAGE` and `LANG`, and knows
    nothing of `SMSSIGN_LANG`; setting those would set them for `pulumi` as well. Both functions of
    the module that its others go through are replaced instead, in this process alone.
    """
    gettext.dgettext = _dgettext
    gettext.dngettext = _dngettext
    # Click asks for the names of some types only.
    for kind, name in (
        (click.types.IntParamType, mark("integer")),
        (click.IntRange, mark("integer range")),
    ):
        kind.name = property(lambda _type, name=name: _(name))  # type: ignore[misc, assignment]


def _dgettext(domain: str, message: str) -> str:
    del domain  # Click's words have their place in our catalogue
    return _(message) if message else ""


def _dngettext(domain: str, msgid1: str, msgid2: str, n: int) -> str:
    return _dgettext(domain, msgid1 if n == 1 else msgid2)
