"""The options of commands that tell robots what has moved."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click
from click.core import ParameterSource

from pulumi_smssign.cli import options
from pulumi_smssign.cli.notices.robots import Robot, distinct, keep_address_secret, robot_of
from pulumi_smssign.model.language import _

_ADDRESS = re.compile(r"https?://\S+")
_F = TypeVar("_F", bound=Callable[..., Any])
NOTIFY = "SMSSIGN_NOTIFY"
"""The environment variable that holds the addresses of robots."""


def changed_option(text: str) -> Callable[[_F], _F]:
    """The option for the file between two runs, with its help."""
    path = click.Path(dir_okay=False, path_type=Path)
    return click.option("--changed", metavar="FILE", type=path, help=text)


class Command(options.Command):
    """A command that takes the addresses of robots, and shows none of them in an error."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the words of the command line.

        Every address in them is confidential, also one that no option takes: click quotes it.
        """
        for address in _ADDRESS.findall(" ".join((*args, os.environ.get(NOTIFY, "")))):
            keep_address_secret(address)
        return super().parse_args(ctx, args)


notify_option = click.option(
    "--notify",
    metavar="URL",
    multiple=True,
    envvar=NOTIFY,
    help="Tell a robot of DingTalk, Feishu or WeCom, or a webhook, what has moved since it was "
    f"told last; needs --changed. May be repeated; {NOTIFY} holds URLs with spaces between them.",
)


def robots_of(addresses: Sequence[str], changed: Path | None) -> tuple[Robot, ...]:
    """The robots that are to be told; none without the file that remembers what they were told.

    Raises:
        click.UsageError: an address is none, or --notify stands without --changed.
    """
    context = click.get_current_context()
    is_given = context.get_parameter_source("notify") is ParameterSource.COMMANDLINE
    if changed is None and is_given:
        raise click.UsageError(
            _("--notify needs --changed FILE, which remembers what each robot was told")
        )
    robots = []
    for number, address in enumerate(addresses if changed else (), 1):
        try:
            robots.append(robot_of(address))
        except ValueError as error:
            place = "--notify" if is_given else NOTIFY
            raise click.UsageError(
                _("{place}, robot {number}: {trouble}", place=place, number=number, trouble=error)
            ) from None
    return tuple(distinct(robots))
