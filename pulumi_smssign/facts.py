"""Facts of a brand, the same for all vendors, and how a vendor's form takes them.

Each vendor's package has its `FORM`, a table in the vendor's own words.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any, Literal, NamedTuple, Required, TypedDict

import pulumi

__all__ = ["Fact", "Facts", "Form", "NameOf"]

EvidenceFile = str | os.PathLike[str] | pulumi.FileAsset
"""A proof file in a program: a path, relative to the program, or a `pulumi.FileAsset`."""
NameOf = Literal[
    "company", "institution", "trademark", "app", "website", "official_account", "mini_program"
]
"""The kind of thing that a name belongs to."""


class Facts(TypedDict, total=False):
    """Facts of a brand for every vendor; a form takes those that it asks for.

    Only `text` is always needed. What a listed vendor needs beside is named when it is missing.
    """

    text: Required[pulumi.Input[str]]
    """The name, without 【】."""
    name_of: NameOf
    """What it is the name of; "company" unless said. The mainland's carriers file names of
    companies, institutions and registered trademarks, and no others any more."""
    own_use: bool
    """Whether it is the account holder's own name; True unless said."""
    licence: pulumi.Input[EvidenceFile]
    """The owner's business licence: a PNG or JPEG file, its path relative to the program."""
    proof: pulumi.Input[EvidenceFile]
    """What proves a name that the licence does not: the trademark's certificate, a screenshot of
    the app's or the website's ICP filing, of the account's settings; such a file too."""
    power_of_attorney: pulumi.Input[EvidenceFile]
    """The owner's power of attorney, where `own_use` is False; such a file too."""
    owner: pulumi.Input[str]
    """The company's legal name, as on its licence; the preview holds `text` against it."""
    purpose: pulumi.Input[str]
    """What the texts are for: words to the reviewer."""
    website: pulumi.Input[str]
    """The address of the business, with http:// or https://."""
    trademark_number: pulumi.Input[str]
    """The trademark's application or registration number."""
    icp_number: pulumi.Input[str]
    """The number of the ICP filing or licence of an app."""


class Fact(NamedTuple):
    """The place of a fact in a form's table."""

    name: str


class Form(NamedTuple):
    """A vendor's form: tables that turn the facts into its arguments.

    A value is what the vendor wants to hear, or a `Fact`, or a list of facts. `always` holds for
    every brand, `kinds` by what the name is the name of (one that is missing the vendor has no word
    for), `own_use` by whose it is.
    """

    always: Mapping[str, object]
    kinds: Mapping[NameOf, Mapping[str, object]]
    own_use: Mapping[bool, Mapping[str, object]]

    def row(self, facts: Facts) -> dict[str, object]:
        """The table's row for a brand of this kind, its facts not filled in."""
        kind = self.kinds.get(facts.get("name_of", "company"), {})
        return {**self.always, **kind, **self.own_use[facts.get("own_use", True)]}

    def arguments(self, facts: Facts) -> dict[str, Any]:
        """The vendor's arguments, without those whose facts are not given."""
        filled = {name: _filled(value, facts) for name, value in self.row(facts).items()}
        return {name: value for name, value in filled.items() if value not in (None, [])}


def _filled(value: object, facts: Facts) -> object:
    if isinstance(value, Fact):
        return facts.get(value.name)
    if isinstance(value, list):
        return [each for each in (_filled(item, facts) for item in value) if each is not None]
    return value
