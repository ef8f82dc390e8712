"""The groups of rows of `make bench`, in the order in which they are measured."""

from __future__ import annotations

from tests.bench.commands import starts
from tests.bench.first_up import at_a_time, at_the_limit, two_stacks
from tests.bench.growth import growth
from tests.bench.refresh import approval, by_lists, one_by_one, proof_size
from tests.bench.rows import Group
from tests.bench.sandbox_rows import sandbox
from tests.bench.suite import suite
from tests.bench.unchanged import all_vendors, one_vendor

GROUPS: dict[str, Group] = {
    "import": Group("import, and smssign --help", 20, starts),
    "vendor": Group("preview and up without a change at one vendor", 150, one_vendor),
    "all": Group("first up, preview, up, memory, state and status over all vendors", 240,
                 all_vendors),
    "refresh": Group("refresh at the vendors with lists", 240, by_lists),
    "refresh-limit": Group("refresh at UCloud, within its limit", 40, one_by_one),
    "limit": Group("first up of 30 at one submission a second", 40, at_the_limit),
    "stacks": Group("two stacks of one account at one submission a second", 40, two_stacks),
    "approval": Group("an Approval's wait", 45, approval),
    "proof": Group("state with a large proof", 10, proof_size),
    "parallel": Group("creates at a time", 10, at_a_time),
    "sandbox": Group("calls to a sandbox with 10,000 applications", 90, sandbox),
    "growth": Group("every command with 50, 500 and 2,000", 900, growth),
    "suite": Group("make test, test-fast and demo (with --suite)", 1, suite),
}  # fmt: skip
