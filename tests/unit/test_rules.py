"""Every vendor's law, walked cell by cell: every raw status by every kind of change and policy.

What is expected is written down here once more, by hand and from the vendors' pages, not derived
from the rules that are tested.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain, combinations, product

import pytest

from pulumi_smssign.core.registry import VENDORS, named
from pulumi_smssign.model.decide import Decision, Known, Replace, Resubmit, decide
from pulumi_smssign.model.review import Handle, Review
from pulumi_smssign.model.vocabulary import DELETION_POLICIES, DeletionPolicy, Status


@dataclass(frozen=True)
class Law:
    """One vendor's law. `statuses` by what they mean; the other words are those of `Rules`.

    `kinds` has one field of each kind; every field that is in none of the sets is like `plain`.
    """

    statuses: dict[str, str]
    modifiable: str
    plain: str
    fixed: str
    unique: str
    deletable: str | None
    editable_when_approved: str = ""
    approved_not_effective: str = ""
    reviewer_notes: str = ""
    console_only: str = ""
    unreviewed: str = ""
    requests: str = ""

    @property
    def kinds(self) -> tuple[str, ...]:
        named = (
            self.plain,
            self.fixed,
            self.unique,
            self.reviewer_notes,
            self.console_only,
            self.requests,
        )
        return (*sorted({name for names in named for name in names.split()}), "account")

    def expected(self, raw: str, changed: frozenset[str], policy: DeletionPolicy) -> str:
        """What a change means, as the vendor's pages and the law of what is approved have it."""
        meaning = next((name for name, raws in self.statuses.items() if raw in _all(raws)), "")
        only_words = changed <= set(self.reviewer_notes.split())
        fixed = changed & {*self.fixed.split(), "account"}
        if only_words and (meaning != "REJECTED" or changed <= fixed):
            return "record"
        if not meaning:
            return "refuse"
        if changed <= set(self.requests.split()):
            return "request"
        if raw in _all(self.modifiable) and not fixed - set(self.reviewer_notes.split()):
            return "resubmit"
        if changed & {*self.unique.split(), "account"}:
            return "new first"
        return self._under_the_same_key(raw, meaning, changed, policy)

    def _under_the_same_key(
        self, raw: str, meaning: str, changed: frozenset[str], policy: DeletionPolicy
    ) -> str:
        fixed = changed & {*self.fixed.split(), "account"}
        approved = meaning in {"APPROVED", "SUSPENDED"} or raw in _all(self.approved_not_effective)
        if approved and changed - set(self.reviewer_notes.split()) <= set(
            self.console_only.split()
        ):
            return "refuse"
        if approved and policy == "retain":
            return "refuse"
        if raw in _all(self.editable_when_approved) and not fixed:
            return "resubmit, loudly"
        if self.deletable is None or raw not in _all(self.deletable):
            return "refuse"
        return "delete first, loudly" if approved else "delete first"


def _all(raws: str) -> set[str]:
    return {raw.strip() for raw in raws.split("|")}


