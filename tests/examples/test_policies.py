"""The policy pack: its rules in process, and on the real engine.

Pulumi's policy SDK (pulumi-policy) pins an older protobuf than the pinned versions have, so it is
none of them, and stands in a folder of its own: it runs with the newer one.
"""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from pulumi_smssign.core.registry import VENDORS, named
from pulumi_smssign.model.names import FILED_NO_MORE
from tests.engine.sdks import install
from tests.examples.conftest import Copy
from tests.examples.example import EXAMPLES

_SDK = "1.21.0"
_PACK = ("--policy-pack", "pack/run")


@pytest.fixture
def rules(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    """The rules of the pack, as the pack imports them."""
    monkeypatch.syspath_prepend(str(EXAMPLES / "policies" / "pack"))
    yield importlib.import_module("sms_rules")
    sys.modules.pop("sms_rules")


def test_rules_are_about_the_signatures_of_each_vendor(rules: ModuleType) -> None:
    for vendor in VENDORS:
        assert rules.is_signature(f"pulumi-python:dynamic/{vendor}Sms:{vendor.title()}Sms")
    assert not rules.is_signature("pulumi-python:dynamic/smsApproval:SmsApproval")
    assert not rules.is_signature("pulumi-python:dynamic:Resource")


def test_expelled_names_are_those_of_the_package(rules: ModuleType) -> None:
    for vendor in VENDORS:
        field, kinds = named(vendor).application.name_kinds
        expelled = {value for value, kind in kinds.items() if kind in FILED_NO_MORE}
        assert rules.EXPELLED[vendor] == (field, expelled)
        abroad = named(vendor).application.abroad_field
        assert rules.ABROAD.get(vendor, "") == abroad
        for value in kinds:
            assert isinstance(value, int)
            # A number in a state is a float.
            properties = {"vendor": vendor, field: float(value), abroad: False}
            assert bool(rules.kind_of_name(properties)) is (value in expelled)
            if abroad:
                assert rules.kind_of_name({**properties, abroad: True}) == ""


@pytest.mark.parametrize(
    ("policy", "is_fine"), [("retain", True), ("delete", False), (None, False)]
)
def test_only_retain_is_fine(policy: str | None, is_fine: bool, rules: ModuleType) -> None:
    assert (rules.deletion({"deletion_policy": policy}) == "") is is_fine


@pytest.mark.parametrize(
    ("status", "is_protected", "is_fine"),
    [("PENDING", False, True), ("APPROVED", False, False), ("APPROVED", True, True)],
)
def test_only_approved_signatures_need_protection(
    status: str,
    is_protected: bool,
    is_fine: bool,
    rules: ModuleType,
) -> None:
    objection = rules.protection({"review": {"status": status}}, is_protected=is_protected)
    assert (objection == "") is is_fine


def test_pack_holds_a_program_to_its_rules_on_the_engine(copy: Copy, tmp_path: Path) -> None:
    example = copy("policies")
    sdk = install(_SDK, tmp_path / "sdk", package="pulumi-policy")
    path = (str(sdk), os.environ.get("PYTHONPATH"))
    example.environment["PYTHONPATH"] = os.pathsep.join(filter(None, path))
    program = example.folder / "__main__.py"
    example.pulumi("stack", "init", "dev")
    example.pulumi("up", "--yes", "--skip-preview", *_PACK)
    example.review()
    example.pulumi("up", "--yes", "--refresh", "--skip-preview")
    unprotected = example.try_pulumi("preview", *_PACK)
    assert not unprotected.succeeded
    example.edit()
    example.pulumi("up", "--yes", "--skip-preview", *_PACK)

    written = program.read_text("utf-8")
    for before, after, policy in (
        ('"retain"', '"delete"', "keeps-approved-signatures"),
        ("SignType.COMPANY", "SignType.APP", "names-that-carriers-file"),
    ):
        program.write_text(written.replace(before, after), "utf-8")
        refused = example.try_pulumi("preview", *_PACK)
        assert not refused.succeeded
        assert f"[mandatory]  {policy}" in refused.output
    assert example.texts() == [("tencent", "云杉示例", "APPROVED")]
    example.must_have_printed_what_its_readme_shows()
