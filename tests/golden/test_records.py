"""Golden stacks have every vendor in every status, frozen names, and nobody's machine."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from pulumi_smssign.version import __version__
from tests.engine.cases import CASES
from tests.golden.record import GOLDEN, PERSONAL, STACKS, folder_of, statuses_of
from tests.told import told

STORED = sorted(path for path in GOLDEN.glob("v*/*") if path.is_dir())
PROVIDERS = {
    "gASVNAAAAAAAAACMF3B1bHVtaV9zbXNzaWduLnByb3ZpZGVylIwRU2lnbmF0dXJlUHJvdmlkZXKUk5QpgZQu",
    "gASVMwAAAAAAAACMF3B1bHVtaV9zbXNzaWduLnByb3ZpZGVylIwQQXBwcm92YWxQcm92aWRlcpSTlCmBlC4=",
}
"""The two providers, pickled as every state has them."""
TYPES = {
    f"pulumi-python:dynamic/{name[0].lower()}{name[1:]}:{name}"
    for name in ("AlibabaSms", "HuaweiSms", "SmsApproval", "TencentSms", "UcloudSms", "YunpianSms")
}


def resources(stack: Path) -> list[dict[str, Any]]:
    """Our resources in a golden stack."""
    export = json.loads((stack / "export.json").read_text("utf-8"))
    listed: list[dict[str, Any]] = export["deployment"]["resources"]
    return [
        {**resource, "outputs": told(resource["outputs"])}
        for resource in listed
        if not resource["type"].startswith("pulumi:")
    ]


stored = pytest.mark.parametrize(
    "stack", STORED, ids=lambda path: f"{path.parent.name}-{path.name}"
)


def test_the_present_version_has_its_golden_stacks() -> None:
    """A release without them could not be held to what it left: record them."""
    assert {stack.name for stack in folder_of(__version__).iterdir()} == set(STACKS)


def test_the_newest_has_every_vendor_in_every_status() -> None:
    held = resources(folder_of(__version__) / "statuses")
    shown = {
        (resource["outputs"]["vendor"], resource["outputs"]["vendor_status"].partition(" ")[0])
        for resource in held
        if "vendor" in resource["outputs"]
    }
    wanted = {(case.vendor, raw.partition(" ")[0]) for case in CASES for raw in statuses_of(case)}
    assert wanted <= shown
    statuses = {resource["outputs"].get("status") for resource in held}
    assert {"PENDING", "APPROVED", "REJECTED", "SUSPENDED", "UNKNOWN"} <= statuses


def test_the_newest_has_what_waits_what_is_to_be_deleted_and_what_is_only_read() -> None:
    newest = folder_of(__version__)
    changing, still = resources(newest / "changing"), resources(newest / "statuses")
    assert any(resource["inputs"].get("__predecessors") for resource in changing)
    assert any(resource.get("delete") for resource in changing)
    assert any(resource["outputs"].get("approved") is False for resource in changing)
    assert any(resource["outputs"].get("approved") is True for resource in still)
    assert any(resource.get("external") for resource in still)
    assert any(resource["inputs"].get("adopt") for resource in still)


def test_each_signature_of_the_newest_says_what_its_policy_is() -> None:
    newest = folder_of(__version__)
    for name in STACKS:
        for resource in resources(newest / name):
            if resource["inputs"].get("vendor") and not resource.get("external"):
                assert resource["inputs"]["deletion_policy"] == "delete", resource["urn"]
                assert resource["outputs"]["deletion_policy"] == "delete", resource["urn"]


@stored
def test_its_types_and_providers_are_those_of_every_state(stack: Path) -> None:
    held = resources(stack)
    assert {resource["type"] for resource in held} <= TYPES
    assert {
        resource["inputs"]["__provider"] for resource in held if "__provider" in resource["inputs"]
    } == PROVIDERS


@stored
def test_it_names_no_machine_and_nobody(stack: Path) -> None:
    for file in stack.glob("*.json"):
        text = file.read_text("utf-8")
        assert not re.findall(r"/(?:tmp|root|home|work|Users|var|opt|usr)\b", text), file
    text = (stack / "export.json").read_text("utf-8")
    for name in ("id_card_name", "id_card_number", "agent_mobile"):
        assert str(PERSONAL[name]) not in text
