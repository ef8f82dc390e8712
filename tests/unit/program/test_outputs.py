"""Outputs in a program: the types that they have at run time, and what an export makes of them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NoReturn

import pulumi
import pytest
from pulumi.runtime import mocks, rpc

from pulumi_smssign import Approval, Qualification, Status, tencent
from pulumi_smssign.program.output_types import output_type
from tests.images import png
from tests.unit.program.declared import declare, inputs_of

FILING = {"state": "filed", "carriers": {}, "since": "", "reasons": []}


def review(status: str) -> dict[str, str]:
    return {
        "name": "brand",
        "vendor": "tencent",
        "account": "default",
        "id": "730001",
        "text": "云杉示例",
        "status": status,
        "reason": "",
        "deliverable": "unknown",
    }


class Engine(mocks.Mocks):
    """An engine that tells of a signature, and of its review, what a test says."""

    def __init__(self, status: str) -> None:
        self.status = status

    def new_resource(self, args: mocks.MockResourceArgs) -> tuple[str, dict[str, Any]]:
        told: dict[str, Any] = {
            "review": {"status": self.status, "revision": 2.0, "filing": FILING}
        }
        if args.name == "approved":
            told = {"approved": False, "reviews": [review(self.status)]}
        return "730001", {**args.inputs, **told}

    def call(self, args: mocks.MockCallArgs) -> NoReturn:
        raise AssertionError(args.token)


@pytest.fixture(autouse=True)
def directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "licence.png").write_bytes(png())
    monkeypatch.chdir(tmp_path)


class Ours(tencent.Signature):
    """A program's own class."""


def known(status: str, kind: type[tencent.Signature] = tencent.Signature) -> dict[str, Any]:
    """What a program is told of a signature of this status, and of its review."""
    told: dict[str, Any] = {}

    def program() -> None:
        brand = kind(
            "brand",
            sign_name="云杉示例",
            sign_type=tencent.SignType.COMPANY,
            document_type=tencent.DocumentType.BUSINESS_LICENSE,
            sign_purpose=tencent.SignPurpose.OWN_USE,
            proof_image="licence.png",
        )
        approved = Approval("approved", signatures=[brand])
        outputs: pulumi.Output[dict[str, Any]] = pulumi.Output.all(
            status=brand.status,
            revision=brand.revision,
            filing=brand.filing,
            reviews=approved.reviews,
        )
        outputs.apply(told.update)

    inputs_of(program, engine=Engine(status))
    return told


@pytest.mark.parametrize("kind", [tencent.Signature, Ours])
def test_status_is_a_member(kind: type[tencent.Signature]) -> None:
    told = known("APPROVED", kind)
    assert told["status"] is Status.APPROVED
    assert type(told["revision"]) is int


@pytest.mark.parametrize("status", Status)
def test_status_in_reviews_is_a_member(status: Status) -> None:
    (seen,) = known(str(status))["reviews"]
    assert seen["status"] is status


def test_status_of_a_newer_version_is_unknown() -> None:
    told = known("ARCHIVED")
    assert told["status"] is Status.UNKNOWN
    assert told["reviews"][0]["status"] is Status.UNKNOWN


def test_outputs_are_plain_in_json_and_equal_plain_ones() -> None:
    told = known("APPROVED")
    assert json.loads(json.dumps(told)) == {
        "status": "APPROVED",
        "revision": 2,
        "filing": FILING,
        "reviews": [review("APPROVED")],
    }
    assert told["filing"] == FILING
    assert told["reviews"] == [review("APPROVED")]
    assert f"{told['status']}" == "APPROVED"


def test_typed_output_is_the_plain_dictionary_that_a_program_compares_it_with() -> None:
    made = output_type(Qualification)(id="q-1", name="云杉", state="")
    plain = {"id": "q-1", "name": "云杉", "state": ""}
    assert made == plain
    assert plain == made
    assert made != {**plain, "id": "q-2"}


SECRET = {rpc._special_sig_key: rpc._special_secret_sig}
PARTS = ("text", "status", "reason", "qualification")


@pytest.mark.parametrize(
    ("outputs", "has_secret_name", "sealed", "secret"),
    [
        ([], False, (), ()),
        (["reason"], False, ("reason",), ("reason",)),
        (["reason"], False, (), ("reason",)),
        ([], True, ("text",), ("text", "qualification")),
        (["review"], False, PARTS, PARTS),
    ],
    ids=["nothing", "a part", "a part that says nothing", "the name", "all of it"],
)
def test_only_the_parts_of_a_review_that_the_program_hides_are_secret(
    outputs: list[str], has_secret_name: bool, sealed: tuple[str, ...], secret: tuple[str, ...]
) -> None:
    """The SDK makes all of a dictionary secret where a part of it is."""

    class Sealing(Engine):
        def new_resource(self, args: mocks.MockResourceArgs) -> tuple[str, dict[str, Any]]:
            review: dict[str, Any] = dict.fromkeys(PARTS, "APPROVED")
            review |= {name: {**SECRET, "value": "APPROVED"} for name in sealed}
            return "730001", {**args.inputs, "review": review}

    known: dict[str, bool] = {}

    async def look(brand: tencent.Signature) -> None:
        known.update({name: await getattr(brand, name).is_secret() for name in PARTS})

    def program() -> None:
        name: pulumi.Input[str] = "云杉示例"
        if has_secret_name:
            name = pulumi.Output.secret(name)
        opts = pulumi.ResourceOptions(additional_secret_outputs=outputs)
        brand = declare(opts=opts, sign_name=name)
        looks: Any = look(brand)
        pulumi.Output.from_input(looks)

    inputs_of(program, engine=Sealing("APPROVED"))
    assert {name for name, is_secret in known.items() if is_secret} == set(secret)
    assert known.keys() == set(PARTS)


def test_an_attribute_that_is_no_output_is_missing() -> None:
    def program() -> None:
        brand = tencent.Signature.get("brand", "730001", international=False)
        assert not hasattr(brand, "colour")
        assert brand.status is brand.status

    inputs_of(program)
