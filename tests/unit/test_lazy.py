"""Lazy packages: a name is found in its module, a module by its name, and nothing else."""

from __future__ import annotations

import pytest

import pulumi_smssign
from pulumi_smssign import version
from pulumi_smssign.lazy import lazy
from pulumi_smssign.model import vocabulary

FIND, NAMES = lazy("pulumi_smssign", {"version": [], "model.vocabulary": ["TODO", "LATEST"]})


def test_a_name_is_found_in_its_module_and_is_an_attribute_from_then_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(vocabulary, "LATEST", "newest", raising=False)
    assert FIND("LATEST") == "newest"
    assert vars(pulumi_smssign).pop("LATEST") == "newest"


def test_a_module_is_found_by_its_name() -> None:
    assert FIND("version") is version


def test_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError) as caught:
        FIND("vocabulary")
    assert str(caught.value) == "module 'pulumi_smssign' has no attribute 'vocabulary'"


def test_a_package_lists_its_modules_and_names_beside_what_it_has() -> None:
    listed = NAMES()
    assert {"version", "model.vocabulary", "TODO", "LATEST", "__name__"} <= set(listed)
    assert listed == sorted(set(listed))
