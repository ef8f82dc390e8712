"""The `smssign` command."""

from __future__ import annotations

import click

from pulumi_smssign.cli.sandbox import sandbox
from pulumi_smssign.version import __version__


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="smssign")
def main() -> None:
    """SMS signatures at Chinese cloud vendors: the tools beside the Pulumi resources."""


main.add_command(sandbox)
