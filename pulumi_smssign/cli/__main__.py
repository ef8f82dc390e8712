"""`python -m pulumi_smssign.cli`, for where the `smssign` script is not on the path."""

from __future__ import annotations

from pulumi_smssign.cli import main

main(prog_name="smssign")
