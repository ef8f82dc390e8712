"""Options that several commands take, and help from a docstring."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

_F = TypeVar("_F", bound=Callable[..., Any])


class Command(click.Command):
    """A command whose help is its docstring.

    A paragraph that has an indented line, such as examples or exit codes, is printed as it stands.
    """

    def __init__(self, *arguments: Any, **settings: Any) -> None:  # noqa: ANN401 - click's
        super().__init__(*arguments, **settings)
        self.help, self.epilog = _as_it_stands(self.help), _as_it_stands(self.epilog)


class Group(Command, click.Group):
    """A group of such commands."""

    command_class = Command


def _as_it_stands(text: str | None) -> str:
    """A text with click's mark before each paragraph that must not be wrapped."""
    paragraphs = inspect.cleandoc(text or "").split("\n\n")
    return "\n\n".join(f"\b\n{each}" if re.search("(?m)^  ", each) else each for each in paragraphs)


def of_a_stack(function: _F) -> _F:
    """The options that name a stack."""
    folder = click.option(
        "--cwd",
        type=click.Path(exists=True, file_okay=False, path_type=Path),
        default=Path(),
        help="The project's folder.  [default: this one]",
    )
    name = click.option("--stack", metavar="NAME", help="Which stack.  [default: the selected one]")
    return name(folder(function))


as_json = click.option("--json", "json_", is_flag=True, help="Print JSON instead of a table.")
until_what = click.option(
    "--until",
    type=click.Choice(["approved", "filed"]),
    default="approved",
    show_default=True,
    help="What counts as done: the vendor's approval, or the carriers' filing too, where the "
    "vendor tells of it.",
)
