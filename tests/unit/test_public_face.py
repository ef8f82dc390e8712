"""The public face that users' programs and states hold on to: names, import paths, types."""

from __future__ import annotations

import ast
import base64
import importlib
import inspect
import pickle
import re
import subprocess
import sys
from collections.abc import Callable
from enum import Enum
from pathlib import Path
from typing import is_typeddict

import pytest
from pulumi.dynamic.dynamic import serialize_provider

import pulumi_smssign
from pulumi_smssign import brand
from pulumi_smssign.approval import Approval
from pulumi_smssign.contract.application import Evidence
from pulumi_smssign.contract.vendor import BaseApi
from pulumi_smssign.core.registry import OURS, VENDORS, named
from pulumi_smssign.provider import ApprovalProvider, SignatureProvider
from pulumi_smssign.signature import OUTPUTS, Arguments
from tests.engine.cases import CASES, Case
from tools.fields import described

ROOT = Path(__file__).resolve().parents[2]
PUBLIC = (
    "pulumi_smssign",
    "pulumi_smssign.approval",
    "pulumi_smssign.brand",
    "pulumi_smssign.facts",
    "pulumi_smssign.outputs",
    "pulumi_smssign.sandbox",
    "pulumi_smssign.signature",
    *(f"pulumi_smssign.{vendor}" for vendor in VENDORS),
)
"""The modules whose names stand in users' programs and tests, or in what their editors show."""


FACES = ("pulumi_smssign", *(f"pulumi_smssign.{vendor}" for vendor in OURS))
"""The packages that load what they show when it is asked for."""


def isort_order(name: str) -> tuple[bool, bool, str]:
    """Constants, classes, and then the rest, as the linter has it."""
    return not name.isupper(), not name[:1].isupper(), name


def without_words(class_: type) -> list[str]:
    """A class's attributes that no text follows, and that are no argument either."""
    (body,) = ast.parse(inspect.getsource(class_)).body
    assert isinstance(body, ast.ClassDef)
    if is_typeddict(class_) and class_.__name__.endswith("Arguments"):
        return []  # they stand where the arguments are described
    arguments = () if is_typeddict(class_) else inspect.signature(class_).parameters
    return [
        node.target.id
        for node, follower in zip(body.body, [*body.body[1:], None], strict=True)
        if isinstance(node, ast.AnnAssign)
        and isinstance(node.target, ast.Name)
        and not node.target.id.startswith("_")
        and node.target.id not in arguments
        and not (isinstance(follower, ast.Expr) and isinstance(follower.value, ast.Constant))
    ]


def test_the_package_shows_what_it_means_to_and_no_more() -> None:
    assert pulumi_smssign.__all__ == [
        "TODO",
        "Approval",
        "ApprovalArguments",
        "Brand",
        "CarrierFiling",
        "Facts",
        "Filing",
        "Qualification",
        "Review",
        "Status",
        "__version__",
        *sorted(OURS),
    ]
    for name in pulumi_smssign.__all__:
        assert hasattr(pulumi_smssign, name)


@pytest.mark.parametrize("module", FACES)
def test_lazy_package_shows_editors_and_star_imports_all_its_names(module: str) -> None:
    package = importlib.import_module(module)
    assert set(package.__all__) <= set(dir(package))
    namespace: dict[str, object] = {}
    exec(f"from {module} import *", namespace)  # noqa: S102 - it is what is tested
    assert set(package.__all__) <= namespace.keys()
    with pytest.raises(AttributeError, match=f"module '{module}' has no attribute 'Signatur'"):
        _ = package.Signatur


