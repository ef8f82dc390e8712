"""An Approval in a program: what the engine is told of it, and what its signatures show then."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import pulumi
import pytest
from pulumi import ResourceOptions as Options
from pulumi.runtime import mocks, rpc

from pulumi_smssign import Approval, Status, yunpian
from pulumi_smssign.signature import Signature
from tests.images import png
from tests.unit.program.declared import declare, inputs_of

SUBMISSION = {"revision": 2, "accepted_at": "2026-11-22T10:00:00Z"}
OWN = {"status": "PENDING", "usable": False, "reason": "its own", "deliverable": "unknown"}
SEEN = {"status": "APPROVED", "usable": True, "reason": "seen", "deliverable": "yes"}
REVIEWED = tuple(OWN)
Told = dict[str, Any]


@pytest.fixture(autouse=True)
def directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("licence", "front", "back"):
        (tmp_path / f"{name}.png").write_bytes(png())
    monkeypatch.chdir(tmp_path)
    return tmp_path


class Engine(mocks.Mocks):
    """An engine that has a signature as `OWN`, and of which an Approval saw `SEEN`.

    Args:
        asked: what the Approval in state asked for otherwise.
        reviews: what it saw of each signature.
    """

    def __init__(self, asked: Told | None = None, reviews: object = None) -> None:
        self.asked = asked or {}
        self.reviews = reviews

    def new_resource(self, args: mocks.MockResourceArgs) -> tuple[str, Told]:
        inputs = dict(args.inputs)
        if args.name != "approved":
            record = {"__record": {"unseen": args.name == "second"}}
            review = {**OWN, **SUBMISSION, "text": "云杉示例", "scope": "mainland", **record}
            return f"{args.name}-id", {**inputs, "review": review}
        targets = [{**each, **self.asked} for each in inputs["signatures"]]
        seen = {name: value for name, value in SEEN.items() if name != "usable"}
        reviews = [seen for _ in targets] if self.reviews is None else self.reviews
        return "approved-id", {
            **inputs,
            "approved": True,
            "reviews": reviews,
            "signatures": targets,
        }

    def call(self, args: mocks.MockCallArgs) -> NoReturn:
        raise AssertionError(args.token)


def told(
    program: Callable[[], dict[str, pulumi.Output[Any]]], engine: Engine, *, preview: bool = False
) -> Told:
    """The values of the outputs that a program returns."""
    known: Told = {}

    def declared() -> None:
        pulumi.Output.all(**program()).apply(known.update)

    inputs_of(declared, engine=engine, preview=preview)
    return known


def shown(signature: Signature) -> dict[str, pulumi.Output[Any]]:
    return {name: getattr(signature, name) for name in REVIEWED}


def secret_of(value: object) -> Told:
    """A secret as the engine has it."""
    return {rpc._special_sig_key: rpc._special_secret_sig, "value": value}


# --- what the engine is told


def test_an_approval_tells_which_submissions_it_waits_for_and_how(directory: Path) -> None:
    def program() -> None:
        hides = Options(additional_secret_outputs=["reason"])
        signatures = [declare(account="shop"), declare("second", hides, account="shop")]
        Approval(
            "approved",
            signatures=signatures,
            timeout="2h",
            poll_interval=5,
            until="filed",
            on_pending="continue",
        )

    inputs = inputs_of(program, engine=Engine())["approved"]
    target = {"vendor": "tencent", "account": "shop", "text": "云杉示例", **SUBMISSION}
    target["scope"] = "mainland"
    del inputs["__provider"]
    assert inputs == {
        "signatures": [
            {**target, "name": "brand", "id": "brand-id", "unseen": False},
            {**target, "name": "second", "id": "second-id", "unseen": True, "hides": ["reason"]},
        ],
        "timeout": "2h",
        "poll_interval": 5,
        "until": "filed",
        "on_pending": "continue",
        "__run": {"directory": str(directory), "preview": False, "retains": False},
    }


def test_an_approval_asks_for_five_minutes_unless_told_otherwise() -> None:
    inputs = inputs_of(lambda: Approval("approved", signatures=[declare()]), engine=Engine())
    said = ("timeout", "poll_interval", "until", "on_pending", "in_confidence")
    usual = {"timeout": "5m", "poll_interval": "10s", "until": "approved"}
    assert {name: inputs["approved"].get(name) for name in said} == {
        **dict.fromkeys(said),
        **usual,
    }


# --- what its signatures show


def test_a_signature_shows_what_its_approval_saw_of_this_submission() -> None:
    def program() -> dict[str, pulumi.Output[Any]]:
        brand = declare()
        before = brand.status
        approved = Approval("approved", signatures=[brand])
        return {**shown(brand), "before": before, "of": approved.status_of(brand)}

    assert told(program, Engine()) == {
        **SEEN,
        "status": Status.APPROVED,
        "before": Status.PENDING,
        "of": Status.APPROVED,
    }


@pytest.mark.parametrize("status", ["PENDING", "REJECTED", "SUSPENDED", "GONE", "UNKNOWN"])
def test_only_an_approved_one_is_usable(status: str) -> None:
    def program() -> dict[str, pulumi.Output[Any]]:
        brand = declare()
        Approval("approved", signatures=[brand])
        return shown(brand)

    seen = {"status": status, "reason": "", "deliverable": "no"}
    assert told(program, Engine(reviews=[seen])) == {**seen, "usable": False}


def test_each_signature_shows_its_own_review() -> None:
    def program() -> dict[str, pulumi.Output[Any]]:
        first, second = declare(), declare("second")
        approved = Approval("approved", signatures=[first, second])
        return {
            "first": approved.status_of(first),
            "second": approved.status_of(second),
            "why": second.reason,
        }

    rejected = {"status": "REJECTED", "reason": "unreadable", "deliverable": "no"}
    seen = {name: value for name, value in SEEN.items() if name != "usable"}
    assert told(program, Engine(reviews=[seen, rejected])) == {
        "first": "APPROVED",
        "second": "REJECTED",
        "why": "unreadable",
    }


@pytest.mark.parametrize(
    "asked", [{"id": "other"}, {"revision": 1}, {"accepted_at": "2026-11-21T10:00:00Z"}], ids=str
)
def test_a_newer_submission_shows_its_own_outputs(asked: Told) -> None:
    """An Approval that --target leaves out has what it saw of an earlier one."""

    def program() -> dict[str, pulumi.Output[Any]]:
        brand = declare()
        Approval("approved", signatures=[brand])
        return shown(brand)

    assert told(program, Engine(asked=asked)) == OWN


def test_mocks_that_make_no_reviews_leave_a_signature_its_own_outputs() -> None:
    def program() -> dict[str, pulumi.Output[Any]]:
        brand = declare()
        Approval("approved", signatures=[brand])
        return shown(brand)

    assert told(program, Engine(reviews=[])) == OWN


def test_seen_review_is_as_secret_as_the_program_says() -> None:
    """All reviews are secret where one text is; a status tells nothing of that."""

    async def secrecy(signature: Signature) -> dict[str, bool]:
        return {name: await getattr(signature, name).is_secret() for name in REVIEWED}

    def program() -> dict[str, pulumi.Output[Any]]:
        plain, own = declare(), declare("own", Options(additional_secret_outputs=["deliverable"]))
        Approval(
            "approved",
            signatures=[plain, own],
            opts=Options(additional_secret_outputs=["reviews"]),
        )
        return {
            "plain": pulumi.Output.from_input(secrecy(plain)),
            "own": pulumi.Output.from_input(secrecy(own)),
        }

    seen = [{**SEEN}, {**SEEN}]
    known = told(program, Engine(reviews=secret_of(seen)))
    plain = {"status": False, "usable": False, "reason": True, "deliverable": False}
    assert known == {"plain": plain, "own": {**plain, "deliverable": True}}


@pytest.mark.parametrize("preview", [False, True])
def test_where_an_approval_was_left_out_before_it_was_made_its_signatures_show_their_own(
    preview: bool,
) -> None:
    """In a preview its reviews are not known yet, and nothing else is shown for them."""

    def program() -> dict[str, pulumi.Output[Any]]:
        brand = declare()
        Approval("approved", signatures=[brand])
        return shown(brand)

    known = told(program, Engine(reviews=pulumi.UNKNOWN), preview=preview)
    assert known == ({} if preview else OWN)


# --- what is held in confidence beside its files


def test_confidence_of_a_signature_is_told_its_approval() -> None:
    def program() -> None:
        brand = yunpian.Signature(
            "brand",
            sign="云杉示例",
            website="https://spruce.example",
            licences=["licence.png"],
            id_card_front="front.png",
            id_card_name="虚构甲",
        )
        Approval("approved", signatures=[brand])

    inputs = inputs_of(program, engine=Engine())["approved"]
    assert inputs["in_confidence"] == secret_of(["虚构甲"])
