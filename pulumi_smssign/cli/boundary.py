"""The edge of every command: an error is a text and an exit code, and Ctrl-C has a code too."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from functools import wraps
from io import TextIOWrapper
from pathlib import Path
from typing import Any, TypeVar

import click

FAILED, CANCELLED = 1, 2
_F = TypeVar("_F", bound=Callable[..., Any])


def command(function: _F) -> _F:
    """End with 1 on an error that a user can read, and with 2 on Ctrl-C; no traceback for either.

    Nor for a terminal or pipe that has no Chinese. A mistake of ours keeps its traceback.
    """

    @wraps(function)
    def guarded(*arguments: object, **options: object) -> object:
        from pulumi_smssign.model.errors import SmsSignError

        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, TextIOWrapper):
                stream.reconfigure(errors="backslashreplace")
        try:
            return function(*arguments, **options)
        except SmsSignError as error:
            click.echo(f"Error: {error}", err=True)
            sys.exit(FAILED)
        except KeyboardInterrupt:
            click.echo("Cancelled.", err=True)
            sys.exit(CANCELLED)

    return guarded  # type: ignore[return-value] # the same signature, for click


def of_a_stack(function: _F) -> _F:
    """The options that name a stack."""
    for option in (
        click.option(
            "--cwd",
            type=click.Path(exists=True, file_okay=False, path_type=Path),
            default=Path(),
            help="The project's folder.  [default: this one]",
        ),
        click.option("--stack", metavar="NAME", help="Which stack.  [default: the selected one]"),
    ):
        function = option(function)
    return function


def as_json(function: _F) -> _F:
    """The option that prints JSON."""
    return click.option("--json", "json_", is_flag=True, help="Print JSON instead of a table.")(
        function
    )


def wants_colour() -> bool:
    """Whether the output is a terminal that nobody wants plain."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")