@pytest.mark.parametrize(
    ("provider", "pickled"),
    [
        (SignatureProvider, "pulumi_smssign.provider SignatureProvider"),
        (ApprovalProvider, "pulumi_smssign.provider ApprovalProvider"),
    ],
)
def test_a_provider_is_pickled_as_its_name(
    provider: type[SignatureProvider | ApprovalProvider], pickled: str
) -> None:
    content = base64.b64decode(serialize_provider(provider()))
    module, name = pickled.split()
    assert module.encode() in content
    assert name.encode() in content
    assert len(content) < 100
    assert type(pickle.loads(content)) is provider  # noqa: S301 - our own bytes


@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_type_names_are_frozen(case: Case) -> None:
    module = importlib.import_module(f"pulumi_smssign.{case.vendor}")
    assert module.Signature._resource_type_name == case.frozen.type_name
    assert module.Signature._vendor == case.vendor


def test_the_type_name_of_an_approval_is_frozen() -> None:
    assert Approval._resource_type_name == "dynamic/smsApproval:SmsApproval"


def test_the_type_name_of_a_brand_is_frozen() -> None:
    """The names of its parts are: tests/engine/test_brand.py."""
    assert brand._TYPE == "smssign:index:Brand"


@pytest.mark.parametrize("module", PUBLIC)
def test_a_public_module_says_what_it_shows(module: str) -> None:
    package = importlib.import_module(module)
    assert package.__all__ == sorted(package.__all__, key=isort_order)
    for name in package.__all__:
        assert hasattr(package, name)


@pytest.mark.parametrize("module", PUBLIC)
def test_every_public_name_has_a_hover_text(module: str) -> None:
    package = importlib.import_module(module)
    homes = {module, f"{module}.choices", f"{module}.resource"}
    bare = []
    for name in package.__all__:
        value = getattr(package, name)
        if isinstance(value, type) and not getattr(value, "__doc__", None):
            bare.append(name)
        if isinstance(value, type) and value.__module__ in homes and not issubclass(value, Enum):
            bare += [f"{name}.{each}" for each in without_words(value)]
    assert bare == []


@pytest.mark.parametrize(
    "call",
    [
        *(getattr(pulumi_smssign, vendor).Signature for vendor in VENDORS),
        *(getattr(pulumi_smssign, vendor).Signature.get for vendor in VENDORS),
        Approval,
        pulumi_smssign.Brand,
    ],
    ids=str,
)
def test_every_argument_is_described_where_an_editor_shows_it(call: Callable[..., object]) -> None:
    text = (inspect.getdoc(call) or "").partition("\nRaises:")[0]
    documented = re.findall(r"(?m)^ {4}(\w+): ", text)
    assert documented == [name for name in inspect.signature(call).parameters if name != "common"]


def test_every_common_argument_is_described_where_an_editor_shows_it() -> None:
    assert [name for name, _ in described(Arguments)] == list(Arguments.__annotations__)


@pytest.mark.parametrize("vendor", VENDORS)
def test_a_choice_is_described_by_its_enumeration(vendor: str) -> None:
    module = getattr(pulumi_smssign, vendor)
    text = inspect.getdoc(module.Signature) or ""
    for argument, choice in module.Signature._interface().choices.items():
        assert choice.__name__ in module.__all__
        (line,) = re.findall(rf"(?ms)^    {argument}: (.*?)(?:\n    \w|\Z)", text)
        assert f"`{choice.__name__}`" in line


