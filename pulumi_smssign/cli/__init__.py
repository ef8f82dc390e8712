"""The `smssign` command."""

from __future__ import annotations

import sys
from importlib import import_module
from io import TextIOWrapper

import click

from pulumi_smssign.cli.options import Group
from pulumi_smssign.model.errors import SmsSignError
from pulumi_smssign.version import __version__

_NAMES = ("doctor", "find", "journal", "sandbox", "status", "watch")
_MODULES = {"audit": "find", **dict(zip(_NAMES, _NAMES, strict=True))}
"""The module of each command: one is imported when it is asked for, so that none pays for others.

`smssign sandbox` so runs in a process that has no code of the clients.
"""


class Smssign(Group):
    """The group of all commands: an error is a text and an exit code, and Ctrl-C has a code too."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands' names, in alphabetical order."""
        return sorted({*_MODULES, *super().list_commands(ctx)})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name; None where there is none."""
        if cmd_name not in _MODULES:
            return super().get_command(ctx, cmd_name)
        module = import_module(f"pulumi_smssign.cli.{_MODULES[cmd_name]}")
        command: click.Command = getattr(module, cmd_name)
        return command

    def invoke(self, ctx: click.Context) -> object:
        """End with 1 on an error that a user can read, and with 2 on Ctrl-C, without a traceback.

        Nor for a terminal or pipe that has no Chinese. A mistake of ours keeps its traceback.
        """
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, TextIOWrapper):
                stream.reconfigure(errors="backslashreplace")
        try:
            return super().invoke(ctx)
        except SmsSignError as error:
            click.echo(f"Error: {error}", err=True)
            ctx.exit(1)
        except (KeyboardInterrupt, click.Abort):
            click.echo("Cancelled.", err=True)
            ctx.exit(2)


@click.group(cls=Smssign, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="smssign")
def main() -> None:
    """SMS signatures at Chinese cloud vendors: the tools beside the Pulumi resources.

    Examples:
      smssign status                  # what is approved, what waits, what to do next
      smssign watch                   # the same until nothing is pending
      smssign doctor                  # keys, clock, network, files: what is wrong, what to do
      smssign audit                   # what the accounts have beside the stack, lines to adopt it
      smssign journal list            # what a run has sent, and could not record
      smssign sandbox                 # the vendors' side, for a stack without keys

    Completion, in the shell's own start file:
      bash: eval "$(_SMSSIGN_COMPLETE=bash_source smssign)"
      zsh:  eval "$(_SMSSIGN_COMPLETE=zsh_source smssign)"
      fish: _SMSSIGN_COMPLETE=fish_source smssign | source

    NO_COLOR=1 takes the colours away; in a pipe there are none.
    """
