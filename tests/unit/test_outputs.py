"""The outputs of a signature: their names, their values from a review, and how state has them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pulumi_smssign.core.outputs import as_edited, folded, outputs_of, reported_digest, unfolded
from pulumi_smssign.core.registry import named
from pulumi_smssign.core.state import State
from pulumi_smssign.model.filing import (
    CarrierFiling,
    Filing,
    FilingState,
    Qualification,
    QualificationState,
)
from pulumi_smssign.model.review import Handle, Review
from pulumi_smssign.model.vocabulary import Status

REVIEW = Review(
    "7",
    "极客",
    Status.APPROVED,
    "0",
    reason="fine",
    submitted_at="2026-11-22T10:00:00Z",
    outputs={"extend": "01", "vip": True, "lists": [{"a": "x\x1b"}]},
    edit=Status.PENDING,
    is_assumed=True,
    filing=Filing.of({"mobile": CarrierFiling(FilingState.FAILED, "2026-05-01", ["no licence"])}),
    qualification=Qualification("2000417", "papers", QualificationState.APPROVED),
)


def test_every_output_is_there_under_its_name() -> None:
    assert outputs_of(REVIEW) == {
        "text": "极客",
        "status": "APPROVED",
        "vendor_status": "0",
        "usable": True,
        "reason": "fine",
        "edit_status": "PENDING",
        "deliverable": "no",
        "filing": {
            "state": "failed",
            "carriers": {
                "mobile": {"state": "failed", "since": "2026-05-01", "reasons": ["no licence"]}
            },
            "since": "2026-05-01",
            "reasons": ["mobile: no licence"],
        },
        "qualification": {"id": "2000417", "name": "papers", "state": "approved"},
        "submitted_at": "2026-11-22T10:00:00Z",
        "unseen": True,
        "extend": "01",
        "vip": True,
        "lists": [{"a": "x\x1b"}],
    }
    plain = outputs_of(Review("7", "极客", Status.PENDING, "1"))
    assert (plain["usable"], plain["edit_status"], plain["unseen"]) == (False, "", False)
    assert plain["filing"] == {"state": "unknown", "carriers": {}, "since": "", "reasons": []}
    assert plain["qualification"] == {"id": "", "name": "", "state": "none"}


RECORD = {
    "shared": True, "learned": ["place"], "origin": "account-1f2e", "unseen": True,
    "shown_before": "d-1", "uploads": {"d-2": "u-1"},
}  # fmt: skip


def test_properties_of_the_package_itself_are_one_and_come_back_by_their_names() -> None:
    parts = {"text": "极客", "revision": 2, "deletion_policy": "delete"}
    props = {"sign_name": "极客", **parts, **RECORD}
    in_state = folded({**props, "reason": "", "__run": {}}, {"sign_name", "deletion_policy"})
    assert in_state == {"sign_name": "极客", "review": {**parts, "__record": RECORD}}
    assert unfolded(in_state) == props
    blank = {"shared": False, "learned": [], "origin": "", "unseen": False, "usable": False}
    assert folded(blank, ()) == {"review": {"usable": False, "__record": {}}}
    for review in ("?", {"__record": "?"}, {}):
        assert unfolded({"vendor": "tencent", "review": review}) == {"vendor": "tencent"}


def test_a_state_is_read_from_its_outputs_whether_folded_or_not() -> None:
    props = {
        "sign_name": "极客", "text": "极客", "scope": "mainland", "account": "shop",
        "adopt": "7", "deletion_policy": "delete", "status": "APPROVED", "vendor_status": "0",
        "submitted_at": "2026-11-22T10:00:00Z", "accepted_at": "2026-11-22T09:00:00Z",
        "revision": 3.0, "edit_status": "PENDING", **RECORD,
    }  # fmt: skip
    vendor = named("tencent")
    state = State.of(vendor, "7", props)
    blank = dict.fromkeys(vendor.application.model_fields)
    assert state == State(
        "7",
        "极客",
        "mainland",
        "shop",
        {**blank, "sign_name": "极客"},
        adopt="7",
        policy="delete",
        shared=True,
        status="APPROVED",
        vendor_status="0",
        submitted_at="2026-11-22T10:00:00Z",
        accepted_at="2026-11-22T09:00:00Z",
        unseen=True,
        origin="account-1f2e",
        revision=3,
        edit_status="PENDING",
        learned=frozenset({"place"}),
        shown_before="d-1",
        uploads={"d-2": "u-1"},
        outputs=props,
    )
    assert State.of(vendor, "7", folded(props, {"sign_name", "account", "adopt"})) == state
    assert state.handle == Handle("7", "极客", "mainland")


@pytest.mark.parametrize("policy", [None, "", "retain", "Delete", True])
def test_a_state_without_a_plain_consent_gives_none(policy: object) -> None:
    state = State.of(named("tencent"), "7", {"deletion_policy": policy, "account": ""})
    assert state == State(
        "7",
        "",
        "",
        "default",
        dict.fromkeys(named("tencent").application.model_fields),
        outputs={"deletion_policy": policy, "account": ""},
    )


EARLIER = Review("7", "极客", Status.APPROVED, "0", reported={"place": "here"})


@pytest.mark.parametrize(
    ("review", "is_earlier", "edit"),
    [
        (EARLIER, True, Status.PENDING),
        (replace(EARLIER, status=Status.REJECTED), True, None),
        (replace(EARLIER, reported={"place": "elsewhere"}), False, None),
    ],
)
def test_an_earlier_version_that_is_still_shown_is_no_drift(
    review: Review, is_earlier: bool, edit: Status | None
) -> None:
    vendor = named("tencent")
    showing = replace(vendor, rules=replace(vendor.rules, shows_previous_version=True))
    before, sent = reported_digest(EARLIER), {"place": "there"}
    expected = replace(review, reported={}, edit=edit, is_earlier=True) if is_earlier else review
    assert as_edited(showing, sent, review, before) == expected
    assert as_edited(showing, sent, review, "") is review
    assert as_edited(showing, {"place": "here"}, EARLIER, before) is EARLIER
    never = replace(vendor, rules=replace(vendor.rules, shows_previous_version=False))
    assert as_edited(never, sent, review, before) is review
