"""The `smssign` command."""

from __future__ import annotations

import atexit
import gc
from importlib import import_module
from typing import Any

import click

from pulumi_smssign.cli.display import prepare, print_line, print_lines, printable_errors
from pulumi_smssign.cli.options import Group
from pulumi_smssign.model.errors import SmsSignError
from pulumi_smssign.model.language import ENGLISH, _, language, mark
from pulumi_smssign.version import __version__

_COMMANDS = {
    "audit": ("find", mark("Name signatures to see to; print lines that adopt them.")),
    "doctor": ("doctor", mark("Check keys, clock, network and files; say what to do.")),
    "find": ("find", mark("List the signatures of the accounts.")),
    "journal": ("journal", mark("Show or clear the writes in flight.")),
    "sandbox": ("sandbox", mark("Play the vendors' side on this machine, until Ctrl-C.")),
    "status": ("status", mark("Show what is approved, what waits, and what to do next.")),
    "watch": ("watch", mark("Show the same until nothing is pending.")),
}
"""The module and the short help of each command. The module is imported when that is called.

So no command, and no list of them, pays for another's imports, and the process of `smssign sandbox`
has no code of the clients.
"""


class Smssign(Group):
    """The group of all commands, with the exit codes of errors and of Ctrl-C."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands' names, in alphabetical order."""
        return sorted({*_COMMANDS, *super().list_commands(ctx)})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name; None where there is none."""
        if cmd_name not in _COMMANDS:
            return super().get_command(ctx, cmd_name)
        module, short_help = _COMMANDS[cmd_name]
        command: click.Command = getattr(import_module(f"pulumi_smssign.cli.{module}"), cmd_name)
        command.short_help = short_help
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands with their short helps."""
        del ctx  # none of the commands is imported for it
        with formatter.section(_("Commands")):
            formatter.write_dl([(name, _(text)) for name, (_module, text) in _COMMANDS.items()])

    def main(self, *arguments: Any, **settings: Any) -> Any:  # noqa: ANN401
        """Run the command line; what it prints is prepared first, and its language."""
        prepare()
        # Else the collector would go through all that is loaded once more, to end the process.
        atexit.register(gc.freeze)
        if language() != ENGLISH:
            from pulumi_smssign.cli.help import say_clicks_words

            say_clicks_words()
        return super().main(*arguments, **settings)

    def make_context(self, *arguments: Any, **settings: Any) -> click.Context:  # noqa: ANN401
        """Read the words of the command; an error quotes them."""
        with printable_errors():
            return super().make_context(*arguments, **settings)

    def invoke(self, ctx: click.Context) -> object:
        """Exit with 1 on an error for the user and with 2 on Ctrl-C, both without a traceback.

        A bug of ours keeps its traceback.
        """
        try:
            with printable_errors():
                return super().invoke(ctx)
        except SmsSignError as error:
            print_lines(_("Error: {message}", message=error), err=True)
            ctx.exit(1)
        except (KeyboardInterrupt, click.Abort):
            print_line(_("Cancelled."), err=True)
            ctx.exit(2)


@click.group(cls=Smssign, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="smssign", help="Show the version and exit.")
def main() -> None:
    """SMS signatures at Chinese cloud vendors: the tools beside the Pulumi resources.

    Examples:
      smssign status                  # what is approved, what is pending, what to do next
      smssign watch                   # the same, until nothing is pending
      smssign doctor                  # check keys, clock, network, files; what to do
      smssign audit                   # signatures that no resource manages; lines to adopt them
      smssign journal list            # writes that a run has sent and could not record
      smssign sandbox                 # the vendors' side, for a stack without keys

    Completion, in the shell's own start file:
      bash: eval "$(_SMSSIGN_COMPLETE=bash_source smssign)"
      zsh:  eval "$(_SMSSIGN_COMPLETE=zsh_source smssign)"
      fish: _SMSSIGN_COMPLETE=fish_source smssign | source

    Set NO_COLOR=1 for a terminal without colours; a pipe gets none.
    """