LAWS = {
    "alibaba": Law(
        statuses={"PENDING": "0", "APPROVED": "1", "REJECTED": "2|10"},
        modifiable="2",
        editable_when_approved="1",
        plain="more_data sign_source sign_type qualification_id third_party "
        "authorization_letter_id apply_scene_content trademark_id app_icp_record_id",
        fixed="sign_name",
        unique="sign_name",
        deletable="1|2|10",
        reviewer_notes="remark",
    ),
    "tencent": Law(
        statuses={"PENDING": "1|2", "APPROVED": "0", "REJECTED": "-1"},
        modifiable="1|-1",
        plain="sign_type document_type sign_purpose proof_image commission_image",
        fixed="international",
        unique="sign_name international",
        deletable="0|1|2|-1",
        approved_not_effective="2",
        reviewer_notes="remark",
        console_only="qualification_id",
    ),
    "huawei": Law(
        statuses={
            "PENDING": "PENDING_REVIEW|PENDING_QUALIFICATION_REVIEW|PROCESSING|"
            "REAL_NAME_REGISTRATING",
            "APPROVED": "REVIEW_PASSED|REVIEW_PROCESSING_COMPLETED|"
            "REVIEW_PASSED_QUALIFICATION_PROCESSING|REVIEW_PASSED_REAL_NAME_REGISTRATING|"
            "REVIEW_PASSED_REAL_NAME_REGISTRATE_FAIL",
            "REJECTED": "REVIEW_NOT_PASS",
            "SUSPENDED": "TO_BE_ACTIVATED|PENDING_ACTIVATE",
        },
        modifiable="REVIEW_NOT_PASS",
        plain="licence file_id power_of_attorney power_attorney_fileid related_file "
        "signature_related_file_id signature_source is_involved_third registration_number "
        "license_number",
        fixed="app_id",
        unique="signature_name signature_type",
        deletable="REVIEW_PASSED|REVIEW_PROCESSING_COMPLETED|"
        "REVIEW_PASSED_QUALIFICATION_PROCESSING|REVIEW_PASSED_REAL_NAME_REGISTRATING|"
        "REVIEW_PASSED_REAL_NAME_REGISTRATE_FAIL|REVIEW_NOT_PASS|TO_BE_ACTIVATED|PENDING_ACTIVATE",
        approved_not_effective="REAL_NAME_REGISTRATING",
        reviewer_notes="apply_desc",
        console_only="qualification_id",
        unreviewed="activate source_title_content",
        requests="activate",
    ),
    "ucloud": Law(
        statuses={"PENDING": "0|1", "APPROVED": "2", "REJECTED": "3", "SUSPENDED": "4"},
        modifiable="0|1|3",
        plain="sig_type certificate_type sig_purpose file proxy_file",
        fixed="description international qualification_id project_id",
        unique="sig_content international project_id",
        deletable="0|2|3|4",
        reviewer_notes="description scene_desc",
        console_only="qualification_id",
        unreviewed="document proxy_doc",
    ),
    "yunpian": Law(
        statuses={
            "PENDING": "CHECKING",
            "APPROVED": "SUCCESS|APLLYING_VIP|APPLYING_VIP",
            "REJECTED": "FAIL",
            "SUSPENDED": "SUCCESS (disabled)|APLLYING_VIP (disabled)|APPLYING_VIP (disabled)",
        },
        modifiable="CHECKING|FAIL",
        plain="website sign_use prove_type licences licence_urls business_license_name "
        "id_card_name id_card_number id_card_front id_card_front_url id_card_back "
        "id_card_back_url agent_mobile apply_vip is_only_global industry_type",
        fixed="",
        unique="sign",
        deletable=None,
        unreviewed="notify",
    ),
}
UNHEARD_OF = "ARCHIVED"


def changes(vendor: str) -> Iterator[frozenset[str]]:
    """Every set of kinds, with the first plain field for all plain ones; then each field alone."""
    law = LAWS[vendor]
    plain = law.plain.split()
    kinds = [name for name in law.kinds if name not in plain[1:]]
    yield from (
        frozenset(names)
        for names in chain.from_iterable(combinations(kinds, n) for n in range(1, len(kinds) + 1))
    )
    yield from (frozenset({name}) for name in law.kinds)


def raw_statuses(vendor: str) -> list[str]:
    return [raw for raws in LAWS[vendor].statuses.values() for raw in sorted(_all(raws))]


def outcome(decision: Decision) -> str:
    if isinstance(decision, Replace):
        if not decision.delete_first:
            return "new first"
        return "delete first, loudly" if decision.loses else "delete first"
    if isinstance(decision, Resubmit):
        return "resubmit, loudly" if decision.loses else "resubmit"
    return type(decision).__name__.lower()


def review(vendor: str, raw: str) -> Review:
    return Review("730021", "极客科技", named(vendor).rules.status(raw), raw)


MORE = (
    Known(),
    Known(status=Status.PENDING, is_overtaken=True),
    Known(status=Status.REJECTED),
    Known(was_sent=True),
    Known(is_adopted=True),
)
CELLS = [(vendor, raw) for vendor in LAWS for raw in (*raw_statuses(vendor), UNHEARD_OF)]


@pytest.mark.parametrize("policy", DELETION_POLICIES)
@pytest.mark.parametrize(("vendor", "raw"), CELLS)
def test_every_change_in_every_status(vendor: str, raw: str, policy: DeletionPolicy) -> None:
    rules = named(vendor).rules
    for changed in changes(vendor):
        decision = decide(rules, review(vendor, raw), changed, Known(policy=policy))
        assert outcome(decision) == LAWS[vendor].expected(raw, changed, policy), changed


