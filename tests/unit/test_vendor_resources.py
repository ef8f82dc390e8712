"""A vendor's resource: what a brand's facts become, and what a read one is named by."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from typing import Any, get_args

import pulumi
import pytest

from pulumi_smssign import alibaba, huawei, tencent, ucloud, yunpian
from pulumi_smssign.brand import Vendor, _desk
from pulumi_smssign.core.registry import OURS
from pulumi_smssign.facts import NameOf
from pulumi_smssign.huawei.resource import _yes_or_no
from tests.unit.program.declared import inputs_of
from tests.unit.test_brand import facts

Arguments = Mapping[str, object]

KINDS = get_args(NameOf)
ALWAYS: Mapping[str, Arguments] = {
    "alibaba": {"sign_name": "云杉示例", "remark": "order notices"},
    "huawei": {
        "signature_name": "云杉示例",
        "apply_desc": "order notices",
        "licence": "licence.png",
    },
    "tencent": {"sign_name": "云杉示例", "remark": "order notices"},
    "ucloud": {"sig_content": "云杉示例", "description": "order notices"},
    "yunpian": {
        "sign": "云杉示例",
        "website": "https://spruce.example",
        "business_license_name": "云杉示例有限公司",
    },
}
OWNER: Mapping[str, tuple[Arguments, Arguments]] = {
    "alibaba": ({"third_party": False}, {"third_party": True}),
    "huawei": (
        {"is_involved_third": False},
        {"is_involved_third": True, "power_of_attorney": "letter.png"},
    ),
    "tencent": ({"sign_purpose": 0}, {"sign_purpose": 1, "commission_image": "letter.png"}),
    "ucloud": ({"sig_purpose": 0}, {"sig_purpose": 1, "proxy_file": "letter.png"}),
    "yunpian": ({"sign_use": 0}, {"sign_use": 1}),
}


def at_tencent(sign_type: int, document_type: int, file: str = "proof.png") -> Arguments:
    return {"sign_type": sign_type, "document_type": document_type, "proof_image": file}


def at_ucloud(number: int, file: str = "proof.png") -> Arguments:
    return {"sig_type": number, "certificate_type": number, "file": file}


def at_yunpian(prove_type: int, file: str = "proof.png") -> Arguments:
    return {"prove_type": prove_type, "licences": [file]}


OF_KIND: Mapping[str, Mapping[str, Arguments]] = {
    "alibaba": {
        "company": {"sign_source": 0},
        "institution": {"sign_source": 0},
        "trademark": {"sign_source": 5},
        "app": {"sign_source": 2, "apply_scene_content": "https://spruce.example"},
    },
    "huawei": {
        "company": {"signature_source": 0},
        "institution": {"signature_source": 0},
        "trademark": {
            "signature_source": 5,
            "related_file": "proof.png",
            "registration_number": "TM-0042",
        },
        "app": {
            "signature_source": 2,
            "related_file": "proof.png",
            "license_number": "ICP-0042",
        },
    },
    "tencent": {
        "company": at_tencent(0, 1, "licence.png"),
        "institution": at_tencent(5, 3, "licence.png"),
        "trademark": at_tencent(4, 7),
        "app": at_tencent(1, 4),
        "website": at_tencent(2, 5),
        "official_account": at_tencent(3, 8),
        "mini_program": at_tencent(6, 6),
    },
    "ucloud": {
        "company": at_ucloud(0, "licence.png"),
        "institution": at_ucloud(5, "licence.png"),
        "trademark": at_ucloud(4),
        "app": at_ucloud(1),
        "website": at_ucloud(2),
        "official_account": at_ucloud(3),
        "mini_program": at_ucloud(3),
    },
    "yunpian": {
        "company": at_yunpian(1, "licence.png"),
        "institution": at_yunpian(1, "licence.png"),
        "trademark": at_yunpian(6),
        "app": at_yunpian(2),
        "website": at_yunpian(3),
    },
}


@pytest.mark.parametrize("own_use", [True, False], ids=["own", "another's"])
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("vendor", OURS)
def test_facts_become_the_vendors_arguments(vendor: Vendor, kind: str, own_use: bool) -> None:
    told = facts(name_of=kind, own_use=own_use)
    owner = OWNER[vendor][0 if own_use else 1]
    expected = {**ALWAYS[vendor], **OF_KIND[vendor].get(kind, {}), **owner}
    assert _desk(vendor).form.arguments(told) == expected


@pytest.mark.parametrize(
    ("program", "named"),
    [
        (
            lambda: tencent.Signature.get("found", "7"),
            {"international": False, "scope": "mainland"},
        ),
        (
            lambda: tencent.Signature.get("found", "7", international=True, account="shop"),
            {"international": True, "scope": "international", "account": "shop"},
        ),
        (
            lambda: ucloud.Signature.get("found", "7"),
            {"international": False, "scope": "/mainland"},
        ),
        (
            lambda: ucloud.Signature.get("found", "7", project_id="org-1", account="shop"),
            {
                "international": False,
                "scope": "org-1/mainland",
                "project_id": "org-1",
                "account": "shop",
            },
        ),
        *(
            (lambda kind=kind: kind.get("found", "7", account="shop"), {"account": "shop"})
            for kind in (alibaba.Signature, huawei.Signature, yunpian.Signature)
        ),
    ],
)
def test_read_signature_is_named_by_its_place_and_no_more(
    program: Callable[[], object], named: Arguments
) -> None:
    inputs = inputs_of(program)["found"]
    places = ("international", "scope", "project_id", "account")
    told = {name: inputs[name] for name in places if inputs.get(name) is not None}
    assert told == named


def test_read_signature_takes_pulumis_options() -> None:
    def program() -> None:
        for kind in (tencent.Signature, ucloud.Signature):
            first = kind.get(f"{kind.__module__}-1", "7")
            options = pulumi.ResourceOptions(parent=first)
            read = kind.get(f"{kind.__module__}-2", "8", opts=options)
            parents.append(read in first._childResources)

    parents: list[bool] = []
    inputs_of(program)
    assert parents == [True, True]


def test_huaweis_own_yes_and_no_are_taken_from_an_output_too() -> None:
    async def meant(said: object) -> object:
        return await _yes_or_no(pulumi.Output.from_input(said)).future()

    said: tuple[Any, ...] = ("Yes", "No", True, "maybe")
    assert [asyncio.run(meant(each)) for each in said] == [True, False, True, "maybe"]
