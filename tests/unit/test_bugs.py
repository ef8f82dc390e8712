"""A mistake of ours: where it is to be reported."""

from __future__ import annotations

from email.message import Message
from importlib import metadata

import pytest

from pulumi_smssign.contract.codes import SUPPORT, Fault, Meaning
from pulumi_smssign.model.errors import BugError

ISSUES = "https://forge.example/pulumi-smssign/issues"


def installed(*urls: str) -> Message:
    """An installation's metadata."""
    metadata_ = Message()
    for url in urls:
        metadata_["Project-URL"] = url
    return metadata_


def test_a_bug_says_where_to_report_it(monkeypatch: pytest.MonkeyPatch) -> None:
    metadata_ = installed("Repository, https://forge.example/a, b", f"Issues, {ISSUES}")
    monkeypatch.setattr(metadata, "metadata", {"pulumi-smssign": metadata_}.__getitem__)
    last = str(BugError.of(KeyError("x"))).splitlines()[-1]
    assert last == f"  what to do: please report it with the lines above: {ISSUES}"


def test_a_bug_that_no_exception_tells_of_is_to_be_reported_too() -> None:
    assert str(BugError("odd")).startswith(
        "odd\n  what to do: please report it with the lines above"
    )


def test_a_package_that_is_not_installed_has_no_address(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> Message:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "metadata", missing)
    assert BugError("odd").advice == "please report it with the lines above"


def test_an_installation_that_names_no_address_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(metadata, "metadata", lambda _name: installed())
    assert BugError("odd").advice == "please report it with the lines above"


def test_bug_that_a_vendors_code_tells_of_has_its_facts() -> None:
    meaning = Meaning(BugError, "a page's size is wrong", SUPPORT)
    error = Fault(meaning, "Limit", "too large", "id of the request").error("tencent", "Describe")
    assert isinstance(error, BugError)
    assert (error.code, error.vendor_message) == ("Limit", "too large")
    assert error.advice.startswith("please report it")
