"""Records from properties: read with suspicion, and written without what says nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pytest

from pulumi_smssign.model.records import properties_of, record_of


@dataclass(frozen=True)
class Kept:
    """A record of every kind of field."""

    name: str
    count: int = 1
    is_on: bool = False
    names: frozenset[str] = frozenset()
    texts: Mapping[str, str] = field(default_factory=dict)


WHOLE = Kept("a", 3, is_on=True, names=frozenset({"x"}), texts={"k": "v"})


def test_a_record_is_read_as_it_was_written_and_numbers_come_back_as_floats() -> None:
    assert record_of(Kept, {**properties_of(WHOLE), "count": 3.0, "names": ["x"]}) == WHOLE


def test_defaults_are_left_out_and_read_back() -> None:
    assert properties_of(Kept("a", count=0)) == {"name": "a"}
    assert record_of(Kept, {}) == Kept("")
    assert record_of(Kept, dict.fromkeys(("name", "count", "texts"))) == Kept("")


def test_given_value_is_stronger_than_the_properties() -> None:
    assert record_of(Kept, {"name": "a", "count": 2.0, "else": 7}, name="b") == Kept("b", 2)


@pytest.mark.parametrize("odd", [7.0, "yes", [], {}, ["x", 3], {"k": 3}, True], ids=repr)
def test_every_field_is_of_its_kind_whatever_the_properties_say(odd: object) -> None:
    read = record_of(Kept, dict.fromkeys(("name", "count", "is_on", "names", "texts"), odd))
    assert isinstance(read.name, str)
    assert isinstance(read.count, int)
    assert read.is_on is (odd is True)
    assert all(isinstance(text, str) for text in read.names)
    assert all(isinstance(text, str) for text in read.texts.values())
