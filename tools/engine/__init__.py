"""Puts a real Pulumi engine where the project's programs find it.

`python -m tools.engine` looks in this order: the Pulumi on `PATH`, an engine made here before, the
official installer, the build from Pulumi's Go modules (`cli/` and `language/` beside this file).
`SMSSIGN_ENGINE` asks for one version and no other, of which `cli-old/` builds one, or for `newest`.
The last line of its output is the folder that holds the engine's programs. What it makes is kept in
the user's cache folder, by version, so it is made once a machine.
"""
