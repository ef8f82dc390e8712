"""Stacks as each released version left them: what a user has in state must go on working.

A folder of a version's name holds its golden stacks, each with what `pulumi stack export` printed,
the program that made it, and the sandbox's state file as the vendors' side of it. The folders stay
as they are for ever; `python -m tests.golden.record` adds that of the present version.
"""
