"""The words that all rooms share."""

from __future__ import annotations

import pytest

from pulumi_smssign.model.filing import FilingState
from pulumi_smssign.model.names import NameKind
from pulumi_smssign.model.vocabulary import DELETION_POLICIES, Labelled, Status


@pytest.mark.parametrize("word", ["ARCHIVED", "approved", ""])
def test_a_status_that_a_newer_version_wrote_is_unknown(word: str) -> None:
    assert Status(word) is Status.UNKNOWN


@pytest.mark.parametrize("status", Status)
def test_a_status_is_read_as_it_is_written(status: Status) -> None:
    assert Status(str(status)) is status


def test_the_statuses_and_policies_are_those_that_programs_and_states_have() -> None:
    assert list(Status) == ["PENDING", "APPROVED", "REJECTED", "SUSPENDED", "UNKNOWN", "GONE"]
    assert DELETION_POLICIES == ("retain", "delete")


@pytest.mark.parametrize("member", [Status.APPROVED, FilingState.FILED, NameKind.APP])
def test_a_label_is_the_value_in_english(member: Labelled) -> None:
    assert member.label == str(member)


def test_a_label_is_in_the_readers_language_and_the_value_is_not(chinese: None) -> None:
    assert (Status.APPROVED.label, str(Status.APPROVED)) != ("APPROVED", "APPROVED")
    assert str(Status.APPROVED) == "APPROVED"