@pytest.mark.parametrize("vendor", VENDORS)
def test_the_arguments_are_the_applications_fields_with_their_order_and_defaults(
    vendor: str,
) -> None:
    arguments = inspect.signature(getattr(pulumi_smssign, vendor).Signature.__init__).parameters
    common = {"self", "resource_name", "common"}
    fields = named(vendor).application.model_fields
    assert [name for name in arguments if name not in common] == list(fields)
    for name, field in fields.items():
        is_required = arguments[name].default is inspect.Parameter.empty
        assert is_required is field.is_required(), name
        assert is_required or arguments[name].default == field.get_default(), name


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_signature_knows_what_its_application_and_its_reviews_are_made_of(case: Case) -> None:
    signature = getattr(pulumi_smssign, case.vendor).Signature
    model = named(case.vendor).application
    fields = model.model_fields
    rules = named(case.vendor).rules
    assert (rules.fields, rules.text_field) == (tuple(fields), model.text_field)
    interface = signature._interface()
    assert interface.fields == tuple(fields)
    assert signature._personal == model.personal == rules.personal
    assert interface.evidence == {
        name for name, info in fields.items() if Evidence.__name__ in str(info.annotation)
    }
    common = {*OUTPUTS, "account", "deletion_policy"}
    assert interface.outputs - fields.keys() - common == set(case.frozen.outputs)
    assert fields.keys() - interface.evidence - model.personal <= interface.outputs
    assert not interface.texts & fields.keys()
    assert interface.texts >= {"reason", "edit_status", "scope"}


def test_deletion_policy_is_described_with_both_values_and_its_default() -> None:
    text = dict(described(Arguments))["deletion_policy"]
    for word in ('"retain"', '"delete"', "`smssign:deletionPolicy`", "plain value"):
        assert word in text


@pytest.mark.parametrize("vendor", VENDORS)
def test_a_vendor_has_the_rooms_of_the_contract(vendor: str) -> None:
    package = named(vendor)
    fields = set(package.application.model_fields)
    assert package.rules.vendor == vendor
    assert package.rules.fixed | package.rules.unique | package.rules.unreviewed <= fields
    assert set(package.rules.requests) <= package.rules.unreviewed
    assert package.rules.reviewer_notes | package.rules.console_only <= fields
    assert package.rules.modifiable <= package.rules.statuses.keys()
    assert package.rules.submitted in package.rules.statuses
    assert (package.rules.deletable or set()) <= package.rules.statuses.keys()
    assert package.application.text_field in fields
    assert package.application.personal <= fields
    api = package.connect(package.credentials.sandbox("http://127.0.0.1:9", "default"))
    assert isinstance(api, BaseApi)
    api.close()


def loaded_by(script: str) -> set[str]:
    """The modules that a process has after a script."""
    asked = [sys.executable, "-c", f"{script}\nimport sys\nprint(*sys.modules)"]
    done = subprocess.run(asked, check=True, capture_output=True, text=True)
    return set(done.stdout.splitlines()[-1].split())


def test_program_that_declares_loads_no_client() -> None:
    program = f"from pulumi_smssign import *\nfor one in ({', '.join(OURS)}):"
    heavy = {"httpx", "pydantic", "tenacity", "pyrate_limiter", "starlette"}
    assert loaded_by(f"{program} one.Signature").isdisjoint(heavy)


@pytest.mark.parametrize(
    "script",
    [
        "import pulumi_smssign.sandbox.server",
        "from pulumi_smssign.cli import main\nmain(['sandbox', '--help'], standalone_mode=False)",
    ],
)
def test_sandbox_process_has_neither_pulumi_nor_a_client(script: str) -> None:
    rooms = ("contract", "core", "engine", "cli.inventory", "program", *VENDORS)
    clients = {f"pulumi_smssign.{room}" for room in rooms}
    assert loaded_by(script).isdisjoint({"pulumi", "httpx", *clients})


def test_a_connection_loads_no_command_line_of_its_client() -> None:
    loaded = loaded_by(
        "from pulumi_smssign.core.registry import named\nvendor = named('huawei')\n"
        "vendor.connect(vendor.credentials.sandbox('http://127.0.0.1:9', 'default'))"
    )
    assert "httpx" in loaded
    assert loaded.isdisjoint({"rich.console", "pygments", "click"})


def test_vendors_rules_and_calls_load_no_pulumi() -> None:
    parts = [f"pulumi_smssign.{vendor}.{part}" for vendor in OURS for part in ("api", "choices")]
    loaded = loaded_by(f"import {', '.join(parts)}")
    assert "pulumi" not in loaded
    assert loaded >= set(parts)
