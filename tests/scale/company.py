"""A company's signatures: which stack declares which text in which account.

A stack has signatures at all vendors, in the account of its group at each. So all stacks of a group
share a vendor's limits, and those of other groups don't.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

_DIGITS = "〇一二三四五六七八九"
BEGINNING = 3
"""Characters with which all texts of one stack begin, and no others."""
VENDORS = ("tencent", "huawei", "ucloud", "yunpian", "alibaba")


@dataclass(frozen=True)
class Declared:
    """A signature that a stack's program declares."""

    name: str
    vendor: str
    account: str
    text: str


@dataclass(frozen=True)
class Company:
    """So many stacks, accounts and signatures, spread evenly."""

    stacks: int = 50
    accounts: int = 20
    signatures: int = 5000

    @property
    def groups(self) -> int:
        """The groups of stacks that share accounts: as many as each vendor has accounts."""
        return max(1, self.accounts // len(VENDORS))

    def group(self, stack: int) -> int:
        """The group that a stack is in."""
        return stack % self.groups

    def account(self, stack: int) -> str:
        """The name of a stack's account at each vendor."""
        return f"g{self.group(stack)}"

    def each(self, stack: int) -> int:
        """How many signatures a stack declares."""
        rest = self.signatures % self.stacks
        return self.signatures // self.stacks + (stack < rest)

    def declared(self, stack: int, more: int = 0) -> Sequence[Declared]:
        """A stack's signatures, and so many more that it adds later."""
        usual = self.each(stack)
        numbers = [*range(usual), *range(9000, 9000 + more)]
        return [
            Declared(
                name=f"brand-{number:04}",
                vendor=VENDORS[number % len(VENDORS)],
                account=self.account(stack),
                text=text(stack, number),
            )
            for number in numbers
        ]

    def largest_account(self) -> int:
        """The most signatures that one account has."""
        held: dict[tuple[str, str], int] = {}
        for stack in range(self.stacks):
            for one in self.declared(stack):
                key = one.vendor, one.account
                held[key] = held.get(key, 0) + 1
        return max(held.values())


def beginning(stack: int) -> str:
    """The beginning of a stack's texts."""
    return text(stack, 0)[:BEGINNING]


def text(stack: int, number: int) -> str:
    """A text that no other signature of the company has."""
    return "云" + "".join(_DIGITS[int(digit)] for digit in f"{stack:02}{number:04}")
