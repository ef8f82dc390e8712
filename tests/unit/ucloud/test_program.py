"""What a program sees of UCloud, and what it must not have to load."""

from __future__ import annotations

import inspect
import subprocess
import sys

import pytest

from pulumi_smssign import ucloud
from pulumi_smssign.ucloud.application import SignatureApplication
from pulumi_smssign.ucloud.scope import Scope

COMMON = {"self", "resource_name", "account", "adopt", "deletion_policy", "opts"}


def test_the_arguments_are_the_applications_fields() -> None:
    arguments = inspect.signature(ucloud.Signature.__init__).parameters
    assert arguments.keys() - COMMON == SignatureApplication.model_fields.keys()


def test_an_argument_is_required_where_the_field_is() -> None:
    arguments = inspect.signature(ucloud.Signature.__init__).parameters
    for name, field in SignatureApplication.model_fields.items():
        assert (arguments[name].default is inspect.Parameter.empty) is field.is_required(), name
        if not field.is_required():
            assert arguments[name].default == field.default, name


def test_the_enums_have_the_pages_numbers() -> None:
    assert [kind.value for kind in ucloud.SigType] == [0, 1, 2, 3, 4, 5]
    assert [kind.value for kind in ucloud.CertificateType] == [0, 1, 2, 3, 4, 5]
    assert [kind.value for kind in ucloud.SigPurpose] == [0, 1]


def test_a_program_loads_neither_the_http_client_nor_the_models() -> None:
    program = """
import sys
import pulumi_smssign.ucloud
print(sorted({"httpx", "pydantic", "tenacity"} & sys.modules.keys()))
"""
    loaded = subprocess.run(
        (sys.executable, "-c", program), capture_output=True, text=True, check=True
    )
    assert loaded.stdout.strip() == "[]"


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