@pytest.mark.parametrize(("vendor", "raw"), CELLS)
def test_with_retain_nothing_that_is_approved_is_lost_whatever_else_is_known(
    vendor: str, raw: str
) -> None:
    """Nor is it where it was taken over unasked: then it may be another stack's."""
    rules, found = named(vendor).rules, review(vendor, raw)
    for more, changed in product(MORE, changes(vendor)):
        for known in (more, replace(more, policy="delete", is_shared=True)):
            decision = decide(rules, found, changed, known)
            assert not getattr(decision, "loses", False), (changed, known)
            first = getattr(decision, "delete_first", False)
            assert not (first and rules.is_approved(found)), (changed, known)


@pytest.mark.parametrize("vendor", VENDORS)
def test_the_walk_misses_no_field_and_no_status(vendor: str) -> None:
    law = LAWS[vendor]
    fields = named(vendor).application.model_fields.keys() | {"account"}
    assert {*law.kinds, *law.unreviewed.split()} == fields
    assert set(raw_statuses(vendor)) == named(vendor).rules.statuses.keys()


@pytest.mark.parametrize("vendor", VENDORS)
def test_raw_statuses_in_the_common_words(vendor: str) -> None:
    rules = named(vendor).rules
    for meaning, raws in LAWS[vendor].statuses.items():
        for raw in _all(raws):
            assert rules.status(raw) is Status(meaning), raw
    assert rules.status(UNHEARD_OF) is Status.UNKNOWN


@pytest.mark.parametrize("vendor", VENDORS)
def test_riders_are_no_reason_to_submit(vendor: str) -> None:
    assert named(vendor).rules.unreviewed == set(LAWS[vendor].unreviewed.split())


@pytest.mark.parametrize(("vendor", "raw"), CELLS)
def test_taking_over_another_one_never_touches_this_one_first(vendor: str, raw: str) -> None:
    rules, found = named(vendor).rules, review(vendor, raw)
    for changed in (frozenset[str](), frozenset({LAWS[vendor].plain.split()[0]})):
        decision = decide(rules, found, changed, Known(policy="delete", adopts="730099"))
        assert outcome(decision) == ("refuse" if raw == UNHEARD_OF else "new first")


@pytest.mark.parametrize("vendor", VENDORS)
def test_what_is_gone_is_submitted_anew(vendor: str) -> None:
    for changed in changes(vendor):
        decision = decide(named(vendor).rules, None, changed, Known())
        assert outcome(decision) == "new first", changed


@pytest.mark.parametrize(("vendor", "raw"), CELLS)
def test_approved_is_whatever_would_cost_a_persons_approval(vendor: str, raw: str) -> None:
    """In use or not, passed and not effective yet, or in a status that nobody knows."""
    law, rules = LAWS[vendor], named(vendor).rules
    statuses = {name for name, raws in law.statuses.items() if raw in _all(raws)}
    is_open = bool(statuses & {"PENDING", "REJECTED"}) and raw not in _all(
        law.approved_not_effective
    )
    assert rules.is_approved(review(vendor, raw)) is not is_open
    assert rules.is_approved(replace(review(vendor, raw), remark="perhaps it is approved"))


@pytest.mark.parametrize(("vendor", "raw"), CELLS)
def test_the_vendor_deletes_what_its_page_says(vendor: str, raw: str) -> None:
    deletable = LAWS[vendor].deletable
    expected = deletable is not None and raw in _all(deletable)
    assert named(vendor).rules.may_delete(review(vendor, raw)) is expected


@pytest.mark.parametrize("is_on", [True, False, None])
def test_a_request_is_wanted_only_where_the_vendor_takes_it(is_on: bool | None) -> None:
    rules = named("huawei").rules
    for raw in raw_statuses("huawei"):
        wanted = frozenset({"activate"}) if is_on and raw == "TO_BE_ACTIVATED" else frozenset()
        assert rules.wanted({"activate": is_on}, raw) == wanted


@pytest.mark.parametrize("vendor", VENDORS)
def test_a_signature_is_known_by_its_id_or_where_there_is_none_by_its_text(vendor: str) -> None:
    rules = named(vendor).rules
    by_text = vendor in ("alibaba", "yunpian")
    handle = Handle("730021", "极客科技", "a scope")
    ref = rules.ref("account-1", handle)
    assert (ref.vendor, ref.origin, ref.handle) == (vendor, "account-1", handle)
    assert ref.identity == ("极客科技" if by_text else "730021")
    assert rules.ref("account-1", Handle("极客科技")).identity == "极客科技"
