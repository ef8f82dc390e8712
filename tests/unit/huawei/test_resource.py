"""The program's side: the resource has the arguments that the application has fields."""

from __future__ import annotations

import inspect
import subprocess
import sys

from pulumi_smssign import huawei
from pulumi_smssign.huawei.application import FILE_IDS, SignatureApplication
from pulumi_smssign.model.review import Handle
from tests.unit.huawei.desk import ID, Desk, api_at, shown

FIELDS = SignatureApplication.model_fields
COMMON = {"self", "resource_name", "account", "adopt", "deletion_policy", "opts"}


def test_every_field_is_an_argument_and_every_argument_a_field() -> None:
    arguments = inspect.signature(huawei.Signature.__init__).parameters
    assert arguments.keys() - COMMON == FIELDS.keys()


def test_the_same_arguments_are_required() -> None:
    arguments = inspect.signature(huawei.Signature.__init__).parameters
    required = {name for name, one in arguments.items() if one.default is inspect.Parameter.empty}
    assert required - COMMON == {name for name, one in FIELDS.items() if one.is_required()}


def test_every_proof_file_is_described() -> None:
    files = {name for name, one in FIELDS.items() if "Evidence" in str(one.annotation)}
    assert huawei.Signature._evidence == files == FILE_IDS.keys()
    assert set(FILE_IDS.values()) <= FIELDS.keys()


def test_what_a_review_tells_has_its_output() -> None:
    handle = Handle(ID)
    review = api_at(Desk(shown())).reviews([handle])[handle]
    assert review.outputs.keys() == set(huawei.Signature._vendor_outputs)
    assert review.reported.keys() <= FIELDS.keys()
    declared = huawei.Signature.__annotations__.keys()
    assert set(huawei.Signature._vendor_outputs) <= declared
    assert FIELDS.keys() - huawei.Signature._evidence <= declared


def test_the_values_of_the_vendor_s_page() -> None:
    assert [source.value for source in huawei.SignatureSource] == [0, 1, 2, 3, 4, 5]
    assert f"{huawei.SignatureType.NOTIFY_TYPE}" == "NOTIFY_TYPE"


def test_a_program_loads_neither_the_client_nor_the_models() -> None:
    heavy = ("httpx", "pydantic", "pulumi_smssign.huawei.api", "pulumi_smssign.huawei.application")
    program = (
        "import sys, pulumi_smssign.huawei; "
        f"print([name for name in {heavy!r} if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == "[]"
