"""Options that several commands take, and help from a docstring."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from pulumi_smssign.model.language import ENGLISH, _, language

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

_F = TypeVar("_F", bound=Callable[..., Any])


class Command(click.Command):
    """A command whose help is its docstring.

    A paragraph that has an indented line, such as examples or exit codes, is printed unwrapped.
    """

    def __init__(self, *arguments: Any, **settings: Any) -> None:  # noqa: ANN401 - click's
        super().__init__(*arguments, **settings)
        self.help, self.epilog = _unwrapped(self.help), _unwrapped(self.epilog)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The option of the help, whose own help is a message of ours."""
        option = super().get_help_option(ctx)
        if option is not None:
            # Click keeps the option, with the words of the moment in which it has made it.
            option.help = _("Show this message and exit.")
        return option

    def get_help(self, ctx: click.Context) -> str:
        """The help in the language."""
        if language() == ENGLISH:
            return super().get_help(ctx)
        from pulumi_smssign.cli.help import help_of

        return help_of(self, ctx)

    def get_short_help_str(self, limit: int = 45) -> str:
        """The short help in the language; in English at most so many characters."""
        if language() == ENGLISH:
            return super().get_short_help_str(limit)
        from pulumi_smssign.cli.help import short_help_of

        return short_help_of(self)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """What a shell offers: options, each with its help in the language."""
        if language() == ENGLISH:
            return super().shell_complete(ctx, incomplete)
        from pulumi_smssign.cli.help import in_the_language

        with in_the_language(self):
            return super().shell_complete(ctx, incomplete)


class Group(Command, click.Group):
    """A group of such commands."""

    command_class = Command


def _unwrapped(text: str | None) -> str:
    """A help text with click's mark before each paragraph that must not be wrapped."""
    paragraphs = inspect.cleandoc(text or "").split("\n\n")
    return "\n\n".join(f"\b\n{each}" if re.search("(?m)^  ", each) else each for each in paragraphs)


def of_a_stack(function: _F) -> _F:
    """The options that name a stack."""
    folder = click.option(
        "--cwd",
        metavar="DIRECTORY",
        type=click.Path(exists=True, file_okay=False, path_type=Path),
        default=Path(),
        help="The project's folder.  [default: this one]",
    )
    name = click.option("--stack", metavar="NAME", help="The stack.  [default: the selected one]")
    return name(folder(function))


as_json = click.option("--json", "json_", is_flag=True, help="Print JSON instead of a table.")
until_option = click.option(
    "--until",
    type=click.Choice(["approved", "filed"]),
    default="approved",
    show_default=True,
    help="Count a signature as done when the vendor has approved it, or when the carriers have "
    "filed it too, where the vendor reports that.",
)
