"""Where UCloud keeps a signature, as text and as a value."""

from __future__ import annotations

import pytest

from pulumi_smssign.ucloud.scope import Scope


@pytest.mark.parametrize(
    ("scope", "project", "international"),
    [
        ("org-example/mainland", "org-example", False),
        ("org-example/international", "org-example", True),
        ("/mainland", "", False),
        ("/international", "", True),
    ],
)
def test_a_scope_names_a_place(scope: str, project: str, international: bool) -> None:
    place = Scope(project, international=international)
    assert Scope.of(scope) == place
    assert str(place) == scope


def test_no_scope_names_the_accounts_own_project() -> None:
    assert Scope.of("").project == ""
