"""A resource, parsed once from the engine's properties, and what is written of it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pulumi
import pytest

from pulumi_smssign.core.outputs import as_edited, outputs_of, reported_digest
from pulumi_smssign.core.ownership import ProgramFacts
from pulumi_smssign.core.predecessors import Predecessor, field_digests
from pulumi_smssign.core.registry import named
from pulumi_smssign.core.state import State
from pulumi_smssign.engine.resource import Resource
from pulumi_smssign.model.digests import digest
from pulumi_smssign.model.review import Handle, Review
from pulumi_smssign.model.vocabulary import RUN, Status
from tests.told import told, with_told
from tests.unit.engine.stage import RECORDED

URN = "urn:pulumi:dev::shop::x::brand"
SAYS: dict[str, Any] = {
    "vendor": "tencent",
    "account": "default",
    "sign_name": "极客",
    "sign_type": 0.0,
    "international": False,
    "proof_image": {"path": "a.png", "sha256": "1" * 64, "media_type": "image/png", "size": 68.0},
}
HAS: dict[str, Any] = {
    **SAYS,
    "review": {
        "text": "极客",
        "scope": "mainland",
        "status": "APPROVED",
        "vendor_status": "0",
        "revision": 2.0,
        "accepted_at": "2026-11-22T10:00:00Z",
        "__record": {"origin": "account-1"},
    },
}
REVIEW = Review("7", "极客", Status.APPROVED, "0", reported={"sign_name": "极客"})


def resource(says: dict[str, Any] | None = None, **state: object) -> Resource:
    """A resource, from what a program says now and from its state."""
    record = {**told(HAS)["__record"], **{k: state.pop(k) for k in RECORDED & state.keys()}}
    has = with_told(HAS, **state, __record=record)
    return Resource.of_program(URN, SAYS if says is None else says, id_="7", olds=has)


def changed(vendor_state: dict[str, Any] | None = None, **says: object) -> set[str]:
    declared = {k: v for k, v in {**SAYS, **says}.items() if v is not None}
    return set(resource(declared, **(vendor_state or {})).changed)


# --- what the program says, and what state has


def test_a_resource_is_what_the_program_says_and_what_state_has() -> None:
    beside = {"adopt": "7", "deletion_policy": "delete", "__provider": "x", "hides": []}
    remembered = {"__predecessors": [STANDS.as_property()]}
    props = {**SAYS, **beside, **remembered, "account": "shop", "remark": pulumi.UNKNOWN}
    own = ("sign_name", "sign_type", "international", "proof_image", "remark")
    state = State.of(named("tencent"), "7", HAS)
    parsed = Resource.of_program(
        URN, {**props, RUN: {"directory": "/p", "retains": True}}, id_="7", olds=HAS
    )
    assert parsed == Resource(
        urn=URN,
        vendor=named("tencent"),
        account="shop",
        fields={name: props[name] for name in own},
        inputs=props,
        adopt="7",
        policy="delete",
        predecessors=(STANDS,),
        unknown=frozenset({"remark"}),
        facts=ProgramFacts("/p", retains=True),
        state=state,
    )
    assert (parsed.name, parsed.text) == ("brand", "极客")
    assert (state.handle, state.revision, state.status) == (
        Handle("7", "极客", "mainland"),
        2,
        "APPROVED",
    )
    facts = ProgramFacts("/q")
    other = Resource.of_program(URN, SAYS, facts=facts, predecessors=(STANDS,))
    assert (other.facts, other.predecessors, other.state) == (facts, (STANDS,), None)
    assert other.account == "default"


def test_a_resource_that_is_read_or_deleted_is_what_state_has() -> None:
    has = with_told(HAS, account="shop", adopt="7", deletion_policy="delete")
    facts = {RUN: {"directory": "/p", "retains": True}}
    remembered = {"__predecessors": [STANDS.as_property()]}
    assert Resource.of_state(URN, "7", {**has, **facts}, remembered) == Resource(
        urn=URN,
        vendor=named("tencent"),
        account="shop",
        fields={n: HAS[n] for n in ("sign_name", "sign_type", "international", "proof_image")},
        inputs={**SAYS, "account": "shop", "adopt": "7"},
        adopt="7",
        policy="delete",
        predecessors=(STANDS,),
        facts=ProgramFacts("/p", retains=True),
        state=State.of(named("tencent"), "7", {**has, **facts}),
    )


@pytest.mark.parametrize("policy", [None, "", "keep", 7, True], ids=repr)
def test_a_policy_that_is_none_says_retain(policy: object) -> None:
    assert resource({**SAYS, "deletion_policy": policy}, deletion_policy=policy).policy == "retain"
    assert resource(deletion_policy=policy).held.policy == "retain"
    has = with_told(HAS, deletion_policy=policy)
    assert Resource.of_state(URN, "7", has, {}).policy == "retain"


@pytest.mark.parametrize("shared", [None, False, "yes", 1.0], ids=repr)
def test_only_true_says_that_it_was_taken_over_unasked(shared: object) -> None:
    assert not resource(shared=shared).held.shared
    assert resource(shared=True).held.shared


def test_a_state_of_before_has_a_usual_value_for_what_it_lacks() -> None:
    held = Resource.of_state(URN, "7", {"vendor": "tencent"}, {}).held
    assert (held.account, held.text, held.origin, held.revision) == ("default", "", "", 1)
    assert (held.learned, held.uploads, held.unseen) == (frozenset(), {}, False)


@pytest.mark.parametrize(
    ("flag", "retains"), [(True, True), (False, False), (None, None), ("yes", None)], ids=repr
)
def test_retain_on_delete_is_none_where_the_program_can_not_see_it(
    flag: object, retains: bool | None
) -> None:
    facts = ProgramFacts.of({RUN: {"directory": "/p", "preview": True, "retains": flag}})
    assert facts == ProgramFacts("/p", preview=True, retains=retains)
    assert ProgramFacts.of({RUN: {}}) == ProgramFacts(retains=None)
    assert ProgramFacts.of({}) is None


# --- what differs


def test_values_of_equal_meaning_are_no_change() -> None:
    moved = {**SAYS["proof_image"], "path": "papers/b.png"}
    assert changed(proof_image=moved, sign_type=0) == set()


def test_changed_fields_are_named() -> None:
    other = {**SAYS["proof_image"], "sha256": "2" * 64}
    assert changed(proof_image=other, account="marketing") == {"proof_image", "account"}
    assert changed(remark="codes", sign_type=1.0) == {"remark", "sign_type"}


def test_field_left_out_is_no_change_where_the_vendor_or_a_refresh_has_set_it() -> None:
    attached = {"qualification_id": 7.0, "remark": "codes", "learned": ["remark"]}
    assert changed(attached) == set()
    assert changed({"remark": "codes"}) == {"remark"}
    assert changed(attached, qualification_id=8.0) == {"qualification_id"}


def test_unreviewed_field_is_no_change_but_a_request_is() -> None:
    declared = {"vendor": "huawei", "signature_name": "极客", "source_title_content": "x"}

    def wants(vendor_status: str, *, activate: bool) -> frozenset[str]:
        olds = {"vendor": "huawei", "signature_name": "极客", "vendor_status": vendor_status}
        return Resource.of_program(
            URN, {**declared, "activate": activate}, id_="7", olds=olds
        ).changed

    assert wants("TO_BE_ACTIVATED", activate=True) == {"activate"}
    assert wants("TO_BE_ACTIVATED", activate=False) == frozenset()
    assert wants("REVIEW_PASSED", activate=True) == frozenset()


@pytest.mark.parametrize(
    ("state", "says", "settles"),
    [
        ({}, {}, False),
        ({}, {"deletion_policy": "delete"}, True),
        ({"deletion_policy": "delete"}, {}, True),
        ({"adopt": "7"}, {"adopt": "7"}, False),
        ({"adopt": "7"}, {}, True),
        ({"shared": True}, {"adopt": "existing"}, True),
        ({"shared": True}, {}, False),
    ],
    ids=str,
)
def test_settings_are_what_no_vendor_is_asked_for(
    state: dict[str, object], says: dict[str, object], settles: bool
) -> None:
    assert resource({**SAYS, **says}, **state).changes_settings is settles


@pytest.mark.parametrize(
    ("before", "now", "new"),
    [("", "7", "7"), ("7", "7", ""), ("existing", "7", "7"), ("", "existing", ""), ("7", "8", "8")],
)
def test_a_new_adoption_is_of_another_signature_by_its_id(before: str, now: str, new: str) -> None:
    parsed = resource({**SAYS, "adopt": now}, adopt=before or None)
    assert parsed.new_adoption == new


# --- keys, and unknown values


def test_a_key_is_of_the_vendor_and_what_is_unique_there() -> None:
    parsed = resource()
    assert parsed.key == parsed.state_key
    assert resource({**SAYS, "sign_type": 1.0}).key == parsed.key
    assert resource({**SAYS, "sign_name": "别的"}).key != parsed.key
    assert resource({**SAYS, "international": True}).key != parsed.key
    yunpian = Resource.of_program(URN, {"vendor": "yunpian", "sign": "极客"})
    alibaba = Resource.of_program(URN, {"vendor": "alibaba", "sign_name": "极客"})
    assert yunpian.key != alibaba.key


def test_a_key_of_which_a_part_is_not_known_is_none() -> None:
    assert resource({**SAYS, "sign_name": pulumi.UNKNOWN}).key == ""
    parsed = resource({**SAYS, "remark": pulumi.UNKNOWN, "proof_image": [pulumi.UNKNOWN]})
    assert parsed.unknown == {"remark", "proof_image"}
    assert parsed.key == resource().key


# --- what is written


def test_outputs_are_the_inputs_and_what_the_vendor_says() -> None:
    outputs = resource(
        {**SAYS, "deletion_policy": "delete", "__predecessors": [{"id": "1"}]}
    ).as_state(REVIEW, scope="mainland", origin="account-1", shared=True, uploads={"1": "f"})
    assert outputs["sign_name"] == "极客"
    assert told(outputs).items() >= {
        "sign_name": "极客", "status": "APPROVED", "usable": True, "deletion_policy": "delete",
        "scope": "mainland", "revision": 1, "accepted_at": "",
        "__record": {"origin": "account-1", "shared": True, "uploads": {"1": "f"}},
    }.items()  # fmt: skip
    assert "deletion_policy" not in outputs, "it is a part of the review, as it came to"
    assert "__predecessors" not in outputs, "they are written by each Check"
    seen = resource().as_state(REVIEW, scope="", origin="", shown_before="a digest")
    assert told(seen)["__record"] == {}, "the vendor shows the change itself"
    plain = resource().as_state(REVIEW, scope="", origin="", without=frozenset({"sign_type"}))
    assert told(plain)["__record"] == {}
    assert "sign_type" not in plain


def test_record_changes_the_settings_alone() -> None:
    declared = {**SAYS, "deletion_policy": "delete"}
    outputs = resource(declared, adopt="7", shared=True, hides=["text"]).as_recorded()
    record = {"origin": "account-1", "shared": True}
    assert outputs == with_told(HAS, deletion_policy="delete", __record=record)
    adopted = resource({**declared, "adopt": "existing"}, shared=True).as_recorded()
    assert (adopted["adopt"], told(adopted)["__record"]) == ("existing", {"origin": "account-1"})


def test_a_predecessor_is_what_state_has_in_digests() -> None:
    says = {**SAYS, "sign_name": "别的", RUN: {"retains": True}}
    old = resource(says, account="shop", shared=True, hides=["text"])
    assert old.as_predecessor() == Predecessor(
        id="7",
        text="极客",
        scope="mainland",
        account="shop",
        key=resource().state_key,
        origin="account-1",
        revision=2,
        accepted_at="2026-11-22T10:00:00Z",
        shared=True,
        retained="retain_on_delete=True says so",
        hidden=True,
        fields=field_digests(named("tencent"), SAYS),
    )
    assert old.as_predecessor().fields["sign_name"] == digest("极客", length=12)
    usual = resource().as_predecessor()
    assert (usual.keep_reason, usual.hidden) == ("", False)
    assert resource(text=None).as_predecessor().text == "7"


TOLD = {k: v for k, v in outputs_of(REVIEW).items() if k != "unseen" and v != ""}
STANDS = Predecessor("1", "旧名", "mainland")
REPORTED = {"sign_name": "极客", "sign_type": 1, "remark": "new", "document_type": 0}
RECORDED_BEFORE = {
    "origin": "account-1",
    "shared": True,
    "uploads": {"1": "f"},
    "learned": ["remark"],
    "shown_before": "of another vendor",
}
BEFORE_A_READ: dict[str, Any] = {
    **with_told(
        HAS,
        deletion_policy="delete",
        adopt="7",
        remark="old",
        hides=["text"],
        __record=RECORDED_BEFORE,
    ),
    "__provider": "x",
    "__predecessors": [{"id": "0"}],
}
INPUTS: dict[str, Any] = {"deletion_policy": "delete", "__predecessors": [{"id": "0"}]}
OWN = {**SAYS, "adopt": "7", "deletion_policy": "delete", "hides": ["text"]}


def test_a_refresh_writes_what_the_vendor_says_and_learns_what_the_program_leaves_out() -> None:
    review = replace(REVIEW, reported=REPORTED)
    held = Resource.of_state(URN, "7", BEFORE_A_READ, INPUTS)
    outputs, inputs = held.refreshed(review, "account-2", (STANDS,))
    kept = {name: value for name, value in BEFORE_A_READ.items() if name != "__predecessors"}
    record = {"origin": "account-2", "shared": True, "uploads": {"1": "f"}}
    learned = ["document_type", "remark"]
    assert outputs == with_told(
        kept, **{**REPORTED, **TOLD, "__record": {**record, "learned": learned}}
    )
    assert inputs == {**OWN, "sign_type": 1, "__predecessors": [STANDS.as_property()]}


def test_read_signature_has_no_revision_and_learns_nothing() -> None:
    read = Resource.of_state(URN, "7", {"vendor": "tencent", "account": "default"}, {})
    outputs, inputs = read.refreshed(replace(REVIEW, reported=REPORTED), "account-1", ())
    said = {"vendor": "tencent", "account": "default"}
    parts = {**REPORTED, **TOLD, "revision": 0, "deletion_policy": None}
    assert outputs == with_told(said, **parts, __record={"origin": "account-1"})
    assert inputs == said, "what the program says of it"


@pytest.mark.parametrize("unseen", [True, False])
def test_a_state_that_is_left_as_it_is_notes_only_whether_it_was_seen(unseen: bool) -> None:
    remembered = {"__predecessors": [STANDS.as_property()]}
    held = Resource.of_state(URN, "7", BEFORE_A_READ, {**INPUTS, **remembered})
    outputs, inputs = held.as_before(unseen=unseen)
    record = {**RECORDED_BEFORE, **({"unseen": True} if unseen else {})}
    kept = {name: value for name, value in BEFORE_A_READ.items() if name != "__predecessors"}
    assert outputs == with_told(kept, __record=record)
    assert inputs == {**OWN, **remembered}


# --- what was shown before an edit


BEFORE = Review("极客", "极客", Status.APPROVED, "1", reported={"qualification_id": 1})
SUBMITTED = {"qualification_id": 2}


def test_earlier_version_is_no_drift_and_its_edit_is_in_review() -> None:
    review = as_edited(named("alibaba"), SUBMITTED, BEFORE, reported_digest(BEFORE))
    assert (review.reported, review.edit, review.is_earlier) == ({}, Status.PENDING, True)
    assert review.usable


def test_signature_out_of_use_has_no_edit() -> None:
    rejected = replace(BEFORE, status=Status.REJECTED, vendor_status="2")
    review = as_edited(named("alibaba"), SUBMITTED, rejected, reported_digest(BEFORE))
    assert (review.reported, review.edit) == ({}, None)


@pytest.mark.parametrize(
    ("vendor", "submitted", "reported", "before"),
    [
        ("tencent", 2, 1, reported_digest(BEFORE)),
        ("alibaba", 2, 2, reported_digest(BEFORE)),
        ("alibaba", 2, 3, reported_digest(BEFORE)),
        ("alibaba", 2, 1, ""),
        ("alibaba", 1, 1, reported_digest(BEFORE)),
    ],
    ids=["at a vendor that shows all", "as submitted", "something else", "no change", "the same"],
)
def test_all_else_is_as_it_is_told(vendor: str, submitted: int, reported: int, before: str) -> None:
    review = replace(BEFORE, reported={"qualification_id": reported})
    assert as_edited(named(vendor), {"qualification_id": submitted}, review, before) is review
