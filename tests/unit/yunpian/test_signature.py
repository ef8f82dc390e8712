from __future__ import annotations

import inspect
import subprocess
import sys

from pulumi_smssign import yunpian
from pulumi_smssign.contract.application import Evidence
from pulumi_smssign.yunpian.application import SignatureApplication

COMMON = {"self", "resource_name", "account", "adopt", "deletion_policy", "opts"}


def test_the_arguments_are_the_fields_of_the_application_in_their_order() -> None:
    arguments = [
        name
        for name in inspect.signature(yunpian.Signature.__init__).parameters
        if name not in COMMON
    ]
    assert arguments == list(SignatureApplication.model_fields)


def test_the_arguments_defaults_are_the_applications() -> None:
    for name, parameter in inspect.signature(yunpian.Signature.__init__).parameters.items():
        if name in SignatureApplication.model_fields:
            expected = SignatureApplication.model_fields[name].get_default()
            missing = parameter.default is inspect.Parameter.empty
            assert missing == SignatureApplication.model_fields[name].is_required(), name
            assert missing or parameter.default == expected, name


def test_what_is_personal_is_a_secret_in_the_program_and_in_the_plugin() -> None:
    assert yunpian.Signature._personal == SignatureApplication.personal
    fields = SignatureApplication.model_fields
    named = {name for name in fields if name.startswith(("id_card_", "licence", "agent_"))}
    assert SignatureApplication.personal == named


def test_every_field_that_takes_a_file_is_described_by_the_program() -> None:
    files = {
        name
        for name, info in SignatureApplication.model_fields.items()
        if Evidence.__name__ in str(info.annotation)
    }
    assert yunpian.Signature._evidence == files


def test_a_program_does_not_load_what_only_the_plugin_needs() -> None:
    program = (
        "import sys; from pulumi_smssign import yunpian; "
        "print([name for name in ('httpx', 'pydantic', 'tenacity') if name in sys.modules])"
    )
    shown = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert shown.stdout.strip() == "[]"
