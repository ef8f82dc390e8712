"""The `smssign` command."""

from __future__ import annotations

import click

from pulumi_smssign.cli.doctor import doctor
from pulumi_smssign.cli.find import audit, find
from pulumi_smssign.cli.journal import journal
from pulumi_smssign.cli.sandbox import sandbox
from pulumi_smssign.cli.status import status
from pulumi_smssign.cli.watch import watch
from pulumi_smssign.version import __version__

_HELP = """SMS signatures at Chinese cloud vendors: the tools beside the Pulumi resources.

\b
Examples:
  smssign status                  # what is approved, what waits, what to do next
  smssign watch                   # the same until nothing is pending
  smssign doctor                  # keys, clock, network, files: what is wrong, what to do
  smssign audit                   # what the accounts have beside the stack, and lines to adopt it
  smssign journal list            # what a run has sent, and could not record
  smssign sandbox                 # the vendors' side, for a stack without keys

\b
Completion, in the shell's own start file:
  bash: eval "$(_SMSSIGN_COMPLETE=bash_source smssign)"
  zsh:  eval "$(_SMSSIGN_COMPLETE=zsh_source smssign)"
  fish: _SMSSIGN_COMPLETE=fish_source smssign | source

NO_COLOR=1 takes the colours away; in a pipe there are none.
"""


@click.group(help=_HELP, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="smssign")
def main() -> None:
    """The commands."""


for _command in (status, watch, doctor, find, audit, journal, sandbox):
    main.add_command(_command)
