"""The Chinese catalogue: what the program's messages are, and whether each has its Chinese.

`python -m tools.catalogue` compiles the .po files to the .mo that the package reads;
`python -m tools.catalogue missing ROOM...` prints what a room's messages lack, as entries to fill;
those of the commands' help are the room `cli`'s.
"""

from __future__ import annotations

import ast
import io
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import click
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from pulumi_smssign.cli import main as main_command
from pulumi_smssign.cli.help import messages_of

PACKAGE = Path(__file__).resolve().parents[1] / "pulumi_smssign"
SOURCES = PACKAGE / "model" / "locale" / "zh"
COMPILED = SOURCES / "smssign.mo"
_NO_DATE = datetime(1970, 1, 1, tzinfo=UTC)
"""The date in the compiled catalogue's header: the time of a compilation would make each differ."""
FUNCTIONS = frozenset({"_", "mark", "OrderError", "ServerError", "StateFileError"})
"""What is called with a message: the language's own, and the errors of the sandbox, which knows
none of it."""


@dataclass(frozen=True)
class Message:
    """A message of the program, and where it stands first."""

    text: str
    place: str


def messages(*rooms: str) -> Iterator[Message]:
    """The messages in the source of some rooms, or of the whole package; each once."""
    seen: set[str] = set()
    for room in rooms or ("",):
        path = PACKAGE / room
        for file in sorted(path.rglob("*.py")) if path.is_dir() else [path.with_suffix(".py")]:
            tree = ast.parse(file.read_text(encoding="utf-8"))
            for node in ast.walk(tree):
                if (text := _message(node)) is not None and text not in seen:
                    seen.add(text)
                    yield Message(text, f"{file.relative_to(PACKAGE)}:{node.lineno}")  # type: ignore[attr-defined]


def help_messages() -> Iterator[Message]:
    """The messages of each command's `--help`; each once."""
    seen: set[str] = set()
    for name, command in commands(main_command):
        for text in messages_of(command):
            if text not in seen:
                seen.add(text)
                yield Message(text, f"{name} --help")


def commands(command: click.Command, name: str = "smssign") -> Iterator[tuple[str, click.Command]]:
    """A command and all commands below it, by the words that call them."""
    yield name, command
    if isinstance(command, click.Group):
        with click.Context(command) as context:
            for word in command.list_commands(context):
                below = command.get_command(context, word)
                if below is not None:
                    yield from commands(below, f"{name} {word}")


def _message(node: ast.AST) -> str | None:
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
        return None
    if node.func.id not in FUNCTIONS or not node.args:
        return None
    first = node.args[0]
    return first.value if isinstance(first, ast.Constant) and isinstance(first.value, str) else None


def catalogue() -> Catalog:
    """All .po files in one; a message that two of them have is said once, or they contradict.

    Raises:
        ValueError: two files translate one message differently.
    """
    whole = Catalog(locale="zh", fuzzy=False, charset="utf-8", creation_date=_NO_DATE)
    for file in sorted(SOURCES.glob("*.po")):
        with file.open("rb") as source:
            for entry in read_po(source, locale="zh", abort_invalid=True):
                if not entry.id:
                    continue
                earlier = whole.get(entry.id)
                if earlier is not None and earlier.string != entry.string:
                    message = f"{file.name} translates another way: {entry.id}"
                    raise ValueError(message)
                whole.add(entry.id, entry.string)
    return whole


def compiled(entries: Catalog) -> bytes:
    """The .mo of a catalogue."""
    file = io.BytesIO()
    write_mo(file, entries)
    return file.getvalue()


def main() -> None:
    """Compile, or print what is missing."""
    if sys.argv[1:2] == ["missing"]:
        there = catalogue()
        rooms = sys.argv[2:] or ["cli"]
        helps = help_messages() if "cli" in rooms else ()
        for message in (*messages(*sys.argv[2:]), *helps):
            if there.get(message.text) is None:
                text = message.text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
                print(f'#: {message.place}\nmsgid "{text}"\nmsgstr ""\n')
        return
    COMPILED.write_bytes(compiled(catalogue()))


if __name__ == "__main__":
    main()
