"""Every vendor's law, walked cell by cell: every raw status by every kind of change.

What is expected is written down here once more, by hand and from the vendors' pages, not derived
from the rules that are tested.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, combinations

import pytest

from pulumi_smssign.model.decide import Decision, Known, Replace, Resubmit, decide
from pulumi_smssign.model.review import Review
from pulumi_smssign.model.vocabulary import Status
from pulumi_smssign.core.registry import VENDORS, named


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
    editable: str = ""
    passed: str = ""
    words: str = ""
    attached: str = ""
    riders: str = ""
    requests: str = ""

    @property
    def kinds(self) -> tuple[str, ...]:
        named = (self.plain, self.fixed, self.unique, self.words, self.attached, self.requests)
        return (*sorted({name for names in named for name in names.split()}), "account")

    def expected(self, raw: str, changed: frozenset[str]) -> str:
        """What a change means, as the vendor's pages and the issue have it."""
        meaning = next((name for name, raws in self.statuses.items() if raw in _all(raws)), "")
        only_words = changed <= set(self.words.split())
        fixed = changed & {*self.fixed.split(), "account"}
        if only_words and meaning != "REJECTED":
            return "record"
        if not meaning:
            return "refuse"
        if changed <= set(self.requests.split()):
            return "request"
        if only_words and changed <= fixed:
            return "record"
        if raw in _all(self.modifiable) and not fixed - set(self.words.split()):
            return "resubmit"
        if changed & {*self.unique.split(), "account"}:
            return "new first"
        earned = meaning in {"APPROVED", "SUSPENDED"} or raw in _all(self.passed)
        if earned and changed - set(self.words.split()) <= set(self.attached.split()):
            return "refuse"
        if raw in _all(self.editable) and not fixed:
            return "resubmit, loudly"
        if self.deletable is None or raw not in _all(self.deletable):
            return "refuse"
        return "delete first, loudly" if earned else "delete first"


def _all(raws: str) -> set[str]:
    return {raw.strip() for raw in raws.split("|")}


LAWS = {
    "alibaba": Law(
        statuses={"PENDING": "0", "APPROVED": "1", "REJECTED": "2|10"},
        modifiable="2",
        editable="1",
        plain="more_data sign_source sign_type qualification_id third_party "
        "authorization_letter_id apply_scene_content trademark_id app_icp_record_id",
        fixed="sign_name",
        unique="sign_name",
        deletable="1|2|10",
        words="remark",
    ),
    "tencent": Law(
        statuses={"PENDING": "1|2", "APPROVED": "0", "REJECTED": "-1"},
        modifiable="1|-1",
        plain="sign_type document_type sign_purpose proof_image commission_image",
        fixed="international",
        unique="sign_name international",
        deletable="0|1|2|-1",
        passed="2",
        words="remark",
        attached="qualification_id",
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
        passed="REAL_NAME_REGISTRATING",
        words="apply_desc",
        attached="qualification_id",
        riders="activate source_title_content",
        requests="activate",
    ),
    "ucloud": Law(
        statuses={"PENDING": "0|1", "APPROVED": "2", "REJECTED": "3", "SUSPENDED": "4"},
        modifiable="0|1|3",
        plain="sig_type certificate_type sig_purpose file proxy_file",
        fixed="description international qualification_id project_id",
        unique="sig_content international project_id",
        deletable="0|2|3|4",
        words="description scene_desc",
        attached="qualification_id",
        riders="document proxy_doc",
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
        riders="notify",
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


CELLS = [(vendor, raw) for vendor in LAWS for raw in (*raw_statuses(vendor), UNHEARD_OF)]


@pytest.mark.parametrize(("vendor", "raw"), CELLS)
def test_every_change_in_every_status(vendor: str, raw: str) -> None:
    rules = named(vendor).rules
    for changed in changes(vendor):
        decision = decide(rules, review(vendor, raw), changed)
        assert outcome(decision) == LAWS[vendor].expected(raw, changed), changed


@pytest.mark.parametrize("vendor", VENDORS)
def test_the_walk_misses_no_field_and_no_status(vendor: str) -> None:
    law = LAWS[vendor]
    fields = named(vendor).application.model_fields.keys() | {"account"}
    assert {*law.kinds, *law.riders.split()} == fields
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
    assert named(vendor).rules.riders == set(LAWS[vendor].riders.split())


@pytest.mark.parametrize(("vendor", "raw"), CELLS)
def test_with_consent_nothing_is_kept_that_could_be_deleted(vendor: str, raw: str) -> None:
    law, consents = LAWS[vendor], Known(consents=True)
    for changed in changes(vendor):
        plain = law.expected(raw, changed)
        decision = decide(named(vendor).rules, review(vendor, raw), changed, consents)
        if plain == "new first" and law.deletable is not None:
            assert outcome(decision).startswith("delete first"), changed
        else:
            assert outcome(decision) == plain, changed


@pytest.mark.parametrize(("vendor", "raw"), CELLS)
def test_taking_over_another_one_never_touches_this_one_first(vendor: str, raw: str) -> None:
    adopts = Known(adopts="730099")
    decision = decide(named(vendor).rules, review(vendor, raw), frozenset(), adopts)
    assert outcome(decision) == ("refuse" if raw == UNHEARD_OF else "new first")


@pytest.mark.parametrize("vendor", VENDORS)
def test_what_was_rejected_and_is_approved_by_now_is_in_doubt(vendor: str) -> None:
    """Where its text stays: perhaps it is this very change that was approved."""
    law, rules = LAWS[vendor], named(vendor).rules
    plain = frozenset({law.plain.split()[0]})
    for raw in _all(law.statuses["APPROVED"]):
        doubtful = decide(rules, review(vendor, raw), plain, Known(status=Status.REJECTED))
        assert outcome(doubtful) == "refuse"
        proven = Known(status=Status.REJECTED, is_overtaken=True)
        assert outcome(decide(rules, review(vendor, raw), plain, proven)) == "record"
        seen = Known(status=Status.APPROVED, is_overtaken=True)
        assert outcome(decide(rules, review(vendor, raw), plain, seen)) == law.expected(raw, plain)
        text = frozenset({law.unique.split()[0]})
        assert outcome(decide(rules, review(vendor, raw), text, proven)) == "new first"


@pytest.mark.parametrize("vendor", VENDORS)
def test_what_is_gone_is_submitted_anew(vendor: str) -> None:
    for changed in changes(vendor):
        decision = decide(named(vendor).rules, None, changed)
        assert isinstance(decision, Replace)
        assert not decision.delete_first
        assert "no longer has" in decision.warning
